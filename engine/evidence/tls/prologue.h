// What comes before TLS on a connection: nothing, or a plain conversation that ends in STARTTLS (SMTP, IMAP,
// POP3, FTP, XMPP, LDAP, NNTP, ManageSieve, PostgreSQL, MySQL, SQL Server), in a CONNECT through an HTTP
// proxy, in the request to a SOCKS proxy, or in the header with which a proxy tells for whom it connects.
#pragma once

#include <optional>
#include <string_view>

#include "evidence/tls/cursor.h"

namespace assay {

enum class Front { tls, old_hello, plain, other, too_short };

// What the first bytes of a direction are. `plain` is a conversation that may turn into TLS.
Front classify_front(Bytes front);

// The protocol of a plain conversation, or "" if its words are not known: "smtp", "imap", "pop3", "xmpp",
// "ldap", "http-connect", "socks", "nntp", "sieve", "proxy", "postgresql", "mysql", "tds".
std::string_view plain_protocol(Bytes front);

// Its words do not end with lines or tags.
bool is_binary(std::string_view protocol);

// Offset in `data` at which a ClientHello or ServerHello begins behind the plain conversation, if one does.
// It begins behind a line or a tag, or where the words are `binary`, anywhere.
std::optional<std::size_t> hello_behind(Bytes data, bool binary);

// How many bytes of the end of `data` could be the beginning of such a hello: the next ones will tell.
std::size_t begun_hello(Bytes data, bool binary);

// Of an SSLv2-style ClientHello with its two bytes of length. REQUIRES: it is one
std::size_t length_of_old_hello(Bytes data);

// True if the bytes begin with a record that holds a ClientHello, or with an SSLv2-style one.
bool begins_client_hello(Bytes data);
bool begins_server_hello(Bytes data);

}  // namespace assay
