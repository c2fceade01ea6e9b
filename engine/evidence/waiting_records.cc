// The texts lie one behind the other in pieces that never grow, so that the views of them stay.
#include "evidence/waiting_records.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} * 1024;

}  // namespace

std::string_view WaitingRecords::keep(std::string_view text) {
  if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < text.size())
    texts_.emplace_back().reserve(std::max(kPieceBytes, text.size()));
  std::string& piece = texts_.back();
  piece.append(text);
  return std::string_view(piece).substr(piece.size() - text.size());
}

bool WaitingRecords::add(std::string_view text, const EventPlace& place, std::optional<LogYear> year,
                         std::span<const std::uint32_t> literals) {
  const std::size_t bytes = text.size() + sizeof(Waiting) + literals.size_bytes();
  if (bytes > bytes_at_most_ - bytes_) return false;
  bytes_ += bytes;
  literals_.insert(literals_.end(), literals.begin(), literals.end());
  records_.push_back({.place = place, .year = year, .text = keep(text), .literals_end = literals_.size()});
  return true;
}

void WaitingRecords::hand_out(const std::function<bool(std::uint32_t literal)>& is_asked_for,
                              const std::function<void(const Event&)>& visit) {
  std::vector<std::optional<bool>> answers;  // by literal: there are few, each in thousands of records
  const auto is_wanted = [&](std::uint32_t literal) {
    if (literal >= answers.size()) answers.resize(literal + std::size_t{1});
    if (!answers[literal]) answers[literal] = is_asked_for(literal);
    return *answers[literal];
  };
  Record record;
  std::size_t begin = 0;
  for (const Waiting& waiting : records_) {
    const std::span<const std::uint32_t> literals =
        std::span(literals_).subspan(begin, waiting.literals_end - begin);
    begin = waiting.literals_end;
    if (std::none_of(literals.begin(), literals.end(), is_wanted)) continue;
    parse_record(waiting.text, waiting.year, record);
    visit({.place = waiting.place,
           .time = record.time,
           .text = waiting.text,
           .what = LogEvent{&record},
           .literals = literals});
  }
  *this = WaitingRecords(bytes_at_most_);
}

}  // namespace assay
