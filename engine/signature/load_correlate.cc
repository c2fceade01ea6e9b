// correlate: hits that belong together, by number, order, nearness in time, or absence. And join: hits that
// take in others, which are found by the same keys and windows.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "signature/load_parts.h"
#include "signature/nearest_name.h"

namespace assay {

namespace {

// Longer than any bundle's log; it keeps sums of times within their type.
constexpr std::chrono::hours kLongestWindow{24 * 3660};

std::uint64_t to_count(const YamlNode& node) {
  std::uint64_t count = 1;
  std::string_view text = node.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::max<std::uint64_t>(count, 1);
}

// The shape has made sure of digits and a unit; if not, there is none.
std::optional<std::chrono::microseconds> to_duration(const YamlNode& node, Remarks& remarks) {
  std::int64_t amount = 0;
  const std::string_view text = node.text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc() || amount < 0 || amount > 999'999'999) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  std::chrono::microseconds duration{};
  if (unit == "ms") duration = std::chrono::milliseconds(amount);
  if (unit == "s") duration = std::chrono::seconds(amount);
  if (unit == "m") duration = std::chrono::minutes(amount);
  if (unit == "h") duration = std::chrono::hours(amount);
  if (unit == "d") duration = std::chrono::hours(24 * amount);
  if (duration > kLongestWindow) {
    remarks.error(node.mark, "impossible-window",
                  fmt::format("a window of {} is longer than ten years; leave 'within' out", text));
    return std::nullopt;
  }
  return duration;
}

class CorrelationLoader {
 public:
  explicit CorrelationLoader(Loading& loading) : loading_(loading) {}

  Correlation load(const YamlEntry& entry) {
    Correlation correlation;
    correlation.name = entry.key;
    correlation.mark = entry.key_mark;
    const YamlNode& map = entry.value;
    complete_ = true;
    load_observations_of(map, correlation);
    if (const YamlNode* count = map.find("at_least")) correlation.at_least = to_count(*count);
    if (const YamlNode* within = map.find("within"))
      correlation.within = to_duration(*within, loading_.remarks);
    loading_.incomplete = loading_.incomplete || !complete_;
    if (!complete_) return correlation;  // more would only be said of what is missing
    if (const YamlNode* of = map.find("of")) load_of(*of, correlation);
    if (const YamlNode* same = map.find("same")) load_same(*same, correlation);
    check_times(map, correlation);
    check_not_taken(correlation);
    return correlation;
  }

  // `take` and `into` are named like the observations of a correlation, so its keys and window do for both.
  std::optional<HitJoin> load_join(const YamlNode& map) {
    Correlation parts;
    parts.name = "join";
    complete_ = true;
    const YamlNode* take = map.find("take");
    const std::vector<const YamlNode*> into = each_scalar(map.find("into"));
    if (take == nullptr || into.empty()) return std::nullopt;
    add(*take, parts);
    for (const YamlNode* name : into) add(*name, parts);
    loading_.incomplete = loading_.incomplete || !complete_;
    if (!complete_) return std::nullopt;
    if (const YamlNode* within = map.find("within")) parts.within = to_duration(*within, loading_.remarks);
    if (const YamlNode* same = map.find("same")) load_same(*same, parts);
    check_times(map, parts);
    HitJoin join;
    join.mark = map.mark;
    join.take = parts.observations.front();
    join.into.assign(parts.observations.begin() + 1, parts.observations.end());
    join.same = std::move(parts.same);
    join.within = parts.within;
    if (const YamlNode* how_sure = map.find("how_sure")) join.how_sure = how_sure->text;
    return join;
  }

 private:
  void load_observations_of(const YamlNode& map, Correlation& correlation) {
    if (const YamlNode* count = map.find("count")) {
      correlation.kind = Correlation::Kind::count;
      add(*count, correlation);
    } else if (const YamlNode* distinct = map.find("distinct")) {
      correlation.kind = Correlation::Kind::distinct;
      add(*distinct, correlation);
    } else if (const YamlNode* sequence = map.find("sequence")) {
      correlation.kind = Correlation::Kind::sequence;
      for (const YamlNode& item : sequence->items) add(item, correlation);
    } else if (const YamlNode* together = map.find("together")) {
      correlation.kind = Correlation::Kind::together;
      for (const YamlNode& item : together->items) add(item, correlation);
    } else if (const YamlNode* absent = map.find("absent")) {
      correlation.kind = Correlation::Kind::absent;
      load_anchor(map, correlation);
      add(*absent, correlation);
    } else {
      complete_ = false;
    }
  }

  void load_anchor(const YamlNode& map, Correlation& correlation) {
    const YamlNode* after = map.find("after");
    const YamlNode* before = map.find("before");
    if ((after == nullptr) == (before == nullptr)) {
      loading_.remarks.error(
          map.mark, "missing-key",
          after == nullptr
              ? "'absent' needs 'after' or 'before', with the observation that it is looked for around"
              : "'absent' takes 'after' or 'before', not both");
      complete_ = false;
      return;
    }
    correlation.direction = after != nullptr ? Correlation::Direction::after : Correlation::Direction::before;
    add(after != nullptr ? *after : *before, correlation);
  }

