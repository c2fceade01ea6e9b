#!/usr/bin/env bash
# Holds the code to its form: clang-format and shell syntax. Changes nothing.
# clang-tidy takes long, so it is a build of its own: cmake --preset tidy && cmake --build --preset tidy
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files -- '*.cc' '*.h' '*.c')
echo "== clang-format"
clang-format --dry-run --Werror "${sources[@]}"

echo "== shell syntax"
git ls-files -- '*.sh' '.ci/run' | xargs -n 1 bash -n
