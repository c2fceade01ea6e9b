// The table of names that signatures may use, in the order in which they are shown.
#include <algorithm>
#include <string_view>

#include "assay/fields.h"

namespace assay {
namespace {

using enum FieldType;

constexpr bool kOne = false;
constexpr bool kMany = true;

constexpr Field kFields[] = {
    {"log.time", time, kOne, "",
     "When the record was written, in UTC: its own UTCTime where it has one, else the time of its header.",
     "2022-07-11T16:55:25.910Z"},
    {"log.host", word, kOne, "", "Host name in the header of the record; may be \"localhost\".", "vcsc"},
    {"log.process", word, kOne, "", "Process that wrote the record; absent where the record has no tag.",
     "traffic_server"},
    {"log.pid", number, kOne, "", "Process id behind the name of the process.", "18242"},
    {"log.thread", word, kOne, "", "Thread that wrote the record.", "ET_NET 0"},
    {"log.level", word, kOne, "", "Level of the record: of its diagnostic prefix, or its Level pair.",
     "WARNING"},
    {"log.module", word, kOne, "", "The Module pair.", "network.http.trafficserver"},
    {"log.event", word, kOne, "", "The Event pair.", "Inbound TLS Negotiation Error"},
    {"log.detail", text, kOne, "", "The Detail pair.", "self signed certificate in certificate chain"},
    {"log.message", text, kOne, "",
     "The words behind header, tag and diagnostic prefix, up to a SIPMSG or HTTPMSG block.",
     "SNI (cucm.example.com) not in certificate. Action=Terminate server=cucm.example.com(192.0.2.10)"},
    {"log.block", text, kOne, "", "The SIP or HTTP message that the record carries, without its bars.",
     "HTTP/1.1 403 Forbidden"},
    {"log.text", text, kOne, "", "The whole record, header and continuation lines included.",
     "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\""},
    {"log.pair.*", text, kMany, "",
     "The pair of that name, without regard to its case; several values where it stands there repeatedly.",
     "log.pair.Src-ip: 192.0.2.10"},

    {"http.id", word, kOne, "", "Txn-id of the transaction; counts within one run of traffic_server.",
     "3028"},
    {"http.process", word, kOne, "", "Process that served the transaction.", "traffic_server"},
    {"http.pid", number, kOne, "", "Its process id.", "18242"},
    {"http.time", time, kOne, "", "When the transaction began, in UTC.", "2022-07-11T16:55:25.910Z"},
    {"http.duration", number, kOne, "ms", "From the first record of the transaction to its last.", "118"},
    {"http.client", text, kOne, "", "Address and port that the request came from.", "192.0.2.7:50314"},
    {"http.method", word, kOne, "", "Method of the request.", "GET"},
    {"http.url", text, kOne, "", "URL as the client asked.",
     "http://vcs_control.example.com:8443/c3RldmVuLmxhYg/cucm-uds/servers"},
    {"http.url_sent", text, kOne, "", "URL as it was sent to the server.", "/cucm-uds/servers"},
    {"http.target.domain", word, kOne, "", "Domain in the base64 target of the URL.", "steven.lab"},
    {"http.target.protocol", word, kOne, "", "Protocol in the target.", "https"},
    {"http.target.host", word, kOne, "", "Host in the target: the server that the client really wants.",
     "cucm.steven.lab"},
    {"http.target.port", number, kOne, "", "Port in the target.", "8443"},
    {"http.target.raw", text, kOne, "", "The target as it stands in the URL, encoded.",
     "c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw"},
    {"http.target.decoded", flag, kOne, "", "True if the target could be decoded.", "true"},
    {"http.server", text, kOne, "", "Address and port that the request was sent to.", "192.0.2.10:8443"},
    {"http.status", number, kOne, "", "Status of the response to the client.", "502"},
    {"http.reason", text, kOne, "", "Reason phrase of the response to the client.", "connect failed"},
    {"http.user", word, kOne, "", "User that the request is about, where its URL names one.", "alice"},
    {"http.tracking_id", word, kOne, "", "TrackingID; it crosses Expressway-E, Expressway-C and Unified CM.",
     "f0000000-86f6-4030-8259-0b768c07723e"},
    {"http.complete", flag, kOne, "", "True if the response to the client was seen.", "true"},
    {"http.diagnostic", text, kMany, "",
     "The certificate warnings and TLS errors of the traffic server that belong to the transaction.",
     "SSL connection failed for 'cucm.example.com': error:1416F086:SSL routines:...:certificate verify "
     "failed"},
    {"http.join", word, kMany, "",
     "How sure it is, for each diagnostic, that it belongs here: only_candidate, nearest or time_only.",
     "only_candidate"},

    {"setting.source", word, kOne, "", "Which dump the setting stands in: configuration or status.",
     "configuration"},
    {"setting.path", text, kOne, "", "Words of the setting, joined by blanks.",
     "Zones Zone 7 TraversalServer SIP TLS Verify Mode"},
    {"setting.value", text, kOne, "", "Its value, without quotes; absent where it is empty.", "On"},
};

constexpr FactName kFacts[] = {
    {"product.name", text, "Product as it names itself.", "Cisco Expressway-C"},
    {"product.role", word, "What the device is: expressway-c or expressway-e.", "expressway-c"},
    {"product.version", version, "Version of its software.", "X14.2.1"},
    {"host.name", word, "Its host name.", "vcsc"},
    {"mra.enabled", word, "Mobile and Remote Access: On or Off, as CollaborationEdge Enabled says.", "On"},
    {"mra.verify_origin_server", word,
     "EdgeConfigServer VerifyOriginServer: On or Off. Dumps may leave it out; then it is unknown, not Off.",
     "On"},
    {"ciphers.uc_client", text, "Cipher string towards Unified CM, IM and Presence and Unity Connection.",
     "ECDHE-RSA-AES256-GCM-SHA384:EECDH:EDH:HIGH:!aNULL"},
    {"ciphers.reverse_proxy", text, "Cipher string of the reverse proxy that MRA clients connect to.",
     "EECDH:EDH:HIGH:!aNULL"},
    {"ciphers.sip", text, "Cipher string of SIP over TLS.", "EECDH:EDH:HIGH:!aNULL:+ADH"},
    {"ciphers.https", text, "Cipher string of the web interface.", "EECDH:EDH:HIGH:!aNULL"},
    {"ciphers.smtp", text, "Cipher string towards mail servers.", "EECDH:EDH:HIGH:!aNULL"},
    {"ciphers.xcp", text, "Cipher string of XMPP.", "EECDH:EDH:HIGH:!aNULL"},
    {"configuration.*", word,
     "A setting of the configuration dump: its words joined by dots or blanks; '*' stands for one word.",
     "configuration.Zones.Zone.*.TraversalServer.SIP.TLS.Verify.Mode"},
    {"status.*", word,
     "A value of the status dump: its words joined by dots or blanks; '*' stands for one word.",
     "status.SystemUnit.Software.Version"},
};

constexpr std::string_view kHowToLog =
    "Start Maintenance > Diagnostics > Diagnostic logging, repeat what fails, stop it, and download the "
    "diagnostic log of every peer.";
constexpr std::string_view kHowToDump =
    "Collect a diagnostic log (Maintenance > Diagnostics > Diagnostic logging) that no restart interrupts: "
    "after a restart the bundle holds the log alone, without xconf_dump and xstat_dump. On the command line "
    "xConfiguration and xStatus print the same.";

constexpr EvidenceName kEvidence[] = {
    {"log", "Records of the diagnostic log (loggingsnapshot).", kHowToLog},
    {"log.*", "Records of one process in the log, as log.traffic_server.", kHowToLog},
    {"http", "HTTP transactions of the traffic server, out of its records in the log.",
     "Start Maintenance > Diagnostics > Diagnostic logging, which sets the traffic server's log level to "
     "debug, let a Mobile and Remote Access client sign in, stop it, and download the diagnostic log."},
    {"configuration", "The configuration dump (xconf_dump).", kHowToDump},
    {"status", "The status dump (xstat_dump).", kHowToDump},
};

// True if `entry` is `name`, or ends in ".*" and stands for it.
bool stands_for(std::string_view entry, std::string_view name) {
  if (entry == name) return true;
  if (!entry.ends_with(".*")) return false;
  entry.remove_suffix(1);
  return name.size() > entry.size() && name.starts_with(entry);
}

template <typename Entry, std::size_t size>
const Entry* find_entry(const Entry (&table)[size], std::string_view name) {
  const auto* const found = std::find_if(std::begin(table), std::end(table),
                                         [&](const Entry& entry) { return stands_for(entry.name, name); });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace

std::string_view to_string(FieldType type) {
  switch (type) {
    case text:
      return "text";
    case word:
      return "word";
    case number:
      return "number";
    case version:
      return "version";
    case time:
      return "time";
    case flag:
      return "flag";
  }
  return "";
}

std::span<const Field> fields() {
  return kFields;
}
std::span<const FactName> fact_names() {
  return kFacts;
}
std::span<const EvidenceName> evidence_names() {
  return kEvidence;
}

const Field* find_field(std::string_view name) {
  return find_entry(kFields, name);
}
const FactName* find_fact_name(std::string_view name) {
  return find_entry(kFacts, name);
}
const EvidenceName* find_evidence_name(std::string_view name) {
  return find_entry(kEvidence, name);
}

}  // namespace assay
