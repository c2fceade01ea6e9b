// The table of names that signatures may use, in the order in which they are shown.
#include <algorithm>
#include <string_view>

#include "assay/fields.h"

namespace assay {
namespace {

using enum FieldType;

constexpr bool kOne = false;
constexpr bool kMany = true;

constexpr std::string_view kSides[] = {"client", "server"};
constexpr std::string_view kDumps[] = {"configuration", "status"};
constexpr std::string_view kJoins[] = {"only_candidate", "nearest", "time_only"};
constexpr std::string_view kPrologues[] = {"smtp", "imap",         "pop3",  "ftp",        "xmpp",
                                           "ldap", "nntp",         "sieve", "postgresql", "mysql",
                                           "tds",  "http-connect", "socks", "proxy"};
constexpr std::string_view kVisibilities[] = {"visible", "not_visible", "none_sent", "unknown"};
constexpr std::string_view kOutcomes[] = {"completed", "refused_by_client", "refused_by_server", "cut",
                                          "unfinished"};
constexpr std::string_view kUses[] = {"trust_store",        "server", "client", "file", "presented_by_server",
                                      "presented_by_client"};
constexpr std::string_view kFamilies[] = {"expressway", "contact-center"};
constexpr std::string_view kRoles[] = {"expressway-c", "expressway-e"};

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
    {"http.user", word, kOne, "",
     "User that the request is about, where its URL names one; otherwise the one to whom it was allowed.",
     "alice"},
    {"http.tracking_id", word, kOne, "", "TrackingID; it crosses Expressway-E, Expressway-C and Unified CM.",
     "f0000000-86f6-4030-8259-0b768c07723e"},
    {"http.complete", flag, kOne, "", "True if the response to the client was seen.", "true"},
    {"http.diagnostic", text, kMany, "",
     "The certificate warnings and TLS errors of the traffic server that belong to the transaction.",
     "SSL connection failed for 'cucm.example.com': error:1416F086:SSL routines:...:certificate verify "
     "failed"},
    {"http.join", word, kMany, "",
     "How sure it is, for each diagnostic, that it belongs here: only_candidate, nearest or time_only.",
     "only_candidate", kJoins},

    {"setting.source", word, kOne, "", "Which dump the setting stands in: configuration or status.",
     "configuration", kDumps},
    {"setting.path", text, kOne, "", "Words of the setting, joined by blanks.",
     "Zones Zone 7 TraversalServer SIP TLS Verify Mode"},
    {"setting.value", text, kOne, "", "Its value, without quotes; absent where it is empty.", "On"},

