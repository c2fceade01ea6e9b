#!/usr/bin/env python3
"""A server that speaks a plain protocol until the client asks for TLS, once. OpenSSL's own knows no STARTTLS.

usage: plain_server.py ADDRESS PORT CHAIN KEY smtp|imap|xmpp|connect|cut|reset

"cut" closes the connection, and "reset" resets it, when the client has said hello.
"""
import socket
import ssl
import struct
import sys

TALK = {  # what is said, one after the other; what the client says lies between
    "smtp": [b"220 mail.example.com ESMTP\r\n", b"250-mail.example.com\r\n250 STARTTLS\r\n", b"220 go ahead\r\n"],
    "imap": [
        b"* OK imap.example.com ready\r\n",
        b"* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n",
        b". OK go ahead\r\n",
    ],
    "xmpp": [
        b"",
        b"<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
        b" from='example.com' id='1' version='1.0'><stream:features>"
        b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>",
        b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
    ],
    "connect": [b"", b"HTTP/1.1 200 Connection established\r\n\r\n"],
}


def main():
    address, port, chain, key, kind = sys.argv[1:]
    listening = socket.create_server((address, int(port)))
    peer, _ = listening.accept()
    if kind in ("cut", "reset"):
        peer.recv(10_000)
        if kind == "reset":
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(chain, key)
    words = TALK[kind]
    peer.sendall(words[0])
    for answer in words[1:]:
        peer.recv(10_000)
        peer.sendall(answer)
    context.wrap_socket(peer, server_side=True).recv(1000)


main()
