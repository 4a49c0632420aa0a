//! Sessions as iCalendar, read back by the crate `icalendar`, which comity does not use itself.
//!
//! `tests/python/ics_check.py` reads the same files by the Python package `icalendar`.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use chrono::{NaiveDateTime, TimeZone};
use comity::calendar::{Audience, CalendarError, calendar};
use comity::format::{InstanceDoc, SolutionDoc, read_instance};
use comity::time::{Zone, parse_instant};
use common::files::home;
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;

/// The instance and a solution of it.
fn spring() -> &'static (InstanceDoc, SolutionDoc) {
    static SOLVED: OnceLock<(InstanceDoc, SolutionDoc)> = OnceLock::new();
    SOLVED.get_or_init(|| {
        let text = fs::read(home().join("tests/ics/spring.json")).expect("the instance");
        let instance = read_instance(&text).expect("it reads");
        let solution = common::solve(&instance);
        assert_eq!(solution.sessions.len(), 6, "every session has its date");
        (instance, solution)
    })
}

/// The same plan with its sessions at other times: slots of a quarter from 1 March.
fn moved(starts: &[u32]) -> SolutionDoc {
    let mut solution = spring().1.clone();
    let first = parse_instant("2026-03-01T00:00:00Z").expect("an instant");
    for (session, start) in solution.sessions.iter_mut().zip(starts) {
        let start = first + 15 * i64::from(*start);
        session.start = Zone::utc_rfc3339(start);
        session.end = Zone::utc_rfc3339(start + 60);
    }
    solution
}

fn write(solution: &SolutionDoc, audience: &Audience, previous: Option<&str>) -> String {
    calendar(&spring().0, solution, audience, previous.map(str::as_bytes)).expect("a calendar")
}

fn party(dispute: &str, party: &str) -> Audience {
    Audience::Party { dispute: dispute.to_owned(), party: party.to_owned() }
}

fn actor(id: &str) -> Audience {
    Audience::Actor(id.to_owned())
}

fn room(id: &str) -> Audience {
    Audience::Room { place: "seat".to_owned(), room: id.to_owned() }
}

fn audiences() -> Vec<Audience> {
    let mut all = vec![Audience::Everyone, room("harbour-room"), room("peak-room")];
    all.extend(
        [("harbour", "claimant"), ("harbour", "respondent"), ("rail", "north"), ("rail", "south")]
            .map(|(d, p)| party(d, p)),
    );
    all.extend(["mia", "noa", "rep-ny", "counsel-sydney", "X-B", "acme", "lawyers"].map(actor));
    all
}

/// An event as another program reads it.
#[derive(Debug, Clone, PartialEq)]
struct Read {
    start: i64,
    end: i64,
    sequence: u32,
    status: String,
    summary: String,
}

fn value<'a>(component: &'a Component<'_>, name: &str) -> &'a str {
    component.find_prop(name).map_or("", |property| property.val.as_str())
}

fn civil(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").expect("a time")
}

fn offset(text: &str) -> i64 {
    let number: i64 = text.parse().expect("an offset");
    number / 100 * 60 + number % 100
}

/// The instant of a time, by the `VTIMEZONE` of the file and by chrono-tz: they must agree.
fn instant(calendar: &[Component<'_>], event: &Component<'_>, name: &str) -> i64 {
    let property = event.find_prop(name).expect(name);
    let text = property.val.as_str();
    let reading = civil(text);
    let minutes = reading.and_utc().timestamp() / 60;
    if text.ends_with('Z') {
        return minutes;
    }
    let zone = property.params.iter().find(|p| p.key == "TZID").and_then(|p| p.val.as_ref());
    let zone = zone.expect("a zone").as_str();
    let definition = calendar.iter().find(|c| c.name == "VTIMEZONE" && value(c, "TZID") == zone);
    let observances = &definition.expect("the zone is defined").components;
    let begun = observances.iter().filter(|o| civil(value(o, "DTSTART")) <= reading);
    let last = begun.max_by_key(|o| civil(value(o, "DTSTART"))).expect("it covers the time");
    let by_file = minutes - offset(value(last, "TZOFFSETTO"));
    let zone: chrono_tz::Tz = zone.parse().expect("an IANA name");
    let by_database = zone.from_local_datetime(&reading).earliest().expect("it occurs");
    assert_eq!(by_file, by_database.timestamp() / 60, "{text} in {zone}");
    by_file
}

fn read(text: &str) -> BTreeMap<String, Read> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("another parser reads it");
    let mut events = BTreeMap::new();
    let zones = calendar.components.iter().filter(|c| c.name == "VTIMEZONE");
    for observance in zones.flat_map(|zone| &zone.components) {
        assert!(
            !value(observance, "TZNAME").is_empty() && !value(observance, "DTSTART").is_empty()
        );
    }
    for event in calendar.components.iter().filter(|c| c.name == "VEVENT") {
        let time = |name| instant(&calendar.components, event, name);
        let read = Read {
            start: time("DTSTART"),
            end: time("DTEND"),
            sequence: value(event, "SEQUENCE").parse().expect("a number"),
            status: value(event, "STATUS").to_owned(),
            summary: value(event, "SUMMARY").to_owned(),
        };
        assert!(value(event, "DTSTAMP").ends_with("T000000Z"));
        assert_eq!(events.insert(value(event, "UID").to_owned(), read), None, "a UID twice");
    }
    assert!(!calendar.components.is_empty(), "a calendar without any component is not valid");
    events
}

