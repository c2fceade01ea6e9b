// Finds thousands of long literals at the speed of ten.
//
// Of the block only every eighth position is looked at: the eight bytes there, the gram, must be one of the
// eight grams that an occurrence of a literal could show at such a position. Few positions pass; there the
// literal is compared as a whole. The time so depends on the size of the block, and hardly on the number of
// literals, which is where Vectorscan slows down to a third and less.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/literals.h"

namespace assay {

class GramFilter {
 public:
  // Takes those of `literals` that are long enough and do not look too much like many others. The literals
  // must stay where they are.
  explicit GramFilter(std::span<const std::string> literals);

  // Ids of the literals that it did not take, in order.
  const std::vector<std::uint32_t>& not_taken() const { return not_taken_; }

  // Appends every occurrence of what it took, in no particular order.
  void scan(std::string_view block, std::vector<LiteralSet::Hit>& hits) const;

 private:
  struct Entry {
    std::uint64_t gram = 0;
    std::uint32_t literal = 0;
    std::uint32_t offset = 0;  // of the gram in the literal
  };

  // A place of the hash table of grams.
  struct Slot {
    std::uint32_t tag = 0;    // bits of the hash: most grams that are not in the table differ here
    std::uint32_t entry = 0;  // 1 + index of the first entry of the gram; 0 if the slot is free
  };

  unsigned hash_bits() const;
  void build();
  template <unsigned kBits>
  void scan_by(std::string_view block, std::vector<LiteralSet::Hit>& hits) const;
  void compare(std::string_view block, std::size_t position, std::uint64_t hash,
               std::vector<LiteralSet::Hit>& hits) const;

  std::span<const std::string> literals_;
  std::vector<std::uint32_t> not_taken_;
  std::vector<Entry> entries_;        // sorted by gram
  std::vector<std::uint8_t> hashes_;  // a set of them: most positions end here
  std::vector<Slot> slots_;           // open addressing
  unsigned slots_shift_ = 0;
};

// Whether `a` and `b` are the same but for the case of ASCII letters.
bool equal_folded(std::string_view a, std::string_view b);

}  // namespace assay
