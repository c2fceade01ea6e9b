// libyaml's events into a tree. It is several times faster than libraries that build trees themselves, and
// events show what a tree hides: duplicate keys, anchors, a second document.
//
// A stranger's file is bounded by its size, its depth and the number of its values: checks compare values
// with one another. Aliases, which would multiply these, are refused, as are tags: a signature needs neither.
#include "signature/yaml_node.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <optional>

#include "characters.h"
#include "signature/remarks.h"

namespace assay {

namespace {

using NodeKind = YamlNode::Kind;

// A long signature with its tests and three languages has 40 KiB.
constexpr std::size_t kMaxBytes = 1 << 20;

// The same signature has 600. What compares each of them with each other is still done in a moment.
constexpr std::size_t kMaxValues = 10'000;

// observe/name/log/any/item/not/field/operator is 8; conditions within conditions add two each.
constexpr std::size_t kMaxDepth = 40;

// Length of the UTF-8 character at the front of `text`, 0 if there is none: no overlong forms, no surrogates.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF && follows(1)) return 2;
  if ((first & 0xF0U) == 0xE0U && follows(1) && follows(2)) {
    const bool wrong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0);
    return wrong ? 0 : 3;
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    const bool wrong = (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90);
    return wrong ? 0 : 4;
  }
  return 0;
}

// What libyaml does not say: how such a mistake comes about.
std::string_view advice_on(std::string_view message) {
  const auto says = [message](std::string_view part) { return message.find(part) != std::string_view::npos; };
  if (says("mapping values are not allowed"))
    return "; put text that holds ': ' between quotes, and begin the keys of one map in the same column";
  if (says("unknown escape character"))
    return "; between double quotes a backslash is written twice, between single quotes once";
  if (says("did not find expected key"))
    return "; begin the keys of one map in the same column, and write a single quote between single quotes "
           "twice";
  return "";
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

// Remarks on the first byte that no signature can have. libyaml would say less about where it is.
bool check_characters(std::string_view text, Remarks& remarks) {
  Mark mark{.line = 1, .column = 1};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text.substr(at));
    if (length == 0) {
      remarks.error(mark, "not-utf8",
                    fmt::format("the byte 0x{:02x} is no UTF-8; save the file as UTF-8",
                                static_cast<unsigned char>(text[at])));
      return false;
    }
    if (is_control(text[at])) {
      remarks.error(
          mark, "yaml-syntax",
          fmt::format("the control character 0x{:02x}; write it as \"\\x{:02x}\" between double quotes",
                      text[at], text[at]));
      return false;
    }
    mark.column += static_cast<std::uint32_t>(length);
    if (text[at] == '\n') mark = {.line = mark.line + 1, .column = 1};
    at += length;
  }
  return true;
}

bool is_decimal(std::string_view text) {
  const std::size_t digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
  const std::size_t dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  return digits > 0 && dots <= 1 && digits + dots == text.size();
}

YamlNode::Kind kind_of_plain(std::string_view text) {
  for (const std::string_view word : {"", "~", "null", "Null", "NULL"}) {
    if (text == word) return NodeKind::null;
  }
  for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
    if (text == word) return NodeKind::boolean;
  }
  std::string_view number = text;
  if (number.front() == '+' || number.front() == '-') number.remove_prefix(1);
  if (!number.empty() && std::all_of(number.begin(), number.end(), is_digit)) return NodeKind::integer;
  const std::size_t exponent = number.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view power = number.substr(exponent + 1);
    if (!power.empty() && (power.front() == '+' || power.front() == '-')) power.remove_prefix(1);
    if (power.empty() || !std::all_of(power.begin(), power.end(), is_digit)) return NodeKind::text;
    number = number.substr(0, exponent);
  }
  return is_decimal(number) ? NodeKind::number : NodeKind::text;
}

