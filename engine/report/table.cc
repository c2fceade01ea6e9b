// Rows as a table for people, as JSON lines for programs, as CSV for spreadsheets.
#include "report/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "assay/formats.h"
#include "assay/target.h"
#include "report/json.h"
#include "report/layout.h"

namespace assay {
namespace {

using Cell = Table::Cell;

std::string text_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  std::string joined;
  if (const auto* list = std::get_if<std::vector<std::string>>(&cell)) {
    for (const std::string& text : *list) joined += (joined.empty() ? "" : ", ") + text;
  }
  return joined;
}

// A spreadsheet takes a cell that begins like this for a formula and runs it. An apostrophe makes it text.
bool looks_like_a_formula(std::string_view text) {
  constexpr std::string_view kFullWidth[] = {"\uff1d", "\uff0b", "\uff0d", "\uff20"};
  if (text.empty()) return false;
  return std::string_view("=+-@").find(text.front()) != std::string_view::npos ||
         std::any_of(std::begin(kFullWidth), std::end(kFullWidth),
                     [text](std::string_view sign) { return text.starts_with(sign); });
}

std::string csv_cell(const Cell& cell) {
  std::string text = printable(text_of(cell));
  const bool is_number = std::holds_alternative<std::int64_t>(cell);
  if (!is_number && looks_like_a_formula(text)) text.insert(0, 1, '\'');
  // A blank at either end is quoted too: some readers drop it otherwise.
  const bool plain = text.find_first_of(",\"") == std::string::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string to_csv(const Table& table) {
  std::string csv;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    csv += (i == 0 ? "" : ",") + csv_cell(table.columns[i]);
  csv += "\r\n";
  for (const std::vector<Cell>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) csv += (i == 0 ? "" : ",") + csv_cell(row[i]);
    csv += "\r\n";
  }
  return csv;
}

void append_line(std::string line, std::string& to) {
  line.erase(line.find_last_not_of(' ') + 1);
  to += line + '\n';
}

constexpr std::size_t kGap = 2;

std::vector<std::vector<std::string>> texts_of(const Table& table) {
  std::vector<std::vector<std::string>> rows{table.columns};
  for (const std::vector<Cell>& row : table.rows) {
    std::vector<std::string>& texts = rows.emplace_back();
    for (const Cell& cell : row) texts.push_back(printable(text_of(cell)));
  }
  return rows;
}

// Widths where only the last column gives way, or nothing if that does not do.
std::vector<std::size_t> widths_with_prose_last(const std::vector<std::vector<std::string>>& rows,
                                                std::size_t available) {
  constexpr std::size_t kNarrowestProse = 30;
  std::vector<std::size_t> widths = column_widths(rows, std::numeric_limits<std::size_t>::max(), kGap);
  if (widths.empty()) return widths;
  const std::size_t before = std::accumulate(widths.begin(), widths.end() - 1, kGap * (widths.size() - 1));
  if (before + std::min(widths.back(), kNarrowestProse) > available) return {};
  widths.back() = std::min(widths.back(), available - before);
  return widths;
}

std::size_t width_of(const TextStyle& style) {
  return std::max(style.width, 40U);
}

std::string to_aligned(const Table& table, const TextStyle& style) {
  const std::vector<std::vector<std::string>> rows = texts_of(table);
  std::vector<std::size_t> widths = widths_with_prose_last(rows, width_of(style));
  if (widths.empty()) widths = column_widths(rows, width_of(style), kGap);
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const std::vector<std::string>& pieces : fit_row(rows[i], widths)) {
      std::string line;
      for (const std::string& piece : pieces) line += (line.empty() ? "" : std::string(kGap, ' ')) + piece;
      const bool is_heading = i == 0 && style.colour;
      if (is_heading) line = "\x1b[1m" + line.substr(0, line.find_last_not_of(' ') + 1) + "\x1b[0m";
      append_line(std::move(line), text);
    }
  }
  return text;
}

Cell duration_cell(const Transaction& transaction) {
  const std::optional<std::int64_t> duration = duration_of(transaction);
  return duration ? Cell(*duration) : Cell();
}

Cell status_cell(const Transaction& transaction) {
  return transaction.status ? Cell(std::int64_t{*transaction.status}) : Cell();
}

std::string target_text(const Transaction& transaction) {
  if (!transaction.target) return "";
  const std::string text = to_string(*transaction.target);
  return transaction.target->decoded ? text : text + " (not decoded)";
}

