// Vectorscan finds the literals. It is given the beginning of each only: what is longer is compared where the
// beginning was found, so that the length of a literal has no limit of Vectorscan's.
#include "text/literals.h"

#include <hs/hs.h>

#include <algorithm>
#include <cassert>
#include <new>

#include "assay/error.h"

namespace assay {
namespace {

constexpr std::size_t kCompiledBytes = 200;

char fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return fold(x) == fold(y); });
}

struct DeleteDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Compiled = std::unique_ptr<hs_database_t, DeleteDatabase>;

Compiled compile(std::span<const std::string> literals) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  std::vector<unsigned> ids;
  for (const std::string& literal : literals) {
    ids.push_back(static_cast<unsigned>(texts.size()));
    texts.push_back(literal.data());
    lengths.push_back(std::min(literal.size(), kCompiledBytes));
  }
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
  Compiled compiled;  // none for an empty set
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
  const std::string_view rest = literal.substr(std::min(literal.size(), kCompiledBytes));
  if (!equal_folded(search.block.substr(end, rest.size()), rest)) return 0;
  search.hits.push_back({.literal = id, .end = static_cast<std::uint32_t>(end + rest.size())});
  return 0;
}

// Into the order that is promised, each once.
void arrange(std::vector<LiteralSet::Hit>& hits) {
  using Hit = LiteralSet::Hit;
  const auto before = [](Hit a, Hit b) { return a.end != b.end ? a.end < b.end : a.literal < b.literal; };
  const auto same = [](Hit a, Hit b) { return a.end == b.end && a.literal == b.literal; };
  if (!std::is_sorted(hits.begin(), hits.end(), before)) std::sort(hits.begin(), hits.end(), before);
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

}  // namespace

LiteralSet::LiteralSet(std::span<const std::string> literals)
    : database_(std::make_unique<Database>(
          Database{.literals = {literals.begin(), literals.end()}, .compiled = nullptr})) {
  assert(std::none_of(literals.begin(), literals.end(), [](const std::string& l) { return l.empty(); }));
  if (!literals.empty()) database_->compiled = compile(database_->literals);
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
  hits.clear();
  if (database_->compiled == nullptr || block.empty()) return;
  assert(block.size() <= UINT32_MAX);
  Search search{.block = block, .literals = database_->literals, .hits = hits};
  const hs_error_t result = hs_scan(database_->compiled.get(), block.data(),
                                    static_cast<unsigned>(block.size()), 0, scratch.get(), found, &search);
  if (result == HS_NOMEM) throw std::bad_alloc();
  assert(result == HS_SUCCESS);
  arrange(hits);
}

void LiteralSet::scan_slowly(std::string_view block, std::vector<Hit>& hits) const {
  hits.clear();
  for (std::size_t id = 0; id < database_->literals.size(); ++id) {
    const std::string_view literal = database_->literals[id];
    for (std::size_t begin = 0; begin + literal.size() <= block.size(); ++begin) {
      if (!equal_folded(block.substr(begin, literal.size()), literal)) continue;
      hits.push_back({.literal = static_cast<std::uint32_t>(id),
                      .end = static_cast<std::uint32_t>(begin + literal.size())});
    }
  }
  arrange(hits);
}

}  // namespace assay
