// Bytes of the evidence as JSON strings, or as base64 where they are no text.
#include "report/json_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "assay/formats.h"
#include "report/utf8.h"

namespace assay {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      three = three << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool is_padding = at + i > bytes.size();
      text += is_padding ? '=' : kAlphabet[three >> (18U - 6U * i) & 0x3fU];
    }
  }
  return text;
}

}  // namespace

Json value_of(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  return Json{{"base64", base64(bytes)}};
}

Json values_of(const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const std::string& value : list) array.push_back(value_of(value));
  return array;
}

Json value_or_null(std::string_view bytes) {
  return bytes.empty() ? Json(nullptr) : value_of(bytes);
}

std::string words_of(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string words;
  while (!bytes.empty()) {
    const CodePoint next = first_code_point(bytes);
    words += next.valid ? std::string(bytes.substr(0, next.size)) : printable(bytes.substr(0, 1));
    bytes.remove_prefix(next.size);
  }
  return words;
}

Json words_of(const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const std::string& words : list) array.push_back(words_of(words));
  return array;
}

Json words_or_null(std::string_view words) {
  return words.empty() ? Json(nullptr) : Json(words_of(words));
}

Json time_of(const std::optional<Time>& time) {
  return time ? Json(to_string(*time)) : Json(nullptr);
}

Json line_of(const Place& place) {
  return place.line == 0 ? Json(nullptr) : Json(place.line);
}

Json captures_of(const Captures& captures) {
  Json object = Json::object();
  for (const auto& [name, value] : captures) object[words_of(name)] = value_of(value);
  return object;
}

Json missing_of(const std::vector<Missing>& list) {
  Json array = Json::array();
  for (const Missing& missing : list) {
    array.push_back({{"what", words_of(missing.what)},
                     {"message", words_of(missing.message)},
                     {"how_to_get", words_of(missing.how_to_get)}});
  }
  return array;
}

Json problems_of(const std::vector<Problem>& problems) {
  Json array = Json::array();
  for (const Problem& problem : problems) {
    array.push_back({{"code", words_of(problem.code)},
                     {"path", words_of(problem.path)},
                     {"message", words_of(problem.message)},
                     {"packet", problem.packet == 0 ? Json(nullptr) : Json(problem.packet)},
                     {"offset", problem.offset}});
  }
  return array;
}

// Characters that JSON allows in a string but a terminal would obey. They can only stand in strings, so
// \uXXXX means the same there.
std::string escape_unsafe(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  while (true) {
    // Nearly all is ASCII.
    const auto* const end = std::find_if(json.begin(), json.end(), [](unsigned char c) { return c >= 0x7f; });
    const auto plain = static_cast<std::size_t>(end - json.begin());
    safe += json.substr(0, plain);
    json.remove_prefix(plain);
    if (json.empty()) break;
    const CodePoint next = first_code_point(json);
    const auto value = static_cast<std::uint32_t>(next.value);
    if (!is_unsafe(next.value)) {
      safe += json.substr(0, next.size);
    } else if (value < 0x10000) {
      fmt::format_to(std::back_inserter(safe), "\\u{:04x}", value);
    } else {
      const std::uint32_t rest = value - 0x10000;
      fmt::format_to(std::back_inserter(safe), "\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10U),
                     0xdc00 + (rest & 0x3ffU));
    }
    json.remove_prefix(next.size);
  }
  return safe;
}

}  // namespace assay