// What people look at first: when, who, what, where to, and how it ended.
Table transaction_overview(const Report& report) {
  const bool several_nodes = report.nodes.size() > 1;
  Table table{{"begin", "client", "method", "target", "status", "duration_ms", "user", "diagnostics"}, {}};
  if (several_nodes) table.columns.insert(table.columns.begin(), "node");
  for (const Transaction& one : report.transactions) {
    std::vector<Cell> row{
        time_cell(one.begin), one.client,         one.method, target_text(one),
        status_cell(one),     duration_cell(one), one.user,   number_cell(one.diagnostics.size())};
    if (several_nodes) row.insert(row.begin(), Cell(one.node));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void append_target(const std::optional<Target>& target, std::vector<Cell>& row) {
  if (!target) {
    row.resize(row.size() + 6);
    return;
  }
  const Cell port = target->port ? Cell(std::int64_t{*target->port}) : Cell();
  const std::vector<Cell> cells{target->raw,      target->decoded, target->domain,
                                target->protocol, target->host,    port};
  row.insert(row.end(), cells.begin(), cells.end());
}

void append_handshake(const std::optional<JoinedHandshake>& handshake, std::vector<Cell>& row) {
  if (!handshake) {
    row.resize(row.size() + 4);
    return;
  }
  const std::vector<Cell> cells{handshake->place.path, number_cell(handshake->place.line),
                                std::string(to_string(handshake->join)), handshake->outcome};
  row.insert(row.end(), cells.begin(), cells.end());
}

Cell diagnostics_cell(const Transaction& transaction) {
  std::string joined;
  for (const JoinedDiagnostic& one : transaction.diagnostics)
    joined += (joined.empty() ? "" : " | ") + one.text;
  return text_or_none(std::move(joined));
}

// In the order of the columns below.
std::vector<Cell> details_of(const Transaction& one) {
  std::vector<Cell> row{one.node,
                        one.id,
                        one.process,
                        one.pid ? number_cell(*one.pid) : Cell(),
                        time_cell(one.begin),
                        time_cell(one.end),
                        duration_cell(one),
                        one.client,
                        one.method,
                        one.url_asked,
                        one.url_sent};
  append_target(one.target, row);
  const std::vector<Cell> fate{one.server, status_cell(one), one.reason,
                               one.user,   one.tracking_id,  one.complete};
  row.insert(row.end(), fate.begin(), fate.end());
  append_handshake(one.handshake, row);
  const std::vector<Cell> rest{diagnostics_cell(one), one.place.path, number_cell(one.place.line),
                               number_cell(one.place.offset)};
  row.insert(row.end(), rest.begin(), rest.end());
  return row;
}

Table transaction_details(const Report& report) {
  Table table{{"node",
               "id",
               "process",
               "pid",
               "begin",
               "end",
               "duration_ms",
               "client",
               "method",
               "url_asked",
               "url_sent",
               "target.raw",
               "target.decoded",
               "target.domain",
               "target.protocol",
               "target.host",
               "target.port",
               "server",
               "status",
               "reason",
               "user",
               "tracking_id",
               "complete",
               "handshake.path",
               "handshake.packet",
               "handshake.join",
               "handshake.outcome",
               "diagnostics",
               "path",
               "line",
               "offset"},
              {}};
  for (const Transaction& one : report.transactions) table.rows.push_back(details_of(one));
  return table;
}

}  // namespace

bool fits(const Table& table, const TextStyle& style) {
  return !widths_with_prose_last(texts_of(table), width_of(style)).empty();
}

std::string rows_to(TableFormat format, const Table& table, const TextStyle& style) {
  std::string lines;
  switch (format) {
    case TableFormat::table:
      return to_aligned(table, style);
    case TableFormat::csv:
      return to_csv(table);
    case TableFormat::jsonl:
      for (const std::vector<Cell>& row : table.rows) lines += json_line(table.columns, row) + '\n';
      return lines;
  }
  return lines;
}

std::string transactions_to(TableFormat format, const Report& report, const TextStyle& style) {
  std::string lines;
  switch (format) {
    case TableFormat::table:
      return to_aligned(transaction_overview(report), style);
    case TableFormat::csv:
      return to_csv(transaction_details(report));
    case TableFormat::jsonl:
      for (const Transaction& one : report.transactions) lines += json_line(one) + '\n';
      return lines;
  }
  return lines;
}

}  // namespace assay
