//! Where and when: hours with periods, worked weekends, stays, journeys, rest and rooms.

use serde_json::{Value, json};

use super::{findings, read, sound, with};
use crate::domain::{ActorIx, Instance, PlaceIx, Session};
use crate::time::{Zone, parse_date, parse_instant};

/// A docket with one dispute of these sessions, and these further sections.
pub(super) fn docket(sessions: &Value, sections: &Value) -> Value {
    let mut document = with(&json!({
        "people": [{"id": "ann", "time_zone": "Asia/Shanghai"}, {"id": "bob", "time_zone": "UTC"},
                   {"id": "cat", "time_zone": "UTC"}],
        "mediators": [{"id": "m1", "nationalities": ["SG"], "time_zone": "Asia/Singapore"}],
        "places": [{"id": "hall", "time_zone": "UTC",
                    "rooms": [{"id": "r1", "seats": 4}, {"id": "r2", "seats": 2}, {"id": "r3"}]},
                   {"id": "city", "time_zone": "UTC", "rooms": [{"id": "r1"}]},
                   {"id": "home", "time_zone": "UTC", "rooms": []}],
        "disputes": [{
            "id": "d1", "class": "commercial", "panel": {"size": 1},
            "parties": [{"id": "p", "actor": "CN", "representatives": ["ann", "cat"]},
                        {"id": "q", "actor": "DE", "side": "west", "representatives": ["bob"]},
                        {"id": "r", "actor": "SG", "side": "west", "representatives": ["bob"]}],
            "sessions": sessions,
        }],
    }));
    for (key, value) in sections.as_object().expect("an object") {
        document[key] = value.clone();
    }
    document
}

fn session(id: &str, keys: &Value) -> Value {
    let mut session = json!({"id": id, "kind": "joint", "minutes": 60});
    for (key, value) in keys.as_object().expect("an object") {
        session[key] = value.clone();
    }
    session
}

fn sessions(instance: &Instance) -> &[Session] {
    &instance.disputes()[0].sessions
}

#[test]
fn hours_count_in_their_period() {
    let hours = json!([{"days": ["mon"], "from": "09:00", "to": "17:00", "since": "2026-03-01"},
                       {"days": ["tue"], "from": "07:00", "to": "13:00",
                        "since": "2026-02-18", "until": "2026-03-19"}]);
    let mut document =
        with(&json!({"people": [{"id": "ann", "time_zone": "UTC", "working_hours": hours}]}));
    let instance = sound(&document);
    let clock = instance.actor(ActorIx(4)).clock.expect("a clock");
    let [open, ramadan] = instance.clock(clock).hours.as_slice() else { panic!("two rules") };
    assert_eq!((open.span.first, open.span.last), (parse_date("2026-03-01"), None));
    assert_eq!(ramadan.span.first, parse_date("2026-02-18"));
    assert_eq!(ramadan.span.last, parse_date("2026-03-19"));
    document["people"][0]["working_hours"][1]["until"] = json!("2026-02-17");
    assert_eq!(findings(&document), ["reversed-span /people/0/working_hours/1"]);
}

#[test]
fn workdays_and_calendars_of_stays_make_clocks() {
    let calendars = json!([
        {"id": "cn", "weekend": ["sat", "sun"], "holidays": [{"date": "2026-02-17"}],
         "workdays": [{"date": "2026-02-28"}, {"date": "2026-02-14"}]},
        {"id": "sa", "weekend": ["fri", "sat"]}]);
    let document = with(&json!({
        "calendars": calendars,
        "places": [{"id": "hall", "time_zone": "UTC", "rooms": []}],
        "people": [{
            "id": "ann", "time_zone": "Asia/Shanghai", "calendar": "cn", "base": "hall",
            "working_hours": [{"days": ["mon"], "from": "09:00", "to": "17:00"}],
            "stays": [
                {"start": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z",
                 "time_zone": "Asia/Riyadh", "calendar": "sa", "place": "hall"},
                {"start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z",
                 "time_zone": "Europe/Paris"}],
        }],
    }));
    let instance = sound(&document);
    let ann = instance.actor(ActorIx(4));
    assert_eq!(ann.base, Some(PlaceIx(0)));
    let own = instance.clock(ann.clock.expect("a clock"));
    assert_eq!(own.workdays, ["2026-02-14", "2026-02-28"].map(|d| parse_date(d).expect("a date")));
    for (date, rests) in
        [("2026-02-17", true), ("2026-02-21", true), ("2026-02-28", false), ("2026-03-02", false)]
    {
        assert_eq!(own.rests_on(parse_date(date).expect("a date")), rests, "{date}");
    }
    let [paris, riyadh] = ann.stays.as_slice() else { panic!("two stays") };
    assert_eq!((paris.place, riyadh.place), (None, Some(PlaceIx(0))));
    assert_eq!(paris.interval.end, riyadh.interval.start);
    let (paris, riyadh) = (instance.clock(paris.clock), instance.clock(riyadh.clock));
    assert_eq!((paris.zone, riyadh.zone), (zone("Europe/Paris"), zone("Asia/Riyadh")));
    assert_eq!((paris.weekend, &paris.holidays), (own.weekend, &own.holidays));
    assert_eq!((&paris.workdays, &paris.hours), (&own.workdays, &own.hours));
    assert_eq!((riyadh.weekend.0, riyadh.workdays.len()), (0b11_0000, 0));
    assert_eq!(riyadh.hours, own.hours);
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}

