//! Made-up ballots, for experiments with lists: no real party has ranked anybody so.
//!
//! A party likes a mediator by her fit and by how far she is thought to lean to its side: `fit + lean * t`, with `t`
//! drawn for each dispute and mediator from -1 to 1, and `fit - lean * t` on the side across the table. With more sides
//! than two each has a draw of its own. With no lean all parties want the same; the more there is, the less they agree.

use super::draw::Draw;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::eligibility::EligibilityTable;
use crate::format::{BallotDoc, Decimal, InstanceDoc, Mechanism};

/// Has every party rank everybody who may sit in its dispute, and panels selected by strike and rank. `lean` in
/// micro-units. Parties that have returned a ranking keep it.
#[must_use]
pub fn with_ballots(
    doc: &InstanceDoc,
    instance: &Instance,
    eligibility: &EligibilityTable,
    lean: i64,
    seed: u64,
) -> InstanceDoc {
    let seed = seed.to_string();
    let draw = Draw::new(instance, &seed);
    let mut made = doc.clone();
    for (dispute, doc) in instance.dispute_indices().zip(&mut made.disputes) {
        let members: Vec<MediatorIx> =
            eligibility.eligible(dispute).iter().map(|(m, ..)| *m).collect();
        for (party, doc) in instance.dispute(dispute).parties.iter().zip(&mut doc.parties) {
            let ballot = doc.ballot.get_or_insert_with(BallotDoc::default);
            if !ballot.ranking.is_empty() {
                continue;
            }
            let mut order: Vec<(i64, MediatorIx)> = members
                .iter()
                .map(|m| (-liking(instance, &draw, (dispute, *m), party.side, lean), *m))
                .collect();
            order.sort_unstable();
            ballot.ranking =
                order.iter().map(|(_, m)| instance.mediator_name(*m).to_owned()).collect();
        }
    }
    let policy = made.policy.get_or_insert_default();
    policy.mechanism = Some(Mechanism::StrikeAndRank);
    let told = format!("synthetic ballots: fit and a lean of {}, seed {seed}", lean as f64 / 1e6);
    policy.selection.get_or_insert_default().notes = Some(told.into());
    made
}

/// How much a side likes a mediator, in micro-units.
fn liking(
    instance: &Instance,
    draw: &Draw<'_>,
    (dispute, mediator): (DisputeIx, MediatorIx),
    side: u32,
    lean: i64,
) -> i64 {
    let (id, name) = (instance.dispute_name(dispute), instance.mediator_name(mediator));
    // The first two sides share a draw.
    let of = side / 2;
    let drawn = draw.below(&format!("lean\n{id}\n{name}\n{of}"), 2 * Decimal::ONE as u64 + 1);
    let lean = lean * (drawn as i64 - Decimal::ONE) / Decimal::ONE;
    instance.fit(dispute, mediator) + if side.is_multiple_of(2) { lean } else { -lean }
}
