//! Every code has its words in both languages, numbers say no more than is proven, and a party is told
//! no totals.

use serde_json::{Value, json};

use super::{QUALITY, percent, reached, rule, section};
use crate::check::{RULES, Verdict, check};
use crate::format::{
    DocumentKind, InstanceDoc, Mechanism, SolutionDoc, canonical_digest, schema_of, to_json_string,
};
use crate::mechanism;
use crate::pipeline::{Screened, keep_to, load};
use crate::report::texts::Texts;
use crate::report::view::{TierLine, View};
use crate::report::{Language, Reader, Source};
use crate::solve::{Control, Options};

/// A docket with what the policy is to be.
fn docket(path: &str, change: impl FnOnce(&mut Value)) -> InstanceDoc {
    let path = format!("{}/instances/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut value = serde_json::from_slice(&std::fs::read(path).expect("the file")).expect("JSON");
    change(&mut value);
    serde_json::from_value(value).expect("an instance")
}

struct Solved {
    document: InstanceDoc,
    screened: Screened,
    solution: SolutionDoc,
    verdict: Verdict,
}

/// Solves; if so asked once more, beside the first answer.
fn solved(document: InstanceDoc, mechanism: Mechanism, again: bool) -> Solved {
    let bytes = to_json_string(&document).expect("a text").into_bytes();
    let digest = canonical_digest(&bytes).expect("canonical");
    let mut screened = Screened::new(load(&bytes).expect("a valid instance").instance);
    let (options, control) = (Options::default(), Control::new(None, None));
    let answer = |screened: &Screened| {
        mechanism::answer(screened, mechanism, "a seed", options, &control).expect("an answer")
    };
    let mut solution = answer(&screened);
    if again {
        let from = keep_to(&screened.instance, &solution, "0".repeat(64)).expect("starts");
        screened = screened.keeping_to(from);
        solution = answer(&screened);
    }
    let verdict = check(&document, &solution, &digest);
    assert!(verdict.holds(), "{verdict}");
    Solved { document, screened, solution, verdict }
}

impl Solved {
    fn view<'a>(&'a self, reader: &Reader) -> View<'a> {
        let source = Source {
            document: &self.document,
            screened: &self.screened,
            solution: &self.solution,
            solution_digest: "",
            verdict: &self.verdict,
        };
        View::new(&source, reader).expect("a reader")
    }
}

