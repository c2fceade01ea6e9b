#!/usr/bin/env python3
"""Writes valid signatures that no log can hit, each with words of its own.

    make_signatures.py COUNT FOLDER

They are of the usual size and shape (two observations, a correlation, texts, tests), so that loading,
compiling and matching many of them can be measured. The same COUNT makes the same files.
"""

import pathlib
import random
import sys

SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu wa xe zi".split()
PROCESSES = ["tvcs", "traffic_server", "licensemanager", "edgeconfigprovisioning", "XCP_JABBERD"]

TEMPLATE = """\
id: BENCH{number:05}
title: The {subject} of {place} does not answer
kind: network
severity: medium
status: stable
references: [https://example.com/{number}]
scope: node
applies: {{fact: product.version, at_least: X{major}.{minor}}}
needs: [log]

observe:
  refused:
    log:
      process: {process}
      message: 'Connection to {subject} (?P<target>[^ ]+) refused by {place}: error (?P<code>\\d+)'
  retried:
    log: {{event: "{event}", detail: 'retry of {subject} (?P<target>[^ ]+)'}}

correlate:
  again: {{sequence: [refused, retried], same: [target], within: 30s}}

conclude:
  - {{status: issue, when: again, group_by: target}}
  - {{status: potential_problem, when: {{any: [refused, retried]}}, group_by: target}}

text:
  description: >-
    The {subject} of these nodes refuses connections that {place} asks for:
    {{{{#groups}}}}{{{{target}}}}{{{{#code}}}} (error {{{{code}}}}){{{{/code}}}}{{{{#more}}}}, {{{{/more}}}}{{{{/groups}}}}.
    Clients that depend on it see a delay of up to a minute, and then an error.
  condition: Nodes with version X{major}.{minor} and higher that have {subject} switched on.
  actions:
    - Check that {place} can be reached from the node, and that nothing between them cuts the connection.
  snippet: {{of: [refused, retried], keep: latest, per_group: 1}}

tests:
  - name: refused and tried again
    log: |
      2022-07-11T18:55:26.016+02:00 vcsc {process}: Connection to {subject} cucm.example.com refused by {place}: error 12
      2022-07-11T18:55:27.016+02:00 vcsc tvcs: Event="{event}" Detail="retry of {subject} cucm.example.com" Level="1"
    facts: {{product.version: X{major}.{minor}}}
    expect: {{status: issue, groups: [{{target: cucm.example.com}}]}}
  - name: nothing of the kind
    log: |
      2022-07-11T18:55:26.016+02:00 vcsc tvcs: Event="System Start" Level="1"
    facts: {{product.version: X{major}.{minor}}}
    expect: {{status: no_issue}}
"""


def word(source, syllables):
    return "".join(source.choice(SYLLABLES) for _ in range(syllables))


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(1)
    for number in range(int(sys.argv[1])):
        text = TEMPLATE.format(
            number=number,
            subject=f"{word(source, 3)} {word(source, 2)}",
            place=word(source, 4),
            event=f"{word(source, 2).title()} {word(source, 3)} lost",
            process=source.choice(PROCESSES),
            major=source.choice([8, 12, 14, 15]),
            minor=source.randrange(6),
        )
        (folder / f"BENCH{number:05}.yaml").write_text(text)


if __name__ == "__main__":
    main()
