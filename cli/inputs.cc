// From the command line to an analysis: paths, limits with units, signatures.
#include "inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <istream>
#include <limits>

#include "command.h"
#include "standard_input.h"
#include "terminal.h"

namespace assay {
namespace {

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

struct Unit {
  std::string_view letters;
  std::uint64_t factor;
};

constexpr std::array kSizes{Unit{"", 1}, Unit{"k", 1ULL << 10}, Unit{"m", 1ULL << 20}, Unit{"g", 1ULL << 30},
                            Unit{"t", 1ULL << 40}};
constexpr std::array kSpans{Unit{"", 1}, Unit{"s", 1}, Unit{"m", 60}, Unit{"h", 3600}};
constexpr std::array kCounts{Unit{"", 1}};

std::uint64_t parse(const std::string& text, std::span<const Unit> units, const std::string& examples) {
  if (text == "unlimited") return kUnlimited;
  const CLI::ValidationError wrong(fmt::format("'{}' is not an amount such as {}", text, examples));
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) throw wrong;
  if (number == 0) throw CLI::ValidationError("0 would allow nothing; for no bound say 'unlimited'");
  const std::string letters = CLI::detail::to_lower(std::string(at, end));
  for (const Unit& unit : units) {
    if (unit.letters == letters) return number > kUnlimited / unit.factor ? kUnlimited : number * unit.factor;
  }
  throw wrong;
}

// An option for one of the limits; what is larger than the limit can be is as good as unlimited.
template <typename Number>
void add_limit(CLI::App& command, const std::string& name, const std::string& word, Number& limit,
               std::uint64_t (*parse_amount)(const std::string&), const std::string& help) {
  command
      .add_option_function<std::string>(
          name,
          [&limit, parse_amount, name](const std::string& text) {
            try {
              const std::uint64_t amount = parse_amount(text);
              limit =
                  static_cast<Number>(std::min<std::uint64_t>(amount, std::numeric_limits<Number>::max()));
            } catch (const CLI::ValidationError& error) {
              throw CLI::ValidationError(name, error.what());
            }
          },
          help)
      ->type_name(word)
      ->group("Limits (reaching one ends what reached it, never the analysis; 'unlimited' lifts it)");
}

void add_limits(CLI::App& command, Limits& limits) {
  add_limit(command, "--limit-total-bytes", "SIZE", limits.total_bytes, parse_size,
            "bytes out of all archives together; default: 64G");
  add_limit(command, "--limit-member-bytes", "SIZE", limits.member_bytes, parse_size,
            "bytes of one file; default: 8G");
  add_limit(command, "--limit-members", "N", limits.members, parse_count,
            "files in all archives; default: 100000");
  add_limit(command, "--limit-depth", "N", limits.depth, parse_count, "archives inside archives; default: 8");
  add_limit(command, "--limit-ratio", "N", limits.expansion_ratio, parse_count,
            "bytes out for each byte in; default: 500");
  add_limit(command, "--limit-record", "SIZE", limits.record_bytes, parse_size,
            "bytes of one log record; default: 1M");
  add_limit(command, "--limit-time", "TIME", limits.seconds, parse_seconds, "of the analysis; default: 10m");
  add_limit(command, "--limit-memory-archive", "SIZE", limits.memory_archive_bytes, parse_size,
            "of an archive that must be held in memory; default: 64M");
}

}  // namespace

std::uint64_t parse_size(const std::string& text) {
  return parse(text, kSizes, "500, 64K, 10M or 2G");
}
std::uint64_t parse_seconds(const std::string& text) {
  return parse(text, kSpans, "90, 90s, 10m or 2h");
}
std::uint64_t parse_count(const std::string& text) {
  return parse(text, kCounts, "8 or 1000");
}

void add_bundle_options(CLI::App& command, BundleRequest& request) {
  command.add_option("PATH", request.paths, "bundles, folders or files of one case; - is standard input")
      ->required()
      ->type_name("")
      ->check(not_empty());
  command.add_option("--threads", request.options.threads, "1: all on one thread; default: 2")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U).description(""));
  add_limits(command, request.options.limits);
}

void add_limit_of_hits(CLI::App& command, BundleRequest& request) {
  add_limit(command, "--limit-hits", "N", request.options.limits.hits, parse_count,
            "records kept for an observation and bundle; default: 2000");
}

