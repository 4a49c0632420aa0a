"""An answer as a comity.solution/1 document, without a certificate."""

from datetime import datetime, timedelta, timezone


def document(grid, answer, solver, seconds, notes):
    tiers, terms = grid.evaluate(answer)
    rooms = room_names(grid, answer)
    doc = {
        "schema": "comity.solution/1",
        "instance": grid.doc["instance"],
        "status": "feasible",
        "objective": {"tiers": tiers, "terms": terms},
        "assignments": [],
        "sessions": [],
        "burdens": [],
        "unserved": [],
        "exclusions": grid.doc["exclusions"],
        "run": {
            "version": "0",
            "solver": solver,
            "tzdb": grid.doc["tzdb"],
            "seed": 0,
            "gap": 0,
            "nodes": 0,
            "plans": 0,
            "elapsed_ms": int(1000 * seconds),
        },
        "notes": notes,
    }
    for d, (dispute, plan) in enumerate(zip(grid.disputes, answer)):
        if plan is None or (plan.starts is None and dispute["sessions"]):
            entry = {"dispute": dispute["id"], "stage": dispute["stage"], "core": []}
            doc["unserved"].append(entry)
        if plan is None:
            continue
        doc["assignments"].append(assignment(grid, dispute, plan))
        if plan.starts is not None:
            for k in range(len(plan.starts)):
                doc["sessions"].append(session_entry(grid, dispute, plan, k, rooms.get((d, k), [])))
            doc["burdens"].append(burdens(grid, dispute, plan))
    if not doc["burdens"]:
        del doc["burdens"]
    return doc


def assignment(grid, dispute, plan):
    members = dispute["members"]
    name = lambda m: grid.mediators[members[m]["mediator"]]["id"]
    chair = None
    if dispute["chair"]:
        may = [m for m in plan.panel if m in dispute["chairs"]]
        chair = max(may, key=lambda m: (members[m]["fit"], -m))
    seats = sorted(plan.panel, key=lambda m: (m != chair, m))
    between = {tuple(entry["members"]): entry["disclosures"] for entry in dispute["between"]}
    told = []
    for at, m in enumerate(seats):
        told += members[m].get("disclosures", [])
        for other in seats[:at]:
            told += between.get((min(m, other), max(m, other)), [])
    entry = {
        "dispute": dispute["id"],
        "panel": [
            {"mediator": name(m), "role": "chair" if m == chair else "member"} for m in seats
        ],
        "reasons": [
            {
                "mediator": name(m),
                "fit": members[m]["fit"],
                "better_fits": members[m]["better_fits"],
            }
            for m in seats
        ],
    }
    if told:
        entry["disclosures"] = told
    return entry


def utc(grid, slot):
    start = datetime.fromisoformat(grid.doc["start"])
    return start + timedelta(minutes=slot * grid.doc["slot_minutes"])


def shown(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def points(grid, people, session, start):
    return sum(int(grid.cost(person, session, [start])[0]) for person in people)


def session_entry(grid, dispute, plan, k, rooms):
    session, start = dispute["sessions"][k], plan.starts[k]
    panel = [grid.member_person(dispute, m) for m in plan.panel]
    staff = grid.people_of_staff(plan, k)
    named = grid.doc["people"]

    def local(person):
        minutes = int(grid.offsets[person, session["clock"]][start])
        return utc(grid, start).astimezone(timezone(timedelta(minutes=minutes))).isoformat()

    entry = {
        "dispute": dispute["id"],
        "session": session["id"],
        "start": shown(utc(grid, start)),
        "end": shown(utc(grid, start + session["slots"])),
        "local": {named[p]: local(p) for p in panel + session["attendees"] + staff},
        "burden": {
            dispute["parties"][party]["id"]: points(
                grid, dispute["parties"][party]["people"], session, start
            )
            for party in session["parties"]
        },
        "panel_burden": points(grid, panel, session, start),
    }
    if session["rooms"] is not None:
        entry["place"] = grid.places[session["rooms"]["place"]]["id"]
        entry["room"] = rooms[0]
        if rooms[1:]:
            entry["breakout_rooms"] = rooms[1:]
    if staff:
        entry["interpreters"] = [named[p] for p in staff]
        entry["interpreter_burden"] = points(grid, staff, session, start)
    return entry


def burdens(grid, dispute, plan):
    held = list(zip(dispute["sessions"], plan.starts))
    sides = [0] * len(dispute["sides"])
    for session, start in held:
        at = session["starts"].index(start)
        for side, bears in enumerate(session["side_points"]):
            sides[side] += bears[at]
    parties = {
        party["id"]: sum(
            points(grid, party["people"], session, start)
            for session, start in held
            if number in session["parties"]
        )
        for number, party in enumerate(dispute["parties"])
    }
    people = {}
    for person in (person for party in dispute["parties"] for person in party["people"]):
        attended = [(s, t) for s, t in held if person in s["attendees"]]
        if attended:
            name = grid.doc["people"][person]
            people[name] = sum(points(grid, [person], s, t) for s, t in attended)
    return {
        "dispute": dispute["id"],
        "sides": dict(zip(dispute["sides"], sides)),
        "parties": parties,
        "people": people,
    }


def room_names(grid, answer):
    """For each session the names of its rooms: of its class the first that is free, by start."""
    wanted = {}
    for d, (dispute, plan) in enumerate(zip(grid.disputes, answer)):
        for k, start in enumerate((plan and plan.starts) or []):
            session = dispute["sessions"][k]
            for which, room in enumerate(plan.rooms[k]):
                entry = start, start + session["slots"], d, k, which
                wanted.setdefault((session["rooms"]["place"], room), []).append(entry)
    given = {}
    for (place, room), entries in wanted.items():
        names = grid.places[place]["classes"][room]["rooms"]
        free_from = [0] * len(names)
        for start, end, d, k, which in sorted(entries):
            at = next(i for i, free in enumerate(free_from) if free <= start)
            free_from[at] = end
            given.setdefault((d, k), []).append((which, names[at]))
    return {key: [name for _, name in sorted(rooms)] for key, rooms in given.items()}
