// Settings out of XML dumps.
//
// Where every element carries an item attribute, item="1" is an index in some places (Zone) and nothing in
// others (Zones), and the text form has the index only in the former. It is taken as an index where the same
// element also occurs with a higher one, or where the element above is named as its plural. That can only be
// told when all is read, so settings are collected first.
#include "evidence/settings_xml.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "evidence/words.h"
#include "evidence/xml_tags.h"

namespace assay {
namespace {

using Source = SettingEvent::Source;

// Stands behind a word whose item is "1", until it is known whether that is an index.
constexpr char kFirstItem = '\1';

std::optional<Source> source_of_root(std::string_view name) {
  if (equal_ignoring_case(name, "Configuration") || equal_ignoring_case(name, "xConfiguration")) {
    return Source::configuration;
  }
  if (equal_ignoring_case(name, "Status") || equal_ignoring_case(name, "xStatus")) return Source::status;
  return std::nullopt;
}

bool is_index(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Element {
  std::string name;
  std::size_t path_size = 0;     // of the path above
  std::size_t general_size = 0;  // of the general path above
  bool has_children = false;
};

struct Leaf {
  std::string path;
  std::string value;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::uint64_t end = 0;
  Source source = Source::configuration;
};

class DumpReader {
 public:
  explicit DumpReader(std::string_view text) : text_(text), reader_(text) {}

  void read() {
    for (XmlPiece piece = reader_.next(); piece.kind != XmlPiece::Kind::end; piece = reader_.next()) {
      switch (piece.kind) {
        case XmlPiece::Kind::text:
          if (source_ && too_deep_ == 0) append_xml_text(piece.text, value_);
          break;
        case XmlPiece::Kind::opening:
          open(piece);
          break;
        case XmlPiece::Kind::empty_element:
          open(piece);
          close(piece);
          break;
        case XmlPiece::Kind::closing:
          close(piece);
          break;
        case XmlPiece::Kind::end:
          break;
      }
    }
  }

  bool is_in_root() const { return source_.has_value(); }

  void hand_out(const SettingVisitor& visit) const {
    std::string path;
    for (const Leaf& leaf : leaves_) {
      settle_indexes(leaf.path, path);
      if (path.empty()) continue;
      visit({.source = leaf.source,
             .path = path,
             .value = trimmed(leaf.value),
             .text = text_.substr(leaf.offset, leaf.end - leaf.offset),
             .line = leaf.line,
             .offset = leaf.offset});
    }
  }

 private:
  void open(const XmlPiece& piece) {
    if (!source_) {
      source_ = source_of_root(piece.name);
      root_ = source_ ? piece.name : root_;
      return;
    }
    if (too_deep_ > 0 || elements_.size() >= kMaxSettingDepth ||
        path_.size() + piece.name.size() > kMaxSettingPath) {
      ++too_deep_;
      return;
    }
    if (!elements_.empty()) elements_.back().has_children = true;
    elements_.push_back({.name = std::string(piece.name),
                         .path_size = path_.size(),
                         .general_size = general_.size(),
                         .has_children = false});
    append_step(piece);
    value_.clear();
    offset_ = piece.offset;
  }

  void append_step(const XmlPiece& piece) {
    if (!path_.empty()) path_ += ' ';
    path_.append(piece.name);
    general_ += ' ';
    general_.append(piece.name);
    const std::string_view item = trimmed(xml_attribute(piece.attributes, "item"));
    if (!is_index(item)) {
      every_element_has_item_ = false;
    } else if (item == "1") {
      path_ += kFirstItem;
    } else {
      path_ += ' ';
      path_.append(item);
      indexed_.insert(general_);
    }
  }

  // Closes the element of that name and all that were left open in it; a name that is not open is passed
  // over.
  void close(const XmlPiece& piece) {
    if (!source_) return;
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    const auto open = std::find_if(elements_.rbegin(), elements_.rend(),
                                   [&](const Element& element) { return element.name == piece.name; });
    if (open == elements_.rend()) {
      if (piece.name == root_) leave_root();
      return;
    }
    const std::size_t left = static_cast<std::size_t>(elements_.rend() - open) - 1;
    while (elements_.size() > left) close_innermost(piece);
  }

  void leave_root() {
    elements_.clear();
    path_.clear();
    general_.clear();
    source_.reset();
  }

  void close_innermost(const XmlPiece& closing) {
    const Element& element = elements_.back();
    if (!element.has_children) {
      count_lines_to(offset_);
      const std::size_t end = std::min(text_.find('>', closing.offset), text_.size() - 1) + 1;
      leaves_.push_back(
          {.path = path_, .value = value_, .line = line_, .offset = offset_, .end = end, .source = *source_});
    }
    value_.clear();
    path_.resize(element.path_size);
    general_.resize(element.general_size);
    elements_.pop_back();
  }

  void count_lines_to(std::uint64_t offset) {
    const std::string_view passed = text_.substr(counted_to_, offset - counted_to_);
    line_ += static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    counted_to_ = offset;
  }

  // Replaces `settled` by the path in which every first item has become an index or gone.
  void settle_indexes(std::string_view path, std::string& settled) const {
    settled.clear();
    std::string general;
    std::string_view above;
    while (!path.empty()) {
      const std::size_t end = std::min(path.find(' '), path.size());
      std::string_view word = path.substr(0, end);
      path.remove_prefix(std::min(end + 1, path.size()));
      const bool first_item = word.ends_with(kFirstItem);
      if (first_item) word.remove_suffix(1);
      if (!settled.empty()) settled += ' ';
      settled.append(word);
      if (is_index(word)) continue;
      general += ' ';
      general.append(word);
      if (first_item && (!every_element_has_item_ || indexed_.contains(general) || is_plural(above, word))) {
        settled += " 1";
      }
      above = word;
    }
  }

  static bool is_plural(std::string_view plural, std::string_view word) {
    return plural.size() == word.size() + 1 && lower(plural.back()) == 's' &&
           starts_with_ignoring_case(plural, word);
  }

  std::string_view text_;
  XmlReader reader_;
  std::optional<Source> source_;
  std::string_view root_;
  std::vector<Element> elements_;
  std::size_t too_deep_ = 0;
  std::string path_;
  std::string general_;  // the path without indexes
  std::string value_;
  std::uint64_t offset_ = 0;  // of the last opening tag
  std::uint64_t line_ = 1;
  std::uint64_t counted_to_ = 0;
  bool every_element_has_item_ = true;
  std::set<std::string, std::less<>> indexed_;
  std::vector<Leaf> leaves_;
};

}  // namespace

std::optional<Source> settings_xml_source(std::string_view text) {
  XmlReader reader(text);
  constexpr int kTagsBeforeRoot = 8;
  int tags = 0;
  for (XmlPiece piece = reader.next(); piece.kind != XmlPiece::Kind::end && tags < kTagsBeforeRoot;
       piece = reader.next()) {
    if (piece.kind != XmlPiece::Kind::opening) continue;
    if (const std::optional<Source> source = source_of_root(piece.name)) return source;
    ++tags;
  }
  return std::nullopt;
}

bool parse_settings_xml(std::string_view text, const SettingVisitor& visit) {
  DumpReader reader(text);
  reader.read();
  reader.hand_out(visit);
  return !reader.is_in_root();
}

}  // namespace assay
