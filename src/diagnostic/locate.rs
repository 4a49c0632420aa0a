//! JSON pointers to lines and columns, for many pointers in one pass over the text.
//!
//! * Takes a JSON text (which may be broken) and pointers; gives the places found before the text
//!   ends or breaks off.
//! * Lines and columns count from 1; columns count characters, not bytes.
//! * **Invariant**: no recursion: the stack is a `Vec` as deep as the deepest pointer, so no text
//!   can overflow it. Where an object repeats a key, a pointer names its last member.
//! * Complexity: linear in the text.

use std::collections::BTreeMap;

use super::Diagnostic;

/// Where a value stands, and the key before it when it is a member of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Line and column of the value.
    pub value: (usize, usize),
    /// Line and column of its key.
    pub key: Option<(usize, usize)>,
}

/// Codes whose finding is about a key rather than its value.
const ABOUT_KEYS: &[&str] = &["unknown-key", "duplicate-key"];

/// Fills in the positions of findings that have none yet.
pub fn locate(text: &[u8], findings: &mut [Diagnostic]) {
    let open: Vec<usize> =
        (0..findings.len()).filter(|i| findings[*i].position.is_none()).collect();
    let pointers: Vec<&str> = open.iter().map(|i| findings[*i].pointer.as_str()).collect();
    let found = spots(text, &pointers);
    for (index, spot) in open.into_iter().zip(found) {
        let about_key = ABOUT_KEYS.contains(&findings[index].code);
        findings[index].position =
            spot.map(|s| if about_key { s.key.unwrap_or(s.value) } else { s.value });
    }
}

/// The spot of each pointer in a JSON text, `None` where it leads nowhere.
#[must_use]
pub fn spots(text: &[u8], pointers: &[&str]) -> Vec<Option<Spot>> {
    let mut trie = Trie::default();
    let wanted: Vec<Option<usize>> = pointers.iter().map(|p| trie.insert(p)).collect();
    let mut scanner = Scanner { text, at: 0, line: 1, line_start: 0, last: (0, 0) };
    let mut found = vec![None; trie.nodes.len()];
    scanner.run(&trie, &mut found);
    wanted.into_iter().map(|node| node.and_then(|n| found[n])).collect()
}

#[derive(Default)]
struct Node {
    members: BTreeMap<String, usize>,
    items: BTreeMap<usize, usize>,
}

struct Trie {
    nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Trie {
    fn insert(&mut self, pointer: &str) -> Option<usize> {
        if pointer.is_empty() {
            return Some(0);
        }
        let mut node = 0;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            let next = self.nodes.len();
            let index = token.parse::<usize>().ok().filter(|i| i.to_string() == token);
            let child = *self.nodes[node].members.entry(token).or_insert(next);
            if let Some(index) = index {
                self.nodes[node].items.insert(index, child);
            }
            if child == next {
                self.nodes.push(Node::default());
            }
            node = child;
        }
        Some(node)
    }
}

#[derive(Clone, Copy)]
enum Frame {
    Object(usize),
    Array(usize, usize),
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
    line_start: usize,
    /// A byte offset on the current line and the number of characters before it.
    last: (usize, usize),
}