fn times(events: &BTreeMap<String, Read>) -> BTreeSet<(i64, i64)> {
    events.values().map(|event| (event.start, event.end)).collect()
}

fn times_of(solution: &SolutionDoc, which: impl Fn(&str, &str) -> bool) -> BTreeSet<(i64, i64)> {
    let sessions = solution.sessions.iter().filter(|s| which(&s.dispute, &s.session));
    let at = |text: &str| parse_instant(text).expect("an instant");
    sessions.map(|s| (at(&s.start), at(&s.end))).collect()
}

#[test]
fn everyone_sees_every_session_at_its_instant() {
    let solution = &spring().1;
    let events = read(&write(solution, &Audience::Everyone, None));
    assert_eq!(times(&events), times_of(solution, |_, _| true));
    assert_eq!(events.len(), 6);
}

#[test]
fn each_audience_sees_what_it_attends() {
    let solution = &spring().1;
    let chair = |dispute: &str| {
        let found = solution.assignments.iter().find(|one| one.dispute == dispute);
        found.expect("a panel").panel[0].mediator.clone()
    };
    let sees = |audience: &Audience, which: &dyn Fn(&str, &str) -> bool| {
        let events = read(&write(solution, audience, None));
        assert_eq!(times(&events), times_of(solution, which), "{audience}");
    };
    sees(&party("harbour", "claimant"), &|d, s| d == "harbour" && s != "quiet-talk-two");
    sees(&party("harbour", "respondent"), &|d, s| d == "harbour" && s != "quiet-talk-one");
    sees(&party("rail", "north"), &|d, _| d == "rail");
    // She represents the claimant in one dispute and the north in the other.
    sees(&actor("rep-ny"), &|d, s| d == "rail" || s != "quiet-talk-two");
    sees(&actor("X-B"), &|d, s| d == "harbour" && s != "quiet-talk-one");
    sees(&actor("lawyers"), &|_, _| false);
    for mediator in ["mia", "noa"] {
        sees(&actor(mediator), &|d, _| chair(d) == mediator);
    }
    let rooms: BTreeSet<(i64, i64)> = ["harbour-room", "peak-room"]
        .iter()
        .flat_map(|id| times(&read(&write(solution, &room(id), None))))
        .collect();
    assert_eq!(rooms, times_of(solution, |_, s| s == "all-together" || s == "signature"));
}

