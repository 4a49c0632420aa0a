//! The map of rooms in docs/architecture.md, kept: who imports whom, and who may touch what.
//!
//! The table is read from the document, so that document and code cannot drift apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Files that may name hash tables, each with the reason why their order reaches no result.
const HASH_TABLES: &[(&str, &str)] = &[
    ("format/read/shape.rs", "a set of keys seen, asked only"),
    ("validate/context.rs", "indices by name, looked up only; the order is that of a list"),
    ("validate/locks.rs", "the first lock of a seat, looked up only"),
    ("validate/mediators.rs", "counts by panel and State, looked up only"),
    ("validate/names.rs", "places by name, looked up only"),
    ("validate/relations.rs", "a set of ids seen, asked only"),
    ("validate/sessions.rs", "a set of what was told, asked only"),
    ("validate/values.rs", "a set of keys seen, asked only"),
];

/// What only some places may name: the word, and where.
const OWNED: &[(&[&str], &[&str])] = &[
    (&["good_lp"], &["milp/"]),
    (&["petgraph"], &["conflict/"]),
    (&["rrule"], &["convert/"]),
    (&["csv::"], &["bench/", "convert/"]),
    (&["plotters", "toml::"], &["bench/"]),
    (&["maud", "fluent_bundle", "unic_langid", "base64::"], &["report/"]),
    (&["anstream", "clap", "clap_complete", "clap_mangen", "console"], &["cli/"]),
    (&["ctrlc", "indicatif", "tempfile", "wait4"], &["cli/"]),
    (&["println!", "eprintln!", "print!", "eprint!", "dbg!"], &["cli/"]),
    (&["std::io", "std::fs", "std::env", "std::net", "std::process"], &["cli/", "main.rs"]),
    (
        &["std::time::Instant", "SystemTime", "Utc::now", "Local::now"],
        &["cli/", "solve/control.rs", "pipeline/", "mechanism/"],
    ),
    (&["chrono_tz"], &["time/", "check/", "generate/"]),
    (&["unsafe {", "unsafe fn", "unsafe impl", "unsafe trait", "unsafe extern"], &[]),
];

/// Words of `format` that a room with "words only" may not use: it knows no documents.
const DOCUMENTS: &[&str] = &["InstanceDoc", "SolutionDoc", "read_instance", "read_solution"];

const LONGEST_FILE: usize = 600;

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A source file: its path below src/, and its code without comments.
struct Source {
    path: String,
    lines: usize,
    code: String,
}

impl Source {
    /// The room that it is in; nothing for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        self.path.split_once('/').map(|(room, _)| room)
    }
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }
    /// How many `super`s lead from here to the root of the crate.
    fn depth(&self) -> usize {
        let folders = self.path.matches('/').count();
        if self.path.ends_with("/mod.rs") { folders } else { folders + 1 }
    }
}

fn sources() -> Vec<Source> {
    let root = home().join("src");
    let mut open: Vec<PathBuf> = vec![root.clone()];
    let mut all = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let below = path.strip_prefix(&root).expect("below src");
                all.push(Source {
                    path: below.to_str().expect("UTF-8").replace('\\', "/"),
                    lines: text.lines().count(),
                    code: text.lines().map(without_comment).collect::<Vec<_>>().join("\n"),
                });
            }
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(all.len() > 50, "the sources were not found");
    all
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) }
}

/// A row of the table.
struct Room {
    may_import: BTreeSet<String>,
    words_only: bool,
}

/// The table of docs/architecture.md, in its order.
fn table() -> Vec<(String, Room)> {
    let text = fs::read_to_string(home().join("docs/architecture.md")).expect("the document");
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let mut rooms: Vec<(String, Room)> = Vec::new();
    let rows = text.lines().skip_while(|line| !line.starts_with("| module ")).skip(2);
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [modules, _, imports] = cells[..] else { panic!("three cells: {row}") };
        let above: BTreeSet<String> = rooms.iter().map(|(name, _)| name.clone()).collect();
        let may_import = match imports {
            "nothing" => BTreeSet::new(),
            "everything above" | "documents and what stands above" => above,
            "all" => all_modules(),
            _ => names(imports).into_iter().collect(),
        };
        assert!(imports == "nothing" || !may_import.is_empty(), "not understood: {imports}");
        let words_only = imports.contains("(words only)");
        for module in names(modules) {
            rooms.push((module, Room { may_import: may_import.clone(), words_only }));
        }
    }
    rooms
}

fn all_modules() -> BTreeSet<String> {
    let text = fs::read_to_string(home().join("src/lib.rs")).expect("lib.rs");
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod "));
    modules.map(|rest| rest.trim_end_matches(';').to_owned()).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every place where `word` stands by itself, as what follows it.
fn after<'a>(code: &'a str, word: &str) -> Vec<&'a str> {
    let starts = code.match_indices(word);
    starts
        .filter(|(at, _)| !code[..*at].ends_with(is_word))
        .map(|(at, _)| &code[at + word.len()..])
        .filter(|rest| !word.ends_with(is_word) || !rest.starts_with(is_word))
        .collect()
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// The rooms named by `crate::room` and `crate::{room, room::...}`, each with what follows.
fn imports(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for rest in after(code, "crate::") {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.push(std::mem::take(&mut item));
                        continue;
                    }
                    _ => {}
                }
                item.push(c);
            }
            found.push(item);
        } else {
            found.push(rest.chars().take(80).collect());
        }
    }
    found
        .into_iter()
        .map(|path| path.trim().to_owned())
        .filter(|path| !path.is_empty())
        .map(|path| {
            let room = first_word(&path).to_owned();
            (room.clone(), path[room.len()..].to_owned())
        })
        .collect()
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    let code =
        "use crate::time::Date; fn f() { crate::check::check(crate::{format::{A, B}, time}) }
        use mycrate::nothing;";
    let rooms: Vec<String> = imports(code).into_iter().map(|(room, _)| room).collect();
    assert_eq!(rooms, ["time", "check", "format", "time"]);
}

