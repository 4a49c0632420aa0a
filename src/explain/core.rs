//! Why a dispute cannot be served at all: requirements that cannot hold together, none of which could be left out.
//!
//! * Takes an instance and a dispute that has no panel, or no dates, even alone; gives a smallest set that was found.
//! * Each requirement is taken out of the document, which is then read, screened and priced like any other. Those that
//!   can go while the dispute stays out of reach go, one after the other; what is left is irreducible (a deletion
//!   filter; Chinneck and Dravnieks, 1991). Two orders are tried, and the smaller set is told.

use std::collections::BTreeSet;

use serde::Serialize;

use super::core_words::{Branch, tree};
use crate::domain::DisputeIx;
use crate::format::{
    AppointmentMode, BandDoc, Candidates, ConflictRulesDoc, FromDoc, InstanceDoc,
    NationalityPolicy, RulesDoc, SessionDoc, SessionMode, WorkingTimeDoc, to_json_string,
};
use crate::pipeline::{Screened, load};
use crate::solve::alone_in;

/// Something that is asked of a dispute's panel or dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// No member is a national of a party, as the policy of the class has it.
    Nationality,
    /// No member has a finding of this rule that bars.
    Rule(String),
    /// Members are designated to a panel that admits the dispute.
    Designation,
    /// Members speak a language of the proceeding.
    ProceedingLanguage,
    /// Only those with a score may sit.
    Scored,
    /// The panel has more than one member.
    Size,
    /// No two members share a nationality.
    Distinct,
    /// This person attends for a party.
    Attends(String),
    /// Nobody sits at night or on rest days.
    WorkingTime,
    /// Mediators have hours and engagements of their own.
    MediatorsTime,
    /// This session is interpreted.
    Interpretation(String),
    /// This session is held at a place.
    Place(String),
    /// Enough members speak this language.
    Language(String),
    /// Some member has this expertise.
    Expertise(String),
    /// This party has struck mediators.
    Strikes(String),
    /// This session starts no earlier than a date.
    NotBefore(String),
    /// This session keeps a distance to the one before.
    Gap(String),
    /// This session has a fixed start.
    Fixed(String),
    /// This mediator may not sit.
    Forbidden(String),
    /// This mediator has to sit.
    Required(String),
    /// This session is due.
    SessionDue(String),
    /// The dispute is due.
    Due,
    /// The procedural calendar sets dates.
    Deadlines,
}

/// What a dispute lacks even alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lacks {
    /// A panel.
    Panel,
    /// Dates for a panel that can be formed.
    Dates,
}

/// Requirements that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Core {
    /// The dispute.
    pub dispute: String,
    /// What it lacks.
    pub lacks: Lacks,
    /// An irreducible set: without any one of them it would not lack that. Empty where it would even without all
    /// that could be left out.
    pub requirements: Vec<Requirement>,
    /// The same in words: whom or what they are about, said once, and what is asked of it.
    pub tree: Vec<Branch>,
    /// What else is asked of it and makes no difference while these stand.
    pub left_out: Vec<Requirement>,
}

/// Finds out why a dispute cannot be served even alone; `None` where it can, or may not be mediated at all.
#[must_use]
pub fn core(screened: &Screened, document: &InstanceDoc, at: DisputeIx) -> Option<Core> {
    let instance = &screened.instance;
    let name = instance.dispute_name(at);
    if !instance.dispute(at).gates.is_empty() {
        return None;
    }
    let only = by_itself(document, name);
    let from = screened.from.as_ref();
    let lacks = match served(&only, from)? {
        (false, _) => Lacks::Panel,
        (true, false) => Lacks::Dates,
        (true, true) => return None,
    };
    let profile = &instance.policy().rules;
    let reaches = |without: &[Requirement]| {
        let (panel, dates) = served(&relax(&only, profile, without), from)?;
        Some(if lacks == Lacks::Panel { panel } else { dates })
    };
    let all = requirements(screened, &only, at, lacks);
    let (requirements, left_out) = if reaches(&all) == Some(false) {
        (Vec::new(), all)
    } else {
        let backward: Vec<Requirement> = all.iter().rev().cloned().collect();
        let (one, other) = (filter(&all, &reaches), filter(&backward, &reaches));
        let (mut kept, mut gone) = if other.0.len() < one.0.len() { other } else { one };
        let place = |requirement: &Requirement| all.iter().position(|known| known == requirement);
        kept.sort_by_key(place);
        gone.sort_by_key(place);
        (kept, gone)
    };
    let own = only.disputes.first()?;
    let tree = tree(screened, own, at, &requirements);
    Some(Core { dispute: name.to_owned(), lacks, requirements, tree, left_out })
}

