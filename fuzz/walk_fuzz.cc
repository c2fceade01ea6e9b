// Any bytes as an input, from memory and as a stream, copied and in whole blocks, on one thread and read on
// another: always the same, and soon over.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "assay/analyze.h"
#include "input/read_beside.h"
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

enum class Way { copies, takes_blocks, takes_blocks_beside };

void append(assay::ByteStream& content, Way way, std::string& members) {
  std::array<char, 4'000> buffer;
  std::vector<char> block;
  while (true) {
    std::span<char> bytes;
    if (way != Way::copies) bytes = content.exchange(block);
    if (bytes.empty()) bytes = std::span(buffer).first(content.read(buffer));
    if (bytes.empty()) return;
    members.append(bytes.data(), bytes.size());
  }
}

Seen see(Way way, const std::vector<Input>& inputs, const Options& options) {
  Seen seen;
  seen.walked = assay::walk(inputs, options, [&](Member& member) {
    seen.members += member.path + "|" + member.container + "|" + member.name + "|";
    const auto read = [&](assay::ByteStream& content) { append(content, way, seen.members); };
    if (way == Way::takes_blocks_beside) {
      assay::read_beside(member.content, read);
    } else {
      read(member.content);
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
  const Seen plain = see(Way::copies, {Input::from_bytes("in", bytes)}, options);
  require(plain.walked.bytes <= options.limits.total_bytes);
  require(plain.walked.members <= options.limits.members + 1);

  for (const Way way : {Way::takes_blocks, Way::takes_blocks_beside}) {
    const Seen taken = see(way, {Input::from_bytes("in", bytes)}, options);
    require(taken.members == plain.members);
    require(taken.walked.problems == plain.walked.problems);
  }

  std::istringstream stream(std::string(bytes.data(), bytes.size()));
  see(Way::copies, {Input::from_stream("-", stream)}, options);
  return 0;
}
