// The quick way finds what trying everything finds: on random signatures and random evidence.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>

#include "match/by_hand.h"

namespace assay {
namespace {

using Operator = ValueTest::Operator;

// Few words, so that they meet often; in several cases, with bytes that are no UTF-8, and parts of others.
constexpr std::array<std::string_view, 16> kWords = {"certificate",
                                                     "Certificate",
                                                     "verify failed",
                                                     "verify",
                                                     "cucm.example.com",
                                                     "10.1.2.3",
                                                     "unknown ca",
                                                     "self signed",
                                                     "ALARM raised",
                                                     "Alarm Raised",
                                                     "35013",
                                                     "502",
                                                     "ab",
                                                     "x",
                                                     "Stra\xC3\x9F"
                                                     "e",
                                                     "\xFF\xFEraw"};
constexpr std::array<std::string_view, 5> kProcesses = {"tvcs", "traffic_server", "Alarm", "licensemanager",
                                                        ""};
constexpr std::array<std::string_view, 6> kKeys = {"Detail", "Event", "Module", "Id", "Src-ip", "Status"};
constexpr std::array<std::string_view, 14> kPatterns = {"certificate",
                                                        "(?i)CERTIFICATE verify",
                                                        "verify(?P<rest>.*)",
                                                        "(?P<host>cucm\\.example\\.com|10\\.1\\.2\\.3)",
                                                        "unknown ca|self signed|35013",
                                                        "^(?P<first>\\w+) ",
                                                        "\\d{3}",
                                                        "Alarm (?P<what>raised|lowered)",
                                                        "(?i)alarm (?P<what>raised|lowered)",
                                                        "x?ab",
                                                        "Stra\xC3\x9F"
                                                        "e",
                                                        "(?i)stra\xC3\x9F"
                                                        "e",
                                                        ".",
                                                        "self.signed.*failed"};
constexpr std::array<std::string_view, 10> kLogFields = {
    "log.message", "log.detail",  "log.event",       "log.module",      "log.process",
    "log.text",    "log.pair.Id", "log.pair.src-IP", "log.pair.Status", "log.block"};
constexpr std::array<std::string_view, 9> kHttpFields = {"http.url",         "http.method", "http.status",
                                                         "http.diagnostic",  "http.reason", "http.complete",
                                                         "http.target.host", "http.pid",    "http.user"};

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <std::size_t size>
  std::string of(const std::array<std::string_view, size>& words) {
    return std::string(words[below(size)]);
  }
  std::string words(std::size_t at_most) {
    std::string text;
    for (std::size_t i = below(at_most + 1); i > 0; --i) text += of(kWords) + (one_in(3) ? "" : " ");
    return text;
  }

