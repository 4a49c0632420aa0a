//! A tree against a JSON Schema: every difference as a finding.
//!
//! * Knows the part of JSON Schema that schemars writes for the document types: `$ref`, `type`,
//!   `properties`, `required`, `additionalProperties`, `items`, `prefixItems`, `minItems`,
//!   `maxItems`, `minimum`, `maximum`, `format` of integers, `const`, `enum`, `oneOf`, `anyOf`.
//! * Recursion is as deep as the tree, which `serde_json` has limited.

use std::collections::HashSet;

use schemars::Schema;
use serde_json::{Map, Number, Value};

use super::codes;
use super::tree::Tree;
use crate::diagnostic::{Diagnostic, nearest, quote};
use crate::format::Decimal;

/// Notes every difference between a tree and a schema.
pub(super) fn check(tree: &Tree, schema: &Schema, findings: &mut Vec<Diagnostic>) {
    let root = schema.as_value();
    let mut walker = Walker { root, findings, pointer: String::new() };
    walker.walk(tree, root);
}

struct Walker<'a> {
    root: &'a Value,
    findings: &'a mut Vec<Diagnostic>,
    pointer: String,
}

impl<'a> Walker<'a> {
    fn error(&mut self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Diagnostic::error(code, self.pointer.clone(), message).help(help));
    }

    fn inside(&mut self, token: &str, work: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
        work(self);
        self.pointer.truncate(length);
    }

    /// The schema behind references, and the name of the last of them.
    fn resolve(&self, mut schema: &'a Value) -> (&'a Value, Option<&'a str>) {
        let mut name = None;
        // WHY: bounded, so that a ring of references could not trap us.
        for _ in 0..16 {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { break };
            let Some(target) = reference.strip_prefix('#').and_then(|p| self.root.pointer(p))
            else {
                break;
            };
            name = reference.rsplit('/').next();
            schema = target;
        }
        (schema, name)
    }

    /// The alternatives of a schema, references and `anyOf` taken apart.
    fn alternatives(&self, schema: &'a Value, found: &mut Vec<(&'a Value, Option<&'a str>)>) {
        let (schema, name) = self.resolve(schema);
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            for one in any {
                self.alternatives(one, found);
            }
        } else {
            found.push((schema, name));
        }
    }

    fn walk(&mut self, tree: &Tree, schema: &'a Value) {
        let mut alternatives = Vec::new();
        self.alternatives(schema, &mut alternatives);
        let fitting = alternatives
            .iter()
            .find(|(schema, _)| types(schema).is_none_or(|t| t.iter().any(|t| fits(tree, t))));
        let Some((schema, name)) = fitting else {
            let mut wanted: Vec<&str> = Vec::new();
            for word in
                alternatives.iter().flat_map(|(schema, _)| types(schema).unwrap_or_default())
            {
                if word != "null" && !wanted.contains(&word) {
                    wanted.push(word);
                }
            }
            let wanted: Vec<&str> = wanted.into_iter().map(with_article).collect();
            let wanted = wanted.join(" or ");
            self.error(
                codes::WRONG_TYPE,
                format!("{} stands where {wanted} is expected", kind(tree)),
                format!("write {wanted}"),
            );
            return;
        };
        match tree {
            Tree::Object(members) => self.object(members, schema),
            Tree::Array(items) => self.array(items, schema),
            Tree::String(text) => {
                let lists = alternatives
                    .iter()
                    .any(|(schema, _)| types(schema).is_some_and(|t| t.contains(&"array")));
                self.text(text, schema, if lists { ", or a list" } else { "" });
            }
            Tree::Number(number) => self.number(number, schema, *name),
            Tree::Null | Tree::Bool => {}
        }
    }

    fn object(&mut self, members: &[(String, Tree)], schema: &'a Value) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let additional = schema.get("additionalProperties");
        if properties.is_none() && additional.is_none() {
            return;
        }
        let closed = additional == Some(&Value::Bool(false));
        let mut seen = HashSet::new();
        for (key, value) in members {
            if !seen.insert(key.as_str()) {
                self.inside(key, |walker| {
                    walker.error(
                        codes::DUPLICATE_KEY,
                        format!("the key {} stands here twice", quote(key)),
                        "keep one of the two",
                    );
                });
            }
            if let Some(property) = properties.and_then(|known| known.get(key)) {
                self.inside(key, |walker| walker.walk(value, property));
            } else if closed {
                let known = properties.into_iter().flat_map(Map::keys).map(String::as_str);
                let help = nearest(key, known).map_or_else(
                    || list_of(properties.into_iter().flat_map(Map::keys)),
                    |near| format!("did you mean `{near}`?"),
                );
                self.inside(key, |walker| {
                    walker.error(
                        codes::UNKNOWN_KEY,
                        format!("the key {} is not known here", quote(key)),
                        help,
                    );
                });
            } else if let Some(additional) = additional {
                self.inside(key, |walker| walker.walk(value, additional));
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str) {
            // WHY: a missing `schema` has its own finding.
            if seen.contains(key) || (self.pointer.is_empty() && key == "schema") {
                continue;
            }
            let described =
                properties.and_then(|known| known.get(key)).and_then(|p| p.get("description"));
            let described = described.and_then(Value::as_str).map(lower_first).unwrap_or_default();
            let help = if described.is_empty() || described == *key {
                format!("add `{key}`")
            } else {
                format!("add `{key}`: {described}")
            };
            self.error(codes::MISSING_KEY, format!("the key `{key}` is missing"), help);
        }
    }

    fn array(&mut self, items: &[Tree], schema: &'a Value) {
        let bound = |key: &str| schema.get(key).and_then(Value::as_u64);
        let (least, most) = (bound("minItems").unwrap_or(0), bound("maxItems").unwrap_or(u64::MAX));
        let length = items.len() as u64;
        if length < least || length > most {
            let wanted = match (least, most) {
                (least, u64::MAX) => format!("{least} or more"),
                (least, most) if least == most => format!("{least}"),
                (least, most) => format!("{least} to {most}"),
            };
            self.error(
                codes::WRONG_LENGTH,
                format!("a list with {length} entries stands where {wanted} are expected"),
                format!("write a list with {wanted} entries"),
            );
        }
        let fixed = schema.get("prefixItems").and_then(Value::as_array);
        for (index, item) in items.iter().enumerate() {
            let own = fixed.and_then(|fixed| fixed.get(index)).or_else(|| schema.get("items"));
            if let Some(own) = own {
                self.inside(&index.to_string(), |walker| walker.walk(item, own));
            }
        }
    }

    /// `otherwise` ends the help where something else than a word may stand too.
    fn text(&mut self, text: &str, schema: &'a Value, otherwise: &str) {
        let words = words(schema);
        if words.is_empty() || words.contains(&text) {
            return;
        }
        let help = nearest(text, words.iter().copied()).map_or_else(
            || list_of(words.iter()) + otherwise,
            |near| format!("did you mean `{near}`?"),
        );
        self.error(
            codes::UNKNOWN_VALUE,
            format!("{} is not one of the words allowed here", quote(text)),
            help,
        );
    }

    fn number(&mut self, number: &Number, schema: &'a Value, name: Option<&str>) {
        let value = number.as_f64().unwrap_or(f64::INFINITY);
        if name == Some("Decimal") {
            if let Err(rule) = Decimal::from_f64(value) {
                self.error(
                    codes::BAD_NUMBER,
                    format!("`{number}` is not a number that is allowed here"),
                    rule,
                );
            }
            return;
        }
        if !types(schema).is_some_and(|types| types.contains(&"integer")) {
            return;
        }
        let (least, most) = match schema.get("format").and_then(Value::as_str) {
            Some("uint32") => (0, u64::from(u32::MAX)),
            Some("uint64") => (0, u64::MAX),
            _ => (i64::MIN, i64::MAX as u64),
        };
        let sound = number.as_u64().map_or_else(
            || number.as_i64().is_some_and(|value| value >= least),
            |value| value <= most,
        );
        if !sound {
            self.error(
                codes::BAD_NUMBER,
                format!("`{number}` is not a number that is allowed here"),
                format!("write a whole number from {least} to {most}, without a decimal point"),
            );
        }
    }
}

