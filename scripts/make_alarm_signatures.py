#!/usr/bin/env python3
"""Makes the signatures for plain alarms out of the table of alarms.

signatures/expressway/alarms.csv knows every alarm of an Expressway: number, title, severity, verdict (issue,
potential_problem or none), the signature that reads it, what it means and what to do. Numbers and titles are
those of Cisco's administrator guide (X15.0); the words are our own. An alarm without a signature of its own is
read by the signature of its family, which this script writes: one for each ten thousands and thousands of the
numbers, and one for numbers that the table does not know. So every alarm that is raised is a finding, once.

    scripts/make_alarm_signatures.py            writes signatures/expressway/alarms/
    scripts/make_alarm_signatures.py --check    changes nothing; says what is stale or read by nobody
"""

import csv
import json
import pathlib
import sys

EXPRESSWAY = pathlib.Path(__file__).resolve().parent.parent / "signatures" / "expressway"
TABLE = EXPRESSWAY / "alarms.csv"
FOLDER = EXPRESSWAY / "alarms"
GUIDE = (
    "https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/expressway/admin_guide/X15-0/"
    "exwy_b_cisco-expressway-administrator-guide-x15/exwy_m_reference-material.html"
)

# First two digits: id, title, kind, severity, component, symptom.
FAMILIES = {
    "10": ("HARDWARE", "Alarms about the hardware of the Expressway", "defect", "high", "Hardware", "The system itself fails"),
    "15": ("SOFTWARE", "Alarms about the software of the Expressway", "defect", "medium", "System", "The system itself fails"),
    "20": ("CLUSTER", "Alarms about the cluster", "configuration", "medium", "Clustering", "The cluster is broken"),
    "25": ("NETWORK", "Alarms about the network settings of the Expressway", "configuration", "medium", "Network", "The system itself fails"),
    "30": ("LICENSES", "Alarms about licenses and capacity", "capacity", "medium", "Licensing", "Capacity or licenses run out"),
    "35": ("SERVICES", "Alarms about services that the Expressway uses", "configuration", "medium", "System", "The system itself fails"),
    "40": ("SECURITY", "Alarms about the security of the Expressway", "security", "medium", "Certificates and TLS", "Attacks or weak security"),
    "45": ("CONFIGURATION", "Alarms about the configuration of calls", "configuration", "medium", "Calls", "Calls fail"),
    "55": ("B2BUA", "Alarms about the settings for calls with Microsoft clients (B2BUA)", "configuration", "medium", "Microsoft interoperability", "Calls fail"),
    "60": ("HYBRID", "Alarms about Webex hybrid services and their users", "configuration", "medium", "Hybrid services", "Webex hybrid services fail"),
    "90": ("EVENTS", "Alarms about events that somebody has to know of", "information", "medium", "System", "The system itself fails"),
}

HEAD = """\
# yaml-language-server: $schema=../../signature.schema.json
#
# Made by scripts/make_alarm_signatures.py out of alarms.csv; change the table, not this file. Numbers and titles are
# those of Cisco's administrator guide (X15.0), the form of the record is real (tech note 217230). That the record of
# a lowered alarm has the same UUID, and how the status dump lists alarms, is inferred, hence experimental.
id: {id}
title: {title}
kind: {kind}
severity: {severity}
status: experimental
products: [Expressway-C, Expressway-E]
components: [Alarms, {component}]
symptoms: [{symptom}]
references:
  - {guide}

needs: [log, status]

observe:
  raised:
    log:
      event: Alarm Raised
      pair.Id: {raised}
    capture: {{id: pair.Id, uuid: pair.UUID, explanation: detail}}
  lowered:
    log:
      event: Alarm Lowered
      pair.Id: {lowered}
    capture: {{id: pair.Id, uuid: pair.UUID}}
  standing:
    setting:
      source: status
      path: '(?:^| )Alarm \\d+ I[Dd]$'
      value: {standing}

correlate:
  still_raised: {{absent: lowered, after: raised, same: [uuid]}}

conclude:
{conclude}

text:
  description: |
    {description}
    {{{{#groups}}}}
    - Alarm {{{{id}}}}{{{{#explanation}}}}: {{{{explanation}}}}{{{{/explanation}}}}{{{{^explanation}}}}, which the status dump lists{{{{/explanation}}}}
    {{{{/groups}}}}
  condition: Any Expressway.
  further_information: |
    An alarm is listed here if it was raised and not lowered while the log was taken, or if the status dump lists it and the log does not lower it.
  actions:
{actions}
  snippet: {{of: [raised, standing], keep: latest, per_group: 1}}

tests:
{tests}
"""

