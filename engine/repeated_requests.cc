// Requests of one name are put in order of their begin; those that are the same then follow one another.
#include "repeated_requests.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace assay {
namespace {

// As the reader of one file has it: a request without a response for this long will get none.
constexpr std::int64_t kLongestPause = 300'000'000;

std::int64_t microseconds(const std::optional<Time>& time) {
  return time ? time->microseconds : 0;
}

std::uint64_t name_of(const Transaction& transaction) {
  const std::hash<std::string_view> hash;
  const std::uint64_t id = hash(transaction.id.empty() ? transaction.client : transaction.id);
  return (hash(transaction.process) * 31 + transaction.pid.value_or(0)) * 31 + id;
}

// Requests that are the same, as they are found one after the other.
struct Same {
  std::size_t whole = 0;  // the most complete of them
  std::int64_t end = 0;
  bool was_answered = false;
  std::set<std::uint32_t> members;
};

bool belongs_to(const Same& same, const SeenRequest& request) {
  if (same.members.contains(request.member)) return false;
  if (request.begin <= same.end) return true;
  return !same.was_answered && !request.was_asked && request.begin - same.end <= kLongestPause;
}

int completeness(const SeenRequest& request) {
  return (request.was_asked ? 1 : 0) + (request.was_answered ? 1 : 0);
}

// By node: whether several files of it have requests.
std::vector<bool> have_several_files(std::span<const SeenRequest> requests, const Assembled& assembled) {
  std::vector<bool> have(assembled.case_file.nodes.size());
  std::map<std::uint32_t, std::uint32_t> first;  // file of each node
  for (const SeenRequest& request : requests) {
    if (is_copy(assembled, request.member)) continue;
    const std::uint32_t node = assembled.node_of_member[request.member];
    if (first.try_emplace(node, request.member).first->second != request.member) have[node] = true;
  }
  return have;
}

}  // namespace

void SeenRequests::note(const Event& event) {
  const auto* http = std::get_if<HttpEvent>(&event.what);
  if (http == nullptr || requests_.size() >= kSeenRequests) return;
  const Transaction& transaction = *http->transaction;
  requests_.push_back({.name = name_of(transaction),
                       .begin = microseconds(transaction.begin),
                       .end = microseconds(transaction.end),
                       .member = event.place.member,
                       .was_asked = !transaction.url_asked.empty(),
                       .was_answered = transaction.complete});
}

std::vector<std::size_t> find_whole_requests(std::span<const SeenRequest> requests,
                                             const Assembled& assembled) {
  const std::vector<bool> have_several = have_several_files(requests, assembled);
  std::vector<std::size_t> whole(requests.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    whole[i] = i;
    const std::uint32_t member = requests[i].member;
    if (have_several[assembled.node_of_member[member]] && !is_copy(assembled, member)) order.push_back(i);
  }
  const auto name = [&](std::size_t i) {
    return std::tuple(assembled.node_of_member[requests[i].member], requests[i].name);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(name(a), requests[a].begin, a) < std::tuple(name(b), requests[b].begin, b);
  });
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    Same same{.whole = order[from], .end = requests[order[from]].end, .was_answered = false, .members = {}};
    for (to = from; to < order.size() && name(order[to]) == name(order[from]); ++to) {
      const SeenRequest& request = requests[order[to]];
      if (!belongs_to(same, request)) break;
      if (completeness(request) > completeness(requests[same.whole])) same.whole = order[to];
      same.end = std::max(same.end, request.end);
      same.was_answered = same.was_answered || request.was_answered;
      same.members.insert(request.member);
    }
    for (std::size_t i = from; i < to; ++i) whole[order[i]] = same.whole;
  }
  return whole;
}

void complete_with(Transaction& whole, Transaction&& part) {
  const auto take = [](auto& field, auto& other) {
    if (field == std::decay_t<decltype(field)>{}) field = std::move(other);
  };
  if (part.begin < whole.begin) {
    whole.begin = part.begin;
    whole.place = std::move(part.place);
  }
  whole.end = std::max(whole.end, part.end);
  take(whole.client, part.client);
  take(whole.method, part.method);
  take(whole.url_asked, part.url_asked);
  take(whole.url_sent, part.url_sent);
  take(whole.target, part.target);
  take(whole.server, part.server);
  take(whole.status, part.status);
  take(whole.reason, part.reason);
  take(whole.user, part.user);
  take(whole.tracking_id, part.tracking_id);
  take(whole.complete, part.complete);
  if (whole.diagnostics.empty()) whole.diagnostics = std::move(part.diagnostics);
}

}  // namespace assay
