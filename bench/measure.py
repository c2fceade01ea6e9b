"""Runs the programs in turns and prints medians; compare.sh calls it with the data made."""

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time

# What assay is to reach on a bundle with a log of 300 MB.
GOALS = {
    "igzip -dc": (2.0, "at most 2.0 times igzip -dc"),
    "ugrep -z": (1.0, "faster than ugrep -z"),
    "rg -z": (0.25, "at least 4 times faster than rg -z"),
}
MANY_TO_FEW = 1.2
LOAD_SECONDS = 3.0
MEMORY_MIB = 96


def run(command):
    """Seconds and peak memory in MiB of a shell command and all that it starts."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    words = process.stderr.read().decode(errors="replace")
    if code not in (0, 1, 3):  # 1: assay found something, or grep nothing; 3: evidence incomplete
        sys.exit(f"{command}\nended with status {code}: {words}")
    return seconds, usage.ru_maxrss / 1024


def all_rounds(commands, rounds):
    """For each name the (seconds, memory) of every round."""
    measured = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            measured[name].append(run(command))
    return measured


def take_turns(commands, rounds):
    """For each name the median of seconds and the largest memory."""
    return {
        name: (statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs))
        for name, runs in all_rounds(commands, rounds).items()
    }


def verdict(holds):
    return "reached" if holds else "MISSED"


def compare_programs(options):
    bundle, patterns = shlex.quote(options.bundle), shlex.quote(options.patterns)
    assay = f"{shlex.quote(options.assay)} analyze --signatures {shlex.quote(options.shipped)} {bundle}"
    commands = {
        "assay analyze": assay,
        "igzip -dc": f"igzip -dc {bundle}",
        "gzip -dc": f"gzip -dc {bundle}",
        "zcat | grep -E": f"zcat {bundle} | LC_ALL=C grep -a -c -E -f {patterns}",
        "rg -z": f"rg -z -a -c -f {patterns} {bundle}",
        "ugrep -z": f"ugrep -z -a -c -E -f {patterns} {bundle}",
    }
    for command in commands.values():
        run(command)  # so that all find the data in memory
    medians = take_turns(commands, options.rounds)
    igzip = medians["igzip -dc"][0]
    print(f"## {os.path.getsize(options.bundle) / 1e6:.0f} MB bundle, {options.rounds} rounds\n")
    print("| program | seconds | of igzip | peak MiB |\n|---|---:|---:|---:|")
    for name, (seconds, memory) in medians.items():
        cell = name.replace("|", "\\|")
        print(f"| {cell} | {seconds:.3f} | {seconds / igzip:.2f} | {memory:.0f} |")
    print()
    ours = medians["assay analyze"][0]
    for name, (factor, words) in GOALS.items():
        ratio = ours / medians[name][0]
        print(f"- {words}: {verdict(ratio <= factor)} ({ratio:.2f} of its time)")


def compare_numbers_of_signatures(options):
    assay, bundle = shlex.quote(options.assay), shlex.quote(options.bundle)
    commands = {}
    for name, folder in (("10", options.few), ("10,000", options.many)):
        commands[f"load {name}"] = f"{assay} signatures list --signatures {shlex.quote(folder)}"
        commands[f"analyze with {name}"] = f"{assay} analyze --signatures {shlex.quote(folder)} {bundle}"
    measured = all_rounds(commands, options.rounds)

    def seconds_of(name):
        return [seconds for seconds, _ in measured[name]]

    def without_loading(name):  # each round by itself, because a machine is faster in one than in another
        pairs = zip(seconds_of(f"analyze with {name}"), seconds_of(f"load {name}"))
        return statistics.median(analyzed - loaded for analyzed, loaded in pairs)

    few, many = without_loading("10"), without_loading("10,000")
    loads = {name: statistics.median(seconds_of(f"load {name}")) for name in ("10", "10,000")}
    load = loads["10,000"]
    print("\n## 10 signatures and 10,000\n")
    print("| signatures | loaded in s | analysed in s, without loading | peak MiB |\n|---|---:|---:|---:|")
    for name, seconds in (("10", few), ("10,000", many)):
        memory = max(memory for _, memory in measured[f"analyze with {name}"])
        print(f"| {name} | {loads[name]:.3f} | {seconds:.3f} | {memory:.0f} |")
    print(f"\n- 10,000 instead of 10 take at most {MANY_TO_FEW} times the time: "
          f"{verdict(many <= MANY_TO_FEW * few)} ({many / few:.2f})")
    print(f"- 10,000 are loaded in at most {LOAD_SECONDS:.0f} s: {verdict(load <= LOAD_SECONDS)} ({load:.2f} s)")


def show_start(options):
    """What a tiny bundle costs, for those who look at thousands of them."""
    assay, shipped = shlex.quote(options.assay), shlex.quote(options.shipped)
    commands = {
        "assay version (the process alone)": f"{assay} version",
        "assay signatures list (all shipped ones are loaded)": f"{assay} signatures list --signatures {shipped}",
        "assay analyze, a bundle of some kB": f"{assay} analyze --signatures {shipped} {shlex.quote(options.tiny)}",
    }
    medians = take_turns(commands, options.rounds)
    print("\n## Start\n\n| command | seconds |\n|---|---:|")
    for name, (seconds, _) in medians.items():
        print(f"| {name} | {seconds:.3f} |")


def show_memory(options):
    command = f"{shlex.quote(options.assay)} analyze --signatures {shlex.quote(options.shipped)} {shlex.quote(options.large)}"
    seconds, memory = run(command)
    print(f"\n## {os.path.basename(options.large)}\n\n{seconds:.2f} s.")
    print(f"\n- at most {MEMORY_MIB} MiB: {verdict(memory <= MEMORY_MIB)} ({memory:.0f} MiB)")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("assay", "shipped", "patterns", "bundle", "few", "many", "tiny"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--large")
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    compare_programs(options)
    compare_numbers_of_signatures(options)
    show_start(options)
    if options.large:
        show_memory(options)


if __name__ == "__main__":
    main()
