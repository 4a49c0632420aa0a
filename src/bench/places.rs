//! The text of a plan, JSON or TOML: a sound plan, or findings with line and column in either.
//!
//! * TOML is read into JSON, with the place of every key and value kept aside by its JSON pointer;
//!   from there on there is one form alone.
//! * The only file that names toml, which limits how deep a text may nest.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plan::{self, Checked};
use crate::diagnostic::{Diagnostic, locate};
use crate::format::{BenchDoc, READ_NOT_UTF8, READ_SYNTAX, read_bench};

/// A plan that is known to be sound, and where things stand in its text.
#[derive(Debug)]
pub struct Plan {
    /// As it was written.
    pub document: BenchDoc,
    /// What it asks for.
    pub checked: Checked,
    /// Where things stand.
    pub places: Places,
}

/// Where things stand in the text of a plan.
#[derive(Debug)]
pub enum Places {
    /// In JSON, whose text says it.
    Json(Vec<u8>),
    /// In TOML: lines and columns of key and value by JSON pointer.
    Toml(BTreeMap<String, Place>),
}

/// Line and column of a key and of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    key: (usize, usize),
    value: (usize, usize),
}

impl Places {
    /// Fills in the positions of findings that have none yet.
    pub fn locate(&self, findings: &mut [Diagnostic]) {
        match self {
            Self::Json(text) => locate(text, findings),
            Self::Toml(places) => {
                for finding in findings {
                    if let (None, Some(place)) = (finding.position, places.get(&finding.pointer)) {
                        let about_key = finding.code == "unknown-key";
                        finding.position = Some(if about_key { place.key } else { place.value });
                    }
                }
            }
        }
    }
}

/// Reads the plan of a bench, written as TOML or as JSON.
///
/// # Errors
/// Every finding about its shape or, where that is sound, about what it asks for.
pub fn read_plan(bytes: &[u8], is_toml: bool) -> Result<Plan, Vec<Diagnostic>> {
    let (document, places) = if is_toml {
        from_toml(bytes)?
    } else {
        (read_bench(bytes)?, Places::Json(bytes.to_vec()))
    };
    match plan::check_plan(&document) {
        Ok(checked) => Ok(Plan { document, checked, places }),
        Err(mut findings) => {
            places.locate(&mut findings);
            Err(findings)
        }
    }
}

fn from_toml(bytes: &[u8]) -> Result<(BenchDoc, Places), Vec<Diagnostic>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let mut finding = Diagnostic::error(READ_NOT_UTF8, "", "the document is not UTF-8 text")
            .help("save it as UTF-8 without a byte order mark");
        let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        finding.position = Some(Lines::new(&sound).position(sound.len()));
        vec![finding]
    })?;
    let lines = Lines::new(text);
    let table = DeTable::parse(text).map_err(|error| vec![syntax(&error, &lines)])?;
    let mut reader = Reader { lines: &lines, places: BTreeMap::new() };
    let start = Place { key: (1, 1), value: (1, 1) };
    reader.places.insert(String::new(), start);
    let value = reader.table(table.get_ref(), &mut String::new());
    let places = Places::Toml(reader.places);
    // WHY: a JSON value is always written.
    let json = serde_json::to_vec(&value).unwrap_or_default();
    match read_bench(&json) {
        Ok(document) => Ok((document, places)),
        Err(mut findings) => {
            for finding in &mut findings {
                finding.position = None;
            }
            places.locate(&mut findings);
            Err(findings)
        }
    }
}

fn syntax(error: &toml::de::Error, lines: &Lines<'_>) -> Diagnostic {
    let what = error.message().lines().collect::<Vec<_>>().join(" ");
    let mut finding = Diagnostic::error(READ_SYNTAX, "", format!("this is not TOML: {what}"))
        .help("correct the text here or just before");
    finding.position = Some(lines.position(error.span().map_or(0, |span| span.start)));
    finding
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Line and column, from 1, of a byte; columns count characters.
    fn position(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line.max(1) - 1];
        let before = self.text.as_bytes()[start..byte].iter();
        (line, before.filter(|byte| **byte & 0xC0 != 0x80).count() + 1)
    }
}

struct Reader<'a> {
    lines: &'a Lines<'a>,
    places: BTreeMap<String, Place>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, pointer: &mut String) -> Value {
        let mut members = Map::new();
        for (key, value) in table {
            let name = key.get_ref();
            let token = name.replace('~', "~0").replace('/', "~1");
            let read = self.inside(&token, key.span(), value, pointer);
            members.insert(name.to_string(), read);
        }
        Value::Object(members)
    }

    fn inside(
        &mut self,
        token: &str,
        key: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        pointer: &mut String,
    ) -> Value {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(token);
        let (key, own) = (self.lines.position(key.start), self.lines.position(value.span().start));
        self.places.insert(pointer.clone(), Place { key, value: own });
        let read = self.value(value, pointer);
        pointer.truncate(length);
        read
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, pointer: &mut String) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Integer(number) => {
                let (digits, radix) = (number.as_str(), number.radix());
                // WHY: what no document can hold is left to be found as a text that is no number.
                u64::from_str_radix(digits, radix)
                    .map(Value::from)
                    .or_else(|_| i64::from_str_radix(digits, radix).map(Value::from))
                    .unwrap_or_else(|_| Value::String(digits.to_owned()))
            }
            DeValue::Float(number) => {
                let read = number.as_str().parse::<f64>().ok();
                let finite = read.and_then(serde_json::Number::from_f64);
                finite.map_or_else(|| Value::String(number.as_str().to_owned()), Value::Number)
            }
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Array(items) => {
                let mut read = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    read.push(self.inside(&index.to_string(), item.span(), item, pointer));
                }
                Value::Array(read)
            }
            DeValue::Table(table) => self.table(table, pointer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, read_plan};

    #[test]
    fn toml_and_json_say_the_same() {
        let toml = "schema = 'comity.bench/1'\nseeds = [0, 0x10]\ntime_limits = [1.5, 'none']\n\
                    [[instances]]\nfile = 'a/b.json'\n";
        let json = br#"{"schema": "comity.bench/1", "instances": [{"file": "a/b.json"}],
                        "seeds": [0, 16], "time_limits": [1.5, "none"]}"#;
        let toml = read_plan(toml.as_bytes(), true).expect("a plan");
        let json = read_plan(json, false).expect("a plan");
        assert_eq!(toml.document, json.document);
        assert_eq!(toml.checked.instances[0].name, "b");
    }

    #[test]
    fn findings_in_toml_have_their_place() {
        let text = "schema = 'comity.bench/1'\ninstances = ['a.json', 'ä', 7]\nsead = 1\n";
        let found = read_plan(text.as_bytes(), true).expect_err("findings");
        let told: Vec<_> = found.iter().map(|one| (one.code, one.position)).collect();
        assert!(told.contains(&("unknown-key", Some((3, 1)))), "{told:?}");
        assert!(told.contains(&("wrong-type", Some((2, 29)))), "{told:?}");
        let broken = read_plan(b"schema = [\n", true).expect_err("findings");
        assert_eq!(broken[0].code, "syntax");
        assert_eq!(Lines::new("a\nb").position(99), (2, 2));
    }
}