/// What is left of a list when all goes that can, the first ones first, while the dispute stays out of reach; and what
/// has gone. What cannot go, because the document would be invalid without it, is neither: it stays in force.
fn filter(
    all: &[Requirement],
    reaches: &dyn Fn(&[Requirement]) -> Option<bool>,
) -> (Vec<Requirement>, Vec<Requirement>) {
    let (mut kept, mut gone): (Vec<Requirement>, Vec<Requirement>) = (Vec::new(), Vec::new());
    for requirement in all {
        gone.push(requirement.clone());
        match reaches(&gone) {
            Some(false) => {}
            Some(true) => kept.extend(gone.pop()),
            None => drop(gone.pop()),
        }
    }
    (kept, gone)
}

/// Whether the one dispute of a document can have a panel, and dates, beside what has been held; `None` where the
/// document is invalid.
fn served(document: &InstanceDoc, from: Option<&FromDoc>) -> Option<(bool, bool)> {
    let text = to_json_string(document).ok()?;
    let mut screened = Screened::new(load(text.as_bytes()).ok()?.instance);
    if let Some(from) = from {
        screened = screened.keeping_to(from.clone());
    }
    let Screened { instance, conflicts, eligibility, availability, .. } = &screened;
    let alone = alone_in(instance, conflicts, eligibility, availability);
    alone.first().map(|alone| (alone.panel, alone.scheduled))
}

/// The document with nothing but one dispute.
#[must_use]
pub fn by_itself(document: &InstanceDoc, dispute: &str) -> InstanceDoc {
    let mut only = document.clone();
    let others: Vec<String> =
        only.disputes.iter().map(|d| d.id.clone()).filter(|id| id != dispute).collect();
    only.disputes.retain(|known| known.id == dispute);
    for own in &mut only.disputes {
        own.related.retain(|id| !others.contains(id));
    }
    only.scores.retain(|entry| entry.dispute == dispute);
    only.waivers.retain(|entry| entry.dispute == dispute);
    only.overrides.retain(|entry| entry.dispute == dispute);
    if let Some(locks) = &mut only.locks {
        locks.require.retain(|lock| lock.dispute == dispute);
        locks.forbid.retain(|lock| lock.dispute == dispute);
        locks.sessions.retain(|lock| lock.dispute == dispute);
    }
    only
}

