//! What an instance is like: counted here once more, from the documents and the verdicts on pairs.

mod common;

use std::fs;

use comity::explain::{Stats, stats, stats_text};
use comity::format::{InstanceDoc, read_instance};
use comity::generate::{RandomOptions, random};
use comity::pipeline::Screened;
use common::files::home;

fn of(document: &InstanceDoc) -> (Screened, Stats) {
    let screened = common::screened(document);
    let found = stats(&screened, document);
    (screened, found)
}

fn golden(name: &str) -> InstanceDoc {
    let text = fs::read(home().join("instances").join(name)).expect("the instance");
    read_instance(&text).expect("an instance")
}

#[test]
fn a_small_docket_by_hand() {
    let document = golden("tiny/two-disputes.json");
    let (_, found) = of(&document);
    assert_eq!((found.sizes.disputes, found.sizes.mediators), (2, document.mediators.len()));
    assert_eq!(found.pairs, 2 * document.mediators.len());
    assert_eq!(found.alone.admissible, 2);
    let asked: i64 = document.disputes.iter().map(|d| i64::from(d.panel.size)).sum();
    assert_eq!(found.seats.asked, asked);
    let sessions: usize = document.disputes.iter().map(|d| d.sessions.len()).sum();
    assert_eq!(found.sessions.number, sessions);
}

#[test]
fn numbers_agree_with_verdicts_on_pairs_and_with_answers() {
    for seed in 0..6 {
        let how = RandomOptions { seed, disputes: 14, mediators: 20, tight: seed % 2 == 0 };
        let document = random(&how);
        let (screened, found) = of(&document);
        let instance = &screened.instance;
        let may = |d, m| {
            let known = screened.eligibility.get(d, m);
            matches!(known, comity::eligibility::Eligibility::Eligible { .. })
        };
        let mut eligible = 0;
        let mut expected = vec![0.0; instance.mediators().len()];
        for d in instance.dispute_indices() {
            let own: Vec<_> = instance.mediator_indices().filter(|m| may(d, *m)).collect();
            eligible += own.len();
            let size = instance.dispute(d).panel.size.min(own.len());
            for m in &own {
                expected[m.ix()] += size as f64 / own.len() as f64;
            }
        }
        assert_eq!(found.eligible, eligible, "seed {seed}");
        assert!((found.density - eligible as f64 / found.pairs as f64).abs() < 1e-6);
        assert!((found.mediators_of_a_dispute.mean - eligible as f64 / 14.0).abs() < 1e-6);
        assert!((found.disputes_of_a_mediator.mean - eligible as f64 / 20.0).abs() < 1e-6);
        let told = instance
            .mediator_indices()
            .find(|m| instance.mediator_name(*m) == found.pressure.most[0].mediator)
            .expect("she is there");
        let largest = expected.iter().copied().fold(0.0, f64::max);
        assert!((expected[told.ix()] - largest).abs() < 1e-9, "seed {seed}");
        assert!((found.pressure.most[0].expected - largest).abs() < 1e-6, "seed {seed}");
        // No answer serves more than could be served alone, nor has more seats than there are.
        let solution = common::solve(&document);
        assert!(solution.assignments.len() <= found.alone.panel, "seed {seed}");
        let seats: usize = solution.assignments.iter().map(|a| a.panel.len()).sum();
        assert!(seats as i64 <= found.seats.there, "seed {seed}");
        let dated = solution.unserved.iter().filter(|u| {
            matches!(
                u.stage,
                comity::format::UnservedStage::Panel | comity::format::UnservedStage::Sessions
            )
        });
        assert_eq!(found.alone.dates, 14 - dated.count(), "seed {seed}");
        let text = stats_text(&found);
        assert!(text.contains(&format!("a density of {}", found.density)), "{text}");
    }
}

/// A share counts every pair that a reason excludes, and the same bytes give the same numbers.
#[test]
fn shares_are_those_of_the_solution_document() {
    let document = golden("iomed-launch.json");
    let (_, found) = of(&document);
    let solution = common::solve(&document);
    for (reason, number) in solution.exclusions.iter() {
        let own = found.excluded.iter().find(|share| share.reason == *reason).expect("told");
        assert_eq!(own.pairs, *number, "{reason}");
        assert!((own.share - *number as f64 / found.pairs as f64).abs() < 1e-6);
    }
    assert_eq!(found.excluded.len(), solution.exclusions.0.len());
    assert!(found.excluded.is_sorted_by(|a, b| a.pairs >= b.pairs));
    assert_eq!(of(&document).1, found);
}
