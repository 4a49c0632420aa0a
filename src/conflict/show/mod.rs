//! Screened conflicts for the secretariat, as text, JSON or DOT.
//!
//! * Takes the instance and its table, gives a string; nothing is printed here.
//! * **Invariant**: confidential relations are shown and marked as such, so that none of this is
//!   for the parties. Severity always stands in words.

mod dot;
pub(crate) mod svg;
mod text;

use serde::Serialize;

use super::finding::Finding;
use super::table::ConflictTable;
use super::targets::has_own_cause;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::format::{Cure, RelationKind, Severity};

pub use dot::dot;
pub use svg::svg;
pub use text::{path, text};

/// What to show; everything where left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only this dispute.
    pub dispute: Option<DisputeIx>,
    /// Only this mediator.
    pub mediator: Option<MediatorIx>,
    /// For the parties: what rests on confidential relations is only said to be undisclosable.
    pub for_parties: bool,
}

/// The screened conflicts of an instance, with the ids of the document.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// The instance.
    pub instance: String,
    /// The profile of rules.
    pub profile: String,
    /// The disputes in order.
    pub disputes: Vec<DisputeView>,
    /// Mediators who do not sit together.
    pub pairs: Vec<PairView>,
}

/// The mediators of one dispute, each in the first list that fits.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeView {
    /// The dispute.
    pub dispute: String,
    /// Those who may not sit.
    pub barred: Vec<MediatorView>,
    /// Those who may sit with a disclosure.
    pub disclosed: Vec<MediatorView>,
    /// Those with green findings only.
    pub noted: Vec<MediatorView>,
    /// Number of those about whom nothing was found.
    pub clear: usize,
}

/// What was found about a mediator.
#[derive(Debug, Clone, Serialize)]
pub struct MediatorView {
    /// The mediator.
    pub mediator: String,
    /// Reasons beside the rules: `own-cause`, `nationality-unknown`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<&'static str>,
    /// The findings, by rule.
    pub findings: Vec<FindingView>,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// The rule.
    pub rule: String,
    /// Its severity; not told to the parties of what may not be disclosed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Whether it keeps the mediator off the panel.
    pub barring: bool,
    /// What sets it aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<Cure>,
    /// Whether it rests on confidential relations alone and would have to be disclosed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub undisclosable: bool,
    /// Where the path ends; empty where it is not told.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// Number of appointments, for a rule that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The other dispute or past case, for a rule about related disputes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The witness.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<StepView>,
}

/// A step of a witness.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// From this actor.
    pub from: String,
    /// Along an edge of this kind.
    pub kind: RelationKind,
    /// Whether the edge runs from `to` to `from`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub backward: bool,
    /// To this actor.
    pub to: String,
    /// Id of the relation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Whether it may not be disclosed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
}

/// Two mediators who do not sit together.
#[derive(Debug, Clone, Serialize)]
pub struct PairView {
    /// The two, in roster order.
    pub mediators: [String; 2],
    /// Why.
    pub finding: FindingView,
}

/// Gathers what the filter asks for.
#[must_use]
pub fn overview(instance: &Instance, table: &ConflictTable, filter: Filter) -> Overview {
    let disputes = instance
        .dispute_indices()
        .filter(|dispute| filter.dispute.is_none_or(|only| only == *dispute))
        .map(|dispute| dispute_view(instance, table, filter, dispute))
        .collect();
    let pairs = table
        .co_panel_conflicts()
        .filter(|(a, b, _)| filter.mediator.is_none_or(|only| only == *a || only == *b))
        .flat_map(|(a, b, found)| found.iter().map(move |finding| (a, b, finding)))
        .filter_map(|(a, b, finding)| {
            let mediators = [a, b].map(|m| instance.mediator_name(m).to_owned());
            let finding = finding_view(instance, filter, finding)?;
            Some(PairView { mediators, finding })
        })
        .collect();
    Overview {
        instance: instance.id().to_owned(),
        profile: instance.policy().rules.id.clone(),
        disputes,
        pairs,
    }
}

/// The overview as JSON, with a final line break.
#[must_use]
pub fn json(instance: &Instance, table: &ConflictTable, filter: Filter) -> String {
    let overview = overview(instance, table, filter);
    // INVARIANT: strings, numbers and lists alone; serialisation cannot fail.
    let mut text = serde_json::to_string_pretty(&overview).unwrap_or_default();
    text.push('\n');
    text
}

fn dispute_view(
    instance: &Instance,
    table: &ConflictTable,
    filter: Filter,
    dispute: DisputeIx,
) -> DisputeView {
    let mut view = DisputeView {
        dispute: instance.dispute_name(dispute).to_owned(),
        barred: Vec::new(),
        disclosed: Vec::new(),
        noted: Vec::new(),
        clear: 0,
    };
    let shown = |mediator: &MediatorIx| filter.mediator.is_none_or(|only| only == *mediator);
    for mediator in instance.mediator_indices().filter(shown) {
        let findings = table.findings(dispute, mediator);
        let mut reasons = Vec::new();
        if has_own_cause(instance, dispute, instance.mediator(mediator).actor) {
            reasons.push("own-cause");
        }
        if instance.actor(instance.mediator(mediator).actor).nationalities.is_empty() {
            reasons.push("nationality-unknown");
        }
        let list = if !reasons.is_empty() || findings.iter().any(Finding::bars) {
            &mut view.barred
        } else if !findings.iter().any(|f| finding_view(instance, filter, f).is_some()) {
            view.clear += 1;
            continue;
        } else if table.disclosures(dispute, mediator).next().is_some() {
            &mut view.disclosed
        } else {
            &mut view.noted
        };
        list.push(MediatorView {
            mediator: instance.mediator_name(mediator).to_owned(),
            reasons,
            findings: findings.iter().filter_map(|f| finding_view(instance, filter, f)).collect(),
        });
    }
    view
}

/// A finding as the audience sees it; nothing where the parties may not know of it and it does not
/// matter to them.
fn finding_view(instance: &Instance, filter: Filter, finding: &Finding) -> Option<FindingView> {
    let secret = finding.undisclosable || finding.is_confidential();
    if filter.for_parties && secret {
        return finding.bars().then(|| FindingView {
            rule: "undisclosable".to_owned(),
            severity: None,
            barring: true,
            cure: None,
            undisclosable: true,
            target: String::new(),
            count: None,
            case: None,
            path: Vec::new(),
        });
    }
    let path = finding.witness.iter().map(|step| {
        let doc = step.to_doc(instance);
        StepView {
            from: doc.from,
            kind: doc.kind,
            backward: doc.backward,
            to: doc.to,
            relation: doc.relation,
            confidential: step.confidential,
        }
    });
    Some(FindingView {
        rule: finding.rule.rule(instance).id.clone(),
        severity: Some(finding.severity),
        barring: finding.bars(),
        cure: finding.cure,
        undisclosable: finding.undisclosable,
        target: instance.actor_name(finding.target).to_owned(),
        count: finding.count,
        case: finding.case.map(|case| instance.actor_name(case).to_owned()),
        path: path.collect(),
    })
}

/// The name of a value of the vocabulary, as documents write it.
fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
