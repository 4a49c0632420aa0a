//! What pictures are drawn with: widths of text, boxes by kind of node, heads of arrows.
//!
//! **Invariant**: a text is never wider than it is measured here: in no usual font is a letter wider
//! than what is taken for it. What would be too long is cut, and stands in full in the title.

use maud::{Markup, html};

use crate::format::NodeKind;

/// From one line to the next.
pub(super) const LINE: usize = 15;

/// Width of a text at most, in the picture's units, at the size of letters.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter).sum::<usize>().div_ceil(100)
}

/// A letter's width at size 12, in hundredths.
fn letter(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '(' | ')' | 'f' | 't'
        | 'r' => 500,
        'm' | 'w' => 1080,
        'M' | 'W' | '@' | '%' => 1250,
        'a'..='z' | '0'..='9' | '-' => 780,
        'A'..='Z' | '\u{a0}'..='\u{24f}' | '\u{300}'..='\u{6ff}' => 980,
        _ => 1300,
    }
}

/// The text, cut where it is wider than this.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) + width("\u{2026}") > most {
            kept.pop();
            break;
        }
    }
    kept.push('\u{2026}');
    kept
}

/// Where a box stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A box: round for people, with sharp corners for States and disputes, a little round for
/// organisations.
pub(super) fn frame(at: Frame, kind: NodeKind, class: &str) -> Markup {
    let round = match kind {
        NodeKind::Mediator | NodeKind::Person => Some(14),
        NodeKind::State | NodeKind::Dispute => None,
        _ => Some(5),
    };
    let class = Some(class).filter(|class| !class.is_empty());
    html! { rect x=(at.x) y=(at.y) width=(at.width) height=(at.height) rx=[round] class=[class] {} }
}

/// The lines of a box.
pub(super) fn lines(at: Frame, lines: &[String]) -> Markup {
    html! {
        @for (number, line) in lines.iter().enumerate() {
            text x=(at.x + 10) y=(at.y + 16 + number * LINE) { (line) }
        }
    }
}
