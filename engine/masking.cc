// At each place that may begin a word, the forms are tried in order, the most special one first; what none
// takes is fixed. Recognition is by small scanners, so that a long record costs little.
#include "masking.h"

#include <algorithm>
#include <array>
#include <optional>

#include "characters.h"

namespace assay {
namespace {

constexpr std::string_view kAddress = "\\d+\\.\\d+\\.\\d+\\.\\d+";
constexpr std::string_view kHost = "[\\w.-]+";

bool is_word(char c) {
  return is_letter_or_digit(c) || c == '_';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_plain(char c) {
  return c >= ' ' && c <= '~';
}

template <typename Test>
std::size_t run_of(std::string_view text, Test test) {
  const auto end = std::find_if_not(text.begin(), text.end(), test);
  return static_cast<std::size_t>(end - text.begin());
}

// A form of variable text at the front of `rest`; `before` is the character in front of it.
struct Form {
  std::size_t length = 0;  // 0: not of this form
  std::string_view pattern;
  std::string_view name;
};

bool ends_word(std::string_view rest, std::size_t length) {
  return length >= rest.size() || !is_word(rest[length]);
}

Form unprintable(std::string_view rest) {
  return {run_of(rest, [](char c) { return !is_plain(c); }), ".+", ""};
}

// Bytes of a URL. A bracket around all of it is no part of it; those around an IPv6 address are.
std::size_t url_length(std::string_view rest) {
  const std::size_t most =
      run_of(rest, [](char c) { return is_plain(c) && std::string_view(" \"'<>|,;)").find(c) == npos; });
  std::size_t open = 0;
  for (std::size_t i = 0; i < most; ++i) {
    if (rest[i] == '[') ++open;
    if (rest[i] == ']' && open-- == 0) return i;
  }
  return most;
}

Form url(std::string_view rest) {
  for (const std::string_view scheme : {"http://", "https://", "ldap://", "ldaps://", "sip:", "sips:"}) {
    if (!rest.starts_with(scheme)) continue;
    const std::size_t length = url_length(rest);
    const bool has_bracket = rest.substr(0, length).find('[') != npos;
    if (length > scheme.size())
      return {length, has_bracket ? "[^\\s\"'<>|,;)]+" : "[^\\s\"'<>|,;)\\]]+", "url"};
  }
  return {};
}

Form uuid(std::string_view rest) {
  constexpr std::array<std::size_t, 5> kGroups = {8, 4, 4, 4, 12};
  std::size_t at = 0;
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (i > 0 && (at >= rest.size() || rest[at++] != '-')) return {};
    if (run_of(rest.substr(std::min(at, rest.size()), kGroups[i]), is_hex) != kGroups[i]) return {};
    at += kGroups[i];
  }
  return ends_word(rest, at) ? Form{at, "[0-9A-Fa-f-]{36}", "id"} : Form{};
}

// "2022-07-11 16:55:26,024", "2022-07-11T16:55:26.024+02:00", "16:55:26"
Form time(std::string_view rest) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    return at + count <= rest.size() && run_of(rest.substr(at, count), is_digit) == count;
  };
  std::size_t at = 0;
  const bool has_date = digits(0, 4) && rest.size() > 10 && rest[4] == '-' && digits(5, 2) &&
                        rest[7] == '-' && digits(8, 2) && (rest[10] == ' ' || rest[10] == 'T');
  if (has_date) at = 11;
  const bool has_time = digits(at, 2) && rest.size() >= at + 8 && rest[at + 2] == ':' && digits(at + 3, 2) &&
                        rest[at + 5] == ':' && digits(at + 6, 2);
  if (!has_time) return {};
  at += 8;
  at += run_of(rest.substr(at), [](char c) { return is_digit(c) || c == '.' || c == ','; });
  if (rest[at - 1] == '.' || rest[at - 1] == ',') --at;
  if (at + 6 <= rest.size() && (rest[at] == '+' || rest[at] == '-') && digits(at + 1, 2)) at += 6;
  if (at < rest.size() && rest[at] == 'Z') ++at;
  return {at, has_date ? "\\d{4}-\\d\\d-\\d\\d[ T][0-9:.,+Z-]+" : "\\d\\d:\\d\\d:[0-9.,+:Z-]+", "time"};
}

