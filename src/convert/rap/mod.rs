//! Reviewer-assignment sets: papers and reviewers as disputes and mediators.
//!
//! * Takes the bytes of a `.rap` file (its form stands in docs/format.md), gives an instance
//!   document as text, or every finding with its line.
//! * Two passes over the bytes: the first finds what is wrong, the second writes; so that a set of
//!   millions of pairs is held once, as it came.
//! * **Invariant**: affinities are taken over exactly, negative ones too: one of 1 is a fit of 1.

mod line;

use std::fmt;

use crate::diagnostic::Diagnostic;

use super::ASSIGNMENT;
use line::{Fault, Line, decimal};

/// What can be wrong with a reviewer-assignment set, and what it means: the codes of docs/errors.md.
pub const CODES: &[(&str, &str)] = &[
    (COUNT, "a line with fewer or more entries than it should have, or too few or many lines"),
    (RANGE, "a number beyond what an instance can hold"),
    (SYNTAX, "something else than whole numbers, or `reviewer:affinity`"),
    (TWICE, "a reviewer who stands twice on one line"),
    (UNKNOWN, "a reviewer whom the set does not have"),
];

const COUNT: &str = "rap-count";
const RANGE: &str = "rap-range";
const SYNTAX: &str = "rap-syntax";
const TWICE: &str = "rap-twice";
const UNKNOWN: &str = "rap-unknown";

/// An affinity of 1.
const ONE: i64 = 10_000;
/// Papers and reviewers that an instance can hold.
const MOST_PAPERS: i64 = 1_000_000;
const MOST_REVIEWERS: i64 = 9_000_000;
/// WHY: whoever gives a file of another kind is not helped by a finding for each of its words.
const MOST_FINDINGS: usize = 1000;

/// A set that is known to be sound.
#[derive(Debug)]
pub struct Set<'a> {
    demands: Vec<u8>,
    most: Vec<u32>,
    least: Vec<u32>,
    /// The pairs of each paper.
    papers: Vec<Line<'a>>,
}

/// Reads a set.
///
/// # Errors
/// Every finding about it, the first thousand.
pub fn read(text: &[u8]) -> Result<Set<'_>, Vec<Diagnostic>> {
    let mut reader = Reader { lines: line::lines(text), findings: Vec::new() };
    let set = reader.set();
    if reader.findings.is_empty() { set.ok_or_else(Vec::new) } else { Err(reader.findings) }
}

impl Set<'_> {
    /// Number of papers.
    #[must_use]
    pub fn papers(&self) -> usize {
        self.demands.len()
    }

    /// Number of reviewers.
    #[must_use]
    pub fn reviewers(&self) -> usize {
        self.most.len()
    }

    /// Writes the instance, a line for each mediator and dispute and its scores.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{TITLE}{ASSIGNMENT}{NOTES}")?;
        out.write_str("\"mediators\": [\n")?;
        for (r, (most, least)) in self.most.iter().zip(&self.least).enumerate() {
            let end = if r + 1 < self.most.len() { ",\n" } else { "\n],\n" };
            write!(out, "{{\"id\":\"r{r}\",\"capacity\":{{\"cases\":{most}")?;
            if *least > 0 {
                write!(out, ",\"min_cases\":{least}")?;
            }
            write!(out, "}}}}{end}")?;
        }
        out.write_str("\"disputes\": [\n")?;
        for (p, demand) in self.demands.iter().enumerate() {
            let end = if p + 1 < self.demands.len() { ",\n" } else { "\n],\n" };
            let chair = if *demand == 3 { ",\"chair\":false" } else { "" };
            write!(
                out,
                "{{\"id\":\"p{p}\",{PARTIES},\"panel\":{{\"size\":{demand}{chair}}}}}{end}"
            )?;
        }
        out.write_str("\"scores\": [")?;
        let mut first = true;
        for (p, line) in self.papers.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let between = if first { "\n" } else { ",\n" };
            first = false;
            write!(out, "{between}{{\"dispute\":\"p{p}\",\"fit\":{{")?;
            for (n, pair) in line.pairs().flatten().enumerate() {
                let comma = if n == 0 { "" } else { "," };
                write!(out, "{comma}\"r{}\":", pair.reviewer)?;
                decimal(pair.affinity, out)?;
            }
            out.write_str("}}")?;
        }
        out.write_str("\n]\n}\n")
    }
}

