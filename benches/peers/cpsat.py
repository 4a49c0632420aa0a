#!/usr/bin/env python3
"""A docket as one CP-SAT model: panels, dates, rooms and interpreters together.

usage: cpsat.py GRID -o SOLUTION [--time-limit S] [--workers N] [--hint SOLUTION] [--encoding E]

The problem is that of docs/model.md, in micro-units, from the grid that `comity export` writes.
Tiers are solved one after the other, each from the answer before it; the first answer is the better
of a greedy one and the hint. Prints one line of JSON.
"""

import argparse
import json
import resource
import sys
import time

import numpy as np
from ortools import __version__ as version
from ortools.sat.python import cp_model

from document import document
from greedy import Greedy
from grid import Grid, Plan

# With more pairs of person and start than this, `pairs` takes longer than it gains.
MOST_PAIRS = 200_000

# Part of the time that the tiers `panels` and `sessions` may take at most, together.
UPPER_TIERS = 0.5


class Docket:
    """The model, and for each of its variables what an answer makes of it."""

    def __init__(self, grid, encoding):
        self.grid = grid
        self.encoding = encoding
        self.model = cp_model.CpModel()
        # Variable, dispute (None: all), and its value given that dispute's plan (or the answer).
        self.told = []
        # Quality: variables and what one unit of each is worth.
        self.terms = []
        # By person: intervals; by place and class: intervals and demands.
        self.busy, self.rooms = {}, {}
        self.seats = [[] for _ in grid.mediators]
        self.disputes = [Dispute(self, d) for d in range(len(grid.disputes))]
        self.couple()

    def bool(self, dispute, value):
        variable = self.model.new_bool_var("")
        self.told.append((variable, dispute, value))
        return variable

    def integer(self, domain, dispute, value):
        variable = self.model.new_int_var_from_domain(domain, "")
        self.told.append((variable, dispute, value))
        return variable

    def gain(self, variable, worth):
        if worth:
            self.terms.append((variable, int(worth)))

    def couple(self):
        """Rows A3, S2 and S4, and balance."""
        grid, model = self.grid, self.model
        for intervals in self.busy.values():
            # Sessions of one dispute are in order already.
            if len({dispute for dispute, _ in intervals}) > 1:
                model.add_no_overlap([interval for _, interval in intervals])
        for (place, room), entries in self.rooms.items():
            intervals, demands = zip(*entries)
            supply = len(grid.places[place]["classes"][room]["rooms"])
            model.add_cumulative(intervals, demands, supply)
        for mediator, seats in zip(grid.mediators, self.seats):
            cases = mediator["cases"]
            if cases is not None and cases < len(seats):
                model.add(sum(seat for _, _, seat in seats) <= cases)
            if mediator["minutes"] is not None:
                model.add(sum(effort * seat for _, effort, seat in seats) <= mediator["minutes"])
        for number, seats in enumerate(self.seats):
            # Whoever takes j disputes pays for the second, the third, ...
            most = min(len(seats), self.grid.mediators[number]["cases"] or len(seats))
            if most < 2 or not grid.weights["balance"]:
                continue
            more = [
                self.bool(None, lambda answer, n=number, j=j: self.load(answer, n) >= j)
                for j in range(2, most + 1)
            ]
            for j, variable in enumerate(more, 2):
                self.gain(variable, -grid.weights["balance"] * (j - 1))
            for earlier, later in zip(more, more[1:]):
                model.add_implication(later, earlier)
            model.add(sum(seat for _, _, seat in seats) <= 1 + sum(more))

    def load(self, answer, mediator):
        return sum(
            plan is not None
            and any(dispute["members"][m]["mediator"] == mediator for m in plan.panel)
            for dispute, plan in zip(self.grid.disputes, answer)
        )

    def hint(self, answer):
        self.model.clear_hints()
        for variable, dispute, value in self.told:
            self.model.add_hint(
                variable, int(value(answer if dispute is None else answer[dispute]))
            )

    def hint_again(self, solver):
        self.model.clear_hints()
        for variable, _, _ in self.told:
            self.model.add_hint(variable, solver.value(variable))

    def tier(self, name):
        if name == "quality":
            variables, worths = zip(*self.terms)
            return cp_model.LinearExpr.weighted_sum(variables, worths)
        literal = {"panels": "served", "sessions": "scheduled"}[name]
        return sum(
            1_000_000 * dispute["priority"] * getattr(own, literal)
            for dispute, own in zip(self.grid.disputes, self.disputes)
        )

    def answer(self, solver):
        return [dispute.plan(solver) for dispute in self.disputes]


