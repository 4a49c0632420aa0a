//! The codes of benches: each is a constant here, a row in `docs/errors.md`, and a file in
//! `tests/bench/invalid/`.

/// What can be wrong with the plan of a bench or a record of it, and what it means.
pub const CODES: &[(&str, &str)] = &[
    (COMMAND, "the command of another program that cannot be run"),
    (EMPTY, "a plan without instances"),
    (FILE, "a file that is not there"),
    (INSTANCE, "an instance that does not say where it comes from, or says it twice"),
    (METHOD, "a method that comity does not have"),
    (MISSING, "a run of the plan that has not been made"),
    (NAME, "a name that cannot name a file"),
    (NUMBER, "a number beyond what makes sense"),
    (RECORD, "a record of a run that cannot be read"),
    (SIZE, "more runs than a bench can have"),
    (TWICE, "a name or number that stands twice"),
];

pub(crate) const COMMAND: &str = "bench-command";
pub(super) const EMPTY: &str = "bench-empty";
pub(crate) const FILE: &str = "bench-file";
pub(crate) const INSTANCE: &str = "bench-instance";
pub(crate) const METHOD: &str = "bench-method";
pub(crate) const MISSING: &str = "bench-missing";
pub(super) const NAME: &str = "bench-name";
pub(super) const NUMBER: &str = "bench-number";
pub(super) const RECORD: &str = "bench-record";
pub(super) const SIZE: &str = "bench-size";
pub(super) const TWICE: &str = "bench-twice";
