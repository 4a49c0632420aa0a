//! Mechanisms: how panels are selected where it is not by optimisation (docs/mechanisms.md).
//!
//! * Takes a screened instance, a mechanism and the seed of its draws; gives a solution like any other, which `check`
//!   judges like any other, with the proceedings in `selection`.
//! * Procedures decide on panels, and the engine then finds dates for all panels together; baselines serve one dispute
//!   after the other, dates included; a lottery draws answers that have dates.
//! * **Invariant**: the same instance, mechanism, seed and options give the same bytes, whatever the number of threads; a
//!   time limit bears on dates, baselines and the making of a lottery, never on what lists or sortition draw.

mod ballots;
mod baseline;
mod dated;
mod draw;
mod lists;
mod lottery;
mod measure;
mod mixture;
mod procedure;

pub use ballots::with_ballots;
pub use draw::commitment;
pub use measure::{measure, measures_text};

use std::time::Instant;

use crate::domain::{Instance, MediatorIx};
use crate::format::{LotteryDoc, Mechanism, SelectionDoc, SolutionDoc};
use crate::pipeline::Screened;
use crate::publish::publish;
use crate::solution::Solution;
use crate::solve::{Control, Options, Seats, Stop, appraise, solve, with_seats};
pub(crate) use draw::Draw;
use procedure::{Panels, select};

/// Selects panels by a mechanism, finds dates, and writes the answer down; nothing where a lottery found no answers that
/// keep its caps together.
#[must_use]
pub fn answer(
    screened: &Screened,
    mechanism: Mechanism,
    seed: &str,
    options: Options,
    control: &Control<'_>,
) -> Option<SolutionDoc> {
    if mechanism == Mechanism::Optimise {
        return Some(screened.answer(options, control));
    }
    let started = Instant::now();
    let Screened { instance, conflicts, eligibility, availability, .. } = screened;
    let draw = Draw::new(instance, seed);
    let mut selection = SelectionDoc {
        mechanism,
        seed: draws(mechanism).then(|| seed.to_owned()),
        commitment: draws(mechanism).then(|| commitment(seed)),
        lists: Vec::new(),
        lottery: None,
    };
    let on_table = |procedure: &dyn Fn(&mut Seats<'_>) -> Solution| {
        with_seats(instance, conflicts, eligibility, availability, |seats| procedure(seats))
    };
    let (solution, stop) = match mechanism {
        Mechanism::FirstCome => (
            on_table(&|seats| baseline::first_come(instance, seats, control)),
            control.stop_reason(),
        ),
        Mechanism::Greedy => {
            (on_table(&|seats| baseline::greedy(instance, seats, control)), control.stop_reason())
        }
        Mechanism::Random => (
            on_table(&|seats| baseline::random(instance, seats, &draw, control)),
            control.stop_reason(),
        ),
        Mechanism::Lottery => {
            let made = lottery::make(screened, options, control)?;
            let (told, drawn) = made.document(instance, &draw);
            selection.lottery = Some(told);
            (drawn, control.stop_reason())
        }
        _ => {
            let Panels { panels, lists } =
                with_seats(instance, conflicts, eligibility, availability, |seats| {
                    select(instance, seats, &draw, mechanism)
                });
            selection.lists = lists;
            dates(screened, &panels, options, control)
        }
    };
    let mut outcome = appraise(instance, conflicts, eligibility, availability, solution, options);
    outcome.stop = stop;
    let elapsed = started.elapsed().as_millis() as u64;
    let solution = publish(instance, screened.tables(), &outcome, elapsed);
    Some(SolutionDoc { selection: Some(selection), ..solution })
}

/// The place of the ticket that a seed draws in a lottery of an instance.
#[must_use]
pub fn drawn(instance: &Instance, seed: &str, lottery: &LotteryDoc) -> usize {
    lottery::place(&Draw::new(instance, seed), &lottery.tickets)
}

/// True when a mechanism draws by its seed.
#[must_use]
pub fn draws(mechanism: Mechanism) -> bool {
    !matches!(
        mechanism,
        Mechanism::Optimise | Mechanism::ListProcedure | Mechanism::FirstCome | Mechanism::Greedy
    )
}

/// The best dates for panels that are decided, and what ended the search for them.
fn dates(
    screened: &Screened,
    panels: &[Option<Vec<MediatorIx>>],
    options: Options,
    control: &Control<'_>,
) -> (Solution, Option<Stop>) {
    let Screened { instance, conflicts, eligibility, availability, .. } = screened;
    let mut decided = instance.clone();
    decided.seat_only(panels);
    let outcome = solve(&decided, conflicts, eligibility, availability, options, control);
    (outcome.solution, outcome.stop)
}
