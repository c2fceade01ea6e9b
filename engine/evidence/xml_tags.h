// Cuts XML into tags and text, tolerantly: what is not well-formed is passed over, never refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

// One tag, or the text in front of the next one. Views into what is read.
struct XmlPiece {
  enum class Kind { text, opening, closing, empty_element, end };
  Kind kind = Kind::end;
  std::string_view name;        // of a tag, without its namespace
  std::string_view attributes;  // of an opening tag, as written
  std::string_view text;        // of a text: as written, entities and CDATA marks included
  std::size_t offset = 0;
};

class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  // The next piece; comments, processing instructions and document types are passed over.
  XmlPiece next();

 private:
  bool skip_behind(std::string_view mark);
  XmlPiece tag();

  std::string_view text_;
  std::size_t at_ = 0;
};

// The value of an attribute, or an empty view.
std::string_view xml_attribute(std::string_view attributes, std::string_view name);

// Appends `text` with entities and character references replaced and CDATA marks taken off.
void append_xml_text(std::string_view text, std::string& to);

}  // namespace assay
