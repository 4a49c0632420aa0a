//! What a plan asks for, once nothing is wrong with it.

use std::fmt::Write as _;

use super::codes::{COMMAND, EMPTY, INSTANCE, NAME, NUMBER, SIZE, TWICE};
use crate::diagnostic::{Diagnostic, nearest, quote};
use crate::format::{
    BenchCommandDoc, BenchDoc, BenchInstanceDoc, BenchLimitDoc, BenchMethodDoc, BenchSourceDoc,
    Decimal,
};

/// The method that a plan without methods means.
pub(super) const OPTIMISE: &str = "optimise";
/// What stands in a command for what its name says.
const PLACEHOLDERS: [&str; 4] = ["instance", "output", "seed", "time_limit"];
/// More runs than this are a slip of the hand.
const MOST_RUNS: usize = 1_000_000;
const MOST_REPEATS: u32 = 10_000;
const MOST_THREADS: u32 = 512;
const LONGEST_NAME: usize = 64;

/// What a sound plan asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// A title for people.
    pub title: Option<String>,
    /// The instances, no two of one name.
    pub instances: Vec<Source>,
    /// The methods, no two of one name.
    pub methods: Vec<Method>,
    /// The seeds.
    pub seeds: Vec<u64>,
    /// The time limits, in seconds.
    pub limits: Vec<Option<Decimal>>,
    /// How often each run is made.
    pub repeat: u32,
    /// The same for every run.
    pub options: RunOptions,
}

/// Options that all runs of a plan share; what is not there is left to `solve`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunOptions {
    /// Relative gap at which quality counts as proven.
    pub gap: Option<Decimal>,
    /// Threads.
    pub threads: Option<u32>,
    /// Largest number of nodes in the search of each tier.
    pub node_limit: Option<u32>,
}

/// An instance and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name in tables and plots.
    pub name: String,
    /// Where it comes from.
    pub what: What,
}

/// Where an instance comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A file, relative to the plan.
    File(String),
    /// `comity generate` with these arguments.
    Generate(Vec<String>),
    /// `comity convert` with these arguments, of a file relative to the plan.
    Convert(String, Vec<String>),
}

/// A method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Its name in tables and plots.
    pub name: String,
    /// Program and arguments, where it is none of comity's own.
    pub command: Option<Vec<String>>,
}

/// What a plan asks for.
///
/// # Errors
/// Every finding.
pub fn check_plan(doc: &BenchDoc) -> Result<Checked, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let instances: Vec<Source> = doc
        .instances
        .iter()
        .enumerate()
        .map(|(index, one)| source(one, &format!("/instances/{index}"), &mut findings))
        .collect();
    if instances.is_empty() {
        let finding = Diagnostic::error(EMPTY, "/instances", "the plan has no instance");
        findings.push(finding.help("name at least one"));
    }
    let mut methods: Vec<Method> = doc
        .methods
        .iter()
        .enumerate()
        .map(|(index, one)| method(one, &format!("/methods/{index}"), &mut findings))
        .collect();
    if methods.is_empty() {
        methods.push(Method { name: OPTIMISE.to_owned(), command: None });
    }
    let seeds = if doc.seeds.is_empty() { vec![0] } else { doc.seeds.clone() };
    let limits = limits(&doc.time_limits, &mut findings);
    let names = |of: &[Source]| of.iter().map(|one| one.name.to_lowercase()).collect::<Vec<_>>();
    twice("/instances", "name", &names(&instances), &mut findings);
    let names: Vec<String> = methods.iter().map(|one| one.name.to_lowercase()).collect();
    twice("/methods", "name", &names, &mut findings);
    let told: Vec<String> = seeds.iter().map(u64::to_string).collect();
    twice("/seeds", "seed", &told, &mut findings);
    let told: Vec<String> = limits.iter().map(|limit| limit_text(*limit)).collect();
    twice("/time_limits", "time limit", &told, &mut findings);
    numbers(doc, &mut findings);
    let repeat = doc.repeat.unwrap_or(1);
    let sizes = [instances.len(), methods.len(), seeds.len(), limits.len(), repeat as usize];
    let all = sizes.iter().try_fold(1_usize, |all, size| all.checked_mul(*size));
    if all.is_none_or(|all| all > MOST_RUNS) {
        let message = format!("the plan asks for more than {MOST_RUNS} runs");
        findings.push(Diagnostic::error(SIZE, "", message).help("make several plans of it"));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let options = RunOptions { gap: doc.gap, threads: doc.threads, node_limit: doc.node_limit };
    Ok(Checked { title: doc.title.clone(), instances, methods, seeds, limits, repeat, options })
}

/// A time limit as tables show it.
pub(super) fn limit_text(limit: Option<Decimal>) -> String {
    limit.map_or_else(
        || "none".to_owned(),
        |limit| format!("{} s", super::answers::plain(limit.micro())),
    )
}

