//! Names of others as ids of ours.
//!
//! * Takes any name, such as `~First_Last1` or a mail address; gives an id: letters, digits, `.`, `_` and `-` stay, every
//!   other byte becomes `:` and two hexadecimal digits.
//! * **Invariant**: two names never have the same id (those that are too long, as far as SHA-256 goes), and no name gets
//!   an id that is taken: that of the two parties, or `institution`.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The parties of every dispute. WHY in small letters: no name becomes `:a...`, as escapes are written in capitals.
pub(super) const PARTIES: [&str; 2] = [":authors", ":venue"];

const LONGEST: usize = 64;
/// Of an id that would be too long: so much of its beginning, `::`, and as many digits of the hash.
const BEGINNING: usize = 22;
const HASH: usize = 40;

/// The id of a name.
pub(super) fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        // WHY: `institution` has a meaning of its own.
        if plain && !(at == 0 && name == "institution") {
            id.push(char::from(byte));
        } else {
            let _ = write!(id, ":{byte:02X}");
        }
    }
    if id.len() > LONGEST {
        id.truncate(BEGINNING);
        id.push_str("::");
        let hash = Sha256::digest(name.as_bytes());
        for byte in hash.iter().take(HASH / 2) {
            let _ = write!(id, "{byte:02x}");
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// The name of an id that was not too long.
    fn name(id: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = id.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            if *first == b':' {
                let digits = std::str::from_utf8(&after[..2]).expect("digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn known_names() {
        assert_eq!(id("~Ada_Synthetic1"), ":7EAda_Synthetic1");
        assert_eq!(id("rJl-b3RcF7"), "rJl-b3RcF7");
        assert_eq!(id("a:b@c.org"), "a:3Ab:40c.org");
        assert_eq!(id("institution"), ":69nstitution");
        assert_eq!(id("é"), ":C3:A9");
        assert_eq!(id(&"x".repeat(64)), "x".repeat(64));
        assert_eq!(id(&"x".repeat(65)).len(), LONGEST);
    }

    proptest! {
        #[test]
        fn a_short_id_tells_its_name(text in "(\\PC|[a-z:~]){1,20}") {
            let made = id(&text);
            prop_assert!((1..=LONGEST).contains(&made.len()));
            prop_assert!(made.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:-".contains(&b)));
            prop_assert!(!PARTIES.contains(&made.as_str()) && made != "institution");
            if !made.contains("::") {
                prop_assert_eq!(name(&made), text);
            }
        }
    }

    #[test]
    fn long_names_stay_apart() {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for n in 0..2000 {
            let long = format!("{}{n}", "~Somebody with a very long name".repeat(3));
            for name in [long.clone(), id(&long)] {
                assert!(seen.insert(id(&name), name.clone()).is_none(), "{name}");
            }
        }
    }
}
