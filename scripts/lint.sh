#!/usr/bin/env bash
# Holds the code to its form: clang-format, clang-tidy, shell syntax. Changes nothing.
#
#   scripts/lint.sh            needs a configured clang build for clang-tidy (it makes one if there is none)
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files -- '*.cc' '*.h' '*.c')
echo "== clang-format"
clang-format --dry-run --Werror "${sources[@]}"

echo "== shell syntax"
git ls-files -- '*.sh' '.ci/run' | xargs -n 1 bash -n

echo "== clang-tidy"
[ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null
git ls-files -- 'engine/*.cc' 'cli/*.cc' | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p build/clang 2>/dev/null
