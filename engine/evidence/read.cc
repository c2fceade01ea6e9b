// Gives each member to the reader of its kind.
#include "evidence/read.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

#include "characters.h"
#include "evidence/derived_facts.h"
#include "evidence/log_reader.h"
#include "evidence/member_name.h"
#include "evidence/member_sink.h"
#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/sniff.h"
#include "evidence/wire.h"
#include "evidence/words.h"

namespace assay {
namespace {

constexpr std::size_t kFirstLook = 64U << 10;
constexpr std::size_t kMaxCertificates = 16U << 20;  // a trust store of a thousand certificates is 2 MB
constexpr std::size_t kMaxDump = 32U << 20;  // dumps are read whole; the largest real ones are some MB

// The content of a member, of which the front can be looked at before it is read.
class Content : public ByteStream {
 public:
  explicit Content(ByteStream& stream) : stream_(stream) {}

  // Looks at `bytes` of the front, or all there is. Memory grows with what there is.
  std::string_view look(std::size_t bytes) {
    for (bool more = true; more && head_.size() < bytes;) {
      const std::size_t have = head_.size();
      const std::size_t wanted = std::min(bytes - have, std::max(have, kFirstLook));
      head_.resize(have + wanted);
      const std::size_t got = fill(std::span(head_).subspan(have));
      head_.resize(have + got);
      more = got == wanted;
    }
    return head_;
  }

  std::size_t read(std::span<char> buffer) override {
    if (taken_ == head_.size()) return stream_.read(buffer);
    const std::size_t bytes = std::min(buffer.size(), head_.size() - taken_);
    std::memcpy(buffer.data(), head_.data() + taken_, bytes);
    taken_ += bytes;
    if (taken_ == head_.size()) {
      head_ = {};
      taken_ = 0;
    }
    return bytes;
  }

  std::span<char> exchange(std::vector<char>& buffer) override {
    return taken_ == head_.size() ? stream_.exchange(buffer) : std::span<char>();
  }

 private:
  std::size_t fill(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      const std::size_t got = stream_.read(buffer.subspan(filled));
      if (got == 0) break;
      filled += got;
    }
    return filled;
  }

  ByteStream& stream_;
  std::string head_;
  std::size_t taken_ = 0;
};

MemberForm sniff(Content& content) {
  const MemberForm form = form_of(content.look(kFirstLook));
  return form == MemberForm::undecided ? form_of(content.look(kLongestLook)) : form;
}

// A bundle has each of its dumps twice, as text and as XML, in files of one name: xconf_dump_x.txt and .xml.
// What both have is one event, that of the first.
class TwinDumps {
 public:
  void begin(const Member& member) {
    if (member.container != container_) {
      by_stem_.clear();
      held_ = 0;
    }
    container_ = member.container;
    const std::string_view name = member.name;
    const std::size_t dot = name.rfind('.');
    const std::string_view end = dot == name.npos ? std::string_view() : name.substr(dot);
    const bool has_twin = equal_ignoring_case(end, ".txt") || equal_ignoring_case(end, ".xml");
    before_ = nullptr;
    own_.clear();
    stem_ = has_twin ? std::string(name.substr(0, dot)) : std::string();
    if (has_twin && by_stem_.contains(stem_)) before_ = &by_stem_[stem_];
  }

  // True if the other form of this dump had the setting.
  bool was_seen(const Setting& setting) {
    if (stem_.empty()) return false;
    std::string key(setting.source == SettingEvent::Source::configuration ? "c" : "s");
    for (const char c : setting.path) {
      if (!is_padding(c)) key += lower(c);  // the two part words differently
    }
    key.append("=").append(setting.value);
    if (before_ != nullptr) return before_->contains(key);
    if (held_ < SettingFacts::kMaxFacts) held_ += own_.insert(std::move(key)).second ? 1 : 0;
    return false;
  }

  void end() {
    if (!stem_.empty() && before_ == nullptr) by_stem_.emplace(std::move(stem_), std::move(own_));
  }

