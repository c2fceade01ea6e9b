#!/usr/bin/env python3
"""Makes signatures/captures: what the tests of the signatures name, packet captures and certificate files.

The handshakes are real ones of OpenSSL: its client and server talk to each other in memory, and what they say
is written down as packets between addresses, and at times, that go with the tests. So no network is touched
and no right is needed. Keys are new each time and thrown away; the tests know names, dates and alerts, but
nothing random. Run it again only to add or change a capture; needs the openssl command and nothing else.

    scripts/make_signature_captures.py [FOLDER] [NAME...]      all captures, or those of these names
"""

import datetime
import ipaddress
import pathlib
import ssl
import struct
import subprocess
import sys
import tempfile

# ---- certificates ----------------------------------------------------------------------------------------

AUTHORITY = """basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""
BOTH = "serverAuth,clientAuth"


def run(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


class Authority:
    """A workshop that issues certificates with any dates, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "ca.conf").write_text(
            f"oid_section=kinds\n[kinds]\nunknownKind={UNKNOWN_KIND}\n"
            "[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.\npolicy=any\npreserve=yes\n"
            "unique_subject=no\nemail_in_dn=no\n[any]\ndomainComponent=optional\norganizationName=optional\n"
            "commonName=supplied\nunknownKind=optional\n[req]\ndistinguished_name=name\nprompt=no\n[name]\n"
        )
        (folder / "index").write_text("")
        (folder / "serial").write_text("1000\n")

    def issue(self, name, subject, issuer=None, sans=(), usage=None, key=("rsa:2048",), dates=None, sign=(), ca=False,
              key_id=True):  # fmt: skip
        """NAME.pem and NAME.key; `issuer` None: self-signed. Dates as 20220101 20320101."""
        at = self.folder
        extensions = AUTHORITY if ca else f"subjectKeyIdentifier={'hash' if key_id else 'none'}\n"
        if sans:
            extensions += "subjectAltName=" + ",".join(sans) + "\n"
        if usage:
            extensions += f"extendedKeyUsage={usage}\n"
        extensions += "authorityKeyIdentifier=keyid\n" if issuer else ""
        (at / "extensions").write_text(extensions)
        begin, end = dates or ("20220101", "20320101")
        run("req", "-new", "-config", str(at / "ca.conf"), "-noenc", "-subj", subject, "-newkey", *key,
            "-keyout", str(at / f"{name}.key"), "-out", str(at / "request"))  # fmt: skip
        signer = ["-selfsign", "-keyfile", f"{name}.key"]
        if issuer:
            signer = ["-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"]
        subprocess.run(
            ["openssl", "ca", "-batch", "-config", "ca.conf", "-in", "request", "-out", f"{name}.pem", "-notext",
             "-md", "sha256", "-extfile", "extensions", "-startdate", f"{begin}000000Z", "-enddate", f"{end}000000Z",
             *signer, *sign],
            check=True, capture_output=True, cwd=at,
        )  # fmt: skip

    def pem(self, *names):
        return "".join((self.folder / f"{name}.pem").read_text() for name in names)


# Known to nobody but the CA that made it up.
UNKNOWN_KIND = "1.3.6.1.4.1.6449.1.2.1.5.1"
LONG = ("rsa:8192", "-pkeyopt", "rsa_keygen_primes:5")  # several primes, since they are found sooner
EC = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
PSS = ("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32")

# The 1024-bit group of RFC 2409, as old servers have it.
DH_1024 = """-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
"""

# ---- handshakes ------------------------------------------------------------------------------------------


