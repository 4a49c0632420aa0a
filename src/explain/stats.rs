//! What an instance is like, in numbers: for those who compare instances and solvers.
//!
//! * Takes an instance with its screening; gives sizes, how many pairs the rules leave, how much is asked of what there
//!   is, and who is scarce. Nothing is solved.
//! * Shares are rounded to six places. Of a list of numbers the least, the median (the lower one), the mean and the
//!   greatest are told.

use std::fmt::Write as _;

use serde::Serialize;

use crate::domain::{DisputeIx, MediatorIx};
use crate::format::InstanceDoc;
use crate::pipeline::Screened;
use crate::solve::survey;

/// How many mediators are named who are wanted most.
const NAMED: usize = 5;

/// What an instance is like.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Its id.
    pub instance: String,
    /// How many of what it has.
    pub sizes: Sizes,
    /// Pairs of dispute and mediator, those in which she may sit, and the share of these.
    pub pairs: usize,
    /// See `pairs`.
    pub eligible: usize,
    /// See `pairs`.
    pub density: f64,
    /// Pairs excluded by reason, with their share of all; a pair may be excluded for several. The most frequent first.
    pub excluded: Vec<Share>,
    /// Eligible mediators of a dispute.
    pub mediators_of_a_dispute: Spread,
    /// Disputes in which a mediator may sit.
    pub disputes_of_a_mediator: Spread,
    /// Disputes that may be mediated, those of them that could have a panel if they were alone, and with dates.
    pub alone: ByThemselves,
    /// Seats that disputes ask for, and that mediators take.
    pub seats: Demand,
    /// Hours of work of the eligible who need the fewest, and that mediators give; only where nobody has no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Demand>,
    /// Sessions to be scheduled.
    pub sessions: ToSchedule,
    /// Who is wanted by more than she can serve.
    pub pressure: Pressure,
}

/// How many of what an instance has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Disputes.
    pub disputes: usize,
    /// Mediators on the roster.
    pub mediators: usize,
    /// States.
    pub states: usize,
    /// Organisations.
    pub organisations: usize,
    /// People who are neither mediators nor interpreters.
    pub people: usize,
    /// Interpreters.
    pub interpreters: usize,
    /// Places.
    pub places: usize,
    /// Relations.
    pub relations: usize,
    /// Past appointments.
    pub appointments: usize,
    /// Slots of the horizon.
    pub slots: u32,
}

/// A reason with how many pairs it excludes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The reason, as format.md lists them.
    pub reason: String,
    /// Pairs.
    pub pairs: u64,
    /// Of all pairs.
    pub share: f64,
}

/// A list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub least: usize,
    /// The lower median.
    pub median: usize,
    /// The mean.
    pub mean: f64,
    /// The greatest.
    pub most: usize,
}

/// What disputes could have by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ByThemselves {
    /// Disputes that may be mediated.
    pub admissible: usize,
    /// Those that could have a panel.
    pub panel: usize,
    /// Those that could have a panel with dates for all sessions.
    pub dates: usize,
}

/// What is asked, what there is, and how tight that is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Demand {
    /// What disputes that may be mediated ask for.
    pub asked: i64,
    /// What mediators have, each no more than the disputes in which she may sit ask for.
    pub there: i64,
    /// The part of it that is asked for; 1 and more cannot be met.
    pub tightness: f64,
}

/// Sessions to be scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ToSchedule {
    /// How many.
    pub number: usize,
    /// Their minutes together.
    pub minutes: i64,
    /// Starts of a session that its windows, the parties, the place and the interpreters leave.
    pub starts: Spread,
}

/// Who is wanted by more than she can serve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pressure {
    /// Of the mediators who may sit anywhere, the part who would have more seats than they take, were each panel drawn
    /// among its eligible.
    pub overwanted: f64,
    /// Those who are wanted most: how many seats they would have then, and how many they take.
    pub most: Vec<Pressed>,
}

/// A mediator who is wanted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pressed {
    /// The mediator.
    pub mediator: String,
    /// Seats that she would have on average, were each panel drawn among its eligible.
    pub expected: f64,
    /// How many disputes she takes, where that is limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<u32>,
}

/// A share or a mean, to six places.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { rounded(part / whole) } else { 0.0 }
}

