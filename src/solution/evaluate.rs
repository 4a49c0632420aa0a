//! The value of an answer, term by term, recomputed from the answer alone.

use super::{Plan, Solution};
use crate::availability::Availability;
use crate::domain::{ActorIx, Dispute, Instance, MOST_LEVELS, MediatorIx, Micro, Session};

/// Number of tiers, those that an instance does not ask for counted.
pub const TIERS: usize = 7 + MOST_LEVELS;

/// The service of a dispute that could not be served better, in micro-units.
pub const BEST_SERVICE: Micro = 1_000_000;

/// Every term of the objective, in micro-units (docs/model.md, "What is maximised").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Objective {
    /// Tier `panels`: priority of the disputes that have a panel.
    pub panels: Micro,
    /// Tier `sessions`: priority of those that have all their sessions.
    pub sessions: Micro,
    /// A million for each session that moves although it was to be within the freeze period, not positive; a tier where
    /// `has_freeze`.
    pub frozen: Micro,
    /// Whether there is an earlier plan with a freeze period.
    pub has_freeze: bool,
    /// Disputes that mediators have too few of, not positive; a tier where `has_least`.
    pub loads: Micro,
    /// Whether some mediator is to have a number of disputes at least.
    pub has_least: bool,
    /// What the worse-off sides bear, not positive; a tier where `sides_first`.
    pub sides: Micro,
    /// Whether `sides` counts before quality.
    pub sides_first: bool,
    /// The service of the worst-served dispute; a tier where `worst_first`.
    pub worst: Micro,
    /// Whether `worst` counts before quality.
    pub worst_first: bool,
    /// For each level of service, a million for each dispute whose panel is below it, not positive; tiers, as many as
    /// there are `levels`.
    pub below: [Micro; MOST_LEVELS],
    /// Number of levels of service that count before quality.
    pub levels: usize,
    /// Worth of the seats.
    pub fit: Micro,
    /// Cost of out-of-hours time, not positive.
    pub burden: Micro,
    /// Cost of what the worse-off sides bear, not positive.
    pub fairness: Micro,
    /// Cost of lateness, not positive.
    pub lateness: Micro,
    /// Cost of uneven load, not positive.
    pub balance: Micro,
    /// Cost of seating those who were appointed lately, not positive.
    pub rotation: Micro,
    /// Cost of changes to an earlier plan, not positive.
    pub disruption: Micro,
}

impl Objective {
    /// With the terms of one more plan; `balance`, `loads` and `worst` stay.
    #[must_use]
    pub fn plus(&self, plan: &Self) -> Self {
        Self {
            panels: self.panels + plan.panels,
            sessions: self.sessions + plan.sessions,
            frozen: self.frozen + plan.frozen,
            sides: self.sides + plan.sides,
            below: std::array::from_fn(|level| self.below[level] + plan.below[level]),
            fit: self.fit + plan.fit,
            burden: self.burden + plan.burden,
            fairness: self.fairness + plan.fairness,
            lateness: self.lateness + plan.lateness,
            rotation: self.rotation + plan.rotation,
            disruption: self.disruption + plan.disruption,
            ..*self
        }
    }

    /// Without the terms of a plan; `balance`, `loads` and `worst` stay.
    #[must_use]
    pub fn less(&self, plan: &Self) -> Self {
        Self {
            panels: self.panels - plan.panels,
            sessions: self.sessions - plan.sessions,
            frozen: self.frozen - plan.frozen,
            sides: self.sides - plan.sides,
            below: std::array::from_fn(|level| self.below[level] - plan.below[level]),
            fit: self.fit - plan.fit,
            burden: self.burden - plan.burden,
            fairness: self.fairness - plan.fairness,
            lateness: self.lateness - plan.lateness,
            rotation: self.rotation - plan.rotation,
            disruption: self.disruption - plan.disruption,
            ..*self
        }
    }

