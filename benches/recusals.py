#!/usr/bin/env python3
"""Recusals in a docket that is solved: each is planned again with `comity solve --from`, by itself.

usage: recusals.py COMITY INSTANCE [--number N] [--seed S] [--gap G] [--least]

The docket is solved once. Each recusal bars one of those who sit, drawn from the seed, from her dispute. Told are
seconds of whole commands, how many disputes differ from the first plan, and what quality is lost (disruption apart).
Every answer goes through `comity check`. With --least each is solved once more with a weight of disruption at which
its bound proves how little has to change, which is told in points: a seat is one, a session a quarter to one.
"""

import argparse
import collections
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAVY = 50


def run(command, allowed):
    """Seconds of a command."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr}")
    return time.perf_counter() - began


def plans(solution):
    """Panel and dates of every dispute."""
    told = {a["dispute"]: [sorted(s["mediator"] for s in a["panel"])] for a in solution["assignments"]}
    for session in solution["sessions"]:
        told[session["dispute"]].append((session["session"], session["start"]))
    return told


def points(solution, weight):
    """What has changed, in points, and how many fewer there could be by what is proven."""
    disruption = -solution["objective"]["terms"]["disruption"] / 1e6 / weight
    slack = (solution["bound"] - solution["objective"]["tiers"][-1]) / 1e6 / weight
    return disruption, slack


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("comity")
    parser.add_argument("instance")
    parser.add_argument("--number", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", default="0.001")
    parser.add_argument("--least", action="store_true")
    args = parser.parse_args()
    draw = random.Random(args.seed)
    text = Path(args.instance).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        first, changed, after = (str(Path(folder) / name) for name in ("first", "changed", "after"))
        run([args.comity, "solve", args.instance, "-o", first, "--gap", args.gap], (0, 4))
        before = json.loads(Path(first).read_text(encoding="utf-8"))
        old = plans(before)
        seconds, touched, lost, more, statuses, least = [], [], [], [], [], []

        def again(dispute, mediator, weight):
            instance = json.loads(text)
            locks = instance.setdefault("locks", {}).setdefault("forbid", [])
            locks.append({"dispute": dispute, "mediator": mediator})
            instance.setdefault("policy", {}).setdefault("weights", {})["disruption"] = weight
            Path(changed).write_text(json.dumps(instance), encoding="utf-8")
            command = [args.comity, "solve", changed, "--from", first, "-o", after, "--gap", args.gap]
            taken = run(command, (0, 4))
            run([args.comity, "check", changed, after], (0,))
            return taken, json.loads(Path(after).read_text(encoding="utf-8"))

        for _ in range(args.number):
            panel = draw.choice(before["assignments"])
            mediator = draw.choice(panel["panel"])["mediator"]
            taken, solution = again(panel["dispute"], mediator, 1)
            new = plans(solution)
            seconds.append(taken)
            touched.append(sum(old.get(d) != new.get(d) for d in set(old) | set(new)))
            worth = solution["objective"]["tiers"][-1] - solution["objective"]["terms"]["disruption"]
            lost.append((before["objective"]["tiers"][-1] - worth) / 1e6)
            more.append(len(solution["unserved"]) - len(before["unserved"]))
            statuses.append(solution["status"])
            if args.least:
                changes, _ = points(solution, 1)
                fewest, slack = points(again(panel["dispute"], mediator, HEAVY)[1], HEAVY)
                # Points come in quarters.
                least.append("proven least" if slack < 0.25 and changes == fewest else "more than the least")
    tell = collections.Counter
    print(f"{args.number} recusals: median {statistics.median(seconds):.2f} s, largest {max(seconds):.2f} s")
    print(f"disputes that differ: {dict(sorted(tell(touched).items()))}")
    print(f"quality lost: median {statistics.median(lost):.3f}, largest {max(lost):.3f}")
    print(f"more unserved: {dict(tell(more))}; status: {dict(tell(statuses))}")
    if least:
        print(f"changes in points: {dict(tell(least))}")


if __name__ == "__main__":
    main()
