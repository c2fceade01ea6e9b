// Two stages. Parts of transactions are put in order of their time. Then they are joined; a finished
// transaction is held for the same grace as parts, so that a diagnostic finds all transactions that were
// under way at its time.
#include "evidence/http_transactions.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "characters.h"
#include "evidence/http_part.h"
#include "evidence/http_part_order.h"
#include "evidence/known_targets.h"
#include "evidence/url.h"
#include "evidence/words.h"

namespace assay {
namespace {

using Step = HttpPart::Step;

constexpr std::int64_t kMillisecond = 1'000;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kGrace = HttpPartOrder::kGrace;
// How far the times of two records of one moment may lie apart: diagnostics have the time of their header
// only, others a UTCTime.
constexpr std::int64_t kSlack = 20 * kMillisecond;
// A request without a response for this long will get none.
constexpr std::int64_t kIdle = 300 * kSecond;
// This many of the latest transactions are looked at for a diagnostic.
constexpr std::size_t kMaxCandidates = 1'024;

// True if `url`, the target's own ("https://cucm.example.com:8443/cucm-uds/version"), is what a transaction
// asks for, whose URL has the target in its first segment.
bool asks_for(const Transaction& transaction, std::string_view url) {
  std::string_view asked = path_of_url(transaction.url_asked);
  if (transaction.target && transaction.target->decoded) {
    const std::string_view host = host_of_url(url);
    if (!host.empty() && !equal_ignoring_case(host, host_part(transaction.target->host))) return false;
    asked.remove_prefix(std::min(asked.size(), transaction.target->raw.size() + 1));
  }
  return !asked.empty() && asked == path_of_url(url);
}

}  // namespace

// Joins parts that come in order of their time.
class HttpTransactions::Joiner {
 public:
  Joiner(std::string_view path, Visit visit) : path_(path), visit_(std::move(visit)) {}

  void add(const HttpPart& part) {
    advance(moment(part));
    if (part.id.empty()) {
      diagnostics_.emplace_back().keep(part);
    } else {
      add_step(part);
    }
    if (diagnostics_.size() > kMaxOpen) join_diagnostics(1);  // too many of one moment
  }

  void finish() {
    join_diagnostics(diagnostics_.size());
    while (!open_.empty()) hand_out(open_.begin());
    finished_.clear();
    now_ = 0;
  }

  std::uint64_t handed_out_early() const { return handed_out_early_; }

 private:
  struct Open {
    Transaction transaction;
    EventPlace place;
    std::string key;
    std::string server_host;  // out of the request that was sent
    std::string host;         // of the records
    std::string user;         // that records name
    std::int64_t last = 0;    // time of its last part
  };
  using Transactions = std::map<std::uint64_t, Open>;  // by the order in which they began
  using ByKey = std::unordered_map<std::string, Transactions::iterator>;

  struct Finished {
    std::int64_t time = 0;
    std::uint64_t number = 0;
  };

  void advance(std::int64_t now) {
    now_ = std::max(now_, now);
    std::size_t ripe = 0;
    while (ripe < diagnostics_.size() && moment(diagnostics_[ripe].part()) + kGrace / 2 < now_) ++ripe;
    join_diagnostics(ripe);
    while (!finished_.empty() && finished_.front().time + kGrace < now_) {
      const auto at = open_.find(finished_.front().number);
      finished_.pop_front();
      if (at != open_.end()) hand_out(at);
    }
    while (!open_.empty() && open_.begin()->second.last + kIdle < now_) hand_out(open_.begin());
  }

  void add_step(const HttpPart& part) {
    write_key(part);
    auto found = by_key_.find(key_);
    if (found != by_key_.end() && part.step == Step::receive_request) {
      const Transaction& before = found->second->second.transaction;
      if (before.complete || !before.url_asked.empty()) {  // the ids of the traffic server begin anew
        by_key_.erase(found);
        found = by_key_.end();
      }
    }
    if (found == by_key_.end()) found = begin(part);
    Open& open = found->second->second;
    const bool was_complete = open.transaction.complete;
    take_in(part, open);
    if (open.transaction.complete && !was_complete)
      finished_.push_back({.time = moment(part), .number = found->second->first});
  }

  // Into key_, which keeps its memory.
  void write_key(const HttpPart& part) {
    key_ = part.host;
    (key_ += '\n') += part.process;
    key_ += '\n';
    if (part.pid) key_ += std::to_string(*part.pid);
    (key_ += '\n') += part.id;
  }

