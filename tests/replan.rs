//! A plan made again keeps to the one before as far as it can, and says what it has changed.

mod common;

use std::fs;

use chrono::{NaiveDate, TimeDelta};
use comity::calendar::{Audience, calendar};
use comity::check;
use comity::explain::{changes, changes_text, read_answer, what_if};
use comity::format::{InstanceDoc, SolutionDoc, canonical_digest, read_instance};
use comity::pipeline::keep_to;
use comity::solution::evaluate;
use comity::solve::{Control, Options};
use serde_json::{Value, json};

fn launch() -> Value {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    serde_json::from_str(&text).expect("JSON")
}

fn document(value: &Value) -> InstanceDoc {
    read_instance(value.to_string().as_bytes()).expect("an instance")
}

/// Solves anew, keeping to an earlier solution; checked.
fn again(document: &InstanceDoc, before: &SolutionDoc) -> (SolutionDoc, String) {
    let screened = common::screened(document);
    let from = keep_to(&screened.instance, before, "0".repeat(64)).expect("starts");
    let screened = screened.keeping_to(from.clone());
    let solution = screened.answer(Options::default(), &Control::new(None, None));
    common::assert_holds(document, &solution);
    let text = changes_text(&changes(&screened, &from, &solution));
    (solution, text)
}

fn panel_of<'a>(solution: &'a SolutionDoc, dispute: &str) -> Vec<&'a str> {
    let own = solution.assignments.iter().find(|panel| panel.dispute == dispute);
    own.into_iter().flat_map(|panel| &panel.panel).map(|seat| seat.mediator.as_str()).collect()
}

fn starts(solution: &SolutionDoc) -> Vec<(&str, &str, &str)> {
    let all = solution.sessions.iter();
    all.map(|s| (s.dispute.as_str(), s.session.as_str(), s.start.as_str())).collect()
}

#[test]
fn nothing_changes_where_nothing_has_happened() {
    let document = document(&launch());
    let before = common::solve(&document);
    let (after, changes) = again(&document, &before);
    assert_eq!(after.objective.tiers, before.objective.tiers);
    assert_eq!(after.objective.terms.get("disruption"), Some(&0));
    assert_eq!(starts(&after), starts(&before));
    assert_eq!(changes, "");
}

#[test]
fn a_recusal_moves_nobody_else_and_is_told_with_its_reason() {
    let value = launch();
    let before = common::solve(&document(&value));
    for panel in before.assignments.iter().take(4) {
        let mut value = value.clone();
        let who = &panel.panel[0].mediator;
        value["locks"] = json!({ "forbid": [{ "dispute": panel.dispute, "mediator": who }] });
        let (after, changes) = again(&document(&value), &before);
        let left = format!("{who} leaves (forbidden: is kept from this dispute by a lock)");
        assert!(changes.contains(&left), "{changes}");
        assert_eq!(changes.lines().count(), 1, "{changes}");
        for other in before.assignments.iter().filter(|other| other.dispute != panel.dispute) {
            let name = other.dispute.as_str();
            assert_eq!(panel_of(&after, name), panel_of(&before, name), "{name}");
        }
    }
}

/// At weight 0 the earlier plan counts for nothing; the more it counts, the less is changed.
#[test]
fn the_more_disruption_weighs_the_less_is_changed() {
    let mut value = launch();
    let before = common::solve(&document(&value));
    // Another taste: whoever has sat before is no longer the best fit.
    value["policy"]["weights"] = json!({ "fit": 1, "burden": 0, "fairness": 0, "balance": 0.5 });
    let free = common::solve(&document(&value));
    let mut fewest = usize::MAX;
    for weight in [json!(0), json!(0.05), json!(0.5), json!(5)] {
        value["policy"]["weights"]["disruption"] = weight;
        let (after, changes) = again(&document(&value), &before);
        if fewest == usize::MAX {
            assert_eq!(after.objective.tiers, free.objective.tiers);
        }
        let number = changes.lines().count();
        assert!(number <= fewest, "{number} after {fewest}");
        fewest = number;
    }
    assert_eq!(fewest, 0);
}

#[test]
fn the_checker_has_the_cost_of_changes_by_itself() {
    let value = launch();
    let before = common::solve(&document(&value));
    let document = document(&value);
    let (after, _) = again(&document, &before);
    let mut told = after.clone();
    let from = told.from.as_mut().expect("the plan kept to");
    from.panels[0].mediators = vec!["nobody".to_owned()];
    assert_eq!(common::broken_rules(&document, &told), ["D4 objective", "B2 status"]);
    let mut told = after.clone();
    let from = told.from.as_mut().expect("the plan kept to");
    from.sessions[0].start = "2027-01-01T00:00:00Z".to_owned();
    assert!(common::broken_rules(&document, &told).contains(&"D4 objective"));
    // Without the plan there is nothing to keep to, and no such term.
    let told = SolutionDoc { from: None, ..after };
    assert!(common::broken_rules(&document, &told).contains(&"D4 objective"));
}

