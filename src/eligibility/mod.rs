//! Eligibility: for every pair of dispute and mediator a fit, or the reasons against it.
//!
//! * Takes an `Instance` and its `ConflictTable`, gives an `EligibilityTable`.
//! * **Invariant**: nobody is left out without a reason, and no reason is dropped because another
//!   one was found first.
//! * **Invariant**: the nationality bar is stated twice. Whatever the rules of the profile find,
//!   a mediator for whom `Instance::is_national_of_party` holds is never eligible.
//! * Complexity: linear in pairs, times parties and nationalities; linear in the scores where only
//!   these make candidates and nothing else asks about everybody.

mod reason;
mod table;

#[cfg(test)]
mod tests;

pub use reason::Reason;
pub use table::{Eligibility, EligibilityTable, compute};