class Dispute:
    def __init__(self, docket, number):
        grid, model = docket.grid, docket.model
        self.docket, self.number = docket, number
        self.data = data = grid.disputes[number]
        self.served = docket.bool(number, lambda plan: plan is not None)
        can = data["open"] and len(data["members"]) >= data["size"]
        if not can:
            model.add(self.served == 0)
        if data["sessions"]:
            dated = lambda plan: plan is not None and plan.starts is not None
            self.scheduled = docket.bool(number, dated)
            model.add_implication(self.scheduled, self.served)
        else:
            self.scheduled = self.served
        can_meet = can and all(session["starts"] for session in data["sessions"])
        if not can_meet:
            model.add(self.scheduled == 0)
        self.members = self.panel() if can else []
        # Who sits and meets: what costs time.
        self.meeting, self.sessions = [], []
        if can_meet and data["sessions"]:
            self.meeting = [
                docket.bool(
                    number,
                    lambda plan, m=m: bool(plan and plan.starts is not None and m in plan.panel),
                )
                for m in range(len(self.members))
            ]
            for sits, meets in zip(self.members, self.meeting):
                model.add_implication(meets, sits)
            model.add(sum(self.meeting) == data["size"] * self.scheduled)
            self.sessions = [
                SESSIONS[docket.encoding](self, k) for k in range(len(data["sessions"]))
            ]
            self.series()

    def panel(self):
        """Rules A1, A2, A4, A5, A8."""
        docket, model, data = self.docket, self.docket.model, self.data
        members = []
        for m, member in enumerate(data["members"]):
            sits = docket.bool(self.number, lambda plan, m=m: plan is not None and m in plan.panel)
            docket.gain(sits, member["worth"])
            docket.seats[member["mediator"]].append((self.number, member["effort"], sits))
            members.append(sits)
        model.add(sum(members) == data["size"] * self.served)
        for m in data["required"]:
            model.add_implication(self.served, members[m])
        for a, b in data["apart"]:
            model.add_at_most_one(members[a], members[b])
        for language in data["languages"]:
            model.add(
                sum(members[m] for m in language["members"]) >= language["least"] * self.served
            )
        for experts in data["expertise"]:
            model.add_bool_or([members[m] for m in experts] + [self.served.negated()])
        if data["chair"]:
            model.add_bool_or([members[m] for m in data["chairs"]] + [self.served.negated()])
        return members

    def series(self):
        """Rule S3, and what the worse-off side bears."""
        docket, model, data = self.docket, self.docket.model, self.data
        for earlier, later in zip(self.sessions, self.sessions[1:]):
            later.follow(earlier)
        for k in range(1, len(self.sessions)):
            session, before = data["sessions"][k], data["sessions"][k - 1]
            gap = self.sessions[k].start - self.sessions[k - 1].start - before["slots"]
            model.add(gap >= session["min_gap"]).only_enforce_if(self.scheduled)
            if session["max_gap"] is not None:
                model.add(gap <= session["max_gap"]).only_enforce_if(self.scheduled)
        most = [
            sum(max(session["side_points"][side]) for session in data["sessions"])
            for side in range(len(data["sides"]))
        ]
        if docket.grid.weights["fairness"] and any(most):

            def worse(plan):
                return (
                    0
                    if plan is None or plan.starts is None
                    else docket.grid.worse(data, plan.starts)
                )

            variable = docket.integer(cp_model.Domain(0, max(most)), self.number, worse)
            docket.gain(variable, -docket.grid.weights["fairness"])
            for side in range(len(data["sides"])):
                bears = [own.total(own.data["side_points"][side]) for own in self.sessions]
                model.add(variable >= sum(bears))

    def plan(self, solver):
        if not solver.value(self.served):
            return None
        plan = Plan([m for m, sits in enumerate(self.members) if solver.value(sits)])
        if self.sessions and solver.value(self.scheduled):
            plan.starts = [session.chosen(solver) for session in self.sessions]
            plan.rooms = [session.rooms_chosen(solver) for session in self.sessions]
            plan.booths = [session.booths_chosen(solver) for session in self.sessions]
        return plan


