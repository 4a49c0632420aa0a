//! Files to a problem, every finding at once.

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::super::decimal::{Fault, ONE, decimal, rounded};
use super::table::records;
use super::{
    COUNT, File, Files, Options, Paper, Problem, RANGE, Reviewer, SYNTAX, TWICE, UNSCORED, ids,
};
use crate::diagnostic::{Diagnostic, quote};

/// Papers and reviewers that an instance can hold.
const MOST_PAPERS: usize = 1_000_000;
const MOST_REVIEWERS: usize = 9_000_000;
/// WHY: sums of weighted scores stay far inside 128 bits.
const MOST_SCORE: i128 = 1_000_000;
const MOST_FILES: usize = 100;
const MOST_LOAD: i128 = u32::MAX as i128;
/// WHY: whoever gives a file of another kind is not helped by a finding for each of its lines.
const MOST_FINDINGS: usize = 1000;
/// A weight of 1.
const MICRO: i64 = 1_000_000;

/// Reads a problem.
///
/// # Errors
/// Every finding about the files, the first thousand.
pub fn read(files: &Files<'_>, options: &Options) -> Result<Problem, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    reader.scores(files);
    if let Some(file) = files.constraints {
        reader.constraints(file);
    }
    let told: [usize; 2] = [reader.papers.len(), reader.reviewers.len()];
    let loads = files.loads.map(|file| reader.loads(file)).unwrap_or_default();
    let demands = files.demands.map(|file| reader.demands(file)).unwrap_or_default();
    reader.sizes(files);
    let problem = reader.problem(options, &loads, &demands, told);
    if reader.findings.is_empty() { Ok(problem) } else { Err(reader.findings) }
}

/// A score of a pair, in units of 10^-18.
struct Scored {
    paper: u32,
    reviewer: u32,
    file: u8,
    line: u32,
    units: i128,
}

/// What a line of loads says.
struct Load {
    most: u32,
    least: Option<u32>,
    line: usize,
}

/// A line of demands: how many, where.
struct Demand(u8, usize);

#[derive(Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn index(&mut self, name: &str) -> u32 {
        if let Some(index) = self.0.get(name) {
            return *index;
        }
        let next = self.0.len() as u32;
        self.0.insert(name.to_owned(), next);
        next
    }
    fn len(&self) -> usize {
        self.0.len()
    }
    /// For each index its place in the order of the names.
    fn order(&self) -> Vec<u32> {
        let mut order = vec![0; self.len()];
        for (place, index) in self.0.values().enumerate() {
            order[*index as usize] = place as u32;
        }
        order
    }
}

#[derive(Default)]
struct Reader {
    papers: Names,
    reviewers: Names,
    scored: Vec<Scored>,
    /// Whether a score had more places than are held.
    inexact: bool,
    require: Vec<(u32, u32)>,
    forbid: Vec<(u32, u32)>,
    /// The line of the last pair fixed for a paper, and how many there are.
    fixed: BTreeMap<u32, (usize, usize)>,
    constraints_file: String,
    loads_file: String,
    demands_file: String,
    findings: Vec<Diagnostic>,
}

impl Reader {
    fn note(&mut self, code: &'static str, at: (&str, usize), message: String, help: &str) {
        if self.findings.len() < MOST_FINDINGS {
            let mut finding = Diagnostic::error(code, "", message).help(help);
            finding.file = Some(at.0.to_owned());
            finding.position = Some((at.1, 1));
            self.findings.push(finding);
        }
    }

