//! The syntax of a line of preferences: `voters: group, group, ...`.
//!
//! * Takes a line, gives the number of voters and groups of alternatives with their columns; a group is a number, or
//!   numbers in braces, none of them perhaps.
//! * Complexity: linear in the line.

/// An alternative and its column, from 1.
pub(super) type Place = (usize, u64);

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) voters: u64,
    pub(super) groups: Vec<Group>,
}

/// Alternatives that stand together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) column: usize,
    pub(super) members: Vec<Place>,
}

/// Where a line cannot be read, and what should stand there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) column: usize,
    pub(super) wanted: &'static str,
}

/// Reads a line.
pub(super) fn line(text: &str) -> Result<Line, Fault> {
    let mut reader = Reader { text: text.as_bytes(), at: 0, last: (0, 0) };
    let (_, voters) = reader.number("a number of voters")?;
    reader.expect(b':', "a colon behind the number of voters")?;
    let mut groups = Vec::new();
    if reader.peek().is_some() {
        groups.push(reader.group()?);
        while reader.peek().is_some() {
            reader.expect(b',', "a comma or the end of the line")?;
            groups.push(reader.group()?);
        }
    }
    Ok(Line { voters, groups })
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    /// A place that was told, and the characters before it. WHY: so that a long line is counted once.
    last: (usize, usize),
}

impl Reader<'_> {
    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// The column, in characters.
    fn column(&mut self) -> usize {
        let (from, before) = self.last;
        let passed = self.text.get(from..self.at).unwrap_or_default();
        let characters = before + passed.iter().filter(|b| **b & 0xC0 != 0x80).count();
        self.last = (self.at, characters);
        characters + 1
    }

    fn fault(&mut self, wanted: &'static str) -> Fault {
        Fault { column: self.column(), wanted }
    }

    fn expect(&mut self, byte: u8, wanted: &'static str) -> Result<(), Fault> {
        if self.peek() != Some(byte) {
            return Err(self.fault(wanted));
        }
        self.at += 1;
        Ok(())
    }

    /// A whole number of at most 15 digits, with its column.
    fn number(&mut self, wanted: &'static str) -> Result<Place, Fault> {
        self.peek();
        let fault = self.fault(wanted);
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=15).contains(&length) {
            return Err(fault);
        }
        self.at += length;
        let fold = |value: u64, digit: &u8| value * 10 + u64::from(digit - b'0');
        Ok((fault.column, rest[..length].iter().fold(0, fold)))
    }

    fn group(&mut self) -> Result<Group, Fault> {
        const WANTED: &str = "an alternative's number, or several in braces";
        if self.peek() != Some(b'{') {
            let place = self.number(WANTED)?;
            return Ok(Group { column: place.0, members: vec![place] });
        }
        let column = self.column();
        self.at += 1;
        let mut members = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Group { column, members });
        }
        loop {
            members.push(self.number("an alternative's number")?);
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(Group { column, members });
            }
            self.expect(b',', "a comma or a closing brace")?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> (u64, Vec<Vec<u64>>) {
        let line = line(text).expect(text);
        let own = |group: &Group| group.members.iter().map(|(_, number)| *number).collect();
        (line.voters, line.groups.iter().map(own).collect())
    }

    #[test]
    fn lines_of_the_specification() {
        assert_eq!(numbers("1: 1, 3, {}"), (1, vec![vec![1], vec![3], vec![]]));
        assert_eq!(numbers("86: {}, 1, {2, 3}"), (86, vec![vec![], vec![1], vec![2, 3]]));
        assert_eq!(numbers("13:1,{4,3},2\r"), (13, vec![vec![1], vec![4, 3], vec![2]]));
        assert_eq!(numbers("7:"), (7, vec![]));
    }

    #[test]
    fn faults_have_columns() {
        for (text, column) in [
            ("", 1),
            ("x: 1", 1),
            ("12 1", 4),
            ("1: 1,", 6),
            ("1: 1 2", 6),
            ("1: {1", 6),
            ("1: {1,}", 7),
            ("1: {1}}", 7),
            ("1: 1, é", 7),
            ("1: 1234567890123456", 4),
            ("1: -1", 4),
        ] {
            assert_eq!(line(text).expect_err(text).column, column, "{text}");
        }
    }
}
