//! The closing screen, from documents alone: it fits whatever the docket, and says what the solution says.

use std::path::Path;
use std::time::Duration;

use anstream::adapter::strip_str;
use console::measure_text_width;

use super::{Closing, Line, MOST_COLUMNS, MOST_LINES, as_many, closing, typed};
use crate::explain::{Change, Left, Moved};
use crate::format::{Decimal, SolutionDoc, Status, StopReason, UnservedDoc, UnservedStage};
use crate::pipeline::{Screened, load};
use crate::solve::{Control, Options};

fn solution() -> SolutionDoc {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/iomed-launch.json");
    let loaded = load(&std::fs::read(path).expect("an instance")).expect("a valid one");
    Screened::new(loaded.instance).answer(Options::default(), &Control::new(None, None))
}

fn of(solution: &SolutionDoc) -> Closing<'_> {
    Closing {
        solution,
        disputes: 10,
        sessions: 28,
        mediators: 250,
        changes: None,
        took: Duration::from_millis(1234),
        instance: Path::new("instances/iomed-launch.json"),
        kept: Some(Path::new("solution.json")),
        next: &["check", "report"],
    }
}

fn text(told: &Closing<'_>, width: usize) -> String {
    let lines: Vec<String> = closing(told, width).iter().map(Line::plain).collect();
    lines.join("\n")
}

#[track_caller]
fn expect_fit(told: &Closing<'_>, width: usize) {
    let lines = closing(told, width);
    assert!(lines.len() <= MOST_LINES, "{} lines", lines.len());
    for line in &lines {
        let plain = line.plain();
        assert!(measure_text_width(&plain) <= width, "wider than {width}: {plain}");
        assert!(!plain.contains(char::is_control), "{plain:?}");
        assert_eq!(strip_str(&line.painted()).to_string(), plain);
    }
}

