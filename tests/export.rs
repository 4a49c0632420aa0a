//! `comity export --format grid`: every number of a tiny grid, and a real one held to an answer.

mod common;

use std::fs;

use comity::export::grid;
use comity::format::{Role, SolutionDoc};
use comity::pipeline::{Screened, load};
use comity::solve::{Control, Options};
use common::files::home;
use serde_json::{Value, json};

fn screened(name: &str) -> Screened {
    let bytes = fs::read(home().join("instances").join(name)).expect(name);
    Screened::new(load(&bytes).expect("valid").instance)
}

fn exported(screened: &Screened) -> Value {
    serde_json::to_value(grid(&screened.instance, screened.tables())).expect("JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} of {value}"))
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("a number: {value}"))
}

fn at(value: &Value) -> usize {
    usize::try_from(number(value)).expect("a place")
}

/// Place of an entry by id.
fn place(list: &[Value], id: &str) -> usize {
    list.iter().position(|entry| entry["id"] == id).expect(id)
}

/// The value of a slot in runs.
fn of_slot(runs: &Value, slot: usize) -> &Value {
    let mut left = slot;
    for run in runs.as_array().expect("runs") {
        let length = at(&run[0]);
        if left < length {
            return &run[1];
        }
        left -= length;
    }
    panic!("no slot {slot}")
}

#[test]
fn every_number_of_a_tiny_grid_is_as_expected() {
    let screened = screened("tiny/two-disputes.json");
    let clock = |person: usize| json!({"person": person, "place": null, "points": [[18, 0]], "offsets": [[18, 0]]});
    let member = |mediator: usize, fit: i64, effort: i64, better: u32| json!({"mediator": mediator, "worth": fit, "effort": effort, "fit": fit, "better_fits": better});
    let dispute = |id: &str, size: usize, sides: [&str; 2], people: [usize; 2], slots: usize| {
        let starts: Vec<usize> = (0..=18 - slots).collect();
        let zero = vec![0; starts.len()];
        let effort = 30 * slots as i64;
        let fits = if id == "river" { [900_000, 600_000] } else { [800_000, 770_000] };
        json!({
            "id": id, "priority": 1, "open": true, "stage": "docket", "size": size,
            "chair": false, "chairs": [], "required": [],
            "members": [
                member(0, fits[0], effort, 1),
                member(1, fits[1], effort, 2),
                member(2, 950_000, effort, 0),
            ],
            "apart": [], "languages": [], "expertise": [], "sides": sides,
            "parties": [
                {"id": sides[0], "side": 0, "people": [people[0]]},
                {"id": sides[1], "side": 1, "people": [people[1]]},
            ],
            "sessions": [{
                "id": "opening", "slots": slots, "min_gap": 0, "max_gap": null, "clock": null,
                "rooms": null, "parties": [0, 1], "attendees": people, "starts": starts,
                "points": zero, "side_points": [zero, zero], "late": zero, "booths": [],
            }],
            "between": [],
        })
    };
    let expected = json!({
        "schema": "comity.grid/1",
        "instance": {"id": "two-disputes", "digest": screened.instance.digest()},
        "tzdb": comity::time::tzdb_version(),
        "not_in_grid": [],
        "start": "2026-02-03T09:00:00Z", "slot_minutes": 30, "slots": 18, "rest_slots": 0,
        "worse_off_first": false, "worst_first": false,
        "weights": {
            "fit": 1_000_000, "burden": 200, "fairness": 200, "lateness": 50_000,
            "balance": 100_000,
        },
        "people": ["rep-a", "rep-b", "rep-c", "rep-d", "ana", "ben", "eva"],
        "mediators": [
            {"id": "ana", "person": 4, "cases": null, "minutes": null},
            {"id": "ben", "person": 5, "cases": null, "minutes": null},
            {"id": "eva", "person": 6, "cases": 1, "minutes": null},
            {"id": "una", "person": null, "cases": null, "minutes": null},
        ],
        "interpreters": [], "places": [],
        "clocks": (0..7).map(clock).collect::<Vec<_>>(),
        "disputes": [
            dispute("river", 1, ["a", "b"], [0, 1], 2),
            dispute("rail", 2, ["c", "d"], [2, 3], 4),
        ],
        "exclusions": {"nationality": 2},
    });
    assert_eq!(exported(&screened), expected);
}

