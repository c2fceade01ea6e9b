#!/usr/bin/env python3
"""Derives captures from those in a folder: in other forms, and damaged. The same each time.

usage: derive_captures.py FOLDER

FOLDER/derived_*.pcap[ng] are written from FOLDER/tls12_client_accepted.pcap (IPv4) and FOLDER/tls12_ipv6.pcap.
"""
import random
import struct
import sys
from pathlib import Path

ETHERNET, NULL, RAW, COOKED, COOKED2 = 1, 0, 101, 113, 276


def read(path):
    """Packets of a pcap file of this machine's byte order and microseconds: (seconds, microseconds, frame)."""
    data = path.read_bytes()
    packets, at = [], 24
    while at < len(data):
        seconds, micros, size, _ = struct.unpack_from("<IIII", data, at)
        packets.append((seconds, micros, data[at + 16 : at + 16 + size]))
        at += 16 + size
    return packets


def pcap(packets, link=ETHERNET, order="<", nanoseconds=False, snap=None):
    magic, scale = (0xA1B23C4D, 1000) if nanoseconds else (0xA1B2C3D4, 1)
    out = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snap or 262144, link)]
    for seconds, micros, frame in packets:
        kept = frame[:snap] if snap else frame
        out.append(struct.pack(order + "IIII", seconds, micros * scale, len(kept), len(frame)) + kept)
    return b"".join(out)


