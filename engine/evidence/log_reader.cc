// The second half of reading a log: records with hits are taken apart, block by block.
//
// Hits of the scan come in order, and so do records: a cursor moves forward over both, so that a record with
// many hits, and a log with many records, each cost what their bytes cost.
#include "evidence/log_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "characters.h"
#include "evidence/http_transactions.h"
#include "evidence/log_facts.h"
#include "evidence/log_hosts.h"
#include "evidence/log_literals.h"
#include "evidence/log_scan.h"
#include "evidence/words.h"
#include "text/record.h"
#include "text/record_blocks.h"
#include "text/severity.h"

namespace assay {
namespace {

constexpr std::size_t kMaxReportedCuts = 8;
constexpr std::size_t kTagReach = 256;  // within this many bytes from its begin a record names its process

// A record in a block, with what was found in it.
struct Found {
  std::size_t record = 0;  // its index
  bool wanted = false;
  bool waiting = false;  // what wants it may ask for it when all is read
  bool transaction = false;
  bool version = false;
  bool change = false;
  bool severe = false;   // or the end of an alarm; as far as its literals say
  bool process = false;  // it may be the first of a process that is asked for
};

// What looking for each of LogLiterals::short_names needs.
using ProcessScratch = std::vector<decltype(std::declval<const LiteralSet&>().make_scratch())>;

// The pass over one member.
class LogPass {
 public:
  LogPass(const LogLiterals& literals, const ProcessScratch& scratch, const MemberName& name,
          const MemberSink& sink)
      : literals_(literals),
        scratch_(scratch),
        name_(name),
        sink_(sink),
        facts_(sink),
        transactions_(sink.read.path,
                      [this](const Transaction& t, const EventPlace& at) { hand_out(t, at); }),
        process_records_(literals.processes().size(), 0) {}

  void read_block(const ScannedBlock& scanned) {
    block_ = scanned.block;
    hits_ = scanned.hits;
    note_span();
    note_family();
    sink_.read.records += block_.records->records();
    if (literals_.every_record()) {
      read_every_record();
    } else {
      read_records_with_hits();
    }
    look_for_processes();
  }

  // May be called while a block is read on another thread.
  void note_cut(const RecordCut& cut) {
    sink_.read.cut = true;
    last_cut_ = cut.offset;
    if (++cuts_ > kMaxReportedCuts) return;
    sink_.problems.push_back(
        {.code = "limit-record",
         .path = sink_.read.path,
         .message = fmt::format("The record at line {} is longer than --limit-record allows; its "
                                "last {} bytes were not read",
                                cut.line, cut.bytes),
         .offset = cut.offset});
  }

  void finish() {
    transactions_.finish();
    facts_.finish();
    if (cuts_ > kMaxReportedCuts) {
      sink_.problems.push_back(
          {.code = "limit-record",
           .path = sink_.read.path,
           .message = fmt::format("{} more records were longer than --limit-record allows, and cut",
                                  cuts_ - kMaxReportedCuts),
           .offset = last_cut_});  // behind those that are listed
    }
    report_early_transactions();
    MemberRead& read = sink_.read;
    read.kinds["log"] = read.records;
    for (std::size_t i = 0; i < process_records_.size(); ++i) {
      if (process_records_[i] > 0) read.kinds["log." + literals_.processes()[i]] = process_records_[i];
    }
    if (http_events_ > 0) read.kinds["http"] = http_events_;
    // The name of the file wins: records may be forwarded, and some processes say "localhost".
    read.host = name_.host.empty() ? std::string(hosts_.most_frequent()) : name_.host;
    report_devices();
  }

 private:
  void report_early_transactions() {
    const std::uint64_t early = transactions_.handed_out_early();
    if (early == 0) return;
    sink_.problems.push_back(
        {.code = "limit-transactions",
         .path = sink_.read.path,
         .message = fmt::format("More than {} requests were under way at once; {} of them were taken for "
                                "unanswered, and count twice if their response came later",
                                HttpTransactions::kMaxOpen, early),
         .offset = 0});
  }

  void note_span() {
    const std::string_view text = block_.text;
    if (text.empty()) return;
    const RecordIndex& records = *block_.records;
    note_time(header_time(text, name_.year));
    note_time(header_time(text.substr(records.begin(records.size() - 1)), name_.year));
    parse_record(text.substr(0, std::min(records.end(0), kTagReach)), name_.year, record_);
    hosts_.note(record_.host);
  }

  void note_family() {
    for (std::size_t i = 0; i < block_.records->size() && facts_.wants_family(); ++i) {
      parse_record(text_of(i), name_.year, record_);
      facts_.look_at_form(record_, place_of(i));
    }
  }

