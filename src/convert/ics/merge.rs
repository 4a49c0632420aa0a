//! What was read, put into an instance document.
//!
//! * **Invariant**: everything else in the document stays as its author wrote it, notes and the
//!   order of keys included; so this works on JSON, not on the document types.

use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::diagnostic::{nearest, quote};
use crate::format::{HolidayDoc, Weekday};
use crate::time::{Interval, Zone, parse_instant};

/// Why something could not be put into an instance.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MergeError {
    /// The document has no such person.
    #[error("the instance has no person, mediator or interpreter {id}{near}")]
    Person {
        /// The id, quoted.
        id: String,
        /// The nearest one that there is.
        near: String,
    },
    /// The document has no such calendar, and nobody said which days its weekend has.
    #[error("the instance has no calendar {id}{near}; give `--weekend` to make it")]
    Calendar {
        /// The id, quoted.
        id: String,
        /// The nearest one that there is.
        near: String,
    },
    /// The document is none.
    #[error("the instance is not a JSON object with lists")]
    Shape,
}

fn list<'d>(of: &'d mut Map<String, Value>, key: &str) -> Result<&'d mut Vec<Value>, MergeError> {
    of.entry(key).or_insert_with(|| json!([])).as_array_mut().ok_or(MergeError::Shape)
}

fn id_of(entry: &Value) -> &str {
    entry.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn hint<'d>(id: &str, known: impl Iterator<Item = &'d str>) -> String {
    nearest(id, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

const PEOPLE: [&str; 3] = ["people", "mediators", "interpreters"];

fn person<'d>(document: &'d mut Value, id: &str) -> Result<&'d mut Map<String, Value>, MergeError> {
    let entries = |key: &str| document.get(key).and_then(Value::as_array).into_iter().flatten();
    let found = PEOPLE.iter().find_map(|key| {
        entries(key).position(|entry| id_of(entry) == id).map(|position| (*key, position))
    });
    let Some((key, position)) = found else {
        let near = hint(id, PEOPLE.iter().flat_map(|key| entries(key)).map(id_of));
        return Err(MergeError::Person { id: quote(id), near });
    };
    let entry = document.get_mut(key).and_then(|list| list.get_mut(position));
    entry.and_then(Value::as_object_mut).ok_or(MergeError::Shape)
}

/// The zone of a person.
///
/// # Errors
/// When there is no such person.
pub fn zone_of(document: &mut Value, id: &str) -> Result<Option<Zone>, MergeError> {
    let person = person(document, id)?;
    Ok(person.get("time_zone").and_then(Value::as_str).and_then(Zone::parse))
}

/// Adds busy time to a person; `replace` takes away first what is there.
///
/// An interval that lies in one that is there already is not added again.
///
/// # Errors
/// When there is no such person.
pub fn add_busy(
    document: &mut Value,
    id: &str,
    busy: &[Interval],
    replace: bool,
) -> Result<(), MergeError> {
    let person = person(document, id)?;
    let zone = person.get("time_zone").and_then(Value::as_str).and_then(Zone::parse);
    let list = list(person, "busy")?;
    if replace {
        list.clear();
    }
    let instant = |entry: &Value, key: &str| parse_instant(entry.get(key)?.as_str()?).ok();
    let mut there: Vec<Interval> = list
        .iter()
        .filter_map(|entry| {
            Some(Interval { start: instant(entry, "start")?, end: instant(entry, "end")? })
        })
        .collect();
    // INVARIANT: by start, and each end the last of all ends so far.
    there.sort_unstable();
    let mut last = i64::MIN;
    for one in &mut there {
        last = last.max(one.end);
        one.end = last;
    }
    let covered = |one: &Interval| {
        let begun = there.partition_point(|known| known.start <= one.start);
        begun > 0 && one.end <= there[begun - 1].end
    };
    let write = |at| zone.map_or_else(|| Zone::utc_rfc3339(at), |zone| zone.local_rfc3339(at));
    for one in busy {
        if !covered(one) {
            list.push(json!({ "start": write(one.start), "end": write(one.end) }));
        }
    }
    if list.is_empty() {
        person.shift_remove("busy");
    }
    Ok(())
}

/// Adds holidays to a calendar; `replace` takes away first what is there.
///
/// A day that is there already gets the new name and mark; its notes stay. A calendar that is not
/// there is made when `weekend` says which days its weekend has.
///
/// # Errors
/// When there is no such calendar and no weekend for it.
pub fn add_holidays(
    document: &mut Value,
    id: &str,
    holidays: &[HolidayDoc],
    weekend: Option<&[Weekday]>,
    replace: bool,
) -> Result<(), MergeError> {
    let calendars = list(document.as_object_mut().ok_or(MergeError::Shape)?, "calendars")?;
    let position = match (calendars.iter().position(|entry| id_of(entry) == id), weekend) {
        (Some(position), _) => position,
        (None, Some(_)) => {
            calendars.push(json!({ "id": id }));
            calendars.len() - 1
        }
        (None, None) => {
            let near = hint(id, calendars.iter().map(id_of));
            return Err(MergeError::Calendar { id: quote(id), near });
        }
    };
    let calendar = calendars[position].as_object_mut().ok_or(MergeError::Shape)?;
    if let Some(weekend) = weekend {
        calendar.insert("weekend".to_owned(), json!(weekend));
    }
    let list = list(calendar, "holidays")?;
    if replace {
        list.clear();
    }
    for holiday in holidays {
        let same = |entry: &&mut Value| entry["date"] == holiday.date.as_str();
        let Some(entry) = list.iter_mut().find(same).and_then(Value::as_object_mut) else {
            list.push(json!(holiday));
            continue;
        };
        for (key, value) in [
            ("name", holiday.name.as_deref().map(Value::from)),
            ("tentative", holiday.tentative.map(Value::from)),
        ] {
            match value {
                Some(value) => drop(entry.insert(key.to_owned(), value)),
                None => drop(entry.shift_remove(key)),
            }
        }
    }
    list.sort_by(|a, b| a["date"].as_str().cmp(&b["date"].as_str()));
    Ok(())
}
