//! Rules of the house: weights, bands, policies.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::rules::RulesDoc;
use super::super::values::{Decimal, Notes};
use super::actors::LanguageLevel;

/// Rules of the house.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyDoc {
    /// Which pairs are candidates: `all` (default), or `scored`, only pairs with a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidates: Option<Candidates>,
    /// Name of a built-in profile (default `strict`), or inline rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict_rules: Option<ConflictRulesDoc>,
    /// The organisation that administers the docket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// Nationality policy per dispute class; `strict` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<NationalityPolicyDoc>,
    /// Which severities the parties may cure by consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentPolicyDoc>,
    /// Weights of the quality terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<WeightsDoc>,
    /// How many years before `as_of` an appointment counts for `weights.rotation`, 1 to 1000; 3 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation_years: Option<u32>,
    /// For how many days from `as_of` sessions of an earlier plan move only if they must, 0 to 1000; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freeze_days: Option<u32>,
    /// Fairness over disputes; `sum` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Fairness>,
    /// Thresholds of service that `leximin` goes by, rising, above 0 and up to 1, at most 20; every twentieth of 1
    /// when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fairness_levels: Vec<Decimal>,
    /// How the sides of a dispute share its burden; `weighed` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden_sharing: Option<BurdenSharing>,
    /// Burden by local hour and the hard night limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_time: Option<WorkingTimeDoc>,
    /// Rest between sessions and the daily limit of each person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<WorkloadDoc>,
    /// Journeys between places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travel: Option<TravelDoc>,
    /// What a due date means; `barred` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Lateness>,
    /// Sizes of teams of interpreters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpretation: Option<InterpretationDoc>,
    /// Caps over the whole docket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<CapsDoc>,
    /// How panels are selected; `optimise` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<Mechanism>,
    /// Numbers of the mechanism: lengths of lists, strikes, the cap of a lottery, the commitment to a seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<SelectionPolicyDoc>,
    /// Number of reserves wanted for each dispute; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserves: Option<u32>,
    /// The lowest level that counts as speaking a language; `C1` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_level: Option<LanguageLevel>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Which pairs of dispute and mediator are candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Candidates {
    /// Every pair.
    All,
    /// Only pairs with an entry in `scores[].fit`.
    Scored,
}

/// Name of a built-in profile, or inline rules.
#[derive(Debug, Clone, PartialEq)]
pub enum ConflictRulesDoc {
    /// A built-in profile, by name.
    Profile(String),
    /// A whole rules document.
    Inline(Box<RulesDoc>),
}

impl Serialize for ConflictRulesDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Profile(name) => serializer.serialize_str(name),
            Self::Inline(rules) => rules.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ConflictRulesDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = ConflictRulesDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a profile or a rules document")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Self::Value, E> {
                Ok(ConflictRulesDoc::Profile(v.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                RulesDoc::deserialize(MapAccessDeserializer::new(map))
                    .map(|r| ConflictRulesDoc::Inline(Box::new(r)))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl JsonSchema for ConflictRulesDoc {
    fn schema_name() -> Cow<'static, str> {
        "ConflictRulesDoc".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rules = generator.subschema_for::<RulesDoc>();
        json_schema!({ "anyOf": [{ "type": "string" }, rules] })
    }
}

/// Nationality policy per dispute class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NationalityPolicyDoc {
    /// For disputes between States.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_state: Option<NationalityPolicy>,
    /// For disputes between a State and a national of another State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_investor: Option<NationalityPolicy>,
    /// For commercial disputes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commercial: Option<NationalityPolicy>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How a shared nationality with a party is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NationalityPolicy {
    /// A national of a party is never seated.
    Strict,
    /// A national may be seated when all parties agree expressly.
    WaivableByParties,
    /// A majority of the panel is of other nationalities.
    MajorityNeutral,
    /// One national per side is allowed.
    OnePerSide,
    /// Nationality is disclosed, nothing more.
    Advisory,
}

/// Which severities the parties may cure, and how; a policy goes before its profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConsentPolicyDoc {
    /// What seating over an orange finding needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orange: Option<ConsentNeeded>,
    /// What seating over a waivable red finding needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waivable_red: Option<ConsentNeeded>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// What it takes to seat a mediator over a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentNeeded {
    /// A disclosure is enough.
    Disclosure,
    /// Every party agrees expressly.
    AllExpress,
    /// Nothing cures it.
    Never,
}

