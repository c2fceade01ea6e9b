// Vectorscan finds the literals, but for those of a large set that the gram filter takes. It is given a part
// of each: it takes neither a literal that begins with NUL nor one of many kilobytes. The bytes around the
// part are compared where the part was found. A literal of nothing but NUL has no such part, and is looked
// for the plain way.
#include "text/literals.h"

#include <hs/hs.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <optional>

#include "assay/error.h"
#include "text/gram_filter.h"

namespace assay {
namespace {

constexpr std::size_t kLongestPart = 200;

// Below this Vectorscan alone is as fast: up to some ten literals it tells nearly every byte that begins
// none.
constexpr std::size_t kLargeSet = 24;

struct DeleteDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Compiled = std::unique_ptr<hs_database_t, DeleteDatabase>;

// The part of a literal that Vectorscan looks for: empty if there is none.
std::string_view part_of(std::string_view literal) {
  return literal.substr(std::min(literal.find_first_not_of('\0'), literal.size()), kLongestPart);
}

Compiled compile(std::span<const std::string> literals, std::span<const std::uint32_t> wanted) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  std::vector<unsigned> ids;
  for (const std::uint32_t id : wanted) {
    const std::string_view part = part_of(literals[id]);
    if (part.empty()) continue;
    ids.push_back(id);
    texts.push_back(part.data());
    lengths.push_back(part.size());
  }
  if (texts.empty()) return nullptr;
  const std::vector<unsigned> flags(texts.size(), HS_FLAG_CASELESS);
  hs_database_t* database = nullptr;
  hs_compile_error_t* failure = nullptr;
  const hs_error_t result =
      hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(),
                           static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database, &failure);
  if (result == HS_SUCCESS) return Compiled(database);
  const std::string reason = failure != nullptr ? failure->message : "unknown reason";
  hs_free_compile_error(failure);
  throw Error("prefilter",
              "the literals of the signatures cannot be compiled for this processor: Vectorscan says \"" +
                  reason + "\"");
}

}  // namespace

struct LiteralSet::Database {
  std::vector<std::string> literals;
  std::vector<std::uint32_t> without_part;  // those that are looked for the plain way
  std::optional<GramFilter> filter;         // of a large set
  Compiled compiled;                        // none if there is nothing else
};

class LiteralSet::Scratch {
 public:
  explicit Scratch(const hs_database_t* database) {
    if (database != nullptr && hs_alloc_scratch(database, &scratch_) != HS_SUCCESS) throw std::bad_alloc();
  }
  ~Scratch() { hs_free_scratch(scratch_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  hs_scratch_t* get() const { return scratch_; }

 private:
  hs_scratch_t* scratch_ = nullptr;
};

namespace {

// What Vectorscan hands back for each occurrence.
struct Search {
  std::string_view block;
  const std::vector<std::string>& literals;
  std::vector<LiteralSet::Hit>& hits;
};

int found(unsigned id, unsigned long long, unsigned long long end, unsigned, void* context) {
  Search& search = *static_cast<Search*>(context);
  const std::string_view literal = search.literals[id];
  const std::string_view part = part_of(literal);
  const std::size_t before = static_cast<std::size_t>(part.data() - literal.data()) + part.size();
  if (end < before) return 0;
  const std::size_t begin = end - before;
  if (literal.size() > part.size() && !equal_folded(search.block.substr(begin, literal.size()), literal))
    return 0;
  search.hits.push_back({.literal = id, .end = static_cast<std::uint32_t>(begin + literal.size())});
  return 0;
}

void find_plainly(std::string_view block, std::uint32_t id, std::string_view literal,
                  std::vector<LiteralSet::Hit>& hits) {
  for (std::size_t begin = 0; begin + literal.size() <= block.size(); ++begin) {
    if (!equal_folded(block.substr(begin, literal.size()), literal)) continue;
    hits.push_back({.literal = id, .end = static_cast<std::uint32_t>(begin + literal.size())});
  }
}

bool is_before(LiteralSet::Hit a, LiteralSet::Hit b) {
  return a.end != b.end ? a.end < b.end : a.literal < b.literal;
}

void put_in_order(std::vector<LiteralSet::Hit>::iterator begin, std::vector<LiteralSet::Hit>::iterator end) {
  if (!std::is_sorted(begin, end, is_before)) std::sort(begin, end, is_before);
}

// Into the order that is promised, each once. The hits before and behind `middle` were found in two ways,
// each mostly in order.
void arrange(std::vector<LiteralSet::Hit>& hits, std::size_t middle) {
  const auto behind = hits.begin() + static_cast<std::ptrdiff_t>(middle);
  put_in_order(hits.begin(), behind);
  put_in_order(behind, hits.end());
  std::inplace_merge(hits.begin(), behind, hits.end(), is_before);
  const auto same = [](LiteralSet::Hit a, LiteralSet::Hit b) {
    return a.end == b.end && a.literal == b.literal;
  };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

}  // namespace

LiteralSet::LiteralSet(std::span<const std::string> literals) : database_(std::make_unique<Database>()) {
  database_->literals.assign(literals.begin(), literals.end());
  std::vector<std::uint32_t> wanted;
  for (std::uint32_t id = 0; id < literals.size(); ++id) {
    assert(!literals[id].empty());
    if (part_of(literals[id]).empty()) database_->without_part.push_back(id);
    wanted.push_back(id);
  }
  if (literals.size() >= kLargeSet) wanted = database_->filter.emplace(database_->literals).not_taken();
  database_->compiled = compile(database_->literals, wanted);
}

LiteralSet::LiteralSet(LiteralSet&&) noexcept = default;
LiteralSet& LiteralSet::operator=(LiteralSet&&) noexcept = default;
LiteralSet::~LiteralSet() = default;

std::size_t LiteralSet::size() const {
  return database_->literals.size();
}

std::unique_ptr<LiteralSet::Scratch, void (*)(LiteralSet::Scratch*)> LiteralSet::make_scratch() const {
  return {std::make_unique<Scratch>(database_->compiled.get()).release(),
          [](Scratch* scratch) { std::default_delete<Scratch>{}(scratch); }};
}

void LiteralSet::scan(std::string_view block, Scratch& scratch, std::vector<Hit>& hits) const {
  assert(block.size() <= UINT32_MAX);
  hits.clear();
  for (const std::uint32_t id : database_->without_part)
    find_plainly(block, id, database_->literals[id], hits);
  if (database_->filter) database_->filter->scan(block, hits);
  const std::size_t filtered = hits.size();
  if (database_->compiled != nullptr && !block.empty()) {
    Search search{.block = block, .literals = database_->literals, .hits = hits};
    const hs_error_t result = hs_scan(database_->compiled.get(), block.data(),
                                      static_cast<unsigned>(block.size()), 0, scratch.get(), found, &search);
    if (result == HS_NOMEM) throw std::bad_alloc();
    assert(result == HS_SUCCESS);
  }
  arrange(hits, filtered);
}

void LiteralSet::scan_slowly(std::string_view block, std::vector<Hit>& hits) const {
  hits.clear();
  for (std::uint32_t id = 0; id < size(); ++id) find_plainly(block, id, database_->literals[id], hits);
  arrange(hits, hits.size());
}

}  // namespace assay
