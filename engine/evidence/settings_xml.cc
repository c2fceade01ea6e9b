// Settings out of XML dumps. Only the whole dump tells their paths, so it is gone through three times: what
// stands in a row, what items mean, and the settings. To keep them in between would take many times its size.
#include "evidence/settings_xml.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "characters.h"
#include "evidence/words.h"
#include "evidence/xml_paths.h"
#include "evidence/xml_tags.h"

namespace assay {
namespace {

using Source = SettingEvent::Source;

std::optional<Source> source_of_root(std::string_view name) {
  if (equal_ignoring_case(name, "Configuration") || equal_ignoring_case(name, "xConfiguration")) {
    return Source::configuration;
  }
  if (equal_ignoring_case(name, "Status") || equal_ignoring_case(name, "xStatus")) return Source::status;
  return std::nullopt;
}

struct Element {
  std::string name;
  bool has_children = false;
};

// Calls with each element that has no others in it: a setting with its raw path.
using LeafVisitor = std::function<void(const Setting&)>;

class LeafReader {
 public:
  LeafReader(std::string_view text, XmlPaths& paths, const LeafVisitor& visit)
      : text_(text), reader_(text), paths_(paths), visit_(visit) {
    paths_.leave_all();
  }

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

 private:
  void open(const XmlPiece& piece) {
    if (!source_) {
      source_ = source_of_root(piece.name);
      root_ = source_ ? piece.name : root_;
      return;
    }
    if (too_deep_ > 0 || elements_.size() >= kMaxSettingDepth ||
        paths_.raw().size() + piece.name.size() > kMaxSettingPath) {
      ++too_deep_;
      return;
    }
    if (!elements_.empty()) elements_.back().has_children = true;
    elements_.push_back({.name = std::string(piece.name), .has_children = false});
    paths_.enter(piece.name, xml_attribute(piece.attributes, "item"));
    value_.clear();
    offset_ = piece.offset;
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
    paths_.leave_all();
    source_.reset();
  }

  void close_innermost(const XmlPiece& closing) {
    const Element& element = elements_.back();
    if (!element.has_children) {
      count_lines_to(offset_);
      const std::size_t end = std::min(text_.find('>', closing.offset), text_.size() - 1) + 1;
      visit_({.source = *source_,
              .path = paths_.raw(),
              .value = trimmed(value_),
              .text = text_.substr(offset_, end - offset_),
              .line = line_,
              .offset = offset_});
    }
    value_.clear();
    paths_.leave();
    elements_.pop_back();
  }

  void count_lines_to(std::uint64_t offset) {
    const std::string_view passed = text_.substr(counted_to_, offset - counted_to_);
    line_ += static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    counted_to_ = offset;
  }

  std::string_view text_;
  XmlReader reader_;
  std::optional<Source> source_;
  std::string_view root_;
  std::vector<Element> elements_;
  std::size_t too_deep_ = 0;
  XmlPaths& paths_;
  const LeafVisitor& visit_;
  std::string value_;
  std::uint64_t offset_ = 0;  // of the last opening tag
  std::uint64_t line_ = 1;
  std::uint64_t counted_to_ = 0;
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
  XmlPaths paths;
  const auto read = [&](const LeafVisitor& leaf) {
    LeafReader reader(text, paths, leaf);
    reader.read();
    return !reader.is_in_root();
  };
  read([](const Setting&) {});
  read([&paths](const Setting& leaf) { paths.judge(leaf.path); });
  std::string path;
  return read([&](Setting leaf) {
    paths.settle(leaf.path, path);
    if (path.empty()) return;
    leaf.path = path;
    visit(leaf);
  });
}

}  // namespace assay
