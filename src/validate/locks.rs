//! `locks`: who must sit, who must not, and when sessions start.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Dispute, DisputeIx, MediatorIx, RequiredSeat};
use crate::format::{DisputeDoc, RequireLockDoc, Role, SessionLockDoc};

/// A mediator required for a dispute, and the first lock that says so.
struct Required {
    seat: RequiredSeat,
    lock: usize,
}

/// Reads the locks into the disputes.
pub(super) fn read(cx: &mut Context<'_>, disputes: &mut [Option<Dispute>]) {
    let Some(doc) = &cx.doc.locks else { return };
    let root = At::ROOT;
    let at = root.key("locks");
    let required = require(cx, &doc.require, disputes.len(), &at.key("require"));
    let list = at.key("forbid");
    let mut forbidden: Vec<Vec<MediatorIx>> = vec![Vec::new(); disputes.len()];
    for (index, lock) in doc.forbid.iter().enumerate() {
        let at_lock = list.item(index);
        let dispute = cx.dispute(&lock.dispute, &at_lock.key("dispute"));
        let mediator = cx.mediator(&lock.mediator, &at_lock.key("mediator"));
        let (Some(dispute), Some(mediator)) = (dispute, mediator) else { continue };
        if let Some(other) = required[dispute.ix()].iter().find(|r| r.seat.mediator == mediator) {
            cx.error_with(
                codes::LOCK_CONTRADICTION,
                &at_lock,
                at.key("require").item(other.lock).pointer(),
                format!(
                    "{} is both required and forbidden in {}",
                    quote(&lock.mediator),
                    quote(&lock.dispute)
                ),
                "take one of the two locks out",
            );
        }
        forbidden[dispute.ix()].push(mediator);
    }
    for (index, (required, mut forbidden)) in required.into_iter().zip(forbidden).enumerate() {
        panel(cx, &cx.doc.disputes[index], &required, &at.key("require"));
        let Some(dispute) = &mut disputes[index] else { continue };
        forbidden.sort_unstable();
        forbidden.dedup();
        dispute.panel.required = required.into_iter().map(|r| r.seat).collect();
        dispute.panel.forbidden = forbidden;
    }
    sessions(cx, &doc.sessions, disputes, &at.key("sessions"));
}

/// The required mediators by dispute, each once, with the role where some lock gives one.
fn require(
    cx: &mut Context<'_>,
    docs: &[RequireLockDoc],
    disputes: usize,
    list: &At<'_>,
) -> Vec<Vec<Required>> {
    let mut required: Vec<Vec<Required>> = (0..disputes).map(|_| Vec::new()).collect();
    for (index, lock) in docs.iter().enumerate() {
        let at = list.item(index);
        let dispute = cx.dispute(&lock.dispute, &at.key("dispute"));
        let mediator = cx.mediator(&lock.mediator, &at.key("mediator"));
        let (Some(dispute), Some(mediator)) = (dispute, mediator) else { continue };
        let seats = &mut required[dispute.ix()];
        let Some(same) = seats.iter_mut().find(|r| r.seat.mediator == mediator) else {
            seats.push(Required { seat: RequiredSeat { mediator, role: lock.role }, lock: index });
            continue;
        };
        match (same.seat.role, lock.role) {
            (Some(one), Some(other)) if one != other => {
                let other = list.item(same.lock).pointer();
                cx.error_with(
                    codes::LOCK_CONTRADICTION,
                    &at,
                    other,
                    format!(
                        "{} is required in {} both as chair and as member",
                        quote(&lock.mediator),
                        quote(&lock.dispute)
                    ),
                    "take one of the two locks out",
                );
            }
            (None, role) => same.seat.role = role,
            _ => {}
        }
    }
    required
}

