// What a walk may still use, and what it has met so far.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "assay/options.h"
#include "input/progress.h"
#include "input/walk.h"

namespace assay {

// Every layer of the walk draws from one Budget. A limit of the whole walk (total bytes, members, time) and
// a cancellation stop it: all streams end, all loops leave, and nothing more is reported, because what then
// looks damaged is only unread. Streams must not throw, libarchive's C code is between them.
class Budget {
 public:
  // `options` must outlive it.
  explicit Budget(const Options& options);

  const Limits& limits() const { return options_.limits; }

  // Asked before every block and every member. False: the walk has stopped, or does so now. `path` is where
  // it is.
  bool go_on(const std::string& path);
  bool stopped() const { return stop_ != Stop::no; }
  bool cancelled() const { return stop_ == Stop::cancelled; }

  // One more file in a folder or archive is about to be opened. False: that is one too many.
  bool may_open(const std::string& path);

  // How many of `wanted` bytes of members may still come out.
  std::size_t grant(std::size_t wanted) const;
  void stop_for_total_bytes(const std::string& path, std::uint64_t offset);
  void spend(std::size_t bytes) { walked_.bytes += bytes; }
  void count_visit() { ++walked_.members; }

  // True where `out` bytes are suspiciously many for `in` bytes of one compressed stream.
  bool expands_too_far(std::uint64_t out, std::uint64_t in) const;

  void report(std::string code, const std::string& path, std::uint64_t offset, std::string message);
  // The same for a limit: which one, its value, and then what was left unread.
  void report_limit(std::string_view name, std::uint64_t value, const std::string& path, std::uint64_t offset,
                    std::string_view consequence);

  void tell_progress(const std::string& path) { progress_.tell(walked_.bytes, walked_.members, path); }
  const Walked& walked() const { return walked_; }

 private:
  enum class Stop { no, limit, cancelled };

  const Options& options_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  ProgressTeller progress_;
  Stop stop_ = Stop::no;
  std::uint64_t opened_ = 0;
  std::uint64_t unlisted_ = 0;  // problems beyond those that are kept
  Walked walked_;
};

}  // namespace assay
