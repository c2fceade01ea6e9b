// `assay signatures show --format json`: all that the file says, for programs.
#include "program.h"

namespace assay::test {
namespace {

const char* const kShown = R"(# yaml-language-server: $schema=../signature.schema.json
#
# Made up for this test,
# in two lines.
#
# And a second paragraph.
id: SHOWN
title: {en: "A \"quoted\" title", it: Titolo}
kind: network  # no part of what is shown
severity: low
symptoms: [Calls fail]
observe:
  late:
    http: {duration: {above: 1000}, status: [500, '0502'], reason: {exists: true}}
correlate:
  often: {count: late, at_least: 3}
conclude:
  - {status: issue, when: often}
text: {description: "{{count}}\tlate"}
hidden_by: []
)";

const char* const kJson = R"(  "comment": "Made up for this test, in two lines.\nAnd a second paragraph.",
  "signature": {
    "id": "SHOWN",
    "title": {
      "en": "A \"quoted\" title",
      "it": "Titolo"
    },
    "kind": "network",
    "severity": "low",
    "symptoms": [
      "Calls fail"
    ],
    "observe": {
      "late": {
        "http": {
          "duration": {
            "above": 1000
          },
          "status": [
            500,
            "0502"
          ],
          "reason": {
            "exists": true
          }
        }
      }
    },
    "correlate": {
      "often": {
        "count": "late",
        "at_least": 3
      }
    },
    "conclude": [
      {
        "status": "issue",
        "when": "often"
      }
    ],
    "text": {
      "description": "{{count}}\tlate"
    },
    "hidden_by": []
  }
}
)";

TEST(SignatureAsJson, SaysAllThatTheFileSays) {
  const Folder folder;
  const std::string file = folder.write("shown.yaml", kShown);
  const Outcome outcome = assay("signatures show SHOWN --format json --signatures " + file);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "{\n  \"file\": \"" + file + "\",\n" + kJson);
}

TEST(SignatureAsJson, ShowsTheFileItselfOtherwise) {
  const Folder folder;
  const std::string file = folder.write("shown.yaml", kShown);
  for (const std::string format : {"", " --format yaml"}) {
    const Outcome outcome = assay("signatures show SHOWN --signatures " + file + format);
    EXPECT_NE(outcome.out.find("# no part of what is shown"), std::string::npos) << format;
  }
}

}  // namespace
}  // namespace assay::test
