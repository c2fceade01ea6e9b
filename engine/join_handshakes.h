// Transactions of the log and TLS handshakes of the captures beside it: which belong together.
#pragma once

#include <span>

#include "assay/report.h"
#include "assay/tls.h"

namespace assay {

// Gives each transaction the handshake that its request was made over: of the same node, to the same server
// address and port, begun while the transaction was under way. Many transactions share a connection that was
// opened earlier; those keep none.
void join_handshakes(std::span<const Handshake> handshakes, std::span<Transaction> transactions);

}  // namespace assay
