//! Tables with bars, and columns: the plots of this part.
//!
//! * A bar stands in the row of its number, and the head of its column says what its full length is.
//!   Columns stand above a table of the same numbers.

use maud::{Markup, html};

use crate::report::texts::Texts;
use crate::report::view::Bin;

/// How many rows are seen before the others are folded away.
const SEEN: usize = 20;

/// A table of rows that are given whole; heads with the class of their column, and an empty one for
/// text.
pub(super) struct Table<'t> {
    /// What it is about.
    pub(super) caption: String,
    /// The heads of its columns.
    pub(super) heads: Vec<(&'t str, String)>,
    /// Its rows.
    pub(super) rows: Vec<Markup>,
}

impl Table<'_> {
    /// The table, what is beyond the first rows folded.
    pub(super) fn draw(&self, texts: &Texts) -> Markup {
        let (seen, rest) = self.rows.split_at(self.rows.len().min(SEEN));
        let more = texts.tell("numbers-rest", &[("n", rest.len().into())]);
        let folded = format!("{} \u{2013} {more}", self.caption);
        html! {
            (self.part(&self.caption, seen))
            @if !rest.is_empty() {
                details { summary { (more) } (self.part(&folded, rest)) }
            }
        }
    }

    fn part(&self, caption: &str, rows: &[Markup]) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead { tr {
                        @for (class, head) in &self.heads {
                            @if class.is_empty() { th scope="col" { (head) } }
                            @else { th class=(class) scope="col" { (head) } }
                        }
                    } }
                    tbody { @for row in rows { (row) } }
                }
            }
        }
    }
}

/// A cell with a number.
pub(super) fn cell(text: &str) -> Markup {
    html! { td.n { (text) } }
}

/// A cell with a bar of so many thousandths of the full length.
pub(super) fn bar(thousandths: i64) -> Markup {
    html! { td.b { (length(thousandths)) } }
}

/// The same with a mark.
pub(super) fn marked(thousandths: i64, mark: i64) -> Markup {
    html! { td.b { (length(thousandths)) b style={ "--s:" (mark) } {} } }
}

/// A bar by itself; none for nothing.
pub(super) fn length(thousandths: i64) -> Markup {
    html! { @if thousandths > 0 { i style={ "--s:" (thousandths) } {} } }
}

/// A part of a whole in thousandths, rounded up so that little is seen as well.
pub(super) fn thousandths(part: i64, whole: i64) -> i64 {
    let (part, whole) = (i128::from(part.max(0)), i128::from(whole.max(1)));
    ((part * 1000 + whole - 1) / whole).min(1000) as i64
}

/// A part of a whole in per cent with one place.
pub(super) fn percent(texts: &Texts, part: usize, whole: usize) -> String {
    let micro = (part as u128 * 100_000_000 + whole as u128 / 2) / (whole as u128).max(1);
    texts.tell("numbers-percent", &[("n", texts.decimal(micro as i64, 1).into())])
}

/// How numbers are spread: columns, and the same as a table.
pub(super) fn columns(texts: &Texts, title: &str, axes: &str, bins: &[Bin]) -> Markup {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0) as i64;
    let range = |bin: &Bin| {
        if bin.from == bin.to {
            return texts.number(bin.from);
        }
        let (from, to) = (texts.number(bin.from), texts.number(bin.to));
        texts.tell("numbers-range", &[("from", from.into()), ("to", to.into())])
    };
    let row = |bin: &Bin| html! { tr { th scope="row" { (range(bin)) } (cell(&texts.number(bin.count as i64))) } };
    let table = Table {
        caption: title.to_owned(),
        heads: vec![("", texts.say("numbers-values")), ("n", texts.say("numbers-number"))],
        rows: bins.iter().map(row).collect(),
    };
    html! {
        figure {
            figcaption { b { (title) } br; (axes) }
            div.cols aria-hidden="true" {
                @for bin in bins {
                    div {
                        span { (texts.number(bin.count as i64)) }
                        (length(thousandths(bin.count as i64, most)))
                        span {
                            // The classes lie side by side: the upper end says it all.
                            (texts.number(bin.to))
                        }
                    }
                }
            }
            details { summary { (texts.say("numbers-as-table")) } (table.draw(texts)) }
        }
    }
}
