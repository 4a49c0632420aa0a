//! Every figure is counted anew from the documents alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Numbers, bins};
use crate::check::check;
use crate::explain::{Scarce, Scarcity, scarcities};
use crate::format::{
    CapsDoc, Decimal, InstanceDoc, PolicyDoc, SolutionDoc, WeightsDoc, read_instance,
    to_json_string,
};
use crate::generate::{RandomOptions, random};
use crate::pipeline::{Screened, load};
use crate::report::view::Source;
use crate::solve::{Control, Options};

/// The docket at its start, with caps and with rotation.
fn launch() -> InstanceDoc {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");
    let mut document = read_instance(&std::fs::read(path).expect("the file")).expect("an instance");
    let caps = CapsDoc {
        nationality_share: Some(Decimal(200_000)),
        bloc_share: Some(Decimal(900_000)),
        notes: None,
    };
    let weights = WeightsDoc { rotation: Some(Decimal(50_000)), ..WeightsDoc::default() };
    document.policy =
        Some(PolicyDoc { caps: Some(caps), weights: Some(weights), ..PolicyDoc::default() });
    document
}

fn dockets() -> Vec<InstanceDoc> {
    let how = RandomOptions { disputes: 14, mediators: 16, seed: 3, tight: true };
    vec![launch(), random(&how)]
}

