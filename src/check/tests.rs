//! Tests of the checker on documents built by hand.

mod bounds;
mod clocks;
mod documents;
mod plans;
mod rules;
mod walks;
