//! comity beside a terminal: colours, the progress line, the closing screen, completions, manual pages.
//!
//! What is said on a real terminal is looked at through `script` of util-linux, and left out, with a word about it, where
//! that is not there.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::files::home;
use tempfile::TempDir;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// What speaks of colours to a program; none of it comes from whoever runs the tests.
const COLOUR_VARIABLES: [&str; 4] = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"];

fn named(name: &str) -> String {
    home().join("instances").join(name).to_str().expect("UTF-8").to_owned()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn inside(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}

fn plainly(program: &str, args: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).env("TERM", "xterm-256color");
    for name in COLOUR_VARIABLES {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    command
}

fn run_with(args: &[&str], variables: &[(&str, &str)]) -> Output {
    plainly(env!("CARGO_BIN_EXE_comity"), args, variables).output().expect("comity runs")
}

fn run(args: &[&str]) -> Output {
    run_with(args, &[])
}

#[track_caller]
fn expect(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", out(output), err(output));
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

/// A text without the codes of terminals, and whether some of them were of colours.
fn without_codes(text: &str) -> (String, bool) {
    let (mut plain, mut coloured) = (String::new(), false);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        let after = after.strip_prefix('[').unwrap_or(after);
        let end = after.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(after.len());
        coloured |= after[end..].starts_with('m');
        rest = after.get(end + 1..).unwrap_or_default();
    }
    plain.push_str(rest);
    (plain, coloured)
}

/// Commands that say something to people: arguments, exit code.
fn talkative(solution: &str) -> Vec<(Vec<String>, i32)> {
    let of = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let two = named("tiny/two-disputes.json");
    vec![
        (of(&["--help"]), 0),
        (of(&["solve", "--help"]), 0),
        (of(&["solve"]), 2),
        (of(&["solve", "nowhere.json"]), 2),
        (of(&["validate", &named("invalid/bad-date.json")]), 3),
        (of(&["validate", &named("invalid/as-of-after-horizon.json")]), 0),
        (of(&["check", &two, solution]), 0),
    ]
}

fn solved(folder: &TempDir) -> String {
    let solution = inside(folder, "solution.json");
    expect(&run(&["solve", &named("tiny/two-disputes.json"), "-o", &solution]), 0);
    solution
}

#[test]
fn nothing_that_is_piped_holds_codes() {
    let folder = folder();
    let solution = solved(&folder);
    for (args, code) in talkative(&solution) {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let plain = run(&args);
        expect(&plain, code);
        assert!(!out(&plain).contains('\u{1b}') && !err(&plain).contains('\u{1b}'), "{args:?}");
        // The bytes are the same, whatever speaks against colours.
        for (more, variables) in [
            (&[][..], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")][..]),
            (&[], &[("TERM", "dumb")]),
            (&[], &[("CLICOLOR", "0")]),
            (&["--color", "never"], &[("CLICOLOR_FORCE", "1")]),
        ] {
            let other = run_with(&[more, &args].concat(), variables);
            expect(&other, code);
            assert_eq!((out(&other), err(&other)), (out(&plain), err(&plain)), "{args:?}");
        }
    }
}

#[test]
fn colours_that_are_asked_for_change_no_word() {
    let folder = folder();
    let solution = solved(&folder);
    for (args, code) in talkative(&solution) {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let plain = run(&args);
        for (more, variables) in [
            (&["--color", "always"][..], &[][..]),
            // Who asks in so many words is heard before the environment.
            (&["--color=always"], &[("NO_COLOR", "1"), ("TERM", "dumb")]),
            (&[], &[("CLICOLOR_FORCE", "1")]),
            (&[], &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]),
        ] {
            let painted = run_with(&[more, &args].concat(), variables);
            expect(&painted, code);
            let (text, out_coloured) = without_codes(out(&painted));
            let (errors, err_coloured) = without_codes(err(&painted));
            assert_eq!((&*text, &*errors), (out(&plain), err(&plain)), "{args:?}");
            // Whatever is said is coloured, where it is said.
            assert_eq!(out_coloured, !text.is_empty(), "{args:?} {variables:?}");
            assert_eq!(err_coloured, !errors.is_empty(), "{args:?} {variables:?}");
        }
    }
}

#[test]
fn documents_never_hold_codes() {
    let folder = folder();
    let (two, solution) = (named("tiny/two-disputes.json"), inside(&folder, "solution.json"));
    let forced = [("CLICOLOR_FORCE", "1")];
    let man = inside(&folder, "man");
    for (args, code) in [
        (&["solve", &two, "-o", &solution][..], 0),
        (&["solve", &two], 0),
        (&["schema", "instance"], 0),
        (&["conflicts", &two, "--format", "json"], 0),
        (&["explain", &two, &solution], 0),
        (&["man"], 0),
        (&["man", "-o", &man], 0),
        (&["completions", "bash"], 0),
        (&["--error-format", "json", "validate", &named("invalid/bad-date.json")], 3),
        (&["--error-format", "json", "validate", "nowhere.json"], 2),
    ] {
        let output = run_with(&[&["--color", "always"], args].concat(), &forced);
        expect(&output, code);
        assert!(!out(&output).contains('\u{1b}'), "{args:?}");
        if args.contains(&"--error-format") {
            assert!(!err(&output).contains('\u{1b}'), "{args:?}");
            serde_json::from_str::<serde_json::Value>(err(&output)).expect("JSON");
        }
    }
    for entry in [fs::read_dir(folder.path()), fs::read_dir(man)] {
        for path in entry.expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_file() {
                assert!(!fs::read(&path).expect("it").contains(&0x1b), "{}", path.display());
            }
        }
    }
}

