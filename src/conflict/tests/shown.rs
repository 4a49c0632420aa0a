//! What the secretariat sees.

use super::world::{Screened, World, span};
use crate::conflict::show::{Filter, dot, json, text};
use crate::domain::{DisputeIx, MediatorIx};
use crate::format::RelationKind as K;

fn shown() -> Screened {
    let mut w = World::new();
    let ke = w.state("KE");
    let fr = w.state("FR");
    let ministry = w.organisation("ministry");
    w.relate(ministry, K::OrganOf, ke);
    let anna = w.mediator("anna", &[ke]);
    let ben = w.mediator("ben", &[fr]);
    let cleo = w.mediator("cleo", &[fr]);
    w.mediator("dora", &[fr]);
    let eli = w.mediator("eli", &[]);
    let (at_anna, at_ben, at_cleo) = (w.of(anna), w.of(ben), w.of(cleo));
    let secret = w.relate(at_ben, K::CounselFor, ministry);
    secret.span = span("", "2025-01-01");
    secret.confidential = true;
    w.relate(at_anna, K::Family, at_cleo);
    w.appoint(cleo, "2025-01-01", Some(ministry), &[]);
    w.appoint(cleo, "2025-01-01", Some(ministry), &[]);
    let zz = w.state("ZZ");
    let d = w.dispute(&[ministry, zz]);
    w.docket(d).parties[1].representatives = vec![w.of(eli)];
    w.screen()
}

#[test]
fn as_text() {
    let s = shown();
    let expected = "\
dispute d0
  barred: 3
    anna
      nationality (non-waivable-red)
        anna -nationality-> KE <-organ-of (r0)- ministry
    ben
      past-counsel (orange), undisclosable
        ben -counsel-for (r1) [confidential]-> ministry
    eli
      own-cause
      nationality-unknown
      party-office (non-waivable-red)
        eli -represents-> ZZ
      past-service (orange)
        eli -represents-> ZZ
  to be disclosed: 1
    cleo
      repeat-party (orange): 2 appointments through ministry
  noted, no duty to disclose: 0
  clear: 1

not on one panel: 1
  anna and cleo
      co-panel-family (waivable-red)
        anna -family (r2)-> cleo
";
    assert_eq!(text(&s.instance, &s.table, Filter::default()), expected);
}

#[test]
fn filtered() {
    let s = shown();
    let filter =
        Filter { dispute: Some(DisputeIx(0)), mediator: Some(MediatorIx(3)), for_parties: false };
    let text = text(&s.instance, &s.table, filter);
    assert!(text.contains("barred: 0") && text.contains("clear: 1"), "{text}");
    assert!(text.ends_with("not on one panel: 0\n"), "{text}");
}

#[test]
fn as_json() {
    let s = shown();
    let value: serde_json::Value =
        serde_json::from_str(&json(&s.instance, &s.table, Filter::default())).expect("json");
    assert_eq!(value["disputes"][0]["barred"][1]["findings"][0]["undisclosable"], true);
    assert_eq!(value["disputes"][0]["barred"][1]["findings"][0]["path"][0]["confidential"], true);
    assert_eq!(value["pairs"][0]["mediators"][1], "cleo");
}

#[test]
fn as_dot() {
    let s = shown();
    let dot = dot(&s.instance, &s.table, Filter::default());
    for line in [
        r#""dispute d0 / anna" [shape=box, label="anna\nnon-waivable-red: nationality"];"#,
        r#""dispute d0 / ministry" [label="ministry\nparty p0"];"#,
        r#""dispute d0 / ministry" -> "dispute d0 / KE" [label="organ-of\n(r0)"];"#,
        r#"[label="counsel-for\n(r1)\n[confidential]"];"#,
        r#""dispute d0 / ministry" -> "dispute d0 / cleo" [style=dashed, label="2 appointments"];"#,
    ] {
        assert!(dot.contains(line), "{line}\n{dot}");
    }
    assert_eq!(dot.matches('{').count(), dot.matches('}').count());
}
