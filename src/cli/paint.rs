//! Colours of what is told to people.
//!
//! * Takes texts as they go through a pipe, and gives them back with the terminal's codes around some of their words.
//! * `--color` decides, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` and `TERM`, then whether the stream is a terminal.
//! * **Invariant**: colour is added to words and never stands for one. Without it every byte is as it was.

use std::ffi::OsString;
use std::io::Write;

use anstream::AutoStream;
use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Style};
use clap::{ColorChoice, ValueEnum};

/// How help and the errors of arguments look.
pub(super) const HELP: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// What a word is, as far as colour goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// All is well.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Error,
    /// The name of what follows.
    Label,
    /// Where something is.
    Place,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Good => AnsiColor::Green.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Label => AnsiColor::Cyan.on_default(),
            Self::Place => Style::new().dimmed(),
        }
    }

    /// A text in this colour.
    pub(super) fn on(self, text: &str) -> String {
        if text.trim().is_empty() {
            return text.to_owned();
        }
        let style = self.style();
        format!("{style}{text}{style:#}")
    }
}

/// Takes over what `--color` says, if it says anything, before the arguments are read: help and their errors keep to
/// it as well.
pub(super) fn begin(arguments: impl Iterator<Item = OsString>) {
    choose(asked(arguments));
}

fn asked(mut arguments: impl Iterator<Item = OsString>) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        let told = match argument.strip_prefix("--color") {
            Some("") => arguments.next().map(|value| value.to_string_lossy().into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None if argument == "--" => break,
            None => None,
        };
        let told = told.and_then(|told| ColorChoice::from_str(&told, false).ok());
        choice = told.unwrap_or(choice);
    }
    choice
}

/// Takes over what `--color` says.
pub(super) fn choose(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
        // WHY: in a pipeline of tests (`CI`) such a terminal would count as one with colours.
        ColorChoice::Auto if is_dumb() => anstream::ColorChoice::Never,
        ColorChoice::Auto => anstream::ColorChoice::Auto,
    };
    choice.write_global();
}

/// True on a terminal that knows no codes, unless colours are forced.
fn is_dumb() -> bool {
    let is = |name: &str, test: fn(&OsString) -> bool| {
        std::env::var_os(name).is_some_and(|value| test(&value))
    };
    is("TERM", |term| term == "dumb") && !is("CLICOLOR_FORCE", |force| !force.is_empty())
}

/// Writes a text and the end of its line to standard error, which may be gone; painted where that has colours.
pub(super) fn to_stderr(text: &str, paint: impl Fn(&str) -> String) {
    let raw = std::io::stderr();
    let choice = AutoStream::choice(&raw);
    // WHY not through the stream that strips: what is not painted stays as it is, byte by byte.
    let _ = if choice == anstream::ColorChoice::Never {
        writeln!(raw.lock(), "{text}")
    } else {
        writeln!(AutoStream::new(raw, choice).lock(), "{}", paint(text))
    };
}

/// A text for standard output, painted where that has colours.
pub(super) fn for_stdout(text: String, paint: impl Fn(&str) -> String) -> String {
    let choice = AutoStream::choice(&std::io::stdout());
    if choice == anstream::ColorChoice::Never { text } else { paint(&text) }
}

/// Complaints: the word in front of the first line.
pub(super) fn complaint(text: &str) -> String {
    for (head, ink) in [("error:", Ink::Error), ("warning:", Ink::Warning)] {
        if let Some(rest) = text.strip_prefix(head) {
            return ink.on(head) + rest;
        }
    }
    text.to_owned()
}

/// Findings, as `diagnostic` renders them for people.
pub(super) fn findings(text: &str) -> String {
    by_line(text, |line| {
        if let Some((head, rest)) = line.split_once("]: ") {
            for (level, ink) in [("error[", Ink::Error), ("warning[", Ink::Warning)] {
                if head.starts_with(level) {
                    return format!("{}: {rest}", ink.on(&format!("{head}]")));
                }
            }
        }
        for head in ["help:", "see also:"] {
            if let Some(rest) = line.strip_prefix(head) {
                return Ink::Label.on(head) + rest;
            }
        }
        if line.starts_with(" --> ") { Ink::Place.on(line) } else { line.to_owned() }
    })
}

/// A verdict of `check`.
pub(super) fn verdict(text: &str) -> String {
    by_line(text, |line| {
        if let Some(rest) = line.strip_prefix("everything holds") {
            return Ink::Good.on("everything holds") + rest;
        }
        let head = line.split_once(':').filter(|(head, _)| head.starts_with("violated "));
        match head {
            Some((head, rest)) => format!("{}:{rest}", Ink::Error.on(head)),
            None if line.ends_with(" violations") && !line.starts_with(' ') => Ink::Error.on(line),
            None => line.to_owned(),
        }
    })
}

/// Each line painted by itself; the ends of lines stay.
fn by_line(text: &str, paint: impl Fn(&str) -> String) -> String {
    let mut painted = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        painted.push_str(&paint(line));
        painted.push_str(end);
    }
    painted
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;
    use clap::ColorChoice;

    use super::{Ink, asked, complaint, findings, verdict};

    const FINDINGS: &str = "error[bad-id]: `a b` is not an id: [x]: y\n --> x.json:2:9 (/id)\n\
        see also: /title\nhelp: use `a-b`\n\nwarning[late]: so\n --> x.json";

    #[test]
    fn colour_changes_no_word() {
        for (text, painted) in [
            (FINDINGS, findings(FINDINGS)),
            ("error: no", complaint("error: no")),
            ("2 runs: 1 made", complaint("2 runs: 1 made")),
            ("everything holds: 29\n  fit 3\n", verdict("everything holds: 29\n  fit 3\n")),
            ("1 violations\nviolated A2: x\n", verdict("1 violations\nviolated A2: x\n")),
        ] {
            assert_eq!(strip_str(&painted).to_string(), text);
        }
    }

    #[test]
    fn what_is_asked_is_seen_before_the_arguments_are_read() {
        for (arguments, choice) in [
            ("solve x --color never", ColorChoice::Never),
            ("--color=always x --colour=never", ColorChoice::Always),
            ("--color=sometimes --color", ColorChoice::Auto),
            ("x -- --color=always", ColorChoice::Auto),
            ("--color always --color=never", ColorChoice::Never),
        ] {
            assert_eq!(asked(arguments.split(' ').map(Into::into)), choice, "{arguments}");
        }
    }

    #[test]
    fn the_words_that_matter_have_their_colour() {
        let painted = findings(FINDINGS);
        for (ink, word) in [
            (Ink::Error, "error[bad-id]"),
            (Ink::Warning, "warning[late]"),
            (Ink::Label, "help:"),
            (Ink::Place, " --> x.json"),
        ] {
            assert!(painted.contains(&ink.on(word)), "{word}: {painted:?}");
        }
        assert!(verdict("everything holds: 2").starts_with(&Ink::Good.on("everything holds")));
        assert_eq!(verdict("3 violations"), Ink::Error.on("3 violations"));
        assert_eq!(complaint("plain: x"), "plain: x");
    }
}
