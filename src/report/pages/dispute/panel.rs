//! Who sits and why, who could step in, and who was kept out by what.

use maud::{Markup, html};

use crate::report::pages::shared::{in_brackets, person, rule};
use crate::report::texts::Texts;
use crate::report::view::{DisputeView, Excluded, Member, View};

/// So many reserves are shown before the list folds.
const RESERVES: usize = 5;

/// The panel, and why these.
pub(super) fn members(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    html! {
        h4 { (texts.say("dispute-panel")) }
        ul.f { @for member in &dispute.panel { li { (told(view, texts, dispute, member)) } } }
    }
}

fn told(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>, member: &Member<'_>) -> Markup {
    let names = |ids: &[&str]| texts.list(ids.iter().map(|id| view.names.of(id).to_owned()));
    let spoken = member.languages.iter().map(|code| texts.code("language", code));
    let said = |key: &str, what: &str| super::said(texts, key, what);
    let role = if member.chair { "role-chair" } else { "role-member" };
    html! {
        b { (person(&view.names, member.id)) }
        @if dispute.panel.len() > 1 || member.chair { (in_brackets(texts, texts.say(role))) }
        " "
        @if !member.nationalities.is_empty() { (said("dispute-nationality", &names(&member.nationalities))) }
        @if !member.designated_by.is_empty() { (said("dispute-designated", &names(&member.designated_by))) }
        @if !member.languages.is_empty() { (said("dispute-speaks", &texts.list(spoken))) }
        // Beside the hours of sessions it is told anyway.
        @if let (Some(zone), true) = (member.zone, !super::large(view) || dispute.sessions.is_empty()) { (said("dispute-zone", zone)) }
        @if let Some((fit, better)) = member.fit {
            @let fit = texts.decimal(fit, 3);
            (said("dispute-fit", &better.map_or_else(|| fit.clone(), |better| texts.tell("dispute-fit-of", &[
                ("fit", fit.as_str().into()),
                ("better", better.into()),
                ("eligible", dispute.eligible.into()),
            ]))))
        }
        @if member.rotation != 0 {
            (said("dispute-rotation", &texts.decimal(member.rotation.saturating_neg(), 3)))
        }
    }
}

/// Who could step in, and for whom.
pub(super) fn reserves(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let shown = dispute.reserves.len().min(RESERVES);
    let (first, rest) = dispute.reserves.split_at(shown);
    html! {
        h4 { (texts.say("dispute-reserves")) }
        ol { @for reserve in first { (stands_in(view, texts, dispute, reserve)) } }
        @if !rest.is_empty() {
            details {
                summary { (texts.tell("dispute-more", &[("n", rest.len().into())])) }
                ol start=(shown + 1) { @for reserve in rest { (stands_in(view, texts, dispute, reserve)) } }
            }
        }
    }
}

fn stands_in(
    view: &View<'_>,
    texts: &Texts,
    dispute: &DisputeView<'_>,
    (id, for_whom): &(String, Vec<String>),
) -> Markup {
    let all = dispute.panel.len();
    let whom = for_whom.iter().map(|id| view.names.of(id).to_owned());
    html! {
        li {
            (person(&view.names, id)) (texts.say("colon"))
            @if for_whom.len() == all && all > 1 {
                (texts.say("dispute-for-anyone"))
            } @else {
                (texts.tell("dispute-for", &[("whom", texts.list(whom).into())]))
            }
        }
    }
}

/// Who was kept out and by what, in numbers.
pub(super) fn excluded(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let large = super::large(view);
    html! {
        h4 { (texts.say("dispute-excluded")) }
        p {
            (texts.tell("dispute-roster", &[("roster", dispute.roster.into()), ("eligible", dispute.eligible.into())]))
            @if !large && !dispute.excluded.is_empty() { " " (texts.say("dispute-excluded-by")) }
        }
        @if !dispute.excluded.is_empty() {
            ul.x {
                @for line in &dispute.excluded {
                    li { b { (texts.number(i64::try_from(line.mediators).unwrap_or(i64::MAX))) } " " (reason(texts, line, large)) }
                }
            }
        }
    }
}

/// A reason in words; where there are many, rules go by their ids, and their words stand above.
fn reason(texts: &Texts, line: &Excluded<'_>, large: bool) -> Markup {
    html! {
        @match (line.rule, line.reason) {
            (Some(known), _) => { @if !large { (rule(texts, known)) " " } code { (known.id) } }
            (None, Some(code)) => { (texts.code("reason", code)) }
            (None, None) => { (texts.say("reason-untold")) }
        }
    }
}
