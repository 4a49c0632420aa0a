//! A file to a profile, every finding at once.

use std::collections::BTreeMap;

use super::ballot::{self, Fault, Group, Line};
use super::{
    APART, Ballot, COUNT, HEADER, Options, Points, Profile, RANGE, SYNTAX, TWICE, TYPE, UNKNOWN,
};
use crate::diagnostic::{Diagnostic, quote};

/// WHY: Borda's points of so many are halves of a hundred-thousandth, which six places hold.
const MOST_ALTERNATIVES: u64 = 100_000;
const MOST_VOTERS: u64 = 1_000_000;
const MOST_CATEGORIES: u64 = 1000;
/// Fits that are held.
const MOST_FITS: u64 = 100_000_000;
/// WHY: whoever gives a file of another kind is not helped by a finding for each of its words.
const MOST_FINDINGS: usize = 1000;
const MICRO: i64 = 1_000_000;

/// Reads preferences.
///
/// # Errors
/// Every finding about the file, the first thousand.
pub fn read(text: &[u8], options: &Options) -> Result<Profile, Vec<Diagnostic>> {
    let mut reader = Reader { findings: Vec::new() };
    let profile = reader.profile(text, options);
    if reader.findings.is_empty() { profile.ok_or_else(Vec::new) } else { Err(reader.findings) }
}

/// Types of data that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Categories,
    Orders { complete: bool, ties: bool },
}

/// What the lines before the preferences say, each with its line.
#[derive(Default)]
struct Header {
    keys: BTreeMap<String, (usize, String)>,
    alternatives: BTreeMap<u64, (usize, String)>,
    categories: BTreeMap<u64, (usize, String)>,
}

/// A line of preferences with its number.
type Numbered<'a> = (usize, &'a str);

struct Reader {
    findings: Vec<Diagnostic>,
}

impl Reader {
    fn note(&mut self, code: &'static str, at: (usize, usize), message: String, help: &str) {
        if self.findings.len() < MOST_FINDINGS {
            let mut finding = Diagnostic::error(code, "", message).help(help);
            finding.position = Some(at);
            self.findings.push(finding);
        }
    }

    fn profile(&mut self, text: &[u8], options: &Options) -> Option<Profile> {
        let (header, lines) = self.parts(text)?;
        let kind = self.kind(&header);
        let count = self.number(&header, "NUMBER ALTERNATIVES", 1..=MOST_ALTERNATIVES, true);
        let points = match kind? {
            Kind::Categories => self.categories(&header, options),
            Kind::Orders { .. } => self.borda(&header, options, count),
        };
        let (kind, count, points) = (kind?, count?, points?);
        let names = self.names(&header, count);
        if count * lines.len() as u64 > MOST_FITS {
            let message = format!("{} lines of {count} alternatives", lines.len());
            let help = format!("lines times alternatives may be {MOST_FITS}");
            self.note(RANGE, (1, 1), message, &help);
            return None;
        }
        let mut seen = vec![0; count as usize];
        let mut voters = 0;
        let mut told = false;
        let mut ballots = Vec::with_capacity(lines.len());
        for (at, (number, text)) in lines.iter().enumerate() {
            let Some(line) = self.line(*number, text) else { continue };
            voters += line.voters;
            if voters * count > MOST_FITS {
                if !std::mem::replace(&mut told, true) {
                    let message = format!("{voters} voters and more of {count} alternatives");
                    let help = format!("voters times alternatives may be {MOST_FITS}");
                    self.note(RANGE, (*number, 1), message, &help);
                }
                continue;
            }
            self.alternatives(*number, &line, &mut seen, at + 1);
            let fits = match (kind, &points) {
                (Kind::Orders { complete, ties }, Points::Borda(scale)) => {
                    self.allowed(*number, &line, complete, ties, count);
                    orders(&line.groups, count, *scale)
                }
                (_, Points::Categories(categories)) => {
                    self.grouped(*number, &line, categories.len());
                    grouped(&line.groups, count, categories)
                }
                (Kind::Categories, Points::Borda(_)) => continue,
            };
            ballots.push(Ballot { voters: u32::try_from(line.voters).unwrap_or(u32::MAX), fits });
        }
        self.totals(&header, voters, lines.len() as u64);
        let title = header.keys.get("TITLE").map(|(_, title)| title.clone()).unwrap_or_default();
        Some(Profile { title, names, points, ballots, options: options.clone() })
    }

