//! The dockets `full`, `docket`, `regional` and `stress`: one family at the sizes of real caseloads.
//!
//! Takes a profile with a seed, gives a document whole or as text, a line for each entry. Real are
//! the States, their zones, weekends, languages and holidays, the panels and their quotas, the
//! sizes; the shares of everything else are chosen (instances/README.md), and all people,
//! organisations and disputes are drawn.
//!
//! * **Invariant**: whatever is drawn comes from a stream of its own label, so that every entry can
//!   be made by itself, and again. Held are a line of numbers for each mediator, lawyer, firm and
//!   recurring company, and one for each past appointment; everything else is made as it is written.
//! * Complexity: linear in disputes, mediators and past appointments, but for what a dispute asks of
//!   the roster (disputes x mediators, some nanoseconds each).

mod bar;
mod cast;
mod disputes;
mod facts;
mod groups;
mod past;
mod people;
mod roster;
mod sessions;
mod ties;
mod write;

use chrono::NaiveDate;
use serde_json::json;

use crate::format::{
    Candidates, InstanceDoc, OrganisationDoc, OrganisationKind, PersonDoc, PolicyDoc, RelationDoc,
    RelationKind, WorkloadDoc,
};

use super::diary::Window;
use super::draw::Draw;
use super::launch::panels;
use super::make;
use bar::Bar;
use facts::Home;
use groups::Circle;
use roster::{Quotas, Seat};

/// A size of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocketProfile {
    /// 38 signatories, a year's new disputes at ICSID: 950 mediators, 70 disputes.
    Full,
    /// What ICSID administers at a time: 950 mediators, 350 disputes.
    Docket,
    /// A year's new disputes at the ICC: 950 mediators, 830 disputes.
    Regional,
    /// A year's mediations in the United Kingdom: 5,000 mediators, 17,000 disputes.
    Stress,
}

/// Options of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocketOptions {
    /// The profile.
    pub profile: DocketProfile,
    /// Seed of all draws.
    pub seed: u64,
    /// Number of disputes; the profile's when left out.
    pub disputes: Option<u32>,
    /// Number of mediators; the profile's when left out.
    pub mediators: Option<u32>,
}

impl DocketProfile {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Docket => "docket",
            Self::Regional => "regional",
            Self::Stress => "stress",
        }
    }

    /// Disputes and mediators.
    #[must_use]
    pub fn sizes(self) -> (u32, u32) {
        match self {
            Self::Full => (70, 950),
            Self::Docket => (350, 950),
            Self::Regional => (830, 950),
            Self::Stress => (17_000, 5_000),
        }
    }

    /// The most disputes and mediators that it takes: the quotas of its States bound the roster.
    #[must_use]
    pub fn limits(self) -> (u32, u32) {
        (20_000, self.sizes().1)
    }

    /// Weeks of the horizon.
    fn weeks(self) -> u32 {
        if self == Self::Full { 8 } else { 12 }
    }

    /// States that designate, and how many mediators each to the two panels.
    fn quotas(self) -> (usize, Quotas) {
        match self {
            // WHY more than 5 and 20: all States of the table together would have 3,425.
            Self::Stress => (usize::MAX, Quotas { a: 8, b: 30 }),
            _ => (38, Quotas { a: 5, b: 20 }),
        }
    }
}

/// The first day of the horizon, a Monday.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 7).unwrap_or_default()
}

/// The day on which everything is judged.
fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap_or_default()
}

/// A docket that can be written.
#[derive(Debug)]
pub struct Docket {
    options: DocketOptions,
    disputes: u32,
    mediators: u32,
    window: Window,
    /// The States of the table, by code.
    homes: Vec<Home>,
    /// Places in `homes` of the States that designate, in their order.
    designating: Vec<usize>,
    /// Languages that somebody speaks, by bit.
    tongues: Vec<&'static str>,
    seats: Vec<Seat>,
    bar: Bar,
    circle: Circle,
}

impl Docket {
    /// Draws what everything else refers to. Sizes beyond the profile's limits are cut to them.
    #[must_use]
    pub fn new(options: &DocketOptions) -> Self {
        let (profile, (disputes, mediators)) = (options.profile, options.profile.sizes());
        let (most_disputes, most_mediators) = profile.limits();
        let window = Window { start: first_day(), days: 7 * profile.weeks() };
        let homes = facts::homes(window.day(window.days / 2));
        let place = |code: &&str| homes.iter().position(|home| home.facts.code == *code);
        let states = facts::designating();
        let designating = states.iter().take(profile.quotas().0).filter_map(place).collect();
        let mut docket = Self {
            options: *options,
            disputes: options.disputes.unwrap_or(disputes).min(most_disputes),
            mediators: options.mediators.unwrap_or(mediators).min(most_mediators),
            window,
            tongues: roster::tongues(&homes),
            homes,
            designating,
            seats: Vec::new(),
            bar: Bar::default(),
            circle: Circle::default(),
        };
        docket.seats = (0..docket.mediators).map(|n| docket.seat(n)).collect();
        docket.bar = docket.draw_bar();
        docket.circle = docket.draw_circle();
        docket
    }

