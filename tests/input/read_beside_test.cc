// Whatever the reader does, the thread that fetches for it ends, and the bytes are the same.
#include "input/read_beside.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "assay/error.h"
#include "input/archives.h"
#include "input/source.h"

namespace assay {
namespace {

using namespace archives;

std::string numbers(std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i) text += std::to_string(i) + '\n';
  return text.substr(0, size);
}

// More bytes than wait between the threads.
std::vector<File> many_files() {
  std::vector<File> files;
  for (int i = 0; i < 40; ++i) files.push_back({std::to_string(i), std::string(300'000, 'x')});
  return files;
}

class ReadBeside : public ::testing::Test {
 protected:
  void walk_over(std::string bytes) {
    bytes_ = gzip(bytes);
    inputs_ = {Input::from_bytes("in", std::span(bytes_.data(), bytes_.size()))};
  }
  Walked walk_and_read(const std::function<void(ByteStream&)>& read) {
    return walk(inputs_, options_, [&](Member& member) { read_beside(member.content, read); });
  }

  std::string bytes_;
  std::vector<Input> inputs_;
  Options options_;
};

TEST_F(ReadBeside, ReadsOnAnotherThread) {
  walk_over(tar(many_files()));
  const auto caller = std::this_thread::get_id();
  int reads = 0;
  walk_and_read([&](ByteStream&) {
    EXPECT_NE(std::this_thread::get_id(), caller);
    ++reads;
  });
  EXPECT_EQ(reads, 40);
}

TEST_F(ReadBeside, LeavingMembersUnreadChangesNothing) {
  walk_over(tar(many_files()));
  int reads = 0;
  const Walked walked = walk_and_read([&reads](ByteStream& content) {
    std::array<char, 3> first;
    if (++reads % 3 != 0) {
      EXPECT_EQ(content.read(first), 3U);
    }
  });
  EXPECT_EQ(walked.members, 40U);
  EXPECT_EQ(walked.bytes, 40U * 300'000U);
}

TEST_F(ReadBeside, BytesThatAreHandedOverAreThoseThatWouldBeRead) {
  const std::string text = numbers(3'000'000);
  walk_over(tar({{"log", text}}));
  std::string seen;
  int handed_over = 0;
  const Walked walked = walk_and_read([&](ByteStream& content) {
    std::vector<char> buffer;
    std::array<char, 1'000> some;
    while (true) {
      const std::size_t count = content.read(some);
      seen.append(some.data(), count);
      const std::span<char> handed = content.exchange(buffer);
      seen.append(handed.data(), handed.size());
      if (!handed.empty()) ++handed_over;
      if (count == 0 && handed.empty()) break;
    }
  });
  EXPECT_TRUE(seen == text) << seen.size() << " of " << text.size();
  EXPECT_EQ(walked.bytes, text.size());
  EXPECT_GT(handed_over, 5);
}

enum class Way { copies, takes_blocks };

struct Given {
  std::string content;
  int handed_over = 0;
};

void take(ByteStream& content, Way way, Given& given) {
  std::vector<char> buffer;
  std::vector<char> copy(kBlockBytes);
  while (true) {
    std::span<char> bytes;
    if (way == Way::takes_blocks) bytes = content.exchange(buffer);
    if (!bytes.empty()) ++given.handed_over;
    if (bytes.empty()) bytes = std::span(copy).first(content.read(copy));
    if (bytes.empty()) return;
    given.content.append(bytes.data(), bytes.size());
    // Whoever has a block may write to it, and to the room before it.
    std::fill(buffer.begin(), buffer.end(), '#');
  }
}

TEST_F(ReadBeside, BlocksOfATarAreHandedOverWithEveryByteWhereverItIsCut) {
  std::vector<File> files;
  for (const std::size_t size : {0U, 1U, 511U, 700'000U, 262'144U, 100U, 3'000'000U, 261'632U, 5U})
    files.push_back({std::to_string(files.size()), numbers(size)});
  const std::string whole = tar(files);
  for (const std::size_t size : {whole.size(), whole.size() - 600'000, whole.size() / 2, std::size_t{700'000},
                                 std::size_t{262'144}, std::size_t{2'000}}) {
    walk_over(whole.substr(0, size));
    Given copied;
    Given taken;
    Given beside;
    const Walked plain =
        walk(inputs_, options_, [&](Member& member) { take(member.content, Way::copies, copied); });
    const Walked blocks =
        walk(inputs_, options_, [&](Member& member) { take(member.content, Way::takes_blocks, taken); });
    const Walked other =
        walk_and_read([&](ByteStream& content) { take(content, Way::takes_blocks, beside); });
    EXPECT_TRUE(taken.content == copied.content) << size;
    EXPECT_TRUE(beside.content == copied.content) << size;
    EXPECT_EQ(blocks.bytes, plain.bytes) << size;
    EXPECT_EQ(blocks.problems, plain.problems) << size;
    EXPECT_EQ(other.problems, plain.problems) << size;
    EXPECT_EQ(taken.handed_over > 0, size > 2'000) << size;
  }
}

TEST_F(ReadBeside, WhatTheReaderThrowsComesOutWhereverItStands) {
  walk_over(tar(many_files()));
  for (const int at : {1, 2, 20, 40}) {
    int reads = 0;
    const auto throw_at = [&reads, at](ByteStream& content) {
      std::array<char, 1'000> some;
      content.read(some);
      if (++reads == at) throw std::domain_error("enough");
    };
    EXPECT_THROW(walk_and_read(throw_at), std::domain_error);
    EXPECT_EQ(reads, at);
  }
}

TEST_F(ReadBeside, CancellingEndsTheReaderAndTheWalk) {
  walk_over(tar({{"log", numbers(30'000'000)}}));
  std::atomic<bool> cancelled = false;
  options_.cancelled = [&cancelled] { return cancelled.load(); };
  std::size_t bytes = 0;
  const auto read = [&](ByteStream& content) {
    std::array<char, 1'000> some;
    while (const std::size_t count = content.read(some)) {
      bytes += count;
      cancelled = true;
    }
  };
  EXPECT_THROW(walk_and_read(read), Error);
  EXPECT_GT(bytes, 0U);
  EXPECT_LT(bytes, 30'000'000U);
}

TEST_F(ReadBeside, TellsProgressOnTheCallingThread) {
  walk_over(tar(many_files()));
  const auto caller = std::this_thread::get_id();
  int told = 0;
  options_.progress = [&](const Progress&) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    ++told;
  };
  walk_and_read([](ByteStream&) {});
  EXPECT_GE(told, 1);
}

}  // namespace
}  // namespace assay