/// Everything that is asked and could be left out, what is least to be touched first: it is the first to go.
fn requirements(
    screened: &Screened,
    only: &InstanceDoc,
    at: DisputeIx,
    lacks: Lacks,
) -> Vec<Requirement> {
    use Requirement as R;
    let Some(dispute) = only.disputes.first() else { return Vec::new() };
    let instance = &screened.instance;
    let counts = screened.eligibility.exclusion_counts_of(instance, at);
    let codes: Vec<&str> = counts.iter().map(|(code, _)| code.as_str()).collect();
    let mut all = vec![R::Nationality];
    let rules = instance.policy().rules.rules.iter().map(|rule| rule.id.clone());
    all.extend(rules.map(R::Rule));
    all.extend(
        [("panel", R::Designation), ("language", R::ProceedingLanguage), ("not-scored", R::Scored)]
            .into_iter()
            .filter_map(|(code, requirement)| codes.contains(&code).then_some(requirement)),
    );
    all.extend((dispute.panel.size > 1).then_some(R::Size));
    all.extend((dispute.panel.distinct_nationalities == Some(true)).then_some(R::Distinct));
    let sessions = &dispute.sessions;
    let each = |make: fn(String) -> R, has: fn(&SessionDoc) -> bool| {
        sessions.iter().filter(move |s| has(s)).map(move |s| make(s.id.clone()))
    };
    if lacks == Lacks::Dates {
        // Firms that are counsel attend nothing, and whoever stands for a party twice is told once.
        let named = dispute.parties.iter().flat_map(|p| p.representatives.iter().chain(&p.counsel));
        let people: BTreeSet<&String> =
            named.filter(|id| only.people.iter().any(|person| person.id == **id)).collect();
        all.extend(people.into_iter().cloned().map(R::Attends));
        all.extend([R::WorkingTime, R::MediatorsTime]);
        all.extend(each(R::Interpretation, |s| !s.interpretation.is_empty()));
        all.extend(each(R::Place, |s| s.mode.is_some_and(|mode| mode != SessionMode::Remote)));
    }
    all.extend(dispute.panel.languages.iter().map(|(id, _)| R::Language(id.to_owned())));
    all.extend(dispute.panel.expertise.iter().map(|(id, _)| R::Expertise(id.to_owned())));
    let strikes = |party: &&crate::format::PartyDoc| {
        party.ballot.as_ref().is_some_and(|ballot| !ballot.strikes.is_empty())
    };
    let struck = dispute.parties.iter().filter(strikes);
    all.extend(struck.map(|party| R::Strikes(party.id.clone())));
    let locks = only.locks.as_ref();
    if lacks == Lacks::Dates {
        all.extend(each(R::NotBefore, |s| s.not_before.is_some()));
        all.extend(each(R::Gap, |s| s.after.is_some()));
        let fixed = locks.into_iter().flat_map(|locks| &locks.sessions);
        all.extend(fixed.map(|lock| R::Fixed(lock.session.clone())));
    }
    let forbidden = locks.into_iter().flat_map(|locks| &locks.forbid);
    all.extend(forbidden.map(|lock| R::Forbidden(lock.mediator.clone())));
    let required = locks.into_iter().flat_map(|locks| &locks.require);
    all.extend(required.map(|lock| R::Required(lock.mediator.clone())));
    if lacks == Lacks::Dates {
        all.extend(each(R::SessionDue, |s| s.due.is_some()));
        all.extend(dispute.due.as_ref().map(|_| R::Due));
        all.extend(dispute.deadlines.as_ref().map(|_| R::Deadlines));
    }
    all
}

/// The document of one dispute without some of what is asked; `profile` are its rules, whole.
#[must_use]
pub fn relax(only: &InstanceDoc, profile: &RulesDoc, without: &[Requirement]) -> InstanceDoc {
    let mut relaxed = only.clone();
    let rules = without.iter().filter_map(|requirement| match requirement {
        Requirement::Rule(id) => Some(id),
        _ => None,
    });
    let gone: Vec<&String> = rules.collect();
    if !gone.is_empty() {
        let mut rest = profile.clone();
        rest.rules.retain(|rule| !gone.contains(&&rule.id));
        let rest = ConflictRulesDoc::Inline(Box::new(rest));
        relaxed.policy.get_or_insert_default().conflict_rules = Some(rest);
        relaxed.waivers.retain(|waiver| waiver.rule.as_ref().is_none_or(|id| !gone.contains(&id)));
        relaxed.overrides.retain(|set_aside| !gone.contains(&&set_aside.rule));
    }
    for requirement in without {
        leave_out(&mut relaxed, requirement);
    }
    relaxed
}

