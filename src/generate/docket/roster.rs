//! The roster: mediators of the two panels, evenly over the States that designate.

use crate::format::{
    CapacityDoc, Decimal, DesignationDoc, LanguageLevel, MediatorDoc, OrganisationDoc, Pairs,
};
use crate::generate::diary::{busy, expertise, working_hours};
use crate::generate::draw::Draw;
use crate::generate::launch::{STATE_SUBJECTS, TRADE_SUBJECTS};
use crate::generate::make;
use crate::generate::world::StateFacts;

use super::Docket;
use super::facts::{Home, TRADE, calendar};

/// How many mediators a State designates to each panel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotas {
    pub(super) a: u32,
    pub(super) b: u32,
}

impl Quotas {
    pub(super) fn each(self) -> [u32; 2] {
        [self.a, self.b]
    }

    /// Whether the `k`-th seat of a State is on panel A; those are spread evenly.
    fn is_a(self, k: u32) -> bool {
        k * self.a % (self.a + self.b) < self.a
    }

    /// The panel of the `k`-th seat, and which seat of the State there it is, from 1.
    fn seat(self, k: u32) -> (&'static str, u32) {
        let of_a = (0..=k).filter(|k| self.is_a(*k)).count() as u32;
        if self.is_a(k) { ("A", of_a) } else { ("B", k + 1 - of_a) }
    }
}

/// What a dispute asks about a mediator.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) id: String,
    pub(super) on_a: bool,
    /// States that bar her as parties: those who designated her and whose national she is.
    pub(super) bound: [usize; 3],
    /// Languages spoken at C1 or above, by bit.
    speaks: u128,
    /// Expertise in hundredths, by the subjects of her panel.
    skills: [u8; 8],
}

impl Seat {
    /// Whether neither of these States designated her or counts her among its nationals.
    pub(super) fn neutral(&self, homes: [usize; 2]) -> bool {
        homes.iter().all(|home| !self.bound.contains(home))
    }

    pub(super) fn speaks(&self, tongue: usize) -> bool {
        self.speaks >> tongue & 1 == 1
    }

    pub(super) fn skill(&self, subject: usize) -> u32 {
        self.skills[subject].into()
    }
}

/// The languages of the table.
pub(super) fn tongues(homes: &[Home]) -> Vec<&'static str> {
    let own =
        homes.iter().flat_map(|home| home.facts.native().into_iter().chain(home.facts.second()));
    let mut all: Vec<&str> = own.chain(["en", "fr", "es", "ar", "ru", "pt", "zh"]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The subjects of a panel.
pub(super) fn subjects(on_a: bool) -> &'static [&'static str] {
    if on_a { &STATE_SUBJECTS } else { &TRADE_SUBJECTS }
}

