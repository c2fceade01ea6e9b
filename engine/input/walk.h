// Walks files, folders and archives in archives, and hands out every plain file in them as a stream.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "assay/analyze.h"
#include "input/byte_stream.h"

namespace assay {

// One plain file. Lives, like its content, only during the call of the visitor.
struct Member {
  std::string path;       // chain for display, escaped: "case.zip!/diag.tar.gz!/logs/loggingsnapshot_x.txt"
  std::string container;  // what it lies in: `path` up to its last "!/" or "/", without it; "" for none
  std::string name;       // the last component, escaped, without endings of compressions that were undone
  ByteStream& content;    // what the visitor leaves unread is skipped
};

// What a walk did, for the report.
struct Walked {
  std::uint64_t members = 0;
  std::uint64_t bytes = 0;
  std::vector<Problem> problems;  // in the order of the walk
};

using MemberVisitor = std::function<void(Member&)>;

// Visits every member in the order of the inputs; folders in order of their names, archives in their own
// order. Inside folders, links are not followed, and pipes, sockets and devices not opened; a file that grows
// is read up to the size it had when it was opened. `limits` bounds all of it. Throws Error "no-such-path" or
// "unreadable" before anything is visited if an input is not there or cannot be opened, and "cancelled". What
// the visitor throws passes through.
Walked walk(std::span<const Input> inputs, const Options& options, const MemberVisitor& visit);

}  // namespace assay
