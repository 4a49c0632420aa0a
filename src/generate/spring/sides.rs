//! The parties: States and companies, their delegates, firms and lawyers.

use crate::format::{Decimal, InstanceDoc, OrganisationKind, PartyDoc, RelationKind};
use crate::generate::diary::{busy, working_hours};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::{common_hours, state};

use super::hours::{keeps_ramadan, outside, ramadan, trip};
use super::series::Course;
use super::{calendar_of, day, window, zone_of};

/// Law firms and the States in which they have their seats.
pub(super) const FIRMS: [&str; 8] = ["GB", "FR", "CN", "SG", "KE", "US", "DZ", "AU"];

/// The document so far.
pub(super) struct Bench<'a> {
    pub(super) doc: &'a mut InstanceDoc,
    pub(super) seed: u64,
}

impl Bench<'_> {
    /// A State (`public`) or a company of it, with delegates and counsel.
    pub(super) fn party(
        &mut self,
        code: &str,
        public: bool,
        homes: &[&str],
        course: Course,
        draw: &mut Draw,
    ) -> PartyDoc {
        let tag = code.to_lowercase();
        let id = if public { tag.clone() } else { self.company(code, draw) };
        let mut party = make::party(&id, if public { code } else { &id });
        let delegates = if public { draw.between(1, 3) } else { draw.between(1, 2) };
        party.representatives =
            (1..=delegates).map(|n| self.person(&format!("rep-{id}-{n}"), code, code)).collect();
        if !public || draw.chance(60) {
            party.counsel = self.counsel(code, homes, course, draw);
        }
        party
    }

    /// A company; every third belongs to its State, every third has a parent elsewhere.
    fn company(&mut self, code: &str, draw: &mut Draw) -> String {
        let tag = code.to_lowercase();
        let prefix = format!("co-{tag}-");
        let known = self.doc.organisations.iter().filter(|known| known.id.starts_with(&prefix));
        let number = 1 + known.count();
        let id = format!("{prefix}{number}");
        let mut company = make::organisation(id.clone(), OrganisationKind::Company, &[code]);
        company.name = Some(format!("Synthetic company {code} {number}"));
        let owner = match draw.below(3) {
            0 => {
                company.kind = OrganisationKind::StateOwned;
                Some(code.to_owned())
            }
            1 => {
                let parent = format!("holding-{tag}-{number}");
                let seat = *draw.pick(&["GB", "SG", "CH", code]);
                let mut holding =
                    make::organisation(parent.clone(), OrganisationKind::Company, &[seat]);
                holding.name = Some(format!("Synthetic holding of {id}"));
                self.doc.organisations.push(holding);
                Some(parent)
            }
            _ => None,
        };
        self.doc.organisations.push(company);
        if let Some(owner) = owner {
            let mut owns = make::relation(format!("owns-{id}"), &owner, RelationKind::Owns, &id);
            owns.share = Some(Decimal(i64::from(draw.between(51, 100)) * 10_000));
            self.doc.relations.push(owns);
        }
        id
    }

    /// A firm and its lawyer, who works where the client is or, where the clocks leave room for
    /// it, at the seat of the firm.
    fn counsel(
        &mut self,
        code: &str,
        homes: &[&str],
        course: Course,
        draw: &mut Draw,
    ) -> Vec<String> {
        let number = draw.below(FIRMS.len());
        let seat = FIRMS[number];
        let mut zones: Vec<&str> = homes.iter().map(|home| zone_of(home)).collect();
        zones.push(zone_of(seat));
        let office = course.hybrid_zone();
        let abroad = draw.chance(35)
            && common_hours(&zones, None, day(3, 9)) > course.longest()
            && office.is_none_or(|zone| common_hours(&zones, Some(zone), day(3, 9)) > 2);
        let home = if abroad { seat } else { code };
        let firm = format!("firm-{:02}", 1 + number);
        let lawyer = format!("lawyer-{:02}-{}", 1 + number, home.to_lowercase());
        let known = self.doc.people.iter().any(|person| person.id == lawyer);
        let lawyer = self.person(&lawyer, home, home);
        if !known {
            let id = format!("member-{lawyer}");
            self.doc.relations.push(make::relation(id, &lawyer, RelationKind::MemberOf, &firm));
        }
        vec![lawyer, firm]
    }

    /// The id of a person of a State who lives in another or the same, made at the first call.
    fn person(&mut self, id: &str, of: &str, home: &str) -> String {
        if self.doc.people.iter().all(|known| known.id != id) {
            let mut draw = Draw::new(self.seed, &format!("spring {id}"));
            let zone = zone_of(home);
            let mut person = make::person(id.to_owned(), &[of]);
            person.name = Some(format!("Synthetic person {id}"));
            person.time_zone = Some(zone.to_owned());
            person.calendar = Some(calendar_of(home));
            let weekend = state(home).map_or("sat-sun", |facts| facts.weekend);
            person.working_hours = if keeps_ramadan(home) && draw.chance(70) {
                ramadan(home, draw.chance(40))
            } else {
                working_hours(weekend, 15, &mut draw)
            };
            if draw.chance(8) {
                person.stays = vec![trip(draw.below(4))];
            }
            let absences = busy(window(), zone, 3, 4, &mut draw);
            person.busy = outside(absences, &person.stays);
            self.doc.people.push(person);
        }
        id.to_owned()
    }
}
