//! Instances from other people's data: one reader for each kind of source.
//!
//! * `isds` takes bytes and options, gives an `InstanceDoc`; `ics` adds to a document; `rap` and
//!   `gap` write the text of one, which may be long. The same bytes and options give the same document on every
//!   machine.
//! * **Invariant**: what the source does not say is drawn from the seed and listed as invented in
//!   the `notes` of the document.

pub mod gap;
pub mod ics;
pub mod isds;
pub mod rap;

#[cfg(test)]
pub(crate) mod tests;
