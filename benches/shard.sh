#!/bin/sh
# One shard of a bench, for job arrays: shard.sh PLAN DIR N
#
# Which of the N shards it is, from 1 to N, is told by COMITY_SHARD, by Slurm or by HyperQueue:
#
#   sbatch --array=1-8 benches/shard.sh plan.toml results 8
#   hq submit --array 1-8 benches/shard.sh plan.toml results 8
#
# COMITY names the executable; `comity` by default. All shards may write into the same folder.
#
#SBATCH --job-name=comity-bench
#SBATCH --cpus-per-task=1
set -eu
if [ "$#" -ne 3 ]; then
  echo "usage: shard.sh PLAN DIR N" >&2
  exit 2
fi
shard="${COMITY_SHARD:-${SLURM_ARRAY_TASK_ID:-${HQ_TASK_ID:?not in a job array: set COMITY_SHARD}}}"
exec "${COMITY:-comity}" bench --plan "$1" --output "$2" --shard "$shard/$3"