/// What is the same for every set. Whom a conflict keeps off a paper has no affinity for it.
const TITLE: &str = r#"{
"schema": "comity.instance/1",
"id": "rap",
"title": "Papers as disputes, reviewers as mediators",
"#;
const NOTES: &str = r#""notes": {
"converter": "comity convert --from rap",
"real": "demands, loads, affinities; a pair without an affinity is a conflict",
"invented": "the day, the horizon and the parties, which are the same for all papers"
},
"organisations": [{"id": "authors", "kind": "ngo"}, {"id": "venue", "kind": "ngo"}],
"#;

const PARTIES: &str =
    r#""class":"commercial","parties":[{"id":"a","actor":"authors"},{"id":"v","actor":"venue"}]"#;

struct Reader<'a, L: Iterator<Item = Line<'a>>> {
    lines: L,
    findings: Vec<Diagnostic>,
}

impl<'a, L: Iterator<Item = Line<'a>>> Reader<'a, L> {
    fn set(&mut self) -> Option<Set<'a>> {
        let size = self.next(1, "the numbers of papers and reviewers")?;
        let numbers = self.numbers(&size, 2, "the numbers of papers and reviewers");
        let &[papers, reviewers] = numbers.as_slice() else { return None };
        self.within(&size, papers, 1..=MOST_PAPERS, "papers");
        self.within(&size, reviewers, 1..=MOST_REVIEWERS, "reviewers");
        if !self.findings.is_empty() {
            return None;
        }
        let (papers, reviewers) = (papers as usize, reviewers as usize);
        let demands = self.row(2, papers, 1..=3, "a demand of each paper")?;
        let loads = 0..=i64::from(u32::MAX);
        let most = self.row(3, reviewers, loads.clone(), "a largest load of each reviewer")?;
        let least = self.row(4, reviewers, loads, "a smallest load of each reviewer")?;
        if let Some(r) = (0..least.len().min(most.len())).find(|r| least[*r] > most[*r]) {
            let (low, high) = (least[r], most[r]);
            let message =
                format!("reviewer {r} has a smallest load of {low} and a largest of {high}");
            self.note(RANGE, (4, 1), message, "let the smallest load be at most the largest");
        }
        let mut seen = vec![usize::MAX; reviewers];
        let mut all = Vec::with_capacity(papers);
        while all.len() < papers {
            let line = self.next(5 + all.len(), "the pairs of a paper")?;
            self.paper(&line, all.len(), &mut seen);
            all.push(line.after_count());
        }
        let rest = self.lines.by_ref().find(|line| !line.is_empty());
        if let Some(line) = rest {
            let message = format!("a line after the {papers} papers that line 1 announces");
            self.note(COUNT, (line.number, 1), message, "correct the number in line 1");
        }
        Some(Set {
            demands: demands.into_iter().map(|d| d as u8).collect(),
            most: most.into_iter().map(|d| d as u32).collect(),
            least: least.into_iter().map(|d| d as u32).collect(),
            papers: all,
        })
    }

    fn note(&mut self, code: &'static str, at: (usize, usize), message: String, help: &str) {
        if self.findings.len() < MOST_FINDINGS {
            let mut finding = Diagnostic::error(code, "", message).help(help);
            finding.position = Some(at);
            self.findings.push(finding);
        }
    }

    fn next(&mut self, number: usize, what: &str) -> Option<Line<'a>> {
        let line = self.lines.next();
        if line.is_none() {
            let message = format!("the file ends where {what} should stand");
            self.note(
                COUNT,
                (number, 1),
                message,
                "is the file whole? line 1 says how many there are",
            );
        }
        line
    }

    /// So many whole numbers, nothing else; those that were read.
    fn numbers(&mut self, line: &Line<'a>, count: usize, what: &str) -> Vec<i64> {
        let mut numbers = Vec::new();
        let mut found = 0;
        for (column, word) in line.words() {
            found += 1;
            let Some(number) = line::number(word) else {
                let message = format!("{} is not a whole number", line::shown(word));
                let help = format!("write {what} as whole numbers");
                self.note(SYNTAX, (line.number, column), message, &help);
                continue;
            };
            numbers.push(number);
        }
        if found != count {
            let message = format!("{found} numbers where {count} are expected");
            self.note(COUNT, (line.number, 1), message, &format!("write {what}"));
        }
        numbers
    }

    fn within(
        &mut self,
        line: &Line<'a>,
        value: i64,
        range: std::ops::RangeInclusive<i64>,
        what: &str,
    ) {
        if !range.contains(&value) {
            let help = format!("write a number from {} to {}", range.start(), range.end());
            self.note(RANGE, (line.number, 1), format!("{what}: {value}"), &help);
        }
    }

    /// A line with a number for each paper or reviewer.
    fn row(
        &mut self,
        number: usize,
        count: usize,
        range: std::ops::RangeInclusive<i64>,
        what: &str,
    ) -> Option<Vec<i64>> {
        let line = self.next(number, what)?;
        let numbers = self.numbers(&line, count, what);
        for (n, value) in numbers.iter().enumerate() {
            self.within(&line, *value, range.clone(), &format!("{what}, number {}", n + 1));
        }
        Some(numbers)
    }

    /// The line of a paper: how many pairs, then the pairs. `seen` tells at which paper a reviewer
    /// stood last.
    fn paper(&mut self, line: &Line<'a>, paper: usize, seen: &mut [usize]) {
        let at = |column| (line.number, column);
        let mut found = 0;
        for pair in line.after_count().pairs() {
            found += 1;
            let pair = match pair {
                Ok(pair) => pair,
                Err(Fault { column, word }) => {
                    let message = format!("{} is not a pair", line::shown(word));
                    let help = "write `reviewer:affinity`, two whole numbers";
                    self.note(SYNTAX, at(column), message, help);
                    continue;
                }
            };
            let index = usize::try_from(pair.reviewer).ok();
            let Some(last) = index.and_then(|r| seen.get_mut(r)) else {
                let message = format!("there is no reviewer {}", pair.reviewer);
                let help = format!("write a number from 0 to {}", seen.len().saturating_sub(1));
                self.note(UNKNOWN, at(pair.column), message, &help);
                continue;
            };
            if std::mem::replace(last, paper) == paper {
                let message = format!("reviewer {} stands twice on this line", pair.reviewer);
                self.note(TWICE, at(pair.column), message, "keep one of the two");
            }
            if !(-ONE..=ONE).contains(&pair.affinity) {
                let message = format!("an affinity of {} ten-thousandths", pair.affinity);
                let help = "write one from -10000 to 10000; divide all affinities by the largest";
                self.note(RANGE, at(pair.column), message, help);
            }
        }
        let Some((column, word)) = line.words().next() else {
            let help = "write the number of pairs, 0 for none";
            self.note(COUNT, at(1), "an empty line where a paper should stand".to_owned(), help);
            return;
        };
        match line::number(word) {
            Some(count) if count == found => {}
            Some(count) => {
                let message = format!("{found} pairs, where {count} are announced");
                self.note(COUNT, at(column), message, "correct the number that begins the line");
            }
            None => {
                let message = format!("{} is not a number of pairs", line::shown(word));
                let help = "begin the line with the number of its pairs";
                self.note(SYNTAX, at(column), message, help);
            }
        }
    }
}

#[cfg(test)]
mod tests;
