//! Reading documents: bytes to typed documents, every shape error at once.

use serde::de::DeserializeOwned;

use super::{InstanceDoc, RulesDoc, SolutionDoc};
use crate::diagnostic::Diagnostic;

/// Reads an instance document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_instance(bytes: &[u8]) -> Result<InstanceDoc, Vec<Diagnostic>> {
    read(bytes)
}

/// Reads a solution document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_solution(bytes: &[u8]) -> Result<SolutionDoc, Vec<Diagnostic>> {
    read(bytes)
}

/// Reads a rules document.
///
/// # Errors
/// Every finding about the shape of the document.
pub fn read_rules(bytes: &[u8]) -> Result<RulesDoc, Vec<Diagnostic>> {
    read(bytes)
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Vec<Diagnostic>> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|e| vec![Diagnostic::error("shape", "", e.to_string())])
}