impl Docket {
    pub(super) fn roster(&self) -> impl Iterator<Item = MediatorDoc> + '_ {
        (0..self.mediators).map(|n| self.mediator(n))
    }

    /// The mediator with that number: the States take turns.
    fn mediator(&self, n: u32) -> MediatorDoc {
        let states = self.designating.len() as u32;
        let by = self.designating[(n % states) as usize];
        let (panel, number) = self.options.profile.quotas().1.seat(n / states);
        let code = self.code(by);
        let id = format!("m-{}-{}-{number:02}", code.to_lowercase(), panel.to_lowercase());
        let mut draw = self.draw(&id);
        let of: Vec<StateFacts> = self.nationality(by, &mut draw);
        let codes: Vec<&str> = of.iter().map(|facts| facts.code).collect();
        let mut doc = make::mediator(id, &codes);
        doc.name = Some(format!("Synthetic mediator {code}-{panel}-{number:02}"));
        doc.designations = vec![DesignationDoc {
            panel: panel.to_owned(),
            by: code.to_owned(),
            from: Some("2026-01-01".to_owned()),
            to: None,
            notes: None,
        }];
        let mut home = of[0];
        if draw.chance(12) {
            home = self.homes[self.home(draw.weighted::<&str>(&TRADE))].facts;
        }
        let zone = home.zone(&mut draw);
        doc.residence = Some(home.code.to_owned());
        doc.time_zone = Some(zone.to_owned());
        doc.calendar = Some(calendar(home.code));
        doc.languages = StateFacts::speech(&of, 85, &mut draw);
        // Chinese is, with English, the language of the organisation.
        if draw.chance(10) && doc.languages.get("zh").is_none() {
            doc.languages.0.push(("zh".to_owned(), LanguageLevel::C1));
        }
        let bonus = draw.between(0, 8);
        doc.expertise = Pairs(expertise(subjects(panel == "A"), 4, bonus, &mut draw));
        doc.capacity = Some(self.capacity(&mut draw));
        let background: &[&str] = match panel {
            "A" => &["diplomat", "diplomat", "judge", "civil-servant", "academic"],
            _ => &["lawyer", "lawyer", "lawyer", "academic", "engineer", "judge"],
        };
        doc.attributes =
            Pairs(vec![("background".to_owned(), (*draw.pick(background)).to_owned())]);
        doc.working_hours = working_hours(home.weekend, 15, &mut draw);
        doc.busy = busy(self.window, zone, 14, 8, &mut draw);
        doc
    }

    pub(super) fn seat(&self, n: u32) -> Seat {
        let doc = self.mediator(n);
        let on_a = doc.designations.iter().any(|d| d.panel == "A");
        let by = doc.designations.iter().map(|d| &d.by);
        let mut bound = [usize::MAX; 3];
        for (place, code) in by.chain(doc.nationalities.iter().map(|n| &n.state)).enumerate() {
            bound[place] = self.home(code);
        }
        let bit = |tag: &str| self.tongues.iter().position(|known| *known == tag);
        let fluent = doc.languages.iter().filter(|(_, level)| **level >= LanguageLevel::C1);
        let mut skills = [0; 8];
        for (skill, subject) in skills.iter_mut().zip(subjects(on_a)) {
            let level = doc.expertise.get(subject).map_or(0, |level| level.0);
            *skill = (level * 100 / Decimal::ONE) as u8;
        }
        Seat {
            on_a,
            bound,
            speaks: fluent.filter_map(|(tag, _)| bit(tag)).map(|at| 1 << at).sum(),
            skills,
            id: doc.id,
        }
    }

    /// The designating State's own nationality mostly; 12 in 100 are foreigners, 75 in 1,000 have
    /// a second one.
    fn nationality(&self, by: usize, draw: &mut Draw) -> Vec<StateFacts> {
        // The last is Hong Kong, a region, when the table ends there.
        let anyone: Vec<usize> =
            (0..self.homes.len()).filter(|home| *home != by && self.code(*home) != "HK").collect();
        let first = if draw.chance(12) { *draw.pick(&anyone) } else { by };
        let mut of = vec![self.homes[first].facts];
        if draw.below(1000) < 75 {
            let others: Vec<usize> =
                anyone.into_iter().chain([by]).filter(|home| *home != first).collect();
            of.push(self.homes[*draw.pick(&others)].facts);
        }
        of
    }

    /// Disputes that a mediator takes, and hours to match: twice as many seats as the docket asks
    /// for, or more.
    fn capacity(&self, draw: &mut Draw) -> CapacityDoc {
        // 1.6 seats a dispute, 1.65 disputes a mediator.
        let many = (320 * self.disputes).div_ceil(165 * self.mediators.max(1)).max(1);
        let cases = many * *draw.weighted(&[(1, 50), (2, 35), (3, 15)]);
        let hours = 10 * cases + draw.between(0, 12);
        CapacityDoc {
            cases: Some(cases),
            min_cases: None,
            hours: Some(Decimal(i64::from(hours) * Decimal::ONE)),
            notes: None,
        }
    }
}

/// A name for an organisation.
pub(super) fn named(mut organisation: OrganisationDoc, name: String) -> OrganisationDoc {
    organisation.name = Some(name);
    organisation
}
