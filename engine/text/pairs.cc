// Pairs are found from their '=' outwards: the key stands before it, the value behind it.
#include "text/pairs.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "characters.h"
#include "text/record.h"

namespace assay {
namespace {

// Bytes of a key, as a table: keys are gone over byte by byte in every record that is taken apart.
constexpr std::array<bool, 256> kKeyBytes = [] {
  std::array<bool, 256> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = is_key_byte(static_cast<char>(i));
  return bytes;
}();

bool is_key(char c) {
  return kKeyBytes[static_cast<unsigned char>(c)];
}

// Answers "where is the next one?" for positions that only grow, and so looks at each byte once.
class Next {
 public:
  Next(std::string_view text, char wanted) : text_(text), wanted_(wanted) {}

  std::size_t from(std::size_t position) {
    if (!known_ || (at_ != npos && at_ < position)) at_ = text_.find(wanted_, position);
    known_ = true;
    return at_;
  }

 private:
  std::string_view text_;
  char wanted_;
  bool known_ = false;
  std::size_t at_ = 0;
};

class PairReader {
 public:
  explicit PairReader(std::string_view text)
      : text_(text), bracket_(text, ']'), newline_(text, '\n'), first_line_(text.find('\n')) {}

  void read(std::vector<Pair>& pairs) {
    for (std::size_t at = text_.find('='); at != npos && pairs.size() < kMostPairs;
         at = text_.find('=', std::max(at + 1, behind_))) {
      const std::string_view key = key_before(at);
      if (key.empty()) continue;
      const std::size_t begin = at - key.size();
      const char before = begin == 0 ? ' ' : text_[begin - 1];
      const bool quoted = at + 1 < text_.size() && text_[at + 1] == '"';
      if (!quoted && !may_be_unquoted(at, before)) continue;
      pairs.push_back(
          {.key = key, .value = trim(quoted ? quoted_value(at + 2) : plain_value(at + 1, before))});
    }
  }

 private:
  // Goes back over the bytes of a key, never over what an earlier pair took.
  std::string_view key_before(std::size_t equals) {
    std::size_t begin = equals;
    while (begin > behind_ && is_key(text_[begin - 1])) --begin;
    while (begin < equals && !is_letter(text_[begin]) && text_[begin] != '_') ++begin;
    behind_ = std::max(behind_, equals + 1);
    return text_.substr(begin, equals - begin);
  }

  bool may_be_unquoted(std::size_t at, char before) {
    if (first_line_ < at) return false;
    return is_space(before) || before == ',' || before == '[' || before == '(' || before == ';';
  }

  // Up to a blank or comma; in [key=value] up to the bracket.
  std::string_view plain_value(std::size_t begin, char before) {
    const std::size_t line_end = std::min(first_line_, text_.size());
    std::size_t end = begin;
    if (before == '[' && bracket_.from(begin) < line_end) {
      end = bracket_.from(begin);
    } else {
      while (end < line_end && !is_space(text_[end]) && text_[end] != ',') ++end;
    }
    behind_ = end;
    return text_.substr(begin, end - begin);
  }

  std::string_view quoted_value(std::size_t begin) {
    std::size_t end = over_lines_ ? closing_quote(begin, text_.size()) : npos;
    if (end == npos) {
      over_lines_ = false;  // looked at the rest of the text for nothing: once is enough
      const std::size_t line_end = std::min(newline_.from(begin), text_.size());
      end = std::min(closing_quote(begin, line_end), line_end);
    }
    behind_ = std::min(end + 1, text_.size());
    return text_.substr(begin, end - begin);
  }

  // The first quote that does not enclose an attribute: one directly behind '=' within an open '<' does.
  std::size_t closing_quote(std::size_t begin, std::size_t limit) const {
    const std::string_view text = text_.substr(0, limit);
    bool within_tag = false;
    bool within_attribute = false;
    std::size_t seen = begin;  // within_tag is right up to here
    for (std::size_t at = text.find('"', begin); at != npos; at = text.find('"', at + 1)) {
      if (within_attribute) {
        within_attribute = false;
        seen = at;
        continue;
      }
      if (at == begin || text[at - 1] != '=') return at;
      for (; seen < at; ++seen) {
        if (text[seen] == '<' || text[seen] == '>') within_tag = text[seen] == '<';
      }
      if (!within_tag) return at;
      within_attribute = true;
    }
    return npos;
  }

  std::string_view text_;
  Next bracket_;
  Next newline_;
  std::size_t first_line_;  // its end
  std::size_t behind_ = 0;  // everything before belongs to what was read
  bool over_lines_ = true;
};

}  // namespace

void read_pairs(std::string_view message, std::vector<Pair>& pairs) {
  PairReader(message).read(pairs);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace assay
