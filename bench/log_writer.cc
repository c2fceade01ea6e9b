// The proportions are those of diagnostic logs of Expressway-C: most bytes are SIP messages, about an eighth
// belongs to the traffic server, and the rest is connections and what the developers log.
#include "log_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>

namespace bench {
namespace {

constexpr std::uint64_t kStart = 1'657'558'525'000'000;  // 2022-07-11T16:55:25Z
constexpr std::uint64_t kMillisecond = 1000;
constexpr int kOffsetHours = 2;
constexpr int kTrafficServer = 18242;

constexpr std::array<std::string_view, 8> kUsers = {"alice", "bob",   "carol", "dave",
                                                    "erin",  "frank", "grace", "heidi"};

struct Upstream {
  std::string_view segment;  // base64 of "example.com/<protocol>/<host>/<port>", without padding
  std::string_view host;
  std::string_view address;
  int port;
};
constexpr std::array<Upstream, 4> kServers = {{
    {"ZXhhbXBsZS5jb20vaHR0cHMvY3VjbTEuZXhhbXBsZS5jb20vODQ0Mw", "cucm1.example.com", "10.48.36.11", 8443},
    {"ZXhhbXBsZS5jb20vaHR0cHMvY3VjbTIuZXhhbXBsZS5jb20vODQ0Mw", "cucm2.example.com", "10.48.36.12", 8443},
    {"ZXhhbXBsZS5jb20vaHR0cHMvaW1wMS5leGFtcGxlLmNvbS84NDQz", "imp1.example.com", "10.48.36.21", 8443},
    {"ZXhhbXBsZS5jb20vaHR0cHMvdW5pdHkuZXhhbXBsZS5jb20vODQ0Mw", "unity.example.com", "10.48.36.31", 8443},
}};

struct Refused {
  Upstream server;
  std::string_view error;
  int depth;  // -1: the name is not in the certificate
};
constexpr std::array<Refused, 3> kRefused = {{
    {{"ZXhhbXBsZS5jb20vaHR0cHMvY3VjbTMuZXhhbXBsZS5jb20vNjk3Mg", "cucm3.example.com", "10.48.36.13", 6972},
     "self signed certificate",
     0},
    {{"ZXhhbXBsZS5jb20vaHR0cHMvaW1wMi5leGFtcGxlLmNvbS84NDQz", "imp2.example.com", "10.48.36.22", 8443},
     "unable to get local issuer certificate",
     1},
    {{"ZXhhbXBsZS5jb20vaHR0cHMvMTAuNDguMzYuMjE1Lzg0NDM", "10.48.36.215", "10.48.36.215", 8443}, "", -1},
}};

constexpr std::array<std::string_view, 4> kPaths = {"/cucm-uds/user/{}/devices?max=100", "/cucm-uds/servers",
                                                    "/cucm-uds/clusterUser?username={}",
                                                    "/EPASSoap/service/v105?user={}"};

constexpr std::array<std::string_view, 6> kMethods = {"INVITE",  "ACK",      "BYE",
                                                      "OPTIONS", "REGISTER", "SUBSCRIBE"};

constexpr std::array<std::string_view, 6> kDeveloperLines = {
    "Module=\"developer.sip.leg\" Level=\"DEBUG\" "
    "CodeLocation=\"ppcmains/sip/sipproxy/SipProxyLeg.cpp(1147)\" "
    "Method=\"SipProxyLeg::routeOnHeader\" Thread=\"0x7f29ddefa700\":  this=\"0x{:x}\" Type=\"Outbound\" "
    "Detail=\"Routing request on header\" Via=\"SIP/2.0/TLS 10.48.36.11:5061;branch=z9hG4bK{:x}\"",
    "Module=\"developer.mediasessionmgr\" Level=\"DEBUG\" "
    "CodeLocation=\"ppcmains/oak/calls/media/MediaSessionManager.cpp(412)\" "
    "Method=\"MediaSessionManager::sdpNegotiate\" Thread=\"0x7f29ddefa700\":  this=\"0x{:x}\" "
    "Detail=\"Offer answered\" session=\"{}\"",
    "Module=\"developer.ssl\" Level=\"DEBUG\" CodeLocation=\"ppcmains/ssl/ttssl/ttssl_openssl.cpp(1967)\" "
    "Method=\"::TTSSL_continueHandshake\" Thread=\"0x7f29ddefa700\":  Detail=\"Handshake succeeded\" "
    "ssl=\"0x{:x}\" cipher=\"ECDHE-RSA-AES256-GCM-SHA384\" connection=\"{}\"",
    "Module=\"developer.clusterdb.cdb\" Level=\"INFO\" Node=\"clusterdb@vcsc.example.com\" PID=\"<0.{}.0>\" "
    "Detail=\"Table synchronised\" Node=\"clusterdb@vcsc2.example.com\" Rows=\"{}\"",
    "Module=\"network.dns\" Level=\"DEBUG\":  Detail=\"Resolved hostname to:\" "
    "Name=\"_sips._tcp.example.com\" "
    "Type=\"SRV (IPv4 and IPv6)\" Id=\"{}\" Ttl=\"{}\"",
    "Module=\"developer.edgeconfigprovisioning.server\" Level=\"DEBUG\" CodeLocation=\"edgeprotocol(1018)\" "
    "Detail=\"Authenticated user successfully\" Username=\"user{}\" Request=\"{}\"",
};

std::string local_time(std::uint64_t microseconds, int offset_hours) {
  const auto seconds = static_cast<std::time_t>(microseconds / 1'000'000) + offset_hours * 3600;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15U);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31);
}