#[test]
fn a_proven_answer_is_told_as_it_is() {
    let solution = solution();
    let told = text(&of(&solution), MOST_COLUMNS);
    for line in [
        "proven optimal",
        "  served       10 of 10 disputes",
        "  dated        28 of 28 sessions",
        "  quality      16.835000, bound 16.835000, gap 0 %",
        "  time         1.2 s",
        "next",
        "  comity check instances/iomed-launch.json solution.json",
        "  comity report instances/iomed-launch.json solution.json",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    expect_fit(&of(&solution), MOST_COLUMNS);

    let made: usize = solution.assignments.iter().map(|panel| panel.disclosures.len()).sum();
    let line = told.lines().find(|line| line.starts_with("  disclosures")).expect("told");
    assert!(if made == 0 { line.contains("none") } else { line.contains(&made.to_string()) });
    // Point-minutes of all sides, added up here in another way.
    let mut all = Vec::new();
    for burden in &solution.burdens {
        all.extend(burden.sides.iter().map(|(_, bears)| *bears));
    }
    let (sum, most) = (all.iter().sum::<i64>(), all.iter().max().expect("sides"));
    assert!(told.contains(&format!("{sum} point-minutes on all sides; most {most}, ")), "{told}");
    let mut seated: Vec<&str> = Vec::new();
    for panel in &solution.assignments {
        seated.extend(panel.panel.iter().map(|seat| seat.mediator.as_str()));
    }
    seated.sort_unstable();
    seated.dedup();
    assert!(told.contains(&format!("{} of 250 seated; busiest, ", seated.len())), "{told}");
}

#[test]
fn the_status_is_told_in_words() {
    let mut solution = solution();
    let mut head = |status, reason, gap| {
        (solution.status, solution.stop_reason) = (status, reason);
        solution.gap = Some(Decimal(gap));
        text(&of(&solution), MOST_COLUMNS).lines().next().expect("a line").to_owned()
    };
    let (limit, nodes) = (Some(StopReason::TimeLimit), Some(StopReason::NodeLimit));
    assert_eq!(head(Status::Optimal, None, 0), "proven optimal");
    assert_eq!(head(Status::Optimal, None, 30_000), "proven within 3 % of the best possible");
    assert_eq!(
        head(Status::Feasible, limit, 3_500),
        "stopped by the time limit: within 0.35 % of the best possible"
    );
    assert!(head(Status::Feasible, nodes, 1).starts_with("stopped by the limit on nodes"));
    assert!(
        head(Status::Feasible, Some(StopReason::Interrupted), 1).starts_with("stopped by Ctrl-C")
    );
    assert_eq!(head(Status::Infeasible, None, 0), "no dispute can be served, proven");
    assert_eq!(head(Status::Unknown, None, 0), "nothing is known");
}

#[test]
fn a_gap_is_not_told_where_more_might_be_served() {
    let mut solution = solution();
    solution.status = Status::Feasible;
    solution.stop_reason = Some(StopReason::TimeLimit);
    for (tier, told) in [(1, "more dates may be possible"), (0, "more panels may be possible")] {
        let certificate = solution.certificate.as_mut().expect("a certificate");
        certificate.tiers[tier].bound += 1_000_000;
        let head = text(&of(&solution), MOST_COLUMNS);
        assert!(head.starts_with(&format!("stopped by the time limit: {told}\n")), "{head}");
    }
}

#[test]
fn a_large_docket_fits_as_well() {
    let mut solution = solution();
    let stages = [
        UnservedStage::Docket,
        UnservedStage::Sessions,
        UnservedStage::Panel,
        UnservedStage::Admissibility,
    ];
    let long = "x".repeat(64);
    solution.unserved = (0..17_000)
        .map(|i| UnservedDoc {
            dispute: format!("dispute-{i:05}"),
            stage: stages[i % 4],
            core: Vec::new(),
            remedies: Vec::new(),
        })
        .collect();
    let changes: Vec<Change> = (0..5000)
        .map(|i| Change {
            dispute: format!("{long}{i}"),
            left: vec![Left { mediator: long.clone(), why: Some(long.clone()) }],
            joined: vec![long.clone()],
            moved: vec![Moved { session: long.clone(), before: None, now: None, why: None }],
        })
        .collect();
    let path = format!("{}/a docket.json", "folder/".repeat(40));
    for burden in &mut solution.burdens {
        burden.dispute.clone_from(&long);
    }
    for seat in solution.assignments.iter_mut().flat_map(|panel| &mut panel.panel) {
        seat.mediator.clone_from(&long);
    }
    let told = Closing {
        disputes: 17_010,
        changes: Some(&changes),
        instance: Path::new(&path),
        ..of(&solution)
    };
    for width in [80, 79, 40, 20, 3, 1, 0] {
        expect_fit(&told, width);
    }
    let text = text(&told, MOST_COLUMNS);
    assert!(text.contains("served       10 of 17010 disputes"), "{text}");
    let some = "4250 no panel possible: dispute-00002 and 4249 more";
    assert!(text.contains(some), "{text}");
    let words = "5000 disputes; left 5000, joined 5000, sessions moved 5000";
    assert!(text.contains(words), "{text}");
    assert!(text.contains("and 4997 more"), "{text}");
    // A path that is too long for its line is not cut in the middle of a command.
    assert!(text.contains("comity check INSTANCE SOLUTION"), "{text}");
    assert!(text.contains("comity explain INSTANCE SOLUTION --dispute dispute-00000"), "{text}");
}

#[test]
fn an_answer_that_nobody_has_is_not_to_be_checked() {
    let solution = solution();
    let told = text(&Closing { kept: None, ..of(&solution) }, MOST_COLUMNS);
    assert!(told.ends_with("next\n  the same with `-o solution.json`, to keep the answer"));
    assert!(!told.contains("comity check"), "{told}");
}

#[test]
fn ids_are_told_as_far_as_there_is_room() {
    let ids = ["d1", "d2", "d3", "d4"];
    assert_eq!(as_many(&ids, 14), "d1, d2, d3, d4");
    assert_eq!(as_many(&ids, 17), "d1, d2, d3, d4");
    assert_eq!(as_many(&ids, 13), "d1 and 3 more");
    assert_eq!(as_many(&ids, 5), "d1 and 3 more");
    assert_eq!(as_many(&ids, 0), "d1 and 3 more");
}

#[test]
fn paths_are_told_as_they_are_typed() {
    for (path, told) in [
        ("a/b-c.json", Some("a/b-c.json")),
        ("a b.json", Some("'a b.json'")),
        ("it's", Some("'it'\\''s'")),
        ("$(x)", Some("'$(x)'")),
        ("-x.json", Some("./-x.json")),
        ("-", None),
        ("a\u{1b}[2J", None),
    ] {
        assert_eq!(typed(Path::new(path)).as_deref(), told, "{path}");
    }
}
