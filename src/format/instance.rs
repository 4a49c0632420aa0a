//! The instance document, `comity.instance/1`: see `docs/format.md`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::rules::{RelationKind, RulesDoc};
use super::values::{Decimal, Notes, Pairs};

/// A docket, a roster and the rules under which they are to be matched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstanceDoc {
    /// Always `comity.instance/1`.
    pub schema: String,
    /// Id of the instance.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date on which relations, look-backs and designations are judged.
    pub as_of: String,
    /// The time in which sessions may lie.
    pub horizon: IntervalDoc,
    /// Length of a slot: 5, 10, 15, 20, 30 or 60 minutes; 30 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot_minutes: Option<u32>,
    /// Rules of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyDoc>,
    /// States and other territorial entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateDoc>,
    /// Companies, firms, organs, organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationDoc>,
    /// Representatives, counsel, experts and everyone else who is not a mediator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonDoc>,
    /// The roster.
    pub mediators: Vec<MediatorDoc>,
    /// The panels of mediators to which States designate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<PanelDoc>,
    /// Weekends and holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarDoc>,
    /// Where sessions are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceDoc>,
    /// Interpreters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<InterpreterDoc>,
    /// Relations between actors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationDoc>,
    /// Past appointments of mediators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appointments: Vec<AppointmentDoc>,
    /// The docket.
    pub disputes: Vec<DisputeDoc>,
    /// Explicit fit and effort of pairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScoreDoc>,
    /// Waivers of conflicts by the parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverDoc>,
    /// What must hold, whatever the objective says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locks: Option<LocksDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A half-open interval of instants, RFC 3339 with offset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntervalDoc {
    /// First instant inside.
    pub start: String,
    /// First instant after.
    pub end: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

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
    /// Nationality policy per dispute class; `strict` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<NationalityPolicyDoc>,
    /// Which severities the parties may cure by consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentPolicyDoc>,
    /// Weights of the quality terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<WeightsDoc>,
    /// Fairness over disputes; `sum` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Fairness>,
    /// Burden by local hour and the hard night limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_time: Option<WorkingTimeDoc>,
    /// Caps over the whole docket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<CapsDoc>,
    /// How panels are selected; `optimise` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<Mechanism>,
    /// Number of reserves wanted for each dispute.
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

/// Which severities the parties may cure, and how.
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
    /// Of the difference in burden between sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Decimal>,
    /// Of lateness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Decimal>,
    /// Of balance: what a mediator's second dispute costs; the third costs twice that, and so on; 0.02 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Decimal>,
    /// Of rotation over the roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Decimal>,
    /// Of cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// Of changes to a previous plan.
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
    /// The sorted vector, worst first.
    Leximin,
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
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Caps over the whole docket, as shares of all appointments.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapsDoc {
    /// Largest share of one nationality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality_share: Option<Decimal>,
    /// Largest share of one bloc.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc_share: Option<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How panels are selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// The optimisation of docs/model.md.
    Optimise,
    /// Lists that parties strike and rank.
    StrikeAndRank,
    /// Sequential shortlisting.
    Shortlisting,
    /// A draw among the eligible.
    Sortition,
}

/// How well a language is spoken: the levels of the Common European Framework, and `native`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum LanguageLevel {
    /// Breakthrough.
    A1,
    /// Waystage.
    A2,
    /// Threshold.
    B1,
    /// Vantage.
    B2,
    /// Effective operational proficiency.
    C1,
    /// Mastery.
    C2,
    /// First language.
    #[serde(rename = "native")]
    Native,
}

/// A State, or another entity with nationals or territory (`X-...`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateDoc {
    /// ISO 3166-1 alpha-2 code, or `X-...`.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Region; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Blocs; descriptive until docket caps are enforced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocs: Vec<String>,
    /// Whether it is a Contracting State; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contracting: Option<bool>,
    /// Whether it is a founding member; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founding: Option<bool>,
    /// Subjects that the State has declared unsuitable for mediation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A nationality, possibly for a time: written as a State id or as an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalityDoc {
    /// The State.
    pub state: String,
    /// First day, inclusive.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
}

/// The object form of a nationality.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DatedNationality {
    /// The State.
    state: String,
    /// First day, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// Last day, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notes: Notes,
}