/// Whether the required mediators fit on one panel.
fn panel(cx: &mut Context<'_>, doc: &DisputeDoc, required: &[Required], list: &At<'_>) {
    let size = doc.panel.size as usize;
    if !(1..=3).contains(&size) {
        return;
    }
    let has_chair = doc.panel.chair.unwrap_or(size == 3);
    let mut contradiction = |lock: &Required, what: String, help: &str| {
        cx.error(codes::LOCK_CONTRADICTION, &list.item(lock.lock), what, help);
    };
    if let Some(beyond) = required.get(size) {
        contradiction(
            beyond,
            format!(
                "{} mediators are required in {}, whose panel has {size}",
                required.len(),
                quote(&doc.id)
            ),
            "require no more mediators than the panel has members",
        );
    }
    let with = |role: Role| required.iter().filter(move |r| r.seat.role == Some(role));
    if !has_chair {
        for lock in with(Role::Chair) {
            contradiction(
                lock,
                format!("a chair is required in {}, whose panel has none", quote(&doc.id)),
                "take the role out, or set `chair` to true in the panel of the dispute",
            );
        }
        return;
    }
    if let Some(second) = with(Role::Chair).nth(1) {
        contradiction(
            second,
            format!("two chairs are required in {}", quote(&doc.id)),
            "a panel has one chair",
        );
    }
    if let Some(last) = with(Role::Member).nth(size - 1)
        && required.len() <= size
    {
        contradiction(
            last,
            format!(
                "everyone on the panel of {} is required as member, and nobody is left as chair",
                quote(&doc.id)
            ),
            "take the role out of one of these locks",
        );
    }
}

fn sessions(
    cx: &mut Context<'_>,
    docs: &[SessionLockDoc],
    disputes: &mut [Option<Dispute>],
    list: &At<'_>,
) {
    // The first lock of each session, looked up by dispute and position.
    let mut locked = std::collections::HashMap::new();
    for (index, lock) in docs.iter().enumerate() {
        let at = list.item(index);
        let dispute = cx.dispute(&lock.dispute, &at.key("dispute"));
        let start = cx.instant(&lock.start, &at.key("start"));
        let place = lock.place.as_ref().and_then(|id| cx.place(id, &at.key("place")));
        let Some(dispute) = dispute else { continue };
        let doc = &cx.doc.disputes[dispute.ix()];
        let Some(session) = doc.sessions.iter().position(|s| s.id == lock.session) else {
            let known = doc.sessions.iter().map(|s| s.id.as_str());
            let help =
                cx.did_you_mean(&lock.session, known, "name a session of this dispute by its `id`");
            cx.error(
                codes::UNKNOWN_ID,
                &at.key("session"),
                format!(
                    "no session of {} has the id {}",
                    quote(&lock.dispute),
                    quote(&lock.session)
                ),
                help,
            );
            continue;
        };
        let own_place = doc.sessions[session].place.as_ref();
        if place.is_some() && own_place != lock.place.as_ref() {
            cx.error_with(
                codes::LOCK_PLACE,
                &at.key("place"),
                format!("/disputes/{}/sessions/{session}", dispute.ix()),
                format!(
                    "{} is not the place of the session {}",
                    quote(lock.place.as_deref().unwrap_or("")),
                    quote(&lock.session)
                ),
                "change the place of the session itself: a lock fixes its start",
            );
        }
        let Some(start) = start else { continue };
        if let Some((first, other)) = locked.get(&(dispute, session))
            && *other != start
        {
            let other = list.item(*first).pointer();
            cx.error_with(
                codes::LOCK_CONTRADICTION,
                &at.key("start"),
                other,
                format!("the session {} is locked to two starts", quote(&lock.session)),
                "take one of the two locks out",
            );
            continue;
        }
        locked.entry((dispute, session)).or_insert((index, start));
        fix(cx, lock, (dispute, session), start, disputes, &at.key("start"));
    }
}

/// Fixes the start of a session, when it lies on the grid and in its window.
fn fix(
    cx: &mut Context<'_>,
    lock: &SessionLockDoc,
    (dispute, position): (DisputeIx, usize),
    start: i64,
    disputes: &mut [Option<Dispute>],
    at: &At<'_>,
) {
    let Some(grid) = cx.grid else { return };
    let Some(slot) = grid.slot_at(start).filter(|slot| *slot < grid.slots()) else {
        cx.error_with(
            codes::LOCK_OFF_GRID,
            at,
            "/horizon",
            format!("no slot starts at {}", quote(&lock.start)),
            format!(
                "slots start every {} minutes from the start of the horizon until its end",
                grid.slot_minutes()
            ),
        );
        return;
    };
    let Some(session) = disputes[dispute.ix()].as_mut().map(|d| &mut d.sessions[position]) else {
        return;
    };
    if slot < session.earliest || slot + session.slots > session.latest_end {
        cx.error_with(
            codes::LOCK_OUTSIDE_WINDOW,
            at,
            format!("/disputes/{}/sessions/{position}", dispute.ix()),
            format!("a session that starts at {} is not inside its window", quote(&lock.start)),
            "move it between `not_before` and `due` of the session, `due` and `deadlines` of the dispute, and the end of the horizon",
        );
        return;
    }
    session.fixed = Some(slot);
}