    /// The last tier.
    #[must_use]
    pub fn quality(&self) -> Micro {
        self.fit
            + self.burden
            + self.fairness
            + self.lateness
            + self.balance
            + self.rotation
            + self.disruption
    }
    /// The tiers as a document tells them.
    #[must_use]
    pub fn told(&self) -> Vec<Micro> {
        let (frozen, least) = (self.has_freeze, self.has_least);
        let above = [true, true, frozen, least, self.sides_first, self.worst_first];
        let levels = (0..MOST_LEVELS).map(|level| level < self.levels);
        let is_tier = above.into_iter().chain(levels).chain([true]);
        let tiers = self.tiers().into_iter().zip(is_tier);
        tiers.filter(|(_, is_tier)| *is_tier).map(|(value, _)| value).collect()
    }
    /// The tiers, compared lexicographically; 0 for one that is none here.
    #[must_use]
    pub fn tiers(&self) -> [Micro; TIERS] {
        let sides = if self.sides_first { self.sides } else { 0 };
        let worst = if self.worst_first { self.worst } else { 0 };
        let mut tiers = [0; TIERS];
        let above = [self.panels, self.sessions, self.frozen, self.loads, sides, worst];
        tiers[..above.len()].copy_from_slice(&above);
        tiers[above.len()..TIERS - 1].copy_from_slice(&self.below);
        tiers[TIERS - 1] = self.quality();
        tiers
    }
}

/// The term `loads`: what each mediator has too few of, a million for each dispute.
#[must_use]
pub fn shortfall(instance: &Instance, load: impl Fn(MediatorIx) -> i64) -> Micro {
    let short = |m: MediatorIx| (i64::from(instance.mediator(m).least) - load(m)).max(0);
    -1_000_000 * instance.mediator_indices().map(short).sum::<i64>()
}

/// Worth of a seat: `floor(w_fit x fit / 1,000,000)`.
#[must_use]
pub fn seat_worth(weight: Micro, fit: Micro) -> Micro {
    (i128::from(weight) * i128::from(fit)).div_euclid(1_000_000) as Micro
}

/// How well a panel fits its dispute: the mean fit of its members, rounded down.
#[must_use]
pub fn service(instance: &Instance, plan: &Plan) -> Micro {
    let fit: Micro = plan.panel.iter().map(|m| instance.fit(plan.dispute, *m)).sum();
    fit.div_euclid((plan.panel.len() as Micro).max(1))
}

/// How many levels of the policy a panel's service reaches.
#[must_use]
pub fn level(instance: &Instance, plan: &Plan) -> usize {
    let levels = &instance.policy().levels;
    if levels.is_empty() {
        return 0;
    }
    let service = service(instance, plan);
    levels.partition_point(|level| *level <= service)
}

/// Days of 24 hours begun between a priced due date and the end of a session.
#[must_use]
pub fn days_late(instance: &Instance, session: &Session, start: u32) -> i64 {
    session.priced_due.map_or(0, |due| {
        let late = instance.grid().instant(start + session.slots) - due;
        (late.max(0) + 1439) / 1440
    })
}

/// What somebody who attends bears in a session, in point-minutes. Of a session that is over it is what her calendar
/// says now, and nothing where she would not be available by it.
#[must_use]
pub fn person_points(
    availability: &Availability,
    session: &Session,
    person: ActorIx,
    start: u32,
) -> i64 {
    let profile = availability.of(person, session.mode);
    let profile = profile.filter(|own| !session.held || own.is_free(start, session.slots));
    profile.map_or(0, |profile| profile.points(start, session.slots))
}

/// What a side bears in a session, in point-minutes: the most of any of its people who attend.
#[must_use]
pub fn side_points(
    availability: &Availability,
    dispute: &Dispute,
    session: &Session,
    side: usize,
    start: u32,
) -> i64 {
    let parties = session.parties.iter().map(|party| &dispute.parties[*party]);
    parties
        .filter(|party| party.side as usize == side)
        .flat_map(|party| &party.attendees)
        .map(|person| person_points(availability, session, *person, start))
        .max()
        .unwrap_or(0)
}

/// What each side bears over all sessions of a plan, in point-minutes; empty without dates.
#[must_use]
pub fn sides_of(instance: &Instance, availability: &Availability, plan: &Plan) -> Vec<i64> {
    let dispute = instance.dispute(plan.dispute);
    if plan.starts.is_none() {
        return Vec::new();
    }
    let sum = |side| {
        let sessions = plan.sessions(instance);
        sessions
            .map(|(_, session, start)| side_points(availability, dispute, session, side, start))
            .sum()
    };
    (0..dispute.sides.len()).map(sum).collect()
}