/// What the grid says of an answer is what the answer says of itself.
fn agree(grid: &Value, answer: &SolutionDoc) {
    let weight = |name: &str| number(&grid["weights"][name]);
    let (mut fit, mut burden, mut fairness) = (0, 0, 0);
    for entry in &answer.assignments {
        let dispute = &grid["disputes"][place(list(grid, "disputes"), &entry.dispute)];
        let member = |id: &str| {
            let mediator = place(list(grid, "mediators"), id);
            let members = list(dispute, "members");
            members.iter().position(|m| m["mediator"] == mediator).expect("a member")
        };
        let panel: Vec<usize> = entry.panel.iter().map(|seat| member(&seat.mediator)).collect();
        assert_eq!(panel.len(), at(&dispute["size"]));
        for required in list(dispute, "required") {
            assert!(panel.contains(&at(required)));
        }
        for pair in list(dispute, "apart") {
            assert!(!panel.contains(&at(&pair[0])) || !panel.contains(&at(&pair[1])));
        }
        for language in list(dispute, "languages") {
            let speak = list(language, "members").iter().filter(|m| panel.contains(&at(m)));
            assert!(speak.count() >= at(&language["least"]));
        }
        for experts in list(dispute, "expertise") {
            assert!(experts.as_array().expect("a list").iter().any(|m| panel.contains(&at(m))));
        }
        let chair = entry.panel.iter().position(|seat| seat.role == Role::Chair);
        assert_eq!(dispute["chair"], chair.is_some());
        if let Some(chair) = chair {
            let may = list(dispute, "chairs").iter().map(at).filter(|m| panel.contains(m));
            let best =
                may.max_by_key(|m| (number(&dispute["members"][*m]["fit"]), std::cmp::Reverse(*m)));
            assert_eq!(best, Some(panel[chair]));
        }
        let mut told: Vec<Value> = Vec::new();
        for (position, m) in panel.iter().enumerate() {
            let own = &dispute["members"][*m];
            fit += number(&own["worth"]);
            told.extend(own["disclosures"].as_array().into_iter().flatten().cloned());
            for other in &panel[..position] {
                let pair = json!([m.min(other), m.max(other)]);
                let between = list(dispute, "between").iter().find(|b| b["members"] == pair);
                told.extend(between.into_iter().flat_map(|b| list(b, "disclosures")).cloned());
            }
        }
        assert_eq!(serde_json::to_value(&entry.disclosures).expect("JSON"), Value::Array(told));
        let held = answer.sessions.iter().filter(|session| session.dispute == entry.dispute);
        let mut sides = vec![0; list(dispute, "sides").len()];
        for session in held {
            burden -= weight("burden") * points(grid, dispute, &panel, session, &mut sides);
        }
        fairness -= weight("fairness") * sides.iter().max().expect("a side");
    }
    let term = |name: &str| *answer.objective.terms.get(name).expect("a term");
    assert_eq!([fit, burden, fairness], [term("fit"), term("burden"), term("fairness")]);
}

