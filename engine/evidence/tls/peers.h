// The two sides of a connection.
#pragma once

#include "assay/tls.h"

namespace assay {

constexpr Peer other(Peer peer) {
  return peer == Peer::client ? Peer::server : Peer::client;
}

}  // namespace assay
