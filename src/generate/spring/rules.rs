//! The policy, and the house's own procedural calendar.

use crate::format::{
    BurdenSharing, DayCount, DeadlineSets, DeadlineStepDoc, DeadlinesDoc, Decimal, Lateness,
    OnRestDay, PolicyDoc, SessionChoice, TravelDoc, WeightsDoc, WorkloadDoc,
};

/// Rest, daily limits, journeys with recovery, and burden shared by weight.
pub(super) fn policy() -> PolicyDoc {
    PolicyDoc {
        weights: Some(WeightsDoc { fairness: Some(Decimal(200)), ..WeightsDoc::default() }),
        burden_sharing: Some(BurdenSharing::Weighed),
        workload: Some(WorkloadDoc { rest_minutes: Some(30), day_minutes: Some(360), notes: None }),
        travel: Some(TravelDoc {
            default_minutes: Some(1440),
            recovery_from_minutes: Some(600),
            recovery_minutes: Some(720),
            notes: Some("assumed: half a day after a journey of ten hours or more".into()),
        }),
        ..PolicyDoc::default()
    }
}

/// The rules of ICSID with one more step, which is priced: the last session in eight weeks.
pub(super) fn deadlines() -> DeadlinesDoc {
    let step = |id: &str, text: &str, from: &str, days, count| DeadlineStepDoc {
        id: id.to_owned(),
        text: Some(text.to_owned()),
        from: from.to_owned(),
        days,
        count: Some(count),
        on_rest_day: Some(OnRestDay::Next),
        sets: None,
        session: None,
        lateness: None,
        notes: None,
    };
    let mut last =
        step("settlement", "the last session is held", "transmittal", 28, DayCount::Working);
    last.sets = Some(DeadlineSets::Due);
    last.session = Some(SessionChoice::Last);
    last.lateness = Some(Lateness::Priced);
    DeadlinesDoc {
        id: "hong-kong".to_owned(),
        title: Some("ICSID Mediation Rules 2022, with a time for settlement".to_owned()),
        source: Some("ICSID Mediation Rules 2022; the step `settlement` is made up".to_owned()),
        extends: Some("icsid-mediation-2022".to_owned()),
        time_zone: "Asia/Hong_Kong".to_owned(),
        calendar: Some("hong-kong".to_owned()),
        steps: vec![last],
        notes: None,
    }
}
