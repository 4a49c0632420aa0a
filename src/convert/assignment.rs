//! The text of an instance of pure assignment, piece by piece, as it is streamed.
//!
//! * Takes mediators with loads, disputes with panels, fits and locks; writes them in the order in which they come, a
//!   line each.
//! * **Invariant**: texts of others are written as JSON strings; ids are the caller's to make.

use std::fmt;

use super::decimal::put;

/// A mediator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat<'a> {
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) most: Option<u32>,
    pub(super) least: u32,
}

/// A dispute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matter<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) size: u8,
}

/// What begins an item of a list: nothing but a line feed before the first.
pub(super) struct Between(bool);

impl Between {
    pub(super) fn new() -> Self {
        Self(true)
    }
    pub(super) fn next(&mut self) -> &'static str {
        if std::mem::replace(&mut self.0, false) { "\n" } else { ",\n" }
    }
}

/// A text as JSON.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a mediator.
pub(super) fn seat(seat: &Seat<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{{\"id\":\"{}\"", seat.id)?;
    if let Some(name) = seat.name {
        write!(out, ",\"name\":{}", json(name))?;
    }
    if seat.most.is_some() || seat.least > 0 {
        out.write_str(",\"capacity\":{")?;
        if let Some(most) = seat.most {
            write!(out, "\"cases\":{most}")?;
        }
        if seat.least > 0 {
            let comma = if seat.most.is_some() { "," } else { "" };
            write!(out, "{comma}\"min_cases\":{}", seat.least)?;
        }
        out.write_char('}')?;
    }
    out.write_char('}')
}

/// Writes a dispute without sessions between two parties; its panel has no chair.
pub(super) fn matter(
    matter: &Matter<'_>,
    parties: &[&str; 2],
    out: &mut dyn fmt::Write,
) -> fmt::Result {
    write!(out, "{{\"id\":\"{}\"", matter.id)?;
    if let Some(title) = matter.title {
        write!(out, ",\"title\":{}", json(title))?;
    }
    let [one, other] = parties;
    let chair = if matter.size == 3 { ",\"chair\":false" } else { "" };
    write!(
        out,
        ",\"class\":\"commercial\",\"parties\":[{{\"id\":\"a\",\"actor\":\"{one}\"}},\
         {{\"id\":\"b\",\"actor\":\"{other}\"}}],\"panel\":{{\"size\":{}{chair}}}}}",
        matter.size
    )
}

/// Writes the fits of a dispute, in millionths.
pub(super) fn fits<'a, S: fmt::Display>(
    dispute: &str,
    pairs: impl Iterator<Item = (S, i64)> + 'a,
    out: &mut dyn fmt::Write,
) -> fmt::Result {
    write!(out, "{{\"dispute\":\"{dispute}\",\"fit\":{{")?;
    for (n, (mediator, micro)) in pairs.enumerate() {
        let comma = if n == 0 { "" } else { "," };
        write!(out, "{comma}\"{mediator}\":")?;
        put(micro, out)?;
    }
    out.write_str("}}")
}

/// Writes locks that name pairs, where there are any.
pub(super) fn locks<'a>(
    name: &str,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    out: &mut dyn fmt::Write,
) -> fmt::Result {
    let mut between = Between::new();
    write!(out, "\"{name}\": [")?;
    for (dispute, mediator) in pairs {
        let between = between.next();
        write!(out, "{between}{{\"dispute\":\"{dispute}\",\"mediator\":\"{mediator}\"}}")?;
    }
    out.write_char(']')
}
