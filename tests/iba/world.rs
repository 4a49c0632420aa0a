//! A small world for one row, and what the row says about it.
//!
//! Nobody in it is real. Mediators `m1` and `m2`; the companies `p` and `q` are the parties of the
//! dispute `d`; everyone else is on the list and has no tie to anyone until a test gives one.

use std::collections::{BTreeMap, BTreeSet};

use comity::check::impartiality;
use comity::format::{ConsentNeeded, InstanceDoc, Severity, SolutionDoc};
use comity::validate::resolve_profile;
use serde_json::{Value, json};

use crate::common;

const AS_OF_YEAR: u32 = 2026;
const TODAY: &str = "2026-01-15";
const YESTERDAY: &str = "2026-01-14";
const TOMORROW: &str = "2026-01-16";

/// An instance in the making.
#[derive(Clone)]
pub(crate) struct World(Value);

/// The world without ties.
pub(crate) fn world() -> World {
    let organisation = |(id, kind): (&str, &str)| json!({ "id": id, "kind": kind });
    let people = ["counsel", "expert", "agent", "x", "y"];
    let organisations = [
        ("p", "company"),
        ("q", "company"),
        ("a", "company"),
        ("b", "company"),
        ("fund", "funder"),
        ("firm", "law-firm"),
        ("other-firm", "law-firm"),
        ("inn", "chambers"),
        ("faculty", "university"),
        ("guild", "ngo"),
        ("centre", "ngo"),
        ("ministry", "government"),
        ("port", "state-owned"),
        ("union", "regional-integration"),
    ];
    World(json!({
        "schema": "comity.instance/1",
        "id": "row",
        "as_of": TODAY,
        "horizon": { "start": "2026-02-02T08:00:00Z", "end": "2026-02-02T16:00:00Z" },
        "policy": { "institution": "centre" },
        "states": [{ "id": "X-M" }, { "id": "X-N" }, { "id": "X-S" }],
        "organisations": organisations.map(organisation),
        "people": people.map(|id| json!({ "id": id })),
        "mediators": [
            { "id": "m1", "nationalities": ["X-M"] },
            { "id": "m2", "nationalities": ["X-N"] },
        ],
        "relations": [],
        "appointments": [],
        "disputes": [{
            "id": "d",
            "class": "commercial",
            "parties": [{ "id": "first", "actor": "p" }, { "id": "second", "actor": "q" }],
            "panel": { "size": 2 },
        }],
    }))
}

impl World {
    fn list(&mut self, key: &str) -> &mut Vec<Value> {
        self.0[key].as_array_mut().expect("a list")
    }

    /// A relation, as `m1 advises p`.
    pub(crate) fn tie(self, said: &str) -> Self {
        self.tie_with(said, json!({}))
    }

    /// A relation with attributes.
    pub(crate) fn tie_with(mut self, said: &str, attributes: Value) -> Self {
        let [from, kind, to] = said.split(' ').collect::<Vec<_>>()[..] else {
            panic!("three words: {said}")
        };
        let cases = ["acted-in", "interest-in", "published-on"];
        let end = if cases.contains(&kind) { "case" } else { "to" };
        let id = format!("r{}", self.list("relations").len());
        let mut relation = json!({ "id": id, "from": from, "kind": kind });
        relation[end] = json!(to);
        let Value::Object(attributes) = attributes else { panic!("attributes: {attributes}") };
        for (key, value) in attributes {
            relation[key.as_str()] = value;
        }
        self.list("relations").push(relation);
        self
    }

    /// All relations of this world, held on these days.
    pub(crate) fn during(mut self, days: &Days) -> Self {
        for relation in self.list("relations") {
            let relation = relation.as_object_mut().expect("a relation");
            for (key, day) in [("start", &days.start), ("end", &days.end)] {
                relation.remove(key);
                if let Some(day) = day {
                    relation.insert(key.to_owned(), json!(day));
                }
            }
        }
        self
    }