class Peer:
    """One side of a handshake."""

    def __init__(self, authority, side, identity=None, chain=(), versions=("TLSv1_2", "TLSv1_2"), ciphers=None):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if side == "server" else ssl.PROTOCOL_TLS_CLIENT)
        context = self.context
        if side == "client":
            context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers(ciphers or "DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion[versions[0]]
        context.maximum_version = ssl.TLSVersion[versions[1]]
        if identity:
            whole = authority.folder / f"{identity}.chain"
            whole.write_text(authority.pem(identity, *chain))
            context.load_cert_chain(whole, authority.folder / f"{identity}.key")


def flights(server, client, name):
    """(from client?, bytes) as they come, to the end of the handshake or to its refusal."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [
        (True, client.context.wrap_bio(to_client, to_server, server_hostname=name), to_server),
        (False, server.context.wrap_bio(to_server, to_client, server_side=True), to_client),
    ]
    said = []
    done = [False, False]
    for turn in range(12):
        who, side, out = sides[turn % 2]
        ahead = out.pending
        try:
            side.do_handshake()
            done[turn % 2] = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            done = [True, True]
        if out.pending > ahead:
            kept = out.read()
            said.append((who, kept))
            out.write(kept)
            # What is written is read by the other side; the copy goes to the capture.
        if all(done) and len(said) > 2 and turn % 2 == 1:
            break
        if all(done) and isinstance(said[-1][0], bool) and said[-1][1][0] == 21:
            break
    return said


def with_alert(said, code):
    """The same with another description in the alert that ends it. Programs differ in the one they send."""
    who, last = said[-1]
    assert last[-7:-2][0] == 21 and last[-2] == 2, "no fatal alert in the clear ends this handshake"
    return [*said[:-1], (who, last[:-1] + bytes([code]))]


# ---- packets ---------------------------------------------------------------------------------------------


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Connection:
    """Writes down a TCP connection as Ethernet packets with times."""

    STEP = datetime.timedelta(microseconds=300)
    SEGMENT = 1400

    def __init__(self, client, server, begin):
        self.ends = [client, server]
        self.next = [1000 + client[1] * 1000, 5000 + client[1] * 2000]
        self.now = datetime.datetime.fromisoformat(begin).replace(tzinfo=datetime.timezone.utc)
        self.packets = []

    def segment(self, end, flags, payload=b""):
        (source, source_port), (target, target_port) = self.ends[end], self.ends[1 - end]
        tcp = struct.pack(
            "!HHIIBBHHH", source_port, target_port, self.next[end] & 0xFFFFFFFF,
            self.next[1 - end] & 0xFFFFFFFF if flags & 0x10 else 0, 5 << 4, flags, 64240, 0, 0,
        )  # fmt: skip
        addresses = ipaddress.ip_address(source).packed + ipaddress.ip_address(target).packed
        whole = checksum(addresses + struct.pack("!BBH", 0, 6, len(tcp) + len(payload)) + tcp + payload)
        tcp = tcp[:16] + struct.pack("!H", whole) + tcp[18:]
        length = 20 + len(tcp) + len(payload)
        ip = struct.pack("!BBHHHBBH", 0x45, 0, length, len(self.packets) + 1, 0x4000, 64, 6, 0) + addresses
        ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
        ethernet = bytes.fromhex("020000000002020000000001" if end == 0 else "020000000001020000000002") + b"\x08\x00"
        self.packets.append((self.now, ethernet + ip + tcp + payload))
        self.now += self.STEP
        self.next[end] += len(payload) + (1 if flags & 0x03 else 0)

    def carry(self, said):
        self.segment(0, 0x02)
        self.segment(1, 0x12)
        self.segment(0, 0x10)
        for from_client, content in said:
            end = 0 if from_client else 1
            for at in range(0, len(content), self.SEGMENT):
                self.segment(end, 0x18, content[at : at + self.SEGMENT])
            self.segment(1 - end, 0x10)
        self.segment(0, 0x11)
        self.segment(1, 0x11)
        self.segment(0, 0x10)
        return self.packets


def capture(*connections):
    packets = sorted((packet for one in connections for packet in one), key=lambda packet: packet[0])
    content = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    for at, packet in packets:
        since = at - epoch
        content += struct.pack("<IIII", since.days * 86400 + since.seconds, since.microseconds, len(packet), len(packet))
        content += packet
    return content


# ---- stories ---------------------------------------------------------------------------------------------


class Stories:
    def __init__(self, authority):
        self.authority = authority
        issue = authority.issue
        issue("root", "/O=Example/CN=Example Root CA", ca=True)
        issue("intermediate", "/O=Example/CN=Example Issuing CA", "root", ca=True)
        issue("cucm", "/O=Example/CN=cucm.example.com", "intermediate", ["DNS:cucm.example.com"], BOTH)

    def server(self, identity, chain=(), **how):
        return Peer(self.authority, "server", identity, chain, **how)

    def client(self, identity=None, chain=(), **how):
        return Peer(self.authority, "client", identity, chain, **how)

    def refusing(self, **how):
        """A client that trusts nobody."""
        client = self.client(**how)
        client.context.verify_mode = ssl.CERT_REQUIRED
        return client

    def asking(self, identity, chain=(), **how):
        """A server that asks for a client certificate, and takes any that Example signed."""
        server = self.server(identity, chain, **how)
        server.context.verify_mode = ssl.CERT_OPTIONAL
        server.context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        server.context.load_verify_locations(cadata=self.authority.pem("root", "intermediate"))
        return server

    # -- Expressway-C and Unified CM

    def expressway_mra(self):
        """Port 8443 of Unified CM is fine by its name and refused by its address; port 6972 presents the
        self-signed ECDSA certificate. Goes with the bundle of vcsc in testdata."""
        issue = self.authority.issue
        issue("steven", "/DC=lab/DC=steven/CN=steven-DC-CA", ca=True, dates=("20200101", "20400101"))
        names = ["DNS:cucm.steven.lab", "DNS:steven.lab"]
        issue("tomcat", "/O=Cisco/CN=cucm.steven.lab", "steven", names, BOTH, dates=("20210901", "20310901"))
        issue("callmanager_ec", "/O=Cisco/CN=cucm-EC.steven.lab", None, ["DNS:cucm.steven.lab"], BOTH, EC,
              dates=("20210901", "20260831"))  # fmt: skip
        issue("vcsc", "/O=Cisco/CN=vcsc.steven.lab", "steven", ["DNS:vcsc.steven.lab"], BOTH, dates=("20220101", "20320101"))
        cucm, vcsc = "10.48.36.215", "10.48.36.46"
        good = flights(self.server("tomcat", ["steven"]), self.client(), "cucm.steven.lab")
        untrusted = flights(self.server("callmanager_ec"), self.refusing(), "cucm.steven.lab")
        misnamed = flights(self.server("tomcat", ["steven"]), self.refusing(), None)
        connections = []
        for number, (said, port, begin) in enumerate([
            (good, 8443, "2022-07-11T16:55:56.548"),
            (good, 8443, "2022-07-11T16:55:56.633"),
            (untrusted, 6972, "2022-07-11T16:55:56.814"),
            (untrusted, 6972, "2022-07-11T16:55:56.824"),
            (untrusted, 6972, "2022-07-11T16:55:56.889"),
            (untrusted, 6972, "2022-07-11T16:55:56.899"),
            (with_alert(misnamed, 80), 8443, "2022-07-11T17:06:33.662"),
            (with_alert(misnamed, 80), 8443, "2022-07-11T17:06:33.672"),
            (with_alert(misnamed, 80), 8443, "2022-07-11T17:06:33.737"),
            (with_alert(misnamed, 80), 8443, "2022-07-11T17:06:33.747"),
        ]):  # fmt: skip
            connections.append(Connection((vcsc, 31576 + 2 * number), (cucm, port), begin).carry(said))
        return {
            "expressway_mra.pcap": capture(*connections),
            "ca_steven.pem": self.authority.pem("steven"),
            "server_vcsc.pem": self.authority.pem("vcsc", "steven"),
        }


    def mra_chain(self):
        """Unified CM with certificates of a CA: one that sends its intermediate, one that does not; and TLS 1.3."""
        issue = self.authority.issue
        issue("unity", "/O=Example/CN=unity.example.com", "intermediate", ["DNS:unity.example.com"], BOTH)
        issue("cloud", "/O=Example/CN=cloud.example.com", "intermediate", ["DNS:cloud.example.com"], BOTH)
        issue("imp", "/O=Example/CN=imp.example.com", "intermediate", ["DNS:imp.example.com"], BOTH)
        begin = "2023-03-01T09:00:{:02}.000"
        expc, cucm, imp = "192.0.2.20", "192.0.2.10", "192.0.2.11"
        whole = ["intermediate", "root"]
        return {
            "mra_untrusted_chain.pcap": capture(
                Connection((expc, 40000), (cucm, 8443), begin.format(10)).carry(
                    flights(self.server("cucm", whole), self.refusing(), "cucm.example.com")),
                Connection((expc, 40002), (imp, 8443), begin.format(12)).carry(
                    flights(self.server("imp"), self.refusing(), "imp.example.com")),
            ),
            "mra_accepted.pcap": capture(
                Connection((expc, 40010), (cucm, 8443), begin.format(10)).carry(
                    flights(self.server("cucm", whole), self.client(), "cucm.example.com")),
                Connection((expc, 40012), (imp, 6972), begin.format(12)).carry(
                    flights(self.server("imp"), self.client(), "imp.example.com")),
                Connection((expc, 40014), (cucm, 8443), begin.format(14)).carry(
                    flights(self.server("cucm", whole), self.client(), None)),
            ),
            "mra_port_443.pcap": capture(
                Connection((expc, 40030), ("192.0.2.13", 443), begin.format(10)).carry(
                    flights(self.server("unity", whole), self.client(), "unity.example.com")),
                Connection((expc, 40032), ("203.0.113.80", 443), begin.format(12)).carry(
                    flights(self.server("cloud", whole), self.client(), "cloud.example.com"))),
            "mra_tls13.pcap": capture(
                Connection((expc, 40020), (cucm, 8443), begin.format(10)).carry(
                    flights(self.server("cucm", whole, versions=("TLSv1_3", "TLSv1_3")),
                            self.refusing(versions=("TLSv1_2", "TLSv1_3")), "cucm.example.com"))),
            "ca_example.pem": self.authority.pem("root", "intermediate"),
            "ca_example_root.pem": self.authority.pem("root"),
        }  # fmt: skip

    def own_fault(self):
        """Servers that a trusted CA has signed, and that have other faults: one has run out, one is for clients only."""
        issue = self.authority.issue
        issue("trusted", "/O=Example/CN=Trusted Root CA", ca=True)
        issue("issuing", "/O=Example/CN=Trusted Issuing CA", "trusted", ca=True)
        issue("late", "/CN=late.example.com", "issuing", ["DNS:late.example.com"], BOTH, dates=("20220101", "20230101"))
        issue("phone", "/CN=phone.example.com", "trusted", ["DNS:phone.example.com"], "clientAuth")
        begin = "2023-03-01T09:05:{:02}.000"
        return {
            "mra_own_fault.pcap": capture(*(
                Connection(("192.0.2.20", 40040 + number), (f"192.0.2.{15 + number}", port), begin.format(number)).carry(
                    flights(self.server(identity, ["issuing"]), self.client(), f"{identity}.example.com"))
                for number, (identity, port) in enumerate([("late", 8443), ("phone", 6972)]))),
            "ca_own_fault.pem": self.authority.pem("trusted"),
        }  # fmt: skip

    def same_name(self):
        """Two self-signed certificates of one CN and different keys, on two ports of one server; and two that say
        nothing of their keys."""
        issue = self.authority.issue
        subject = "/O=Example/CN=cucm2.example.com"
        issue("tomcat2", subject, None, ["DNS:cucm2.example.com"], BOTH)
        issue("callmanager2", subject, None, ["DNS:cucm2.example.com"], BOTH)
        begin = "2023-03-01T09:10:{:02}.000"
        subject = "/O=Example/CN=cucm3.example.com"
        issue("tomcat3", subject, None, ["DNS:cucm3.example.com"], BOTH, key_id=False)
        issue("callmanager3", subject, None, ["DNS:cucm3.example.com"], BOTH, key_id=False)

        def two(host, name, *identities):
            for number, (identity, port) in enumerate(zip(identities, (8443, 6972))):
                said = flights(self.server(identity), self.refusing(), name)
                yield Connection(("192.0.2.20", 40100 + number), (host, port), begin.format(number)).carry(said)

        both = list(two("192.0.2.12", "cucm2.example.com", "tomcat2", "callmanager2"))
        return {
            "same_name_two_keys.pcap": capture(*both),
            "same_name_no_key_ids.pcap": capture(*two("192.0.2.14", "cucm3.example.com", "tomcat3", "callmanager3")),
            "same_name_one_key.pcap": capture(both[0]),
            "ca_same_name.pem": self.authority.pem("root", "tomcat2"),
        }

    def dates(self):
        """Certificates out of their time, or nearly so, on 2023-03-01, and such as not everybody can use."""
        issue = self.authority.issue
        issue("old_root", "/O=Example/CN=Example Old Root CA", ca=True, dates=("20030101", "20230101"))
        issue("expiring", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], BOTH,
              dates=("20220301", "20230320"))  # fmt: skip
        issue("early", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], BOTH,
              dates=("20230302", "20250302"))  # fmt: skip
        issue("expc", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], BOTH)
        issue("long", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], BOTH, LONG)
        issue("unknown", "/O=Example/unknownKind=validated/CN=expe.example.com", "intermediate",
              ["DNS:expe.example.com"], BOTH)  # fmt: skip
        return {
            "ca_expired.pem": self.authority.pem("root", "old_root"),
            "server_expiring.pem": self.authority.pem("expiring"),
            "server_not_yet_valid.pem": self.authority.pem("early"),
            "server_expc.pem": self.authority.pem("expc"),
            "server_8192.pem": self.authority.pem("long"),
            "server_unknown_kind.pem": self.authority.pem("unknown"),
        }

    # -- traversal zones

    def traversal(self):
        issue = self.authority.issue
        issue("expe", "/O=Example/CN=expe.example.com", "intermediate", ["DNS:expe.example.com"], BOTH)
        issue("expe_mra", "/O=Example/CN=expe.example.com", "intermediate",
              ["DNS:expe.example.com", "DNS:collab-edge.example.com"], BOTH)  # fmt: skip
        issue("expe_wildcard", "/O=Example/CN=expe.example.com", "intermediate",
              ["DNS:expe.example.com", "DNS:*.example.com"], BOTH)  # fmt: skip
        issue("expc2", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], BOTH)
        issue("server_only", "/O=Example/CN=expc.example.com", "intermediate", ["DNS:expc.example.com"], "serverAuth")
        begin = "2023-03-01T09:20:{:02}.000"
        expc, expe = "192.0.2.20", "203.0.113.5"
        chain = ["intermediate"]
        said = flights(self.asking("expe", chain), self.client("expc2", chain), None)
        without = flights(self.asking("expe", chain), self.client("server_only", chain), None)
        plain = flights(self.server("expe", chain), self.client(), None)
        hidden = flights(
            self.asking("expe", chain, versions=("TLSv1_3", "TLSv1_3")),
            self.client("expc2", chain, versions=("TLSv1_2", "TLSv1_3")),
            None,
        )
        return {
            "traversal.pcap": capture(Connection((expc, 25001), (expe, 7001), begin.format(1)).carry(said)),
            "traversal_server_auth_only.pcap": capture(
                Connection((expc, 25003), (expe, 7001), begin.format(3)).carry(without)
            ),
            "traversal_unknown_ca.pcap": capture(
                Connection((expc, 25009), (expe, 7001), begin.format(9)).carry(with_alert(without, 48))
            ),
            "traversal_nothing_asked.pcap": capture(
                Connection((expc, 25005), (expe, 7001), begin.format(5)).carry(plain)
            ),
            "traversal_tls13.pcap": capture(Connection((expc, 25007), (expe, 7001), begin.format(7)).carry(hidden)),
            "server_expe.pem": self.authority.pem("expe"),
            "server_expe_collab_edge.pem": self.authority.pem("expe_mra"),
            "server_expe_wildcard.pem": self.authority.pem("expe_wildcard"),
        }

    # -- Finesse

    def finesse(self):
        issue = self.authority.issue
        issue("gadget", "/O=Example/CN=gadget.example.com", "intermediate", ["DNS:gadget.example.com"], BOTH)
        issue("pss_root", "/O=Example/CN=Example PSS Root CA", ca=True, sign=PSS)
        issue("pss_gadget", "/O=Example/CN=gadget.example.com", "pss_root", ["DNS:gadget.example.com"], BOTH)
        begin = "2023-03-01T10:00:{:02}.000"
        finesse, web = "192.0.2.40", "192.0.2.41"
        chain = ["intermediate", "root"]

        def dhe(cipher, client):
            server = self.server("gadget", chain, ciphers=f"{cipher}:@SECLEVEL=0")
            group = self.authority.folder / "dh1024.pem"
            group.write_text(DH_1024)
            server.context.load_dh_params(group)
            return flights(server, client, "gadget.example.com")

        def one(said, number):
            return capture(Connection((finesse, 50000 + number), (web, 443), begin.format(number)).carry(said))

        # Refuses a group of 1024 bits by itself, as Java does.
        strict = self.client(ciphers="DEFAULT:DHE-RSA-AES256-SHA:DHE-RSA-AES128-SHA:@SECLEVEL=2")
        refused = dhe("DHE-RSA-AES256-SHA", strict)
        refused_128 = dhe("DHE-RSA-AES128-SHA", strict)
        accepted = dhe("DHE-RSA-AES256-SHA", self.client())
        pss = flights(self.server("pss_gadget", ["pss_root"]), self.refusing(), "gadget.example.com")
        pss_accepted = flights(self.server("pss_gadget", ["pss_root"]), self.client(), "gadget.example.com")
        unknown = flights(self.server("gadget", chain), self.refusing(), "gadget.example.com")
        return {
            "finesse_dhe_256_refused.pcap": one(with_alert(refused, 80), 1),
            "finesse_dhe_128_refused.pcap": one(with_alert(refused_128, 80), 2),
            "finesse_dhe_accepted.pcap": one(accepted, 3),
            "finesse_pss_refused.pcap": one(with_alert(pss, 46), 4),
            "finesse_pss_accepted.pcap": one(pss_accepted, 5),
            "finesse_other_refused.pcap": one(with_alert(unknown, 46), 6),
        }

    # -- weak

    def weak(self):
        issue = self.authority.issue
        sha1 = ("-md", "sha1")
        issue("sha1", "/O=Example/CN=sha1.example.com", "intermediate", ["DNS:sha1.example.com"], BOTH, sign=sha1)
        issue("short", "/O=Example/CN=short.example.com", "intermediate", ["DNS:short.example.com"], BOTH, ("rsa:1024",))
        begin = "2023-03-01T11:00:{:02}.000"
        whole = ["intermediate", "root"]
        expc = "192.0.2.20"
        old = ("TLSv1", "TLSv1")
        any_client = dict(versions=("TLSv1", "TLSv1_2"))
        dhe = self.server("cucm", whole, ciphers="DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0")
        group = self.authority.folder / "dh1024.pem"
        group.write_text(DH_1024)
        dhe.context.load_dh_params(group)
        # Refuses a group of 1024 bits by itself, with handshake_failure.
        strict = self.client(ciphers="DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=2")
        said = [
            ("weak_tls10.pcap", flights(self.server("cucm", whole, versions=old), self.client(**any_client), "a"), 5061),
            ("weak_sha1.pcap", flights(self.server("sha1", whole), self.client(), "sha1.example.com"), 8443),
            ("weak_key.pcap", flights(self.server("short", whole), self.client(), "short.example.com"), 8443),
            ("weak_dh.pcap", flights(dhe, self.client(), "cucm.example.com"), 8443),
            ("weak_dh_refused.pcap", flights(dhe, strict, "cucm.example.com"), 8443),
        ]
        return {
            name: capture(Connection((expc, 41000 + at), ("192.0.2.50", port), begin.format(at)).carry(words))
            for at, (name, words, port) in enumerate(said)
        }


def main():
    default = pathlib.Path(__file__).parent.parent / "signatures" / "captures"
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    wanted = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        stories = Stories(Authority(pathlib.Path(work)))
        for story in (stories.expressway_mra, stories.mra_chain, stories.own_fault, stories.same_name, stories.dates,
                      stories.traversal, stories.finesse, stories.weak):  # fmt: skip
            for name, content in story().items():
                if wanted and name not in wanted:
                    continue
                (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


if __name__ == "__main__":
    main()
