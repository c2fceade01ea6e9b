// Which hosts the records of a log name, and how often.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace assay {

class LogHosts {
 public:
  // "localhost" and nothing are passed over.
  void note(std::string_view host);

  // As it was first written; "" if there is none.
  std::string_view most_frequent() const;

  // Hosts without their domain, in lower case: some processes write the one, some the other.
  std::set<std::string> devices() const;

 private:
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;
  Counts counts_;  // of the records that were seen
  Counts::iterator last_ = counts_.end();
};

}  // namespace assay