// libyaml counts columns in characters; people's editors and our readers count bytes.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      starts_.push_back(at + 1);
    }
  }

  std::string_view line_of(Mark mark) const {
    const std::string_view rest = text_.substr(starts_[mark.line - 1]);
    return rest.substr(0, rest.find('\n'));
  }

  char byte_at(Mark mark) const {
    const std::size_t at = starts_[mark.line - 1] + mark.column - 1;
    return at < text_.size() ? text_[at] : '\n';
  }

  // Marks are asked for in the order of the text: a line that is the whole file is still gone over once.
  Mark mark(const yaml_mark_t& at) {
    if (at.line >= starts_.size()) return {.line = static_cast<std::uint32_t>(starts_.size()), .column = 1};
    if (at.line != reached_line_ || at.column < reached_characters_) {
      reached_line_ = at.line;
      reached_characters_ = reached_bytes_ = 0;
    }
    const std::string_view line = text_.substr(starts_[at.line]);
    for (; reached_characters_ < at.column && reached_bytes_ < line.size(); ++reached_characters_)
      reached_bytes_ += std::max<std::size_t>(1, character_length(line.substr(reached_bytes_)));
    return {.line = static_cast<std::uint32_t>(at.line + 1),
            .column = static_cast<std::uint32_t>(reached_bytes_ + 1)};
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
  std::size_t reached_line_ = 0;
  std::size_t reached_characters_ = 0;
  std::size_t reached_bytes_ = 0;
};

// Owns the parser and the event at hand.
class Events {
 public:
  explicit Events(std::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Events() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  bool next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) != 0;
  }
  const yaml_event_t& event() const { return event_; }
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

class TreeReader {
 public:
  TreeReader(std::string_view text, Remarks& remarks) : events_(text), lines_(text), remarks_(remarks) {}

  YamlNode document() {
    YamlNode root;
    if (!next() || !next()) return root;  // the stream's start, then the document's
    if (type() == YAML_STREAM_END_EVENT) {
      remarks_.error({}, "empty-file", "the file is empty; it has to hold one signature");
      return root;
    }
    if (!next() || !read_node(root, 0) || !next() || !next()) return {};  // half a tree says nothing
    if (type() == YAML_DOCUMENT_START_EVENT) {
      remarks_.error(here(), "several-documents",
                     "a second document begins here; a file holds one signature");
      return {};
    }
    if (has_alias_) return {};
    return root;
  }

 private:
  yaml_event_type_t type() const { return events_.event().type; }
  Mark here() { return lines_.mark(events_.event().start_mark); }

  bool next() {
    if (events_.next()) return true;
    const yaml_parser_t& parser = events_.parser();
    const Mark mark =
        parser.problem_mark.line == 0 && parser.problem_mark.column == 0 && parser.problem_offset == 0
            ? Mark{.line = 1, .column = 1}
            : lines_.mark(parser.problem_mark);
    std::string message = parser.problem == nullptr ? "cannot be read" : parser.problem;
    if (parser.context != nullptr && parser.context_mark.line != parser.problem_mark.line) {
      message += fmt::format(", {} that began in line {}", parser.context, parser.context_mark.line + 1);
    }
    if (message.find("expected ','") != std::string::npos &&
        lines_.line_of(mark).find("{{") != std::string_view::npos) {
      message += "; put text with {{...}} between quotes";
    }
    message += advice_on(message);
    if (message.find("cannot start any token") != std::string::npos) {
      message =
          lines_.byte_at(mark) == '\t'
              ? "a tab; YAML is indented by blanks"
              : fmt::format("a value cannot begin with '{}'; put it between quotes", lines_.byte_at(mark));
    }
    remarks_.error(mark, "yaml-syntax", std::move(message));
    return false;
  }

