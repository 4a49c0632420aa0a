//! One document for each code of a converter, and its row in the book of errors.
//!
//! After a change that is meant, run with `COMITY_BLESS=1`: it writes the expected texts.

use std::collections::BTreeSet;
use std::fs;

use comity::diagnostic::{Diagnostic, render_text};

use super::files::home;

/// Reads `tests/FOLDER/invalid/CODE.EXTENSION` for each code, compares the findings with the expected text, and looks
/// the code up in docs/errors.md; nothing else may lie in the folder.
pub(crate) fn each_code_has_its_file_and_its_row(
    folder: &str,
    extension: &str,
    codes: &[(&str, &str)],
    findings: impl Fn(&str, &[u8]) -> Vec<Diagnostic>,
) {
    let folder = home().join("tests").join(folder).join("invalid");
    let book = fs::read_to_string(home().join("docs/errors.md")).expect("docs/errors.md");
    let mut known = BTreeSet::new();
    for (code, _) in codes {
        let name = format!("{code}.{extension}");
        let found = findings(code, &fs::read(folder.join(&name)).expect(code));
        assert!(found.iter().any(|finding| finding.code == *code), "{code}: {found:#?}");
        assert!(found.iter().all(|one| one.position.is_some() && one.help.is_some()), "{found:#?}");
        let shown = render_text(&name, &found);
        let expected = folder.join(format!("{code}.expected.txt"));
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::write(&expected, &shown).expect("written");
        }
        assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), shown);
        assert!(book.contains(&format!("| `{code}` |")), "{code} is not in docs/errors.md");
        known.extend([name, format!("{code}.expected.txt")]);
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    assert_eq!(there, known);
}
