// How a signature file is laid out, rule by rule; and that nothing but the layout of a file changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "assay/lint.h"
#include "signature/remarks.h"
#include "signature/yaml_node.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string formatted(const std::string& text) {
  return format_signature({.name = "x.yaml", .text = text});
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(ASSAY_SOURCE_DIR "/signatures")) {
    const bool is_pack = entry.path().filename() == "pack.yaml";
    if (entry.path().extension() == ".yaml" && !is_pack) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// A file as data, in the order of its keys' names: what loading makes a signature of.
std::string meaning(const YamlNode& node) {
  std::string words = std::to_string(static_cast<int>(node.kind)) + '<' + node.text;
  for (const YamlNode& item : node.items) words += meaning(item);
  std::vector<std::string> pairs;
  for (const YamlEntry& entry : node.entries) pairs.push_back(entry.key + '=' + meaning(entry.value));
  std::sort(pairs.begin(), pairs.end());
  for (const std::string& pair : pairs) words += pair;
  return words + '>';
}

std::string meaning(const std::string& text) {
  Remarks remarks("x.yaml");
  const YamlNode root = read_yaml(text, remarks);
  EXPECT_FALSE(remarks.has_errors()) << text;
  return meaning(root);
}

TEST(Format, OfShippedSignaturesIsTheirs) {
  ASSERT_GT(shipped().size(), 90U);
  for (const fs::path& file : shipped()) {
    EXPECT_EQ(formatted(text_of(file)), text_of(file))
        << file << ": assay signatures format lays it out anew";
  }
}

// Every shipped file, indented and ordered otherwise: the same comes out, and it means the same.
TEST(Format, FindsTheLayoutAgain) {
  for (const fs::path& file : shipped()) {
    const std::string text = text_of(file);
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(formatted(windows), text) << file;

    // The tests, which end the file, are put before everything else but the head.
    const std::size_t tests = text.find("\ntests:\n") + 1;
    const std::size_t id = text.find("\nid:") + 1;
    const std::string turned = text.substr(0, id) + text.substr(tests) + text.substr(id, tests - id);
    EXPECT_EQ(meaning(turned), meaning(text)) << file;
    EXPECT_EQ(formatted(turned), text) << file;
  }
}

TEST(Format, IndentsByTwoAndPutsTheKeysInOrder) {
  const std::string text = formatted(R"(kind:   network
title: "T"
tests:
- expect: {status: issue}
  log: x
  name: a
text:
    actions:
    - Do it.
    description: |
         Two
           lines
conclude:
  - {group_by: a, when: seen, status: issue}
observe:
     seen:
         log:
             message: 'a'
id: X
)");
  EXPECT_EQ(text, R"(id: X
title: "T"
kind: network

observe:
  seen:
    log:
      message: 'a'

conclude:
  - {status: issue, when: seen, group_by: a}

text:
  description: |
    Two
      lines
  actions:
    - Do it.

tests:
  - name: a
    log: x
    expect: {status: issue}
)");
  EXPECT_EQ(formatted(text), text);
}

TEST(Format, KeepsTheOrderThatIsTheWriters) {
  const std::string text = R"(id: X

observe:
  zulu:
    log: {message: b, detail: a}
    capture: {z: pid, a: level}
  alpha: {log: {message: a}}
unknown: 1
)";
  EXPECT_EQ(formatted(text), text) << "observations, fields, captures; unknown keys behind the known ones";
  EXPECT_EQ(formatted("unknown: 1\nid: X\n"), "id: X\nunknown: 1\n");
}

TEST(Format, LeavesCommentsWhereTheyBelong) {
  const std::string text = R"(# The head of the file,
# of two lines.

# More head.
title: T     # beside
# Above kind.
kind: network

# Of the tests.
tests:
  - log: x
    # Above the name.
    name: a
  # At the end of the tests.
# At the end of the file, which is that of the list before it.
id: X
# Behind the id.

# Of the needs.
needs: [log]
observe:   # beside a key
    seen:
        log:
            message: a
            # At the end of log.
        # At the end of seen.
    # At the end of observe.
)";
  EXPECT_EQ(formatted(text), R"(# The head of the file,
# of two lines.

# More head.
# At the end of the file, which is that of the list before it.
id: X
# Behind the id.
title: T     # beside
# Above kind.
kind: network

# Of the needs.
needs: [log]

observe:   # beside a key
  seen:
    log:
      message: a
      # At the end of log.
    # At the end of seen.
  # At the end of observe.

# Of the tests.
tests:
  # Above the name.
  - name: a
    log: x
  # At the end of the tests.
)");
}

