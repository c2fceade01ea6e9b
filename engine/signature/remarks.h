// Collects what there is to say about one signature file, so that all of it is said at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assay/error.h"
#include "signature/mark.h"

namespace assay {

class Remarks {
 public:
  explicit Remarks(std::string_view file) : file_(file) {}

  // The id that further remarks carry; those made before get it too.
  void name_signature(std::string_view id);

  void error(Mark mark, std::string_view code, std::string message);
  void warning(Mark mark, std::string_view code, std::string message);

  // The last remark can be mended: `found` stands at its place, `replacement` belongs there; without one,
  // the list entry is to be removed.
  void mend_last(std::string_view found, std::string_view replacement);

  bool has_errors() const { return errors_ > 0; }

  // In order of line and column, each once. A file that is wrong all over gets the first hundred.
  std::vector<Diagnostic> take();

 private:
  void add(Diagnostic::Severity severity, Mark mark, std::string_view code, std::string message);

  std::string file_;
  std::string signature_;
  std::size_t errors_ = 0;
  std::size_t not_kept_ = 0;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace assay