/// What the worse-off side of a plan bears, in point-minutes; 0 without dates.
#[must_use]
pub fn worse_off(instance: &Instance, availability: &Availability, plan: &Plan) -> i64 {
    sides_of(instance, availability, plan).into_iter().max().unwrap_or(0)
}

/// Recomputes every term of an answer. Complexity: linear in its seats and attendances.
#[must_use]
pub fn evaluate(
    instance: &Instance,
    availability: &Availability,
    solution: &Solution,
) -> Objective {
    let weights = instance.policy().weights;
    let mut objective = Objective {
        has_freeze: instance.has_freeze(),
        has_least: instance.has_least(),
        sides_first: instance.policy().worse_off_first,
        worst_first: instance.policy().worst_first,
        levels: instance.policy().levels.len(),
        ..Objective::default()
    };
    let mut worst = BEST_SERVICE;
    let mut load = vec![0_i64; instance.mediators().len()];
    for plan in solution.plans.iter().flatten() {
        for mediator in &plan.panel {
            load[mediator.ix()] += 1;
        }
        objective = objective.plus(&evaluate_alone(instance, availability, plan));
        worst = worst.min(service(instance, plan));
    }
    objective.worst = worst;
    objective.balance = -weights.balance * load.iter().map(|l| l * (l - 1) / 2).sum::<i64>();
    objective.loads = shortfall(instance, |m| load[m.ix()]);
    objective
}

/// Computes every term for one plan by itself.
#[must_use]
pub fn evaluate_alone(instance: &Instance, availability: &Availability, plan: &Plan) -> Objective {
    let weights = instance.policy().weights;
    let dispute = instance.dispute(plan.dispute);
    let priority = 1_000_000 * dispute.priority;
    let is_scheduled = plan.starts.is_some() || dispute.sessions.is_empty();
    let worth = |m: &MediatorIx| seat_worth(weights.fit, instance.fit(plan.dispute, *m));
    let worse = worse_off(instance, availability, plan);
    let late = plan.sessions(instance);
    let levels = instance.policy().levels.len();
    let reached = level(instance, plan);
    let is_below = |level: usize| reached <= level && level < levels;
    let late: i64 = late.map(|(_, session, start)| days_late(instance, session, start)).sum();
    Objective {
        panels: priority,
        sessions: if is_scheduled { priority } else { 0 },
        frozen: -1_000_000 * frozen_moves(instance, plan),
        has_freeze: instance.has_freeze(),
        loads: 0,
        has_least: false,
        sides: -1_000_000 * worse,
        sides_first: instance.policy().worse_off_first,
        worst: service(instance, plan),
        worst_first: instance.policy().worst_first,
        below: std::array::from_fn(|level| if is_below(level) { -1_000_000 } else { 0 }),
        levels,
        fit: plan.panel.iter().map(worth).sum(),
        burden: -weights.burden * plan_points(instance, availability, plan),
        fairness: -weights.fairness * worse,
        lateness: -weights.lateness * late,
        balance: 0,
        rotation: -plan.panel.iter().map(|m| instance.rotation(*m)).sum::<Micro>(),
        disruption: -disruption(instance, plan),
    }
}

/// Point-minutes of everyone in every session of a plan.
fn plan_points(instance: &Instance, availability: &Availability, plan: &Plan) -> i64 {
    plan.sessions(instance)
        .map(|(position, session, start)| {
            plan.people(instance, position)
                .filter_map(|person| availability.of(person, session.mode))
                .map(|profile| profile.points(start, session.slots))
                .sum::<i64>()
        })
        .sum()
}

/// How many sessions a plan moves that were to be within the freeze period.
#[must_use]
pub fn frozen_moves(instance: &Instance, plan: &Plan) -> i64 {
    let moved =
        |(at, _, start): &(usize, &Session, u32)| instance.breaks_freeze(plan.dispute, *at, *start);
    plan.sessions(instance).filter(moved).count() as i64
}

/// What the changes of a plan to an earlier one cost: seats that others had, sessions that were to be at other times.
fn disruption(instance: &Instance, plan: &Plan) -> Micro {
    let seats = plan.panel.iter().map(|m| instance.seat_change(plan.dispute, *m));
    let sessions = plan.sessions(instance);
    let moves = sessions.map(|(at, _, start)| instance.move_cost(plan.dispute, at, start));
    seats.sum::<Micro>() + moves.sum::<Micro>()
}
