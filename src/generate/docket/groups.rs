//! Companies in ownership trees of one to five levels, some of them owned by a State.

use crate::format::{Decimal, OrganisationDoc, OrganisationKind, RelationDoc, RelationKind};
use crate::generate::make;

use super::Docket;
use super::facts::OFFSHORE;
use super::roster::named;

/// Companies that appear in several disputes.
#[derive(Debug, Default)]
pub(super) struct Circle {
    /// Number and weight: a few appear often.
    pub(super) weights: Vec<(usize, usize)>,
    /// Where the company is that appears.
    pub(super) homes: Vec<usize>,
    /// How many people take turns to represent it.
    pub(super) managers: Vec<u32>,
}

/// A tree of companies; the last of its trunk is the one that appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// One of the circle.
    Recurring(usize),
    /// Of a single dispute: its number, and which of its parties.
    Single(u32, usize),
}

/// A level of a tree.
struct Level {
    seat: usize,
    /// What the level above owns of it; of the first level the State, where it has one.
    share: u32,
    /// Whether the one above controls it whatever the share.
    controlled: bool,
    sister: bool,
}

struct Tree {
    state_owned: bool,
    levels: Vec<Level>,
}

impl Group {
    fn key(self) -> String {
        match self {
            Self::Recurring(n) => format!("r{:04}", n + 1),
            Self::Single(dispute, party) => {
                format!("{dispute:05}{}", ["a", "b", "c"][party.min(2)])
            }
        }
    }
}

impl Docket {
    pub(super) fn draw_circle(&self) -> Circle {
        let number = (self.disputes as usize / 6).max(3);
        let weights: Vec<(usize, usize)> =
            (0..number).map(|rank| (rank, 1_000_000 / (rank + 5))).collect();
        let whole: usize = weights.iter().map(|(_, weight)| weight).sum();
        let homes = (0..number).map(|n| self.draw_market(&mut self.draw(&format!("circle {n}"))));
        // About two in five disputes have one of the circle: one person for three of them.
        let often = self.disputes as usize * 2 / 5;
        let managers = weights.iter().map(|(_, weight)| 1 + (often * weight / whole / 3) as u32);
        Circle { managers: managers.collect(), homes: homes.collect(), weights }
    }

    /// All trees: the circle, then those of each dispute.
    pub(super) fn groups(&self) -> impl Iterator<Item = (Group, usize)> + '_ {
        let circle = self.circle.homes.iter().enumerate();
        let circle = circle.map(|(n, home)| (Group::Recurring(n), *home));
        let singles = (1..=self.disputes).flat_map(|n| {
            let own = self.cast(n).parties.into_iter();
            own.filter_map(move |party| {
                let group = party.actor.group()?;
                matches!(group, Group::Single(of, _) if of == n).then_some((group, party.home))
            })
        });
        circle.chain(singles)
    }

    fn tree(&self, (group, home): (Group, usize)) -> Tree {
        let mut draw = self.draw(&format!("group {}", group.key()));
        let depth = *draw.weighted(&[(1, 40), (2, 25), (3, 17), (4, 11), (5, 7)]);
        let state_owned = draw.chance(15);
        let level = |n: usize| {
            let top = n == 0 && (state_owned || draw.chance(50));
            let minority = n > 0 && draw.chance(10);
            Level {
                seat: if top || n + 1 == depth {
                    home
                } else {
                    self.home(draw.pick::<&str>(&OFFSHORE))
                },
                share: if minority { draw.between(25, 50) } else { draw.between(51, 100) },
                controlled: minority && draw.chance(50),
                sister: n > 0 && draw.chance(25),
            }
        };
        Tree { state_owned, levels: (0..depth).map(level).collect() }
    }

    /// The id of the company that appears.
    pub(super) fn company(&self, group: (Group, usize)) -> String {
        format!("co-{}-{}", group.0.key(), self.tree(group).levels.len())
    }

    /// The companies of a tree: the trunk with its sisters.
    pub(super) fn companies(&self, group: &(Group, usize)) -> Vec<OrganisationDoc> {
        let (tree, key) = (self.tree(*group), group.0.key());
        let kind =
            if tree.state_owned { OrganisationKind::StateOwned } else { OrganisationKind::Company };
        let mut all = Vec::new();
        for (n, level) in (1..).zip(&tree.levels) {
            let seat = self.code(level.seat);
            let ids =
                [Some(format!("co-{key}-{n}")), level.sister.then(|| format!("co-{key}-{n}s"))];
            for id in ids.into_iter().flatten() {
                let name = format!("Synthetic company {}", &id[3..]);
                all.push(named(make::organisation(id, kind, &[seat]), name));
            }
        }
        all
    }

    /// Who owns whom in a tree.
    pub(super) fn ownership(&self, group: &(Group, usize)) -> Vec<RelationDoc> {
        let (tree, key) = (self.tree(*group), group.0.key());
        let mut ties = Vec::new();
        let mut owns = |owner: &str, owned: &str, share: u32| {
            let id = format!("owns-{owned}");
            let mut tie = make::relation(id, owner, RelationKind::Owns, owned);
            tie.share = Some(Decimal(i64::from(share) * 10_000));
            ties.push(tie);
        };
        let mut above = tree.state_owned.then(|| self.code(group.1).to_owned());
        for (n, level) in (1..).zip(&tree.levels) {
            let id = format!("co-{key}-{n}");
            if let Some(owner) = &above {
                owns(owner, &id, level.share);
                if level.sister {
                    owns(owner, &format!("{id}s"), level.share);
                }
            }
            above = Some(id);
        }
        for (n, level) in (1..).zip(&tree.levels) {
            if level.controlled {
                let (from, to) = (format!("co-{key}-{}", n - 1), format!("co-{key}-{n}"));
                let id = format!("controls-{to}");
                ties.push(make::relation(id, &from, RelationKind::Controls, &to));
            }
        }
        ties
    }
}
