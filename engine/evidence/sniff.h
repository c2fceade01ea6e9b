// Tells what a member is by its first bytes. Names only help: files are renamed.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

enum class MemberForm {
  log,
  settings_text,
  settings_xml,
  capture,       // pcap or pcapng
  certificates,  // PEM, DER, PKCS#7 or a key store
  undecided,     // nothing yet; more bytes may tell
};

// `head` is the front of the member.
MemberForm form_of(std::string_view head);

// A log that says nothing of itself in this many bytes is none.
inline constexpr std::size_t kLongestLook = 1U << 20;

}  // namespace assay