fn leave_out(document: &mut InstanceDoc, requirement: &Requirement) {
    use Requirement as R;
    let Some(dispute) = document.disputes.first_mut() else { return };
    let class = dispute.class;
    match requirement {
        R::Rule(_) => {}
        R::Nationality => {
            let policy = document.policy.get_or_insert_default();
            let nationality = policy.nationality.get_or_insert_default();
            let own = match class {
                crate::format::DisputeClass::StateState => &mut nationality.state_state,
                crate::format::DisputeClass::StateInvestor => &mut nationality.state_investor,
                crate::format::DisputeClass::Commercial => &mut nationality.commercial,
            };
            *own = Some(NationalityPolicy::Advisory);
        }
        R::Designation => dispute.panel.mode = Some(AppointmentMode::PartyAgreed),
        R::ProceedingLanguage => dispute.languages.clear(),
        R::Scored => {
            document.policy.get_or_insert_default().candidates = Some(Candidates::All);
        }
        R::Size => {
            (dispute.panel.size, dispute.panel.chair) = (1, None);
            for (_, speakers) in &mut dispute.panel.languages.0 {
                *speakers = (*speakers).min(1);
            }
            let locks = document.locks.get_or_insert_default();
            locks.require.truncate(1);
            locks.require.iter_mut().for_each(|lock| lock.role = None);
        }
        R::Distinct => dispute.panel.distinct_nationalities = None,
        R::Attends(person) => {
            for party in &mut dispute.parties {
                party.representatives.retain(|id| id != person);
                party.counsel.retain(|id| id != person);
            }
        }
        R::WorkingTime => {
            let (from, to) = ("00:00".to_owned(), "24:00".to_owned());
            let band = BandDoc { from, to, cost: 0, name: None, notes: None };
            document.policy.get_or_insert_default().working_time =
                Some(WorkingTimeDoc { bands: vec![band], rest_day_cost: Some(0), notes: None });
        }
        R::MediatorsTime => {
            for mediator in &mut document.mediators {
                (mediator.working_hours, mediator.busy, mediator.stays) = Default::default();
            }
        }
        R::Language(language) => dispute.panel.languages.0.retain(|(id, _)| id != language),
        R::Expertise(subject) => dispute.panel.expertise.0.retain(|(id, _)| id != subject),
        R::Strikes(party) => {
            for own in dispute.parties.iter_mut().filter(|own| own.id == *party) {
                if let Some(ballot) = &mut own.ballot {
                    ballot.strikes.clear();
                }
            }
        }
        R::Forbidden(mediator) => {
            let locks = document.locks.get_or_insert_default();
            locks.forbid.retain(|lock| lock.mediator != *mediator);
        }
        R::Required(mediator) => {
            let locks = document.locks.get_or_insert_default();
            locks.require.retain(|lock| lock.mediator != *mediator);
        }
        R::Fixed(session) => {
            let locks = document.locks.get_or_insert_default();
            locks.sessions.retain(|lock| lock.session != *session);
        }
        R::Due => dispute.due = None,
        R::Deadlines => dispute.deadlines = None,
        R::Interpretation(id)
        | R::Place(id)
        | R::NotBefore(id)
        | R::Gap(id)
        | R::SessionDue(id) => {
            for session in dispute.sessions.iter_mut().filter(|session| session.id == *id) {
                match requirement {
                    R::Interpretation(_) => session.interpretation.clear(),
                    R::Place(_) => {
                        let locks = document.locks.iter_mut().flat_map(|locks| &mut locks.sessions);
                        locks.filter(|lock| lock.session == *id).for_each(|lock| lock.place = None);
                        (session.mode, session.place, session.breakout_rooms) = (None, None, None);
                    }
                    R::NotBefore(_) => session.not_before = None,
                    R::Gap(_) => session.after = None,
                    _ => session.due = None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of four, the first makes the document invalid when it is left out, and the second and fourth cannot hold together.
    #[test]
    fn what_cannot_be_judged_is_neither_blamed_nor_left_out() {
        let all = [Requirement::Size, Requirement::Due, Requirement::Distinct, Requirement::Scored];
        let reaches = |without: &[Requirement]| {
            let gone = |one: &Requirement| without.contains(one);
            (!gone(&all[0])).then(|| gone(&all[1]) || gone(&all[3]))
        };
        let (kept, gone) = filter(&all, &reaches);
        assert_eq!(kept, [Requirement::Due, Requirement::Scored]);
        assert_eq!(gone, [Requirement::Distinct]);
    }
}
