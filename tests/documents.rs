//! The books agree with the code: schemas, keys, commands.
//!
//! After a change that is meant, run with `COMITY_BLESS=1`: it writes docs/schema/*.json and
//! docs/rules.md.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use comity::explain::rules_markdown;
use comity::format::{BUILT_IN_PROFILES, DocumentKind, read_rules, schema_of, to_json_string};
use common::files::{self, home};
use serde_json::Value;

const KINDS: [(&str, DocumentKind); 4] = [
    ("bench", DocumentKind::Bench),
    ("instance", DocumentKind::Instance),
    ("rules", DocumentKind::Rules),
    ("solution", DocumentKind::Solution),
];

fn schema(kind: DocumentKind) -> Value {
    serde_json::to_value(schema_of(kind)).expect("a schema is JSON")
}

#[test]
fn the_committed_schemas_are_in_step() {
    let folder = home().join("docs/schema");
    for (name, kind) in KINDS {
        let path = folder.join(format!("{name}.json"));
        let text = to_json_string(&schema_of(kind)).expect("JSON");
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::create_dir_all(&folder).expect("the folder");
            fs::write(&path, &text).expect("written");
        }
        let committed = fs::read_to_string(&path).expect("docs/schema");
        assert!(committed == text, "{} is out of step with the code", path.display());
    }
}

#[test]
fn the_page_of_the_rules_is_in_step() {
    let path = home().join("docs/rules.md");
    let text = rules_markdown();
    if std::env::var_os("COMITY_BLESS").is_some() {
        fs::write(&path, &text).expect("written");
    }
    let committed = fs::read_to_string(&path).expect("docs/rules.md");
    assert!(committed == text, "docs/rules.md is out of step with the profiles");
    for (name, text) in BUILT_IN_PROFILES {
        let profile = read_rules(text.as_bytes()).expect("a profile");
        let section = committed.split("\n## ").find(|part| part.starts_with(name));
        let section = section.expect("a section for each profile");
        for rule in &profile.rules {
            let row = format!("\n| `{}` |", rule.id);
            assert_eq!(section.matches(&row).count(), 1, "{name}: {}", rule.id);
        }
    }
}

/// A small reader of JSON Schema, apart from the one in src/: it knows the keywords that the
/// schemas use, and stops at any other.
struct Walker<'a> {
    root: &'a Value,
    wrong: Vec<String>,
}

impl Walker<'_> {
    fn fits(&self, value: &Value, schema: &Value, at: &str) -> bool {
        let mut inner = Walker { root: self.root, wrong: Vec::new() };
        inner.walk(value, schema, at);
        inner.wrong.is_empty()
    }

    fn need(&mut self, holds: bool, at: &str, keyword: &str, rule: &Value) {
        if !holds {
            self.wrong.push(format!("{at}: not {keyword} {rule}"));
        }
    }

    fn walk(&mut self, value: &Value, schema: &Value, at: &str) {
        let Value::Object(keywords) = schema else {
            self.need(schema == &Value::Bool(true), at, "allowed", schema);
            return;
        };
        for (keyword, rule) in keywords {
            let number = || value.as_f64().zip(rule.as_f64());
            let length = || value.as_array().map(Vec::len);
            let limit = || rule.as_u64().expect("a length") as usize;
            let alternatives = || {
                let list = rule.as_array().expect("a list");
                list.iter().filter(|one| self.fits(value, one, at)).count()
            };
            let holds = match keyword.as_str() {
                "$schema" | "title" | "description" | "default" | "$defs" => true,
                "$ref" => {
                    let pointer = rule.as_str().and_then(|r| r.strip_prefix('#')).expect("local");
                    let target = self.root.pointer(pointer).expect("a reference that resolves");
                    self.walk(value, target, at);
                    true
                }
                "type" => match rule {
                    Value::Array(all) => all.iter().any(|one| has_type(value, one)),
                    one => has_type(value, one),
                },
                "format" => format_holds(value, rule.as_str().expect("a format")),
                "enum" => rule.as_array().expect("a list").contains(value),
                "const" => rule == value,
                "minimum" => number().is_none_or(|(v, least)| v >= least),
                "maximum" => number().is_none_or(|(v, most)| v <= most),
                "minItems" => length().is_none_or(|n| n >= limit()),
                "maxItems" => length().is_none_or(|n| n <= limit()),
                "oneOf" => alternatives() == 1,
                "anyOf" => alternatives() >= 1,
                "required" => value.as_object().is_none_or(|object| {
                    let mut keys =
                        rule.as_array().expect("a list").iter().filter_map(Value::as_str);
                    keys.all(|key| object.contains_key(key))
                }),
                "properties" => {
                    for (key, below) in rule.as_object().expect("an object") {
                        if let Some(member) = value.get(key) {
                            self.walk(member, below, &format!("{at}/{key}"));
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let named = keywords.get("properties").and_then(Value::as_object);
                    for (key, member) in value.as_object().into_iter().flatten() {
                        if named.is_none_or(|named| !named.contains_key(key)) {
                            self.walk(member, rule, &format!("{at}/{key}"));
                        }
                    }
                    true
                }
                "prefixItems" => {
                    let items = value.as_array().into_iter().flatten();
                    for (i, (item, below)) in
                        items.zip(rule.as_array().expect("a list")).enumerate()
                    {
                        self.walk(item, below, &format!("{at}/{i}"));
                    }
                    true
                }
                "items" => {
                    let named =
                        keywords.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                    for (i, item) in value.as_array().into_iter().flatten().enumerate().skip(named)
                    {
                        self.walk(item, rule, &format!("{at}/{i}"));
                    }
                    true
                }
                other => panic!("a keyword that this reader does not know: {other}"),
            };
            self.need(holds, at, keyword, rule);
        }
    }
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("no type: {other}"),
    }
}

