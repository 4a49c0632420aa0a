//! Rooms that sessions take: how many, with how many seats, and whether their place has them.

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::domain::{Dispute, Mode, PlaceIx, Session};
use crate::format::{RoomDoc, SessionDoc};

/// Most rooms beside the one for all.
const MOST_BREAKOUTS: u32 = 20;

/// How many rooms a session takes beside the one for all.
pub(super) fn breakouts(cx: &mut Context<'_>, doc: &SessionDoc, mode: Mode, at: &At<'_>) -> u32 {
    let Some(number) = doc.breakout_rooms else { return 0 };
    if mode == Mode::Remote {
        cx.error(
            codes::UNWANTED_BREAKOUT,
            &at.key("breakout_rooms"),
            "a remote session takes no rooms",
            "take `breakout_rooms` out, or set `mode` to `in-person` or `hybrid`",
        );
        return 0;
    }
    cx.whole(number, 0..=MOST_BREAKOUTS, at, "breakout_rooms").unwrap_or(0)
}

/// Notes every session that its place could not host even with all its rooms free.
pub(super) fn check(cx: &mut Context<'_>, disputes: &[Option<Dispute>]) {
    let root = At::ROOT;
    let list = root.key("disputes");
    for (index, dispute) in disputes.iter().enumerate() {
        let at = list.item(index);
        let at = at.key("sessions");
        for (index, session) in dispute.iter().flat_map(|d| d.sessions.iter().enumerate()) {
            if let Some(place) = session.mode.room_at() {
                one(cx, session, place, &at.item(index));
            }
        }
    }
}

fn one(cx: &mut Context<'_>, session: &Session, place: PlaceIx, at: &At<'_>) {
    let doc = cx.doc;
    let rooms = &doc.places[place.ix()].rooms;
    let all = format!("/places/{}/rooms", place.ix());
    let seats_all =
        |people: u32| move |room: &&RoomDoc| room.seats.is_none_or(|seats| people <= seats);
    // WHY: a place without rooms has been noted as such.
    let Some(largest) = rooms.iter().map(|room| room.seats.unwrap_or(u32::MAX)).max() else {
        return;
    };
    if session.seats > largest {
        let finding = Diagnostic::error(
            codes::ROOM_TOO_SMALL,
            at.key("place").pointer(),
            format!("{} people meet where the largest room has {largest} seats", session.seats),
        );
        cx.note(finding.help("hold the session elsewhere, or add a larger room").related(all));
        return;
    }
    let fitting = rooms.iter().filter(seats_all(session.breakout_seats)).count();
    // INVARIANT: the room for all seats no fewer than a breakout room, so it is one of these.
    if fitting < 1 + session.breakouts as usize {
        let what = if session.breakout_seats == 0 {
            String::new()
        } else {
            format!(" with {} seats", session.breakout_seats)
        };
        let rooms = if fitting == 1 { "one room".to_owned() } else { format!("{fitting} rooms") };
        let finding = Diagnostic::error(
            codes::TOO_FEW_ROOMS,
            at.key("breakout_rooms").pointer(),
            format!(
                "the session takes {} rooms, and its place has {rooms}{what}",
                1 + session.breakouts
            ),
        );
        cx.note(finding.help("ask for fewer breakout rooms, or add rooms").related(all));
    }
}
