// Hits that take in others: a line of the log with the handshake that it speaks of.
//
// Each hit of a join's `into` takes in the hit of `take` that agrees with it in every key and is nearest in
// time, within the window: its captures fill those of the hit that are empty. Of two that are equally near
// the earlier is taken; without times, the first. Several hits may take in the same one. Where several joins
// would give a hit something of one observation, the first that finds something does.
//
// What is taken in counts where it was taken in and nowhere else: once for each different set of values that
// groups are made by.
#pragma once

#include "diagnose/subject.h"

namespace assay {

// Replaces the subject's hits, counts how many took one in, and takes out the counts that are of other groups
// than the hits now are. `hits` are in EventOrder, before and after.
void join_hits(Subject& subject);

}  // namespace assay
