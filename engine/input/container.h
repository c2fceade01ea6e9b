// Reads tar, zip and 7z, one file after the other.
#pragma once

#include <archive_entry.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "input/archive_reader.h"
#include "input/budget.h"
#include "input/sniff.h"
#include "input/source.h"

namespace assay {

class Container {
 public:
  struct File {
    std::string name;  // raw bytes, as the archive has it
    bool encrypted = false;
  };

  // `source` must outlive it. Damage becomes a problem of `path`. REQUIRES: is_archive(form)
  Container(Form form, Source& source, std::string path, Budget& budget);

  // The next file with content: folders, links and devices are passed over. Nothing at the end.
  std::optional<File> next();

  // After the last file, with the source read to its end: reports an end that is none.
  void finish();

  // The content of the file that next() returned last. Lives until the next call of next().
  std::unique_ptr<Source> content(std::string path);

 private:
  class Content;

  void report_failure(const std::string& path, std::uint64_t offset);

  Form form_;
  Source& source_;
  std::string path_;
  Budget& budget_;
  ArchiveReader reader_;
  bool ended_ = false;
  bool failed_ = false;  // why it ended is told
  unsigned retries_ = 0;
};

}  // namespace assay
