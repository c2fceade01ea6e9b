// Looks at the lines of a member until one tells what it is.
#include "evidence/sniff.h"

#include <algorithm>

#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/words.h"
#include "text/record.h"

namespace assay {
namespace {

// Captures (pcap in both byte orders and resolutions, pcapng), certificates in PEM and DER.
bool is_capture_or_certificate(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::string_view kMagics[] = {"\xa1\xb2\xc3\xd4"sv, "\xd4\xc3\xb2\xa1"sv, "\xa1\xb2\x3c\x4d"sv,
                                          "\x4d\x3c\xb2\xa1"sv, "\x0a\x0d\x0d\x0a"sv, "\x30\x82"sv,
                                          "-----BEGIN "sv};
  return std::any_of(std::begin(kMagics), std::end(kMagics),
                     [&](std::string_view magic) { return head.starts_with(magic); });
}

}  // namespace

Form form_of(std::string_view head) {
  if (is_capture_or_certificate(head)) return Form::other;
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
  return Form::undecided;
}

}  // namespace assay
