// Writes a signature file anew from what stands in it: indentation, order of keys and blank lines by rule,
// everything else as its writer wrote it. What comes out is read again and held against what went in, so a
// text that this cannot lay out is refused rather than changed.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "assay/lint.h"
#include "characters.h"
#include "signature/key_order.h"
#include "signature/margins.h"
#include "signature/remarks.h"
#include "signature/written.h"
#include "signature/yaml_node.h"

namespace assay {
namespace {

constexpr std::size_t kStep = 2;  // of indentation

using Lines = Margins::Lines;
using Form = WrittenNode::Form;

void append(Lines& lines, Lines more) {
  std::move(more.begin(), more.end(), std::back_inserter(lines));
}

// An entry of a block, with the comments and the blank line that stand before it.
struct Chunk {
  std::string key;
  Lines before;
  Lines body;
};

Lines joined(std::vector<Chunk> chunks) {
  Lines lines;
  for (Chunk& chunk : chunks) {
    const bool drop = lines.empty() && !chunk.before.empty() && chunk.before.front().empty();
    if (drop) chunk.before.erase(chunk.before.begin());
    append(lines, std::move(chunk.before));
    append(lines, std::move(chunk.body));
  }
  return lines;
}

std::string_view without_margin(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
}

std::string_view without_blanks_behind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == npos) return lines;
    text.remove_prefix(end + 1);
  }
}

template <typename Entry, typename KeyOf>
void put_in_order(std::vector<Entry>& entries, LayoutPlace place, KeyOf key_of) {
  const auto order = key_order(place);
  if (order.empty()) return;
  std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    return std::find(order.begin(), order.end(), key_of(a)) <
           std::find(order.begin(), order.end(), key_of(b));
  });
}

class Writer {
 public:
  Writer(std::string_view text, const WrittenText& written)
      : text_(text), root_(written.root), margins_(text, written.comments) {}

