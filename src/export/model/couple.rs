//! What disputes share: mediators' cases and hours, what the batch makes a conflict, caps, loads (A3, A6, A7).

use std::collections::BTreeMap;

use super::build::Builder;
use super::names::part;
use super::{Kind, Sense, Terms};
use crate::domain::{DisputeIx, Group, MediatorIx};
use crate::solve::{PlanSpace, Tier, binding_caps};

impl Builder<'_> {
    /// All rows between disputes.
    pub(super) fn couple(&mut self, spaces: &[PlanSpace]) {
        for mediator in self.instance.mediator_indices() {
            self.capacity(mediator);
        }
        self.in_batch();
        self.caps();
        self.time(spaces);
        self.room_supply();
        if self.instance.policy().worst_first {
            // Where nobody is served at all, the service is the best there is.
            self.worst_service();
        }
    }

    /// A3, and the terms of a mediator's load.
    fn capacity(&mut self, mediator: MediatorIx) {
        let data = self.instance.mediator(mediator);
        let name = self.mediator_name(mediator);
        let seats: Terms = self.seats[mediator.ix()].iter().map(|seat| (seat.column, 1)).collect();
        let number = seats.len() as i64;
        let cases = data.cases.map_or(number, i64::from);
        if cases < number {
            self.row(format!("A3_cases__{name}"), seats.clone(), Sense::AtMost, cases);
        }
        if let Some(minutes) = data.minutes {
            let own = self.seats[mediator.ix()].iter();
            let efforts: Terms =
                own.map(|seat| (seat.column, seat.effort)).filter(|(_, e)| *e != 0).collect();
            if efforts.iter().map(|(_, effort)| effort).sum::<i64>() > minutes {
                self.row(format!("A3_hours__{name}"), efforts, Sense::AtMost, minutes);
            }
        }
        let least = i64::from(data.least);
        if least > 0 {
            let short = self.column(format!("short__{name}"), Kind::Free, (0, least));
            self.gain(Tier::Loads, short, -1_000_000);
            let mut row = seats.clone();
            row.push((short, 1));
            self.row(format!("tier_loads__{name}"), row, Sense::AtLeast, least);
        }
        let weight = self.instance.policy().weights.balance;
        let most = cases.min(number);
        if weight == 0 || most < 2 {
            return;
        }
        // Her j-th dispute costs j - 1 times the weight: the cheaper ones are taken first by themselves.
        let mut row = seats;
        for j in 2..=most {
            let more = self.column(format!("more__{name}__{j}"), Kind::Free, (0, 1));
            self.gain(Tier::Quality, more, -weight * (j - 1));
            row.push((more, -1));
        }
        self.row(format!("quality_balance__{name}"), row, Sense::AtMost, 1);
    }

    fn in_batch(&mut self) {
        let tables = self.tables;
        let mut number: BTreeMap<MediatorIx, usize> = BTreeMap::new();
        for row in tables.eligibility.batch_rows() {
            let seats: BTreeMap<DisputeIx, usize> =
                self.seats[row.mediator.ix()].iter().map(|s| (s.dispute, s.column)).collect();
            let terms = row.terms.iter();
            let terms: Terms =
                terms.filter_map(|(d, factor)| Some((*seats.get(d)?, *factor))).collect();
            let at = number.entry(row.mediator).or_default();
            let name = format!("A6_batch__{}__{at}", self.mediator_name(row.mediator));
            *at += 1;
            if terms.iter().map(|(_, factor)| factor).sum::<i64>() > row.limit {
                self.row(name, terms, Sense::AtMost, row.limit);
            }
        }
    }

    fn caps(&mut self) {
        let tables = self.tables;
        for (number, cap) in binding_caps(self.instance, tables.eligibility).into_iter().enumerate()
        {
            let seats = cap.members.iter().flat_map(|m| &self.seats[m.ix()]);
            let seats: Terms = seats.map(|seat| (seat.column, 1)).collect();
            let group = match &cap.group {
                Group::Nationality(state) => format!("nationality__{}", self.actor_name(*state)),
                Group::Bloc(bloc) => format!("bloc__{}", part(bloc, number)),
            };
            if seats.len() as i64 > cap.limit {
                self.row(format!("A7_cap__{group}"), seats, Sense::AtMost, cap.limit);
            }
        }
    }
}
