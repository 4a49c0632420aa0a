//! The canonical form of a JSON text (RFC 8785), written while it is read.
//!
//! * Takes any JSON text; gives its canonical bytes. Of a key that stands twice, the last counts.
//! * WHY not by way of a tree: a text of millions of numbers would be held several times over.
//! * Complexity: n log n; holds the canonical bytes, and once more those of one object at a time
//!   whose keys are out of order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

/// The canonical bytes.
pub(super) fn canonical(bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    Writer(&mut out).deserialize(&mut reader)?;
    reader.end()?;
    Ok(out)
}

/// Writes what is read.
struct Writer<'w>(&'w mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Writer<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Writer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }
    // WHY: JSON knows doubles alone, so that every number is written as one.
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        // INVARIANT: JSON text has no number that is not finite.
        self.0.extend_from_slice(ryu_js::Buffer::new().format(value).as_bytes());
        Ok(())
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        serde_json::to_writer(self.0, value).map_err(E::custom)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let first = self.0.len();
        loop {
            let mark = self.0.len();
            if mark > first {
                self.0.push(b',');
            }
            if items.next_element_seed(Writer(self.0))?.is_none() {
                self.0.truncate(mark);
                self.0.push(b']');
                return Ok(());
            }
        }
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let out = self.0;
        out.push(b'{');
        let first = out.len();
        let mut keys = String::new();
        let mut entries: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        while let Some(Key(key)) = members.next_key()? {
            if out.len() > first {
                out.push(b',');
            }
            let start = out.len();
            serde_json::to_writer(&mut *out, &*key).map_err(A::Error::custom)?;
            out.push(b':');
            members.next_value_seed(Writer(out))?;
            let from = keys.len();
            keys.push_str(&key);
            entries.push((from..keys.len(), start..out.len()));
        }
        let order = |a: &Range<usize>, b: &Range<usize>| by_key(&keys[a.clone()], &keys[b.clone()]);
        if !entries.is_sorted_by(|a, b| order(&a.0, &b.0) == Ordering::Less) {
            entries.sort_by(|a, b| order(&a.0, &b.0));
            let written = out.split_off(first);
            for (n, (key, entry)) in entries.iter().enumerate() {
                let again = entries.get(n + 1).is_some_and(|(next, _)| order(key, next).is_eq());
                if !again {
                    if out.len() > first {
                        out.push(b',');
                    }
                    out.extend_from_slice(&written[entry.start - first..entry.end - first]);
                }
            }
        }
        out.push(b'}');
        Ok(())
    }
}

/// The order of keys: by their UTF-16 code units.
fn by_key(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// A key, borrowed where the text holds it as it is.
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        reader.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against another implementation, by way of a tree.
    fn same(text: &str) {
        let value: serde_json::Value = serde_json::from_str(text).expect(text);
        let other = serde_json_canonicalizer::to_vec(&value).expect(text);
        let own = canonical(text.as_bytes()).expect(text);
        assert_eq!(String::from_utf8_lossy(&own), String::from_utf8_lossy(&other), "{text}");
    }

    #[test]
    fn it_is_the_canonical_form() {
        for text in [
            "null",
            "[]",
            "{}",
            "[1, 2.50, -0.0, 1e30, 1e21, 1e-7, 123456789012345678901, 0.1]",
            r#"{"b": 1, "a": [true, false, {"z": {}, "y": [[], {}]}], "": "\u20ac\/\u0000\n\"\\"}"#,
            r#"{"a": 1, "b": 2, "a": {"c": 3}}"#,
            r#"{"\ud83d\ude00": 1, "\ufb33": 2, "\u0041": 3, "\u00f6": 4, "a": 5, "\r": 6}"#,
            r#"{"r10": 0.5, "r2": 0.25, "r1": 1, "r": -0.125}"#,
        ] {
            same(text);
        }
        same(include_str!("../../instances/hk-spring-2026.json"));
        same(include_str!("../../instances/isds-2015.json"));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]", "{} x", "nul", r#"{"a" 1}"#] {
            assert!(canonical(text.as_bytes()).is_err(), "{text}");
        }
        assert!(canonical("[".repeat(200).as_bytes()).is_err());
    }
}
