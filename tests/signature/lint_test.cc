// Everything that lint finds, each in a signature that loads without a remark.
#include "assay/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <span>

#include "signature/load.h"
#include "signature_texts.h"

namespace assay {
namespace {

Signature loaded(std::string_view text, std::string_view file = "x.yaml") {
  LoadedSignature result = load_signature(text, file);
  for (const Diagnostic& diagnostic : result.diagnostics) ADD_FAILURE() << to_string(diagnostic);
  return result.signature ? std::move(*result.signature) : Signature();
}

std::string words_of(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) {
    all += std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column) +
           (diagnostic.severity == Diagnostic::Severity::error ? " " : " warning: ") + diagnostic.message +
           " [" + diagnostic.code + "]\n";
  }
  return all;
}

// kWhole with one place changed, and the remarks that this brings.
struct Lapse {
  std::string_view from;
  std::string_view to;
  std::string_view remarks;
};

constexpr Lapse kLapses[] = {
    {"  off:\n", "  on:\n    setting: {path: [a, b]}\n  off:\n",
     "31:3 nothing asks for the observation 'on'; use it in 'conclude', 'correlate' or the snippet, or "
     "remove it [unused-observation]\n"},
    {"{all: [failed, often, {not: many}]}", "{all: [failed, often]}",
     "36:3 nothing asks for the correlation 'many'; use it in 'conclude' or in an action, or remove it "
     "[unused-correlation]\n"},
    {"Error=(?P<error>.+) depth", "Error=(?P<error>.+) (?P<chain>x) depth",
     "17:3 nothing uses the capture 'chain' of 'untrusted'; show it in a text, or write (?:...) "
     "[unused-capture]\n"},
    {"      process: {one_of: [traffic_server, ats]}\n      any:\n        - message: 'SSL connection failed "
     "for ''(?P<server>[^'']+)'''",
     "      any:\n        - message: '(?P<server>[^'']+)'",
     "22:3 'refused' has no word of three letters that a record must hold, so it would be tried on every "
     "record; add what is always there, such as the process [no-literal]\n"},
    {"'SSL connection failed for ''(?P<server>[^'']+)'''", "'(?P<server>[^'']+)'",
     "22:3 warning: the patterns of 'refused' have no word that a record must hold, so they are tried on "
     "every record of the process or module [no-literal]\n"},
    {"  served:\n",
     "  refused_too:\n    log:\n      process: {one_of: [traffic_server, ats]}\n      any:\n        - "
     "message: 'SSL connection failed for ''(?P<server>[^'']+)'''\n        - {pair.Detail: {contains: "
     "'handshake failed'}, pid: {above: 0}}\n  served:\n",
     "28:3 nothing asks for the observation 'refused_too'; use it in 'conclude', 'correlate' or the snippet, "
     "or remove it [unused-observation]\n"
     "28:3 'refused_too' observes the same as 'refused' in line 22 [duplicate-observation]\n"},
    {"        - {pair.Detail: {contains",
     "        - message: 'SSL connection failed for ''(?P<server>[^'']+)'''\n        - {pair.Detail: "
     "{contains",
     "27:11 the same as in line 26; one of them is enough [duplicate-condition]\n"},
    {"at_least: X14.2, below: X15", "at_least: X15, below: X14",
     "13:53 the fact product.version can never be at least X15 and below X14 [impossible-range]\n"},
    {"at_least: X14.2, below: X15", "at_least: X14.2, below: X14.2",
     "13:55 the fact product.version can never be at least X14.2 and below X14.2 [impossible-range]\n"},
    {"at_least: X14.2, below: X15", "above: X14.2, at_most: X14.2",
     "13:54 the fact product.version can never be above X14.2 and at most X14.2 [impossible-range]\n"},
    {"at_least: X14.2, below: X15", "is: X12.5, above: X14.2",
     "13:49 the fact product.version can never be X12.5 and above X14.2 [impossible-range]\n"},
    {"{fact: product.role, is: expressway-c}",
     "{fact: product.role, is: expressway-c}\n    - {fact: product.role, is: expressway-e}",
     "13:32 the fact product.role can never be expressway-c (line 12) and expressway-e [impossible-range]\n"},
    {"status: [200, 304]", "status: {above: 400, below: 300}",
     "29:40 http.status can never be above 400 and below 300 [impossible-range]\n"},
    {"- {status: issue, when: {any: [both, unserved]}, group_by: target}",
     "- {status: issue, when: {all: [failed, often, {not: many}, unserved, both]}, group_by: target}",
     "41:5 this never decides: whenever it holds, the conclusion in line 40 holds and comes first "
     "[shadowed-conclusion]\n"},
    {"- {status: issue, when: {any: [both, unserved]}, group_by: target}",
     "- {status: issue, when: {any: [both, unserved]}, group_by: target}\n  - {status: issue, when: both, "
     "group_by: target}",
     "42:5 this never decides: whenever it holds, the conclusion in line 41 holds and comes first "
     "[shadowed-conclusion]\n"},
    {"- {status: potential_problem, when: off}",
     "- {status: potential_problem, when: off}\n  - {status: issue, when: {all: [off, both]}}",
     "44:5 this never decides: whenever it holds, the conclusion in line 43 holds and comes first "
     "[shadowed-conclusion]\n"},
    {"expect: {status: missing_information,", "expect: {status: issue,",
     "1:1 a stable signature needs a test that expects no finding, such as no_issue or not_applicable "
     "[untested]\n"},
    {"expect: {status: issue, groups: [{target: cucm.example.com, depth: 0}],", "expect: {status: no_issue,",
     "1:1 a stable signature needs a test that expects an issue or a potential problem [untested]\n"},
    {"needs: [log.traffic_server, configuration, {fact: product.version}]\n", "",
     "1:1 warning: without 'needs', \"no issue\" is said even of a bundle that has none of the evidence "
     "[no-needs]\n"},
    {"({{error}}, {{count}} times)", "({{eror}})",
     "17:3 nothing uses the capture 'error' of 'untrusted'; show it in a text, or write (?:...) "
     "[unused-capture]\n"
     "46:5 description (en): nothing captures 'eror'; did you mean 'error'? [unknown-variable]\n"},
    {"({{error}}, {{count}} times)", "({{error}}) {{all.tarhet}}",
     "46:5 description (en): nothing captures 'tarhet'; did you mean 'target'? [unknown-variable]\n"},
    {"on {{node}}'", "on {{target}}'",
     "46:5 description (en): {{target}} has a value only between {{#groups}} and {{/groups}}; for the values "
     "of all groups write {{all.target}} [unknown-variable]\n"},
    {"on {{node}}'", "on {{#more}}x{{/more}}'",
     "46:5 description (en): {{more}} has a value only between {{#groups}} and {{/groups}} "
     "[unknown-variable]\n"},
    {"{{fact.product.version}}", "{{fact.product.versoin}}",
     "46:5 description (it): there is no fact 'product.versoin'; did you mean 'product.version'? "
     "[unknown-variable]\n"},
    {", it: Da X14.2}", "}",
     "49:14 warning: condition is not there in 'it', in which other texts of this signature are "
     "[missing-translation]\n"},
    {"it: Leggere", "fr: Lire, it: Leggere",
     "2:8 warning: title is not there in 'fr', in which other texts of this signature are "
     "[missing-translation]\n"
     "46:5 warning: description is not there in 'fr', in which other texts of this signature are "
     "[missing-translation]\n"
     "49:14 warning: condition is not there in 'fr', in which other texts of this signature are "
     "[missing-translation]\n"
     "50:24 warning: further_information is not there in 'fr', in which other texts of this signature are "
     "[missing-translation]\n"
     "53:13 warning: action 1 is not there in 'fr', in which other texts of this signature are "
     "[missing-translation]\n"},
    {"  actions:\n    - when: {observed: untrusted, field: depth, is: 0}\n      text: {en: Replace it, ja: "
     "Replace, it: Sostituire}\n    - {en: Read the notice, ja: Read, it: Leggere}\n",
     "",
     "17:3 nothing uses the capture 'depth' of 'untrusted'; show it in a text, or write (?:...) "
     "[unused-capture]\n"
     "46:5 warning: a finding that does not say what to do; add 'actions' [no-actions]\n"},
};