LogWriter::LogWriter(std::uint64_t seed) : random_(seed), now_(kStart) {}

void LogWriter::append_record(std::string& log) {
  // Some hundred records wait, so that what happens at the same time is interleaved.
  while (waiting_.size() < 200) happen();
  log += waiting_.top().second;
  waiting_.pop();
}

void LogWriter::append_filler(std::string& log, std::size_t bytes) {
  std::string record = begin(now_, "tvcs: ") + " Module=\"developer.filler\" Level=\"DEBUG\":  Detail=\"";
  record.append(bytes - record.size() - 2, 'x');
  log += record + "\"\n";
}

std::string LogWriter::begin(std::uint64_t time, std::string_view tag) const {
  std::string local = local_time(time, kOffsetHours);
  local[10] = 'T';
  // What is written into a record is taken a little before the record is.
  const std::uint64_t written = time - time % 7 * kMillisecond / 2;
  return fmt::format("{}.{:03}+{:02}:00 vcsc {}UTCTime=\"{},{:03}\"", local, time / kMillisecond % 1000,
                     kOffsetHours, tag, local_time(written, 0), written / kMillisecond % 1000);
}

void LogWriter::emit(std::uint64_t time, std::string record) {
  const std::uint64_t disorder = random_.below(3 * kMillisecond);
  waiting_.push(Waiting({time + disorder, emitted_++}, std::move(record)));
}

std::string LogWriter::hex(std::size_t digits) {
  std::string text;
  while (text.size() < digits) text += fmt::format("{:016x}", random_.next());
  text.resize(digits);
  return text;
}

std::string LogWriter::uuid() {
  const std::string digits = hex(20);
  return fmt::format("{}-86f6-4030-8259-{}", digits.substr(0, 8), digits.substr(8));
}

std::string LogWriter::address() {
  return fmt::format("10.{}.{}.{}", random_.below(4), random_.below(16), 1 + random_.below(250));
}

void LogWriter::happen() {
  now_ += random_.below(4 * kMillisecond);
  const std::uint64_t kind = random_.below(100);
  if (kind < 44) {
    sip_message();
  } else if (kind < 62) {
    tcp_connection();
  } else if (kind < 87) {
    developer_line();
  } else if (kind < 94) {
    licence();
  } else {
    transaction();
  }
}