  void note_time(std::optional<Time> time) {
    if (!time) return;
    TimeSpan& span = sink_.read.span;
    if (!span.first || *time < *span.first) span.first = time;
    if (!span.last || *span.last < *time) span.last = time;
  }

  // True if a hit makes its record worth being taken apart. What was asked once for a member and has its
  // answer is not looked at again.
  bool is_useful(const LiteralSet::Hit& hit) const {
    switch (literals_.use(hit.literal)) {
      case LiteralUse::wanted:
      case LiteralUse::waiting:
      case LiteralUse::transaction:
      case LiteralUse::change:
        return true;
      case LiteralUse::severe:
        return may_be_severe(block_.text, hit.end);
      case LiteralUse::version:
        return facts_.wants_version();
      case LiteralUse::process:
        return !was_seen(literals_.process_of(hit.literal));
    }
    return false;
  }

  void read_records_with_hits() {
    Found found;
    for (std::size_t i = 0; i < hits_.size();) {
      if (!is_useful(hits_[i])) {
        ++i;
        continue;
      }
      found = {.record = block_.records->find(hits_[i].end - 1, found.record)};
      const std::size_t begin = block_.records->begin(found.record);
      while (i > 0 && hits_[i - 1].end > begin) --i;  // those that were no use alone
      i = gather_hits(i, found);
      read_record(found);
    }
  }

  void read_every_record() {
    std::size_t hit = 0;
    for (std::size_t record = 0; record < block_.records->size(); ++record) {
      Found found{.record = record, .wanted = true};
      hit = gather_hits(hit, found);
      read_record(found);
    }
  }

  // Takes the hits of a record, from the one at `i`; the index of the first one behind it.
  std::size_t gather_hits(std::size_t i, Found& found) {
    ids_.clear();
    const std::size_t end = block_.records->end(found.record);
    for (; i < hits_.size() && hits_[i].end <= end; ++i) {
      const LiteralSet::Hit& hit = hits_[i];
      switch (literals_.use(hit.literal)) {
        case LiteralUse::wanted:
        case LiteralUse::waiting:
          (literals_.use(hit.literal) == LiteralUse::wanted ? found.wanted : found.waiting) = true;
          if (ids_.empty() || ids_.back() != hit.literal) ids_.push_back(hit.literal);
          break;
        case LiteralUse::transaction:
          found.transaction = true;
          break;
        case LiteralUse::change:
          found.change = true;
          break;
        case LiteralUse::severe:
          found.severe = found.severe || may_be_severe(block_.text, hit.end);
          break;
        case LiteralUse::version:
          found.version = true;
          break;
        case LiteralUse::process:
          found.process = found.process || !was_seen(literals_.process_of(hit.literal));
          break;
      }
    }
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    return i;
  }

  void read_record(Found& found) {
    found.wanted = found.wanted || (found.waiting && !may_wait(found));
    const bool useful =
        found.wanted || found.transaction || found.version || found.change || found.severe || found.process;
    if (!useful) return;
    const std::string_view text = text_of(found.record);
    parse_record(text, name_.year, record_);
    const EventPlace place = place_of(found.record);
    note_time(record_.time);
    hosts_.note(record_.host);
    note_process();
    if (found.wanted || (found.severe && (is_severe(record_) || lowers_alarm(record_)))) {
      sink_.visit(
          {.place = place, .time = record_.time, .text = text, .what = LogEvent{&record_}, .literals = ids_});
    }
    if (found.version) facts_.look_at_sip(record_, place);
    if (found.change) facts_.look_at_change(record_, place);
    if (found.transaction && is_traffic_server()) {
      facts_.look_at_http(record_, place);
      transactions_.add(record_, place);
    }
  }

  // Puts it aside. Not a record that may be wanted for its level: it would be handed out twice.
  bool may_wait(const Found& found) const {
    if (found.severe) return false;
    return sink_.waiting.add(text_of(found.record), place_of(found.record), name_.year, ids_);
  }

  void look_for_processes() {
    for (std::size_t i = 0; i < scratch_.size(); ++i) {
      if (!was_seen(literals_.short_names()[i].process)) look_for_short_name(i);
    }
  }

  bool was_seen(std::size_t process) const { return process_records_[process] > 0; }

