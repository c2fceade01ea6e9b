// Literals found in one pass: held against looking for each of them alone.
#include "text/literals.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

namespace assay {
namespace {

using Found = std::vector<std::tuple<std::uint32_t, std::uint32_t>>;  // end, literal

Found as_tuples(const std::vector<LiteralSet::Hit>& hits) {
  Found found;
  for (const LiteralSet::Hit& hit : hits) found.push_back({hit.end, hit.literal});
  return found;
}

Found scanned(const LiteralSet& set, std::string_view block) {
  const auto scratch = set.make_scratch();
  std::vector<LiteralSet::Hit> hits{{.literal = 99, .end = 99}};  // must not stay
  set.scan(block, *scratch, hits);
  return as_tuples(hits);
}

Found scanned_slowly(const LiteralSet& set, std::string_view block) {
  std::vector<LiteralSet::Hit> hits;
  set.scan_slowly(block, hits);
  return as_tuples(hits);
}

LiteralSet make_set(const std::vector<std::string>& literals) {
  return LiteralSet(literals);
}

TEST(Literals, AreFoundWithoutRegardToCase) {
  const LiteralSet set = make_set({"Certificate Verify", "sni ("});
  EXPECT_EQ(scanned(set, "SNI (x): certificate verify failed, CERTIFICATE VERIFY"),
            (Found{{5, 1}, {27, 0}, {54, 0}}));
}

TEST(Literals, ThatOverlapAreAllFound) {
  const LiteralSet set = make_set({"aa", "aaa", "a", "aa"});
  EXPECT_EQ(scanned(set, "aAa"), (Found{{1, 2}, {2, 0}, {2, 2}, {2, 3}, {3, 0}, {3, 1}, {3, 2}, {3, 3}}));
}

TEST(Literals, MayHoldAnyBytes) {
  using namespace std::string_literals;
  const LiteralSet set = make_set({"a\0b"s, "\xC3\x84", "\n|", "(?i).*[x]"});
  EXPECT_EQ(scanned(set, "A\0B"s), (Found{{3, 0}}));
  EXPECT_EQ(scanned(set, "\xC3\x84rger"), (Found{{2, 1}}));
  EXPECT_EQ(scanned(set, "\xC3\xA4rger"), Found{}) << "case is that of ASCII letters";
  EXPECT_EQ(scanned(set, "\xE3\x84rger"), Found{});
  EXPECT_EQ(scanned(set, "x\n|y"), (Found{{3, 2}}));
  EXPECT_EQ(scanned(make_set({"\0\0"s, "\0a"s}), "\0\0\0A"s), (Found{{2, 0}, {3, 0}, {4, 1}}));
  EXPECT_EQ(scanned(set, "(?I).*[X] xxx"), (Found{{9, 3}})) << "nothing in them is a pattern";
}

TEST(Literals, MayBeOfAnyLength) {
  const std::string long_literal = std::string(1000, 'x') + "end";
  const LiteralSet set = make_set({long_literal});
  const std::string block = std::string(1500, 'X') + "END" + std::string(1100, 'x');
  EXPECT_EQ(scanned(set, block), (Found{{1503, 0}}));
  EXPECT_EQ(scanned(set, block), scanned_slowly(set, block));
}

TEST(Literals, OfAnEmptySetAreNowhere) {
  const LiteralSet set = make_set({});
  EXPECT_EQ(set.size(), 0U);
  EXPECT_EQ(scanned(set, "words"), Found{});
  EXPECT_EQ(scanned(make_set({"words"}), ""), Found{});
}

TEST(Literals, AreFoundFastAsTheyAreFoundSlowly) {
  std::mt19937 random(7);
  // Few different bytes, so that literals overlap, repeat and begin alike.
  constexpr std::string_view kBytes("aAbB \n=\"\0\x80\xC4\xE4", 12);
  const auto random_text = [&](std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += kBytes[random() % kBytes.size()];
    return text;
  };
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> literals;
    const std::size_t count = random() % 40;
    for (std::size_t i = 0; i < count; ++i) {
      literals.push_back(random_text(1 + random() % (random() % 10 == 0 ? 260 : 8)));
    }
    const LiteralSet set = make_set(literals);
    std::string block = random_text(random() % 3000);
    for (const std::string& literal : literals) block += literal + random_text(random() % 5);
    ASSERT_EQ(scanned(set, block), scanned_slowly(set, block)) << "round " << round;
  }
}

TEST(Literals, OfALargeSetAreFoundFastAsTheyAreFoundSlowly) {
  std::mt19937 random(11);
  const std::vector<std::string> words{"connection ", "Failed", " to ", "peer=\"",
                                       "x",           "0",      "7",    "certificate "};
  const auto random_text = [&](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += words[random() % words.size()];
    return text;
  };
  for (int round = 0; round < 30; ++round) {
    // Short and long ones, many that share most of their bytes, and some twice.
    std::vector<std::string> literals;
    while (literals.size() < 150) literals.push_back(random_text(1 + random() % 9));
    if (round % 3 == 0) literals.resize(1200, "the same words once more");
    const LiteralSet set = make_set(literals);
    std::string block = random_text(200);
    for (std::size_t i = 0; i < 150; ++i) block += std::string(random() % 9, ' ') + literals[i];
    block += random_text(random() % 10) + "THE SAME WORDS ONCE MORE";
    for (char& c : block) {
      if (random() % 4 == 0 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    ASSERT_EQ(scanned(set, block), scanned_slowly(set, block)) << "round " << round;
  }
}

TEST(Literals, OfThousandsOfSignaturesAreAllFound) {
  std::vector<std::string> literals;
  std::string block;
  for (int i = 0; i < 5000; ++i) {
    literals.push_back("literal number " + std::to_string(i) + ";");
    block += literals.back() + "\n";
  }
  const Found found = scanned(make_set(literals), block);
  ASSERT_EQ(found.size(), literals.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(std::get<1>(found[i]), i);
}

TEST(Literals, AreSharedByThreadsWithAScratchEach) {
  const LiteralSet set = make_set({"needle", "hay"});
  std::string block;
  for (int i = 0; i < 2000; ++i) block += "hay hay needle ";
  const Found expected = scanned(set, block);
  std::vector<Found> found(4);
  {
    std::vector<std::jthread> threads;
    for (Found& mine : found) threads.emplace_back([&set, &block, &mine] { mine = scanned(set, block); });
  }
  for (const Found& mine : found) EXPECT_EQ(mine, expected);
}

}  // namespace
}  // namespace assay
