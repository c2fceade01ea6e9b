// Every step is collected with its number, and with what kind of number that is.
#include "evidence/xml_paths.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "characters.h"
#include "evidence/words.h"

namespace assay {
namespace {

// Each stands behind a word, in front of the number of its item, or of its place among elements of its name.
constexpr char kItem = '\1';
constexpr char kPlace = '\2';
constexpr std::string_view kMarks = "\1\2";

// The number of an item attribute; 0 if it is none.
std::size_t item_number(std::string_view item) {
  constexpr std::size_t kMostDigits = 9;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), number);
  const bool is_number = error == std::errc{} && end == item.data() + item.size();
  return is_number && item.size() <= kMostDigits ? number : 0;
}

// "Zones" of "Zone", "SearchRules" of "Rule", "Aliases" of "Alias", "Policies" of "Policy".
bool is_plural(std::string_view plural, std::string_view word) {
  const auto ends_with = [&](std::string_view stem, std::string_view ending) {
    const std::size_t size = stem.size() + ending.size();
    if (plural.size() < size) return false;
    const std::string_view last = plural.substr(plural.size() - size);
    return equal_ignoring_case(last.substr(0, stem.size()), stem) &&
           equal_ignoring_case(last.substr(stem.size()), ending);
  };
  if (word.empty()) return false;
  if (ends_with(word, "s") || ends_with(word, "es")) return true;
  return lower(word.back()) == 'y' && ends_with(word.substr(0, word.size() - 1), "ies");
}

// Lists whose names are no plurals, with the word above where there is one.
constexpr std::pair<std::string_view, std::string_view> kLists[] = {
    {"", "Ethernet"}, {"NTP", "Server"}, {"DNS", "Server"}, {"Logger", "Network"}, {"Logger", "Developer"}};

bool is_named_as_list(std::string_view above, std::string_view word) {
  return is_plural(above, word) || std::any_of(std::begin(kLists), std::end(kLists), [&](const auto& list) {
           return equal_ignoring_case(list.first, above) && equal_ignoring_case(list.second, word);
         });
}

}  // namespace

struct XmlPaths::Step {
  std::string_view word;
  std::string_view number;
  bool has_item = false;
};

void XmlPaths::enter(std::string_view name, std::string_view item) {
  const std::size_t given = item_number(trimmed(item));
  Row& row = levels_.back().children;
  if (row.name != name) row = {.name = std::string(name), .last = 0, .has_items = false};
  const bool follows_item = row.has_items;
  row.last = given > 0 ? given : row.last + 1;
  row.has_items = row.has_items || given > 0;
  const std::size_t number = row.last;

  levels_.push_back(
      {.raw_size = raw_.size(), .general_size = general_.size(), .has_item = given > 0, .children = {}});
  if (!raw_.empty()) raw_ += ' ';
  raw_.append(name).append(1, given > 0 ? kItem : kPlace).append(std::to_string(number));
  general_.append(1, ' ').append(name);
  if (number == 1) return;
  if ((given > 0 || follows_item) && indexed_.size() < kMostLists) indexed_.insert(general_);
  if (repeated_.size() < kMostLists) repeated_.insert(general_);
}

void XmlPaths::leave() {
  const Level& level = levels_.back();
  const bool is_branch = !level.children.name.empty();
  if (is_branch && !level.has_item) branch_without_item_ = true;
  raw_.resize(level.raw_size);
  general_.resize(level.general_size);
  levels_.pop_back();
}

void XmlPaths::leave_all() {
  levels_.assign(1, Level{});
  raw_.clear();
  general_.clear();
}

XmlPaths::Step XmlPaths::take_step(std::string_view& raw) {
  const std::size_t mark = std::min(raw.find_first_of(kMarks), raw.size() - 1);
  const std::size_t end = std::min(raw.find(' ', mark), raw.size());
  const Step step{.word = raw.substr(0, mark),
                  .number = raw.substr(mark + 1, end - mark - 1),
                  .has_item = raw[mark] == kItem};
  raw.remove_prefix(std::min(end + 1, raw.size()));
  return step;
}

void XmlPaths::judge(std::string_view raw) {
  std::string general;
  Step above;
  while (!raw.empty() && !idle_item_) {
    const Step step = take_step(raw);
    general.append(1, ' ').append(step.word);
    const bool list = is_named_as_list(above.word, step.word) || indexed_.contains(general);
    if (step.has_item && above.has_item && is_plural(above.word, step.word)) idle_item_ = true;
    if (step.has_item && raw.empty() && !list) idle_item_ = true;
    above = step;
  }
}

void XmlPaths::settle(std::string_view raw, std::string& path) const {
  path.clear();
  std::string general;
  std::string_view above;
  while (!raw.empty()) {
    const Step step = take_step(raw);
    general.append(1, ' ').append(step.word);
    if (!path.empty()) path += ' ';
    path.append(step.word);
    if (has_index(step, above, general)) path.append(1, ' ').append(step.number);
    above = step.word;
  }
}

bool XmlPaths::has_index(const Step& step, std::string_view above, const std::string& general) const {
  if (indexed_.contains(general)) return true;
  if (!step.has_item) return repeated_.contains(general) && is_named_as_list(above, step.word);
  return (branch_without_item_ && !idle_item_) || is_named_as_list(above, step.word);
}

}  // namespace assay
