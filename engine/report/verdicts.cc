// Verdicts as JSON, and two of these side by side.
#include "assay/verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>

#include "assay/error.h"
#include "assay/formats.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

bool is_found(Status status) {
  return status == Status::issue || status == Status::potential_problem;
}

std::tuple<std::string_view, std::string_view> key_of(const RecordedVerdict& verdict) {
  return {verdict.signature, verdict.node};
}

bool comes_before(const RecordedVerdict& a, const RecordedVerdict& b) {
  return key_of(a) < key_of(b);
}

Captures printable_captures(const Captures& captures) {
  Captures result;
  for (const auto& [name, value] : captures) result.emplace_back(name, printable(value));
  return result;
}

Json json_of(const RecordedVerdict& verdict) {
  Json json = {{"signature", verdict.signature}};
  if (!verdict.node.empty()) json["node"] = verdict.node;
  json["status"] = to_string(verdict.status);
  if (!verdict.hidden_by.empty()) json["hidden_by"] = verdict.hidden_by;
  for (const Captures& group : verdict.groups) {
    Json values = Json::object();
    for (const auto& [name, value] : group) values[name] = value;
    json["groups"].push_back(std::move(values));
  }
  return json;
}

// ---- Out of JSON ----

// Takes apart what somebody may have edited, or merged.
class VerdictReader {
 public:
  VerdictReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  RecordedVerdicts read() {
    const Json all = parse();
    if (const Json* format = find(all, "format"); format == nullptr || *format != 1) {
      refuse("\"format\" has to be 1");
    }
    RecordedVerdicts verdicts;
    for (const auto& [bundle, list] : member(all, "bundles", Json::value_t::object).items()) {
      bundle_ = bundle;
      verdict_ = 0;
      std::vector<RecordedVerdict>& into = verdicts[bundle];
      check(list, Json::value_t::array, "its verdicts have to be a list");
      for (const Json& one : list) into.push_back(verdict_from(one));
      std::stable_sort(into.begin(), into.end(), comes_before);
    }
    return verdicts;
  }

 private:
  Json parse() {
    try {
      return Json::parse(text_);
    } catch (const Json::parse_error& error) {
      refuse_syntax(std::min(error.byte == 0 ? 0 : error.byte - 1, text_.size()));
    }
  }

  RecordedVerdict verdict_from(const Json& json) {
    ++verdict_;
    check(json, Json::value_t::object, "it has to be an object");
    RecordedVerdict verdict{.signature = text(json, "signature"),
                            .node = text_if_any(json, "node"),
                            .status = status_from(text(json, "status")),
                            .hidden_by = text_if_any(json, "hidden_by"),
                            .groups = {}};
    if (find(json, "groups") == nullptr) return verdict;
    for (const Json& values : member(json, "groups", Json::value_t::array)) {
      check(values, Json::value_t::object, "a group has to be an object");
      Captures& group = verdict.groups.emplace_back();
      for (const auto& [name, value] : values.items()) {
        check(value, Json::value_t::string, "the values of a group have to be strings");
        group.emplace_back(name, value.get<std::string>());
      }
    }
    return verdict;
  }

  Status status_from(const std::string& name) const {
    constexpr std::array kAll = {Status::issue, Status::potential_problem, Status::missing_information,
                                 Status::error, Status::no_issue,          Status::not_applicable};
    for (const Status status : kAll) {
      if (to_string(status) == name) return status;
    }
    refuse(fmt::format("there is no status '{}'", printable(name)));
  }

  static const Json* find(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at == object.end() ? nullptr : &*at;
  }

  const Json& member(const Json& object, const char* key, Json::value_t type) const {
    const Json* value = find(object, key);
    if (value == nullptr) refuse(fmt::format("\"{}\" is missing", key));
    check(*value, type, fmt::format("\"{}\" has to be {}", key, in_words(type)));
    return *value;
  }

  std::string text(const Json& object, const char* key) const {
    return member(object, key, Json::value_t::string).get<std::string>();
  }
  std::string text_if_any(const Json& object, const char* key) const {
    return find(object, key) == nullptr ? std::string() : text(object, key);
  }

  void check(const Json& value, Json::value_t type, const std::string& words) const {
    if (value.type() != type) refuse(words);
  }

  static std::string_view in_words(Json::value_t type) {
    if (type == Json::value_t::object) return "an object";
    return type == Json::value_t::array ? "a list" : "a string";
  }

  [[noreturn]] void refuse(const std::string& words) const {
    std::string place = bundle_.empty() ? std::string() : fmt::format("bundle '{}', ", printable(bundle_));
    if (verdict_ > 0) place += fmt::format("verdict {}, ", verdict_);
    if (!place.empty()) place.replace(place.size() - 2, 1, ":");
    end_with(fmt::format("{}: {}{}", file_, place, words));
  }

  [[noreturn]] void refuse_syntax(std::size_t at) const {
    const std::string_view before = text_.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t begin = before.rfind('\n') + 1;  // 0 if there is none
    constexpr std::size_t kShown = 60;
    const std::string_view rest = text_.substr(begin, text_.find('\n', begin) - begin);
    const std::string words = at == text_.size()
                                  ? "the file ends too early"
                                  : fmt::format("this is no JSON: '{}'", printable(rest.substr(0, kShown)));
    end_with(fmt::format("{}:{}:{}: {}", file_, line, at - begin + 1, words));
  }

