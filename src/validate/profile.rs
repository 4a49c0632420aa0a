//! Profiles of conflict rules, made whole: what is extended, taken over, and the groups written out.
//!
//! * Takes a rules document; gives it with every rule that holds, in order, and nothing left to
//!   look up: no `extends`, no `groups`, no `remove`, no `severities`, no `use` in a step.
//! * `rules` finds what is wrong with a document of the user's; this module only puts together.

use std::collections::BTreeSet;

use crate::format::{
    BUILT_IN_PROFILES, ConsentPolicyDoc, EdgePatternDoc, Pairs, RelationKind, RuleDoc, RulesDoc,
    read_rules,
};

/// A built-in profile, whole, with everything that it extends; `None` for an unknown name.
#[must_use]
pub fn resolve_profile(name: &str) -> Option<RulesDoc> {
    let doc = built_in(name)?;
    let inherited = inherit(&doc.extends);
    Some(complete(&doc, inherited))
}

/// Names of the built-in profiles.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    BUILT_IN_PROFILES.iter().map(|(name, _)| *name)
}

fn built_in(name: &str) -> Option<RulesDoc> {
    let (_, text) = BUILT_IN_PROFILES.iter().find(|(known, _)| *known == name)?;
    // INVARIANT: a test reads every built-in profile.
    read_rules(text.as_bytes()).ok()
}

/// What a profile takes over from others, or consists of, before its groups are looked up.
#[derive(Default)]
pub(super) struct Layer {
    pub(super) consent: ConsentPolicyDoc,
    pub(super) groups: Vec<(String, Vec<EdgePatternDoc>)>,
    pub(super) rules: Vec<RuleDoc>,
}

impl Layer {
    pub(super) fn has_rule(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == id)
    }

    /// A later layer over this one; what has an equal name is replaced where it stands.
    fn cover(&mut self, later: Layer) {
        self.consent.orange = later.consent.orange.or(self.consent.orange);
        self.consent.waivable_red = later.consent.waivable_red.or(self.consent.waivable_red);
        for (name, patterns) in later.groups {
            match self.groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, old)) => *old = patterns,
                None => self.groups.push((name, patterns)),
            }
        }
        for rule in later.rules {
            match self.rules.iter_mut().find(|known| known.id == rule.id) {
                Some(old) => *old = rule,
                None => self.rules.push(rule),
            }
        }
    }
}

/// Everything that the profiles of these names bring, later ones over earlier ones.
pub(super) fn inherit(names: &[String]) -> Layer {
    inherit_within(names, BUILT_IN_PROFILES.len())
}

/// WHY a depth: a built-in profile that extended itself would be ours to correct, not a loop.
fn inherit_within(names: &[String], depth: usize) -> Layer {
    let mut all = Layer::default();
    for name in names {
        if let (Some(doc), Some(below)) = (built_in(name), depth.checked_sub(1)) {
            let inherited = inherit_within(&doc.extends, below);
            all.cover(layer(&doc, inherited));
        }
    }
    all
}

/// A document over what it inherits: groups, then what is removed, severities, rules.
fn layer(doc: &RulesDoc, inherited: Layer) -> Layer {
    let mut all = inherited;
    all.rules.retain(|rule| !doc.remove.contains(&rule.id));
    for rule in &mut all.rules {
        rule.severity = doc.severities.get(&rule.id).copied().unwrap_or(rule.severity);
    }
    let own = doc.consent.clone().unwrap_or_default();
    all.cover(Layer { consent: own, groups: doc.groups.0.clone(), rules: doc.rules.clone() });
    all
}

/// A document made whole, given what it inherits.
pub(super) fn complete(doc: &RulesDoc, inherited: Layer) -> RulesDoc {
    let all = layer(doc, inherited);
    let mut rules = all.rules;
    for step in rules.iter_mut().flat_map(|rule| &mut rule.path) {
        for name in std::mem::take(&mut step.groups) {
            let group = all.groups.iter().find(|(known, _)| *known == name);
            step.any.extend(group.into_iter().flat_map(|(_, patterns)| patterns.iter().cloned()));
        }
    }
    let consent = ConsentPolicyDoc { notes: None, ..all.consent };
    RulesDoc {
        schema: doc.schema.clone(),
        id: doc.id.clone(),
        title: doc.title.clone(),
        extends: Vec::new(),
        consent: (consent != ConsentPolicyDoc::default()).then_some(consent),
        groups: Pairs::default(),
        remove: Vec::new(),
        severities: Pairs::default(),
        rules,
        notes: doc.notes.clone(),
    }
}

/// The patterns of a rule, those that it counts by included.
pub(super) fn patterns(rule: &RuleDoc) -> impl Iterator<Item = &EdgePatternDoc> {
    let counted = rule.count.iter().filter_map(|count| count.relation.as_ref());
    rule.path.iter().flat_map(|step| &step.any).chain(counted)
}

/// The kinds of relations that some rule of a whole profile reads.
pub(super) fn kinds_read(rules: &RulesDoc) -> BTreeSet<RelationKind> {
    rules.rules.iter().flat_map(patterns).map(|pattern| pattern.kind).collect()
}
