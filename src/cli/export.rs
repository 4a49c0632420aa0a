//! `export --format lp` and `mps`: the compact model of a docket, for one tier.

use std::path::Path;

use super::args::{ErrorFormat, ExportArgs, ExportFormat};
use super::commands::{earlier, invalid, load_file, warn};
use super::{Exit, Failure, files, origin};
use crate::diagnostic::{Diagnostic, quote};
use crate::domain::Instance;
use crate::export::model as models;
use crate::format::{SolutionDoc, read_solution};
use crate::pipeline::Screened;

/// Refuses what goes with models alone.
pub(super) fn grid_takes_no_tier(args: &ExportArgs) -> Result<(), Failure> {
    let given = [
        ("--tier", args.tier.is_some()),
        ("--hold", args.hold.is_some()),
        ("--values", !args.values.is_empty()),
        ("--from", args.from.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((name, _)) => {
            Err(Failure::Usage(format!("`{name}` goes with `--format lp` and `--format mps`")))
        }
        None => Ok(()),
    }
}

/// Writes a model.
pub(super) fn model(args: &ExportArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let loaded = load_file(&args.instance, format)?;
    files::expect_folder(&args.output)?;
    let mut screened = Screened::new(loaded.instance);
    let mut above = args.values.clone();
    if let Some(path) = &args.from {
        let from = earlier(path, &screened.instance, format)?;
        screened = screened.keeping_to(from);
    }
    if let Some(path) = &args.hold {
        let (solution, text) = held(path, &screened.instance, format)?;
        if let Some(from) = &solution.from {
            screened = screened.keeping_to(from.clone());
        }
        let (own, told) = (models::model_tiers(&screened.instance).len(), solution.objective.tiers);
        if told.len() != own {
            let message = format!("the solution has {} tiers, the instance {own}", told.len());
            let finding = Diagnostic::error("wrong-length", "/objective/tiers", message)
                .help("give a solution that `comity solve` made of this instance");
            return Err(invalid(path, text, vec![finding]));
        }
        above = told;
    }
    let tier = chosen(args, &models::model_tiers(&screened.instance), above.len())?;
    let model = models::model(&screened.instance, screened.tables(), tier, &above);
    let model = match model {
        Ok(model) => model,
        // WHY read again: the text has been let go of, and this is told but once.
        Err(finding) => {
            return Err(invalid(&args.instance, reread(&args.instance), vec![finding]));
        }
    };
    files::stream(&args.output, |out| match args.format {
        ExportFormat::Mps => models::write_mps(&model, out),
        ExportFormat::Grid | ExportFormat::Lp => models::write_lp(&model, out),
    })?;
    Ok(Exit::Done)
}

/// The place of the tier that is to be maximised.
fn chosen(args: &ExportArgs, tiers: &[String], above: usize) -> Result<usize, Failure> {
    let known = tiers.join("`, `");
    if above > tiers.len() {
        let message = format!("--values: the instance has {} tiers: `{known}`", tiers.len());
        return Err(Failure::Usage(message));
    }
    let last = tiers.len() - 1;
    let Some(name) = &args.tier else {
        return Ok(above.min(last));
    };
    let Some(tier) = tiers.iter().position(|tier| tier == name) else {
        let message = format!("the instance has no tier {}; there are `{known}`", quote(name));
        return Err(Failure::Usage(message));
    };
    if tier > above {
        let message = format!(
            "`--tier {name}` needs what the tiers above it have reached: give `--hold SOLUTION` or `--values`"
        );
        return Err(Failure::Usage(message));
    }
    Ok(tier)
}

/// The solution whose tiers are held.
fn held(
    path: &Path,
    instance: &Instance,
    format: ErrorFormat,
) -> Result<(SolutionDoc, Vec<u8>), Failure> {
    let text = files::read(path)?;
    let solution = match read_solution(&text) {
        Ok(solution) => solution,
        Err(findings) => return Err(invalid(path, text, findings)),
    };
    if solution.instance.digest != instance.digest() {
        let message = format!("the solution answers another version of {}", quote(instance.id()));
        let finding = Diagnostic::error("other-instance", "/instance/digest", message)
            .help("give the instance that was solved, or solve this one");
        return Err(invalid(path, text, vec![finding]));
    }
    warn(path, &text, &origin::other_tzdb(&solution), format);
    Ok((solution, text))
}

/// The text of an instance for the place of a finding; nothing where it came through a pipe.
fn reread(path: &Path) -> Vec<u8> {
    if path == Path::new("-") { Vec::new() } else { files::read(path).unwrap_or_default() }
}
