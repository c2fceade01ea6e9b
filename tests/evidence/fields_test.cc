// Fields are read from events by name.
#include "evidence/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<FieldValue> value_of(std::string_view name, const Event& event) {
  FieldValues values;
  read_field(field_key(name), event, values);
  return values.values;
}

FieldValue text(std::string_view words) {
  return words;
}
FieldValue number(std::int64_t value) {
  return value;
}

constexpr std::string_view kRecord =
    "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"Inbound TLS Negotiation Error\" Src-ip=\"192.0.2.7\" "
    "Src-ip=\"192.0.2.8\" Detail=\"no certificate returned\" Empty=\"\" Level=\"1\" UTCTime=\"2022-07-11 "
    "16:55:25,909\"";

struct ARecord {
  Record record;
  Event event;
};

ARecord a_record() {
  ARecord made;
  parse_record(kRecord, std::nullopt, made.record);
  return made;
}

TEST(Fields, OfALogRecord) {
  ARecord made = a_record();
  made.event.text = kRecord;
  made.event.what = LogEvent{&made.record};
  EXPECT_EQ(kind_of(made.event), "log");
  EXPECT_THAT(value_of("log.process", made.event), ElementsAre(text("tvcs")));
  EXPECT_THAT(value_of("log.event", made.event), ElementsAre(text("Inbound TLS Negotiation Error")));
  EXPECT_THAT(value_of("log.text", made.event), ElementsAre(text(kRecord)));
  EXPECT_THAT(value_of("log.time", made.event), ElementsAre(FieldValue(Time{1657558525909000})));
}

TEST(Fields, OfACertificateAndTheHandshakeThatShowedIt) {
  Certificate certificate;
  certificate.subject_parts = {{"CN", "cucm"}, {"DC", "example"}, {"DC", "com"}};
  certificate.signature_salt = 32;
  const Sighting sighting;
  Event event;
  event.what = CertificateEvent{&certificate, &sighting, std::nullopt};
  EXPECT_THAT(value_of("certificate.subject.part.dc", event), ElementsAre(text("example"), text("com")));
  EXPECT_THAT(value_of("certificate.issuer.part.DC", event), IsEmpty());
  EXPECT_THAT(value_of("certificate.signature_salt", event), ElementsAre(number(32)));
  EXPECT_THAT(value_of("certificate.path_length", event), IsEmpty());

  Handshake handshake;
  handshake.cipher_number = 0x0039;
  event.what = TlsEvent{&handshake};
  EXPECT_THAT(value_of("tls.cipher_number", event), ElementsAre(number(0x0039)));
}

TEST(Fields, APairIsFoundWithoutRegardToCaseAndAsOftenAsItStandsThere) {
  ARecord made = a_record();
  made.event.what = LogEvent{&made.record};
  EXPECT_THAT(value_of("log.pair.src-IP", made.event), ElementsAre(text("192.0.2.7"), text("192.0.2.8")));
}

TEST(Fields, WhatIsEmptyOrAbsentHasNoValue) {
  ARecord made = a_record();
  made.event.what = LogEvent{&made.record};
  EXPECT_THAT(value_of("log.pair.Empty", made.event), IsEmpty());
  EXPECT_THAT(value_of("log.pair.Dst-ip", made.event), IsEmpty());
  EXPECT_THAT(value_of("log.pid", made.event), IsEmpty());
  EXPECT_THAT(value_of("log.block", made.event), IsEmpty());
}

TEST(Fields, OfAnotherKindOfEventHaveNoValue) {
  Event event;
  event.what =
      SettingEvent{.source = SettingEvent::Source::status, .path = "SystemUnit Product", .value = "x"};
  for (const Field& field : fields()) {
    std::string name(field.name);
    if (name.ends_with(".*")) name.replace(name.size() - 1, 1, "Src-ip");
    EXPECT_EQ(value_of(name, event).empty(), !field.name.starts_with("setting.")) << name;
  }
  EXPECT_THAT(value_of("setting.source", event), ElementsAre(text("status")));
}

TEST(Fields, OfATransaction) {
  Transaction transaction;
  transaction.id = "12";
  transaction.pid = 4242;
  transaction.begin = Time{1'000'000};
  transaction.end = Time{1'118'999};
  transaction.status = 502;
  transaction.target = Target{.raw = "x",
                              .decoded = true,
                              .domain = "example.com",
                              .protocol = "https",
                              .host = "cucm.example.com",
                              .port = 8443};
  transaction.diagnostics.push_back({.place = {}, .time = {}, .text = "first", .join = Join::nearest});
  transaction.diagnostics.push_back(
      {.place = {}, .time = {}, .text = "second", .join = Join::only_candidate});
  Event event;
  event.what = HttpEvent{&transaction};
  EXPECT_EQ(kind_of(event), "http");
  EXPECT_THAT(value_of("http.id", event), ElementsAre(text("12")));
  EXPECT_THAT(value_of("http.pid", event), ElementsAre(number(4242)));
  EXPECT_THAT(value_of("http.duration", event), ElementsAre(number(118)));
  EXPECT_THAT(value_of("http.status", event), ElementsAre(number(502)));
  EXPECT_THAT(value_of("http.complete", event), ElementsAre(FieldValue(false)));
  EXPECT_THAT(value_of("http.target.host", event), ElementsAre(text("cucm.example.com")));
  EXPECT_THAT(value_of("http.target.port", event), ElementsAre(number(8443)));
  EXPECT_THAT(value_of("http.target.decoded", event), ElementsAre(FieldValue(true)));
  EXPECT_THAT(value_of("http.diagnostic", event), ElementsAre(text("first"), text("second")));
  EXPECT_THAT(value_of("http.join", event), ElementsAre(text("nearest"), text("only_candidate")));
}

TEST(Fields, OfATransactionThatSaysLittle) {
  const Transaction transaction;
  Event event;
  event.what = HttpEvent{&transaction};
  EXPECT_THAT(value_of("http.duration", event), IsEmpty());
  EXPECT_THAT(value_of("http.target.decoded", event), IsEmpty());
  EXPECT_THAT(value_of("http.url", event), IsEmpty());
}

}  // namespace
}  // namespace assay
