//! Which edges a step may take: the patterns of docs/format.md, read against one instance.

use super::graph::EdgeData;
use crate::domain::{Instance, Micro, WordIx};
use crate::format::{EdgePatternDoc, NodeKind, When};
use crate::time::{Date, DateSpan};

/// A pattern with its words numbered and its period as days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    kind: u8,
    backward: bool,
    when: Moment,
    significant: Option<bool>,
    share_above: Option<Micro>,
    /// `None`: not asked.
    roles: Option<Vec<WordIx>>,
    /// `None`: one of the tags is on no relation.
    tags: Option<Vec<WordIx>>,
    without: Vec<WordIx>,
    into: Vec<NodeKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// On some day from the first date to the second; open to the past without the first.
    Between(Option<Date>, Date),
    /// On a test date.
    TestDates,
    /// Over before the second date, and, where there is a first, not before it.
    Ended(Option<Date>, Date),
}

/// How an edge matches a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    No,
    OnTestDates,
    Always,
}

/// What reading patterns needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    instance: &'a Instance,
}

impl<'a> Reading<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        Self { instance }
    }

    /// A pattern as a step has it.
    pub(super) fn pattern(self, doc: &EdgePatternDoc) -> Pattern {
        let as_of = self.instance.as_of();
        let back = |years: Option<u32>| as_of.years_before(years.unwrap_or(0));
        let when = match doc.when.unwrap_or(When::Current) {
            When::Current => Moment::Between(Some(as_of), as_of),
            When::TestDates => Moment::TestDates,
            When::Within => Moment::Between(Some(back(doc.years)), as_of),
            When::Ever => Moment::Between(None, as_of),
            When::Ended => Moment::Ended(doc.years.map(|years| back(Some(years))), as_of),
        };
        self.with(doc, when)
    }

    /// The pattern of relations that are counted in a period of so many years.
    pub(super) fn counted(self, doc: &EdgePatternDoc, years: u32) -> Pattern {
        let as_of = self.instance.as_of();
        self.with(doc, Moment::Between(Some(as_of.years_before(years)), as_of))
    }

    fn with(self, doc: &EdgePatternDoc, when: Moment) -> Pattern {
        let word = |word: &String| self.instance.word(word);
        Pattern {
            kind: doc.kind as u8,
            backward: doc.backward.unwrap_or(false),
            when,
            significant: doc.significant,
            share_above: doc.share_above.map(crate::format::Decimal::micro),
            roles: (!doc.roles.is_empty()).then(|| doc.roles.iter().filter_map(word).collect()),
            tags: doc.tags.iter().map(word).collect(),
            without: doc.without.iter().filter_map(word).collect(),
            into: doc.into.clone(),
        }
    }
}

impl Pattern {
    pub(super) fn kind(&self) -> u8 {
        self.kind
    }

    pub(super) fn is_backward(&self) -> bool {
        self.backward
    }

    pub(super) fn asks_test_dates(&self) -> bool {
        self.when == Moment::TestDates
    }

    /// Whether an edge that leads to a node of this kind matches, its days included.
    pub(super) fn judge(&self, edge: &EdgeData, into: NodeKind) -> Match {
        if !self.has_attributes(edge, into) {
            return Match::No;
        }
        let holds = match self.when {
            Moment::TestDates => return Match::OnTestDates,
            Moment::Between(Some(from), to) => edge.span.meets(from, to),
            Moment::Between(None, to) => edge.span.first.is_none_or(|first| first <= to),
            Moment::Ended(from, as_of) => edge
                .span
                .last
                .is_some_and(|last| last < as_of && from.is_none_or(|from| from <= last)),
        };
        if holds { Match::Always } else { Match::No }
    }

    /// The days, as spans, on which an edge matches; for rules whose edges hold together.
    pub(super) fn days(&self, edge: &EdgeData, into: NodeKind, dates: &[Date]) -> Vec<DateSpan> {
        if self.judge(edge, into) == Match::No {
            return Vec::new();
        }
        match self.when {
            Moment::TestDates => {
                let held = dates.iter().filter(|date| edge.span.contains(**date));
                held.map(|date| DateSpan { first: Some(*date), last: Some(*date) }).collect()
            }
            Moment::Between(first, last) => {
                meet(edge.span, DateSpan { first, last: Some(last) }).into_iter().collect()
            }
            Moment::Ended(..) => vec![edge.span],
        }
    }

    fn has_attributes(&self, edge: &EdgeData, into: NodeKind) -> bool {
        let has = |tag: &WordIx| edge.tags.binary_search(tag).is_ok();
        self.kind == edge.kind as u8
            && self.significant.is_none_or(|wanted| wanted == edge.significant)
            && self.share_above.is_none_or(|above| edge.share.is_some_and(|share| share > above))
            && self
                .roles
                .as_ref()
                .is_none_or(|roles| edge.role.is_some_and(|role| roles.contains(&role)))
            && self.tags.as_ref().is_some_and(|tags| tags.iter().all(has))
            && !self.without.iter().any(has)
            && (self.into.is_empty() || self.into.contains(&into))
    }
}

/// The days that two spans have in common.
pub(super) fn meet(a: DateSpan, b: DateSpan) -> Option<DateSpan> {
    let first = a.first.max(b.first);
    let last = match (a.last, b.last) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    let empty = first.zip(last).is_some_and(|(first, last)| first > last);
    (!empty).then_some(DateSpan { first, last })
}
