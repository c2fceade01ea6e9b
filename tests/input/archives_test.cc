// Makes archives in memory, with libarchive itself, for all tests of this folder.
#include "input/archives.h"

#include <gtest/gtest.h>
#include <locale.h>

#include <array>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>

#include "input/read_beside.h"
#include "input/sniff.h"

namespace assay {

void PrintTo(const Problem& problem, std::ostream* out) {
  *out << problem.code << " " << problem.path << " @" << problem.offset << ": " << problem.message;
}

namespace archives {
namespace {

// libarchive spells names in the locale of the thread.
struct Utf8Locale {
  Utf8Locale() : locale(newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{})), before(uselocale(locale)) {}
  ~Utf8Locale() {
    uselocale(before);
    freelocale(locale);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

  locale_t locale;
  locale_t before;
};

la_ssize_t append(archive* /*writer*/, void* target, const void* bytes, std::size_t size) {
  static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void require(archive* writer, int result) {
  if (result != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer));
}

enum class Thread { same, another };

WalkedAll collect(Thread thread, const std::vector<Input>& inputs, const Options& options) {
  WalkedAll all;
  std::array<char, 10'000> buffer;
  const Walked walked = walk(inputs, options, [&](Member& member) {
    Seen seen{.path = member.path, .container = member.container, .name = member.name, .content = {}};
    const auto read = [&](ByteStream& content) {
      while (const std::size_t count = content.read(buffer)) seen.content.append(buffer.data(), count);
    };
    if (thread == Thread::another) {
      read_beside(member.content, read);
    } else {
      read(member.content);
    }
    all.bytes += seen.content.size();
    all.members.push_back(std::move(seen));
  });
  EXPECT_EQ(walked.members, all.members.size());
  EXPECT_EQ(walked.bytes, all.bytes);
  all.problems = walked.problems;
  return all;
}

}  // namespace

std::string write_archive(const Prepare& prepare, const std::vector<File>& files) {
  const Utf8Locale utf8_locale;
  std::string bytes;
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(),
                                                                       &archive_write_free);
  prepare(writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  require(writer.get(), archive_write_open(writer.get(), &bytes, nullptr, &append, nullptr));
  for (const File& file : files) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              &archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), file.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
    require(writer.get(), archive_write_header(writer.get(), entry.get()));
    archive_write_data(writer.get(), file.content.data(), file.content.size());
  }
  require(writer.get(), archive_write_close(writer.get()));
  return bytes;
}

std::string tar(const std::vector<File>& files) {
  return write_archive(archive_write_set_format_ustar, files);
}
std::string zip(const std::vector<File>& files) {
  return write_archive(archive_write_set_format_zip, files);
}
std::string seven_zip(const std::vector<File>& files) {
  return write_archive(archive_write_set_format_7zip, files);
}

std::string compress(int filter, std::string_view bytes) {
  const Prepare prepare = [filter](archive* writer) {
    archive_write_set_format_raw(writer);
    require(writer, archive_write_add_filter(writer, filter));
    if (filter == ARCHIVE_FILTER_GZIP)
      require(writer, archive_write_set_filter_option(writer, "gzip", "timestamp", nullptr));
  };
  return write_archive(prepare, {{"", std::string(bytes)}});
}

std::string gzip(std::string_view bytes) {
  return compress(ARCHIVE_FILTER_GZIP, bytes);
}

std::string noise(std::size_t bytes) {
  std::mt19937 random(4711);
  std::string text(bytes, '\0');
  for (char& byte : text) byte = static_cast<char>(random() & 0xffU);
  return text;
}

void PrintTo(const Seen& seen, std::ostream* out) {
  *out << seen.path << " (" << seen.container << ", " << seen.name << ", " << seen.content.size()
       << " bytes: " << seen.content.substr(0, 60) << ")";
}

std::vector<std::string> WalkedAll::paths() const {
  std::vector<std::string> paths;
  for (const Seen& member : members) paths.push_back(member.path);
  return paths;
}

std::vector<std::string> WalkedAll::codes() const {
  std::vector<std::string> codes;
  for (const Problem& problem : problems) codes.push_back(problem.code);
  return codes;
}

WalkedAll walk_all(const std::vector<Input>& inputs, const Options& options) {
  const WalkedAll beside = collect(Thread::another, inputs, options);
  // A stream can be read once only, so the second walk begins by winding it back.
  for (const Input& input : inputs) {
    if (auto* const* stream = std::get_if<std::istream*>(&input.source)) {
      (*stream)->clear();
      (*stream)->seekg(0);
    }
  }
  WalkedAll all = collect(Thread::same, inputs, options);
  EXPECT_EQ(beside.members, all.members);
  EXPECT_EQ(beside.problems, all.problems);
  return all;
}

WalkedAll walk_bytes(std::string_view bytes, const Options& options) {
  return walk_all({Input::from_bytes("in", std::span(bytes.data(), bytes.size()))}, options);
}

WalkedAll walk_stream(std::string_view bytes, const Options& options) {
  std::istringstream stream{std::string(bytes)};
  return walk_all({Input::from_stream("-", stream)}, options);
}

TEST(MadeArchives, BeginLikeWhatTheyAre) {
  const std::vector<File> files = {{"a.log", "a\n"}};
  const auto form_of = [](std::string_view bytes) {
    return sniff(std::span(bytes).first(std::min(bytes.size(), kSniffBytes)));
  };
  EXPECT_EQ(form_of(tar(files)), Form::tar);
  EXPECT_EQ(form_of(zip(files)), Form::zip);
  EXPECT_EQ(form_of(zip({})), Form::zip);
  EXPECT_EQ(form_of(seven_zip(files)), Form::seven_zip);
  EXPECT_EQ(form_of(gzip("a")), Form::gzip);
  EXPECT_EQ(form_of(compress(ARCHIVE_FILTER_XZ, "a")), Form::xz);
  EXPECT_EQ(form_of(compress(ARCHIVE_FILTER_BZIP2, "a")), Form::bzip2);
  EXPECT_EQ(form_of(compress(ARCHIVE_FILTER_BZIP2, "")), Form::bzip2);
  EXPECT_EQ(form_of(compress(ARCHIVE_FILTER_ZSTD, "a")), Form::zstd);
  EXPECT_EQ(form_of("BZh9 is how this text begins"), Form::plain);
  EXPECT_EQ(form_of(""), Form::plain);
}

}  // namespace archives
}  // namespace assay
