//! All plans of one dispute, held implicitly: who may sit, with whom, and when.

use super::batch::Batch;
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{
    ActorIx, Booth, DisputeIx, Instance, InterpreterIx, LanguageIx, MediatorIx, Micro, Mode,
    PanelSpec, PlaceIx, RequiredSeat, Session, SubjectIx,
};
use crate::eligibility::EligibilityTable;
use crate::format::{NationalityPolicy, Role, Severity};
use crate::solution::{Plan, Staff, days_late, seat_worth, side_points};
use crate::time::Instant;

/// Who presides over a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chair {
    /// The panel has no chair.
    Without,
    /// This member.
    Is(usize),
    /// It should have one, and nobody may be.
    Nobody,
}

/// A mediator who is eligible for the dispute.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) mediator: MediatorIx,
    pub(crate) actor: ActorIx,
    pub(crate) fit: Micro,
    /// Worth of the seat in tier 3.
    pub(crate) worth: Micro,
    /// Effort in minutes.
    pub(crate) effort: i64,
    /// The rows A6 and A7 that the seat counts in, with its factors.
    pub(crate) batch: Vec<(usize, i64)>,
    /// Tied by nationality to a side, where that keeps her from the chair.
    tied: bool,
    /// Whether the member must sit, and in which role.
    required: Option<RequiredSeat>,
}

/// When one session can be, as far as the parties, the place and the windows go.
#[derive(Debug, Clone)]
pub(crate) struct SessionSpace {
    pub(crate) slots: u32,
    pub(crate) min_gap: u32,
    pub(crate) max_gap: Option<u32>,
    pub(crate) mode: Mode,
    /// Whether it is over, and needs nobody.
    pub(crate) held: bool,
    pub(crate) attendees: Vec<ActorIx>,
    /// Possible first slots, rising.
    pub(crate) starts: Vec<u32>,
    /// Point-minutes of the parties' people at each possible start.
    pub(crate) points: Vec<i64>,
    /// For each side, what it bears at each possible start.
    pub(crate) side_points: Vec<Vec<i64>>,
    /// Days late at each possible start.
    pub(crate) late: Vec<i64>,
    /// What disruption makes each start cost, in micro-units.
    pub(crate) moved: Vec<Micro>,
    /// Whether each start breaks the freeze period.
    pub(crate) thawed: Vec<bool>,
    /// Seats that the room for all needs.
    pub(crate) seats: u32,
    /// Number of other rooms, and the seats that each needs.
    pub(crate) breakouts: u32,
    pub(crate) breakout_seats: u32,
    /// For each booth, its size and who may sit in it.
    pub(crate) booths: Vec<(usize, Vec<InterpreterIx>)>,
    /// For each possible start, how many starts of the session before leave the minimum gap.
    pub(crate) reach: Vec<u32>,
}

impl SessionSpace {
    /// The place whose room the session takes.
    pub(crate) fn room_at(&self) -> Option<PlaceIx> {
        self.mode.room_at().filter(|_| !self.held)
    }
}

/// All plans of one dispute (rules A1, A2, A4, A5, A8, S1, S3).
#[derive(Debug, Clone)]
pub(crate) struct PlanSpace {
    pub(crate) dispute: DisputeIx,
    pub(crate) priority: i64,
    pub(crate) size: usize,
    /// In roster order.
    pub(crate) members: Vec<Member>,
    pub(crate) sessions: Vec<SessionSpace>,
    /// Number of sides.
    pub(crate) sides: usize,
    /// Whether any side bears anything at some start.
    pub(crate) has_sides: bool,
    /// Whether the dispute may have any plan: admissible, and everyone required is eligible.
    pub(crate) open: bool,
    chair: bool,
    /// The least sum of fit that a panel must have, where there is such a demand.
    least: Option<Micro>,
    /// For each member, the later members with whom it may not sit.
    pub(crate) apart: Vec<Vec<usize>>,
    /// For each language asked for: how many must speak it, and who does.
    pub(crate) languages: Vec<(u32, Vec<bool>)>,
    /// For each expertise asked for: who reaches it.
    pub(crate) expertise: Vec<Vec<bool>>,
}