/// A point for a session in the first week after `as_of`, a quarter less for each week after, a quarter at
/// least: engine and checker alike, against days counted here.
#[test]
fn near_sessions_are_the_dearest_to_move() {
    let value = launch();
    let document = document(&value);
    let before = common::solve(&document);
    let as_of: NaiveDate = value["as_of"].as_str().expect("a text").parse().expect("a date");
    let digest = canonical_digest(&common::bytes(&document)).expect("canonical");
    for (after, quarters) in [(0, 4), (6, 4), (7, 3), (13, 3), (14, 2), (20, 2), (21, 1), (60, 1)] {
        // As if the first session had been at a time at which nothing begins.
        let mut earlier = before.clone();
        let day = as_of + TimeDelta::days(after);
        earlier.sessions[0].start = format!("{day}T23:45:00Z");
        let screened = common::screened(&document);
        let from = keep_to(&screened.instance, &earlier, "0".repeat(64)).expect("starts");
        let screened = screened.keeping_to(from.clone());
        let plans = read_answer(&screened.instance, &before).expect("plans");
        let told = evaluate(&screened.instance, &screened.availability, &plans);
        assert_eq!(told.disruption, -250_000 * quarters, "{after} days");
        let solution = SolutionDoc { from: Some(from), ..before.clone() };
        let terms = check::check(&document, &solution, &digest).recomputed.terms;
        let own = terms.iter().find(|(name, _)| name == "disruption").expect("the term");
        assert_eq!(own.1, -250_000 * quarters, "{after} days");
    }
}

/// The launch docket once its first weeks are over, with the solution of the day before them.
fn later(as_of: &str) -> (Value, SolutionDoc) {
    let mut value = launch();
    let before = common::solve(&document(&value));
    value["as_of"] = json!(as_of);
    (value, before)
}

/// What has been held stays, though its mediator has left since and her successor was busy then; nothing else is put
/// into the past.
#[test]
fn sessions_that_were_held_stay_and_need_nobody() {
    let today = "2026-02-16";
    let (value, before) = later(today);
    let over = |s: &(&str, &str, &str)| s.2 < today;
    let (held, to_come): (Vec<_>, Vec<_>) = starts(&before).into_iter().partition(over);
    assert!(held.len() > 2 && to_come.len() > 2, "{held:?}, {to_come:?}");
    let mut replaced = 0;
    for (dispute, ..) in &held {
        let has_more = to_come.iter().any(|s| s.0 == *dispute);
        let mut value = value.clone();
        let who = panel_of(&before, dispute)[0];
        value["locks"] = json!({ "forbid": [{ "dispute": dispute, "mediator": who }] });
        // Everyone else was away until today.
        for person in value["mediators"].as_array_mut().expect("mediators") {
            if !panel_of(&before, dispute).contains(&person["id"].as_str().expect("an id")) {
                let away =
                    json!({ "start": "2026-02-01T00:00:00Z", "end": "2026-02-16T00:00:00Z" });
                match person["busy"].as_array_mut() {
                    Some(busy) => busy.push(away),
                    None => person["busy"] = json!([away]),
                }
            }
        }
        let document = document(&value);
        let (after, _) = again(&document, &before);
        if panel_of(&after, dispute).is_empty() {
            continue;
        }
        replaced += usize::from(!panel_of(&after, dispute).contains(&who) && has_more);
        for (d, session, start) in starts(&after) {
            let was_held = held.iter().find(|s| (s.0, s.1) == (d, session));
            assert_eq!(was_held.map(|s| s.2), (start < today).then_some(start), "{d} {session}");
        }
        for session in after.sessions.iter().filter(|s| s.start.as_str() < today) {
            let nothing = session.room.is_none() && session.interpreters.is_empty();
            assert!(nothing && session.local.is_empty(), "{session:?}");
        }
    }
    assert!(replaced > 0, "nobody takes over");
}

