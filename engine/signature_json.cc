// A signature's file as JSON, for programs that show signatures: nothing is added to what it says, and
// nothing lost but the comments among its keys.
#include <fmt/format.h>

#include <algorithm>

#include "assay/signatures.h"
#include "report/json.h"
#include "signature/load.h"
#include "signature/remarks.h"
#include "signature/yaml_node.h"

namespace assay {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kBlanks) + 1 - first);
}

// What the lines before the first key say, one paragraph to a line. A line that speaks to editors is none.
std::string opening_comment(std::string_view text) {
  std::string comment;
  bool new_paragraph = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.front() != '#') break;
    if (!line.empty()) line = trimmed(line.substr(1));
    if (line.starts_with("yaml-language-server:")) continue;
    if (line.empty()) {
      new_paragraph = true;
      continue;
    }
    if (!comment.empty()) comment += new_paragraph ? '\n' : ' ';
    new_paragraph = false;
    comment += line;
  }
  return comment;
}

// Numbers of YAML that JSON does not know (+1, .5, 0x1f) stay text.
bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
  if (whole == 0 || (whole > 1 && text.front() == '0')) return false;
  text.remove_prefix(whole);
  if (text.empty()) return true;
  return text.size() > 1 && text.front() == '.' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

class Writer {
 public:
  void write(const YamlNode& node, std::size_t depth) {
    using Kind = YamlNode::Kind;
    if (node.is_map()) {
      write_all(node.entries, "{}", depth, [&](const YamlEntry& entry) {
        json_ += json_string(entry.key) + ": ";
        write(entry.value, depth + 1);
      });
    } else if (node.is_list()) {
      write_all(node.items, "[]", depth, [&](const YamlNode& item) { write(item, depth + 1); });
    } else if (node.kind == Kind::null) {
      json_ += "null";
    } else if (node.kind == Kind::boolean) {
      json_ += node.text.starts_with('t') || node.text.starts_with('T') ? "true" : "false";
    } else {
      const bool bare = node.kind != Kind::text && is_json_number(node.text);
      json_ += bare ? node.text : json_string(node.text);
    }
  }

  std::string take() { return std::move(json_); }

 private:
  template <class Things, class Write>
  void write_all(const Things& things, std::string_view brackets, std::size_t depth, const Write& write_one) {
    json_ += brackets.front();
    const char* separator = "";
    for (const auto& thing : things) {
      json_ += separator;
      json_ += '\n';
      json_.append(2 * (depth + 1), ' ');
      write_one(thing);
      separator = ",";
    }
    if (!things.empty()) {
      json_ += '\n';
      json_.append(2 * depth, ' ');
    }
    json_ += brackets.back();
  }

  std::string json_;
};

}  // namespace

std::string signature_to_json(const SignatureSource& source) {
  LoadedSignature loaded = load_signature(source.text, source.name);
  if (!loaded.signature) {
    throw Error("invalid-signatures", fmt::format("{} is no signature", source.name),
                std::move(loaded.diagnostics));
  }
  Remarks said_by_loading(source.name);
  Writer writer;
  writer.write(read_yaml(source.text, said_by_loading), 1);
  return fmt::format("{{\n  \"file\": {},\n  \"comment\": {},\n  \"signature\": {}\n}}\n",
                     json_string(source.name), json_string(opening_comment(source.text)), writer.take());
}

}  // namespace assay