impl Scanner<'_> {
    fn run(&mut self, trie: &Trie, found: &mut [Option<Spot>]) {
        let mut stack = Vec::new();
        if self.value(0, None, trie, found, &mut stack).is_none() {
            return;
        }
        while let Some(frame) = stack.pop() {
            if self.frame(frame, trie, found, &mut stack).is_none() {
                return;
            }
        }
    }

    /// Goes on in a container up to its next value; `None` when the text breaks off.
    fn frame(
        &mut self,
        frame: Frame,
        trie: &Trie,
        found: &mut [Option<Spot>],
        stack: &mut Vec<Frame>,
    ) -> Option<()> {
        let mut byte = self.peek()?;
        if byte == b',' {
            self.at += 1;
            byte = self.peek()?;
        }
        if byte == b'}' || byte == b']' {
            self.at += 1;
            return Some(());
        }
        match frame {
            Frame::Object(node) => {
                if byte != b'"' {
                    return None;
                }
                let key_spot = self.position();
                let start = self.at;
                self.string()?;
                let raw = &self.text[start..self.at];
                let child = trie.nodes[node].members.get(&*key_text(raw)?).copied();
                if self.peek()? != b':' {
                    return None;
                }
                self.at += 1;
                self.peek()?;
                stack.push(Frame::Object(node));
                match child {
                    Some(child) => self.value(child, Some(key_spot), trie, found, stack),
                    None => self.skip(),
                }
            }
            Frame::Array(node, index) => {
                stack.push(Frame::Array(node, index + 1));
                match trie.nodes[node].items.get(&index) {
                    Some(child) => self.value(*child, None, trie, found, stack),
                    None => self.skip(),
                }
            }
        }
    }

    /// Notes the spot of a wanted value and enters it when something inside is wanted.
    fn value(
        &mut self,
        node: usize,
        key: Option<(usize, usize)>,
        trie: &Trie,
        found: &mut [Option<Spot>],
        stack: &mut Vec<Frame>,
    ) -> Option<()> {
        let byte = self.peek()?;
        found[node] = Some(Spot { value: self.position(), key });
        if trie.nodes[node].members.is_empty() {
            return self.skip();
        }
        match byte {
            b'{' => stack.push(Frame::Object(node)),
            b'[' => stack.push(Frame::Array(node, 0)),
            _ => return self.skip(),
        }
        self.at += 1;
        Some(())
    }

    /// Passes a whole value, however deep, without looking inside.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => self.scalar(),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn scalar(&mut self) {
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            if matches!(byte, b',' | b':' | b'"' | b'{' | b'}' | b'[' | b']')
                || byte.is_ascii_whitespace()
            {
                return;
            }
            self.at += 1;
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.text.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.at)?;
            if byte == b'\n' {
                self.line += 1;
                self.line_start = self.at + 1;
                self.last = (self.at + 1, 0);
            } else if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// WHY: columns are counted on from the last spot of the line, so that a document on a single
    /// line with many findings stays linear.
    fn position(&mut self) -> (usize, usize) {
        let (from, before) = self.last;
        let characters = before + character_count(&self.text[from..self.at]);
        self.last = (self.at, characters);
        (self.line, characters + 1)
    }
}

/// Number of characters in UTF-8 bytes.
fn character_count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

fn key_text(raw: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    let inner = raw.get(1..raw.len().checked_sub(1)?)?;
    if inner.contains(&b'\\') {
        return serde_json::from_slice::<String>(raw).ok().map(Into::into);
    }
    std::str::from_utf8(inner).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::spots;

    #[test]
    fn finds_members_and_items() {
        let text =
            "{\n  \"a\": [10, {\"b/c\": \"x]\\\"\", \"\\u0064\": true}],\n  \"é\": 1, \"f\": {}\n}";
        let found = spots(
            text.as_bytes(),
            &["", "/a/1", "/a/1/b~1c", "/a/1/d", "/é", "/f", "/a/2", "/f/x", "bad"],
        );
        let values: Vec<_> = found.iter().map(|s| s.map(|s| s.value)).collect();
        assert_eq!(
            values,
            [
                Some((1, 1)),
                Some((2, 13)),
                Some((2, 21)),
                Some((2, 39)),
                Some((3, 8)),
                Some((3, 16)),
                None,
                None,
                None
            ]
        );
        assert_eq!(found[4].and_then(|s| s.key), Some((3, 3)));
    }

    #[test]
    fn survives_broken_and_deep_text() {
        let deep = vec![b'['; 1_000_000];
        assert!(spots(&deep, &["/0/0/0/1"])[0].is_none());
        for text in ["", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "[1,,]", "\"\\", "}", "{\"a\":\"\\"]
        {
            let _ = spots(text.as_bytes(), &["", "/a", "/0", "/a/b"]);
        }
    }

    #[test]
    fn a_repeated_key_names_its_last_member() {
        let found = spots(b"{\"a\": 1, \"a\": 2}", &["/a"]);
        assert_eq!(found[0].map(|s| s.value), Some((1, 15)));
    }
}
