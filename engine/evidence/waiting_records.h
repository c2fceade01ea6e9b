// Records that are asked for only if something else is found, which is known when all is read. They are kept
// as they stand: to copy one costs a tenth of what it costs to take it apart and to look at it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/event.h"
#include "text/record.h"

namespace assay {

class WaitingRecords {
 public:
  explicit WaitingRecords(std::size_t bytes_at_most = std::size_t{24} << 20)
      : bytes_at_most_(bytes_at_most) {}

  // False if there is no room for it. `year`: as parse_record wants it.
  bool add(std::string_view text, const EventPlace& place, std::optional<LogYear> year,
           std::span<const std::uint32_t> literals);

  // Visits those with a literal that is asked for (of which each is asked about once), in the order in which
  // they came; then there are none.
  void hand_out(const std::function<bool(std::uint32_t literal)>& is_asked_for,
                const std::function<void(const Event&)>& visit);

 private:
  struct Waiting {
    EventPlace place;
    std::optional<LogYear> year;
    std::string_view text;         // in `texts_`
    std::size_t literals_end = 0;  // in `literals_`, behind those of the record before
  };

  std::string_view keep(std::string_view text);

  std::size_t bytes_at_most_;
  std::size_t bytes_ = 0;
  std::vector<std::string> texts_;  // each with room for many, and never more than it has room for
  std::vector<std::uint32_t> literals_;
  std::vector<Waiting> records_;
};

}  // namespace assay