impl Serialize for NationalityDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.from.is_none() && self.to.is_none() {
            return serializer.serialize_str(&self.state);
        }
        DatedNationality {
            state: self.state.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            notes: None,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for NationalityDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = NationalityDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a State id or an object with `state`, `from`, `to`")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Self::Value, E> {
                Ok(NationalityDoc { state: v.to_owned(), from: None, to: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let d = DatedNationality::deserialize(MapAccessDeserializer::new(map))?;
                Ok(NationalityDoc { state: d.state, from: d.from, to: d.to })
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl JsonSchema for NationalityDoc {
    fn schema_name() -> Cow<'static, str> {
        "NationalityDoc".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let dated = generator.subschema_for::<DatedNationality>();
        json_schema!({ "anyOf": [{ "type": "string" }, dated] })
    }
}

/// What kind of body an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// A company.
    Company,
    /// A company that a State owns or controls.
    StateOwned,
    /// A law firm: its members share one identity.
    LawFirm,
    /// Barristers' chambers: independent practitioners under one roof.
    Chambers,
    /// A ministry or another organ of a State.
    Government,
    /// A third-party funder.
    Funder,
    /// A university.
    University,
    /// An intergovernmental organisation.
    Igo,
    /// A regional integration organisation.
    RegionalIntegration,
    /// A non-governmental organisation.
    Ngo,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationDoc {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: OrganisationKind,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Nationalities: incorporation and seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<NationalityDoc>,
    /// Member States or member organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// Hours on some days of the week, on the wall clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursDoc {
    /// Days on which they apply.
    pub days: Vec<Weekday>,
    /// First local time inside, `HH:MM`.
    pub from: String,
    /// First local time after, `HH:MM`, up to `24:00`.
    pub to: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A person who is not a mediator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonDoc {
    /// Id.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Nationalities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<NationalityDoc>,
    /// IANA zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Calendar of weekends and holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Hours that count as this person's working day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub working_hours: Vec<HoursDoc>,
    /// When the person is not available.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<IntervalDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A mediator of the roster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MediatorDoc {
    /// Id.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Nationalities; empty means unknown, which bars under `strict`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<NationalityDoc>,
    /// IANA zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Calendar of weekends and holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Hours that count as this person's working day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub working_hours: Vec<HoursDoc>,
    /// When the mediator is not available.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<IntervalDoc>,
    /// By which State, to which panel, for how long.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub designations: Vec<DesignationDoc>,
    /// Languages and levels.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub languages: Pairs<LanguageLevel>,
    /// Expertise by subject, 0 to 1.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub expertise: Pairs<Decimal>,
    /// How much work the mediator takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<CapacityDoc>,
    /// State of residence; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<String>,
    /// Other attributes; descriptive.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub attributes: Pairs<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A designation of a mediator to a panel by a State.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DesignationDoc {
    /// The panel.
    pub panel: String,
    /// The designating State (or organisation).
    pub by: String,
    /// First day, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How much work a mediator takes in this docket.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapacityDoc {
    /// Largest number of disputes; unlimited when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<u32>,
    /// Smallest number of disputes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_cases: Option<u32>,
    /// Largest effort in hours; unlimited when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The class of a dispute.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeClass {
    /// Between States.
    StateState,
    /// Between a State and a national of another State.
    StateInvestor,
    /// Between private parties.
    Commercial,
}

/// A panel of mediators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelDoc {
    /// Id.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The classes of disputes that its members may mediate.
    pub admits: Vec<DisputeClass>,
    /// How many mediators one State may designate at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_per_state: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

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

/// An interpreter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterpreterDoc {
    /// Id.
    pub id: String,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Nationalities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<NationalityDoc>,
    /// IANA zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Calendar of weekends and holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Hours that count as this person's working day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub working_hours: Vec<HoursDoc>,
    /// When the interpreter is not available.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<IntervalDoc>,
    /// Language pairs.
    pub pairs: Vec<LanguagePairDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A pair of languages that an interpreter works between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguagePairDoc {
    /// From this language.
    pub from: String,
    /// Into this language.
    pub to: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A relation that runs from one actor to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationDoc {
    /// Id.
    pub id: String,
    /// The actor of whom it is said.
    pub from: String,
    /// The actor to whom it points.
    pub to: String,
    /// Kind.
    pub kind: RelationKind,
    /// First day, inclusive; since ever when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Last day, inclusive; still running when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Whether it is significant; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant: Option<bool>,
    /// Share owned, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// Whether it may not be disclosed; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidential: Option<bool>,
    /// Where it is known from; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A past appointment of a mediator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentDoc {
    /// Who was appointed.
    pub mediator: String,
    /// When.
    pub date: String,
    /// By which actor, or `institution`.
    pub by: String,
    /// Parties of that case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Counsel of the party that appointed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counsel: Vec<String>,
    /// Subjects of that case; descriptive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Name of that case; descriptive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A dispute of the docket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeDoc {
    /// Id.
    pub id: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Class.
    pub class: DisputeClass,
    /// Subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Parties.
    pub parties: Vec<PartyDoc>,
    /// What panel it needs.
    pub panel: PanelSpecDoc,
    /// Languages of the proceeding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Third States that are involved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_states: Vec<ThirdStateDoc>,
    /// Related disputes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Sessions, in the order in which they are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionDoc>,
    /// Weight in the first two tiers, 1 to 1000; 1 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
    /// The date on which it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
    /// The instant by which its last session must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A party to a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyDoc {
    /// Id, unique within the dispute.
    pub id: String,
    /// The actor that is the party.
    pub actor: String,
    /// The side on which it stands; its own id by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// People who attend for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<String>,
    /// Counsel: people (who attend) and firms (who do not).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counsel: Vec<String>,
    /// Consent to mediation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentDoc>,
    /// Strikes and rankings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot: Option<BallotDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Consent of a party to mediation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentDoc {
    /// Whether it was given.
    pub given: bool,
    /// When; one of the dates on which nationality is tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A party's ballot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BallotDoc {
    /// Mediators whom the party strikes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strikes: Vec<String>,
    /// Mediators in order of preference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranking: Vec<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A third State that a dispute involves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThirdStateDoc {
    /// The State.
    pub state: String,
    /// Whether it has consented.
    pub consent: bool,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// How a panel comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentMode {
    /// The institution appoints.
    Institution,
    /// The parties agree.
    PartyAgreed,
    /// From a list that the parties strike and rank.
    List,
    /// By lot.
    Lot,
}

/// What panel a dispute needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelSpecDoc {
    /// Number of mediators, 1 to 3.
    pub size: u32,
    /// Whether one of them is chair; by default true for three, false for one and two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<bool>,
    /// How it comes about; `institution` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<AppointmentMode>,
    /// For each language, how many of the panel must speak it.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub languages: Pairs<u32>,
    /// For each subject, the expertise that at least one of the panel must have.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub expertise: Pairs<Decimal>,
    /// Whether no two of the panel may share a nationality; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distinct_nationalities: Option<bool>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The kind of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    /// A preparatory call.
    Call,
    /// The opening session.
    Opening,
    /// A joint session.
    Joint,
    /// A caucus with some of the parties.
    Caucus,
    /// The signing.
    Signing,
}

/// How people attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionMode {
    /// Everyone from where they are.
    Remote,
    /// Everyone at the place.
    InPerson,
    /// A room at the place; each may attend from where they are.
    Hybrid,
}

/// Who attends beside the panel: `all` parties, or those named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AttendeesDoc {
    /// Every party.
    #[default]
    All,
    /// These parties.
    Parties(Vec<String>),
}

impl Serialize for AttendeesDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Parties(ids) => ids.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AttendeesDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = AttendeesDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`all` or a list of party ids")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Self::Value, E> {
                if v == "all" {
                    return Ok(AttendeesDoc::All);
                }
                Err(E::custom("`all` or a list of party ids is expected"))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Self::Value, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = seq.next_element()? {
                    ids.push(id);
                }
                if ids.is_empty() {
                    return Err(A::Error::custom("at least one party id is expected"));
                }
                Ok(AttendeesDoc::Parties(ids))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl JsonSchema for AttendeesDoc {
    fn schema_name() -> Cow<'static, str> {
        "AttendeesDoc".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "const": "all" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 }
        ] })
    }
}

