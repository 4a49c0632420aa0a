//! comity: a mediator matching and scheduling engine.
//!
//! Impartial panels over a conflict-of-interest graph, hours at which people on four continents
//! can meet, and a proof of both. `docs/architecture.md` has the map; modules that are nouns hold
//! data, modules that are verbs are stages.

pub mod convert;
pub mod diagnostic;
pub mod format;
pub mod generate;
