// Each part of the way from a bundle to hits by itself, on the log that make_log writes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/iostreams/categories.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evidence/fields.h"
#include "evidence/read.h"
#include "input/gzip_filter.h"
#include "input/walk.h"
#include "log_writer.h"
#include "match/matcher.h"
#include "text/literals.h"
#include "text/record.h"
#include "text/record_blocks.h"

namespace assay {
namespace {

constexpr std::size_t kLogBytes = 32U << 20;
constexpr std::size_t kBlockBytes = 1U << 20;
constexpr std::size_t kRecordBytes = 1U << 20;

const std::string& log_text() {
  static const std::string text = [] {
    bench::LogWriter writer(1);
    std::string log;
    while (log.size() < kLogBytes) writer.append_record(log);
    return log;
  }();
  return text;
}

const std::string& compressed_log() {
  static const std::string bytes = [] {
    std::string out;
    boost::iostreams::filtering_ostream stream;
    stream.push(boost::iostreams::gzip_compressor());
    stream.push(boost::iostreams::back_inserter(out));
    stream << log_text();
    boost::iostreams::close(stream);
    return out;
  }();
  return bytes;
}

const std::vector<std::string_view>& records() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> found;
    const std::string_view log = log_text();
    for (std::size_t at = 0; at < log.size();) {
      const std::size_t end = at + record_end(log.substr(at), 0);
      found.push_back(log.substr(at, end - at));
      at = end;
    }
    return found;
  }();
  return all;
}

void count_log(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(log_text().size()));
}

// ---- signatures made by hand -------------------------------------------------------------------------

EventCondition test_of(std::string field, ValueTest::Operator op, std::string operand) {
  EventCondition condition;
  condition.op = EventCondition::Operator::test;
  condition.test.field = std::move(field);
  condition.test.test.op = op;
  condition.test.test.type = find_field(condition.test.field)->type;
  condition.test.test.operands = {std::move(operand)};
  return condition;
}

EventCondition pattern_of(std::string field, const std::string& pattern) {
  EventCondition condition = test_of(std::move(field), ValueTest::Operator::matches, "");
  auto compiled = Pattern::compile(pattern);
  condition.test.test.pattern = std::make_shared<const Pattern>(std::move(std::get<Pattern>(compiled)));
  return condition;
}

Signature signature_of(std::string kind, std::vector<EventCondition> conditions) {
  Signature signature;
  Observation observation;
  observation.kind = std::move(kind);
  observation.condition.conditions = std::move(conditions);
  signature.observations.push_back(std::move(observation));
  return signature;
}

// `count` signatures; the first few hit the log of make_log, the others have words of their own.
std::vector<Signature> log_signatures(int count) {
  std::vector<Signature> signatures;
  for (const std::string_view pattern :
       {R"(Core server certificate verification failed for \((?P<target>.+?)\))",
        R"(SNI \((?P<target>.+?)\) not in certificate)", "SSL connection failed for '(?P<target>[^']+)'",
        "Inbound TLS Negotiation Error|Outbound TLS Negotiation Error"}) {
    signatures.push_back(
        signature_of("log", {test_of("log.process", ValueTest::Operator::is, "traffic_server"),
                             pattern_of("log.message", std::string(pattern))}));
  }
  while (signatures.size() < static_cast<std::size_t>(count)) {
    const std::string number = fmt::format("{:x}", signatures.size() * 2654435761U % 0xFFFFFFFFU);
    signatures.push_back(signature_of(
        "log",
        {test_of("log.process", ValueTest::Operator::is, "tvcs"),
         pattern_of("log.message", fmt::format("Connection {} to (?P<target>[^ ]+) refused", number))}));
  }
  return signatures;
}

std::vector<Signature> http_signatures(int count) {
  std::vector<Signature> signatures;
  for (int i = 0; i < count; ++i) {
    std::vector<EventCondition> conditions;
    conditions.push_back(
        test_of("http.status", ValueTest::Operator::is, std::to_string(i % 2 == 0 ? 502 : 403)));
    if (i % 3 == 0) {
      conditions.push_back(pattern_of("http.url", fmt::format("/service-{}/(?P<what>[a-z]+)", i)));
    } else {
      conditions.push_back(
          test_of("http.target.host", ValueTest::Operator::is, fmt::format("server{}.example.com", i)));
    }
    signatures.push_back(signature_of("http", std::move(conditions)));
  }
  return signatures;
}

// ---- the parts ---------------------------------------------------------------------------------------

// Bytes in memory as Boost.Iostreams reads them, many at a time.
struct Bytes {
  using char_type = char;
  using category = boost::iostreams::source_tag;

  std::streamsize read(char* buffer, std::streamsize size) {
    const std::size_t count = left.copy(buffer, static_cast<std::size_t>(size));
    left.remove_prefix(count);
    return count > 0 ? static_cast<std::streamsize>(count) : -1;
  }

  std::string_view left;
};

void inflate(benchmark::State& state) {
  const std::string_view log = compressed_log();  // made before anything is measured
  std::vector<char> buffer(kBlockBytes);
  for (auto _ : state) {
    GzipFilter filter;
    Bytes source{.left = log};
    while (filter.read(source, buffer.data(), static_cast<std::streamsize>(buffer.size())) > 0) {
    }
  }
  count_log(state);
}
BENCHMARK(inflate);

void walk_archive(benchmark::State& state) {
  const std::vector<Input> inputs = {
      Input::from_bytes("log.gz", {compressed_log().data(), compressed_log().size()})};
  std::vector<char> buffer(kBlockBytes);
  for (auto _ : state) {
    walk(inputs, Options(), [&](Member& member) {
      while (member.content.read(buffer) > 0) {
      }
    });
  }
  count_log(state);
}
BENCHMARK(walk_archive);