TEST(Format, MovesNoCommentToABlockFarAboveIt) {
  const std::string text = R"(id: X

observe:
  seen: {log: {message: a}}

text:
  description: a

tests:
  - name: a
    log: b
  # The last line.
)";
  EXPECT_EQ(formatted(text), text);
  EXPECT_EQ(formatted("id: X\n...\n# Behind the document.\n"), "id: X\n# Behind the document.\n");
}

TEST(Format, KeepsOneBlankLineWithinSectionsAndNoneAtTheirBeginning) {
  EXPECT_EQ(formatted("id: X\n\ntitle: T\ntests:\n\n\n  - name: a\n\n\n\n  - name: b\n\n\n"),
            "id: X\ntitle: T\n\ntests:\n  - name: a\n\n  - name: b\n");
}

TEST(Format, WritesListsAndMapsInBracketsInOneLineOrBelowOneAnother) {
  EXPECT_EQ(formatted("id: X\nneeds: [ log,status , ]\napplies: { fact: a,  is: 'b' }\n"),
            "id: X\n\napplies: {fact: a, is: 'b'}\nneeds: [log, status]\n");
  EXPECT_EQ(formatted("id: X\nneeds: [log,   # why\n        # and\n        status]\n"
                      "applies: {all: [{fact: a, is: b},\n {fact: c, is: d}]}\n"),
            "id: X\n\napplies:\n  all:\n    - {fact: a, is: b}\n    - {fact: c, is: d}\n"
            "needs:\n  - log   # why\n  # and\n  - status\n");
}

TEST(Format, ChangesNoByteOfATextButItsMargin) {
  EXPECT_EQ(
      formatted("id: X\ntext:\n      description: |\n          a  \n\n            b\n          c\t\n\n\n"
                "      condition: >-\n             folded\n             text\n"),
      "id: X\n\ntext:\n  description: |\n    a  \n\n      b\n    c\t\n\n  condition: >-\n    folded\n"
      "    text\n");
  EXPECT_EQ(formatted("id: X\ntests:\n-   log: |4\n            begins with blanks\n        ends\n"),
            "id: X\n\ntests:\n  - log: |2\n          begins with blanks\n      ends\n");
  EXPECT_EQ(formatted("id: |+\n      kept\n\n\ntitle: T\n"), "id: |+\n  kept\n\n\ntitle: T\n");
  EXPECT_EQ(formatted("id: X\ntitle: 'of\n     two lines'\nkind: \"a \\\n        b\"\n"),
            "id: X\ntitle: 'of\n  two lines'\nkind: \"a \\\n  b\"\n");
  EXPECT_EQ(formatted("id: X\ntitle: \u8a3c#1 # \u8a3c\n"), "id: X\ntitle: \u8a3c#1 # \u8a3c\n");
}

TEST(Format, PutsTheFirstLineOfAnEntryBehindItsDash) {
  EXPECT_EQ(formatted("tests:\n-\n   # why\n   name: a\n- - x\n  - y\n- |\n  z\n- # what\n  b: c\n"),
            "tests:\n  # why\n  - name: a\n  - - x\n    - y\n  - |\n    z\n  # what\n  - b: c\n");
}

TEST(Format, TakesAwayWhatMeansNothing) {
  EXPECT_EQ(formatted("\xEF\xBB\xBF---\r\nid: X   \r\ntitle:\tT\r\n...\r\n"), "id: X\ntitle: T\n");
}

TEST(Format, LeavesJsonAlone) {
  const std::string json = "{\"title\": \"T\",\n  \"id\": \"X\"}";
  EXPECT_EQ(formatted(json), json);
}

TEST(Format, RefusesWhatItCannotRead) {
  const auto code_of = [](const std::string& text) -> std::string {
    try {
      formatted(text);
    } catch (const Error& error) {
      return error.code();
    }
    return "";
  };
  EXPECT_EQ(code_of("id: [x\n"), "invalid-signatures");
  EXPECT_EQ(code_of("id: &a x\n"), "invalid-signatures");
  EXPECT_EQ(code_of(""), "invalid-signatures");
  EXPECT_EQ(code_of("- a\n"), "not-formattable");
  EXPECT_EQ(code_of("id: x\rtitle: y\n"), "not-formattable");
  EXPECT_EQ(code_of("id: x\n? |\n  a key of its own\n: b\n"), "not-formattable")
      << "a key of several lines is nowhere a key of signatures";
}

TEST(Format, NamesTheFileThatItRefuses) {
  try {
    formatted("- a\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("x.yaml"));
  }
}

}  // namespace
}  // namespace assay