 private:
  std::mt19937 random_;
};

// ---- random signatures -------------------------------------------------------------------------------

EventCondition random_test(Chance& chance, const std::string& field) {
  const FieldType type = find_field(field)->type;
  const auto operand = [&] {
    if (type == FieldType::number) return std::string(chance.one_in(2) ? "502" : "0404");
    if (type == FieldType::flag) return std::string(chance.one_in(2) ? "Yes" : "false");
    return field == "log.process" ? chance.of(kProcesses) : chance.of(kWords);
  };
  EventCondition made;
  switch (chance.below(type == FieldType::text || type == FieldType::word ? 6 : 4)) {
    case 0:
      made = by_hand::test(field, Operator::one_of, {operand(), operand()});
      break;
    case 1:
      made = by_hand::test(field, Operator::exists, {chance.one_in(2) ? "true" : "false"});
      break;
    case 2:
      made = by_hand::test(field, Operator::at_least, {"100"});
      made.test.test.type = FieldType::number;
      break;
    case 3:
      made = by_hand::is(field, operand());
      if (chance.one_in(4)) made.test.test.type = FieldType::number;
      break;
    case 4:
      made = by_hand::test(field, Operator::contains, {chance.of(kWords)});
      break;
    default:
      made = by_hand::matches(field, chance.of(kPatterns));
  }
  made.test.test.negated = chance.one_in(8);
  made.test.test.every = chance.one_in(8);
  return made;
}

template <std::size_t size>
EventCondition random_condition(Chance& chance, const std::array<std::string_view, size>& fields, int depth) {
  if (depth == 0 || chance.one_in(3)) return random_test(chance, chance.of(fields));
  std::vector<EventCondition> parts;
  for (std::size_t i = 1 + chance.below(3); i > 0; --i) {
    parts.push_back(random_condition(chance, fields, depth - 1));
  }
  if (chance.one_in(6)) return by_hand::none(std::move(parts));
  return chance.one_in(2) ? by_hand::all(std::move(parts)) : by_hand::any(std::move(parts));
}

// ---- random evidence ---------------------------------------------------------------------------------

std::string random_record(Chance& chance) {
  std::string record = "2022-07-11T18:55:26.016+02:00 vcsc ";
  const std::string process = chance.of(kProcesses);
  if (!process.empty()) record += process + (chance.one_in(2) ? "[12]: " : ": ");
  if (chance.one_in(4)) record += "[ET_NET 0] WARNING: ";
  for (std::size_t i = chance.below(5); i > 0; --i) {
    const std::string quote = chance.one_in(6) ? "" : "\"";
    const std::string pad = chance.one_in(5) ? " " : "";
    record += chance.of(kKeys) + "=" + quote + pad + chance.words(2) + pad + quote + " ";
  }
  record += chance.words(4);
  if (chance.one_in(4)) record += "\n HTTPMSG:\n |" + chance.words(3) + "\r\n \n |\n";
  return record + "\n";
}

Transaction random_transaction(Chance& chance) {
  Transaction transaction;
  transaction.url_asked = chance.words(2);
  transaction.method = chance.one_in(2) ? "GET" : "post";
  transaction.reason = chance.words(1);
  transaction.user = chance.words(1);
  transaction.complete = chance.one_in(2);
  if (chance.one_in(2)) transaction.status = chance.one_in(2) ? 502 : 404;
  if (chance.one_in(2)) transaction.pid = chance.one_in(2) ? 502 : 99;
  for (std::size_t i = chance.below(3); i > 0; --i) {
    transaction.diagnostics.emplace_back();
    transaction.diagnostics.back().text = chance.words(3);
  }
  return transaction;
}

// ---- the comparison ----------------------------------------------------------------------------------

using Found = std::vector<std::pair<std::uint32_t, std::vector<std::string>>>;

Found found(const std::vector<Hit>& hits) {
  Found found;
  for (const Hit& hit : hits) found.emplace_back(hit.signature, hit.captures);
  return found;
}

TEST(Matching, OfLogRecordsIsThatOfTryingEverything) {
  std::size_t hits = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    Chance chance(seed);
    std::vector<EventCondition> conditions;
    for (int i = 0; i < 12; ++i) conditions.push_back(random_condition(chance, kLogFields, 2));
    const std::vector<Signature> set = by_hand::signatures(std::move(conditions));
    const Matcher matcher(set);
    std::optional<LiteralSet> literals;
    if (!matcher.wanted().literals.empty()) literals.emplace(matcher.wanted().literals);
    for (int i = 0; i < 60; ++i) {
      const std::string record = random_record(chance);
      const by_hand::LogRecord log(literals ? &*literals : nullptr, record);
      const Found slowly = found(by_hand::slow_hits_of(matcher, log.event()));
      ASSERT_EQ(found(by_hand::hits_of(matcher, log.event())), slowly) << "seed " << seed << ": " << record;
      // The readers do not even hand out a record without a literal, unless every record is asked for.
      if (!slowly.empty() && log.event().literals.empty()) {
        ASSERT_TRUE(matcher.wanted().every_record) << record;
      }
      hits += slowly.size();
    }
  }
  EXPECT_GT(hits, 10'000U) << "the random signatures must hold often enough to say something";
}

TEST(Matching, OfLogRecordsSavesMuchOfTheWork) {
  // The comparison above would also hold for triggers that choose everything.
  Chance chance(7);
  const std::vector<Signature> set = by_hand::signatures(
      {by_hand::matches("log.message", "unknown ca"), by_hand::is("log.event", "Alarm Raised")});
  const Matcher matcher(set);
  int without = 0;
  for (int i = 0; i < 200; ++i) {
    const by_hand::LogRecord log(matcher, random_record(chance));
    without += log.event().literals.empty() ? 1 : 0;
  }
  EXPECT_GT(without, 50);
}

TEST(Matching, OfTransactionsIsThatOfTryingEverything) {
  std::size_t hits = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    Chance chance(seed);
    std::vector<Signature> set;
    for (int i = 0; i < 12; ++i) {
      set.push_back(by_hand::signature("http", random_condition(chance, kHttpFields, 2)));
    }
    const Matcher matcher(set);
    for (int i = 0; i < 60; ++i) {
      const Transaction transaction = random_transaction(chance);
      Event event;
      event.what = HttpEvent{&transaction};
      const Found slowly = found(by_hand::slow_hits_of(matcher, event));
      ASSERT_EQ(found(by_hand::hits_of(matcher, event)), slowly) << "seed " << seed;
      hits += slowly.size();
    }
  }
  EXPECT_GT(hits, 10'000U) << "the random signatures must hold often enough to say something";
}

}  // namespace
}  // namespace assay
