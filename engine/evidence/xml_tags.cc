// A small tolerant XML scanner. Every step moves forward, so the whole costs one pass.
#include "evidence/xml_tags.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "characters.h"
#include "evidence/words.h"

namespace assay {
namespace {

constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

std::string_view without_namespace(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == npos ? name : name.substr(colon + 1);
}

// The end of a tag that begins at `at`: its '>' outside of quotes, or npos.
std::size_t tag_end(std::string_view text, std::size_t at) {
  char quote = '\0';
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i;
    } else if (c == '<' && i > at) {
      return npos;
    }
  }
  return npos;
}

void append_utf8(std::uint32_t code, std::string& to) {
  const auto byte = [&](std::uint32_t value) { to += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// The character that "#65" or "#x41" stands for; nothing that XML forbids.
bool append_reference(std::string_view digits, std::string& to) {
  int base = 10;
  digits.remove_prefix(1);
  if (!digits.empty() && lower(digits.front()) == 'x') {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return false;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
  append_utf8(code, to);
  return true;
}

bool append_entity(std::string_view name, std::string& to) {
  struct Entity {
    std::string_view name;
    char character;
  };
  constexpr Entity kEntities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  if (name.starts_with('#')) return append_reference(name, to);
  for (const Entity& entity : kEntities) {
    if (entity.name != name) continue;
    to += entity.character;
    return true;
  }
  return false;
}

}  // namespace

bool XmlReader::skip_behind(std::string_view mark) {
  const std::size_t found = text_.find(mark, at_);
  at_ = found == npos ? text_.size() : found + mark.size();
  return found != npos;
}

XmlPiece XmlReader::next() {
  while (at_ < text_.size()) {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) {
      skip_behind("-->");
    } else if (rest.starts_with("<?")) {
      skip_behind("?>");
    } else if (rest.starts_with(kCdata)) {
      const std::size_t begin = at_;
      skip_behind(kCdataEnd);
      return {.kind = XmlPiece::Kind::text,
              .name = {},
              .attributes = {},
              .text = text_.substr(begin, at_ - begin),
              .offset = begin};
    } else if (rest.starts_with("<!")) {
      skip_behind(">");  // the "]>" of a document type with entities is then text outside of every element
    } else if (rest.front() == '<') {
      const XmlPiece piece = tag();
      if (piece.kind != XmlPiece::Kind::end) return piece;
    } else {
      const std::size_t begin = at_;
      at_ = std::min(text_.find('<', at_), text_.size());
      return {.kind = XmlPiece::Kind::text,
              .name = {},
              .attributes = {},
              .text = text_.substr(begin, at_ - begin),
              .offset = begin};
    }
  }
  return {};
}

// The tag at the front, or an `end` piece after stepping over a '<' that begins none.
XmlPiece XmlReader::tag() {
  const std::size_t begin = at_;
  const std::size_t end = tag_end(text_, at_);
  if (end == npos) {
    at_ = std::min(text_.find('<', at_ + 1), text_.size());
    return {};
  }
  at_ = end + 1;
  XmlPiece piece{.kind = XmlPiece::Kind::opening, .name = {}, .attributes = {}, .text = {}, .offset = begin};
  std::string_view inside = text_.substr(begin + 1, end - begin - 1);
  if (inside.starts_with('/')) {
    piece.kind = XmlPiece::Kind::closing;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    piece.kind = XmlPiece::Kind::empty_element;
    inside.remove_suffix(1);
  }
  std::size_t name_end = 0;
  while (name_end < inside.size() && !is_padding(inside[name_end])) ++name_end;
  piece.name = without_namespace(inside.substr(0, name_end));
  piece.attributes = inside.substr(name_end);
  if (piece.name.empty()) piece.kind = XmlPiece::Kind::end;
  return piece;
}

std::string_view xml_attribute(std::string_view attributes, std::string_view name) {
  while (!(attributes = trimmed(attributes)).empty()) {
    const std::size_t equals = attributes.find('=');
    if (equals == npos) return {};
    const std::string_view key = trimmed(attributes.substr(0, equals));
    attributes = trimmed(attributes.substr(equals + 1));
    if (attributes.empty() || (attributes.front() != '"' && attributes.front() != '\'')) return {};
    const std::size_t end = attributes.find(attributes.front(), 1);
    if (end == npos) return {};
    if (equal_ignoring_case(without_namespace(key), name)) return attributes.substr(1, end - 1);
    attributes.remove_prefix(end + 1);
  }
  return {};
}

void append_xml_text(std::string_view text, std::string& to) {
  if (text.starts_with(kCdata)) {
    text.remove_prefix(kCdata.size());
    if (text.ends_with(kCdataEnd)) text.remove_suffix(kCdataEnd.size());
    to.append(text);
    return;
  }
  constexpr std::size_t kLongestEntity = 12;
  while (!text.empty()) {
    const std::size_t ampersand = std::min(text.find('&'), text.size());
    to.append(text.substr(0, ampersand));
    text.remove_prefix(ampersand);
    if (text.empty()) return;
    const std::size_t end = text.substr(0, kLongestEntity).find(';');
    if (end != npos && append_entity(text.substr(1, end - 1), to)) {
      text.remove_prefix(end + 1);
    } else {
      to += '&';
      text.remove_prefix(1);
    }
  }
}

}  // namespace assay