class Session:
    """A session; how its start is held is left to the encodings."""

    def __init__(self, dispute, k):
        self.dispute, self.docket, self.k = dispute, dispute.docket, k
        self.grid, self.model = self.docket.grid, self.docket.model
        self.data = dispute.data["sessions"][k]
        self.starts = np.array(self.data["starts"])
        self.make_start()
        weights = self.grid.weights
        costs = weights["burden"] * np.array(self.data["points"])
        self.pay(costs + weights["lateness"] * np.array(self.data["late"]))
        held = self.interval(dispute.scheduled, self.grid.rest)
        for person in self.data["attendees"]:
            self.docket.busy.setdefault(person, []).append((dispute.number, held))
        for m, meets in enumerate(dispute.meeting):
            self.attend(
                meets, self.grid.member_person(dispute.data, m), lambda plan, m=m: m in plan.panel
            )
        self.together(dispute.meeting, dispute.data["size"])
        self.take_rooms()
        self.take_interpreters()

    def place(self, plan):
        """The place of a plan's start in the list; None without dates."""
        if plan is None or plan.starts is None:
            return None
        return self.data["starts"].index(plan.starts[self.k])

    def interval(self, literal, rest):
        return self.model.new_optional_fixed_size_interval_var(
            self.start, self.data["slots"] + rest, literal, ""
        )

    def attend(self, literal, person, attends):
        """S1, S2 and the burden of somebody who attends when `literal` holds."""
        good = self.grid.free(person, self.data, self.starts)
        if not good.all():
            self.only_if(literal, good)
        if good.any():
            costs = np.where(good, self.grid.cost(person, self.data, self.starts), 0)
            self.pay_if(literal, costs, attends)
        held = self.interval(literal, self.grid.rest)
        self.docket.busy.setdefault(person, []).append((self.dispute.number, held))

    def take_rooms(self):
        """Rule S4: a class for the room for all, and a number of each class for the others."""
        need, scheduled = self.data["rooms"], self.dispute.scheduled
        self.main, self.others = {}, {}
        if need is None:
            return
        classes = self.grid.places[need["place"]]["classes"]
        k, number = self.k, self.dispute.number
        for c, room in enumerate(classes):
            if room["seats"] is None or room["seats"] >= need["seats"]:
                taken = lambda plan, c=c: bool(
                    plan and plan.starts is not None and plan.rooms[k][0] == c
                )
                self.main[c] = self.docket.bool(number, taken)
            if need["breakouts"] and (
                room["seats"] is None or room["seats"] >= need["breakout_seats"]
            ):
                domain = cp_model.Domain(0, min(need["breakouts"], len(room["rooms"])))
                count = lambda plan, c=c: (
                    plan.rooms[k][1:].count(c) if plan and plan.starts is not None else 0
                )
                self.others[c] = self.docket.integer(domain, number, count)
        self.model.add(sum(self.main.values()) == scheduled)
        if need["breakouts"]:
            self.model.add(sum(self.others.values()) == need["breakouts"] * scheduled)
        held = self.interval(scheduled, 0)
        only = len(classes) == 1
        for c in set(self.main) | set(self.others):
            demand = 1 + need["breakouts"] if only else self.main.get(c, 0) + self.others.get(c, 0)
            self.docket.rooms.setdefault((need["place"], c), []).append((held, demand))

    def take_interpreters(self):
        """Rule S5."""
        self.booths, seats = [], {}
        for b, booth in enumerate(self.data["booths"]):
            sits = {}
            for i in booth["suited"]:
                held = lambda plan, b=b, i=i: i in plan.booths[self.k][b]
                variable = self.docket.bool(
                    self.dispute.number,
                    lambda plan, held=held: bool(plan and plan.starts is not None and held(plan)),
                )
                sits[i] = variable
                seats.setdefault(i, []).append(variable)
                self.attend(variable, self.grid.interpreters[i]["person"], held)
            self.model.add(sum(sits.values()) == booth["size"] * self.dispute.scheduled)
            self.together(list(sits.values()), booth["size"])
            self.booths.append(sits)
        for variables in seats.values():
            if len(variables) > 1:
                self.model.add_at_most_one(variables)

    def follow(self, before):
        """What else the encoding can say of S3."""

    def together(self, literals, size):
        """What else it can say of so many of these attending."""

    def chosen(self, solver):
        return int(self.starts[self.chosen_place(solver)])

    def rooms_chosen(self, solver):
        rooms = [c for c, variable in self.main.items() if solver.value(variable)]
        for c, variable in self.others.items():
            rooms += [c] * solver.value(variable)
        return rooms

    def booths_chosen(self, solver):
        return [[i for i, sits in booth.items() if solver.value(sits)] for booth in self.booths]


