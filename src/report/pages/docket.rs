//! The docket: every dispute with its panel, its dates and how it stands.

use maud::{Markup, html};

use super::shared::{in_brackets, time};
use crate::format::UnservedStage;
use crate::report::texts::Texts;
use crate::report::view::{DisputeView, Standing, View};

/// The code of a standing in texts and in the page's attributes, and its sign.
///
/// WHY a sign: how a dispute stands is told by shape and word, not by colour.
pub(super) fn standing(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Served => ("served", "\u{25cf}"),
        Standing::Pending => ("pending", "\u{25d0}"),
        Standing::Unserved(_) => ("unserved", "\u{25cb}"),
        Standing::Untold => ("untold", "?"),
    }
}

/// How a dispute stands, with a sign.
pub(super) fn standing_mark(texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let (code, sign) = standing(dispute.standing);
    html! { span class={ "st " (code) } { span aria-hidden="true" { (sign) } " " (texts.say(&format!("standing-{code}"))) } }
}

/// At what a dispute failed.
pub(super) fn stage(texts: &Texts, stage: UnservedStage) -> String {
    texts.say(match stage {
        UnservedStage::Admissibility => "stage-admissibility",
        UnservedStage::Panel => "stage-panel",
        UnservedStage::Sessions => "stage-sessions",
        UnservedStage::Docket => "stage-docket",
    })
}

/// How many disputes there are, and how they stand.
pub(super) fn in_a_sentence(view: &View<'_>, texts: &Texts) -> String {
    let number = |code: &str| {
        view.disputes.iter().filter(|dispute| standing(dispute.standing).0 == code).count()
    };
    let sessions: usize = view.disputes.iter().map(|dispute| dispute.sessions.len()).sum();
    texts.tell(
        "docket-sentence",
        &[
            ("disputes", view.disputes.len().into()),
            ("served", number("served").into()),
            ("pending", number("pending").into()),
            ("unserved", number("unserved").into()),
            ("sessions", sessions.into()),
        ],
    )
}

/// What a dispute is called: its title, or its parties where there is none.
pub(super) fn called(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> String {
    let parties = || {
        let names = dispute.parties.iter().map(|party| view.names.of(party.actor).to_owned());
        texts.list(names)
    };
    dispute.title.map_or_else(parties, str::to_owned)
}

/// The table.
pub(super) fn section(view: &View<'_>, texts: &Texts) -> Markup {
    let heads = ["dispute", "parties", "panel", "dates", "standing"];
    html! {
        // The script shows the form; without it there would be nothing behind it.
        form.filter id="filter" hidden {
            label for="q" { (texts.say("filter-search")) }
            input id="q" type="search" autocomplete="off";
            label for="st" { (texts.say("filter-standing")) }
            select id="st" {
                option value="" { (texts.say("filter-all")) }
                @for code in ["served", "pending", "unserved"] {
                    option value=(code) { (texts.say(&format!("standing-{code}"))) }
                }
            }
            output id="found" for="q st" data-text=(texts.say("filter-found")) {}
        }
        div.scroll tabindex="0" role="region" aria-label=(texts.say("docket-table")) {
            table id="rows" {
                thead { tr { @for head in heads { th scope="col" { (texts.say(&format!("docket-{head}"))) } } } }
                tbody { @for dispute in &view.disputes { (row(view, texts, dispute)) } }
            }
        }
    }
}

fn row(view: &View<'_>, texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let (code, _) = standing(dispute.standing);
    html! {
        tr data-st=(code) {
            th scope="row" {
                a href={ "#" (dispute.anchor()) } { (dispute.id) }
                @if let Some(title) = dispute.title { br; bdi { (title) } }
            }
            td { ul { @for party in &dispute.parties { li { bdi { (view.names.of(party.actor)) } } } } }
            td {
                ul {
                    @for member in &dispute.panel {
                        li {
                            bdi { (view.names.of(member.id)) }
                            @if member.chair { (in_brackets(texts, texts.say("role-chair"))) }
                        }
                    }
                }
            }
            td { (dates(texts, dispute)) }
            td {
                (standing_mark(texts, dispute))
                @if let Standing::Unserved(at) = dispute.standing { br; (stage(texts, at)) }
            }
        }
    }
}

fn dates(texts: &Texts, dispute: &DisputeView<'_>) -> Markup {
    let first = dispute.sessions.first();
    let last = dispute.sessions.last().filter(|_| dispute.sessions.len() > 1);
    html! {
        @if let Some(first) = first {
            (texts.tell("docket-sessions", &[("n", dispute.sessions.len().into())]))
            br; (time(texts, first.start, 0))
            @if let Some(last) = last { br; (texts.say("docket-to")) " " (time(texts, last.start, 0)) }
        } @else if dispute.asked > 0 {
            (texts.say("docket-no-dates"))
        } @else {
            (texts.say("docket-no-sessions"))
        }
    }
}
