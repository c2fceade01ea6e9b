#!/usr/bin/env python3
"""Makes the bundles in testdata/: diagnostic logs of devices that never were.

Every bundle is a small story told in log records of the forms that real devices write, with dumps that
go with it. Nothing in it comes from a real device. The same bytes come out at every run: times, names and
numbers are fixed, and what looks random is counted up.

    scripts/make_testdata.py [FOLDER]      writes to testdata/, or to FOLDER
"""

import gzip
import io
import json
import pathlib
import struct
import sys
import tarfile
import zipfile

sys.dont_write_bytecode = True

from testdata_dumps import (  # noqa: E402
    CIPHERS,
    RSA_FIRST,
    as_configuration_text,
    as_status_text,
    as_xml,
    configuration,
    everyday_settings,
    status,
)
from testdata_log import (  # noqa: E402
    Log,
    TrafficServer,
    call_noise,
    edge_request,
    everyday,
    marker,
    sign_in,
    sip_noise,
    tls_error,
    uds_requests,
)

# ---- bundles -------------------------------------------------------------------------------------------


CAPTURES = pathlib.Path(__file__).parent.parent / "signatures" / "captures"


def bundle_files(stem, log, settings, state, wire=None):
    """The members of one diagnostic log. Without dumps it is what a restart leaves. `wire`: the files in
    signatures/captures that are its packet capture, trust store and server certificate."""
    files = {}
    if wire:
        capture, trusted, own = ((CAPTURES / name).read_bytes() for name in wire)
        files[f"eth0_diagnostic_logging_tcpdump00_{stem}.pcap"] = capture
        files[f"ca_{stem}.pem"] = trusted
        files[f"server_{stem}.pem"] = own
    files[f"loggingsnapshot_{stem}.txt"] = log.text().encode()
    if settings:
        files[f"xconf_dump_{stem}.txt"] = as_configuration_text(settings).encode()
        files[f"xconf_dump_{stem}.xml"] = as_xml("Configuration", settings).encode()
        files[f"xstat_dump_{stem}.txt"] = as_status_text(state).encode()
        files[f"xstat_dump_{stem}.xml"] = as_xml("Status", state).encode()
        empty_capture = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        files.setdefault(f"eth0_diagnostic_logging_tcpdump00_{stem}.pcap", empty_capture)
    return files


def as_tar_gz(files):
    inside = io.BytesIO()
    with tarfile.open(fileobj=inside, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mtime = 1657560798
            archive.addfile(entry, io.BytesIO(content))
    outside = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=outside, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(inside.getvalue())
    return outside.getvalue()


def as_zip(files):
    outside = io.BytesIO()
    with zipfile.ZipFile(outside, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 7, 11, 17, 33, 18)), content)
    return outside.getvalue()


# ---- stories -------------------------------------------------------------------------------------------

UNTRUSTED = (
    "Core server certificate verification failed for (cucm.steven.lab). Action=Terminate Error=self signed "
    "certificate server=cucm.steven.lab(10.48.36.215) depth=0"
)
MISNAMED = "SNI (10.48.36.215) not in certificate. Action=Terminate server=10.48.36.215(10.48.36.215)"
REFUSED = (
    "SSL connection failed for '{}': error:1416F086:SSL routines:tls_process_server_certificate:certificate verify "
    "failed"
)


