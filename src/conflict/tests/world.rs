//! Small instances for tests, made without documents.

use crate::conflict::{ConflictGraph, ConflictTable, Finding, screen};
use crate::domain::{
    Actor, ActorIx, ActorKind, Appointment, Consent, Designation, Dispute, DisputeIx, Instance,
    InstanceParts, Journeys, Mediator, MediatorIx, Nationality, PanelIx, PanelSpec, Party, Policy,
    Relation, Selection, Weights,
};
use crate::format::{
    AppointmentMode, ConsentNeeded, DisputeClass, Mechanism, NationalityPolicy, NodeKind,
    RelationKind, RulesDoc,
};
use crate::time::{Date, DateSpan, SlotGrid, parse_date};
use crate::validate::tests::default_profile;

/// The `as_of` of every world.
pub(crate) const AS_OF: &str = "2026-01-15";

pub(crate) fn date(text: &str) -> Date {
    parse_date(text).expect("a date")
}

/// A span of dates; an empty text leaves it open.
pub(crate) fn span(first: &str, last: &str) -> DateSpan {
    DateSpan { first: parse_date(first), last: parse_date(last) }
}

pub(crate) fn strict() -> RulesDoc {
    default_profile()
}

/// An instance in the making.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) parts: InstanceParts,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with_rules(strict())
    }

    pub(crate) fn with_rules(rules: RulesDoc) -> Self {
        let weights = Weights {
            fit: 1_000_000,
            burden: 200,
            fairness: 0,
            lateness: 0,
            balance: 20_000,
            rotation: 0,
            disruption: 0,
        };
        let policy = Policy {
            only_scored: false,
            rules,
            consent: Consent {
                orange: ConsentNeeded::Disclosure,
                waivable_red: ConsentNeeded::AllExpress,
            },
            nationality: [NationalityPolicy::Strict; 3],
            institution: None,
            weights,
            bands: Vec::new(),
            rest_day_cost: None,
            worse_off_first: false,
            worst_first: false,
            levels: Vec::new(),
            reserves: 0,
            rest_minutes: 0,
            day_minutes: None,
            rotation_years: 3,
            freeze_days: 0,
            selection: Selection {
                mechanism: Mechanism::Optimise,
                names: None,
                strikes: None,
                pair_cap: 500_000,
                commitment: None,
            },
        };
        let parts = InstanceParts {
            id: "world".into(),
            words: Vec::new(),
            digest: String::new(),
            as_of: date(AS_OF),
            grid: SlotGrid::new(0, 30, 480),
            policy,
            actors: Vec::new(),
            actor_names: Vec::new(),
            mediators: Vec::new(),
            clocks: Vec::new(),
            places: Vec::new(),
            place_names: Vec::new(),
            journeys: Journeys::default(),
            interpreters: Vec::new(),
            panels: Vec::new(),
            languages: vec!["en".into(), "fr".into()],
            subjects: vec!["trade".into(), "water".into(), "fish".into()],
            relations: Vec::new(),
            relation_names: Vec::new(),
            appointments: Vec::new(),
            caps: Vec::new(),
            disputes: Vec::new(),
            dispute_names: Vec::new(),
        };
        Self { parts }
    }

    fn actor(&mut self, name: &str, kind: ActorKind) -> ActorIx {
        self.parts.actors.push(Actor {
            kind,
            node: match kind {
                ActorKind::State => NodeKind::State,
                ActorKind::Organisation => NodeKind::Company,
                ActorKind::Person | ActorKind::Interpreter(_) => NodeKind::Person,
                ActorKind::Mediator(_) => NodeKind::Mediator,
                ActorKind::Case => NodeKind::Dispute,
            },
            nationalities: Vec::new(),
            members: Vec::new(),
            clock: None,
            busy: Vec::new(),
            base: None,
            stays: Vec::new(),
        });
        self.parts.actor_names.push(name.into());
        ActorIx::new(self.parts.actors.len() - 1)
    }
    pub(crate) fn state(&mut self, name: &str) -> ActorIx {
        self.actor(name, ActorKind::State)
    }
    pub(crate) fn organisation(&mut self, name: &str) -> ActorIx {
        self.actor(name, ActorKind::Organisation)
    }
    pub(crate) fn person(&mut self, name: &str) -> ActorIx {
        self.actor(name, ActorKind::Person)
    }
    /// A mediator who is a national of `states`, always.
    pub(crate) fn mediator(&mut self, name: &str, states: &[ActorIx]) -> MediatorIx {
        let mediator = MediatorIx::new(self.parts.mediators.len());
        let actor = self.actor(name, ActorKind::Mediator(mediator));
        self.parts.mediators.push(Mediator {
            actor,
            designations: Vec::new(),
            languages: Vec::new(),
            expertise: Vec::new(),
            cases: None,
            least: 0,
            minutes: None,
            recent: 0,
        });
        for state in states {
            self.national(actor, *state, span("", ""));
        }
        mediator
    }
    pub(crate) fn of(&self, mediator: MediatorIx) -> ActorIx {
        self.parts.mediators[mediator.ix()].actor
    }
    pub(crate) fn national(&mut self, actor: ActorIx, state: ActorIx, span: DateSpan) {
        self.parts.actors[actor.ix()].nationalities.push(Nationality { state, span });
    }
    pub(crate) fn member(&mut self, organisation: ActorIx, member: ActorIx) {
        self.parts.actors[organisation.ix()].members.push(member);
    }
    pub(crate) fn designate(&mut self, mediator: MediatorIx, by: ActorIx, span: DateSpan) {
        let designation = Designation { panel: PanelIx(0), by, span };
        self.parts.mediators[mediator.ix()].designations.push(designation);
    }
    /// Adds a relation `r<position>`; the caller may change what is returned.
    pub(crate) fn relate(
        &mut self,
        from: ActorIx,
        kind: RelationKind,
        to: ActorIx,
    ) -> &mut Relation {
        let position = self.parts.relations.len();
        self.parts.relation_names.push(format!("r{position}"));
        self.parts.relations.push(Relation {
            from,
            to,
            kind,
            span: DateSpan::default(),
            significant: false,
            share: None,
            role: None,
            tags: Vec::new(),
            confidential: false,
        });
        &mut self.parts.relations[position]
    }
    /// Adds a dispute between these actors.
    pub(crate) fn dispute(&mut self, parties: &[ActorIx]) -> DisputeIx {
        let position = self.parts.disputes.len();
        let parties = parties.iter().enumerate().map(|(i, actor)| Party {
            id: format!("p{i}"),
            actor: *actor,
            side: i as u32,
            experts: Vec::new(),
            representatives: Vec::new(),
            counsel: Vec::new(),
            attendees: Vec::new(),
            strikes: Vec::new(),
            ranking: Vec::new(),
        });
        self.parts.disputes.push(Dispute {
            class: DisputeClass::StateInvestor,
            subjects: Vec::new(),
            parties: parties.collect(),
            panel: PanelSpec {
                size: 1,
                chair: false,
                languages: Vec::new(),
                expertise: Vec::new(),
                distinct_nationalities: false,
                required: Vec::new(),
                forbidden: Vec::new(),
            },
            mode: AppointmentMode::Institution,
            // `seal` makes the nodes of the disputes.
            node: ActorIx(0),
            third_states: Vec::new(),
            related: Vec::new(),
            cures: Vec::new(),
            languages: Vec::new(),
            sessions: Vec::new(),
            priority: 1,
            opened: None,
            test_dates: vec![date(AS_OF)],
            gates: Vec::new(),
            sides: Vec::new(),
            deadlines: Vec::new(),
            fit: Vec::new(),
            effort: Vec::new(),
        });
        self.parts.dispute_names.push(format!("d{position}"));
        DisputeIx::new(position)
    }
    pub(crate) fn docket(&mut self, dispute: DisputeIx) -> &mut Dispute {
        &mut self.parts.disputes[dispute.ix()]
    }
    pub(crate) fn appoint(
        &mut self,
        mediator: MediatorIx,
        on: &str,
        by: Option<ActorIx>,
        counsel: &[ActorIx],
    ) {
        let counsel = counsel.to_vec();
        self.parts.appointments.push(Appointment {
            mediator,
            date: date(on),
            by,
            counsel,
            parties: Vec::new(),
            case: None,
            end: date(on),
        });
    }

    pub(crate) fn seal(&self) -> Instance {
        let mut world = Self { parts: self.parts.clone() };
        for position in 0..world.parts.disputes.len() {
            let name = world.parts.dispute_names[position].clone();
            world.parts.disputes[position].node = world.actor(&name, ActorKind::Case);
        }
        Instance::seal(world.parts)
    }
    pub(crate) fn screen(&self) -> Screened {
        let instance = self.seal();
        let graph = ConflictGraph::build(&instance);
        let table = screen(&instance, &graph);
        Screened { instance, table }
    }
}