std::string LogWriter::sip_text(std::string_view method) {
  const std::string user = fmt::format("{}", 1000 + random_.below(400));
  const std::string from = address();
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(
      out,
      " SIPMSG:\n |{0} sip:{1}@example.com SIP/2.0\n Via: SIP/2.0/TLS {2}:{3};branch=z9hG4bK{4};rport\n"
      " Via: SIP/2.0/TLS 10.48.36.2:7001;egress-zone=TraversalZone;branch=z9hG4bK{5};proxy-call-id={6};"
      "rport=7001;received=10.48.36.2\n",
      method, user, from, 5060 + random_.below(40000), hex(8), hex(8), uuid());
  fmt::format_to(
      out,
      " Call-ID: {0}\n CSeq: {1} {2}\n Contact: <sip:{3}@{4}:5061;transport=tls>\n"
      " From: <sip:{3}@example.com>;tag={5}\n To: <sip:{6}@example.com>\n Max-Forwards: 70\n"
      " Route: <sip:vcsc.example.com:5061;transport=tls;lr>\n"
      " Route: <sip:10.48.36.1:5061;transport=tls;zone-id=4;directed;lr>\n"
      " Allow: INVITE,ACK,CANCEL,BYE,UPDATE,INFO,OPTIONS,REFER,NOTIFY\n"
      " User-Agent: Cisco-CSF/14.1.2\n"
      " Supported: replaces,100rel,timer,gruu,path,outbound,X-cisco-serviceuri,X-cisco-callinfo,"
      "X-cisco-service-control,X-cisco-srtp-fallback,X-cisco-sis-7.1.1,norefersub,extended-refer\n",
      hex(16), 100 + random_.below(50), method, user, from, hex(8), 1000 + random_.below(400));
  if (method != "INVITE") return text + " Content-Length: 0\n \n |\n\n";
  fmt::format_to(
      out,
      " Session-Expires: 1800\n Allow-Events: dialog\n Content-Type: application/sdp\n"
      " Content-Length: 1204\n \n v=0\n o=tandberg 32 1 IN IP4 {0}\n s=-\n c=IN IP4 {0}\n b=AS:3072\n"
      " t=0 0\n m=audio {1} RTP/SAVP 107 108 114 104 105 9 18 8 0 101 123\n b=TIAS:128000\n"
      " a=rtpmap:107 MP4A-LATM/90000\n a=fmtp:107 profile-level-id=25;object=23;bitrate=128000\n"
      " a=rtpmap:108 MP4A-LATM/90000\n a=fmtp:108 profile-level-id=24;object=23;bitrate=64000\n"
      " a=rtpmap:114 opus/48000/2\n a=rtpmap:104 G7221/16000\n a=fmtp:104 bitrate=32000\n"
      " a=rtpmap:105 G7221/16000\n a=fmtp:105 bitrate=24000\n a=rtpmap:9 G722/8000\n"
      " a=rtpmap:18 G729/8000\n a=fmtp:18 annexb=yes\n a=rtpmap:8 PCMA/8000\n a=rtpmap:0 PCMU/8000\n"
      " a=rtpmap:101 telephone-event/8000\n a=fmtp:101 0-15\n"
      " a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{2}\n a=sendrecv\n"
      " m=video {3} RTP/SAVP 97 126 96 34 123\n b=TIAS:3072000\n a=rtpmap:97 H264/90000\n"
      " a=fmtp:97 packetization-mode=0;profile-level-id=420016;max-br=5000;max-mbps=245000;"
      "max-fs=9000;max-smbps=245000;max-fps=6000;max-rcmd-nalu-size=3456000\n a=rtpmap:126 H264/90000\n"
      " a=fmtp:126 packetization-mode=1;profile-level-id=428016;max-br=5000;max-mbps=245000;"
      "max-fs=9000;max-smbps=245000;max-fps=6000\n a=content:main\n a=sendrecv\n |\n\n",
      from, 16384 + 2 * random_.below(8000), hex(40), 16384 + 2 * random_.below(8000));
  return text;
}

void LogWriter::sip_message() {
  const std::string_view method = kMethods[random_.below(kMethods.size())];
  const std::string peer = address();
  const std::uint64_t hash = random_.next();
  const std::string ports =
      fmt::format("Action=\"{}\" Local-ip=\"10.48.36.1\" Local-port=\"5061\" Src-ip=\"{}\" Src-port=\"{}\"",
                  random_.one_in(2) ? "Received" : "Sent", peer, 1024 + random_.below(60000));
  emit(now_, fmt::format("{} Module=\"network.sip\" Level=\"INFO\":  {} Detail=\"Receive Request Method={}, "
                         "CSeq={}, Request-URI=sip:{}@example.com, Call-ID={}, From-Tag={}, To-Tag=, "
                         "Msg-Hash={}\"\n",
                         begin(now_, "tvcs: "), ports, method, 100 + random_.below(50),
                         1000 + random_.below(400), hex(16), hex(8), hash));
  emit(now_, fmt::format("{} Module=\"network.sip\" Level=\"DEBUG\":  {} Msg-Hash=\"{}\"\n{}",
                         begin(now_, "tvcs: "), ports, hash, sip_text(method)));
}

void LogWriter::tcp_connection() {
  static constexpr std::array<std::string_view, 3> kSteps = {"TCP Connecting", "TCP Connection Established",
                                                             "TCP Connection Closed"};
  const std::string peer = address();
  const std::uint64_t port = 1024 + random_.below(60000);
  for (std::size_t step = 0; step < kSteps.size(); ++step) {
    const std::uint64_t time = now_ + step * 40 * kMillisecond;
    emit(time,
         fmt::format("{} Module=\"network.tcp\" Level=\"DEBUG\":  Src-ip=\"10.48.36.1\" Src-port=\"{}\" "
                     "Dst-ip=\"{}\" Dst-port=\"5061\" Detail=\"{}\"\n",
                     begin(time, "tvcs: "), port, peer, kSteps[step]));
  }
}