void cut_records(benchmark::State& state) {
  for (auto _ : state) {
    std::size_t at = 0;
    const auto read = [&](std::span<char> buffer) {
      const std::size_t count = std::min(buffer.size(), log_text().size() - at);
      std::memcpy(buffer.data(), log_text().data() + at, count);
      at += count;
      return count;
    };
    for_each_block(
        {.read = read}, kBlockBytes, kRecordBytes,
        [](const RecordBlock& block) { benchmark::DoNotOptimize(block.line); }, [](const RecordCut&) {});
  }
  count_log(state);
}
BENCHMARK(cut_records);

void parse_records(benchmark::State& state) {
  Record record;
  for (auto _ : state) {
    for (const std::string_view text : records()) {
      parse_record(text, 2022, record);
      benchmark::DoNotOptimize(record.pairs.data());
    }
  }
  count_log(state);
}
BENCHMARK(parse_records);

void read_fields(benchmark::State& state) {
  Record record;
  parse_record(records()[0], 2022, record);
  Event event;
  event.text = records()[0];
  event.what = LogEvent{&record};
  const std::vector<FieldKey> keys = {field_key("log.message"), field_key("log.process"),
                                      field_key("log.pair.Src-ip")};
  FieldValues values;
  for (auto _ : state) {
    for (const FieldKey& key : keys) {
      read_field(key, event, values);
      benchmark::DoNotOptimize(values.values.data());
    }
  }
}
BENCHMARK(read_fields);

void find_literals(benchmark::State& state) {
  const std::vector<Signature> signatures = log_signatures(static_cast<int>(state.range(0)));
  const Matcher matcher(signatures);
  const LiteralSet literals(matcher.wanted().literals);
  const auto scratch = literals.make_scratch();
  std::vector<LiteralSet::Hit> hits;
  for (auto _ : state) {
    const std::string_view log = log_text();
    for (std::size_t at = 0; at < log.size(); at += kBlockBytes) {
      literals.scan(log.substr(at, kBlockBytes), *scratch, hits);
    }
  }
  count_log(state);
}
BENCHMARK(find_literals)->Arg(10)->Arg(10'000);

void arrange_signatures(benchmark::State& state) {
  const std::vector<Signature> signatures = log_signatures(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    const Matcher matcher(signatures);
    const LiteralSet literals(matcher.wanted().literals);
    benchmark::DoNotOptimize(literals.size());
  }
}
BENCHMARK(arrange_signatures)->Arg(10)->Arg(10'000)->Unit(benchmark::kMillisecond);

// A record that is tried, as if one literal of each hundredth signature were in it.
void match_record(benchmark::State& state) {
  const std::vector<Signature> signatures = log_signatures(10'000);
  const Matcher matcher(signatures);
  const auto scratch = matcher.make_scratch();
  std::vector<std::uint32_t> ids;
  for (std::uint32_t i = 4; i < static_cast<std::uint32_t>(state.range(0)) + 4; ++i) ids.push_back(i);
  Record record;
  parse_record(records()[0], 2022, record);
  Event event;
  event.text = records()[0];
  event.what = LogEvent{&record};
  event.literals = ids;
  for (auto _ : state) {
    matcher.match(event, *scratch, [](const Hit& hit) { benchmark::DoNotOptimize(hit.place); });
  }
}
BENCHMARK(match_record)->Arg(0)->Arg(1)->Arg(100);

void match_transactions(benchmark::State& state) {
  constexpr int kTransactions = 30'000;
  const std::vector<Signature> signatures = http_signatures(static_cast<int>(state.range(0)));
  const Matcher matcher(signatures);
  const auto scratch = matcher.make_scratch();
  Transaction transaction;
  transaction.method = "GET";
  transaction.url_asked = "http://vcs_control.example.com:8443/ZXhhbXBsZS5jb20/cucm-uds/user/alice/devices";
  transaction.target.emplace();
  transaction.target->host = "cucm.example.com";
  transaction.status = 502;
  Event event;
  event.what = HttpEvent{&transaction};
  for (auto _ : state) {
    for (int i = 0; i < kTransactions; ++i) {
      matcher.match(event, *scratch, [](const Hit& hit) { benchmark::DoNotOptimize(hit.place); });
    }
  }
  state.SetItemsProcessed(state.iterations() * kTransactions);
}
BENCHMARK(match_transactions)->Arg(10)->Arg(10'000)->Unit(benchmark::kMillisecond);

// A stream over text that is there already.
class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::string_view text) : text_(text) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), text_.size());
    std::memcpy(buffer.data(), text_.data(), count);
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
};

// All together but for inflating: blocks, literals, records, transactions, hits.
void read_and_match(benchmark::State& state) {
  const std::vector<Signature> signatures = log_signatures(static_cast<int>(state.range(0)));
  const Matcher matcher(signatures);
  const auto scratch = matcher.make_scratch();
  const LogLiterals literals(matcher.wanted());
  EvidenceReader reader(literals, Limits());
  std::size_t hits = 0;
  for (auto _ : state) {
    TextStream content(log_text());
    Member member{.path = "loggingsnapshot_vcsc.txt",
                  .container = "",
                  .name = "loggingsnapshot_vcsc.txt",
                  .content = content};
    reader.read(member,
                [&](const Event& event) { matcher.match(event, *scratch, [&](const Hit&) { ++hits; }); });
    reader.take_inventory();
  }
  state.counters["hits"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
  count_log(state);
}
BENCHMARK(read_and_match)->Arg(10)->Arg(10'000);

}  // namespace
}  // namespace assay

BENCHMARK_MAIN();