fn limits(asked: &[BenchLimitDoc], findings: &mut Vec<Diagnostic>) -> Vec<Option<Decimal>> {
    let mut limits = Vec::with_capacity(asked.len().max(1));
    for (index, one) in asked.iter().enumerate() {
        let limit = match one {
            BenchLimitDoc::Seconds(seconds) => Some(*seconds),
            BenchLimitDoc::Unlimited(_) => None,
        };
        if limit.is_some_and(|limit| limit.micro() <= 0) {
            let message = "a time limit is a positive number of seconds";
            let finding = Diagnostic::error(NUMBER, format!("/time_limits/{index}"), message);
            findings.push(finding.help("write `\"none\"` for no limit"));
        }
        limits.push(limit);
    }
    if limits.is_empty() { vec![None] } else { limits }
}

fn numbers(doc: &BenchDoc, findings: &mut Vec<Diagnostic>) {
    let mut beyond = |key: &str, sound: bool, range: &str| {
        if !sound {
            let message = format!("`{key}` lies {range}");
            let finding = Diagnostic::error(NUMBER, format!("/{key}"), message);
            findings.push(finding.help("write a number in this range, or leave the key out"));
        }
    };
    let gap = doc.gap.map_or(0, Decimal::micro);
    beyond("gap", (0..=Decimal::ONE).contains(&gap), "between 0 and 1");
    let threads = doc.threads.unwrap_or(1);
    beyond("threads", (1..=MOST_THREADS).contains(&threads), "between 1 and 512");
    let repeat = doc.repeat.unwrap_or(1);
    beyond("repeat", (1..=MOST_REPEATS).contains(&repeat), "between 1 and 10000");
}

/// Notes what stands in a list twice.
fn twice(list: &str, kind: &str, told: &[String], findings: &mut Vec<Diagnostic>) {
    let mut first = std::collections::BTreeMap::new();
    for (index, one) in told.iter().enumerate() {
        if let Some(earlier) = first.get(one) {
            let message = format!("the {kind} {} stands here twice", quote(one));
            let help =
                if kind == "name" { "give one of the two another `name`" } else { "keep one" };
            let finding = Diagnostic::error(TWICE, format!("{list}/{index}"), message);
            findings.push(finding.help(help).related(format!("{list}/{earlier}")));
        } else {
            first.insert(one, index);
        }
    }
}

/// True when a name can be part of the name of a file anywhere.
fn is_name(name: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (1..=LONGEST_NAME).contains(&name.len())
        && name.chars().all(sound)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn check_name(name: &str, pointer: String, findings: &mut Vec<Diagnostic>) {
    if !is_name(name) {
        let message = format!("{} cannot be the name of an instance or method here", quote(name));
        findings.push(Diagnostic::error(NAME, pointer, message).help(
            "write 1 to 64 characters from `A-Z a-z 0-9 . _ -` that begin with a letter or a digit",
        ));
    }
}

fn source(one: &BenchInstanceDoc, pointer: &str, findings: &mut Vec<Diagnostic>) -> Source {
    let own;
    let source = match one {
        BenchInstanceDoc::File(file) => {
            own = BenchSourceDoc { file: Some(file.clone()), ..BenchSourceDoc::default() };
            &own
        }
        BenchInstanceDoc::Source(source) => source.as_ref(),
    };
    let what = what(source, pointer, findings);
    let name = match &source.name {
        Some(name) => {
            check_name(name, format!("{pointer}/name"), findings);
            name.clone()
        }
        None => default_name(&what),
    };
    Source { name, what }
}

fn what(source: &BenchSourceDoc, pointer: &str, findings: &mut Vec<Diagnostic>) -> What {
    let mut arguments = Vec::new();
    let mut idle = Vec::new();
    let numbers = [
        ("seed", source.seed),
        ("disputes", source.disputes.map(u64::from)),
        ("mediators", source.mediators.map(u64::from)),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            arguments.extend([format!("--{key}"), number.to_string()]);
            idle.push(key);
        }
    }
    if source.tight == Some(true) {
        arguments.push("--tight".to_owned());
        idle.push("tight");
    }
    let (what, strange) = match (&source.file, &source.generate, &source.convert) {
        (Some(file), None, None) => (What::File(file.clone()), idle),
        (None, Some(profile), None) => {
            arguments.insert(0, profile.clone());
            (What::Generate(arguments), Vec::new())
        }
        (Some(file), None, Some(form)) => {
            idle.retain(|key| form != "isds" || matches!(*key, "mediators" | "tight"));
            arguments.splice(0..0, ["--from".to_owned(), form.clone()]);
            (What::Convert(file.clone(), arguments), idle)
        }
        _ => {
            let message = "the instance has to say where it comes from, once";
            findings.push(Diagnostic::error(INSTANCE, pointer, message).help(
                "write `file`, or `generate` with a profile, or `convert` with a form and `file`",
            ));
            (What::File(String::new()), Vec::new())
        }
    };
    for key in strange {
        let message = format!("`{key}` says nothing about this instance");
        let finding = Diagnostic::error(INSTANCE, format!("{pointer}/{key}"), message);
        findings.push(finding.help("it goes with `generate`; leave it out"));
    }
    what
}

