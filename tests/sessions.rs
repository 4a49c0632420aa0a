//! Sessions as a secretariat lives them: interpreters with conflicts, breakout rooms, people who
//! travel, caucuses of which the other side is told nothing, lateness at a price.

mod common;

use comity::calendar::{Audience, calendar};
use comity::explain::{dispute_text, dispute_told, find_dispute};
use comity::format::{InstanceDoc, SolutionDoc};
use serde_json::{Value, json};

/// One dispute between KE and BR in Hong Kong, with a caucus of each side.
fn scene() -> Value {
    let person = |id: &str, zone: &str| json!({ "id": id, "time_zone": zone });
    let voice = |id: &str| {
        json!({ "id": id, "time_zone": "Asia/Hong_Kong", "nationalities": ["KE"],
                "pairs": [{ "from": "en", "to": "pt" }] })
    };
    let session = |id: &str, kind: &str, attendees: Value| {
        json!({ "id": id, "kind": kind, "minutes": 60, "mode": "hybrid", "place": "hall",
                "attendees": attendees })
    };
    let mut joint = session("all", "joint", json!("all"));
    joint["interpretation"] = json!(["en", "pt"]);
    joint["breakout_rooms"] = json!(2);
    json!({
        "schema": "comity.instance/1", "id": "scene", "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-05T00:00:00Z" },
        "slot_minutes": 30,
        "states": [{ "id": "KE" }, { "id": "BR" }, { "id": "IN" }],
        "people": [person("ken", "Africa/Nairobi"), person("bruna", "America/Sao_Paulo")],
        "mediators": [{ "id": "ira", "nationalities": ["IN"], "time_zone": "Asia/Kolkata" }],
        "interpreters": [voice("i1"), voice("i2"), voice("i3")],
        "places": [{ "id": "hall", "time_zone": "Asia/Hong_Kong",
            "rooms": [{ "id": "great" }, { "id": "left" }, { "id": "right" }] }],
        "disputes": [{
            "id": "d", "class": "state-state",
            "parties": [
                { "id": "a", "actor": "KE", "representatives": ["ken"] },
                { "id": "b", "actor": "BR", "representatives": ["bruna"] },
            ],
            "panel": { "size": 1 },
            "sessions": [
                joint,
                session("whisper-a", "caucus", json!(["a"])),
                session("whisper-b", "caucus", json!(["b"])),
            ],
        }],
    })
}

fn read(value: &Value) -> InstanceDoc {
    serde_json::from_value(value.clone()).expect("an instance")
}

fn solved(value: &Value) -> (InstanceDoc, SolutionDoc) {
    let document = read(value);
    let solution = common::solve(&document);
    (document, solution)
}

/// Nobody else in the instance has a tie of that kind: the walk has to start from the interpreter.
#[test]
fn an_interpreter_with_a_conflict_does_not_serve() {
    for (tie, confidential) in [("official-of", false), ("family", true)] {
        let mut value = scene();
        let to = if tie == "family" { "ken" } else { "BR" };
        value["relations"] = json!([{ "id": "t", "from": "i1", "to": to, "kind": tie,
            "confidential": confidential }]);
        let (_, solution) = solved(&value);
        assert!(solution.unserved.is_empty(), "{tie}");
        assert_eq!(solution.sessions[0].interpreters, ["i2", "i3"], "{tie}");
    }
}

#[test]
fn too_few_interpreters_are_told() {
    let mut value = scene();
    value["relations"] = json!([
        { "id": "t", "from": "i1", "to": "BR", "kind": "official-of" },
        { "id": "u", "from": "i2", "to": "BR", "kind": "official-of" },
    ]);
    let (_, solution) = solved(&value);
    let core = &solution.unserved[0].core[0];
    assert_eq!((core.requirement.as_str(), core.reason.as_str()), ("S5", "too-few-interpreters"));
    assert!(core.text.contains("needs 2"), "{}", core.text);
}