void LogWriter::developer_line() {
  const std::string_view line = kDeveloperLines[random_.below(kDeveloperLines.size())];
  emit(now_, begin(now_, "tvcs: ") + " " +
                 fmt::format(fmt::runtime(line), random_.next() >> 24, random_.below(100000)) + "\n");
}

void LogWriter::licence() {
  emit(now_, fmt::format("{} Module=\"developer.licensemanager.service.manager\" Level=\"INFO\" "
                         "CodeLocation=\"licensemanager(192)\" Detail=\"License granted\" call_id=\"{}\" "
                         "lic_type=\"collabedge\" tokens=2\n",
                         begin(now_, "licensemanager: "), uuid()));
}

void LogWriter::transaction() {
  const std::uint64_t id = next_transaction_++;
  const std::string user(kUsers[random_.below(kUsers.size())]);
  if (random_.one_in(50)) {
    refused_transaction(now_, id, user);
    return;
  }
  const Upstream& server = kServers[random_.below(kServers.size())];
  const std::string path = fmt::format(fmt::runtime(kPaths[random_.below(kPaths.size())]), user);
  const std::string tracking = uuid();
  const std::string tag = fmt::format("traffic_server[{}]: ", kTrafficServer);
  const std::string module = " Module=\"network.http.trafficserver\" Level=\"DEBUG\":  Detail=";
  const std::string client = fmt::format("\"127.0.0.1\" {}-port=\"{}\"", "{}", 20000 + random_.below(40000));
  const auto of_client = [&](std::string_view side) { return fmt::format(fmt::runtime(client), side); };
  const std::string track = fmt::format("Txn-id=\"{}\" TrackingID=\"{}\"", id, tracking);
  const std::string headers = fmt::format(
      " Accept: */*\n Cookie:<CONCEALED>\n User-Agent: Jabber-Win-851\n TrackingID: {}\n"
      " Client-ip: 203.0.113.{}\n Via: https/1.1 vcs[{}] (ATS)\n \n |\n\n",
      tracking, 1 + random_.below(200), uuid());
  std::uint64_t time = now_;
  emit(time, fmt::format(
                 "{}{}\"Receive Request\" {} Src-ip={} \nHTTPMSG:\n|GET http://vcs_control.example.com:8443/"
                 "{}{} HTTP/1.1\n Host: vcs_control.example.com:8443\n{}",
                 begin(time, tag), module, track, of_client("Src"), server.segment, path, headers));
  emit(time, fmt::format("{} Event=\"Request Allowed\" Detail=\"Access allowed\" Reason=\"In allow list\" "
                         "Username=\"{}\" Deployment=\"1\" Method=\"GET\" Request=\"{}\" Level=\"1\" {}\n",
                         begin(time, tag), user, path, track));
  time += 2 * kMillisecond;
  const std::string upstream = fmt::format("\"{}\" {}-port=\"{}\"", server.address, "{}", server.port);
  const auto of_server = [&](std::string_view side) { return fmt::format(fmt::runtime(upstream), side); };
  emit(time, fmt::format(
                 "{}{}\"Sending Request\" {} Dst-ip={} \nHTTPMSG:\n|GET {} HTTP/1.1\n Host: {}:{}\n{}",
                 begin(time, tag), module, track, of_server("Dst"), path, server.host, server.port, headers));
  time += (5 + random_.below(80)) * kMillisecond;
  const std::string answer = fmt::format(
      "|HTTP/1.1 200 OK\n Content-Type: application/xml\n Content-Length: {}\n Cache-Control: private\n"
      " Set-Cookie:<CONCEALED>\n TrackingID: {}\n Server: \n \n |\n\n",
      random_.below(9000), tracking);
  emit(time, fmt::format("{}{}\"Receive Response\" {} Src-ip={} \nHTTPMSG:\n{}", begin(time, tag), module,
                         track, of_server("Src"), answer));
  emit(time + kMillisecond,
       fmt::format("{}{}\"Sending Response\" {} Dst-ip={} \nHTTPMSG:\n{}", begin(time + kMillisecond, tag),
                   module, track, of_client("Dst"), answer));
}

