#!/usr/bin/env bash
# Holds the code to its form: clang-format and shell syntax. Changes nothing.
# clang-tidy takes longer: scripts/tidy.sh
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files -- '*.cc' '*.h' '*.c')
echo "== clang-format"
clang-format --dry-run --Werror "${sources[@]}"

echo "== shell syntax"
git ls-files -- '*.sh' '.ci/run' | xargs -n 1 bash -n
