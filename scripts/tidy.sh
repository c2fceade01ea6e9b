#!/usr/bin/env bash
# Holds the library and the program against clang-tidy; .clang-tidy has the checks. Changes nothing.
#
#   scripts/tidy.sh                       everything
#   scripts/tidy.sh engine/text cli       only what is below these folders
#
# Nothing is compiled, and the sources of a folder are read as one (a unity build): most of the time goes into
# the headers that they share. So within one folder no two things have one name.
set -euo pipefail
cd "$(dirname "$0")/.."

folders=("${@%/}")
for folder in "${folders[@]}"; do
  [[ $folder =~ ^(engine|cli)(/|$) && -d $folder ]] || { echo "$folder is no folder of the library or the program" >&2; exit 2; }
done

echo "== Dependencies"
scripts/install_dependencies.sh --tests
echo "== clang-tidy"
cmake --preset tidy >/dev/null

# clang's analyzer passes over the functions of included files, sources too, unless the name of the file that
# includes them begins like this.
unified=build/tidy/unified
mkdir -p $unified
sed 's/unity_\([0-9]*\)_cxx\.cxx/UnifiedSource_\1.cxx/g' build/tidy/compile_commands.json >$unified/compile_commands.json
wanted=$(IFS='|'; echo "${folders[*]:-engine|cli}")
mapfile -t sources < <(sed -n 's|^ *"file": "'"$PWD"'/\(.*\)".*|\1|p' $unified/compile_commands.json |
  grep -E "^(build/tidy/)?($wanted)/" | tac)  # the program first: it takes longest
for source in "${sources[@]}"; do
  [[ $source != *UnifiedSource_* ]] || cp "$(sed 's/UnifiedSource_\([0-9]*\)/unity_\1_cxx/' <<<"$source")" "$source"
done

# Each says what it has to say in one piece.
tidy() {
  local said
  said=$(clang-tidy --quiet -p build/tidy/unified "$1" 2>&1) || { printf '%s\n' "$said"; return 1; }
}
export -f tidy
printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'tidy "$1"' tidy
