#!/usr/bin/env python3
"""Holds every signature of the library to the rules of the library, which are stricter than lint.

    signature_rules.py BUILD/bin/assay

Each has a title, a description, a condition, further information, actions and references; what it needs;
products, components and symptoms out of the lists below; Japanese and Italian words where the source is translated;
at least one test that fires and two that do not, one of them a near miss; and an opening comment that says where its
pattern comes from and how sure that is. What is inferred is experimental.
"""

import difflib
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))

from signature_documents import as_list, english, files_of, fires, read_library  # noqa: E402

PRODUCTS = {
    "Expressway-C", "Expressway-E", "Unified CM", "IM and Presence", "Unity Connection", "Meeting Server", "TMS",
    "Webex", "Exchange", "Finesse", "Unified CCX", "Unified CCE", "Unified Intelligence Center", "Identity Service",
}  # fmt: skip
COMPONENTS = {
    "Administration", "Alarms", "CTI", "Calls", "Certificates and TLS", "Clustering", "DNS", "Database", "Desktop",
    "Directory", "Gadgets", "Hardware", "Hybrid services", "Intrusion protection", "Licensing", "MRA",
    "Microsoft interoperability", "NTP", "Network", "Notification service", "Provisioning", "Registrations",
    "Single sign-on", "System", "Upgrade", "WebRTC and TURN", "XMPP and IM&P", "Zones",
}  # fmt: skip
SYMPTOMS = {
    "A certificate is refused or runs out", "A gadget does not load", "A zone is down", "Administrators cannot sign in",
    "Agents are thrown out or see no changes", "Agents cannot sign in", "An upgrade fails or has to be prepared",
    "Attacks or weak security", "Calls fail", "Capacity or licenses run out", "Chat and presence fail",
    "Devices cannot register", "MRA sign-in fails", "Phone services fail over MRA", "The clock is wrong",
    "The cluster is broken", "The system itself fails", "WebRTC guests cannot join", "Webex hybrid services fail",
}  # fmt: skip
# Words that say how sure something is, or on whose authority.
SURENESS = re.compile(
    r"\b(real|certain|inferred|experience|Cisco's|OpenSSL|sources|standard|RFC|XEP|NIST|certificates|documented)\b"
)
# Documents that are there in Japanese or Italian: what comes from them is said in these languages, too.
TRANSLATED = re.compile(r"\b218018\b|note on Expressway certificates|note on SSLPeerUnverifiedException")
LANGUAGES = {"en", "ja", "it"}
# How much of a record that does not fire has to be as in one that fires.
NEAR = 0.6


def records(test):
    """The records of a test, each as its words; times and numbers, which differ anywhere, are none."""
    lines = "\n".join(files_of(test).values()).splitlines()
    return {tuple(re.findall(r"[A-Za-z]+", line)) for line in lines}


def are_alike(one, other):
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def is_near_miss(test, fired):
    """A record much like one of a test that fires; of captures it is enough to have one."""
    if as_list(test.get("captures")):
        return True
    if test["expect"]["status"] not in ("no_issue", "not_applicable"):
        return False
    return any(are_alike(one, its) for other in fired for one in records(test) for its in records(other))


def words_that_lack(signature):
    text = signature["text"]
    wanted = {
        "title": signature["title"],
        "description": text.get("description"),
        "condition": text.get("condition"),
        "further_information": text.get("further_information"),
    }
    lacking = [key for key, value in wanted.items() if not english(value).strip()]
    if not as_list(text.get("actions")):
        lacking.append("actions")
    return lacking + [key for key in ("references", "needs") if not as_list(signature.get(key))]


def faults_of_lists(signature):
    for key, known in (("products", PRODUCTS), ("components", COMPONENTS), ("symptoms", SYMPTOMS)):
        names = as_list(signature.get(key))
        if not names:
            yield f"has no {key}"
        for name in names:
            if name not in known:
                yield f"has {key} '{name}', which {pathlib.Path(__file__).name} does not know"


def faults_of_tests(signature):
    tests = signature.get("tests", [])
    fired = [test for test in tests if fires(test)]
    quiet = [test for test in tests if not fires(test)]
    if not fired:
        yield "has no test that fires"
    if len(quiet) < 2:
        yield f"has {len(quiet)} tests that do not fire, two are wanted"
    if not any(is_near_miss(test, fired) for test in quiet):
        yield "has no near miss among its tests: evidence much like that which fires, and does not"


def faults_of_provenance(signature):
    comment = signature["comment"]
    if not SURENESS.search(comment):
        yield "does not say in its opening comment where its pattern comes from and how sure that is"
    if signature["status"] == "stable" and re.search(r"\b(experimental|inferred)\b", comment):
        yield "is stable, and its comment says that something is inferred"
    if signature["status"] == "experimental" and not re.search(
        r"\b(inferred|not known|experience|experimental|other alarms in it|compared as)\b", comment
    ):
        yield "is experimental, and its comment does not say what is inferred"


def texts_of(signature):
    text = signature["text"]
    yield "title", signature["title"]
    for key in ("description", "condition", "further_information"):
        yield key, text.get(key)
    for number, action in enumerate(as_list(text.get("actions")), 1):
        has_text = isinstance(action, dict) and "text" in action
        yield f"action {number}", action["text"] if has_text else action


def faults_of_languages(signature):
    sources = [signature["comment"], *as_list(signature.get("references"))]
    if not any(TRANSLATED.search(source) for source in sources):
        return
    for where, words in texts_of(signature):
        lacking = LANGUAGES - set(words if isinstance(words, dict) else ("en",))
        for language in sorted(lacking):
            yield f"has no {where} in '{language}', though its source is translated"


def faults_of(signature):
    for key in words_that_lack(signature):
        yield f"has no {key}"
    yield from faults_of_lists(signature)
    yield from faults_of_tests(signature)
    yield from faults_of_provenance(signature)
    yield from faults_of_languages(signature)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    library = read_library(sys.argv[1])
    remarks = [f"{one['file']}: {one['id']} {fault}" for one in library for fault in faults_of(one)]
    if len(library) < 50:
        remarks.append(f"only {len(library)} signatures were found")
    print("\n".join(remarks) if remarks else f"{len(library)} signatures keep the rules")
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main())