  [[noreturn]] static void end_with(const std::string& words) {
    throw Error("invalid-verdicts",
                words + "; take the file as it was recorded, or record the verdicts anew");
  }

  std::string_view text_;
  std::string_view file_;
  std::string bundle_;
  std::size_t verdict_ = 0;  // of the bundle, from 1; 0: none of them
};

// ---- Side by side ----

std::string words_of(const RecordedVerdict& verdict) {
  std::string words(to_string(verdict.status));
  for (const Captures& group : verdict.groups) {
    std::string values;
    for (const auto& [name, value] : group) {
      values += fmt::format("{}{}: {}", values.empty() ? "" : ", ", name, value);
    }
    words += " {" + values + "}";
  }
  if (!verdict.hidden_by.empty()) words += ", hidden by " + verdict.hidden_by;
  return words;
}

std::string subject_of(const RecordedVerdict& verdict) {
  return verdict.node.empty() ? verdict.signature : fmt::format("{} on {}", verdict.signature, verdict.node);
}

std::optional<std::string> difference(const RecordedVerdict* was, const RecordedVerdict* is) {
  if (was != nullptr && is != nullptr) {
    if (*was == *is) return std::nullopt;
    return fmt::format("{}: was {}, is {}", subject_of(*was), words_of(*was), words_of(*is));
  }
  if (was != nullptr) {
    if (!is_found(was->status)) return std::nullopt;
    return fmt::format("{}: was {}, is not judged", subject_of(*was), words_of(*was));
  }
  if (!is_found(is->status)) return std::nullopt;
  return fmt::format("{}: is {}, nothing is recorded", subject_of(*is), words_of(*is));
}

// As names come back from JSON.
RecordedVerdicts by_printable_name(const RecordedVerdicts& verdicts) {
  RecordedVerdicts result;
  for (const auto& [bundle, list] : verdicts) {
    std::vector<RecordedVerdict>& into = result[printable(bundle)];
    into.insert(into.end(), list.begin(), list.end());
  }
  return result;
}

void compare_bundle(const std::string& bundle, const std::vector<RecordedVerdict>& recorded,
                    const std::vector<RecordedVerdict>& came, std::vector<VerdictDifference>& differences) {
  const auto add = [&](const RecordedVerdict* was, const RecordedVerdict* is) {
    if (std::optional<std::string> words = difference(was, is)) {
      differences.push_back({.bundle = bundle, .message = std::move(*words)});
    }
  };
  auto was = recorded.begin();
  auto is = came.begin();
  while (was != recorded.end() || is != came.end()) {
    const bool only_was = is == came.end() || (was != recorded.end() && comes_before(*was, *is));
    const bool only_is = was == recorded.end() || (is != came.end() && comes_before(*is, *was));
    add(only_is ? nullptr : &*was, only_was ? nullptr : &*is);
    if (!only_is) ++was;
    if (!only_was) ++is;
  }
}

}  // namespace

std::vector<RecordedVerdict> verdicts_of(const Report& report) {
  std::vector<RecordedVerdict> verdicts;
  for (const Finding& finding : report.findings) {
    RecordedVerdict verdict{.signature = finding.id,
                            .node = printable(finding.node),
                            .status = finding.status,
                            .hidden_by = finding.hidden_by,
                            .groups = {}};
    for (const Group& group : finding.groups) verdict.groups.push_back(printable_captures(group.captures));
    verdicts.push_back(std::move(verdict));
  }
  std::stable_sort(verdicts.begin(), verdicts.end(), comes_before);
  return verdicts;
}

std::string verdicts_to_json(const RecordedVerdicts& verdicts) {
  Json bundles = Json::object();
  for (const auto& [bundle, list] : by_printable_name(verdicts)) {
    Json& into = bundles[bundle] = Json::array();
    for (const RecordedVerdict& verdict : list) into.push_back(json_of(verdict));
  }
  return Json{{"format", 1}, {"bundles", std::move(bundles)}}.dump(2) + '\n';
}

RecordedVerdicts verdicts_from_json(std::string_view json, std::string_view name) {
  return VerdictReader(json, name).read();
}

std::vector<VerdictDifference> compare_verdicts(const RecordedVerdicts& recorded_by_name,
                                                const RecordedVerdicts& came_by_name) {
  const RecordedVerdicts recorded = by_printable_name(recorded_by_name);
  const RecordedVerdicts came = by_printable_name(came_by_name);
  std::set<std::string> bundles;
  for (const auto& [bundle, list] : recorded) bundles.insert(bundle);
  for (const auto& [bundle, list] : came) bundles.insert(bundle);
  std::vector<VerdictDifference> differences;
  for (const std::string& bundle : bundles) {
    const auto was = recorded.find(bundle);
    const auto is = came.find(bundle);
    if (was == recorded.end()) {
      differences.push_back({.bundle = bundle, .message = "nothing is recorded on it"});
    } else if (is == came.end()) {
      differences.push_back({.bundle = bundle, .message = "it is no longer there"});
    } else {
      compare_bundle(bundle, was->second, is->second, differences);
    }
  }
  return differences;
}

}  // namespace assay
