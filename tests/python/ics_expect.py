"""Makes tests/ics/expected.json: when people are busy, worked out without comity.

    python3 -m venv venv
    venv/bin/pip install -r tests/python/requirements.txt
    PYTHONTZPATH= venv/bin/python tests/python/ics_expect.py

`PYTHONTZPATH=` has zoneinfo read the package `tzdata`, whose version 2025.2 is the database 2025b of
chrono-tz. Feeds are expanded by `recurring-ical-events`; random rules by `dateutil` on the wall
clock, each reading then taken to its instant by `zoneinfo` with fold=0, which is RFC 5545, 3.3.5.
Rules by hours and minutes run in elapsed time.
"""

import json
import random
import zoneinfo
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import icalendar
import recurring_ical_events
from dateutil import rrule

HERE = Path(__file__).parent.parent / "ics"
UTC = timezone.utc
FEEDS = {
    "outlook": "America/New_York",
    "london": "Europe/London",
    "sydney": "Australia/Sydney",
    "hong-kong": "Asia/Hong_Kong",
}
HORIZON = (datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 4, 24, 16, tzinfo=UTC))
PREFIX = "/mozilla.org/20050126_1/"
ZONES = [
    "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Europe/Paris", "Africa/Nairobi",
    "Asia/Kathmandu", "Asia/Hong_Kong", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Chatham", "Pacific/Kiritimati", "Africa/Casablanca", "Asia/Beirut", "America/Santiago",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def instant(value, home):
    """An aware datetime in UTC from what an event holds."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=home)
    return value.astimezone(UTC)


def merged(stretches):
    """Whole minutes within the horizon, in order, none touching the next."""
    found = []
    for start, end in stretches:
        start = start.replace(second=0)
        end = (end + timedelta(seconds=59)).replace(second=0)
        start, end = max(start, HORIZON[0]), min(end, HORIZON[1])
        if start < end:
            found.append([start, end])
    out = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return [[f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in pair] for pair in out]


def feed(name, zone):
    home = zoneinfo.ZoneInfo(zone)
    text = (HERE / "feeds" / f"{name}.ics").read_text().replace(PREFIX, "").replace("X-WR-TIMEZONE", "X-X")
    calendar = icalendar.Calendar.from_ical(text)
    around = (HORIZON[0] - timedelta(days=3), HORIZON[1] + timedelta(days=3))
    stretches = []
    for event in recurring_ical_events.of(calendar).between(*around):
        if event.get("STATUS") == "CANCELLED" or event.get("TRANSP") == "TRANSPARENT":
            continue
        stretches.append((instant(event.start, home), instant(event.end, home)))
    return {"zone": zone, "busy": merged(stretches)}


def random_rule(lots):
    """A rule by days, weeks, months or years, as text."""
    freq = lots.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={freq}"]
    if lots.random() < 0.5:
        parts.append(f"INTERVAL={lots.randint(1, 3)}")
    pick = lambda items, most: ",".join(map(str, lots.sample(items, lots.randint(1, most))))
    by = False
    if freq == "WEEKLY" and lots.random() < 0.7:
        parts.append("BYDAY=" + pick(DAYS, 3))
        by = True
        if lots.random() < 0.4:
            parts.append("WKST=" + lots.choice(["SU", "MO", "SA"]))
    if freq == "DAILY" and lots.random() < 0.3:
        parts.append("BYMONTH=" + pick([3, 4, 5], 2))
        by = True
    if freq == "MONTHLY":
        form = lots.randint(0, 3)
        if form == 0:
            parts.append("BYMONTHDAY=" + pick([1, 8, 15, 29, 30, 31, -1, -2, -24], 3))
            by = True
        elif form == 1:
            parts.append("BYDAY=" + pick([f"{n}{d}" for n in (1, 2, -1, 5) for d in DAYS], 3))
            by = True
        elif form == 2:
            parts += ["BYDAY=MO,TU,WE,TH,FR", f"BYSETPOS={lots.choice([1, -1, 3])}"]
            by = True
    if freq == "YEARLY":
        form = lots.randint(0, 4)
        if form == 0:
            parts += ["BYMONTH=" + pick([3, 4], 2), "BYDAY=" + pick(["1SU", "2SU", "-1SU", "-1FR"], 2)]
        elif form == 1:
            parts.append("BYYEARDAY=" + pick([67, 88, 95, -275], 2))
        elif form == 2:
            parts += ["BYWEEKNO=" + pick([10, 13, 14, 15], 2), "BYDAY=" + pick(DAYS, 2)]
        elif form == 3:
            parts += ["BYMONTH=4", "BYMONTHDAY=" + pick([3, 4, 5, 6], 2)]
        by = True
    if by and lots.random() < 0.2:
        parts.append("BYHOUR=" + pick([1, 2, 3, 9], 2))
    return parts


def random_case(lots):
    zone = lots.choice(ZONES)
    home = zoneinfo.ZoneInfo(zone)
    first = datetime(lots.choice([2019, 2024, 2026]), lots.choice([1, 2, 3]), lots.randint(1, 28))
    start = first + timedelta(minutes=lots.choice([0, 90, 125, 150, 170, 540, 1410]))
    minutes = lots.choice([15, 60, 1500])
    if lots.random() < 0.2:
        step = lots.choice([("HOURLY", 3600), ("MINUTELY", 60)])
        interval = lots.choice([1, 5, 6, 25]) if step[0] == "HOURLY" else lots.choice([45, 90, 1000])
        start = start.replace(year=2026, month=3)
        text = f"FREQ={step[0]};INTERVAL={interval}"
        count = lots.choice([None, 300])
        if count:
            text += f";COUNT={count}"
        begin = start.replace(tzinfo=home).astimezone(UTC)
        found = []
        while begin < HORIZON[1] and (count is None or len(found) < count):
            found.append(begin)
            begin += timedelta(seconds=step[1] * interval)
    else:
        parts = random_rule(lots)
        until = None
        if lots.random() < 0.3:
            parts.append(f"COUNT={lots.randint(1, 400)}")
        elif lots.random() < 0.5:
            until = datetime(2026, 3, lots.randint(1, 31), lots.randint(0, 23), 30, tzinfo=UTC)
        text = ";".join(parts)
        # Naive: the wall clock alone. A little more than the horizon, for the zones.
        rule = rrule.rrulestr(text, dtstart=start)
        readings = {start}
        for reading in rule:
            if reading > datetime(2026, 4, 27):
                break
            readings.add(reading)
        found = [reading.replace(tzinfo=home).astimezone(UTC) for reading in sorted(readings)]
        if until:
            first_instant = start.replace(tzinfo=home).astimezone(UTC)
            found = [at for at in found if at <= until or at == first_instant]
            text += f";UNTIL={until:%Y%m%dT%H%M%SZ}"
    length = timedelta(minutes=minutes)
    return {
        "zone": zone,
        "start": f"{start:%Y%m%dT%H%M%S}",
        "minutes": minutes,
        "rule": text,
        "busy": merged((at, at + length) for at in found),
    }


def readings(lots):
    """Civil time to instants: at random, and at every gap and fold of 2024 to 2032."""
    rows = []
    names = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
    for name in lots.sample(names, 120):
        civil = datetime(2024, 1, 1) + timedelta(minutes=lots.randint(0, 9 * 365 * 1440))
        rows.append([name, civil])
    for name in ZONES + ["Europe/London", "America/Los_Angeles", "Africa/Cairo", "Europe/Dublin"]:
        zone = zoneinfo.ZoneInfo(name)
        at = datetime(2024, 1, 1, tzinfo=UTC)
        while at < datetime(2033, 1, 1, tzinfo=UTC):
            after = at + timedelta(hours=1)
            if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
                middle = at.astimezone(zone).replace(tzinfo=None)
                for shift in (-30, 0, 15, 30, 45, 60, 75, 90, 120):
                    rows.append([name, middle + timedelta(minutes=shift)])
            at = after
    out = []
    for name, civil in rows:
        utc = civil.replace(tzinfo=zoneinfo.ZoneInfo(name)).astimezone(UTC)
        out.append([name, f"{civil:%Y-%m-%dT%H:%M}", f"{utc:%Y-%m-%dT%H:%MZ}"])
    return out


def dump(name, value):
    text = json.dumps(value, indent=0, separators=(",", ":")) + "\n"
    (HERE / name).write_text(text)


def main():
    lots = random.Random(20260308)
    dump(
        "expected.json",
        {
            "horizon": [f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in HORIZON],
            "feeds": {name: feed(name, zone) for name, zone in FEEDS.items()},
            "rules": [random_case(lots) for _ in range(300)],
        },
    )
    dump("readings.json", readings(lots))


main()
