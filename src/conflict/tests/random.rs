//! Random small graphs: the search agrees with every walk tried out, and more edges never help.

use std::collections::BTreeSet;

use serde_json::json;

use super::oracle::{Oracle, WORDS, edges};
use super::world::{Screened, World, date, span, strict};
use crate::conflict::Finding;
use crate::domain::{ActorIx, ActorKind, Instance, WordIx};
use crate::format::{
    Decimal, EdgePatternDoc, NodeKind, RelationKind as K, Repeat, RuleDoc, RulesDoc, Severity,
    StepDoc, Target, When,
};

/// The longest walk that the oracle tries.
const MOST: usize = 5;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }
    fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.roll(items.len())]
    }
}

const KINDS: &[K] = &[
    K::EmployedBy,
    K::OfficerOf,
    K::CounselFor,
    K::Advises,
    K::MemberOf,
    K::Owns,
    K::Controls,
    K::Holds,
    K::Family,
    K::Friend,
    K::OrganOf,
    K::AgencyOf,
    K::CounselAgainst,
    K::ExpertFor,
];
const DATES: &[&str] = &[
    "",
    "",
    "",
    "2020-01-01",
    "2023-01-14",
    "2023-01-15",
    "2025-01-01",
    "2026-01-15",
    "2026-01-16",
];

fn random_span(dice: &mut Dice) -> crate::time::DateSpan {
    let (a, b) = (dice.one_of(DATES), dice.one_of(DATES));
    if !a.is_empty() && !b.is_empty() && a > b { span(b, a) } else { span(a, b) }
}

/// Mostly nothing, else one of the items.
fn few(dice: &mut Dice, sides: usize, items: &[&str]) -> Vec<String> {
    if dice.roll(sides) == 0 { vec![dice.one_of(items).to_owned()] } else { Vec::new() }
}

/// Two to three rules over a handful of kinds, so that they meet edges.
fn random_rules(dice: &mut Dice) -> RulesDoc {
    let mut rules = strict();
    rules.rules.clear();
    for number in 0..3 {
        let step = |dice: &mut Dice| StepDoc {
            any: (0..=dice.roll(2))
                .map(|_| EdgePatternDoc {
                    kind: dice.one_of(&[
                        K::Family,
                        K::Owns,
                        K::MemberOf,
                        K::Nationality,
                        K::Controls,
                    ]),
                    backward: dice.one_of(&[None, Some(true), Some(false)]),
                    when: dice.one_of(&[
                        None,
                        Some(When::TestDates),
                        Some(When::Within),
                        Some(When::Ever),
                        Some(When::Ended),
                    ]),
                    years: Some(3),
                    significant: dice.one_of(&[None, None, Some(true), Some(false)]),
                    share_above: dice.one_of(&[None, None, Some(Decimal(500_000))]),
                    roles: few(dice, 12, &WORDS),
                    tags: few(dice, 10, &WORDS),
                    without: few(dice, 10, &WORDS),
                    into: few(dice, 10, &["law-firm", "company", "mediator", "state"])
                        .iter()
                        .map(|kind| serde_json::from_value(json!(kind)).expect("a kind"))
                        .collect(),
                    notes: None,
                })
                .collect(),
            groups: Vec::new(),
            repeat: Some(dice.one_of(&[Repeat::Once, Repeat::Optional, Repeat::Any, Repeat::Some])),
            notes: None,
        };
        rules.rules.push(RuleDoc {
            id: format!("rule{number}"),
            text: String::new(),
            source: String::new(),
            severity: dice.one_of(&[Severity::Orange, Severity::WaivableRed, Severity::Green]),
            to: dice.one_of(&[
                Target::Party,
                Target::Counsel,
                Target::Representative,
                Target::CoPanellist,
            ]),
            path: (0..=dice.roll(3)).map(|_| step(dice)).collect(),
            together: Some(dice.roll(3) == 0),
            count: None,
            pair: None,
            governed_by: None,
            overridable: None,
            notes: None,
        });
    }
    rules
}

fn random_relation(dice: &mut Dice, w: &mut World, kinds: &[K]) {
    let actors: Vec<ActorIx> = (0..w.parts.actors.len()).map(ActorIx::new).collect();
    let (from, to, kind) = (dice.one_of(&actors), dice.one_of(&actors), dice.one_of(kinds));
    let span = random_span(dice);
    let (significant, confidential) = (dice.roll(2) == 0, dice.roll(3) == 0);
    let share = dice.one_of(&[None, Some(500_000), Some(700_000)]);
    let relation = w.relate(from, kind, to);
    (relation.span, relation.significant, relation.confidential) =
        (span, significant, confidential);
    relation.share = share;
    relation.role = (dice.roll(2) == 0).then(|| WordIx(dice.roll(3) as u32));
    relation.tags = if dice.roll(2) == 0 { vec![WordIx(dice.roll(3) as u32)] } else { Vec::new() };
}

