//! The report: one page about an answer, for those who never open a terminal.
//!
//! * Takes an instance, its screening, a solution of it and what the checker says; gives one HTML
//!   document that needs nothing else: no network, no other file. The same input gives the same
//!   bytes.
//! * Two steps. `view` gathers everything that is to be said to one reader and nothing else;
//!   `pages` puts it into words and pictures, and sees nothing but the view. **Invariant**: what a
//!   party may not know is not in the view, so that no page can tell it (docs/report.md).
//! * Every word that is seen stands in `texts/`, a folder a language.
//! * **Invariant**: the page says everything without scripts; `script.js` only filters, searches
//!   and turns clocks.

mod pages;
mod texts;
mod view;

#[cfg(test)]
mod tests;

pub use texts::Language;
pub use view::{Reader, Source, UnknownReader};

/// The report as an HTML document.
///
/// # Errors
/// When the instance has no such party.
pub fn report(
    source: &Source<'_>,
    reader: &Reader,
    language: Language,
) -> Result<String, UnknownReader> {
    let view = view::View::new(source, reader)?;
    let texts = texts::Texts::new(language);
    Ok(pages::page(&view, &texts))
}