#[test]
fn the_checker_sees_what_was_held_moved_and_what_was_not_put_into_the_past() {
    let (value, before) = later("2026-02-16");
    let document = document(&value);
    let (after, _) = again(&document, &before);
    let moved = |position: usize, start: &str, end: &str| {
        let mut told = after.clone();
        let session = &mut told.sessions[position];
        (session.start, session.end) = (start.to_owned(), end.to_owned());
        common::broken_rules(&document, &told)
    };
    let held = after.sessions.iter().position(|s| s.start.as_str() < "2026-02-16").expect("one");
    assert!(moved(held, "2026-02-05T03:00:00Z", "2026-02-05T05:00:00Z").contains(&"A8 locks"));
    let other = after.sessions.iter().position(|s| s.start.as_str() >= "2026-02-16").expect("one");
    assert!(moved(other, "2026-02-13T03:00:00Z", "2026-02-13T05:00:00Z").contains(&"S3 order"));
    // Nobody is needed at what is over, so nobody is told its local time, and it takes no room.
    let mut told = after.clone();
    told.sessions[held].local = before.sessions[held].local.clone();
    assert!(common::broken_rules(&document, &told).contains(&"D2 session-data"));
}

/// Two weeks in which sessions move only if they must: at no weight of disruption and with hours that have become dear,
/// those stay, and later ones move; one that nobody can attend any more moves all the same.
#[test]
fn near_sessions_move_only_if_they_must() {
    let (mut value, before) = later("2026-02-02");
    // Another taste: burden was nearly nothing, and the old dates of everybody are bad ones now.
    value["policy"]["weights"] = json!({ "fit": 1, "burden": 1, "fairness": 1, "disruption": 0 });
    let near = |start: &str| start < "2026-02-16";
    let moves = |after: &SolutionDoc| {
        let old: Vec<_> = starts(&before);
        let moved = starts(after)
            .into_iter()
            .filter(|now| old.iter().any(|old| (old.0, old.1) == (now.0, now.1) && old.2 != now.2));
        let was = |now: &(&str, &str, &str)| {
            old.iter().find(|old| (old.0, old.1) == (now.0, now.1)).expect("the same").2.to_owned()
        };
        let was: Vec<String> = moved.map(|now| was(&now)).collect();
        (was.iter().filter(|s| near(s)).count(), was.len())
    };
    let (free, _) = again(&document(&value), &before);
    let (near_moved, all) = moves(&free);
    assert!(near_moved > 0 && all > near_moved, "{near_moved} of {all} without a freeze period");
    value["policy"]["freeze_days"] = json!(14);
    let (after, _) = again(&document(&value), &before);
    assert_eq!(after.objective.terms.get("frozen"), Some(&0));
    let (near_moved, all) = moves(&after);
    assert!(near_moved == 0 && all > 0, "{near_moved} of {all} with one");
    // A person without whom the first session cannot be is away on its day.
    let first = before.sessions.iter().find(|s| near(&s.start)).expect("a near session");
    let day = &first.start[..10];
    let away = json!({ "start": format!("{day}T00:00:00Z"), "end": format!("{day}T23:30:00Z") });
    let people = value["people"].as_array_mut().expect("people");
    for person in people.iter_mut() {
        if first.local.iter().any(|(id, _)| id == person["id"].as_str().expect("an id")) {
            match person["busy"].as_array_mut() {
                Some(busy) => busy.push(away.clone()),
                None => person["busy"] = json!([away]),
            }
        }
    }
    let (must, _) = again(&document(&value), &before);
    let term = must.objective.terms.get("frozen").copied().expect("the term");
    assert!(term < 0, "the first session stays where nobody can be");
    assert_eq!(must.objective.tiers[2], term);
    assert_eq!(moves(&must).0 as i64, term / -1_000_000);
    let prices =
        must.certificate.as_ref().and_then(|all| all.tiers.last()?.nodes[0].prices.clone());
    assert!(prices.expect("a root").frozen > 0, "the period has no price");
}

/// A dispute that had no dates yet, and is early where it can choose, gets none that are over.
#[test]
fn what_is_new_is_not_put_into_the_past() {
    let today = "2026-02-16";
    let (value, mut before) = later(today);
    let document = document(&value);
    let dispute = starts(&before).iter().find(|s| s.2 < "2026-02-09").expect("one").0.to_owned();
    before.sessions.retain(|session| session.dispute != dispute);
    let (after, _) = again(&document, &before);
    let all = starts(&after);
    let own: Vec<_> = all.iter().filter(|s| s.0 == dispute).collect();
    assert!(!own.is_empty() && own.iter().all(|s| s.2 >= today), "{own:?}");
}

