// However a stream is cut, repeated and mixed up, the same bytes come out, and what is lost becomes a gap.
#include "evidence/capture/reassembly.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace assay {
namespace {

// What came out; a gap is as many dots.
struct Heard {
  std::string text;
  std::vector<std::uint64_t> gaps;

  OrderedBytes::Out out() {
    return {.bytes = [this](Bytes bytes) { text.append(bytes.begin(), bytes.end()); },
            .gap =
                [this](std::uint64_t count) {
                  gaps.push_back(count);
                  text.append(static_cast<std::size_t>(count), '.');
                }};
  }
};

Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Segment {
  std::size_t begin = 0;
  std::size_t size = 0;
};

struct Stream {
  std::string text;
  std::vector<Segment> segments;
};

// A random text in random segments; some overlap with what comes before or behind, some come twice, and none
// comes more than a few places too early or too late.
Stream random_stream(std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return std::size_t{random()} % bound; };
  Stream stream;
  stream.text.resize(1 + below(3000));
  for (char& c : stream.text) c = static_cast<char>('a' + below(26));
  const std::size_t most = 1 + below(200);
  for (std::size_t at = 0; at < stream.text.size();) {
    const std::size_t size = std::min(1 + below(most), stream.text.size() - at);
    const std::size_t before = below(4) == 0 ? below(std::min<std::size_t>(at, 100) + 1) : 0;
    const std::size_t behind =
        below(4) == 0 ? below(std::min<std::size_t>(stream.text.size() - at - size, 100) + 1) : 0;
    stream.segments.push_back({at - before, before + size + behind});
    if (below(5) == 0) stream.segments.push_back(stream.segments[below(stream.segments.size())]);
    at += size;
  }
  constexpr std::size_t kWindow = 6;
  for (std::size_t i = 0; i < stream.segments.size(); ++i) {
    std::swap(stream.segments[i], stream.segments[std::min(i + below(kWindow), stream.segments.size() - 1)]);
  }
  return stream;
}

TEST(OrderedBytes, GiveTheStreamHoweverItsSegmentsCome) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    const Stream stream = random_stream(random);
    // Half of the streams begin shortly before the numbers go round.
    const auto any = static_cast<std::uint32_t>(random());
    const std::uint32_t first = seed % 2 == 0 ? any : 0U - any % 2000;
    Heard heard;
    OrderedBytes bytes;
    bytes.start(first);
    for (const Segment& segment : stream.segments) {
      bytes.segment(first + static_cast<std::uint32_t>(segment.begin),
                    bytes_of(stream.text).subspan(segment.begin, segment.size), 0, heard.out());
    }
    ASSERT_EQ(heard.text, stream.text) << "seed " << seed;
    ASSERT_EQ(bytes.waiting(), 0U) << "seed " << seed;
  }
}

TEST(OrderedBytes, LeaveGapsOnlyWhereNoSegmentWas) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    Stream stream = random_stream(random);
    if (stream.segments.size() > 64) continue;  // so many are not waited for
    const auto lost = static_cast<std::ptrdiff_t>(random() % stream.segments.size());
    stream.segments.erase(stream.segments.begin() + lost);
    std::string expected(stream.text.size(), '.');
    for (const Segment& segment : stream.segments) {
      expected.replace(segment.begin, segment.size, stream.text, segment.begin, segment.size);
    }
    while (expected.ends_with('.')) expected.pop_back();  // nobody knows how much was to come
    Heard heard;
    OrderedBytes bytes;
    bytes.start(7);
    for (const Segment& segment : stream.segments) {
      bytes.segment(7 + static_cast<std::uint32_t>(segment.begin),
                    bytes_of(stream.text).subspan(segment.begin, segment.size), 0, heard.out());
    }
    bytes.flush(heard.out());
    ASSERT_EQ(heard.text, expected) << "seed " << seed;
    ASSERT_EQ(bytes.waiting(), 0U) << "seed " << seed;
  }
}

TEST(OrderedBytes, WaitForAHoleAndThenTakeItForLost) {
  Heard heard;
  OrderedBytes bytes;
  bytes.start(100);
  bytes.segment(100, bytes_of("one"), 0, heard.out());
  bytes.segment(110, bytes_of("three"), 0, heard.out());
  EXPECT_EQ(heard.text, "one");
  EXPECT_EQ(bytes.waiting(), 5U);
  bytes.flush(heard.out());
  EXPECT_EQ(heard.text, "one.......three");
  EXPECT_EQ(heard.gaps, std::vector<std::uint64_t>{7});
}

TEST(OrderedBytes, DoNotWaitForever) {
  Heard heard;
  OrderedBytes bytes;
  bytes.start(0);
  const std::string packet(1000, 'x');
  std::uint32_t at = 10;  // the first ten bytes never come
  for (int i = 0; i < 200; ++i, at += 1000) bytes.segment(at, bytes_of(packet), 0, heard.out());
  EXPECT_EQ(heard.gaps, std::vector<std::uint64_t>{10});
  EXPECT_EQ(heard.text.size(), 200'010U);
}

TEST(OrderedBytes, AWaitingSegmentThatBeginsBeforeTheNextByteIsNotForgotten) {
  Heard heard;
  OrderedBytes bytes;
  bytes.start(0);
  bytes.segment(4, bytes_of("efgh"), 0, heard.out());
  bytes.segment(0, bytes_of("abcdef"), 0, heard.out());
  EXPECT_EQ(heard.text, "abcdefgh");
}

TEST(OrderedBytes, WhatTheSnapLengthCutOffIsAGapUnlessItComesAgain) {
  Heard heard;
  OrderedBytes bytes;
  bytes.start(0);
  bytes.segment(0, bytes_of("abc"), 5, heard.out());
  bytes.segment(8, bytes_of("i"), 0, heard.out());
  EXPECT_EQ(heard.text, "abc.....i");

  Heard again;
  OrderedBytes other;
  other.start(0);
  other.segment(4, bytes_of("efgh"), 0, again.out());
  other.segment(0, bytes_of("ab"), 6, again.out());
  EXPECT_EQ(again.text, "ab..efgh");
}

TEST(OrderedBytes, ASynThatComesAgainChangesNothing) {
  Heard heard;
  OrderedBytes bytes;
  bytes.start(5);
  bytes.segment(5, bytes_of("ab"), 0, heard.out());
  bytes.start(5);
  bytes.segment(7, bytes_of("cd"), 0, heard.out());
  EXPECT_EQ(heard.text, "abcd");
}

TEST(OrderedBytes, WithoutASynTheFirstSegmentBeginsTheStream) {
  Heard heard;
  OrderedBytes bytes;
  bytes.segment(4'294'967'295U, bytes_of("ab"), 0, heard.out());
  bytes.segment(1, bytes_of("c"), 0, heard.out());
  EXPECT_EQ(heard.text, "abc");
}

}  // namespace
}  // namespace assay
