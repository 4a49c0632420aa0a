//! How panels were selected, where it was not by optimisation (docs/mechanisms.md).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::instance::Mechanism;
use super::solution::PricesDoc;
use super::values::Decimal;

/// The proceedings of a mechanism: all that is needed to repeat it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionDoc {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// The seed of its draws, where it draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// SHA-256 of the seed, lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// The lists, seat by seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<SeatListDoc>,
    /// The lottery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lottery: Option<LotteryDoc>,
}

/// The list for one seat, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatListDoc {
    /// The dispute.
    pub dispute: String,
    /// Who was on the list, in its order.
    pub names: Vec<String>,
    /// Whom some party struck, or a side left out, in the order of the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out: Vec<String>,
    /// Who was invited.
    pub invited: String,
    /// True when everybody on the list was struck, and the institution appointed whoever came next.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discretion: bool,
}

/// A lottery over whole answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LotteryDoc {
    /// The largest probability of any pair of dispute and mediator; where a dispute has too few who may sit, that of an
    /// even draw.
    pub pair_cap: Decimal,
    /// Expected quality of the panels, without dates, in micro-units, rounded down.
    pub expected: i64,
    /// Proven upper bound on what any lottery under the cap can expect.
    pub bound: i64,
    /// The prices that prove it, of pairs apart.
    pub prices: PricesDoc,
    /// Prices of the pairs that are as likely as they may be, in nano-units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairPriceDoc>,
    /// The answers that could be drawn.
    pub tickets: Vec<LotteryTicketDoc>,
    /// The place of the one that was.
    pub drawn: u32,
}

/// The price of seating a mediator in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairPriceDoc {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// Price, in nano-units.
    pub price: i64,
}

/// An answer that could be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LotteryTicketDoc {
    /// Its probability, in millionths; those of all tickets add up to a million.
    pub weight: u32,
    /// Its panels, in the order of the instance.
    pub panels: Vec<super::FromPanelDoc>,
}
