"""Makes tests/zones/*.txt: what the clocks of every zone show, worked out without comity.

    python3 -m venv venv
    venv/bin/pip install -r tests/python/requirements.txt
    venv/bin/python tests/python/zones.py

With `--check` it writes nothing, and fails when the committed tables are not what it would write.

The tables are read by tests/zones.rs and src/check/tests/clocks.rs. The source is Python's
`zoneinfo` on the package `tzdata`, pinned to the database of chrono-tz (2025b is 2025.2). Instants
are YYYYMMDDThhmm in UTC, readings the same on the wall clock; offsets are minutes east of UTC.
"""

import sys
import zoneinfo
from datetime import datetime, timedelta, timezone
from importlib import resources
from pathlib import Path

import tzdata

HERE = Path(__file__).parent.parent / "zones"
UTC = timezone.utc
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
# `Factory` says that nobody has set the zone of a machine yet; chrono-tz leaves it out.
LEFT_OUT = {"Factory"}
SEED, DRAWS, NEAR = 2025, 10_000, 4 * 60

OFFSETS = "\
# 10,000 draws of a zone and an instant of 2024-2032, half of them within four hours of a change.\n\
# Below its zone, each row has the instant and the offset; every second one also the abbreviation,\n\
# with a star when daylight saving is in force.\n"
CHANGES = "\
# Every change of offset of 2024-2032. Below the zones that share them, each row has the instant,\n\
# the offset before and the offset after.\n"
CIVIL = "\
# Civil time to UTC (fold=0; RFC 5545, 3.3.5) around each gap and fold of changes.txt, in order.\n\
# Each row has five readings and their instants: the minute before, the first, middle and last\n\
# minute inside, the minute after.\n"


class Lots:
    """SplitMix64, so that the draws do not depend on the version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
        return (z ^ (z >> 31)) % n


def minutes(delta):
    assert delta % MINUTE == timedelta(0), delta
    return delta // MINUTE


def offset(zone, instant):
    return minutes(instant.astimezone(zone).utcoffset())


def stamp(time):
    return time.strftime("%Y%m%dT%H%M")


def changes_of(zone):
    """(instant, offset before, offset after), found hour by hour and then by bisection."""
    found = []
    low, before = START, offset(zone, START)
    while low < END:
        high = low + HOUR
        after = offset(zone, high)
        if after != before:
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                if offset(zone, middle) == before:
                    low = middle
                else:
                    high = middle
            after = offset(zone, high)
            found.append((high, before, after))
        low, before = high, after
    return [change for change in found if change[0] < END]


def civil_of(zone, changes):
    rows = []
    for change, before, after in changes:
        wall = change.replace(tzinfo=None)
        first, end = (wall + MINUTE * each for each in sorted((before, after)))
        half = (end - first) // MINUTE // 2 * MINUTE
        readings = [first - MINUTE, first, first + half, end - MINUTE, end]
        pairs = [
            f"{stamp(each)}={stamp(each.replace(tzinfo=zone, fold=0).astimezone(UTC))}"
            for each in readings
        ]
        rows.append(" ".join(["gap" if before < after else "fold", *pairs]))
    return rows


def draws(changes):
    """Distinct (zone, instant) pairs, half of them near a change."""
    lots = Lots(SEED)
    names = sorted(changes)
    changing = [name for name in names if changes[name]]
    found = set()
    while len(found) < DRAWS:
        if len(found) % 2:
            name = changing[lots.below(len(changing))]
            middle = changes[name][lots.below(len(changes[name]))][0]
            instant = middle + (lots.below(2 * NEAR) - NEAR) * MINUTE
        else:
            name = names[lots.below(len(names))]
            instant = START + lots.below((END - START) // MINUTE) * MINUTE
        if START <= instant < END:
            found.add((name, instant))
    return sorted(found)


def offset_rows(changes):
    last, named = None, False
    for name, instant in draws(changes):
        if name != last:
            yield f"zone {name}"
        last, named = name, not named
        local = instant.astimezone(zoneinfo.ZoneInfo(name))
        row = f"{stamp(instant)} {minutes(local.utcoffset())}"
        star = "*" if local.dst() > timedelta(0) else ""
        yield f"{row} {local.tzname()}{star}" if named else row


def tables():
    # The system's own files may be of another version: only the package counts.
    zoneinfo.reset_tzpath(to=[])
    names = sorted(zoneinfo.available_timezones() - LEFT_OUT)
    files = resources.files("tzdata.zoneinfo")
    by_file, changes, groups = {}, {}, {}
    for name in names:
        # Many names are links: a file with the same bytes has the same clock.
        data = files.joinpath(name).read_bytes()
        if data not in by_file:
            zone = zoneinfo.ZoneInfo(name)
            found = changes_of(zone)
            by_file[data] = found, civil_of(zone, found)
        changes[name], civil = by_file[data]
        rows = tuple(f"{stamp(at)} {before} {after}" for at, before, after in changes[name])
        groups.setdefault((rows, tuple(civil)), []).append(name)

    head = (
        "# Made by tests/python/zones.py, whose first lines say how to make it anew.\n"
        f"tzdb {tzdata.IANA_VERSION}\n"
    )
    listed = {0: [], 1: []}
    for rows, members in groups.items():
        for kind, lines in listed.items():
            lines += ["zones " + " ".join(members), *rows[kind]]
    bodies = {
        "offsets.txt": (OFFSETS, offset_rows(changes)),
        "changes.txt": (CHANGES, listed[0]),
        "civil.txt": (CIVIL, listed[1]),
    }
    return {name: head + says + "\n".join(rows) + "\n" for name, (says, rows) in bodies.items()}


def difference(name, text):
    """Where a committed table is another one than `text`, or None."""
    path = HERE / name
    committed = path.read_text().splitlines() if path.exists() else []
    made = text.splitlines()
    for number in range(max(len(committed), len(made))):
        here = committed[number] if number < len(committed) else "nothing"
        there = made[number] if number < len(made) else "nothing"
        if here != there:
            return f"tests/zones/{name}, line {number + 1}: {here[:60]!r}, not {there[:60]!r}"
    return None


def main():
    made = tables()
    if sys.argv[1:] == ["--check"]:
        told = [each for each in (difference(*table) for table in made.items()) if each]
        if told:
            told.append("The tables are out of date: run tests/python/zones.py (its top says how).")
            sys.exit("\n".join(told))
    elif sys.argv[1:]:
        sys.exit("usage: zones.py [--check]")
    else:
        HERE.mkdir(exist_ok=True)
        for name, text in made.items():
            (HERE / name).write_text(text)
    for name, text in made.items():
        print(f"tests/zones/{name}: {len(text.splitlines())} lines, {len(text)} bytes")


main()
