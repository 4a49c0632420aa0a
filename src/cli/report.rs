//! The command `report`.

use super::args::{ErrorFormat, PageLanguage, ReportArgs};
use super::commands::{invalid, warn};
use super::progress::Progress;
use super::{Exit, Failure, files, origin};
use crate::check;
use crate::explain;
use crate::format::{canonical_digest, read_solution};
use crate::pipeline::{Loaded, Screened, load};
use crate::report::{self, Language, Reader, Source};

/// `report`: reads, checks, and writes one page.
pub(super) fn report(args: &ReportArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    files::expect_folder(&args.output)?;
    files::expect_other(&args.output, &[&args.instance, &args.solution])?;
    let text = files::read(&args.instance)?;
    let Loaded { document, instance, warnings } = match load(&text) {
        Ok(loaded) => loaded,
        Err(findings) => return Err(invalid(&args.instance, text, findings)),
    };
    warn(&args.instance, &text, &warnings, format);
    let text = files::read(&args.solution)?;
    let solution = match read_solution(&text)
        .and_then(|solution| explain::read_answer(&instance, &solution).map(|_| solution))
    {
        Ok(solution) => solution,
        Err(findings) => return Err(invalid(&args.solution, text, findings)),
    };
    warn(&args.solution, &text, &origin::other_tzdb(&solution), format);
    let digest = canonical_digest(&text).map_err(|e| Failure::Bug(e.to_string()))?;
    let progress = Progress::about("checking");
    // The document is all that the checker may know.
    let verdict = check::check(&document, &solution, instance.digest());
    progress.finish();
    let mut screened = Screened::new(instance);
    if let Some(from) = &solution.from {
        screened = screened.keeping_to(from.clone());
    }
    let source = Source {
        document: &document,
        screened: &screened,
        solution: &solution,
        solution_digest: &digest,
        verdict: &verdict,
    };
    let language = match args.language {
        PageLanguage::En => Language::English,
        PageLanguage::Zh => Language::Chinese,
    };
    let page = report::report(&source, &reader(args.reader.as_deref()), language)
        .map_err(|unknown| Failure::Usage(unknown.to_string()))?;
    files::write(&args.output, page.as_bytes())?;
    // A page about an answer that breaks rules says so on its first line; scripts learn it here.
    Ok(if verdict.holds() { Exit::Done } else { Exit::Violation })
}

/// Who reads. No id holds a slash.
fn reader(told: Option<&str>) -> Reader {
    match told {
        None => Reader::Secretariat,
        Some(told) => match told.split_once('/') {
            Some((dispute, party)) => {
                Reader::Party { dispute: dispute.to_owned(), party: party.to_owned() }
            }
            None => Reader::Actor(told.to_owned()),
        },
    }
}
