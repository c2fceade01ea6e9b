// A log is cut and scanned, whoever does it.
#include "evidence/log_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

namespace assay {
namespace {

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
  using Blocks = std::vector<std::vector<std::string>>;

  Blocks shown_by(LogScan& scan, const RecordStream& stream) {
    left_ = log_;
    Blocks blocks;
    scan.run(
        stream, [&](const ScannedBlock& scanned) { blocks.push_back(words_of(scanned)); }, no_cut_);
    return blocks;
  }
  Blocks shown_alone() {
    LogScan scan(literals_, kRecordBytes, 1);
    return shown_by(scan, stream_);
  }

  static constexpr std::size_t kRecordBytes = 1U << 20;
  LogLiterals literals_{
      Wanted{.literals = {"needle"}, .waiting = {}, .every_record = false, .processes = {}}};
  std::string log_ = log_of(50'000);
  std::string_view left_ = log_;
  RecordStream stream_ = stream_of(left_);
  LogScan::Cut no_cut_ = [](const RecordCut&) { ADD_FAILURE(); };
};

TEST_F(LogScanning, VisitsEachBlockBeforeItReadsTheNextOnOneThread) {
  LogScan scan(literals_, kRecordBytes, 1);
  std::size_t most = 0;
  std::size_t visited = 0;
  scan.run(
      stream_,
      [&](const ScannedBlock& scanned) {
        most = std::max(most, log_.size() - left_.size() - visited);
        visited += scanned.block.text.size();
      },
      no_cut_);
  EXPECT_EQ(visited, log_.size());
  EXPECT_LT(most, std::size_t{300} << 10);
}

TEST_F(LogScanning, ShowsTheSameBlocksIfNobodyHelps) {
  LogScan scan(literals_, kRecordBytes, 2);
  const Blocks shown = shown_by(scan, stream_);
  EXPECT_THAT(shown, SizeIs(Gt(10U)));
  EXPECT_EQ(shown, shown_alone());
}

TEST_F(LogScanning, ShowsTheSameBlocksWhereSomeWereScannedByHelp) {
  LogScan scan(literals_, kRecordBytes, 2);
  int helped = 0;
  int reads = 0;
  const RecordStream with_help{.read = [&](std::span<char> buffer) {
    if (++reads % 3 == 0 && scan.help()) ++helped;
    return stream_.read(buffer);
  }};
  const Blocks shown = shown_by(scan, with_help);
  EXPECT_GT(helped, 2);
  EXPECT_LT(helped, static_cast<int>(shown.size()));
  EXPECT_EQ(shown, shown_alone());
  EXPECT_FALSE(scan.help()) << "nothing is left";
}

TEST_F(LogScanning, ShowsTheSameBlocksWhileOthersHelpAllTheTime) {
  LogScan scan(literals_, kRecordBytes, 4);
  std::atomic<bool> done = false;
  std::thread helper([&] {
    while (!done) scan.help();
  });
  EXPECT_EQ(shown_by(scan, stream_), shown_alone());
  EXPECT_EQ(shown_by(scan, stream_), shown_alone()) << "of the next log";
  done = true;
  helper.join();
}

TEST_F(LogScanning, EndsWithWhatTheVisitorThrew) {
  for (const unsigned threads : {1U, 2U, 3U}) {
    LogScan scan(literals_, kRecordBytes, threads);
    left_ = log_;
    int visits = 0;
    const auto visit = [&](const ScannedBlock&) {
      if (++visits == 2) throw std::runtime_error("enough");
    };
    EXPECT_THROW(scan.run(stream_, visit, no_cut_), std::runtime_error);
    EXPECT_EQ(visits, 2);
  }
}

TEST_F(LogScanning, EndsWithWhatTheStreamThrew) {
  for (const unsigned threads : {1U, 2U, 3U}) {
    LogScan scan(literals_, kRecordBytes, threads);
    left_ = log_;
    std::size_t visited = 0;
    const RecordStream broken{.read = [&](std::span<char> buffer) {
      if (left_.size() < log_.size() / 2) throw std::runtime_error("cancelled");
      return stream_.read(buffer);
    }};
    const auto visit = [&](const ScannedBlock& scanned) { visited += scanned.block.text.size(); };
    EXPECT_THROW(scan.run(broken, visit, no_cut_), std::runtime_error);
    EXPECT_LT(visited, log_.size());
  }
}

}  // namespace
}  // namespace assay
