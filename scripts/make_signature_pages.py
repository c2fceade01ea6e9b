#!/usr/bin/env python3
"""Makes docs/signatures/: a page for each signature, and an index by symptom, product, component and alarm.

All that a page says comes from the signature, as the program reads it. An example is the first test of the file
that fires, with what the program says of it.

    scripts/make_signature_pages.py BUILD/bin/assay            writes docs/signatures/
    scripts/make_signature_pages.py --check BUILD/bin/assay    changes nothing; says what is stale
"""

import csv
import json
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True

from signature_documents import LIBRARY, REPOSITORY, as_list, english, files_of, fires, read_library  # noqa: E402
from signature_documents import read_vocabulary, run  # noqa: E402

FOLDER = REPOSITORY / "docs" / "signatures"
MADE = "<!-- Made by scripts/make_signature_pages.py; change the signature, not this file. -->"
SEVERITIES = ("critical", "high", "medium", "low", "information")
STATUS = {"issue": "issue", "potential_problem": "potential problem"}
LONGEST_EXAMPLE = 12  # lines
WORDS = {
    "is": "is", "one_of": "is one of", "contains": "contains", "matches": "matches", "at_least": "is at least",
    "at_most": "is at most", "above": "is above", "below": "is below",
}  # fmt: skip


# ---- words -----------------------------------------------------------------------------------------------


def plain(text):
    """Markdown that shows these words as they are; addresses and `code` are left alone."""
    parts = re.split(r"(https?://\S+|`[^`]*`)", text)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"([\\*_<>|\[\]])", r"\\\1", parts[i])
    return "".join(parts)


def code(text):
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


class Pages:
    """What all pages know: the signatures by id, and what their names mean."""

    def __init__(self, signatures, vocabulary, program):
        self.signatures = signatures
        self.vocabulary = vocabulary
        self.program = program
        self.ids = {signature["id"] for signature in signatures}
        names = "|".join(re.escape(name) for name in sorted(self.ids, key=len, reverse=True))
        self.name = re.compile(rf"(?<![\w-])({names})(?![\w-])")

    def linked(self, text, own=""):
        """Plain words in which the names of other signatures lead to their pages."""
        link = lambda found: found[1] if found[1] == own else f"[{found[1]}]({found[1]}.md)"  # noqa: E731
        return self.name.sub(link, plain(text))


TAG_OF_A_LINE = re.compile(r"^ *(\{\{[#^/][^}]*\}\}) *\n", re.MULTILINE)
INNERMOST_SECTION = re.compile(r"\{\{([#^])\s*(\S+?)\s*\}\}((?:(?!\{\{[#^/]).)*)\{\{/\s*\2\s*\}\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\{?&?\s*([^#^/}]+?)\s*\}?\}\}")
OPEN, CLOSE = "\x01", "\x02"  # brackets of ours, until all sections are gone


def section_words(found):
    """Words of a section: those of a part of a line in brackets, unless they are a value and nothing else."""
    sort, name, words = found.groups()
    if sort == "^" or name == "more":
        return ""
    bare = words.replace(OPEN, "").replace(CLOSE, "")
    if name == "groups" or "\n" in words or not bare.strip() or VARIABLE.fullmatch(bare.strip()):
        return words
    before, after = (" " if bare[0] == " " else ""), (" " if bare[-1] == " " else "")
    return before + OPEN + bare.strip() + CLOSE + after


def without_tags(template):
    """A text of a signature with ‹names› for values of the evidence and [brackets] where a report may have none."""
    text, before = TAG_OF_A_LINE.sub(r"\1", template), ""
    while text != before:
        before, text = text, INNERMOST_SECTION.sub(section_words, text)
    text = re.sub(rf"(?<=[.;{CLOSE}])(?={OPEN}[\w‹(])|(?<={CLOSE})(?=[A-Za-z])", " ", text)
    text = text.replace(OPEN, "[").replace(CLOSE, "]")
    return re.sub(r"(?<=\S)  +(?=\S)", " ", VARIABLE.sub(r"‹\1›", text)).strip()


def value_words(value):
    if isinstance(value, list):
        return " or ".join(code(str(one)) for one in value)
    return code(str(value))


