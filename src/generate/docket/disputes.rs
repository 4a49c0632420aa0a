//! Disputes: what panel they need, their languages, and the shortlists of `stress`.

use chrono::Days;

use crate::format::{
    AppointmentMode, BallotDoc, ConsentDoc, Decimal, DisputeClass, DisputeDoc, Pairs, PartyDoc,
    ScoreDoc, Scores, ThirdStateDoc,
};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::Docket;
use super::as_of;
use super::bar::{firm_id, lawyer_id};
use super::cast::Cast;
use super::roster::{Seat, subjects};

/// Mediators on a shortlist, the best of so many who are drawn.
const SHORTLIST: (usize, usize) = (40, 400);

/// Mediators who must be able to meet a demand before a dispute makes it.
const ENOUGH: usize = 10;

pub(super) fn dispute_id(n: u32) -> String {
    format!("dispute-{n:05}")
}

impl Docket {
    pub(super) fn docket(&self) -> impl Iterator<Item = DisputeDoc> + '_ {
        (1..=self.disputes).map(|n| self.dispute(n).0)
    }

    /// The shortlists, where there are any.
    pub(super) fn scores(&self) -> impl Iterator<Item = ScoreDoc> + '_ {
        let all = if self.shortlists() { self.disputes } else { 0 };
        (1..=all).map(|n| {
            let (dispute, cast) = self.dispute(n);
            self.shortlist(n, &dispute, &cast)
        })
    }

    fn dispute(&self, n: u32) -> (DisputeDoc, Cast) {
        let cast = self.cast(n);
        let mut draw = self.draw(&format!("dispute {n}"));
        let size = match cast.class {
            DisputeClass::StateState => *draw.weighted(&[(3, 60), (2, 25), (1, 15)]),
            DisputeClass::StateInvestor => *draw.weighted(&[(3, 35), (2, 30), (1, 35)]),
            DisputeClass::Commercial => *draw.weighted(&[(3, 10), (2, 20), (1, 70)]),
        };
        let mut dispute = make::dispute(dispute_id(n), cast.class, size);
        dispute.title = Some(self.title(&cast));
        let on_a = cast.class == DisputeClass::StateState;
        dispute.subjects =
            draw.sample(subjects(on_a), 2).into_iter().map(|s| (*s).to_owned()).collect();
        let opened = as_of() - Days::new(draw.between(14, 364).into());
        dispute.opened = Some(opened.to_string());
        for side in 0..cast.parties.len() {
            dispute.parties.push(self.party(&cast, side, &mut draw));
        }
        for party in &mut dispute.parties {
            let date = (opened - Days::new(draw.between(0, 60).into())).to_string();
            party.consent = Some(ConsentDoc { given: true, date: Some(date), notes: None });
        }
        if cast.related {
            dispute.related = vec![dispute_id(n - 1)];
        }
        dispute.panel.distinct_nationalities = (size == 3).then_some(true);
        if on_a {
            self.involve(&mut dispute, &cast, &mut draw);
        } else if draw.chance(12) {
            dispute.panel.mode = Some(AppointmentMode::PartyAgreed);
        }
        let neutral = self.neutral(&cast);
        self.speak(&mut dispute, &cast, &neutral, &mut draw);
        know(&mut dispute, &neutral, &mut draw);
        strike(&mut dispute, &neutral, &mut draw);
        self.schedule(&mut dispute, &cast, &mut draw);
        (dispute, cast)
    }

    fn title(&self, cast: &Cast) -> String {
        let word = match cast.class {
            DisputeClass::StateState => "State-to-State",
            DisputeClass::StateInvestor => "investment",
            DisputeClass::Commercial => "commercial",
        };
        let [one, other] = [0, 1].map(|side| self.homes[cast.parties[side].home].facts.name);
        format!("Synthetic {word} matter, {one} and {other}")
    }

    fn party(&self, cast: &Cast, side: usize, draw: &mut Draw) -> PartyDoc {
        let data = &cast.parties[side];
        let mut party = make::party(["a", "b", "c"][side], &self.actor_id(data));
        party.representatives = vec![self.representative(data)];
        if let Some(lawyer) = data.lawyer {
            party.counsel = vec![lawyer_id(lawyer), firm_id(self.bar.lawyers[lawyer].firm)];
        }
        if cast.parties.len() > 2 {
            party.side = Some(if side == 0 { "claimant" } else { "respondents" }.to_owned());
        }
        if draw.chance(10) {
            party.ballot = Some(BallotDoc::default());
        }
        party
    }

    /// In one dispute between States in four, a third one that has consented.
    fn involve(&self, dispute: &mut DisputeDoc, cast: &Cast, draw: &mut Draw) {
        let third = *draw.pick(&self.designating);
        if draw.chance(25) && cast.parties.iter().all(|party| party.home != third) {
            let state = self.code(third).to_owned();
            dispute.third_states = vec![ThirdStateDoc { state, consent: true, notes: None }];
        }
    }

    /// Mediators of the right panel whom neither side's State designated or counts as its own.
    fn neutral(&self, cast: &Cast) -> Vec<&Seat> {
        let on_a = cast.class == DisputeClass::StateState;
        let homes = [0, 1].map(|side| cast.parties[side].home);
        self.seats.iter().filter(|seat| seat.on_a == on_a && seat.neutral(homes)).collect()
    }

    /// The language that both sides share, where the panel has it, else English; larger panels in
    /// English have in half of the cases somebody who speaks a side's language.
    fn speak(&self, dispute: &mut DisputeDoc, cast: &Cast, neutral: &[&Seat], draw: &mut Draw) {
        let bit = |tag: &str| self.tongues.iter().position(|known| *known == tag);
        let speakers =
            |tag: &str| bit(tag).map_or(0, |at| neutral.iter().filter(|s| s.speaks(at)).count());
        let [one, other] = [0, 1].map(|side| self.homes[cast.parties[side].home].facts.native());
        let size = dispute.panel.size;
        let mut needed: Vec<(String, u32)> = Vec::new();
        let shared = one.iter().find(|tag| other.contains(tag) && speakers(tag) >= ENOUGH);
        if let Some(tag) = shared {
            dispute.languages = vec![(*tag).to_owned()];
            if *tag != "en" {
                dispute.languages.push("en".to_owned());
            }
            needed.push(((*tag).to_owned(), size.min(2)));
        } else {
            dispute.languages = vec!["en".to_owned()];
            for tag in [one[0], other[0]] {
                if size > 1 && draw.chance(50) && tag != "en" && speakers(tag) >= ENOUGH {
                    needed.push((tag.to_owned(), 1));
                }
            }
        }
        needed.sort();
        needed.dedup();
        dispute.panel.languages = Pairs(needed);
    }

    fn shortlist(&self, n: u32, dispute: &DisputeDoc, cast: &Cast) -> ScoreDoc {
        let mut draw = self.draw(&format!("shortlist {n}"));
        let known = subjects(cast.class == DisputeClass::StateState);
        let place = |subject: &String| known.iter().position(|k| k == subject);
        let asked: Vec<usize> = dispute.subjects.iter().filter_map(place).collect();
        let bit = |tag: &str| self.tongues.iter().position(|known| *known == tag);
        let tongues: Vec<usize> = dispute.languages.iter().filter_map(|tag| bit(tag)).collect();
        let mut open = self.neutral(cast);
        open.retain(|seat| tongues.iter().any(|at| seat.speaks(*at)));
        // The fit is what it would be without scores: the mean expertise.
        let fit = |seat: &Seat| {
            let sum: u32 = asked.iter().map(|subject| seat.skill(*subject)).sum();
            i64::from(sum) * 10_000 / asked.len().max(1) as i64
        };
        let mut ranked: Vec<(i64, &Seat)> =
            draw.sample(&open, SHORTLIST.1).into_iter().map(|seat| (fit(seat), *seat)).collect();
        // Whoever speaks a language that the panel needs comes as if she knew more.
        let needed: Vec<usize> =
            dispute.panel.languages.iter().filter_map(|(tag, _)| bit(tag)).collect();
        let wanted = |(fit, seat): &(i64, &Seat)| {
            fit + if needed.iter().any(|at| seat.speaks(*at)) { 250_000 } else { 0 }
        };
        ranked.sort_by(|a, b| wanted(b).cmp(&wanted(a)).then_with(|| a.1.id.cmp(&b.1.id)));
        ranked.truncate(SHORTLIST.0);
        ranked.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let fits = ranked.into_iter().map(|(fit, seat)| (seat.id.clone(), Decimal(fit)));
        ScoreDoc {
            dispute: dispute.id.clone(),
            fit: fits.collect(),
            hours: Scores::default(),
            notes: None,
        }
    }
}

/// For panels of two or three, in 60 of a hundred: somebody who knows the first subject well.
fn know(dispute: &mut DisputeDoc, neutral: &[&Seat], draw: &mut Draw) {
    let on_a = dispute.class == DisputeClass::StateState;
    let subject = subjects(on_a).iter().position(|known| *known == dispute.subjects[0]);
    let expert = |seat: &&&Seat| subject.is_some_and(|at| seat.skill(at) >= 70);
    if draw.chance(60) && dispute.panel.size > 1 && neutral.iter().filter(expert).count() >= ENOUGH
    {
        let subject = dispute.subjects[0].clone();
        dispute.panel.expertise = Pairs(vec![(subject, Decimal(700_000))]);
    }
}

/// A party with a ballot strikes up to three of the panel.
fn strike(dispute: &mut DisputeDoc, neutral: &[&Seat], draw: &mut Draw) {
    for party in &mut dispute.parties {
        if let Some(ballot) = &mut party.ballot {
            let struck = draw.between(1, 3) as usize;
            let mut strikes: Vec<String> =
                draw.sample(neutral, struck).into_iter().map(|seat| seat.id.clone()).collect();
            strikes.sort();
            ballot.strikes = strikes;
        }
    }
}