/// The types that a schema without references allows; `None` for any.
fn types(schema: &Value) -> Option<Vec<&str>> {
    if let Some(stated) = schema.get("type") {
        return Some(match stated {
            Value::String(one) => vec![one.as_str()],
            Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        });
    }
    (!words(schema).is_empty()).then(|| vec!["string"])
}

/// The words that a schema allows; empty for any.
fn words(schema: &Value) -> Vec<&str> {
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return vec![word];
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().filter_map(Value::as_str).collect();
    }
    let one_of = schema.get("oneOf").and_then(Value::as_array);
    one_of.into_iter().flatten().flat_map(words).collect()
}

fn fits(tree: &Tree, kind: &str) -> bool {
    match tree {
        Tree::Null => kind == "null",
        Tree::Bool => kind == "boolean",
        // WHY: a number with a decimal point is a finding about the number, not about its type.
        Tree::Number(_) => kind == "number" || kind == "integer",
        Tree::String(_) => kind == "string",
        Tree::Array(_) => kind == "array",
        Tree::Object(_) => kind == "object",
    }
}

fn kind(tree: &Tree) -> &'static str {
    match tree {
        Tree::Null => "null",
        Tree::Bool => "true or false",
        Tree::Number(_) => "a number",
        Tree::String(_) => "a text",
        Tree::Array(_) => "a list",
        Tree::Object(_) => "an object",
    }
}

fn with_article(kind: &str) -> &'static str {
    match kind {
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a text",
        "array" => "a list",
        "object" => "an object",
        _ => "null",
    }
}

fn list_of(words: impl Iterator<Item = impl AsRef<str>>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("`{}`", word.as_ref())).collect();
    let choice = if quoted.len() > 1 { "one of " } else { "" };
    format!("write {choice}{}", quoted.join(", "))
}

/// A description as the end of a sentence.
fn lower_first(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}