impl PlanSpace {
    /// Builds the space of a dispute.
    pub(crate) fn new(
        instance: &Instance,
        conflicts: &ConflictTable,
        eligibility: &EligibilityTable,
        availability: &Availability,
        batch: &Batch<'_>,
        dispute: DisputeIx,
    ) -> Self {
        let data = instance.dispute(dispute);
        let policy = instance.nationality_policy(dispute);
        let neutral_chair =
            matches!(policy, NationalityPolicy::MajorityNeutral | NationalityPolicy::OnePerSide);
        let weight = instance.policy().weights.fit;
        let members: Vec<Member> = eligibility
            .eligible(dispute)
            .iter()
            .filter(|(mediator, ..)| may_have_seat(instance, conflicts, dispute, *mediator))
            .map(|(mediator, fit, effort)| Member {
                batch: batch.of(dispute, *mediator).collect(),
                tied: neutral_chair && !conflicts.ties(dispute, *mediator).is_empty(),
                mediator: *mediator,
                actor: instance.mediator(*mediator).actor,
                fit: *fit,
                worth: seat_worth(weight, *fit)
                    - instance.rotation(*mediator)
                    - instance.seat_change(dispute, *mediator),
                effort: *effort,
                required: data
                    .panel
                    .required
                    .iter()
                    .find(|seat| seat.mediator == *mediator)
                    .copied(),
            })
            .collect();
        let everyone_required_is_eligible = data
            .panel
            .required
            .iter()
            .all(|seat| members.iter().any(|m| m.mediator == seat.mediator));
        let sessions = sessions(instance, eligibility, availability, dispute);
        let bears = |session: &SessionSpace| session.side_points.iter().flatten().any(|p| *p > 0);
        Self {
            dispute,
            sides: data.sides.len(),
            has_sides: sessions.iter().any(bears),
            priority: data.priority,
            size: data.panel.size,
            open: data.gates.is_empty() && everyone_required_is_eligible,
            chair: data.panel.chair,
            least: None,
            apart: apart(instance, conflicts, dispute, &data.panel, &members),
            languages: speakers(instance, &data.panel.languages, &members),
            expertise: experts(instance, &data.panel.expertise, &members),
            sessions,
            members,
        }
    }

    /// Leaves only panels of at least this service (docs/model.md, tier `worst`).
    pub(crate) fn demand(&mut self, service: Micro) {
        let least = service * self.size as Micro;
        // WHY not always: where no fit is negative, every panel has as much as nothing.
        let asks = least > 0 || self.members.iter().any(|member| member.fit < 0);
        self.least = asks.then_some(least);
    }

    /// Leaves all panels again.
    pub(crate) fn demand_nothing(&mut self) {
        self.least = None;
    }

    /// The least sum of fit that a panel must have, where there is such a demand.
    pub(crate) fn least(&self) -> Option<Micro> {
        self.least
    }

    /// True when everyone who sat in an earlier plan may sit still, and every session may start when it was to.
    pub(crate) fn keeps(&self, instance: &Instance) -> bool {
        let Some(former) = instance.former(self.dispute) else { return false };
        let sits = |m: &MediatorIx| self.members.binary_search_by_key(m, |x| x.mediator).is_ok();
        let starts = |(space, start): (&SessionSpace, &Option<Instant>)| {
            let slot = start.and_then(|start| instance.grid().slot_at(start));
            slot.is_some_and(|slot| space.starts.binary_search(&slot).is_ok())
        };
        former
            .panel
            .as_ref()
            .is_some_and(|panel| panel.len() == self.size && panel.iter().all(sits))
            && self.sessions.iter().zip(&former.starts).all(starts)
    }

    /// The largest service of any members that may sit, compatible or not.
    pub(crate) fn best_service(&self) -> Micro {
        let mut fit: Vec<Micro> = self.members.iter().map(|m| m.fit).collect();
        fit.sort_unstable_by_key(|fit| std::cmp::Reverse(*fit));
        fit.iter().take(self.size).sum::<Micro>().div_euclid((self.size as Micro).max(1))
    }

