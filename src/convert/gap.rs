//! Generalised assignment problems: jobs and agents as disputes and mediators.
//!
//! * Takes the bytes of a file in the form of the OR-Library (Beasley, 1990) and of Yagiura's sets: `m n`, then m rows of
//!   n costs, m rows of n needs, m capacities, all whole numbers. Gives an instance document as text, or every finding
//!   with its line.
//! * **Invariant**: the optimum of the instance is that of the problem. A job is a dispute of one mediator, its need with
//!   an agent is the hours of the pair, and a cost c is a fit of (K - c) / S, exactly, where K is the largest cost and S
//!   the least power of ten that is no less: an answer with all n jobs has the cost n K - S x fit.

use std::fmt;

use super::ASSIGNMENT;
use crate::diagnostic::{Diagnostic, quote};

/// What can be wrong with a generalised assignment problem, and what it means: the codes of docs/errors.md.
pub const CODES: &[(&str, &str)] = &[
    (COUNT, "fewer or more numbers than the first two announce"),
    (RANGE, "a number beyond what an instance can hold"),
    (SYNTAX, "something else than whole numbers"),
];

const COUNT: &str = "gap-count";
const RANGE: &str = "gap-range";
const SYNTAX: &str = "gap-syntax";

/// Agents and jobs, costs, and needs that an instance can hold.
const MOST: i64 = 10_000;
const MOST_COST: i64 = 1_000_000;
const MOST_HOURS: i64 = 100_000;
/// WHY: whoever gives a file of another kind is not helped by a finding for each of its words.
const MOST_FINDINGS: usize = 1000;

/// A problem that is known to be sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    jobs: usize,
    /// By agent, then by job.
    costs: Vec<Vec<i64>>,
    needs: Vec<Vec<i64>>,
    /// By agent.
    capacities: Vec<i64>,
}

/// Reads a problem.
///
/// # Errors
/// Every finding about it, the first thousand.
pub fn read(text: &[u8]) -> Result<Problem, Vec<Diagnostic>> {
    let mut reader = Reader { words: words(text), at: 0, findings: Vec::new() };
    let problem = reader.problem();
    if reader.findings.is_empty() { problem.ok_or_else(Vec::new) } else { Err(reader.findings) }
}

impl Problem {
    /// Number of agents.
    #[must_use]
    pub fn agents(&self) -> usize {
        self.capacities.len()
    }

    /// Number of jobs.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// The largest cost, and the power of ten by which costs are divided.
    #[must_use]
    pub fn scale(&self) -> (i64, i64) {
        let most = self.costs.iter().flatten().copied().max().unwrap_or(0);
        let powers = (0..7).map(|places| 10_i64.pow(places));
        (most, powers.into_iter().find(|power| *power >= most).unwrap_or(MOST_COST))
    }

    /// The cost of an answer with all jobs, from its quality in micro-units.
    #[must_use]
    pub fn cost(&self, quality: i64) -> i64 {
        let (most, scale) = self.scale();
        self.jobs as i64 * most - quality / (1_000_000 / scale)
    }

    /// Writes the instance, a line for each mediator, dispute and its scores.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let (most, scale) = self.scale();
        let (notes, others) = NOTES.split_once('@').unwrap_or((NOTES, ""));
        write!(out, "{TITLE}{ASSIGNMENT}{notes}{} x {most} - {scale} x fit{others}", self.jobs)?;
        out.write_str("\"mediators\": [\n")?;
        for (agent, hours) in self.capacities.iter().enumerate() {
            let end = if agent + 1 < self.agents() { ",\n" } else { "\n],\n" };
            write!(out, "{{\"id\":\"a{agent}\",\"capacity\":{{\"hours\":{hours}}}}}{end}")?;
        }
        out.write_str("\"disputes\": [\n")?;
        for job in 0..self.jobs {
            let end = if job + 1 < self.jobs { ",\n" } else { "\n],\n" };
            write!(out, "{{\"id\":\"j{job}\",{PARTIES},\"panel\":{{\"size\":1}}}}{end}")?;
        }
        out.write_str("\"scores\": [")?;
        for job in 0..self.jobs {
            let between = if job == 0 { "\n" } else { ",\n" };
            write!(out, "{between}{{\"dispute\":\"j{job}\",\"fit\":{{")?;
            for (agent, costs) in self.costs.iter().enumerate() {
                let comma = if agent == 0 { "" } else { "," };
                let micro = (most - costs[job]) * (1_000_000 / scale);
                let (whole, rest) = (micro / 1_000_000, micro % 1_000_000);
                write!(out, "{comma}\"a{agent}\":{whole}.{rest:06}")?;
            }
            out.write_str("},\"hours\":{")?;
            for (agent, needs) in self.needs.iter().enumerate() {
                let comma = if agent == 0 { "" } else { "," };
                write!(out, "{comma}\"a{agent}\":{}", needs[job])?;
            }
            out.write_str("}}")?;
        }
        out.write_str("\n]\n}\n")
    }
}

