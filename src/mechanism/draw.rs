//! Draws that anyone can repeat: a ticket is a SHA-256 of published words.
//!
//! The ticket of a mediator in a dispute is the SHA-256 of these lines, joined by line feeds: `comity.draw/1`, the seed,
//! the digest of the instance, the id of the dispute, the id of the mediator. Whoever has the lowest ticket comes first.
//! The digest binds the draw to one instance: with the same seed, another docket draws otherwise. What a commitment does
//! and does not prevent is said in docs/mechanisms.md.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::{DisputeIx, Instance, MediatorIx};

/// The draws of a seed for an instance.
pub(crate) struct Draw<'a> {
    instance: &'a Instance,
    seed: &'a str,
}

impl<'a> Draw<'a> {
    pub(crate) fn new(instance: &'a Instance, seed: &'a str) -> Self {
        Self { instance, seed }
    }

    /// The hash of what is drawn for.
    pub(crate) fn ticket(&self, subjects: &[&str]) -> [u8; 32] {
        let mut text = format!("comity.draw/1\n{}\n{}", self.seed, self.instance.digest());
        for subject in subjects {
            let _ = write!(text, "\n{subject}");
        }
        Sha256::digest(text.as_bytes()).into()
    }

    /// Mediators by their tickets in a dispute, the lowest first.
    pub(crate) fn order(&self, dispute: DisputeIx, members: &[MediatorIx]) -> Vec<MediatorIx> {
        let id = self.instance.dispute_name(dispute);
        let ticket = |m: &MediatorIx| self.ticket(&[id, self.instance.mediator_name(*m)]);
        let mut order: Vec<([u8; 32], MediatorIx)> =
            members.iter().map(|m| (ticket(m), *m)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, mediator)| mediator).collect()
    }

    /// A number below `bound`, which must not be zero.
    pub(crate) fn below(&self, subject: &str, bound: u64) -> u64 {
        let ticket = self.ticket(&[subject]);
        let first: [u8; 8] = std::array::from_fn(|i| ticket[i]);
        // WHY: the bias of a 64-bit remainder is below 1e-12 for the bounds in use.
        u64::from_be_bytes(first) % bound
    }
}

/// SHA-256 of a seed, lower-case hexadecimal: what is published before the draw.
#[must_use]
pub fn commitment(seed: &str) -> String {
    Sha256::digest(seed.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