    /// `a` becomes an affiliate of the party `p`: its child, its parent, or its sister.
    fn group(self, shape: usize, share: f64) -> Self {
        let share = json!({ "share": share });
        match shape {
            0 => self.tie_with("p owns a", share),
            1 => self.tie_with("a owns p", share),
            _ => self.tie_with("b owns a", share.clone()).tie_with("b owns p", share),
        }
    }

    fn party(&mut self, party: usize) -> &mut Value {
        &mut self.0["disputes"][0]["parties"][party]
    }

    /// Someone beside the first party: `counsel`, `experts`, `representatives`.
    pub(crate) fn beside(mut self, role: &str, who: &str) -> Self {
        self.party(0)[role] = json!([who]);
        self
    }

    fn of(&mut self, list: &str, id: &str) -> &mut Value {
        let found = self.list(list).iter_mut().find(|one| one["id"] == id);
        found.expect("someone of this name")
    }

    /// A mediator with another nationality than at first.
    pub(crate) fn national(mut self, mediator: &str, state: &str) -> Self {
        self.of("mediators", mediator)["nationalities"] = json!([state]);
        self
    }

    /// A company with a nationality.
    pub(crate) fn incorporated(mut self, company: &str, state: &str) -> Self {
        self.of("organisations", company)["nationalities"] = json!([state]);
        self
    }

    /// A mediator whom a State has designated.
    pub(crate) fn designated(mut self, mediator: &str, state: &str) -> Self {
        self.of("mediators", mediator)["designations"] = json!([{ "panel": "all", "by": state }]);
        let classes = ["state-state", "state-investor", "commercial"];
        self.0["panels"] = json!([{ "id": "all", "admits": classes }]);
        self
    }

    /// Another actor as the first party.
    pub(crate) fn first_party(mut self, actor: &str) -> Self {
        self.party(0)["actor"] = json!(actor);
        self
    }

    /// A past appointment of `m1`.
    pub(crate) fn appointed(self, date: &str, by: &str) -> Self {
        self.appointment(&json!({ "mediator": "m1", "date": date, "by": by }))
    }

    /// Past appointments of `m1` by somebody whose counsel is `counsel`.
    pub(crate) fn appointed_through(self, dates: &[&str], counsel: &str) -> Self {
        dates.iter().fold(self, |world, date| {
            world.appointment(&json!({
                "mediator": "m1", "date": date, "by": "b", "counsel": [counsel],
            }))
        })
    }

    /// A past appointment, whatever it is.
    pub(crate) fn appointment(mut self, appointment: &Value) -> Self {
        self.list("appointments").push(appointment.clone());
        self
    }

    /// A past case `old` of strangers, in which `m1` sat in 2012.
    pub(crate) fn appointed_case(self) -> Self {
        self.appointment(&json!({
            "mediator": "m1", "date": "2012-01-01", "by": "institution", "parties": ["b"],
            "case": "old",
        }))
    }

    /// A third State that the dispute involves, and that consents.
    pub(crate) fn third_state(mut self, state: &str) -> Self {
        self.0["disputes"][0]["third_states"] = json!([{ "state": state, "consent": true }]);
        self
    }

    /// The dispute is related to a dispute or case.
    pub(crate) fn related(mut self, case: &str) -> Self {
        self.0["disputes"][0]["related"] = json!([case]);
        self
    }

    /// Another `as_of`.
    pub(crate) fn judged_on(mut self, day: &str) -> Self {
        self.0["as_of"] = json!(day);
        self
    }

    fn swapped(&self) -> Self {
        let mut swapped = self.clone();
        let parties = swapped.0["disputes"][0]["parties"].as_array_mut().expect("parties");
        parties.reverse();
        swapped
    }

    fn doc(&self, profile: &str) -> InstanceDoc {
        let mut doc = self.0.clone();
        doc["policy"]["conflict_rules"] = json!(profile);
        serde_json::from_value(doc).expect("an instance")
    }
}

/// The days of a relation; open where left out.
#[derive(Default)]
pub(crate) struct Days {
    start: Option<String>,
    end: Option<String>,
}

/// How far back a row looks.
#[derive(Clone, Copy)]
pub(crate) enum Look {
    Current,
    Years(u32),
    Ever,
    Ended,
}