def pcapng(packets, link=ETHERNET):
    def block(kind, body):
        body += b"\0" * (-len(body) % 4)
        size = 12 + len(body)
        return struct.pack("<II", kind, size) + body + struct.pack("<I", size)

    out = [block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    out.append(block(1, struct.pack("<HHI", link, 0, 262144)))
    for number, (seconds, micros, frame) in enumerate(packets):
        if number == 3:  # statistics and names come between packets
            out.append(block(4, struct.pack("<HH", 0, 0)))
        time = seconds * 1_000_000 + micros
        out.append(
            block(6, struct.pack("<IIIII", 0, time >> 32, time & 0xFFFFFFFF, len(frame), len(frame)) + frame)
        )
    return b"".join(out)


def each_frame(packets, change):
    return [(seconds, micros, change(frame)) for seconds, micros, frame in packets]


def tcp_parts(frame):
    """Where the TCP header and the payload of an Ethernet and IPv4 frame without options begin."""
    tcp = 14 + (frame[14] & 15) * 4
    return tcp, tcp + (frame[tcp + 12] >> 4) * 4


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ipv4(frame, payload, identification=None, place=None):
    """The frame with another IP payload."""
    header = bytearray(frame[14:34])
    struct.pack_into(">H", header, 2, 20 + len(payload))
    if identification is not None:
        struct.pack_into(">HH", header, 4, identification, place)
    struct.pack_into(">H", header, 10, 0)
    struct.pack_into(">H", header, 10, checksum(bytes(header)))
    return frame[:14] + bytes(header) + payload


def split(packets, size):
    """Every segment as several."""
    out = []
    for seconds, micros, frame in packets:
        tcp, start = tcp_parts(frame)
        payload = frame[start:]
        pieces = [payload[i : i + size] for i in range(0, len(payload), size)] or [b""]
        (sequence,) = struct.unpack_from(">I", frame, tcp + 4)
        for number, piece in enumerate(pieces):
            header = bytearray(frame[tcp:start])
            struct.pack_into(">I", header, 4, (sequence + number * size) & 0xFFFFFFFF)
            if number < len(pieces) - 1:
                header[13] &= ~0x01  # FIN belongs to the last
            out.append((seconds, micros + number, ipv4(frame, bytes(header) + piece)))
    return out


def fragments4(packets, size):
    out = []
    for number, (seconds, micros, frame) in enumerate(packets):
        payload = frame[34:]
        for at in reversed(range(0, len(payload), size)):
            more = 0x2000 if at + size < len(payload) else 0
            out.append((seconds, micros, ipv4(frame, payload[at : at + size], number + 1, more | at // 8)))
    return out


def fragments6(packets, size):
    out = []
    for number, (seconds, micros, frame) in enumerate(packets):
        header, payload = bytearray(frame[14:54]), frame[54:]
        next_header = header[6]
        header[6] = 44
        for at in range(0, len(payload), size):
            piece = payload[at : at + size]
            more = 1 if at + size < len(payload) else 0
            struct.pack_into(">H", header, 4, 8 + len(piece))
            fragment = struct.pack(">BBHI", next_header, 0, at | more, number + 1)
            out.append((seconds, micros, frame[:14] + bytes(header) + fragment + piece))
    return out


def disordered(packets, random_):
    """Neighbours change places, also across directions; every packet keeps its time."""
    out = list(packets)
    for i in range(len(out) - 1):
        if random_.random() < 0.5:
            out[i], out[i + 1] = out[i + 1], out[i]
    return out


def ports_again(packets):
    """The connection a second time, a minute later, on the same ports and with other sequence numbers."""
    out = list(packets)
    ports = {}
    for seconds, micros, frame in packets:
        tcp, _ = tcp_parts(frame)
        changed = bytearray(frame)
        source, target = struct.unpack_from(">HH", frame, tcp)
        sequence, acknowledged = struct.unpack_from(">II", frame, tcp + 4)
        for port in (source, target):
            ports.setdefault(port, 1_000_003 * (len(ports) + 1))
        ack = frame[tcp + 13] & 0x10
        struct.pack_into(">I", changed, tcp + 4, (sequence + ports[source]) & 0xFFFFFFFF)
        if ack:
            struct.pack_into(">I", changed, tcp + 8, (acknowledged + ports[target]) & 0xFFFFFFFF)
        out.append((seconds + 60, micros, bytes(changed)))
    return out


def main():
    folder = Path(sys.argv[1])
    plain = read(folder / "tls12_client_accepted.pcap")
    six = read(folder / "tls12_ipv6.pcap")
    ether_type = lambda frame: frame[12:14]
    vlan = lambda frame: frame[:12] + struct.pack(">HH", 0x8100, 42) + frame[12:]
    qinq = lambda frame: frame[:12] + struct.pack(">HHHH", 0x88A8, 100, 0x8100, 42) + frame[12:]
    cooked = lambda frame: struct.pack(">HHH8s", 0, 1, 6, frame[6:12] + b"\0\0") + ether_type(frame) + frame[14:]
    cooked2 = lambda frame: ether_type(frame) + struct.pack(">HIHBB8s", 0, 2, 1, 0, 6, b"\2\0\0\0\0\1\0\0") + frame[14:]
    random_ = random.Random(1)
    # The third of the packets with bytes: it holds the server's certificates or a part of them.
    with_bytes = [i for i, packet in enumerate(plain) if len(packet[2]) > tcp_parts(packet[2])[1]]
    lossy = [packet for i, packet in enumerate(plain) if i != with_bytes[2]]
    whole = pcap(plain)
    derived = {
        "big_endian.pcap": pcap(plain, order=">"),
        "nanoseconds.pcap": pcap(plain, nanoseconds=True),
        "block.pcapng": pcapng(plain),
        "vlan.pcap": pcap(each_frame(plain, vlan)),
        "qinq.pcap": pcap(each_frame(plain, qinq)),
        "cooked.pcap": pcap(each_frame(plain, cooked), COOKED),
        "cooked2.pcap": pcap(each_frame(plain, cooked2), COOKED2),
        "raw.pcap": pcap(each_frame(plain, lambda frame: frame[14:]), RAW),
        "loopback.pcap": pcap(each_frame(plain, lambda frame: struct.pack("<I", 2) + frame[14:]), NULL),
        "fragments.pcap": pcap(fragments4(plain, 512)),
        "fragments6.pcap": pcap(fragments6(six, 512)),
        "disordered.pcap": pcap(disordered(plain, random_)),
        "duplicated.pcap": pcap([packet for packet in plain for _ in range(2)]),
        "split.pcap": pcap(split(plain, 100)),
        "ports_again.pcap": pcap(ports_again(plain)),
        "lossy.pcap": pcap(lossy),
        "middle.pcap": pcap(plain[with_bytes[1] :]),
        "snapped.pcap": pcap(plain, snap=200),
        "cut.pcap": whole[: len(whole) * 2 // 3],
    }
    for name, data in derived.items():
        (folder / f"derived_{name}").write_bytes(data)


main()
