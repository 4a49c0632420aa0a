//! The roster as the rules leave it: who excludes how many, who is nearly unusable, where one more
//! designation would help.
//!
//! * Takes the document, its screening; gives a `Summary`, as data and as text.
//! * What a designation would bring is found by trying: a mediator who is a national of one State,
//!   designated by it to one panel, with every language and no other tie, is screened like anybody
//!   else. It is the most that such a designation can bring.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use crate::domain::{DisputeIx, MediatorIx};
use crate::format::{
    DesignationDoc, InstanceDoc, LanguageLevel, MediatorDoc, NationalityDoc, Pairs,
};
use crate::pipeline::Screened;
use crate::validate::validate;

/// How many of each list are shown.
const SHOWN: usize = 8;
/// A mediator to whom at most this share of the disputes is open is nearly unusable.
const NEARLY: usize = 5;

/// What screening has left of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Pairs of dispute and mediator.
    pub pairs: usize,
    /// Pairs in which the mediator may sit.
    pub eligible: usize,
    /// Pairs excluded, by code, the most frequent first.
    pub exclusions: Vec<(String, u64)>,
    /// Mediators to whom no more than a fifth of the disputes is open, the fewest first.
    pub nearly_unusable: Vec<Unusable>,
    /// Disputes by the number of eligible mediators for each seat, the fewest first.
    pub scarce: Vec<Scarce>,
    /// Where one more designation would help most; empty where there are no panels.
    pub designations: Vec<Designation>,
}

/// A mediator who is hardly of use in this docket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unusable {
    /// The mediator.
    pub mediator: String,
    /// Number of disputes open to her.
    pub open: usize,
    /// What excludes her most often, with the number of disputes.
    pub reason: String,
    /// In how many.
    pub excluded: usize,
}

/// A dispute and those who may sit in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scarce {
    /// The dispute.
    pub dispute: String,
    /// Seats of its panel.
    pub seats: usize,
    /// Eligible mediators.
    pub eligible: usize,
}

/// What one more designation could bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Designation {
    /// The State that designates a national of its own.
    pub state: String,
    /// To this panel.
    pub panel: String,
    /// Disputes in which she could sit, at most.
    pub disputes: usize,
    /// How many of them are among the scarcest quarter of the docket.
    pub scarce: usize,
}

/// Gathers the summary.
#[must_use]
pub fn summary(document: &InstanceDoc, screened: &Screened) -> Summary {
    let instance = &screened.instance;
    let disputes: Vec<DisputeIx> = instance.dispute_indices().collect();
    let open = |m: MediatorIx| {
        let eligible = |d: &&DisputeIx| screened.eligibility.get(**d, m).is_eligible();
        disputes.iter().filter(eligible).count()
    };
    let mut unusable: Vec<Unusable> = instance
        .mediator_indices()
        .map(|m| (m, open(m)))
        .filter(|(_, open)| open * NEARLY <= disputes.len() && !disputes.is_empty())
        .map(|(m, open)| {
            let (reason, excluded) = most_frequent(screened, &disputes, m);
            let mediator = instance.mediator_name(m).to_owned();
            Unusable { mediator, open, reason, excluded }
        })
        .collect();
    unusable.sort_by(|a, b| (a.open, &a.mediator).cmp(&(b.open, &b.mediator)));
    let mut scarce: Vec<Scarce> = disputes
        .iter()
        .map(|d| Scarce {
            dispute: instance.dispute_name(*d).to_owned(),
            seats: instance.dispute(*d).panel.size,
            eligible: screened.eligibility.eligible(*d).len(),
        })
        .collect();
    scarce.sort_by(|a, b| {
        (a.eligible * b.seats).cmp(&(b.eligible * a.seats)).then(a.dispute.cmp(&b.dispute))
    });
    let mut exclusions = screened.eligibility.exclusion_counts(instance);
    exclusions.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let quarter = scarce.len().div_ceil(4);
    let scarcest: BTreeSet<&str> = scarce[..quarter].iter().map(|d| d.dispute.as_str()).collect();
    Summary {
        pairs: disputes.len() * instance.mediators().len(),
        eligible: disputes.iter().map(|d| screened.eligibility.eligible(*d).len()).sum(),
        exclusions,
        nearly_unusable: unusable,
        designations: designations(document, &scarcest),
        scarce,
    }
}

fn most_frequent(screened: &Screened, disputes: &[DisputeIx], m: MediatorIx) -> (String, usize) {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for dispute in disputes {
        let reasons = screened.eligibility.get(*dispute, m).reasons();
        let codes: BTreeSet<&str> =
            reasons.iter().map(|reason| reason.code(&screened.instance)).collect();
        for code in codes {
            *counts.entry(code).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)));
    most.map_or((String::new(), 0), |(code, count)| (code.to_owned(), count))
}

