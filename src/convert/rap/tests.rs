use super::*;
use crate::format::read_instance;

const SMALL: &str = "3 4\n3 1 2\n2 2 1 4294967295\n0 1 0 2\n4 0:9000 1:-500 2:1 3:10000\n1 3:7250\n2 1:0 0:-10000\n";

fn written(set: &Set<'_>) -> String {
    let mut text = String::new();
    set.write(&mut text).expect("a string takes everything");
    text
}

#[test]
fn every_number_gets_through() {
    let set = read(SMALL.as_bytes()).expect("a sound set");
    assert_eq!((set.papers(), set.reviewers()), (3, 4));
    let doc = read_instance(written(&set).as_bytes()).expect("a document");
    let loads: Vec<_> = doc.mediators.iter().map(|m| m.capacity.clone().expect("loads")).collect();
    assert_eq!(loads.iter().map(|c| c.cases).collect::<Vec<_>>(), [2, 2, 1, u32::MAX].map(Some));
    let least: Vec<_> = loads.iter().map(|c| c.min_cases).collect();
    assert_eq!(least, [None, Some(1), None, Some(2)]);
    assert_eq!(doc.disputes.iter().map(|d| d.panel.size).collect::<Vec<_>>(), [3, 1, 2]);
    let fits: Vec<(&str, Vec<(&str, i64)>)> = doc
        .scores
        .iter()
        .map(|s| (s.dispute.as_str(), s.fit.iter().map(|(r, f)| (r, f.micro())).collect()))
        .collect();
    assert_eq!(fits[0].1, [("r0", 900_000), ("r1", -50_000), ("r2", 100), ("r3", 1_000_000)]);
    assert_eq!(fits[1].1, [("r3", 725_000)]);
    assert_eq!(fits[2], ("p2", vec![("r1", 0), ("r0", -1_000_000)]));
}

#[test]
fn decimals_are_short_and_exact() {
    for value in -10_000..=10_000 {
        let mut text = String::new();
        decimal(value, &mut text).expect("a string takes everything");
        let read: f64 = text.parse().expect("a number");
        assert_eq!((read * 1e4).round() as i64, value, "{text}");
        assert!(!text.contains('.') || !text.ends_with('0'), "{text}");
    }
}

#[test]
fn nothing_makes_it_panic() {
    let bytes = SMALL.as_bytes();
    for end in 0..bytes.len() {
        let _ = read(&bytes[..end]);
        for other in [b'x', b' ', b'\n', b':', b'-', 0xFF] {
            let mut broken = bytes.to_vec();
            broken[end] = other;
            if let Ok(set) = read(&broken) {
                assert!(read_instance(written(&set).as_bytes()).is_ok(), "{end} {other}");
            }
        }
    }
}

#[test]
fn findings_are_not_endless() {
    let findings = read(&[b'a', b' '].repeat(100_000)).expect_err("no set");
    assert!(findings.len() <= MOST_FINDINGS);
}
