//! Who reads, and at which tables that reader sits.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::nearest;
use crate::format::InstanceDoc;

/// Who reads the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// The secretariat: everything.
    Secretariat,
    /// An actor, in every dispute to which it is a party.
    Actor(String),
    /// A party to one dispute.
    Party {
        /// The dispute.
        dispute: String,
        /// The party.
        party: String,
    },
}

/// There is no such party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownReader {
    what: String,
    near: Option<String>,
}

impl fmt::Display for UnknownReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no dispute has the party `{}`", self.what)?;
        if let Some(near) = &self.near {
            write!(f, "; did you mean `{near}`?")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownReader {}

/// The parties, by id, that the reader is in each dispute; `None` for the secretariat.
pub(super) fn seats<'a>(
    instance: &'a InstanceDoc,
    reader: &Reader,
) -> Result<Option<BTreeMap<&'a str, Vec<&'a str>>>, UnknownReader> {
    let mut seats: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let all = || instance.disputes.iter().flat_map(|d| d.parties.iter().map(move |p| (d, p)));
    let (what, known): (String, Vec<String>) = match reader {
        Reader::Secretariat => return Ok(None),
        Reader::Actor(id) => {
            for (dispute, party) in all().filter(|(_, party)| party.actor == *id) {
                seats.entry(&dispute.id).or_default().push(&party.id);
            }
            (id.clone(), all().map(|(_, party)| party.actor.clone()).collect())
        }
        Reader::Party { dispute, party } => {
            for (d, p) in all().filter(|(d, p)| d.id == *dispute && p.id == *party) {
                seats.entry(&d.id).or_default().push(&p.id);
            }
            let known = all().map(|(d, p)| format!("{}/{}", d.id, p.id)).collect();
            (format!("{dispute}/{party}"), known)
        }
    };
    if seats.is_empty() {
        let near = nearest(&what, known.iter().map(String::as_str)).map(str::to_owned);
        return Err(UnknownReader { what, near });
    }
    Ok(Some(seats))
}
