//! One document per code: its exact findings, with their places.
//!
//! `instances/invalid/CODE.json` has the findings `CODE.expected.txt`. After a change that is
//! meant, run with `COMITY_BLESS=1` and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use comity::diagnostic::{Diagnostic, Level, locate, render_text};
use comity::format::{READ_CODES, read_instance};
use comity::validate::{CODES, validate};

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    home().join("instances/invalid")
}

/// Every code that reading and validation can give.
fn codes() -> BTreeSet<&'static str> {
    READ_CODES.iter().chain(CODES).map(|(code, _)| *code).collect()
}

fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    match read_instance(bytes) {
        Err(findings) => findings,
        Ok(doc) => {
            let (instance, mut findings) = validate(&doc, String::new());
            let refused = findings.iter().any(|finding| finding.level == Level::Error);
            assert_eq!(
                instance.is_none(),
                refused,
                "an instance is given exactly when there is no error"
            );
            locate(bytes, &mut findings);
            findings
        }
    }
}

#[test]
fn every_document_has_exactly_its_findings() {
    let bless = std::env::var_os("COMITY_BLESS").is_some();
    let mut wrong = Vec::new();
    for code in codes() {
        let bytes = fs::read(folder().join(format!("{code}.json"))).expect(code);
        let found = findings(&bytes);
        assert!(found.iter().any(|finding| finding.code == code), "{code}: {found:?}");
        for finding in &found {
            assert!(
                codes().contains(finding.code),
                "{code}: {} is not in a table of codes",
                finding.code
            );
            assert!(finding.position.is_some(), "{code}: no place for {}", finding.pointer);
            assert!(finding.help.is_some(), "{code}: no remedy");
            let first = finding.message.chars().next().expect("a message");
            assert!(
                !first.is_uppercase() && !finding.message.ends_with('.'),
                "{code}: {}",
                finding.message
            );
        }
        let text = render_text(&format!("{code}.json"), &found);
        let expected = folder().join(format!("{code}.expected.txt"));
        if bless {
            fs::write(&expected, text).expect("the expected findings can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "other findings than expected:\n{}", wrong.join("\n"));
}

/// A document whose code is a warning is accepted with warnings alone; every other is refused.
#[test]
fn warnings_accept_and_errors_refuse() {
    for (code, meaning) in READ_CODES.iter().chain(CODES) {
        let bytes = fs::read(folder().join(format!("{code}.json"))).expect(code);
        let found = findings(&bytes);
        let warns = meaning.ends_with("(a warning)");
        let own = found.iter().filter(|finding| finding.code == *code);
        let level = if warns { Level::Warning } else { Level::Error };
        assert!(own.clone().all(|finding| finding.level == level), "{code}: {found:#?}");
        let refused = found.iter().any(|finding| finding.level == Level::Error);
        assert_eq!(refused, !warns, "{code}: {found:#?}");
    }
}

#[test]
fn the_folder_has_a_document_for_each_code_and_no_other() {
    let mut stems = BTreeSet::new();
    for entry in fs::read_dir(folder()).expect("the folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        let stem = name.strip_suffix(".json").or_else(|| name.strip_suffix(".expected.txt"));
        stems.insert(stem.unwrap_or(&name).to_owned());
    }
    let codes: BTreeSet<String> = codes().into_iter().map(str::to_owned).collect();
    assert_eq!(stems, codes);
}

#[test]
fn each_code_is_a_heading_in_the_book_of_errors() {
    let book = fs::read_to_string(home().join("docs/errors.md")).expect("docs/errors.md");
    let headings: Vec<&str> = book.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let unique: BTreeSet<&str> = headings.iter().copied().collect();
    assert_eq!(unique.len(), headings.len(), "a heading stands twice");
    assert_eq!(unique, codes());
}

/// Codes are written in the tables alone, so that the tables are complete.
#[test]
fn no_code_is_made_outside_the_tables() {
    for folder in ["src/validate", "src/format", "src/format/read"] {
        for entry in fs::read_dir(home().join(folder)).expect(folder) {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text: String =
                fs::read_to_string(&path).expect("a source").split_whitespace().collect();
            for maker in [
                "Diagnostic::error(\"",
                "Diagnostic::warning(\"",
                ".error(\"",
                ".error_with(\"",
                ".warn(\"",
            ] {
                assert!(!text.contains(maker), "{} makes a code of its own", path.display());
            }
        }
    }
}

/// Cutting a document anywhere, or spoiling a byte of it, gives findings and no panic.
#[test]
fn broken_texts_never_panic() {
    for name in ["room-too-small", "lock-contradiction", "out-of-range"] {
        let text = fs::read(folder().join(format!("{name}.json"))).expect("a document");
        for cut in 0..text.len() {
            let _ = findings(&text[..cut]);
            for byte in [0xFF, b'"', b'{', b'9', b'-'] {
                let mut spoilt = text.clone();
                spoilt[cut] = byte;
                let _ = findings(&spoilt);
            }
        }
    }
}
