//! The page: one HTML document made of the view alone.
//!
//! * Takes a view and the texts of a language; gives HTML. maud escapes whatever is not marked as
//!   markup, and only the styles and scripts of this folder are.
//! * The document forbids itself every request (Content-Security-Policy), and runs no script but
//!   the one of this folder, which is named by its digest.

mod calendar;
mod dispute;
mod docket;
mod numbers;
mod proof;
mod shared;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::texts::Texts;
use super::view::View;
use shared::{date_of, digest, fact, tzdb_note};

const STYLES: [&str; 5] = [
    include_str!("style/base.css"),
    include_str!("style/docket.css"),
    include_str!("style/dispute.css"),
    include_str!("style/calendar.css"),
    include_str!("style/numbers.css"),
];
const SCRIPTS: [&str; 2] = [include_str!("script/base.js"), include_str!("script/calendar.js")];

/// The whole document.
pub(super) fn page(view: &View<'_>, texts: &Texts) -> String {
    let script = SCRIPTS.concat();
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(script.as_bytes()))
    );
    let sections = sections(view, texts);
    let title = texts.tell("page-title", &[("name", name(view).into())]);
    html! {
        (DOCTYPE)
        html lang=(texts.tag()) dir=(texts.say("text-direction")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("comity ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLES.concat())) }
            }
            body {
                a.skip href="#main" { (texts.say("skip-to-content")) }
                header {
                    h1 { (title) }
                    (first_screen(view, texts))
                }
                nav aria-label=(texts.say("nav-label")) {
                    ul {
                        @for (id, _) in &sections {
                            li { a href={ "#" (id) } { (texts.say(&format!("nav-{id}"))) } }
                        }
                    }
                }
                main id="main" tabindex="-1" {
                    @for (id, body) in &sections {
                        section id=(id) aria-labelledby={ (id) "-h" } {
                            h2 id={ (id) "-h" } { (texts.say(&format!("nav-{id}"))) }
                            (body)
                        }
                    }
                }
                footer { p { (texts.tell("footer", &[("version", env!("CARGO_PKG_VERSION").into())])) } }
                script { (PreEscaped(script)) }
            }
        }
    }
    .into_string()
}

/// The parts of the page by id, in their order.
fn sections(view: &View<'_>, texts: &Texts) -> Vec<(&'static str, Markup)> {
    // WHY nothing else: without what the answer says of the party, everything that is counted would read as nothing.
    if view.for_party() && !view.head.holds {
        return vec![("proof", proof::of_a_broken_answer(view, texts))];
    }
    let mut sections = vec![
        ("docket", docket::section(view, texts)),
        ("calendar", calendar::section(view, texts)),
        ("disputes", dispute::section(view, texts)),
    ];
    // What concerns the docket as a whole concerns other parties.
    if let Some(source) = &view.source {
        sections.push(("numbers", numbers::section(view, source, texts)));
    }
    sections.push(("proof", proof::section(view, texts)));
    sections
}

fn name(view: &View<'_>) -> String {
    view.party.clone().unwrap_or_else(|| view.head.title.unwrap_or(view.head.instance).to_owned())
}

/// What the reader should know before all else: whether it was checked, and what it is about.
fn first_screen(view: &View<'_>, texts: &Texts) -> Markup {
    let head = &view.head;
    let verdict = if head.holds { "verdict-holds" } else { "verdict-broken" };
    html! {
        p.verdict.broken[!head.holds] role="status" {
            strong { (texts.say(verdict)) }
            " "
            (texts.tell(&format!("{verdict}-why"), &[("rules", head.rules.into()), ("violations", head.violations.len().into())]))
        }
        @if !head.violations.is_empty() {
            details.violations open {
                summary { (texts.say("violations")) }
                ul lang="en" { @for (rule, message) in &head.violations { li { b { (rule) } ": " (message) } } }
            }
        }
        @if let Some(party) = &view.party {
            p.reader { (texts.tell("for-party", &[("party", party.as_str().into())])) }
        }
        @if head.holds || !view.for_party() { p.answer { (docket::in_a_sentence(view, texts)) } }
        dl.facts {
            (fact(texts, "fact-instance", &html! { bdi { (head.instance) } }))
            (fact(texts, "fact-as-of", &html! { (date_of(texts, head.as_of)) }))
            (fact(texts, "fact-instance-digest", &digest(head.instance_digest)))
            (fact(texts, "fact-solution-digest", &digest(head.solution_digest)))
            (fact(texts, "fact-version", &html! { (texts.tell("version-line", &[("solved", head.solved_by.into()), ("checked", env!("CARGO_PKG_VERSION").into())])) }))
            (fact(texts, "fact-tzdb", &html! { (tzdb_note(texts, head.tzdb)) }))
        }
    }
}