/// A session that was held before the horizon could only be planned once more.
#[test]
fn what_was_held_out_of_sight_is_refused() {
    let (value, mut before) = later("2026-03-01");
    let document = document(&value);
    before.sessions[0].start = "2026-01-20T03:00:00Z".to_owned();
    let screened = common::screened(&document);
    let findings = keep_to(&screened.instance, &before, String::new()).expect_err("out of sight");
    assert_eq!(findings[0].code, "bad-start");
    assert_eq!(findings[0].pointer, "/sessions/0/start");
}

/// Whoever has left, and the room, keep the entry of what has been held; only what is to come is cancelled or changed.
#[test]
fn calendars_keep_what_has_been_held() {
    let today = "2026-02-16";
    let (mut value, before) = later(today);
    let is_held = |s: &(&str, &str, &str)| s.2 < today;
    let all = starts(&before);
    let goes_on = |d: &str| all.iter().any(|s| s.0 == d && !is_held(s));
    let (dispute, ..) = *all.iter().find(|s| is_held(s) && goes_on(s.0)).expect("one goes on");
    let who = panel_of(&before, dispute)[0].to_owned();
    value["locks"] = json!({ "forbid": [{ "dispute": dispute, "mediator": who }] });
    let document = document(&value);
    let (after, _) = again(&document, &before);
    assert!(!panel_of(&after, dispute).contains(&who.as_str()));
    let first = common::screened(&document).instance.as_of();
    let events = |text: &str| -> Vec<String> {
        let unfolded = text.replace("\r\n ", "");
        unfolded.split("BEGIN:VEVENT").skip(1).map(str::to_owned).collect()
    };
    let day = |event: &str| {
        let line = event.lines().find(|line| line.starts_with("DTSTART")).expect("a start");
        line.rsplit(':').next().expect("a time")[..8].to_owned()
    };
    for audience in [Audience::Everyone, Audience::Actor(who.clone())] {
        let old = calendar(&document, &before, &audience, None).expect("a calendar");
        let new = calendar(&document, &after, &audience, Some(old.as_bytes())).expect("another");
        let (old, new) = (events(&old), events(&new));
        let is_past = |event: &&String| day(event) < first.to_string().replace('-', "");
        let past: Vec<&String> = old.iter().filter(is_past).collect();
        assert!(!past.is_empty() && past.len() < old.len(), "{audience}");
        let kept: Vec<&String> = new.iter().filter(is_past).collect();
        assert_eq!(kept, past, "{audience}");
        assert!(new.iter().any(|event| event.contains("SEQUENCE:1")), "{audience}");
    }
}

/// What a secretariat has to deal with, each planned again close to what was: only what it touches changes, and why is
/// told.
#[test]
fn exceptions_of_a_day() {
    let text = fs::read_to_string("instances/iomed-launch.json").expect("the instance");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let before = common::solve(&document(&value));
    let all = starts(&before);
    // A withdrawn dispute.
    let mut less = value.clone();
    less["disputes"].as_array_mut().expect("a list").remove(4);
    let (after, changes) = again(&document(&less), &before);
    assert_eq!(after.assignments.len(), before.assignments.len() - 1);
    assert_eq!(changes, "", "the others stay");
    // A new one, like another but for its id.
    let mut more = value.clone();
    let mut new = value["disputes"][4].clone();
    new["id"] = json!("new");
    more["disputes"].as_array_mut().expect("a list").push(new);
    let (after, changes) = again(&document(&more), &before);
    assert!(!panel_of(&after, "new").is_empty(), "{changes}");
    assert!(changes.lines().any(|line| line.starts_with("changed new: ")), "{changes}");
    // A new busy interval: told as the reason where the session moves.
    let (dispute, session, start) = all[0];
    let who = panel_of(&before, dispute)[0];
    let mut busy = value.clone();
    let end = before.sessions[0].end.as_str();
    let people = busy["mediators"].as_array_mut().expect("mediators");
    let own = people.iter_mut().find(|m| m["id"] == *who).expect("she is there");
    own["busy"] = json!([{ "start": start, "end": end }]);
    busy["locks"] = json!({ "require": [{ "dispute": dispute, "mediator": who }] });
    let (_, changes) = again(&document(&busy), &before);
    let told = format!("session {session} from {start} to ");
    let line = changes.lines().find(|line| line.contains(&told)).expect("it moves");
    assert!(line.contains(&format!("({who} is not available then)")), "{line}");
    // A due date that has come closer, and a lock.
    let last = all.iter().rfind(|s| s.0 == dispute).expect("a last session");
    let mut due = value.clone();
    let disputes = due["disputes"].as_array_mut().expect("a list");
    let own = disputes.iter_mut().find(|d| d["id"] == dispute).expect("it is there");
    own["due"] = json!(last.2);
    let (_, changes) = again(&document(&due), &before);
    assert!(changes.contains("(it may not be at that time any more)"), "{changes}");
}

