//! The document as text, a line for each entry of a list, none of which is held once it is written.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Docket;

impl Docket {
    /// Writes the document: what `document` gives, in as much memory as one entry takes.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let doc = self.frame();
        out.write_str("{\n\"schema\": ")?;
        entry(out, &doc.schema)?;
        value(out, "id", &doc.id)?;
        value(out, "title", &doc.title)?;
        value(out, "as_of", &doc.as_of)?;
        value(out, "horizon", &doc.horizon)?;
        value(out, "slot_minutes", &doc.slot_minutes)?;
        value(out, "policy", &doc.policy)?;
        value(out, "notes", &doc.notes)?;
        list(out, "states", doc.states)?;
        list(out, "organisations", self.organisations())?;
        list(out, "people", self.people())?;
        list(out, "mediators", self.roster())?;
        list(out, "panels", doc.panels)?;
        list(out, "calendars", doc.calendars)?;
        list(out, "places", doc.places)?;
        list(out, "interpreters", self.interpreters())?;
        list(out, "relations", self.relations())?;
        list(out, "appointments", self.appointments())?;
        list(out, "disputes", self.docket())?;
        list(out, "scores", self.scores())?;
        out.write_str("\n}\n")
    }
}

fn entry<T: Serialize>(out: &mut dyn Write, item: &T) -> fmt::Result {
    // The documents' types do not fail to serialise.
    out.write_str(&serde_json::to_string(item).map_err(|_| fmt::Error)?)
}

fn value<T: Serialize>(out: &mut dyn Write, key: &str, item: &T) -> fmt::Result {
    write!(out, ",\n\"{key}\": ")?;
    entry(out, item)
}

fn list<T: Serialize>(
    out: &mut dyn Write,
    key: &str,
    items: impl IntoIterator<Item = T>,
) -> fmt::Result {
    write!(out, ",\n\"{key}\": [")?;
    let mut between = "\n";
    for item in items {
        out.write_str(between)?;
        entry(out, &item)?;
        between = ",\n";
    }
    out.write_str("\n]")
}