class Literals(Session):
    """A literal for each start. What somebody's burden is, is told level by level."""

    def make_start(self):
        docket, number = self.docket, self.dispute.number
        self.at = [
            docket.bool(number, lambda plan, t=t: self.place(plan) == t)
            for t in range(len(self.starts))
        ]
        self.model.add_exactly_one(self.at + [self.dispute.scheduled.negated()])
        first = int(self.starts[0])

        def slot(plan):
            return first if self.place(plan) is None else plan.starts[self.k]

        domain = cp_model.Domain.from_values(self.starts.tolist())
        self.start = docket.integer(domain, number, slot)
        for start, literal in zip(self.starts.tolist(), self.at):
            self.model.add(self.start == start).only_enforce_if(literal)
        self.model.add(self.start == first).only_enforce_if(self.dispute.scheduled.negated())

    def chosen_place(self, solver):
        return next(t for t, literal in enumerate(self.at) if solver.value(literal))

    def total(self, costs):
        return sum(int(c) * literal for c, literal in zip(costs, self.at) if c)

    def pay(self, costs):
        for cost, literal in zip(costs, self.at):
            self.docket.gain(literal, -int(cost))

    def only_if(self, literal, good):
        bad = [self.at[t] for t in np.flatnonzero(~good)]
        self.model.add_at_most_one(bad + [literal])

    def pay_if(self, literal, costs, attends):
        below = 0
        for level in sorted(set(costs.tolist()) - {0}):

            def reaches(plan, level=level):
                at = self.place(plan)
                return at is not None and costs[at] >= level and attends(plan)

            pays = self.docket.bool(self.dispute.number, reaches)
            self.docket.gain(pays, -self.grid.weights["burden"] * (level - below))
            meets = [self.at[t] for t in np.flatnonzero(costs >= level)]
            # WHY: the starts exclude each other, so the sum is 0 or 1.
            self.model.add(sum(meets) + literal <= 1 + pays)
            below = level


class Sums(Literals):
    """The same, with one integer for somebody's burden, bound by the sum over the starts."""

    def pay_if(self, literal, costs, attends):
        if not costs.any():
            return

        def bears(plan):
            at = self.place(plan)
            return int(costs[at]) if at is not None and attends(plan) else 0

        domain = cp_model.Domain(0, int(costs.max()))
        variable = self.docket.integer(domain, self.dispute.number, bears)
        self.docket.gain(variable, -self.grid.weights["burden"])
        self.model.add(variable >= self.total(costs)).only_enforce_if(literal)