/// The words of an enum of the solution, as its schema has them.
fn words(of: &str) -> Vec<String> {
    let schema = serde_json::to_value(schema_of(DocumentKind::Solution)).expect("JSON");
    let all = schema["$defs"][of]["oneOf"].as_array().expect("an enum").clone();
    all.iter().map(|one| one["const"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn every_code_has_its_words() {
    let mut keys: Vec<String> = Vec::new();
    for (name, sentence) in RULES {
        keys.push(format!("proof-rule-{}", rule(name)));
        assert!(!sentence.is_empty());
    }
    for status in words("Status") {
        keys.extend([format!("proof-status-{status}"), format!("proof-status-{status}-why")]);
    }
    keys.extend(words("StopReason").iter().map(|reason| format!("proof-stop-{reason}")));
    for mechanism in words("Mechanism") {
        assert!(Mechanism::ALL.iter().any(|(_, name)| *name == mechanism));
        let key = format!("proof-mechanism-{mechanism}");
        keys.extend([format!("{key}-why"), key]);
    }
    for name in QUALITY {
        keys.extend([format!("proof-term-{name}"), format!("proof-term-{name}-why")]);
    }
    for (language, tag) in Language::ALL {
        let texts = Texts::new(language);
        for key in &keys {
            assert!(texts.find(key, &[]).is_some(), "{key} has no words in {tag}");
        }
    }
    // The rules of the checker have the same numbers of words here and there: none is forgotten.
    assert_eq!(keys.iter().filter(|key| key.starts_with("proof-rule-")).count(), RULES.len());
}

/// Dockets that have every aim and every term between them.
fn all_terms() -> Vec<Solved> {
    let earlier = docket("iomed-launch.json", |value| {
        value["policy"] = json!({
            "weights": { "rotation": 0.05 }, "freeze_days": 60, "fairness": "max-min",
            "burden_sharing": "worse-off-first"
        });
        value["mediators"][0]["capacity"] = json!({ "cases": 3, "min_cases": 1 });
    });
    vec![
        solved(earlier, Mechanism::Optimise, true),
        solved(docket("tiny/levels.json", |_| ()), Mechanism::Optimise, false),
    ]
}

#[test]
fn every_term_and_every_aim_has_its_words() {
    for solved in all_terms() {
        let view = solved.view(&Reader::Secretariat);
        // The aims are those that the checker names.
        let told = solved.verdict.to_string();
        for tier in &view.proof.tiers {
            let name = tier
                .level
                .map_or(tier.name.to_owned(), |level| format!("below-{}", level as f64 / 1e6));
            assert!(told.contains(&format!("  bound of {name} re-derived: ")), "{name}: {told}");
        }
        assert_eq!(view.proof.tiers.len(), solved.solution.objective.tiers.len());
        for (language, tag) in Language::ALL {
            let texts = Texts::new(language);
            for (name, _) in &view.proof.terms {
                let name = if name.starts_with("below-") { "below" } else { *name };
                let key = format!("proof-term-{name}");
                assert!(texts.find(&key, &[]).is_some(), "{key} has no words in {tag}");
                let is_aim = texts.find(&format!("proof-says-{name}"), &[]).is_some();
                assert!(is_aim || QUALITY.contains(&name), "{name} is told nowhere");
            }
            let page = section(&view, &texts).into_string();
            assert!(!page.contains('\u{27e6}'), "a message is missing: {page}");
        }
        // What quality is made of adds up to it.
        let own = view.proof.terms.iter().filter(|(name, _)| QUALITY.contains(name));
        let quality = solved.solution.objective.tiers.last().copied();
        assert_eq!(Some(own.map(|term| term.1).sum::<i64>()), quality);
    }
}

#[test]
fn every_mechanism_has_a_page_that_claims_nothing_it_has_not() {
    for (mechanism, name) in Mechanism::ALL {
        let document = docket("tiny/two-disputes.json", |_| ());
        let solved = solved(document, mechanism, false);
        let view = solved.view(&Reader::Secretariat);
        assert_eq!(view.proof.mechanism, mechanism);
        let texts = Texts::new(Language::English);
        let page = section(&view, &texts).into_string();
        assert!(page.contains(&texts.say(&format!("proof-mechanism-{name}"))), "{page}");
        let claims = page.contains(&texts.say("proof-derived"));
        assert_eq!(claims, solved.solution.certificate.is_some(), "{name}");
        assert_eq!(page.contains("a seed"), mechanism::draws(mechanism), "{name}");
    }
}

#[test]
fn no_more_is_said_than_is_proven() {
    let texts = Texts::new(Language::English);
    // A hundredth of a per cent is rounded up: 0.0864 %, 0.09 %, 0.0901 %.
    for (part, text) in [(864, "0.09"), (900, "0.09"), (901, "0.10"), (0, "0.00"), (1, "0.01")] {
        assert_eq!(percent(&texts, part), text);
    }
    let tier = |name, value, bound| TierLine {
        name,
        level: None,
        value,
        bound,
        derived: true,
        questions: 0,
        leaves: 1,
    };
    let says = |name, value, bound| reached(&texts, &tier(name, value, bound));
    let quality = says("quality", 319_906_000, Some(320_182_449));
    assert!(quality.contains("is 319.906.") && quality.contains("exceed 320.183"), "{quality}");
    assert!(quality.contains("by 0.277 at most, 0.09 %"), "{quality}");
    assert!(says("quality", 5, Some(5)).contains("No other that does as well"));
    assert!(says("panels", 3_000_000, Some(4_000_000)).contains("more than 4."));
    assert!(says("panels", 3_000_000, None).contains("Nothing is proven"));
    let sides = says("sides", -1_650_000_000, Some(-1_600_000_000));
    assert!(sides.contains("bear 1650 point") && sides.contains("less than 1600."), "{sides}");
}

#[test]
fn a_party_is_told_no_totals() {
    let solved = solved(docket("iomed-launch.json", |_| ()), Mechanism::Optimise, false);
    let party = solved.document.disputes[0].parties[0].actor.clone();
    let whole = solved.view(&Reader::Secretariat);
    let own = solved.view(&Reader::Actor(party));
    assert!(!whole.proof.tiers.is_empty() && !whole.proof.terms.is_empty());
    assert!(own.proof.tiers.is_empty() && own.proof.terms.is_empty() && own.proof.asked.is_none());
    for (language, _) in Language::ALL {
        let texts = Texts::new(language);
        let (whole, own) =
            (section(&whole, &texts).into_string(), section(&own, &texts).into_string());
        assert!(!own.contains('\u{27e6}'), "a message is missing: {own}");
        let quality = solved.solution.objective.tiers.last().copied().unwrap_or(0);
        let quality = texts.decimal(quality, 3);
        assert!(whole.contains(&quality) && !own.contains(&quality), "{own}");
        assert!(own.contains("comity check INSTANCE SOLUTION") && own.contains("--for PARTY"));
    }
}