def test_words(name, test):
    """What a condition says of a fact or a capture."""
    said = []
    for operator, value in test.items():
        if operator == "exists":
            said.append(f"{name} is {'known' if value else 'not known'}")
        elif operator == "not" and isinstance(value, dict):
            said.append(f"not ({test_words(name, value)})")
        elif operator in ("any", "every"):
            said.append(f"for {'one' if operator == 'any' else 'every'} value {test_words(name, value)}")
        elif operator in WORDS:
            said.append(f"{name} {WORDS[operator]} {value_words(value)}")
    return " and ".join(said)


def in_brackets(words):
    return f"({words})" if " and " in words or " or " in words else words


def condition_words(condition):
    """A condition over facts, observations and correlations as a sentence without its end."""
    if isinstance(condition, str):
        return f"{code(condition)} was seen"
    if "fact" in condition or "observed" in condition:
        test = {key: value for key, value in condition.items() if key not in ("fact", "observed", "field")}
        named = code(condition.get("fact") or condition.get("field") or condition["observed"])
        return test_words(named, test) if test else f"{named} was seen"
    said = []
    for operator, words in (("all", " and "), ("any", " or ")):
        parts = list(dict.fromkeys(condition_words(one) for one in condition.get(operator, [])))
        if parts:
            said.append(parts[0] if len(parts) == 1 else words.join(map(in_brackets, parts)))
    if "not" in condition:
        said.append(f"not ({condition_words(condition['not'])})")
    return " and ".join(said)


# ---- one page --------------------------------------------------------------------------------------------


def table_of(rows):
    lines = [f"| **{name}** | {words} |" for name, words in rows if words]
    return "\n".join(["| | |", "|---|---|", *lines])


def needs_of(pages, signature):
    told = []
    for need in as_list(signature.get("needs")):
        name = need["fact"] if isinstance(need, dict) else need
        help_words = pages.vocabulary.get(name) or pages.vocabulary.get(name.split(".")[0] + ".*", "")
        told.append(f"{code(name)} ({plain(help_words.rstrip('.'))})" if help_words else code(name))
    return "<br>".join(told)


def maturity_of(signature):
    if signature["status"] == "experimental":
        return "experimental: part of the pattern is inferred and not yet seen on a real system"
    return signature["status"]


def facts_of(pages, signature):
    languages = sorted(signature["title"]) if isinstance(signature["title"], dict) else ["en"]
    hides = [other["id"] for other in pages.signatures if signature["id"] in as_list(other.get("hidden_by"))]
    link = lambda ids: ", ".join(f"[{name}]({name}.md)" for name in ids)  # noqa: E731
    applies = condition_words(signature["applies"]) if "applies" in signature else "any device of the family of these products"
    return table_of(
        [
            ("Id", code(signature["id"])),
            ("Also known as", ", ".join(map(code, as_list(signature.get("also_known_as"))))),
            ("Severity, kind", f"{signature['severity']}, {signature['kind']}"),
            ("Maturity", maturity_of(signature)),
            ("Products", ", ".join(map(plain, as_list(signature.get("products"))))),
            ("Components", ", ".join(map(plain, as_list(signature.get("components"))))),
            ("Symptoms", ", ".join(map(plain, as_list(signature.get("symptoms"))))),
            ("Applies where", applies.replace("|", "\\|")),
            ("Needs, to say that there is no issue", needs_of(pages, signature)),
            ("Gives way to", link(as_list(signature.get("hidden_by")))),
            ("Comes before", link(hides)),
            ("Languages", ", ".join(languages)),
        ]
    )


def actions_of(pages, signature):
    lines = []
    for number, action in enumerate(as_list(signature["text"].get("actions")), 1):
        when = ""
        words = action
        if isinstance(action, dict) and ("text" in action or "when" in action):
            words = action["text"]
            when = f"*Where {condition_words(action['when'])}:* " if "when" in action else ""
        text = pages.linked(without_tags(english(words)), signature["id"]).replace("\n", "\n   ")
        lines.append(f"{number}. {when}{text}")
    return "\n".join(lines)


