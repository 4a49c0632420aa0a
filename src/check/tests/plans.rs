//! Pricing against plain enumeration of all plans, on small random dockets.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::documents::read;
use crate::check::clock;
use crate::check::desk::Desk;
use crate::check::eligible::Eligibility;
use crate::check::facts::Facts;
use crate::check::graph::Graph;
use crate::check::hours::Burden;
use crate::check::limits::Limits;
use crate::check::panels;
use crate::check::prices::{Prices, Row, Tier};
use crate::check::pricing;
use crate::check::seating::{Dates, Seating};

/// A small generator: the multiplier of Knuth's MMIX.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

impl Dice {
    fn pick(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len() as u64) as usize]
    }
}

const SLOTS: u64 = 60;

fn docket(dice: &mut Dice) -> Value {
    let zones = ["Europe/Paris", "America/Bogota", "Asia/Kolkata", "Asia/Tokyo"];
    let person = |dice: &mut Dice, id: String| {
        let states = ["CH", "AT", "CH", "AT", "FR"];
        let hour = dice.below(SLOTS - 4);
        let stamp = |h: u64| format!("2026-03-{:02}T{:02}:00:00Z", 2 + h / 24, h % 24);
        json!({ "id": id, "nationalities": [dice.pick(&states)],
                "time_zone": dice.pick(&zones),
                "busy": [{ "start": stamp(hour), "end": stamp(hour + 1 + dice.below(3)) }] })
    };
    let people: Vec<Value> = (0..2).map(|i| person(dice, format!("r{i}"))).collect();
    let mediators: Vec<Value> = (0..6)
        .map(|i| {
            let mut m = person(dice, format!("m{i}"));
            m["languages"] = json!({ "en": dice.pick(&["B2", "C2"]) });
            m["expertise"] = json!({ "x": dice.below(10) as f64 / 10.0 });
            m["capacity"] = json!({ "hours": 10 });
            m
        })
        .collect();
    let mut second = json!({ "id": "s1", "kind": "joint", "minutes": 60,
                             "after": { "session": "s0", "min_days": dice.below(2) } });
    if dice.below(2) == 0 {
        second["after"]["max_days"] = json!(1);
    }
    if dice.below(2) == 0 {
        second["mode"] = json!(dice.pick(&["hybrid", "in-person"]));
        second["place"] = json!("hall");
    }
    let mut locks = json!({});
    if dice.below(3) == 0 {
        let role = dice.pick(&["chair", "member"]);
        locks["require"] = json!([{ "dispute": "d", "mediator": "m2", "role": role }]);
    }
    json!({
        "schema": "comity.instance/1", "id": "r", "as_of": "2026-03-02", "slot_minutes": 60,
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-04T12:00:00Z" },
        "policy": {
            "weights": { "burden": 0.001, "fairness": dice.below(3) as f64 / 500.0,
                         "lateness": 0.2 },
            "lateness": dice.pick(&["barred", "priced"]),
            "burden_sharing": dice.pick(&["weighed", "worse-off-first"]),
            "nationality": {
                "state-state": dice.pick(&["strict", "majority-neutral", "one-per-side"]) } },
        "states": [{ "id": "CH" }, { "id": "AT" }, { "id": "FR" }, { "id": "BR" }],
        "people": people, "mediators": mediators,
        "places": [{ "id": "hall", "time_zone": "Europe/Paris", "rooms": [{ "id": "a" }],
                     "opening_hours": [{ "days": ["mon", "tue", "wed"], "from": "08:00", "to": "20:00" }] }],
        "relations": [{ "id": "f", "from": "m0", "to": "m1", "kind": "family" }],
        "disputes": [{ "id": "d", "class": "state-state", "subjects": ["x"], "priority": 1 + dice.below(3),
            "parties": [{ "id": "p", "actor": "FR", "representatives": ["r0"] },
                        { "id": "q", "actor": "BR", "representatives": ["r1"] }],
            "panel": { "size": 1 + dice.below(3), "languages": { "en": dice.below(2) },
                       "distinct_nationalities": dice.below(6) == 0 },
            "due": dice.pick(&["2026-03-03T10:00:00Z", "2026-03-04T11:00:00Z"]),
            "sessions": [{ "id": "s0", "kind": "joint", "minutes": 120 }, second] }],
        "locks": locks
    })
}

