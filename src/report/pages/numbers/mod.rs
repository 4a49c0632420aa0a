//! Fairness and load: figures of the docket as a whole, each with a plot and its numbers.
//!
//! * Only for the secretariat. Plots are bars of the page itself, each beside its number, so that
//!   nothing is told by a picture alone.

mod bars;
mod burden;
mod load;
mod prices;
mod shares;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use crate::report::texts::Texts;
use crate::report::view::{Numbers, Source, View};

/// The section.
pub(super) fn section(view: &View<'_>, source: &Source<'_>, texts: &Texts) -> Markup {
    let numbers = Numbers::new(source);
    html! {
        p.note { (texts.say("numbers-intro")) }
        h3 { (texts.say("numbers-burden")) }
        (burden::part(view, texts, &numbers.burden))
        h3 { (texts.say("numbers-load")) }
        (load::load(view, texts, &numbers.load))
        h3 { (texts.say("numbers-shares")) }
        (shares::part(view, texts, &numbers.shares))
        h3 { (texts.say("numbers-rotation")) }
        (load::rotation(texts, &numbers.rotation))
        @if !numbers.attributes.is_empty() && numbers.shares.seats > 0 {
            h3 { (texts.say("numbers-attributes")) }
            (shares::attributes(texts, &numbers.attributes, &numbers.shares))
        }
        h3 { (texts.say("numbers-scarce")) }
        (prices::part(view, texts, numbers.prices.as_ref()))
    }
}