    /// True when the two members may sit on one panel (rule A5).
    pub(crate) fn compatible(&self, a: usize, b: usize) -> bool {
        self.apart[a.min(b)].binary_search(&a.max(b)).is_err()
    }

    /// True when any distinct members make a panel, and nothing but their cases is used up.
    pub(crate) fn is_plain(&self, instance: &Instance) -> bool {
        let may_be_chair = |m: &Member| !self.chair || !m.tied;
        let takes_cases_alone = |m: &Member| {
            m.batch.is_empty() && (m.effort == 0 || instance.mediator(m.mediator).minutes.is_none())
        };
        self.sessions.is_empty()
            && self.languages.is_empty()
            && self.expertise.is_empty()
            && self.apart.iter().all(Vec::is_empty)
            && self.members.iter().all(|m| may_be_chair(m) && takes_cases_alone(m))
            && self.required().next().is_none()
    }

    /// Positions of the members who must sit (rule A8).
    pub(crate) fn required(&self) -> impl Iterator<Item = usize> + '_ {
        self.members.iter().enumerate().filter(|(_, m)| m.required.is_some()).map(|(i, _)| i)
    }

    /// True when a complete panel of pairwise compatible members meets coverage (rule A4) and has
    /// somebody who can be chair (rule A1).
    pub(crate) fn covers(&self, panel: &[usize]) -> bool {
        self.languages.iter().all(|(needed, speaks)| {
            panel.iter().filter(|m| speaks[**m]).count() >= *needed as usize
        }) && self.expertise.iter().all(|reaches| panel.iter().any(|m| reaches[*m]))
            && self.chair_of(panel) != Chair::Nobody
    }

    /// True when the panel of a plan has the service that is demanded.
    pub(crate) fn admits(&self, instance: &Instance, plan: &Plan) -> bool {
        let fit = |m: &MediatorIx| instance.fit(plan.dispute, *m);
        self.least.is_none_or(|least| plan.panel.iter().map(fit).sum::<Micro>() >= least)
    }

    /// Positions of the members of whom one is the chair of a panel with a chair: the one who must
    /// be, else those who may be, of whom the one with the highest fit is (rule A1).
    pub(crate) fn chairs(&self) -> Vec<usize> {
        let role = |m: usize| self.members[m].required.and_then(|seat| seat.role);
        let all = 0..self.members.len();
        let named = all.clone().find(|m| role(*m) == Some(Role::Chair));
        let may = all.filter(|m| match named {
            Some(named) => *m == named,
            None => role(*m) != Some(Role::Member),
        });
        may.filter(|m| self.chair && !self.members[*m].tied).collect()
    }

    /// True when the panel has a chair.
    pub(crate) fn has_chair(&self) -> bool {
        self.chair
    }

    /// The chair of a panel.
    fn chair_of(&self, panel: &[usize]) -> Chair {
        if !self.chair {
            return Chair::Without;
        }
        let role = |m: usize| self.members[m].required.and_then(|seat| seat.role);
        let required = panel.iter().find(|m| role(**m) == Some(Role::Chair));
        let chair = required.or_else(|| {
            // INVARIANT: ties go to the earlier in the roster, whatever the order of `panel`.
            panel
                .iter()
                .filter(|m| role(**m) != Some(Role::Member) && !self.members[**m].tied)
                .max_by_key(|m| (self.members[**m].fit, std::cmp::Reverse(**m)))
        });
        let chair = chair.filter(|m| !self.members[**m].tied);
        chair.map_or(Chair::Nobody, |chair| Chair::Is(*chair))
    }

    /// The plan of a complete panel, its starts, and what its sessions take.
    pub(crate) fn plan(
        &self,
        panel: &[usize],
        starts: Option<Vec<u32>>,
        staff: Vec<Staff>,
    ) -> Plan {
        let mut seats = panel.to_vec();
        seats.sort_unstable();
        Plan {
            dispute: self.dispute,
            panel: seats.iter().map(|m| self.members[*m].mediator).collect(),
            chair: match self.chair_of(&seats) {
                Chair::Is(m) => Some(self.members[m].mediator),
                Chair::Without | Chair::Nobody => None,
            },
            starts,
            staff,
        }
    }
}

