//! Where a solution comes from: whether it answers this instance, with these time zones.

use crate::diagnostic::{Diagnostic, quote};
use crate::domain::Instance;
use crate::format::SolutionDoc;
use crate::time::tzdb_version;

/// A warning where a solution was made of another instance document.
pub(super) fn other_instance(answer: &SolutionDoc, instance: &Instance) -> Vec<Diagnostic> {
    if answer.instance.digest == instance.digest() {
        return Vec::new();
    }
    let message = format!("the solution answers another version of {}", quote(instance.id()));
    let finding = Diagnostic::warning("other-instance", "/instance/digest", message);
    vec![finding.help("give the instance that was solved, or solve this one")]
}

/// A warning where a solution was made with another time-zone database: its starts may read
/// differently on the wall clocks of this one.
pub(super) fn other_tzdb(answer: &SolutionDoc) -> Vec<Diagnostic> {
    let (own, used) = (tzdb_version(), &answer.run.tzdb);
    if used == own {
        return Vec::new();
    }
    let message = format!(
        "the solution was made with the time-zone database {}, and this is {}",
        quote(used),
        quote(own)
    );
    let finding = Diagnostic::warning("other-tzdb", "/run/tzdb", message);
    vec![finding.help("solve again: the rules of a zone may have changed in between")]
}