TEST(Lint, FindsWhatWouldBeIgnoredOrCanNeverHold) {
  for (const Lapse& lapse : kLapses) {
    EXPECT_EQ(words_of(lint_signature(loaded(with(kWhole, lapse.from, lapse.to)))), lapse.remarks)
        << "with " << lapse.to << " for " << lapse.from;
  }
}

TEST(Lint, FindsWhatADraftLeavesToWrite) {
  const std::string draft = with(with(kSmallest, "id: TEST-1", "id: TODO"), "}} is not trusted'", "}} TODO'");
  EXPECT_EQ(
      words_of(lint_signature(loaded(draft))),
      "1:1 warning: without 'needs', \"no issue\" is said even of a bundle that has none of the evidence "
      "[no-needs]\n"
      "1:1 id still says TODO; write it [unwritten]\n"
      "11:16 warning: a finding that does not say what to do; add 'actions' [no-actions]\n"
      "11:16 description still says TODO; write it [unwritten]\n");
}

TEST(Lint, OfASetFindsIdsThatAreThereTwice) {
  const std::vector<Signature> set = {loaded(kSmallest, "a.yaml"),
                                      loaded(with(kSmallest, "is not trusted'", "is bad'"), "b.yaml")};
  const std::vector<Diagnostic> diagnostics = lint_together(set);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(to_string(diagnostics.front()),
            "b.yaml:1:1: error: a.yaml has the id 'TEST-1' too [duplicate-id]");
}

