//! Who is who: the names of what an explanation calls by its id.
//!
//! * Takes a text, or what is told as data, and the instance; gives it with the names of the ids that occur in it.
//! * WHY at the end: ids are what commands and documents take, and a sentence with five long names is hard to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use crate::format::InstanceDoc;

/// What may stand in an id.
fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':' | '-')
}

/// Names and titles by id. For the parties, those of mediators, States and places alone: titles of disputes, and who
/// else there is, are not theirs to know.
fn names(document: &InstanceDoc, for_parties: bool) -> BTreeMap<&str, &str> {
    let states = document.states.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let mediators = document.mediators.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let places = document.places.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let organisations = document.organisations.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let people = document.people.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let interpreters = document.interpreters.iter().map(|x| (x.id.as_str(), x.name.as_deref()));
    let disputes = document.disputes.iter().map(|x| (x.id.as_str(), x.title.as_deref()));
    let others = organisations.chain(people).chain(interpreters).chain(disputes);
    let all = states.chain(mediators).chain(places).chain(others.filter(|_| !for_parties));
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, name) in all {
        // A number that is an id could not be told from a number.
        let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
        // The first wins where two sections share an id.
        if let Some(name) = name.filter(|_| !is_number) {
            names.entry(id).or_insert(name);
        }
    }
    names
}

/// Ids that occur in a text and have a name, with it, in the order in which they occur.
fn occurring<'n>(text: &str, names: &BTreeMap<&'n str, &'n str>) -> Vec<(&'n str, &'n str)> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for token in text.split(|c: char| !is_of_id(c)) {
        // A sentence may end with an id.
        let bare = token.trim_end_matches([':', '.', '-']);
        let known = [token, bare].into_iter().find_map(|id| names.get_key_value(id));
        if let Some((id, name)) = known.filter(|(id, _)| seen.insert(id)) {
            found.push((*id, *name));
        }
    }
    found
}

/// All texts in a value, keys apart.
fn texts(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Array(list) => list.iter().for_each(|one| texts(one, into)),
        Value::Object(object) => object.values().for_each(|one| texts(one, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text with the names of all ids in it at its end.
#[must_use]
pub fn legend(mut text: String, document: &InstanceDoc, for_parties: bool) -> String {
    let found = occurring(&text, &names(document, for_parties));
    let width = found.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    if width > 0 {
        text.push_str("\nnames:\n");
    }
    for (id, name) in found {
        let _ = writeln!(text, "  {id:<width$}  {name}");
    }
    text
}

/// What is told, as an object with `names` beside it: those of all ids in its texts.
#[must_use]
pub fn with_names<T: Serialize>(told: &T, document: &InstanceDoc, for_parties: bool) -> Value {
    let mut value = serde_json::to_value(told).unwrap_or_default();
    let mut text = String::new();
    texts(&value, &mut text);
    let found = occurring(&text, &names(document, for_parties));
    let found: BTreeMap<&str, &str> = found.into_iter().collect();
    if let (Some(object), false) = (value.as_object_mut(), found.is_empty()) {
        object.insert("names".to_owned(), json!(found));
    }
    value
}