  // Reads the first record of its process.
  void look_for_short_name(std::size_t number) {
    const LogLiterals::ShortName& name = literals_.short_names()[number];
    name.set.scan(block_.text, *scratch_[number], process_hits_);
    std::size_t record = 0;
    std::size_t behind = 0;  // the record of the hit before; its first hit is all that counts
    for (const LiteralSet::Hit& hit : process_hits_) {
      if (hit.end <= behind) continue;
      record = block_.records->find(hit.end - 1, record);
      behind = block_.records->end(record);
      if (hit.end - block_.records->begin(record) > kTagReach) continue;
      parse_record(text_of(record), name_.year, record_);
      note_process();
      if (was_seen(name.process)) return;
    }
  }

  // The tag may be missing; then the module tells.
  bool is_traffic_server() const {
    if (record_.process.empty()) return equal_ignoring_case(record_.module, "network.http.trafficserver");
    return equal_ignoring_case(record_.process, "traffic_server");
  }

  std::string_view text_of(std::size_t record) const {
    const std::size_t begin = block_.records->begin(record);
    return block_.text.substr(begin, block_.records->end(record) - begin);
  }

  EventPlace place_of(std::size_t record) const {
    return {.member = sink_.member,
            .line = block_.line + block_.records->line(record),
            .offset = block_.offset + block_.records->begin(record)};
  }

  void note_process() {
    if (record_.process.empty()) return;
    const std::vector<std::string>& processes = literals_.processes();
    for (std::size_t i = 0; i < processes.size(); ++i) {
      if (equal_ignoring_case(processes[i], record_.process)) ++process_records_[i];
    }
  }

  // A log that several devices send their records to.
  void report_devices() {
    const std::set<std::string> devices = hosts_.devices();
    if (devices.size() < 2) return;
    constexpr std::size_t kNamed = 8;
    const std::size_t named = std::min(devices.size(), kNamed);
    const auto end = std::next(devices.begin(), static_cast<std::ptrdiff_t>(named));
    sink_.problems.push_back(
        {.code = "several-devices",
         .path = sink_.read.path,
         .message = fmt::format("Records of several devices lie in this log ({}{}), and all were taken for "
                                "those of {}. Give the records of each device as a file of its own",
                                fmt::join(devices.begin(), end, ", "),
                                named < devices.size() ? " and more" : "", sink_.read.host),
         .offset = 0});
  }

  void hand_out(const Transaction& transaction, const EventPlace& place) {
    ++http_events_;
    words_.assign(transaction.method).append(" ").append(transaction.url_asked);
    if (trimmed(words_).empty()) words_ = "request not seen";
    words_.append(" -> ");
    words_.append(transaction.status ? fmt::to_string(*transaction.status) : "no response");
    words_.append(" ").append(transaction.reason);
    sink_.visit({.place = place,
                 .time = transaction.begin,
                 .text = trimmed(words_),
                 .what = HttpEvent{&transaction},
                 .literals = {}});
  }

  const LogLiterals& literals_;
  const ProcessScratch& scratch_;
  const MemberName& name_;
  const MemberSink& sink_;
  LogFacts facts_;
  HttpTransactions transactions_;
  RecordBlock block_;
  std::span<const LiteralSet::Hit> hits_;  // of the block
  std::vector<LiteralSet::Hit> process_hits_;
  std::vector<std::uint32_t> ids_;
  Record record_;
  std::string words_;
  LogHosts hosts_;
  std::vector<std::uint64_t> process_records_;  // by index in LogLiterals::processes
  std::uint64_t http_events_ = 0;
  std::size_t cuts_ = 0;
  std::uint64_t last_cut_ = 0;  // where it began
};

}  // namespace

struct LogReader::Inside {
  Inside(const LogLiterals& log_literals, const Limits& limits)
      : literals(log_literals), scan(literals, limits.record_bytes) {
    for (const LogLiterals::ShortName& name : literals.short_names())
      scratch.push_back(name.set.make_scratch());
  }

  const LogLiterals& literals;
  LogScan scan;
  ProcessScratch scratch;
};

LogReader::LogReader(const LogLiterals& literals, const Limits& limits)
    : inside_(std::make_unique<Inside>(literals, limits)) {}

LogReader::~LogReader() = default;

void LogReader::read(const RecordStream& stream, const MemberName& name, const MemberSink& sink,
                     unsigned threads) {
  LogPass pass(inside_->literals, inside_->scratch, name, sink);
  const auto visit = [&](const ScannedBlock& scanned) { pass.read_block(scanned); };
  const auto cut = [&](const RecordCut& record) { pass.note_cut(record); };
  if (threads > 1) {
    inside_->scan.run_ahead(stream, visit, cut);
  } else {
    inside_->scan.run(stream, visit, cut);
  }
  pass.finish();
}

}  // namespace assay
