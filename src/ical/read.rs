//! Bytes to content lines: unfolding, names, parameters, values.

use crate::diagnostic::{Diagnostic, quote};

use super::SYNTAX;

/// One content line: `NAME;PARAM=value,value:value`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Property {
    /// Its name, in capitals.
    pub name: String,
    /// Its parameters, names in capitals, values without quotes.
    pub params: Vec<(String, Vec<String>)>,
    /// Everything after the colon, as written.
    pub value: String,
    /// The line of the file on which it begins, from 1.
    pub line: usize,
}

impl Property {
    /// The first value of a parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| known == name)?;
        found.1.first().map(String::as_str)
    }

    /// An error about this line.
    #[must_use]
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        at(self.line, Diagnostic::error(code, "", message))
    }
}

/// The finding, placed on a line.
pub(super) fn at(line: usize, mut finding: Diagnostic) -> Diagnostic {
    finding.position = Some((line, 1));
    finding
}

/// A line as it stands after unfolding, and the number of its first part.
struct Logical {
    line: usize,
    bytes: Vec<u8>,
}

/// WHY on bytes: a fold may split a character, so text is decoded only when it is whole again.
fn unfold(text: &[u8]) -> Vec<Logical> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut lines: Vec<Logical> = Vec::new();
    for (number, raw) in text.split(|byte| *byte == b'\n').enumerate() {
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        match (raw.first(), lines.last_mut()) {
            (Some(b' ' | b'\t'), Some(open)) => open.bytes.extend_from_slice(&raw[1..]),
            _ => lines.push(Logical { line: number + 1, bytes: raw.to_vec() }),
        }
    }
    lines
}

/// Every content line of a file; what is none is a finding.
pub(super) fn properties(text: &[u8], findings: &mut Vec<Diagnostic>) -> Vec<Property> {
    let mut found = Vec::new();
    for Logical { line, bytes } in unfold(text) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            let help = "save the file as UTF-8";
            findings.push(
                at(line, Diagnostic::error(SYNTAX, "", "the line is not UTF-8 text")).help(help),
            );
            continue;
        };
        if let Some(property) = property(&text, line) {
            found.push(property);
        } else {
            let message = format!("{} is not of the form `NAME:value`", quote(&text));
            let help = "export the calendar again as iCalendar (RFC 5545)";
            findings.push(at(line, Diagnostic::error(SYNTAX, "", message)).help(help));
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Splits at the first `stop` outside quotes: what is before, the character, what is after.
fn split_at<'a>(text: &'a str, stops: &[char]) -> Option<(&'a str, char, &'a str)> {
    let mut quoted = false;
    for (position, letter) in text.char_indices() {
        if letter == '"' {
            quoted = !quoted;
        } else if !quoted && stops.contains(&letter) {
            return Some((&text[..position], letter, &text[position + letter.len_utf8()..]));
        }
    }
    None
}

fn property(text: &str, line: usize) -> Option<Property> {
    let (name, mut stop, mut rest) = split_at(text, &[';', ':'])?;
    if !is_name(name) {
        return None;
    }
    let mut params = Vec::new();
    while stop == ';' {
        let (key, _, after) = split_at(rest, &['='])?;
        if !is_name(key) {
            return None;
        }
        let mut values = Vec::new();
        rest = after;
        loop {
            let (value, next, after) = split_at(rest, &[',', ';', ':'])?;
            values.push(value.trim_matches('"').to_owned());
            (stop, rest) = (next, after);
            if stop != ',' {
                break;
            }
        }
        params.push((key.to_ascii_uppercase(), values));
    }
    Some(Property { name: name.to_ascii_uppercase(), params, value: rest.to_owned(), line })
}
