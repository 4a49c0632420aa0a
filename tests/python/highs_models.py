"""Solves comity's LP and MPS files by HiGHS, tier by tier, and compares with comity's own answers.

    python3 -m venv venv
    venv/bin/pip install -r tests/python/requirements.txt
    venv/bin/python tests/python/highs_models.py target/release/comity

Each tier is solved from both files. Points that HiGHS finds are rounded and checked row by row in whole numbers, with
the rows read off HiGHS; what a tier reaches there, not what comity says, is held in the tiers below it. Exits 1 on
any difference.
"""

import argparse
import copy
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import highspy

HOME = Path(__file__).parent.parent.parent

# Seeds of random dockets by their number of disputes, those that take HiGHS seconds; twice as many mediators each.
# Even seeds make tight ones.
RANDOM = {3: (1, 3, 4, 5, 6), 4: (1, 3, 4), 5: (1, 3), 6: (1,)}


def run(program, *args, codes=(0,)):
    done = subprocess.run([program, *map(str, args)], capture_output=True, cwd=HOME)
    assert done.returncode in codes, (args, done.returncode, done.stderr.decode())
    return done.stdout


def optimum(path, limit):
    """The value of the best point of a file, in whole numbers, and the size of the model."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk, path
    for name, value in [("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5), ("time_limit", float(limit))]:
        solver.setOptionValue(name, value)
    # WHY tighter than usual: big factors beside binaries are told apart by it.
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    lp = solver.getLp()
    assert lp.sense_ == highspy.ObjSense.kMaximize, path
    solver.run()
    status = solver.getModelStatus()
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty), (
        path,
        status,
    )
    point = [round(value) for value in solver.getSolution().col_value]
    for value, least, most in zip(point, lp.col_lower_, lp.col_upper_):
        assert least <= value <= most, path
    sums = [0] * lp.num_row_
    matrix = lp.a_matrix_
    assert matrix.format_ == highspy.MatrixFormat.kColwise
    for column, value in enumerate(point):
        if value:
            for entry in range(matrix.start_[column], matrix.start_[column + 1]):
                sums[matrix.index_[entry]] += value * whole(matrix.value_[entry])
    for row, total in enumerate(sums):
        broken = not lp.row_lower_[row] <= total <= lp.row_upper_[row]
        assert not broken, (path, lp.row_names_[row], total)
    value = sum(value * whole(cost) for value, cost in zip(point, lp.col_cost_))
    return value, (lp.num_col_, lp.num_row_, len(matrix.value_))


def whole(number):
    assert number == int(number), number
    return int(number)


def compare(program, folder, name, instance, options):
    """Every tier of an instance. Gives the number of differences."""
    solution = folder / "solution.json"
    run(program, "solve", instance, "-o", solution, "--gap", 0, codes=(0, 4))
    document = json.loads(solution.read_text())
    told = document["objective"]["tiers"]
    wrong, values = 0, []
    for tier, own in enumerate(told):
        seen = set()
        for form in ("lp", "mps"):
            path = folder / f"model.{form}"
            held = ["--values", ",".join(map(str, values))] if values else []
            run(program, "export", "--format", form, instance, "-o", path, *held)
            started = time.perf_counter()
            value, size = optimum(path, options.time_limit)
            took = time.perf_counter() - started
            seen.add((value, size))
            if value != own:
                print(f"{name}, tier {tier + 1}, {form}: HiGHS {value}, comity {own}", file=sys.stderr)
                wrong += 1
        if len(seen) > 1:
            print(f"{name}, tier {tier + 1}: the files differ: {seen}", file=sys.stderr)
            wrong += 1
        values.append(value)
    columns, rows, entries = size
    print(
        f"{name}: {document['status']}, {told}, {columns} columns, {rows} rows, {entries} entries, "
        f"last tier {took:.2f} s"
    )
    return wrong


def again(program, folder):
    """A docket in the middle: the first session has been held, somebody is away, near dates should stay."""
    text = run(program, "generate", "random", "--disputes", 3, "--mediators", 6, "--seed", 2)
    instance, before = folder / "instance.json", folder / "before.json"
    instance.write_bytes(text)
    run(program, "solve", instance, "-o", before, codes=(0, 4))
    document = json.loads(text)
    starts = sorted(session["start"] for session in json.loads(before.read_text())["sessions"])
    changed = copy.deepcopy(document)
    changed["as_of"] = starts[len(starts) // 2][:10]
    changed["policy"]["freeze_days"] = 7
    for person in changed["mediators"][:2]:
        person.setdefault("busy", []).append({"start": starts[-1], "end": changed["horizon"]["end"]})
    instance.write_text(json.dumps(changed))
    return instance, before


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("comity")
    parser.add_argument("--time-limit", type=float, default=300, help="of HiGHS for one file, in seconds")
    options = parser.parse_args()
    program = str(Path(options.comity).resolve())
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in sorted((HOME / "instances/tiny").glob("*.json")):
            wrong += compare(program, folder, path.stem, path, options)
        instance = folder / "instance.json"
        for disputes, seeds in RANDOM.items():
            for seed in seeds:
                size = ["--disputes", disputes, "--mediators", 2 * disputes, "--seed", seed]
                tight = ["--tight"] if seed % 2 == 0 else []
                run(program, "generate", "random", *size, *tight, "-o", instance)
                name = f"random {disputes}, seed {seed}{', tight' if tight else ''}"
                wrong += compare(program, folder, name, instance, options)
        instance, before = again(program, folder)
        # WHY not `compare`: the solution has to be made with the earlier one.
        solution = folder / "solution.json"
        run(program, "solve", instance, "--from", before, "-o", solution, "--gap", 0, codes=(0, 4))
        told = json.loads(solution.read_text())["objective"]["tiers"]
        tiers = ["panels", "sessions", "frozen", "quality"]
        assert len(told) == len(tiers)
        for tier, own in zip(tiers, told):
            for form in ("lp", "mps"):
                path = folder / f"model.{form}"
                held = ["--hold", solution, "--tier", tier]
                run(program, "export", "--format", form, instance, "-o", path, *held)
                value, _ = optimum(path, options.time_limit)
                if value != own:
                    print(f"planned again, {tier}, {form}: HiGHS {value}, comity {own}", file=sys.stderr)
                    wrong += 1
        print(f"planned again: {told}")
    if wrong:
        sys.exit(f"{wrong} differences")
    print("HiGHS and comity agree")


if __name__ == "__main__":
    main()
