// Grams are compared with one bit of each byte set, which makes both cases of a letter the same. What else it
// makes the same is sorted out when the literal is compared.
#include "text/gram_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "characters.h"

namespace assay {
namespace {

constexpr std::size_t kStride = 8;
constexpr std::size_t kGramBytes = 8;
constexpr std::size_t kWindowBytes = kGramBytes + kStride - 1;  // holds one gram for each alignment
static_assert(kWindowBytes == LiteralSet::kLongLiteral);
constexpr std::size_t kSearchedBytes = 256;  // of a literal, for its best window
constexpr std::size_t kMostAlike = 256;      // literals that may share a gram

std::uint64_t gram_at(const char* bytes) {
  std::uint64_t gram = 0;
  std::memcpy(&gram, bytes, sizeof gram);
  return gram | 0x2020202020202020U;
}

// Its upper bits depend on all bytes of the gram.
std::uint64_t hash_of(std::uint64_t gram) {
  return gram * 0x9E3779B97F4A7C15U;
}

// The bytes of the set of hashes, as a power of two. It has to be sparse, so that few positions pass by
// chance, but fit into a near cache: 64 KiB do for the shipped signatures, 512 KiB for some ten thousand.
constexpr unsigned kFewBits = 16;
constexpr unsigned kManyBits = 19;
constexpr std::size_t kFewEntries = 8'192;

// The set of hashes is one of bytes: the upper bits of a hash choose the byte, and others two bits in it. The
// first one turns most positions away; the second one most of the rest, before they cost a look at the
// table of grams, which of ten thousand literals is in no near cache.
struct Bits {
  unsigned first = 0;
  unsigned second = 0;
};

bool has(std::uint8_t byte, unsigned bit) {
  return (byte >> bit & 1U) != 0;
}

Bits bits_of(std::uint64_t hash) {
  const auto bits = static_cast<unsigned>(hash >> 32);
  return {.first = bits & 7U, .second = bits >> 3 & 7U};
}

// The grams of the searched part of every literal, sorted, with how many have each.
class Popularity {
 public:
  explicit Popularity(std::span<const std::string> literals) {
    for (const std::string& literal : literals) {
      const std::string_view part = std::string_view(literal).substr(0, kSearchedBytes);
      for (std::size_t at = 0; at + kGramBytes <= part.size(); ++at) grams_.push_back(gram_at(&part[at]));
    }
    std::sort(grams_.begin(), grams_.end());
  }

  std::size_t of(std::uint64_t gram) const {
    const auto range = std::equal_range(grams_.begin(), grams_.end(), gram);
    return static_cast<std::size_t>(range.second - range.first);
  }

 private:
  std::vector<std::uint64_t> grams_;
};

struct Window {
  std::size_t offset = 0;
  std::size_t alike = SIZE_MAX;  // literals that share its most popular gram
};

Window best_window(std::string_view literal, const Popularity& popularity) {
  literal = literal.substr(0, kSearchedBytes);
  std::vector<std::size_t> alike;
  for (std::size_t at = 0; at + kGramBytes <= literal.size(); ++at) {
    alike.push_back(popularity.of(gram_at(&literal[at])));
  }
  Window best;
  for (std::size_t at = 0; at + kStride <= alike.size(); ++at) {
    const auto begin = alike.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t most = *std::max_element(begin, begin + kStride);
    if (most < best.alike) best = {.offset = at, .alike = most};
  }
  return best;
}

}  // namespace

bool equal_folded(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at + kGramBytes <= a.size(); at += kGramBytes) {
    if (gram_at(&a[at]) != gram_at(&b[at])) return false;
  }
  return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

GramFilter::GramFilter(std::span<const std::string> literals) : literals_(literals) {
  const Popularity popularity(literals);
  for (std::uint32_t id = 0; id < literals.size(); ++id) {
    const Window window =
        literals[id].size() < kWindowBytes ? Window{} : best_window(literals[id], popularity);
    if (window.alike > kMostAlike) {
      not_taken_.push_back(id);
      continue;
    }
    for (std::size_t i = 0; i < kStride; ++i) {
      const std::size_t offset = window.offset + i;
      entries_.push_back({.gram = gram_at(&literals[id][offset]),
                          .literal = id,
                          .offset = static_cast<std::uint32_t>(offset)});
    }
  }
  if (!entries_.empty()) build();
}

unsigned GramFilter::hash_bits() const {
  return entries_.size() <= kFewEntries ? kFewBits : kManyBits;
}

void GramFilter::build() {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.gram < b.gram; });
  const unsigned slots = static_cast<unsigned>(std::bit_width(entries_.size() * 2));  // half of them are free
  hashes_.assign(std::size_t{1} << hash_bits(), 0);
  slots_.assign(std::size_t{1} << slots, {});
  slots_shift_ = 64 - slots;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i > 0 && entries_[i].gram == entries_[i - 1].gram) continue;
    const std::uint64_t hash = hash_of(entries_[i].gram);
    std::uint8_t& byte = hashes_[hash >> (64 - hash_bits())];
    byte = static_cast<std::uint8_t>(byte | 1U << bits_of(hash).first | 1U << bits_of(hash).second);
    std::size_t slot = hash >> slots_shift_;
    while (slots_[slot].entry != 0) slot = (slot + 1) % slots_.size();
    slots_[slot] = {.tag = static_cast<std::uint32_t>(hash), .entry = static_cast<std::uint32_t>(i + 1)};
  }
}

