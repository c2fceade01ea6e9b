// Any bytes as an input, from memory and as a stream, copied and in whole blocks, on one thread and on two:
// always the same, and soon over.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "assay/analyze.h"
#include "input/walk.h"

namespace {

using assay::Input;
using assay::Member;
using assay::Options;
using assay::Walked;

struct Seen {
  std::string members;  // paths and contents, one after the other
  Walked walked;
};

enum class Way { copies, takes_blocks };

Seen see(decltype(assay::walk)& walk, Way way, const std::vector<Input>& inputs, const Options& options) {
  Seen seen;
  std::array<char, 4'000> buffer;
  std::vector<char> block;
  seen.walked = walk(inputs, options, [&](Member& member) {
    seen.members += member.path + "|" + member.container + "|" + member.name + "|";
    while (true) {
      std::span<char> bytes;
      if (way == Way::takes_blocks) bytes = member.content.exchange(block);
      if (bytes.empty()) bytes = std::span(buffer).first(member.content.read(buffer));
      if (bytes.empty()) return;
      seen.members.append(bytes.data(), bytes.size());
    }
  });
  return seen;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Options options;
  options.limits = {.total_bytes = 1U << 20,
                    .member_bytes = 700'000,
                    .members = 50,
                    .depth = 4,
                    .expansion_ratio = 100,
                    .memory_archive_bytes = 1U << 20};
  const std::span bytes(reinterpret_cast<const char*>(data), size);
  const Seen plain = see(assay::walk, Way::copies, {Input::from_bytes("in", bytes)}, options);
  require(plain.walked.bytes <= options.limits.total_bytes);
  require(plain.walked.members <= options.limits.members + 1);

  for (decltype(assay::walk)* walk : {&assay::walk, &assay::walk_ahead}) {
    const Seen taken = see(*walk, Way::takes_blocks, {Input::from_bytes("in", bytes)}, options);
    require(taken.members == plain.members);
    require(taken.walked.problems == plain.walked.problems);
  }

  std::istringstream stream(std::string(bytes.data(), bytes.size()));
  see(assay::walk, Way::copies, {Input::from_stream("-", stream)}, options);
  return 0;
}