/// Weights of the quality terms, in score units.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightsDoc {
    /// Of one unit of fit of one seat; 1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Decimal>,
    /// Of the parties' rankings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballots: Option<Decimal>,
    /// Of one burden point held for one minute by one person; 0.0002 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden: Option<Decimal>,
    /// Of one burden point that the worse-off side of a dispute bears for one minute; 0.0002 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Decimal>,
    /// Of a day of lateness, where that is priced; 0.05 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Decimal>,
    /// Of balance: what a mediator's second dispute costs; the third costs twice that, and so on; 0.02 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Decimal>,
    /// Of rotation over the roster: what a seat costs for each appointment that its mediator had in the last years; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Decimal>,
    /// Of cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// Of a seat that changes hands, and of a session within a week that moves, where there is an earlier plan to keep
    /// to; 1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disruption: Option<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Fairness over disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fairness {
    /// The sum over disputes.
    Sum,
    /// The worst-served dispute first.
    MaxMin,
    /// As few as possible below the lowest level of service, then below the next, and so on.
    Leximin,
}

/// How the sides of a dispute share the burden of its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BurdenSharing {
    /// What the worse-off side bears has a weight.
    Weighed,
    /// What the worse-off sides bear is least, before anything else in quality counts.
    WorseOffFirst,
}

/// What a due date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lateness {
    /// No session ends later.
    Barred,
    /// A later end costs by the day.
    Priced,
}

/// Rest between sessions and the daily limit of each person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkloadDoc {
    /// Minutes between two sessions of one person; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_minutes: Option<u32>,
    /// Most minutes of sessions of one person on one date; no limit when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_minutes: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Journeys between places.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TravelDoc {
    /// Minutes between places that `journeys` does not name; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_minutes: Option<u32>,
    /// From how many minutes on a journey asks for recovery; never when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_from_minutes: Option<u32>,
    /// Minutes of recovery after such a journey; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_minutes: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Sizes of teams of interpreters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterpretationDoc {
    /// For the one booth of a session with two languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamDoc>,
    /// For each booth of a session with three languages or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub booths: Vec<TeamDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How many interpreters a booth needs in a session of some length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamDoc {
    /// Length of the longest session for which it is enough.
    pub minutes: u32,
    /// Number of interpreters.
    pub size: u32,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Burden by local hour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingTimeDoc {
    /// Bands of the local day; a time outside every band is the hard night limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<BandDoc>,
    /// Burden points added on weekends and holidays; left out, those days are not available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest_day_cost: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A band of the local day and the burden points of a minute in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandDoc {
    /// First local time inside, `HH:MM`.
    pub from: String,
    /// First local time after, `HH:MM`, up to `24:00`.
    pub to: String,
    /// Burden points while it lasts, 0 to 100.
    pub cost: u32,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Caps over the whole docket, as shares of the seats of all disputes that may be mediated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapsDoc {
    /// Largest share of the nationals of one State, above 0 and up to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality_share: Option<Decimal>,
    /// Largest share of the nationals of the States of one bloc, above 0 and up to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc_share: Option<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How panels are selected (docs/mechanisms.md).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// The optimisation of docs/model.md.
    Optimise,
    /// Drawn lists that parties strike and rank.
    StrikeAndRank,
    /// Lists of the fittest that parties strike and rank.
    ListProcedure,
    /// Drawn lists that one side cuts short and the other picks from.
    Shortlisting,
    /// A draw among the eligible.
    Sortition,
    /// A draw among whole answers in which no pair is too likely.
    Lottery,
    /// Disputes one after the other as they were opened, each with its best panel and dates that are left.
    FirstCome,
    /// The fittest pair that is left, again and again.
    Greedy,
    /// Any panel that may sit.
    Random,
}

impl Mechanism {
    /// Every mechanism with its name.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Optimise, "optimise"),
        (Self::StrikeAndRank, "strike-and-rank"),
        (Self::ListProcedure, "list-procedure"),
        (Self::Shortlisting, "shortlisting"),
        (Self::Sortition, "sortition"),
        (Self::Lottery, "lottery"),
        (Self::FirstCome, "first-come"),
        (Self::Greedy, "greedy"),
        (Self::Random, "random"),
    ];

    /// Its name, as documents write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(known, _)| *known == self).map_or("optimise", |(_, name)| name)
    }
}

/// Numbers of the mechanism that selects panels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionPolicyDoc {
    /// Names on the list for a seat, 1 to 50: 10 by default for `strike-and-rank`, 5 for `shortlisting`, 3 for
    /// `list-procedure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<u32>,
    /// Names that each party strikes from a list, 0 to 50: those that it ranks last. 4 by default for
    /// `strike-and-rank`, 1 for `list-procedure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strikes: Option<u32>,
    /// The largest probability with which `lottery` may seat any mediator in any dispute, above 0 and up to 1; 0.5 by
    /// default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_cap: Option<Decimal>,
    /// SHA-256 of the seed of the draws, lower-case hexadecimal, to which the instance commits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
