//! What is lawful and probably not meant: warnings.
//!
//! **Invariant**: nothing here depends on the rest of validation, and nothing depends on it.

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::codes;
use super::context::Context;
use super::profile::kinds_read;
use super::relations::makes_organ;
use crate::diagnostic::{Diagnostic, quote};
use crate::format::{AttendeesDoc, DisputeDoc, PartyDoc, RelationKind, RulesDoc};

/// Notes, once for each kind, relations that no rule of the profile reads.
pub(super) fn unread_relations(cx: &mut Context<'_>, rules: &RulesDoc) {
    let read = kinds_read(rules);
    let mut unread: BTreeMap<RelationKind, (usize, usize)> = BTreeMap::new();
    for (index, relation) in cx.doc.relations.iter().enumerate() {
        let kind = relation.kind;
        // WHY: the kinds that put a State behind a party are read by the gates too.
        if !(read.contains(&kind) || kind.is_implied() || makes_organ(kind)) {
            unread.entry(kind).or_insert((index, 0)).1 += 1;
        }
    }
    let mut unread: Vec<(usize, usize)> = unread.into_values().collect();
    unread.sort_unstable();
    let root = At::ROOT;
    let list = root.key("relations");
    for (first, number) in unread {
        let others = match number - 1 {
            0 => String::new(),
            1 => " and one more".to_owned(),
            more => format!(" and {more} more"),
        };
        cx.warn(
            codes::UNREAD_RELATION,
            &list.item(first).key("kind"),
            format!(
                "no rule of the profile {} reads the kind of this relation{others}",
                quote(&rules.id)
            ),
            "choose a profile that reads it in `policy.conflict_rules`, or another kind",
        );
    }
}

/// Notes what is lawful in the docket and probably not meant.
pub(super) fn report(cx: &mut Context<'_>) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("disputes");
    let people: BTreeSet<&str> = (doc.people.iter().map(|person| person.id.as_str()))
        .chain(doc.mediators.iter().map(|mediator| mediator.id.as_str()))
        .chain(doc.interpreters.iter().map(|interpreter| interpreter.id.as_str()))
        .collect();
    let scored: BTreeSet<&str> = doc.scores.iter().map(|score| score.dispute.as_str()).collect();
    let mut languages = Held::new(doc.mediators.iter().flat_map(|m| m.languages.iter()));
    let mut subjects = Held::new(doc.mediators.iter().flat_map(|m| m.expertise.iter()));
    for (index, dispute) in doc.disputes.iter().enumerate() {
        let at = list.item(index);
        parties(cx, dispute, &people, &at);
        let at_panel = at.key("panel");
        let tags = at.key("languages");
        for (index, tag) in dispute.languages.iter().enumerate() {
            languages.expect(cx, tag, LANGUAGE, &tags.item(index));
        }
        let tags = at_panel.key("languages");
        for (tag, _) in dispute.panel.languages.iter() {
            languages.expect(cx, tag, LANGUAGE, &tags.key(tag));
        }
        let wanted = at_panel.key("expertise");
        for (subject, _) in dispute.panel.expertise.iter() {
            subjects.expect(cx, subject, SUBJECT, &wanted.key(subject));
        }
        // WHY: where nobody's expertise is known, or explicit scores stand in, nobody is missed.
        if !subjects.names.is_empty() && !scored.contains(dispute.id.as_str()) {
            let list = at.key("subjects");
            for (index, subject) in dispute.subjects.iter().enumerate() {
                subjects.expect(cx, subject, SUBJECT, &list.item(index));
            }
        }
    }
}

/// The code, and what nobody does.
type Hint = (&'static str, &'static str);

const LANGUAGE: Hint = (codes::LANGUAGE_OF_NOBODY, "has the language");
const SUBJECT: Hint = (codes::SUBJECT_OF_NOBODY, "has expertise in");

/// Words that mediators have, and those missed so far.
struct Held<'a> {
    names: BTreeSet<&'a str>,
    missed: BTreeSet<&'a str>,
}

impl<'a> Held<'a> {
    fn new<T: 'a>(all: impl Iterator<Item = (&'a str, &'a T)>) -> Self {
        Self { names: all.map(|(name, _)| name).collect(), missed: BTreeSet::new() }
    }

    /// Notes, once, that nobody has it.
    fn expect(&mut self, cx: &mut Context<'_>, name: &'a str, (code, what): Hint, at: &At<'_>) {
        if self.names.contains(name) || !self.missed.insert(name) {
            return;
        }
        let known = self.names.iter().copied();
        let help = cx.did_you_mean(name, known, "check its spelling, or who is on the roster");
        cx.warn(code, at, format!("no mediator {what} {}", quote(name)), help);
    }
}

fn parties(cx: &mut Context<'_>, dispute: &DisputeDoc, people: &BTreeSet<&str>, at: &At<'_>) {
    let list = at.key("parties");
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, party) in dispute.parties.iter().enumerate() {
        let at = list.item(index);
        let other = *first.entry(&party.actor).or_insert(index);
        if other != index {
            let finding = Diagnostic::warning(
                codes::SAME_ACTOR,
                at.key("actor").pointer(),
                format!("{} is a party of this dispute twice", quote(&party.actor)),
            );
            let other = list.item(other).key("actor").pointer();
            cx.note(finding.help("check whom each party stands for").related(other));
        }
        if is_expected(dispute, party) && !somebody_attends(party, people) {
            cx.warn(
                codes::NOBODY_ATTENDS,
                &at,
                format!("nobody attends the sessions for the party {}", quote(&party.id)),
                "name a representative or a counsel, or leave the party out of `attendees`",
            );
        }
    }
}

fn is_expected(dispute: &DisputeDoc, party: &PartyDoc) -> bool {
    dispute.sessions.iter().any(|session| match &session.attendees {
        AttendeesDoc::All => true,
        AttendeesDoc::Parties(ids) => ids.contains(&party.id),
    })
}

fn somebody_attends(party: &PartyDoc, people: &BTreeSet<&str>) -> bool {
    !party.representatives.is_empty() || party.counsel.iter().any(|id| people.contains(id.as_str()))
}