/// Solves, and looks at the figures.
fn with(document: &InstanceDoc, look: impl FnOnce(&Numbers<'_>, &SolutionDoc, &Screened)) {
    let bytes = to_json_string(document).expect("a text").into_bytes();
    let loaded = load(&bytes).expect("a valid instance");
    let digest = loaded.instance.digest().to_owned();
    let screened = Screened::new(loaded.instance);
    let solution = screened.answer(Options::default(), &Control::new(None, None));
    let verdict = check(document, &solution, &digest);
    assert!(verdict.holds(), "{verdict}");
    let source = Source {
        document,
        screened: &screened,
        solution: &solution,
        solution_digest: "",
        verdict: &verdict,
    };
    look(&Numbers::new(&source), &solution, &screened);
}

/// Seats of each mediator.
fn loads(solution: &SolutionDoc) -> BTreeMap<&str, usize> {
    let mut loads = BTreeMap::new();
    for seat in solution.assignments.iter().flat_map(|a| &a.panel) {
        *loads.entry(seat.mediator.as_str()).or_default() += 1;
    }
    loads
}

#[test]
fn burdens_are_those_of_the_solution() {
    for document in dockets() {
        with(&document, |numbers, solution, _| {
            let burden = &numbers.burden;
            let sides: Vec<i64> =
                solution.burdens.iter().flat_map(|b| b.sides.iter().map(|(_, p)| *p)).collect();
            assert!(sides.iter().sum::<i64>() > 0, "nobody bears anything: no test");
            assert_eq!(burden.sides, sides.len());
            assert_eq!(burden.sum, sides.iter().sum::<i64>());
            assert_eq!(Some(&burden.most), sides.iter().max());
            let below = sides.iter().filter(|points| **points < burden.median).count();
            let up_to = sides.iter().filter(|points| **points <= burden.median).count();
            let half = sides.len().div_ceil(2);
            assert!(below < half && half <= up_to, "{} is no median", burden.median);
            let told: i64 = burden.disputes.iter().flat_map(|d| &d.sides).map(|side| side.1).sum();
            assert_eq!(told, burden.sum);
            assert_eq!(burden.free + burden.disputes.len(), solution.burdens.len());
            assert!(burden.disputes.is_sorted_by_key(|d| std::cmp::Reverse(d.most)));
            let apart: i64 = solution
                .burdens
                .iter()
                .map(|b| b.sides.iter().map(|s| *s.1).collect::<Vec<i64>>())
                .map(|all| all.iter().max().unwrap_or(&0) - all.iter().min().unwrap_or(&0))
                .sum();
            assert_eq!(burden.apart, apart);
            assert_eq!(burden.bins.iter().map(|bin| bin.count).sum::<usize>(), sides.len());

            let parties: i64 =
                solution.burdens.iter().flat_map(|b| b.parties.iter().map(|(_, p)| *p)).sum();
            let named: i64 = burden.parties.iter().map(|party| party.points).sum();
            assert_eq!(named + burden.others.1, parties);
            assert_eq!(burden.regions.iter().map(|r| r.points).sum::<i64>(), parties);
            // Region by region, from the documents alone.
            let mut by_region: BTreeMap<Option<&str>, i64> = BTreeMap::new();
            for burden in &solution.burdens {
                let dispute = document.disputes.iter().find(|d| d.id == burden.dispute);
                for party in &dispute.expect("it is there").parties {
                    let actor = party.actor.as_str();
                    let body = document.organisations.iter().find(|o| o.id == actor);
                    let person = document.people.iter().find(|p| p.id == actor);
                    let held = body.map(|b| &b.nationalities).or(person.map(|p| &p.nationalities));
                    let state = held.map_or(actor, |held| held[0].state.as_str());
                    let state = document.states.iter().find(|s| s.id == state);
                    let region = state.and_then(|s| s.region.as_deref());
                    *by_region.entry(region).or_default() +=
                        burden.parties.get(&party.id).expect("told");
                }
            }
            for line in &burden.regions {
                assert_eq!(by_region.get(&line.region), Some(&line.points), "{:?}", line.region);
            }
        });
    }
}

#[test]
fn loads_are_those_of_the_panels() {
    for document in dockets() {
        with(&document, |numbers, solution, _| {
            let (load, loads) = (&numbers.load, loads(solution));
            let seats: usize = solution.assignments.iter().map(|a| a.panel.len()).sum();
            assert_eq!((load.seats, load.lines.len()), (seats, loads.len()));
            assert_eq!(load.lines.iter().map(|line| line.disputes).sum::<usize>(), seats);
            for line in &load.lines {
                assert_eq!(loads.get(line.id), Some(&line.disputes), "{}", line.id);
                let known = document.mediators.iter().find(|m| m.id == line.id).expect("known");
                assert_eq!(line.takes, known.capacity.as_ref().and_then(|c| c.cases));
                // What she works is given for the pair, or the length of the sessions.
                let minutes = |dispute: &crate::format::DisputeDoc| {
                    dispute.sessions.iter().map(|s| i64::from(s.minutes)).sum::<i64>()
                };
                let own = solution
                    .assignments
                    .iter()
                    .filter(|a| a.panel.iter().any(|seat| seat.mediator == line.id));
                let disputes = own.map(|a| document.disputes.iter().find(|d| d.id == a.dispute));
                let sum: i64 = disputes.map(|d| minutes(d.expect("known"))).sum();
                if document.scores.is_empty() {
                    assert_eq!(line.minutes, sum, "{}", line.id);
                }
            }
            assert!(load.lines.is_sorted_by_key(|line| std::cmp::Reverse(line.disputes)));
            assert_eq!(load.bins.iter().map(|b| b.count).sum::<usize>(), document.mediators.len());
            let idle = load.bins.first().expect("a class").count;
            assert_eq!(idle, document.mediators.len() - loads.len());
            let squares: f64 = loads.values().map(|n| (*n as f64 / seats as f64).powi(2)).sum();
            assert!((load.measures.concentration - squares).abs() < 1e-6);
        });
    }
}

#[test]
fn shares_are_those_of_panels_and_roster() {
    for document in dockets() {
        with(&document, |numbers, solution, _| {
            let (shares, loads) = (&numbers.shares, loads(solution));
            let mut own: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
            let mut several = 0;
            for mediator in &document.mediators {
                let seats = loads.get(mediator.id.as_str()).copied().unwrap_or(0);
                let held = mediator.nationalities.iter().filter(|n| {
                    n.from.as_ref().is_none_or(|day| *day <= document.as_of)
                        && n.to.as_ref().is_none_or(|day| *day >= document.as_of)
                });
                let held: BTreeSet<&str> = held.map(|n| n.state.as_str()).collect();
                several += if held.len() > 1 { seats } else { 0 };
                for state in held {
                    let line = own.entry(state).or_default();
                    *line = (line.0 + seats, line.1 + usize::from(seats > 0), line.2 + 1);
                }
            }
            assert_eq!(shares.several, several);
            let told: BTreeMap<&str, (usize, usize, usize)> = shares
                .nationalities
                .iter()
                .filter_map(|line| Some((line.what?, (line.seats, line.sitting, line.roster))))
                .collect();
            assert_eq!(told, own);
            let all: usize = solution.assignments.iter().map(|a| a.panel.len()).sum();
            let sum: usize = shares.nationalities.iter().map(|line| line.seats).sum();
            assert!(sum >= all && (several > 0 || sum == all), "{sum} of {all} seats");
            let regions: usize = shares.regions.iter().map(|line| line.seats).sum();
            assert!(regions >= all && regions <= sum, "{regions} of {all} seats");
            // The cap is the share of the seats that are asked for.
            let asked: u32 = document.disputes.iter().map(|d| d.panel.size).sum();
            for line in shares.nationalities.iter().filter(|line| line.cap.is_some()) {
                assert_eq!(line.cap, Some((i64::from(asked) / 5).max(1)));
                assert!(line.seats as i64 <= line.cap.unwrap_or(0));
            }
            for line in &shares.blocs {
                let seats = |m: &&crate::format::MediatorDoc| {
                    loads.get(m.id.as_str()).copied().unwrap_or(0)
                };
                let is_in = |m: &&crate::format::MediatorDoc| {
                    let mut held = m.nationalities.iter();
                    held.any(|n| {
                        let state = document.states.iter().find(|s| s.id == n.state);
                        state.is_some_and(|s| s.blocs.iter().any(|b| Some(b.as_str()) == line.what))
                    })
                };
                let own: usize = document.mediators.iter().filter(is_in).map(|m| seats(&m)).sum();
                assert_eq!(line.seats, own, "{:?}", line.what);
            }
        });
    }
    with(&launch(), |numbers, _, _| {
        assert!(numbers.shares.nationalities.iter().any(|line| line.cap.is_some()));
        assert!(numbers.shares.capped && !numbers.shares.blocs.is_empty());
        // What else is said of mediators: every one of them once.
        let [background] = numbers.attributes.as_slice() else { panic!("one attribute") };
        assert_eq!(background.name, "background");
        assert_eq!(background.lines.iter().map(|l| l.seats).sum::<usize>(), numbers.shares.seats);
        assert_eq!(background.lines.iter().map(|l| l.roster).sum::<usize>(), 250);
    });
}

#[test]
fn rotation_counts_the_appointments_of_the_document() {
    let document = launch();
    with(&document, |numbers, solution, _| {
        let (rotation, loads) = (&numbers.rotation, loads(solution));
        // Three years before the 15th of January 2026; dates are compared as they are written.
        let dates = |id: &str, since: &str| {
            let past = document.appointments.iter().filter(|a| a.mediator == id);
            past.filter(|a| since <= a.date.as_str() && a.date <= document.as_of).count()
        };
        let count = |wanted: &dyn Fn(&str) -> bool| loads.keys().filter(|id| wanted(id)).count();
        let since = "2023-01-15";
        let sitting = &rotation.sitting;
        assert_eq!(rotation.years, 3);
        assert_eq!(rotation.known, document.appointments.len());
        assert_eq!(sitting.all, loads.len());
        assert_eq!(sitting.never, count(&|id| dates(id, "") == 0));
        assert_eq!(sitting.none, count(&|id| dates(id, since) == 0));
        assert_eq!(sitting.one, count(&|id| dates(id, since) == 1));
        assert_eq!(sitting.more, count(&|id| dates(id, since) > 1));
        assert_eq!(rotation.again, loads.values().filter(|n| **n > 1).count());
        assert_eq!(rotation.roster.all, document.mediators.len());
        assert!(rotation.roster.never < rotation.roster.none, "some were long ago");
        let seats = loads.iter().map(|(id, n)| dates(id, since) as i64 * *n as i64).sum::<i64>();
        assert_eq!(rotation.cost, Some(-50_000 * seats));
        assert!(rotation.weighed);
    });
}

/// The prices of the page are those of `explain --scarce`, which `tests/scarce.rs` holds to what one
/// more is worth.
#[test]
fn prices_are_those_that_are_explained() {
    let mut told = 0;
    for document in dockets() {
        with(&document, |numbers, solution, screened| {
            // A limit that is over: nothing is planned again.
            let control = Control::new(Some(std::time::Duration::ZERO), None);
            let found = scarcities(screened, &document, solution, Options::default(), &control);
            let (found, prices) =
                (found.expect("a proof"), numbers.prices.as_ref().expect("a proof"));
            assert_eq!(found.open, prices.open);
            let lists = [
                (&found.mediators, &prices.mediators),
                (&found.hours, &prices.hours),
                (&found.caps, &prices.caps),
                (&found.rooms, &prices.rooms),
                (&found.people, &prices.people),
            ];
            for (theirs, ours) in lists {
                let theirs: Vec<(i64, Option<i64>)> = theirs
                    .iter()
                    .map(|Scarcity { price, at_most, .. }| (*price, *at_most))
                    .collect();
                let ours: Vec<(i64, Option<i64>)> =
                    ours.iter().map(|p| (p.price, p.at_most)).collect();
                assert_eq!(ours, theirs);
                told += ours.len();
            }
            for (theirs, ours) in found.mediators.iter().zip(&prices.mediators) {
                let Scarce::Case { mediator, takes } = ours.what else { panic!("{ours:?}") };
                let words = format!("one more dispute of {mediator}, who takes {takes}");
                assert_eq!(theirs.what, words);
            }
            for (theirs, ours) in found.languages.iter().zip(&prices.languages) {
                assert_eq!(theirs.what, format!("speakers of {}", ours.what));
                assert_eq!((theirs.price, theirs.full), (ours.price, ours.full));
            }
        });
    }
    assert!(told > 5, "{told} prices: no test");
}

#[test]
fn classes_hold_every_number_once() {
    let widths = [1, 2, 5];
    let lists: [&[i64]; 6] =
        [&[], &[0, 0], &[0, 1, 2, 3], &[1, 9, 10, 44], &[7, 1_000_000], &[-3, i64::MAX, 5]];
    for list in lists {
        let bins = bins(list, &widths);
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), list.len(), "{list:?}");
        assert!(bins.len() <= 10, "{list:?}");
        for pair in bins.windows(2) {
            assert_eq!(pair[0].to.saturating_add(1), pair[1].from, "{list:?}");
        }
        for bin in &bins {
            let inside = list.iter().filter(|n| bin.from <= (**n).max(0) && (**n).max(0) <= bin.to);
            assert_eq!(bin.count, inside.count(), "{list:?} {bin:?}");
        }
    }
}
