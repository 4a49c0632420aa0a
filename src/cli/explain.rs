//! The command `explain`.

use std::path::Path;

use serde::Serialize;

use super::args::{ErrorFormat, ExplainArgs, TextFormat};
use super::commands::{gap, invalid, json, load_file, named, print, time_limit};
use super::files;
use super::progress::Progress;
use super::{Exit, Failure};
use crate::domain::DisputeIx;
use crate::explain::{self, WhatIfError};
use crate::format::{InstanceDoc, SolutionDoc, read_solution};
use crate::pipeline::{Loaded, Screened};
use crate::solution::Solution;
use crate::solve::{Control, News, Options};

pub(super) fn explain(args: &ExplainArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Loaded { instance, document: asked, .. } = load_file(&args.instance, format)?;
    let mut screened = Screened::new(instance);
    let text = files::read(&args.solution)?;
    let document = match read_solution(&text) {
        Ok(document) => document,
        Err(findings) => return Err(invalid(&args.solution, text, findings)),
    };
    if let Some(from) = &document.from {
        screened = screened.keeping_to(from.clone());
    }
    let answer = match explain::read_answer(&screened.instance, &document) {
        Ok(answer) => answer,
        Err(findings) => return Err(invalid(&args.solution, text, findings)),
    };
    if !args.what_if.is_empty() {
        return suppose(args, &asked, &document);
    }
    if args.scarce {
        return scarce(args, &screened, &asked, &document);
    }
    if args.recusals {
        return recuse(args, &screened, &asked, (&document, &answer));
    }
    let (dispute, mediator) = (args.dispute.as_deref(), args.mediator.as_deref());
    let audience = args.audience;
    let find_dispute = |id: &str| explain::find_dispute(&screened.instance, id);
    let find_mediator = |id: &str| explain::find_mediator(&screened.instance, id);
    let dispute = named(dispute, "dispute", find_dispute)?;
    let mediator = named(mediator, "mediator", find_mediator)?;
    if let Some(dispute) = dispute.filter(|_| args.remedies) {
        return cure(args, &screened, &asked, &document, dispute);
    }
    if let Some(dispute) = dispute.filter(|_| args.core) {
        return core(args, &screened, &asked, dispute);
    }
    let for_parties = !audience.sees_all();
    match (dispute, mediator) {
        (Some(d), Some(m)) => {
            let read = (&document, &answer);
            let told = explain::in_dispute(&screened, read, (d, m), for_parties);
            tell(args, &asked, &told, explain::in_dispute_text)
        }
        (Some(d), None) => {
            let told = explain::dispute_told(&screened, &document, d, for_parties);
            tell(args, &asked, &told, explain::dispute_text)
        }
        _ => {
            let told = explain::docket_told(&screened, &document, for_parties);
            tell(args, &asked, &told, explain::docket_text)
        }
    }
}

/// Prints what is told, with the names of what it calls by an id.
fn tell<T: Serialize>(
    args: &ExplainArgs,
    asked: &InstanceDoc,
    told: &T,
    in_words: impl Fn(&T) -> String,
) -> Result<Exit, Failure> {
    let for_parties = !args.audience.sees_all();
    print(&match args.format {
        TextFormat::Text => explain::legend(in_words(told), asked, for_parties),
        TextFormat::Json => json(&explain::with_names(told, asked, for_parties))?,
    })
}

/// What if something were otherwise.
fn suppose(
    args: &ExplainArgs,
    document: &InstanceDoc,
    solution: &SolutionDoc,
) -> Result<Exit, Failure> {
    let found = planning(args, |options, control| {
        let how = (options, args.anew);
        explain::what_if(document, solution, &args.what_if, how, control)
    })?;
    let found = match found {
        Ok(found) => found,
        Err(WhatIfError::Unknown(message)) => return Err(Failure::Usage(message)),
        Err(WhatIfError::Invalid(findings)) => {
            return Err(invalid(Path::new("the changed instance"), Vec::new(), findings));
        }
    };
    tell(args, document, &found, explain::what_if_text)
}

/// What would serve an unserved dispute.
fn cure(
    args: &ExplainArgs,
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
    dispute: DisputeIx,
) -> Result<Exit, Failure> {
    let found = planning(args, |options, control| {
        explain::remedies(screened, document, solution, dispute, options, control)
    })?;
    let Some(found) = found else {
        let name = screened.instance.dispute_name(dispute);
        return Err(Failure::Usage(format!("`{name}` is served")));
    };
    tell(args, document, &found, explain::remedies_text)
}

/// What is scarce, and what one more of it would be worth.
fn scarce(
    args: &ExplainArgs,
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
) -> Result<Exit, Failure> {
    let found = planning(args, |options, control| {
        explain::scarcities(screened, document, solution, options, control)
    })?;
    let Some(found) = found else {
        let message = "the solution has no certificate, so nothing in it has a price";
        return Err(Failure::Usage(message.to_owned()));
    };
    tell(args, document, &found, explain::scarcities_text)
}

/// What a planning finds, with progress and within the limits that were asked for.
fn planning<T>(
    args: &ExplainArgs,
    find: impl FnOnce(Options, &Control<'_>) -> T,
) -> Result<T, Failure> {
    let options = Options { gap: gap(args.gap)?, ..Options::default() };
    let limit = time_limit(args.time_limit)?;
    let progress = Progress::about("planning");
    progress.until(limit, None);
    let show = |news: &News| progress.show(news);
    let enter = |phase| progress.enter(phase);
    let control = Control::new(limit, None).with_progress(&show).with_phases(&enter);
    let found = find(options, &control);
    progress.finish();
    Ok(found)
}

/// Who could step in, and what recusals would come to.
fn recuse(
    args: &ExplainArgs,
    screened: &Screened,
    document: &InstanceDoc,
    answer: (&SolutionDoc, &Solution),
) -> Result<Exit, Failure> {
    let found = planning(args, |options, control| {
        explain::recusals(screened, document, answer, options, control)
    })?;
    tell(args, document, &found, explain::recusals_text)
}

/// Why a dispute cannot be served even alone.
fn core(
    args: &ExplainArgs,
    screened: &Screened,
    document: &InstanceDoc,
    dispute: DisputeIx,
) -> Result<Exit, Failure> {
    let Some(found) = explain::core(screened, document, dispute) else {
        let name = screened.instance.dispute_name(dispute);
        let message = format!("`{name}` could be served if it were alone, or may not be mediated");
        return Err(Failure::Usage(message));
    };
    tell(args, document, &found, explain::core_text)
}
