//! Where and on which days sessions can be: calendars, places, journeys between them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::values::Notes;
use super::actors::{HoursDoc, Weekday};

/// A calendar of rest days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDoc {
    /// Id.
    pub id: String,
    /// Days of the weekend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekend: Vec<Weekday>,
    /// Holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidayDoc>,
    /// Days of the weekend that are worked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workdays: Vec<WorkdayDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A holiday.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayDoc {
    /// The date.
    pub date: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the date still waits to be confirmed, by the sighting of the moon say; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tentative: Option<bool>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A day of the weekend that is worked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkdayDoc {
    /// The date.
    pub date: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How long it takes from one place to another, in either direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JourneyDoc {
    /// One place.
    pub from: String,
    /// The other.
    pub to: String,
    /// Minutes from door to door.
    pub minutes: u32,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A place where sessions are held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceDoc {
    /// Id.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IANA zone.
    pub time_zone: String,
    /// Calendar of days on which it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Opening hours; left out, it is open around the clock.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening_hours: Vec<HoursDoc>,
    /// Rooms.
    pub rooms: Vec<RoomDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A room of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomDoc {
    /// Id, unique within the place.
    pub id: String,
    /// Seats; unlimited when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