fn prices(
    dice: &mut Dice,
    facts: &Facts<'_>,
    tier: Tier,
) -> (Prices, BTreeMap<(usize, u64), i128>) {
    let mut prices = Prices { tier, ..Prices::default() };
    let scale = 40_000_000;
    for m in 0..6 {
        prices.cases.insert(m, i128::from(dice.below(20 * scale)));
        prices.effort.insert(m, i128::from(dice.below(scale / 20)));
        if dice.below(3) == 0 {
            prices.floor.insert(m, i128::from(dice.below(20 * scale)));
        }
        if dice.below(3) == 0 {
            prices.batch.insert((0, m), i128::from(dice.below(20 * scale)));
        }
        if dice.below(3) == 0 {
            prices.caps.insert(m, i128::from(dice.below(20 * scale)));
        }
    }
    if tier > Tier::Panels {
        prices.panels = i128::from(dice.below(10 * scale));
    }
    if tier > Tier::Sessions {
        prices.scheduled = i128::from(dice.below(20 * scale));
    }
    if tier > Tier::Sides && facts.sides_first {
        prices.sides = i128::from(dice.below(scale / 20));
    }
    let mut plain = BTreeMap::new();
    for actor in facts.people.iter().enumerate().filter(|(_, p)| p.is_some()).map(|x| x.0) {
        for _ in 0..6 {
            plain.insert((actor, dice.below(SLOTS)), i128::from(dice.below(3 * scale)));
        }
    }
    let rows: BTreeSet<usize> = plain.keys().map(|k| k.0).collect();
    for actor in rows {
        let own = plain.iter().filter(|(k, _)| k.0 == actor).map(|(k, v)| (k.1 as usize, *v));
        prices.time.insert(actor, Row::new(own.collect()));
    }
    // The hall stands in the plain prices under a number that no actor has.
    let hall: BTreeMap<usize, i128> = (0..SLOTS as usize)
        .filter(|_| dice.below(4) == 0)
        .map(|slot| (slot, 1_000_000 * slot as i128))
        .collect();
    plain.extend(hall.iter().map(|(slot, price)| ((usize::MAX, *slot as u64), *price)));
    prices.rooms.insert((0, None), Row::new(hall));
    (prices, plain)
}

/// When the two sessions were to start in an earlier plan, in minutes.
type Kept = [Option<i64>; 2];

/// An earlier plan, or none, with a freeze period; its first session has perhaps been held.
fn keep(facts: &mut Facts<'_>, dice: &mut Dice) -> Kept {
    if dice.below(2) == 0 {
        return Kept::default();
    }
    let grid = facts.grid;
    let start = |dice: &mut Dice| grid.instant(dice.below(SLOTS - 4) as usize);
    let mut kept = [0, 1].map(|_| (dice.below(4) > 0).then(|| start(dice)));
    let before = kept[0];
    if dice.below(3) == 0 {
        facts.as_of = grid.start / 1440 + 1;
    } else {
        facts.as_of = grid.start / 1440;
    }
    let session = |(s, start): (usize, Option<i64>)| {
        let start = clock::show(start?);
        Some(json!({ "dispute": "d", "session": format!("s{s}"), "start": start }))
    };
    let sessions: Vec<Value> = (0..).zip(kept).filter_map(session).collect();
    let from = json!({ "digest": "", "panels": [], "sessions": sessions });
    facts.recall(&serde_json::from_value(from).expect("an earlier plan"));
    facts.freeze_days = dice.below(4) as i64;
    facts.w_disruption = 0;
    if before.is_none() && kept[1].is_none() {
        // Nothing is kept, and still nothing may start in the past.
        kept = [Some(i64::MAX), None];
    }
    kept
}

