#!/usr/bin/env bash
# Installs into an empty prefix and uses what is there as a stranger would: the program with its signatures,
# the CMake package (examples/embed and examples/embed_c), and pkg-config (the program of the README).
#
#   install_test.sh SOURCE BUILD
set -euo pipefail
source=$1 build=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix=$scratch/prefix
bundle=$source/testdata/diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz

cmake --install "$build" --prefix "$prefix" >/dev/null
echo "== the installed program finds its signatures"
"$prefix/bin/assay" analyze "$bundle" --json "$scratch/report.json" --text /dev/null && status=0 || status=$?
[ "$status" -eq 1 ] || { echo "expected exit status 1, got $status"; exit 1; }
grep -q CSCwc69661 "$scratch/report.json"

echo "== the pages that headers and help speak of are there"
pages=$( (grep -rhoE 'docs/[a-z]+\.md' "$prefix/include/assay"; "$prefix/bin/assay" signatures lint --help) |
  grep -oE 'docs/[a-z]+\.md' | sort -u)
for page in $pages; do
  [ -f "$prefix/share/doc/assay/$page" ] || { echo "$page is not installed"; exit 1; }
done

echo "== a project that finds the package"
cmake -S "$source/examples/embed" -B "$scratch/embed" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$scratch/embed" >/dev/null
"$scratch/embed/embed" "$bundle" 2>/dev/null | tee "$scratch/embed.txt"
grep -q '^CSCwc69661 on vcsc' "$scratch/embed.txt"
grep -q '^file and memory agree' "$scratch/embed.txt"
grep -q '^ended: cancelled' "$scratch/embed.txt"

echo "== a project in C that finds the package"
cmake -S "$source/examples/embed_c" -B "$scratch/embed_c" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$scratch/embed_c" >/dev/null
"$scratch/embed_c/embed_c" "$bundle" >"$scratch/embed_c.json" 2>"$scratch/embed_c.txt"
grep -q '"CSCwc69661"' "$scratch/embed_c.json"
grep -q 'file and memory agree' "$scratch/embed_c.txt"

echo "== the program of the README, with pkg-config"
sed -n '/^```cpp$/,/^```$/p' "$source/README.md" | sed '1d;$d' >"$scratch/readme.cc"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name assay.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
g++ -std=c++20 "$scratch/readme.cc" $(pkg-config --cflags --libs assay) -o "$scratch/readme"
ASSAY_SIGNATURES=$prefix/share/assay/signatures "$scratch/readme" "$bundle" >"$scratch/readme.json"
grep -q '"CSCwc69661"' "$scratch/readme.json"
echo "installed, found, built and run"
