//! The lines of a file of comma-separated values.
//!
//! * Takes bytes, gives each record with its line, blanks around its fields taken off; empty lines are passed over.
//! * **Invariant**: nothing is refused here: who reads the fields says what is wrong with them.

/// A file with the name that findings tell.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub text: &'a [u8],
}

/// Gives every record of a file to `each`, with its line from 1.
pub(super) fn records(file: File<'_>, mut each: impl FnMut(usize, &csv::ByteRecord)) {
    let text = file.text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file.text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text);
    let mut record = csv::ByteRecord::new();
    let (mut at, mut line) = (0, 1);
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(at, |place| place.byte() as usize);
        // WHY: the reader counts a record from the end of the last one, empty lines between them included.
        let rest = text.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = text.get(at..start).unwrap_or_default();
        line += passed.split(|b| *b == b'\n').count() - 1;
        at = at.max(start);
        each(line, &record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_people_do() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "", "", "\"c", "d\", e ", "f", "  ", "g"].join(end);
            let mut found = Vec::new();
            let file = File { name: "x.csv", text: text.as_bytes() };
            records(file, |line, record| {
                let fields: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                found.push((line, fields.join("|")));
            });
            let quoted = format!("c{end}d|e");
            let expected = [(1, "a|b"), (4, quoted.as_str()), (6, "f"), (7, ""), (8, "g")];
            assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
        }
    }
}
