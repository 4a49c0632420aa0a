//! Lines, words and numbers of a set.

use std::fmt;

use crate::diagnostic::quote;

/// A line of the file, from some column on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: usize,
    /// Bytes of the line before `text`.
    before: usize,
    text: &'a [u8],
}

/// A reviewer and the affinity, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) column: usize,
    pub(super) reviewer: i64,
    pub(super) affinity: i64,
}

/// What should be a pair and is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault<'a> {
    pub(super) column: usize,
    pub(super) word: &'a [u8],
}

/// The lines of a text; what follows the last line feed is one where it is not empty.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let lines = text.split(|b| *b == b'\n').enumerate();
    lines.map(|(n, text)| Line { number: n + 1, before: 0, text })
}

impl<'a> Line<'a> {
    /// The words with their columns.
    pub(super) fn words(self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = &self.text[at..];
            let start = at + rest.iter().position(|b| !b.is_ascii_whitespace())?;
            let rest = &self.text[start..];
            let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
            at = start + length;
            Some((self.before + start + 1, &rest[..length]))
        })
    }

    /// The line without its first word.
    pub(super) fn after_count(self) -> Self {
        let Some((column, word)) = self.words().next() else { return self };
        let passed = column - 1 - self.before + word.len();
        Self { before: self.before + passed, text: &self.text[passed..], ..self }
    }

    pub(super) fn is_empty(self) -> bool {
        self.words().next().is_none()
    }

    pub(super) fn pairs(self) -> impl Iterator<Item = Result<Pair, Fault<'a>>> {
        self.words().map(|(column, word)| {
            let parts = word.iter().position(|b| *b == b':').map(|at| word.split_at(at));
            let numbers = parts.and_then(|(r, s)| Some((number(r)?, number(&s[1..])?)));
            let pair = numbers.map(|(reviewer, affinity)| Pair { column, reviewer, affinity });
            pair.ok_or(Fault { column, word })
        })
    }
}

/// A whole number of at most 15 digits.
pub(super) fn number(word: &[u8]) -> Option<i64> {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    if digits.is_empty() || digits.len() > 15 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if digits.len() < word.len() { -value } else { value })
}

/// A word as a message shows it.
pub(super) fn shown(word: &[u8]) -> String {
    quote(&String::from_utf8_lossy(word))
}

/// Writes ten-thousandths as a decimal without needless noughts.
pub(super) fn decimal(value: i64, out: &mut dyn fmt::Write) -> fmt::Result {
    if value < 0 {
        out.write_char('-')?;
    }
    let (whole, mut part, mut places) = (value.abs() / 10_000, value.abs() % 10_000, 4);
    if part == 0 {
        return write!(out, "{whole}");
    }
    while part % 10 == 0 {
        (part, places) = (part / 10, places - 1);
    }
    write!(out, "{whole}.{part:0places$}")
}
