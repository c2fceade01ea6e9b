// A first draft of a signature, made of one record of a log, or of what an analysis could not explain.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assay/report.h"

namespace assay {

struct SignatureDraft {
  std::string text;  // of the file: YAML
  // What only a person can write, as keys of the file: "id", "title", "text.description", "text.actions". The
  // draft says TODO there, and lint reminds of it.
  std::vector<std::string> unwritten;
};

// Drafts a signature for the record that holds line `line` (from 1) of `log`. Addresses, ports, names,
// numbers, ids and times of the record become captures, its other words what is looked for; process, module,
// level and event become tests of these fields; and the record becomes the first test. A text that has no
// header of a log record is taken for the message of one.
//
// Pure: reads no file. Throws Error "invalid-option" if there is no such line, or nothing in it.
SignatureDraft draft_signature(std::string_view log, std::uint64_t line = 1);

// Drafts a signature for events of Report::unexplained: of the record that is their example, of the status
// and the reason that their transactions ended with, or of the side that refused their handshakes and its
// alert; as the test of the last would need a capture, that draft has none.
SignatureDraft draft_signature(const UnexplainedGroup& group);

}  // namespace assay
