// Facts that the records of a log tell: the family of products by their form; where dumps are missing, the
// version out of SIP messages that this device made itself and the role out of what its traffic server
// serves; and settings that were changed while the log was written, which the dumps from its start cannot
// know.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "evidence/event.h"
#include "evidence/member_sink.h"
#include "text/record.h"

namespace assay {

// One for each member: every fact is taken from the first record that tells it, a changed setting from the
// last.
class LogFacts {
 public:
  explicit LogFacts(const MemberSink& sink) : sink_(sink) {}

  bool wants_version() const { return !version_known_ && tries_ < kMaxTries; }

  bool wants_family() const { return !family_known_ && forms_ < kMaxForms; }

  // Looks at the form of any record.
  void look_at_form(const Record& record, const EventPlace& place);
  // Looks at a SIP message that names a software version.
  void look_at_sip(const Record& record, const EventPlace& place);
  // Looks at a record of the traffic server.
  void look_at_http(const Record& record, const EventPlace& place);
  // Looks at the event of a changed setting.
  void look_at_change(const Record& record, const EventPlace& place);

  void finish();

 private:
  // SIP messages that name a version but were made by others are many where this device makes none.
  static constexpr int kMaxTries = 10'000;
  // Records from the begin of the log; nearly all of them are in the form of their family.
  static constexpr int kMaxForms = 100;

  void found(std::string_view name, std::string_view value, std::string_view source, int rank,
             const EventPlace& place);

  struct Change {
    std::string value;
    std::optional<Time> time;
    EventPlace place;
  };
  static constexpr std::size_t kMaxChanges = 1'000;

  const MemberSink& sink_;
  std::map<std::string, Change, std::less<>> changes_;  // by the path of the setting
  bool family_known_ = false;
  int forms_ = 0;
  bool version_known_ = false;
  int tries_ = 0;
  bool edge_server_known_ = false;
  bool core_server_known_ = false;
  bool core_url_known_ = false;
};

}  // namespace assay