  // Reads the node whose first event is at hand. False: reading cannot go on.
  bool read_node(YamlNode& node, std::size_t depth) {
    node.mark = here();
    if (depth > kMaxDepth) {
      remarks_.error(here(), "too-deep", fmt::format("more than {} levels within one another", kMaxDepth));
      return false;
    }
    if (++values_ > kMaxValues) {
      remarks_.error(
          here(), "too-large",
          fmt::format("a signature may have {} keys and values; here is the next one", kMaxValues));
      return false;
    }
    switch (type()) {
      case YAML_SCALAR_EVENT:
        read_scalar(node);
        return true;
      case YAML_SEQUENCE_START_EVENT:
        check_plain(events_.event().data.sequence_start.anchor, events_.event().data.sequence_start.tag);
        return read_list(node, depth);
      case YAML_MAPPING_START_EVENT:
        check_plain(events_.event().data.mapping_start.anchor, events_.event().data.mapping_start.tag);
        return read_map(node, depth);
      case YAML_ALIAS_EVENT:
        remarks_.error(here(), "yaml-alias",
                       fmt::format("the alias '*{}'; signatures have none: write it out",
                                   words(events_.event().data.alias.anchor)));
        has_alias_ = true;
        return true;
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        break;
    }
    return false;
  }

  void read_scalar(YamlNode& node) {
    const auto& scalar = events_.event().data.scalar;
    check_plain(scalar.anchor, scalar.tag);
    node.text.assign(words(scalar.value), scalar.length);
    node.kind = scalar.style == YAML_PLAIN_SCALAR_STYLE ? kind_of_plain(node.text) : YamlNode::Kind::text;
  }

  bool read_list(YamlNode& node, std::size_t depth) {
    node.kind = YamlNode::Kind::list;
    while (next()) {
      if (type() == YAML_SEQUENCE_END_EVENT) return true;
      if (!read_node(node.items.emplace_back(), depth + 1)) return false;
    }
    return false;
  }

  bool read_map(YamlNode& node, std::size_t depth) {
    node.kind = YamlNode::Kind::map;
    while (next()) {
      if (type() == YAML_MAPPING_END_EVENT) {
        check_duplicates(node);
        return true;
      }
      YamlNode key;
      if (!read_node(key, depth + 1) || !next()) return false;
      if (key.is_map() || key.is_list()) remarks_.error(key.mark, "wrong-type", "a key has to be text");
      YamlEntry& entry = node.entries.emplace_back();
      entry.key = std::move(key.text);
      entry.key_mark = key.mark;
      if (!read_node(entry.value, depth + 1)) return false;
    }
    return false;
  }

  void check_plain(const yaml_char_t* anchor, const yaml_char_t* tag) {
    if (anchor != nullptr) {
      remarks_.error(here(), "yaml-alias",
                     fmt::format("the anchor '&{}'; signatures have none: write it out", words(anchor)));
    }
    if (tag != nullptr) {
      remarks_.error(here(), "yaml-tag",
                     fmt::format("the tag '{}'; signatures have none: leave it out", words(tag)));
    }
  }

  void check_duplicates(const YamlNode& map) {
    std::vector<const YamlEntry*> entries;
    for (const YamlEntry& entry : map.entries) entries.push_back(&entry);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const YamlEntry* a, const YamlEntry* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (entries[i]->key != entries[i - 1]->key) continue;
      remarks_.error(entries[i]->key_mark, "duplicate-key",
                     fmt::format("the key '{}' stands here again; the first one is in line {}",
                                 entries[i]->key, entries[i - 1]->key_mark.line));
    }
  }

  static const char* words(const yaml_char_t* text) { return reinterpret_cast<const char*>(text); }

  Events events_;
  LineIndex lines_;
  Remarks& remarks_;
  std::size_t values_ = 0;
  bool has_alias_ = false;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

YamlNode read_yaml(std::string_view text, Remarks& remarks) {
  if (text.size() > kMaxBytes) {
    remarks.error({}, "too-large",
                  fmt::format("the file has {} bytes; a signature may have {}", text.size(), kMaxBytes));
    return {};
  }
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  if (!check_characters(text, remarks)) return {};
  return TreeReader(text, remarks).document();
}

}  // namespace assay
