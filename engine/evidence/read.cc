// Gives each member to the reader of its kind.
#include "evidence/read.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "evidence/address.h"
#include "evidence/dump_reader.h"
#include "evidence/log_reader.h"
#include "evidence/member_name.h"
#include "evidence/member_sink.h"
#include "evidence/service_folder.h"
#include "evidence/sniff.h"
#include "evidence/wire.h"
#include "input/read_beside.h"

namespace assay {
namespace {

constexpr std::size_t kFirstLook = 64U << 10;
constexpr std::size_t kMaxCertificates = 16U << 20;  // a trust store of a thousand certificates is 2 MB

// The content of a member, of which the front can be looked at before it is read.
class Content : public ByteStream {
 public:
  explicit Content(ByteStream& stream) : stream_(stream) {}

  // Looks at `bytes` of the front, or all there is. Memory grows with what there is.
  std::string_view look(std::size_t bytes) {
    for (bool more = true; more && head_.size() < bytes;) {
      const std::size_t have = head_.size();
      const std::size_t wanted = std::min(bytes - have, std::max(have, kFirstLook));
      head_.resize(have + wanted);
      const std::size_t got = fill(std::span(head_).subspan(have));
      head_.resize(have + got);
      more = got == wanted;
    }
    return head_;
  }

  // Whether there may be more than the first look shows.
  bool is_long() const { return head_.size() >= kFirstLook; }

  std::size_t read(std::span<char> buffer) override {
    if (taken_ == head_.size()) return stream_.read(buffer);
    const std::size_t bytes = std::min(buffer.size(), head_.size() - taken_);
    std::memcpy(buffer.data(), head_.data() + taken_, bytes);
    taken_ += bytes;
    if (taken_ == head_.size()) {
      head_ = {};
      taken_ = 0;
    }
    return bytes;
  }

  std::span<char> exchange(std::vector<char>& buffer) override {
    return taken_ == head_.size() ? stream_.exchange(buffer) : std::span<char>();
  }

 private:
  std::size_t fill(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      const std::size_t got = stream_.read(buffer.subspan(filled));
      if (got == 0) break;
      filled += got;
    }
    return filled;
  }

  ByteStream& stream_;
  std::string head_;
  std::size_t taken_ = 0;
};

MemberForm sniff(Content& content) {
  const MemberForm form = form_of(content.look(kFirstLook));
  return form == MemberForm::undecided ? form_of(content.look(kLongestLook)) : form;
}

void read_capture(WireEvidence& wire, ByteStream& content, std::string_view name, const MemberSink& sink,
                  unsigned threads) {
  const auto read = [&](ByteStream& stream) { wire.read_capture(stream, name, sink); };
  if (threads > 1) {
    read_beside(content, read);
  } else {
    read(content);
  }
}

// An address is no name, though a node may be called by it.
void note_host_fact(const MemberName& name, const MemberSink& sink) {
  if (sink.read.host.empty() || is_address(sink.read.host)) return;
  sink.facts.push_back({.member = sink.member,
                        .name = "host.name",
                        .value = sink.read.host,
                        .source = name.host.empty() ? "the host in most log records" : "the name of the file",
                        .line = 0,
                        .offset = 0,
                        .rank = kRankLog});
}

}  // namespace

struct EvidenceReader::Inside {
  Inside(const LogLiterals& literals, const Limits& limits, unsigned all_threads, WantedSettings wanted)
      : log(literals, limits), settings(std::move(wanted)), threads(all_threads) {}

  LogReader log;
  WireEvidence wire;
  DumpReader dumps;
  WantedSettings settings;
  unsigned threads;
  WaitingRecords waiting;
  Inventory inventory;
};

EvidenceReader::EvidenceReader(const LogLiterals& literals, const Limits& limits, unsigned threads,
                               WantedSettings settings)
    : inside_(std::make_unique<Inside>(literals, limits, threads, std::move(settings))) {}

EvidenceReader::~EvidenceReader() = default;

void EvidenceReader::read(Member& member, const EventVisitor& visit) {
  Inventory& inventory = inside_->inventory;
  const auto index = static_cast<std::uint32_t>(inventory.members.size());
  MemberRead& read = inventory.members.emplace_back();
  read.path = member.path;
  ServiceFolder folder = service_folder(member.container);
  read.service = folder.service;
  read.container = std::move(folder.device);
  const MemberName name = parse_member_name(member.name);
  const MemberSink sink{.member = index,
                        .read = read,
                        .facts = inventory.facts,
                        .settings = inside_->settings,
                        .problems = inventory.problems,
                        .waiting = inside_->waiting,
                        .visit = visit};

  Content content(member.content);
  const MemberForm form = sniff(content);
  const unsigned threads = content.is_long() ? inside_->threads : 1;
  switch (form) {
    case MemberForm::log:
      read.reader = "log";
      inside_->log.read({.read = [&](std::span<char> buffer) { return content.read(buffer); },
                         .exchange = [&](std::vector<char>& buffer) { return content.exchange(buffer); }},
                        name, sink, threads);
      break;
    case MemberForm::settings_text:
    case MemberForm::settings_xml:
      read.host = name.host;
      inside_->dumps.read(content.look(DumpReader::kMaxBytes), form, member, sink);
      break;
    case MemberForm::capture:
      read.host = name.host;
      read_capture(inside_->wire, content, member.name, sink, threads);
      break;
    case MemberForm::certificates:
      read.host = name.host;
      inside_->wire.read_certificates(content.look(kMaxCertificates), member.name, sink);
      break;
    case MemberForm::undecided:
      break;
  }
  note_host_fact(name, sink);
}

void EvidenceReader::finish(const EventVisitor& visit) {
  inside_->wire.finish(inside_->inventory, visit);
}

void EvidenceReader::hand_out_waiting(const std::function<bool(std::uint32_t literal)>& is_asked_for,
                                      const EventVisitor& visit) {
  inside_->waiting.hand_out(is_asked_for, visit);
}

std::vector<JudgedHandshake> EvidenceReader::take_handshakes() {
  return inside_->wire.take_handshakes();
}
std::vector<CertificateSighting> EvidenceReader::take_certificates() {
  return inside_->wire.take_certificates();
}

Inventory EvidenceReader::take_inventory() {
  return std::exchange(inside_->inventory, {});
}

}  // namespace assay
