// Reports as text, JSON and tables. Every function makes the bytes of the evidence safe for its format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assay/certificates.h"
#include "assay/explain.h"
#include "assay/report.h"

namespace assay {

struct TextStyle {
  bool colour = false;
  bool all = false;             // also list what was found in order, or does not apply
  unsigned width = 100;         // columns, at least 40
  std::string language = "en";  // of the headings
};

// For people: the verdict first, then each issue, then what could not be checked and why.
// UTF-8, LF, no control character or escape sequence from the evidence.
std::string to_text(const Report& report, const TextStyle& style = {});

// docs/json.md describes it. Pretty-printed, keys in a fixed order, ends with a newline.
std::string to_json(const Report& report);

// An explanation for people, in English, and as JSON; docs/json.md describes that.
std::string to_text(const Explanation& explanation, const TextStyle& style = {});
std::string to_json(const Explanation& explanation);

// table: for people, with aligned columns. jsonl: one JSON object on each line. csv: RFC 4180 with a line of
// names first; a cell from the evidence that a spreadsheet would take for a formula begins with an
// apostrophe.
enum class TableFormat { table, jsonl, csv };

// Report::transactions, named as in JSON. The table shows the columns that people look at first.
std::string transactions_to(TableFormat format, const Report& report, const TextStyle& style = {});

// Report::handshakes and Report::certificates, named as in JSON. On a page too narrow for the columns, the
// table has a paragraph for each.
std::string handshakes_to(TableFormat format, const Report& report, const TextStyle& style = {});
std::string certificates_to(TableFormat format, const Report& report, const TextStyle& style = {});
// What missing_certificates found, with what else the report knows of these certificates.
std::string missing_certificates_to(TableFormat format, const std::vector<MissingCertificate>& missing,
                                    const Report& report, const TextStyle& style = {});

// Rows of anything. A row has a cell for every column; std::monostate is "none".
struct Table {
  using Cell = std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<std::string>>;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};
std::string rows_to(TableFormat format, const Table& table, const TextStyle& style = {});

// The bytes as printable UTF-8: control characters and invalid bytes become \n, \t, \x1b, \xff and so on,
// and characters that change the direction of text become \u202e and so on.
std::string printable(std::string_view bytes);

}  // namespace assay