impl Look {
    /// Days of relations: those that it sees, those that it does not.
    fn days(self) -> (Vec<Days>, Vec<Days>) {
        let until = |day: &str| Days { start: None, end: Some(day.to_owned()) };
        let from = |day: &str| Days { start: Some(day.to_owned()), end: None };
        match self {
            Self::Current => {
                (vec![until(TODAY), from(TODAY)], vec![until(YESTERDAY), from(TOMORROW)])
            }
            Self::Years(years) => {
                let year = AS_OF_YEAR - years;
                let first = until(&format!("{year}-01-15"));
                let before = until(&format!("{year}-01-14"));
                (vec![first, from(TODAY)], vec![before, from(TOMORROW)])
            }
            Self::Ever => (vec![until("1980-01-01"), from(TODAY)], vec![from(TOMORROW)]),
            Self::Ended => {
                (vec![until(YESTERDAY), until("1980-01-01")], vec![until(TODAY), from(TODAY)])
            }
        }
    }
}

/// A row of the Guidelines, put to the test.
pub(crate) struct Row {
    profile: &'static str,
    rule: &'static str,
    severity: Severity,
    found: Vec<World>,
    silent: Vec<(String, World)>,
    also: BTreeSet<&'static str>,
}

impl Row {
    /// A row of the IBA Guidelines by its rule.
    pub(crate) fn new(rule: &'static str, severity: Severity) -> Self {
        Self::of("iba-2024", rule, severity)
    }

    /// A rule of any profile.
    pub(crate) fn of(profile: &'static str, rule: &'static str, severity: Severity) -> Self {
        let (found, silent, also) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { profile, rule, severity, found, silent, also }
    }

    /// A world in which the rule finds something; in the first it is alone, but for `also`.
    pub(crate) fn found(mut self, world: World) -> Self {
        self.found.push(world);
        self
    }