/// The second of three independent statements of the nationality bar: whatever the eligibility
/// table says, the model has no seat for a national of a party, unless the policy of the class
/// lets her sit.
pub(super) fn may_have_seat(
    instance: &Instance,
    conflicts: &ConflictTable,
    dispute: DisputeIx,
    mediator: MediatorIx,
) -> bool {
    let national = || instance.is_national_of_party(mediator, dispute);
    let size = instance.dispute(dispute).panel.size;
    match instance.nationality_policy(dispute) {
        NationalityPolicy::Strict => !national(),
        NationalityPolicy::WaivableByParties => {
            let rules = &instance.policy().rules.rules;
            let mut governed = conflicts
                .findings(dispute, mediator)
                .iter()
                .filter(|f| f.severity >= Severity::Orange)
                .filter(|f| rules[f.rule.ix()].governed_by.is_some())
                .peekable();
            !national() || (governed.peek().is_some() && governed.all(|f| f.cure.is_some()))
        }
        // A panel of one or two has no majority beside a member who is tied.
        NationalityPolicy::MajorityNeutral => {
            size > 2 || conflicts.ties(dispute, mediator).is_empty()
        }
        NationalityPolicy::OnePerSide => size > 1 || conflicts.ties(dispute, mediator).is_empty(),
        NationalityPolicy::Advisory => true,
    }
}

/// True when the nationality policy keeps two members of one panel apart. With at most three
/// members, both policies about panels come down to pairs.
fn too_many_tied(
    instance: &Instance,
    conflicts: &ConflictTable,
    dispute: DisputeIx,
    a: MediatorIx,
    b: MediatorIx,
) -> bool {
    let (a, b) = (conflicts.ties(dispute, a), conflicts.ties(dispute, b));
    match instance.nationality_policy(dispute) {
        NationalityPolicy::MajorityNeutral => !a.is_empty() && !b.is_empty(),
        NationalityPolicy::OnePerSide => a.iter().any(|side| b.contains(side)),
        NationalityPolicy::Strict
        | NationalityPolicy::WaivableByParties
        | NationalityPolicy::Advisory => false,
    }
}

/// Rule A5: who may not sit with whom.
fn apart(
    instance: &Instance,
    conflicts: &ConflictTable,
    dispute: DisputeIx,
    panel: &PanelSpec,
    members: &[Member],
) -> Vec<Vec<usize>> {
    let by_ties = matches!(
        instance.nationality_policy(dispute),
        NationalityPolicy::MajorityNeutral | NationalityPolicy::OnePerSide
    );
    let by_two = by_ties || panel.distinct_nationalities || conflicts.has_pairs();
    if panel.size == 1 || !by_two {
        return vec![Vec::new(); members.len()];
    }
    (0..members.len())
        .map(|a| {
            (a + 1..members.len())
                .filter(|b| {
                    let (x, y) = (members[a].mediator, members[*b].mediator);
                    conflicts.apart(dispute, x, y)
                        || too_many_tied(instance, conflicts, dispute, x, y)
                        || (panel.distinct_nationalities && instance.share_nationality(x, y))
                })
                .collect()
        })
        .collect()
}

fn speakers(
    instance: &Instance,
    wanted: &[(LanguageIx, u32)],
    members: &[Member],
) -> Vec<(u32, Vec<bool>)> {
    let who =
        |language| members.iter().map(|m| instance.mediator(m.mediator).speaks(language)).collect();
    wanted.iter().map(|(language, needed)| (*needed, who(*language))).collect()
}

fn experts(
    instance: &Instance,
    wanted: &[(SubjectIx, Micro)],
    members: &[Member],
) -> Vec<Vec<bool>> {
    let reaches = |subject, least| {
        members
            .iter()
            .map(|m| instance.mediator(m.mediator).expertise_in(subject) >= least)
            .collect()
    };
    wanted.iter().map(|(subject, least)| reaches(*subject, *least)).collect()
}