/// All plans, one after the other.
#[allow(clippy::too_many_lines, reason = "plain, in one piece, on purpose")]
fn enumerate(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    prices: &Prices,
    plain: &BTreeMap<(usize, u64), i128>,
    (kept, limits): (Kept, &Limits),
) -> Option<i128> {
    let today = facts.as_of * 1440;
    let is_again = kept != Kept::default();
    let dispute = &facts.disputes[0];
    let priority = i128::from(dispute.priority);
    let mut most = (!limits.served).then_some(0);
    let mut dates: Vec<Option<[i64; 2]>> = if limits.dated { vec![] } else { vec![None] };
    dates.extend((0..60).flat_map(|a| (0..60).map(move |b| Some([a, b]))));
    let allowed = |starts: &[i64; 2]| {
        starts.iter().enumerate().all(|(s, &slot)| {
            limits.until.get(&s).is_none_or(|&u| slot <= u as i64)
                && limits.after.get(&s).is_none_or(|&a| slot > a as i64)
        })
    };
    let mut known: BTreeMap<(usize, i64, usize), Burden> = BTreeMap::new();
    let everyone = facts.people.iter().enumerate().filter(|(_, p)| p.is_some()).map(|x| x.0);
    for actor in everyone {
        for (s, session) in dispute.sessions.iter().enumerate() {
            for slot in 0..SLOTS as i64 {
                let start = facts.grid.instant(slot as usize);
                known.insert((s, slot, actor), facts.attendance(actor, session, start));
            }
        }
    }
    let dated_value = |starts: &[i64; 2], people: &[usize]| -> Option<i128> {
        let gap = (starts[1] - starts[0] - 2) * 60;
        let second = &dispute.sessions[1];
        if gap < 0 || gap < second.min_gap || second.max_gap.is_some_and(|most| gap > most) {
            return None;
        }
        let mut value = 0;
        let mut sides = [0_i128; 2];
        for (s, (session, &slot)) in dispute.sessions.iter().zip(starts).enumerate() {
            let start = facts.grid.instant(slot as usize);
            let slots = session.minutes / 60;
            if slot + slots > SLOTS as i64 {
                return None;
            }
            for (side, (_, own)) in sides.iter_mut().zip(&session.parties) {
                *side += i128::from(known[&(s, slot, own[0])].points);
            }
            match kept[s] {
                // It is over, and takes nothing.
                Some(was) if was < today => {
                    if start != was {
                        return None;
                    }
                    continue;
                }
                Some(was) if start != was && was < today + 1440 * facts.freeze_days => {
                    value -= match prices.tier {
                        Tier::Panels | Tier::Sessions => 0,
                        Tier::Frozen => 1_000_000_000,
                        _ => prices.frozen,
                    };
                }
                _ => {}
            }
            if is_again && start < today {
                return None;
            }
            let mut payers: Vec<usize> = session.people.iter().chain(people).copied().collect();
            for &actor in &payers {
                let burden = known[&(s, slot, actor)];
                if !burden.free {
                    return None;
                }
                if prices.tier == Tier::Quality {
                    value -= 1000 * i128::from(facts.w_burden) * i128::from(burden.points);
                }
            }
            let end = start + session.minutes;
            if session.window.due.is_some_and(|due| due < end) {
                return None;
            }
            if prices.tier == Tier::Quality
                && let Some(due) = session.window.priced_due.filter(|due| *due < end)
            {
                let days = (end - due + 1439) / 1440;
                value -= 1000 * i128::from(facts.w_lateness) * i128::from(days);
            }
            if let Some(place) = session.place {
                let place = &facts.places[place];
                if !place.opening.spans(&place.clock, start, start + session.minutes) {
                    return None;
                }
                payers.push(usize::MAX);
            }
            for payer in payers {
                for t in slot..slot + slots {
                    value -= plain.get(&(payer, t as u64)).copied().unwrap_or(0);
                }
            }
        }
        let worse = sides[0].max(sides[1]);
        value -= match prices.tier {
            Tier::Panels | Tier::Sessions | Tier::Frozen | Tier::Loads => 0,
            Tier::Sides => 1_000_000_000 * worse,
            Tier::Worst | Tier::Below(_) => prices.sides * worse,
            Tier::Quality => (1000 * i128::from(facts.w_fairness) + prices.sides) * worse,
        };
        Some(value)
    };
    for mask in 0_u32..64 {
        let members: Vec<usize> = (0..6).filter(|m| mask >> m & 1 == 1).collect();
        let clash = members.iter().any(|&a| {
            members.iter().any(|&b| a < b && !panels::clash(facts, eligibility, 0, a, b).is_empty())
        });
        let fit: i64 = members.iter().map(|m| dispute.fit(*m)).sum();
        let service = fit.checked_div(members.len() as i64).unwrap_or(0);
        if !panels::stands(facts, eligibility, 0, &members)
            || prices.service.is_some_and(|least| service < least)
            || clash
            || members.iter().any(|&m| !eligibility.eligible(0, m) || limits.without.contains(&m))
            || limits.with.iter().any(|m| !members.contains(m))
        {
            continue;
        }
        let people: Vec<usize> = members.iter().map(|&m| facts.actor_of[m]).collect();
        let mut base = prices.panels * priority;
        for &m in &members {
            base -= prices.cases[&m] + prices.effort[&m] * i128::from(dispute.effort(m));
            base += prices.floor.get(&m).copied().unwrap_or(0);
            base -= prices.batch.get(&(0, m)).copied().unwrap_or(0);
            base -= prices.caps.get(&m).copied().unwrap_or(0);
            if prices.tier == Tier::Quality {
                base += 1000 * i128::from(facts.seat(dispute, m));
            }
        }
        for place in (0..facts.levels.len()).filter(|place| service < facts.levels[*place]) {
            base -= prices.below.get(place).copied().unwrap_or(0);
            if prices.tier == Tier::Below(place) {
                base -= 1_000_000_000;
            }
        }
        if prices.tier == Tier::Panels {
            base += 1_000_000_000 * priority;
        }
        for starts in &dates {
            let extra = match starts {
                None => Some(0),
                Some(starts) if allowed(starts) => dated_value(starts, &people).map(|v| {
                    let sessions = prices.tier == Tier::Sessions;
                    let whole = if sessions { 1_000_000_000 * priority } else { 0 };
                    v + whole + prices.scheduled * priority
                }),
                Some(_) => None,
            };
            if let Some(extra) = extra {
                most = most.max(Some(base + extra));
            }
        }
    }
    most
}