class Pairs(Literals):
    """The same, with a literal for each start at which somebody attends, and one for each start by
    which the session has begun: many more variables, and a much tighter relaxation."""

    def make_start(self):
        super().make_start()
        self.pairs = {}
        self.begun = [
            self.docket.bool(
                self.dispute.number,
                lambda plan, t=t: self.place(plan) is not None and self.place(plan) <= t,
            )
            for t in range(len(self.starts))
        ]
        self.model.add(self.begun[0] == self.at[0])
        for t in range(1, len(self.starts)):
            self.model.add(self.begun[t] == self.begun[t - 1] + self.at[t])
        self.model.add(self.begun[-1] == self.dispute.scheduled)

    def follow(self, before):
        ends = before.starts + before.data["slots"]
        for t, start in enumerate(self.starts):
            # It has begun only when the one before ended early enough.
            ready = np.searchsorted(ends, start - self.data["min_gap"], side="right") - 1
            self.model.add_implication(
                self.begun[t], before.begun[ready] if ready >= 0 else self.begun[t].negated()
            )
        if self.data["max_gap"] is not None:
            for t, end in enumerate(ends):
                last = np.searchsorted(self.starts, end + self.data["max_gap"], side="right") - 1
                self.model.add_implication(
                    before.begun[t], self.begun[last] if last >= 0 else before.begun[t].negated()
                )

    def only_if(self, literal, good):
        pass

    def pay_if(self, literal, costs, attends):
        raise NotImplementedError

    def attend(self, literal, person, attends):
        good = self.grid.free(person, self.data, self.starts)
        costs = self.grid.cost(person, self.data, self.starts)
        pairs = {}
        for t in np.flatnonzero(good):
            there = lambda plan, t=t: self.place(plan) == t and attends(plan)
            pairs[t] = self.docket.bool(self.dispute.number, there)
            self.docket.gain(pairs[t], -self.grid.weights["burden"] * int(costs[t]))
        self.model.add(sum(pairs.values()) == literal)
        self.pairs[literal.index] = pairs
        held = self.interval(literal, self.grid.rest)
        self.docket.busy.setdefault(person, []).append((self.dispute.number, held))

    def together(self, literals, size):
        """At the start, and at no other, so many attend."""
        for t, start in enumerate(self.at):
            pairs = [self.pairs[literal.index].get(t) for literal in literals]
            pairs = [pair for pair in pairs if pair is not None]
            self.model.add(sum(pairs) == size * start)
            for pair in pairs if size > 1 else []:
                self.model.add_implication(pair, start)


class Elements(Session):
    """An integer for the start; what depends on it comes from tables."""

    def make_start(self):
        docket, number = self.docket, self.dispute.number

        def place(plan):
            return self.place(plan) or 0

        self.at = docket.integer(cp_model.Domain(0, len(self.starts) - 1), number, place)
        domain = cp_model.Domain.from_values(self.starts.tolist())
        self.start = docket.integer(domain, number, lambda plan: int(self.starts[place(plan)]))
        self.model.add_element(self.at, self.starts.tolist(), self.start)
        self.model.add(self.at == 0).only_enforce_if(self.dispute.scheduled.negated())

    def chosen_place(self, solver):
        return solver.value(self.at)

    def looked_up(self, literal, costs, attends):
        """`costs` at the start where the literal holds, else 0."""
        costs = [int(c) for c in costs]
        docket, number = self.docket, self.dispute.number
        values = cp_model.Domain.from_values(costs)
        raw = docket.integer(values, number, lambda plan: costs[self.place(plan) or 0])
        self.model.add_element(self.at, costs, raw)

        def paid(plan):
            at = self.place(plan)
            return costs[at] if at is not None and attends(plan) else 0

        result = docket.integer(cp_model.Domain(0, max(costs)), number, paid)
        self.model.add(result >= raw).only_enforce_if(literal)
        return result

    def total(self, costs):
        if not any(costs):
            return 0
        return self.looked_up(self.dispute.scheduled, costs, lambda plan: True)

    def pay(self, costs):
        if costs.any():
            self.docket.gain(self.total(costs), -1)

    def only_if(self, literal, good):
        places = cp_model.Domain.from_values(np.flatnonzero(good).tolist())
        self.model.add_linear_expression_in_domain(self.at, places).only_enforce_if(literal)

    def pay_if(self, literal, costs, attends):
        if costs.any():
            result = self.looked_up(literal, costs, attends)
            self.docket.gain(result, -self.grid.weights["burden"])


SESSIONS = {"literals": Literals, "sums": Sums, "pairs": Pairs, "elements": Elements}


