// Finds many literals in one pass over a block of bytes. The home of Vectorscan.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// Literals that are looked for together, without regard to the case of ASCII letters. Immutable and
// thread-safe; each thread scans with a Scratch of its own.
class LiteralSet {
 public:
  // Index in `literals` is the id that a hit reports. Empty literals are not allowed; duplicates are.
  explicit LiteralSet(std::span<const std::string> literals);
  LiteralSet(LiteralSet&&) noexcept;
  LiteralSet& operator=(LiteralSet&&) noexcept;
  ~LiteralSet();

  struct Hit {
    std::uint32_t literal = 0;  // its id
    std::uint32_t end = 0;      // offset in the block just behind it
  };

  class Scratch;
  std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch() const;

  // Replaces `hits` by every occurrence in `block`, in order of `end`, then of `literal`.
  // REQUIRES: block.size() < 2^32.
  void scan(std::string_view block, Scratch& scratch, std::vector<Hit>& hits) const;

  // The same by the plain way, for tests.
  void scan_slowly(std::string_view block, std::vector<Hit>& hits) const;

  std::size_t size() const;

  // In a large set a literal of at least this many bytes costs next to nothing where it is absent. Shorter
  // ones make the whole scan slower.
  static constexpr std::size_t kLongLiteral = 15;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace assay
