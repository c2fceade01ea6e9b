// From a record to a file: take it apart, choose what to look for, write YAML.
#include "assay/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "assay/error.h"
#include "characters.h"
#include "draft_sought.h"
#include "draft_yaml.h"
#include "text/record.h"
#include "text/record_blocks.h"

namespace assay {
namespace {

std::string_view record_at(std::string_view log, std::uint64_t line) {
  std::size_t at = 0;
  for (std::uint64_t i = 1; i < line; ++i) {
    const std::size_t end = log.find('\n', at);
    if (end == npos || end + 1 >= log.size()) {
      throw Error("invalid-option", fmt::format("there is no line {}; the text has {}", line, i));
    }
    at = end + 1;
  }
  const std::size_t begin = record_begin(log, at);
  std::string_view record = log.substr(begin, record_end(log, at) - begin);
  while (!record.empty() && (record.back() == '\n' || record.back() == '\r' || record.back() == ' ')) {
    record.remove_suffix(1);
  }
  if (record.empty()) throw Error("invalid-option", fmt::format("line {} is empty", line));
  return record;
}

std::string_view severity_for(std::string_view level) {
  if (level == "ERROR" || level == "FATAL" || level == "CRITICAL" || level == "ALERT") return "high";
  return level.starts_with("WARN") ? "medium" : "low";
}

std::string head_for(const std::string& needs, std::string_view severity) {
  return fmt::format(
      "# A draft that was made from one event. Where it says TODO, a person has to write; then\n"
      "# `assay signatures lint` and `assay signatures test` tell the rest.\n"
      "id: TODO\n"
      "title: TODO the problem in one line\n"
      "kind: network        # defect, configuration, security, capacity, network or information\n"
      "severity: {}\n"
      "status: experimental\n"
      "\n"
      "needs: [{}]\n",
      severity, needs);
}

std::string head_of(const Record& record) {
  return head_for(record.process.empty() ? "log" : word("log." + std::string(record.process)),
                  severity_for(record.level));
}

std::vector<std::string> unwritten() {
  return {"id", "title", "text.description", "text.actions"};
}

std::string observe_of(const Sought& sought) {
  std::string text = "\nobserve:\n  seen:\n    log:\n";
  for (const std::string& line : sought.lines) text += "      " + line + '\n';
  if (sought.lines.empty()) text += "      message: '.'\n";
  std::string captured;
  for (const DraftCapture& capture : sought.captures) {
    if (!capture.field.empty()) captured += fmt::format("      {}: {}\n", capture.name, capture.field);
  }
  return captured.empty() ? text : text + "    capture:\n" + captured;
}

// `group` is named first, `others` in brackets behind it; both are templates.
std::string words_about(const std::string& group_by, const std::string& group, const std::string& others) {
  std::string conclude = "\nconclude:\n  - {status: issue, when: seen";
  if (!group_by.empty()) conclude += ", group_by: " + group_by;
  return conclude + "}\n" +
         fmt::format(
             "\ntext:\n"
             "  description: |\n"
             "    TODO what is wrong, in a sentence or two: {{{{#groups}}}}{}({}{{{{count}}}} times, the "
             "last at "
             "{{{{last}}}}){{{{#more}}}}; {{{{/more}}}}{{{{/groups}}}}.\n"
             "  actions:\n"
             "    - TODO what to do first.\n",
             group, others);
}

std::string words_of(const Sought& sought, const std::string& group) {
  std::string others;
  for (const DraftCapture& capture : sought.captures) {
    if (capture.name == group) continue;
    others += fmt::format("{} {{{{{}}}}}, ", capture.name, capture.name);
  }
  return words_about(group, group.empty() ? "" : fmt::format("{{{{{}}}}} ", group), others);
}

std::string test_of(std::string_view text, bool has_header, const Sought& sought, const std::string& group) {
  constexpr std::string_view kHeader = "2026-01-01T00:00:00.000Z host process: ";
  const std::string record = (has_header ? std::string() : std::string(kHeader)) + readable(text);
  std::string expected;
  for (const DraftCapture& capture : sought.captures) {
    if (capture.name == group)
      expected = fmt::format(", groups: [{{{}: {}}}]", group, in_quotes(capture.value));
  }
  return "\ntests:\n  - name: the record that this was drafted from\n    log: |\n" + indented(record, 6) +
         fmt::format("    expect: {{status: issue{}}}\n", expected);
}

// A transaction has no record that tells all of it, so what is looked for is its outcome, and the test has
// the event that says no more than that. Some ask for a target, others were sent to a server, many do both.
SignatureDraft draft_transaction(std::string_view text) {
  const std::size_t arrow = text.find("-> ");
  const std::string_view outcome = arrow == npos ? text : text.substr(arrow + 3);
  const std::string status(outcome.substr(0, outcome.find(' ')));
  std::string reason(outcome.substr(std::min(outcome.size(), status.size() + 1)));
  if (readable(reason) != reason || reason.find('"') != npos) reason.clear();  // no event could tell it
  if (status.empty() ||
      !std::all_of(status.begin(), status.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    throw Error("invalid-option", fmt::format("'{}' is no outcome of a transaction", readable(text)));
  }
  std::string observe = fmt::format("\nobserve:\n  seen:\n    http:\n      status: {}\n", status);
  if (!reason.empty()) observe += fmt::format("      reason: {{is: {}}}\n", in_quotes(reason));
  observe += "    capture:\n      server: server\n      target: target.host\n";
  const std::string words = words_about(
      "[target, server]", "{{#target}}{{target}} {{/target}}{{#server}}{{server}} {{/server}}", "");
  const std::string record = fmt::format(
      "2026-01-01T00:00:00.000Z host traffic_server[1]: Event=\"Sending HTTP error response\" Status=\"{}\" "
      "Reason=\"{}\" Dst-ip=\"192.0.2.1\" Dst-port=\"40001\"",
      status, reason);
  return {.text = head_for("http", status.front() == '5' ? "medium" : "low") + observe + words +
                  test_of(record, true, {}, ""),
          .unwritten = unwritten()};
}

// Of "TLS with 192.0.2.10:8443 refused by client: unknown_ca".
SignatureDraft draft_handshake(std::string_view shape) {
  constexpr std::string_view kRefused = " refused by ";
  const std::size_t refused = shape.rfind(kRefused);
  const std::string_view by = refused == npos ? std::string_view() : shape.substr(refused + kRefused.size());
  const std::string_view side = by.substr(0, by.find(':'));
  if (side != "client" && side != "server")
    throw Error("invalid-option", fmt::format("'{}' is no outcome of a handshake", readable(shape)));
  const std::string_view alert = by.substr(std::min(side.size() + 2, by.size()));
  std::string observe = fmt::format("\nobserve:\n  seen:\n    tls:\n      outcome: refused_by_{}\n", side);
  if (!alert.empty()) observe += fmt::format("      alert.description: {}\n", word(alert));
  observe += "    capture:\n      server: server\n";
  return {.text = head_for("tls", "medium") + observe + words_about("server", "{{server}} ", "") +
                  "\n# A test names a capture that lies beside this file: `captures: [refused.pcap]`.\n",
          .unwritten = unwritten()};
}

}  // namespace

SignatureDraft draft_signature(std::string_view log, std::uint64_t line) {
  if (line == 0) throw Error("invalid-option", "there is no line 0; lines are counted from 1");
  const std::string_view text = record_at(log, line);
  Record record;
  parse_record(text, std::nullopt, record);
  const Sought sought = sought_in(record);
  const std::string group = group_by(sought.captures, record.event);
  return {.text = head_of(record) + observe_of(sought) + words_of(sought, group) +
                  test_of(text, begins_record(text), sought, group),
          .unwritten = unwritten()};
}

SignatureDraft draft_signature(const UnexplainedGroup& group) {
  if (group.kind == "http") return draft_transaction(group.text);
  if (group.kind == "tls") return draft_handshake(group.shape);
  return draft_signature(group.text, 1);
}

}  // namespace assay
