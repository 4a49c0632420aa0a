//! Reviewer assignment in OpenReview's layout: papers and reviewers as disputes and mediators.
//!
//! * Takes the files of the OpenReview matcher (their forms stand in docs/format.md): affinity scores with weights,
//!   constraints, loads, demands. Gives an instance document as text, or every finding with its file and line.
//! * **Invariant**: what is maximised is what the matcher maximises, the sum of weighted scores over the pairs seated; a
//!   score is divided by a power of ten, which changes no optimum, and rounded only beyond six places, which is told.
//!   The order of lines does not matter: everything is written in the order of names.
//! * Complexity: sorting the pairs; they are held once, 40 bytes each.
// SOURCE: the layouts are those that openreview/openreview-matcher reads (matcher/__main__.py and its README) and
// openreview/openreview-expertise writes.

mod ids;
mod read;
mod table;

use std::fmt;

use super::ASSIGNMENT;
use super::assignment::{Between, Matter, Seat, fits, json, locks, matter, seat};
use super::decimal::put;
use crate::diagnostic::Diagnostic;

pub use read::read;
pub use table::File;

/// What can be wrong with such files, and what it means: the codes of docs/errors.md.
pub const CODES: &[(&str, &str)] = &[
    (
        COUNT,
        "a line with fewer or more columns than its file has, or a file of scores without a line",
    ),
    (RANGE, "a number beyond what an instance can hold"),
    (SYNTAX, "something else than a number, -1, 0 or 1, or a name"),
    (TWICE, "a pair, reviewer or paper that stands twice in a file"),
    (UNSCORED, "a warning: a name without a score or constraint"),
];

const COUNT: &str = "openreview-count";
const RANGE: &str = "openreview-range";
const SYNTAX: &str = "openreview-syntax";
const TWICE: &str = "openreview-twice";
const UNSCORED: &str = "openreview-unscored";

/// What is to be read.
#[derive(Debug, Clone, Default)]
pub struct Files<'a> {
    /// `paper,reviewer,score`, one file for each kind of score.
    pub scores: Vec<File<'a>>,
    /// `paper,reviewer,constraint`: -1 a conflict, 1 a pair that is fixed, 0 nothing.
    pub constraints: Option<File<'a>>,
    /// `reviewer,most` or `reviewer,most,least`.
    pub loads: Option<File<'a>>,
    /// `paper,reviewers`.
    pub demands: Option<File<'a>>,
}

/// What the files do not say.
#[derive(Debug, Clone)]
pub struct Options {
    /// The weight of each file of scores in millionths; 1 where there are fewer than files.
    pub weights: Vec<i64>,
    /// How many reviewers a paper needs, 1 to 3.
    pub panel_size: u8,
    /// The largest load of a reviewer; none when left out.
    pub cases: Option<u32>,
    /// The smallest load of a reviewer, lowered to her largest.
    pub min_cases: u32,
    /// Whether pairs may sit whose score is 0, as it is where no file tells one.
    pub zero_scores: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { weights: Vec::new(), panel_size: 3, cases: None, min_cases: 0, zero_scores: false }
    }
}

/// A paper: its name and id, and how many reviewers it needs.
#[derive(Debug)]
struct Paper {
    name: String,
    id: String,
    demand: u8,
}

/// A reviewer: the name and id, and the loads.
#[derive(Debug)]
struct Reviewer {
    name: String,
    id: String,
    most: Option<u32>,
    least: u32,
}

/// A problem that is known to be sound.
#[derive(Debug)]
pub struct Problem {
    /// By name, as the reviewers.
    papers: Vec<Paper>,
    reviewers: Vec<Reviewer>,
    /// Paper, reviewer and fit in millionths; by paper, then by reviewer.
    fits: Vec<(u32, u32, i64)>,
    require: Vec<(u32, u32)>,
    forbid: Vec<(u32, u32)>,
    weights: Vec<i64>,
    /// By what scores are divided.
    scale: i64,
    /// Whether a fit had to be rounded.
    rounded: bool,
    zero_scores: bool,
    warnings: Vec<Diagnostic>,
}

