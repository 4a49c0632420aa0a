"""A bench in shards under HyperQueue, on this machine: server, workers, an array of jobs, tables.

    python3 benches/run_shards.py COMITY PLAN DIR [--shards N] [--workers N]

The Python package `hyperqueue` (benches/requirements.txt) brings server and workers. Each task runs
`benches/shard.sh`, as a job array of Slurm would. In the end `comity bench --collect` makes the
tables, and what it says is what this leaves with.

On a cluster the server and the workers are those of the `hq` command, and no part of this script:
`hq submit --array 1-8 benches/shard.sh PLAN DIR 8`.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from hyperqueue import Job, LocalCluster
from hyperqueue.cluster import WorkerConfig

SHARD = pathlib.Path(__file__).resolve().parent / "shard.sh"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("comity", type=pathlib.Path)
    parser.add_argument("plan", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    comity, plan, folder = args.comity.resolve(), args.plan.resolve(), args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="comity-hq-") as work, LocalCluster() as cluster:
        # One core each: two runs at once on one worker would spoil each other's times.
        for _ in range(args.workers):
            cluster.start_worker(WorkerConfig(cores=1))
        client = cluster.client()
        job = Job(max_fails=None, default_workdir=work)
        for shard in range(1, args.shards + 1):
            job.program(
                [str(SHARD), str(plan), str(folder), str(args.shards)],
                env={"COMITY": str(comity), "COMITY_SHARD": str(shard)},
                stdout=f"{work}/{shard}.out",
                stderr=f"{work}/{shard}.err",
            )
        submitted = client.submit(job)
        whole = client.wait_for_jobs([submitted], raise_on_error=False)
        for shard in range(1, args.shards + 1):
            said = pathlib.Path(f"{work}/{shard}.err")
            if said.exists():
                sys.stderr.write(f"shard {shard}/{args.shards}: {said.read_text()}")
    collected = subprocess.run([comity, "bench", "--collect", folder], check=False)
    if not whole:
        sys.stderr.write("some shards failed\n")
        return 1
    return collected.returncode


if __name__ == "__main__":
    sys.exit(main())