/// Tries a designation by every State that designates or is contracting, to every panel.
fn designations(document: &InstanceDoc, scarcest: &BTreeSet<&str>) -> Vec<Designation> {
    let designating: BTreeSet<&str> = document
        .mediators
        .iter()
        .flat_map(|mediator| &mediator.designations)
        .map(|designation| designation.by.as_str())
        .collect();
    let tried: Vec<(&str, &str)> = document
        .states
        .iter()
        .filter(|s| s.contracting == Some(true) || designating.contains(s.id.as_str()))
        .flat_map(|s| document.panels.iter().map(|panel| (s.id.as_str(), panel.id.as_str())))
        .collect();
    let (Some(instance), _) = validate(&with_roster(document, &tried), String::new()) else {
        // A mediator of the document is somebody in a dispute, so that it cannot do without her.
        return Vec::new();
    };
    let screened = Screened::new(instance);
    let instance = &screened.instance;
    let mut found: Vec<Designation> = instance
        .mediator_indices()
        .zip(&tried)
        .map(|(m, (state, panel))| {
            let open: Vec<&str> = instance
                .dispute_indices()
                .filter(|d| instance.dispute(*d).gates.is_empty())
                .filter(|d| screened.eligibility.get(*d, m).is_eligible())
                .map(|d| instance.dispute_name(d))
                .collect();
            Designation {
                state: (*state).to_owned(),
                panel: (*panel).to_owned(),
                disputes: open.len(),
                scarce: open.iter().filter(|d| scarcest.contains(**d)).count(),
            }
        })
        .filter(|designation| designation.disputes > 0)
        .collect();
    found.sort_by(|a, b| {
        let worth = |d: &Designation| std::cmp::Reverse((d.scarce, d.disputes));
        (worth(a), &a.state, &a.panel).cmp(&(worth(b), &b.state, &b.panel))
    });
    found
}

/// The document with a roster of those who are tried, and nothing about the old one.
fn with_roster(document: &InstanceDoc, tried: &[(&str, &str)]) -> InstanceDoc {
    let old: BTreeSet<&str> = document.mediators.iter().map(|m| m.id.as_str()).collect();
    let languages: BTreeSet<&String> =
        document.disputes.iter().flat_map(|dispute| &dispute.languages).collect();
    let mut doc = document.clone();
    doc.mediators = tried
        .iter()
        .enumerate()
        .map(|(number, (state, panel))| MediatorDoc {
            // No id of the document has this form by chance: it holds two colons.
            id: format!("tried::{number}"),
            name: None,
            nationalities: vec![NationalityDoc {
                state: (*state).to_owned(),
                from: None,
                to: None,
            }],
            time_zone: Some("UTC".to_owned()),
            calendar: None,
            working_hours: Vec::new(),
            busy: Vec::new(),
            base: None,
            stays: Vec::new(),
            designations: vec![DesignationDoc {
                panel: (*panel).to_owned(),
                by: (*state).to_owned(),
                from: None,
                to: None,
                notes: None,
            }],
            languages: languages
                .iter()
                .map(|tag| ((*tag).clone(), LanguageLevel::Native))
                .collect(),
            expertise: Pairs::default(),
            capacity: None,
            residence: None,
            attributes: Pairs::default(),
            notes: None,
        })
        .collect();
    doc.relations.retain(|relation| {
        !old.contains(relation.from.as_str())
            && !relation.to.as_ref().is_some_and(|to| old.contains(to.as_str()))
    });
    doc.appointments.clear();
    doc.scores.clear();
    doc.waivers.clear();
    doc.overrides.clear();
    doc.locks = None;
    for panel in &mut doc.panels {
        (panel.quota_per_state, panel.quota_per_founder) = (None, None);
    }
    // What names a case of an appointment that is gone names nothing.
    let known: BTreeSet<String> = doc.disputes.iter().map(|dispute| dispute.id.clone()).collect();
    doc.relations.retain(|relation| relation.case.as_ref().is_none_or(|case| known.contains(case)));
    for dispute in &mut doc.disputes {
        dispute.related.retain(|case| known.contains(case));
        for party in &mut dispute.parties {
            party.ballot = None;
        }
    }
    doc
}

/// The summary for people.
#[must_use]
pub fn summary_text(summary: &Summary) -> String {
    let mut text = String::from("summary\n");
    let Summary { pairs, eligible, .. } = summary;
    let _ = writeln!(text, "  eligible: {eligible} of {pairs} pairs of dispute and mediator");
    let _ = writeln!(text, "  excluded, by reason (a pair may have several):");
    for (code, count) in &summary.exclusions {
        let _ = writeln!(text, "  {count:>7}  {code}");
    }
    let unusable = summary.nearly_unusable.len();
    let _ =
        writeln!(text, "  nearly unusable, with a fifth of the disputes open or less: {unusable}");
    for m in summary.nearly_unusable.iter().take(SHOWN) {
        let Unusable { mediator, open, reason, excluded } = m;
        let _ = writeln!(text, "    {mediator}: {open} open; {reason} in {excluded}");
    }
    more(&mut text, unusable);
    let _ = writeln!(text, "  scarcest disputes:");
    for dispute in summary.scarce.iter().take(SHOWN) {
        let Scarce { dispute, seats, eligible } = dispute;
        let _ = writeln!(text, "    {dispute}: {eligible} eligible for {seats} seats");
    }
    more(&mut text, summary.scarce.len());
    if !summary.designations.is_empty() {
        let _ = writeln!(
            text,
            "  one more designation, of a national without other ties, could bring at most:"
        );
        for designation in summary.designations.iter().take(SHOWN) {
            let Designation { state, panel, disputes, scarce } = designation;
            let _ = writeln!(
                text,
                "    {state} to panel {panel}: a candidate in {disputes} disputes, {scarce} of them among the scarcest quarter"
            );
        }
        more(&mut text, summary.designations.len());
    }
    text
}

fn more(text: &mut String, number: usize) {
    if number > SHOWN {
        let _ = writeln!(text, "    and {} more", number - SHOWN);
    }
}
