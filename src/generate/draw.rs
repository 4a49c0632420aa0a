//! Draws that come out the same for a seed on every machine.
//!
//! Every subject of a draw (one mediator, one dispute) has a stream of its own, named by a label:
//! adding one subject, or one draw to it, leaves all others as they were. Integers only.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of draws for one label under one seed.
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream of `label` under `seed`.
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(label.as_bytes());
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// A number below `bound`, which must not be zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // WHY: the bias of a 64-bit remainder is below 1e-15 for the bounds in use.
        (self.0.next_u64() % bound as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below((high - low + 1) as usize) as u32
    }

    /// True in `percent` of a hundred draws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, each as likely as the others; there must be one.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of `items`, as likely as its weight says; the weights must not all be zero.
    pub(crate) fn weighted<'a, T>(&mut self, items: &'a [(T, usize)]) -> &'a T {
        let mut left = self.below(items.iter().map(|(_, weight)| weight).sum());
        for (item, weight) in items {
            if left < *weight {
                return item;
            }
            left -= weight;
        }
        unreachable!("the draw lies below the sum of the weights")
    }

    /// `count` different ones of `items` (all of them when there are fewer), in a drawn order.
    pub(crate) fn sample<'a, T>(&mut self, items: &'a [T], count: usize) -> Vec<&'a T> {
        let mut rest: Vec<&T> = items.iter().collect();
        (0..count.min(items.len())).map(|_| rest.swap_remove(self.below(rest.len()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_fixed_for_ever() {
        let mut draw = Draw::new(1, "m-ke-a-01");
        let drawn: Vec<usize> = (0..8).map(|_| draw.below(1000)).collect();
        assert_eq!(drawn, FIRST_DRAWS);
        assert_ne!(
            Draw::new(2, "m-ke-a-01").below(1 << 40),
            Draw::new(1, "m-ke-a-01").below(1 << 40)
        );
    }

    /// Changes only when every generated file changes.
    const FIRST_DRAWS: [usize; 8] = [81, 906, 357, 505, 25, 117, 930, 539];
}
