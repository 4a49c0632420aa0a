//! The command line: arguments, files, streams, exit codes. Nothing else does I/O.

mod args;
mod bench;
mod closing;
mod commands;
mod convert;
mod explain;
mod export;
mod files;
mod ics;
mod origin;
mod pages;
mod paint;
mod progress;
mod report;
mod selection;
mod trace;

use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::Diagnostic;
use args::{Cli, ErrorFormat};

/// Exit codes of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Done = 0,
    Bug = 1,
    Usage = 2,
    Invalid = 3,
    Unserved = 4,
    NoAnswer = 5,
    Violation = 6,
}

/// Why a command did not come to its end.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// A file could not be read or written, or an argument makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A document is invalid.
    #[error("the document `{name}` is invalid")]
    Document { name: String, text: Vec<u8>, findings: Vec<Diagnostic> },
    /// A bug of comity.
    #[error("{0}")]
    Bug(String),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    paint::begin(std::env::args_os().skip(1));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            return ExitCode::from(code as u8);
        }
    };
    paint::choose(cli.color);
    let format = cli.error_format;
    let outcome = std::panic::catch_unwind(|| commands::run(cli));
    let exit = match outcome {
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => tell(&failure, format),
        Err(_) => {
            complain("error: this is a bug in comity; please report it with the input");
            Exit::Bug
        }
    };
    ExitCode::from(exit as u8)
}

fn complain(text: &str) {
    paint::to_stderr(text, paint::complaint);
}

fn tell(failure: &Failure, format: ErrorFormat) -> Exit {
    match failure {
        Failure::Document { name, text, findings } => {
            files::show_findings(name, text, findings, format);
            Exit::Invalid
        }
        Failure::Usage(message) | Failure::Bug(message) => {
            match format {
                ErrorFormat::Human => complain(&format!("error: {message}")),
                ErrorFormat::Json => {
                    complain(&serde_json::json!({ "error": message }).to_string());
                }
            }
            if matches!(failure, Failure::Usage(_)) { Exit::Usage } else { Exit::Bug }
        }
    }
}