def shown_file(name, text):
    lines = text.rstrip("\n").splitlines()
    kept = lines[:LONGEST_EXAMPLE]
    if len(lines) > len(kept):
        kept.append(f"... and {len(lines) - len(kept)} more lines")
    return f"{code(name)}:\n\n```text\n" + "\n".join(kept) + "\n```"


def said_of(pages, signature, test):
    """The description that the program makes of a test; None where the test presets facts."""
    if "facts" in test:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files_of(test).items():
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")
        file = LIBRARY / signature["file"]
        captures = [str(file.parent / path) for path in as_list(test.get("captures"))]
        found = run_analysis(pages.program, file, [folder, *captures])
    findings = [one for one in found["findings"] if one["status"] == test["expect"]["status"]]
    return findings[0]["description"].strip() if findings else None


def run_analysis(program, signature_file, paths):
    # The status of the program says whether something was found; here only what it says counts.
    script = 'program=$1; shift; "$program" analyze --json - "$@" || [ $? -ne 2 ]'
    return json.loads(run("sh", "-c", script, "sh", program, "--signatures", str(signature_file), *paths))


def example_of(pages, signature):
    test = next((test for test in signature["tests"] if fires(test)), None)
    if test is None:
        return ""
    parts = [f"{test['name'][0].upper()}{test['name'][1:]}. {STATUS[test['expect']['status']].capitalize()}."]
    parts += [shown_file(name, text) for name, text in files_of(test).items()]
    captures = [f"[{pathlib.PurePath(path).name}](../../signatures/captures/{pathlib.PurePath(path).name})"
                for path in as_list(test.get("captures"))]  # fmt: skip
    if captures:
        parts.append("With " + ", ".join(captures) + ".")
    said = said_of(pages, signature, test)
    if said:
        parts.append("assay says:\n\n" + "\n".join(f"> {plain(line)}" if line else ">" for line in said.splitlines()))
    return "\n\n".join(parts)


def tests_of(signature):
    lines = []
    for test in signature["tests"]:
        verdict = test["expect"]["status"].replace("_", " ")
        lines.append(f"- {plain(test['name'])}: *{verdict}*")
    return "\n".join(lines)


def page_of(pages, signature):
    text = signature["text"]
    own = signature["id"]
    sections = [
        ("What it means", pages.linked(without_tags(english(text["description"])), own)),
        ("Condition", pages.linked(without_tags(english(text.get("condition"))), own)),
        ("Further information", pages.linked(without_tags(english(text.get("further_information"))), own)),
        ("What to do", actions_of(pages, signature)),
        ("References", "\n".join(f"- <{address}>" for address in as_list(signature.get("references")))),
        ("Where the pattern comes from", pages.linked(signature["comment"], own).replace("\n", "\n\n")),
        ("An example", example_of(pages, signature)),
        ("Held by tests", tests_of(signature)),
    ]
    source = f"../../signatures/{signature['file'].as_posix()}"
    body = "\n\n".join(f"## {heading}\n\n{words}" for heading, words in sections if words)
    return (
        f"{MADE}\n# {plain(english(signature['title']))}\n\n{facts_of(pages, signature)}\n\n{body}\n\n"
        f"[The signature]({source}) | [All signatures](README.md)\n"
    )


# ---- the index -------------------------------------------------------------------------------------------


def line_of(signature):
    nature = signature["severity"] + (", experimental" if signature["status"] == "experimental" else "")
    return f"- [{plain(english(signature['title']))}]({signature['id']}.md) ({nature})"


def by(signatures, key):
    groups = {}
    for signature in sorted(signatures, key=lambda one: (SEVERITIES.index(one["severity"]), one["id"])):
        for name in as_list(signature.get(key)):
            groups.setdefault(name, []).append(signature)
    return sorted(groups.items())


def index_by(signatures, key):
    """Names with the titles below them."""
    return "\n\n".join(
        f"### {plain(name)}\n\n" + "\n".join(map(line_of, group)) for name, group in by(signatures, key)
    )


def short_index_by(signatures, key):
    rows = [
        f"| {plain(name)} | " + ", ".join(f"[{one['id']}]({one['id']}.md)" for one in group) + " |"
        for name, group in by(signatures, key)
    ]
    return "\n".join([f"| {key[:-1]} | signatures |", "|---|---|", *rows])


