use super::*;
use crate::format::{InstanceDoc, read_instance};

/// Synthetic bids in PrefLib's form.
const BIDS: &str = "# TITLE: Synthetic bids\n# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 4\n\
                    # NUMBER VOTERS: 3\n# NUMBER UNIQUE PREFERENCES: 2\n# NUMBER CATEGORIES: 4\n\
                    # CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: Maybe\n# CATEGORY NAME 3: No\n\
                    # CATEGORY NAME 4: Conflict\n# ALTERNATIVE NAME 1: \"First\": of all\n\
                    # ALTERNATIVE NAME 3: Third\n2: {1,3},2,{},4\n1: {}, {}, {4, 1}, 2\n";

fn head(kind: &str, alternatives: usize) -> String {
    format!("# DATA TYPE: {kind}\n# NUMBER ALTERNATIVES: {alternatives}\n")
}

fn written(profile: &Profile) -> String {
    let mut text = String::new();
    profile.write(&mut text).expect("a string takes everything");
    text
}

fn document(text: &str, options: &Options) -> InstanceDoc {
    let profile = read(text.as_bytes(), options).expect("a sound file");
    read_instance(written(&profile).as_bytes()).expect("a document")
}

fn fits_of(doc: &InstanceDoc) -> Vec<(String, Vec<(String, i64)>)> {
    let row = |pairs: &crate::format::ScoreDoc| -> Vec<(String, i64)> {
        pairs.fit.iter().map(|(voter, fit)| (voter.to_owned(), fit.micro())).collect()
    };
    doc.scores.iter().map(|pairs| (pairs.dispute.clone(), row(pairs))).collect()
}

fn row(dispute: &str, pairs: &[(&str, i64)]) -> (String, Vec<(String, i64)>) {
    (dispute.to_owned(), pairs.iter().map(|(v, fit)| ((*v).to_owned(), *fit)).collect())
}

#[test]
fn bids_get_their_scores() {
    let doc = document(BIDS, &Options { cases: Some(3), min_cases: 1, ..Options::default() });
    assert_eq!(doc.mediators.len(), 3);
    let load = doc.mediators[2].capacity.clone().expect("loads");
    assert_eq!((load.cases, load.min_cases), (Some(3), Some(1)));
    let titles: Vec<_> = doc.disputes.iter().map(|d| d.title.as_deref()).collect();
    assert_eq!(titles, [Some("\"First\": of all"), None, Some("Third"), None]);
    let (yes, maybe, no) = (1_000_000, 500_000, 0);
    let expected = [
        row("a1", &[("v1", yes), ("v2", yes), ("v3", no)]),
        row("a2", &[("v1", maybe), ("v2", maybe)]),
        row("a3", &[("v1", yes), ("v2", yes)]),
        row("a4", &[("v3", no)]),
    ];
    assert_eq!(fits_of(&doc), expected);
}

#[test]
fn scores_of_categories_are_given() {
    let scores = vec![Some(900_000), None, Some(-1_000_000), Some(1)];
    let doc = document(BIDS, &Options { category_scores: Some(scores), ..Options::default() });
    let expected = [
        row("a1", &[("v1", 900_000), ("v2", 900_000), ("v3", -1_000_000)]),
        row("a2", &[("v3", 1)]),
        row("a3", &[("v1", 900_000), ("v2", 900_000)]),
        row("a4", &[("v1", 1), ("v2", 1), ("v3", -1_000_000)]),
    ];
    assert_eq!(fits_of(&doc), expected);
}

#[test]
fn orders_get_the_points_of_borda() {
    let fits = |kind: &str, n: usize, line: &str| -> Vec<i64> {
        let doc = document(&format!("{}1: {line}\n", head(kind, n)), &Options::default());
        fits_of(&doc).iter().map(|(_, pairs)| pairs[0].1).collect()
    };
    assert_eq!(fits("soc", 4, "3,1,2,4"), [200_000, 100_000, 300_000, 0]);
    assert_eq!(fits("toc", 4, "3,{1,2,4}"), [100_000, 100_000, 300_000, 100_000]);
    // Whoever is not ranked shares what is left: 1 and 0 points.
    assert_eq!(fits("soi", 4, "4,2"), [50_000, 200_000, 50_000, 300_000]);
    assert_eq!(fits("toi", 11, "{1,2}")[0..3], [950_000, 950_000, 400_000]);
    assert_eq!(fits("soi", 2, ""), [500_000, 500_000]);
    assert_eq!(fits("soc", 1, "1"), [0]);
    let profile = read(format!("{}1: 1\n", head("soi", 12)).as_bytes(), &Options::default());
    assert_eq!(profile.expect("a sound file").scale(), 100);
}

/// Every order hands out the same sum of points, ties and all.
#[test]
fn no_point_is_lost() {
    for (n, line) in [(5, "{1,2},{3,4,5}"), (5, "2"), (5, ""), (7, "{1,2,3,4,5,6,7}"), (3, "1,2")] {
        let doc = document(&format!("{}1: {line}\n", head("toi", n)), &Options::default());
        let sum: i64 = fits_of(&doc).iter().map(|(_, pairs)| pairs[0].1).sum();
        assert_eq!(sum, (n * (n - 1) / 2) as i64 * 100_000, "{line}");
    }
}

#[test]
fn nothing_makes_it_panic() {
    for end in 0..BIDS.len() {
        let _ = read(&BIDS.as_bytes()[..end], &Options::default());
        for other in [b'x', b' ', b'\n', b',', b'{', b'}', b'9', b'#', b':', 0xFF] {
            let mut broken = BIDS.as_bytes().to_vec();
            broken[end] = other;
            for kind in ["soc", "soi", "toc", "toi", "cat"] {
                let text =
                    String::from_utf8_lossy(&broken).replace("TYPE: cat", &format!("TYPE: {kind}"));
                let _ = read(text.as_bytes(), &Options::default());
            }
            if let Ok(profile) = read(&broken, &Options::default()) {
                assert!(read_instance(written(&profile).as_bytes()).is_ok(), "{end} {other}");
            }
        }
    }
}

#[test]
fn findings_are_not_endless() {
    let text = format!("{}{}", head("soi", 3), "x\n".repeat(5000));
    assert_eq!(read(text.as_bytes(), &Options::default()).expect_err("no file").len(), 1000);
}
