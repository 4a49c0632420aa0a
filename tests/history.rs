//! docs/history.md: the table of past appointments is what the program finds.
//!
//! After a change that is meant, run with `COMITY_BLESS=1`: it writes the table into the page.

mod common;

use std::fmt::Write as _;
use std::fs;

use comity::format::{BUILT_IN_PROFILES, InstanceDoc, read_instance};
use comity::pipeline::{History, history};
use common::files::home;
use serde_json::json;

const PAGE: &str = "docs/history.md";

fn table() -> String {
    let bytes = fs::read(home().join("instances/isds-2015.json")).expect("the docket");
    let document = read_instance(&bytes).expect("an instance");
    let mut table =
        String::from("| profile | rule | severity | appointments |\n|---|---|---|---|\n");
    for (name, _) in BUILT_IN_PROFILES.iter().filter(|(name, _)| *name != "nationality") {
        let found = history(&document, Some(name)).expect("the docket is valid on every day");
        assert_eq!((found.judged, found.left_out), (1311, 0));
        let _ = writeln!(
            table,
            "| **{name}** | *any of orange or above* | | **{}** of {} |",
            found.flagged, found.judged
        );
        for (rule, severity, count) in &found.by_rule {
            let word = serde_json::to_value(severity).expect("a word");
            let word = word.as_str().expect("a word");
            let _ = writeln!(table, "| | `{rule}` | {word} | {count} |");
        }
    }
    table
}

#[test]
fn the_table_of_the_page_is_what_is_found() {
    let page = fs::read_to_string(home().join(PAGE)).expect(PAGE);
    let (before, rest) = page.split_once("<!-- table -->\n").expect("the mark");
    let (shown, after) = rest.split_once("<!-- end -->").expect("the mark");
    let table = table();
    if std::env::var_os("COMITY_BLESS").is_some() {
        let page = format!("{before}<!-- table -->\n{table}<!-- end -->{after}");
        fs::write(home().join(PAGE), page).expect("written");
        return;
    }
    assert_eq!(shown, table);
}

fn judged(value: serde_json::Value) -> History {
    let document: InstanceDoc = serde_json::from_value(value).expect("an instance");
    history(&document, None).expect("valid on every day")
}

/// Appointments count for those that come later, within three years, and each is judged by the
/// nationalities of its own day.
#[test]
fn each_appointment_is_judged_on_its_own_day() {
    let appointment =
        |date: &str| json!({ "mediator": "m", "date": date, "by": "KE", "parties": ["KE", "BR"] });
    let world = |nationalities: serde_json::Value, dates: &[&str]| {
        json!({
            "schema": "comity.instance/1", "id": "past", "as_of": "2026-03-01",
            "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
            "states": [{ "id": "KE" }, { "id": "BR" }, { "id": "X-N" }],
            "mediators": [{ "id": "m", "nationalities": nationalities }],
            "appointments": dates.iter().map(|d| appointment(d)).collect::<Vec<_>>(),
            "disputes": [],
        })
    };
    let found = judged(world(json!(["X-N"]), &["2020-01-01", "2021-01-01", "2023-01-01"]));
    assert_eq!((found.judged, found.flagged, found.by_severity), (3, 1, [1, 0, 0]));
    let found = judged(world(json!(["X-N"]), &["2020-01-01", "2021-01-01", "2023-01-02"]));
    assert_eq!((found.judged, found.flagged), (3, 0), "a day past three years");
    let held = json!([{ "state": "KE", "to": "2020-06-30" }, "X-N"]);
    let found = judged(world(held, &["2020-06-30", "2020-07-01"]));
    assert_eq!((found.judged, found.flagged, found.by_severity), (2, 1, [0, 0, 1]));
}
