//! The texts are whole: each language has the same messages with the same arguments, and every
//! message that a page asks for is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::texts::{Language, Texts};

/// The messages of a language, each with the names of its arguments.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in language.files() {
        let mut current = None;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let first = line.chars().next();
            if let Some((key, _)) =
                line.split_once(" =").filter(|_| first.is_some_and(|c| c.is_ascii_lowercase()))
            {
                assert!(!all.contains_key(key), "{key} stands twice in {language:?}");
                current = Some(key.to_owned());
            }
            let Some(key) = &current else { continue };
            let args = all.entry(key.clone()).or_default();
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
                args.insert(name);
            }
        }
    }
    all
}

#[test]
fn every_language_has_the_same_messages() {
    let english = messages(Language::English);
    assert!(english.len() > 50);
    for (language, _) in Language::ALL {
        let own = messages(language);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let surplus: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{language:?}: lacks {missing:?}, has {surplus:?}"
        );
        for (key, args) in &own {
            // A language may do without a plural, so it may use fewer arguments, never others.
            assert!(args.is_subset(&english[key]), "{language:?}: {key} has {args:?}");
        }
    }
}

#[test]
fn every_file_is_read_whole() {
    for (language, _) in Language::ALL {
        for file in language.files() {
            let read = fluent_bundle::FluentResource::try_new((*file).to_owned());
            assert!(read.is_ok(), "{language:?}: {:?}", read.err().map(|(_, errors)| errors));
        }
        let texts = Texts::new(language);
        for key in messages(language).keys() {
            assert!(texts.find(key, &[]).is_some(), "{language:?}: {key}");
        }
    }
}

/// Keys that stand in the pages as they are.
#[test]
fn every_message_that_is_asked_for_is_there() {
    let known = messages(Language::English);
    let mut asked = 0;
    let mut folders = vec![Path::new("src/report/pages").to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let source = fs::read_to_string(&path).expect("a source");
            for call in ["say(\"", "tell(\"", "fact(texts, \""] {
                for part in source.split(call).skip(1) {
                    let key = part.split('"').next().unwrap_or_default();
                    assert!(known.contains_key(key), "{}: {key}", path.display());
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn numbers_and_dates_are_said_as_the_language_says_them() {
    let english = Texts::new(Language::English);
    assert_eq!(english.number(1_234_567), "1,234,567");
    assert_eq!(english.decimal(-1_234_567, 3), "\u{2212}1.235");
    assert_eq!(english.decimal(-400, 3), "0.000");
    assert_eq!(english.decimal(i64::MIN, 0), "\u{2212}9,223,372,036,855");
    assert_eq!(english.date(20_514), "Mon 2 March 2026");
    assert_eq!(english.hours(90), "1 h 30 min");
    let chinese = Texts::new(Language::Chinese);
    assert_eq!(chinese.date(20_514), "2026年3月2日 周一");
    assert_eq!(chinese.hours(120), "2 小时");
}
