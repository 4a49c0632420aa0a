//! Interpreters: booths, sizes of teams, and who sits in them (S5).

use std::collections::BTreeSet;

use crate::format::{InstanceDoc, InterpreterDoc, SessionDoc, SolutionDoc, TeamDoc};

use super::answer::{Answer, Date};
use super::eligible::Eligibility;
use super::facts::Facts;
use super::verdict::Findings;

/// Teams where the policy names none, after the International Association of Conference
/// Interpreters: minutes and size.
const TEAMS: [(u32, u32); 4] = [(40, 1), (240, 2), (360, 3), (480, 4)];
/// The same for each booth of three languages or more.
const BOOTHS: [(u32, u32); 2] = [(240, 2), (480, 3)];

/// A booth of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Booth {
    pub(super) size: usize,
    /// Interpreters who have the languages.
    pub(super) suited: Vec<usize>,
}

/// The booths of a session, in the order of its languages.
pub(super) fn booths(doc: &InstanceDoc, session: &SessionDoc) -> Vec<Booth> {
    let languages = &session.interpretation;
    let policy = doc.policy.as_ref().and_then(|p| p.interpretation.as_ref());
    let between = |i: &InterpreterDoc, a: &str, b: &str| {
        i.pairs.iter().any(|p| (p.from == a && p.to == b) || (p.from == b && p.to == a))
    };
    let all = || doc.interpreters.iter().enumerate();
    match languages.as_slice() {
        [] | [_] => Vec::new(),
        [a, b] => {
            let table = policy.map(|p| p.teams.as_slice()).unwrap_or_default();
            let suited = all().filter(|(_, i)| between(i, a, b)).map(|(n, _)| n).collect();
            vec![Booth { size: size(table, &TEAMS, session.minutes), suited }]
        }
        many => {
            let table = policy.map(|p| p.booths.as_slice()).unwrap_or_default();
            let size = size(table, &BOOTHS, session.minutes);
            let booth = |own: &String| {
                let others = || many.iter().filter(|other| *other != own);
                let suits = |i: &InterpreterDoc| others().any(|other| between(i, own, other));
                Booth { size, suited: all().filter(|(_, i)| suits(i)).map(|(n, _)| n).collect() }
            };
            many.iter().map(booth).collect()
        }
    }
}

/// The first entry that reaches so many minutes; nobody is enough where none does.
fn size(own: &[TeamDoc], usual: &[(u32, u32)], minutes: u32) -> usize {
    let own = own.iter().map(|team| (team.minutes, team.size));
    let rows: Vec<(u32, u32)> = if own.len() > 0 { own.collect() } else { usual.to_vec() };
    let row = rows.iter().find(|(most, _)| minutes <= *most);
    row.map_or(usize::MAX, |(_, size)| *size as usize)
}

/// Judges the interpreters of every session; whether they are free is S1, and whether they are
/// elsewhere at the same time S2.
pub(super) fn check(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    doc: &SolutionDoc,
    answer: &Answer,
    found: &mut Findings,
) {
    for (d, dispute) in facts.disputes.iter().enumerate() {
        for (k, session) in dispute.sessions.iter().enumerate() {
            let date = answer.dates.get(d).and_then(|x| x.get(k)).copied().flatten();
            let Some(Date { at, .. }) = date else { continue };
            let Some(entry) = doc.sessions.get(at) else { continue };
            let mut add = |message: String| {
                let pointer = format!("/sessions/{at}/interpreters");
                found.add("S5", Some(&dispute.doc.id), pointer, message);
            };
            let booths = if session.held { &[][..] } else { &session.booths };
            let wanted = booths.iter().fold(0_usize, |n, b| n.saturating_add(b.size));
            if entry.interpreters.len() != wanted {
                add(format!("{wanted} interpreters are expected"));
                continue;
            }
            let mut rest = entry.interpreters.as_slice();
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            for booth in booths {
                let (team, others) = rest.split_at(booth.size.min(rest.len()));
                rest = others;
                for id in team {
                    let Some(&i) = facts.interpreter_ix.get(id.as_str()) else { continue };
                    if !seen.insert(id) {
                        add(format!("`{id}` sits here twice"));
                    }
                    if !booth.suited.contains(&i) {
                        add(format!("`{id}` has not the languages of the booth"));
                    }
                    if !eligibility.interprets(d, i) {
                        add(format!("`{id}` has a conflict of interest in the dispute"));
                    }
                }
            }
        }
    }
}
