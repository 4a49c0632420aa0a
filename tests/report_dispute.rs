//! The part of the report that tells of one dispute, as it stands on the page.

mod common;

use std::collections::BTreeMap;
use std::fs;

use comity::check::Verdict;
use comity::domain::DisputeIx;
use comity::explain::{dispute_text, dispute_told};
use comity::format::{InstanceDoc, SolutionDoc, canonical_digest, to_json_string};
use comity::report::{Language, Reader, Source, report};
use comity::solve::Options;
use serde_json::{Value, json};

use common::{bytes, rich, screened, solve_without_checking_the_answer};

fn page(
    document: &InstanceDoc,
    solution: &SolutionDoc,
    reader: &Reader,
    language: Language,
) -> String {
    let digest = canonical_digest(&bytes(document)).expect("canonical");
    // WHY no verdict: a party's page of an answer that breaks rules is empty, and some tests ask what it would hold.
    let verdict = Verdict::default();
    let screened = screened(document);
    let source = Source {
        document,
        screened: &screened,
        solution,
        solution_digest: &digest,
        verdict: &verdict,
    };
    report(&source, reader, language).expect("a reader")
}

/// A rich world and its answer.
fn answered(seed: u64) -> (InstanceDoc, SolutionDoc) {
    let document = rich::instance(seed);
    let options = Options { node_limit: 20, ..Options::default() };
    let solution = solve_without_checking_the_answer(&document, options);
    (document, solution)
}

/// Attributes of a tag, quoted or not.
fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.rsplit([' ', '<']).next().unwrap_or_default().to_owned();
        let (value, next) = if let Some(quoted) = after.strip_prefix('"') {
            quoted.split_once('"').unwrap_or((quoted, ""))
        } else {
            let end = after.find([' ', '>']).unwrap_or(after.len());
            after.split_at(end)
        };
        found.insert(name, value.to_owned());
        rest = next;
    }
    found
}

/// What stands between two marks, again and again.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts.filter_map(|part| part.split_once(to)).map(|(inner, _)| inner).collect()
}

fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Where the lines of an outline start.
fn starts(path: &str) -> Vec<(i64, i64)> {
    let number = |text: &str| -> i64 {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse().expect("a number")
    };
    let moves = path.split('M').skip(1);
    moves
        .map(|part| {
            let (x, y) = part.split_once([' ', 'V']).expect("two numbers");
            (number(x), number(y))
        })
        .collect()
}

#[test]
fn no_two_boxes_of_a_picture_overlap_and_all_is_inside() {
    let (mut pictures, mut boxes) = (0, 0);
    for seed in 0..25 {
        let (document, solution) = answered(seed);
        for (language, _) in Language::ALL {
            let page = page(&document, &solution, &Reader::Secretariat, language);
            let own = between(&page, "<article id=d", "</article>").join("\n");
            for picture in between(&own, "<svg class=", "</svg>") {
                let tags = between(picture, "<rect ", ">");
                let view = between(picture, "viewBox=\"", "\"")[0];
                let view: Vec<i64> =
                    view.split(' ').map(|n| n.parse().expect("a number")).collect();
                let frames: Vec<[i64; 4]> = tags
                    .iter()
                    .map(|tag| {
                        let known = attributes(tag);
                        ["x", "y", "width", "height"]
                            .map(|key| known[key].parse().expect("a number"))
                    })
                    .collect();
                for (at, [x, y, w, h]) in frames.iter().enumerate() {
                    assert!(
                        *x >= 0 && *y >= 0 && x + w <= view[2] && y + h <= view[3],
                        "{picture}"
                    );
                    for [x2, y2, w2, h2] in &frames[at + 1..] {
                        let apart = x + w < *x2 || x2 + w2 < *x || y + h < *y2 || y2 + h2 < *y;
                        assert!(apart, "{seed} {picture}");
                    }
                }
                for path in between(picture, "<path d=\"", "\"") {
                    for (x, y) in starts(path) {
                        assert!(x <= view[2] && y <= view[3], "{path} {picture}");
                    }
                }
                pictures += 1;
                boxes += frames.len();
            }
        }
    }
    assert!(pictures > 60 && boxes > 2 * pictures, "{pictures} {boxes}");
}

#[test]
fn the_title_of_a_path_names_every_step_in_order() {
    let mut paths = 0;
    for seed in 0..40 {
        let (document, solution) = answered(seed);
        let page = page(&document, &solution, &Reader::Secretariat, Language::English);
        for assignment in &solution.assignments {
            let position = document.disputes.iter().position(|d| d.id == assignment.dispute);
            let number = position.expect("a dispute of the docket") + 1;
            for (at, disclosure) in assignment.disclosures.iter().enumerate() {
                if disclosure.path.is_empty() {
                    continue;
                }
                let title = between(&page, &format!("<title id=p{number}-{at}>"), "</title>");
                let title = plain(title.first().expect("a picture"));
                let steps: Vec<&str> = title.split("; ").collect();
                assert_eq!(steps.len(), disclosure.path.len(), "{title}");
                for (said, step) in steps.iter().zip(&disclosure.path) {
                    let (from, to) =
                        if step.backward { (&step.to, &step.from) } else { (&step.from, &step.to) };
                    assert!(said.starts_with(&format!("{from}: ")), "{said} {step:?}");
                    assert!(said.ends_with(&format!(" {to}")), "{said} {step:?}");
                }
                paths += 1;
            }
        }
    }
    assert!(paths > 3, "{paths}");
}