def sample():
    """After the upgrade from X14.0.7 to X14.2: Unified CM presents its self-signed ECDSA certificate on the
    TFTP port, and announces itself by an address that its certificate does not hold."""
    stem = "vcsc_2022-07-11_17_33_18"
    log = Log("vcsc", "2022-07-11T16:55:20", 2)
    server = TrafficServer(log, 18242, 40)
    marker(log, "Diagnostic logging started")
    sip_noise(log, "10.48.36.46", "10.48.36.47", "X14.2", 8)
    sign_in(log, "alice")
    uds_requests(server, "cucm.steven.lab", "10.48.36.215", "alice")
    for name in ("CSFalice.cnf.xml", "jabber-config.xml"):
        server.fail(
            "steven.lab", "cucm.steven.lab", 6972, "10.48.36.215", f"/{name}", "alice",
            UNTRUSTED, REFUSED.format("cucm.steven.lab"),
        )  # fmt: skip
    call_noise(log, "10.48.36.46")
    sip_noise(log, "10.48.36.46", "10.48.36.47", "X14.2", 8)
    log.later(600000)
    server.tag = "traffic_server[3916]:"
    server.transaction = 0
    server.started()
    sign_in(log, "alice")
    for path in ("/cucm-uds/user/alice/devices?max=100", "/cucm-uds/servers"):
        server.fail(
            "steven.lab", "10.48.36.215", 8443, "10.48.36.215", path, "alice",
            MISNAMED, REFUSED.format("10.48.36.215"),
        )  # fmt: skip
    sip_noise(log, "10.48.36.46", "10.48.36.47", "X14.2", 6)
    marker(log, "Diagnostic logging stopped")
    wire = ("expressway_mra.pcap", "ca_steven.pem", "server_vcsc.pem")
    return bundle_files(stem, log, configuration("vcsc", "C", "On", CIPHERS), status("vcsc", "C", "X14.2"), wire)


def healthy_core(host, stem, begin, version, verify, ciphers):
    """An Expressway-C through which users sign in."""
    log = Log(host, begin, 2)
    server = TrafficServer(log, 2030, 3000)
    marker(log, "Diagnostic logging started")
    server.started()
    sip_noise(log, "10.48.36.50", "10.48.36.47", version, 6)
    for user in ("alice", "bob"):
        sign_in(log, user)
        uds_requests(server, "cucm.steven.lab", "10.48.36.215", user)
        server.succeed("steven.lab", "cucm.steven.lab", 6972, "10.48.36.215", f"/CSF{user}.cnf.xml", user)
    call_noise(log, "10.48.36.50")
    sip_noise(log, "10.48.36.50", "10.48.36.47", version, 6)
    marker(log, "Diagnostic logging stopped")
    return bundle_files(stem, log, configuration(host, "C", verify, ciphers), status(host, "C", version))


def unverified_core():
    """The workaround is in place: nothing fails, and nothing is verified."""
    log = Log("expc04", "2023-02-01T09:00:00", 1)
    server = TrafficServer(log, 2030, 100)
    server.started()
    sip_noise(log, "10.48.36.54", "10.48.36.47", "X14.2.1", 4)
    sign_in(log, "alice")
    tracking, port = server.ask("steven.lab", "imp.steven.lab", 8443, "10.48.36.220", "/EPASSoap/service/v80", "alice")
    for error in ("unable to get local issuer certificate", "unable to verify the first certificate"):
        server.warning(
            1,
            f"Core server certificate verification failed for (imp.steven.lab). Action=Continue Error={error} "
            "server=imp.steven.lab(10.48.36.220) depth=0",
        )
    server.answer(tracking, port, "200 OK", ("10.48.36.220", "8443"))
    uds_requests(server, "cucm.steven.lab", "10.48.36.215", "alice")
    return bundle_files(
        "expc04_2023-02-01_09_05_00",
        log,
        configuration("expc04", "C", "Off", RSA_FIRST + CIPHERS),
        status("expc04", "C", "X14.2.1"),
    )


def rejected_core_after_restart():
    """A restart left the log alone, and Unified CM refuses the certificate of the Expressway-C."""
    log = Log("expc05", "2024-01-29T19:01:10", -5)
    server = TrafficServer(log, 2030, 3027)
    sip_noise(log, "10.48.36.55", "10.48.36.47", "X14.3", 4)
    sign_in(log, "marco")
    tracking, port = server.ask("steven.lab", "cucm.steven.lab", 6972, "10.48.36.215", "/CSFmarco.cnf.xml", "marco")
    server.error(
        1,
        "SSL connection failed for 'cucm.steven.lab': error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert "
        "unknown ca",
    )
    log.later(5)
    server.answer(tracking, port, "502 connect failed")
    return bundle_files("expc05_2024-01-29_19_05_00", log, None, None)


