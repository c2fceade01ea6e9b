// Runs the real program as a person or a script would.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "folder.h"

namespace assay::test {

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const std::string kSource = ASSAY_SOURCE_DIR;
inline const std::string kBundle = kSource + "/testdata/diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz";

// `arguments` as a shell reads them, in which $assay is the program.
inline Outcome shell(const std::string& line) {
  const Folder folder;
  const std::string command =
      "cd " + folder.path("") +
      "; export LC_ALL=C COLUMNS=100 assay=" ASSAY_PROGRAM " ASSAY_SIGNATURES=" + kSource +
      "/signatures; ( " + line + " ) >out 2>err </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder.path("out")),
          read_file(folder.path("err"))};
}

inline Outcome assay(const std::string& arguments) {
  return shell("$assay " + arguments);
}

// UPDATE_GOLDEN=1 writes the golden files anew; read the difference before it is kept.
inline void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = kSource + "/tests/cli/golden/" + name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, read_file(path)) << "differs from " << path << "; UPDATE_GOLDEN=1 writes it anew";
}

// Fires on the word BROKEN in any log; never misses anything.
inline constexpr const char* kSignature = R"(id: broken
title: Something is broken
kind: defect
severity: high
needs: [log]
observe:
  broken: {log: {message: 'BROKEN'}}
conclude:
  - {status: issue, when: broken}
text:
  description: Something is broken.
)";

inline constexpr const char* kLogOfBroken = "2022-07-11T16:55:26.016+00:00 vcsc tvcs: BROKEN\n";
inline constexpr const char* kLogOfOther = "2022-07-11T16:55:26.016+00:00 vcsc tvcs: all is well\n";

// A text with a part exchanged.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

}  // namespace assay::test
