//! Who carries how much, and who had appointments before.

use super::{Bin, Seated, bins, total};
use crate::domain::MediatorIx;
use crate::format::MeasuresDoc;
use crate::mechanism::measure;
use crate::report::view::Source;

/// Widths of bins of disputes.
const WIDTHS: [i64; 3] = [1, 2, 5];

/// What mediators carry.
#[derive(Debug)]
pub(in crate::report) struct Load<'a> {
    /// Those who sit, the busiest first.
    pub(in crate::report) lines: Vec<LoadLine<'a>>,
    /// How many are on the roster.
    pub(in crate::report) roster: usize,
    /// Seats of all panels.
    pub(in crate::report) seats: usize,
    /// Seats that those with a limit have, and how many they take; nothing where nobody has one.
    pub(in crate::report) used: Option<(usize, u64)>,
    /// How many of those who sit have as many disputes as they take.
    pub(in crate::report) full: usize,
    /// How many mediators have how many disputes.
    pub(in crate::report) bins: Vec<Bin>,
    /// What the answer is like as a whole.
    pub(in crate::report) measures: MeasuresDoc,
}

/// What a mediator carries.
#[derive(Debug)]
pub(in crate::report) struct LoadLine<'a> {
    /// The mediator.
    pub(in crate::report) id: &'a str,
    /// Her disputes, and how many she takes.
    pub(in crate::report) disputes: usize,
    /// See `disputes`.
    pub(in crate::report) takes: Option<u32>,
    /// Her minutes of work, and how many she gives.
    pub(in crate::report) minutes: i64,
    /// See `minutes`.
    pub(in crate::report) gives: Option<i64>,
}

/// Gathers what mediators carry.
pub(super) fn load<'a>(source: &Source<'a>, seated: &Seated) -> Load<'a> {
    let instance = &source.screened.instance;
    let roster: Vec<(MediatorIx, &'a str)> = instance
        .mediator_indices()
        .zip(source.document.mediators.iter().map(|mediator| mediator.id.as_str()))
        .collect();
    let line = |&(m, id): &(MediatorIx, &'a str)| {
        let known = instance.mediator(m);
        let own = seated.disputes.get(m.ix()).into_iter().flatten();
        LoadLine {
            id,
            disputes: seated.seats(m),
            takes: known.cases,
            minutes: total(own.map(|dispute| instance.effort(*dispute, m))),
            gives: known.minutes,
        }
    };
    let all: Vec<i64> = roster.iter().map(|(m, _)| seated.seats(*m) as i64).collect();
    let limited = roster.iter().filter_map(|(m, _)| Some((*m, instance.mediator(*m).cases?)));
    let limited: Vec<(MediatorIx, u32)> = limited.collect();
    let used = limited.iter().map(|(m, _)| seated.seats(*m)).sum();
    let takes = limited.iter().map(|(_, takes)| u64::from(*takes)).sum();
    let mut lines: Vec<LoadLine<'a>> =
        roster.iter().map(line).filter(|line| line.disputes > 0).collect();
    let is_full = |line: &&LoadLine<'_>| line.takes.is_some_and(|t| line.disputes >= t as usize);
    let full = lines.iter().filter(is_full).count();
    lines.sort_by_key(|line| std::cmp::Reverse((line.disputes, line.minutes)));
    Load {
        lines,
        roster: roster.len(),
        seats: seated.all(),
        used: (!limited.is_empty()).then_some((used, takes)),
        full,
        bins: bins(&all, &WIDTHS),
        measures: measure(instance, source.solution),
    }
}

/// Who had appointments before: of those who sit, and of the roster.
#[derive(Debug)]
pub(in crate::report) struct Rotation {
    /// Past appointments that the document knows of.
    pub(in crate::report) known: usize,
    /// How many years the look-back has.
    pub(in crate::report) years: u32,
    /// Whether an appointment in these years has a cost.
    pub(in crate::report) weighed: bool,
    /// What rotation costs in the objective, in micro-units; where it has a weight.
    pub(in crate::report) cost: Option<i64>,
    /// Those who sit.
    pub(in crate::report) sitting: Former,
    /// All who are on the roster.
    pub(in crate::report) roster: Former,
    /// How many sit in more than one dispute of this docket.
    pub(in crate::report) again: usize,
}

/// How many mediators had how many appointments.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct Former {
    /// All.
    pub(in crate::report) all: usize,
    /// None that is known.
    pub(in crate::report) never: usize,
    /// None in the look-back.
    pub(in crate::report) none: usize,
    /// One in the look-back.
    pub(in crate::report) one: usize,
    /// More than one in the look-back.
    pub(in crate::report) more: usize,
}

/// Counts them.
pub(super) fn rotation(source: &Source<'_>, seated: &Seated) -> Rotation {
    let instance = &source.screened.instance;
    let past = instance.appointments().iter().filter(|past| past.date <= instance.as_of());
    let mut had = vec![false; instance.mediators().len()];
    let mut known = 0;
    for past in past {
        known += 1;
        if let Some(had) = had.get_mut(past.mediator.ix()) {
            *had = true;
        }
    }
    let (mut sitting, mut roster, mut again) = (Former::default(), Former::default(), 0);
    for m in instance.mediator_indices() {
        let (never, recent) =
            (!had.get(m.ix()).copied().unwrap_or(false), instance.mediator(m).recent);
        roster.add(never, recent);
        if seated.seats(m) > 0 {
            sitting.add(never, recent);
        }
        again += usize::from(seated.seats(m) > 1);
    }
    Rotation {
        known,
        years: instance.policy().rotation_years,
        weighed: instance.policy().weights.rotation > 0,
        cost: source.solution.objective.terms.get("rotation").copied(),
        sitting,
        roster,
        again,
    }
}

impl Former {
    fn add(&mut self, never: bool, recent: u32) {
        self.all += 1;
        self.never += usize::from(never);
        match recent {
            0 => self.none += 1,
            1 => self.one += 1,
            _ => self.more += 1,
        }
    }
}
