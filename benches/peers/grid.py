"""The grid that `comity export --format grid` writes, ready for arithmetic, and what an answer is.

An answer is a list with a plan (or None) for each dispute. Its members are places in
`dispute["members"]`, its starts are slots.
"""

import json
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Plan:
    panel: list[int]
    # None for a panel without dates.
    starts: list[int] | None = None
    # For each session the classes of its rooms (the room for all first) and its booths.
    rooms: list[list[int]] = field(default_factory=list)
    booths: list[list[list[int]]] = field(default_factory=list)


def expand(runs):
    return np.repeat([value for _, value in runs], [length for length, _ in runs])


class Grid:
    def __init__(self, path):
        with open(path) as file:
            self.doc = json.load(file)
        if self.doc["schema"] != "comity.grid/1":
            raise SystemExit(f"{path} is no comity.grid/1")
        for rule in self.doc["not_in_grid"]:
            raise SystemExit(f"not in the grid, so not modelled: {rule['rule']}: {rule['text']}")
        if self.doc["worse_off_first"]:
            raise SystemExit("the tier `sides` is not modelled")
        if self.doc["worst_first"]:
            raise SystemExit("the tier `worst` is not modelled")
        self.slots = self.doc["slots"]
        self.rest = self.doc["rest_slots"]
        self.weights = self.doc["weights"]
        self.disputes = self.doc["disputes"]
        self.mediators = self.doc["mediators"]
        self.interpreters = self.doc["interpreters"]
        self.places = self.doc["places"]
        # By person and place of the clock: slots that are not free, and points, summed from 0.
        self.blocked, self.points, self.offsets = {}, {}, {}
        for clock in self.doc["clocks"]:
            key = clock["person"], clock["place"]
            runs = [(n, -1 if p is None else p) for n, p in clock["points"]]
            points = expand(runs)
            self.blocked[key] = np.concatenate([[0], np.cumsum(points < 0)])
            self.points[key] = np.concatenate([[0], np.cumsum(np.maximum(points, 0))])
            self.offsets[key] = expand(clock["offsets"])

    def member_person(self, dispute, member):
        return self.mediators[dispute["members"][member]["mediator"]]["person"]

    def free(self, person, session, starts):
        """Whether a person is free in a session that starts at each of these slots."""
        blocked = self.blocked[person, session["clock"]]
        starts = np.asarray(starts, int)
        return blocked[starts + session["slots"]] == blocked[starts]

    def cost(self, person, session, starts):
        """Her point-minutes in it."""
        points = self.points[person, session["clock"]]
        starts = np.asarray(starts, int)
        return points[starts + session["slots"]] - points[starts]

    def people_of_staff(self, plan, k):
        return [self.interpreters[i]["person"] for booth in plan.booths[k] for i in booth]

    def worse(self, dispute, starts):
        """What the worse-off side bears over a series."""
        total = np.zeros(max(1, len(dispute["sides"])), int)
        for session, start in zip(dispute["sessions"], starts):
            at = session["starts"].index(start)
            for side, points in enumerate(session["side_points"]):
                total[side] += points[at]
        return int(total.max())

    def plan_value(self, dispute, plan):
        """Quality of a plan, without balance."""
        members = [dispute["members"][m] for m in plan.panel]
        terms = {"fit": sum(m["worth"] + m.get("rotation", 0) for m in members)}
        if self.weights.get("rotation"):
            terms["rotation"] = -sum(m.get("rotation", 0) for m in members)
        terms["burden"] = terms["fairness"] = terms["lateness"] = terms["sides"] = 0
        if plan.starts is None:
            return terms
        worse = self.worse(dispute, plan.starts)
        terms["sides"] = -1_000_000 * worse
        terms["fairness"] = -self.weights["fairness"] * worse
        panel = [self.member_person(dispute, m) for m in plan.panel]
        for k, (session, start) in enumerate(zip(dispute["sessions"], plan.starts)):
            at = session["starts"].index(start)
            people = panel + self.people_of_staff(plan, k)
            points = session["points"][at] + sum(
                int(self.cost(person, session, [start])[0]) for person in people
            )
            terms["burden"] -= self.weights["burden"] * points
            terms["lateness"] -= self.weights["lateness"] * session["late"][at]
        return terms

    def evaluate(self, answer):
        """Tiers and terms of an answer, from the answer alone."""
        names = ["panels", "sessions", "sides", "fit", "burden", "fairness", "lateness", "balance"]
        if self.weights.get("rotation"):
            names.append("rotation")
        terms = dict.fromkeys(names, 0)
        load = [0] * len(self.mediators)
        for dispute, plan in zip(self.disputes, answer):
            if plan is None:
                continue
            terms["panels"] += 1_000_000 * dispute["priority"]
            if plan.starts is not None or not dispute["sessions"]:
                terms["sessions"] += 1_000_000 * dispute["priority"]
            for m in plan.panel:
                load[dispute["members"][m]["mediator"]] += 1
            for name, value in self.plan_value(dispute, plan).items():
                terms[name] += value
        terms["balance"] = -self.weights["balance"] * sum(n * (n - 1) // 2 for n in load)
        quality = sum(terms[name] for name in names[3:])
        return [terms["panels"], terms["sessions"], quality], terms

    def read_solution(self, path):
        """The answer of a comity.solution/1 document, rooms by class."""
        with open(path) as file:
            doc = json.load(file)
        mediators = {mediator["id"]: at for at, mediator in enumerate(self.mediators)}
        voices = {interpreter["id"]: at for at, interpreter in enumerate(self.interpreters)}
        panels = {
            entry["dispute"]: [mediators[seat["mediator"]] for seat in entry["panel"]]
            for entry in doc["assignments"]
        }
        dates = {(entry["dispute"], entry["session"]): entry for entry in doc["sessions"]}
        answer = []
        for dispute in self.disputes:
            panel = panels.get(dispute["id"])
            if panel is None:
                answer.append(None)
                continue
            place = {member["mediator"]: at for at, member in enumerate(dispute["members"])}
            plan = Plan(sorted(place[mediator] for mediator in panel))
            entries = [dates.get((dispute["id"], s["id"])) for s in dispute["sessions"]]
            if entries and all(entries):
                plan.starts = [self.slot_of(entry["start"]) for entry in entries]
                for session, entry in zip(dispute["sessions"], entries):
                    plan.rooms.append(self.classes_of(session, entry))
                    named = [voices[id] for id in entry.get("interpreters", [])]
                    sizes = [booth["size"] for booth in session["booths"]]
                    ends = np.cumsum(sizes)
                    plan.booths.append([named[e - n : e] for n, e in zip(sizes, ends)])
            answer.append(plan)
        return answer

    def slot_of(self, instant):
        from datetime import datetime

        minutes = (datetime.fromisoformat(instant) - datetime.fromisoformat(self.doc["start"])) / 60
        return int(minutes.total_seconds()) // self.doc["slot_minutes"]

    def classes_of(self, session, entry):
        if session["rooms"] is None:
            return []
        classes = self.places[session["rooms"]["place"]]["classes"]
        named = [entry["room"], *entry.get("breakout_rooms", [])]
        return [next(c for c, x in enumerate(classes) if room in x["rooms"]) for room in named]
