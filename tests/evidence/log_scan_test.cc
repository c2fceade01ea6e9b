// A log is cut and scanned; the blocks may be visited beside it.
#include "evidence/log_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

namespace assay {
namespace {

using testing::ElementsAreArray;
using testing::Gt;
using testing::SizeIs;

std::string log_of(int records) {
  std::string log;
  for (int i = 0; i < records; ++i) {
    log += "2022-07-11T18:55:25.910+02:00 vcsc tvcs: record " + std::to_string(i);
    log += i % 7 == 0 ? " with the needle in it\n" : " with nothing in it\n";
  }
  return log;
}

RecordStream stream_of(std::string_view& left) {
  return {.read = [&left](std::span<char> buffer) {
    const std::size_t count = std::min(buffer.size(), left.size());
    std::copy_n(left.begin(), count, buffer.begin());
    left.remove_prefix(count);
    return count;
  }};
}

// What a visitor saw, block by block.
std::vector<std::string> words_of(const ScannedBlock& scanned) {
  std::vector<std::string> words = {std::string(scanned.block.text), std::to_string(scanned.block.offset),
                                    std::to_string(scanned.block.line),
                                    std::to_string(scanned.block.records->records())};
  for (const LiteralSet::Hit& hit : scanned.hits) words.push_back(std::to_string(hit.end));
  return words;
}

class LogScanning : public testing::Test {
 protected:
  LogLiterals literals_{
      Wanted{.literals = {"needle"}, .waiting = {}, .every_record = false, .processes = {}}};
  LogScan scan_{literals_, 1U << 20};
  std::string log_ = log_of(50'000);
  std::string_view left_ = log_;
  RecordStream stream_ = stream_of(left_);
  LogScan::Cut no_cut_ = [](const RecordCut&) { ADD_FAILURE(); };
};

TEST_F(LogScanning, ShowsTheSameBlocksOnAnotherThread) {
  std::vector<std::vector<std::string>> here;
  std::vector<std::vector<std::string>> ahead;
  scan_.run(
      stream_, [&](const ScannedBlock& scanned) { here.push_back(words_of(scanned)); }, no_cut_);
  left_ = log_;
  std::thread::id visitor;
  scan_.run_ahead(
      stream_,
      [&](const ScannedBlock& scanned) {
        visitor = std::this_thread::get_id();
        ahead.push_back(words_of(scanned));
      },
      no_cut_);
  EXPECT_THAT(here, SizeIs(Gt(10U)));
  EXPECT_THAT(ahead, ElementsAreArray(here));
  EXPECT_NE(visitor, std::this_thread::get_id());
}

TEST_F(LogScanning, ShowsTheSameWhetherBlocksWaitForTheVisitorOrTheVisitorForBlocks) {
  std::vector<std::vector<std::string>> here;
  scan_.run(
      stream_, [&](const ScannedBlock& scanned) { here.push_back(words_of(scanned)); }, no_cut_);
  for (const bool visitor_is_slow : {true, false}) {
    std::vector<std::vector<std::string>> ahead;
    left_ = log_;
    const RecordStream stream{.read = [&](std::span<char> buffer) {
      if (!visitor_is_slow) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return stream_.read(buffer);
    }};
    const auto visit = [&](const ScannedBlock& scanned) {
      if (visitor_is_slow) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      ahead.push_back(words_of(scanned));
    };
    scan_.run_ahead(stream, visit, no_cut_);
    EXPECT_EQ(ahead, here) << visitor_is_slow;
  }
}

TEST_F(LogScanning, EndsWithWhatTheVisitorThrew) {
  int visits = 0;
  const auto visit = [&](const ScannedBlock&) {
    if (++visits == 2) throw std::runtime_error("enough");
  };
  EXPECT_THROW(scan_.run_ahead(stream_, visit, no_cut_), std::runtime_error);
  EXPECT_EQ(visits, 2);
}

TEST_F(LogScanning, EndsWithWhatTheStreamThrew) {
  std::size_t visited = 0;
  const RecordStream broken{.read = [&](std::span<char> buffer) {
    if (left_.size() < log_.size() / 2) throw std::runtime_error("cancelled");
    return stream_.read(buffer);
  }};
  const auto visit = [&](const ScannedBlock& scanned) { visited += scanned.block.text.size(); };
  EXPECT_THROW(scan_.run_ahead(broken, visit, no_cut_), std::runtime_error);
  EXPECT_LT(visited, log_.size());
}

}  // namespace
}  // namespace assay
