"""Log records as Expressways write them, for the made-up bundles: SIP, calls, MRA requests."""

import base64
import datetime


def target(domain, host, port):
    """The path segment by which an MRA client names the server that it really wants."""
    return base64.b64encode(f"{domain}/https/{host}/{port}".encode()).decode().rstrip("=")


class Log:
    """A loggingsnapshot: records in the order in which they are written, with a clock that is moved on."""

    def __init__(self, host, begin_utc, offset_hours):
        self.host = host
        self.now = datetime.datetime.fromisoformat(begin_utc)
        self.offset = datetime.timedelta(hours=offset_hours)
        self.zone = f"{offset_hours:+03d}:00"
        self.lines = []
        self.counter = 0

    def later(self, milliseconds):
        self.now += datetime.timedelta(milliseconds=milliseconds)

    def number(self):
        """The next of a row of numbers that look arbitrary."""
        self.counter += 1
        return (self.counter * 2654435761) % 4294967296

    def utc(self):
        return self.now.strftime("%Y-%m-%d %H:%M:%S,") + f"{self.now.microsecond // 1000:03d}"

    def header(self, tag):
        local = self.now + self.offset
        stamp = local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{local.microsecond // 1000:03d}{self.zone}"
        return f"{stamp} {self.host} {tag}" if tag else f"{stamp} {self.host}"

    def raw(self, tag, words):
        self.lines.append(f"{self.header(tag)} {words}")

    def event(self, tag, words):
        self.raw(tag, f'{words} Level="1" UTCTime="{self.utc()}"')

    def debug(self, tag, module, words, level="DEBUG"):
        self.raw(tag, f'UTCTime="{self.utc()}" Module="{module}" Level="{level}":  {words}')

    def message(self, tag, module, words, kind, message):
        """A record with a SIP or HTTP message: every line of it behind a blank, the whole between bars."""
        self.debug(tag, module, words)
        self.lines.append(f" {kind}:")
        lines = message.rstrip("\n").split("\n")
        self.lines.append(f" |{lines[0]}")
        self.lines.extend(f" {line}" for line in lines[1:])
        self.lines.extend([" ", " |", ""])

    def text(self):
        return "\n".join(self.lines) + "\n"


# ---- what an Expressway writes all day -----------------------------------------------------------------


def sip_message(log, action, local, remote, start, extra):
    """One SIP message, which is logged twice: in one line, and whole."""
    number = log.number()
    call = f"{number:08x}{log.counter:04x}"
    where = f'Action="{action}" Local-ip="{local[0]}" Local-port="{local[1]}"'
    side = "Src" if action == "Received" else "Dst"
    where += f' {side}-ip="{remote[0]}" {side}-port="{remote[1]}"'
    verb = "Receive" if action == "Received" else "Send"
    kind = "Response Code=200," if start.startswith("SIP/2.0") else "Request"
    method = "OPTIONS"
    log.debug(
        "tvcs:",
        "network.sip",
        f'{where} Detail="{verb} {kind} Method={method}, CSeq={log.counter}, Call-ID={call}@{local[0]}, '
        f'From-Tag={number:08x}, To-Tag=, Msg-Hash={number * 40503}, Local-SessionID=, Remote-SessionID="',
        "INFO",
    )
    log.message(
        "tvcs:",
        "network.sip",
        f'{where} Msg-Hash="{number * 40503}"',
        "SIPMSG",
        f"{start}\nVia: SIP/2.0/TLS {local[0]}:{local[1]};branch=z9hG4bK{number:08x}{call};rport\n"
        f"Call-ID: {call}@{local[0]}\nCSeq: {log.counter} {method}\n"
        f"From: <sip:{local[0]}>;tag={number:08x}\nTo: <sip:{remote[0]}:{remote[1]}>\n"
        f"Max-Forwards: 0\n{extra}Content-Length: 0",
    )


def sip_noise(log, me, peer, version, times):
    """Keep-alives of a zone, with the records of the state machines around them."""
    agent = f"User-Agent: TANDBERG/4137 ({version})\n"
    server = f"Server: TANDBERG/4137 ({version})\n"
    for _ in range(times):
        log.later(4000 + log.number() % 1000)
        remote = (peer, "7001")
        local = (me, "25001")
        sip_message(log, "Sent", local, remote, f"OPTIONS sip:{peer}:7001;transport=tls SIP/2.0", agent)
        log.later(3)
        log.debug(
            "tvcs:",
            "developer.fsm.sipproxymsgdspfsm",
            'CodeLocation="allshare/fsm/fsmfsm.cpp(881)" Method="::sys_testAndExecTask" '
            'Thread="0x7fc1d8e2d700":  Detail="Received fsm message" Msg-name="SIPTrans_Ind" '
            f'Self="SipProxyMsgDspFsm:0" Sender="SipTrans:{log.counter}" Msg="SIPTrans_Ind" State="" NxtState=""',
        )
        log.later(5)
        sip_message(log, "Received", local, remote, "SIP/2.0 200 OK", server)


def call_noise(log, me):
    log.later(700)
    log.event(
        "tvcs:",
        f'Event="Call Attempted" Service="SIP" Src-ip="{me}" Src-port="5061" Src-alias-type="SIP" '
        'Src-alias="sip:1003@steven.lab" Dst-alias-type="SIP" Dst-alias="sip:1004@steven.lab" '
        f'Call-serial-number="{log.number():08x}-0000-4000-8000-000000000000" Protocol="TLS" Auth="YES"',
    )
    log.later(10)
    log.debug(
        "licensemanager:",
        "developer.licensemanager.service.manager",
        'CodeLocation="licensemanager(192)" Detail="License granted" '
        f'call_id="{log.number():08x}-0000-4000-8000-000000000001" lic_type="collabedge" tokens=2',
        "INFO",
    )
    # A record without a tag, in which a key stands twice.
    log.debug(
        "",
        "developer.clusterdb.cdb",
        'Node="clusterdb@peer1.steven.lab" PID="<0.159.0>" Detail="Table is in step" '
        'Node="clusterdb@peer1.steven.lab"',
        "INFO",
    )


def marker(log, words):
    log.later(100)
    log.event("httpd[15060]: web:", f'Event="Diagnostic Logging" Detail="{words}" Src-ip="10.48.36.9" User="admin"')


# ---- MRA requests --------------------------------------------------------------------------------------


class TrafficServer:
    """The HTTP proxy of one Expressway."""

    MODULE = "network.http.trafficserver"

    def __init__(self, log, pid, first_transaction):
        self.log = log
        self.tag = f"traffic_server[{pid}]:"
        self.transaction = first_transaction

    def record(self, detail, side, message, tracking):
        address, port = side[1:]
        self.log.message(
            self.tag,
            self.MODULE,
            f'Detail="{detail}" Txn-id="{self.transaction}" TrackingID="{tracking}" '
            f'{side[0]}-ip="{address}" {side[0]}-port="{port}"',
            "HTTPMSG",
            message,
        )

    def begin(self):
        self.transaction += 1
        number = self.log.number()
        return f"{number:08x}-86f6-4030-8259-{number:08x}0000", str(40000 + number % 20000)

    def started(self):
        for words in (
            "NOTE: --- traffic_server Starting ---",
            "traffic_server NOTE: storage.config loading ...",
            "traffic_server WARNING: connection throttle too high, 30000 (throttle) + 192 (internal use) > 20000 "
            "(file descriptor limit), using throttle of 19808",
            "traffic_server WARNING: unable to open cache disk(s): Cache Disabled",
            "[TS_MAIN] NOTE: traffic server running",
        ):
            self.log.later(20)
            self.log.raw(self.tag, words)

    def warning(self, thread, words):
        self.log.raw(self.tag, f"[ET_NET {thread}] WARNING: {words}")

    def error(self, thread, words):
        self.log.raw(self.tag, f"[ET_NET {thread}] ERROR: {words}")

    def ask(self, domain, host, port, address, path, user):
        """An Expressway-C is asked through the tunnel, and asks the server. Returns what the answer needs."""
        tracking, client_port = self.begin()
        log = self.log
        headers = (
            f"Accept: */*\nCookie:<CONCEALED>\nUser-Agent: Jabber/14.1\nTrackingID: {tracking}\n"
            "Client-ip: 198.51.100.23\nX-Forwarded-For: 198.51.100.23, 127.0.0.1"
        )
        url = f"http://vcs_control.{domain}:8443/{target(domain, host, port)}{path}"
        self.record(
            "Receive Request",
            ("Src", "127.0.0.1", client_port),
            f"GET {url} HTTP/1.1\nHost: vcs_control.{domain}:8443\n{headers}",
            tracking,
        )
        log.later(6)
        log.raw(
            self.tag,
            f'Event="Request Allowed" Detail="Access allowed" Reason="" Username="{user}" Deployment="1" '
            f'Method="GET" Request="https://{host}:{port}{path}" Rule="https://{host}:{port}/" '
            f'UTCTime="{log.utc()}"',
        )
        self.record(
            "Sending Request",
            ("Dst", address, str(port)),
            f"GET {path} HTTP/1.1\nHost: {host}:{port}\n{headers}\n"
            "Via: https/1.1 vcs[0f000000-c853-4000-aa16-0a290bf56fc8] (ATS)",
            tracking,
        )
        return tracking, client_port

    def answer(self, tracking, client_port, status, server=None):
        log = self.log
        body = f"HTTP/1.1 {status}\nDate: {log.now:%a, %d %b %Y %H:%M:%S} GMT\nContent-Type: text/xml\n"
        if server:
            log.later(38)
            self.record("Receive Response", ("Src", *server), body + "Server: \nX-Frame-Options: SAMEORIGIN", tracking)
        log.later(1)
        self.record("Sending Response", ("Dst", "127.0.0.1", client_port), body + "Via: http/1.1 vcs (ATS)", tracking)

    def succeed(self, domain, host, port, address, path, user):
        tracking, client_port = self.ask(domain, host, port, address, path, user)
        self.answer(tracking, client_port, "200 OK", (address, str(port)))
        self.log.later(40)

    def fail(self, domain, host, port, address, path, user, warning, error):
        """The handshake fails and is tried again, as traffic servers do; then the client gets 502."""
        tracking, client_port = self.ask(domain, host, port, address, path, user)
        for attempt in range(2):
            self.log.later(10)
            self.warning(attempt, warning)
            if error:
                self.error(attempt, error)
        self.log.later(8)
        self.answer(tracking, client_port, "502 connect failed")
        self.log.later(40)


def sign_in(log, user):
    log.later(30)
    log.raw(
        "edgeconfigprovisioning:",
        f'Level="INFO" Detail="Authenticated user successfully" Username="{user}" ClientId="198.51.100.23" '
        f'UTCTime="{log.utc()}"',
    )
    log.later(30)


def uds_requests(server, host, address, user):
    path = f"/cucm-uds/user/{user}"
    server.succeed("steven.lab", host, 8443, address, "/cucm-uds/servers", user)
    server.succeed("steven.lab", host, 8443, address, f"{path}/devices?max=100", user)
    server.succeed("steven.lab", host, 8443, address, path, user)


def edge_request(log, server, domain, status, reason):
    """A client of the internet at an Expressway-E."""
    tracking, port = server.begin()
    segment = base64.b64encode(domain.encode()).decode().rstrip("=")
    path = f"/{segment}/get_edge_config?service_name=_cisco-uds&service_name=_cuplogin"
    server.record(
        "Receive Request",
        ("Src", "198.51.100.23", port),
        f"GET https://{log.host}.{domain}:8443{path} HTTP/1.1\nHost: {log.host}.{domain}:8443\nAccept: */*",
        tracking,
    )
    log.later(7)
    body = f"HTTP/1.1 {status} {reason}\nServer: CE_E\nContent-Length: 0"
    if status == 200:
        server.record(
            "Sending Request",
            ("Dst", "127.0.0.1", "8443"),
            f"GET http://vcs_control.{domain}:8443{path} HTTP/1.1\nHost: vcs_control.{domain}:8443",
            tracking,
        )
        log.later(60)
        server.record(
            "Receive Response", ("Src", "127.0.0.1", "8443"), "HTTP/1.1 200 OK\nServer: CE_C ECS", tracking
        )
    server.record("Sending Response", ("Dst", "198.51.100.23", port), body, tracking)
    if status >= 400:
        log.raw(
            server.tag,
            f'Event="Sending HTTP error response" Status="{status}" Reason="{reason}" Dst-ip="198.51.100.23" '
            f'Dst-port="{port}" UTCTime="{log.utc()}"',
        )
    log.later(300)


def tls_error(log, direction, source, destination, port, detail, source_port=None):
    log.later(900)
    common_name = ' Common-name="callservice.example.com"' if direction == "Outbound" else ""
    log.event(
        "tvcs:",
        f'Event="{direction} TLS Negotiation Error" Service="SIP" Src-ip="{source}" '
        f'Src-port="{source_port or 20000 + log.number() % 20000}" Dst-ip="{destination}" Dst-port="{port}" '
        f'Detail="{detail}" Protocol="TLS"{common_name}',
    )


def alarm(log, event, number, uuid, title):
    """Alarm Raised or Alarm Lowered. The UUID is that of the kind of alarm, the same on every Expressway."""
    level = "WARN" if event == "Raised" else "INFO"
    log.raw(
        "alarm:",
        f'Level="{level}" Event="Alarm {event}" Id="{number}" UUID="{uuid}" Severity="warning" Detail="{title}" '
        f'UTCTime="{log.utc()}"',
    )


def everyday(log, peer, cluster_peer):
    """What looks like trouble and is none: a peer that restarts, a wrong number, a slip of the finger, a
    connection that succeeds at the second attempt, and what a diagnostic log says of itself."""
    verbose = ("25019", "6ab1c3f0-f622-11df-93be-07cc953d7b99", "Verbose log levels configured: One or more modules")
    lost = ("20006", "0f96695e-d954-4f6f-85c1-2ef1eae6f764", "Cluster database communication failure: The database")
    alarm(log, "Raised", *verbose)
    log.later(900)
    alarm(log, "Raised", *lost)
    for detail in ("Starting synchronisation", "Synchronisation completed successfully"):
        log.later(40)
        log.debug("replication:", "developer.replication", f'CodeLocation="x(1)" Detail="{detail}"', "INFO")
    log.later(60000)
    alarm(log, "Lowered", *lost)
    connection = f'Src-ip="{peer}" Src-port="25010" Dst-ip="{cluster_peer}" Dst-port="5061"'
    for detail, level in (("TCP Connecting", "DEBUG"), ("TCP Connection Failed", "ERROR")):
        log.later(10)
        log.debug("tvcs:", "network.tcp", f'{connection} Detail="{detail}"', level)
    for detail in ("TCP Connecting", "TCP Connection Established"):
        log.later(500)
        log.debug("tvcs:", "network.tcp", f'{connection} Detail="{detail}"')
    log.debug("tvcs:", "network.tcp", f'{connection} Detail="TCP Connection Closed" Reason="Got EOF on socket"')
    for called, detail, code in (("bbo@steven.lab", "Not Found", 404), ("carol@steven.lab", "Busy Here", 486)):
        log.later(700)
        log.event(
            "tvcs:",
            f'Event="Call Rejected" Service="SIP" Src-ip="{peer}" Src-port="5065" Src-alias-type="SIP" '
            f'Src-alias="sip:alice@steven.lab" Dst-alias-type="SIP" Dst-alias="sip:{called}" Detail="{detail}" '
            f'Protocol="TLS" Response-code="{code}"',
        )
    for event in ("Admin Session Login Failure", "Admin Session Start"):
        log.later(4000)
        log.event("httpd[15060]: web:", f'Event="{event}" Src-ip="10.48.36.9" Src-port="53155" User="admin"')
    for event in ("Registration Rejected", "Registration Accepted"):
        log.later(300)
        log.event("tvcs:", f'Event="{event}" Service="SIP" Src-ip="10.48.36.90" Src-port="5061"')
    for answer in ("Sending DNS query", "Could not resolve hostname"):
        log.later(20)
        log.debug("tvcs:", "network.dns", f'Detail="{answer}" Name="steven.lab" Type="NAPTR (IPv4 and IPv6)"')
    closed = 'CodeLocation="stream.in" Detail="closing stream used for dialback only"'
    log.debug("XCP_CM2[5164]:", "Jabber", closed, "INFO ")
    log.later(800)
    alarm(log, "Lowered", *verbose)
