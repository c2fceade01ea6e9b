// The C interface gives what the C++ interface gives, and turns every failure into a result with words.
#include "assay/c_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "assay/analyze.h"
#include "assay/formats.h"
#include "assay/version.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Free {
  void operator()(char* text) const { assay_text_free(text); }
  void operator()(assay_signatures* signatures) const { assay_signatures_free(signatures); }
};
using OwnedText = std::unique_ptr<char, Free>;
using OwnedSignatures = std::unique_ptr<assay_signatures, Free>;

const std::string kPack = ASSAY_SOURCE_DIR "/signatures/expressway";
const std::string kBundle = ASSAY_SOURCE_DIR "/testdata/diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz";

OwnedSignatures pack() {
  assay_signatures* signatures = nullptr;
  EXPECT_EQ(assay_signatures_load(kPack.c_str(), &signatures, nullptr), ASSAY_OK);
  return OwnedSignatures(signatures);
}

struct Answer {
  assay_result result = ASSAY_OK;
  OwnedText json;
  OwnedText error;
};

Answer analyze_path(const assay_signatures* signatures, const char* path,
                    const assay_options* options = nullptr) {
  char* json = nullptr;
  char* error = nullptr;
  Answer answer;
  answer.result = assay_analyze_path(signatures, path, options, &json, &error);
  answer.json.reset(json);
  answer.error.reset(error);
  return answer;
}

TEST(CInterface, GivesTheReportOfTheOtherOne) {
  EXPECT_EQ(assay_version(), version());
  const OwnedSignatures signatures = pack();
  assay_options japanese = {};
  japanese.language = "ja";
  const Answer answer = analyze_path(signatures.get(), kBundle.c_str(), &japanese);
  ASSERT_EQ(answer.result, ASSAY_OK);
  EXPECT_EQ(answer.error, nullptr);

  const std::filesystem::path path = kPack;
  const Input input = Input::from_path(kBundle);
  Options options;
  options.language = "ja";
  const SignatureSet set = SignatureSet::load({path});
  EXPECT_EQ(answer.json.get(), to_json(analyze(set, input, options)));
}

TEST(CInterface, HasTheLimitsAndListsOfTheOtherOne) {
  const OwnedSignatures signatures = pack();
  assay_options all = {};
  all.threads = 1;
  all.transactions = all.handshakes = all.certificates = 1;
  const Answer whole = analyze_path(signatures.get(), kBundle.c_str(), &all);
  for (const char* key : {"\"transactions\": [", "\"handshakes\": [", "\"certificates\": ["}) {
    EXPECT_THAT(whole.json.get(), HasSubstr(key));
    EXPECT_THAT(analyze_path(signatures.get(), kBundle.c_str()).json.get(), Not(HasSubstr(key)));
  }

  assay_options small = {};
  small.total_bytes = 1000;
  EXPECT_THAT(analyze_path(signatures.get(), kBundle.c_str(), &small).json.get(),
              HasSubstr("limit-total-bytes"));
}

// What the callbacks of one analysis share.
struct Watched {
  std::string member;
  std::uint64_t bytes = 0;
  std::atomic<bool> stop = false;
};

assay_options watched_by(Watched& watched) {
  assay_options options = {};
  options.context = &watched;
  options.progress = [](void* context, const char* member, std::uint64_t, std::uint64_t bytes) {
    static_cast<Watched*>(context)->member = member;
    static_cast<Watched*>(context)->bytes = bytes;
  };
  options.cancelled = [](void* context) { return static_cast<Watched*>(context)->stop ? 1 : 0; };
  return options;
}

TEST(CInterface, TellsHowFarItIsAndCanBeCancelled) {
  const OwnedSignatures signatures = pack();
  Watched watched;
  const assay_options options = watched_by(watched);
  EXPECT_EQ(analyze_path(signatures.get(), kBundle.c_str(), &options).result, ASSAY_OK);
  EXPECT_THAT(watched.member, StartsWith(kBundle));
  EXPECT_GT(watched.bytes, 0U);

  watched.stop = true;
  const Answer cancelled = analyze_path(signatures.get(), kBundle.c_str(), &options);
  EXPECT_EQ(cancelled.result, ASSAY_CANCELLED);
  EXPECT_EQ(cancelled.json, nullptr);
}

