//! Interpreters: two dozen, for pairs of the languages of the docket.

use crate::format::{InterpreterDoc, LanguagePairDoc, RelationDoc, RelationKind};
use crate::generate::diary::busy;
use crate::generate::draw::Draw;
use crate::generate::make;

use super::hours::{keeps_ramadan, outside, ramadan, trip};
use super::roster::base;
use super::{calendar_of, window, zone_of};

/// Where they live, and the pairs in which they work.
const ROWS: [(&str, &[(&str, &str)]); 26] = [
    ("HK", &[("en", "zh")]),
    ("HK", &[("en", "zh"), ("fr", "zh")]),
    ("HK", &[("en", "zh")]),
    ("HK", &[("es", "zh"), ("en", "es")]),
    ("CN", &[("en", "zh"), ("ru", "zh")]),
    ("CN", &[("en", "zh"), ("es", "zh")]),
    ("CN", &[("ru", "zh")]),
    ("SG", &[("en", "zh")]),
    ("SG", &[("en", "fr")]),
    ("CH", &[("en", "fr"), ("es", "fr")]),
    ("CH", &[("en", "fr"), ("ar", "fr")]),
    ("CH", &[("en", "ru"), ("en", "fr")]),
    ("FR", &[("en", "fr"), ("fr", "pt")]),
    ("FR", &[("ar", "fr"), ("ar", "en")]),
    ("FR", &[("es", "fr"), ("en", "es")]),
    ("GB", &[("en", "es"), ("en", "pt")]),
    ("GB", &[("ar", "en")]),
    ("BR", &[("en", "pt"), ("es", "pt")]),
    ("BR", &[("es", "pt"), ("en", "es")]),
    ("VE", &[("en", "es")]),
    ("US", &[("en", "es"), ("en", "fr")]),
    ("EG", &[("ar", "en"), ("ar", "fr")]),
    ("KE", &[("en", "fr")]),
    ("KE", &[("ar", "en")]),
    ("CM", &[("en", "fr"), ("es", "fr")]),
    ("AU", &[("en", "es"), ("en", "zh")]),
];

/// The interpreters in the order of the rows.
pub(super) fn interpreters(seed: u64) -> Vec<InterpreterDoc> {
    (1..).zip(ROWS).map(|(n, (home, pairs))| interpreter(seed, n, home, pairs)).collect()
}

fn interpreter(seed: u64, n: usize, home: &str, pairs: &[(&str, &str)]) -> InterpreterDoc {
    let id = format!("interpreter-{n:02}");
    let mut draw = Draw::new(seed, &format!("spring {id}"));
    let pair = |(from, to): &(&str, &str)| LanguagePairDoc {
        from: (*from).to_owned(),
        to: (*to).to_owned(),
        notes: None,
    };
    // Three of them are at the conference or the meetings.
    let stays = if n.is_multiple_of(9) { vec![trip(n / 9 - 1)] } else { Vec::new() };
    InterpreterDoc {
        name: Some(format!("Synthetic interpreter {n:02}")),
        id,
        nationalities: make::nationalities(&[home]),
        time_zone: Some(zone_of(home).to_owned()),
        calendar: Some(calendar_of(home)),
        working_hours: if keeps_ramadan(home) { ramadan(home, true) } else { Vec::new() },
        busy: outside(busy(window(), zone_of(home), 3, 5, &mut draw), &stays),
        base: base(home),
        stays,
        pairs: pairs.iter().map(pair).collect(),
        notes: None,
    }
}

/// Two interpreters who are in the service of a State that is a party.
pub(super) fn relations() -> Vec<RelationDoc> {
    let tie = |interpreter: &str, state: &str| {
        let id = format!("official-{interpreter}");
        let mut tie = make::relation(id, interpreter, RelationKind::OfficialOf, state);
        tie.start = Some("2021-01-01".to_owned());
        tie
    };
    vec![tie("interpreter-20", "VE"), tie("interpreter-25", "CM")]
}
