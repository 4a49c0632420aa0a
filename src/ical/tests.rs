use proptest::prelude::*;

use super::{Span, Stamp, Writer, escape, parse_offset, parse_span, parse_stamp, read, unescape};

#[test]
fn components_and_lines() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE;X=\"a;b:c\",d\r\n :2026\r\n\t0302\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let calendars = read(text.as_bytes()).expect("a calendar");
    let event = calendars[0].inside("VEVENT").next().expect("an event");
    let start = event.get("DTSTART").expect("a start");
    assert_eq!((event.line, start.line, start.value.as_str()), (4, 5, "20260302"));
    assert_eq!(start.params[1], ("X".to_owned(), vec!["a;b:c".to_owned(), "d".to_owned()]));
}

#[test]
fn a_fold_may_split_a_character() {
    let text = b"BEGIN:VCALENDAR\nX-A:caf\xC3\n \xA9\nEND:VCALENDAR\n";
    let calendars = read(text).expect("a calendar");
    assert_eq!(calendars[0].properties[0].value, "café");
}

#[test]
fn every_broken_line_is_found() {
    let text = "BEGIN:VCALENDAR\nno colon\nX;Y:1\nEND:VEVENT\n";
    let findings = read(text.as_bytes()).expect_err("broken");
    let lines: Vec<_> = findings.iter().filter_map(|f| f.position).map(|p| p.0).collect();
    assert_eq!(lines, [2, 3, 4]);
    for text in ["", "\n\n", "BEGIN:VEVENT\nEND:VEVENT\n", "X:1\n", "BEGIN:VCALENDAR\n"] {
        assert_eq!(read(text.as_bytes()).expect_err("broken").len(), 1, "{text:?}");
    }
    let deep = "BEGIN:VCALENDAR\n".repeat(1_000_000);
    assert!(read(deep.as_bytes()).is_err());
}

#[test]
fn values() {
    assert!(matches!(parse_stamp("20260302"), Some(Stamp::Day(_))));
    assert!(parse_stamp("20260302T240000").is_none());
    assert!(matches!(parse_stamp("20260302T235960Z"), Some(Stamp::Utc(_))));
    for bad in ["", "2026-03-02", "20260230", "00000101", "20260302T0900", "20260302T0900é", "T"] {
        assert_eq!(parse_stamp(bad), None, "{bad}");
    }
    assert_eq!(parse_span("P1DT2H30M"), Some(Span { days: 1, seconds: 9000 }));
    assert_eq!(parse_span("P2W"), Some(Span { days: 14, seconds: 0 }));
    for bad in ["", "P", "PT", "P1", "1H", "-PT1H", "PT1D", "P1H", "PT1H1", "P999999999W", "P1é"] {
        assert_eq!(parse_span(bad), None, "{bad}");
    }
    assert_eq!(parse_offset("+0545"), Some(20_700));
    assert_eq!(parse_offset("-033045"), Some(-12_645));
    for bad in ["", "0100", "+1", "+2500", "é0100", "+01é0"] {
        assert_eq!(parse_offset(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn text_comes_back_and_lines_are_short(text in "\\PC{0,300}") {
        let mut writer = Writer::default();
        writer.line("BEGIN", "VCALENDAR");
        writer.text("SUMMARY", &text);
        writer.line("END", "VCALENDAR");
        let written = writer.finish();
        prop_assert!(written.ends_with("\r\n"));
        for line in written.trim_end_matches("\r\n").split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let calendars = read(written.as_bytes()).expect("a calendar");
        prop_assert_eq!(unescape(&calendars[0].properties[0].value), text);
    }

    #[test]
    fn line_breaks_survive(lines in proptest::collection::vec("[ -~]{0,40}", 1..5)) {
        let text = lines.join("\n");
        prop_assert_eq!(unescape(&escape(&text)), text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }
}
