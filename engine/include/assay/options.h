// How an analysis is to be done. Plain data with defaults that are safe for bundles from strangers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace assay {

// Bounds on what an analysis may consume. Reaching one ends the member that reached it (the totals:
// the walk), never the analysis: what was found stays, and a Problem says which limit, where, and
// what was left unread. It names limits as the program does: expansion_ratio is --limit-ratio, record_bytes
// --limit-record, seconds --limit-time. 0 is not "unlimited"; use the largest value of the type for that.
struct Limits {
  // Bytes that come out of all archives together. A bundle holds 2 GB of log and 400 MB of captures
  // per interface at most; a case rarely more than four of them.
  std::uint64_t total_bytes = 64ULL << 30;
  // Bytes of one member. The unified log rotates at 2 GB.
  std::uint64_t member_bytes = 8ULL << 30;
  // Members of all archives together. A bundle has tens, a system snapshot some thousands.
  std::uint64_t members = 100'000;
  // Archives and compressions inside one another. case.zip!/diag.tar.gz!/log.gz has four.
  std::uint32_t depth = 8;
  // Bytes out for each byte in, looked at once 64 MiB have come out of one compressed stream. Logs
  // compress 10 to 60 times; gzip cannot do more than 1,032.
  std::uint32_t expansion_ratio = 500;
  // Bytes of one record; what is longer is cut. The longest real ones (SIP with SDP, PEM) are below 64 KiB.
  std::uint32_t record_bytes = 1U << 20;
  // Seconds for the whole analysis.
  std::uint32_t seconds = 600;
  // Bytes held in memory for one archive that cannot be read as a stream (7z, and zip without sizes,
  // inside another archive or from standard input).
  std::uint64_t memory_archive_bytes = 64ULL << 20;
  // Hits kept for each observation of a signature and each bundle; the counts go on.
  std::uint32_t hits = 2'000;
};

// How far an analysis has come. Totals are not known in advance: archives are read as streams.
struct Progress {
  std::uint64_t bytes = 0;    // that came out of the archives so far
  std::uint64_t members = 0;  // begun so far
  std::string path;           // the member that is being read
};

struct Options {
  Limits limits;
  // 1: everything on the calling thread. 2 or more: a log or capture is unpacked on one thread and
  // read on another; then signatures are judged on this many. The report is the same, byte for byte.
  unsigned threads = 2;
  // Language of the texts, as in signatures ("en", "ja", "it"). A text without it falls back to "en".
  std::string language = "en";
  // Keep every HTTP transaction in Report::transactions, not only count them.
  bool transactions = false;
  // Keep every TLS handshake in Report::handshakes, and every certificate in Report::certificates.
  bool handshakes = false;
  bool certificates = false;
  // Measure what each signature costs, into Report::costs. It takes some time itself.
  bool profile = false;
  // Called on the calling thread, some times a second at most; must not throw. May be empty.
  std::function<void(const Progress&)> progress;
  // Asked now and then on any thread that works for this analysis; true ends it with Error "cancelled". Must
  // not throw. May be empty.
  std::function<bool()> cancelled;
};

}  // namespace assay