/// Point-minutes of everyone in a session; what the sides bear is added.
fn points(
    grid: &Value,
    dispute: &Value,
    panel: &[usize],
    entry: &comity::format::ScheduledSessionDoc,
    sides: &mut [i64],
) -> i64 {
    let session = &dispute["sessions"][place(list(dispute, "sessions"), &entry.session)];
    let minutes = |text: &str| comity::time::parse_instant(text).expect("an instant");
    let start = minutes(&entry.start) - minutes(grid["start"].as_str().expect("text"));
    let slot = usize::try_from(start / number(&grid["slot_minutes"])).expect("a slot");
    let starts = list(session, "starts");
    let choice = starts.iter().position(|s| at(s) == slot).expect("a start of the list");
    let slots = at(&session["slots"]);
    // What a person bears in it; she is free throughout.
    let of = |person: usize| -> i64 {
        let mut clocks = list(grid, "clocks").iter();
        let known = |c: &&Value| c["person"] == person && c["place"] == session["clock"];
        let clock = clocks.find(known).expect("a clock");
        let offset = number(of_slot(&clock["offsets"], slot));
        let name = grid["people"][person].as_str().expect("an id");
        let local = minutes(&entry.start) + offset;
        let shown = comity::time::Zone::utc_rfc3339(local);
        assert_eq!(entry.local.get(name).expect(name)[..19], shown[..19], "{name}");
        (slot..slot + slots).map(|s| number(of_slot(&clock["points"], s))).sum()
    };
    let attendees: i64 = list(session, "attendees").iter().map(|person| of(at(person))).sum();
    assert_eq!(attendees, number(&session["points"][choice]));
    for (side, bears) in list(session, "side_points").iter().enumerate() {
        sides[side] += number(&bears[choice]);
    }
    let mediator = |m: &usize| at(&dispute["members"][*m]["mediator"]);
    let person = |m: &usize| at(&grid["mediators"][mediator(m)]["person"]);
    let panel: i64 = panel.iter().map(|m| of(person(m))).sum();
    assert_eq!(panel, entry.panel_burden);
    let voices = entry.interpreters.iter().map(|id| {
        let interpreter = place(list(grid, "interpreters"), id);
        let mut booths = list(session, "booths").iter();
        let suits = |booth: &Value| list(booth, "suited").iter().any(|i| at(i) == interpreter);
        assert!(booths.any(suits), "{id}");
        of(at(&grid["interpreters"][interpreter]["person"]))
    });
    let voices: i64 = voices.sum();
    assert_eq!(voices, entry.interpreter_burden.unwrap_or(0));
    let rooms = match &session["rooms"] {
        Value::Null => 0,
        rooms => {
            let place = &grid["places"][at(&rooms["place"])];
            assert_eq!(place["id"], *entry.place.as_ref().expect("a place"));
            1 + at(&rooms["breakouts"])
        }
    };
    assert_eq!(rooms, usize::from(entry.room.is_some()) + entry.breakout_rooms.len());
    attendees + panel + voices
}

#[test]
fn grids_agree_with_the_answers_of_solve() {
    for name in ["iomed-launch.json", "office-hours.json", "hk-spring-2026.json"] {
        let screened = screened(name);
        let options = Options { node_limit: 1, gap: 10_000, ..Options::default() };
        let answer = screened.answer(options, &Control::new(None, None));
        let grid = exported(&screened);
        agree(&grid, &answer);
        let exclusions = serde_json::to_value(&answer.exclusions).expect("JSON");
        assert_eq!(grid["exclusions"], exclusions, "{name}");
        for entry in &answer.unserved {
            let dispute = &grid["disputes"][place(list(&grid, "disputes"), &entry.dispute)];
            assert_eq!(dispute["stage"], serde_json::to_value(entry.stage).expect("JSON"));
        }
    }
}

#[test]
fn what_a_grid_leaves_out_it_names() {
    let rules = |name: &str| -> Vec<String> {
        let grid = exported(&screened(name));
        let rule = |entry: &Value| entry["rule"].as_str().expect("text").to_owned();
        list(&grid, "not_in_grid").iter().map(rule).collect()
    };
    assert_eq!(rules("hk-spring-2026.json"), ["S2", "S6"]);
    assert_eq!(rules("corrupt/base.json"), ["A6", "A7", "S2", "S6"]);
    assert!(rules("iomed-launch.json").is_empty());
}
