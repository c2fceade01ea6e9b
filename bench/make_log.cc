// Writes a log of exactly the given size to standard output, or into a bundle with its dumps.
//
//   make_log --seed N --bytes SIZE [--bundle FILE.tar.gz]
//
// SIZE may end in K, M or G (powers of 1000). In the bundle the members have the names of a real one.
#include <fmt/format.h>

#include <boost/iostreams/device/file.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "log_writer.h"

namespace {

using Sink = std::function<void(std::string_view)>;

struct Request {
  std::uint64_t seed = 1;
  std::uint64_t bytes = 300'000'000;
  std::string bundle;
};

std::uint64_t size_of(const std::string& text) {
  std::size_t end = 0;
  std::uint64_t size = std::stoull(text, &end);
  const std::string unit = text.substr(end);
  if (unit == "K") return size * 1'000;
  if (unit == "M") return size * 1'000'000;
  if (unit == "G") return size * 1'000'000'000;
  if (!unit.empty()) throw std::invalid_argument("size '" + text + "': the unit can be K, M or G");
  return size;
}

Request request_of(int count, char** words) {
  Request request;
  for (int i = 1; i < count; i += 2) {
    const std::string_view option = words[i];
    if (i + 1 == count) throw std::invalid_argument(fmt::format("{} needs a value", option));
    const std::string value = words[i + 1];
    if (option == "--seed") {
      request.seed = std::stoull(value);
    } else if (option == "--bytes") {
      request.bytes = size_of(value);
    } else if (option == "--bundle") {
      request.bundle = value;
    } else {
      throw std::invalid_argument(
          fmt::format("unknown option '{}'; there are --seed N, --bytes SIZE, --bundle FILE.tar.gz", option));
    }
  }
  return request;
}

void write_log(const Request& request, const Sink& sink) {
  bench::LogWriter writer(request.seed);
  std::string block;
  std::string record;
  std::uint64_t left = request.bytes;
  while (true) {
    record.clear();
    writer.append_record(record);
    if (record.size() + bench::LogWriter::kFillerBytes > left) break;
    left -= record.size();
    block += record;
    if (block.size() < 1 << 20) continue;
    sink(block);
    block.clear();
  }
  if (left >= bench::LogWriter::kFillerBytes) writer.append_filler(block, left);
  sink(block);
}

// A ustar header. Sizes below 8 GiB.
std::string tar_header(std::string_view name, std::uint64_t size) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, std::string_view text) { header.replace(at, text.size(), text); };
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", size));
  put(136, fmt::format("{:011o}", 1'657'560'798));
  put(148, "        ");
  put(156, "0");
  put(257, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum));
  header[154] = '\0';
  return header;
}

void write_member(std::string_view name, std::uint64_t size, const std::function<void(const Sink&)>& content,
                  const Sink& sink) {
  sink(tar_header(name, size));
  content(sink);
  sink(std::string((512 - size % 512) % 512, '\0'));
}

// Compressed as hard as gzip does by itself.
constexpr int kCompression = 6;

void write_bundle(const Request& request) {
  boost::iostreams::filtering_ostream bundle;
  bundle.push(boost::iostreams::gzip_compressor(kCompression));
  bundle.push(boost::iostreams::file_sink(request.bundle, std::ios::binary));
  const Sink sink = [&](std::string_view bytes) {
    bundle.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!bundle) throw std::runtime_error("cannot write " + request.bundle);
  };
  const auto text_member = [&](std::string_view name, const std::string& text) {
    write_member(
        name, text.size(), [&](const Sink& out) { out(text); }, sink);
  };
  text_member("xconf_dump_vcsc_2022-07-11_17_33_18.txt", bench::configuration_dump());
  text_member("xstat_dump_vcsc_2022-07-11_17_33_18.txt", bench::status_dump());
  write_member(
      "loggingsnapshot_vcsc_2022-07-11_17_33_18.txt", request.bytes,
      [&](const Sink& out) { write_log(request, out); }, sink);
  sink(std::string(1024, '\0'));
}

void write_to_stdout(const Request& request) {
  write_log(request, [](std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
      throw std::runtime_error("cannot write to standard output");
    }
  });
}

}  // namespace

int main(int count, char** words) {
  try {
    const Request request = request_of(count, words);
    if (request.bytes < bench::LogWriter::kFillerBytes) {
      throw std::invalid_argument("--bytes must be at least 200");
    }
    request.bundle.empty() ? write_to_stdout(request) : write_bundle(request);
  } catch (const std::exception& error) {
    fmt::print(stderr, "make_log: {}\n", error.what());
    return 2;
  }
  return 0;
}
