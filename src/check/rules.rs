//! The profile that an instance asks for, resolved: what it extends, its groups, its consent.
//!
//! * Takes the policy, gives rules whose steps hold every pattern that they may take. A built-in
//!   profile that leads back to itself is left out there; an unknown name leads nowhere.

use std::collections::BTreeMap;

use crate::format::{
    BUILT_IN_PROFILES, ConflictRulesDoc, ConsentNeeded, ConsentPolicyDoc, CountDoc,
    DEFAULT_PROFILE, EdgePatternDoc, PairDoc, PolicyDoc, Repeat, RuleDoc, RulesDoc, Severity,
    Target,
};

/// A step of a path.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The edges that may be taken, those of groups included.
    pub(super) any: Vec<EdgePatternDoc>,
    /// Whether it may be left out and taken again; otherwise see `skip`.
    pub(super) again: bool,
    /// Whether it may be left out.
    pub(super) skip: bool,
}

/// A rule.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) id: String,
    /// Before any policy.
    pub(super) severity: Severity,
    pub(super) to: Target,
    pub(super) steps: Vec<Step>,
    pub(super) together: bool,
    pub(super) count: Option<CountDoc>,
    pub(super) pair: Option<PairDoc>,
    /// Whether the nationality policy decides what its findings mean.
    pub(super) governed: bool,
    pub(super) overridable: bool,
}

impl Rule {
    /// Whether it runs between two members of a panel.
    pub(super) fn between(&self) -> bool {
        self.to == Target::CoPanellist
    }

    /// Whether a path alone makes a finding.
    pub(super) fn by_path(&self) -> bool {
        self.count.is_none() && self.pair.is_none()
    }
}

/// A profile with the consent of the policy.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub(super) rules: Vec<Rule>,
    pub(super) orange: ConsentNeeded,
    pub(super) red: ConsentNeeded,
}

impl Profile {
    /// Resolves the profile of a policy.
    pub(super) fn new(policy: Option<&PolicyDoc>) -> Self {
        let draft = match policy.and_then(|p| p.conflict_rules.as_ref()) {
            Some(ConflictRulesDoc::Inline(doc)) => Some(Draft::new(doc, &mut Vec::new())),
            Some(ConflictRulesDoc::Profile(name)) => Draft::built_in(name, &mut Vec::new()),
            None => None,
        };
        let mut draft =
            draft.or_else(|| Draft::built_in(DEFAULT_PROFILE, &mut Vec::new())).unwrap_or_default();
        draft.consent(policy.and_then(|p| p.consent.as_ref()));
        Profile {
            rules: draft.rules.iter().map(|doc| rule(doc, &draft.groups)).collect(),
            orange: draft.orange.unwrap_or(ConsentNeeded::Disclosure),
            // WHY: disclosure is not enough for red, whatever a document that is invalid says.
            red: draft
                .red
                .filter(|r| *r == ConsentNeeded::Never)
                .unwrap_or(ConsentNeeded::AllExpress),
        }
    }
}

/// A profile on the way.
#[derive(Debug, Default)]
struct Draft {
    rules: Vec<RuleDoc>,
    groups: BTreeMap<String, Vec<EdgePatternDoc>>,
    orange: Option<ConsentNeeded>,
    red: Option<ConsentNeeded>,
}

impl Draft {
    fn built_in(name: &str, open: &mut Vec<String>) -> Option<Self> {
        if open.iter().any(|x| x == name) {
            return None;
        }
        let (_, text) = BUILT_IN_PROFILES.iter().find(|(n, _)| *n == name)?;
        let doc: RulesDoc = serde_json::from_str(text).ok()?;
        open.push(name.to_owned());
        let draft = Draft::new(&doc, open);
        open.pop();
        Some(draft)
    }

    fn new(doc: &RulesDoc, open: &mut Vec<String>) -> Self {
        let mut draft = Draft::default();
        for base in &doc.extends {
            let Some(base) = Draft::built_in(base, open) else {
                continue;
            };
            draft.groups.extend(base.groups);
            base.rules.into_iter().for_each(|rule| draft.put(rule));
            draft.orange = base.orange.or(draft.orange);
            draft.red = base.red.or(draft.red);
        }
        let own = doc.groups.iter().map(|(name, group)| (name.to_owned(), group.clone()));
        draft.groups.extend(own);
        draft.rules.retain(|rule| !doc.remove.contains(&rule.id));
        for rule in &mut draft.rules {
            rule.severity = doc.severities.get(&rule.id).copied().unwrap_or(rule.severity);
        }
        doc.rules.iter().cloned().for_each(|rule| draft.put(rule));
        draft.consent(doc.consent.as_ref());
        draft
    }

    fn put(&mut self, rule: RuleDoc) {
        match self.rules.iter_mut().find(|known| known.id == rule.id) {
            Some(known) => *known = rule,
            None => self.rules.push(rule),
        }
    }

    fn consent(&mut self, consent: Option<&ConsentPolicyDoc>) {
        self.orange = consent.and_then(|c| c.orange).or(self.orange);
        self.red = consent.and_then(|c| c.waivable_red).or(self.red);
    }
}

fn rule(doc: &RuleDoc, groups: &BTreeMap<String, Vec<EdgePatternDoc>>) -> Rule {
    let mut steps = Vec::new();
    for step in &doc.path {
        let named = step.groups.iter().filter_map(|name| groups.get(name)).flatten();
        let any: Vec<EdgePatternDoc> = step.any.iter().chain(named).cloned().collect();
        let repeat = step.repeat.unwrap_or(Repeat::Once);
        if matches!(repeat, Repeat::Once | Repeat::Some) {
            steps.push(Step { any: any.clone(), again: false, skip: false });
        }
        // WHY: once or more is once, and then any number of times.
        if repeat != Repeat::Once {
            steps.push(Step { any, again: repeat != Repeat::Optional, skip: true });
        }
    }
    Rule {
        id: doc.id.clone(),
        severity: doc.severity,
        to: doc.to,
        steps,
        together: doc.together.unwrap_or(false),
        count: doc.count.clone(),
        pair: doc.pair.clone(),
        governed: doc.governed_by.is_some(),
        overridable: doc.overridable.unwrap_or(false),
    }
}
