// The inside of a SignatureSet, and an analysis with it.
#pragma once

#include <vector>

#include "assay/analyze.h"
#include "assay/signatures.h"
#include "evidence/log_literals.h"
#include "evidence/setting_names.h"
#include "match/matcher.h"
#include "nodes.h"
#include "signature/signature.h"

namespace assay {

struct SignatureSet::Compiled {
  explicit Compiled(std::vector<Signature> all);

  std::vector<Signature> signatures;  // by id
  std::vector<SignatureCard> cards;   // parallel to `signatures`
  std::vector<Diagnostic> left_out;   // errors of what is not among them
  Matcher matcher;                    // refers to `signatures`
  LogLiterals log_literals;           // what the matcher wants, and errors and warnings
  WantedSettings settings;
};

// As analyze(), with facts that are taken as known.
Report analyze_given(const SignatureSet::Compiled& compiled, std::span<const Input> inputs,
                     const Options& options, GivenFacts given);

}  // namespace assay