#[test]
fn the_table_lists_the_modules() {
    let rooms: Vec<String> = table().into_iter().map(|(name, _)| name).collect();
    let unique: BTreeSet<String> = rooms.iter().cloned().collect();
    assert_eq!(unique.len(), rooms.len(), "a room stands twice");
    assert_eq!(unique, all_modules());
    let text = fs::read_to_string(home().join("src/lib.rs")).expect("lib.rs");
    assert!(!text.lines().any(|line| line.starts_with("mod ")), "rooms are public");
}

#[test]
fn rooms_import_what_the_table_allows() {
    let table: BTreeMap<String, Room> = table().into_iter().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(name) = source.room() else { continue };
        let room = &table[name];
        for (imported, rest) in imports(&source.code) {
            // WHY: a test may borrow what the tests of another room share.
            let borrowed = source.is_test() && rest.starts_with("::tests::") && name != "check";
            if imported != name && !room.may_import.contains(&imported) && !borrowed {
                wrong.push(format!("{}: `{imported}`{rest}", source.path));
            }
        }
        if room.words_only && !source.is_test() {
            let found = DOCUMENTS.iter().filter(|word| !after(&source.code, word).is_empty());
            wrong.extend(found.map(|word| format!("{}: `{word}` is no word", source.path)));
        }
    }
    assert!(wrong.is_empty(), "not in the table of docs/architecture.md:\n{}", wrong.join("\n"));
}

/// The table cannot be gone around by `super::super::` or by the name of the crate.
#[test]
fn rooms_have_no_back_doors() {
    for source in sources() {
        let inline = source.code.lines().any(|line| {
            line.trim_start().trim_start_matches("pub ").starts_with("mod ") && line.ends_with('{')
        });
        let reach = "super::".repeat(source.depth() + usize::from(inline));
        if source.room().is_some() {
            assert!(!source.code.contains(&reach), "{}: {reach}", source.path);
            assert!(after(&source.code, "comity::").is_empty(), "{}: comity::", source.path);
        }
    }
}

/// The checker shares no code with the solver.
#[test]
fn the_checker_imports_the_documents_alone() {
    for source in sources().iter().filter(|source| source.room() == Some("check")) {
        for (imported, rest) in imports(&source.code) {
            assert!(matches!(&*imported, "format" | "check"), "{}: {imported}{rest}", source.path);
        }
    }
    let table: BTreeMap<String, Room> = table().into_iter().collect();
    assert_eq!(table["check"].may_import, BTreeSet::from(["format".to_owned()]));
}

/// What a party may not know is not in the view; so a page must not have another source. The part with
/// the docket's figures is for the secretariat alone and is given the documents.
#[test]
fn pages_of_the_report_see_the_view_alone() {
    let beyond = ["InstanceDoc", "SolutionDoc", "Screened", "Verdict", "crate::domain"];
    let rooms = ["crate::explain", "crate::conflict", "crate::pipeline", "crate::solution"];
    let mut seen = 0;
    for source in sources() {
        let page = source.path.strip_prefix("report/pages/");
        let Some(page) = page.filter(|page| !page.starts_with("numbers")) else { continue };
        if source.is_test() {
            continue;
        }
        seen += 1;
        for word in beyond.iter().chain(&rooms) {
            assert!(!source.code.contains(word), "report/pages/{page} knows `{word}`");
        }
    }
    assert!(seen > 4, "the pages were not found");
}

#[test]
fn what_is_owned_stays_with_its_owner() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, places) in OWNED {
            let here = places.iter().any(|place| source.path.starts_with(place));
            // WHY: tests read files and say why they skip.
            let free = source.is_test()
                && words.iter().any(|w| w.starts_with("std::f") || w.ends_with('!'));
            if here || free {
                continue;
            }
            let found = words.iter().filter(|word| !after(&source.code, word).is_empty());
            wrong.extend(found.map(|word| format!("{}: {word}", source.path)));
        }
        // `use std::time::{Duration, Instant}` names the wall clock too.
        let clock = after(&source.code, "std::time::{")
            .iter()
            .any(|rest| rest.split('}').next().is_some_and(|group| group.contains("Instant")));
        let places = ["cli/", "solve/control.rs", "pipeline/"];
        if clock && !places.iter().any(|place| source.path.starts_with(place)) {
            wrong.push(format!("{}: std::time::Instant", source.path));
        }
    }
    assert!(wrong.is_empty(), "out of place:\n{}", wrong.join("\n"));
}

#[test]
fn hash_tables_stand_where_their_order_reaches_nothing() {
    let allowed: BTreeMap<&str, &str> = HASH_TABLES.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for source in sources() {
        let named = ["HashMap", "HashSet"].iter().any(|word| !after(&source.code, word).is_empty());
        if named {
            assert!(allowed.contains_key(&*source.path), "{} names a hash table", source.path);
            seen.insert(source.path);
        }
    }
    let listed: BTreeSet<String> = allowed.keys().map(|path| (*path).to_owned()).collect();
    assert_eq!(seen, listed, "the list has a file that names none");
}

#[test]
fn files_are_short() {
    for source in sources() {
        assert!(source.lines <= LONGEST_FILE, "{}: {} lines", source.path, source.lines);
    }
}
