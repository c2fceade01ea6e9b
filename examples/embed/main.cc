// How a portal embeds assay: signatures are loaded once and shared; each upload is analysed from a file or
// from memory, with progress, and can be cancelled from another thread.
#include <assay/analyze.h>
#include <assay/formats.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

// Set by whoever serves the user's request to stop.
std::atomic<bool> stop_requested = false;

assay::Options options() {
  assay::Options options;
  options.limits.seconds = 60;
  options.progress = [](const assay::Progress& progress) {
    std::cerr << progress.members << " members, " << progress.bytes << " bytes, now " << progress.path
              << '\n';
  };
  options.cancelled = [] { return stop_requested.load(); };
  return options;
}

void show(const assay::Report& report) {
  for (const assay::Finding& finding : report.findings) {
    if (finding.status != assay::Status::issue) continue;
    std::cout << finding.id << " on " << finding.node << ": " << finding.title << '\n';
    for (const assay::Group& group : finding.groups) {
      for (const assay::Evidence& evidence : group.evidence) {
        std::cout << "  " << evidence.place.path << ':' << evidence.place.line << "  "
                  << assay::printable(evidence.text) << '\n';
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: embed BUNDLE\n";
    return 2;
  }
  try {
    const assay::SignatureSet signatures = assay::SignatureSet::load({SIGNATURES});

    // From a file.
    const assay::Input file = assay::Input::from_path(argv[1]);
    const assay::Report from_file = assay::analyze(signatures, file, options());
    show(from_file);

    // From memory, as an upload arrives; what it is called is for display only.
    std::ifstream stream(argv[1], std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const assay::Input upload = assay::Input::from_bytes(argv[1], bytes);
    const assay::Report from_memory = assay::analyze(signatures, upload, options());
    std::cout << (assay::to_json(from_file) == assay::to_json(from_memory) ? "file and memory agree\n"
                                                                           : "file and memory differ\n");

    // Cancelled by another thread: the call ends with an Error.
    stop_requested = true;
    assay::analyze(signatures, file, options());
  } catch (const assay::Error& error) {
    std::cout << "ended: " << error.code() << '\n';
    return error.code() == "cancelled" ? 0 : 2;
  }
  return 1;
}
