// Remarks for programs: as JSON of our own, and as SARIF 2.1.0.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "assay/formats.h"
#include "assay/lint.h"
#include "report/source_line.h"
#include "report/utf8.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSarifSchema = "https://json.schemastore.org/sarif-2.1.0.json";

Json words(std::string_view text) {
  return is_utf8(text) ? std::string(text) : printable(text);
}

std::string_view severity_of(const Diagnostic& diagnostic) {
  return diagnostic.severity == Diagnostic::Severity::error ? "error" : "warning";
}

std::string dumped(const Json& json) {
  return json.dump(2) + '\n';
}

bool is_plain(unsigned char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         std::string_view("-._~/").find(static_cast<char>(byte)) != std::string_view::npos;
}

// A path as an URI reference: relative ones stay relative, so that a hosting site finds the file.
std::string uri_of(const std::string& file) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = file.starts_with('/') ? "file://" : "";
  for (const char character : file) {
    const auto byte = static_cast<unsigned char>(character);
    if (is_plain(byte)) {
      uri += character;
    } else {
      uri += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return uri;
}

// Remarks count bytes, SARIF counts characters.
class Regions {
 public:
  explicit Regions(const SignatureTexts& texts) : texts_(texts) {}

  Json region_of(const Diagnostic& diagnostic) const {
    Json region = {{"startLine", std::max(1U, diagnostic.line)}};
    if (diagnostic.column == 0) return region;
    const std::optional<std::string_view> line = line_of(diagnostic);
    if (!line) {
      region["startColumn"] = diagnostic.column;
      return region;
    }
    const std::size_t column = column_in(*line, diagnostic.column - 1);
    region["startColumn"] = column;
    const std::string_view words = words_to_mend(*line, diagnostic).quoted;
    if (!words.empty()) region["endColumn"] = column + characters_in(words);
    return region;
  }

  // Exactly the words that a fix replaces: those between the quotes, where there are some. Nothing if the
  // text is not given, or if the words stand in it otherwise.
  std::optional<Json> region_to_mend(const Diagnostic& diagnostic) const {
    const std::string_view line = line_of(diagnostic).value_or("");
    const std::string_view words = words_to_mend(line, diagnostic).bare;
    if (words.empty()) return std::nullopt;
    const std::size_t column = column_in(line, static_cast<std::size_t>(words.data() - line.data()));
    return Json{{"startLine", diagnostic.line},
                {"startColumn", column},
                {"endColumn", column + characters_in(words)}};
  }

  Json location_of(const Diagnostic& diagnostic) const {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(diagnostic.file)}}}, {"region", region_of(diagnostic)}}}};
  }

 private:
  static std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
  }

  static std::size_t column_in(std::string_view line, std::size_t byte) {
    return 1 + characters_in(line.substr(0, std::min(line.size(), byte)));
  }

  std::optional<std::string_view> line_of(const Diagnostic& diagnostic) const {
    const auto found = texts_.find(diagnostic.file);
    if (found == texts_.end()) return std::nullopt;
    return line_of_text(found->second, diagnostic.line);
  }

  const SignatureTexts& texts_;
};

Json fix_of(const Diagnostic& diagnostic, Json&& region) {
  const Json replacement = {{"deletedRegion", std::move(region)},
                            {"insertedContent", {{"text", words(diagnostic.replacement)}}}};
  const Json change = {{"artifactLocation", {{"uri", uri_of(diagnostic.file)}}},
                       {"replacements", Json::array({replacement})}};
  return {{"description", {{"text", "Write " + diagnostic.replacement}}},
          {"artifactChanges", Json::array({change})}};
}

Json rules_for(std::span<const Diagnostic> diagnostics) {
  std::set<std::string_view> used;
  for (const Diagnostic& diagnostic : diagnostics) used.insert(diagnostic.code);
  Json rules = Json::array();
  for (const LintCode& code : lint_codes()) {
    if (used.count(code.code) == 0) continue;
    rules.push_back({{"id", code.code}, {"shortDescription", {{"text", code.help}}}});
  }
  return rules;
}

}  // namespace

std::string lint_to_json(std::span<const Diagnostic> diagnostics) {
  Json remarks = Json::array();
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    errors += diagnostic.severity == Diagnostic::Severity::error ? 1U : 0U;
    remarks.push_back({{"severity", severity_of(diagnostic)},
                       {"code", diagnostic.code},
                       {"file", words(diagnostic.file)},
                       {"line", diagnostic.line},
                       {"column", diagnostic.column},
                       {"message", words(diagnostic.message)},
                       {"signature", words(diagnostic.signature)},
                       {"found", words(diagnostic.found)},
                       {"replacement", words(diagnostic.replacement)}});
  }
  return dumped({{"format", 1},
                 {"errors", errors},
                 {"warnings", diagnostics.size() - errors},
                 {"remarks", std::move(remarks)}});
}

std::string lint_to_sarif(std::span<const Diagnostic> diagnostics, const SignatureTexts& texts) {
  const Regions regions(texts);
  Json results = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    Json result = {{"ruleId", diagnostic.code},
                   {"level", severity_of(diagnostic)},
                   {"message", {{"text", words(diagnostic.message)}}},
                   {"locations", Json::array({regions.location_of(diagnostic)})}};
    // An entry that is to be removed is more than its words, so it has no fix here.
    std::optional<Json> region =
        diagnostic.replacement.empty() ? std::nullopt : regions.region_to_mend(diagnostic);
    if (region) result["fixes"] = Json::array({fix_of(diagnostic, std::move(*region))});
    results.push_back(std::move(result));
  }
  Json driver = {
      {"name", "assay"}, {"version", std::string(ASSAY_VERSION)}, {"rules", rules_for(diagnostics)}};
  const Json run = {{"tool", {{"driver", std::move(driver)}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", std::move(results)}};
  return dumped({{"$schema", kSarifSchema}, {"version", "2.1.0"}, {"runs", Json::array({run})}});
}

}  // namespace assay
