// What the codes of remarks mean, in a sentence each. docs/lint.md has the same sentences.
#include <array>

#include "assay/lint.h"

namespace assay {
namespace {

constexpr std::array kCodes = {
    LintCode{"duplicate-condition", "The same condition is in a list twice."},
    LintCode{"duplicate-entry", "The same entry is in a list twice."},
    LintCode{"duplicate-id", "Two files have the same id."},
    LintCode{"duplicate-key", "A key is in a map twice; only one of them could count."},
    LintCode{"duplicate-name", "An observation and a correlation have the same name."},
    LintCode{"duplicate-observation", "Two observations of a signature select the same events."},
    LintCode{"duplicate-pattern", "Two signatures select the same events, and neither hides the other."},
    LintCode{"empty-file", "There is no signature in the file."},
    LintCode{"engine-too-old", "The pack needs a later version of assay."},
    LintCode{"hidden-by-itself", "A signature names its own id in hidden_by."},
    LintCode{"impossible-range", "No value passes these tests together."},
    LintCode{"impossible-window", "Hits without a time are never in a window of time."},
    LintCode{"invalid-value",
             "Not an id, name, duration, number, version or moment, or empty where it must not be."},
    LintCode{"joined-observation",
             "What is taken in by a join counts where it was taken in, and can be used nowhere else."},
    LintCode{"missing-file", "A test names a capture that is not there."},
    LintCode{"missing-key", "A key that is needed is not there."},
    LintCode{"missing-translation",
             "A text is not there in a language that other texts of the signature have."},
    LintCode{"no-actions", "The finding does not say what to do."},
    LintCode{"no-literal",
             "The pattern has no word of three letters to look for, so it would be tried on every record."},
    LintCode{"no-needs", "Without needs, \"no issue\" is said even of an empty bundle."},
    LintCode{"not-utf8", "The file is not saved as UTF-8."},
    LintCode{"pattern-syntax", "RE2 cannot read the pattern, or two of its groups have one name."},
    LintCode{"patterns-too-large", "All patterns of the file together are larger than patterns ever are."},
    LintCode{"reserved-name", "Texts use this name for something else."},
    LintCode{"several-documents", "A file holds one signature, and this one has more."},
    LintCode{"shadowed-conclusion",
             "A conclusion never decides, since an earlier one holds whenever it does."},
    LintCode{"template-syntax", "Mustache cannot read the text, or it is a partial."},
    LintCode{"too-deep", "More than 40 levels within one another."},
    LintCode{"too-few", "At least one entry is needed."},
    LintCode{"too-large", "The file is larger than 1 MiB, or has more than 10,000 keys and values."},
    LintCode{"too-many", "More entries than a list, map or observation may have."},
    LintCode{"too-many-errors", "Only the first hundred remarks on the file are shown."},
    LintCode{"unknown-capture", "No pattern or capture of the observation has this name."},
    LintCode{"unknown-evidence", "There is no such kind of evidence; `assay fields` lists them."},
    LintCode{"unknown-fact", "There is no such fact; `assay fields` lists them."},
    LintCode{"unknown-field", "There is no such field; `assay fields` lists them."},
    LintCode{"unknown-hidden-by", "No signature of the set has the id in hidden_by."},
    LintCode{"unknown-key", "There is no such key here."},
    LintCode{"unknown-observation", "No observation or correlation has this name."},
    LintCode{"unknown-value", "Not one of the possible values."},
    LintCode{"unknown-variable",
             "A text uses a variable that nothing captures, or one that has a value only within groups."},
    LintCode{"untested", "A stable signature needs a test that fires and one that does not."},
    LintCode{"unused-capture", "No text, group or condition uses the capture."},
    LintCode{"unused-correlation", "Nothing asks for the correlation."},
    LintCode{"unused-observation", "Nothing asks for the observation."},
    LintCode{"unwritten", "A draft says TODO where a person has to write."},
    LintCode{"useless-capture", "Nothing is captured below not."},
    LintCode{"wrong-operator", "The operator does not suit the type of the field."},
    LintCode{"wrong-type", "Text, a number, a list, a map or nothing where another is needed."},
    LintCode{"yaml-alias", "Anchors and aliases are refused: a file means what it says."},
    LintCode{"yaml-syntax", "The text is no YAML, or has a control character."},
    LintCode{"yaml-tag", "Tags are refused."},
};

}  // namespace

std::span<const LintCode> lint_codes() {
  return kCodes;
}

}  // namespace assay
