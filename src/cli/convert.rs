//! Other people's reviewers and voters: `convert --from openreview` and `--from preflib`.

use std::path::Path;

use super::args::{ConvertArgs, ConvertFrom, ErrorFormat};
use super::commands::invalid;
use super::{Exit, Failure, files};
use crate::convert::openreview::File;
use crate::convert::{micro, openreview, preflib};
use crate::diagnostic::quote;

fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}

/// Refuses arguments that another form of the data reads. WHY: an argument is not ignored in silence.
pub(super) fn expect_place(args: &ConvertArgs) -> Result<(), Failure> {
    let panels = &args.panels;
    let (reviews, votes) =
        (args.from == ConvertFrom::Openreview, args.from == ConvertFrom::Preflib);
    let both = reviews || votes;
    let (isds, ics) = (args.from == ConvertFrom::Isds, args.from == ConvertFrom::Ics);
    for (given, allowed, name) in [
        (panels.constraints.is_some(), reviews, "--constraints"),
        (panels.loads.is_some(), reviews, "--loads"),
        (panels.demands.is_some(), reviews, "--demands"),
        (panels.weights.is_some(), reviews, "--weights"),
        (panels.zero_scores, reviews, "--zero-scores"),
        (panels.panel_size.is_some(), both, "--panel-size"),
        (panels.cases.is_some(), both, "--cases"),
        (panels.min_cases.is_some(), both, "--min-cases"),
        (panels.category_scores.is_some(), votes, "--category-scores"),
        (args.into.is_some(), ics, "--into"),
        (!args.busy.is_empty(), ics, "--busy"),
        (args.calendar.is_some(), ics, "--calendar"),
        (args.replace, ics, "--replace"),
        (args.seed.is_some(), isds, "--seed"),
        (args.disputes.is_some(), isds, "--disputes"),
    ] {
        if given && !allowed {
            return Err(usage(format!("`{name}` does not go with this form of data")));
        }
    }
    let least = panels.min_cases.unwrap_or(0);
    if panels.cases.is_some_and(|most| most < least) {
        return Err(usage("`--min-cases` is at most `--cases`"));
    }
    Ok(())
}

/// `convert --from openreview`.
pub(super) fn openreview(args: &ConvertArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let panels = &args.panels;
    let weights = panels.weights.clone().unwrap_or_else(|| vec![1_000_000; args.files.len()]);
    if weights.len() != args.files.len() {
        let (given, files) = (weights.len(), args.files.len());
        return Err(usage(format!("{given} weights for {files} files of scores")));
    }
    files::expect_folder(&args.output)?;
    let texts: Vec<Text> = args.files.iter().map(|path| text(path)).collect::<Result<_, _>>()?;
    let [constraints, loads, demands] = [&panels.constraints, &panels.loads, &panels.demands]
        .map(|path| path.as_deref().map(text).transpose());
    let (constraints, loads, demands) = (constraints?, loads?, demands?);
    let files = openreview::Files {
        scores: texts.iter().map(Text::file).collect(),
        constraints: constraints.as_ref().map(Text::file),
        loads: loads.as_ref().map(Text::file),
        demands: demands.as_ref().map(Text::file),
    };
    let options = openreview::Options {
        weights,
        panel_size: panels.panel_size.unwrap_or(3),
        cases: panels.cases,
        min_cases: panels.min_cases.unwrap_or(0),
        zero_scores: panels.zero_scores,
    };
    let first = texts.first().map_or("", |text| text.name.as_str());
    match openreview::read(&files, &options) {
        Ok(problem) => {
            if !problem.warnings().is_empty() {
                files::show_findings(first, &[], problem.warnings(), format);
            }
            files::stream(&args.output, |out| problem.write(out)).map(|()| Exit::Done)
        }
        Err(findings) => Err(invalid(Path::new(first), Vec::new(), findings)),
    }
}

/// A file with its name.
struct Text {
    name: String,
    bytes: Vec<u8>,
}

impl Text {
    fn file(&self) -> File<'_> {
        File { name: &self.name, text: &self.bytes }
    }
}

fn text(path: &Path) -> Result<Text, Failure> {
    Ok(Text { name: path.display().to_string(), bytes: files::read(path)? })
}

/// `convert --from preflib`.
pub(super) fn preflib(args: &ConvertArgs) -> Result<Exit, Failure> {
    let [file] = args.files.as_slice() else {
        return Err(usage("`--from preflib` takes one file"));
    };
    let panels = &args.panels;
    let scores = panels.category_scores.as_ref();
    let options = preflib::Options {
        panel_size: panels.panel_size.unwrap_or(3),
        cases: panels.cases,
        min_cases: panels.min_cases.unwrap_or(0),
        category_scores: scores
            .map(|all| all.iter().map(|text| score(text)).collect())
            .transpose()?,
    };
    files::expect_folder(&args.output)?;
    let text = files::read(file)?;
    match preflib::read(&text, &options) {
        Ok(profile) => files::stream(&args.output, |out| profile.write(out)).map(|()| Exit::Done),
        Err(findings) => Err(invalid(file, text, findings)),
    }
}

/// The score of a category.
fn score(text: &str) -> Result<Option<i64>, Failure> {
    if text.trim() == "apart" {
        return Ok(None);
    }
    let read = micro(text).ok().filter(|score| score.abs() <= 1_000_000);
    let message =
        || format!("{} is neither `apart` nor a number from -1 to 1 of six places", quote(text));
    read.map(Some).ok_or_else(|| usage(message()))
}