  void add(const YamlNode& name, Correlation& correlation) {
    const std::optional<std::uint32_t> index = find_observation(name, loading_);
    complete_ = complete_ && index.has_value();
    if (index) correlation.observations.push_back(*index);
  }

  const Observation& observation(const Correlation& correlation, std::size_t i) const {
    return loading_.signature.observations[correlation.observations[i]];
  }

  void load_of(const YamlNode& of, Correlation& correlation) {
    correlation.of = of.text;
    require_capture(of, observation(correlation, 0), loading_);
  }

  void load_same(const YamlNode& same, Correlation& correlation) {
    if (same.is_list()) {
      for (const YamlNode& item : same.items) load_same(item, correlation);
    } else if (same.is_map()) {
      for (const YamlEntry& entry : same.entries) load_aliased(entry, correlation);
    } else if (same.is_scalar()) {
      SameKey key{.name = same.text, .capture_of = {}};
      for (std::size_t i = 0; i < correlation.observations.size(); ++i) {
        if (!require_capture(same, observation(correlation, i), loading_)) return;
        key.capture_of.push_back(same.text);
      }
      add_key(std::move(key), same.mark, correlation);
    }
  }

  // {key: {observation: capture}}; an observation that is not named has a capture of the key's name.
  void load_aliased(const YamlEntry& entry, Correlation& correlation) {
    if (!check_aliased_names(entry, correlation)) return;
    SameKey key{.name = entry.key, .capture_of = {}};
    for (std::size_t i = 0; i < correlation.observations.size(); ++i) {
      const Observation& one = observation(correlation, i);
      YamlNode own;
      own.kind = YamlNode::Kind::text;
      own.text = entry.key;
      own.mark = entry.key_mark;
      const YamlNode* alias = entry.value.find(one.name);
      if (!require_capture(alias != nullptr ? *alias : own, one, loading_)) return;
      key.capture_of.push_back(alias != nullptr ? alias->text : entry.key);
    }
    add_key(std::move(key), entry.key_mark, correlation);
  }

  bool check_aliased_names(const YamlEntry& entry, const Correlation& correlation) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < correlation.observations.size(); ++i)
      names.push_back(observation(correlation, i).name);
    bool good = true;
    for (const YamlEntry& alias : entry.value.entries) {
      if (std::find(names.begin(), names.end(), alias.key) != names.end()) continue;
      good = false;
      loading_.remarks.error(alias.key_mark, "unknown-observation",
                             fmt::format("'{}' does not correlate an observation '{}'{}", correlation.name,
                                         alias.key, suggestion(alias.key, names)));
    }
    return good;
  }

  void add_key(SameKey&& key, Mark mark, Correlation& correlation) {
    const bool twice = std::any_of(correlation.same.begin(), correlation.same.end(),
                                   [&](const SameKey& one) { return one.name == key.name; });
    if (twice) {
      return loading_.remarks.error(mark, "duplicate-name",
                                    fmt::format("the key '{}' stands in 'same' already", key.name));
    }
    correlation.same.push_back(std::move(key));
  }

  // Settings and certificates have no time, so nothing with a window can hold for them.
  void check_times(const YamlNode& map, const Correlation& correlation) {
    const YamlNode* within = map.find("within");
    if (within == nullptr) return;
    for (std::size_t i = 0; i < correlation.observations.size(); ++i) {
      const std::string& kind = observation(correlation, i).kind;
      if (kind != "setting" && kind != "certificate") continue;
      return loading_.remarks.error(
          within->mark, "impossible-window",
          fmt::format("the observation '{}' is of {}s, which have no time; leave 'within' out",
                      observation(correlation, i).name, kind));
    }
  }

  // Where its hits count depends on what takes them in; how often they would count is nobody's guess.
  void check_not_taken(const Correlation& correlation) {
    for (const HitJoin& join : loading_.signature.joins) {
      const auto& parts = correlation.observations;
      if (std::find(parts.begin(), parts.end(), join.take) == parts.end()) continue;
      return loading_.remarks.error(
          correlation.mark, "joined-observation",
          fmt::format("'{}' is taken into other observations in line {}; correlate those instead, or observe "
                      "it once more under another name",
                      loading_.signature.observations[join.take].name, join.mark.line));
    }
  }

  Loading& loading_;
  bool complete_ = true;  // every observation was found
};

}  // namespace

std::optional<HitJoin> load_join(const YamlNode& map, Loading& loading) {
  return CorrelationLoader(loading).load_join(map);
}

void load_correlations(const YamlNode& root, Loading& loading) {
  const YamlNode* correlate = root.find("correlate");
  if (correlate == nullptr) return;
  for (const YamlEntry& entry : correlate->entries) {
    for (const Observation& observation : loading.signature.observations) {
      if (observation.name != entry.key) continue;
      loading.remarks.error(
          entry.key_mark, "duplicate-name",
          fmt::format("'{}' is an observation already, in line {}", entry.key, observation.mark.line));
    }
    Correlation correlation = CorrelationLoader(loading).load(entry);
    loading.signature.correlations.push_back(std::move(correlation));
  }
}

}  // namespace assay