Form ipv4(std::string_view rest) {
  std::size_t at = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && (at >= rest.size() || rest[at++] != '.')) return {};
    const std::size_t count = run_of(rest.substr(std::min(at, rest.size())), is_digit);
    if (count == 0 || count > 3) return {};
    at += count;
  }
  const bool more = at + 1 < rest.size() && rest[at] == '.' && is_digit(rest[at + 1]);
  return !more && ends_word(rest, at) ? Form{at, kAddress, "address"} : Form{};
}

Form ipv6(std::string_view rest) {
  const std::size_t length = run_of(rest, [](char c) { return is_hex(c) || c == ':'; });
  const std::string_view word = rest.substr(0, length);
  const auto colons = std::count(word.begin(), word.end(), ':');
  const bool is_address = colons >= 2 && (word.find("::") != npos || colons == 7) && length >= 4;
  return is_address && ends_word(rest, length) ? Form{length, "[0-9A-Fa-f:]+", "address"} : Form{};
}

Form hexadecimal(std::string_view rest) {
  if (rest.starts_with("0x")) {
    const std::size_t digits = run_of(rest.substr(2), is_hex);
    return digits > 0 && ends_word(rest, digits + 2) ? Form{digits + 2, "0x[0-9A-Fa-f]+", "id"} : Form{};
  }
  const std::size_t length = run_of(rest, is_hex);
  const std::string_view word = rest.substr(0, length);
  const bool mixed =
      std::any_of(word.begin(), word.end(), is_digit) && !std::all_of(word.begin(), word.end(), is_digit);
  return length >= 8 && mixed && ends_word(rest, length) ? Form{length, "[0-9A-Fa-f]+", "id"} : Form{};
}

bool is_domain_end(std::string_view label) {
  constexpr std::array<std::string_view, 22> kEnds = {
      "com", "net",  "org",      "local", "lan", "lab", "test",        "example", "int",  "edu",   "gov",
      "mil", "corp", "internal", "info",  "biz", "io",  "localdomain", "home",    "arpa", "cloud", "priv"};
  if (std::find(kEnds.begin(), kEnds.end(), label) != kEnds.end()) return true;
  constexpr std::array<std::string_view, 6> kFiles = {"py", "cc", "so", "sh", "js", "gz"};
  return label.size() == 2 && std::find(kFiles.begin(), kFiles.end(), label) == kFiles.end();
}

// "cucm.example.com", "_sip._tcp.example.com", "user@example.com"
Form host(std::string_view rest) {
  std::size_t length = run_of(rest, [](char c) { return is_word(c) || c == '-' || c == '.' || c == '@'; });
  while (length > 0 && !is_word(rest[length - 1])) --length;
  const std::string_view word = rest.substr(0, length);
  const std::size_t at = word.find('@');
  const bool is_user = at != npos && at > 0 && word.find('@', at + 1) == npos;
  if (is_user && at + 1 < word.size()) return {length, "[^\\s\"'<>@,;()]+@[^\\s\"'<>@,;:()]+", "user"};
  const std::size_t dot = word.rfind('.');
  if (at != npos || dot == npos || dot == 0) return {};
  const bool has_upper = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string_view last = word.substr(dot + 1);
  if (has_upper || !std::all_of(last.begin(), last.end(), is_letter) || !is_domain_end(last)) return {};
  if (rest.size() > length && (rest[length] == '/' || rest[length] == '(') && word.find('-') == npos &&
      std::count(word.begin(), word.end(), '.') < 2)
    return {};  // a path or a call
  return {length, kHost, "host"};
}

