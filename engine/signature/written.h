// A YAML text as its writer sees it: each value with the place and the form in which it stands, and the
// comments between. Laying a file out anew needs what reading it throws away.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct WrittenEntry;

// A value as it stands in the text. Views and offsets are of the text it was read from.
struct WrittenNode {
  enum class Form { scalar, block_scalar, block_list, block_map, flow_list, flow_map };
  Form form = Form::scalar;
  std::size_t begin = 0;
  std::size_t end = 0;     // behind the last byte
  std::size_t column = 0;  // of the first byte, from 0, in characters
  std::string value;       // of a scalar: what it means
  std::vector<WrittenEntry> entries;

  bool is_block() const { return form == Form::block_list || form == Form::block_map; }
  bool is_flow() const { return form == Form::flow_list || form == Form::flow_map; }
  bool is_map() const { return form == Form::block_map || form == Form::flow_map; }
};

struct WrittenEntry {
  WrittenNode key;  // empty in lists
  WrittenNode value;
};

struct WrittenComment {
  std::string_view text;  // from its '#', without blanks at the end
  std::size_t begin = 0;
  bool is_alone = false;  // nothing but blanks before it in its line
};

struct WrittenText {
  WrittenNode root;
  std::vector<WrittenComment> comments;  // in order; but for those in the first line of a block scalar
};

// `text` is one that read_yaml has read without a remark, with "\n" as its only line break. Nothing if it is
// empty.
std::optional<WrittenText> read_written(std::string_view text);

}  // namespace assay