def encoding_for(grid):
    pairs = sum(
        len(session["starts"])
        * (len(dispute["members"]) + sum(len(booth["suited"]) for booth in session["booths"]))
        for dispute in grid.disputes
        for session in dispute["sessions"]
    )
    return "pairs" if pairs <= MOST_PAIRS else "literals"


def solve(grid, options):
    began = time.perf_counter()
    left = lambda: max(0.5, options.time_limit - (time.perf_counter() - began) - options.loading)
    answers = [Greedy(grid).answer()]
    if options.hint:
        answers.append(grid.read_solution(options.hint))
    answer = max(answers, key=lambda one: grid.evaluate(one)[0])
    docket = Docket(grid, options.encoding)
    docket.hint(answer)
    built = time.perf_counter() - began
    stages, bounds = [], []
    whole = 1_000_000 * sum(dispute["priority"] for dispute in grid.disputes)
    for number, name in enumerate(["panels", "sessions", "quality"]):
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = options.workers
        parameters.random_seed = options.seed
        # WHY: with few workers the one complete search is a light one by default, whose bound
        # hardly moves here; the others search neighbourhoods in any case.
        parameters.subsolvers.extend(options.complete)
        parameters.log_search_progress = options.log
        parameters.max_time_in_seconds = left()
        if name != "quality":
            parameters.max_time_in_seconds = left() * UPPER_TIERS / (2 - number)
        objective = docket.tier(name)
        value = grid.evaluate(answer)[0][number]
        if name != "quality" and value == whole:
            # Nothing can be worth more than everything.
            stage = {"tier": name, "status": "optimal", "seconds": 0.0, "value": value}
            stages.append({**stage, "bound": value})
            bounds.append(value)
            docket.model.add(objective >= value)
            continue
        docket.model.maximize(objective)
        started = time.perf_counter()
        status = solver.solve(docket.model)
        stage = {
            "tier": name,
            "status": solver.status_name(status).lower(),
            "seconds": round(time.perf_counter() - started, 3),
        }
        stages.append(stage)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            answer = docket.answer(solver)
            docket.hint_again(solver)
            value = grid.evaluate(answer)[0][number]
            bound = int(np.floor(solver.best_objective_bound + 1e-3))
            if name != "quality":
                bound -= bound % 1_000_000
            # INVARIANT: the arithmetic of the model and that of the answer agree.
            if value < round(solver.objective_value):
                raise SystemExit(f"{name}: {value} is less than {solver.objective_value}")
        else:
            # The answer before stands, and the solver has no bound of its own: all priorities
            # together bound the upper tiers, nothing bounds quality.
            value = grid.evaluate(answer)[0][number]
            bound = whole if name != "quality" else None
        stage["value"], stage["bound"] = value, bound
        bounds.append(bound)
        if name != "quality":
            docket.model.add(objective >= value)
    return answer, bounds, stages, built


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("grid")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--time-limit", type=float, default=60, help="of everything, in seconds")
    parser.add_argument("--workers", type=int, default=0, help="all cores by default")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hint", help="a solution to start from")
    parser.add_argument("--encoding", choices=SESSIONS, help="by size when left out")
    parser.add_argument("--complete", nargs="*", default=["max_lp"], help="complete searches")
    parser.add_argument("--log", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    grid = Grid(options.grid)
    options.encoding = options.encoding or encoding_for(grid)
    options.loading = time.perf_counter() - began
    answer, bounds, stages, built = solve(grid, options)
    seconds = time.perf_counter() - began
    tiers, _ = grid.evaluate(answer)
    optimal = all(stage["status"] == "optimal" for stage in stages)
    told = {
        "solver": f"cp-sat {version}",
        "encoding": options.encoding,
        "tiering": "one after the other",
        "status": "optimal" if optimal else "feasible",
        "tiers": tiers,
        "bounds": bounds,
        "bound": bounds[-1],
        "seconds": round(seconds, 2),
        "building": round(built, 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "stages": stages,
    }
    with open(options.output, "w") as file:
        json.dump(document(grid, answer, told["solver"], seconds, told), file, indent=1)
        file.write("\n")
    print(json.dumps(told))


if __name__ == "__main__":
    sys.exit(main())