impl Spread {
    fn of(mut all: Vec<usize>) -> Self {
        all.sort_unstable();
        let sum: usize = all.iter().sum();
        Self {
            least: all.first().copied().unwrap_or(0),
            median: all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or(0),
            mean: ratio(sum as f64, all.len() as f64),
            most: all.last().copied().unwrap_or(0),
        }
    }
}

/// What is counted pair by pair.
struct Counts {
    /// Disputes in which a mediator may sit, and mediators who may sit in a dispute.
    of_mediator: Vec<usize>,
    of_dispute: Vec<usize>,
    /// Seats of a mediator, were each panel drawn among its eligible.
    expected: Vec<f64>,
    /// What she could be asked for: seats, and minutes.
    wanted: Vec<(i64, i64)>,
    /// Seats that are asked for, and minutes at least.
    seats: i64,
    minutes: i64,
    /// Disputes that may be mediated.
    admissible: usize,
}

impl Counts {
    fn of(screened: &Screened) -> Self {
        let instance = &screened.instance;
        let mediators = instance.mediators().len();
        let mut counts = Self {
            of_mediator: vec![0; mediators],
            of_dispute: Vec::with_capacity(instance.disputes().len()),
            expected: vec![0.0; mediators],
            wanted: vec![(0, 0); mediators],
            seats: 0,
            minutes: 0,
            admissible: 0,
        };
        for d in instance.dispute_indices() {
            let data = instance.dispute(d);
            let eligible = screened.eligibility.eligible(d);
            counts.of_dispute.push(eligible.len());
            let size = data.panel.size.min(eligible.len());
            let mut efforts: Vec<i64> = Vec::with_capacity(eligible.len());
            for (m, _, effort) in eligible {
                counts.of_mediator[m.ix()] += 1;
                efforts.push(*effort);
                if data.gates.is_empty() {
                    counts.expected[m.ix()] += size as f64 / eligible.len() as f64;
                    counts.wanted[m.ix()].0 += 1;
                    counts.wanted[m.ix()].1 += effort;
                }
            }
            if data.gates.is_empty() {
                counts.admissible += 1;
                counts.seats += data.panel.size as i64;
                efforts.sort_unstable();
                counts.minutes += efforts.iter().take(data.panel.size).sum::<i64>();
            }
        }
        counts
    }
}

/// Counts what an instance is like.
#[must_use]
pub fn stats(screened: &Screened, document: &InstanceDoc) -> Stats {
    let Screened { instance, conflicts, eligibility, availability, .. } = screened;
    let (spaces, alone) = survey(instance, conflicts, eligibility, availability);
    let (disputes, mediators) = (instance.disputes().len(), instance.mediators().len());
    let pairs = disputes * mediators;
    let Counts { of_mediator, of_dispute, expected, wanted, seats, minutes, admissible } =
        Counts::of(screened);
    let takes = |m: MediatorIx| instance.mediator(m).cases;
    let there = |m: MediatorIx| takes(m).map_or(i64::MAX, i64::from).min(wanted[m.ix()].0);
    let seats_there = instance.mediator_indices().map(there).sum();
    let hours = instance.mediator_indices().map(|m| {
        let own = instance.mediator(m).minutes?;
        Some(own.min(wanted[m.ix()].1))
    });
    let hours: Option<i64> = hours.sum();
    let able: Vec<MediatorIx> =
        instance.mediator_indices().filter(|m| wanted[m.ix()].0 > 0).collect();
    let over =
        |m: &&MediatorIx| takes(**m).is_some_and(|cases| expected[m.ix()] > f64::from(cases));
    let mut most = able.clone();
    most.sort_by(|a, b| expected[b.ix()].total_cmp(&expected[a.ix()]).then(a.cmp(b)));
    let mut excluded: Vec<Share> = eligibility
        .exclusion_counts(instance)
        .into_iter()
        .map(|(reason, number)| Share {
            reason,
            pairs: number,
            share: ratio(number as f64, pairs as f64),
        })
        .collect();
    excluded.sort_by_key(|share| std::cmp::Reverse(share.pairs));
    let eligible = of_dispute.iter().sum();
    let sessions = spaces.iter().flat_map(|space| &space.sessions);
    let slot = i64::from(instance.grid().slot_minutes());
    let is_open = |at: usize| instance.dispute(DisputeIx::new(at)).gates.is_empty();
    let could = |served: fn(&crate::solve::Alone) -> bool| {
        alone.iter().enumerate().filter(|(at, alone)| is_open(*at) && served(alone)).count()
    };
    Stats {
        instance: instance.id().to_owned(),
        sizes: Sizes {
            disputes,
            mediators,
            states: document.states.len(),
            organisations: document.organisations.len(),
            people: document.people.len(),
            interpreters: document.interpreters.len(),
            places: document.places.len(),
            relations: document.relations.len(),
            appointments: document.appointments.len(),
            slots: instance.grid().slots(),
        },
        pairs,
        eligible,
        density: ratio(eligible as f64, pairs as f64),
        excluded,
        mediators_of_a_dispute: Spread::of(of_dispute),
        disputes_of_a_mediator: Spread::of(of_mediator),
        alone: ByThemselves {
            admissible,
            panel: could(|alone| alone.panel),
            dates: could(|alone| alone.scheduled),
        },
        seats: demand(seats, seats_there),
        hours: hours.map(|there| demand(minutes / 60, there / 60)),
        sessions: ToSchedule {
            number: sessions.clone().count(),
            minutes: sessions.clone().map(|session| i64::from(session.slots) * slot).sum(),
            starts: Spread::of(sessions.map(|session| session.starts.len()).collect()),
        },
        pressure: Pressure {
            overwanted: ratio(able.iter().filter(over).count() as f64, able.len() as f64),
            most: most
                .into_iter()
                .take(NAMED)
                .map(|m| Pressed {
                    mediator: instance.mediator_name(m).to_owned(),
                    expected: rounded(expected[m.ix()]),
                    cases: takes(m),
                })
                .collect(),
        },
    }
}

