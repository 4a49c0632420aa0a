//! Who takes part, when and where: States, organisations, people, mediators, places, relations.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::rules::RelationKind;
use super::super::values::{Decimal, Notes, Pairs};
use super::IntervalDoc;

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
    /// Blocs, which `policy.caps` may cap.
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
    /// First date on which they count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last date on which they count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A time during which a person is away from where she usually is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StayDoc {
    /// First instant inside.
    pub start: String,
    /// First instant after.
    pub end: String,
    /// IANA zone whose wall clock she reads.
    pub time_zone: String,
    /// Calendar that holds for her there; her own when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// The place where she is, for sessions in person and journeys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
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
    /// The place where she is when she does not travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// When she is elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<StayDoc>,
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
    /// The place where she is when she does not travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// When she is elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<StayDoc>,
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
    /// The same for a founding State; as for the others when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_per_founder: Option<u32>,
    /// Whether a mediator whose designation has run out goes on in disputes in which she is
    /// required to sit; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continue_in_office: Option<bool>,
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
    /// The place where she is when she does not travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// When she is elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<StayDoc>,
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
    /// The actor to whom it points; this or `case`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The dispute, or the case of a past appointment, to which it points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
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
    /// In what capacity (`partner`, `counsel`, ...), for rules that ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What else rules may ask about it (`regular`, `listed`, `mock-trial`, ...).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
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
    /// Last day of the mandate; left out, only `date` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Name of that case, by which `related[]` and relations refer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Free remarks, ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}
