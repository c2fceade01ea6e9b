// The names in certificates come from strangers, and so may what lies in the folder: names are made of safe
// characters, and files are opened below the folder without following links.
#include "export.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>

#include "assay/certificates.h"
#include "assay/error.h"

namespace assay {
namespace {

constexpr std::size_t kLongestName = 80;
constexpr std::size_t kShortFingerprint = 16;  // hexadecimal digits

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

[[noreturn]] void cannot_write(const std::string& path) {
  throw Error("unwritable", fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

std::string path_of(const std::string& folder, const std::string& name) {
  return (std::filesystem::path(folder) / name).string();
}

// "*.example.com" is "_.example.com"; what begins with a dot or a dash would be hidden or an option.
std::string safe(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, kLongestName)) {
    const bool is_safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         c == '.' || c == '-' || c == '_';
    const bool is_bad_start = name.empty() && (c == '.' || c == '-');
    name += is_safe && !is_bad_start ? c : '_';
  }
  return name.empty() ? "certificate" : name;
}

std::string readable_name(const Certificate& certificate) {
  if (!certificate.common_names.empty()) return safe(certificate.common_names.front());
  if (!certificate.sans.empty()) return safe(certificate.sans.front().value);
  return safe(certificate.subject);
}

enum class Existing { none, same, other };

// What is there of a name; a link or a folder is something else.
Existing existing(int folder, const std::string& name, const std::string& content) {
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) return errno == ENOENT ? Existing::none : Existing::other;
  struct stat status {};
  if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return Existing::other;
  if (static_cast<std::size_t>(status.st_size) != content.size()) return Existing::other;
  std::string there(content.size(), '\0');
  std::size_t have = 0;
  while (have < there.size()) {
    const ssize_t got = ::read(file.number(), there.data() + have, there.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  return have == content.size() && there == content ? Existing::same : Existing::other;
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void write_new(int folder, const std::string& name, const std::string& content, const std::string& path) {
  constexpr mode_t kReadableByAll = 0644;
  const Descriptor file(
      ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kReadableByAll));
  if (!file.is_open()) cannot_write(path);
  if (write_all(file.number(), content)) return;
  const int error = errno;
  ::unlinkat(folder, name.c_str(), 0);
  errno = error;
  cannot_write(path);
}

struct Planned {
  std::string name;
  std::string content;
  Existing existing = Existing::none;
};

std::vector<Planned> plan(const std::vector<CertificatePointer>& certificates) {
  const std::vector<std::string> names = file_names(certificates);
  std::vector<Planned> planned;
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    if (certificates[i]->unreadable.empty())
      planned.push_back({.name = names[i], .content = to_pem(*certificates[i]), .existing = Existing::none});
  }
  return planned;
}

}  // namespace

std::vector<std::string> file_names(const std::vector<CertificatePointer>& certificates) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const CertificatePointer& certificate : certificates) {
    const std::string front = readable_name(*certificate) + '-';
    std::string name = front + certificate->sha256.substr(0, kShortFingerprint) + ".pem";
    if (!taken.insert(name).second) name = front + certificate->sha256 + ".pem";
    taken.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

void check_folder(const std::string& folder) {
  std::error_code ignored;
  const auto status = std::filesystem::status(folder, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status))
    throw Error("unwritable", fmt::format("cannot export to {}: it is no folder", folder));
}

Exported export_certificates(const std::string& folder, const std::vector<CertificatePointer>& certificates,
                             bool force) {
  std::vector<Planned> planned = plan(certificates);
  Exported exported;
  exported.unreadable = certificates.size() - planned.size();
  if (planned.empty()) return exported;

  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) cannot_write(folder);
  for (Planned& file : planned) {
    file.existing = existing(directory.number(), file.name, file.content);
    if (file.existing == Existing::other && !force) {
      throw Error("file-exists",
                  fmt::format("cannot write {}: it is there already, with other content; nothing "
                              "was written; --force overwrites it",
                              path_of(folder, file.name)));
    }
  }
  for (const Planned& file : planned) {
    if (file.existing == Existing::same) {
      ++exported.already_there;
      continue;
    }
    const std::string path = path_of(folder, file.name);
    const bool is_in_the_way = file.existing == Existing::other;
    if (is_in_the_way && ::unlinkat(directory.number(), file.name.c_str(), 0) != 0) cannot_write(path);
    write_new(directory.number(), file.name, file.content, path);
    ++exported.written;
  }
  return exported;
}

}  // namespace assay
