//! Findings as text for people and as JSON for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Diagnostic, Level};

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Findings as text: three lines each at most, and an empty line between two.
#[must_use]
pub fn render_text(file: &str, findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for (index, finding) in findings.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        // WHY: writing to a `String` cannot fail.
        let _ = render_one(&mut text, file, finding);
    }
    text
}

fn render_one(text: &mut String, file: &str, finding: &Diagnostic) -> std::fmt::Result {
    writeln!(text, "{}[{}]: {}", finding.level.word(), finding.code, finding.message)?;
    write!(text, " --> {}", finding.file.as_deref().unwrap_or(file))?;
    if let Some((line, column)) = finding.position {
        write!(text, ":{line}:{column}")?;
    }
    if !finding.pointer.is_empty() {
        write!(text, " ({})", printable(&finding.pointer))?;
    }
    text.push('\n');
    if !finding.related.is_empty() {
        writeln!(text, "see also: {}", printable(&finding.related.join(", ")))?;
    }
    if let Some(help) = &finding.help {
        writeln!(text, "help: {help}")?;
    }
    Ok(())
}

/// WHY: a pointer may hold any key that the user wrote, line breaks and terminal codes included.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { c.escape_unicode().to_string() } else { c.to_string() })
        .collect()
}

#[derive(Serialize)]
struct FindingsView<'a> {
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    pointer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    related: &'a [String],
    help: Option<&'a str>,
}

/// Findings as one JSON object with the array `findings`, and a final newline.
#[must_use]
pub fn render_json(findings: &[Diagnostic]) -> String {
    let view = FindingsView {
        findings: findings
            .iter()
            .map(|finding| FindingView {
                code: finding.code,
                level: finding.level.word(),
                message: &finding.message,
                pointer: &finding.pointer,
                file: finding.file.as_deref(),
                line: finding.position.map(|(line, _)| line),
                column: finding.position.map(|(_, column)| column),
                related: &finding.related,
                help: finding.help.as_deref(),
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&view).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{render_json, render_text};
    use crate::diagnostic::Diagnostic;

    #[test]
    fn text_and_json_say_the_same() {
        let mut finding =
            Diagnostic::error("bad-id", "/id", "`a b` is not an id").help("use `a-b`");
        finding.position = Some((2, 9));
        let findings = [finding.related("/title")];
        assert_eq!(
            render_text("x.json", &findings),
            "error[bad-id]: `a b` is not an id\n --> x.json:2:9 (/id)\nsee also: /title\nhelp: use `a-b`\n"
        );
        let json: serde_json::Value = serde_json::from_str(&render_json(&findings)).expect("json");
        assert_eq!(json["findings"][0]["line"], 2);
        assert_eq!(json["findings"][0]["related"][0], "/title");
        assert_eq!(json["findings"][0]["level"], "error");
    }
}
