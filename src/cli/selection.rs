//! Panels by other mechanisms than optimisation: what was asked for, made-up ballots, measures of answers.

use std::path::Path;

use super::args::{BallotsArgs, ErrorFormat, SolveArgs, TextFormat};
use super::commands::{invalid, json, load_file, print};
use super::{Exit, Failure, files};
use crate::diagnostic::Diagnostic;
use crate::domain::Instance;
use crate::format::{Mechanism, read_solution};
use crate::mechanism;
use crate::pipeline::{Loaded, Screened};

/// The longest seed of draws, in bytes.
const MOST_SEED: usize = 256;

/// The mechanism that selects panels, and the seed of its draws.
pub(super) fn selection(
    args: &SolveArgs,
    instance: &Instance,
) -> Result<(Mechanism, String), Failure> {
    let policy = &instance.policy().selection;
    let mechanism = args.mechanism.unwrap_or(policy.mechanism);
    if args.from.is_some() && mechanism != Mechanism::Optimise {
        let message = format!("`--from` does not go with the mechanism `{}`", mechanism.name());
        return Err(Failure::Usage(message));
    }
    if policy.commitment.is_some()
        && mechanism::draws(policy.mechanism)
        && mechanism != policy.mechanism
    {
        let promised = policy.mechanism.name();
        let message = format!("the instance commits to a draw by `{promised}`; no other will do");
        return Err(Failure::Usage(message));
    }
    let seed = args.draw_seed.clone().unwrap_or_else(|| args.seed.to_string());
    if seed.is_empty() || seed.len() > MOST_SEED || seed.chars().any(char::is_control) {
        let message = format!("--draw-seed is 1 to {MOST_SEED} bytes without control characters");
        return Err(Failure::Usage(message));
    }
    let has_tiers = instance.has_least()
        || instance.policy().worst_first
        || !instance.policy().levels.is_empty();
    if mechanism == Mechanism::Lottery && has_tiers {
        let message = "a lottery goes with the plain sum of fit alone, not with `min_cases`, `max-min` or `leximin`";
        return Err(Failure::Usage(message.to_owned()));
    }
    let found = mechanism::commitment(&seed);
    if mechanism::draws(mechanism) && policy.commitment.as_ref().is_some_and(|told| *told != found)
    {
        let message = "the seed of the draws is not the one to which `policy.selection.commitment` commits; give it by --draw-seed";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok((mechanism, seed))
}

/// `stats` with a solution.
pub(super) fn measures(
    path: &Path,
    solution: &Path,
    form: TextFormat,
    format: ErrorFormat,
) -> Result<Exit, Failure> {
    let Loaded { instance, .. } = load_file(path, format)?;
    let text = files::read(solution)?;
    let document = match read_solution(&text) {
        Ok(document) => document,
        Err(findings) => return Err(invalid(solution, text, findings)),
    };
    if document.instance.digest != instance.digest() {
        let message = "the solution answers another instance";
        let finding = Diagnostic::error("other-instance", "/instance/digest", message)
            .help("measure a solution of this very instance");
        return Err(invalid(solution, text, vec![finding]));
    }
    let found = mechanism::measure(&instance, &document);
    print(&match form {
        TextFormat::Text => mechanism::measures_text(&found),
        TextFormat::Json => json(&found)?,
    })
}

/// `ballots`.
pub(super) fn ballots(args: &BallotsArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if !(0.0..=10.0).contains(&args.lean) {
        return Err(Failure::Usage("--lean lies between 0 and 10".to_owned()));
    }
    let Loaded { instance, document, .. } = load_file(&args.instance, format)?;
    files::expect_folder(&args.output)?;
    let screened = Screened::new(instance);
    let lean = (args.lean * 1e6).round() as i64;
    let made = mechanism::with_ballots(
        &document,
        &screened.instance,
        &screened.eligibility,
        lean,
        args.seed,
    );
    files::write(&args.output, json(&made)?.as_bytes())?;
    Ok(Exit::Done)
}
