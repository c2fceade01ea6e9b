// Remembers the targets of the last URLs: the clients of one Expressway ask for few servers, again and again.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "assay/target.h"

namespace assay {

class KnownTargets {
 public:
  // As target_of_url.
  const std::optional<Target>& target_of(std::string_view url) {
    const std::string_view front = up_to_target(url);
    for (const Known& known : known_) {
      if (known.used && known.front == front) return known.target;
    }
    Known& known = known_[next_++ % known_.size()];
    known = {.used = true, .front = std::string(front), .target = target_of_url(front)};
    return known.target;
  }

 private:
  struct Known {
    bool used = false;
    std::string front;
    std::optional<Target> target;
  };

  // "http://host:8443/segment" of "http://host:8443/segment/more"; any other URL as a whole.
  static std::string_view up_to_target(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return url;
    const std::size_t slash = url.find('/', scheme + 3);
    if (slash == std::string_view::npos) return url;
    const std::size_t end = url.find('/', slash + 1);
    return end == slash + 1 ? url : url.substr(0, end);
  }

  std::array<Known, 16> known_;
  std::size_t next_ = 0;
};

}  // namespace assay