#[test]
fn pricing_finds_what_enumeration_finds() {
    let mut dice = Dice(7);
    let (mut priced, mut none) = (0, 0);
    let (mut poor, mut low, mut demand, mut levels) = (0, 0, Dice(11), Dice(13));
    let (mut again, mut frozen) = (Dice(17), 0);
    let tiers = [
        Tier::Panels,
        Tier::Sessions,
        Tier::Frozen,
        Tier::Sides,
        Tier::Worst,
        Tier::Below(1),
        Tier::Quality,
    ];
    for round in 0..210 {
        let mut document = docket(&mut dice);
        document["policy"]["fairness"] = json!("leximin");
        document["policy"]["fairness_levels"] = json!([0.2, 0.5, 0.7]);
        let document = read(&document);
        let mut facts = Facts::new(&document);
        let kept = keep(&mut facts, &mut again);
        let eligibility = Eligibility::new(&facts, &Graph::new(&facts));
        let desk = Desk::new(&facts, &eligibility);
        let (mut prices, plain) = prices(&mut dice, &facts, tiers[round % 7]);
        if prices.tier > Tier::Frozen && facts.has_freeze() {
            prices.frozen = i128::from(again.below(800_000_000));
        }
        // What the rows of levels take is looked at last.
        prices.below = vec![0; 3];
        let is_level = prices.tier == Tier::Below(1);
        let mut limits = Limits { served: dice.below(2) == 0, ..Limits::default() };
        if dice.below(3) == 0 {
            limits.without.insert(dice.below(6) as usize);
        }
        if limits.served && dice.below(3) == 0 {
            limits.with.insert(dice.below(6) as usize);
        }
        if limits.served && dice.below(2) == 0 {
            limits.dated = true;
            limits.until.insert(dice.below(2) as usize, 20 + dice.below(40) as usize);
        }
        if dice.below(2) == 0 {
            limits.after.insert(dice.below(2) as usize, dice.below(30) as usize);
        }
        if is_level {
            prices.tier = Tier::Worst;
        }
        let free_of = Prices { frozen: 0, ..prices.clone() };
        let right = enumerate(&facts, &eligibility, &prices, &plain, (kept, &limits));
        assert_eq!(pricing::best(&desk, &prices, 0, &limits), right, "round {round}");
        let thawed = enumerate(&facts, &eligibility, &free_of, &plain, (kept, &limits));
        frozen += usize::from(thawed != right);
        prices.service = Some(200_000 * demand.below(5) as i64);
        let well_served = enumerate(&facts, &eligibility, &prices, &plain, (kept, &limits));
        assert_eq!(pricing::best(&desk, &prices, 0, &limits), well_served, "round {round}");
        poor += usize::from(well_served != right);
        prices.service = prices.service.filter(|_| levels.below(2) == 0);
        if is_level {
            prices.tier = Tier::Below(1);
        }
        for price in &mut prices.below {
            *price = i128::from(levels.below(3) * levels.below(800_000_000));
        }
        let levelled = enumerate(&facts, &eligibility, &prices, &plain, (kept, &limits));
        assert_eq!(pricing::best(&desk, &prices, 0, &limits), levelled, "round {round}");
        low += usize::from(levelled != well_served);
        priced += usize::from(right.is_some_and(|v| v != 0));
        none += usize::from(right.is_none());
        let free = Limits { served: true, dated: true, ..Limits::default() };
        let nothing = Prices { cases: prices.cases, effort: prices.effort, ..Prices::default() };
        let any =
            enumerate(&facts, &eligibility, &nothing, &BTreeMap::new(), (kept, &free)).is_some();
        assert_eq!(pricing::possible(&desk, 0, true), any, "round {round}");
    }
    assert!(priced >= 20 && none >= 2, "{priced} priced, {none} without a plan");
    assert!(frozen >= 10, "only in {frozen} rounds a freeze period has a say");
    assert!(low >= 40, "only in {low} rounds levels have a say");
    assert!(poor >= 10, "only in {poor} rounds the best panel serves too badly");
}

