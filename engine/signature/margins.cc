// Columns and neighbours tell to which block a comment belongs, as they tell a person.
#include "signature/margins.h"

#include "characters.h"

namespace assay {

Margins::Margins(std::string_view text, const std::vector<WrittenComment>& comments)
    : text_(text), comments_(comments), surroundings_(comments.size()) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const std::size_t word =
        comments[i].begin == 0 ? npos : text.find_last_not_of(" \t\n", comments[i].begin - 1);
    if (word != npos && (i == 0 || word >= end_of(i - 1))) end = word + 1;
    surroundings_[i].end_above = end;
  }
  std::size_t column = npos;  // nothing follows: nothing is less deep
  for (std::size_t i = comments.size(); i-- > 0;) {
    const std::size_t next = i + 1 < comments.size() ? comments[i + 1].begin : text.size();
    const std::size_t word = text.find_first_not_of(" \t\n", end_of(i));
    if (word < next) column = column_of(word);
    surroundings_[i].column_below = column;
  }
}

Margins::Lines Margins::before(std::size_t begin) {
  Lines lines;
  while (taken_ < comments_.size() && comments_[taken_].begin < begin) take(lines);
  if (has_blank_above(begin)) lines.emplace_back();
  return lines;
}

Margins::Lines Margins::at_end_of(const WrittenNode& node) {
  Lines lines;
  while (taken_ < comments_.size() && belongs_to(node, taken_)) take(lines);
  return lines;
}

Margins::Lines Margins::at_end() {
  Lines lines;
  while (taken_ < comments_.size()) take(lines);
  return lines;
}

std::string Margins::in_line(std::size_t begin, std::size_t end) {
  if (taken_ == comments_.size() || comments_[taken_].is_alone) return {};
  const WrittenComment& comment = comments_[taken_];
  if (comment.begin < begin || comment.begin >= end) return {};
  if (text_.substr(begin, comment.begin - begin).find('\n') != npos) return {};
  ++taken_;
  const std::size_t word = text_.find_last_not_of(" \t", comment.begin - 1);
  return std::string(comment.begin - word - 1, ' ') + std::string(comment.text);
}

// Of the first word of a line.
std::size_t Margins::column_of(std::size_t place) const {
  const std::size_t before = place == 0 ? npos : text_.find_last_not_of(" \t", place - 1);
  return before == npos ? place : place - before - 1;
}

// Before the first word of a line, or the one behind its dashes.
bool Margins::has_blank_above(std::size_t place) const {
  const auto back_over = [&](std::string_view what, std::size_t from) {
    return from == 0 ? npos : text_.find_last_not_of(what, from - 1);
  };
  const std::size_t line = back_over(" \t-", place);
  if (line == npos || text_[line] != '\n' || line < kept_) return false;
  const std::size_t above = back_over(" \t", line);
  return above == npos || text_[above] == '\n';
}

void Margins::take(Lines& lines) {
  const WrittenComment& comment = comments_[taken_++];
  if (has_blank_above(comment.begin)) lines.emplace_back();
  lines.emplace_back(comment.text);
}

bool Margins::belongs_to(const WrittenNode& node, std::size_t index) const {
  const WrittenComment& comment = comments_[index];
  if (node.is_flow()) return comment.begin < node.end;
  const Surroundings& around = surroundings_[index];
  if (!comment.is_alone || around.end_above > node.end) return false;
  const std::size_t column = column_of(comment.begin);
  return column >= node.column && (around.column_below == npos || column > around.column_below);
}

}  // namespace assay
