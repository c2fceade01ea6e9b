#!/usr/bin/env bash
# Installs the dependencies, builds the dev preset and runs every test.
#
#   scripts/test.sh [CTEST-OPTION...]      for example: scripts/test.sh -R text
#
# Can be run again at once; only what changed is built.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== Dependencies"
scripts/install_dependencies.sh --tests
echo "== Build"
cmake --preset dev >/dev/null
cmake --build --preset dev
echo "== Tests"
ctest --preset dev "$@"
