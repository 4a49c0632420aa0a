//! Documents with everything optional left out, to be filled in.

use crate::format::{
    AppointmentDoc, AttendeesDoc, DisputeClass, DisputeDoc, HoursDoc, INSTANCE_SCHEMA, InstanceDoc,
    IntervalDoc, MediatorDoc, NationalityDoc, OrganisationDoc, OrganisationKind, Pairs,
    PanelSpecDoc, PartyDoc, PersonDoc, PlaceDoc, RelationDoc, RelationKind, RoomDoc, SessionDoc,
    SessionKind, StateDoc, Weekday,
};

pub(crate) const MON_FRI: [Weekday; 5] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

pub(crate) fn nationalities<S: AsRef<str>>(states: &[S]) -> Vec<NationalityDoc> {
    let of = |state: &S| NationalityDoc { state: state.as_ref().to_owned(), from: None, to: None };
    states.iter().map(of).collect()
}

pub(crate) fn instance(id: &str, title: &str, as_of: String, horizon: IntervalDoc) -> InstanceDoc {
    InstanceDoc {
        schema: INSTANCE_SCHEMA.to_owned(),
        id: id.to_owned(),
        title: Some(title.to_owned()),
        as_of,
        horizon,
        slot_minutes: Some(30),
        policy: None,
        deadlines: Vec::new(),
        states: Vec::new(),
        organisations: Vec::new(),
        people: Vec::new(),
        mediators: Vec::new(),
        panels: Vec::new(),
        calendars: Vec::new(),
        places: Vec::new(),
        journeys: Vec::new(),
        interpreters: Vec::new(),
        relations: Vec::new(),
        appointments: Vec::new(),
        disputes: Vec::new(),
        scores: Vec::new(),
        waivers: Vec::new(),
        overrides: Vec::new(),
        locks: None,
        notes: None,
    }
}

pub(crate) fn state(id: &str) -> StateDoc {
    StateDoc {
        id: id.to_owned(),
        name: None,
        region: None,
        blocs: Vec::new(),
        contracting: None,
        founding: None,
        exclusions: Vec::new(),
        notes: None,
    }
}

pub(crate) fn organisation(id: String, kind: OrganisationKind, of: &[&str]) -> OrganisationDoc {
    OrganisationDoc {
        id,
        kind,
        name: None,
        nationalities: nationalities(of),
        members: Vec::new(),
        notes: None,
    }
}

pub(crate) fn person(id: String, of: &[&str]) -> PersonDoc {
    PersonDoc {
        id,
        name: None,
        nationalities: nationalities(of),
        time_zone: None,
        calendar: None,
        working_hours: Vec::new(),
        base: None,
        stays: Vec::new(),
        busy: Vec::new(),
        notes: None,
    }
}

pub(crate) fn mediator(id: String, of: &[&str]) -> MediatorDoc {
    MediatorDoc {
        id,
        name: None,
        nationalities: nationalities(of),
        time_zone: None,
        calendar: None,
        working_hours: Vec::new(),
        base: None,
        stays: Vec::new(),
        busy: Vec::new(),
        designations: Vec::new(),
        languages: Pairs::default(),
        expertise: Pairs::default(),
        capacity: None,
        residence: None,
        attributes: Pairs::default(),
        notes: None,
    }
}

pub(crate) fn hours(days: &[Weekday], from: &str, to: &str) -> HoursDoc {
    HoursDoc {
        days: days.to_vec(),
        from: from.to_owned(),
        to: to.to_owned(),
        since: None,
        until: None,
        notes: None,
    }
}

/// A place that is open from Monday to Friday, with `rooms` rooms of `seats` seats.
pub(crate) fn place(id: &str, zone: &str, open: (&str, &str), rooms: u32, seats: u32) -> PlaceDoc {
    let room = |n| RoomDoc { id: format!("room-{n}"), seats: Some(seats), notes: None };
    PlaceDoc {
        id: id.to_owned(),
        name: None,
        time_zone: zone.to_owned(),
        calendar: Some(id.to_owned()),
        opening_hours: vec![hours(&MON_FRI, open.0, open.1)],
        rooms: (1..=rooms).map(room).collect(),
        notes: None,
    }
}

pub(crate) fn relation(id: String, from: &str, kind: RelationKind, to: &str) -> RelationDoc {
    RelationDoc {
        id,
        from: from.to_owned(),
        to: Some(to.to_owned()),
        case: None,
        kind,
        start: None,
        end: None,
        significant: None,
        share: None,
        role: None,
        tags: Vec::new(),
        confidential: None,
        source: None,
        notes: None,
    }
}

pub(crate) fn appointment(mediator: &str, date: String, by: &str) -> AppointmentDoc {
    AppointmentDoc {
        mediator: mediator.to_owned(),
        date,
        by: by.to_owned(),
        parties: Vec::new(),
        counsel: Vec::new(),
        subjects: Vec::new(),
        end: None,
        case: None,
        notes: None,
    }
}

pub(crate) fn dispute(id: String, class: DisputeClass, size: u32) -> DisputeDoc {
    DisputeDoc {
        id,
        title: None,
        class,
        subjects: Vec::new(),
        parties: Vec::new(),
        panel: PanelSpecDoc {
            size,
            chair: None,
            mode: None,
            languages: Pairs::default(),
            expertise: Pairs::default(),
            distinct_nationalities: None,
            notes: None,
        },
        languages: Vec::new(),
        third_states: Vec::new(),
        related: Vec::new(),
        sessions: Vec::new(),
        priority: None,
        opened: None,
        due: None,
        deadlines: None,
        notes: None,
    }
}

pub(crate) fn party(id: &str, actor: &str) -> PartyDoc {
    PartyDoc {
        id: id.to_owned(),
        actor: actor.to_owned(),
        side: None,
        representatives: Vec::new(),
        counsel: Vec::new(),
        experts: Vec::new(),
        consent: None,
        ballot: None,
        notes: None,
    }
}

pub(crate) fn session(id: &str, kind: SessionKind, minutes: u32) -> SessionDoc {
    SessionDoc {
        id: id.to_owned(),
        kind,
        minutes,
        attendees: AttendeesDoc::All,
        mode: None,
        place: None,
        breakout_rooms: None,
        interpretation: Vec::new(),
        after: None,
        not_before: None,
        due: None,
        notes: None,
    }
}
