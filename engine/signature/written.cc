// libyaml tells where its values begin and end; comments are what begins with '#' outside of them.
#include "signature/written.h"

#include <yaml.h>

#include <algorithm>

namespace assay {
namespace {

// From libyaml's places, which count characters, to offsets. They are asked for in order, so that the text is
// gone over once.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {}

  std::size_t of(const yaml_mark_t& mark) {
    if (mark.index < character_) character_ = byte_ = 0;
    for (; character_ < mark.index && byte_ < text_.size(); ++character_) {
      ++byte_;
      while (byte_ < text_.size() && (static_cast<unsigned char>(text_[byte_]) & 0xC0U) == 0x80U) ++byte_;
    }
    return byte_;
  }

 private:
  std::string_view text_;
  std::size_t character_ = 0;
  std::size_t byte_ = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), offsets_(text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Reader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::optional<WrittenText> read() {
    next();  // the stream's start, then the document's
    next();
    if (event_.type != YAML_DOCUMENT_START_EVENT) return std::nullopt;
    WrittenText written;
    next();
    read_node(written.root);
    find_comments(text_.size());
    written.comments = std::move(comments_);
    return written;
  }

 private:
  void next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) event_ = {};
  }

  bool at_end_of(const WrittenNode& node) const {
    const auto end = node.is_map() ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    return event_.type == end || event_.type == YAML_NO_EVENT;
  }

  void read_node(WrittenNode& node) {
    node.begin = offsets_.of(event_.start_mark);
    node.column = event_.start_mark.column;
    node.form = form_at_hand();
    if (event_.type == YAML_SCALAR_EVENT) {
      const auto& scalar = event_.data.scalar;
      node.value.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
      node.end = offsets_.of(event_.end_mark);
      find_comments(node.begin);
      searched_ = node.end;
      return;
    }
    read_entries(node);
    node.end = node.is_flow() ? offsets_.of(event_.end_mark) : last_end_;
  }

  void read_entries(WrittenNode& node) {
    for (next(); !at_end_of(node); next()) {
      WrittenEntry& entry = node.entries.emplace_back();
      if (node.is_map()) {
        read_node(entry.key);
        next();
      }
      read_node(entry.value);
      last_end_ = entry.value.end;
    }
  }

  WrittenNode::Form form_at_hand() const {
    using enum WrittenNode::Form;
    if (event_.type == YAML_SEQUENCE_START_EVENT) {
      return event_.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? flow_list : block_list;
    }
    if (event_.type == YAML_MAPPING_START_EVENT) {
      return event_.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? flow_map : block_map;
    }
    const bool is_scalar = event_.type == YAML_SCALAR_EVENT;
    const auto style = is_scalar ? event_.data.scalar.style : YAML_ANY_SCALAR_STYLE;
    const bool block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    return block ? block_scalar : scalar;
  }

  // Between values, from where the last one ended up to `end`.
  void find_comments(std::size_t end) {
    while (searched_ < end) {
      const std::size_t at = text_.find('#', searched_);
      if (at >= end) return;
      const std::size_t line = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
      const std::string_view before = text_.substr(line, at - line);
      searched_ = at + 1;
      if (!before.empty() && before.back() != ' ' && before.back() != '\t') continue;
      const std::size_t line_end = std::min(text_.find('\n', at), text_.size());
      std::string_view words = text_.substr(at, line_end - at);
      words = words.substr(0, words.find_last_not_of(" \t") + 1);
      const bool is_alone = before.find_first_not_of(" \t") == std::string_view::npos;
      comments_.push_back({.text = words, .begin = at, .is_alone = is_alone});
      searched_ = line_end;
    }
  }

  std::string_view text_;
  Offsets offsets_;
  std::vector<WrittenComment> comments_;
  std::size_t searched_ = 0;
  std::size_t last_end_ = 0;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

}  // namespace

std::optional<WrittenText> read_written(std::string_view text) {
  return Reader(text).read();
}

}  // namespace assay
