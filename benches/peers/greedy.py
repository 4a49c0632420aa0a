"""A whole answer, dispute by dispute: where the peer starts from.

Disputes with few dates come first. Each tries panels in the order of their worth, gives each the
best dates that are left, and takes the best of the first that have any.
"""

from itertools import combinations

import numpy as np

from grid import Plan

PANELS = 400  # tried for a dispute
ENOUGH = 12  # with dates, after which the best is taken
FAR = 10**12


class Greedy:
    def __init__(self, grid):
        self.grid = grid
        longest = max((s["slots"] for d in grid.disputes for s in d["sessions"]), default=0)
        self.width = grid.slots + grid.rest + longest + 1
        self.taken = {}
        self.rooms = [
            np.tile([[len(c["rooms"])] for c in place["classes"]], (1, self.width))
            for place in grid.places
        ]
        self.cases = [m["cases"] for m in grid.mediators]
        self.minutes = [m["minutes"] for m in grid.mediators]
        self.load = [0] * len(grid.mediators)

    def answer(self):
        order = sorted(
            range(len(self.grid.disputes)),
            key=lambda d: min(
                (len(s["starts"]) for s in self.grid.disputes[d]["sessions"]), default=0
            ),
        )
        answer = [None] * len(self.grid.disputes)
        for d in order:
            dispute = self.grid.disputes[d]
            plan = self.best(dispute) if dispute["open"] else None
            if plan is not None:
                self.take(dispute, plan)
            answer[d] = plan
        return answer

    def panels(self, dispute):
        """Panels that may sit and have capacity left, the worthiest first among many."""
        members = dispute["members"]

        def has_room(m):
            mediator, effort = members[m]["mediator"], members[m]["effort"]
            cases, minutes = self.cases[mediator], self.minutes[mediator]
            return (cases is None or cases > 0) and (minutes is None or minutes >= effort)

        def worth(m):
            balance = self.grid.weights["balance"] * self.load[members[m]["mediator"]]
            return members[m]["worth"] - balance

        open_ = sorted(filter(has_room, range(len(members))), key=worth, reverse=True)
        apart = set(map(tuple, dispute["apart"]))
        panels = []
        for panel in combinations(open_, dispute["size"]):
            panel = sorted(panel)
            if (
                set(dispute["required"]) <= set(panel)
                and not any(pair in apart for pair in combinations(panel, 2))
                and all(
                    len(set(x["members"]) & set(panel)) >= x["least"] for x in dispute["languages"]
                )
                and all(set(x) & set(panel) for x in dispute["expertise"])
                and (not dispute["chair"] or set(dispute["chairs"]) & set(panel))
            ):
                panels.append((sum(map(worth, panel)), panel))
                if len(panels) == 20 * PANELS:
                    break
        panels.sort(reverse=True)
        return panels[:PANELS]

    def is_left(self, person, session, starts):
        """Whether nobody has taken her time, rest included."""
        taken = self.taken.get(person)
        if taken is None:
            return np.ones(len(starts), bool)
        total = np.concatenate([[0], np.cumsum(taken)])
        return total[starts + session["slots"] + self.grid.rest] == total[starts]

    def best(self, dispute):
        panels = self.panels(dispute)
        if not panels:
            return None
        if not dispute["sessions"] or not all(s["starts"] for s in dispute["sessions"]):
            return Plan(panels[0][1])
        weights = self.grid.weights
        base = []
        for session in dispute["sessions"]:
            starts = np.array(session["starts"])
            cost = weights["burden"] * np.array(session["points"])
            cost = cost + weights["lateness"] * np.array(session["late"])
            if session["side_points"]:
                cost = cost + weights["fairness"] * np.max(session["side_points"], axis=0)
            good = np.ones(len(starts), bool)
            for person in session["attendees"]:
                good &= self.is_left(person, session, starts)
            for at in np.flatnonzero(good):
                staff = self.staff(session, starts[at])
                if staff is None:
                    good[at] = False
                else:
                    cost[at] += staff[0]
            base.append(np.where(good, cost, FAR))
        people = {
            m: [self.attendance(dispute, m, session) for session in dispute["sessions"]]
            for m in {m for _, panel in panels for m in panel}
        }
        found = []
        for worth, panel in panels:
            costs = [base[k] + sum(people[m][k] for m in panel) for k in range(len(base))]
            dates = self.dates(dispute, costs)
            if dates is not None:
                found.append((worth - dates[0], panel, dates[1]))
                if len(found) == ENOUGH:
                    break
        if not found:
            return Plan(panels[0][1])
        _, panel, starts = max(found, key=lambda entry: entry[0])
        staff = [self.staff(s, t) for s, t in zip(dispute["sessions"], starts)]
        return Plan(panel, starts, [s[1] for s in staff], [s[2] for s in staff])

    def attendance(self, dispute, member, session):
        person = self.grid.member_person(dispute, member)
        starts = np.array(session["starts"])
        good = self.grid.free(person, session, starts) & self.is_left(person, session, starts)
        cost = self.grid.weights["burden"] * self.grid.cost(person, session, starts)
        return np.where(good, cost, FAR)

    def staff(self, session, start):
        """Cost, classes and booths at a start, or None."""
        span = slice(start, start + session["slots"])
        rooms, booths, cost = [], [], 0
        if session["rooms"] is not None:
            need = session["rooms"]
            left = self.rooms[need["place"]][:, span].min(axis=1).copy()
            classes = self.grid.places[need["place"]]["classes"]
            for seats in [need["seats"]] + [need["breakout_seats"]] * need["breakouts"]:
                fit = [
                    c
                    for c, x in enumerate(classes)
                    if left[c] > 0 and (x["seats"] is None or x["seats"] >= seats)
                ]
                if not fit:
                    return None
                left[fit[0]] -= 1
                rooms.append(fit[0])
        used = set()
        for booth in session["booths"]:
            offers = []
            for i in booth["suited"]:
                person = self.grid.interpreters[i]["person"]
                at = np.array([start])
                free = i not in used and self.grid.free(person, session, at)[0]
                if free and self.is_left(person, session, at)[0]:
                    offers.append((int(self.grid.cost(person, session, at)[0]), i))
            if len(offers) < booth["size"]:
                return None
            chosen = sorted(offers)[: booth["size"]]
            cost += self.grid.weights["burden"] * sum(points for points, _ in chosen)
            booths.append(sorted(i for _, i in chosen))
            used.update(booths[-1])
        return cost, rooms, booths

    def dates(self, dispute, costs):
        """The cheapest starts that keep the gaps: cost and starts, or None."""
        best, back, before = None, [], None
        for session, cost in zip(dispute["sessions"], costs):
            starts = np.array(session["starts"])
            if before is None:
                best = cost
                back.append(None)
            else:
                ends = np.array(before["starts"]) + before["slots"]
                high = np.searchsorted(ends, starts - session["min_gap"], side="right")
                low = np.zeros(len(starts), int)
                if session["max_gap"] is not None:
                    low = np.searchsorted(ends, starts - session["max_gap"], side="left")
                reached = np.full(len(starts), FAR)
                come = np.zeros(len(starts), int)
                for at, (a, b) in enumerate(zip(low, high)):
                    if a < b:
                        come[at] = a + int(np.argmin(best[a:b]))
                        reached[at] = best[come[at]]
                best = np.where((reached < FAR) & (cost < FAR), reached + cost, FAR)
                back.append(come)
            before = session
        at = int(np.argmin(best))
        if best[at] >= FAR:
            return None
        total, places = int(best[at]), [at]
        for come in reversed(back[1:]):
            places.append(int(come[places[-1]]))
        places.reverse()
        return total, [int(s["starts"][at]) for s, at in zip(dispute["sessions"], places)]

    def take(self, dispute, plan):
        for m in plan.panel:
            member = dispute["members"][m]
            self.load[member["mediator"]] += 1
            if self.cases[member["mediator"]] is not None:
                self.cases[member["mediator"]] -= 1
            if self.minutes[member["mediator"]] is not None:
                self.minutes[member["mediator"]] -= member["effort"]
        panel = [self.grid.member_person(dispute, m) for m in plan.panel]
        for k, start in enumerate(plan.starts or []):
            session = dispute["sessions"][k]
            for person in session["attendees"] + panel + self.grid.people_of_staff(plan, k):
                taken = self.taken.setdefault(person, np.zeros(self.width, bool))
                taken[start : start + session["slots"] + self.grid.rest] = True
            for room in plan.rooms[k]:
                left = self.rooms[session["rooms"]["place"]]
                left[room, start : start + session["slots"]] -= 1
