#!/usr/bin/env bash
# Compares assay with what else reads compressed logs, and 10 signatures with 10,000. Prints tables.
#
#   bench/compare.sh [--rounds N] [--log SIZE] [--large SIZE] [--build DIR]
#
# SIZE is that of the log in the bundle (300M), and of the one for the memory (2G; 0 leaves it out). DIR holds
# a release build (build/bench); without one it is made. Data are made once and kept in DIR/bench-data.
# Every number is a median of N rounds (7) in which the programs take turns, so that a machine that becomes
# slower or faster meets all of them. Results go to standard output as a page of Markdown.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
rounds=7 log=300M large=2G build=$here/../build/bench
while [[ $# -gt 0 ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --log) log=$2 ;;
    --large) large=$2 ;;
    --build) build=$2 ;;
    --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "compare.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
  esac
  shift 2
done

declare -A package=([igzip]=isal [gzip]=gzip [grep]=grep [rg]=ripgrep [ugrep]=ugrep [cmake]=cmake [ninja]=ninja-build
  [/usr/bin/python3]=python3)
missing=()
for tool in "${!package[@]}"; do
  command -v "$tool" >/dev/null || missing+=("${package[$tool]}")
done
/usr/bin/python3 -c 'import yaml' 2>/dev/null || missing+=(python3-yaml)
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "compare.sh needs tools that are not here; install them with: apt-get install ${missing[*]}" >&2
  exit 2
fi

if [[ ! -f $build/CMakeCache.txt ]]; then
  cmake -S "$here/.." -B "$build" -G Ninja -DASSAY_DEVELOPER=ON -DCMAKE_BUILD_TYPE=Release >/dev/null
fi
if [[ $(sed -n 's/^CMAKE_BUILD_TYPE:[A-Z]*=//p' "$build/CMakeCache.txt") != Release ]]; then
  echo "compare.sh: $build is no release build; what it measured would mean nothing" >&2
  exit 2
fi
echo "Building assay and make_log in $build ..." >&2
cmake --build "$build" --target assay_program make_log >/dev/null

data=$build/bench-data
mkdir -p "$data"
bundle() {
  local file=$data/diagnostic_log_$1.tar.gz
  if [[ ! -f $file ]]; then
    echo "Making a bundle with a log of $1 ..." >&2
    "$build/bench/make_log" --seed 1 --bytes "$1" --bundle "$file.part"
    mv "$file.part" "$file"
  fi
  echo "$file"
}
signatures() {
  if [[ ! -d $data/signatures-$1 || $here/make_signatures.py -nt $data/signatures-$1 ]]; then
    rm -rf "$data/signatures-$1"
    "$here/make_signatures.py" "$1" "$data/signatures-$1"
  fi
  echo "$data/signatures-$1"
}

/usr/bin/python3 "$here/extract_patterns.py" "$here/../signatures" >"$data/patterns.txt"
arguments=(--assay "$build/bin/assay" --shipped "$here/../signatures" --patterns "$data/patterns.txt" --rounds "$rounds")
arguments+=(--bundle "$(bundle "$log")" --few "$(signatures 10)" --many "$(signatures 10000)")
arguments+=(--tiny "$here/../testdata/diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz")
[[ $large == 0 ]] || arguments+=(--large "$(bundle "$large")")
exec /usr/bin/python3 "$here/measure.py" "${arguments[@]}"