/// Rules S1 and S5 (as far as the parties, the place and the number of interpreters go) and S3 (as
/// far as windows go).
fn sessions(
    instance: &Instance,
    eligibility: &EligibilityTable,
    availability: &Availability,
    dispute: DisputeIx,
) -> Vec<SessionSpace> {
    let free = |session: &Session, start: u32| {
        session.attendees.iter().all(|a| {
            availability.of(*a, session.mode).is_some_and(|p| p.is_free(start, session.slots))
        }) && session
            .room_at()
            .is_none_or(|place: PlaceIx| availability.open(place).is_free(start, session.slots))
    };
    let mut spaces: Vec<SessionSpace> = instance
        .dispute(dispute)
        .sessions
        .iter()
        .enumerate()
        .map(|(at, session)| {
            let booths =
                if session.held { Vec::new() } else { booths(eligibility, dispute, session) };
            let last = session.latest_end.checked_sub(session.slots);
            let starts: Vec<u32> = last
                .map_or_else(Vec::new, |last| (session.earliest..=last).collect())
                .into_iter()
                .filter(|start| session.fixed.is_none_or(|fixed| fixed == *start))
                .filter(|start| session.held || free(session, *start))
                .filter(|start| staffed(instance, availability, session, &booths, *start))
                .collect();
            let data = instance.dispute(dispute);
            let side_points = (0..data.sides.len())
                .map(|side| {
                    let bears =
                        |start: &u32| side_points(availability, data, session, side, *start);
                    starts.iter().map(bears).collect()
                })
                .collect();
            let late = starts.iter().map(|start| days_late(instance, session, *start)).collect();
            let moved =
                starts.iter().map(|start| instance.move_cost(dispute, at, *start)).collect();
            let thaws = |start: &u32| instance.breaks_freeze(dispute, at, *start);
            let thawed = starts.iter().map(thaws).collect();
            let points = starts
                .iter()
                .map(|start| {
                    let people = session.attendees.iter().filter(|_| !session.held);
                    people
                        .filter_map(|a| availability.of(*a, session.mode))
                        .map(|profile| profile.points(*start, session.slots))
                        .sum()
                })
                .collect();
            SessionSpace {
                slots: session.slots,
                min_gap: session.min_gap,
                max_gap: session.max_gap,
                mode: session.mode,
                held: session.held,
                attendees: session.attendees.iter().copied().filter(|_| !session.held).collect(),
                starts,
                points,
                side_points,
                late,
                moved,
                thawed,
                seats: session.seats,
                breakouts: session.breakouts,
                breakout_seats: session.breakout_seats,
                booths,
                reach: Vec::new(),
            }
        })
        .collect();
    for later in 1..spaces.len() {
        let (before, rest) = spaces.split_at_mut(later);
        let (earlier, this) = (&before[later - 1], &mut rest[0]);
        this.reach = this
            .starts
            .iter()
            .map(|start| {
                let gap = earlier.slots + this.min_gap;
                earlier.starts.partition_point(|first| first + gap <= *start) as u32
            })
            .collect();
    }
    spaces
}

/// The booths of a session with those who suit them and may serve the dispute.
fn booths(
    eligibility: &EligibilityTable,
    dispute: DisputeIx,
    session: &Session,
) -> Vec<(usize, Vec<InterpreterIx>)> {
    let may = eligibility.interpreters(dispute);
    let booth = |booth: &Booth| {
        let suited = booth.suited.iter().copied();
        (booth.size as usize, suited.filter(|i| may.binary_search(i).is_ok()).collect())
    };
    session.booths.iter().map(booth).collect()
}

/// True when enough interpreters are free for every booth at a start.
fn staffed(
    instance: &Instance,
    availability: &Availability,
    session: &Session,
    booths: &[(usize, Vec<InterpreterIx>)],
    start: u32,
) -> bool {
    booths.iter().all(|(size, suited)| {
        let free = |i: &&InterpreterIx| {
            let person = instance.interpreter(**i).actor;
            let profile = availability.of(person, session.mode);
            profile.is_some_and(|profile| profile.is_free(start, session.slots))
        };
        suited.iter().filter(free).take(*size).count() == *size
    })
}