    /// The fields of a record, where there are as many as there should be.
    fn fields<'r>(
        &mut self,
        at: (&str, usize),
        record: &'r ByteRecord,
        count: std::ops::RangeInclusive<usize>,
        form: &str,
    ) -> Option<Vec<&'r str>> {
        if !count.contains(&record.len()) {
            let wanted = if count.start() == count.end() {
                count.end().to_string()
            } else {
                format!("{} or {}", count.start(), count.end())
            };
            let message = format!("{} columns where {wanted} are expected", record.len());
            self.note(COUNT, at, message, &format!("write `{form}`; close every quote"));
            return None;
        }
        let fields: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        if fields.is_err() {
            let message = "the line is not UTF-8".to_owned();
            self.note(SYNTAX, at, message, "save the file as UTF-8");
        }
        fields.ok()
    }

    fn name(&mut self, at: (&str, usize), name: &str, what: &str) -> Option<()> {
        if name.is_empty() {
            self.note(SYNTAX, at, format!("the name of {what} is empty"), "write its id");
            return None;
        }
        Some(())
    }

    fn pair(&mut self, at: (&str, usize), paper: &str, reviewer: &str) -> Option<(u32, u32)> {
        let named = self.name(at, paper, "the paper");
        self.name(at, reviewer, "the reviewer").and(named)?;
        Some((self.papers.index(paper), self.reviewers.index(reviewer)))
    }

    /// A whole number, which may be written as `3.0`.
    fn count(
        &mut self,
        at: (&str, usize),
        text: &str,
        range: std::ops::RangeInclusive<i128>,
        what: &str,
    ) -> Option<i128> {
        let whole = decimal(text).ok().filter(|number| number.exact && number.units % ONE == 0);
        let Some(number) = whole.map(|number| number.units / ONE) else {
            let message = format!("{} is not a whole number", quote(text));
            self.note(SYNTAX, at, message, &format!("write {what} as a whole number"));
            return None;
        };
        if !range.contains(&number) {
            let help = format!("write {what} from {} to {}", range.start(), range.end());
            self.note(RANGE, at, format!("{what}: {number}"), &help);
            return None;
        }
        Some(number)
    }

    fn scores(&mut self, files: &Files<'_>) {
        for (index, file) in files.scores.iter().enumerate().take(MOST_FILES) {
            let mut any = false;
            records(*file, |line, record| {
                any = true;
                self.score(*file, index as u8, line, record);
            });
            if !any {
                let help = "give the file of affinity scores";
                self.note(COUNT, (file.name, 1), "no line".to_owned(), help);
            }
        }
        if let Some(file) = files.scores.get(MOST_FILES) {
            let message = format!("more than {MOST_FILES} files of scores");
            self.note(RANGE, (file.name, 1), message, "add them up beforehand");
        }
        // WHY stable: of two lines with one pair the later is told.
        self.scored.sort_by_key(|one| (one.paper, one.reviewer, one.file));
        let again: Vec<(u8, u32)> = (self.scored.windows(2))
            .filter(|w| {
                (w[0].paper, w[0].reviewer, w[0].file) == (w[1].paper, w[1].reviewer, w[1].file)
            })
            .map(|w| (w[1].file, w[1].line))
            .collect();
        self.again(again, |file| files.scores[file as usize].name, "this pair");
    }

    /// Tells, line by line, what stands twice.
    fn again<'n>(&mut self, mut lines: Vec<(u8, u32)>, name: impl Fn(u8) -> &'n str, what: &str) {
        lines.sort_unstable();
        for (file, line) in lines {
            let at = (name(file), line as usize);
            let message = format!("{what} has a line already");
            self.note(TWICE, at, message, "keep one of the two");
        }
    }

    fn score(&mut self, file: File<'_>, index: u8, line: usize, record: &ByteRecord) {
        let at = (file.name, line);
        let Some(fields) = self.fields(at, record, 3..=3, "paper,reviewer,score") else { return };
        let pair = self.pair(at, fields[0], fields[1]);
        let units = match decimal(fields[2]) {
            Ok(number) if number.units.abs() <= MOST_SCORE * ONE => {
                self.inexact |= !number.exact;
                Some(number.units)
            }
            Err(Fault::Syntax) => {
                let message = format!("{} is not a score", quote(fields[2]));
                let help = "write a number; take a line of headings out";
                self.note(SYNTAX, at, message, help);
                None
            }
            Ok(_) | Err(Fault::Range) => {
                let message = format!("a score of {}", quote(fields[2]));
                let help = format!("write one from -{MOST_SCORE} to {MOST_SCORE}");
                self.note(RANGE, at, message, &help);
                None
            }
        };
        let (Some((paper, reviewer)), Some(units)) = (pair, units) else { return };
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.scored.push(Scored { paper, reviewer, file: index, line, units });
    }

    fn constraints(&mut self, file: File<'_>) {
        file.name.clone_into(&mut self.constraints_file);
        let mut seen: Vec<(u32, u32, u32)> = Vec::new();
        records(file, |line, record| {
            let at = (file.name, line);
            let form = "paper,reviewer,constraint";
            let Some(fields) = self.fields(at, record, 3..=3, form) else { return };
            let pair = self.pair(at, fields[0], fields[1]);
            let whole = decimal(fields[2]).ok().filter(|number| number.units % ONE == 0);
            let value = whole.map(|number| number.units / ONE).filter(|v| (-1..=1).contains(v));
            let Some(value) = value else {
                let message = format!("{} is not a constraint", quote(fields[2]));
                let help = "write -1 for a conflict, 1 for a pair that is fixed, 0 for neither";
                self.note(SYNTAX, at, message, help);
                return;
            };
            let Some(pair) = pair else { return };
            seen.push((pair.0, pair.1, u32::try_from(line).unwrap_or(u32::MAX)));
            match value {
                -1 => self.forbid.push(pair),
                1 => {
                    self.require.push(pair);
                    let fixed = self.fixed.entry(pair.0).or_default();
                    *fixed = (line, fixed.1 + 1);
                }
                _ => {}
            }
        });
        seen.sort_unstable();
        let again = seen.windows(2).filter(|w| (w[0].0, w[0].1) == (w[1].0, w[1].1));
        let again = again.map(|w| (0, w[1].2)).collect();
        self.again(again, |_| file.name, "this pair");
    }

    fn loads(&mut self, file: File<'_>) -> BTreeMap<u32, Load> {
        file.name.clone_into(&mut self.loads_file);
        let mut loads = BTreeMap::new();
        records(file, |line, record| {
            let at = (file.name, line);
            let form = "reviewer,most` or `reviewer,most,least";
            let Some(fields) = self.fields(at, record, 2..=3, form) else { return };
            let named = self.name(at, fields[0], "the reviewer");
            let most = self.count(at, fields[1], 0..=MOST_LOAD, "the largest load");
            let least = match fields.get(2) {
                Some(text) => {
                    let least = self.count(at, text, 0..=MOST_LOAD, "the smallest load");
                    if least.is_none() {
                        return;
                    }
                    least
                }
                None => None,
            };
            let (Some(()), Some(most)) = (named, most) else { return };
            if let Some(least) = least.filter(|least| *least > most) {
                let message = format!("a smallest load of {least} and a largest of {most}");
                let help = "let the smallest load be at most the largest, which stands first";
                self.note(RANGE, at, message, help);
            }
            let index = self.reviewers.index(fields[0]);
            let load = Load { most: most as u32, least: least.map(|least| least as u32), line };
            if loads.insert(index, load).is_some() {
                self.again(vec![(0, line as u32)], |_| file.name, "this reviewer");
            }
        });
        loads
    }

    fn demands(&mut self, file: File<'_>) -> BTreeMap<u32, Demand> {
        file.name.clone_into(&mut self.demands_file);
        let mut demands = BTreeMap::new();
        records(file, |line, record| {
            let at = (file.name, line);
            let Some(fields) = self.fields(at, record, 2..=2, "paper,reviewers") else { return };
            let named = self.name(at, fields[0], "the paper");
            let count = self.count(at, fields[1], 1..=3, "the number of reviewers");
            let (Some(()), Some(count)) = (named, count) else { return };
            let index = self.papers.index(fields[0]);
            if demands.insert(index, Demand(count as u8, line)).is_some() {
                self.again(vec![(0, line as u32)], |_| file.name, "this paper");
            }
        });
        demands
    }

    /// Whether there are not too many papers and reviewers.
    fn sizes(&mut self, files: &Files<'_>) {
        let name = files.scores.first().map_or("", |file| file.name);
        for (what, found, most) in [
            ("papers", self.papers.len(), MOST_PAPERS),
            ("reviewers", self.reviewers.len(), MOST_REVIEWERS),
        ] {
            if found > most {
                let help = format!("an instance holds {most}: split the problem");
                self.note(RANGE, (name, 1), format!("{found} {what}"), &help);
            }
        }
    }

    fn problem(
        &mut self,
        options: &Options,
        loads: &BTreeMap<u32, Load>,
        demands: &BTreeMap<u32, Demand>,
        told: [usize; 2],
    ) -> Problem {
        let demand = |p: u32| demands.get(&p).map_or(options.panel_size, |demand| demand.0);
        for (paper, (line, fixed)) in std::mem::take(&mut self.fixed) {
            let size = demand(paper);
            if fixed > usize::from(size) {
                let message = format!("{fixed} reviewers are fixed for a paper that needs {size}");
                let name = self.constraints_file.clone();
                let help = "fix no more reviewers than the paper needs";
                self.note(RANGE, (&name, line), message, help);
            }
        }
        let warnings = self.warnings(loads, demands, told);
        let (paper_place, reviewer_place) = (self.papers.order(), self.reviewers.order());
        let place = |(p, r): (u32, u32)| (paper_place[p as usize], reviewer_place[r as usize]);
        let (fits, scale, rounded) = self.fits(options, &place);
        let pairs = |list: &[(u32, u32)]| {
            let mut pairs: Vec<(u32, u32)> = list.iter().copied().map(&place).collect();
            pairs.sort_unstable();
            pairs
        };
        let (require, forbid) = (pairs(&self.require), pairs(&self.forbid));
        let paper = |(name, p): (String, u32)| {
            let id = ids::id(&name);
            Paper { name, id, demand: demand(p) }
        };
        let reviewer = |(name, r): (String, u32)| {
            let id = ids::id(&name);
            let load = loads.get(&r);
            let most = load.map(|load| load.most).or(options.cases);
            let lowered = options.min_cases.min(most.unwrap_or(u32::MAX));
            let least = load.and_then(|load| load.least).unwrap_or(lowered);
            Reviewer { name, id, most, least }
        };
        Problem {
            papers: std::mem::take(&mut self.papers.0).into_iter().map(paper).collect(),
            reviewers: std::mem::take(&mut self.reviewers.0).into_iter().map(reviewer).collect(),
            fits,
            require,
            forbid,
            weights: options.weights.clone(),
            scale,
            rounded,
            zero_scores: options.zero_scores,
            warnings,
        }
    }

    /// Names that only the loads or demands know.
    fn warnings(
        &self,
        loads: &BTreeMap<u32, Load>,
        demands: &BTreeMap<u32, Demand>,
        [papers, reviewers]: [usize; 2],
    ) -> Vec<Diagnostic> {
        let unknown =
            |names: &Names, told: usize, what: &str, file: &str, line: &dyn Fn(u32) -> usize| {
                let late = names.0.iter().filter(|(_, index)| **index as usize >= told);
                let mut found: Vec<(usize, &str)> =
                    late.map(|(name, index)| (line(*index), name.as_str())).collect();
                found.sort_unstable();
                let warning = |(line, name): (usize, &str)| {
                    let message = format!("{what} {} has no score and no constraint", quote(name));
                    let help = "is the name the same in all files? it is taken over without scores";
                    let mut warning = Diagnostic::warning(UNSCORED, "", message).help(help);
                    warning.file = Some(file.to_owned());
                    warning.position = Some((line, 1));
                    warning
                };
                found.into_iter().map(warning).collect::<Vec<_>>()
            };
        let of_load = |index: u32| loads.get(&index).map_or(0, |load| load.line);
        let of_demand = |index: u32| demands.get(&index).map_or(0, |demand| demand.1);
        let mut warnings =
            unknown(&self.reviewers, reviewers, "reviewer", &self.loads_file, &of_load);
        warnings.extend(unknown(&self.papers, papers, "paper", &self.demands_file, &of_demand));
        warnings.truncate(MOST_FINDINGS);
        warnings
    }

    /// The fits in millionths, by what scores are divided, and whether something was rounded.
    fn fits(
        &mut self,
        options: &Options,
        place: &dyn Fn((u32, u32)) -> (u32, u32),
    ) -> (Vec<(u32, u32, i64)>, i64, bool) {
        let weight = |file: u8| options.weights.get(usize::from(file)).copied().unwrap_or(MICRO);
        // Units of 10^-24: a score times a weight.
        let mut sums: Vec<(u32, u32, i128)> = Vec::with_capacity(self.scored.len());
        for one in std::mem::take(&mut self.scored) {
            let units = one.units * i128::from(weight(one.file));
            let (paper, reviewer) = place((one.paper, one.reviewer));
            sums.push((paper, reviewer, units));
        }
        // A fixed pair may sit whatever its score.
        let fixed: Vec<(u32, u32)> = self.require.iter().copied().map(place).collect();
        sums.extend(fixed.iter().map(|(paper, reviewer)| (*paper, *reviewer, 0)));
        sums.sort_unstable();
        sums.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut fixed = fixed;
        fixed.sort_unstable();
        sums.retain(|(paper, reviewer, sum)| {
            *sum != 0 || (!options.zero_scores && fixed.binary_search(&(*paper, *reviewer)).is_ok())
        });
        let micro = i128::from(MICRO);
        let largest = sums.iter().map(|(_, _, sum)| sum.abs()).max().unwrap_or(0);
        let mut scale = 1;
        while largest > i128::from(scale) * ONE * micro {
            scale *= 10;
        }
        // So much of a sum is a millionth of a fit.
        let unit = i128::from(scale) * ONE;
        let exact = !self.inexact && sums.iter().all(|(_, _, sum)| sum % unit == 0);
        let fit = |(p, r, sum): (u32, u32, i128)| (p, r, rounded(sum, unit) as i64);
        (sums.into_iter().map(fit).collect(), scale, !exact)
    }
}
