//! Content lines out: escaped, folded at 75 octets, ended by CRLF.

/// Octets of a line without its end.
const LONGEST_LINE: usize = 75;

/// Text as a `TEXT` value; control characters other than line breaks are left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// An iCalendar file in the making.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// One content line; `head` is the name with its parameters.
    ///
    /// INVARIANT: neither part holds a line break; text comes from `escape`.
    pub fn line(&mut self, head: &str, value: &str) {
        let mut length = 0;
        for letter in head.chars().chain([':']).chain(value.chars()) {
            if letter.is_control() {
                continue;
            }
            if length + letter.len_utf8() > LONGEST_LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(letter);
            length += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// One content line whose value is any text.
    pub fn text(&mut self, head: &str, value: &str) {
        self.line(head, &escape(value));
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}