TEST(Lint, OfASetFindsWhatIsHiddenByNobody) {
  const std::string hidden = with(kSmallest, "kind: defect", "kind: defect\nhidden_by: TEST-3");
  const std::vector<Signature> set = {loaded(with(kSmallest, "TEST-1", "TEST-2")),
                                      loaded(with(hidden, "is not trusted'", "is bad'"))};
  EXPECT_EQ(words_of(lint_together(set)),
            "4:12 hidden_by names 'TEST-3', which is not in this set; did you mean 'TEST-2'? "
            "[unknown-hidden-by]\n");
}

TEST(Lint, OfASetFindsObservationsThatAreTheSame) {
  const std::vector<Signature> set = {loaded(kSmallest), loaded(with(kSmallest, "TEST-1", "TEST-2"))};
  EXPECT_EQ(words_of(lint_together(set)),
            "6:3 warning: 'untrusted' observes the same as 'untrusted' of TEST-1; if one of the two explains "
            "it better, "
            "say so by hidden_by [duplicate-pattern]\n");
  const std::vector<Signature> settled = {
      loaded(kSmallest),
      loaded(with(with(kSmallest, "TEST-1", "TEST-2"), "kind: defect", "kind: defect\nhidden_by: TEST-1"))};
  EXPECT_EQ(words_of(lint_together(settled)), "");
}

// ---- Every code is in the docs and in a test ----

std::string whole_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> matches_in(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    found.insert((*at)[1]);
  return found;
}

std::set<std::string> codes_in_the_code() {
  std::set<std::string> codes;
  const std::string folder = ASSAY_SOURCE_DIR "/engine/signature";
  const std::regex remark("(?:error|warning)\\([^;\"]*?\"([a-z0-9]+(?:-[a-z0-9]+)*)\"");
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".cc") codes.merge(matches_in(whole_text(file.path()), remark));
  }
  const std::string whole_set = whole_text(ASSAY_SOURCE_DIR "/engine/signature_set.cc");
  codes.merge(matches_in(whole_set, std::regex("\\.code = \"([a-z0-9-]+)\"")));
  codes.insert("too-many-errors");
  for (const char* noun : {"field", "fact", "evidence"}) codes.insert(std::string("unknown-") + noun);
  return codes;
}

TEST(Remarks, AreAllInTheDocsInTheSameWords) {
  const std::string docs = whole_text(ASSAY_SOURCE_DIR "/docs/lint.md");
  EXPECT_EQ(matches_in(docs, std::regex("\\n\\| `([a-z0-9-]+)` \\|")), codes_in_the_code());
  std::set<std::string> known;
  for (const LintCode& code : lint_codes()) {
    EXPECT_TRUE(known.empty() || *known.rbegin() < code.code) << code.code << " is not in its place";
    known.emplace(code.code);
    const std::string row = "\n| `" + std::string(code.code) + "` | " + std::string(code.help) + " | ";
    EXPECT_NE(docs.find(row), std::string::npos) << row;
  }
  EXPECT_EQ(known, codes_in_the_code());
}

TEST(Remarks, AreAllInATest) {
  const std::string folder = ASSAY_SOURCE_DIR "/tests/signature/";
  const std::string tests = whole_text(folder + "lint_test.cc") + whole_text(folder + "load_errors_test.cc") +
                            whole_text(folder + "joins_test.cc") +
                            whole_text(ASSAY_SOURCE_DIR "/tests/engine/packs_test.cc") +
                            whole_text(ASSAY_SOURCE_DIR "/tests/cli/lint_test.cc") +
                            whole_text(ASSAY_SOURCE_DIR "/tests/signature/mend_test.cc");
  for (const std::string& code : codes_in_the_code()) {
    if (code == "too-many-errors") continue;  // its text is tested
    EXPECT_NE(tests.find("[" + code + "]"), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace assay
