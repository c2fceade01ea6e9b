// The text layer alone: cutting blocks, taking records apart, finding literals.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/literals.h"
#include "text/record.h"
#include "text/record_blocks.h"

namespace {

// A log as an Expressway writes it while phones sign in: SIP messages, HTTP messages, one-liners.
const std::string& log_text() {
  static const std::string text = [] {
    std::string log;
    for (int i = 0; log.size() < 64U << 20; ++i) {
      const std::string number = std::to_string(100000 + i);
      log +=
          "2022-07-11T18:55:25.910+02:00 vcsc tvcs: UTCTime=\"2022-07-11 16:55:25,910\" "
          "Module=\"developer.sip.leg\" Level=\"DEBUG\" "
          "CodeLocation=\"ppcmains/sip/sipproxy/SipProxyLeg.cpp(257)\" "
          "Method=\"SipProxyLeg::SipProxyLeg\" Thread=\"0x7fc1d8e2d700\":  this=\"0x556a" +
          number +
          "\" Type=\"Inbound\"\n"
          "2022-07-11T18:55:25.911+02:00 vcsc tvcs: UTCTime=\"2022-07-11 16:55:25,911\" "
          "Module=\"network.sip\" "
          "Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.5\" Local-port=\"5061\" "
          "Src-ip=\"192.0.2.183\" "
          "Src-port=\"47177\" Msg-Hash=\"14340233468942" +
          number +
          "\"\n SIPMSG:\n |INVITE sip:1004@cucm.example.com SIP/2.0\n"
          " Via: SIP/2.0/TLS 192.0.2.183:47177;branch=z9hG4bK45174a9c99f3e7f85ca40cec3cbf791e;rport\n"
          " Call-ID: " +
          number +
          "9a67fb2435b25eab2a1498171\n CSeq: 100 INVITE\n Max-Forwards: 70\n Content-Length: 42\n \n v=0\n"
          " o=tandberg 32 1 IN IP4 192.0.2.183\n s=-\n a=rtpmap:107 MP4A-LATM/90000\n a=sendrecv\n |\n\n"
          "2022-07-11T18:55:26.016+02:00 vcsc traffic_server[18242]: UTCTime=\"2022-07-11 16:55:26,016\" "
          "Module=\"network.http.trafficserver\" Level=\"DEBUG\": Detail=\"Sending Request\" Txn-id=\"" +
          number +
          "\" Dst-ip=\"192.0.2.9\" Dst-port=\"8443\" \nHTTPMSG:\n|GET /cucm-uds/user/alice/devices HTTP/1.1\n"
          " Host: cucm.example.com:8443\n Accept: */*\n Cookie:<CONCEALED>\n \n |\n\n";
      if (i % 50 == 0) {
        log +=
            "2022-07-11T18:55:26.024+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: Core server "
            "certificate "
            "verification failed for (cucm.example.com). Action=Terminate Error=self signed certificate "
            "server=cucm.example.com(192.0.2.9) depth=0\n";
      }
    }
    return log;
  }();
  return text;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void blocks(benchmark::State& state) {
  const std::string_view text = log_text();
  for (const auto _ : state) {
    std::size_t given = 0;
    std::size_t shown = 0;
    assay::for_each_block(
        {.read =
             [&](std::span<char> buffer) {
               const std::size_t n =
                   text.copy(buffer.data(), std::min<std::size_t>(buffer.size(), 128U << 10), given);
               given += n;
               return n;
             }},
        1U << 20, 16U << 20, [&](const assay::RecordBlock& block) { shown += block.text.size(); },
        [](const assay::RecordCut&) {});
    benchmark::DoNotOptimize(shown);
  }
  count_bytes(state, text.size());
}
BENCHMARK(blocks)->Unit(benchmark::kMillisecond);

// Every record of the log: found line by line, and taken apart if `parse` says so.
template <bool parse>
void records(benchmark::State& state) {
  const std::string_view text = std::string_view(log_text()).substr(0, 16U << 20);
  assay::Record record;
  std::int64_t count = 0;
  for (const auto _ : state) {
    for (std::size_t begin = 0; begin < text.size(); ++count) {
      const std::size_t end = assay::record_end(text, begin);
      if constexpr (parse) assay::parse_record(text.substr(begin, end - begin), 2022, record);
      benchmark::DoNotOptimize(record);
      begin = end;
    }
  }
  state.SetItemsProcessed(count);
  count_bytes(state, text.size());
}
BENCHMARK(records<false>)->Name("record_ends")->Unit(benchmark::kMillisecond);
BENCHMARK(records<true>)->Name("record_ends_and_parse_record")->Unit(benchmark::kMillisecond);

// Ten literals that real signatures have, and as many again as asked for that nothing holds.
std::vector<std::string> literals_of(std::int64_t count) {
  std::vector<std::string> literals{"core server certificate verification failed for (",
                                    "not in certificate",
                                    "ssl connection failed for '",
                                    "certificate verify failed",
                                    "tlsv1 alert unknown ca",
                                    "tls negotiation error",
                                    "authentication failed",
                                    "network.http.trafficserver",
                                    "ssh tunnel",
                                    "sending http error response"};
  for (std::int64_t i = static_cast<std::int64_t>(literals.size()); i < count; ++i) {
    const std::string number = std::to_string(i * 7919);
    literals.push_back("component " + number + " failed to reach peer (" + number + ")");
  }
  return literals;
}

void scan(benchmark::State& state) {
  const assay::LiteralSet set(literals_of(state.range(0)));
  const auto scratch = set.make_scratch();
  const std::string_view text = log_text();
  std::vector<assay::LiteralSet::Hit> hits;
  for (const auto _ : state) {
    for (std::size_t begin = 0; begin < text.size(); begin += 1U << 20) {
      set.scan(text.substr(begin, 1U << 20), *scratch, hits);
      benchmark::DoNotOptimize(hits.data());
    }
  }
  count_bytes(state, text.size());
}
BENCHMARK(scan)->Name("literals_scan")->Arg(10)->Arg(10'000)->Unit(benchmark::kMillisecond);

void compile(benchmark::State& state) {
  const std::vector<std::string> literals = literals_of(state.range(0));
  for (const auto _ : state) {
    const assay::LiteralSet set(literals);
    benchmark::DoNotOptimize(set.size());
  }
}
BENCHMARK(compile)->Name("literals_compile")->Arg(10)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