/// A room that is lost: of two sessions at one time one moves, and nothing else.
#[test]
fn a_lost_room_moves_one_session() {
    let text = fs::read_to_string("tests/ics/spring.json").expect("the instance");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let before = common::solve(&document(&value));
    let used = before.sessions.iter().find_map(|s| Some((s.place.clone()?, s.room.clone()?)));
    let (place, room) = used.expect("a session in a room");
    let places = value["places"].as_array_mut().expect("places");
    let own = places.iter_mut().find(|known| known["id"] == *place).expect("it is there");
    let rooms = own["rooms"].as_array_mut().expect("rooms");
    rooms.retain(|known| known["id"] != *room);
    assert!(!rooms.is_empty(), "the place has another room");
    let (after, changes) = again(&document(&value), &before);
    assert!(after.sessions.iter().all(|s| s.room.as_ref() != Some(&room)));
    assert!(changes.lines().count() <= 1, "{changes}");
}

/// A date that was given up before it came is no session that was held: the plan after the next does not take it for
/// one. And what was held is not planned once more where the horizon has left it behind.
#[test]
fn only_what_was_held_is_remembered() {
    let (mut value, before) = later("2026-02-03");
    let document = |value: &Value| document(value);
    let goes_on = |s: &&(&str, &str, &str)| s.2 < "2026-02-03";
    let all = starts(&before);
    let (dispute, ..) = *all.iter().find(goes_on).expect("one has begun");
    // Until the end nobody of a party can come any more.
    let disputes = value["disputes"].as_array().expect("a list");
    let own = disputes.iter().find(|d| d["id"] == dispute).expect("it is there");
    let rep = own["parties"][0]["representatives"][0].as_str().expect("somebody").to_owned();
    let away = json!({ "start": "2026-02-03T00:00:00Z", "end": "2026-03-16T00:00:00Z" });
    let people = value["people"].as_array_mut().expect("people");
    people.iter_mut().find(|p| p["id"] == *rep).expect("known")["busy"] = json!([away]);
    let (left, _) = again(&document(&value), &before);
    assert!(!starts(&left).iter().any(|s| s.0 == dispute), "it is left without dates");
    // A month later all its dates would be over.
    value["as_of"] = json!("2026-03-10");
    let screened = common::screened(&document(&value));
    let from = keep_to(&screened.instance, &left, String::new()).expect("starts");
    let known: Vec<_> = from.sessions.iter().filter(|s| s.dispute == dispute).collect();
    let held: Vec<_> = all.iter().filter(|s| s.0 == dispute && s.2 < "2026-02-03").collect();
    assert_eq!(known.len(), held.len(), "{known:?}");
    let (_, changes) = again(&document(&value), &left);
    assert!(!changes.contains(&format!("changed {dispute}")), "{changes}");
    value["horizon"]["start"] = json!("2026-03-04T00:00:00+08:00");
    let screened = common::screened(&document(&value));
    let findings = keep_to(&screened.instance, &left, String::new()).expect_err("out of sight");
    assert!(findings.iter().any(|f| f.pointer.starts_with("/from/sessions/")), "{findings:?}");
}

#[test]
fn the_checker_knows_what_was_over() {
    let (value, before) = later("2026-02-16");
    let document = document(&value);
    let (after, _) = again(&document, &before);
    for position in [0, after.sessions.len() - 1] {
        let mut told = after.clone();
        let session = &mut told.from.as_mut().expect("the plan kept to").sessions[position];
        session.held = !session.held;
        assert_eq!(common::broken_rules(&document, &told), ["D1 reference"], "{position}");
    }
}

/// A session that has been held is not moved by a supposition, and it is said.
#[test]
fn a_what_if_about_what_is_over_says_so() {
    let (value, before) = later("2026-02-16");
    let document = document(&value);
    let (after, _) = again(&document, &before);
    let (dispute, session, start) =
        *starts(&after).iter().find(|s| s.2 < "2026-02-16").expect("one has been held");
    let text = format!("fix {dispute} {session} 2026-02-18T13:00:00Z");
    let supposed = [text.parse().expect("a supposition")];
    let control = Control::new(None, None);
    let how = (Options::default(), false);
    let found = what_if(&document, &after, &supposed, how, &control).expect("an answer");
    let told = format!("session `{session}` of `{dispute}` has been held, and stays where it was");
    assert!(found.warnings.contains(&told), "{:?}", found.warnings);
    assert!(found.changes.is_empty() && found.newly_unserved.is_empty(), "{start}");
}