    /// The header and the lines of preferences.
    fn parts<'a>(&mut self, text: &'a [u8]) -> Option<(Header, Vec<Numbered<'a>>)> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut header = Header::default();
        let mut lines = Vec::new();
        for (at, line) in text.split(|b| *b == b'\n').enumerate() {
            let number = at + 1;
            let Ok(line) = std::str::from_utf8(line) else {
                let message = "the line is not UTF-8".to_owned();
                self.note(SYNTAX, (number, 1), message, "save the file as UTF-8");
                continue;
            };
            match line.trim().strip_prefix('#') {
                Some(entry) if lines.is_empty() => self.entry(&mut header, number, entry),
                Some(_) => {
                    let message = "a line of the header behind the preferences".to_owned();
                    self.note(HEADER, (number, 1), message, "write the header first");
                }
                None if line.trim().is_empty() => {}
                None => lines.push((number, line)),
            }
        }
        if header.keys.is_empty() && self.findings.is_empty() {
            let help = "give a file of PrefLib's form of September 2022 or later, whose first \
                        lines begin with `#`";
            self.note(HEADER, (1, 1), "the file has no header".to_owned(), help);
            return None;
        }
        Some((header, lines))
    }

    fn entry(&mut self, header: &mut Header, line: usize, entry: &str) {
        let (key, value) = entry.split_once(':').unwrap_or((entry, ""));
        let (key, value) = (key.trim(), value.trim().to_owned());
        let numbered = [
            ("ALTERNATIVE NAME", &mut header.alternatives),
            ("CATEGORY NAME", &mut header.categories),
        ];
        for (name, list) in numbered {
            let Some(rest) = key.strip_prefix(name) else { continue };
            let Ok(number) = rest.trim().parse::<u64>() else {
                let message = format!("{} has no number", quote(key));
                self.note(HEADER, (line, 1), message, &format!("write `# {name} 1: ...`"));
                return;
            };
            if list.insert(number, (line, value)).is_some() {
                self.again(line, key);
            }
            return;
        }
        if header.keys.insert(key.to_owned(), (line, value)).is_some() {
            self.again(line, key);
        }
    }

    fn again(&mut self, line: usize, key: &str) {
        let message = format!("{} has a line already", quote(key));
        self.note(HEADER, (line, 1), message, "keep one of the two");
    }

    fn kind(&mut self, header: &Header) -> Option<Kind> {
        let Some((line, kind)) = header.keys.get("DATA TYPE") else {
            let help = "write `# DATA TYPE: cat`, or soc, soi, toc or toi";
            self.note(HEADER, (1, 1), "the header has no `DATA TYPE`".to_owned(), help);
            return None;
        };
        let orders = |complete, ties| Some(Kind::Orders { complete, ties });
        match kind.as_str() {
            "cat" => Some(Kind::Categories),
            "soc" => orders(true, false),
            "soi" => orders(false, false),
            "toc" => orders(true, true),
            "toi" => orders(false, true),
            other => {
                let message = format!("data of the type {}", quote(other));
                let help = "give a file of the type cat, soc, soi, toc or toi";
                self.note(TYPE, (*line, 1), message, help);
                None
            }
        }
    }

    /// A number of the header, where it is there; it is missed where it is wanted.
    fn number(
        &mut self,
        header: &Header,
        key: &str,
        range: std::ops::RangeInclusive<u64>,
        wanted: bool,
    ) -> Option<u64> {
        let Some((line, text)) = header.keys.get(key) else {
            if wanted {
                let help = format!("write `# {key}: ...` before the preferences");
                self.note(HEADER, (1, 1), format!("the header has no {}", quote(key)), &help);
            }
            return None;
        };
        let Ok(number) = text.parse::<u64>() else {
            let message = format!("{}: {} is not a whole number", key, quote(text));
            self.note(HEADER, (*line, 1), message, "write how many there are");
            return None;
        };
        if !range.contains(&number) {
            let help = format!("write a number from {} to {}", range.start(), range.end());
            self.note(RANGE, (*line, 1), format!("{key}: {number}"), &help);
            return None;
        }
        Some(number)
    }

    /// The scores of the categories.
    fn categories(&mut self, header: &Header, options: &Options) -> Option<Points> {
        let count = self.number(header, "NUMBER CATEGORIES", 1..=MOST_CATEGORIES, true)?;
        let line = header.keys.get("NUMBER CATEGORIES").map_or(1, |(line, _)| *line);
        for (number, (line, _)) in &header.categories {
            if !(1..=count).contains(number) {
                let message = format!("category {number}, where there are {count}");
                self.note(COUNT, (*line, 1), message, "correct the number of categories");
            }
        }
        let name = |n: u64| header.categories.get(&n).map_or("", |(_, name)| name.as_str());
        let names: Vec<&str> = (1..=count).map(name).collect();
        let scores = match &options.category_scores {
            Some(scores) if scores.len() as u64 != count => {
                let message = format!("{} scores for {count} categories", scores.len());
                self.note(COUNT, (line, 1), message, "give a score for each category");
                return None;
            }
            Some(scores) => scores.clone(),
            None => spaced(&names),
        };
        let names = names.into_iter().map(str::to_owned);
        Some(Points::Categories(names.zip(scores).collect()))
    }

    /// The power of ten by which points are divided.
    fn borda(&mut self, header: &Header, options: &Options, count: Option<u64>) -> Option<Points> {
        if options.category_scores.is_some() {
            let line = header.keys.get("DATA TYPE").map_or(1, |(line, _)| *line);
            let message = "scores of categories for a file of orders".to_owned();
            self.note(TYPE, (line, 1), message, "leave the scores out");
            return None;
        }
        let most = count? as i64 - 1;
        let powers = (0..=5).map(|places| 10_i64.pow(places));
        powers.into_iter().find(|power| *power >= most).map(Points::Borda)
    }

    fn names(&mut self, header: &Header, count: u64) -> Vec<Option<String>> {
        for (number, (line, _)) in &header.alternatives {
            if !(1..=count).contains(number) {
                let message = format!("alternative {number}, where there are {count}");
                self.note(UNKNOWN, (*line, 1), message, "correct the number of alternatives");
            }
        }
        let name = |n| header.alternatives.get(&n).map(|(_, name)| name.clone());
        (1..=count).map(|n| name(n).filter(|name| !name.is_empty())).collect()
    }

    fn line(&mut self, number: usize, text: &str) -> Option<Line> {
        match ballot::line(text) {
            Ok(line) if (1..=MOST_VOTERS).contains(&line.voters) => Some(line),
            Ok(line) => {
                let help = format!("write a number from 1 to {MOST_VOTERS}");
                self.note(RANGE, (number, 1), format!("voters: {}", line.voters), &help);
                None
            }
            Err(Fault { column, wanted }) => {
                let message = format!("{wanted} should stand here");
                let help = "write `voters: alternative, {alternative, alternative}, ...`";
                self.note(SYNTAX, (number, column), message, help);
                None
            }
        }
    }

    /// Whether every alternative is known and stands there once. `seen` tells on which line it stood last.
    fn alternatives(&mut self, number: usize, line: &Line, seen: &mut [usize], at: usize) {
        for (column, alternative) in line.groups.iter().flat_map(|group| &group.members) {
            let index = usize::try_from(*alternative).ok().and_then(|n| n.checked_sub(1));
            let Some(last) = index.and_then(|n| seen.get_mut(n)) else {
                let message = format!("there is no alternative {alternative}");
                let help = format!("write a number from 1 to {}", seen.len());
                self.note(UNKNOWN, (number, *column), message, &help);
                continue;
            };
            if std::mem::replace(last, at) == at {
                let message = format!("alternative {alternative} stands twice on this line");
                self.note(TWICE, (number, *column), message, "keep one of the two");
            }
        }
    }

    /// Whether an order is as its type says.
    fn allowed(&mut self, number: usize, line: &Line, complete: bool, ties: bool, count: u64) {
        for group in &line.groups {
            if group.members.is_empty() {
                let message = "empty braces in an order".to_owned();
                self.note(SYNTAX, (number, group.column), message, "take them out");
            } else if group.members.len() > 1 && !ties {
                let message = "a tie, where the data type has none".to_owned();
                let help = "write the data type as toc or toi";
                self.note(TYPE, (number, group.column), message, help);
            }
        }
        let ranked: usize = line.groups.iter().map(|group| group.members.len()).sum();
        if complete && (ranked as u64) < count {
            let message = format!("{ranked} of {count} alternatives, where the data type has all");
            let help = "write the data type as soi or toi";
            self.note(TYPE, (number, 1), message, help);
        }
    }

    fn grouped(&mut self, number: usize, line: &Line, categories: usize) {
        if line.groups.len() != categories {
            let found = line.groups.len();
            let message = format!("categories on this line: {found}, where there are {categories}");
            self.note(COUNT, (number, 1), message, "write an empty category as `{}`");
        }
    }

    /// Whether there are as many voters and lines as the header says.
    fn totals(&mut self, header: &Header, voters: u64, lines: u64) {
        // WHY: a line that could not be read would be told twice.
        let whole = self.findings.is_empty();
        for (key, found) in [
            ("NUMBER VOTERS", voters),
            ("NUMBER UNIQUE ORDERS", lines),
            ("NUMBER UNIQUE PREFERENCES", lines),
        ] {
            let Some(told) = self.number(header, key, 0..=u64::MAX, false) else { continue };
            if told != found && whole {
                let line = header.keys.get(key).map_or(1, |(line, _)| *line);
                let message = format!("{key}: {told}, and there are {found}");
                self.note(COUNT, (line, 1), message, "is the file whole? correct the number");
            }
        }
        if voters == 0 && whole {
            let message = "no line of preferences".to_owned();
            self.note(COUNT, (1, 1), message, "is the file whole?");
        }
        if voters > MOST_VOTERS {
            let help = format!("an instance made of preferences has at most {MOST_VOTERS}");
            self.note(RANGE, (1, 1), format!("{voters} voters"), &help);
        }
    }
}

