// The cutter copies only what it has to: a record that arrives whole is visited where it lies.
#include "evidence/tls/records.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t kRecordHeaderBytes = 5;
constexpr std::size_t kLargestRecord = (1U << 14) + 2048;  // RFC 5246 section 6.2.3: ciphertext

std::size_t length_of(Bytes header) {
  return static_cast<std::size_t>(header[3] << 8 | header[4]);
}

TlsRecord record_of(Bytes header, Bytes body) {
  return {.type = static_cast<RecordType>(header[0]),
          .version = header[1] << 8 | header[2],
          .length = length_of(header),
          .body = body};
}

bool is_header(Bytes front) {
  if (front.size() < kRecordHeaderBytes) return false;
  const bool type = front[0] >= 20 && front[0] <= 24;
  const bool version = front[1] == 3 && front[2] <= 4;
  return type && version && length_of(front) <= kLargestRecord;
}

}  // namespace

bool RecordCutter::plausible(Bytes front) {
  return is_header(front) && length_of(front) > 0;
}

Bytes RecordCutter::behind_empty_records(Bytes front) {
  while (is_header(front) && length_of(front) == 0) front = front.subspan(kRecordHeaderBytes);
  return front;
}

void RecordCutter::gap() {
  begun_.clear();
  skip_ = 0;
  lost_ = true;
}

bool RecordCutter::bytes(Bytes data, const Visit& visit) {
  if (lost_) {
    if (!plausible(data)) return false;
    lost_ = false;
  }
  while (!data.empty()) {
    if (skip_ > 0) {
      const std::size_t skipped = std::min(skip_, data.size());
      skip_ -= skipped;
      data = data.subspan(skipped);
      continue;
    }
    if (begun_.empty() && data.size() >= kRecordHeaderBytes) {
      if (!is_header(data)) return gap(), false;
      const std::size_t taken = visit_in_place(data, visit);
      data = data.subspan(taken);
      if (taken > 0) continue;
    }
    const std::size_t wanted =
        begun_.size() < kRecordHeaderBytes ? kRecordHeaderBytes : kRecordHeaderBytes + length_of(begun_);
    const std::size_t taken = std::min(wanted - begun_.size(), data.size());
    begun_.insert(begun_.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(taken));
    data = data.subspan(taken);
    if (begun_.size() >= kRecordHeaderBytes && !header_done(visit)) return gap(), false;
  }
  return true;
}

// Called with at least a header in `data`: visits the record without copying it if it is whole, or can be
// passed over. Returns how many bytes that took: none if it has to be gathered.
std::size_t RecordCutter::visit_in_place(Bytes data, const Visit& visit) {
  const std::size_t whole = kRecordHeaderBytes + length_of(data);
  const bool opaque = static_cast<RecordType>(data[0]) == RecordType::application_data;
  if (!opaque && data.size() < whole) return 0;
  visit(record_of(data, opaque ? Bytes{} : data.subspan(kRecordHeaderBytes, whole - kRecordHeaderBytes)));
  const std::size_t taken = std::min(whole, data.size());
  skip_ = whole - taken;
  return taken;
}

// Called with at least a header in `begun_`: visits the record if it is whole, or can be passed over.
bool RecordCutter::header_done(const Visit& visit) {
  if (!is_header(begun_)) return false;
  const std::size_t length = length_of(begun_);
  const bool opaque = static_cast<RecordType>(begun_[0]) == RecordType::application_data;
  if (!opaque && begun_.size() < kRecordHeaderBytes + length) return true;
  visit(record_of(begun_, opaque ? Bytes{} : Bytes(begun_).subspan(kRecordHeaderBytes)));
  if (opaque) skip_ = length;
  begun_.clear();
  return true;
}

}  // namespace assay
