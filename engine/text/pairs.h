// The key="value" pairs of a message.
#pragma once

#include <string_view>
#include <vector>

namespace assay {

struct Pair;

// Appends the pairs of `message` to `pairs`, in order, until there are kMostPairs. Never fails, and is
// linear.
//
// Quoted values may go over several lines, and may hold quoted attributes inside <...>; unquoted ones
// (`tokens=2`) are taken from the first line only, since bodies that follow it are full of "a=sendrecv".
// A value whose closing quote is missing ends with the line. Nothing stands between a key, its '=' and a
// quote: what has blanks there is a sentence or a statement (`WHERE name = "alice"`) that the message quotes,
// and its words are no fields.
void read_pairs(std::string_view message, std::vector<Pair>& pairs);

std::string_view trim(std::string_view text);

}  // namespace assay
