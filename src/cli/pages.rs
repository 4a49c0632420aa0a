//! What is made of the command line itself: completions for shells, manual pages.
//!
//! * Takes the definition of the arguments; gives text. Nothing is written twice: the help of an argument is its entry
//!   in the manual.
//! * **Invariant**: no date, no path of the machine: the same program makes the same pages.

use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Cli;
use super::{Exit, Failure, files};

/// The exit codes in words, as the README has them.
const EXIT_CODES: [(Exit, &str); 7] = [
    (Exit::Done, "done"),
    (Exit::Bug, "a bug of comity"),
    (Exit::Usage, "the arguments make no sense, or a file cannot be read or written"),
    (Exit::Invalid, "a document is invalid"),
    (Exit::Unserved, "a solution was written in which some dispute is unserved"),
    (Exit::NoAnswer, "no answer within the limits"),
    (Exit::Violation, "`check` or `report` found a violation"),
];

/// `completions`: what a shell reads to complete commands and options.
pub(super) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "comity", &mut text);
    files::write(Path::new("-"), &text)?;
    Ok(Exit::Done)
}

/// `man`: the page of `comity` on standard output, or a page for each command in a folder.
pub(super) fn man(folder: &Path) -> Result<Exit, Failure> {
    let pages = pages();
    if folder == Path::new("-") {
        let own = pages.first().map(|(_, page)| page.as_slice());
        files::write(folder, own.unwrap_or_default())?;
        return Ok(Exit::Done);
    }
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::Usage(format!("cannot make the folder `{}`: {error}", folder.display()))
    })?;
    for (name, page) in &pages {
        files::write(&folder.join(name), page)?;
    }
    Ok(Exit::Done)
}

/// The pages by the names of their files, that of `comity` first.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    let commands: Vec<Command> = whole.get_subcommands().cloned().collect();
    let names = commands.iter().map(|command| name(command).to_owned()).collect::<Vec<_>>();
    let mut pages = vec![page(whole, &names)];
    pages.extend(commands.into_iter().map(|command| page(command, &["comity".to_owned()])));
    pages
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: Command, others: &[String]) -> (String, Vec<u8>) {
    let has_subcommands = command.has_subcommands();
    let source = format!("comity {}", env!("CARGO_PKG_VERSION"));
    // WHY not the title that the library writes: it drops an empty date, and the version takes its place.
    let title = format!(".TH \"{}\" \"1\" \"\" \"{source}\" \"comity\"\n", name(&command));
    let man = Man::new(command);
    let mut text = title.into_bytes();
    // WHY: writing to memory cannot fail.
    let _ = man.render_name_section(&mut text);
    let _ = man.render_synopsis_section(&mut text);
    let _ = man.render_description_section(&mut text);
    let _ = man.render_options_section(&mut text);
    if has_subcommands {
        let _ = man.render_subcommands_section(&mut text);
    }
    let _ = ends(others).to_writer(&mut text);
    (man.get_filename(), text)
}

/// What every page ends with.
fn ends(others: &[String]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (code, words) in EXIT_CODES {
        roff.control("TP", []);
        roff.text([bold((code as u8).to_string())]);
        roff.text([roman(words)]);
    }
    roff.control("SH", ["SEE ALSO"]);
    let count = others.len();
    for (at, other) in others.iter().enumerate() {
        let comma = if at + 1 < count { "," } else { "" };
        roff.text([bold(other.as_str()), roman(format!("(1){comma}"))]);
    }
    roff
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Cli, pages};

    /// The text of a page as it is read: without escapes.
    fn read(page: &[u8]) -> String {
        let text = String::from_utf8(page.to_vec()).expect("UTF-8");
        text.replace("\\-", "-")
            .replace("\\*(Aq", "'")
            .replace("\\fB", "")
            .replace("\\fI", "")
            .replace("\\fR", "")
    }

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Cli::command().debug_assert();
    }

    /// Every command and every option of the program, with its help, stands in its page.
    #[test]
    fn pages_name_every_command_and_option() {
        let pages: Vec<(String, String)> =
            pages().iter().map(|(name, page)| (name.clone(), read(page))).collect();
        let page = |name: &str| {
            let found = pages.iter().find(|(file, _)| file == name);
            &found.unwrap_or_else(|| panic!("no page {name}")).1
        };
        let mut whole = Cli::command();
        whole.build();
        let own = whole.get_subcommands().filter(|command| command.get_name() != "help");
        let commands: Vec<_> = own.collect();
        assert!(commands.len() > 12 && pages.len() == commands.len() + 1);
        assert_eq!(pages[0].0, "comity.1");
        let mut options = 0;
        for command in commands {
            let name = command.get_name();
            let file = format!("comity-{name}.1");
            let about = command.get_about().expect("every command says what it does").to_string();
            assert!(page("comity.1").contains(&format!("comity-{name}(1)")), "{name}");
            assert!(page("comity.1").contains(&about), "{name}: {about}");
            let text = page(&file);
            let title = format!(".TH \"comity-{name}\" \"1\" \"\" \"comity ");
            assert!(text.starts_with(&title), "{file}: no title");
            for argument in command.get_arguments() {
                options += 1;
                let long = argument.get_long().map(|long| format!("--{long}"));
                let names = argument.get_value_names().unwrap_or_default();
                let told = long.unwrap_or_else(|| names.first().expect("a name").to_string());
                assert!(text.contains(&told), "{file}: {told}");
                let id = argument.get_id().as_str();
                if id != "help" && id != "version" {
                    let help = argument.get_help().expect("every argument says what it is");
                    let first = help.to_string();
                    let first = first.lines().next().expect("a line").to_owned();
                    assert!(text.contains(&first), "{file}: {first}");
                }
            }
            for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SEE ALSO"] {
                assert!(text.contains(section), "{file}: {section}");
            }
        }
        assert!(options > 80, "{options} options");
    }

    #[test]
    fn pages_are_the_same_each_time() {
        assert_eq!(pages(), pages());
    }
}