impl Problem {
    /// Number of papers.
    #[must_use]
    pub fn papers(&self) -> usize {
        self.papers.len()
    }

    /// Number of reviewers.
    #[must_use]
    pub fn reviewers(&self) -> usize {
        self.reviewers.len()
    }

    /// The power of ten by which weighted sums of scores are divided.
    #[must_use]
    pub fn scale(&self) -> i64 {
        self.scale
    }

    /// Whether some fit is not exactly its score divided by the scale.
    #[must_use]
    pub fn rounded(&self) -> bool {
        self.rounded
    }

    /// What is worth knowing about the files.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Writes the instance, a line for each mediator, each dispute, its scores, and each lock.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        self.head(out)?;
        out.write_str("\"mediators\": [")?;
        let mut between = Between::new();
        for one in &self.reviewers {
            out.write_str(between.next())?;
            let name = (one.name != one.id).then_some(one.name.as_str());
            seat(&Seat { id: &one.id, name, most: one.most, least: one.least }, out)?;
        }
        out.write_str("\n],\n\"disputes\": [")?;
        let mut between = Between::new();
        for one in &self.papers {
            out.write_str(between.next())?;
            let title = (one.name != one.id).then_some(one.name.as_str());
            matter(&Matter { id: &one.id, title, size: one.demand }, &ids::PARTIES, out)?;
        }
        out.write_str("\n],\n\"scores\": [")?;
        let mut between = Between::new();
        for own in self.fits.chunk_by(|one, other| one.0 == other.0) {
            out.write_str(between.next())?;
            let pairs = own.iter().map(|(_, r, micro)| (&self.reviewers[*r as usize].id, *micro));
            fits(&self.papers[own[0].0 as usize].id, pairs, out)?;
        }
        out.write_str("\n],\n\"locks\": {")?;
        let id = |(p, r): &(u32, u32)| {
            let (paper, reviewer) = (&self.papers[*p as usize], &self.reviewers[*r as usize]);
            (paper.id.as_str(), reviewer.id.as_str())
        };
        locks("require", self.require.iter().map(id), out)?;
        out.write_str(",\n")?;
        locks("forbid", self.forbid.iter().map(id), out)?;
        out.write_str("}\n}\n")
    }

    fn head(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let assignment = if self.zero_scores {
            ASSIGNMENT.replace("\"scored\"", "\"all\"")
        } else {
            ASSIGNMENT.to_owned()
        };
        writeln!(out, "{TITLE}{assignment}\"notes\": {{")?;
        let mut weights = String::new();
        for (n, weight) in self.weights.iter().enumerate() {
            weights.push_str(if n == 0 { "" } else { ", " });
            put(*weight, &mut weights)?;
        }
        let rounded = if self.rounded {
            format!("to six places: the score of an answer is within {} x 10^-6 a seat", self.scale)
        } else {
            "no".to_owned()
        };
        for (key, text) in [
            ("converter", "comity convert --from openreview"),
            ("fit", &format!("the sum of weight x score, divided by {}", self.scale)),
            ("weights", &weights),
            ("rounded", &rounded),
            ("real", "scores, conflicts, fixed pairs, loads, demands, as far as the files tell"),
            ("invented", "the day, the horizon and the parties, which are the same for all papers"),
        ] {
            let comma = if key == "invented" { "" } else { "," };
            writeln!(out, "{}: {}{comma}", json(key), json(text))?;
        }
        let [authors, venue] = ids::PARTIES;
        writeln!(
            out,
            "}},\n\"organisations\": [{{\"id\": \"{authors}\", \"kind\": \"ngo\"}}, \
             {{\"id\": \"{venue}\", \"kind\": \"ngo\"}}],"
        )
    }
}

/// What is the same for all files.
const TITLE: &str = r#"{
"schema": "comity.instance/1",
"id": "openreview",
"title": "Papers as disputes, reviewers as mediators",
"#;

#[cfg(test)]
mod tests;