  std::string write() {
    Lines lines = margins_.before(root_.entries.front().key.begin);  // the head of the file stays there
    if (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
    std::vector<Chunk> chunks = chunks_of(root_, 0, LayoutPlace::root);
    std::string previous;
    for (Chunk& chunk : chunks) {
      std::erase(chunk.before, "");
      const bool section = begins_section(chunk.key, previous);
      if (section && !previous.empty() && !lines.back().empty()) lines.emplace_back();
      previous = chunk.key;
      append(lines, std::move(chunk.before));
      append(lines, std::move(chunk.body));
    }
    append(lines, margins_.at_end());
    return fmt::format("{}\n", fmt::join(lines, "\n"));
  }

 private:
  std::string_view source(const WrittenNode& node) const {
    return text_.substr(node.begin, node.end - node.begin);
  }

  static Lines indented(Lines lines, std::size_t indent) {
    for (std::string& line : lines) {
      if (!line.empty()) line.insert(0, indent, ' ');
    }
    return lines;
  }

  std::vector<Chunk> chunks_of(const WrittenNode& node, std::size_t indent, LayoutPlace place) {
    std::vector<Chunk> chunks;
    for (const WrittenEntry& entry : node.entries) {
      Lines before = margins_.before((node.is_map() ? entry.key : entry.value).begin);
      if (!chunks.empty()) leave_behind(before, chunks.back(), indent);
      Chunk& chunk = chunks.emplace_back();
      chunk.before = indented(std::move(before), indent);
      if (node.is_map()) {
        chunk.key = entry.key.value;
        write_pair(entry, chunk, indent, place_below(place, chunk.key));
      } else {
        write_item(entry.value, chunk, indent, place_of_items(place));
      }
    }
    Lines at_end = indented(margins_.at_end_of(node), indent);
    put_in_order(chunks, place, [](const Chunk& chunk) { return chunk.key; });
    append(chunks.back().body, std::move(at_end));
    return chunks;
  }

  // Comments that follow an entry directly, and that a blank line parts from the next one, are the former's.
  static void leave_behind(Lines& before, Chunk& previous, std::size_t indent) {
    const auto blank = std::find(before.begin(), before.end(), "");
    if (blank == before.begin() || blank == before.end()) return;
    append(previous.body, indented(Lines(before.begin(), blank), indent));
    before.erase(before.begin(), blank);
  }

  void write_pair(const WrittenEntry& entry, Chunk& chunk, std::size_t indent, LayoutPlace place) {
    chunk.body.push_back(std::string(indent, ' ') + std::string(source(entry.key)) + ':');
    if (!stands_below(entry.value)) return write_beside(entry.value, chunk.body, indent, place);
    chunk.body.back() += margins_.in_line(entry.key.end, first_of(entry.value).begin);
    append(chunk.body, joined(chunks_of(entry.value, indent + kStep, place)));
  }

  // The first line of a block that is an entry of a list has the dash.
  void write_item(const WrittenNode& node, Chunk& chunk, std::size_t indent, LayoutPlace place) {
    if (!stands_below(node)) {
      chunk.body.push_back(std::string(indent, ' ') + '-');
      return write_beside(node, chunk.body, indent, place);
    }
    std::vector<Chunk> chunks = chunks_of(node, indent + kStep, place);
    for (const std::string& line : std::exchange(chunks.front().before, {})) {
      if (!line.empty()) chunk.before.push_back(std::string(indent, ' ') + std::string(without_margin(line)));
    }
    chunk.body = joined(std::move(chunks));
    chunk.body.front()[indent] = '-';
  }

  bool stands_below(const WrittenNode& node) const {
    return node.is_block() || (node.is_flow() && !node.entries.empty() && source(node).find('\n') != npos);
  }

  static const WrittenNode& first_of(const WrittenNode& node) {
    return node.is_map() ? node.entries.front().key : node.entries.front().value;
  }

  // A value that begins in the line of its key or dash, which is the last one of `lines`.
  void write_beside(const WrittenNode& node, Lines& lines, std::size_t indent, LayoutPlace place) {
    if (node.form == Form::block_scalar) return write_block_scalar(node, lines, indent);
    Lines words = node.is_flow() ? Lines{flow(node, place)} : lines_of(source(node));
    const bool is_plain = words.front().find_first_of("'\"") != 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0) words[i].erase(0, words[i].size() - without_margin(words[i]).size());
      if (is_plain) words[i] = without_blanks_behind(words[i]);
    }
    if (!words.front().empty()) lines.back() += ' ' + words.front();
    words.erase(words.begin());
    append(lines, indented(std::move(words), indent + kStep));
    lines.back() += margins_.in_line(node.end, text_.size());
  }

  std::string flow(const WrittenNode& node, LayoutPlace place) const {
    if (!node.is_flow()) return std::string(source(node));
    std::vector<WrittenEntry> entries = node.entries;
    put_in_order(entries, place, [](const WrittenEntry& entry) { return entry.key.value; });
    std::vector<std::string> words;
    for (const WrittenEntry& entry : entries) {
      const bool is_pair = node.is_map();
      const LayoutPlace below = is_pair ? place_below(place, entry.key.value) : place_of_items(place);
      const std::string value = flow(entry.value, below);
      if (!is_pair) {
        words.push_back(value);
      } else {
        words.push_back(std::string(source(entry.key)) + (value.empty() ? "" : ": " + value));
      }
    }
    const auto [open, close] = node.is_map() ? std::pair('{', '}') : std::pair('[', ']');
    return fmt::format("{}{}{}", open, fmt::join(words, ", "), close);
  }

  // The lines of a block scalar stay what they are, blanks at their ends included; only their margin changes.
  void write_block_scalar(const WrittenNode& node, Lines& lines, std::size_t indent) {
    Lines content = lines_of(source(node));
    std::string header(without_blanks_behind(content.front()));
    content.erase(content.begin());
    const std::size_t indicators = std::min(header.find_first_of(" \t"), header.size());
    const bool keeps = header.substr(0, indicators).find('+') != npos;
    for (std::size_t i = 0; i < indicators; ++i) {
      if (header[i] >= '1' && header[i] <= '9') header[i] = '0' + kStep;
    }
    if (!content.empty() && content.back().empty()) content.pop_back();  // behind the last line break
    const std::size_t margin = margin_of(content, node.value);
    for (std::string& line : content) line.erase(0, margin);
    while (!keeps && !content.empty() && content.back().empty()) content.pop_back();
    if (keeps) margins_.keep_blanks_before(node.end);
    lines.back() += ' ' + header;
    append(lines, indented(std::move(content), indent + kStep));
  }

  // How many of the blanks at the front of lines are no part of the value.
  static std::size_t margin_of(const Lines& content, std::string_view value) {
    const auto has_words = [](const std::string& line) { return line.find_first_not_of(' ') != npos; };
    const auto first = std::find_if(content.begin(), content.end(), has_words);
    const std::size_t word = value.find_first_not_of(" \n");
    if (first == content.end() || word == npos) return npos;
    const std::size_t line = word == 0 ? 0 : value.rfind('\n', word - 1) + 1;
    return first->find_first_not_of(' ') - (word - line);
  }

  std::string_view text_;
  const WrittenNode& root_;
  Margins margins_;
};

