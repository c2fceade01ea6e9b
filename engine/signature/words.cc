// Mustache does the rendering. What it would take silently or do without bound is looked at first, by a scan
// of the tags of our own: partials and other delimiters are refused, sections have to close in order, no
// section is opened within itself (which would multiply the groups by themselves), and names are plain.
#include "signature/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <sstream>

namespace assay {

namespace {

namespace mustache = kainjow::mustache;

// A text for people. The longest known one has 6 KiB.
constexpr std::size_t kMaxTemplateBytes = 64 << 10;

// Sections within sections. `groups`, `more` and a capture make three.
constexpr std::size_t kMaxSections = 8;

// Bytes that one text may come to, reckoned generously: 2,000 groups with 8 KiB of words each.
constexpr std::size_t kMaxRenderedBytes = 16 << 20;

struct Tag {
  char kind = ' ';  // ' ' a value, '#' '^' '/' a section, '!' a comment
  std::string_view name;
  std::size_t end = 0;  // where the text goes on
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_plain_name(std::string_view name) {
  if (name == ".") return true;
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return plain && name.front() != '.' && name.back() != '.' && name.find("..") == std::string_view::npos;
}

// The tag that begins at `begin`; or what is wrong with it.
std::variant<Tag, std::string> read_tag(std::string_view text, std::size_t begin) {
  const bool triple = text.substr(begin, 3) == "{{{";
  const std::string_view closing = triple ? "}}}" : "}}";
  const std::size_t inside = begin + closing.size();
  const std::size_t end = text.find(closing, inside);
  if (end == std::string_view::npos) {
    return fmt::format("the tag '{}' is not closed with {}", text.substr(begin, 24), closing);
  }
  std::string_view name = trimmed(text.substr(inside, end - inside));
  Tag tag{.kind = ' ', .name = name, .end = end + closing.size()};
  if (triple && !name.empty() && std::string_view("#^/!>=&").find(name.front()) != std::string_view::npos) {
    return fmt::format("'{{{{{{{}}}}}}}' cannot be used between three braces; use two", name);
  }
  if (name.empty()) return std::string("a tag {{}} without a name");
  if (name.front() == '>') return fmt::format("'{{{{{}}}}}' is a partial, which texts cannot have", name);
  if (name.front() == '=') return fmt::format("'{{{{{}}}}}' sets delimiters, which texts cannot do", name);
  if (name.front() == '!') return Tag{.kind = '!', .name = {}, .end = tag.end};
  if (std::string_view("#^/&").find(name.front()) != std::string_view::npos) {
    tag.kind = name.front() == '&' ? ' ' : name.front();
    tag.name = trimmed(name.substr(1));
  }
  if (!is_plain_name(tag.name)) {
    return fmt::format("'{}' is not a name; one is made of letters, digits, '_', '-' and '.'", tag.name);
  }
  return tag;
}

// Opens or closes a section. Returns what is wrong, or nothing.
std::string follow_sections(const Tag& tag, std::vector<std::string_view>& open) {
  if (tag.kind == '#' || tag.kind == '^') {
    if (tag.kind == '#' && std::find(open.begin(), open.end(), tag.name) != open.end()) {
      return fmt::format("the section '{}' is opened within itself", tag.name);
    }
    if (open.size() == kMaxSections)
      return fmt::format("more than {} sections within one another", kMaxSections);
    open.push_back(tag.name);
  } else if (tag.kind == '/') {
    if (open.empty()) return fmt::format("'{{{{/{}}}}}' closes a section that is not open", tag.name);
    if (open.back() != tag.name) {
      return fmt::format("'{{{{/{}}}}}' stands where the section '{}' has to be closed first", tag.name,
                         open.back());
    }
    open.pop_back();
  }
  return {};
}

// Calls `used` with each name and the sections that are open there. Returns what is wrong, or nothing.
template <typename Used>
std::string scan_tags(std::string_view text, const Used& used) {
  std::vector<std::string_view> open;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos;) {
    const std::variant<Tag, std::string> read = read_tag(text, at);
    if (const std::string* wrong = std::get_if<std::string>(&read)) return *wrong;
    const Tag& tag = *std::get_if<Tag>(&read);
    if (tag.kind != '!' && tag.kind != '/') used(tag.name, open);
    std::string wrong = follow_sections(tag, open);
    if (!wrong.empty()) return wrong;
    at = text.find("{{", tag.end);
  }
  if (!open.empty())
    return fmt::format("the section '{}' is not closed with {{{{/{}}}}}", open.back(), open.back());
  return {};
}

void sort_each_once(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

// Ends a line with sections in it while a text is rendered; no UTF-8 has it.
constexpr std::string_view kEndOfSections = "\xFE\xFF";

// Values come out of logs, and have any bytes. The first one of the mark is spelled as it will be in reports.
std::string without_mark(std::string_view value) {
  std::string text;
  for (const char byte : value) {
    if (byte == kEndOfSections.front()) {
      text += "\\xfe";
    } else {
      text += byte;
    }
  }
  return text;
}

mustache::data to_data(const TemplateValue::Fields& fields);

// Empty text becomes `false`, so that a section around an optional capture is left out.
mustache::data to_data(const TemplateValue& value) {
  if (const std::string* text = std::get_if<std::string>(&value.value)) {
    return text->empty() ? mustache::data(false) : mustache::data(without_mark(*text));
  }
  if (const bool* flag = std::get_if<bool>(&value.value)) return mustache::data(*flag);
  if (const TemplateValue::List* list = std::get_if<TemplateValue::List>(&value.value)) {
    mustache::data data(mustache::data::type::list);
    for (const TemplateValue& item : *list) data.push_back(to_data(item));
    return data;
  }
  return to_data(*std::get_if<TemplateValue::Fields>(&value.value));
}

mustache::data to_data(const TemplateValue::Fields& fields) {
  mustache::data data(mustache::data::type::object);
  for (const auto& [name, value] : fields) data[name] = to_data(value);
  return data;
}

bool has_sections(std::string_view line) {
  for (std::size_t at = line.find("{{"); at != std::string_view::npos; at = line.find("{{", at + 2)) {
    const std::size_t name = std::min(line.find_first_not_of(" \t", at + 2), line.size());
    if (line.substr(name).find_first_of("#^/") == 0) return true;
  }
  return false;
}

// The template with the ends of its lines with sections marked.
std::string with_marked_lines(std::string_view text) {
  std::string marked;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    const std::string_view line = text.substr(0, end);
    marked.append(line).append(has_sections(line) ? kEndOfSections : "\n");
    text.remove_prefix(end + 1);
  }
  return marked.append(text);
}

// A line with sections in it that came out blank is no line. The renderer knows that itself only of lines
// whose sections hold.
std::string without_blank_lines(std::string_view rendered) {
  std::string text;
  for (std::size_t end = rendered.find(kEndOfSections); end != std::string_view::npos;
       end = rendered.find(kEndOfSections)) {
    text.append(rendered.substr(0, end));
    const std::size_t line = text.rfind('\n') + 1;  // 0 if there is none
    if (text.find_first_not_of(" \t", line) == std::string::npos) {
      text.resize(line);
    } else {
      text += '\n';
    }
    rendered.remove_prefix(end + kEndOfSections.size());
  }
  return text.append(rendered);
}

struct TooLong {};

// Reckons what comes out, since the renderer itself cannot be stopped: the whole text for each entry of a
// section, and the length of each value.
class BoundedContext : public mustache::context<std::string> {
 public:
  BoundedContext(const mustache::data& data, std::size_t template_bytes) : each_entry_(template_bytes + 1) {
    mustache::context<std::string>::push(&data);  // the whole is no entry
  }

