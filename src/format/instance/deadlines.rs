//! Procedural calendars: from the events of a dispute to release and due dates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::values::{Notes, Pairs};
use super::policy::Lateness;

/// A procedural calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlinesDoc {
    /// Id.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where it is from; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Name of a built-in one, whose steps come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// IANA zone on whose clock dates begin and end.
    pub time_zone: String,
    /// Calendar of rest days; none when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Steps in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DeadlineStepDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// One date of a procedural calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlineStepDoc {
    /// Id, unique within the calendar.
    pub id: String,
    /// What is due; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// An event of the dispute, or an earlier step.
    pub from: String,
    /// So many days after it.
    pub days: u32,
    /// Which days count; `calendar` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<DayCount>,
    /// What happens where the date is a rest day; `keep` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_rest_day: Option<OnRestDay>,
    /// What the date binds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<DeadlineSets>,
    /// Of which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionChoice>,
    /// What a due date means; as in the policy when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Lateness>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Which days a step counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayCount {
    /// All.
    Calendar,
    /// Those that are no rest days.
    Working,
}

/// What happens where a date is a rest day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnRestDay {
    /// It stays.
    Keep,
    /// The next day that is none.
    Next,
    /// The last day before that is none.
    Previous,
}

/// What a date binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineSets {
    /// The end of a session.
    Due,
    /// Its start.
    NotBefore,
}

/// A session, by its place or its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionChoice {
    /// The first.
    First,
    /// The last.
    Last,
    /// The first preparatory call.
    Call,
    /// The first opening session.
    Opening,
    /// The first joint session.
    Joint,
    /// The first caucus.
    Caucus,
    /// The first signing.
    Signing,
}

/// The procedural calendar of a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeDeadlinesDoc {
    /// Id of a calendar of the instance, or the name of a built-in one.
    pub profile: String,
    /// Dates of events, by name.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub events: Pairs<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Names of the built-in procedural calendars and their texts.
pub const BUILT_IN_DEADLINES: &[(&str, &str)] =
    &[("icsid-mediation-2022", include_str!("../deadlines/icsid-mediation-2022.json"))];