  ByKey::iterator begin(const HttpPart& part) {
    if (open_.size() >= kMaxOpen) make_room();
    const auto begun = open_.try_emplace(open_.end(), next_number_++);
    Open& open = begun->second;
    open.place = part.place;
    open.key = key_;
    open.host = part.host;
    Transaction& transaction = open.transaction;
    transaction.id = part.id;
    transaction.process = part.process;
    transaction.pid = part.pid;
    transaction.begin = part.time;
    transaction.place = {.path = path_, .line = part.place.line, .offset = part.place.offset};
    return by_key_.insert_or_assign(key_, begun).first;
  }

  void take_in(const HttpPart& part, Open& open) {
    Transaction& transaction = open.transaction;
    transaction.end = part.time;
    open.last = moment(part);
    const auto set = [](std::string& field, std::string_view value) {
      if (field.empty()) field = value;
    };
    const auto set_peer = [&part](std::string& field) {
      if (field.empty()) field = peer_of(part);
    };
    set(transaction.tracking_id, part.tracking_id);
    set(open.user, part.user);
    switch (part.step) {
      case Step::receive_request:
        set_peer(transaction.client);
        set(transaction.method, part.method);
        set(transaction.url_asked, part.url);
        transaction.target = targets_.target_of(transaction.url_asked);
        if (transaction.user.empty()) transaction.user = user_of_url(transaction.url_asked);
        break;
      case Step::send_request:
        set_peer(transaction.server);
        set(transaction.method, part.method);
        set(transaction.url_sent, part.url);
        if (transaction.user.empty()) transaction.user = user_of_url(transaction.url_sent);
        set(open.server_host, part.server_host);
        break;
      case Step::receive_response:
        set_peer(transaction.server);
        break;
      case Step::send_response:
        set_peer(transaction.client);
        set(transaction.reason, part.reason);
        if (!transaction.status) transaction.status = part.status;
        transaction.complete = true;
        break;
      case Step::other:
      case Step::access:
      case Step::diagnostic:
      case Step::error_response:
        break;
    }
  }

  void join_diagnostics(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const HttpPart& part = diagnostics_.front().part();
      if (part.step == Step::diagnostic) join(part);
      if (part.step == Step::error_response) settle(part);
      if (part.step == Step::access) join_user(part);
      diagnostics_.pop_front();
    }
  }

  static bool same_process(const HttpPart& diagnostic, const Open& open) {
    return diagnostic.process == open.transaction.process && diagnostic.pid == open.transaction.pid &&
           diagnostic.host == open.host;
  }

  static bool under_way(std::int64_t time, const Open& open) {
    const Transaction& transaction = open.transaction;
    if (transaction.begin && transaction.begin->microseconds > time + kSlack) return false;
    return !transaction.complete || open.last + kSlack >= time;
  }

  enum class Server { agrees, unknown, differs };

  static Server compare_server(const HttpPart& diagnostic, const Open& open) {
    const Transaction& transaction = open.transaction;
    const std::array<std::string_view, 4> known = {
        transaction.target ? std::string_view(transaction.target->host) : std::string_view(),
        host_of_url(transaction.url_sent), host_part(open.server_host), host_part(transaction.server)};
    Server result = Server::unknown;
    for (const std::string_view name : known) {
      if (name.empty()) continue;
      if (equal_ignoring_case(name, diagnostic.server_host) || name == diagnostic.address)
        return Server::agrees;
      result = Server::differs;
    }
    return result;
  }

  // The transaction that began last among those that fit best: the server agrees, is not known, or differs.
  void join(const HttpPart& diagnostic) {
    std::array<Open*, 3> best{};
    std::array<std::size_t, 3> counts{};
    std::size_t looked_at = 0;
    for (auto at = open_.rbegin(); at != open_.rend() && looked_at < kMaxCandidates; ++at, ++looked_at) {
      Open& open = at->second;
      if (!same_process(diagnostic, open) || !under_way(moment(diagnostic), open)) continue;
      const auto fit = static_cast<std::size_t>(compare_server(diagnostic, open));
      if (counts[fit]++ == 0) best[fit] = &open;
    }
    Join join = Join::time_only;
    if (counts[0] > 0) join = counts[0] == 1 ? Join::only_candidate : Join::nearest;
    const auto chosen =
        std::find_if(best.begin(), best.end(), [](const Open* open) { return open != nullptr; });
    if (chosen == best.end()) return;
    std::vector<JoinedDiagnostic>& joined = (*chosen)->transaction.diagnostics;
    if (joined.size() >= kMaxDiagnostics) return;
    joined.push_back(
        {.place = {.path = path_, .line = diagnostic.place.line, .offset = diagnostic.place.offset},
         .time = diagnostic.time,
         .text = std::string(diagnostic.text),
         .join = join});
  }

