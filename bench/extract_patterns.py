#!/usr/bin/env python3
"""Prints what the log observations of a folder of signatures look for, as extended regular expressions.

    extract_patterns.py FOLDER > patterns.txt

One pattern a line, for grep -E, rg and ugrep alike: groups lose their names, lazy repetitions become greedy,
anchors of a field are dropped because those tools see whole lines; of a pattern over several lines the most
telling one is kept. Where a pattern ignores case, its letters become classes of both cases. Where several
fields must hold together, only the most telling one is looked for: "a detail of any words" would be in every
line.
"""

import pathlib
import re
import sys

import yaml

TEXT_FIELDS = {"message", "detail", "text", "block"}


def both_cases(pattern):
    """The pattern with [aA] for every letter that stands for itself."""
    parts = re.split(r"(\\.|\[[^]]*\])", pattern)
    return "".join(
        part if part.startswith(("\\", "[")) else re.sub(r"[A-Za-z]", lambda m: f"[{m[0].lower()}{m[0].upper()}]", part)
        for part in parts
    )


def telling(pattern):
    """The length of the longest run of letters that stand for themselves."""
    return max(map(len, re.split(r"\\.|\[[^]]*\]\]?|[.()*+?|{}^$]", pattern)))


def extended(pattern):
    flags = re.match(r"\(\?([is]+)\)", pattern)
    ignores_case = flags is not None and "i" in flags[1]
    pattern = pattern[flags.end():] if flags else pattern
    pattern = re.sub(r"\[\^[^]]*\\n[^]]*\]\]?", ".", pattern)  # [^\n]: within a line that is any
    pattern = max(pattern.split(r"\n"), key=telling)
    pattern = re.sub(r"\(\?P<\w+>|\(\?:", "(", pattern)
    pattern = re.sub(r"([+*}])\?", r"\1", pattern)
    pattern = pattern.replace(r"\d", "[0-9]").replace(r"\S", "[^[:space:]]").replace(r"\s", "[[:space:]]")
    pattern = pattern.removeprefix("^")
    pattern = re.sub(r"(?<!\\)\$$", "", pattern)
    return both_cases(pattern) if ignores_case else pattern


def literal(text):
    return re.sub(r"([][.^$*+?(){}|\\])", r"\\\1", str(text))


def of_value(field, test):
    if isinstance(test, list):
        return [pattern for value in test for pattern in of_value(field, {"is": value})]
    if not isinstance(test, dict):
        test = {"matches": test} if field in TEXT_FIELDS else {"is": test}
    found = []
    for operator, operand in test.items():
        if operator == "matches":
            found.append(extended(operand))
        elif operator in ("is", "contains"):
            found.append(literal(operand))
        elif operator == "one_of":
            found.extend(literal(value) for value in operand)
        elif operator in ("any", "every"):
            found.extend(of_value(field, operand))
    return found


def most_telling(choices):
    """Of several lists of patterns, of which all must hold, the one that fewest lines hold."""
    choices = [choice for choice in choices if choice]
    return max(choices, key=lambda choice: min(map(telling, choice)), default=[])


def of_fields(fields):
    choices = []
    for field, test in fields.items():
        if field == "any":
            choices.append([pattern for part in test for pattern in of_fields(part)])
        elif field == "all":
            choices.extend(of_fields(part) for part in test)
        elif field in TEXT_FIELDS or field == "event":
            choices.append(of_value(field, test))
    return most_telling(choices)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    patterns = set()
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
        document = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        for observation in document.get("observe", {}).values():  # a pack.yaml has none
            patterns.update(of_fields(observation.get("log", {})))
    print("\n".join(sorted(patterns)))


if __name__ == "__main__":
    main()
