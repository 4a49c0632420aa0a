//! Before the first run: is everything there that the plan names, and is every instance sound?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Parser;

use super::super::Failure;
use super::super::args::Cli;
use super::super::commands::invalid;
use super::run::{Bench, Measured, Ready, digest, put, text};
use crate::bench::{FILE, INSTANCE, METHOD, Places, Plan, Run, Source, What};
use crate::diagnostic::{Diagnostic, quote};

/// Finds what the plan names and comity does not have, before anything is written.
pub(super) fn look(plan: &Plan, name: &Path, base: &Path) -> Result<(), Failure> {
    let mut findings = Vec::new();
    for (index, source) in plan.checked.instances.iter().enumerate() {
        let pointer = format!("/instances/{index}");
        if let What::File(file) | What::Convert(file, _) = &source.what
            && !base.join(file).is_file()
        {
            let message = format!("there is no file {}", quote(file));
            let finding = Diagnostic::error(FILE, pointer.clone(), message);
            findings.push(finding.help("a path starts from the folder of the plan"));
        }
        let command = match &source.what {
            What::File(_) => continue,
            What::Generate(arguments) => words("generate", arguments, &[]),
            What::Convert(file, arguments) => words("convert", arguments, &[file]),
        };
        if let Some(message) = refused(&command) {
            let finding = Diagnostic::error(INSTANCE, pointer, message);
            findings
                .push(finding.help(format!("`comity {} --help` tells what there is", command[0])));
        }
    }
    for (index, method) in plan.checked.methods.iter().enumerate() {
        let mechanism = method.name.as_str();
        let command = ["solve", "-", "--mechanism", mechanism].map(str::to_owned);
        if method.command.is_none() && refused(&command).is_some() {
            let message = format!("comity has no method {}", quote(mechanism));
            let help =
                "write `optimise` or a mechanism of `comity solve --help`, or give it a `command`";
            let place = format!("/methods/{index}");
            findings.push(Diagnostic::error(METHOD, place, message).help(help));
        }
    }
    fail(plan, name, findings)
}

fn fail(plan: &Plan, name: &Path, mut findings: Vec<Diagnostic>) -> Result<(), Failure> {
    if findings.is_empty() {
        return Ok(());
    }
    plan.places.locate(&mut findings);
    let text = match &plan.places {
        Places::Json(text) => text.clone(),
        Places::Toml(_) => Vec::new(),
    };
    Err(invalid(name, text, findings))
}

fn words(command: &str, arguments: &[String], files: &[&String]) -> Vec<String> {
    let files = files.iter().copied().cloned();
    std::iter::once(command.to_owned()).chain(arguments.iter().cloned()).chain(files).collect()
}

/// Why the command line of comity would refuse these words.
fn refused(command: &[String]) -> Option<String> {
    let program = std::iter::once("comity").chain(command.iter().map(String::as_str));
    let error = Cli::try_parse_from(program).err()?;
    let told = error.to_string();
    let first = told.lines().next().unwrap_or_default();
    Some(first.trim_start_matches("error: ").trim_end_matches('.').replace('\'', "`"))
}

/// Makes the instances that these runs need, and finds out whether they are sound.
pub(super) fn instances(
    bench: &Bench<'_>,
    plan: &Plan,
    name: &Path,
    runs: &[&Run<'_>],
) -> Result<BTreeMap<String, Ready>, Failure> {
    let needed: BTreeSet<&String> = runs.iter().map(|run| &run.source.name).collect();
    let mut ready = BTreeMap::new();
    let mut findings = Vec::new();
    for (index, source) in plan.checked.instances.iter().enumerate() {
        if !needed.contains(&source.name) {
            continue;
        }
        match instance(bench, source)? {
            Ok(made) => {
                ready.insert(source.name.clone(), made);
            }
            Err(said) => {
                let said = said.join("; ");
                let message = format!("{} is no sound instance: {said}", quote(&source.name));
                let finding = Diagnostic::error(INSTANCE, format!("/instances/{index}"), message);
                findings.push(finding.help("`comity validate` tells everything about a document"));
            }
        }
    }
    fail(plan, name, findings).map(|()| ready)
}

/// One instance, or what was said of it.
fn instance(bench: &Bench<'_>, source: &Source) -> Result<Result<Ready, Vec<String>>, Failure> {
    let unread = |path: &Path, error| super::cannot("read", path, &error);
    let path = match &source.what {
        What::File(file) => {
            let path = bench.base.join(file);
            path.canonicalize().map_err(|e| unread(&path, e))?
        }
        What::Generate(arguments) => {
            match made(bench, source, &words("generate", arguments, &[]))? {
                Ok(path) => path,
                Err(said) => return Ok(Err(said)),
            }
        }
        What::Convert(file, arguments) => {
            let file = text(&bench.base.join(file));
            match made(bench, source, &words("convert", arguments, &[&file]))? {
                Ok(path) => path,
                Err(said) => return Ok(Err(said)),
            }
        }
    };
    let checked = bench.own(&["validate", &text(&path)])?;
    if checked.exit != Some(0) {
        return Ok(Err(short(checked)));
    }
    let sha256 = digest(&path).map_err(|e| unread(&path, e))?;
    Ok(Ok(Ready { path, sha256 }))
}

/// The file of an instance that this comity makes, in its place.
///
/// WHY: it is made anew each time, so that a file of an earlier version is never taken for it.
fn made(
    bench: &Bench<'_>,
    source: &Source,
    command: &[String],
) -> Result<Result<PathBuf, Vec<String>>, Failure> {
    let file = format!("{}.json", source.name);
    let (fresh, place) = (bench.work.join(&file), bench.folder.join("instances").join(&file));
    let output = text(&fresh);
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.extend(["--output", &output]);
    let measured = bench.own(&arguments)?;
    if measured.exit != Some(0) {
        return Ok(Err(short(measured)));
    }
    let same = digest(&place).ok() == digest(&fresh).ok();
    if same {
        let _ = std::fs::remove_file(&fresh);
    } else {
        put(&fresh, &place)?;
    }
    Ok(Ok(place))
}

/// The first lines of what was said.
fn short(measured: Measured) -> Vec<String> {
    measured.said.into_iter().take(3).map(|line| line.trim().to_owned()).collect()
}
