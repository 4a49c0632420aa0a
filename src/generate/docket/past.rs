//! Past appointments by preferential attachment: whoever has been appointed is appointed again.
//!
//! SOURCE: Puig, "Social Capital in the Arbitration Market" (EJIL 2014), for the mechanism; the
//! CEDR audits for what it is tuned to: about 200 mediators have about 85 % of the work. Each
//! appointment goes to somebody of the whole roster, or to the one of an earlier appointment, with
//! odds such that the busiest 200 (of a smaller roster the busiest fifth) hold about that share.

use chrono::{Days, NaiveDate};

use crate::format::AppointmentDoc;
use crate::generate::draw::Draw;
use crate::generate::make;

use super::Docket;
use super::as_of;
use super::bar::{firm_id, lawyer_id};
use super::groups::Group;

/// Appointments to a mediator, on average.
const EACH: u32 = 4;

/// Days before `as_of` over which they lie: ten years.
const DAYS: u64 = 3652;

/// What an earlier appointment adds to the odds of its mediator.
const AGAIN: u64 = 1000;

/// What everybody has of odds in a roster of `mediators`.
///
/// Found by trial: with it the share is 0.85 from 250 to 5,000 mediators, give or take 0.03.
fn odds(mediators: u64) -> u64 {
    let busiest = busiest(mediators);
    (1000 * busiest * (7 * mediators + 12 * busiest)).div_ceil(10 * mediators * mediators)
}

/// How many mediators hold most appointments.
fn busiest(mediators: u64) -> u64 {
    (mediators / 5).clamp(1, 200)
}

/// Who appointed.
#[derive(Debug, Clone, Copy)]
enum By {
    Institution,
    State(usize),
    Company(usize),
}

impl Docket {
    /// The appointments, the oldest first.
    pub(super) fn appointments(&self) -> impl Iterator<Item = AppointmentDoc> + '_ {
        let number = EACH * self.mediators;
        let mut draw = self.draw("past appointments");
        let mut past: Vec<u32> = Vec::new();
        let mut last: Vec<Option<By>> = vec![None; self.mediators as usize];
        let everybody = u64::from(self.mediators);
        let odds = odds(everybody.max(1));
        (0..number).map(move |n| {
            let drawn = draw.below((everybody * odds + AGAIN * past.len() as u64) as usize) as u64;
            let mediator = match drawn.checked_sub(everybody * odds) {
                None => (drawn / odds) as u32,
                Some(rest) => past[(rest / AGAIN) as usize],
            };
            past.push(mediator);
            // One in five is appointed by whoever did so before.
            let before = last[mediator as usize].filter(|_| draw.chance(20));
            let by = before.unwrap_or_else(|| self.draw_by(&mut draw));
            last[mediator as usize] = Some(by);
            let date = day(u64::from(n) * DAYS / u64::from(number));
            self.appointment(mediator, date, by, &mut draw)
        })
    }

    fn draw_by(&self, draw: &mut Draw) -> By {
        match draw.below(100) {
            0..45 => By::Institution,
            45..65 => By::State(*draw.pick(&self.designating)),
            _ => By::Company(*draw.weighted(&self.circle.weights)),
        }
    }

    fn appointment(&self, n: u32, date: NaiveDate, by: By, draw: &mut Draw) -> AppointmentDoc {
        let mediator = &self.seats[n as usize].id;
        let actor = match by {
            By::Institution => "institution".to_owned(),
            By::State(home) => self.code(home).to_owned(),
            By::Company(group) => self.company((Group::Recurring(group), self.circle.homes[group])),
        };
        let mut past = make::appointment(mediator, date.to_string(), &actor);
        if !matches!(by, By::Institution) && draw.chance(60) {
            let lawyer = draw.below(self.bar.lawyers.len());
            past.counsel = vec![lawyer_id(lawyer), firm_id(self.bar.lawyers[lawyer].firm)];
        }
        past
    }
}

/// The day `after` days into the ten years before `as_of`.
fn day(after: u64) -> NaiveDate {
    as_of() - Days::new(DAYS - after)
}
