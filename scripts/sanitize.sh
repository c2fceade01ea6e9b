#!/usr/bin/env bash
# Builds everything with clang, all warnings and the address and undefined behaviour sanitizers, and runs every
# test there; then the tests with threads under the thread sanitizer, but for those that compare much on one.
#
#   scripts/sanitize.sh
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== Dependencies"
scripts/install_dependencies.sh --tests
echo "== Address and undefined behaviour sanitizers"
cmake --preset asan >/dev/null
cmake --build --preset asan
ctest --preset asan
echo "== Thread sanitizer"
cmake --preset tsan >/dev/null
cmake --build --preset tsan --target engine_test
ctest --preset tsan -L threads -E 'Explain|ShippedSignatures|Draft'
