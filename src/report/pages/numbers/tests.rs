//! The part on the page: every word is there in both languages, every list folds, nobody is told of
//! who should not be.

use crate::check::check;
use crate::format::{InstanceDoc, SolutionDoc, read_instance, to_json_string};
use crate::generate::{RandomOptions, random};
use crate::pipeline::{Screened, load};
use crate::report::texts::Texts;
use crate::report::view::View;
use crate::report::{Language, Reader, Source};
use crate::solve::{Control, Options};

/// Solves, and looks at the view of a reader.
fn with(
    document: &InstanceDoc,
    change: impl FnOnce(&mut SolutionDoc),
    reader: &Reader,
    look: impl FnOnce(&View<'_>, &Source<'_>),
) {
    let bytes = to_json_string(document).expect("a text").into_bytes();
    let loaded = load(&bytes).expect("a valid instance");
    let digest = loaded.instance.digest().to_owned();
    let screened = Screened::new(loaded.instance);
    let mut solution = screened.answer(Options::default(), &Control::new(None, None));
    change(&mut solution);
    let verdict = check(document, &solution, &digest);
    let source = Source {
        document,
        screened: &screened,
        solution: &solution,
        solution_digest: "",
        verdict: &verdict,
    };
    look(&View::new(&source, reader).expect("a reader"), &source);
}

fn launch() -> InstanceDoc {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");
    read_instance(&std::fs::read(path).expect("the file")).expect("an instance")
}

#[test]
fn the_part_has_every_word_and_folds() {
    let how = RandomOptions { disputes: 24, mediators: 30, seed: 1, tight: false };
    for document in [launch(), random(&how)] {
        with(
            &document,
            |_| (),
            &Reader::Secretariat,
            |view, source| {
                for (language, _) in Language::ALL {
                    let texts = Texts::new(language);
                    is_whole(&super::section(view, source, &texts).into_string(), view, source);
                }
            },
        );
    }
}

/// Every word, every mediator who sits and every burdened dispute is there, and long lists fold.
fn is_whole(page: &str, view: &View<'_>, source: &Source<'_>) {
    assert!(!page.contains('\u{27e6}'), "a message is missing: {page}");
    for seat in source.solution.assignments.iter().flat_map(|a| &a.panel) {
        assert!(page.contains(&seat.mediator), "{} is missing", seat.mediator);
    }
    for burden in &source.solution.burdens {
        let dispute = view.disputes.iter().find(|dispute| dispute.id == burden.dispute);
        let most = burden.sides.iter().map(|(_, points)| *points).max();
        let link = format!("<a href=\"#{}\">", dispute.expect("known").anchor());
        assert_eq!(page.contains(&link), most > Some(0), "{}", burden.dispute);
    }
    // What is seen before anything is unfolded.
    let seen = page
        .split("<details>")
        .map(|part| part.rsplit_once("</details>").map_or(part, |(_, after)| after));
    for table in seen.flat_map(|part| part.split("<tbody>").skip(1)) {
        let rows = table.split("</tbody>").next().unwrap_or_default();
        assert!(rows.matches("<tr>").count() <= 20, "{rows}");
    }
    assert!(page.contains("</summary><div class=\"scroll\""), "nothing is folded");
}

#[test]
fn an_answer_without_panels_and_without_proof_has_a_page() {
    let nothing = |solution: &mut SolutionDoc| {
        solution.assignments.clear();
        solution.sessions.clear();
        solution.burdens.clear();
        solution.certificate = None;
    };
    with(&launch(), nothing, &Reader::Secretariat, |view, source| {
        for (language, _) in Language::ALL {
            let page = super::section(view, source, &Texts::new(language)).into_string();
            assert!(!page.contains('\u{27e6}') && !page.contains("<table>"), "{page}");
        }
    });
}

#[test]
fn wrong_numbers_make_no_panic() {
    let wrong = |solution: &mut SolutionDoc| {
        let worst = [i64::MAX, i64::MIN, -1];
        for (at, burden) in solution.burdens.iter_mut().enumerate() {
            for (_, points) in burden.sides.0.iter_mut().chain(&mut burden.parties.0) {
                *points = worst[at % 3];
            }
        }
        solution.objective.tiers.iter_mut().for_each(|tier| *tier = i64::MIN);
        solution.objective.terms.0.iter_mut().for_each(|term| term.1 = i64::MIN);
        for tier in solution.certificate.iter_mut().flat_map(|all| &mut all.tiers) {
            tier.bound = i64::MAX;
            for price in tier.nodes.iter_mut().filter_map(|node| node.prices.as_mut()) {
                price.cases.0.iter_mut().for_each(|price| price.1 = i64::MAX);
            }
        }
        if let Some(seat) = solution.assignments.first_mut().and_then(|a| a.panel.first_mut()) {
            seat.mediator = "nobody".to_owned();
        }
    };
    with(&launch(), wrong, &Reader::Secretariat, |view, source| {
        for (language, _) in Language::ALL {
            let texts = Texts::new(language);
            let page = super::section(view, source, &texts).into_string()
                + &crate::report::pages::proof::section(view, &texts).into_string();
            assert!(!page.contains('\u{27e6}'), "a message is missing: {page}");
        }
    });
}
