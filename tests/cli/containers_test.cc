// Every container that is read, as the program meets it: from a file of any name, from standard input, in a
// folder, and within one another. Each holds the same log.
#include <archive.h>
#include <archive_entry.h>

#include <vector>

#include "program.h"

namespace assay::test {
namespace {

// What `prepare` makes of one file.
template <typename Prepare>
std::string pack(const std::string& name, const std::string& content, const Prepare& prepare) {
  std::string packed(content.size() + (1U << 20), '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  prepare(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  EXPECT_EQ(archive_write_open_memory(writer, packed.data(), packed.size(), &used), ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
  EXPECT_EQ(archive_write_data(writer, content.data(), content.size()),
            static_cast<la_ssize_t>(content.size()));
  archive_entry_free(entry);
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK) << archive_error_string(writer);
  archive_write_free(writer);
  packed.resize(used);
  return packed;
}

std::string tar(const std::string& name, const std::string& content, int filter = ARCHIVE_FILTER_NONE) {
  return pack(name, content, [filter](archive* writer) {
    archive_write_set_format_ustar(writer);
    archive_write_add_filter(writer, filter);
  });
}

std::string zip(const std::string& name, const std::string& content) {
  return pack(name, content, [](archive* writer) { archive_write_set_format_zip(writer); });
}

std::string seven_zip(const std::string& name, const std::string& content) {
  return pack(name, content, [](archive* writer) { archive_write_set_format_7zip(writer); });
}

std::string compressed(const std::string& content, int filter) {
  return pack("x", content, [filter](archive* writer) {
    archive_write_set_format_raw(writer);
    archive_write_add_filter(writer, filter);
  });
}

struct Container {
  std::string what;
  std::string bytes;
  std::string inside;  // behind the name of the container
};

std::vector<Container> containers() {
  const std::string log = kLogOfBroken;
  const std::string name = "loggingsnapshot_vcsc.txt";
  const std::string in_it = "!/" + name;
  const std::string diag = tar(name, log, ARCHIVE_FILTER_GZIP);
  return {
      {"a text", log, ""},
      {"tar", tar(name, log), in_it},
      {"tar.gz", diag, in_it},
      {"tar.xz", tar(name, log, ARCHIVE_FILTER_XZ), in_it},
      {"tar.bz2", tar(name, log, ARCHIVE_FILTER_BZIP2), in_it},
      {"tar.zst", tar(name, log, ARCHIVE_FILTER_ZSTD), in_it},
      {"zip", zip(name, log), in_it},
      {"7z", seven_zip(name, log), in_it},
      {"gz", compressed(log, ARCHIVE_FILTER_GZIP), ""},
      {"xz", compressed(log, ARCHIVE_FILTER_XZ), ""},
      {"bz2", compressed(log, ARCHIVE_FILTER_BZIP2), ""},
      {"zst", compressed(log, ARCHIVE_FILTER_ZSTD), ""},
      {"several gzip streams",
       compressed(kLogOfOther, ARCHIVE_FILTER_GZIP) + compressed(log, ARCHIVE_FILTER_GZIP), ""},
      {"tar.gz in a zip in a tar.xz", tar("case.zip", zip("diag.tar.gz", diag), ARCHIVE_FILTER_XZ),
       "!/case.zip!/diag.tar.gz" + in_it},
      {"zip in a 7z in a tar", tar("b.7z", seven_zip("c.zip", zip(name, log))), "!/b.7z!/c.zip" + in_it},
  };
}

std::string signature_in(const Folder& folder) {
  return "--signatures " + folder.write("broken.yaml", kSignature) + " --json - ";
}

void expect_hit(const Outcome& outcome, const std::string& path, const std::string& what) {
  EXPECT_EQ(outcome.status, 1) << what << ": " << outcome.err;
  EXPECT_NE(outcome.out.find("\"path\": \"" + path + "\""), std::string::npos)
      << what << " does not name " << path;
  EXPECT_NE(outcome.out.find("\"complete\": true"), std::string::npos) << what;
}

TEST(Containers, AreKnownByTheirContentWhateverTheirName) {
  const Folder folder;
  const std::string signature = signature_in(folder);
  for (const Container& container : containers()) {
    const std::string file = folder.write("renamed.dat", container.bytes);
    expect_hit(assay("analyze " + signature + file), file + container.inside, container.what);
    const std::string misnamed = folder.write("misnamed.zip", container.bytes);
    EXPECT_EQ(assay("analyze " + signature + misnamed).status, 1) << container.what;
  }
}

TEST(Containers, AreReadFromStandardInput) {
  const Folder folder;
  const std::string signature = signature_in(folder);
  for (const Container& container : containers()) {
    const std::string file = folder.write("renamed.dat", container.bytes);
    expect_hit(shell("cat " + file + " | $assay analyze " + signature + "-"), "stdin" + container.inside,
               container.what);
  }
}

// The table of contents of a 7z is at its end; what comes as a stream is held until it is there.
TEST(Containers, ThatHaveToBeHeldAreLeftUnreadBeyondTheLimit) {
  const Folder folder;
  const std::string file = folder.write("log.7z", seven_zip("log.txt", kLogOfBroken));
  const std::string line = "cat " + file + " | $assay analyze " + signature_in(folder);
  EXPECT_EQ(shell(line + "-").status, 1);
  const Outcome outcome = shell(line + "--limit-memory-archive 20 -");
  EXPECT_NE(outcome.out.find("\"limit-memory-archive\""), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.status, 3);
}

TEST(Containers, AreFoundInFolders) {
  const Folder folder;
  const std::string signature = signature_in(folder);
  const std::string deep = folder.path("case/monday/evening");
  std::filesystem::create_directories(deep);
  for (const Container& container : containers()) {
    std::ofstream(deep + "/upload", std::ios::binary) << container.bytes;
    expect_hit(assay("analyze " + signature + folder.path("case")), deep + "/upload" + container.inside,
               container.what);
  }
}

TEST(Containers, AreOpenedAsDeepAsIsAllowed) {
  const Folder folder;
  const std::string signature = signature_in(folder);
  std::string bytes = kLogOfBroken;
  for (int depth = 0; depth < 8; ++depth) bytes = zip("inside", bytes);
  EXPECT_EQ(assay("analyze " + signature + folder.write("eight", bytes)).status, 1);
  const Outcome deeper = assay("analyze " + signature + folder.write("nine", zip("inside", bytes)));
  EXPECT_EQ(deeper.status, 3);
  EXPECT_NE(deeper.out.find("\"limit-depth\""), std::string::npos);
  EXPECT_EQ(assay("analyze --limit-depth 9 " + signature + folder.path("nine")).status, 1);
}

}  // namespace
}  // namespace assay::test
