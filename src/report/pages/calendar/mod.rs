//! The calendar: weeks of sessions on one clock, changes of clocks, and who sits when.
//!
//! * Takes the view; gives the section. `layout` says where everything stands, `week` and `timeline`
//!   write it down, `clocks` tells of changes.
//! * Without scripts the weeks stand on UTC. `script/calendar.js` lays the same sessions on another
//!   clock, by the offsets that stand in the page.
//! * **Invariant**: the script lays out as `layout` does; a test runs both.

mod clocks;
mod layout;
mod timeline;
mod week;

#[cfg(test)]
mod tests;

use maud::{Markup, html};

use crate::report::texts::Texts;
use crate::report::view::View;

/// The section.
pub(super) fn section(view: &View<'_>, texts: &Texts) -> Markup {
    let dated = !view.sessions().is_empty();
    html! {
        @if dated {
            h3 id="cal-weeks" { (texts.say("cal-weeks")) }
            (week::weeks(view, texts))
        } @else {
            p { (texts.say("cal-no-sessions")) }
        }
        h3 { (texts.say("cal-changes")) }
        (clocks::table(view, texts))
        (timeline::by_mediator(view, texts))
        (timeline::by_room(view, texts))
    }
}
