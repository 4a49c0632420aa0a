use proptest::prelude::*;

use super::{busy, holidays};
use crate::time::{Interval, Zone};

/// A part of a rule, mostly sound and sometimes odd.
fn part() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        -400_i32..400,
        Just(0),
        Just(i32::MAX),
        Just(i32::MIN),
        Just(65_535),
        Just(128),
        Just(-129)
    ];
    let list = proptest::collection::vec(number, 1..4)
        .prop_map(|numbers| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    let key = proptest::sample::select(vec![
        "INTERVAL",
        "COUNT",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
    ]);
    let days = "(-?[0-9]{0,5}(MO|TU|SU|XX),?){1,3}";
    prop_oneof![
        4 => (key, list).prop_map(|(key, list)| format!("{key}={list}")),
        2 => days.prop_map(|days| format!("BYDAY={days}")),
        1 => "WKST=(MO|SU|X)",
        1 => "UNTIL=(00010101|20260401T000000Z|99991231|2026)",
        1 => "[A-Z=;,0-9-]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// No rule makes the crate that expands it, or us, panic or run without end.
    #[test]
    fn no_rule_is_too_odd(
        freq in "(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY)",
        parts in proptest::collection::vec(part(), 0..4),
        start in "(0001|1970|2024|2026|9999)(01|02|12)(01|28|31)",
        time in "(T000000|T013000|T235959)(Z?)",
    ) {
        let rule = parts.iter().fold(format!("FREQ={freq}"), |rule, part| format!("{rule};{part}"));
        let horizon = Interval { start: 29_538_000, end: 29_538_000 + 60 * 24 * 60 };
        for start in [format!("{start}{time}"), start.clone()] {
            let text = format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{start}\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
            );
            let _ = busy(text.as_bytes(), Zone::parse("America/New_York"), horizon);
            let _ = holidays(text.as_bytes(), (2025, 2027));
        }
    }
}
