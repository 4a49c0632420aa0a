//! Tests of the conflict graph and its rules.

mod oracle;
mod random;
mod rules;
mod shapes;
mod shown;
pub(crate) mod world;