def index_page(signatures):
    experimental = sum(signature["status"] == "experimental" for signature in signatures)
    rows = [
        f"| [{one['id']}]({one['id']}.md) | {one['severity']} | {one['kind']} | {one['status']} | "
        f"{plain(english(one['title']))} |"
        for one in signatures
    ]
    return (
        f"{MADE}\n# The signatures of the library\n\n"
        f"{len(signatures)} signatures, {experimental} of them experimental: part of their pattern is inferred and not "
        "yet seen on a real system. Each has a page with what it means, what to do, where its pattern comes from, and "
        "an example. [How to write one](../signatures.md).\n\n"
        "In the texts ‹names› stand for values of the evidence, and what is in \\[brackets\\] is said only where the "
        "evidence has it.\n\n"
        "- [By symptom](#by-symptom)\n- [By product](#by-product)\n- [By component](#by-component)\n"
        "- [By alarm](alarms.md): every alarm of an Expressway\n- [By id](#by-id)\n\n"
        f"## By symptom\n\n{index_by(signatures, 'symptoms')}\n\n"
        f"## By product\n\n{short_index_by(signatures, 'products')}\n\n"
        f"## By component\n\n{short_index_by(signatures, 'components')}\n\n"
        "## By id\n\n| id | severity | kind | maturity | title |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def alarm_families():
    """The signature that reads an alarm for which the table names none, by the first two digits."""
    from make_alarm_signatures import FAMILIES

    return {digits: f"EXPRESSWAY-ALARMS-{family[0]}" for digits, family in FAMILIES.items()}


def alarms_page():
    with (LIBRARY / "expressway" / "alarms.csv").open(encoding="utf-8", newline="") as file:
        alarms = list(csv.DictReader(file))
    families = alarm_families()
    rows = []
    for alarm in alarms:
        name = alarm["signature"] or families[alarm["number"][:2]]
        found = "none" if alarm["verdict"] == "none" else f"[{name}]({name}.md)"
        words = [plain(alarm[key]) for key in ("number", "title", "severity", "meaning", "action")]
        rows.append(f"| {' | '.join(words)} | {found} |")
    return (
        f"{MADE}\n# The alarms of an Expressway\n\n"
        f"All {len(alarms)} alarms that assay knows, and the signature that reads each. An alarm counts if it was raised "
        "and not lowered, or if the status dump lists it. A number that is not in this table is found by "
        "[EXPRESSWAY-ALARMS-UNKNOWN](EXPRESSWAY-ALARMS-UNKNOWN.md).\n\n"
        "| alarm | title | severity | what it means | what to do | signature |\n|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n\n[All signatures](README.md)\n"
    )


# ---- the folder ------------------------------------------------------------------------------------------


def wanted_pages(program):
    pages = Pages(read_library(program), read_vocabulary(program), program)
    wanted = {f"{signature['id']}.md": page_of(pages, signature) for signature in pages.signatures}
    wanted["README.md"] = index_page(pages.signatures)
    wanted["alarms.md"] = alarms_page()
    return wanted


def faults(wanted):
    found = []
    for name, text in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"docs/signatures/{name} is stale")
        for link in re.findall(r"\]\(([^)#:]+\.(?:md|yaml|pcap|pem))\)", text):
            known = link in wanted or ("/" in link and (FOLDER / link).resolve().exists())
            if not known:
                found.append(f"docs/signatures/{name} leads to {link}, which is not there")
    for path in sorted(FOLDER.glob("*")):
        if path.name not in wanted:
            found.append(f"docs/signatures/{path.name} is left over")
    return found


def write(wanted):
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def main():
    arguments = sys.argv[1:]
    check = arguments[:1] == ["--check"]
    if len(arguments) != 1 + check:
        print(__doc__, file=sys.stderr)
        return 2
    wanted = wanted_pages(arguments[-1])
    if not check:
        write(wanted)
    remarks = faults(wanted)
    print("\n".join(remarks) if remarks else f"{len(wanted)} pages, all as they should be")
    if remarks:
        print("run scripts/make_signature_pages.py BUILD/bin/assay")
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main())