def healthy_edge():
    """An Expressway-E that works. Scanners of the internet knock at its public port all day."""
    log = Log("expe01", "2022-09-01T08:00:00", 2)
    server = TrafficServer(log, 15550, 0)
    server.started()
    sip_noise(log, "10.48.36.47", "10.48.36.46", "X14.2", 6)
    edge_request(log, server, "steven.lab", 200, "OK")
    tls_error(log, "Inbound", "203.0.113.99", "192.0.2.47", 5061, "No SSL error available, probably remote disconnect")
    edge_request(log, server, "steven.lab", 200, "OK")
    call_noise(log, "10.48.36.47")
    sip_noise(log, "10.48.36.47", "10.48.36.46", "X14.2", 6)
    return bundle_files(
        "expe01_2022-09-01_08_05_00",
        log,
        configuration("expe01", "E", None, CIPHERS),
        status("expe01", "E", "X14.2"),
    )


def everyday_core(host, stem, begin, version, verify):
    """An Expressway-C in a cluster on an ordinary day."""
    log = Log(host, begin, 1)
    server = TrafficServer(log, 2030, 500)
    marker(log, "Diagnostic logging started")
    server.started()
    sip_noise(log, "10.48.36.56", "10.48.36.47", version, 3)
    sign_in(log, "alice")
    uds_requests(server, "cucm.steven.lab", "10.48.36.215", "alice")
    everyday(log, "10.48.36.56", "10.48.36.57")
    call_noise(log, "10.48.36.56")
    settings = configuration(host, "C", verify, RSA_FIRST + CIPHERS) + everyday_settings("C")
    return bundle_files(stem, log, settings, status(host, "C", version))


def everyday_edge(host, stem, begin, version):
    """An Expressway-E in a cluster on an ordinary day."""
    log = Log(host, begin, 1)
    server = TrafficServer(log, 15550, 0)
    server.started()
    sip_noise(log, "10.48.36.48", "10.48.36.46", version, 3)
    edge_request(log, server, "steven.lab", 200, "OK")
    tls_error(log, "Inbound", "203.0.113.99", "192.0.2.48", 5061, "No SSL error available, probably remote disconnect")
    everyday(log, "10.48.36.48", "10.48.36.49")
    call_noise(log, "10.48.36.48")
    settings = configuration(host, "E", None, CIPHERS) + everyday_settings("E")
    return bundle_files(stem, log, settings, status(host, "E", version))


def ordinary_days():
    """A healthy bundle of each role and version that the others leave out."""
    cores = [
        ("expc06", "2020-06-02", "X12.5.9", None),
        ("expc07", "2023-05-02", "X14.2.6", "On"),
        ("expc08", "2026-06-02", "X15.5.1", "On"),
    ]
    edges = [
        ("expe03", "2020-06-03", "X12.5.9"),
        ("expe04", "2022-03-03", "X14.0.7"),
        ("expe05", "2024-06-05", "X15.0"),
        ("expe06", "2026-06-03", "X15.5.1"),
    ]
    bundles = []
    for host, day, version, verify in cores:
        stem = f"{host}_{day}_08_05_00"
        files = everyday_core(host, stem, f"{day}T08:00:00", version, verify)
        bundles.append((stem, files, f"An Expressway-C {version} on an ordinary day."))
    for host, day, version in edges:
        stem = f"{host}_{day}_08_05_00"
        files = everyday_edge(host, stem, f"{day}T08:00:00", version)
        bundles.append((stem, files, f"An Expressway-E {version} on an ordinary day."))
    return [(f"diagnostic_log_{stem}.tar.gz", as_tar_gz(files), words, {}) for stem, files, words in bundles]