/// Subcommands, as `comity --help` lists them, without `help`.
fn subcommands() -> BTreeSet<String> {
    let help = run(&["--help"]);
    let list = out(&help).lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned);
    let names: BTreeSet<String> = names.collect();
    assert!(names.contains("solve") && names.contains("man"), "{names:?}");
    names
}

/// Whether a program is there; where it is not, it says so.
fn has(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if found.is_err() {
        println!("skipped: there is no `{program}`");
    }
    found.is_ok()
}

#[test]
fn completions_name_every_command() {
    let folder = folder();
    let known = subcommands();
    for shell in SHELLS {
        let output = run(&["completions", shell]);
        expect(&output, 0);
        assert_eq!(err(&output), "");
        let text = out(&output);
        let words: BTreeSet<&str> =
            text.split(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).collect();
        for name in &known {
            assert!(words.contains(name.as_str()), "{shell} does not know `{name}`");
        }
        assert!(text.contains("time-limit"), "{shell} does not know `--time-limit`");
        // A shell that is there reads them without a complaint.
        if ["bash", "zsh", "fish"].contains(&shell) && has(shell) {
            let file = inside(&folder, shell);
            fs::write(&file, text).expect("written");
            let read = Command::new(shell).args(["-n", &file]).output().expect("a shell");
            assert!(read.status.success() && read.stderr.is_empty(), "{shell}: {}", err(&read));
        }
    }
    let output = run(&["completions", "tcsh"]);
    expect(&output, 2);
    assert!(err(&output).contains("possible values: bash"), "{}", err(&output));
    expect(&run(&["completions"]), 2);
}

/// bash completes what comity knows.
#[test]
fn bash_completes_commands_and_options() {
    if !has("bash") {
        return;
    }
    let folder = folder();
    let file = inside(&folder, "comity.bash");
    fs::write(&file, out(&run(&["completions", "bash"]))).expect("written");
    for (words, expected) in
        [(vec!["comity", "expl"], "explain"), (vec!["comity", "solve", "--time"], "--time-limit")]
    {
        let script = format!(
            "source '{file}'; COMP_WORDS=({}); COMP_CWORD={}; \
             _comity comity '{}' '{}'; echo \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
            words[words.len() - 1],
            words[words.len() - 2],
        );
        let output = Command::new("bash").args(["-c", &script]).output().expect("bash");
        assert_eq!(out(&output).trim(), expected, "{words:?}: {}", err(&output));
    }
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let folder = folder();
    let output = run(&["man"]);
    expect(&output, 0);
    assert!(out(&output).starts_with(".TH \"comity\" \"1\" \"\" \"comity "), "{}", out(&output));
    let whole = folder.path().join("new/man1");
    let man = whole.to_str().expect("UTF-8");
    for _ in 0..2 {
        // The second time over what is there.
        expect(&run(&["man", "-o", man]), 0);
        let files: BTreeSet<String> = fs::read_dir(&whole)
            .expect("the folder is made")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        let pages = subcommands().iter().map(|name| format!("comity-{name}.1")).collect();
        let own = BTreeSet::from(["comity.1".to_owned()]);
        assert_eq!(files, &own | &pages, "nothing else is left");
    }
    assert_eq!(fs::read_to_string(whole.join("comity.1")).expect("it"), out(&output));
    for (code, words) in [("2", "the arguments make no sense"), ("6", "found a violation")] {
        let status = out(&output).split("EXIT STATUS").nth(1).expect("it");
        assert!(status.contains(&format!("\\fB{code}\\fR")) && status.contains(words), "{status}");
    }
    for page in fs::read_dir(&whole).expect("it").map(|entry| entry.expect("an entry").path()) {
        lint(&page);
    }
    let in_the_way = inside(&folder, "file");
    fs::write(&in_the_way, "").expect("written");
    let output = run(&["man", "-o", &in_the_way]);
    expect(&output, 2);
    assert!(err(&output).starts_with("error: cannot make the folder"), "{}", err(&output));
}

