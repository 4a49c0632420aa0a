//! Words in messages: user text made safe to print, and the nearest known name.

/// User text in backticks: control characters escaped, cut after 80 characters.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len().min(90) + 2);
    quoted.push('`');
    for (position, letter) in text.chars().enumerate() {
        if position == 80 {
            quoted.push_str("...");
            break;
        }
        if letter.is_control() || is_invisible(letter) {
            quoted.extend(letter.escape_unicode());
        } else {
            quoted.push(letter);
        }
    }
    quoted.push('`');
    quoted
}

/// Characters that print as nothing or turn the direction of writing.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The known name that `name` most likely stands for; the first of equals.
///
/// Complexity: one edit distance for every name of about the same length.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > 100 {
        return None;
    }
    let lower = name.to_lowercase();
    let allowed = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        if candidate.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{nearest, quote};

    #[test]
    fn quotes_are_safe_to_print() {
        assert_eq!(quote("a\u{1b}[2Jb\n"), "`a\\u{1b}[2Jb\\u{a}`");
        assert_eq!(quote(&"x".repeat(200)).len(), 85);
    }

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("Europe/Pariss", ["Europe/Paris", "Asia/Paris"]), Some("Europe/Paris"));
        assert_eq!(nearest("asia/shanghai", ["Asia/Shanghai"]), Some("Asia/Shanghai"));
        assert_eq!(nearest("zzz", ["abc", "abd"]), None);
    }
}
