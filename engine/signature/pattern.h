// A regular expression of a signature: compiled, with its named captures and the literals without which
// it cannot match. The home of RE2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay {

// Immutable and thread-safe.
class Pattern {
 public:
  struct SyntaxError {
    std::string message;  // RE2's words
    std::string where;    // the offending part of the pattern
    bool too_large = false;
  };
  static std::variant<Pattern, SyntaxError> compile(std::string_view text);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  const std::string& text() const;

  // Instructions of its program: what compiling it cost, and what keeping it costs. A pattern has some
  // hundreds; none has more than kMostInstructions, which is what one that is too large counts for.
  static constexpr std::size_t kMostInstructions = 50'000;
  std::size_t instructions() const;

  // Names of the named groups, in order of the groups.
  const std::vector<std::string>& capture_names() const;

  // At least one of these occurs, without regard to ASCII case, in every text that matches. Empty: there
  // is no such set (no usable literal), so the pattern has to be tried on every text.
  const std::vector<std::string>& literals() const;

  // Searches anywhere in `text`. On a match fills `captures` with one view for each name, into `text`
  // (a group that took no part: an empty view).
  bool search(std::string_view text, std::vector<std::string_view>& captures) const;

 private:
  Pattern();
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace assay