#[test]
fn journeys_take_recovery_from_their_threshold() {
    let between = |default: u32, from: Option<u32>| {
        let mut travel = json!({"default_minutes": default, "recovery_minutes": 600});
        if let Some(from) = from {
            travel["recovery_from_minutes"] = json!(from);
        }
        let instance = sound(&docket(
            &json!([]),
            &json!({"policy": {"travel": travel},
                    "journeys": [{"from": "city", "to": "hall", "minutes": 480},
                                 {"from": "home", "to": "hall", "minutes": 479}]}),
        ));
        let minutes = |a, b| instance.journeys().minutes(PlaceIx(a), PlaceIx(b));
        assert_eq!(minutes(0, 1), minutes(1, 0));
        assert_eq!(minutes(0, 0), 0);
        [minutes(0, 1), minutes(0, 2), minutes(1, 2)]
    };
    assert_eq!(between(300, None), [480, 479, 300]);
    assert_eq!(between(300, Some(480)), [1080, 479, 300]);
    assert_eq!(between(500, Some(480)), [1080, 479, 1100]);
}

#[test]
fn a_gap_is_the_longest_of_days_rest_and_journey() {
    let series = json!([
        session("s1", &json!({"mode": "in-person", "place": "hall"})),
        session("s2", &json!({"mode": "in-person", "place": "city"})),
        session("s3", &json!({"mode": "hybrid", "place": "hall"})),
        session("s4", &json!({"after": {"session": "s3", "min_days": 1, "max_days": 2}})),
    ]);
    let policy = json!({"workload": {"rest_minutes": 61, "day_minutes": 60}});
    let journeys = json!([{"from": "hall", "to": "city", "minutes": 91}]);
    let mut document = docket(&series, &json!({"policy": policy, "journeys": journeys}));
    let instance = sound(&document);
    let gaps: Vec<_> = sessions(&instance).iter().map(|s| (s.min_gap, s.max_gap)).collect();
    assert_eq!(gaps, [(0, None), (4, None), (3, None), (48, Some(96))]);
    assert_eq!(instance.slots_between(Some(PlaceIx(0)), Some(PlaceIx(1))), 4);
    assert_eq!((instance.policy().rest_minutes, instance.day_slots()), (61, Some(2)));
    document["disputes"][0]["sessions"][1]["after"] = json!({"session": "s1", "max_days": 0});
    assert_eq!(findings(&document), ["reversed-gap /disputes/0/sessions/1/after/max_days"]);
    document["disputes"][0]["sessions"][1]["after"]["max_days"] = json!(1);
    document["policy"]["workload"]["day_minutes"] = json!(59);
    let beyond = (0..4).map(|s| format!("session-beyond-day /disputes/0/sessions/{s}/minutes"));
    assert_eq!(findings(&document), beyond.collect::<Vec<_>>());
}