/// What is the same for every problem.
const TITLE: &str = r#"{
"schema": "comity.instance/1",
"id": "gap",
"title": "Jobs as disputes, agents as mediators",
"#;
const NOTES: &str = r#""notes": {
"converter": "comity convert --from gap",
"cost": "@",
"real": "costs, needs, capacities; needs and capacities as hours",
"invented": "the day, the horizon and the parties, which are the same for all jobs"
},
"organisations": [{"id": "one", "kind": "ngo"}, {"id": "other", "kind": "ngo"}],
"#;

const PARTIES: &str =
    r#""class":"commercial","parties":[{"id":"a","actor":"one"},{"id":"b","actor":"other"}]"#;

/// A word with its line and column, from 1.
struct Word<'a> {
    line: usize,
    column: usize,
    text: &'a [u8],
}

fn words(text: &[u8]) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for (line, row) in text.split(|b| *b == b'\n').enumerate() {
        let mut at = 0;
        while let Some(skip) = row[at..].iter().position(|b| !b.is_ascii_whitespace()) {
            let start = at + skip;
            let rest = &row[start..];
            let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
            words.push(Word { line: line + 1, column: start + 1, text: &rest[..length] });
            at = start + length;
        }
    }
    words
}

struct Reader<'a> {
    words: Vec<Word<'a>>,
    at: usize,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(&mut self) -> Option<Problem> {
        let agents = self.number(1..=MOST, "the number of agents")?;
        let jobs = self.number(1..=MOST, "the number of jobs")?;
        if !self.findings.is_empty() {
            return None;
        }
        let (agents, jobs) = (agents as usize, jobs as usize);
        let wanted = 2 + 2 * agents * jobs + agents;
        if self.words.len() != wanted {
            let message = format!(
                "{} numbers, where {agents} agents and {jobs} jobs have {wanted}",
                self.words.len()
            );
            let help =
                "give one problem: `m n`, m rows of n costs, m rows of n needs, m capacities";
            self.note(COUNT, 0, message, help);
            return None;
        }
        let mut rows = |most: i64, what: &str| -> Option<Vec<Vec<i64>>> {
            let mut row = || (0..jobs).map(|_| self.number(0..=most, what)).collect();
            (0..agents).map(|_| row()).collect()
        };
        let costs = rows(MOST_COST, "a cost");
        let needs = rows(MOST_HOURS, "a need");
        let capacities: Option<Vec<i64>> =
            (0..agents).map(|_| self.number(0..=MOST_HOURS, "a capacity")).collect();
        Some(Problem { jobs, costs: costs?, needs: needs?, capacities: capacities? })
    }

    fn note(&mut self, code: &'static str, word: usize, message: String, help: &str) {
        if self.findings.len() < MOST_FINDINGS {
            let mut finding = Diagnostic::error(code, "", message).help(help);
            let place = self.words.get(word);
            finding.position = Some(place.map_or((1, 1), |word| (word.line, word.column)));
            self.findings.push(finding);
        }
    }

    /// The next number; 0 where it is none, so that all that is wrong is found.
    fn number(&mut self, range: std::ops::RangeInclusive<i64>, what: &str) -> Option<i64> {
        let at = self.at;
        self.at += 1;
        let Some(word) = self.words.get(at) else {
            self.note(
                COUNT,
                at,
                format!("the file ends where {what} should stand"),
                "is it whole?",
            );
            return None;
        };
        let text = String::from_utf8_lossy(word.text).into_owned();
        let Ok(number) = text.parse::<i64>() else {
            let message = format!("{} is not a whole number", quote(&text));
            self.note(SYNTAX, at, message, &format!("write {what} as a whole number"));
            return Some(0);
        };
        if !range.contains(&number) {
            let help = format!("write {what} from {} to {}", range.start(), range.end());
            self.note(RANGE, at, format!("{what}: {number}"), &help);
        }
        Some(number)
    }
}
