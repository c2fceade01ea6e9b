"""Configuration and status dumps in the forms that Expressways write, for the made-up bundles."""

RSA_FIRST = "ECDHE-RSA-AES256-GCM-SHA384:"
CIPHERS = "EECDH:EDH:HIGH:-AES256+SHA:!MEDIUM:!LOW:!3DES:!MD5:!PSK:!eNULL:!aNULL"


def configuration(host, role, verify, ciphers, domain="steven.lab"):
    """Path and value of the settings that the stories turn on, and of some that they do not."""
    zone = "TraversalClient" if role == "C" else "TraversalServer"
    settings = [
        ("CollaborationEdge Enabled", "On"),
        ("CollaborationEdge JabbercEnabled", "Off"),
        ("CollaborationEdge RFC3327Enabled", "On"),
        ("DNS Server 1 Address", "10.48.36.4"),
        ("EdgeConfigServer CredentialTtl", "28800"),
        ("EdgeConfigServer RateLimitLogins", "3"),
        ("EdgeConfigServer RateLimitPeriod", "300"),
    ]
    if verify:
        settings.append(("EdgeConfigServer VerifyOriginServer", verify))
    settings += [
        ("Ciphers HTTPSCiphers Value", CIPHERS),
        ("Ciphers SIPTLSCiphers Value", CIPHERS + ":+ADH"),
        ("Ciphers UcClientTLSCiphers Value", ciphers),
        ("Ciphers UcClientTLSProtocol Value", "minTLSv1.2"),
        ("H323 Mode", "Off"),
        ("IP DNS Domain Name", domain),
        ("IP DNS Hostname", host),
        ("Log Level", "1"),
        ("NTP Server 1 Address", "ntp.steven.lab"),
        ("SIP TLS Mode", "On"),
        ("SystemUnit Name", host),
        ("Zones Policy SearchRules Rule 1 Pattern Replace", ""),
        ("Zones Zone 1 Name", "DefaultZone"),
        ("Zones Zone 1 Type", "DefaultZone"),
        ("Zones Zone 2 Name", "UC traversal"),
        (f"Zones Zone 2 {zone} Collaboration Edge", "On"),
        (f"Zones Zone 2 {zone} SIP Port", "7001"),
        (f"Zones Zone 2 {zone} SIP TLS Verify Mode", "On"),
        ("Zones Zone 2 Type", zone),
    ]
    return settings


def everyday_settings(role):
    """Zones of all kinds, set up as they should be, or for purposes that ask for nothing more."""
    zone = "TraversalClient" if role == "C" else "TraversalServer"
    return [
        (f"Zones Zone 2 {zone} Authentication Mode", "DoNotCheckCredentials"),
        (f"Zones Zone 2 {zone} SIP Media Encryption Mode", "On"),
        (f"Zones Zone 2 {zone} SIP PreloadedSipRoutes Accept", "On"),
        ("Zones Zone 3 Name", "Calls to other companies"),
        ("Zones Zone 3 Type", "DNS"),
        ("Zones Zone 3 DNS SIP DnsOverride Override", "Off"),
        ("Zones Zone 3 DNS SIP ParameterPreservation Mode", "Off"),
        ("Zones Zone 3 DNS SIP TLS Verify InboundClassification", "Off"),
        ("Zones Zone 3 DNS SIP TLS Verify Mode", "Off"),
        ("Zones Zone 4 Name", "Branch"),
        ("Zones Zone 4 Type", zone),
        (f"Zones Zone 4 {zone} Authentication Mode", "CheckCredentials"),
        (f"Zones Zone 4 {zone} Collaboration Edge", "Off"),
        (f"Zones Zone 4 {zone} SIP PreloadedSipRoutes Accept", "Off"),
        (f"Zones Zone 4 {zone} SIP TLS Verify Mode", "Off"),
    ]


def status(host, role, version, alarms=()):
    settings = [
        ("SystemUnit Product", f"Cisco Expressway-{role}"),
        ("SystemUnit Uptime", "86400"),
        ("SystemUnit Time", "12:00:00"),
        ("SystemUnit Software Version", version),
        ("SystemUnit Software Name", "s42700"),
        ("SystemUnit Hardware SerialNumber", "00000000"),
        ("SystemUnit Name", host),
        ("Zones Zone 2 Status", "Active"),
        ("Zones Zone 2 Name", "UC traversal"),
    ]
    for index, (number, title) in enumerate(alarms, 1):
        settings += [(f"Alarm {index} ID", number), (f"Alarm {index} Title", title)]
    return settings


def as_configuration_text(settings):
    lines = []
    for path, value in settings:
        lines.append(f'*c xConfiguration {path}: "{value}"' if value else f"*c xConfiguration {path}:")
    return "\n".join(lines) + "\n"


def as_status_text(settings):
    """A tree for each first word, as the command line prints it."""
    lines = []
    open_words = []
    for path, value in settings:
        words = path.split(" ")
        if open_words[:1] != words[:1]:
            lines += ["*s/end", ""] if lines else []
            lines.append(f"*s {words[0]}:")
            open_words = words[:1]
        depth = 1
        while depth < len(words) - 1 and open_words[depth : depth + 1] == [words[depth]]:
            depth += 1
        open_words = open_words[:depth]
        while depth < len(words) - 1:
            lines.append("  " * depth + f"{words[depth]}:")
            open_words.append(words[depth])
            depth += 1
        lines.append("  " * depth + f'{words[-1]}: "{value}"')
    return "\n".join([*lines, "*s/end", ""])


def as_xml(root, settings):
    """The same as elements; a number in a path is the item of the element before it."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<{root}>"]
    for path, value in settings:
        names = []
        for word in path.split(" "):
            if word.isdigit():
                names[-1] = (names[-1][0], word)
            else:
                names.append((word, "1"))
        front = "".join(f'<{name} item="{item}">' for name, item in names)
        back = "".join(f"</{name}>" for name, _ in reversed(names))
        lines.append(f"  {front}{value}{back}")
    return "\n".join([*lines, f"</{root}>", ""])