/// What reads manual pages has nothing against a page.
fn lint(page: &Path) {
    let page = page.to_str().expect("UTF-8");
    if has("mandoc") {
        let output = Command::new("mandoc").args(["-T", "lint", "-W", "error", page]).output();
        let output = output.expect("mandoc");
        assert!(output.status.success(), "{page}: {}", out(&output));
    }
    // WHY this test for groff: minimised systems have a `man` that formats nothing.
    if has("man") && has("groff") {
        let output = Command::new("man")
            .args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page])
            .env("MANROFFSEQ", "")
            .env("MANWIDTH", "80")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .expect("man");
        assert!(output.status.success() && output.stderr.is_empty(), "{page}: {}", err(&output));
    }
}

/// What a terminal of so many columns gets to see while comity runs; nothing where there is no `script`.
fn on_terminal(columns: usize, args: &[&str], variables: &[(&str, &str)]) -> Option<Output> {
    if !cfg!(target_os = "linux") || !has("script") {
        println!("skipped: what is said on a terminal");
        return None;
    }
    let quoted: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
    let program = env!("CARGO_BIN_EXE_comity");
    let line = format!("stty rows 24 cols {columns}; '{program}' {}", quoted.join(" "));
    let command = ["-q", "-e", "-c", &line, "/dev/null"];
    Some(plainly("script", &command, variables).output().expect("script runs"))
}

/// The lines of what a terminal has got, the progress line's drawings each by itself, without codes.
fn drawn(text: &str) -> Vec<String> {
    let (plain, _) = without_codes(text);
    plain.replace('\r', "\n").lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()
}

/// The lines from the status on.
fn closing_of(text: &str) -> Vec<String> {
    let (plain, _) = without_codes(text);
    let plain = plain.replace("\r\n", "\n");
    let start = ["proven ", "stopped by", "no dispute", "not proven"]
        .iter()
        .filter_map(|head| plain.find(head))
        .min()
        .unwrap_or_else(|| panic!("no closing screen: {plain}"));
    plain[start..].trim_end().lines().map(str::to_owned).collect()
}

#[test]
fn a_terminal_gets_a_closing_screen() {
    let folder = folder();
    let solution = inside(&folder, "s.json");
    let two = named("tiny/two-disputes.json");
    for columns in [80, 50, 200] {
        let Some(output) = on_terminal(columns, &["solve", &two, "-o", &solution], &[]) else {
            return;
        };
        expect(&output, 0);
        assert!(without_codes(out(&output)).1, "no colours: {}", out(&output));
        let lines = closing_of(out(&output));
        assert!(lines.len() < 24, "{lines:#?}");
        for line in &lines {
            assert!(line.chars().count() <= columns.min(80), "{line}");
        }
        assert_eq!(lines[0], "proven optimal");
        assert_eq!(lines[1], "  served       2 of 2 disputes");
        assert!(lines.iter().any(|line| line.starts_with("  comity check ")));
    }
    // In a pipe, or for programs, there is one line as ever.
    let output = run(&["solve", &two, "-o", &solution]);
    assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    assert!(err(&output).starts_with("optimal: 2 panels, "), "{}", err(&output));
    let args = ["solve", &two, "-o", &solution, "--error-format", "json"];
    let output = on_terminal(80, &args, &[]).expect("a terminal");
    serde_json::from_str::<serde_json::Value>(out(&output)).expect("JSON");
}

