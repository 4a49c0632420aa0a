//! Each dispute in full: who, on which panel and why, when, at what hours, and what stands behind it.
//!
//! Takes the view; gives a `details` a dispute, open where there are few of them or a party reads.
//! `panel` tells of people, `path` of disclosures, `sessions` of dates and local times, `unserved` of
//! what is missing, `picture` draws the conflict graph with the pieces of `shapes`.

mod panel;
mod path;
mod picture;
mod sessions;
mod shapes;
mod slim;
mod unserved;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::docket::{called, standing_mark};
use super::shared::{in_brackets, person, rule};
use crate::format::DeadlineSets;
use crate::report::texts::Texts;
use crate::report::view::{DisputeView, PartyLine, RuleText, Standing, View};

/// So many disputes are open from the start.
const OPEN: usize = 12;
/// From more disputes on, what is the same for all is said once, above them.
const LARGE: usize = 60;

fn large(view: &View<'_>) -> bool {
    view.disputes.len() > LARGE
}

/// The section.
pub(super) fn section(view: &View<'_>, texts: &Texts) -> Markup {
    let open = view.for_party() || view.disputes.len() <= OPEN;
    let whole = html! {
        p.note { (texts.say("dispute-about")) }
        @if large(view) { (for_all(view, texts)) }
        @for dispute in &view.disputes {
            details.di open[open] {
                summary {
                    h3 { (dispute.id) @if dispute.title.is_some() || !dispute.parties.is_empty() { " " bdi { (called(view, texts, dispute)) } } }
                    " " (standing_mark(texts, dispute))
                }
                article id=(dispute.anchor()) { (body(view, texts, dispute)) }
            }
        }
    };
    // What was escaped stays escaped.
    PreEscaped(slim::slim(&whole.into_string()))
}

/// What the disputes of a large docket have in common: what rules say, and how to see more.
fn for_all(view: &View<'_>, texts: &Texts) -> Markup {
    let mut rules: BTreeMap<&str, RuleText<'_>> = BTreeMap::new();
    for dispute in &view.disputes {
        let excluded = dispute.excluded.iter().filter_map(|line| line.rule);
        rules.extend(excluded.map(|rule| (rule.id, rule)));
    }
    html! {
        @if !rules.is_empty() {
            details {
                summary { (texts.say("dispute-rules")) }
                ul { @for known in rules.values() { li { code { (known.id) } (texts.say("colon")) (rule(texts, *known)) } } }
            }
        }
        @if !view.for_party() {
            p.note { (texts.say("dispute-graph-all")) " " code { "comity conflicts INSTANCE --dispute DISPUTE --format svg" } }
        }
    }
}

fn body(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    html! {
        (facts(view, texts, dispute))
        @if let Standing::Unserved(stage) = dispute.standing { (unserved::why(view, texts, dispute, stage)) }
        @if !dispute.panel.is_empty() {
            (panel::members(view, texts, dispute))
            @if !dispute.reserves.is_empty() { (panel::reserves(view, texts, dispute)) }
            @if !dispute.disclosures.is_empty() { (path::disclosures(view, texts, dispute)) }
        }
        (panel::excluded(view, texts, dispute))
        @if !dispute.sessions.is_empty() {
            (sessions::table(view, texts, dispute))
            (sessions::burden(view, texts, dispute))
        }
        (picture::graph(view, texts, dispute))
    }
}

/// A value of the documents' vocabulary in the words of the language.
fn word<T: Serialize>(texts: &Texts, kind: &str, value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => texts.code(kind, &code),
        _ => String::new(),
    }
}

/// A term with what is said of it, in a line with others (`.f`).
fn said(texts: &Texts, key: &str, what: &str) -> Markup {
    html! { span { (texts.say(key)) (texts.say("colon")) (what) } " " }
}

fn facts(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let list = |items: &[&str]| texts.list(items.iter().map(|item| (*item).to_owned()));
    let spoken = dispute.languages.iter().map(|code| texts.code("language", code));
    html! {
        p.f {
            (said(texts, "dispute-class", &word(texts, "class", dispute.class)))
            @if !dispute.subjects.is_empty() { (said(texts, "dispute-subjects", &list(&dispute.subjects))) }
            @if !dispute.languages.is_empty() { (said(texts, "dispute-languages", &texts.list(spoken))) }
        }
        dl.ps { @for party in &dispute.parties { (party_line(view, texts, party)) } }
        @if !dispute.dates.is_empty() {
            h4 { (texts.say("dispute-dates")) }
            ul { @for date in &dispute.dates { li { (date_line(texts, dispute, date)) } } }
        }
    }
}

fn party_line(view: &View<'_>, texts: &Texts, party: &PartyLine<'_>) -> Markup {
    html! {
        div {
            dt {
                (texts.tell("dispute-party", &[("party", party.id.into())]))
                @if party.side != party.id { (texts.say("comma")) (texts.tell("dispute-side", &[("side", party.side.into())])) }
                @if party.own { (texts.say("comma")) (texts.say("dispute-own")) }
            }
            dd {
                (person(&view.names, party.actor))
                @for id in &party.people { br; (person(&view.names, id)) }
            }
        }
    }
}

fn date_line(
    texts: &Texts,
    dispute: &DisputeView<'_>,
    line: &crate::report::view::DateLine<'_>,
) -> Markup {
    let bound = line.binds.and_then(|(at, how)| dispute.sessions.get(at).map(|s| (s, how)));
    html! {
        (texts.date(line.date)) (texts.say("colon"))
        // What is due is said in the words of the calendar that sets it.
        bdi { (line.text.unwrap_or(line.step)) }
        @if let Some((session, how)) = bound {
            @let key = match how {
                DeadlineSets::Due if line.priced => "dispute-due-priced",
                DeadlineSets::Due => "dispute-due",
                DeadlineSets::NotBefore => "dispute-not-before",
            };
            @let told = texts.tell(key, &[("session", sessions::called(texts, session).into())]);
            (in_brackets(texts, told))
        }
    }
}