 private:
  using Settings = std::unordered_set<std::string>;
  std::string container_;
  std::map<std::string, Settings> by_stem_;
  std::string stem_;
  const Settings* before_ = nullptr;  // of the other form
  Settings own_;
  std::size_t held_ = 0;  // settings of the container
};

void report_cut_xml(std::uint64_t bytes, const MemberSink& sink) {
  sink.read.cut = true;
  sink.problems.push_back(
      {.code = "truncated",
       .path = sink.read.path,
       .message = "This XML ends before its Configuration or Status does; settings are missing",
       .offset = bytes});
}

// Hands out every setting of a dump, and its facts.
void read_settings(Content& content, MemberForm form, const MemberName& name, TwinDumps& twins,
                   const MemberSink& sink) {
  const std::string_view whole = content.look(kMaxDump);
  MemberRead& read = sink.read;
  read.host = name.host;
  if (whole.size() == kMaxDump) {
    read.cut = true;
    sink.problems.push_back({.code = "limit-dump",
                             .path = read.path,
                             .message = "The dump is larger than 32 MiB; what lies behind was not read",
                             .offset = whole.size()});
  }
  SettingFacts facts(sink);
  const auto hand_out = [&](const Setting& setting) {
    const bool configuration = setting.source == SettingEvent::Source::configuration;
    const char* const kind = configuration ? "configuration" : "status";
    if (read.reader.empty()) read.reader = kind;
    ++read.kinds[kind];
    facts.add(setting);
    if (twins.was_seen(setting)) return;
    sink.visit({.place = {.member = sink.member, .line = setting.line, .offset = setting.offset},
                .time = std::nullopt,
                .text = setting.text,
                .what = SettingEvent{.source = setting.source, .path = setting.path, .value = setting.value},
                .literals = {}});
  };
  if (form == MemberForm::settings_xml) {
    const bool is_whole = parse_settings_xml(whole, hand_out);
    if (!is_whole && !read.cut) report_cut_xml(whole.size(), sink);
  } else {
    parse_settings_text(whole, hand_out);
  }
  facts.finish();
  if (!facts.kept_all()) {
    sink.problems.push_back({.code = "limit-settings",
                             .path = read.path,
                             .message =
                                 "More settings are asked for than are kept: 50,000 of a dump, 200,000 "
                                 "of all; conditions on facts see the first of them",
                             .offset = 0});
  }
}

void note_host_fact(const MemberName& name, const MemberSink& sink) {
  if (sink.read.host.empty()) return;
  sink.facts.push_back({.member = sink.member,
                        .name = "host.name",
                        .value = sink.read.host,
                        .source = name.host.empty() ? "the host in most log records" : "the name of the file",
                        .line = 0,
                        .offset = 0,
                        .rank = kRankLog});
}

}  // namespace

struct EvidenceReader::Inside {
  Inside(const LogLiterals& literals, const Limits& limits, unsigned threads, WantedSettings wanted)
      : log(literals, limits, threads), settings(std::move(wanted)) {}

  LogReader log;
  WireEvidence wire;
  TwinDumps twins;
  WantedSettings settings;
  Inventory inventory;
};

EvidenceReader::EvidenceReader(const LogLiterals& literals, const Limits& limits, unsigned threads,
                               WantedSettings settings)
    : inside_(std::make_unique<Inside>(literals, limits, threads, std::move(settings))) {}

EvidenceReader::~EvidenceReader() = default;

void EvidenceReader::read(Member& member, const EventVisitor& visit) {
  Inventory& inventory = inside_->inventory;
  const auto index = static_cast<std::uint32_t>(inventory.members.size());
  MemberRead& read = inventory.members.emplace_back();
  read.path = member.path;
  read.container = member.container;
  const MemberName name = parse_member_name(member.name);
  const MemberSink sink{.member = index,
                        .read = read,
                        .facts = inventory.facts,
                        .settings = inside_->settings,
                        .problems = inventory.problems,
                        .visit = visit};

  Content content(member.content);
  switch (const MemberForm form = sniff(content)) {
    case MemberForm::log:
      read.reader = "log";
      inside_->log.read({.read = [&](std::span<char> buffer) { return content.read(buffer); },
                         .exchange = [&](std::vector<char>& buffer) { return content.exchange(buffer); }},
                        name, sink);
      break;
    case MemberForm::settings_text:
    case MemberForm::settings_xml:
      inside_->twins.begin(member);
      read_settings(content, form, name, inside_->twins, sink);
      inside_->twins.end();
      break;
    case MemberForm::capture:
      read.host = name.host;
      inside_->wire.read_capture(content, member.name, sink);
      break;
    case MemberForm::certificates:
      read.host = name.host;
      inside_->wire.read_certificates(content.look(kMaxCertificates), member.name, sink);
      break;
    case MemberForm::undecided:
      break;
  }
  note_host_fact(name, sink);
}

void EvidenceReader::finish(const EventVisitor& visit) {
  inside_->wire.finish(inside_->inventory, visit);
}

std::vector<JudgedHandshake> EvidenceReader::take_handshakes() {
  return inside_->wire.take_handshakes();
}
std::vector<CertificateSighting> EvidenceReader::take_certificates() {
  return inside_->wire.take_certificates();
}

Inventory EvidenceReader::take_inventory() {
  return std::exchange(inside_->inventory, {});
}

}  // namespace assay
