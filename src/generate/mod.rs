//! Instances that are made up: profiles of dockets, drawn from a seed.
//!
//! * Takes options with a seed, gives an `InstanceDoc`; the dockets of any size also as text, piece
//!   by piece. The same options give the same document on every machine.
//! * **Invariant**: what is real (States, time zones, weekends, languages, quotas) and what is
//!   drawn is said in the `notes` of the document; people are synthetic and their ids say so.

pub(crate) mod diary;
mod docket;
pub(crate) mod draw;
mod launch;
pub(crate) mod make;
mod random;
mod spring;
pub(crate) mod world;

pub use docket::{Docket, DocketOptions, DocketProfile};
pub use launch::{LaunchOptions, launch};
pub use random::{RandomOptions, random};
pub use spring::{SpringOptions, spring};
