//! Reading documents: bytes to typed documents, every shape error at once.
//!
//! * Takes bytes; gives a typed document, or every finding about its shape with its place.
//! * The way of a sound document is one pass of serde. Only when that fails is the text parsed
//!   again into a `tree` that keeps repeated keys, and the tree walked against the JSON Schema of
//!   the type (`shape`), so that the schema that users see and the findings cannot drift apart.
//! * **Invariant**: no input, however broken or deep, makes this panic or overflow the stack:
//!   nesting is limited to 127 levels by `serde_json`.

pub(crate) mod codes;
mod shape;
mod tree;

pub use codes::CODES;

use serde::de::DeserializeOwned;

use super::{
    BENCH_SCHEMA, BenchDoc, DocumentKind, INSTANCE_SCHEMA, InstanceDoc, RULES_SCHEMA, RulesDoc,
    SOLUTION_SCHEMA, SolutionDoc, schema_of,
};
use crate::diagnostic::{Diagnostic, locate, quote};
use tree::Tree;

/// Reads an instance document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_instance(bytes: &[u8]) -> Result<InstanceDoc, Vec<Diagnostic>> {
    read(bytes, DocumentKind::Instance, |doc: &InstanceDoc| &doc.schema)
}

/// Reads a solution document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_solution(bytes: &[u8]) -> Result<SolutionDoc, Vec<Diagnostic>> {
    read(bytes, DocumentKind::Solution, |doc: &SolutionDoc| &doc.schema)
}

/// Reads a rules document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_rules(bytes: &[u8]) -> Result<RulesDoc, Vec<Diagnostic>> {
    read(bytes, DocumentKind::Rules, |doc: &RulesDoc| &doc.schema)
}

/// Reads the plan of a bench.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_bench(bytes: &[u8]) -> Result<BenchDoc, Vec<Diagnostic>> {
    read(bytes, DocumentKind::Bench, |doc: &BenchDoc| &doc.schema)
}

/// The `schema` value of a kind of document.
fn schema_name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Instance => INSTANCE_SCHEMA,
        DocumentKind::Solution => SOLUTION_SCHEMA,
        DocumentKind::Rules => RULES_SCHEMA,
        DocumentKind::Bench => BENCH_SCHEMA,
    }
}

fn read<T: DeserializeOwned>(
    bytes: &[u8],
    kind: DocumentKind,
    schema: impl Fn(&T) -> &String,
) -> Result<T, Vec<Diagnostic>> {
    let mut findings = match serde_json::from_slice::<T>(bytes) {
        Ok(doc) if schema(&doc) == schema_name(kind) => return Ok(doc),
        Ok(doc) => vec![wrong_schema(Some(schema(&doc)), kind)],
        Err(_) => explain::<T>(bytes, kind),
    };
    locate(bytes, &mut findings);
    Err(findings)
}

/// Every finding about a text that serde has refused.
fn explain<T: DeserializeOwned>(bytes: &[u8], kind: DocumentKind) -> Vec<Diagnostic> {
    if let Err(error) = std::str::from_utf8(bytes) {
        return vec![not_utf8(bytes, error.valid_up_to())];
    }
    let tree: Tree = match serde_json::from_slice(bytes) {
        Ok(tree) => tree,
        Err(error) => return vec![syntax(bytes, &error)],
    };
    let mut findings = Vec::new();
    if let Tree::Object(members) = &tree {
        let stated = members.iter().find(|(key, _)| key == "schema").map(|(_, value)| value);
        match stated {
            Some(Tree::String(stated)) if stated == schema_name(kind) => {}
            Some(Tree::String(stated)) => {
                findings.push(wrong_schema(Some(stated), kind));
                if [INSTANCE_SCHEMA, SOLUTION_SCHEMA, RULES_SCHEMA, BENCH_SCHEMA]
                    .contains(&stated.as_str())
                {
                    // WHY: every line of another kind of document would be a finding.
                    return findings;
                }
            }
            Some(_) => {}
            None => findings.push(wrong_schema(None, kind)),
        }
    }
    shape::check(&tree, &schema_of(kind), &mut findings);
    if findings.is_empty() {
        findings.push(fallback::<T>(bytes));
    }
    findings
}

fn wrong_schema(stated: Option<&String>, kind: DocumentKind) -> Diagnostic {
    let wanted = schema_name(kind);
    let (pointer, message) = match stated {
        Some(stated) => (
            "/schema",
            format!("the document says that it is {}, and `{wanted}` is read here", quote(stated)),
        ),
        None => ("", format!("the document does not say that it is `{wanted}`")),
    };
    Diagnostic::error(codes::WRONG_SCHEMA, pointer, message)
        .help(format!("begin the document with `\"schema\": \"{wanted}\"`"))
}

fn not_utf8(bytes: &[u8], valid: usize) -> Diagnostic {
    let before = &bytes[..valid];
    let line = before.split(|b| *b == b'\n').count();
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |place| place + 1);
    let mut finding = Diagnostic::error(codes::NOT_UTF8, "", "the document is not UTF-8 text")
        .help("save it as UTF-8 without a byte order mark");
    finding.position = Some((line, characters(&before[start..]) + 1));
    finding
}

fn syntax(bytes: &[u8], error: &serde_json::Error) -> Diagnostic {
    let full = error.to_string();
    // WHY: serde_json ends its messages with ` at line L column C`, which has its own place here.
    let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
    let mut finding = if bytes.iter().all(u8::is_ascii_whitespace) {
        Diagnostic::error(codes::SYNTAX, "", "the document is empty")
            .help("write a JSON object; `comity schema` prints its form")
    } else if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        Diagnostic::error(codes::SYNTAX, "", "the document begins with a byte order mark")
            .help("save it as UTF-8 without a byte order mark")
    } else if what.starts_with("recursion limit") {
        Diagnostic::error(codes::TOO_DEEP, "", "the document is nested too deeply")
            .help("nest lists and objects at most 127 deep")
    } else if what.starts_with("number out of range") {
        Diagnostic::error(codes::BAD_NUMBER, "", "this number is too large for a double")
            .help("write a smaller number")
    } else {
        Diagnostic::error(codes::SYNTAX, "", format!("this is not JSON: {what}"))
            .help("correct the text here or just before; commas, quotes and brackets are the usual suspects")
    };
    let line = error.line().max(1);
    let text = bytes.split(|b| *b == b'\n').nth(line - 1).unwrap_or_default();
    let passed = error.column().saturating_sub(1).min(text.len());
    finding.position = Some((line, characters(&text[..passed]) + 1));
    finding
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

/// The one finding of serde itself, should the walk over the schema see nothing wrong.
fn fallback<T: DeserializeOwned>(bytes: &[u8]) -> Diagnostic {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut deserializer) else {
        return Diagnostic::error(codes::SYNTAX, "", "the document does not end where it should");
    };
    let mut pointer = String::new();
    for segment in error.path() {
        use serde_path_to_error::Segment;
        pointer.push('/');
        match segment {
            Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Unknown => {
                pointer.pop();
            }
        }
    }
    let full = error.inner().to_string();
    let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
    Diagnostic::error(codes::WRONG_TYPE, pointer, what).help("compare with `comity schema`")
}

#[cfg(test)]
mod tests;
