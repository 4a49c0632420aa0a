//! Preferences of PrefLib: alternatives and voters as disputes and mediators.
//!
//! * Takes the bytes of a file of categories (`.cat`: bids of reviewers) or of orders (`.soc`, `.soi`, `.toc`, `.toi`),
//!   gives an instance document as text, or every finding with its line.
//! * A line that stands for k voters makes k mediators. What a voter thinks of an alternative is the fit of the pair:
//!   the score of its category, or the points of Borda divided by a power of ten.
//! * **Invariant**: points are taken over exactly, so that the optimum is the largest sum of points.
//! * Complexity: lines times alternatives, four bytes each.
// SOURCE: FORMAT_SPECIFICATION.md of PrefLib/PrefLib-Data, the form of September 2022; Mattei and Walsh, PrefLib: a
// library of preference data, ADT 2013.

mod ballot;
mod read;

use std::fmt;

use super::ASSIGNMENT;
use super::assignment::{Between, Matter, Seat, fits, json, matter, seat};
use super::decimal::put;

pub use read::read;

/// What can be wrong with such a file, and what it means: the codes of docs/errors.md.
pub const CODES: &[(&str, &str)] = &[
    (COUNT, "more or fewer voters, lines or categories than announced"),
    (HEADER, "a line of the header that is missing, repeated or late, or whose number is none"),
    (RANGE, "more voters or alternatives than an instance can hold"),
    (SYNTAX, "something else than `voters: alternatives`"),
    (TWICE, "an alternative that stands twice on one line"),
    (TYPE, "data of another type than this reads, or a line that its type does not allow"),
    (UNKNOWN, "an alternative that the header does not count"),
];

const COUNT: &str = "preflib-count";
const HEADER: &str = "preflib-header";
const RANGE: &str = "preflib-range";
const SYNTAX: &str = "preflib-syntax";
const TWICE: &str = "preflib-twice";
const TYPE: &str = "preflib-type";
const UNKNOWN: &str = "preflib-unknown";

/// What the file does not say.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many voters an alternative needs, 1 to 3.
    pub panel_size: u8,
    /// The largest load of a voter; none when left out.
    pub cases: Option<u32>,
    /// The smallest load of a voter, at most the largest.
    pub min_cases: u32,
    /// The score of each category in millionths, from -1 to 1, none for one that keeps a voter and an alternative
    /// apart. Else they are spaced evenly from 1 to 0, but for one that is called `conflict`.
    pub category_scores: Option<Vec<Option<i64>>>,
}

impl Default for Options {
    fn default() -> Self {
        Self { panel_size: 3, cases: None, min_cases: 0, category_scores: None }
    }
}

/// Where points come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Points {
    /// The score of each category, with its name.
    Categories(Vec<(String, Option<i64>)>),
    /// Borda's, by so much divided.
    Borda(i64),
}

/// A pair that may not sit.
const APART: i32 = i32::MIN;

/// A line: for how many voters it stands, and their fit for every alternative in millionths.
#[derive(Debug)]
struct Ballot {
    voters: u32,
    fits: Vec<i32>,
}

/// Preferences that are known to be sound.
#[derive(Debug)]
pub struct Profile {
    title: String,
    /// The names of the alternatives, where they have one.
    names: Vec<Option<String>>,
    points: Points,
    ballots: Vec<Ballot>,
    options: Options,
}

impl Profile {
    /// Number of alternatives.
    #[must_use]
    pub fn alternatives(&self) -> usize {
        self.names.len()
    }

    /// Number of voters.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.ballots.iter().map(|ballot| u64::from(ballot.voters)).sum()
    }

    /// What a fit of 1 stands for: points of Borda, or a score of 1.
    #[must_use]
    pub fn scale(&self) -> i64 {
        match self.points {
            Points::Categories(_) => 1,
            Points::Borda(scale) => scale,
        }
    }

    /// Writes the instance, a line for each mediator and dispute and its scores.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        self.head(out)?;
        out.write_str("\"mediators\": [")?;
        let mut between = Between::new();
        let (most, least) = (self.options.cases, self.options.min_cases);
        for voter in 1..=self.voters() {
            out.write_str(between.next())?;
            seat(&Seat { id: &format!("v{voter}"), name: None, most, least }, out)?;
        }
        out.write_str("\n],\n\"disputes\": [")?;
        let mut between = Between::new();
        for (n, name) in self.names.iter().enumerate() {
            out.write_str(between.next())?;
            let (id, size) = (format!("a{}", n + 1), self.options.panel_size);
            matter(&Matter { id: &id, title: name.as_deref(), size }, &["one", "other"], out)?;
        }
        out.write_str("\n],\n\"scores\": [")?;
        let mut between = Between::new();
        for n in 0..self.names.len() {
            let mut first = 1;
            let mut own = Vec::new();
            for ballot in &self.ballots {
                let next = first + u64::from(ballot.voters);
                if ballot.fits[n] != APART {
                    own.push((first..next, ballot.fits[n]));
                }
                first = next;
            }
            if own.is_empty() {
                continue;
            }
            out.write_str(between.next())?;
            let pairs = own.into_iter().flat_map(|(voters, fit)| {
                voters.map(move |voter| (format!("v{voter}"), i64::from(fit)))
            });
            fits(&format!("a{}", n + 1), pairs, out)?;
        }
        out.write_str("\n]\n}\n")
    }

    fn head(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        writeln!(out, "{TITLE}{ASSIGNMENT}\"notes\": {{")?;
        let fit = match &self.points {
            Points::Borda(scale) => format!("Borda's points, divided by {scale}"),
            Points::Categories(categories) => {
                let mut text = String::from("the score of the category");
                for (n, (name, score)) in categories.iter().enumerate() {
                    text.push_str(if n == 0 { ": " } else { ", " });
                    text.push_str(name);
                    text.push(' ');
                    match score {
                        Some(score) => put(*score, &mut text)?,
                        None => text.push_str("apart"),
                    }
                }
                text
            }
        };
        for (key, text) in [
            ("converter", "comity convert --from preflib"),
            ("source", self.title.as_str()),
            ("fit", &fit),
            ("real", "alternatives and preferences"),
            (
                "invented",
                "the size of panels and the loads, the day, the horizon and the parties, \
                 which are the same for all",
            ),
        ] {
            let comma = if key == "invented" { "" } else { "," };
            writeln!(out, "{}: {}{comma}", json(key), json(text))?;
        }
        out.write_str(ORGANISATIONS)
    }
}

/// What is the same for every file.
const TITLE: &str = r#"{
"schema": "comity.instance/1",
"id": "preflib",
"title": "Alternatives as disputes, voters as mediators",
"#;
const ORGANISATIONS: &str = r#"},
"organisations": [{"id": "one", "kind": "ngo"}, {"id": "other", "kind": "ngo"}],
"#;

#[cfg(test)]
mod tests;