// What stands in quotes or brackets behind a word that says that a name follows.
Form name_in_quotes(std::string_view text, std::size_t at) {
  if (at < 2 || text[at - 2] != ' ') return {};
  const char open = text[at - 1];
  const char close = open == '(' ? ')' : open == '[' ? ']' : open == '\'' || open == '"' ? open : '\0';
  if (close == '\0') return {};
  std::size_t begin = at - 2;
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  const std::string_view word = text.substr(begin, at - 2 - begin);
  constexpr std::array<std::string_view, 13> kWords = {"for",     "host",   "server", "user",   "username",
                                                       "node",    "peer",   "zone",   "domain", "name",
                                                       "account", "client", "SNI"};
  if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return {};
  const std::size_t length = text.substr(at).find(close);
  if (length == npos || length == 0) return {};
  const std::string_view inside = text.substr(at, length);
  const bool is_name = std::all_of(inside.begin(), inside.end(), is_plain) &&
                       std::any_of(inside.begin(), inside.end(), is_letter);
  if (!is_name) return {};
  const std::string_view pattern = close == ')'    ? "[^)]+"
                                   : close == ']'  ? "[^\\]]+"
                                   : close == '\'' ? "[^']+"
                                                   : "[^\"]+";
  const bool says_little = word == "for" || word == "SNI";
  return {length, pattern, says_little ? std::string_view("name") : word};
}

Form number(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  std::size_t length = run_of(rest, is_digit);
  if (length == 0 || !ends_word(rest, length)) return {};
  // "SIP/2.0" and "HTTP/1.1" are always the same.
  const bool is_protocol = at > 0 && text[at - 1] == '/' && at > 3 && is_letter(text[at - 2]) &&
                           rest.size() > length && rest[length] == '.';
  const bool is_protocol_end = at > 2 && text[at - 1] == '.' && is_digit(text[at - 2]);
  if (is_protocol || is_protocol_end) return {};
  return {length, "\\d+", "number"};
}

// ---- Names ----

std::string lowered(std::string_view word) {
  std::string name;
  for (const char c : word) {
    if (is_word(c)) {
      name += lower(c);
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && (name.back() == '_' || name.size() > 24)) name.pop_back();
  while (!name.empty() && !is_letter(name.front())) name.erase(0, 1);
  return name;
}

// The key of "key=" or "key=\"" in front of a place.
std::string key_before(std::string_view text, std::size_t at) {
  if (at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'')) --at;
  if (at == 0 || text[at - 1] != '=') return {};
  std::size_t begin = at - 1;
  while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '-')) --begin;
  return lowered(text.substr(begin, at - 1 - begin));
}

std::string name_of(std::string_view text, std::size_t at, const Form& form) {
  if (form.name.empty()) return {};
  if (std::string key = key_before(text, at); key.size() > 1) return key;
  const std::string_view before = text.substr(0, at);
  const bool is_port = form.name == "number" && (before.ends_with("port ") || before.ends_with("Port "));
  return is_port ? "port" : std::string(form.name);
}

// "192.0.2.1:443", "cucm.example.com:8443"
bool is_behind_address(const std::vector<Piece>& pieces) {
  if (pieces.size() < 3 || pieces[pieces.size() - 2].text != ":") return false;
  const std::string& pattern = pieces[pieces.size() - 3].pattern;
  return pattern == kAddress || pattern == kHost;
}

Form form_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!is_plain(text[at])) return unprintable(rest);
  if (Form form = name_in_quotes(text, at); form.length > 0) {
    // What has a form of its own is called by it.
    const Form address = ipv4(rest);
    return address.length == form.length ? address : form;
  }
  if (at > 0 && is_word(text[at - 1]) && is_word(text[at])) return {};
  for (const auto& scan : {url, uuid, time, ipv4, ipv6, hexadecimal, host}) {
    if (Form form = scan(rest); form.length > 0) return form;
  }
  return number(text, at);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\.+*?()|[]{}^$").find(c) != npos) result += '\\';
    result += c;
  }
  return result;
}

std::vector<Piece> mask(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t fixed = 0;
  const auto flush = [&](std::size_t end) {
    if (end > fixed) pieces.push_back({.text = text.substr(fixed, end - fixed), .pattern = {}, .name = {}});
  };
  for (std::size_t at = 0; at < text.size();) {
    const Form form = form_at(text, at);
    if (form.length == 0) {
      ++at;
      continue;
    }
    flush(at);
    pieces.push_back({.text = text.substr(at, form.length),
                      .pattern = std::string(form.pattern),
                      .name = name_of(text, at, form)});
    if (form.name == "number" && is_behind_address(pieces)) pieces.back().name = "port";
    at += form.length;
    fixed = at;
  }
  flush(text.size());
  return pieces;
}

}  // namespace assay
