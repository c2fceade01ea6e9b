// The result of an analysis: plain data that owns everything it holds.
//
// Text that comes from the evidence is kept as the bytes it was: it may hold invalid UTF-8, control
// characters and escape sequences. The functions of formats.h make it safe to show.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assay/place.h"
#include "assay/time.h"
#include "assay/tls.h"

namespace assay {

enum class Status {
  issue,                // proved by evidence
  potential_problem,    // evidence points to it, or nothing has failed yet
  missing_information,  // cannot be judged; Finding::missing says what is missing
  error,                // the signature itself could not be evaluated
  no_issue,             // looked for where it would be, and not there
  not_applicable,       // does not concern this node
};

enum class Kind { defect, configuration, security, capacity, network, information };
enum class Severity { critical, high, medium, low, information };
enum class Maturity { experimental, stable, deprecated };
enum class Scope { node, whole_case };

// The names that signatures, JSON and the command line use: "potential_problem", "high", "case", …
std::string_view to_string(Status status);
std::string_view to_string(Kind kind);
std::string_view to_string(Severity severity);
std::string_view to_string(Maturity maturity);
std::string_view to_string(Scope scope);

// Named values in the order in which the signature names them.
using Captures = std::vector<std::pair<std::string, std::string>>;

// One record or other event that a finding rests on.
struct Evidence {
  std::string observation;  // the name it has in the signature
  Place place;
  std::optional<Time> time;
  Captures captures;
  std::string text;  // the words themselves, bytes as they were; cut at 4 KiB
};

// One affected thing: the hits that agree in the captures that the signature groups by.
struct Group {
  Status status = Status::issue;  // issue or potential_problem
  Captures captures;              // those grouped by first, then what all its hits agree in
  std::uint64_t count = 0;        // hits in all, kept or not
  std::optional<Time> first;
  std::optional<Time> last;
  std::vector<Evidence> evidence;  // what the signature's snippet asks for, in order of time and place
};

// Something that a verdict would have needed.
struct Missing {
  std::string what;        // a name of the vocabulary: "log.traffic_server", "product.version"
  std::string message;     // what is missing, in a sentence
  std::string how_to_get;  // how to collect it

  friend bool operator==(const Missing&, const Missing&) = default;
};

// The verdict of one signature on one node, or on the case.
struct Finding {
  std::string id;
  Status status = Status::no_issue;
  std::string node;  // Node::name; empty where the scope is the case
  Scope scope = Scope::node;
  Kind kind = Kind::information;
  Severity severity = Severity::information;
  Maturity maturity = Maturity::stable;
  std::string title;
  std::string description;
  std::string condition;
  std::string further_information;
  std::vector<std::string> actions;
  std::vector<std::string> references;
  std::vector<std::string> also_known_as;
  std::vector<Group> groups;       // sorted by their captures; empty unless issue or potential problem
  std::vector<Missing> missing;    // also of an issue: what could not be checked
  std::vector<std::string> notes;  // e.g. that hits were too many to keep them all
  std::string hidden_by;           // id of the finding that explains the same evidence better; else empty
};

// A named value about a node, and where it was read. A derived fact has the place of what it was derived
// from.
struct Fact {
  std::string name;   // "product.version"
  std::string value;  // "X14.2"
  Place place;
  std::string source;  // how it is known, in some words: "SystemUnit in the configuration dump"
};

struct Node {
  std::string name;                  // host name, or the path of the bundle where no host name is known
  std::vector<std::string> bundles;  // paths of the archives or folders that belong to it
  std::vector<Fact> facts;           // sorted by name
  // Kinds of evidence that there were, as `assay fields` lists them: "log", "log.tvcs", ... Sorted.
  std::vector<std::string> evidence = {};
};

// Something in the inputs or signatures that could not be used. The analysis went on without it.
struct Problem {
  std::string code;  // stable, kebab-case: "truncated", "limit-ratio", "encrypted", …; docs/json.md lists all
  std::string path;     // like Place::path
  std::string message;  // what, where, and what was done instead
  std::uint64_t offset = 0;
  std::uint64_t packet = 0;  // of a capture, from 1; 0: not about a packet

