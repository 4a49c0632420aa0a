use std::collections::BTreeMap;

use super::*;
use crate::format::{InstanceDoc, read_instance};

const SCORES: &str = "p2,~B_Synthetic1,0.25\np1,~A_Synthetic1,0.8765432\np1,~B_Synthetic1,-0.5\n\
                      p2,~A_Synthetic1,0\n";
const CONSTRAINTS: &str = "p1,~B_Synthetic1,-1\np2,~A_Synthetic1,1\np1,~C_Synthetic1,0\n";
const LOADS: &str = "~A_Synthetic1,4,1\n~C_Synthetic1,0\n~D_Synthetic1,2.0\n";

fn file<'a>(name: &'a str, text: &'a str) -> File<'a> {
    File { name, text: text.as_bytes() }
}

fn written(problem: &Problem) -> String {
    let mut text = String::new();
    problem.write(&mut text).expect("a string takes everything");
    text
}

fn document(problem: &Problem) -> InstanceDoc {
    read_instance(written(problem).as_bytes()).expect("a document")
}

fn all() -> Files<'static> {
    Files {
        scores: vec![file("scores.csv", SCORES)],
        constraints: Some(file("constraints.csv", CONSTRAINTS)),
        loads: Some(file("loads.csv", LOADS)),
        demands: Some(file("demands.csv", "p1,1\np3,2\n")),
    }
}

fn fits_of(doc: &InstanceDoc) -> BTreeMap<(String, String), i64> {
    let rows = doc.scores.iter().flat_map(|row| {
        row.fit.iter().map(|(r, fit)| ((row.dispute.clone(), r.to_owned()), fit.micro()))
    });
    rows.collect()
}

#[test]
fn every_number_gets_through() {
    let options = Options { cases: Some(9), min_cases: 2, panel_size: 2, ..Options::default() };
    let problem = read(&all(), &options).expect("sound files");
    assert_eq!((problem.papers(), problem.reviewers()), (3, 4));
    let doc = document(&problem);
    let seats: Vec<_> = doc
        .mediators
        .iter()
        .map(|m| {
            let load = m.capacity.clone().expect("loads");
            (m.id.as_str(), m.name.as_deref(), load.cases, load.min_cases)
        })
        .collect();
    assert_eq!(
        seats,
        [
            (":7EA_Synthetic1", Some("~A_Synthetic1"), Some(4), Some(1)),
            (":7EB_Synthetic1", Some("~B_Synthetic1"), Some(9), Some(2)),
            // No more than her own largest.
            (":7EC_Synthetic1", Some("~C_Synthetic1"), Some(0), None),
            (":7ED_Synthetic1", Some("~D_Synthetic1"), Some(2), Some(2)),
        ]
    );
    let sizes: Vec<_> = doc.disputes.iter().map(|d| (d.id.as_str(), d.panel.size)).collect();
    assert_eq!(sizes, [("p1", 1), ("p2", 2), ("p3", 2)]);
    let pair = |p: &str, r: &str| (p.to_owned(), format!(":7E{r}_Synthetic1"));
    let expected = [
        (pair("p1", "A"), 876_543),
        (pair("p1", "B"), -500_000),
        // Fixed: whatever its score.
        (pair("p2", "A"), 0),
        (pair("p2", "B"), 250_000),
    ];
    assert_eq!(fits_of(&doc), BTreeMap::from(expected));
    let locks = doc.locks.expect("locks");
    assert_eq!((locks.require.len(), locks.forbid.len()), (1, 1));
    assert_eq!((&*locks.require[0].dispute, &*locks.forbid[0].dispute), ("p2", "p1"));
    assert!(problem.rounded());
    let warned: Vec<_> =
        problem.warnings().iter().map(|w| (w.file.as_deref(), w.position)).collect();
    assert_eq!(warned, [(Some("loads.csv"), Some((3, 1))), (Some("demands.csv"), Some((2, 1)))]);
}

#[test]
fn several_scores_are_added_with_their_weights() {
    let files = Files {
        scores: vec![file("affinity", "p,a,0.5\np,b,0.25\n"), file("bids", "p,a,-1\np,c,40\n")],
        ..Files::default()
    };
    let options = Options { weights: vec![1_000_000, 500_000], ..Options::default() };
    let problem = read(&files, &options).expect("sound files");
    assert_eq!((problem.scale(), problem.rounded()), (100, false));
    // p,a adds up to 0, which the matcher takes for unknown.
    let pair = |r: &str| ("p".to_owned(), r.to_owned());
    let expected = BTreeMap::from([(pair("b"), 2_500), (pair("c"), 200_000)]);
    assert_eq!(fits_of(&document(&problem)), expected);
    let all = Options { zero_scores: true, ..options };
    let doc = document(&read(&files, &all).expect("sound files"));
    assert_eq!(fits_of(&doc), expected);
    assert_eq!(
        doc.policy.and_then(|policy| policy.candidates),
        Some(crate::format::Candidates::All)
    );
}

#[test]
fn the_order_of_lines_does_not_matter() {
    let backwards = |text: &str| -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.reverse();
        lines.join("\r\n")
    };
    let (scores, constraints, loads) =
        (backwards(SCORES), backwards(CONSTRAINTS), backwards(LOADS));
    let turned = Files {
        scores: vec![file("scores.csv", &scores)],
        constraints: Some(file("constraints.csv", &constraints)),
        loads: Some(file("loads.csv", &loads)),
        demands: all().demands,
    };
    let text = |files| written(&read(files, &Options::default()).expect("sound files"));
    assert_eq!(text(&turned), text(&all()));
}

#[test]
fn nothing_makes_it_panic() {
    for end in 0..SCORES.len() {
        for other in [b'x', b' ', b'\n', b',', b'"', b'-', b'\r', 0xFF] {
            let mut broken = SCORES.as_bytes().to_vec();
            broken[end] = other;
            let files = Files {
                scores: vec![File { name: "s", text: &broken }],
                constraints: Some(File { name: "c", text: &broken }),
                loads: Some(File { name: "l", text: &broken[end..] }),
                demands: Some(File { name: "d", text: &broken[..end] }),
            };
            let _ = read(&files, &Options::default());
            let alone = Files { scores: files.scores, ..Files::default() };
            if let Ok(problem) = read(&alone, &Options::default()) {
                assert!(read_instance(written(&problem).as_bytes()).is_ok(), "{end} {other}");
            }
        }
    }
}

#[test]
fn findings_are_not_endless() {
    let text = "p,r,x\n".repeat(5000);
    let files = Files { scores: vec![file("s", &text)], ..Files::default() };
    assert_eq!(read(&files, &Options::default()).expect_err("no scores").len(), 1000);
}