fn random_world(dice: &mut Dice, rules: RulesDoc, kinds: &[K]) -> World {
    let mut w = World::with_rules(rules);
    let states = [w.state("AA"), w.state("BB")];
    w.parts.words = WORDS.map(str::to_owned).to_vec();
    let organisations = [w.organisation("o1"), w.organisation("o2")];
    w.parts.actors[organisations[0].ix()].node = NodeKind::LawFirm;
    let people = [w.person("p1")];
    let m: Vec<_> = (0..3).map(|i| w.mediator(&format!("m{i}"), &[])).collect();
    let actors: Vec<ActorIx> = (0..w.parts.actors.len()).map(ActorIx::new).collect();
    for actor in &actors {
        if w.parts.actors[actor.ix()].kind != ActorKind::State && dice.roll(2) == 0 {
            let state = dice.one_of(&states);
            let span = random_span(dice);
            w.national(*actor, state, span);
        }
    }
    if dice.roll(2) == 0 {
        let by = dice.one_of(&states);
        let span = random_span(dice);
        w.designate(m[0], by, span);
    }
    if dice.roll(2) == 0 {
        w.member(organisations[0], dice.one_of(&[states[0], organisations[1]]));
    }
    for _ in 0..2 {
        let d = w.dispute(&[dice.one_of(&actors), dice.one_of(&states)]);
        let people = [people[0], w.of(m[2]), organisations[1]];
        w.docket(d).parties[0].counsel = vec![dice.one_of(&people)];
        w.docket(d).parties[1].representatives = vec![dice.one_of(&people[..2])];
        let mut dates = vec![
            date("2026-01-15"),
            date(dice.one_of(&["2019-06-06", "2023-01-14", "2025-06-06"])),
        ];
        dates.sort_unstable();
        w.docket(d).test_dates = dates;
    }
    let most = if kinds.len() < 6 { 14 } else { 10 };
    for _ in 0..4 + dice.roll(most - 3) {
        random_relation(dice, &mut w, kinds);
    }
    w
}

/// The finding is what the oracle finds, whatever the oracle can reach.
fn compare(
    instance: &Instance,
    rule: &RuleDoc,
    start: ActorIx,
    targets: &BTreeSet<ActorIx>,
    dates: &[crate::time::Date],
    found: Option<&Finding>,
) {
    let all = edges(instance);
    let shortest = |confidential| {
        let as_of = instance.as_of();
        let oracle = Oracle { instance, day: None, edges: &all, as_of, dates, confidential };
        let walk = |target: &ActorIx| {
            if rule.together == Some(true) {
                oracle.shortest_together(&rule.path, start, *target, MOST)
            } else {
                oracle.shortest(&rule.path, start, *target, MOST)
            }
        };
        targets.iter().filter(|target| **target != start).filter_map(walk).min()
    };
    let open = shortest(false);
    let any = shortest(true);
    match found {
        None => assert_eq!(any, None, "rule {} is missed", rule.id),
        Some(finding) if finding.witness.len() <= MOST => {
            assert_eq!(open.or(any), Some(finding.witness.len()), "rule {}", rule.id);
            assert_eq!(finding.is_confidential(), open.is_none(), "rule {}", rule.id);
            let orange = rule.severity >= Severity::Orange;
            assert_eq!(finding.undisclosable, orange && open.is_none(), "rule {}", rule.id);
        }
        Some(finding) => assert!(!finding.is_confidential() || open.is_none()),
    }
    if let Some(finding) = found {
        let witness = &finding.witness;
        assert_eq!(witness[0].from, start);
        assert_eq!(witness[witness.len() - 1].to, finding.target);
        assert!(targets.contains(&finding.target) && finding.target != start);
        for (one, next) in witness.iter().zip(&witness[1..]) {
            assert_eq!(one.to, next.from);
        }
        for step in witness.iter() {
            let (from, to) =
                if step.backward { (step.to, step.from) } else { (step.from, step.to) };
            if let Some(position) = step.relation {
                let relation = &instance.relations()[position];
                assert_eq!((relation.from, relation.kind, relation.to), (from, step.kind, to));
                assert_eq!(relation.confidential, step.confidential);
            }
            assert!(all.iter().any(|e| (e.from, e.kind, e.to) == (from, step.kind, to)));
        }
    }
}

