// The shape of a signature file: which keys stand where, and what kind of value each has. It is read from
// signatures/signature.schema.json, the file that editors use too, so that there is one truth.
#pragma once

#include <string_view>

#include "signature/remarks.h"
#include "signature/yaml_node.h"

namespace assay {

// The text of signatures/signature.schema.json, as it was when this was built.
extern const std::string_view kSignatureSchema;

// Remarks on everything in which the tree differs from the schema: unknown and missing keys with the nearest
// name, wrong types, values that are not among the possible ones.
void check_shape(const YamlNode& root, Remarks& remarks);

}  // namespace assay