#[test]
fn a_terminal_is_told_who_is_unserved_and_what_to_ask() {
    let folder = folder();
    let solution = inside(&folder, "s.json");
    let args = ["solve", &named("tiny/inadmissible.json"), "-o", &solution];
    let Some(output) = on_terminal(80, &args, &[]) else { return };
    let lines = closing_of(out(&output));
    let document: serde_json::Value =
        serde_json::from_slice(&fs::read(&solution).expect("it")).expect("JSON");
    let dispute = document["unserved"][0]["dispute"].as_str().expect("an id");
    assert_eq!(output.status.code(), Some(4), "{lines:#?}");
    let unserved = format!("  unserved     1 may not be mediated: {dispute}");
    assert!(lines.contains(&unserved), "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with(&format!("--dispute {dispute}"))), "{lines:#?}");
}

#[test]
fn a_terminal_has_no_colours_where_they_are_not_wanted() {
    let folder = folder();
    let solution = inside(&folder, "s.json");
    let two = named("tiny/two-disputes.json");
    let solve = ["solve", &two, "-o", &solution];
    for (args, variables) in [
        (&solve[..], &[("NO_COLOR", "1")][..]),
        (&solve, &[("TERM", "dumb")]),
        (&solve, &[("TERM", "dumb"), ("CI", "true")]),
        (&["solve", &two, "-o", &solution, "--color", "never"], &[]),
        (&["validate", "nowhere.json"], &[("NO_COLOR", "1")]),
        (&["--help"], &[("NO_COLOR", "1")]),
    ] {
        let Some(output) = on_terminal(80, args, variables) else { return };
        assert!(!without_codes(out(&output)).1, "{variables:?}: {}", out(&output));
    }
    for args in [&["validate", "nowhere.json"][..], &["--help"], &["check", &two, &solution]] {
        let Some(output) = on_terminal(80, args, &[]) else { return };
        assert!(without_codes(out(&output)).1, "no colours: {}", out(&output));
    }
}

#[test]
fn a_line_tells_how_far_a_run_has_come() {
    let folder = folder();
    let (docket, solution) = (inside(&folder, "docket.json"), inside(&folder, "s.json"));
    let size = ["--disputes", "120", "--mediators", "150", "--tight", "-o", &docket];
    expect(&run(&[&["generate", "random"], &size[..]].concat()), 0);
    let args = ["solve", &docket, "-o", &solution, "--time-limit", "4", "--gap", "0"];
    for columns in [80, 40] {
        let Some(output) = on_terminal(columns, &args, &[("NO_COLOR", "1")]) else { return };
        assert!(matches!(output.status.code(), Some(0 | 4)), "{}", out(&output));
        assert!(!without_codes(out(&output)).1, "{}", out(&output));
        let lines = drawn(out(&output));
        for line in &lines {
            assert!(line.chars().count() <= columns, "wider than {columns}: {line}");
        }
        let progress: Vec<&String> = lines.iter().filter(|line| line.contains(" left  ")).collect();
        // About four a second for three seconds, and no more.
        assert!((4..30).contains(&progress.len()), "{}: {progress:#?}", progress.len());
        assert!(progress.iter().all(|line| !line.starts_with("0:00")), "{progress:#?}");
        let served = progress.iter().any(|line| line.contains("/120 served"));
        let told = progress.iter().any(|line| line.contains("tier "));
        assert!(told && (served || columns < 80), "{progress:#?}");
        assert!(columns < 80 || progress.iter().any(|line| line.contains("quality ")));
        // It goes when the run is over: what stands below the last drawing is the closing screen.
        let text = out(&output);
        let after = text.rsplit_once(" left  ").expect("a drawing").1;
        let gone = after.find("\u{1b}[2K").expect("the line is cleared");
        assert!(after[gone..].contains("served "), "{after:?}");
        assert!(closing_of(text).len() < 24);
        // In a pipe there is none.
        if columns == 80 {
            let piped = run(&args);
            assert!(!err(&piped).contains('\r') && !err(&piped).contains(" left"));
        }
    }
}