void LogWriter::refused_transaction(std::uint64_t start, std::uint64_t id, const std::string& user) {
  const Refused& refused = kRefused[random_.below(kRefused.size())];
  const std::string tag = fmt::format("traffic_server[{}]: ", kTrafficServer);
  const std::string module = " Module=\"network.http.trafficserver\" Level=\"DEBUG\":  Detail=";
  const std::string track = fmt::format("Txn-id=\"{}\" TrackingID=\"{}\"", id, uuid());
  const std::uint64_t port = 20000 + random_.below(40000);
  emit(start, fmt::format("{}{}\"Receive Request\" {} Src-ip=\"127.0.0.1\" Src-port=\"{}\" \nHTTPMSG:\n|GET "
                          "http://vcs_control.example.com:8443/{}/cucm-uds/user/{}/devices HTTP/1.1\n Host: "
                          "vcs_control.example.com:8443\n User-Agent: Jabber-Win-851\n \n |\n\n",
                          begin(start, tag), module, track, port, refused.server.segment, user));
  const std::uint64_t time = start + 8 * kMillisecond;
  std::string header = begin(time, tag);
  header.resize(header.find("UTCTime"));
  const std::string thread = fmt::format("[ET_NET {}] ", random_.below(4));
  const std::string_view host = refused.server.host;
  const std::string warning =
      refused.depth < 0
          ? fmt::format("SNI ({0}) not in certificate. Action=Terminate server={0}({1})", host,
                        refused.server.address)
          : fmt::format(
                "Core server certificate verification failed for ({0}). Action=Terminate Error={1} "
                "server={0}({2}) depth={3}",
                host, refused.error, refused.server.address, refused.depth);
  emit(time, fmt::format("{}{}WARNING: {}\n", header, thread, warning));
  emit(time + 3 * kMillisecond,
       fmt::format("{}{}ERROR: SSL connection failed for '{}': error:1416F086:SSL routines:"
                   "tls_process_server_certificate:certificate verify failed\n",
                   header, thread, host));
  const std::uint64_t end = time + 12 * kMillisecond;
  emit(end, fmt::format("{} Event=\"Sending HTTP error response\" Status=\"502\" Reason=\"connect failed\" "
                        "Dst-ip=\"127.0.0.1\" Dst-port=\"{}\" {}\n",
                        begin(end, tag), port, track));
  emit(end,
       fmt::format("{}{}\"Sending Response\" {} Dst-ip=\"127.0.0.1\" Dst-port=\"{}\" \nHTTPMSG:\n|HTTP/1.1 "
                   "502 connect failed\n Server: CE_C ECS\n Content-Length: 0\n \n |\n\n",
                   begin(end, tag), module, track, port));
}

std::string configuration_dump() {
  std::string dump =
      "*c xConfiguration CollaborationEdge Enabled: \"On\"\n"
      "*c xConfiguration EdgeConfigServer VerifyOriginServer: \"On\"\n"
      "*c xConfiguration Ciphers UcClientTLSCiphers Value: "
      "\"EECDH:EDH:HIGH:-AES256+SHA:!MEDIUM:!LOW:!3DES\"\n"
      "*c xConfiguration SystemUnit Name: \"vcsc\"\n"
      "*c xConfiguration IP DNS Hostname: \"vcsc\"\n"
      "*c xConfiguration IP DNS Domain Name: \"example.com\"\n";
  for (int zone = 1; zone <= 30; ++zone) {
    fmt::format_to(std::back_inserter(dump),
                   "*c xConfiguration Zones Zone {0} Name: \"CEtls-cucm{0}.example.com\"\n"
                   "*c xConfiguration Zones Zone {0} Neighbor SIP Port: \"5061\"\n"
                   "*c xConfiguration Zones Zone {0} Neighbor SIP TLS Verify Mode: \"On\"\n"
                   "*c xConfiguration Zones Zone {0} Type: \"Neighbor\"\n",
                   zone);
  }
  return dump +
         "*c xConfiguration Zones Zone 31 Name: \"UC traversal\"\n"
         "*c xConfiguration Zones Zone 31 TraversalClient Collaboration Edge: \"On\"\n"
         "*c xConfiguration Zones Zone 31 Type: \"TraversalClient\"\n";
}

std::string status_dump() {
  return "*s SystemUnit: \n  Product: \"Cisco Expressway-C\"\n  Uptime: 864000\n  Software: \n"
         "    Version: \"X14.2\"\n    Build: \"oak_v14.2.0\"\n    Name: \"Release\"\n*s/end\n";
}

}  // namespace bench
