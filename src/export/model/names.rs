//! Names of columns and rows that every reader of LP and MPS files takes (docs/format.md, "Models").
//!
//! * Takes a label and what it is about; gives letters, digits, `_` and `.` alone, a letter first.
//! * **Invariant**: two things never share a name. Parts are joined by `__`; within a part every `_` is
//!   followed by a letter that says what it stands for, and no label has `__` in it.

/// A part that would be longer than this is called by its place in its list.
///
/// WHY 64: three such parts with their label and numbers stay within the 255 characters that readers take.
const LONGEST_PART: usize = 64;

/// An id as a part of a name; `place` is its place in its list.
pub(super) fn part(id: &str, place: usize) -> String {
    let mut text = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => text.push(c),
            '-' => text.push('.'),
            '_' => text.push_str("_u"),
            '.' => text.push_str("_d"),
            ':' => text.push_str("_c"),
            _ => return format!("_n{place}"),
        }
    }
    if text.is_empty() || text.len() > LONGEST_PART { format!("_n{place}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a part stands for: the id, or a place.
    fn read(part: &str) -> Result<String, usize> {
        if let Some(place) = part.strip_prefix("_n") {
            return Err(place.parse().expect("a place"));
        }
        let mut id = String::new();
        let mut rest = part.chars();
        while let Some(c) = rest.next() {
            id.push(match (c, c == '_') {
                (_, true) => match rest.next().expect("an escape") {
                    'u' => '_',
                    'd' => '.',
                    'c' => ':',
                    other => panic!("no escape: {other}"),
                },
                ('.', _) => '-',
                _ => c,
            });
        }
        Ok(id)
    }

    #[test]
    fn ids_stay_legible() {
        assert_eq!(part("m-ke-a-01", 3), "m.ke.a.01");
        assert_eq!(part("a_b.c:d", 0), "a_ub_dc_cd");
        assert_eq!(part("", 4), "_n4");
        assert_eq!(part("water law", 5), "_n5");
        assert_eq!(part(&"_".repeat(33), 6), "_n6");
    }

    proptest! {
        #[test]
        fn a_name_can_be_read_back(ids in prop::collection::vec("[A-Za-z0-9._:-]{1,64}", 1..4)) {
            let name: Vec<String> = ids.iter().enumerate().map(|(at, id)| part(id, at)).collect();
            let name = name.join("__");
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'));
            prop_assert!(name.len() <= 3 * LONGEST_PART + 4);
            let mut parts = Vec::new();
            let mut rest = name.as_str();
            // WHY not split: an id may end in an escape, so that what follows a `_` says what it is.
            let mut from = 0;
            while let Some(at) = rest[from..].find('_').map(|at| at + from) {
                if rest[at + 1..].starts_with('_') {
                    parts.push(&rest[..at]);
                    rest = &rest[at + 2..];
                    from = 0;
                } else {
                    from = at + 2;
                }
            }
            parts.push(rest);
            prop_assert_eq!(parts.len(), ids.len());
            for (at, (part, id)) in parts.iter().zip(&ids).enumerate() {
                match read(part) {
                    Ok(told) => prop_assert_eq!(&told, id),
                    Err(place) => prop_assert_eq!(place, at),
                }
            }
        }
    }
}