fn demand(asked: i64, there: i64) -> Demand {
    Demand { asked, there, tightness: ratio(asked as f64, there as f64) }
}

/// The same in words.
#[must_use]
pub fn stats_text(stats: &Stats) -> String {
    let mut text = format!("{}\n", stats.instance);
    let Sizes { disputes, mediators, states, organisations, people, interpreters, .. } =
        &stats.sizes;
    let Sizes { places, relations, appointments, slots, .. } = &stats.sizes;
    for (what, number) in [
        ("disputes", *disputes),
        ("mediators", *mediators),
        ("States", *states),
        ("organisations", *organisations),
        ("people", *people),
        ("interpreters", *interpreters),
        ("places", *places),
        ("relations", *relations),
        ("past appointments", *appointments),
        ("slots of the horizon", *slots as usize),
    ] {
        let _ = writeln!(text, "  {number:>9}  {what}");
    }
    let _ = writeln!(
        text,
        "\n{} of {} pairs of dispute and mediator are eligible: a density of {}",
        stats.eligible, stats.pairs, stats.density
    );
    for Share { reason, pairs, share } in &stats.excluded {
        let _ = writeln!(text, "  {pairs:>9}  excluded by {reason}, a share of {share}");
    }
    let spread = |spread: &Spread| {
        let Spread { least, median, mean, most } = spread;
        format!("{least} at least, median {median}, mean {mean}, {most} at most")
    };
    let _ = writeln!(text, "\neligible for a dispute: {}", spread(&stats.mediators_of_a_dispute));
    let _ = writeln!(text, "open to a mediator: {}", spread(&stats.disputes_of_a_mediator));
    let ByThemselves { admissible, panel, dates } = stats.alone;
    let _ = writeln!(
        text,
        "of {admissible} disputes that may be mediated, {panel} could have a panel if they were alone, {dates} with dates"
    );
    let Demand { asked, there, tightness } = stats.seats;
    let _ = writeln!(text, "\nseats: {asked} asked for, {there} there: a tightness of {tightness}");
    if let Some(Demand { asked, there, tightness }) = stats.hours {
        let _ = writeln!(
            text,
            "hours of mediators: {asked} asked for at least, {there} there: a tightness of {tightness}"
        );
    }
    if stats.sessions.number > 0 {
        let ToSchedule { number, minutes, starts } = &stats.sessions;
        let _ = writeln!(text, "sessions: {number}, of {minutes} minutes together");
        let _ = writeln!(text, "starts that a session has without its panel: {}", spread(starts));
    }
    let Pressure { overwanted, most } = &stats.pressure;
    let _ = writeln!(
        text,
        "\nwere each panel drawn among its eligible, a share of {overwanted} of the mediators would have more seats than they take"
    );
    for Pressed { mediator, expected, cases } in most {
        let takes = cases.map_or("as many as come".to_owned(), |cases| cases.to_string());
        let _ = writeln!(text, "  {mediator}: {expected} seats, takes {takes}");
    }
    text
}
