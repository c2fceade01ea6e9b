#!/usr/bin/env python3
"""Runs the ```console blocks of Markdown files and compares what comes with what they show.

    run_examples.py PROGRAM_FOLDER FILE.md [FILE.md ...]

A line "$ command" is run by a shell in a scratch copy of the places it may read; the lines below it are
the expected output, in which a line "…" stands for any lines. UPDATE_GOLDEN=1 writes what came, in blocks
that hold no "…".
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(block):
    """[(command, [expected lines])] of one block."""
    result = []
    for line in block.splitlines():
        if line.startswith("$ "):
            result.append((line[2:], []))
        elif result:
            result[-1][1].append(line)
    return result


def agrees(expected, came):
    """True if the lines that came are the expected ones, with "…" standing for any number of lines."""
    if not expected:
        return not came
    if expected[0] == "…":
        return any(agrees(expected[1:], came[i:]) for i in range(len(came) + 1))
    return bool(came) and expected[0] == came[0] and agrees(expected[1:], came[1:])


def run(command, folder, programs):
    environment = dict(os.environ, PATH=programs + os.pathsep + os.environ["PATH"], NO_COLOR="1", COLUMNS="100")
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, text=True, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [line.rstrip() for line in done.stdout.splitlines()]


def check(path, folder, programs):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    failures, count = 0, 0
    update = os.environ.get("UPDATE_GOLDEN") == "1"

    def replace(match):
        nonlocal failures, count
        lines = []
        for command, expected in commands_of(match.group(1)):
            count += 1
            came = run(command, folder, programs)
            if not agrees(expected, came):
                if update and "…" not in expected:
                    expected = came
                else:
                    failures += 1
                    print(f"{path}: $ {command}\n  expected:\n    " + "\n    ".join(expected) +
                          "\n  came:\n    " + "\n    ".join(came))
            lines += ["$ " + command] + expected
        return "```console\n" + "\n".join(lines) + "\n```"

    new = BLOCK.sub(replace, text)
    if update and new != text:
        with open(path, "w", encoding="utf-8") as file:
            file.write(new)
    return failures, count


def main():
    programs, files = sys.argv[1], sys.argv[2:]
    failures = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("testdata", "signatures"):
            shutil.copytree(os.path.join(REPOSITORY, name), os.path.join(folder, name))
        for path in files:
            failed, ran = check(path, folder, programs)
            failures, count = failures + failed, count + ran
    print(f"{count} examples run, {failures} failed")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
