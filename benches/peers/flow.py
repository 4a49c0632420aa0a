#!/usr/bin/env python3
"""Papers and reviewers as a min-cost flow: the largest total affinity, by OR-Tools.

usage: flow.py FILE.rap

A .rap file has the numbers of papers and reviewers; a line with how many reviewers each paper
needs, one with the most papers of each reviewer, one with the least; then for each paper how many
candidates it has and its candidates as REVIEWER:AFFINITY, in ten-thousandths. Prints one line of
JSON: total and lowest affinity of a paper, seats taken and asked for, reviewers below their least,
seconds of the solver alone and of everything, peak memory.
"""

import json
import resource
import sys
import time

import numpy as np
from ortools import __version__ as version
from ortools.graph.python import min_cost_flow


def read(path):
    with open(path) as file:
        papers, reviewers = map(int, file.readline().split())
        demand, most, least = (np.array(file.readline().split(), int) for _ in range(3))
        counts, ends, scores = np.zeros(papers, int), [], []
        for paper in range(papers):
            pairs = [pair.split(":") for pair in file.readline().split()[1:]]
            counts[paper] = len(pairs)
            ends += [int(reviewer) for reviewer, _ in pairs]
            scores += [int(score) for _, score in pairs]
    if len(demand) != papers or len(most) != reviewers or len(least) != reviewers:
        raise SystemExit(f"{path}: the lines do not fit the numbers in the first")
    paper_of = np.repeat(np.arange(papers), counts)
    return demand, most, least, paper_of, np.array(ends), np.array(scores)


def main():
    began = time.perf_counter()
    demand, most, least, paper, reviewer, score = read(sys.argv[1])
    papers, reviewers = len(demand), len(most)
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = papers + reviewers, papers + reviewers + 1
    node = papers + np.arange(reviewers)

    def arcs(tails, heads, capacities, costs):
        shape = np.broadcast_shapes(np.shape(tails), np.shape(heads))
        full = [np.broadcast_to(values, shape) for values in (tails, heads, capacities, costs)]
        return flow.add_arcs_with_capacity_and_unit_cost(*full)

    arcs(source, np.arange(papers), demand, 0)
    pairs = arcs(paper, papers + reviewer, 1, -score)
    # A seat that a reviewer must have is worth more than all the affinity that a seat can move.
    must = int(max(0, score.max(initial=0))) * (papers + reviewers) + 1
    arcs(node, sink, least, -must)
    arcs(node, sink, most - least, 0)
    flow.set_nodes_supplies([source, sink], [demand.sum(), -demand.sum()])
    started = time.perf_counter()
    status = flow.solve_max_flow_with_min_cost()
    solving = time.perf_counter() - started
    taken = flow.flows(pairs) > 0
    of_paper = np.bincount(paper[taken], score[taken], minlength=papers)
    load = np.bincount(reviewer[taken], minlength=reviewers)
    told = {
        "solver": f"min-cost flow {version}",
        "status": status.name.lower(),
        "total": int(score[taken].sum()) / 1e4,
        "lowest": int(of_paper.min()) / 1e4,
        "seats": [int(taken.sum()), int(demand.sum())],
        "below_least": int((load < least).sum()),
        "solving": round(solving, 3),
        "seconds": round(time.perf_counter() - began, 3),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