    /// The whole document.
    #[must_use]
    pub fn document(&self) -> InstanceDoc {
        let mut doc = self.frame();
        doc.organisations = self.organisations().collect();
        doc.people = self.people().collect();
        doc.mediators = self.roster().collect();
        doc.interpreters = self.interpreters().collect();
        doc.relations = self.relations().collect();
        doc.appointments = self.appointments().collect();
        doc.disputes = self.docket().collect();
        doc.scores = self.scores().collect();
        doc
    }

    /// Everything but what grows with the docket.
    fn frame(&self) -> InstanceDoc {
        let Self { options: DocketOptions { profile, seed, .. }, disputes, mediators, .. } = self;
        let name = profile.name();
        let mut doc = make::instance(
            &format!("{name}-{disputes}-{mediators}-s{seed}"),
            &format!("{disputes} disputes, {mediators} mediators: real States, synthetic people"),
            as_of().to_string(),
            self.window.interval("Asia/Hong_Kong"),
        );
        doc.policy = Some(PolicyDoc {
            candidates: self.shortlists().then_some(Candidates::Scored),
            workload: Some(WorkloadDoc { rest_minutes: Some(30), ..WorkloadDoc::default() }),
            ..PolicyDoc::default()
        });
        doc.slot_minutes = Some(self.slot());
        doc.states = self.homes.iter().map(|home| facts::actor(&home.facts)).collect();
        doc.panels = panels();
        for (panel, quota) in doc.panels.iter_mut().zip(profile.quotas().1.each()) {
            panel.quota_per_state = Some(quota);
        }
        doc.calendars = facts::calendars();
        doc.places = facts::places(self.disputes);
        doc.notes = Some(json!({
            "generator": format!("comity generate {name} --seed {seed} --disputes {disputes} --mediators {mediators}"),
            "real": "States, regions, time zones, weekends, languages; holidays as in instances/calendars; 32 signatories of 30 May 2025; two panels with quotas of 5 and 20 (8 and 30 in `stress`, chosen)",
            "chosen": "six States that stand in for signatories whom our source does not name; who else designates in `stress`; the mix of classes, panels, sessions and ties; places but Hong Kong; rooms",
            "invented": "all people, organisations, relations, appointments and disputes: nothing is said about a real person, company or quarrel",
        }));
        doc
    }

    /// Whether disputes come with shortlists: a table of all pairs is too much to hold there.
    fn shortlists(&self) -> bool {
        self.options.profile == DocketProfile::Stress
    }

    /// Minutes of a slot: what everybody's calendar takes is halved where they are many.
    fn slot(&self) -> u32 {
        if self.options.profile == DocketProfile::Stress { 60 } else { 30 }
    }

    fn draw(&self, label: &str) -> Draw {
        Draw::new(self.options.seed, &format!("docket {label}"))
    }

    fn home(&self, code: &str) -> usize {
        self.homes.iter().position(|home| home.facts.code == code).unwrap_or(0)
    }

    fn code(&self, home: usize) -> &'static str {
        self.homes[home].facts.code
    }

    fn organisations(&self) -> impl Iterator<Item = OrganisationDoc> + '_ {
        let agencies = self.designating.iter().map(|home| {
            let code = self.code(*home);
            let id = self.agency(*home);
            let mut agency = make::organisation(id, OrganisationKind::Government, &[code]);
            agency.name = Some(format!("Synthetic agency of {}", self.homes[*home].facts.name));
            agency
        });
        let companies = self.groups().flat_map(|group| self.companies(&group));
        agencies.chain(self.firms()).chain(ties::others()).chain(companies)
    }

    fn people(&self) -> impl Iterator<Item = PersonDoc> + '_ {
        self.delegates().chain(self.managers()).chain(self.lawyers())
    }

    fn relations(&self) -> impl Iterator<Item = RelationDoc> + '_ {
        let region = make::relation("region-hk".into(), "HK", RelationKind::SubdivisionOf, "CN");
        let agencies = self.designating.iter().map(|home| {
            let agency = self.agency(*home);
            let (id, kind) = (format!("of-{agency}"), RelationKind::AgencyOf);
            make::relation(id, &agency, kind, self.code(*home))
        });
        let owners = self.groups().flat_map(|group| self.ownership(&group));
        let ties = self.funding().chain((0..self.mediators).flat_map(|n| self.ties(n)));
        let bar = self.memberships().chain(self.alliances());
        std::iter::once(region).chain(agencies).chain(bar).chain(owners).chain(ties)
    }

    /// The id of the agency of a State.
    fn agency(&self, home: usize) -> String {
        format!("agency-{}", self.code(home).to_lowercase())
    }
}