// ---- Whether what came out says what went in ----

bool says_the_same(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text) return false;
  if (a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!says_the_same(a.items[i], b.items[i])) return false;
  }
  return std::all_of(a.entries.begin(), a.entries.end(), [&](const YamlEntry& entry) {
    const YamlNode* other = b.find(entry.key);
    return other != nullptr && says_the_same(entry.value, *other);
  });
}

std::vector<std::string_view> comments_of(const WrittenText& written) {
  std::vector<std::string_view> words;
  for (const WrittenComment& comment : written.comments) words.push_back(comment.text);
  std::sort(words.begin(), words.end());
  return words;
}

bool says_the_same(std::string_view before, const WrittenText& written, const std::string& after) {
  Remarks remarks("");
  const YamlNode was = read_yaml(before, remarks);
  const YamlNode is = read_yaml(after, remarks);
  if (remarks.has_errors() || !says_the_same(was, is)) return false;
  const std::optional<WrittenText> again = read_written(after);
  return again && comments_of(written) == comments_of(*again);
}

// Line breaks as they are on Unix, and no byte order mark.
std::string plain_text(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') result += text[i];
  }
  return result;
}

// Those that YAML knows beside "\n": places are counted otherwise with them.
bool has_other_line_breaks(std::string_view text) {
  constexpr std::array<std::string_view, 4> kBreaks = {"\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  return std::any_of(kBreaks.begin(), kBreaks.end(),
                     [&](std::string_view one) { return text.find(one) != npos; });
}

[[noreturn]] void refuse(const SignatureSource& source, std::string_view why) {
  throw Error("not-formattable", fmt::format("cannot lay out {}: {}", source.name, why));
}

}  // namespace

std::string format_signature(const SignatureSource& source) {
  Remarks remarks(source.name);
  const YamlNode tree = read_yaml(source.text, remarks);
  if (remarks.has_errors()) {
    throw Error("invalid-signatures", fmt::format("cannot read {}", source.name), remarks.take());
  }
  if (!tree.is_map()) refuse(source, "it is no signature");
  const std::string text = plain_text(source.text);
  if (has_other_line_breaks(text)) refuse(source, "it has line breaks other than those of Unix and Windows");
  const std::optional<WrittenText> written = read_written(text);
  if (!written || written->root.is_flow()) return source.text;
  std::string result = Writer(text, *written).write();
  if (!says_the_same(text, *written, result)) {
    refuse(source,
           "it has YAML that would mean something else afterwards; write its values in the usual forms");
  }
  return result;
}

}  // namespace assay
