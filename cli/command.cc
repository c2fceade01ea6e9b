// What several commands offer in the same way.
#include "command.h"

#include <algorithm>
#include <numeric>

namespace assay {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

void add_format(CLI::App& command, std::string& format) {
  format = "table";
  command.add_option("--format", format, "table, jsonl (one JSON object a line) or csv; default: table")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "jsonl", "csv"}).description(""));
}

CLI::Option* add_repeated(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                          const std::string& help) {
  return command.add_option(name, values, help)->allow_extra_args(false);
}

CLI::Validator not_empty() {
  return {[](const std::string& name) { return name.empty() ? "the name of a file is empty" : ""; }, ""};
}

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& name : names) {
    // Who wrote the beginning of a name means it.
    const bool is_start = word.size() >= 4 && name.starts_with(word);
    const std::size_t distance = is_start ? 0 : edit_distance(word, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

}  // namespace assay
