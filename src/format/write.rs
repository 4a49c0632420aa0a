//! Writing documents: pretty JSON with a final newline, and the canonical digest.

use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::canonical::canonical;

/// A document as indented JSON with a final newline.
///
/// # Errors
/// When serialisation fails, which the document types do not provoke.
pub fn to_json_string<T: Serialize>(document: &T) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

/// SHA-256, in lower-case hexadecimal, of a JSON text in its canonical form (RFC 8785).
///
/// The digest depends on the content alone: neither on the order of keys nor on white space.
///
/// # Errors
/// When `bytes` are not JSON.
pub fn canonical_digest(bytes: &[u8]) -> serde_json::Result<String> {
    let canonical = canonical(bytes)?;
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(&canonical) {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    Ok(hexadecimal)
}