/// Scores from 1 to 0, evenly, for all categories but those that are called `conflict`.
fn spaced(names: &[&str]) -> Vec<Option<i64>> {
    let apart = |name: &str| name.eq_ignore_ascii_case("conflict");
    let steps = names.iter().filter(|name| !apart(name)).count() as i64 - 1;
    let mut step = steps;
    let mut scores = Vec::with_capacity(names.len());
    for name in names {
        if apart(name) {
            scores.push(None);
            continue;
        }
        // Rounded half up; a single category has 1.
        let score = (2 * MICRO * step + steps).checked_div(2 * steps).unwrap_or(MICRO);
        scores.push(Some(score));
        step -= 1;
    }
    scores
}

/// The fits of an order: of n alternatives the first has n - 1 points, the last none; those that are tied share the
/// mean of their places, and those that are not ranked are tied at the end.
fn orders(groups: &[Group], count: u64, scale: i64) -> Vec<i32> {
    let count = count as i64;
    // Points are halves: twice the mean of the places `place` to `place + tied - 1`.
    let fit = |place: i64, tied: i64| {
        let doubled = 2 * (count - 1 - place) - (tied - 1);
        (doubled * (MICRO / 2 / scale)) as i32
    };
    let ranked: usize = groups.iter().map(|group| group.members.len()).sum();
    let rest = count - ranked as i64;
    let mut fits = vec![fit(ranked as i64, rest.max(1)); count as usize];
    let mut place = 0;
    for group in groups {
        let tied = group.members.len() as i64;
        set(&mut fits, group, fit(place, tied));
        place += tied;
    }
    fits
}

/// The fits of alternatives in categories; whatever is in none is kept apart.
fn grouped(groups: &[Group], count: u64, categories: &[(String, Option<i64>)]) -> Vec<i32> {
    let mut fits = vec![APART; count as usize];
    for (group, (_, score)) in groups.iter().zip(categories) {
        set(&mut fits, group, score.map_or(APART, |score| score as i32));
    }
    fits
}

fn set(fits: &mut [i32], group: &Group, fit: i32) {
    for (_, alternative) in &group.members {
        let index = usize::try_from(*alternative).ok().and_then(|n| n.checked_sub(1));
        if let Some(place) = index.and_then(|n| fits.get_mut(n)) {
            *place = fit;
        }
    }
}
