//! The dates of a dispute: when its sessions start, who of the panel attends, rooms, booths, and what its sides
//! bear (S1, S3, S4, S5).

use super::build::{Builder, Part, RoomUse, Use};
use super::{Kind, Sense, Terms};
use crate::domain::{ActorIx, PlaceIx};
use crate::solve::{Hold, PlanSpace, SessionSpace, Tier};

/// A session with what its rows are called by.
struct Sitting<'s> {
    space: &'s PlanSpace,
    session: &'s SessionSpace,
    position: usize,
    /// The dispute and the session as parts of names.
    name: String,
    /// By start, the column that says so.
    starts: Vec<usize>,
}

impl Builder<'_> {
    pub(super) fn dates(
        &mut self,
        space: &PlanSpace,
        dispute: &str,
        scheduled: usize,
        seats: &[usize],
    ) {
        let mut sittings: Vec<Sitting<'_>> = Vec::with_capacity(space.sessions.len());
        for (position, session) in space.sessions.iter().enumerate() {
            let id = &self.instance.dispute(space.dispute).sessions[position].id;
            let name = format!("{dispute}__{}", super::names::part(id, position));
            let starts = self.starts(session, &name, scheduled);
            let sitting = Sitting { space, session, position, name, starts };
            self.attendees(&sitting);
            if !session.held {
                self.panel_attends(&sitting, seats);
            }
            self.rooms_of(&sitting);
            self.booths_of(&sitting);
            sittings.push(sitting);
        }
        self.order(&sittings);
        self.sides(space, dispute, &sittings);
    }

    /// When the session starts, and what that costs.
    fn starts(&mut self, session: &SessionSpace, name: &str, scheduled: usize) -> Vec<usize> {
        let weights = self.instance.policy().weights;
        let mut starts = Vec::with_capacity(session.starts.len());
        for (at, start) in session.starts.iter().enumerate() {
            let column = self.binary(format!("y__{name}__{start}"));
            let cost = weights.burden * session.points[at]
                + weights.lateness * session.late[at]
                + session.moved[at];
            self.gain(Tier::Quality, column, -cost);
            if session.thawed[at] {
                self.gain(Tier::Frozen, column, -1_000_000);
            }
            starts.push(column);
        }
        let mut row = ones(&starts);
        row.push((scheduled, -1));
        self.row(format!("S3_start__{name}"), row, Sense::Equal, 0);
        starts
    }

    fn attendees(&mut self, sitting: &Sitting<'_>) {
        for person in &sitting.session.attendees {
            for (at, column) in sitting.starts.iter().enumerate() {
                self.attends(sitting, *person, *column, at, Part::Party);
            }
        }
    }

    fn attends(
        &mut self,
        sitting: &Sitting<'_>,
        person: ActorIx,
        column: usize,
        at: usize,
        part: Part,
    ) {
        let session = sitting.session;
        let time = (session.starts[at], session.slots);
        let hold = Hold::new(self.world, person, session.mode, time);
        let (dispute, position) = (sitting.space.dispute, sitting.position as u32);
        let attends = Use { column, hold, dispute, session: position, part };
        self.people.entry(person).or_default().push(attends);
    }

    /// The starts at which somebody is free, by place, with her point-minutes.
    fn free(&self, session: &SessionSpace, person: ActorIx) -> Vec<(usize, i64)> {
        let Some(profile) = self.tables.availability.of(person, session.mode) else {
            return Vec::new();
        };
        let starts = session.starts.iter().enumerate();
        starts
            .filter_map(|(at, start)| Some((at, profile.free_points(*start, session.slots)?)))
            .collect()
    }

    /// S1 for the panel: whoever sits attends the session when it is, and can only where she is free.
    fn panel_attends(&mut self, sitting: &Sitting<'_>, seats: &[usize]) {
        let burden = self.instance.policy().weights.burden;
        let name = &sitting.name;
        let mut together: Vec<Terms> = vec![Vec::new(); sitting.starts.len()];
        for (member, seat) in sitting.space.members.iter().zip(seats) {
            let mediator = self.actor_name(member.actor);
            let mut own: Terms = Vec::new();
            for (at, points) in self.free(sitting.session, member.actor) {
                let start = sitting.session.starts[at];
                let column =
                    self.column(format!("z__{name}__{mediator}__{start}"), Kind::Free, (0, 1));
                self.gain(Tier::Quality, column, -burden * points);
                self.attends(sitting, member.actor, column, at, Part::Panel);
                own.push((column, 1));
                together[at].push((column, 1));
            }
            if !own.is_empty() {
                own.push((*seat, -1));
                self.row(format!("S1_seat__{name}__{mediator}"), own, Sense::AtMost, 0);
            }
        }
        for (at, mut row) in together.into_iter().enumerate() {
            row.push((sitting.starts[at], -(sitting.space.size as i64)));
            let start = sitting.session.starts[at];
            self.row(format!("S1_together__{name}__{start}"), row, Sense::Equal, 0);
        }
    }

    /// S4 within a session: a class for the room for all, and for each of the others.
    fn rooms_of(&mut self, sitting: &Sitting<'_>) {
        let session = sitting.session;
        let Some(place) = session.room_at() else { return };
        let classes = &self.instance.place(place).classes;
        let suits = |seats: u32| -> Vec<(u32, i64)> {
            let all = (0..).zip(classes).filter(|(_, class)| class.seats_all(seats));
            all.map(|(number, class)| (number, class.rooms.len() as i64)).collect()
        };
        let others = i64::from(session.breakouts);
        self.take(sitting, place, ("room", "S4_room"), &suits(session.seats), 1);
        if others > 0 {
            let suited = suits(session.breakout_seats);
            self.take(sitting, place, ("other", "S4_other"), &suited, others);
        }
    }

    /// So many rooms of some classes, at each start.
    fn take(
        &mut self,
        sitting: &Sitting<'_>,
        place: PlaceIx,
        (word, label): (&str, &str),
        suited: &[(u32, i64)],
        wanted: i64,
    ) {
        let (session, name) = (sitting.session, &sitting.name);
        if suited.is_empty() {
            self.row(format!("{label}__{name}"), ones(&sitting.starts), Sense::Equal, 0);
            return;
        }
        for (at, start) in session.starts.iter().enumerate() {
            let y = sitting.starts[at];
            let mut row: Terms = vec![(y, -wanted)];
            for (class, supply) in suited {
                // With one class there is nothing to choose.
                let (column, rooms) = if suited.len() == 1 {
                    (y, wanted)
                } else {
                    let most = wanted.min(*supply);
                    let kind = if most > 1 { Kind::Whole } else { Kind::Binary };
                    let column =
                        self.column(format!("{word}__{name}__{class}__{start}"), kind, (0, most));
                    row.push((column, 1));
                    (column, 1)
                };
                self.rooms.entry((place, *class)).or_default().push(RoomUse {
                    column,
                    rooms,
                    start: *start,
                    end: start + session.slots,
                    dispute: sitting.space.dispute,
                    most: 1 + i64::from(session.breakouts),
                });
            }
            if row.len() > 1 {
                self.row(format!("{label}__{name}__{start}"), row, Sense::Equal, 0);
            }
        }
    }

    /// S5: each booth has its people.
    fn booths_of(&mut self, sitting: &Sitting<'_>) {
        let burden = self.instance.policy().weights.burden;
        let name = &sitting.name;
        for (booth, (size, suited)) in sitting.session.booths.iter().enumerate() {
            let mut rows: Vec<Terms> = vec![Vec::new(); sitting.starts.len()];
            for interpreter in suited {
                let actor = self.instance.interpreter(*interpreter).actor;
                let told = self.actor_name(actor);
                for (at, points) in self.free(sitting.session, actor) {
                    let start = sitting.session.starts[at];
                    let column = self.binary(format!("v__{name}__{booth}__{told}__{start}"));
                    self.gain(Tier::Quality, column, -burden * points);
                    self.attends(sitting, actor, column, at, Part::Booth(booth as u32));
                    rows[at].push((column, 1));
                }
            }
            for (at, mut row) in rows.into_iter().enumerate() {
                row.push((sitting.starts[at], -(*size as i64)));
                let start = sitting.session.starts[at];
                self.row(format!("S5_booth__{name}__{booth}__{start}"), row, Sense::Equal, 0);
            }
        }
    }

    /// S3: each session so long after the one before, through columns that say what has begun by then.
    fn order(&mut self, sittings: &[Sitting<'_>]) {
        if sittings.len() < 2 {
            return;
        }
        let begun: Vec<Vec<usize>> = sittings.iter().map(|sitting| self.begun(sitting)).collect();
        for later in 1..sittings.len() {
            let (before, this) = (&sittings[later - 1], &sittings[later]);
            let (first, then) = (&before.session.starts, &this.session.starts);
            let length = before.session.slots;
            // How many starts of the one are no later than another's, less so much.
            let by = |starts: &[u32], slot: i64| starts.partition_point(|s| i64::from(*s) <= slot);
            let gap = i64::from(length + this.session.min_gap);
            let reach = |start: u32| by(first, i64::from(start) - gap);
            let name = format!("S3_after__{}", this.name);
            self.follow(&name, (then, &begun[later]), (first, &begun[later - 1]), &reach);
            if let Some(most) = this.session.max_gap {
                let gap = i64::from(length) + i64::from(most);
                let reach = |start: u32| by(then, i64::from(start) + gap);
                let name = format!("S3_within__{}", this.name);
                self.follow(&name, (first, &begun[later - 1]), (then, &begun[later]), &reach);
            }
        }
    }

    /// By start, a column that is 1 where the session starts then or before.
    fn begun(&mut self, sitting: &Sitting<'_>) -> Vec<usize> {
        let mut begun = Vec::with_capacity(sitting.starts.len());
        let mut before = None;
        for (start, y) in sitting.session.starts.iter().zip(&sitting.starts) {
            let name = &sitting.name;
            let column = self.column(format!("by__{name}__{start}"), Kind::Free, (0, 1));
            let mut row = vec![(column, 1), (*y, -1)];
            row.extend(before.map(|before| (before, -1)));
            self.row(format!("S3_by__{name}__{start}"), row, Sense::Equal, 0);
            before = Some(column);
            begun.push(column);
        }
        begun
    }

    /// One session has not begun by a start unless the other has by one of its first `reach(start)` ones. What a
    /// later start says as well is left out.
    fn follow(
        &mut self,
        name: &str,
        (starts, begun): (&[u32], &[usize]),
        (others, other_begun): (&[u32], &[usize]),
        reach: &dyn Fn(u32) -> usize,
    ) {
        for (at, start) in starts.iter().enumerate() {
            let open = reach(*start);
            let said_later = starts.get(at + 1).is_some_and(|next| reach(*next) == open);
            if said_later || open == others.len() {
                continue;
            }
            let mut row = vec![(begun[at], 1)];
            row.extend(open.checked_sub(1).map(|last| (other_begun[last], -1)));
            self.row(format!("{name}__{start}"), row, Sense::AtMost, 0);
        }
    }

    /// What the worse-off side bears is no less than what any side does.
    fn sides(&mut self, space: &PlanSpace, dispute: &str, sittings: &[Sitting<'_>]) {
        let policy = self.instance.policy();
        let counts = policy.worse_off_first || policy.weights.fairness > 0;
        if !space.has_sides || !counts {
            return;
        }
        let of = |side: usize| sittings.iter().map(move |s| (s, &s.session.side_points[side]));
        let most = |side: usize| -> i64 {
            of(side).map(|(_, points)| points.iter().copied().max().unwrap_or(0)).sum()
        };
        let most = (0..space.sides).map(most).max().unwrap_or(0);
        let fairness = policy.weights.fairness;
        let worse = self.column(format!("worse__{dispute}"), Kind::Free, (0, most));
        self.gain(Tier::Quality, worse, -fairness);
        self.gain(Tier::Sides, worse, -1_000_000);
        for side in 0..space.sides {
            let bears = of(side).flat_map(|(sitting, points)| {
                sitting.starts.iter().zip(points).map(|(column, points)| (*column, -points))
            });
            let mut row: Terms = bears.filter(|(_, points)| *points != 0).collect();
            if row.is_empty() {
                continue;
            }
            row.push((worse, 1));
            self.row(format!("tier_sides__{dispute}__{side}"), row, Sense::AtLeast, 0);
        }
    }
}

/// Each column once.
fn ones(columns: &[usize]) -> Terms {
    columns.iter().map(|column| (*column, 1)).collect()
}
