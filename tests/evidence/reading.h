// Reads texts as members, as tests need it: everything that comes out is copied.
#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/fields.h"
#include "evidence/read.h"

namespace assay {

class TextStream : public ByteStream {
 public:
  // `piece` bytes at a time, so that pieces end anywhere.
  explicit TextStream(std::string_view text, std::size_t piece = 4096) : text_(text), piece_(piece) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t bytes = std::min({buffer.size(), text_.size(), piece_});
    if (bytes > 0) std::memcpy(buffer.data(), text_.data(), bytes);
    text_.remove_prefix(bytes);
    return bytes;
  }

 private:
  std::string_view text_;
  std::size_t piece_;
};

struct SeenLog {
  EventPlace place;
  std::optional<Time> time;
  std::string text;
  std::string process;
  std::string message;
  std::vector<std::uint32_t> literals;
};

struct SeenSetting {
  EventPlace place;
  SettingEvent::Source source;
  std::string path;
  std::string value;
};

struct Reading {
  std::vector<SeenLog> logs;
  std::vector<SeenSetting> settings;
  std::vector<Transaction> transactions;
  std::vector<Handshake> handshakes;
  std::vector<std::string> certificates;  // "use: line of the report"
  Inventory inventory;

  // The value of the fact with the lowest rank, or "".
  std::string fact(std::string_view name) const {
    const FoundFact* best = nullptr;
    for (const FoundFact& found : inventory.facts) {
      if (found.name == name && (best == nullptr || found.rank < best->rank)) best = &found;
    }
    return best == nullptr ? "" : best->value;
  }
};

inline void see(const Event& event, Reading& reading) {
  if (const auto* const log = std::get_if<LogEvent>(&event.what)) {
    reading.logs.push_back({.place = event.place,
                            .time = event.time,
                            .text = std::string(event.text),
                            .process = std::string(log->record->process),
                            .message = std::string(log->record->message),
                            .literals = {event.literals.begin(), event.literals.end()}});
  } else if (const auto* const setting = std::get_if<SettingEvent>(&event.what)) {
    reading.settings.push_back({.place = event.place,
                                .source = setting->source,
                                .path = std::string(setting->path),
                                .value = std::string(setting->value)});
  } else if (const auto* const tls = std::get_if<TlsEvent>(&event.what)) {
    reading.handshakes.push_back(*tls->handshake);
  } else if (const auto* const certificate = std::get_if<CertificateEvent>(&event.what)) {
    reading.certificates.push_back(certificate->sighting->use + ": " + std::string(event.text));
  } else {
    reading.transactions.push_back(*std::get<HttpEvent>(event.what).transaction);
  }
}

using Files = std::vector<std::pair<std::string, std::string>>;

inline Reading read_files(const Files& files, const Wanted& wanted = {}, const Limits& limits = {}) {
  Reading reading;
  const LogLiterals literals(wanted);
  EvidenceReader reader(literals, limits);
  for (const auto& [name, text] : files) {
    TextStream stream(text);
    Member member{
        .path = "bundle.tar.gz!/" + name, .container = "bundle.tar.gz", .name = name, .content = stream};
    reader.read(member, [&](const Event& event) { see(event, reading); });
  }
  reader.finish([&](const Event& event) { see(event, reading); });
  reading.inventory = reader.take_inventory();
  return reading;
}

inline Reading read_log(const std::string& text, const Wanted& wanted = {}, const Limits& limits = {}) {
  return read_files({{"loggingsnapshot_test.txt", text}}, wanted, limits);
}

inline Wanted want(std::vector<std::string> literals) {
  Wanted wanted;
  wanted.literals = std::move(literals);
  return wanted;
}

}  // namespace assay