fn named(document: &InstanceDoc) -> BTreeMap<&str, &str> {
    let people = document.people.iter().map(|x| (&x.id, &x.name));
    let mediators = document.mediators.iter().map(|x| (&x.id, &x.name));
    let interpreters = document.interpreters.iter().map(|x| (&x.id, &x.name));
    let all = people.chain(mediators).chain(interpreters);
    all.map(|(id, name)| (id.as_str(), name.as_deref().unwrap_or(id))).collect()
}

#[test]
fn everyone_reads_the_local_time_of_the_solution() {
    let text = fs::read("instances/iomed-launch.json").expect("the instance");
    let document: InstanceDoc = serde_json::from_slice(&text).expect("an instance");
    let solution = solve_without_checking_the_answer(
        &document,
        Options { node_limit: 1, ..Options::default() },
    );
    let page = page(&document, &solution, &Reader::Secretariat, Language::English);
    let names = named(&document);
    let (mut times, mut shifted) = (0, 0);
    for (number, dispute) in document.disputes.iter().enumerate() {
        let own = between(&page, &format!("<article id=d{}>", number + 1), "</article>")[0];
        let Some(table) = between(own, "<table class=lt>", "</table>").first().copied() else {
            continue;
        };
        let (head, body) = table.split_once("<tbody>").expect("a body");
        let heads: Vec<Vec<String>> = head
            .split("<th scope=col>")
            .skip(1)
            .map(|cell| cell.split("<br>").map(plain).collect())
            .collect();
        let dated = dispute.sessions.iter().filter_map(|session| {
            solution.sessions.iter().find(|s| s.dispute == dispute.id && s.session == session.id)
        });
        let rows: Vec<&str> = body.split("<tr>").skip(1).collect();
        for (session, row) in dated.zip(rows) {
            let cells: Vec<&str> = row.split("<td>").skip(1).collect();
            for (person, local) in session.local.iter() {
                // The first head is the session's, which is no td.
                let column =
                    heads.iter().position(|head| head.iter().any(|line| line == names[person]));
                let column = column.unwrap_or_else(|| panic!("{person} has no column"));
                let cell = plain(cells[column - 1]);
                assert!(cell.starts_with(&local[11..16]), "{person}: {local} is not {cell}");
                let other = local[..10] != session.start[..10];
                assert_eq!(other, cell.contains(", a day "), "{person}: {local} {cell}");
                times += 1;
                shifted += usize::from(other);
            }
        }
    }
    let all: usize = solution.sessions.iter().map(|session| session.local.0.len()).sum();
    assert_eq!(times, all);
    assert!(times > 100 && shifted > 0, "{times} {shifted}");
}

/// A party's part of the page names nobody of the roster but its panel and whoever stands on a
/// disclosed path, no relation, and no dispute but its own.
#[test]
fn a_partys_picture_tells_of_its_panel_alone() {
    let mut pages = 0;
    for seed in 0..25 {
        let (document, solution) = answered(seed);
        for dispute in &document.disputes {
            let reader = Reader::Party { dispute: dispute.id.clone(), party: "a".to_owned() };
            let page = page(&document, &solution, &reader, Language::English);
            let own = between(&page, "<article id=d1>", "</article>")[0];
            let text = plain(&own.replace('<', " <"));
            let said: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
            let assignment = solution.assignments.iter().find(|a| a.dispute == dispute.id);
            let told = assignment.map(|a| to_json_string(a).expect("json")).unwrap_or_default();
            for mediator in &document.mediators {
                let may = told.contains(&format!("\"{}\"", mediator.id));
                assert!(
                    may || !said.contains(&mediator.id.as_str()),
                    "{seed} {} {text}",
                    mediator.id
                );
            }
            for relation in &document.relations {
                assert!(!said.contains(&relation.id.as_str()), "{seed} {} {text}", relation.id);
            }
            for other in document.disputes.iter().filter(|other| other.id != dispute.id) {
                assert!(!said.contains(&other.id.as_str()), "{seed} {} {text}", other.id);
            }
            pages += 1;
        }
    }
    assert_eq!(pages, 75);
}

