// Holds the structure that docs/architecture.md draws: which folder may know which, where each third-party
// library lives, and what the library never does.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "source.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sources_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".h" || extension == ".cc" || extension == ".c") files.push_back(entry.path());
  }
  return files;
}

// Every #include of a file, with its brackets: <re2/re2.h>, "text/record.h".
std::vector<std::string> includes_of(const fs::path& path) {
  static const std::regex pattern(R"re((?:^|\n)#include ([<"][^>"\n]+[>"]))re");
  const std::string text = text_of(path);
  std::vector<std::string> includes;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern); at != std::sregex_iterator();
       ++at) {
    includes.push_back((*at)[1]);
  }
  return includes;
}

// "engine/text/record.h" -> "text"; files directly in engine/ -> "top".
std::string folder_of(const fs::path& path) {
  const fs::path below = fs::relative(path, kSource / "engine");
  return below.has_parent_path() ? below.begin()->string() : "top";
}

const std::vector<std::string> kFolders = {"input", "text",     "evidence", "signature",
                                           "match", "diagnose", "explain",  "report"};

TEST(Arrows, GoOneWay) {
  const std::map<std::string, std::set<std::string>> may_know = {
      {"input", {"input"}},
      {"text", {"text"}},
      {"evidence", {"evidence", "text", "input"}},
      {"signature", {"signature"}},
      {"match", {"match", "evidence", "text", "input", "signature"}},
      {"diagnose", {"diagnose", "match", "signature", "evidence"}},
      {"explain", {"explain", "diagnose", "match", "signature", "evidence", "text"}},
      {"report", {"report"}},
  };
  std::size_t arrows = 0;
  for (const std::string& folder : kFolders) {
    for (const fs::path& file : sources_below(kSource / "engine" / folder)) {
      for (const std::string& include : includes_of(file)) {
        for (const std::string& other : kFolders) {
          if (!include.starts_with('"' + other + '/')) continue;
          ++arrows;
          EXPECT_TRUE(may_know.at(folder).contains(other)) << file << " must not know " << include;
        }
      }
    }
  }
  EXPECT_GT(arrows, 50U) << "the includes were not found; this test would prove nothing";
}

// Two types or constants of one name in one namespace would be taken for one by the linker.
TEST(Arrows, NoTwoHeadersDefineTypesOrConstantsOfOneName) {
  static const std::regex definition(
      R"((?:^|\n)(?:(?:struct|class|enum class) (\w+)(?: final)?(?: : [^;{\n]*)? \{|inline constexpr [^=\n]* (k\w+) ?=))");
  std::map<std::string, fs::path> home;
  for (const char* folder : {"engine", "cli"}) {
    for (const fs::path& file : sources_below(kSource / folder)) {
      if (file.extension() != ".h") continue;
      const std::string text = text_of(file);
      for (auto at = std::sregex_iterator(text.begin(), text.end(), definition); at != std::sregex_iterator();
           ++at) {
        const std::string name = (*at)[1].str() + (*at)[2].str();
        const auto [entry, is_new] = home.emplace(name, file);
        EXPECT_TRUE(is_new) << name << " is defined in " << entry->second << " and in " << file;
      }
    }
  }
  EXPECT_GT(home.size(), 100U) << "the definitions were not found; this test would prove nothing";
}

// diagnose sees hits as data: it must not know how events are read or matched.
TEST(Arrows, DiagnosisKnowsHitsButNotReadersOrMatchers) {
  for (const fs::path& file : sources_below(kSource / "engine" / "diagnose")) {
    for (const std::string& include : includes_of(file)) {
      EXPECT_NE(include, "\"match/matcher.h\"") << file;
      EXPECT_NE(include, "\"evidence/read.h\"") << file;
    }
  }
}

TEST(Arrows, PublicHeadersStandOnTheStandardLibraryAlone) {
  for (const fs::path& file : sources_below(kSource / "engine" / "include" / "assay")) {
    for (const std::string& include : includes_of(file)) {
      const bool own = include.starts_with("\"assay/");
      const bool standard = include.starts_with('<') && include.find('/') == std::string::npos &&
                            include.find(".h>") == std::string::npos;
      const bool c_header =
          file.filename() == "c_api.h" && (include == "<stddef.h>" || include == "<stdint.h>");
      EXPECT_TRUE(own || standard || c_header) << file << " includes " << include;
    }
  }
}

TEST(Arrows, TheProgramUsesPublicHeadersOnly) {
  for (const fs::path& file : sources_below(kSource / "cli")) {
    for (const std::string& include : includes_of(file)) {
      if (!include.starts_with('"')) continue;
      const std::string name = include.substr(1, include.size() - 2);
      EXPECT_TRUE(name.starts_with("assay/") || fs::exists(kSource / "cli" / name))
          << file << " includes " << include;
    }
  }
}

TEST(Libraries, EachLivesInOneFolder) {
  const std::map<std::string, std::string> home = {
      {"<archive", "input"},    {"<lzma", "input"},     {"<boost/", "input"},      {"<isa-l", "input"},
      {"<hs", "text"},          {"<re2/", "signature"}, {"<yaml.h>", "signature"}, {"<kainjow/", "signature"},
      {"<nlohmann/", "report"}, {"<pcap/", "evidence"}, {"<tins/", "evidence"},    {"<openssl/", "evidence"},
  };
  std::set<std::string> seen;
  for (const fs::path& file : sources_below(kSource / "engine")) {
    for (const std::string& include : includes_of(file)) {
      for (const auto& [prefix, folder] : home) {
        if (!include.starts_with(prefix)) continue;
        seen.insert(prefix);
        EXPECT_EQ(folder_of(file), folder) << file << " includes " << include;
      }
    }
  }
  EXPECT_EQ(seen.size(), home.size()) << "a library of this list is not used any more";
}

TEST(Library, NeverPrintsExitsOrSwallowsErrors) {
  const std::regex forbidden(
      R"(std::cout|std::cerr|std::clog|\bprintf\(|\bputs\(|fmt::print|\bstd::exit\(|\babort\(|catch \(\.\.\.\))");
  for (const fs::path& file : sources_below(kSource / "engine")) {
    const std::string text = text_of(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(text, found, forbidden)) << file << " has " << found.str();
  }
}

TEST(Readme, GuidesToEveryPublicHeader) {
  const std::string readme = text_of(kSource / "README.md");
  for (const fs::path& file : sources_below(kSource / "engine" / "include" / "assay")) {
    EXPECT_NE(readme.find("assay/" + file.filename().string()), std::string::npos)
        << "README.md does not name " << file.filename();
  }
}

}  // namespace
