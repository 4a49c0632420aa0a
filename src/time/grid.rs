//! The slot grid: the horizon cut into slots of equal length.

use super::Instant;

/// A half-open interval of instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// First minute inside.
    pub start: Instant,
    /// First minute after.
    pub end: Instant,
}

/// The horizon cut into slots of equal length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotGrid {
    start: Instant,
    slot_minutes: u32,
    slots: u32,
}

impl SlotGrid {
    /// A grid of `slots` slots of `slot_minutes` minutes from `start`.
    #[must_use]
    pub fn new(start: Instant, slot_minutes: u32, slots: u32) -> Self {
        Self { start, slot_minutes, slots }
    }
    /// First instant of the horizon.
    #[must_use]
    pub fn start(&self) -> Instant {
        self.start
    }
    /// First instant after the horizon.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.instant(self.slots)
    }
    /// Length of a slot in minutes.
    #[must_use]
    pub fn slot_minutes(&self) -> u32 {
        self.slot_minutes
    }
    /// Number of slots.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.slots
    }
    /// The instant at which slot `slot` starts; `slots()` gives the end of the horizon.
    #[must_use]
    pub fn instant(&self, slot: u32) -> Instant {
        self.start + i64::from(slot) * i64::from(self.slot_minutes)
    }
    /// The slot that starts at `instant`, when one does (the end of the horizon included).
    #[must_use]
    pub fn slot_at(&self, instant: Instant) -> Option<u32> {
        let minutes = instant - self.start;
        let length = i64::from(self.slot_minutes);
        (minutes >= 0 && minutes % length == 0 && minutes / length <= i64::from(self.slots))
            .then(|| (minutes / length) as u32)
    }
    /// The first slot that starts at or after `instant`, at most `slots()`.
    #[must_use]
    pub fn first_slot_from(&self, instant: Instant) -> u32 {
        let length = i64::from(self.slot_minutes);
        let slot = (instant - self.start + length - 1).div_euclid(length);
        slot.clamp(0, i64::from(self.slots)) as u32
    }
    /// The number of slots that end at or before `instant`, at most `slots()`.
    #[must_use]
    pub fn slots_ended_by(&self, instant: Instant) -> u32 {
        let slot = (instant - self.start).div_euclid(i64::from(self.slot_minutes));
        slot.clamp(0, i64::from(self.slots)) as u32
    }
    /// The slots that `interval` touches, half-open.
    #[must_use]
    pub fn slots_touched(&self, interval: Interval) -> (u32, u32) {
        let length = i64::from(self.slot_minutes);
        let first = (interval.start - self.start).div_euclid(length);
        let last = (interval.end - self.start + length - 1).div_euclid(length);
        let clamp = |slot: i64| slot.clamp(0, i64::from(self.slots)) as u32;
        (clamp(first), clamp(last).max(clamp(first)))
    }
}