/// A session of a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDoc {
    /// Id, unique within the dispute.
    pub id: String,
    /// Kind.
    pub kind: SessionKind,
    /// Length, a multiple of the slot.
    pub minutes: u32,
    /// Who attends beside the panel; `all` by default.
    #[serde(default)]
    pub attendees: AttendeesDoc,
    /// How people attend; `remote` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<SessionMode>,
    /// The place, for a session in person or hybrid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Languages to be interpreted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpretation: Vec<String>,
    /// Gap to the session before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<AfterDoc>,
    /// First instant at which it may start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Instant by which it must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The gap between the end of an earlier session and the start of this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterDoc {
    /// The earlier session: the one listed just before.
    pub session: String,
    /// At least so many times 24 hours; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_days: Option<u32>,
    /// At most so many times 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// Explicit scores of one dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreDoc {
    /// The dispute.
    pub dispute: String,
    /// Fit by mediator, 0 to 1; replaces the computed fit.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub fit: Pairs<Decimal>,
    /// Effort in hours by mediator; replaces the total length of the sessions.
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub hours: Pairs<Decimal>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A waiver of a conflict by parties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverDoc {
    /// The mediator.
    pub mediator: String,
    /// The dispute.
    pub dispute: String,
    /// The rule waived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The relation waived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Parties that waive, by party id.
    pub by: Vec<String>,
    /// Whether it is express.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub express: Option<bool>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// What must hold, whatever the objective says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocksDoc {
    /// Mediators who must sit in a dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<RequireLockDoc>,
    /// Mediators who must not sit in a dispute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<ForbidLockDoc>,
    /// Sessions whose start is fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionLockDoc>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// The role of a mediator on a panel.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Chair of a panel that has one.
    Chair,
    /// Any other member.
    Member,
}

/// A mediator who must sit in a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequireLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// In this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A mediator who must not sit in a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForbidLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The mediator.
    pub mediator: String,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A session whose start is fixed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionLockDoc {
    /// The dispute.
    pub dispute: String,
    /// The session.
    pub session: String,
    /// Its start.
    pub start: String,
    /// Its place, which must be the session's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