void GramFilter::scan(std::string_view block, std::vector<LiteralSet::Hit>& hits) const {
  if (entries_.empty()) return;
  if (hash_bits() == kFewBits) {
    scan_by<kFewBits>(block, hits);
  } else {
    scan_by<kManyBits>(block, hits);
  }
}

// By a constant, because to shift by a variable would cost a quarter more. Of a sparse set four bytes are
// asked at once whether any has a bit.
template <unsigned kBits>
void GramFilter::scan_by(std::string_view block, std::vector<LiteralSet::Hit>& hits) const {
  const std::uint8_t* const hashes = hashes_.data();
  const char* const text = block.data();
  const auto hash_at = [&](std::size_t position) { return hash_of(gram_at(text + position)); };
  const auto byte_at = [&](std::size_t position) { return hashes[hash_at(position) >> (64 - kBits)]; };
  const auto look_at = [&](std::size_t position) {
    const std::uint64_t hash = hash_at(position);
    const std::uint8_t byte = hashes[hash >> (64 - kBits)];
    const Bits bits = bits_of(hash);
    if (has(byte, bits.first) && has(byte, bits.second)) compare(block, position, hash, hits);
  };
  const std::size_t end = block.size() < kGramBytes ? 0 : block.size() - kGramBytes + 1;
  std::size_t position = 0;
  if constexpr (kBits == kFewBits) {
    for (; position + 3 * kStride < end; position += 4 * kStride) {
      const int any = byte_at(position) | byte_at(position + kStride) | byte_at(position + 2 * kStride) |
                      byte_at(position + 3 * kStride);
      if (any == 0) continue;
      for (std::size_t i = 0; i < 4; ++i) look_at(position + i * kStride);
    }
  }
  for (; position < end; position += kStride) look_at(position);
}

void GramFilter::compare(std::string_view block, std::size_t position, std::uint64_t hash,
                         std::vector<LiteralSet::Hit>& hits) const {
  const std::uint64_t gram = gram_at(block.data() + position);
  const std::uint32_t tag = static_cast<std::uint32_t>(hash);
  std::size_t slot = hash >> slots_shift_;
  while (slots_[slot].entry != 0 &&
         (slots_[slot].tag != tag || entries_[slots_[slot].entry - 1].gram != gram)) {
    slot = (slot + 1) % slots_.size();
  }
  if (slots_[slot].entry == 0) return;
  for (std::size_t i = slots_[slot].entry - 1; i < entries_.size() && entries_[i].gram == gram; ++i) {
    const Entry& entry = entries_[i];
    const std::string_view literal = literals_[entry.literal];
    if (position < entry.offset) continue;
    const std::size_t begin = position - entry.offset;
    if (!equal_folded(block.substr(begin, literal.size()), literal)) continue;
    hits.push_back({.literal = entry.literal, .end = static_cast<std::uint32_t>(begin + literal.size())});
  }
}

}  // namespace assay
