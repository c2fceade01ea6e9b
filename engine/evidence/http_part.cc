// Takes the traffic server's records apart. Message blocks are read by words as well as by lines, because
// pasted logs lose their line breaks.
#include "evidence/http_part.h"

#include <algorithm>
#include <charconv>

#include "characters.h"
#include "evidence/words.h"
#include "text/cut.h"

namespace assay {
namespace {

std::string_view first_line(std::string_view text) {
  return trimmed(text.substr(0, text.find('\n')));
}

std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  std::size_t end = 0;
  while (end < text.size() && !is_padding(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// The pairs that every step is asked for, each the first of its name: one walk over all takes them.
struct StepPairs {
  explicit StepPairs(const Record& record) {
    for (const Pair& pair : record.pairs) {
      switch (pair.key.size()) {
        case 6:
          take(pair, "Txn-id", id);
          take(pair, "Src-ip", source_ip);
          take(pair, "Dst-ip", destination_ip);
          break;
        case 8:
          take(pair, "Src-port", source_port);
          take(pair, "Dst-port", destination_port);
          take(pair, "Username", user);
          break;
        case 10:
          take(pair, "TrackingID", tracking_id);
          break;
        default:
          break;
      }
    }
  }

  std::string_view id;
  std::string_view tracking_id;
  std::string_view user;
  std::string_view source_ip;
  std::string_view source_port;
  std::string_view destination_ip;
  std::string_view destination_port;

 private:
  static void take(const Pair& pair, std::string_view name, std::string_view& value) {
    if (lower(pair.key.front()) != lower(name.front())) return;
    if (value.data() == nullptr && equal_ignoring_case(pair.key, name)) value = pair.value;
  }
};

// The value of a header of a message, at the front of a line or, where line breaks were lost, behind a blank.
// It is looked for from its colon backwards, because colons are few.
std::string_view header_value(std::string_view message, std::string_view name) {
  for (std::size_t colon = message.find(':', name.size() + 1); colon != npos;
       colon = message.find(':', colon + 1)) {
    const std::size_t at = colon - name.size();
    if (message[at - 1] != '\n' && message[at - 1] != ' ') continue;
    if (starts_with_ignoring_case(message.substr(at), name)) return first_line(message.substr(colon + 1));
  }
  return {};
}

std::optional<int> status_of(std::string_view word) {
  int status = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), status);
  if (error != std::errc{} || end != word.data() + word.size() || status < 100 || status > 999)
    return std::nullopt;
  return status;
}

// "Forbidden" of "Forbidden Date: Wed, 21 May 2014 ...", a status line that ran into its headers.
std::string_view without_headers(std::string_view reason) {
  const std::size_t colon = reason.find(": ");
  if (colon == npos) return trimmed(reason);
  const std::size_t header = reason.substr(0, colon).rfind(' ');
  return header == npos ? std::string_view{} : trimmed(reason.substr(0, header));
}

void read_request(const Record& record, std::size_t limit, HttpPart& part) {
  std::string_view line = first_line(record.block);
  part.method = cut_at(take_word(line), limit);
  part.url = cut_at(take_word(line), limit);
  std::string_view host = header_value(record.block, "Host");
  part.server_host = cut_at(take_word(host), limit);
  if (!part.url.empty()) return;
  part.method = cut_at(pair_value(record, "Method"), limit);
  std::string_view url = pair_value(record, "Request-url");
  if (url.empty()) url = pair_value(record, "URL");
  part.url = cut_at(url, limit);
}

void read_response(const Record& record, std::size_t limit, HttpPart& part) {
  std::string_view line = first_line(record.block);
  const std::string_view protocol = take_word(line);
  if (starts_with_ignoring_case(protocol, "HTTP/")) {
    part.status = status_of(take_word(line));
    part.reason = cut_at(without_headers(line), limit);
  } else {
    part.status = status_of(pair_value(record, "Status"));
    part.reason = cut_at(pair_value(record, "Reason"), limit);
  }
}

// The text between `open` and `close` behind `front`.
std::string_view enclosed(std::string_view text, std::string_view front, char open, char close) {
  const std::size_t at = text.find(front);
  if (at == npos) return {};
  const std::size_t begin = text.find(open, at + front.size());
  if (begin == npos) return {};
  const std::size_t end = text.find(close, begin + 1);
  return end == npos ? std::string_view{} : text.substr(begin + 1, end - begin - 1);
}

// The address in "server=cucm.example.com(192.0.2.10) depth=0": in the last parentheses, as names may be odd.
std::string_view address_of_server(std::string_view message) {
  const std::size_t server = message.rfind(" server=");
  if (server == npos) return {};
  message.remove_prefix(server);
  message = message.substr(0, message.rfind(')'));
  const std::size_t open = message.rfind('(');
  return open == npos ? std::string_view{} : message.substr(open + 1);
}

// The name of the server that a diagnostic line of the traffic server speaks of; nothing for other lines.
std::optional<std::string_view> server_of_diagnostic(std::string_view message) {
  if (message.find("certificate verification failed for") != npos) {
    return enclosed(message, "verification failed for", '(', ')');
  }
  for (const std::string_view front : {std::string_view("SNI ("), std::string_view("Origin hostname (")}) {
    const std::size_t at = message.find(front);
    if (at != npos && message.find("not in certificate", at) != npos) {
      return enclosed(message.substr(at), front.substr(0, front.size() - 1), '(', ')');
    }
  }
  constexpr std::string_view kRefused = "SSL connection failed for";
  const std::size_t at = message.find(kRefused);
  if (at == npos) return std::nullopt;
  const std::size_t quote = message.find_first_of("'\"", at + kRefused.size());
  if (quote == npos) return std::string_view{};
  return enclosed(message.substr(at), kRefused, message[quote], message[quote]);
}

constexpr std::string_view kErrorResponse = "Sending HTTP error response";

HttpPart::Step step_of(const Record& record) {
  struct Named {
    std::string_view detail;
    HttpPart::Step step;
  };
  constexpr Named kSteps[] = {
      {"Receive Request", HttpPart::Step::receive_request},
      {"Sending Request", HttpPart::Step::send_request},
      {"Send Request", HttpPart::Step::send_request},
      {"Receive Response", HttpPart::Step::receive_response},
      {"Sending Response", HttpPart::Step::send_response},
      {"Send Response", HttpPart::Step::send_response},
      {"Received Request", HttpPart::Step::receive_request},
      {"Received Response", HttpPart::Step::receive_response},
      {"Receiving Request", HttpPart::Step::receive_request},
      {"Receiving Response", HttpPart::Step::receive_response},
  };
  for (const Named& named : kSteps) {
    if (equal_ignoring_case(record.detail, named.detail)) return named.step;
  }
  if (equal_ignoring_case(record.event, kErrorResponse)) return HttpPart::Step::send_response;
  return HttpPart::Step::other;
}

void read_step(const Record& record, const StepPairs& pairs, std::size_t limit, HttpPart& part) {
  const auto peer_is_source = [&] {
    part.peer_address = cut_at(pairs.source_ip, limit);
    part.peer_port = cut_at(pairs.source_port, limit);
  };
  const auto peer_is_destination = [&] {
    part.peer_address = cut_at(pairs.destination_ip, limit);
    part.peer_port = cut_at(pairs.destination_port, limit);
  };
  switch (part.step) {
    case HttpPart::Step::receive_request:
      peer_is_source();
      read_request(record, limit, part);
      break;
    case HttpPart::Step::send_request:
      peer_is_destination();
      read_request(record, limit, part);
      break;
    case HttpPart::Step::receive_response:
      peer_is_source();
      break;
    case HttpPart::Step::send_response:
    case HttpPart::Step::error_response:
      peer_is_destination();
      read_response(record, limit, part);
      break;
    case HttpPart::Step::other:
    case HttpPart::Step::access:
    case HttpPart::Step::diagnostic:
      break;
  }
}

}  // namespace

void KeptHttpPart::keep(const HttpPart& part) {
  part_ = part;
  std::string_view* const views[] = {
      &part_.host,        &part_.process, &part_.id,          &part_.peer_address, &part_.peer_port,
      &part_.method,      &part_.url,     &part_.server_host, &part_.address,      &part_.reason,
      &part_.tracking_id, &part_.user,    &part_.text};
  std::size_t size = 0;
  for (const std::string_view* view : views) size += view->size();
  words_.resize(size);
  char* at = words_.data();
  for (std::string_view* view : views) {
    const std::string_view kept(at, view->size());
    at = std::copy(view->begin(), view->end(), at);
    *view = kept;
  }
}

std::size_t KeptHttpPart::bytes() const {
  return sizeof(KeptHttpPart) + words_.capacity();
}

std::optional<HttpPart> http_part_of(const Record& record, const EventPlace& place, std::size_t text_limit) {
  constexpr std::size_t kIdLimit = 64;
  HttpPart part;
  const StepPairs pairs(record);
  part.id = cut_at(pairs.id, kIdLimit);
  if (part.id.empty() && equal_ignoring_case(record.event, kErrorResponse)) {
    part.step = HttpPart::Step::error_response;
    read_step(record, pairs, text_limit, part);
  } else if (part.id.empty() && !pairs.user.empty() && starts_with_ignoring_case(record.event, "Request ")) {
    part.step = HttpPart::Step::access;
    part.url = cut_at(pair_value(record, "Request"), text_limit);
    if (part.url.empty()) return std::nullopt;
  } else if (part.id.empty()) {
    const std::optional<std::string_view> server = server_of_diagnostic(record.message);
    if (!server) return std::nullopt;
    part.step = HttpPart::Step::diagnostic;
    part.server_host = cut_at(*server, text_limit);
    part.address = cut_at(address_of_server(record.message), text_limit);
    part.text = cut_at(first_line(record.message), text_limit);
  } else {
    part.step = step_of(record);
    std::string_view tracking_id = pairs.tracking_id;
    if (tracking_id.empty()) {
      tracking_id = header_value(record.block, "TrackingID");
      tracking_id = take_word(tracking_id);
    }
    part.tracking_id = cut_at(tracking_id, text_limit);
    read_step(record, pairs, text_limit, part);
  }
  part.user = cut_at(pairs.user, kIdLimit * 4);
  part.time = record.time;
  part.place = place;
  part.host = cut_at(record.host, kIdLimit * 4);
  part.process = cut_at(record.process, kIdLimit * 4);
  part.pid = record.pid;
  return part;
}

std::string peer_of(const HttpPart& part) {
  if (part.peer_address.empty()) return {};
  const bool bare_v6 = part.peer_address.find(':') != npos && !part.peer_address.starts_with('[');
  std::string peer;
  peer.reserve(part.peer_address.size() + part.peer_port.size() + 3);
  if (bare_v6) peer += '[';
  peer.append(part.peer_address);
  if (bare_v6) peer += ']';
  if (!part.peer_port.empty()) peer.append(":").append(part.peer_port);
  return peer;
}

}  // namespace assay