def healthy_contact_center():
    """Logs of Finesse, Unified Intelligence Center, Identity Service and Unified CCX on an ordinary day. One agent closes
    the window without signing out, one types a wrong password, and a gadget's server does not answer once."""
    second = 0

    def ccbu(thread, level, tag, words):
        nonlocal second
        second += 7
        return (
            f"{second:010d}: 192.0.2.40: Mar 01 2023 09:{second // 60:02d}:{second % 60:02d}.241 +0000: "
            f"%CCBU_{thread}-{level}-{tag}: {words}\n"
        )

    def state(agent, name, reason):
        message = (
            f"%[cti_message=CTIAgentStateEvent [skillGroupState=0 (LOGIN), stateDuration=0, skillGroupNumber=29808, "
            f"skillGroupPriority=0, agentState={name}, eventReasonCode={reason}, numFltSkillGroups=0, "
            f"CTIClientSignature=Finesse, agentID={agent}, agentExtension=2{agent}]][cti_response_time=1]: Decoded "
            "Message to Finesse from backend cti server"
        )
        return ccbu("CTIMessageEventExecutor-0", 6, "DECODED_MESSAGE_FROM_CTI_SERVER", message)

    agents = [f"10{number:02d}" for number in range(1, 9)]
    in_service = "<SystemInfo><status>IN_SERVICE</status><uri>/finesse/api/SystemInfo</uri></SystemInfo>"
    webservices = ccbu("pool-7-thread-1", 6, "SYSTEMINFO_PUBLISH", in_service)
    webservices += "".join(state(agent, "2 (NOT_READY)", 0) for agent in agents)
    webservices += ccbu("http-nio-8445-exec-7", 4, "AUTHENTICATION_FAILURE", "%[user=1004]: Login failed for 1004")
    webservices += "".join(state(agent, "3 (AVAILABLE)", 0) for agent in agents)
    webservices += ccbu(
        "pool-21-thread-1", 6, "QUEUE_STATISTICS_REQUEST", "%[count=31]: Starting new round of querying active queue statistics"
    )  # fmt: skip
    webservices += state("1003", "1 (LOGOUT)", 255)
    webservices += "".join(state(agent, "1 (LOGOUT)", 12) for agent in agents if agent != "1003")
    container = ccbu(
        "http-nio-8445-exec-9", 3, "GADGET_RENDER",
        "%[url=https://gadget.example.com/a.xml][exception=java.net.ConnectException: Connection refused]: request failed",
    ) + "\tat java.net.PlainSocketImpl.socketConnect(Native Method)\n"  # fmt: skip
    reporting = ccbu("__________CUIC", 4, "WARN", "Dashboard Migration : Weburl widget : Dashboard : Calls today")
    identity = "".join(
        f"2023-03-01 09:0{minute}:56.780 GMT(+0000) [IdSEndPoints-SAML-2{minute}] INFO com.cisco.ccbu.ids "
        f"IdSSAMLAsyncServlet.java:270 - SAML response processed for user 100{minute}\n"
        for minute in range(1, 6)
    )
    engine = "".join(
        f"{51268 + call}: Mar 01 09:{call:02d}:27.842 GMT %MIVR-SS_TEL-7-UNK:Call.received() JTAPICallContact[id={call},"
        "type=Cisco JTAPI Call,state=CALL_RECEIVED,inbound=true]\n"
        for call in range(1, 9)
    )
    return {
        "desktop/logs/webservices/Desktop-webservices.2023-03-01T09-00-00.000.log": webservices.encode(),
        "desktop/logs/desktop/Desktop.2023-03-01T09-00-00.000.log": container.encode(),
        "cuic/logs/cuic/CCBU-cuic.2023-03-01T09-00-00.000.log": reporting.encode(),
        "ids/log/ids.log": identity.encode(),
        "uccx/log/MIVR/Cisco001MIVR076.log": engine.encode(),
    }


