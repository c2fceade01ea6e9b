// All captures and certificates of testdata/captures as one case: the report does not depend on the number of
// threads, nor on what they lie in.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "assay/analyze.h"
#include "assay/formats.h"

namespace assay {
namespace {

Report read_all(unsigned threads) {
  Options options;
  options.threads = threads;
  options.handshakes = true;
  options.certificates = true;
  const std::vector<Input> inputs = {
      Input::from_path(std::filesystem::path(ASSAY_SOURCE_DIR) / "testdata/captures")};
  return analyze(SignatureSet::from_text({}), inputs, options);
}

// Every word of the report that captures and certificates bring.
std::string told(const Report& report) {
  std::string text = to_json(report);
  for (const Handshake& handshake : report.handshakes) {
    text += handshake.place.path + ":" + std::to_string(handshake.place.line) + " " + handshake.node + " " +
            to_string(handshake.client) + " " + to_string(handshake.server) + " " + handshake.sni + " " +
            handshake.version + " " + handshake.cipher + " " + std::string(to_string(handshake.outcome)) +
            "\n";
  }
  for (const SeenCertificate& seen : report.certificates) {
    text += seen.certificate->sha256 + " " + seen.certificate->subject + "\n";
    for (const Sighting& sighting : seen.sightings) {
      text += "  " + sighting.use + " " + sighting.place.path + " " + sighting.endpoint + "\n";
    }
  }
  return text;
}

TEST(Captures, OfAFolderTellTheSameOnAnyNumberOfThreads) {
  const Report one = read_all(1);
  EXPECT_GT(one.handshakes.size(), 50U);
  EXPECT_GT(one.certificates.size(), 10U);
  EXPECT_EQ(told(one), told(read_all(2)));
  EXPECT_EQ(told(one), told(read_all(4)));
}

}  // namespace
}  // namespace assay