/// A name made from where an instance comes from.
fn default_name(what: &What) -> String {
    let told = match what {
        What::File(file) | What::Convert(file, _) => {
            let last = file.rsplit(['/', '\\']).next().unwrap_or_default();
            // WHY: `d05100` and `a10200` have no ending, and a name that is all ending is a name.
            match last.rsplit_once('.') {
                Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
                _ => last.to_owned(),
            }
        }
        What::Generate(arguments) => {
            let mut name = String::new();
            for argument in arguments {
                match argument.strip_prefix("--") {
                    // `--seed 1` becomes `-s1`.
                    Some(key) if key != "tight" => {
                        let _ = write!(name, "-{}", key.get(..1).unwrap_or_default());
                    }
                    Some(key) => {
                        let _ = write!(name, "-{key}");
                    }
                    None => name.push_str(argument),
                }
            }
            name
        }
    };
    let sound = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let name: String = told.chars().map(sound).take(LONGEST_NAME).collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if name.is_empty() { "instance".to_owned() } else { name.to_owned() }
}

fn method(one: &BenchMethodDoc, pointer: &str, findings: &mut Vec<Diagnostic>) -> Method {
    match one {
        BenchMethodDoc::Own(name) => {
            check_name(name, pointer.to_owned(), findings);
            Method { name: name.clone(), command: None }
        }
        BenchMethodDoc::Other(BenchCommandDoc { name, command }) => {
            check_name(name, format!("{pointer}/name"), findings);
            check_command(command, &format!("{pointer}/command"), findings);
            Method { name: name.clone(), command: Some(command.clone()) }
        }
    }
}

fn check_command(command: &[String], pointer: &str, findings: &mut Vec<Diagnostic>) {
    if command.first().is_none_or(String::is_empty) {
        let finding = Diagnostic::error(COMMAND, pointer, "the command names no program");
        findings.push(finding.help("write the program first, then its arguments"));
        return;
    }
    let mut seen = Vec::new();
    for (index, word) in command.iter().enumerate() {
        for name in placeholders(word) {
            if !PLACEHOLDERS.contains(&name) {
                let message =
                    format!("`{{{}}}` stands for nothing here", quote(name).trim_matches('`'));
                let help = nearest(name, PLACEHOLDERS).map_or_else(
                    || "there are `{instance}`, `{output}`, `{seed}` and `{time_limit}`".to_owned(),
                    |near| format!("did you mean `{{{near}}}`?"),
                );
                let place = format!("{pointer}/{index}");
                findings.push(Diagnostic::error(COMMAND, place, message).help(help));
            }
            seen.push(name);
        }
    }
    for needed in &PLACEHOLDERS[..2] {
        if !seen.contains(needed) {
            let message = format!("the command is not told `{{{needed}}}`");
            let help = "say where the program reads the instance and writes its solution";
            findings.push(Diagnostic::error(COMMAND, pointer, message).help(help));
        }
    }
}

/// What stands between braces in a word, where it looks like a name.
fn placeholders(word: &str) -> impl Iterator<Item = &str> {
    word.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

impl Method {
    /// The command with every placeholder replaced; nothing for one of comity's own.
    ///
    /// Without a time limit `{time_limit}` is `none`.
    #[must_use]
    pub fn filled(
        &self,
        instance: &str,
        output: &str,
        seed: u64,
        limit: Option<Decimal>,
    ) -> Option<Vec<String>> {
        let limit =
            limit.map_or_else(|| "none".to_owned(), |one| super::answers::plain(one.micro()));
        let seed = seed.to_string();
        let values = [instance, output, &seed, &limit];
        let fill = |word: &String| {
            let mut filled = String::new();
            let mut rest = word.as_str();
            // WHY: one pass, so that a path with braces in it is not filled in once more.
            'word: while let Some(at) = rest.find('{') {
                filled.push_str(&rest[..at]);
                rest = &rest[at..];
                for (name, value) in PLACEHOLDERS.iter().zip(values) {
                    if let Some(after) =
                        rest[1..].strip_prefix(name).and_then(|after| after.strip_prefix('}'))
                    {
                        filled.push_str(value);
                        rest = after;
                        continue 'word;
                    }
                }
                filled.push('{');
                rest = &rest[1..];
            }
            filled + rest
        };
        self.command.as_ref().map(|command| command.iter().map(fill).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, What, default_name};

    #[test]
    fn names_come_from_files_and_arguments() {
        let file = |name: &str| default_name(&What::File(name.to_owned()));
        assert_eq!(file("a/b c.json"), "b-c");
        assert_eq!(file("../.json"), "json");
        assert_eq!(file(""), "instance");
        let words = ["random", "--seed", "3", "--disputes", "20", "--tight"];
        let made = What::Generate(words.map(str::to_owned).to_vec());
        assert_eq!(default_name(&made), "random-s3-d20-tight");
    }

    #[test]
    fn braces_in_a_path_are_left_alone() {
        let command = ["x", "{instance}:{output}", "{seed}{", "{{time_limit}}"];
        let command = Some(command.map(str::to_owned).to_vec());
        let method = Method { name: "x".to_owned(), command };
        let filled = method.filled("{output}", "o", 7, None).expect("a command");
        assert_eq!(filled, ["x", "{output}:o", "7{", "{none}"]);
    }
}