namespace {

// Opens the inputs, shows progress and heeds Ctrl-C while `work` looks at them.
template <class Work>
auto over_inputs(BundleRequest& request, const Work& work) {
  StandardInput buffer(std::chrono::seconds(request.options.limits.seconds));
  std::istream standard_input(&buffer);
  std::vector<Input> inputs;
  for (const std::string& path : request.paths) {
    const bool is_second = std::count(request.paths.begin(), request.paths.end(), "-") > 1;
    if (is_second) throw Error("invalid-option", "standard input (-) can be read only once");
    inputs.push_back(path == "-" ? Input::from_stream("stdin", standard_input) : Input::from_path(path));
  }
  ProgressLine line;
  request.options.progress = [&line](const Progress& progress) { line.show(progress); };
  request.options.cancelled = interrupted;
  auto result = work(std::span<const Input>(inputs));
  // Standard input looks complete when an interrupt ended the wait for it.
  if (interrupted()) throw Error("cancelled", "interrupted");
  return result;
}

}  // namespace

Report analyze(const SignatureSet& signatures, BundleRequest& request) {
  return over_inputs(
      request, [&](std::span<const Input> inputs) { return analyze(signatures, inputs, request.options); });
}

Report read_bundles(BundleRequest& request) {
  Report report = analyze(SignatureSet::from_text({}), request);
  say_problems(report.problems);
  return report;
}

Explanation explain(const SignatureSet& signatures, std::string_view id, BundleRequest& request) {
  return over_inputs(request, [&](std::span<const Input> inputs) {
    return explain(signatures, id, inputs, request.options);
  });
}

void add_signature_choice(CLI::App& command, SignatureChoice& choice) {
  add_repeated(command, "-s,--signatures", choice.paths,
               "file or folder to use instead of the installed ones, or 'installed'; repeatable")
      ->type_name("PATH");
  command.add_flag("--strict", choice.strict, "refuse to work if one of the signatures has a mistake");
}

std::vector<std::filesystem::path> paths_of(const SignatureChoice& choice) {
  if (choice.paths.empty()) return SignatureSet::find_installed();
  std::vector<std::filesystem::path> paths;
  for (const std::string& path : choice.paths) {
    if (path != "installed") {
      paths.emplace_back(path);
      continue;
    }
    for (std::filesystem::path& installed : SignatureSet::find_installed()) {
      paths.push_back(std::move(installed));
    }
  }
  return paths;
}

// They stay to the end of the program, which gives all of their memory back at once: piece by piece, that of
// thousands of signatures would take as long as a small bundle.
SignatureSet load_signatures(const SignatureChoice& choice) {
  static auto* const kept = new std::vector<SignatureSet>;
  return kept->emplace_back(SignatureSet::load(paths_of(choice), {.strict = choice.strict}));
}

const SignatureCard& card_called(const SignatureSet& set, const std::string& id) {
  const auto is_it = [&id](const std::string& name) {
    return CLI::detail::to_lower(name) == CLI::detail::to_lower(id);
  };
  std::vector<std::string> ids;
  for (const SignatureCard& card : set.cards()) {
    if (is_it(card.id)) return card;
    ids.push_back(card.id);
  }
  for (const SignatureCard& card : set.cards()) {
    if (std::any_of(card.also_known_as.begin(), card.also_known_as.end(), is_it)) return card;
  }
  const std::string near = nearest(id, ids);
  throw Error("unknown-signature", fmt::format("there is no signature '{}'{}", id,
                                               near.empty() ? "; `assay signatures list` shows all"
                                                            : fmt::format("; did you mean '{}'?", near)));
}

void say_problems(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    std::string place = problem.path;
    if (problem.packet != 0) place += fmt::format(" packet {}", problem.packet);
    if (problem.offset != 0) place += fmt::format(" at byte {}", problem.offset);
    say(fmt::format("assay: {}: {} [{}]", place, problem.message, problem.code));
  }
}

ExitStatus status_of(const Report& report) {
  switch (outcome_of(report)) {
    case Outcome::found:
      return kFound;
    case Outcome::not_all_checked:
      return kIncomplete;
    case Outcome::nothing_found:
      return kNothingFound;
  }
  return kIncomplete;
}

}  // namespace assay
