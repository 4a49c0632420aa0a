//! Tests of the checker on documents built by hand.

mod batches;
mod bounds;
mod caps;
mod clocks;
mod consents;
mod counts;
mod deadlines;
mod dockets;
mod documents;
mod files;
mod gates;
mod nationality;
mod patterns;
mod plans;
mod profiles;
mod rotation;
mod rules;
mod told;
mod walks;
