//! A core in words: a tree of what its requirements are about, with how many mediators each keeps off.

use std::fmt::Write as _;

use serde::Serialize;

use super::core::{Core, Lacks, Requirement};
use super::units;
use crate::domain::{DisputeIx, MediatorIx};
use crate::eligibility::Eligibility;
use crate::format::DisputeDoc;
use crate::pipeline::Screened;

/// Requirements about the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// What they are about.
    pub about: String,
    /// What is asked of it.
    pub parts: Vec<String>,
}

/// Requirements by what they are about, each said once.
pub(super) fn tree(
    screened: &Screened,
    dispute: &DisputeDoc,
    at: DisputeIx,
    requirements: &[Requirement],
) -> Vec<Branch> {
    let mut tree: Vec<Branch> = Vec::new();
    for asked in requirements {
        let about = about(screened, at, asked);
        let part = told(screened, dispute, at, asked);
        match tree.iter_mut().find(|branch| branch.about == about) {
            Some(branch) => branch.parts.push(part),
            None => tree.push(Branch { about, parts: vec![part] }),
        }
    }
    tree
}

/// What a requirement is about.
fn about(screened: &Screened, at: DisputeIx, requirement: &Requirement) -> String {
    use Requirement as R;
    match requirement {
        R::Nationality
        | R::Rule(_)
        | R::Designation
        | R::ProceedingLanguage
        | R::Scored
        | R::Strikes(_)
        | R::Forbidden(_)
        | R::Required(_) => {
            let roster = screened.instance.mediators().len();
            let left = screened.eligibility.eligible(at).len();
            format!("who may sit (of {roster} mediators on the roster, {left} may)")
        }
        R::Size | R::Distinct | R::Language(_) | R::Expertise(_) => "the panel together".to_owned(),
        R::Attends(_) | R::WorkingTime | R::MediatorsTime => "who is free when".to_owned(),
        R::Interpretation(id)
        | R::Place(id)
        | R::NotBefore(id)
        | R::Gap(id)
        | R::Fixed(id)
        | R::SessionDue(id) => format!("session {id}"),
        R::Due | R::Deadlines => "the dispute as a whole".to_owned(),
    }
}

/// A requirement in words, with how many mediators it keeps off.
fn told(
    screened: &Screened,
    dispute: &DisputeDoc,
    at: DisputeIx,
    requirement: &Requirement,
) -> String {
    use Requirement as R;
    let instance = &screened.instance;
    let counts = screened.eligibility.exclusion_counts_of(instance, at);
    let off = |code: &str| {
        let number = counts.iter().find(|(known, _)| *known == code).map_or(0, |(_, n)| *n);
        let whom = if number == 1 { "mediator" } else { "mediators" };
        match alone(screened, at, code) {
            _ if number == 0 => "keeps nobody off".to_owned(),
            0 => format!("keeps {number} {whom} off, each of them kept off by something else too"),
            alone if alone as u64 == number => format!("keeps {number} {whom} off"),
            alone => format!("keeps {number} {whom} off, {alone} of them by itself"),
        }
    };
    let session = |id: &String| dispute.sessions.iter().find(|session| session.id == *id);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    match requirement {
        R::Nationality => format!("no member is a national of a party: {}", off("nationality")),
        R::Rule(id) => format!("no member has a finding of rule {id}: {}", off(id)),
        R::Designation => {
            format!("members are designated to a panel for such disputes: {}", off("panel"))
        }
        R::ProceedingLanguage => {
            format!("every member speaks a language of the proceeding: {}", off("language"))
        }
        R::Scored => format!("only mediators with a score may sit: {}", off("not-scored")),
        R::Size => format!("the panel has {} members", dispute.panel.size),
        R::Distinct => "no two members share a nationality".to_owned(),
        R::Attends(person) => format!("{person} attends"),
        R::WorkingTime => {
            "nobody sits at night or on rest days beyond what the policy allows".to_owned()
        }
        R::MediatorsTime => "mediators have hours and engagements of their own".to_owned(),
        R::Interpretation(id) => {
            let languages = session(id).map(|session| session.interpretation.join(", "));
            format!("it is interpreted ({})", languages.unwrap_or_default())
        }
        R::Place(id) => {
            format!("it is held at {}", text(session(id).and_then(|s| s.place.as_ref())))
        }
        R::Language(language) => {
            let wanted = dispute.panel.languages.get(language).copied().unwrap_or(0);
            format!("{wanted} of the panel speak {language}")
        }
        R::Expertise(subject) => {
            let least = dispute.panel.expertise.get(subject).map_or(0, |least| least.micro());
            format!("somebody on the panel has an expertise of {} in {subject}", units(least))
        }
        R::Strikes(party) => format!("strikes of {party}: {}", off("strike")),
        R::NotBefore(id) => {
            let from = text(session(id).and_then(|s| s.not_before.as_ref()));
            format!("it starts no earlier than {from}")
        }
        R::Gap(id) => {
            let after = session(id).and_then(|session| session.after.as_ref());
            let days = |days: Option<u32>, word: &str| {
                let noun = if days == Some(1) { "day" } else { "days" };
                days.map(|days| format!("{word} {days} {noun}")).into_iter()
            };
            let least = after.and_then(|after| after.min_days);
            let most = after.and_then(|after| after.max_days);
            let parts: Vec<String> = days(least, "at least").chain(days(most, "at most")).collect();
            format!("it comes {} after the one before", parts.join(" and "))
        }
        R::Fixed(_) => "its start is fixed".to_owned(),
        R::Forbidden(mediator) => format!("{mediator} may not sit (a lock)"),
        R::Required(mediator) => format!("{mediator} has to sit (a lock)"),
        R::SessionDue(id) => {
            format!("it ends by {}", text(session(id).and_then(|s| s.due.as_ref())))
        }
        R::Due => format!("the last session ends by {}", text(dispute.due.as_ref())),
        R::Deadlines => "the procedural calendar sets dates".to_owned(),
    }
}

/// How many mediators nothing but this keeps off.
fn alone(screened: &Screened, at: DisputeIx, code: &str) -> usize {
    let instance = &screened.instance;
    let only = |m: &MediatorIx| match screened.eligibility.get(at, *m) {
        Eligibility::Excluded(reasons) => {
            reasons.iter().all(|reason| reason.code(instance) == code)
        }
        Eligibility::Eligible { .. } => false,
    };
    instance.mediator_indices().filter(only).count()
}

/// A core in words.
#[must_use]
pub fn core_text(found: &Core) -> String {
    let lacks = match found.lacks {
        Lacks::Panel => "no panel can be formed",
        Lacks::Dates => "a panel can be formed, but no dates suit it and the parties",
    };
    let mut text = format!("{}: {lacks}, even if it were the only dispute\n", found.dispute);
    if found.tree.is_empty() {
        text.push_str("  this would be so even without all that could be left out: see the horizon and who is on the roster\n");
        return text;
    }
    let these = if found.requirements.len() == 1 {
        "  this alone stands in the way:\n"
    } else {
        "  these cannot hold together; without any one of them it could be served:\n"
    };
    text.push_str(these);
    for Branch { about, parts } in &found.tree {
        let _ = writeln!(text, "    {about}:");
        for part in parts {
            let _ = writeln!(text, "      {part}");
        }
    }
    text
}
