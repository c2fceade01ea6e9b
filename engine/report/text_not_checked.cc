// What could not be checked, node by node: each thing that is missing stands once, with the signatures that
// lack it; how to get it, which is often the same, stands once below all of them.
#include "report/text_not_checked.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "assay/formats.h"

namespace assay {
namespace {

constexpr std::size_t kIdsShown = 3;

struct Lack {
  const Missing* missing;
  std::vector<std::string> ids;  // the gravest first, as findings are
};

struct NodeLacks {
  std::string node;
  std::vector<Lack> lacks;
};

// The entry of `list` for which `is_it` holds; `fresh` is put behind the others if there is none.
template <typename Entry, typename IsIt>
Entry& entry_of(std::vector<Entry>& list, const IsIt& is_it, Entry fresh) {
  const auto found = std::find_if(list.begin(), list.end(), is_it);
  if (found != list.end()) return *found;
  list.push_back(std::move(fresh));
  return list.back();
}

std::vector<NodeLacks> lacks_in(const Report& report) {
  std::vector<NodeLacks> nodes;
  for (const Finding& finding : report.findings) {
    if (finding.status != Status::missing_information) continue;
    NodeLacks& node = entry_of(
        nodes, [&](const NodeLacks& one) { return one.node == finding.node; },
        NodeLacks{.node = finding.node, .lacks = {}});
    for (const Missing& missing : finding.missing) {
      Lack& lack = entry_of(
          node.lacks, [&](const Lack& one) { return *one.missing == missing; },
          Lack{.missing = &missing, .ids = {}});
      lack.ids.push_back(printable(finding.id));
    }
  }
  return nodes;
}

std::string words_for(const std::vector<std::string>& ids, bool all, const Headings& headings) {
  const std::size_t shown = all || ids.size() <= kIdsShown + 1 ? ids.size() : kIdsShown;
  std::string words = fmt::format(
      "{}", fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(shown), headings.separator));
  if (shown < ids.size()) words += ' ' + fill(headings.more_problems, ids.size() - shown);
  return words;
}

bool lacks_all(const Report& report, const std::string& name) {
  return std::any_of(report.nodes.begin(), report.nodes.end(),
                     [&](const Node& node) { return node.name == name && node.evidence.empty(); });
}

void write_ways(const std::vector<std::string>& ways, const Headings& headings, Page& page) {
  if (ways.empty()) return;
  page.blank();
  page.paragraph(headings.ways, 0);
  for (const std::string& way : ways) page.item("- ", way, 2);
}

}  // namespace

void write_not_checked(const Report& report, const Headings& headings, bool all, Page& page) {
  const std::vector<NodeLacks> nodes = lacks_in(report);
  if (nodes.empty() || !has_evidence(report)) return;
  page.rule();
  page.paragraph(headings.not_checked, 0, Paint::bold);
  std::vector<std::string> ways;
  for (const NodeLacks& node : nodes) {
    page.paragraph(node.node.empty() ? headings.whole_case : std::string_view(node.node), 2);
    if (lacks_all(report, node.node)) {
      page.item("- ", headings.no_evidence, 4);
      continue;
    }
    for (const Lack& lack : node.lacks) {
      const Missing& missing = *lack.missing;
      page.item("- ", missing.message.empty() ? missing.what : missing.message, 4);
      page.paragraph(words_for(lack.ids, all, headings), 6, Paint::dim);
      const bool is_new = std::find(ways.begin(), ways.end(), missing.how_to_get) == ways.end();
      if (is_new && !missing.how_to_get.empty()) ways.push_back(missing.how_to_get);
    }
  }
  write_ways(ways, headings, page);
}

}  // namespace assay