fn agree(w: &World) -> usize {
    let screened = w.screen();
    let instance = &screened.instance;
    let mut found = 0;
    for (number, rule) in instance.policy().rules.rules.iter().enumerate() {
        if rule.count.is_some() || rule.pair.is_some() || rule.to == Target::CoPanellist {
            continue;
        }
        for d in instance.dispute_indices() {
            let dispute = instance.dispute(d);
            let mut targets = BTreeSet::new();
            for party in &dispute.parties {
                match rule.to {
                    Target::Party => targets.extend([party.actor]),
                    Target::Counsel => targets.extend(&party.counsel),
                    Target::Representative => targets.extend(&party.representatives),
                    _ => {}
                }
            }
            for m in instance.mediator_indices() {
                let finding = screened.table.findings(d, m).iter().find(|f| f.rule.ix() == number);
                found += usize::from(finding.is_some());
                let start = instance.mediator(m).actor;
                compare(instance, rule, start, &targets, &dispute.test_dates, finding);
            }
        }
    }
    found + agree_on_pairs(&screened)
}

/// Two mediators sit together unless a walk from one of them leads to the other.
fn agree_on_pairs(screened: &Screened) -> usize {
    let instance = &screened.instance;
    let all = edges(instance);
    let dates: Vec<_> = instance.disputes().iter().flat_map(|d| d.test_dates.clone()).collect();
    let oracle = Oracle {
        instance,
        day: None,
        edges: &all,
        as_of: instance.as_of(),
        dates: &dates,
        confidential: true,
    };
    let mut found = 0;
    for a in instance.mediator_indices() {
        for b in instance.mediator_indices().filter(|b| a < *b) {
            let (at, to) = (instance.mediator(a).actor, instance.mediator(b).actor);
            let between = screened.table.between(a, b);
            let rules = instance.policy().rules.rules.iter().enumerate();
            for (number, rule) in rules.filter(|(_, rule)| rule.to == Target::CoPanellist) {
                let walk = |from, to| {
                    if rule.together == Some(true) {
                        oracle.shortest_together(&rule.path, from, to, MOST)
                    } else {
                        oracle.shortest(&rule.path, from, to, MOST)
                    }
                };
                let walks = walk(at, to).is_some() || walk(to, at).is_some();
                match between.iter().find(|finding| finding.rule.ix() == number) {
                    Some(finding) => assert!(walks || finding.witness.len() > MOST),
                    None => assert!(!walks),
                }
                found += usize::from(walks);
            }
        }
    }
    found
}

#[test]
fn the_search_agrees_with_walking_on_the_strict_profile() {
    let mut found = 0;
    for seed in 0..150 {
        let mut dice = Dice(seed);
        found += agree(&random_world(&mut dice, strict(), KINDS));
    }
    assert!(found > 300, "{found}");
}

#[test]
fn the_search_agrees_with_walking_on_random_rules() {
    let mut found = 0;
    for seed in 1000..2200 {
        let mut dice = Dice(seed);
        let rules = random_rules(&mut dice);
        found +=
            agree(&random_world(&mut dice, rules, &[K::Family, K::Owns, K::MemberOf, K::Controls]));
    }
    assert!(found > 300, "{found}");
}

#[test]
fn an_edge_more_never_lowers_a_severity() {
    for seed in 2000..2150 {
        let mut dice = Dice(seed);
        let mut w = random_world(&mut dice, strict(), KINDS);
        let mut before = w.screen();
        for _ in 0..4 {
            random_relation(&mut dice, &mut w, KINDS);
            let after = w.screen();
            for d in after.instance.dispute_indices() {
                for m in after.instance.mediator_indices() {
                    assert!(after.table.severity(d, m) >= before.table.severity(d, m));
                    let rules = after.rules(d, m);
                    assert!(before.rules(d, m).iter().all(|rule| rules.contains(rule)));
                }
            }
            for (a, b, found) in before.table.co_panel_conflicts() {
                let still = after.table.between(a, b);
                assert!(found.iter().all(|f| still.iter().any(|s| s.rule == f.rule)));
            }
            before = after;
        }
    }
}

#[test]
fn the_plain_statement_of_nationality_is_always_found() {
    for seed in 3000..3300 {
        let mut dice = Dice(seed);
        let screened = random_world(&mut dice, strict(), KINDS).screen();
        let instance = &screened.instance;
        for d in instance.dispute_indices() {
            for m in instance.mediator_indices() {
                let own = instance.mediator(m).actor;
                let herself = instance.dispute(d).parties.iter().any(|p| p.actor == own);
                if !herself && instance.is_national_of_party(m, d) {
                    assert!(screened.finding(d, m, "nationality").is_some());
                }
            }
        }
    }
}
