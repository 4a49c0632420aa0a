//! comity: a mediator matching and scheduling engine.
//!
//! Impartial panels over a conflict-of-interest graph, hours at which people on four continents
//! can meet, and a proof of both. `docs/architecture.md` has the map; modules that are nouns hold
//! data, modules that are verbs are stages.

pub mod availability;
pub mod bench;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod conflict;
pub mod convert;
pub mod diagnostic;
pub mod domain;
pub mod eligibility;
pub mod explain;
pub mod export;
pub mod format;
pub mod generate;
pub mod ical;
pub mod mechanism;
pub mod milp;
pub mod pipeline;
pub mod publish;
pub mod report;
pub mod solution;
pub mod solve;
pub mod time;
pub mod transport;
pub mod validate;
