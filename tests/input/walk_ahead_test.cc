// Whatever the visitor does, the thread that reads ahead ends with the walk, and the result is the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "assay/error.h"
#include "input/archives.h"
#include "input/source.h"

namespace assay {
namespace {

using namespace archives;
using ::testing::ElementsAre;

// More bytes than the queue holds.
std::vector<File> many_files() {
  std::vector<File> files;
  for (int i = 0; i < 40; ++i) files.push_back({std::to_string(i), std::string(300'000, 'x')});
  return files;
}

class WalkAhead : public ::testing::Test {
 protected:
  std::string bytes_ = gzip(tar(many_files()));
  std::vector<Input> inputs_ = {Input::from_bytes("in", std::span(bytes_.data(), bytes_.size()))};
  Options options_;
};

TEST_F(WalkAhead, LeavingMembersUnreadChangesNothing) {
  std::vector<std::string> paths;
  const auto visit_first_bytes = [&paths](Member& member) {
    paths.push_back(member.path);
    std::array<char, 3> first;
    if (paths.size() % 3 == 0) return;
    EXPECT_EQ(member.content.read(first), 3U);
  };
  const Walked ahead = walk_ahead(inputs_, options_, visit_first_bytes);
  const std::vector<std::string> paths_ahead = std::exchange(paths, {});
  const Walked plain = walk(inputs_, options_, visit_first_bytes);
  EXPECT_EQ(paths_ahead, paths);
  EXPECT_EQ(ahead.members, plain.members);
  EXPECT_EQ(ahead.bytes, plain.bytes);
  EXPECT_EQ(ahead.bytes, 40U * 300'000U);
}

TEST_F(WalkAhead, BytesThatAreHandedOverAreThoseThatWouldBeRead) {
  std::string text;
  for (int i = 0; text.size() < 3'000'000; ++i) text += std::to_string(i) + '\n';
  bytes_ = gzip(tar({{"log", text}}));
  inputs_ = {Input::from_bytes("in", std::span(bytes_.data(), bytes_.size()))};
  std::string seen;
  int handed_over = 0;
  const auto take_in_both_ways = [&](Member& member) {
    std::vector<char> buffer;
    std::array<char, 1'000> some;
    while (true) {
      const std::size_t count = member.content.read(some);
      seen.append(some.data(), count);
      const std::span<char> handed = member.content.exchange(buffer);
      seen.append(handed.data(), handed.size());
      if (!handed.empty()) ++handed_over;
      if (count == 0 && handed.empty()) break;
    }
  };
  const Walked walked = walk_ahead(inputs_, options_, take_in_both_ways);
  EXPECT_TRUE(seen == text) << seen.size() << " of " << text.size();
  EXPECT_EQ(walked.bytes, text.size());
  EXPECT_GT(handed_over, 5);
}

// What a walk gives a visitor who takes blocks where it can, or copies everything.
struct Given {
  std::vector<std::string> contents;
  int handed_over = 0;
  Walked walked;
};

enum class Way { copies, takes_blocks };

Given given_by(std::span<const Input> inputs, const Options& options, Way way, decltype(walk)& any_walk) {
  Given given;
  const auto visit = [&](Member& member) {
    std::string& seen = given.contents.emplace_back();
    std::vector<char> buffer;
    std::vector<char> copy(kBlockBytes);
    while (true) {
      std::span<char> bytes;
      if (way == Way::takes_blocks) bytes = member.content.exchange(buffer);
      if (!bytes.empty()) ++given.handed_over;
      if (bytes.empty()) bytes = std::span(copy).first(member.content.read(copy));
      if (bytes.empty()) return;
      seen.append(bytes.data(), bytes.size());
      // Whoever has a block may write to it, and to the room before it.
      std::fill(buffer.begin(), buffer.end(), '#');
    }
  };
  given.walked = any_walk(inputs, options, visit);
  return given;
}

TEST_F(WalkAhead, BlocksOfATarAreHandedOverWithEveryByteWhereverItIsCut) {
  std::vector<File> files;
  for (const std::size_t size : {0U, 1U, 511U, 700'000U, 262'144U, 100U, 3'000'000U, 261'632U, 5U}) {
    std::string text;
    for (int i = 0; text.size() < size; ++i) text += std::to_string(i) + '\n';
    files.push_back({std::to_string(files.size()), text.substr(0, size)});
  }
  const std::string whole = tar(files);
  for (const std::size_t size : {whole.size(), whole.size() - 600'000, whole.size() / 2, std::size_t{700'000},
                                 std::size_t{262'144}, std::size_t{2'000}}) {
    bytes_ = gzip(whole.substr(0, size));
    inputs_ = {Input::from_bytes("in", std::span(bytes_.data(), bytes_.size()))};
    const Given copied = given_by(inputs_, options_, Way::copies, walk);
    const Given taken = given_by(inputs_, options_, Way::takes_blocks, walk);
    const Given ahead = given_by(inputs_, options_, Way::takes_blocks, walk_ahead);
    EXPECT_TRUE(taken.contents == copied.contents) << size;
    EXPECT_TRUE(ahead.contents == copied.contents) << size;
    EXPECT_EQ(taken.walked.bytes, copied.walked.bytes) << size;
    EXPECT_EQ(taken.walked.problems, copied.walked.problems) << size;
    EXPECT_EQ(ahead.walked.problems, copied.walked.problems) << size;
    EXPECT_EQ(taken.handed_over > 0, size > 2'000) << size;
  }
}

TEST_F(WalkAhead, WhatTheVisitorThrowsComesOutWhereverItStands) {
  for (const int at : {1, 2, 20, 40}) {
    int visits = 0;
    const auto throw_at = [&visits, at](Member& member) {
      std::array<char, 1'000> some;
      member.content.read(some);
      if (++visits == at) throw std::domain_error("enough");
    };
    EXPECT_THROW(walk_ahead(inputs_, options_, throw_at), std::domain_error);
    EXPECT_EQ(visits, at);
    visits = 0;
    EXPECT_THROW(walk(inputs_, options_, throw_at), std::domain_error);
    EXPECT_EQ(visits, at);
  }
}

TEST_F(WalkAhead, VisitsAndTellsProgressOnTheCallingThread) {
  const auto caller = std::this_thread::get_id();
  int told = 0;
  Progress last;
  options_.progress = [&](const Progress& progress) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_GE(progress.bytes, last.bytes);
    EXPECT_FALSE(progress.path.empty());
    last = progress;
    ++told;
  };
  for (const auto walk_of_a_kind : {&walk, &walk_ahead}) {
    told = 0;
    last = {};
    walk_of_a_kind(inputs_, options_, [&](Member&) { EXPECT_EQ(std::this_thread::get_id(), caller); });
    EXPECT_GE(told, 1);
  }
}

TEST_F(WalkAhead, CancellingEndsBothWalks) {
  for (const auto walk_of_a_kind : {&walk, &walk_ahead}) {
    std::atomic<int> asked = 0;
    options_.cancelled = [&asked] { return ++asked > 20; };
    try {
      walk_of_a_kind(inputs_, options_, [](Member&) {});
      FAIL() << "was not cancelled";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), "cancelled");
    }
  }
}

TEST_F(WalkAhead, CancellingFromTheVisitorEndsTheWalk) {
  std::atomic<bool> cancelled = false;
  options_.cancelled = [&cancelled] { return cancelled.load(); };
  int visits = 0;
  EXPECT_THROW(walk_ahead(inputs_, options_,
                          [&](Member&) {
                            ++visits;
                            cancelled = true;
                          }),
               Error);
  EXPECT_LT(visits, 40);
}

TEST_F(WalkAhead, HelpsWhileItIsAsFarAheadAsItMayBe) {
  const auto caller = std::this_thread::get_id();
  std::promise<void> was_asked;
  int work = 3;
  const auto help = [&] {
    EXPECT_NE(std::this_thread::get_id(), caller);
    if (work > 0 && --work == 0) was_asked.set_value();
    return work > 0;
  };
  int visits = 0;
  const auto visit = [&](Member&) {
    if (++visits == 1) was_asked.get_future().wait();
  };
  const Walked ahead = walk_ahead_and_help(inputs_, options_, visit, help);
  EXPECT_EQ(work, 0);
  EXPECT_EQ(ahead.bytes, 40U * 300'000U);
}

TEST_F(WalkAhead, WhatHelpThrowsComesOut) {
  const auto help = []() -> bool { throw std::domain_error("no more"); };
  const auto visit = [](Member& member) {
    std::array<char, 1'000> some;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    member.content.read(some);
  };
  EXPECT_THROW(walk_ahead_and_help(inputs_, options_, visit, help), std::domain_error);
}

TEST_F(WalkAhead, TwoWalksAtOnceDoNotDisturbEachOther) {
  Walked other;
  std::thread thread([&] { other = walk_ahead(inputs_, options_, [](Member&) {}); });
  const Walked mine = walk_ahead(inputs_, options_, [](Member&) {});
  thread.join();
  EXPECT_EQ(mine.bytes, other.bytes);
  EXPECT_EQ(mine.members, 40U);
}

}  // namespace
}  // namespace assay
