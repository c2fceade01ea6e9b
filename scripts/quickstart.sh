#!/usr/bin/env bash
# From a fresh checkout to a diagnosis: installs the dependencies, builds the release preset, and analyses
# the given bundles, or the sample bundle in testdata/ if there is none.
#
#   scripts/quickstart.sh [PATH...]
#
# Ends with the exit status of the analysis: 0 nothing found, 1 something found, 2 wrong request, 3 the
# evidence was incomplete. Can be run again at once; what is done already is not done twice.
set -euo pipefail

paths=()
for path in "$@"; do
  [ -e "$path" ] || { echo "There is no file or folder $path" >&2; exit 2; }
  paths+=("$(realpath -- "$path")")
done
cd "$(dirname "$0")/.."

echo "== Dependencies"
scripts/install_dependencies.sh
echo "== Build"
mkdir -p build
cmake --preset release >build/quickstart.log 2>&1 && cmake --build --preset release >>build/quickstart.log 2>&1 || {
  tail -n 30 build/quickstart.log >&2
  echo "The build failed; the whole log is in build/quickstart.log" >&2
  exit 1
}
rm -f build/quickstart.log
echo "Built build/release/bin/assay"

[ ${#paths[@]} -gt 0 ] || paths=(testdata/diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz)
echo "== assay analyze ${paths[*]}"
exec build/release/bin/assay analyze "${paths[@]}"