    {"tls.time", time, kOne, "", "When the connection began, in UTC.", "2022-07-11T16:55:26.006Z"},
    {"tls.client", text, kOne, "", "Address and port of the client.", "10.48.36.46:31576"},
    {"tls.client.address", word, kOne, "", "Address of the client.", "10.48.36.46"},
    {"tls.server", text, kOne, "", "Address and port of the server.", "10.48.36.215:6972"},
    {"tls.server.address", word, kOne, "", "Address of the server.", "10.48.36.215"},
    {"tls.server.port", number, kOne, "", "Port of the server.", "6972"},
    {"tls.protocol_before", word, kOne, "",
     "What was spoken before TLS began: smtp, imap, pop3, ftp, xmpp, ldap, nntp, sieve, postgresql, "
     "mysql, tds (SQL Server), http-connect, socks or proxy (the header of HAProxy); absent where TLS came "
     "first.",
     "smtp", kPrologues},
    {"tls.sni", word, kOne, "", "Name that the client asked for in its ClientHello.", "cucm.steven.lab"},
    {"tls.asked_name", word, kOne, "", "The SNI, or the server's address where the client sent none.",
     "cucm.steven.lab"},
    {"tls.offered_version", word, kMany, "", "Versions that the client offered.", "TLS 1.3"},
    {"tls.version", word, kOne, "", "Version that the server chose.", "TLS 1.2"},
    {"tls.offered_cipher", word, kMany, "", "Cipher suites that the client offered, by their IANA names.",
     "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"},
    {"tls.cipher", word, kOne, "", "Cipher suite that the server chose, by its IANA name.",
     "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
    {"tls.cipher_number", number, kOne, "", "The number that IANA gave it.", "49200"},
    {"tls.signature_algorithm", word, kMany, "", "Signature algorithms that the client offered.",
     "rsa_pss_rsae_sha256"},
    {"tls.offered_group", word, kMany, "", "Groups that the client offered.", "secp256r1"},
    {"tls.group", word, kOne, "", "Group of the key exchange, where it can be seen.", "secp256r1"},
    {"tls.dh_bits", number, kOne, "bits", "Size of the Diffie-Hellman prime; absent where none was sent.",
     "1024"},
    {"tls.client_certificate_asked", flag, kOne, "",
     "True if the server asked for a client certificate, up to TLS 1.2.", "true"},
    {"tls.certificates", word, kOne, "",
     "Whether the server's certificates can be seen: visible, not_visible (TLS 1.3), none_sent or unknown.",
     "visible", kVisibilities},
    {"tls.outcome", word, kOne, "",
     "How the handshake ended: completed, refused_by_client, refused_by_server, cut or unfinished.",
     "refused_by_client", kOutcomes},
    {"tls.partial", flag, kOne, "", "True if the capture does not hold all of the handshake.", "false"},
    {"tls.alert.level", word, kOne, "", "Level of the alert that ended the handshake, or of the first one.",
     "fatal"},
    {"tls.alert.description", word, kOne, "", "What that alert says, as the RFC names it.", "unknown_ca"},
    {"tls.alert.from", word, kOne, "", "Who sent it: client or server.", "client", kSides},
    {"tls.alert.encrypted", flag, kOne, "", "True if it was encrypted and so cannot be read.", "false"},
    {"tls.verify.known", flag, kOne, "",
     "True if the bundle holds a trust store to judge the server's chain against, and the chain was seen.",
     "true"},
    {"tls.verify.error", text, kOne, "",
     "What OpenSSL says of the chain with the node's own trust store at that time; absent where it is "
     "trusted.",
     "unable to get local issuer certificate"},
    {"tls.verify.depth", number, kOne, "",
     "Depth in the chain of that error; 0 is the server's own certificate.", "0"},
    {"tls.verify.missing_issuer", text, kOne, "", "Name of the issuer that is neither sent nor trusted.",
     "CN=Lab Issuing CA,O=Lab"},
    {"tls.verify.held", text, kOne, "",
     "Issuers of the server's certificate, up to the root, that the trust store holds, in one line.",
     "CN=Lab Root CA"},
    {"tls.verify.lacking", text, kOne, "",
     "Those that it does not hold, sent along or not; the certificate itself if it is self-signed.",
     "CN=Lab Issuing CA; CN=Lab Root CA"},
    {"tls.name.standard", flag, kOne, "",
     "True if the asked name is in the certificate by the standard (RFC 6125).", "true"},
    {"tls.name.traffic_server", flag, kOne, "",
     "True if it is as the traffic server looks: dNSName entries, then every CN, never iPAddress entries.",
     "false"},
    {"tls.leaf.subject", text, kOne, "", "Subject of the server's own certificate.", "CN=cucm-EC.steven.lab"},
    {"tls.leaf.issuer", text, kOne, "", "Its issuer.", "CN=steven-DC-CA"},
    {"tls.leaf.common_name", text, kMany, "", "Its CNs.", "cucm-EC.steven.lab"},
    {"tls.leaf.san", text, kMany, "", "The values of its subject alternative names.", "cucm.steven.lab"},
    {"tls.leaf.name", text, kMany, "", "Each of its names: SANs, then CNs, each once.", "cucm.steven.lab"},
    {"tls.leaf.names", text, kOne, "", "All its names in one line: SANs, or the CN where there are none.",
     "cucm.steven.lab, cups.steven.lab"},
    {"tls.leaf.not_before", time, kOne, "", "When it begins to be valid.", "2022-01-01T00:00:00Z"},
    {"tls.leaf.not_after", time, kOne, "", "When it ceases to be valid.", "2027-01-01T00:00:00Z"},
    {"tls.leaf.sha256", word, kOne, "", "Its SHA-256 fingerprint.", "9f86d081884c7d650c5b"},
    {"tls.leaf.key_type", word, kOne, "", "Type of its key: RSA, EC, Ed25519, RSASSA-PSS.", "EC"},
    {"tls.leaf.key_bits", number, kOne, "bits", "Size of its key.", "2048"},
    {"tls.leaf.self_signed", flag, kOne, "", "True if its own key verifies its signature.", "true"},
    {"tls.chain.certificates", text, kOne, "",
     "The certificates that the server sent, in one line: subject, key and signature algorithm.",
     "CN=cucm.steven.lab (RSA 2048, sha256WithRSAEncryption)"},
    {"tls.chain.signature_algorithm", word, kMany, "",
     "Signature algorithms of the certificates that the server sent.", "RSASSA-PSS"},
    {"tls.chain.key_bits", number, kMany, "bits", "Sizes of the RSA and DSA keys in that chain.", "1024"},
    {"tls.client_leaf.subject", text, kOne, "", "Subject of the client's own certificate.",
     "CN=vcsc.steven.lab"},
    {"tls.client_leaf.issuer", text, kOne, "", "Its issuer.", "CN=steven-DC-CA"},
    {"tls.client_leaf.name", text, kMany, "", "Each of its names: SANs, then CNs, each once.",
     "vcsc.steven.lab"},
    {"tls.client_leaf.names", text, kOne, "",
     "All its names in one line: SANs, or the CN where there are none.",
     "vcsc.steven.lab, cluster.steven.lab"},
    {"tls.client_leaf.extended_key_usage", word, kMany, "",
     "What it may be used for; absent where it is not restricted.", "serverAuth"},

    {"certificate.use", word, kOne, "",
     "What it is for: trust_store, server or client (the node's own), file, presented_by_server, "
     "presented_by_client.",
     "trust_store", kUses},
    {"certificate.position", number, kOne, "", "Its place in the file or chain, 0 first.", "0"},
    {"certificate.endpoint", text, kOne, "", "Who presented it.", "10.48.36.215:8443"},
    {"certificate.subject", text, kOne, "", "Its subject.", "CN=cucm.steven.lab"},
    {"certificate.subject.part.*", text, kMany, "",
     "The part of its subject of that type, as CN, OU, O, C or DC.", "certificate.subject.part.O: Cisco"},
    {"certificate.issuer", text, kOne, "", "Its issuer.", "CN=steven-DC-CA"},
    {"certificate.issuer.part.*", text, kMany, "", "The part of its issuer of that type.",
     "certificate.issuer.part.DC: lab"},
    {"certificate.common_name", text, kMany, "", "Its CNs.", "cucm.steven.lab"},
    {"certificate.san", text, kMany, "", "The values of its subject alternative names.", "cucm.steven.lab"},
    {"certificate.name", text, kMany, "", "Each of its names: SANs, then CNs, each once.", "cucm.steven.lab"},
    {"certificate.names", text, kOne, "", "All its names in one line: SANs, or the CN where there are none.",
     "cucm.steven.lab, cups.steven.lab"},
    {"certificate.serial", word, kOne, "", "Its serial number, hexadecimal.", "45000000122"},
    {"certificate.not_before", time, kOne, "", "When it begins to be valid.", "2022-01-01T00:00:00Z"},
    {"certificate.not_after", time, kOne, "", "When it ceases to be valid.", "2027-01-01T00:00:00Z"},
    {"certificate.days_left", number, kOne, "days",
     "Whole days from the latest moment of the bundle until it ceases to be valid; negative once it has.",
     "29"},
    {"certificate.days_until_valid", number, kOne, "days",
     "Whole days from the latest moment of the bundle until it begins to be valid; absent once it has.", "3"},
    {"certificate.key_type", word, kOne, "", "Type of its key: RSA, EC, Ed25519, RSASSA-PSS.", "RSA"},
    {"certificate.key_bits", number, kOne, "bits", "Size of its key.", "2048"},
    {"certificate.key_sha256", word, kOne, "",
     "SHA-256 of its public key (SubjectPublicKeyInfo): what two certificates of one key share.",
     "9f86d081884c7d650c5b"},
    {"certificate.key_id", word, kOne, "", "Its subject key identifier, hexadecimal.", "5f3b8cf2"},
    {"certificate.authority_key_id", word, kOne, "", "The key identifier of its issuer, hexadecimal.",
     "1c0de2a7"},
    {"certificate.signature_algorithm", word, kOne, "", "How it is signed.", "sha256WithRSAEncryption"},
    {"certificate.signature_hash", word, kOne, "", "The hash of that signature.", "SHA256"},
    {"certificate.signature_salt", number, kOne, "bytes", "The salt of an RSASSA-PSS signature.", "32"},
    {"certificate.self_signed", flag, kOne, "", "True if its own key verifies its signature.", "false"},
    {"certificate.is_ca", flag, kOne, "", "What its basic constraints say; absent where it has none.",
     "true"},
    {"certificate.path_length", number, kOne, "",
     "How many CA certificates may stand between it and a leaf; absent where that is not restricted.", "0"},
    {"certificate.key_usage", word, kMany, "", "What its key may be used for.", "digitalSignature"},
    {"certificate.extended_key_usage", word, kMany, "",
     "What it may be used for; absent where it is not restricted.", "clientAuth"},
    {"certificate.sha256", word, kOne, "", "Its SHA-256 fingerprint.", "9f86d081884c7d650c5b"},
    {"certificate.unreadable", text, kOne, "", "Why it cannot be read.", "wrong tag"},
};

constexpr FactName kFacts[] = {
    {"product.name", text, "Product as it names itself.", "Cisco Expressway-C"},
    {"product.family", word,
     "The family of products: expressway, or contact-center (Finesse, Unified CCX, ...).", "expressway",
     kFamilies},
    {"product.role", word, "What the device is: expressway-c or expressway-e.", "expressway-c", kRoles},
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

constexpr std::string_view kHowToCapture =
    "Tick \"Take tcpdump while logging\" in Maintenance > Diagnostics > Diagnostic logging, repeat what "
    "fails, and "
    "download the diagnostic log. A connection that was open before shows no handshake: begin the capture "
    "first.";
constexpr std::string_view kHowToCertificate =
    "The diagnostic log holds ca_*.pem and server_*.pem unless a restart interrupted it; or download them "
    "from "
    "Maintenance > Security > Trusted CA certificate and Server certificate.";

// The command line of Cisco's voice operating system.
constexpr std::string_view kHowToGetFiles =
    "On the command line of the server, file get activelog FOLDER recurs compress collects the logs of a "
    "service: desktop, uccx, ids, cuic.";
constexpr std::string_view kHowToCaptureThere =
    "On the command line of the server, begin utils network capture eth0 file packets count 100000 size all, "
    "repeat what fails (a connection that was open before shows no handshake), end it with Ctrl-C, and "
    "collect it "
    "with file get activelog platform/cli/packets.cap.";

constexpr EvidenceName kEvidence[] = {
    {"log", "Records of the diagnostic log (loggingsnapshot).", kHowToLog, kHowToGetFiles},
    {"log.*", "Records of one process in the log, as log.traffic_server.", kHowToLog, kHowToGetFiles},
    {"http", "HTTP transactions of the traffic server, out of its records in the log.",
     "Start Maintenance > Diagnostics > Diagnostic logging, which sets the traffic server's log level to "
     "debug, let a Mobile and Remote Access client sign in, stop it, and download the diagnostic log."},
    {"configuration", "The configuration dump (xconf_dump).", kHowToDump},
    {"status", "The status dump (xstat_dump).", kHowToDump},
    {"tls", "TLS handshakes in packet captures.", kHowToCapture, kHowToCaptureThere},
    {"certificate", "Certificates, in files of the bundle or presented in captures.", kHowToCertificate,
     kHowToCaptureThere},
    {"presented_certificate", "Certificates that servers presented in captures; TLS 1.3 does not show them.",
     kHowToCapture, kHowToCaptureThere},
    {"trust_store", "The CA certificates that the node trusts (ca_*.pem).", kHowToCertificate},
    {"server_certificate", "The node's own server certificate (server_*.pem).", kHowToCertificate},
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