  friend bool operator==(const Problem&, const Problem&) = default;
};

// How sure it is that a diagnostic line belongs to a transaction. Those lines carry no transaction id.
enum class Join {
  only_candidate,  // same process, same server, and no other transaction with that server was under way
  nearest,         // several were under way; this one began last
  time_only,       // same process and near in time, but the server's name does not agree
};
std::string_view to_string(Join join);

// A certificate verification warning or TLS error of the traffic server that was joined with a transaction.
struct JoinedDiagnostic {
  Place place;
  std::optional<Time> time;
  std::string text;
  Join join = Join::only_candidate;
};

// The target that an MRA client asked for, out of the base64 path segment of its URL.
struct Target {
  std::string raw;       // the segment as it was
  bool decoded = false;  // false: what follows is empty, only `raw` can be shown
  std::string domain;
  std::string protocol;  // empty where the segment names a domain only
  std::string host;
  std::optional<std::uint16_t> port;

  friend bool operator==(const Target&, const Target&) = default;
};

// The TLS handshake of a capture that a transaction was made over.
struct JoinedHandshake {
  Place place;
  std::optional<Time> time;
  std::string outcome;
  Join join = Join::only_candidate;
};

// One request of an MRA client through the traffic server, from its records.
struct Transaction {
  std::string node;
  std::string id;  // Txn-id
  std::string process;
  std::optional<std::uint32_t> pid;
  std::optional<Time> begin;
  std::optional<Time> end;  // of the last record
  std::string client;       // address:port
  std::string method;
  std::string url_asked;  // as the client asked
  std::string url_sent;   // as it was sent to the server
  std::optional<Target> target;
  std::string server;         // address:port
  std::optional<int> status;  // as answered to the client
  std::string reason;
  std::string user;
  std::string tracking_id;
  bool complete = false;                     // its response was seen
  std::optional<JoinedHandshake> handshake;  // where a capture of its node shows one
  std::vector<JoinedDiagnostic> diagnostics;
  Place place;  // of its first record
};

// What one signature cost.
struct SignatureCost {
  std::string id;
  std::uint64_t candidates = 0;  // events that were tried, once for each observation: its words were there
  std::uint64_t hits = 0;
  std::chrono::nanoseconds matching{0};  // trying them
  std::chrono::nanoseconds judging{0};   // the verdicts
};

// Errors and warnings that look alike and that no finding accounts for: records of level WARN and above, of
// the kind "log"; transactions answered with 400 and above other than 401 and 407, of the kind "http"; or TLS
// handshakes that one side refused, of the kind "tls".
struct UnexplainedGroup {
  std::string node;
  std::string kind;
  std::string level;  // of the example, as it stands there; "" for "http" and "tls"
  std::string shape;  // what they have in common; '*' stands for what varies
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;
  Place place;       // of the example, the first that was seen
  std::string text;  // the example, cut at 1 KiB
};

struct UnexplainedEvents {
  std::vector<UnexplainedGroup> groups;  // the 100 most frequent, those first
  std::uint64_t count = 0;               // events in all, listed or not
};

struct Report {
  std::vector<std::string> packs;         // name and version of those whose signatures judged; sorted
  std::vector<Finding> findings;          // by status, severity, id, node
  std::vector<Node> nodes;                // by name
  std::vector<Transaction> transactions;  // by begin and place; empty unless Options::transactions
  std::uint64_t transaction_count = 0;
  std::vector<Handshake> handshakes;  // by path and packet; empty unless Options::handshakes
  std::uint64_t handshake_count = 0;
  std::vector<SeenCertificate> certificates;  // by fingerprint; empty unless Options::certificates
  UnexplainedEvents unexplained;
  std::vector<Problem> problems;     // by path and offset
  std::vector<SignatureCost> costs;  // the dearest first; empty unless Options::profile
  std::uint64_t members = 0;         // read
  std::uint64_t bytes = 0;           // that came out of the archives
  std::uint64_t records = 0;         // log records seen
  // False where something that was there could not be read to its end.
  bool complete = true;
};

// True if a reader knew anything of the inputs: something was there that signatures may look at.
bool has_evidence(const Report& report);

// What a report comes to in one word; the exit status of `assay analyze` says the same.
enum class Outcome {
  found,            // an issue or a potential problem that no other finding hides
  not_all_checked,  // none, but something was missing, cut or left out
  nothing_found,    // none, and everything was there
};
Outcome outcome_of(const Report& report);
std::string_view to_string(Outcome outcome);

}  // namespace assay
