#!/usr/bin/env python3
"""The ladder of random dockets, solved to several gaps, as a markdown table.

usage: ladder.py COMITY [--repeat N] [--limit S] [--sizes 20/40,100/150] [--gaps 0.01,0.001]

Every answer goes through `comity check`, certificate included. Seconds are of whole commands, medians of
the repeats; memory is the largest. A run that ends before its gap tells the gap that it has reached.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import json
import time
from pathlib import Path

SIZES = "20/40,100/150,300/300,1000/800"


def run(command):
    """Seconds and MiB of a child process."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)}: exit code {child.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("comity")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--limit", default="60")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--gaps", default="0.01,0.001,0.00001")
    options = parser.parse_args()
    heads = ["instance", "gap asked", "panels", "scheduled", "quality", "bound", "gap", "proven"]
    print("| " + " | ".join([*heads, "seconds", "MiB", "check"]) + " |")
    print("|" + "---|" * (len(heads) + 3))
    with tempfile.TemporaryDirectory() as scratch:
        for size in options.sizes.split(","):
            for tight in ([], ["--tight"]):
                disputes, mediators = size.split("/")
                instance, answer = (str(Path(scratch) / name) for name in ("docket", "answer"))
                made = [options.comity, "generate", "random", "--seed", "1", "-o", instance]
                made += ["--disputes", disputes, "--mediators", mediators, *tight]
                subprocess.run(made, check=True)
                for gap in options.gaps.split(","):
                    solve = [options.comity, "solve", instance, "-o", answer, "--gap", gap]
                    solve += ["--time-limit", options.limit]
                    runs = [run(solve) for _ in range(options.repeat)]
                    doc = json.loads(Path(answer).read_text())
                    check = subprocess.run(
                        [options.comity, "check", instance, answer], stdout=subprocess.DEVNULL
                    )
                    row = [
                        size + (" tight" if tight else ""),
                        f"{100 * float(gap):g} %",
                        len(doc["assignments"]),
                        len({session["dispute"] for session in doc["sessions"]}),
                        f"{doc['objective']['tiers'][-1] / 1e6:.3f}",
                        f"{doc['bound'] / 1e6:.3f}",
                        f"{100 * doc['gap']:.4f} %",
                        "yes" if doc["status"] == "optimal" else "no",
                        f"{statistics.median(seconds for seconds, _ in runs):.2f}",
                        f"{max(memory for _, memory in runs):.0f}",
                        "holds" if check.returncode == 0 else "**violated**",
                    ]
                    print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    main()