def troubled_edge():
    """An Expressway-E whose zones fail in every way that the pack knows."""
    log = Log("expe02", "2022-09-02T10:00:00", 2)
    server = TrafficServer(log, 15550, 0)
    server.started()
    sip_noise(log, "10.48.36.47", "10.48.36.46", "X14.2", 5)
    tls_error(log, "Inbound", "10.48.36.60", "10.48.36.47", 7001, "Peer's TLS certificate identity was unacceptable")
    for _ in range(3):
        log.later(2000)
        log.debug(
            "tvcs:",
            "developer.sip.authentication",
            'CodeLocation="ppcmains/sip/sipproxy/SipProxyAuthentication.cpp(686)" '
            'Method="SipProxyAuthentication::checkDigestSAResponse" Thread="0x7f2485cb0700":  calculated response '
            f"does not match supplied response, calculatedResponse={log.number():032x}, response={log.number():032x}",
        )
        log.event(
            "tvcs:",
            'Event="Authentication Failed" Service="SIP" Src-ip="10.48.36.61" Src-port="25723" '
            'Detail="Incorrect authentication credential for user" Protocol="TLS" Method="OPTIONS"',
        )
    untrusted = "self signed certificate in certificate chain"
    tls_error(log, "Inbound", "203.0.113.73", "192.0.2.48", 5062, untrusted, source_port=58531)
    log.debug(
        "tvcs:",
        "developer.ssl",
        'CodeLocation="ppcmains/ssl/ttssl/ttssl_openssl.cpp(68)" Method="::TTSSLErrorOutput" '
        'Thread="0x7f29ddefa700": TTSSL_continueHandshake: Failed to establish SSL connection iResult="-1" error="1" '
        "bServer=\"true\" localAddress=\"['IPv4''TCP''192.0.2.48:5062']\" "
        "remoteAddress=\"['IPv4''TCP''203.0.113.73:58531']\" "
        'ssl_error_reason="error:14089086:SSL routines:ssl3_get_client_certificate:certificate verify failed"',
        "ERROR",
    )
    tls_error(log, "Inbound", "203.0.113.74", "192.0.2.48", 5062, "sslv3 alert certificate unknown")
    tls_error(log, "Outbound", "192.0.2.48", "203.0.113.5", 5062, "No SSL error available, probably remote disconnect")
    log.later(500)
    log.raw(
        "alarm:",
        'Level="ERROR" Event="Alarm Raised" Id="35013" UUID="0f96695e-d954-4f6f-85c1-2ef1eae6f764" Severity="error" '
        'Detail="Unified Communications SSH tunnel failure: This system cannot communicate with one or more remote '
        f'hosts: expc.steven.lab" UTCTime="{log.utc()}"',
    )
    edge_request(log, server, "stevens.lab", 403, "Forbidden")
    sip_noise(log, "10.48.36.47", "10.48.36.46", "X14.2", 5)
    return bundle_files(
        "expe02_2022-09-02_10_05_00",
        log,
        configuration("expe02", "E", None, CIPHERS),
        status("expe02", "E", "X14.2", [("35013", "Unified Communications SSH tunnel failure")]),
    )


TROUBLED_EDGE = {
    "EXPRESSWAY-MRA-SIP-DOMAIN-MISSING": "issue",
    "EXPRESSWAY-SSH-TUNNELS-DOWN": "issue",
    "EXPRESSWAY-TLS-CUT-BY-MIDDLEBOX": "potential_problem",
    "EXPRESSWAY-TRAVERSAL-CA-UNTRUSTED": "issue",
    "EXPRESSWAY-TRAVERSAL-CERT-REJECTED": "issue",
    "EXPRESSWAY-TRAVERSAL-NAME-MISMATCH": "issue",
    "EXPRESSWAY-TRAVERSAL-PASSWORD": "issue",
}
SAMPLE = {"CSCwc69661": "issue", "EXPRESSWAY-ECDSA-PREFERRED": "potential_problem"}