/// Of what its party does not attend a file holds no byte.
#[test]
fn a_party_learns_nothing_of_others() {
    let solution = &spring().1;
    let of_rail =
        ["rail", "north", "south", "Kiran", "Kathmandu", "talk", "signature", "(X-A)", "(X-C)"];
    let claimant = write(solution, &party("harbour", "claimant"), None);
    let internal = ["quiet-talk", "first-call", "all-together", "burden", "fit", "digest", "noa"];
    let seated = |id: &str| claimant_panel(solution).contains(&id.to_owned());
    for word in of_rail.iter().chain(&internal).chain(&["Europe/London", "Australia", "lawyers"]) {
        assert!(!claimant.contains(word) || seated(word), "{word}:\n{claimant}");
    }
    let respondent = write(solution, &party("harbour", "respondent"), None);
    for word in of_rail.iter().chain(&internal).chain(&["America"]) {
        assert!(!respondent.contains(word) || seated(word), "{word}:\n{respondent}");
    }
    // The caucus of the other side: neither when, nor that there is one, nor its UID.
    let all = read(&write(solution, &Audience::Everyone, None));
    let own = read(&claimant);
    let hidden = all.iter().find(|(_, event)| event.summary.contains("quiet-talk-two"));
    let (uid, event) = hidden.expect("the secretariat has it");
    assert!(!claimant.contains(uid.as_str()));
    assert!(own.values().all(|other| other.start != event.start));
    // A room tells when and for what, but not who.
    for id in ["harbour-room", "peak-room"] {
        let text = write(solution, &room(id), None);
        for word in ["Nell", "Liam", "Mia", "Acme", "Harbour dues"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

fn claimant_panel(solution: &SolutionDoc) -> Vec<String> {
    let harbour = solution.assignments.iter().find(|one| one.dispute == "harbour");
    harbour.expect("a panel").panel.iter().map(|seat| seat.mediator.clone()).collect()
}

/// A change that a party may not see does not even show in a number.
#[test]
fn what_is_hidden_does_not_show_in_a_re_plan() {
    let solution = &spring().1;
    let mut other = solution.clone();
    let hidden = other.sessions.iter_mut().find(|s| s.session == "quiet-talk-two").expect("it");
    hidden.start = "2026-03-20T08:00:00Z".to_owned();
    hidden.end = "2026-03-20T09:00:00Z".to_owned();
    let audience = party("harbour", "claimant");
    let before = write(solution, &audience, None);
    assert_eq!(write(&other, &audience, Some(&before)), before);
}

#[test]
fn what_is_gone_is_cancelled_once_and_what_comes_back_is_confirmed() {
    let solution = &spring().1;
    let first = write(solution, &Audience::Everyone, None);
    let mut less = solution.clone();
    less.sessions.retain(|session| session.session != "talk");
    let second = write(&less, &Audience::Everyone, Some(&first));
    let gone: Vec<Read> =
        read(&second).into_values().filter(|event| event.status == "CANCELLED").collect();
    assert_eq!((gone.len(), gone[0].sequence), (1, 1));
    assert_eq!(write(&less, &Audience::Everyone, Some(&second)), second, "nothing new");
    let third = read(&write(solution, &Audience::Everyone, Some(&second)));
    let back: Vec<&Read> = third.values().filter(|event| event.sequence > 0).collect();
    assert_eq!((back.len(), back[0].sequence, back[0].status.as_str()), (1, 2, "CONFIRMED"));
    // The file of another audience would tell what this one may not see.
    let refused = calendar(&spring().0, solution, &party("rail", "north"), Some(first.as_bytes()));
    assert!(matches!(refused, Err(CalendarError::Previous(_))));
}

/// Cal.com 4702 and 10517: slots that shift by an hour across a change of the clocks. Here the hours
/// around those of 8 March, 29 March and 5 April.
#[test]
fn instants_survive_the_changes_of_the_clocks() {
    let quarter = |text: &str| {
        let first = parse_instant("2026-03-01T00:00:00Z").expect("an instant");
        ((parse_instant(text).expect("an instant") - first) / 15) as u32
    };
    for change in ["2026-03-08T07:00:00Z", "2026-03-29T01:00:00Z", "2026-04-04T16:00:00Z"] {
        for shift in 0..16 {
            let solution = moved(&[quarter(change) - 8 + shift; 6]);
            for audience in audiences() {
                let text = write(&solution, &audience, None);
                let expected = times_of(&solution, |_, _| true);
                assert!(times(&read(&text)).is_subset(&expected), "{audience}: {text}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_re_plan_updates_by_uid(
        starts in proptest::collection::vec(0_u32..4800, 6),
        again in proptest::collection::vec(proptest::option::of(0_u32..4800), 6),
    ) {
        let before = moved(&starts);
        let later: Vec<u32> =
            starts.iter().zip(&again).map(|(old, new)| new.unwrap_or(*old)).collect();
        let after = moved(&later);
        for audience in audiences() {
            let first = write(&before, &audience, None);
            let second = write(&after, &audience, Some(&first));
            let (old, new) = (read(&first), read(&second));
            prop_assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
            for (uid, event) in &new {
                let was = &old[uid];
                let same = (was.start, was.end) == (event.start, event.end);
                prop_assert_eq!(event.sequence, u32::from(!same));
            }
            prop_assert_eq!(&write(&after, &audience, Some(&first)), &second, "same bytes");
            prop_assert!(second.lines().all(|line| line.len() <= 75));
            prop_assert_eq!(second.matches('\n').count(), second.matches("\r\n").count());
        }
    }
}
