//! The IBA Guidelines 2024 row by row: each rule of `iba-2024` finds what its row says, at the
//! severity of its list, as far back as the row looks, whichever party comes first; and finds
//! nothing when one thing is off. The engine and the checker are both held to it. The other
//! profiles are tried in the same way, more briefly.

#[path = "../common/mod.rs"]
mod common;

mod green;
mod orange_parties;
mod orange_people;
mod others;
mod red;
mod states;
mod world;
