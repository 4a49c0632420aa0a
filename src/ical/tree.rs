//! Content lines to components.

use crate::diagnostic::{Diagnostic, quote};

use super::SYNTAX;
use super::read::{Property, at, properties};

/// WHY a limit: what nests without end is no calendar, and would be dropped by recursion.
const DEEPEST: usize = 8;

/// What stands between `BEGIN` and `END`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// Its name, in capitals.
    pub name: String,
    /// The line of its `BEGIN`.
    pub line: usize,
    /// Its properties, in order.
    pub properties: Vec<Property>,
    /// The components inside, in order.
    pub components: Vec<Component>,
}

impl Component {
    /// The first property of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
    /// Every property of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }
    /// The components of that name directly inside.
    pub fn inside<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Component> {
        self.components.iter().filter(move |component| component.name == name)
    }
    /// An error about this component.
    #[must_use]
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        at(self.line, Diagnostic::error(code, "", message))
    }
}

/// The calendars of a file.
///
/// # Errors
/// Every line that is no content line, and the first place where components do not nest.
pub fn read(text: &[u8]) -> Result<Vec<Component>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let lines = properties(text, &mut findings);
    match nest(lines) {
        Ok(calendars) if findings.is_empty() => Ok(calendars),
        Ok(_) => Err(findings),
        Err(finding) => {
            let help = "the file is cut off or is no iCalendar file; export it again";
            findings.push(finding.help(help));
            findings.sort_by_key(|finding| finding.position);
            Err(findings)
        }
    }
}

fn nest(lines: Vec<Property>) -> Result<Vec<Component>, Diagnostic> {
    let wrong = |line: usize, message: String| at(line, Diagnostic::error(SYNTAX, "", message));
    let mut open: Vec<Component> = Vec::new();
    let mut calendars = Vec::new();
    for property in lines {
        let name = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                if open.is_empty() && name != "VCALENDAR" {
                    return Err(wrong(
                        property.line,
                        "a file begins with `BEGIN:VCALENDAR`".into(),
                    ));
                }
                if open.len() == DEEPEST {
                    let message = format!("components nest more than {DEEPEST} deep");
                    return Err(wrong(property.line, message));
                }
                open.push(Component { name, line: property.line, ..Component::default() });
            }
            "END" => match open.pop() {
                Some(done) if done.name == name => match open.last_mut() {
                    Some(around) => around.components.push(done),
                    None => calendars.push(done),
                },
                _ => {
                    let message = format!("{} ends what was not begun", quote(&property.value));
                    return Err(wrong(property.line, message));
                }
            },
            _ => {
                let Some(component) = open.last_mut() else {
                    let message = format!("{} stands outside a calendar", quote(&property.name));
                    return Err(wrong(property.line, message));
                };
                component.properties.push(property);
            }
        }
    }
    if let Some(unfinished) = open.pop() {
        let message = format!("{} is not ended", quote(&unfinished.name));
        return Err(wrong(unfinished.line, message));
    }
    if calendars.is_empty() {
        return Err(wrong(1, "there is no calendar in the file".to_owned()));
    }
    Ok(calendars)
}