def all_bundles():
    """Name, bytes, what is in it, and the verdicts other than that all is well."""
    core = as_tar_gz(sample())
    edge = as_tar_gz(troubled_edge())
    core_name = "diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz"
    edge_name = "diagnostic_log_expe02_2022-09-02_10_05_00.tar.gz"
    x142 = healthy_core(
        "expc01", "expc01_2022-09-01_08_05_00", "2022-09-01T08:00:00", "X14.2", "On", RSA_FIRST + CIPHERS
    )
    x1407 = healthy_core("expc02", "expc02_2022-03-01_08_05_00", "2022-03-01T08:00:00", "X14.0.7", None, CIPHERS)
    x150 = healthy_core("expc03", "expc03_2024-06-03_09_05_00", "2024-06-03T09:00:00", "X15.0", "On", CIPHERS)
    unverified = {"CSCwc69661": "potential_problem", "EXPRESSWAY-ORIGIN-VERIFICATION-OFF": "issue"}
    return [
        (core_name, core, sample.__doc__, SAMPLE),
        ("diagnostic_log_expc01_2022-09-01_08_05_00.tar.gz", as_tar_gz(x142), "A healthy Expressway-C X14.2.", {}),
        (
            "diagnostic_log_expc02_2022-03-01_08_05_00.tar.gz",
            as_tar_gz(x1407),
            "A healthy Expressway-C X14.0.7, which verifies no certificates yet.",
            {},
        ),
        (
            "diagnostic_log_expc03_2024-06-03_09_05_00.tar.gz",
            as_tar_gz(x150),
            "A healthy Expressway-C X15.0 that prefers ECDSA and trusts what it gets.",
            {},
        ),
        (
            "diagnostic_log_expc04_2023-02-01_09_05_00.tar.gz",
            as_tar_gz(unverified_core()),
            unverified_core.__doc__,
            unverified,
        ),
        (
            "diagnostic_log_expc05_2024-01-29_19_05_00.tar.gz",
            as_tar_gz(rejected_core_after_restart()),
            rejected_core_after_restart.__doc__,
            {"CSCvz20720": "issue"},
        ),
        ("diagnostic_log_expe01_2022-09-01_08_05_00.tar.gz", as_tar_gz(healthy_edge()), healthy_edge.__doc__, {}),
        *ordinary_days(),
        (
            "finesse01_2023-03-01.tar.gz",
            as_tar_gz(healthy_contact_center()),
            healthy_contact_center.__doc__,
            {},
        ),
        (edge_name, edge, troubled_edge.__doc__, TROUBLED_EDGE),
        (
            "case.zip",
            as_zip({f"case/{core_name}": core, f"case/{edge_name}": edge}),
            "The first bundle and that of expe02 in one archive: two nodes.",
            {**SAMPLE, **TROUBLED_EDGE},
        ),
        (
            "truncated.tar.gz",
            core[: len(core) * 7 // 10],
            "The first bundle, cut off at seven tenths: its log is there in part, its dumps are not.",
            {"CSCwc69661": "issue"},
        ),
    ]


def readme(bundles):
    lines = [
        "# Test data",
        "",
        "Diagnostic logs of devices that never were, made by `scripts/make_testdata.py`; run it again after a",
        "change, never edit a bundle. `expected.json` says the same verdicts for programs: bundle, then id and status.",
        "An id that is not named has no issue, does not apply, or lacks information. The first bundle has a capture, a trust",
        "store and a server certificate (of `scripts/make_signature_captures.py`); the captures of the others are empty.",
        "",
    ]
    for name, content, words, verdicts in bundles:
        del content
        lines += [f"## {name}", "", " ".join(words.split()), ""]
        if verdicts:
            lines += [f"- {id}: {verdicts[id]}" for id in sorted(verdicts)] + [""]
        else:
            lines += ["- nothing found", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "testdata"
    folder.mkdir(parents=True, exist_ok=True)
    bundles = all_bundles()
    for name, content, _, _ in bundles:
        (folder / name).write_bytes(content)
    expected = {name: verdicts for name, _, _, verdicts in bundles}
    (folder / "expected.json").write_text(json.dumps(expected, indent=2, sort_keys=True) + "\n")
    (folder / "README.md").write_text(readme(bundles))


if __name__ == "__main__":
    main()