#[test]
fn rooms_seat_those_who_meet() {
    let series = json!([
        session("s1", &json!({"mode": "in-person", "place": "hall", "breakout_rooms": 2})),
        session("s2", &json!({"mode": "hybrid", "place": "hall", "breakout_rooms": 2})),
        session("s3", &json!({"mode": "in-person", "place": "hall", "attendees": ["q", "r"]})),
        session("s4", &json!({})),
    ]);
    let mut document = docket(&series, &json!({}));
    let instance = sound(&document);
    let taken: Vec<_> =
        sessions(&instance).iter().map(|s| (s.seats, s.breakouts, s.breakout_seats)).collect();
    // Ann, Cat, Bob (once, for two parties) and the mediator; the largest party is of two.
    assert_eq!(taken, [(4, 2, 2), (0, 2, 0), (2, 0, 1), (0, 0, 0)]);
    assert_eq!(instance.disputes()[0].sides, ["p", "west"]);
    let sides: Vec<_> = instance.disputes()[0].parties.iter().map(|p| p.side).collect();
    assert_eq!(sides, [0, 1, 1]);
    // With r2 too small for a party there are two rooms in person, and three for a hybrid session.
    document["places"][0]["rooms"][1]["seats"] = json!(1);
    assert_eq!(findings(&document), ["too-few-rooms /disputes/0/sessions/0/breakout_rooms"]);
    document["places"][0]["rooms"][2]["seats"] = json!(3);
    document["places"][0]["rooms"][0]["seats"] = json!(3);
    assert_eq!(findings(&document), ["room-too-small /disputes/0/sessions/0/place"]);
    document["disputes"][0]["sessions"][3]["breakout_rooms"] = json!(0);
    assert!(
        findings(&document)
            .contains(&"unwanted-breakout /disputes/0/sessions/3/breakout_rooms".to_owned())
    );
}

#[test]
fn only_bent_bands_are_warned_about() {
    let bands = |bands: &[(&str, &str, u32)]| {
        let band =
            |(from, to, cost): &(&str, &str, u32)| json!({"from": from, "to": to, "cost": cost});
        let bands: Vec<Value> = bands.iter().map(band).collect();
        let (instance, found) = read(&with(&json!({"policy": {"working_time": {"bands": bands}}})));
        assert!(instance.is_some());
        found.into_iter().map(|(_, place)| place).collect::<Vec<_>>()
    };
    let whole = ("00:00", "24:00", 3);
    assert_eq!(bands(&[whole]), Vec::<String>::new());
    // The default ones, out of order and with one of them in two.
    let default = [
        ("18:00", "20:00", 1),
        ("06:00", "07:00", 6),
        ("07:00", "08:00", 3),
        ("08:00", "09:00", 1),
        ("09:00", "12:00", 0),
        ("12:00", "18:00", 0),
        ("20:00", "22:00", 3),
        ("22:00", "23:00", 6),
    ];
    assert_eq!(bands(&default), Vec::<String>::new());
    // Around midnight, and a dearest stretch in place of a night.
    let late = [("20:00", "24:00", 0), ("00:00", "04:00", 0), ("04:00", "20:00", 5)];
    assert_eq!(bands(&late), Vec::<String>::new());
    let at = |place: usize| vec![format!("/policy/working_time/bands/{place}")];
    assert_eq!(
        bands(&[("09:00", "18:00", 0), ("18:00", "19:00", 3), ("19:00", "20:00", 5)]),
        at(2)
    );
    assert_eq!(
        bands(&[("09:00", "18:00", 0), ("18:00", "19:00", 3), ("19:00", "20:00", 2)]),
        at(2)
    );
    assert_eq!(bands(&[("09:00", "12:00", 0), ("13:00", "18:00", 0)]), at(1));
    assert_eq!(
        bands(&[("07:00", "08:00", 3), ("08:00", "09:00", 2), ("09:00", "18:00", 0)]),
        at(0)
    );
}

#[test]
fn a_day_begins_when_its_date_is_first_read() {
    let begins = |name: &str, date: &str| zone(name).day_begins(parse_date(date).expect("a date"));
    let at = |text: &str| parse_instant(text).expect("an instant");
    assert_eq!(begins("UTC", "2026-03-02"), at("2026-03-02T00:00:00Z"));
    assert_eq!(begins("Europe/Berlin", "2026-03-29"), at("2026-03-29T00:00:00+01:00"));
    assert_eq!(begins("Europe/Berlin", "2026-03-30"), at("2026-03-30T00:00:00+02:00"));
    // Midnight is skipped.
    assert_eq!(begins("America/Santiago", "2026-09-06"), at("2026-09-06T01:00:00-03:00"));
    // The date is skipped: Samoa had no 30 December 2011.
    assert_eq!(begins("Pacific/Apia", "2011-12-30"), at("2011-12-31T00:00:00+14:00"));
    assert_eq!(begins("Pacific/Apia", "2011-12-31"), at("2011-12-31T00:00:00+14:00"));
    // Midnight is read twice: Havana sets its clock back from one to zero.
    assert_eq!(begins("America/Havana", "2026-11-01"), at("2026-11-01T00:00:00-04:00"));
}