RAISED = "{any: [still_raised, {all: [standing, {not: lowered}]}]}"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


# Lists, not patterns: to compile one of hundreds of alternatives takes as long as to load ten signatures.
def list_of(numbers):
    return "[" + ", ".join(quoted(number) for number in numbers) + "]"


def one_of(numbers):
    return f"{{one_of: {list_of(numbers)}}}"


def is_one_of(numbers):
    fields = (f"{{observed: {name}, field: id, one_of: {list_of(numbers)}}}" for name in ("raised", "standing"))
    return "{any: [" + ", ".join(fields) + "]}"


def conclusions(rows):
    issues = [row["number"] for row in rows if row["verdict"] == "issue"]
    if not issues:
        return f"  - {{status: potential_problem, when: {RAISED}, group_by: id}}"
    if len(issues) == len(rows):
        return f"  - {{status: issue, when: {RAISED}, group_by: id}}"
    return (
        f"  - {{status: issue, when: {{all: [{RAISED}, {is_one_of(issues)}]}}, group_by: id}}\n"
        f"  - {{status: potential_problem, when: {RAISED}, group_by: id}}"
    )


def action(row):
    number = quoted(row["number"])
    about = (f"{{observed: {name}, field: id, is: {number}}}" for name in ("raised", "standing"))
    title = row["title"].rstrip(".")
    words = f"Alarm {row['number']}, {title}. {row['meaning']}. {row['action']}."
    return f"    - when: {{any: [{', '.join(about)}]}}\n      text: {quoted(words)}"


def record(minute, event, number, words):
    return (
        f'2024-08-12T14:{minute}:43.524-05:00 vcsc alarm: Level="WARN" Event="Alarm {event}" Id="{number}" '
        f'UUID="{number}695e-d954-4f6f-85c1-2ef1eae6f764" Severity="warning" Detail="{words}" '
        f'UTCTime="2024-08-12 19:{minute}:43,524"'
    )


def test(name, expect, log, status=None):
    if status is None:
        return f"  - name: {name}\n    log: |\n      {log}\n    expect: {expect}"
    return (
        f"  - name: {name}\n    files:\n      loggingsnapshot_test.txt: |\n"
        + "".join(f"        {line}\n" for line in log.splitlines())
        + f"      xstat_dump_test.txt: |\n        {status}\n    expect: {expect}"
    )


def tests(number, title, verdict, other, words):
    raised = record(57, "Raised", number, title)
    found = f'{{status: {verdict}, groups: [{{id: "{number}"}}]{words}}}'
    healthy = '*s SystemUnit Product: "Cisco Expressway-C"'
    start = '2024-08-12T14:57:43.524-05:00 vcsc tvcs: Event="System Start" Level="1" UTCTime="2024-08-12 19:57:43,524"'
    return "\n".join(
        [
            test("raised, and not lowered", found, raised),
            test("raised before the log began", found, start, f'*s Alarm 1 ID: "{number}"'),
            test("lowered again", "{status: no_issue}", raised + "\n" + record(58, "Lowered", number, title), healthy),
            test(
                "an alarm of another family", "{status: no_issue}",
                record(57, "Raised", *other), f'*s Alarm 1 ID: "{other[0]}"',
            ),  # fmt: skip
        ]
    )