  void push(const mustache::data* data) override {
    spend(each_entry_);
    mustache::context<std::string>::push(data);
  }

  const mustache::data* get(const std::string& name) const override {
    const mustache::data* found = mustache::context<std::string>::get(name);
    spend(found != nullptr && found->is_string() ? found->string_value().size() : 1);
    return found;
  }

 private:
  void spend(std::size_t bytes) const {
    if (left_ < bytes) throw TooLong{};
    left_ -= bytes;
  }

  std::size_t each_entry_;
  mutable std::size_t left_ = kMaxRenderedBytes;
};

}  // namespace

std::variant<Template, std::string> Template::compile(std::string_view text) {
  if (text.size() > kMaxTemplateBytes) {
    return fmt::format("the text has {} bytes; it may have {}", text.size(), kMaxTemplateBytes);
  }
  Template compiled;
  std::string wrong = scan_tags(text, [&](std::string_view name, const std::vector<std::string_view>&) {
    compiled.names_.emplace_back(name);
  });
  if (!wrong.empty()) return wrong;
  sort_each_once(compiled.names_);
  compiled.text_ = text;
  return compiled;
}

std::vector<std::string> Template::names_outside(std::string_view section) const {
  std::vector<std::string> names;
  scan_tags(text_, [&](std::string_view name, const std::vector<std::string_view>& open) {
    if (std::find(open.begin(), open.end(), section) == open.end()) names.emplace_back(name);
  });
  sort_each_once(names);
  return names;
}

std::string Template::render(const TemplateValue::Fields& fields) const {
  if (names_.empty() && text_.find("{{") == std::string::npos) return text_;
  mustache::mustache renderer(with_marked_lines(text_));
  renderer.set_custom_escape([](const std::string& words) { return words; });
  const mustache::data data = to_data(fields);
  BoundedContext context(data, text_.size());
  std::ostringstream out;
  try {
    renderer.render(context, out);
  } catch (const TooLong&) {
    out << "[the text is too long and was cut here]";
  }
  return without_blank_lines(out.str());
}

const Template* Words::in(std::string_view language) const {
  if (empty()) return nullptr;
  for (const std::string_view wanted : {language, std::string_view("en")}) {
    const auto found = languages.find(wanted);
    if (found != languages.end()) return &found->second;
  }
  return &languages.begin()->second;
}

}  // namespace assay
