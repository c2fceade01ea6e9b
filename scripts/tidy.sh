#!/usr/bin/env bash
# Holds the library and the program against clang-tidy; .clang-tidy has the checks. Changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset tidy >/dev/null
cmake --build --preset tidy --target assay_program
