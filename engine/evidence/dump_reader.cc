// A dump is parsed in one go, and each setting of it handed out as it comes.
#include "evidence/dump_reader.h"

#include <utility>

#include "characters.h"
#include "evidence/derived_facts.h"
#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/words.h"

namespace assay {
namespace {

void report_long_dump(const MemberSink& sink) {
  sink.read.cut = true;
  sink.problems.push_back({.code = "limit-dump",
                           .path = sink.read.path,
                           .message = "The dump is larger than 32 MiB; what lies behind was not read",
                           .offset = DumpReader::kMaxBytes});
}

void report_cut_xml(std::uint64_t bytes, const MemberSink& sink) {
  sink.read.cut = true;
  sink.problems.push_back(
      {.code = "truncated",
       .path = sink.read.path,
       .message = "This XML ends before its Configuration or Status does; settings are missing",
       .offset = bytes});
}

void report_many_settings(const MemberSink& sink) {
  sink.problems.push_back({.code = "limit-settings",
                           .path = sink.read.path,
                           .message = "More settings are asked for than are kept: 50,000 of a dump, 200,000 "
                                      "of all; conditions on facts see the first of them",
                           .offset = 0});
}

Event event_of(const Setting& setting, const MemberSink& sink) {
  return {.place = {.member = sink.member, .line = setting.line, .offset = setting.offset},
          .time = std::nullopt,
          .text = setting.text,
          .what = SettingEvent{.source = setting.source, .path = setting.path, .value = setting.value},
          .literals = {}};
}

}  // namespace

void DumpReader::begin_twin(const Member& member) {
  if (member.container != container_) {
    by_stem_.clear();
    held_ = 0;
  }
  container_ = member.container;
  const std::string_view name = member.name;
  const std::size_t dot = name.rfind('.');
  const std::string_view end = dot == npos ? std::string_view() : name.substr(dot);
  const bool has_twin = equal_ignoring_case(end, ".txt") || equal_ignoring_case(end, ".xml");
  before_ = nullptr;
  own_.clear();
  stem_ = has_twin ? std::string(name.substr(0, dot)) : std::string();
  if (has_twin && by_stem_.contains(stem_)) before_ = &by_stem_[stem_];
}

bool DumpReader::twin_had(const Setting& setting) {
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

void DumpReader::end_twin() {
  if (!stem_.empty() && before_ == nullptr) by_stem_.emplace(std::move(stem_), std::move(own_));
}

void DumpReader::read(std::string_view bytes, MemberForm form, const Member& member, const MemberSink& sink) {
  MemberRead& read = sink.read;
  if (bytes.size() == kMaxBytes) report_long_dump(sink);
  begin_twin(member);
  SettingFacts facts(sink);
  const auto hand_out = [&](const Setting& setting) {
    const bool is_configuration = setting.source == SettingEvent::Source::configuration;
    const char* const kind = is_configuration ? "configuration" : "status";
    if (read.reader.empty()) read.reader = kind;
    ++read.kinds[kind];
    facts.add(setting);
    if (!twin_had(setting)) sink.visit(event_of(setting, sink));
  };
  if (form == MemberForm::settings_xml) {
    const bool is_whole = parse_settings_xml(bytes, hand_out);
    if (!is_whole && !read.cut) report_cut_xml(bytes.size(), sink);
  } else {
    parse_settings_text(bytes, hand_out);
  }
  end_twin();
  facts.finish();
  if (!facts.kept_all()) report_many_settings(sink);
}

}  // namespace assay