#[test]
fn every_room_of_a_session_is_told() {
    let (document, solution) = solved(&scene());
    let session = &solution.sessions[0];
    let mut rooms = session.breakout_rooms.clone();
    rooms.extend(session.room.clone());
    rooms.sort();
    assert_eq!(rooms, ["great", "left", "right"]);
    for room in &rooms {
        let audience = Audience::Room { place: "hall".to_owned(), room: room.clone() };
        let text = calendar(&document, &solution, &audience, None).expect("a calendar");
        let start = format!("T{}", &session.start[11..13]);
        assert!(text.contains("BEGIN:VEVENT") && !start.is_empty(), "{room}: {text}");
    }
    let all = calendar(&document, &solution, &Audience::Everyone, None).expect("a calendar");
    assert!(all.contains("great and left\\, right"), "{all}");
}

/// A person reads a session on the clock of where she is that day, and so does her calendar.
#[test]
fn who_travels_reads_another_clock() {
    let mut value = scene();
    value["people"][1]["stays"] = json!([{
        "start": "2026-03-01T00:00:00Z", "end": "2026-03-06T00:00:00Z",
        "time_zone": "Asia/Tokyo",
    }]);
    let (document, solution) = solved(&value);
    let session = &solution.sessions[0];
    let local = session.local.get("bruna").expect("she attends");
    assert!(local.ends_with("+09:00"), "{local}");
    // Mornings in Tokyo and Hong Kong are no night in Nairobi: at home she would have kept them up.
    let home = solved(&scene()).1;
    let worst = |s: &SolutionDoc| s.burdens[0].sides.iter().map(|x| *x.1).max();
    assert!(worst(&solution) < worst(&home), "{:?} {:?}", worst(&solution), worst(&home));
    let mut remote = value.clone();
    let sessions = remote["disputes"][0]["sessions"].as_array_mut().expect("sessions");
    for session in sessions {
        let session = session.as_object_mut().expect("a session");
        for key in ["mode", "place", "breakout_rooms"] {
            session.remove(key);
        }
    }
    let (document_remote, solution) = solved(&remote);
    let own = Audience::Actor("bruna".to_owned());
    let text = calendar(&document_remote, &solution, &own, None).expect("a calendar");
    assert!(text.contains("TZID=Asia/Tokyo") && !text.contains("Sao_Paulo"), "{text}");
    drop(document);
}

#[test]
fn a_caucus_is_told_to_no_other_side() {
    let (document, solution) = solved(&scene());
    let screened = common::screened(&document);
    let d = find_dispute(&screened.instance, "d").expect("the dispute");
    let whole = dispute_text(&dispute_told(&screened, &solution, d, false));
    let told = dispute_text(&dispute_told(&screened, &solution, d, true));
    assert!(whole.contains("whisper-a") && whole.contains("over the series"), "{whole}");
    assert!(told.contains("  all ") && !told.contains("whisper"), "{told}");
    assert!(!told.contains("over the series"), "{told}");
    for (party, other) in [("a", "whisper-b"), ("b", "whisper-a")] {
        let audience = Audience::Party { dispute: "d".to_owned(), party: party.to_owned() };
        let text = calendar(&document, &solution, &audience, None).expect("a calendar");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
        assert!(!text.contains(other), "{text}");
    }
}

/// Ken has no hour before the due date: barred, nobody meets; priced, a day is paid for.
#[test]
fn lateness_is_barred_or_priced() {
    let mut value = scene();
    value["disputes"][0]["sessions"] = json!([{ "id": "s", "kind": "joint", "minutes": 60 }]);
    value["disputes"][0]["due"] = json!("2026-03-02T06:00:00Z");
    value["people"][0]["busy"] =
        json!([{ "start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z" }]);
    let barred = solved(&value).1;
    assert!(barred.sessions.is_empty());
    value["policy"] = json!({ "lateness": "priced" });
    let priced = solved(&value).1;
    assert_eq!(priced.sessions.len(), 1);
    let days = priced.objective.terms.get("lateness").expect("a term") / -50_000;
    assert!((1..=2).contains(&days), "{days}");
}
