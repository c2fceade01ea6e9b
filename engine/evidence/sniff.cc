// Looks at the lines of a member until one tells what it is.
#include "evidence/sniff.h"

#include <algorithm>

#include "characters.h"
#include "evidence/capture/capture_file.h"
#include "evidence/certificates/certificate_reader.h"
#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/words.h"
#include "text/record.h"

namespace assay {

MemberForm form_of(std::string_view head) {
  if (looks_like_capture(head)) return MemberForm::capture;
  std::string_view text = head;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (trimmed(text).starts_with('<') && settings_xml_source(text)) return MemberForm::settings_xml;
  text = head;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (begins_record(line)) return MemberForm::log;
    if (settings_line_source(line)) return MemberForm::settings_text;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return looks_like_certificates(head) ? MemberForm::certificates : MemberForm::undecided;
}

}  // namespace assay
