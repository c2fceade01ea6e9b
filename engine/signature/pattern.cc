// Patterns are untrusted: RE2 searches in linear time, and a bound on the size of the program and of its
// automaton keeps a hostile one from taking the memory.
//
// Bytes or characters? Logs hold invalid UTF-8, and in UTF-8 mode RE2's "." does not match such a byte, so
// "from .* to" would be silent on a damaged line. A pattern that is plain ASCII is therefore compiled for
// bytes ("Latin-1"), where "." is any byte. Only one that speaks of characters beyond ASCII itself (a letter
// of another language, \p{...}, \x{...}) is compiled for UTF-8; in it, \C stands for any byte.
//
// The literals of a pattern come from RE2's prefilter, a monotone function of which atoms are present. A set
// of atoms is necessary if the pattern is ruled out when all others are present and these are not. From the
// set of all atoms the worst are dropped for as long as it stays necessary.
#include "signature/pattern.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "characters.h"
#include "signature/literal_choice.h"

namespace assay {

namespace {

// Of the compiled program and of the automaton that grows while it runs. Real patterns need some tens of
// KiB; beyond it compiling fails, and searching falls back to a slower automaton.
constexpr std::int64_t kPatternBytes = 1 << 20;

// Groups up to the last named one; each search fills this many.
constexpr int kMaxGroups = 32;

// Shorter ones are found in nearly every record.
constexpr std::size_t kShortestLiteral = 3;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; });
}

bool speaks_of_characters(std::string_view pattern) {
  return !is_ascii(pattern) || pattern.find("\\p") != std::string_view::npos ||
         pattern.find("\\P") != std::string_view::npos || pattern.find("\\x{") != std::string_view::npos;
}

// Nothing but letters that stand for themselves. To look for them as a string takes a tenth of the time, and
// nothing has to be compiled.
bool is_plain(std::string_view pattern) {
  return !pattern.empty() && is_ascii(pattern) &&
         pattern.find_first_of("\\^$.|?*+()[]{}") == std::string_view::npos;
}

RE2::Options options_for(bool characters) {
  RE2::Options options(RE2::Quiet);
  options.set_encoding(characters ? RE2::Options::EncodingUTF8 : RE2::Options::EncodingLatin1);
  options.set_max_mem(kPatternBytes);
  return options;
}

// Whether a text that matches must hold the atom in the same ASCII letters. Beyond ASCII the atom is in
// lower case by other rules than the text will be compared by; and for characters, RE2 takes the Kelvin sign
// for a k, the long s for an s and the dotted capital I for an i.
bool is_safe(std::string_view atom, bool characters) {
  return is_ascii(atom) && !(characters && atom.find_first_of("ksi") != std::string_view::npos);
}

// The literals of the only pattern in `filter`, as Pattern::literals promises them.
std::vector<std::string> necessary_literals(re2::FilteredRE2& filter, bool characters) {
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  std::vector<int> always;
  std::vector<int> candidates;
  for (int i = 0; i < static_cast<int>(atoms.size()); ++i) {
    (is_safe(atoms[static_cast<std::size_t>(i)], characters) ? candidates : always).push_back(i);
  }
  std::vector<std::string> literals;
  for (const int i : smallest_necessary(atoms, candidates, [&](const std::vector<int>& absent) {
         std::vector<int> present = always;
         std::set_difference(candidates.begin(), candidates.end(), absent.begin(), absent.end(),
                             std::back_inserter(present));
         std::sort(present.begin(), present.end());
         std::vector<int> possible;
         filter.AllPotentials(present, &possible);
         return possible.empty();
       })) {
    literals.push_back(atoms[static_cast<std::size_t>(i)]);
  }
  return literals;
}

}  // namespace

struct Pattern::Compiled {
  std::string text;
  re2::FilteredRE2 filter{static_cast<int>(kShortestLiteral)};  // owns the expression
  const RE2* expression = nullptr;                              // none of a plain pattern
  std::vector<std::string> names;
  std::vector<std::size_t> groups;  // parallel to names: which group has it
  std::vector<std::string> literals;
};

Pattern::Pattern() : compiled_(std::make_unique<Compiled>()) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

std::variant<Pattern, Pattern::SyntaxError> Pattern::compile(std::string_view text) {
  Pattern pattern;
  Compiled& compiled = *pattern.compiled_;
  compiled.text = text;
  if (is_plain(text)) {
    if (text.size() < kShortestLiteral) return pattern;
    for (char& c : compiled.literals.emplace_back(text)) c = lower(c);
    return pattern;
  }
  const bool characters = speaks_of_characters(text);
  const RE2::Options options = options_for(characters);
  int id = 0;
  if (compiled.filter.Add(text, options, &id) != RE2::NoError) {
    const RE2 broken(text, options);  // the filter keeps no error
    return SyntaxError{broken.error(), broken.error_arg(), broken.error_code() == RE2::ErrorPatternTooLarge};
  }
  compiled.expression = &compiled.filter.GetRE2(id);
  for (const auto& [group, name] : compiled.expression->CapturingGroupNames()) {
    if (group > kMaxGroups) {
      return SyntaxError{"more than 32 groups up to the last named one; use (?:...) for those without a name",
                         name, false};
    }
    if (std::find(compiled.names.begin(), compiled.names.end(), name) != compiled.names.end()) {
      return SyntaxError{
          "two groups have this name, and only one of them would be captured; write one group "
          "around both, or give them names of their own",
          name, false};
    }
    compiled.names.push_back(name);
    compiled.groups.push_back(static_cast<std::size_t>(group));
  }
  compiled.literals = necessary_literals(compiled.filter, characters);
  return pattern;
}

const std::string& Pattern::text() const {
  return compiled_->text;
}
std::size_t Pattern::instructions() const {
  if (compiled_->expression == nullptr) return std::min(compiled_->text.size(), kMostInstructions);
  return static_cast<std::size_t>(std::max(compiled_->expression->ProgramSize(), 0));
}
const std::vector<std::string>& Pattern::capture_names() const {
  return compiled_->names;
}
const std::vector<std::string>& Pattern::literals() const {
  return compiled_->literals;
}

bool Pattern::search(std::string_view text, std::vector<std::string_view>& captures) const {
  if (compiled_->expression == nullptr) {
    if (text.find(compiled_->text) == std::string_view::npos) return false;
    captures.clear();
    return true;
  }
  std::array<re2::StringPiece, kMaxGroups + 1> found;
  const std::vector<std::size_t>& groups = compiled_->groups;
  const int wanted = groups.empty() ? 0 : static_cast<int>(groups.back()) + 1;
  if (!compiled_->expression->Match(text, 0, text.size(), RE2::UNANCHORED, found.data(), wanted))
    return false;
  captures.clear();
  for (const std::size_t group : groups) {
    captures.emplace_back(found[group].data() == nullptr
                              ? std::string_view()
                              : std::string_view(found[group].data(), found[group].size()));
  }
  return true;
}

}  // namespace assay
