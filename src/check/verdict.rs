//! The verdict: violations by rule, and what the checker computed for itself.

use std::fmt;

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Name of the rule, one of [`RULES`].
    pub rule: &'static str,
    /// The dispute that it concerns, where it concerns one.
    pub dispute: Option<String>,
    /// JSON pointer into the solution.
    pub pointer: String,
    /// One sentence.
    pub message: String,
}

/// What the checker computed from panels and sessions alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recomputed {
    /// Panels, sessions, sides (where they come first) and quality, in micro-units.
    pub tiers: Vec<i64>,
    /// The terms by name, in the order of docs/format.md.
    pub terms: Vec<(String, i64)>,
    /// For each tier of the certificate the bound that its prices prove; nothing where there is
    /// no certificate, or where it proves that there is no answer.
    pub bounds: Vec<Option<i64>>,
    /// For each code that excludes a pair, the number of pairs.
    pub exclusions: Vec<(String, u64)>,
}

/// What the checker says about a solution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Every broken rule, in the order of [`RULES`].
    pub violations: Vec<Violation>,
    /// The checker's own numbers.
    pub recomputed: Recomputed,
}

impl Verdict {
    /// True when nothing is broken.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.violations.is_empty()
    }
}

impl fmt::Display for Verdict {
    /// The verdict for people: the numbers, then every violation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.holds() {
            writeln!(f, "everything holds: {} rules checked", RULES.len())?;
        } else {
            writeln!(f, "{} violations", self.violations.len())?;
        }
        for (name, value) in &self.recomputed.terms {
            writeln!(f, "  {name:<10} {value:>14}")?;
        }
        // The terms `frozen`, `loads`, `worst` and `below-...` are told where they are tiers.
        let is_told = |term: &str| self.recomputed.terms.iter().any(|(name, _)| name == term);
        let has_freeze = is_told("frozen");
        let (has_loads, worst_first) = (is_told("loads"), is_told("worst"));
        let terms = self.recomputed.terms.iter().map(|(name, _)| name.as_str());
        let levels: Vec<&str> = terms.filter(|name| name.starts_with("below-")).collect();
        let named = [has_freeze, has_loads, worst_first].into_iter().filter(|told| *told);
        let others = named.count() + levels.len();
        let sides_first = self.recomputed.tiers.len() > 3 + others;
        let tiers = [
            ("panels", true),
            ("sessions", true),
            ("frozen", has_freeze),
            ("loads", has_loads),
            ("sides", sides_first),
            ("worst", worst_first),
        ];
        let tiers = tiers.iter().filter(|(_, is_tier)| *is_tier).map(|(name, _)| *name);
        let tiers = tiers.chain(levels).chain(["quality"]);
        for (tier, bound) in tiers.zip(&self.recomputed.bounds) {
            match bound {
                Some(bound) => writeln!(f, "  bound of {tier} re-derived: {bound}")?,
                None => writeln!(f, "  bound of {tier}: none")?,
            }
        }
        for violation in &self.violations {
            let dispute =
                violation.dispute.as_ref().map_or(String::new(), |id| format!(" in `{id}`"));
            writeln!(
                f,
                "violated {}{dispute}: {} ({})",
                violation.rule, violation.message, violation.pointer
            )?;
        }
        Ok(())
    }
}

/// Every rule by name, in the order of the verdict, with a sentence about what it asks.
pub const RULES: &[(&str, &str)] = &[
    (
        "D1 reference",
        "the solution names its schema, its instance and only what is in the instance",
    ),
    ("G1 admissible", "a dispute that may not be mediated has no panel"),
    ("A1 panel-size", "a panel has the members and the chair that the dispute asks for"),
    ("A2 eligible", "every member is eligible, above all no national of a party"),
    ("A3 capacity", "no mediator has more disputes or hours than she takes"),
    ("A4 coverage", "the panel has the languages and the expertise that the dispute asks for"),
    (
        "A5 distinct",
        "no two members conflict or share a nationality, and few enough are tied to sides",
    ),
    ("A6 in-batch", "no mediator is given disputes that together make a conflict of interest"),
    ("A7 docket-caps", "no nationality and no bloc has more than its share of the seats"),
    ("A8 locks", "who must sit sits, who must not does not, and fixed sessions start when fixed"),
    ("S1 together", "everyone who attends is available and the place is open throughout"),
    ("S2 no-overlap", "nobody is in two sessions, or in two booths, at once"),
    ("S2 rest", "everyone rests between two sessions"),
    ("S2 travel", "everyone has time to get from one place to the next, and to recover"),
    ("S3 order", "sessions keep to the grid, the horizon, their order, gaps and deadlines"),
    ("S4 rooms", "a session has the rooms and seats that it needs, and each room to itself"),
    ("S5 interpreters", "every booth has as many interpreters as the rule asks, and fit ones"),
    ("S6 day-limit", "nobody sits longer on one date than the policy allows"),
    ("D2 session-data", "ends, local times, burdens, places and rooms of sessions are right"),
    ("D3 disclosure", "what must be disclosed is disclosed, with a true and shortest path"),
    ("D4 objective", "the tiers and terms are those of the panels and sessions"),
    ("D5 exclusions", "the counts of excluded pairs are right"),
    (
        "D6 unserved",
        "the disputes without panel or dates are listed, at the stage where they failed",
    ),
    ("D7 reasons", "the fit of each seat, and how many have a better one, are right"),
    ("D8 burdens", "what sides, parties and people bear over a series is right"),
    ("D9 reserves", "whoever is a reserve could take a seat with everything else as it is"),
    ("D10 selection", "panels are those that the mechanism, its seed and the ballots give"),
    ("B1 bound", "each bound is proven by its prices and not below the value"),
    ("B2 status", "status and gap say no more than the bounds prove"),
];

/// The violations found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<(usize, Violation)>,
}

impl Findings {
    /// Adds a violation of the rule with this label.
    pub(super) fn add(
        &mut self,
        label: &str,
        dispute: Option<&str>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) {
        let found = RULES.iter().position(|(name, _)| name.split(' ').next() == Some(label));
        self.add_at(found.unwrap_or(0), dispute, pointer, message);
    }

    /// Adds a violation of the rule with this whole name, where several share a label.
    pub(super) fn add_named(
        &mut self,
        name: &str,
        dispute: Option<&str>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) {
        let found = RULES.iter().position(|(known, _)| *known == name);
        self.add_at(found.unwrap_or(0), dispute, pointer, message);
    }

    fn add_at(
        &mut self,
        place: usize,
        dispute: Option<&str>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) {
        let rule = RULES.get(place).map_or("", |(name, _)| name);
        self.list.push((
            place,
            Violation {
                rule,
                dispute: dispute.map(str::to_owned),
                pointer: pointer.into(),
                message: message.into(),
            },
        ));
    }

    /// Whether a hard rule of the model is broken.
    pub(super) fn breaks_model(&self) -> bool {
        self.list.iter().any(|(_, v)| v.rule.starts_with(['A', 'G', 'S']))
    }

    /// The violations in the order of the rules.
    pub(super) fn into_violations(mut self) -> Vec<Violation> {
        self.list.sort_by_key(|(place, _)| *place);
        self.list.into_iter().map(|(_, v)| v).collect()
    }
}