    /// The rules that find something in the first world beside this one.
    pub(crate) fn also(mut self, rules: &[&'static str]) -> Self {
        self.also.extend(rules);
        self
    }

    /// A world in which the rule finds nothing.
    pub(crate) fn silent(mut self, why: &str, world: World) -> Self {
        self.silent.push((why.to_owned(), world));
        self
    }

    /// The first world, at the limits of the look-back.
    pub(crate) fn looks(mut self, look: Look) -> Self {
        let (inside, outside) = look.days();
        let world = self.found[0].clone();
        self.found.extend(inside.iter().map(|days| world.clone().during(days)));
        for days in outside {
            let why = format!("{:?} to {:?}", days.start, days.end);
            self.silent.push((why, world.clone().during(&days)));
        }
        self
    }

    /// The same, where the first world itself lies outside: it is left out.
    pub(crate) fn looks_only(mut self, look: Look) -> Self {
        self = self.looks(look);
        self.found.remove(0);
        self
    }

    /// A tie to an affiliate, up, down and aside, reaches the party; one to a minority does not.
    pub(crate) fn reaches_affiliates(mut self, said: &str, attributes: &Value) -> Self {
        for shape in 0..3 {
            let world = || world().tie_with(said, attributes.clone());
            self.found.push(world().group(shape, 0.500_001));
            let why = format!("half a share, shape {shape}");
            self.silent.push((why, world().group(shape, 0.5)));
        }
        self
    }

    /// Holds the checker and the engine to the row, in both orders of the parties.
    pub(crate) fn check(self) {
        let mut alone = self.also.clone();
        alone.insert(self.rule);
        for (position, world) in self.found.iter().enumerate() {
            for (order, world) in [("as is", world.clone()), ("swapped", world.swapped())] {
                let told = format!("{}, world {position}, {order}", self.rule);
                let doc = world.doc(self.profile);
                let found = found_by_checker(self.profile, &doc);
                if position == 0 {
                    let ids: BTreeSet<&str> = found.keys().map(String::as_str).collect();
                    assert_eq!(ids, alone, "{told}");
                }
                assert_eq!(found.get(self.rule), Some(&self.severity), "checker: {told}");
                let found = findings(&doc);
                let found = found.iter().find(|(id, _)| id == self.rule);
                assert_eq!(found.map(|(_, s)| *s), Some(self.severity), "engine: {told}");
            }
        }
        for (why, world) in &self.silent {
            for world in [world.clone(), world.swapped()] {
                let doc = world.doc(self.profile);
                assert!(
                    !found_by_checker(self.profile, &doc).contains_key(self.rule),
                    "{}: {why}",
                    self.rule
                );
                let found = findings(&doc);
                assert!(
                    found.iter().all(|(id, _)| id != self.rule),
                    "engine: {}: {why}",
                    self.rule
                );
            }
        }
    }
}

/// What the engine finds about `m1` in the dispute and beside `m2`: the one door to the engine.
pub(crate) fn findings(doc: &InstanceDoc) -> Vec<(String, Severity)> {
    let screened = common::screened(doc);
    let conflicts = &screened.conflicts;
    let dispute = screened.instance.dispute_indices().next().expect("a dispute");
    let mut mediators = screened.instance.mediator_indices();
    let (m1, m2) = (mediators.next().expect("m1"), mediators.next().expect("m2"));
    let alone = conflicts.findings(dispute, m1).iter();
    let all = alone.chain(conflicts.between(m1, m2));
    all.map(|found| (conflicts.rule_id(found.rule).to_owned(), found.severity)).collect()
}

/// What the checker finds about both on one panel.
///
/// WHY: the checker tells what bars. So every rule is made to bar, and has its own severity
/// back afterwards; with their own severities, exactly those bar that disclosure does not cure.
fn found_by_checker(name: &str, doc: &InstanceDoc) -> BTreeMap<String, Severity> {
    let profile = resolve_profile(name).expect("the profile");
    let own: BTreeMap<&str, Severity> =
        profile.rules.iter().map(|rule| (rule.id.as_str(), rule.severity)).collect();
    let barring: BTreeMap<&str, &str> = own.keys().map(|id| (*id, "non-waivable-red")).collect();
    let mut strict = doc.clone();
    let rules = json!({
        "schema": "comity.rules/1", "id": "barring", "extends": [name], "severities": barring,
    });
    let policy = strict.policy.as_mut().expect("a policy");
    policy.conflict_rules = Some(serde_json::from_value(rules).expect("rules"));
    let codes = |doc: &InstanceDoc| -> BTreeSet<String> {
        let breaches = impartiality(doc, &seated(doc)).into_iter();
        breaches
            .filter(|breach| breach.mediator == "m1" || breach.other.as_deref() == Some("m1"))
            .map(|breach| breach.code)
            .collect()
    };
    let found: BTreeMap<String, Severity> = codes(&strict)
        .into_iter()
        .map(|code| {
            let severity = own.get(code.as_str()).copied();
            (code, severity.unwrap_or(Severity::NonWaivableRed))
        })
        .collect();
    let disclosed = profile.consent.and_then(|consent| consent.orange);
    let disclosed = disclosed.is_none_or(|needed| needed == ConsentNeeded::Disclosure);
    let least = if disclosed { Severity::WaivableRed } else { Severity::Orange };
    let bars = found.iter().filter(|(_, severity)| **severity >= least);
    assert_eq!(codes(doc), bars.map(|(code, _)| code.clone()).collect());
    found
}

/// An answer in which both mediators sit.
fn seated(doc: &InstanceDoc) -> SolutionDoc {
    let seats = ["m1", "m2"].map(|m| json!({ "mediator": m, "role": "member" }));
    serde_json::from_value(json!({
        "schema": "comity.solution/1",
        "instance": { "id": doc.id, "digest": "" },
        "status": "feasible",
        "objective": { "tiers": [0, 0, 0], "terms": {} },
        "assignments": [{ "dispute": "d", "panel": seats }],
        "sessions": [],
        "unserved": [],
        "run": {
            "version": "", "solver": "", "tzdb": "", "seed": 0, "gap": 0, "nodes": 0, "plans": 0,
            "elapsed_ms": 0,
        },
    }))
    .expect("a solution")
}
