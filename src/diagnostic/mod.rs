//! One finding about a document: code, level, message, place and remedy.
//!
//! * Stages make findings with a JSON pointer; `locate` turns pointers into lines and columns of
//!   the text; `render_text` and `render_json` print them.
//! * **Invariant**: imports nothing of the crate.

mod locate;
mod render;
mod words;

pub use locate::{Spot, locate, spots};
pub use render::{render_json, render_text};
pub use words::{nearest, quote};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; the document can be used.
    Warning,
    /// The document cannot be used.
    Error,
}

/// One finding about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Code, the same word as the heading in docs/errors.md.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// JSON pointer (RFC 6901) to the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong: lower case, no final stop, user text in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Pointers to other places that take part.
    pub related: Vec<String>,
    /// Line and column (from 1) of the place, once located in a text.
    pub position: Option<(usize, usize)>,
    /// The file, where it is not the document that everything is about.
    pub file: Option<String>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            level: Level::Error,
            pointer: pointer.into(),
            message: message.into(),
            help: None,
            related: Vec::new(),
            position: None,
            file: None,
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { level: Level::Warning, ..Self::error(code, pointer, message) }
    }

    /// The same finding with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with one more place that takes part.
    #[must_use]
    pub fn related(mut self, pointer: impl Into<String>) -> Self {
        self.related.push(pointer.into());
        self
    }
}
