//! P7: screening 1000 disputes x 1000 mediators over 200,000 relations, and over ten times as many.
//!
//! The world is synthetic and the same in every run: companies own each other in groups of eight,
//! trees up to five deep, some of them closed to a circle; firms have heavy-tailed sizes; a mediator
//! has a firm and a dozen other ties; a quarter of the relations is over, one in fifty is
//! confidential. With ten times the relations there are ten times the companies, firms
//! and people; mediators and disputes stay 1000. The profile is `strict`.

use std::hint::black_box;

use comity::conflict::{ConflictGraph, screen};
use comity::domain::Instance;
use comity::eligibility::compute;
use comity::format::{InstanceDoc, RelationDoc, RelationKind, read_instance};
use comity::validate::validate;
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;

/// `SplitMix64`.
struct Lots(u64);

impl Lots {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

const STATES: usize = 60;

struct Size {
    side: usize,
    relations: usize,
    companies: usize,
    firms: usize,
    people: usize,
}

impl Size {
    fn of(side: usize, relations: usize) -> Self {
        Self {
            side,
            relations,
            companies: relations / 10,
            firms: (relations / 400).max(2),
            people: relations / 20,
        }
    }
}

fn state(number: usize) -> String {
    format!("X-{number}")
}

fn world(size: &Size) -> Instance {
    let lots = &mut Lots(7);
    let ids = |prefix: &str, number: usize| -> Vec<String> {
        (0..number).map(|i| format!("{prefix}{i}")).collect()
    };
    let (companies, firms, people) =
        (ids("c", size.companies), ids("f", size.firms), ids("p", size.people));
    let mut organisations = Vec::new();
    for id in &companies {
        let own = state(lots.below(STATES));
        organisations.push(json!({ "id": id, "kind": "company", "nationalities": [own] }));
    }
    organisations.extend(firms.iter().map(|id| json!({ "id": id, "kind": "law-firm" })));
    let mediators: Vec<_> = (0..size.side)
        .map(|m| json!({ "id": format!("m{m}"), "nationalities": [state(lots.below(STATES))] }))
        .collect();
    let disputes: Vec<_> = (0..size.side)
        .map(|d| {
            json!({
                "id": format!("d{d}"), "class": "commercial", "panel": { "size": 1 },
                "parties": [
                    { "id": "a", "actor": companies[lots.below(companies.len())],
                      "counsel": [people[lots.below(people.len())]] },
                    { "id": "b", "actor": companies[lots.below(companies.len())],
                      "counsel": [firms[lots.below(firms.len())]] },
                ],
            })
        })
        .collect();
    let text = json!({
        "schema": "comity.instance/1", "id": "screening", "as_of": "2026-01-01",
        "horizon": { "start": "2026-02-02T08:00:00Z", "end": "2026-02-02T16:00:00Z" },
        "states": (0..STATES).map(|s| json!({ "id": state(s) })).collect::<Vec<_>>(),
        "organisations": organisations,
        "people": people.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
        "mediators": mediators,
        "disputes": disputes,
    });
    let mut doc: InstanceDoc =
        read_instance(text.to_string().as_bytes()).expect("a document of the right shape");
    doc.relations = (0..size.relations).map(|r| relation(lots, size, r)).collect();
    let (instance, findings) = validate(&doc, String::new());
    instance.unwrap_or_else(|| panic!("{:?}", findings.first()))
}

fn relation(lots: &mut Lots, size: &Size, number: usize) -> RelationDoc {
    use RelationKind as Kind;
    // Small numbers are drawn more often: a heavy tail.
    let tail = |lots: &mut Lots, n: usize| {
        let first = lots.below(n) + 1;
        lots.below(first)
    };
    let company = |lots: &mut Lots| format!("c{}", lots.below(size.companies));
    let firm = |lots: &mut Lots| format!("f{}", tail(lots, size.firms));
    let person = |lots: &mut Lots| format!("p{}", lots.below(size.people));
    let mediator = |lots: &mut Lots| format!("m{}", lots.below(size.side));
    let (from, kind, to) = match lots.below(100) {
        // Groups of eight companies, trees up to five deep; now and then the last owns the first.
        0..30 => {
            let child = lots.below(size.companies);
            let (group, place) = (child / 8 * 8, child % 8);
            let parent = match place {
                0 => (group + 7).min(size.companies - 1),
                place => group + place.saturating_sub(1 + lots.below(2)),
            };
            (format!("c{parent}"), Kind::Owns, format!("c{child}"))
        }
        // Control stays within the group: else nearly everybody would stand behind every party.
        30..36 => {
            let group = lots.below(size.companies) / 8 * 8;
            let within =
                |lots: &mut Lots| format!("c{}", (group + lots.below(8)).min(size.companies - 1));
            (within(lots), Kind::Controls, within(lots))
        }
        36..52 => (person(lots), Kind::MemberOf, firm(lots)),
        52..62 => (person(lots), Kind::EmployedBy, company(lots)),
        62..72 => (firm(lots), Kind::CounselFor, company(lots)),
        72..80 => (firm(lots), Kind::Advises, company(lots)),
        80..84 => (person(lots), Kind::Family, person(lots)),
        84..93 => (person(lots), Kind::Friend, person(lots)),
        // About one firm and a dozen other ties a mediator.
        93 if lots.below(2) == 0 => (mediator(lots), Kind::MemberOf, firm(lots)),
        93..95 => (mediator(lots), Kind::CounselFor, company(lots)),
        95 => (mediator(lots), Kind::ExpertFor, company(lots)),
        96 => (mediator(lots), Kind::Family, person(lots)),
        97 => (mediator(lots), Kind::Holds, company(lots)),
        98 => (mediator(lots), Kind::Friend, person(lots)),
        // A handful of alliances of firms; the rest commercial.
        _ if lots.below(100) == 0 => (firm(lots), Kind::AlliedWith, firm(lots)),
        _ => (firm(lots), Kind::CommercialWith, company(lots)),
    };
    if from == to {
        // Nothing runs to itself: drawn again.
        return relation(lots, size, number);
    }
    let year = |back: usize| format!("{}-06-30", 2025 - back);
    RelationDoc {
        id: format!("r{number}"),
        from,
        to: Some(to),
        case: None,
        kind,
        start: (lots.below(2) == 0).then(|| year(7 + lots.below(10))),
        end: (lots.below(4) == 0).then(|| year(lots.below(7))),
        significant: Some(lots.below(4) == 0),
        share: (kind == Kind::Owns)
            .then(|| comity::format::Decimal([300_000, 600_000, 1_000_000][lots.below(3)])),
        role: None,
        tags: Vec::new(),
        confidential: Some(lots.below(50) == 0),
        source: None,
        notes: None,
    }
}

fn screening(criterion: &mut Criterion) {
    // `cargo test --benches` tries every bench once: small ones will do.
    let test = std::env::args().any(|argument| argument == "--test");
    let side = if test { 30 } else { 1000 };
    let mut group = criterion.benchmark_group(format!("screening-{side}x{side}"));
    group.sample_size(10);
    for relations in if test { [600, 6_000] } else { [200_000, 2_000_000] } {
        let instance = world(&Size::of(side, relations));
        let graph = ConflictGraph::build(&instance);
        let table = screen(&instance, &graph);
        group.bench_function(format!("whole/{relations}"), |b| {
            b.iter(|| {
                let graph = ConflictGraph::build(black_box(&instance));
                let table = screen(&instance, &graph);
                compute(&instance, &table)
            });
        });
        group.bench_function(format!("graph/{relations}"), |b| {
            b.iter(|| ConflictGraph::build(black_box(&instance)));
        });
        group.bench_function(format!("rules/{relations}"), |b| {
            b.iter(|| screen(black_box(&instance), &graph));
        });
        group.bench_function(format!("eligibility/{relations}"), |b| {
            b.iter(|| compute(black_box(&instance), &table));
        });
    }
    group.finish();
}

criterion_group!(benches, screening);
criterion_main!(benches);
