//! The tiers of a docket, by name.

use crate::domain::Instance;
use crate::solve::Tier;

/// The tiers of an instance from the first to the last, as `--tier` and the terms of a solution call them.
#[must_use]
pub fn model_tiers(instance: &Instance) -> Vec<String> {
    Tier::all(instance).into_iter().map(|tier| told(instance, tier)).collect()
}

/// What a tier is called in a solution.
pub(super) fn told(instance: &Instance, tier: Tier) -> String {
    match tier {
        Tier::Below(level) => format!("below-{}", level_of(instance, level) as f64 / 1e6),
        other => other.word().to_owned(),
    }
}

/// What its row is called in a model.
pub(super) fn name(instance: &Instance, tier: Tier) -> String {
    match tier {
        Tier::Below(level) => format!("below__{}", level_of(instance, level)),
        other => other.word().to_owned(),
    }
}

fn level_of(instance: &Instance, level: u8) -> i64 {
    instance.policy().levels.get(usize::from(level)).copied().unwrap_or(0)
}
