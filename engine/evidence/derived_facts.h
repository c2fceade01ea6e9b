// Facts about a device: every setting of its dumps, and what can be derived from settings and log records.
//
// Nothing is derived from silence: a setting that a dump leaves out is unknown.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/member_sink.h"
#include "evidence/setting.h"

namespace assay {

// The fact that a setting of the configuration means ("mra.enabled"), or "". Words of the path are parted by
// blanks or nothing.
std::string_view fact_of_configuration(std::string_view path);

// Settings of one member that are asked for become facts, "configuration.<path>" and "status.<path>" each;
// others are derived of them.
class SettingFacts {
 public:
  explicit SettingFacts(const MemberSink& sink) : sink_(sink) {}

  void add(const Setting& setting);
  // Adds what only the whole dump tells: the role, out of the types of the traversal zones.
  void finish();

  // False once there were more settings than are kept of a member, or of all; derived facts go on.
  bool kept_all() const { return kept_all_; }

  static constexpr std::size_t kMaxSettings = 50'000;  // of a member
  static constexpr std::size_t kMaxFacts = 200'000;
  static constexpr std::size_t kMaxValue = 64U << 10;

 private:
  struct Zones {
    bool seen = false;
    Setting first;  // views are not used, only the place
  };

  void keep(const Setting& setting);
  void derive(const Setting& setting);
  void note_zone(const Setting& setting);
  void found(std::string_view name, std::string_view value, std::string_view source, const Setting& at,
             int rank);

  const MemberSink& sink_;
  bool family_told_ = false;
  std::size_t kept_ = 0;
  bool kept_all_ = true;
  Zones traversal_servers_;
  Zones traversal_clients_;
};

}  // namespace assay