  // The event of an error response says once more what the response of a transaction said, ends one of which
  // no response was seen, or, where the log has no debug records, is all there is of a transaction.
  void settle(const HttpPart& part) {
    std::string peer = peer_of(part);
    if (peer.empty()) return;  // whose, nobody can tell
    std::size_t looked_at = 0;
    for (auto at = open_.rbegin(); at != open_.rend() && looked_at < kMaxCandidates; ++at, ++looked_at) {
      Open& open = at->second;
      if (open.transaction.client != peer || !same_process(part, open)) continue;
      if (!under_way(moment(part), open)) continue;
      if (open.transaction.complete) return;
      end_with(part, open.transaction);
      open.last = std::max(open.last, moment(part));
      finished_.push_back({.time = moment(part), .number = at->first});
      return;
    }
    Transaction transaction;
    transaction.process = part.process;
    transaction.pid = part.pid;
    transaction.begin = part.time;
    transaction.client = std::move(peer);
    transaction.place = {.path = path_, .line = part.place.line, .offset = part.place.offset};
    end_with(part, transaction);
    visit_(transaction, part.place);
  }

  // Two that ask for the same at the same time cannot be told apart: then it stays open whose request it was.
  void join_user(const HttpPart& access) {
    Open* only = nullptr;
    std::size_t looked_at = 0;
    for (auto at = open_.rbegin(); at != open_.rend() && looked_at < kMaxCandidates; ++at, ++looked_at) {
      Open& open = at->second;
      if (!open.user.empty() || !same_process(access, open) || !under_way(moment(access), open)) continue;
      if (!asks_for(open.transaction, access.url)) continue;
      if (only != nullptr) return;
      only = &open;
    }
    if (only != nullptr) only->user = access.user;
  }

  static void end_with(const HttpPart& part, Transaction& transaction) {
    transaction.end = part.time;
    transaction.status = part.status;
    transaction.reason = part.reason;
    transaction.complete = true;
  }

  void make_room() {
    if (!open_.begin()->second.transaction.complete) ++handed_out_early_;
    hand_out(open_.begin());
    while (!finished_.empty() && !open_.contains(finished_.front().number)) finished_.pop_front();
  }

  void hand_out(Transactions::iterator at) {
    Open& open = at->second;
    if (open.transaction.user.empty()) open.transaction.user = std::move(open.user);
    visit_(open.transaction, open.place);
    const auto found = by_key_.find(open.key);
    if (found != by_key_.end() && found->second == at) by_key_.erase(found);
    open_.erase(at);
  }

  std::string path_;
  KnownTargets targets_;
  std::string key_;  // of the part that is added
  Visit visit_;
  Transactions open_;
  ByKey by_key_;
  std::deque<Finished> finished_;
  std::deque<KeptHttpPart> diagnostics_;  // access decisions and error responses, too: what has no Txn-id
  std::uint64_t next_number_ = 0;
  std::int64_t now_ = 0;
  std::uint64_t handed_out_early_ = 0;
};

HttpTransactions::HttpTransactions(std::string_view path, Visit visit)
    : order_(std::make_unique<HttpPartOrder>()), joiner_(std::make_unique<Joiner>(path, std::move(visit))) {}

HttpTransactions::~HttpTransactions() = default;

void HttpTransactions::add(const Record& record, const EventPlace& place) {
  const std::optional<HttpPart> part = http_part_of(record, place, kMaxText);
  if (part) order_->push(*part, [this](const HttpPart& next) { joiner_->add(next); });
}

std::uint64_t HttpTransactions::handed_out_early() const {
  return joiner_->handed_out_early();
}

void HttpTransactions::finish() {
  order_->flush([this](const HttpPart& next) { joiner_->add(next); });
  joiner_->finish();
}

}  // namespace assay
