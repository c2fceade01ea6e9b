// What could not be used: which problems leave a report incomplete, and those that are told when all is read.
#pragma once

#include <span>
#include <vector>

#include "assay/analyze.h"
#include "assay/error.h"
#include "evidence/inventory.h"

namespace assay {

// True if the problem means that something that was there was not read to its end.
bool means_incomplete(const Problem& problem);
// True if none of them means that.
bool is_complete(std::span<const Problem> problems);

// One for each input of which no file is of a form that is read, unless one of `problems` says already why.
std::vector<Problem> inputs_without_evidence(std::span<const Input> inputs, const Inventory& inventory,
                                             std::span<const Problem> problems);

// One for each file that was left out of the set: its first mistake, and how many more there are.
std::vector<Problem> signatures_left_out(std::span<const Diagnostic> mistakes);

void append(std::vector<Problem>& to, std::vector<Problem>&& from);

// By path and offset.
void sort_problems(std::vector<Problem>& problems);

}  // namespace assay
