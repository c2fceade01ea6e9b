"""The signatures of the library, as the program itself reads them: `assay signatures list` and `show`."""

import json
import os
import pathlib
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
LIBRARY = REPOSITORY / "signatures"
FIRES = ("issue", "potential_problem")


def run(program, *arguments):
    # No locale and no other pack than ours.
    surroundings = {**os.environ, "ASSAY_SIGNATURES": str(LIBRARY), "LC_ALL": "C"}
    return subprocess.run(
        [program, *arguments], env=surroundings, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def read_library(program):
    """Each signature with `file` and `comment` beside what its file says, in order of id."""
    signatures = []
    for line in run(program, "signatures", "list", "--format", "jsonl").splitlines():
        card = json.loads(line)
        shown = run(program, "signatures", "show", card["id"], "--signatures", card["file"], "--format", "json")
        document = json.loads(shown)
        signature = document["signature"]
        signature["file"] = pathlib.Path(document["file"]).relative_to(LIBRARY)
        signature["comment"] = document["comment"]
        signature.setdefault("status", card["maturity"])
        signatures.append(signature)
    return signatures


def read_vocabulary(program):
    """Fields, facts and kinds of evidence: name and help."""
    lines = run(program, "fields", "--format", "jsonl").splitlines()
    return {entry["name"]: entry["help"] for entry in map(json.loads, lines)}


def as_list(value):
    """What may be one or several in a signature, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def english(words):
    return words["en"] if isinstance(words, dict) else words or ""


def fires(test):
    return test["expect"]["status"] in FIRES


def files_of(test):
    """Names and contents of what a test gives to the program, but for captures."""
    files = dict(test.get("files", {}))
    if "log" in test:
        files["loggingsnapshot_test.txt"] = test["log"]
    return files