TEST(CInterface, TakesBytes) {
  const OwnedSignatures signatures = pack();
  const std::string log = testing::refusal("vcsc", "cucm.example.com", 1);
  char* json = nullptr;
  ASSERT_EQ(assay_analyze_bytes(signatures.get(), "the log", log.data(), log.size(), nullptr, &json, nullptr),
            ASSAY_OK);
  const OwnedText owned(json);
  EXPECT_THAT(json, HasSubstr("\"path\": \"the log\""));
  EXPECT_THAT(json, HasSubstr("CSCwc69661"));

  char* empty = nullptr;
  EXPECT_EQ(assay_analyze_bytes(signatures.get(), "nothing", nullptr, 0, nullptr, &empty, nullptr), ASSAY_OK)
      << "an empty input is damage in the evidence, not a failure";
  EXPECT_THAT(OwnedText(empty).get(), HasSubstr("\"complete\": false"));
}

TEST(CInterface, SaysWhyItFails) {
  const OwnedSignatures signatures = pack();
  const Answer missing = analyze_path(signatures.get(), "/no/such/bundle");
  EXPECT_EQ(missing.result, ASSAY_NO_SUCH_PATH);
  EXPECT_EQ(missing.json, nullptr);
  EXPECT_THAT(missing.error.get(), HasSubstr("/no/such/bundle"));

  const std::string loop = ::testing::TempDir() + "assay_c_api_loop_" + std::to_string(::getpid());
  std::filesystem::remove(loop);
  std::filesystem::create_symlink(loop, loop);
  EXPECT_EQ(analyze_path(signatures.get(), loop.c_str()).result, ASSAY_UNREADABLE);
  assay_signatures* unread = nullptr;
  EXPECT_EQ(assay_signatures_load(loop.c_str(), &unread, nullptr), ASSAY_UNREADABLE);
  std::filesystem::remove(loop);

  assay_options without_language = {};
  without_language.language = "";
  const Answer language = analyze_path(signatures.get(), kBundle.c_str(), &without_language);
  EXPECT_EQ(language.result, ASSAY_FAILED);
  EXPECT_THAT(language.error.get(), HasSubstr("language"));

  assay_signatures* none = nullptr;
  char* error = nullptr;
  const std::string not_a_signature = ASSAY_SOURCE_DIR "/CMakePresets.json";
  EXPECT_EQ(assay_signatures_load(not_a_signature.c_str(), &none, &error), ASSAY_INVALID_SIGNATURES);
  EXPECT_EQ(none, nullptr);
  EXPECT_THAT(OwnedText(error).get(), HasSubstr("CMakePresets.json:1:1: error: a signature needs the key"));
  EXPECT_EQ(assay_signatures_load("/no/such/folder", &none, nullptr), ASSAY_NO_SUCH_PATH);
}

TEST(CInterface, RefusesNullWhereNoneMayBe) {
  const OwnedSignatures signatures = pack();
  char* json = nullptr;
  char* error = nullptr;
  EXPECT_EQ(assay_analyze_path(nullptr, kBundle.c_str(), nullptr, &json, nullptr), ASSAY_INVALID_ARGUMENT);
  EXPECT_EQ(assay_analyze_path(signatures.get(), nullptr, nullptr, &json, nullptr), ASSAY_INVALID_ARGUMENT);
  EXPECT_EQ(assay_analyze_path(signatures.get(), kBundle.c_str(), nullptr, nullptr, nullptr),
            ASSAY_INVALID_ARGUMENT);
  EXPECT_EQ(assay_analyze_bytes(signatures.get(), "x", nullptr, 1, nullptr, &json, &error),
            ASSAY_INVALID_ARGUMENT);
  EXPECT_THAT(OwnedText(error).get(), StartsWith("signatures, name, bytes"));
  EXPECT_EQ(assay_signatures_load(kPack.c_str(), nullptr, nullptr), ASSAY_INVALID_ARGUMENT);
  assay_signatures_free(nullptr);
  assay_text_free(nullptr);
}

}  // namespace
}  // namespace assay
