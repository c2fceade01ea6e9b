// Looks at the lines of a member until one tells what it is.
#include "evidence/sniff.h"

#include <algorithm>

#include "evidence/capture/capture_file.h"
#include "evidence/certificates/certificate_reader.h"
#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/words.h"
#include "text/record.h"

namespace assay {

Form form_of(std::string_view head) {
  if (looks_like_capture(head)) return Form::capture;
  constexpr std::string_view kBom = "\xef\xbb\xbf";
  std::string_view text = head;
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  if (trimmed(text).starts_with('<') && settings_xml_source(text)) return Form::settings_xml;
  text = head;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (begins_record(line)) return Form::log;
    if (settings_line_source(line)) return Form::settings_text;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return looks_like_certificates(head) ? Form::certificates : Form::undecided;
}

}  // namespace assay
