//! Small value types that the documents share.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Free remarks of the author of a document: any JSON, never read by comity.
pub type Notes = Option<serde_json::Value>;

/// A decimal number with at most six places, held exactly as an integer of micro-units.
///
/// `0.25` is `Decimal(250_000)`. The accepted range is -1,000,000 to 1,000,000; what a field
/// allows beyond that is checked by `validate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(pub i64);

impl Decimal {
    /// The number of micro-units in one unit.
    pub const ONE: i64 = 1_000_000;

    /// The number in micro-units.
    #[must_use]
    pub fn micro(self) -> i64 {
        self.0
    }

    /// Reads a floating-point number that stands for a decimal of at most six places.
    ///
    /// # Errors
    /// A sentence about what is wrong: not finite, out of range, or more than six places.
    pub fn from_f64(value: f64) -> Result<Self, &'static str> {
        if !value.is_finite() || value.abs() > 1e6 {
            return Err("a number between -1000000 and 1000000 is expected");
        }
        let scaled = value * 1e6;
        let rounded = scaled.round();
        // WHY: below one million, six places leave a double an error of under 1e-4 micro-units.
        if (scaled - rounded).abs() > 1e-3 {
            return Err("a number with at most six decimal places is expected");
        }
        Ok(Self(rounded as i64))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::from_f64(value).map_err(D::Error::custom)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % Self::ONE == 0 {
            serializer.serialize_i64(self.0 / Self::ONE)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1e6)
        }
    }
}

impl JsonSchema for Decimal {
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "number", "minimum": -1_000_000, "maximum": 1_000_000,
            "description": "a decimal number with at most six places"
        })
    }
}

/// A JSON object with free keys, kept in the order of the document, duplicates included.
///
/// WHY: a map type would swallow a duplicate key in silence; `validate` reports it instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs<T>(pub Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Pairs<T> {
    /// True when there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The entries in the order of the document.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v))
    }
    /// The value of `key`, by a linear search.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
}

impl<T> FromIterator<(String, T)> for Pairs<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
            type Value = Pairs<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Pairs(entries))
            }
        }
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for Pairs<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// Numbers by name, as `Pairs<Decimal>`, for millions of them: the names stand in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    names: String,
    /// Where each name ends, and its number.
    ends: Vec<u32>,
    values: Vec<Decimal>,
}

impl Scores {
    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }
    /// True when there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    /// The entries in the order of the document.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Decimal)> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let names = starts.zip(&self.ends).map(|(a, b)| &self.names[*a as usize..*b as usize]);
        names.zip(self.values.iter().copied())
    }
    fn push(&mut self, name: &str, value: Decimal) -> Result<(), &'static str> {
        let end = u32::try_from(self.names.len() + name.len());
        self.ends.push(end.map_err(|_| "the names of one object take more than 4 GiB")?);
        self.names.push_str(name);
        self.values.push(value);
        Ok(())
    }
}

impl FromIterator<(String, Decimal)> for Scores {
    fn from_iter<I: IntoIterator<Item = (String, Decimal)>>(iter: I) -> Self {
        let mut scores = Self::default();
        for (name, value) in iter {
            // What does not fit is left out; no document that was read gets there.
            let _ = scores.push(&name, value);
        }
        scores
    }
}

/// Reads a name into a text.
struct Name<'s>(&'s mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<(), E> {
        self.0.push_str(name);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Scores {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScoresVisitor;
        impl<'de> Visitor<'de> for ScoresVisitor {
            type Value = Scores;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scores, A::Error> {
                let mut scores = Scores::default();
                let mut name = String::new();
                while map.next_key_seed(Name(&mut name))?.is_some() {
                    let value = map.next_value()?;
                    scores.push(&name, value).map_err(A::Error::custom)?;
                    name.clear();
                }
                scores.names.shrink_to_fit();
                scores.ends.shrink_to_fit();
                scores.values.shrink_to_fit();
                Ok(scores)
            }
        }
        deserializer.deserialize_map(ScoresVisitor)
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

impl JsonSchema for Scores {
    fn schema_name() -> Cow<'static, str> {
        Pairs::<Decimal>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Pairs::<Decimal>::json_schema(generator)
    }
}