/// What the same docket looks like when a party reads does not depend on what it may not know.
#[test]
fn a_confidential_relation_changes_nothing_in_a_partys_picture() {
    for seed in 0..25 {
        let (document, solution) = answered(seed);
        let mut other = document.clone();
        other.relations.retain(|relation| relation.confidential != Some(true));
        other.waivers.clear();
        for dispute in &document.disputes {
            let reader = Reader::Party { dispute: dispute.id.clone(), party: "a".to_owned() };
            let drawn = |document: &InstanceDoc| {
                let page = page(document, &solution, &reader, Language::English);
                let own = between(&page, "<article id=d1>", "</article>")[0];
                between(own, "<svg class=", "</svg>").join("\n")
            };
            assert_eq!(drawn(&document), drawn(&other), "{seed} {}", dispute.id);
        }
    }
}

/// Who fits better than a member depends on strikes, which the other side may not learn: a party reads the fit alone.
#[test]
fn a_party_does_not_read_who_fits_better() {
    let mut read = 0;
    for seed in 0..40 {
        let (document, solution) = answered(seed);
        let whole = plain(&page(&document, &solution, &Reader::Secretariat, Language::English));
        let told = dispute_told(&screened(&document), &solution, DisputeIx::new(0), true);
        assert!(told.panel.iter().all(|member| member.better_fits.is_none()));
        assert!(!dispute_text(&told).contains("better"));
        for dispute in &document.disputes {
            for party in &dispute.parties {
                let reader = Reader::Party { dispute: dispute.id.clone(), party: party.id.clone() };
                let page = plain(&page(&document, &solution, &reader, Language::English));
                assert!(!page.contains("who may sit fit"), "seed {seed}");
                read += usize::from(whole.contains("who may sit fit"));
            }
        }
    }
    assert!(read > 20, "only {read}");
}

/// Counsel whom two parties of a side share bear their odd hours once.
#[test]
fn shared_counsel_are_counted_once() {
    let path = format!("{}/instances/tiny/two-disputes.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the instance is committed");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    value["people"].as_array_mut().expect("people").push(json!({
        "id": "shared", "nationalities": ["X-N"], "time_zone": "Asia/Tokyo",
    }));
    value["states"].as_array_mut().expect("states").push(json!({ "id": "X-E" }));
    value["disputes"].as_array_mut().expect("disputes").truncate(1);
    let parties = value["disputes"][0]["parties"].as_array_mut().expect("parties");
    parties[0]["side"] = json!("one");
    parties[1]["side"] = json!("two");
    parties[1]["counsel"] = json!(["shared"]);
    let mut third = parties[1].clone();
    (third["id"], third["actor"]) = (json!("e"), json!("X-E"));
    third["representatives"] = json!([]);
    parties.push(third);
    let document: InstanceDoc = serde_json::from_value(value).expect("an instance");
    let solution = solve_without_checking_the_answer(&document, Options::default());
    let points = |id: &str| {
        let burden = &solution.sessions[0].burden;
        burden.iter().find(|(party, _)| *party == id).map_or(0, |(_, points)| *points)
    };
    // Each of the two parties bears the hours of their counsel, and their side bears them once.
    assert!(points("b") > 0 && points("b") == points("e"));
    let page = page(&document, &solution, &Reader::Secretariat, Language::English);
    let lines = between(&page, "<ul class=bs>", "</ul>").join("");
    let lines = plain(&lines);
    assert!(lines.contains(&format!("two  {}", points("b"))), "{lines}");
}

/// A due date that may be missed at a price is told as one that may be, in the page and in the explanation.
#[test]
fn a_priced_due_date_is_told_as_one_that_may_be_missed() {
    for priced in [false, true] {
        let path = format!("{}/instances/tiny/two-disputes.json", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(path).expect("the instance is committed");
        let mut value: Value = serde_json::from_str(&text).expect("JSON");
        value["deadlines"] = json!([{ "id": "own", "time_zone": "UTC", "steps": [{
            "id": "settlement", "from": "transmittal", "days": 1, "sets": "due", "session": "last",
            "lateness": if priced { "priced" } else { "barred" },
        }] }]);
        value["disputes"][0]["deadlines"] =
            json!({ "profile": "own", "events": { "transmittal": "2026-02-03" } });
        let document: InstanceDoc = serde_json::from_value(value).expect("an instance");
        let solution = solve_without_checking_the_answer(&document, Options::default());
        let told = dispute_told(&screened(&document), &solution, DisputeIx::new(0), false);
        let text = dispute_text(&told);
        assert_eq!(
            text.contains("(opening should end by it, later has a price)"),
            priced,
            "{text}"
        );
        assert_eq!(text.contains("(opening ends by it)"), !priced, "{text}");
        for (language, may, must) in [
            (
                Language::English,
                "should end by then; a later end has a price",
                "has to end by then",
            ),
            (Language::Chinese, "宜在此日或之前结束", "最迟须于此日结束"),
        ] {
            let page = plain(&page(&document, &solution, &Reader::Secretariat, language));
            assert_eq!(page.contains(may), priced);
            assert_eq!(page.contains(must), !priced);
        }
    }
}