fn format_holds(value: &Value, name: &str) -> bool {
    match name {
        "uint32" => value.as_u64().is_none_or(|n| u32::try_from(n).is_ok()),
        "int64" => value.is_i64() || !value.is_number(),
        "uint64" | "uint" => value.is_u64() || !value.is_number(),
        other => panic!("a format that this reader does not know: {other}"),
    }
}

fn differences(kind: DocumentKind, value: &Value) -> Vec<String> {
    let schema = schema(kind);
    let mut walker = Walker { root: &schema, wrong: Vec::new() };
    walker.walk(value, &schema, "");
    walker.wrong
}

#[test]
fn committed_documents_follow_their_schema() {
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("JSON");
    let rules =
        BUILT_IN_PROFILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    for (kind, documents) in [
        (DocumentKind::Instance, files::instances()),
        (DocumentKind::Solution, files::solutions()),
        (DocumentKind::Rules, rules.collect()),
    ] {
        for (name, bytes) in documents {
            let wrong = differences(kind, &json(&bytes));
            assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
        }
    }
}

/// The schema is no empty promise: what reading refuses by shape, the schema refuses too.
#[test]
fn the_schema_refuses_what_reading_refuses() {
    for code in ["missing-key", "unknown-key", "unknown-value", "wrong-type", "wrong-length"] {
        let path = home().join(format!("instances/invalid/{code}.json"));
        let value: Value = serde_json::from_slice(&fs::read(path).expect(code)).expect("JSON");
        assert!(!differences(DocumentKind::Instance, &value).is_empty(), "{code}");
    }
}

/// Every key of a document.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|below| keys(below, found));
        }
        Value::Array(list) => list.iter().for_each(|below| keys(below, found)),
        _ => {}
    }
}

/// Everything that a page shows as code: spans, fenced blocks and indented lines.
fn code(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            found.push(line.trim().to_owned());
        } else {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_key_is_explained() {
    let page = fs::read_to_string(home().join("docs/format.md")).expect("docs/format.md")
        + &fs::read_to_string(home().join("docs/model.md")).expect("docs/model.md")
        + &fs::read_to_string(home().join("docs/bench.md")).expect("docs/bench.md");
    let code = code(&page).join("\n");
    let words: BTreeSet<&str> =
        code.split(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).collect();
    let mut all = BTreeSet::new();
    for (_, kind) in KINDS {
        keys(&schema(kind), &mut all);
    }
    let missing: Vec<&String> = all.iter().filter(|key| !words.contains(key.as_str())).collect();
    assert!(
        missing.is_empty(),
        "not in docs/format.md, docs/model.md or docs/bench.md: {missing:?}"
    );
}

/// Subcommands, as `comity --help` lists them.
fn subcommands() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_comity")).arg("--help").output().expect("help");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![home().join("README.md"), home().join("instances/README.md")];
    for folder in ["docs", "docs/decisions"] {
        for entry in fs::read_dir(home().join(folder)).expect(folder) {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.retain(|path| path.exists());
    pages
}

#[test]
fn the_commands_that_pages_show_exist() {
    let subcommands = subcommands();
    assert!(subcommands.contains("solve") && subcommands.contains("schema"), "{subcommands:?}");
    let mut shown = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for line in code(&text) {
            let line = line.trim_start_matches("$ ").replace("cargo run --release --", "comity");
            let words: Vec<&str> = line.split_whitespace().collect();
            for pair in words.windows(2) {
                let program = pair[0].rsplit('/').next() == Some("comity");
                if program
                    && pair[1].chars().all(|c| c.is_ascii_lowercase() || c == '-')
                    && !pair[1].starts_with('-')
                {
                    shown += 1;
                    assert!(subcommands.contains(pair[1]), "{}: `{line}`", page.display());
                }
            }
        }
    }
    assert!(shown > 3, "the pages show no command");
}
