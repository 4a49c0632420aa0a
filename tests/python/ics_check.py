"""Reads comity's calendars by the Python package `icalendar`, and compares them with the solution.

    python3 -m venv venv
    venv/bin/pip install -r tests/python/requirements.txt
    PYTHONTZPATH= venv/bin/python tests/python/ics_check.py target/release/comity

Who attends what, UIDs and instants are worked out here from the documents alone. Instants are read
twice: by zoneinfo, and by the VTIMEZONE of the file itself. A re-plan is applied the way a calendar
program does it, by UID and SEQUENCE.
"""

import copy
import hashlib
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import icalendar

HOME = Path(__file__).parent.parent.parent
UTC = timezone.utc
INSTANCES = ["tests/ics/spring.json", "instances/iomed-launch.json"]


def run(program, *args, codes=(0,)):
    done = subprocess.run([program, *map(str, args)], capture_output=True)
    assert done.returncode in codes, (args, done.returncode, done.stderr.decode())
    return done.stdout


def uid(instance, dispute, session):
    digest = bytearray(hashlib.sha256(f"comity/{instance}/{dispute}/{session}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]]) + "@comity"


def attending(instance, solution, scheduled):
    """The parties of a session, and everyone who attends it or for whom it is attended."""
    dispute = next(d for d in instance["disputes"] if d["id"] == scheduled["dispute"])
    session = next(s for s in dispute["sessions"] if s["id"] == scheduled["session"])
    wanted = session.get("attendees", "all")
    firms = {o["id"] for o in instance.get("organisations", [])}
    parties = [p for p in dispute["parties"] if wanted == "all" or p["id"] in wanted]
    actors = {p["actor"] for p in parties}
    for party in parties:
        people = party.get("representatives", []) + party.get("counsel", [])
        actors |= {person for person in people if person not in firms}
    for assignment in solution["assignments"]:
        if assignment["dispute"] == dispute["id"]:
            actors |= {seat["mediator"] for seat in assignment["panel"]}
    return {p["id"] for p in parties}, actors


def expected(instance, solution, flag, who):
    rows = {}
    for scheduled in solution["sessions"]:
        parties, actors = attending(instance, solution, scheduled)
        here = f"{scheduled.get('place')}/{scheduled.get('room')}"
        sees = {
            None: True,
            "--for": who in actors,
            "--room": who == here,
            "--party": who in {f"{scheduled['dispute']}/{p}" for p in parties},
        }[flag]
        if sees:
            key = uid(instance["id"], scheduled["dispute"], scheduled["session"])
            rows[key] = tuple(
                datetime.fromisoformat(scheduled[end].replace("Z", "+00:00")) for end in ("start", "end")
            )
    return rows


def offset(text):
    value = int(text[1:3]) * 60 + int(text[3:5])
    return timedelta(minutes=-value if text[0] == "-" else value)


def by_definition(calendar, prop):
    """The instant of a time by the VTIMEZONE of its file."""
    text = prop.to_ical().decode()
    reading = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
    if text.endswith("Z"):
        return reading.replace(tzinfo=UTC)
    zone = next(z for z in calendar.walk("VTIMEZONE") if z["TZID"] == prop.params["TZID"])
    begun = [o for o in zone.subcomponents if o["DTSTART"].dt.replace(tzinfo=None) <= reading]
    last = max(begun, key=lambda o: o["DTSTART"].dt.replace(tzinfo=None))
    return (reading - offset(last["TZOFFSETTO"].to_ical())).replace(tzinfo=UTC)


def read(data):
    for line in data.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line, line
        line.decode("utf-8")
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors and calendar["VERSION"] == "2.0" and calendar.subcomponents
    events = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        for name in ("DTSTART", "DTEND"):
            zoned = event[name].dt.astimezone(UTC)
            assert zoned == by_definition(calendar, event[name]), (event["UID"], name)
        assert event["UID"] not in events
        events[str(event["UID"])] = event
    return events


def times(events):
    return {
        key: (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
        for key, event in events.items()
        if event["STATUS"] == "CONFIRMED"
    }


def audiences(instance):
    yield None, None
    for dispute in instance["disputes"]:
        for party in dispute["parties"]:
            yield "--party", f"{dispute['id']}/{party['id']}"
    for place in instance.get("places", []):
        for room in place["rooms"]:
            yield "--room", f"{place['id']}/{room['id']}"
    actors = {p["actor"] for d in instance["disputes"] for p in d["parties"]}
    actors |= {one["id"] for one in instance["people"][:20] + instance["mediators"][:20]}
    for actor in sorted(actors):
        yield "--for", actor


def replanned(solution, slot):
    """The plan with its first session gone and its last one an hour of slots earlier or later."""
    other = copy.deepcopy(solution)
    del other["sessions"][0]
    for end in ("start", "end"):
        at = datetime.fromisoformat(other["sessions"][-1][end].replace("Z", "+00:00"))
        other["sessions"][-1][end] = f"{at - timedelta(minutes=slot):%Y-%m-%dT%H:%M:%SZ}"
    return other


def main(program):
    files = entries = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in INSTANCES:
            path, plan, plan2, old = HOME / name, *(Path(folder) / n for n in ("s", "t", "old.ics"))
            run(program, "solve", path, "-o", plan, "--time-limit", 300, codes=(0, 4))
            instance, solution = json.loads(path.read_text()), json.loads(plan.read_text())
            other = replanned(solution, instance.get("slot_minutes", 30))
            plan2.write_text(json.dumps(other))
            for flag, who in audiences(instance):
                args = [flag, who] if flag else []
                first = run(program, "calendar", path, plan, *args)
                held = read(first)
                assert times(held) == expected(instance, solution, flag, who), (name, flag, who)
                assert first == run(program, "calendar", path, plan, *args)
                old.write_bytes(first)
                second = run(program, "calendar", path, plan2, *args, "--previous", old)
                for key, event in read(second).items():
                    if key not in held or event["SEQUENCE"] > held[key]["SEQUENCE"]:
                        held[key] = event
                    else:
                        assert event.to_ical() == held[key].to_ical(), key
                assert times(held) == expected(instance, other, flag, who), (name, flag, who)
                files += 2
                entries += len(held)
    print(f"{files} calendars with {entries} entries are what the solutions say")


main(sys.argv[1])
