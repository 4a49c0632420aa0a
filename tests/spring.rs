//! instances/hk-spring-2026.json is what the generator and the iCalendar recipe make.
//!
//! The recipe is that of instances/README.md. After a change that is meant, run with
//! `COMITY_BLESS=1`: it writes the instance anew.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use comity::format::{InstanceDoc, read_instance};
use comity::pipeline::load;
use common::files::home;

const INSTANCE: &str = "instances/hk-spring-2026.json";

fn comity(args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    let output = command.args(args).current_dir(home()).output().expect("comity runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The files of holidays, in the order of their names.
fn calendars() -> Vec<PathBuf> {
    let folder = fs::read_dir(home().join("instances/calendars")).expect("the folder");
    let mut files: Vec<PathBuf> = folder
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ics"))
        .collect();
    files.sort();
    files
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn committed() -> InstanceDoc {
    let bytes = fs::read(home().join(INSTANCE)).expect("the instance");
    read_instance(&bytes).expect("an instance")
}

#[test]
fn the_committed_file_is_what_the_recipe_makes() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("spring.json");
    comity(&["generate", "hk-spring", "--seed", "1", "-o", text(&made)]);
    for file in calendars() {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        let id = name.strip_suffix("-2026.ics").expect("a calendar of 2026");
        let (into, file) = (text(&made), text(&file));
        comity(&["convert", "--from", "ics", "--into", into, "--calendar", id, file, "-o", into]);
    }
    let made = fs::read(&made).expect("made");
    if std::env::var_os("COMITY_BLESS").is_some() {
        fs::write(home().join(INSTANCE), made).expect("written");
        return;
    }
    assert!(made.len() < 700_000, "{} bytes", made.len());
    assert!(made == fs::read(home().join(INSTANCE)).expect("it"), "make {INSTANCE} anew");
}

#[test]
fn it_is_valid_and_nothing_is_warned_about() {
    let bytes = fs::read(home().join(INSTANCE)).expect("the instance");
    let loaded = load(&bytes).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert!(loaded.warnings.is_empty(), "{:#?}", loaded.warnings);
}

/// Every calendar of the recipe has a holiday in the year, and the days for which the weeks were
/// chosen are among them.
#[test]
fn the_holidays_are_there() {
    let document = committed();
    let holiday = |calendar: &str, date: &str| {
        let calendar = document.calendars.iter().find(|known| known.id == calendar);
        let calendar = calendar.unwrap_or_else(|| panic!("a calendar {date}"));
        calendar.holidays.iter().any(|holiday| holiday.date == date)
    };
    for (calendar, date) in [
        ("hong-kong", "2026-04-03"),
        ("hong-kong", "2026-04-06"),
        ("china", "2026-04-06"),
        ("algeria", "2026-03-20"),
        ("pakistan", "2026-03-20"),
        ("new-south-wales", "2026-04-06"),
        ("serbia", "2026-04-13"),
    ] {
        assert!(holiday(calendar, date), "{calendar} {date}");
    }
    let bare = ["sat-sun", "fri-sat", "fri"];
    for calendar in document.calendars.iter().filter(|known| !bare.contains(&known.id.as_str())) {
        assert!(!calendar.holidays.is_empty(), "{}", calendar.id);
    }
    assert_eq!(document.calendars.len(), bare.len() + calendars().len());
}
