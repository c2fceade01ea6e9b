// Configuration and status dumps into events: one for each setting, and the facts that settings tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "evidence/member_sink.h"
#include "evidence/setting.h"
#include "evidence/sniff.h"
#include "input/walk.h"

namespace assay {

class DumpReader {
 public:
  // Dumps are read whole; the largest real ones are some MB.
  static constexpr std::size_t kMaxBytes = 32U << 20;

  // `bytes`: the whole of the member, or its first kMaxBytes. `form`: settings_text or settings_xml.
  void read(std::string_view bytes, MemberForm form, const Member& member, const MemberSink& sink);

 private:
  using Settings = std::unordered_set<std::string>;

  // A bundle has each of its dumps twice, as text and as XML, in files of one name: xconf_dump_x.txt and
  // .xml. What both have is one event, that of the first.
  void begin_twin(const Member& member);
  void end_twin();
  bool twin_had(const Setting& setting);  // true if the other form of this dump had the setting

  std::string container_;
  std::map<std::string, Settings> by_stem_;  // what the first form of each dump of the container had
  std::size_t held_ = 0;                     // settings of the container
  std::string stem_;                         // of the dump that is read; empty: it has no twin
  const Settings* before_ = nullptr;         // of its other form
  Settings own_;
};

}  // namespace assay
