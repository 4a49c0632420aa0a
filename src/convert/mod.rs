//! Instances from other people's data: one reader for each kind of source.
//!
//! * `isds` takes bytes and options, gives an `InstanceDoc`; `ics` adds to a document; `rap`, `gap`, `openreview` and
//!   `preflib` write the text of one, which may be long. The same bytes and options give the same document on every
//!   machine.
//! * **Invariant**: what the source does not say is drawn from the seed and listed as invented in
//!   the `notes` of the document.

mod assignment;
mod decimal;
pub mod gap;
pub mod ics;
pub mod isds;
pub mod openreview;
pub mod preflib;
pub mod rap;

pub use decimal::micro;

/// What documents of pure assignment have in common: one hour, and nothing but scores. WHY `advisory`, and no rules:
/// such data says nothing of nationality or relations.
const ASSIGNMENT: &str = r#""as_of": "2000-01-01",
"horizon": {"start": "2000-01-01T00:00:00Z", "end": "2000-01-01T01:00:00Z"},
"slot_minutes": 60,
"policy": {
"candidates": "scored",
"conflict_rules": {"schema": "comity.rules/1", "id": "none"},
"nationality": {"commercial": "advisory"},
"weights": {"balance": 0}
},
"#;

#[cfg(test)]
pub(crate) mod tests;
