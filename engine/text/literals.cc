// The gram filter finds the long literals, Vectorscan all others. Vectorscan is given a part of each: it
// takes neither a literal that begins with NUL nor one of many kilobytes. The bytes around the part are
// compared where the part was found. A literal of nothing but NUL has no such part, and is looked for the
// plain way.
#include "text/literals.h"

#include <hs/hs.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <numeric>
#include <optional>

#include "assay/error.h"
#include "text/gram_filter.h"

namespace assay {
namespace {

constexpr std::size_t kLongestPart = 200;

// So few are found faster by Vectorscan alone.
constexpr std::size_t kFew = 5;

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
  explicit Database(std::span<const std::string> given) : literals(given.begin(), given.end()) {
    std::vector<std::uint32_t> others(literals.size());
    std::iota(others.begin(), others.end(), 0U);
    if (literals.size() > kFew) others = filter.emplace(literals).not_taken();
    compiled = compile(literals, others);
    for (const std::uint32_t id : others) {
      assert(!literals[id].empty());
      if (part_of(literals[id]).empty()) without_part.push_back(id);
    }
  }

  const std::vector<std::string> literals;
  std::optional<GramFilter> filter;
  Compiled compiled;                        // none if the filter took all
  std::vector<std::uint32_t> without_part;  // those that are looked for the plain way
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

void sort(std::span<LiteralSet::Hit> hits) {
  if (!std::is_sorted(hits.begin(), hits.end(), is_before)) std::sort(hits.begin(), hits.end(), is_before);
}

// Into the order that is promised, each once. Those of the filter are in front; each part is nearly in order.
void arrange(std::vector<LiteralSet::Hit>& hits, std::size_t of_filter) {
  const auto middle = hits.begin() + static_cast<std::ptrdiff_t>(of_filter);
  sort({hits.begin(), middle});
  sort({middle, hits.end()});
  if (middle != hits.begin()) std::inplace_merge(hits.begin(), middle, hits.end(), is_before);
  const auto same = [](LiteralSet::Hit a, LiteralSet::Hit b) { return !is_before(a, b) && !is_before(b, a); };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

}  // namespace

LiteralSet::LiteralSet(std::span<const std::string> literals)
    : database_(std::make_unique<Database>(literals)) {}

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
  if (database_->filter) database_->filter->scan(block, hits);
  const std::size_t of_filter = hits.size();
  for (const std::uint32_t id : database_->without_part)
    find_plainly(block, id, database_->literals[id], hits);
  if (database_->compiled != nullptr && !block.empty()) {
    Search search{.block = block, .literals = database_->literals, .hits = hits};
    const hs_error_t result = hs_scan(database_->compiled.get(), block.data(),
                                      static_cast<unsigned>(block.size()), 0, scratch.get(), found, &search);
    if (result == HS_NOMEM) throw std::bad_alloc();
    assert(result == HS_SUCCESS);
  }
  arrange(hits, of_filter);
}

void LiteralSet::scan_slowly(std::string_view block, std::vector<Hit>& hits) const {
  hits.clear();
  for (std::uint32_t id = 0; id < size(); ++id) find_plainly(block, id, database_->literals[id], hits);
  arrange(hits, 0);
}

}  // namespace assay
