#!/usr/bin/env bash
# Installs what assay is built with, from the packages of Debian 12 or Ubuntu 24.04.
#
#   scripts/install_dependencies.sh           what the library and the program need
#   scripts/install_dependencies.sh --tests   and what the tests, the linters and the benchmarks need
#
# Asks for nothing that is installed already, so it is quick the second time.
set -euo pipefail

build=(g++ cmake ninja-build pkg-config libarchive-dev liblzma-dev libboost-iostreams-dev libisal-dev libre2-dev
  libvectorscan-dev libyaml-dev nlohmann-json3-dev libkainjow-mustache-dev libcli11-dev
  libfmt-dev libpcap-dev libtins-dev libssl-dev)
tests=(clang libclang-rt-dev clang-tidy clang-format libgtest-dev libgmock-dev libvalijson-dev libbenchmark-dev python3
  git man-db zsh isal ripgrep ugrep time tshark)

wanted=("${build[@]}")
case "${1:-}" in
  --tests) wanted+=("${tests[@]}") ;;
  "") ;;
  *) echo "usage: $0 [--tests]" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "All dependencies are installed."
  exit 0
fi

command -v apt-get >/dev/null || { echo "This needs apt-get (Debian or Ubuntu). Install by hand: ${missing[*]}" >&2; exit 1; }
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Run as root, or install sudo, to install: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing ${missing[*]}"
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; }
# The package lists may be old or absent; they are only fetched when that turns out.
install || { "${as_root[@]}" apt-get update >"$log" 2>&1 && install; } || {
  tail -n 20 "$log" >&2
  echo "apt-get could not install: ${missing[*]}" >&2
  exit 1
}