def family_signature(digits, rows):
    name, title, kind, severity, component, symptom = FAMILIES[digits]
    numbers = [row["number"] for row in rows]
    first = next((row for row in rows if row["verdict"] == "issue"), rows[0])
    words = f", actions: [{quoted(first['action'])}]"
    return HEAD.format(
        id=f"EXPRESSWAY-ALARMS-{name}", title=title, kind=kind, severity=severity, guide=GUIDE,
        component=component, symptom=symptom, raised=one_of(numbers), lowered=one_of(numbers), standing=f"{{matches: '^(?P<id>\\d+)$', one_of: {list_of(numbers)}}}",
        conclude=conclusions(rows), description="The Expressway itself says that something is wrong.",
        actions="\n".join(action(row) for row in rows),
        tests=tests(
            first["number"], first["title"], first["verdict"], ("25019", "Verbose log levels configured"), words
        ),
    )  # fmt: skip


def unknown_signature(rows):
    known = one_of([row["number"] for row in rows])
    not_known = f"{{matches: '^\\d+$', not: {known}}}"
    return HEAD.format(
        id="EXPRESSWAY-ALARMS-UNKNOWN", title="Alarms that assay does not know", kind="information",
        severity="medium", guide=GUIDE, component="System", symptom="The system itself fails", raised=not_known, lowered=not_known,
        standing=f"{{matches: '^(?P<id>\\d+)$', not: {known}}}",
        conclude=f"  - {{status: potential_problem, when: {RAISED}, group_by: id}}",
        description="The Expressway raised alarms whose numbers are not in the table of this library.",
        actions='    - "Look the alarm up in Status > Alarms and in the administrator guide of this version."',
        tests=tests("99999", "Something new", "potential_problem", ("25019", "Verbose log levels configured"), ""),
    )  # fmt: skip


def read_table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wanted_files(rows):
    files = {}
    for digits, (name, *_) in FAMILIES.items():
        own = [
            row
            for row in rows
            if row["number"].startswith(digits) and not row["signature"] and row["verdict"] != "none"
        ]
        if own:
            files[f"EXPRESSWAY-ALARMS-{name}.yaml"] = family_signature(digits, own)
    files["EXPRESSWAY-ALARMS-UNKNOWN.yaml"] = unknown_signature(rows)
    return files


def faults(rows, files):
    """What a person has to repair: in the table, in the signatures that it names, in the written files."""
    found = []
    numbers = [row["number"] for row in rows]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        found.append(f"{TABLE.name}: alarm {number} is there twice")
    for row in rows:
        if row["verdict"] not in ("issue", "potential_problem", "none"):
            found.append(f"{TABLE.name}: alarm {row['number']}: no such verdict: {row['verdict']}")
        if row["number"][:2] not in FAMILIES:
            found.append(f"{TABLE.name}: alarm {row['number']}: no family begins with {row['number'][:2]}")
        signature = EXPRESSWAY / f"{row['signature']}.yaml"
        if row["signature"] and (
            not signature.exists() or f'"{row["number"]}"' not in signature.read_text(encoding="utf-8")
        ):
            found.append(f"{TABLE.name}: alarm {row['number']} is not read by {signature.name}, as the table says")
    for name, text in files.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"{name} is stale; run scripts/make_alarm_signatures.py")
    for path in FOLDER.glob("*.yaml"):
        if path.name not in files:
            found.append(f"{path.name} is left over; run scripts/make_alarm_signatures.py")
    return found


def main():
    rows = read_table()
    files = wanted_files(rows)
    if sys.argv[1:] != ["--check"]:
        FOLDER.mkdir(exist_ok=True)
        for path in FOLDER.glob("*.yaml"):
            path.unlink()
        for name, text in files.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    remarks = faults(rows, files)
    print("\n".join(remarks) if remarks else f"{len(rows)} alarms, {len(files)} signatures of families, all read")
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main())