/// An instance with its conflict table.
pub(crate) struct Screened {
    pub(crate) instance: Instance,
    pub(crate) table: ConflictTable,
}

impl Screened {
    /// The finding of a rule about a pair.
    pub(crate) fn finding(&self, d: DisputeIx, m: MediatorIx, rule: &str) -> Option<&Finding> {
        self.table.findings(d, m).iter().find(|f| self.table.rule_id(f.rule) == rule)
    }
    /// The rules that found something about a pair.
    pub(crate) fn rules(&self, d: DisputeIx, m: MediatorIx) -> Vec<&str> {
        self.table.findings(d, m).iter().map(|f| self.table.rule_id(f.rule)).collect()
    }
    /// The witness of a finding as text.
    pub(crate) fn path(&self, finding: &Finding) -> String {
        let mut text = String::new();
        for step in finding.witness.iter() {
            let doc = step.to_doc(&self.instance);
            let kind = serde_json::to_value(doc.kind).expect("a word");
            let kind = kind.as_str().expect("a word");
            if text.is_empty() {
                text.push_str(&doc.from);
            }
            let arrow = if doc.backward { format!(" <-{kind}- ") } else { format!(" -{kind}-> ") };
            text.push_str(&arrow);
            text.push_str(&doc.to);
        }
        text
    }
}
