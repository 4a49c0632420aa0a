#!/usr/bin/env python3
"""comity and the CP-SAT model on the same dockets, one after the other, as a markdown table.

usage: compare.py COMITY [INSTANCE...] [--time-limit S] [--repeat N] [--workers N] [--folder DIR]

Without instances: `comity generate random` with 20/40, 100/150 and 300/300 disputes/mediators, seed
1, loose and tight. Every answer goes through `comity check`; a bound that a solver claims counts as
proven only where the checker re-derives it. Figures are medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = [(20, 40), (100, 150), (300, 300)]
HERE = Path(__file__).parent


def run(command, limit):
    """Exit code, output, seconds, and peak memory in MiB of a child process."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen([str(word) for word in command], stdout=output)
        deadline = began + limit
        while True:
            # WHY: only wait4 tells the memory of this one child.
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() > deadline:
                child.kill()
            time.sleep(0.005)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return child.returncode, output.read().decode(), seconds, usage.ru_maxrss / 1024


def generate(comity, folder):
    paths = []
    for tight in (False, True):
        for disputes, mediators in SIZES:
            path = folder / f"random-{disputes}-{mediators}{'-tight' if tight else ''}.json"
            command = [comity, "generate", "random", "--seed", "1", "-o", path]
            command += ["--disputes", disputes, "--mediators", mediators]
            command += ["--tight"] if tight else []
            subprocess.run([str(word) for word in command], check=True)
            paths.append(path)
    return paths


def read(solution):
    """What a solution claims. The bound of a peer stands in its notes."""
    if not solution.exists():
        return None
    doc = json.loads(solution.read_text())
    tiers = doc["objective"]["tiers"]
    notes = doc.get("notes") or {}
    bound = doc.get("bound", notes.get("bound"))
    return {
        "panels": len(doc["assignments"]),
        "scheduled": len({session["dispute"] for session in doc["sessions"]}),
        "tiers": tiers,
        "quality": tiers[-1],
        "bound": bound,
        "proven": "bound" in doc,
    }


def measure(name, make, options, instance, folder):
    seconds, memory, answers = [], [], []
    for number in range(options.repeat):
        solution = folder / f"{instance.stem}.{name}.{number}.json"
        solution.unlink(missing_ok=True)
        # WHY: limits are the solvers' own; the margin is for reading and writing.
        code, _, took, peak = run(make(solution), 2 * options.time_limit + 60)
        answer = read(solution)
        if answer is None:
            print(f"{name} on {instance.stem}: no answer, exit code {code}", file=sys.stderr)
            continue
        verdict = subprocess.run(
            [options.comity, "check", instance, solution],
            check=False,
            capture_output=True,
            text=True,
        )
        answer["checked"] = verdict.returncode == 0
        if not answer["checked"]:
            print(verdict.stdout, file=sys.stderr)
        seconds.append(took)
        memory.append(peak)
        answers.append(answer)
    if not answers:
        return [name] + ["-"] * 8
    # The median answer: the best of the worse half.
    answer = sorted(answers, key=lambda one: one["tiers"])[(len(answers) - 1) // 2]
    quality, bound = answer["quality"], answer["bound"]
    gap = "-" if bound is None else f"{100 * (bound - quality) / max(1, abs(bound)):.3f} %"
    shown = "-" if bound is None else f"{bound / 1e6:.6f}{'' if answer['proven'] else ' (claimed)'}"
    checked = all(one["checked"] for one in answers)
    return [
        name,
        answer["panels"],
        answer["scheduled"],
        f"{quality / 1e6:.6f}",
        shown,
        gap,
        f"{statistics.median(seconds):.2f}",
        f"{statistics.median(memory):.0f}",
        "holds" if checked else "**violated**",
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("comity")
    parser.add_argument("instances", nargs="*", type=Path)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--encoding", help="of the CP-SAT model")
    parser.add_argument("--folder", type=Path, help="where files are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        instances = options.instances or generate(options.comity, folder)
        head = ["instance", "solver", "panels", "scheduled", "quality", "bound", "gap"]
        head += ["seconds", "MiB", "check"]
        print("| " + " | ".join(head) + " |")
        print("|" + "---|" * len(head))
        for instance in instances:
            grid = folder / f"{instance.stem}.grid"
            export = [options.comity, "export", "--format", "grid", instance, "-o", grid]
            subprocess.run([str(word) for word in export], check=True)

            def comity(solution):
                limit = ["--time-limit", options.time_limit]
                return [options.comity, "solve", instance, "-o", solution, *limit]

            def peer(solution):
                words = [sys.executable, HERE / "cpsat.py", grid, "-o", solution]
                words += ["--time-limit", options.time_limit, "--workers", options.workers]
                return words + (["--encoding", options.encoding] if options.encoding else [])

            for name, make in [("comity", comity), ("CP-SAT", peer)]:
                row = measure(name, make, options, instance, folder)
                print("| " + " | ".join(map(str, [instance.stem, *row])) + " |", flush=True)


if __name__ == "__main__":
    main()
