//! `journeys` and `policy.travel`: how long people are on the way, recovery included.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Journeys, PlaceIx};
use crate::format::TravelDoc;

/// The longest journey, and the longest recovery, in minutes: a week.
const MOST_MINUTES: u32 = 7 * 24 * 60;

/// What the policy says of journeys.
#[derive(Clone, Copy)]
struct Travel {
    default: u32,
    recovery_from: Option<u32>,
    recovery: u32,
}

impl Travel {
    /// The minutes of a journey with its recovery.
    fn whole(self, minutes: u32) -> i64 {
        let recovers = self.recovery_from.is_some_and(|least| minutes >= least);
        i64::from(minutes) + if recovers { i64::from(self.recovery) } else { 0 }
    }
}

/// Reads the journeys.
pub(super) fn read(cx: &mut Context<'_>) -> Journeys {
    let doc = cx.doc;
    let root = At::ROOT;
    let policy = root.key("policy");
    let travel = doc.policy.as_ref().and_then(|policy| policy.travel.as_ref());
    let travel = travel_of(cx, travel, &policy.key("travel"));
    let list = root.key("journeys");
    let mut named: BTreeMap<(PlaceIx, PlaceIx), (i64, usize)> = BTreeMap::new();
    for (index, journey) in doc.journeys.iter().enumerate() {
        let at = list.item(index);
        let from = cx.place(&journey.from, &at.key("from"));
        let to = cx.place(&journey.to, &at.key("to"));
        let minutes = cx.whole(journey.minutes, 1..=MOST_MINUTES, &at, "minutes");
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from == to {
            cx.error(
                codes::SAME_PLACE,
                &at,
                format!("the journey runs from {} to itself", quote(&journey.from)),
                "name two different places, or take it out: within a place nobody travels",
            );
            continue;
        }
        let pair = (from.min(to), from.max(to));
        if let Some((_, first)) = named.get(&pair) {
            cx.error_with(
                codes::DUPLICATE_JOURNEY,
                &at,
                list.item(*first).pointer(),
                format!(
                    "the journey between {} and {} stands here twice",
                    quote(&journey.from),
                    quote(&journey.to)
                ),
                "keep one of the two: a journey holds in both directions",
            );
            continue;
        }
        named.insert(pair, (travel.whole(minutes.unwrap_or(0)), index));
    }
    Journeys {
        named: named.into_iter().map(|(pair, (minutes, _))| (pair, minutes)).collect(),
        default: travel.whole(travel.default),
    }
}

fn travel_of(cx: &mut Context<'_>, doc: Option<&TravelDoc>, at: &At<'_>) -> Travel {
    let absent = TravelDoc::default();
    let doc = doc.unwrap_or(&absent);
    let mut one = |key: &str, value: Option<u32>, least: u32| {
        value.and_then(|value| cx.whole(value, least..=MOST_MINUTES, at, key))
    };
    Travel {
        default: one("default_minutes", doc.default_minutes, 0).unwrap_or(0),
        recovery_from: one("recovery_from_minutes", doc.recovery_from_minutes, 1),
        recovery: one("recovery_minutes", doc.recovery_minutes, 0).unwrap_or(0),
    }
}
