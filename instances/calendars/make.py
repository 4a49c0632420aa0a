"""Makes the .ics files of this folder.

    python3 -m venv venv && venv/bin/pip install holidays==0.109
    venv/bin/python instances/calendars/make.py instances/calendars

Hong Kong is the Government's list, written out below; the Python package `holidays` (MIT) is asked
to agree. All others are the package's, public holidays alone; China's are held against the notice. Days that wait for the sighting of
the moon are marked STATUS:TENTATIVE, as they stood before they were announced.
"""

import datetime
import sys
from pathlib import Path

import holidays

VERSION = "0.109"
MADE = "20261123T000000Z"
PACKAGE = f"https://pypi.org/project/holidays/{VERSION}/"
GAZETTE = "https://www.info.gov.hk/gia/general/202505/16/P2025051300354.htm"

# General holidays for 2026, Government press release of 16 May 2025 (besides every Sunday).
HONG_KONG = {
    "2026-01-01": "The first day of January",
    "2026-02-17": "Lunar New Year's Day",
    "2026-02-18": "The second day of Lunar New Year",
    "2026-02-19": "The third day of Lunar New Year",
    "2026-04-03": "Good Friday",
    "2026-04-04": "The day following Good Friday",
    "2026-04-06": "The day following Ching Ming Festival",
    "2026-04-07": "The day following Easter Monday",
    "2026-05-01": "Labour Day",
    "2026-05-25": "The day following the Birthday of the Buddha",
    "2026-06-19": "Tuen Ng Festival",
    "2026-07-01": "Hong Kong Special Administrative Region Establishment Day",
    "2026-09-26": "The day following the Chinese Mid-Autumn Festival",
    "2026-10-01": "National Day",
    "2026-10-19": "The day following Chung Yeung Festival",
    "2026-12-25": "Christmas Day",
    "2026-12-26": "The first weekday after Christmas Day",
}

# Days off of 2026 that are no Saturday or Sunday, notice of the State Council of 4 November 2025;
# the weekends that are worked in exchange (such as 14 and 28 February) have no place in a calendar.
NOTICE = "https://politics.gmw.cn/2025-11/04/content_38391083.htm"
CHINA = """01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25
10-01 10-02 10-05 10-06 10-07"""

# File, country, subdivision.
OTHERS = [
    ("algeria", "DZ", None),
    ("brazil", "BR", None),
    ("cameroon", "CM", None),
    ("china", "CN", None),
    ("egypt", "EG", None),
    ("england", "GB", "ENG"),
    ("france", "FR", None),
    ("geneva", "CH", "GE"),
    ("indonesia", "ID", None),
    ("kenya", "KE", None),
    ("new-south-wales", "AU", "NSW"),
    ("nigeria", "NG", None),
    ("pakistan", "PK", None),
    ("serbia", "RS", None),
    ("singapore", "SG", None),
    ("united-states", "US", None),
    ("venezuela", "VE", None),
]

# Days of the Islamic calendar: their dates wait for the sighting of the moon.
MOON = ("Eid", "Arafah", "Islamic New Year", "Ashura", "Prophet", "Mawlid", "Mi'raj")


def escape(text):
    for letter in "\\;,":
        text = text.replace(letter, "\\" + letter)
    return text


def fold(line):
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            parts.append(part)
            part = " "
        part += letter
    return "\r\n".join([*parts, part]) + "\r\n"


def write(folder, name, source, days):
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//comity//instances/calendars/make.py//EN",
        f"X-WR-CALNAME:{name} 2026",
        f"X-WR-CALDESC:{escape('Source: ' + source)}",
    ]
    for date, title in sorted(days.items()):
        day = datetime.date.fromisoformat(date)
        tentative = any(word in title for word in MOON) or "estimated" in title
        title = title.replace("(estimated)", "").replace(", estimated)", ")").strip()
        lines += [
            "BEGIN:VEVENT",
            f"UID:{date}.{name}@calendars.comity",
            f"DTSTAMP:{MADE}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + datetime.timedelta(1):%Y%m%d}",
            f"SUMMARY:{escape(title)}",
            f"STATUS:{'TENTATIVE' if tentative else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    path = Path(folder) / f"{name}-2026.ics"
    path.write_bytes("".join(map(fold, lines)).encode())


def main(folder):
    assert holidays.__version__ == VERSION, holidays.__version__
    known = holidays.country_holidays("HK", years=2026, categories=("public", "optional"))
    weekdays = {str(day) for day in known if day.weekday() != 6}
    assert weekdays == set(HONG_KONG), weekdays ^ set(HONG_KONG)
    write(folder, "hong-kong", GAZETTE, HONG_KONG)
    for name, country, subdivision in OTHERS:
        found = holidays.country_holidays(
            country, subdiv=subdivision, years=2026, language="en_US" if country != "CM" else None
        )
        days = {str(day): title for day, title in found.items()}
        if country == "CN":
            off = {day[5:] for day in days if datetime.date.fromisoformat(day).weekday() < 5}
            assert off == set(CHINA.split()), off ^ set(CHINA.split())
        where = f"{country}-{subdivision}" if subdivision else country
        also = f" (as in {NOTICE})" if country == "CN" else ""
        write(folder, name, f"{PACKAGE}, {where}, public holidays{also}", days)


main(sys.argv[1])
