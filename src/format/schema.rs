//! JSON Schemas of the documents, generated from the serde types.

use schemars::{Schema, schema_for};

use super::{BenchDoc, InstanceDoc, RulesDoc, SolutionDoc};

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// `comity.instance/1`.
    Instance,
    /// `comity.solution/1`.
    Solution,
    /// `comity.rules/1`.
    Rules,
    /// `comity.bench/1`.
    Bench,
}

/// The JSON Schema (2020-12) of a kind of document.
#[must_use]
pub fn schema_of(kind: DocumentKind) -> Schema {
    match kind {
        DocumentKind::Instance => schema_for!(InstanceDoc),
        DocumentKind::Solution => schema_for!(SolutionDoc),
        DocumentKind::Rules => schema_for!(RulesDoc),
        DocumentKind::Bench => schema_for!(BenchDoc),
    }
}
