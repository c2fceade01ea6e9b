#!/usr/bin/env bash
# Compares assay with tshark on a made capture. Prints a table.
#
#   bench/compare_captures.sh [--rounds N] [--bytes SIZE] [--build DIR]
#
# SIZE is that of the capture (400M). DIR holds a release build (build/bench); without one it is made. The
# capture is made once and kept in DIR/bench-data. Every number is a median of N rounds (3) in which the programs
# take turns.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
rounds=3 bytes=400M build=$here/../build/bench
while [[ $# -gt 0 ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --bytes) bytes=$2 ;;
    --build) build=$2 ;;
    --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "compare_captures.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
  esac
  shift 2
done
for tool in tshark cmake ninja /usr/bin/time; do
  command -v $tool >/dev/null || { echo "compare_captures.sh needs $tool; scripts/install_dependencies.sh --tests" >&2; exit 2; }
done
if [[ ! -f $build/CMakeCache.txt ]]; then
  cmake -S "$here/.." -B "$build" -G Ninja -DASSAY_DEVELOPER=ON -DCMAKE_BUILD_TYPE=Release >/dev/null
fi
if [[ $(sed -n 's/^CMAKE_BUILD_TYPE:[A-Z]*=//p' "$build/CMakeCache.txt") != Release ]]; then
  echo "compare_captures.sh: $build is no release build; what it measured would mean nothing" >&2
  exit 2
fi
echo "Building assay and make_capture in $build ..." >&2
cmake --build "$build" --target assay_program make_capture >/dev/null

data=$build/bench-data
mkdir -p "$data"
capture=$data/capture-$bytes.pcap
if [[ ! -f $capture ]]; then
  "$build/bench/make_capture" --out "$capture.part" --bytes "$bytes" \
    "$here"/../testdata/captures/tls12_{completed,self_signed_refused,no_intermediate,ecdsa,client_accepted}.pcap \
    "$here"/../testdata/captures/tls13_{completed,refused}.pcap
  mv "$capture.part" "$capture"
fi

# measure NAME COMMAND...: seconds and KiB of each round, a line in $data/NAME.times
measure() {
  local name=$1
  shift
  /usr/bin/time -f '%e %M' -a -o "$data/$name.times" "$@" >"$data/$name.out"
}
rm -f "$data"/*.times
cat "$capture" >/dev/null
for ((round = 0; round < rounds; ++round)); do
  measure assay "$build/bin/assay" handshakes --format jsonl "$capture"
  measure tshark tshark -r "$capture" -Y tls.handshake -T fields -e frame.time_epoch -e ip.src -e tcp.srcport \
    -e ip.dst -e tcp.dstport -e tls.handshake.type -e tls.handshake.extensions_server_name \
    -e tls.handshake.ciphersuite
done

median() { sort -g -k"$2,$2" "$data/$1.times" | awk -v column="$2" '{ value[NR] = $column } END { print value[int((NR + 1) / 2)] }'; }
echo "| program | seconds | MiB | lines |"
echo "|---|---|---|---|"
for name in assay tshark; do
  echo "| $name | $(median $name 1) | $(($(median $name 2) / 1024)) | $(wc -l <"$data/$name.out") |"
done
awk -v ours="$(median assay 1)" -v theirs="$(median tshark 1)" 'BEGIN { printf "\nassay is %.0f times faster.\n", theirs / ours }'