#[test]
fn whoever_completes_a_panel_does_so_by_pricing_too() {
    let (mut dice, mut again) = (Dice(23), Dice(29));
    let (mut can, mut cannot, mut by_dates) = (0, 0, 0);
    for round in 0..300 {
        let document = read(&docket(&mut dice));
        let mut facts = Facts::new(&document);
        keep(&mut facts, &mut again);
        let eligibility = Eligibility::new(&facts, &Graph::new(&facts));
        let desk = Desk::new(&facts, &eligibility);
        // One after the other: what was found before must not change what is found.
        let seating = Seating::new(&desk, 0, Dates::new(&desk, 0));
        for _ in 0..12 {
            let some = |dice: &mut Dice, of: u64| -> BTreeSet<usize> {
                (0..dice.below(of)).map(|_| dice.below(6) as usize).collect()
            };
            let with = some(&mut dice, 4);
            let without: BTreeSet<usize> = some(&mut dice, 5).difference(&with).copied().collect();
            let list: Vec<usize> = with.iter().copied().collect();
            let has_room = |m: usize| !without.contains(&m);
            let found = [false, true].map(|dated| {
                let own = Limits {
                    served: true,
                    dated,
                    with: with.clone(),
                    without: without.clone(),
                    ..Limits::default()
                };
                let right = pricing::possible_within(&desk, 0, dated, &own);
                let told = seating.completes(&list, dated, &has_room);
                assert_eq!(told, right, "round {round}: {with:?} without {without:?}, {dated}");
                right
            });
            can += usize::from(found[1]);
            cannot += usize::from(!found[0]);
            by_dates += usize::from(found[0] && !found[1]);
        }
        for dated in [false, true] {
            let right = pricing::possible(&desk, 0, dated);
            assert_eq!(seating.possible(dated), right, "round {round}, {dated}");
        }
    }
    let all = (can, cannot, by_dates);
    assert!(can > 300 && cannot > 300 && by_dates > 100, "{all:?}");
}
