//! What the secretariat sees.

use super::world::{Screened, World, span};
use crate::conflict::show::svg::{gather, place};
use crate::conflict::show::{Filter, dot, json, overview, svg, text};
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
      repeat-party (orange): 2 times through ministry
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
        r#""dispute d0 / ministry" -> "dispute d0 / cleo" [style=dashed, label="2 times"];"#,
    ] {
        assert!(dot.contains(line), "{line}\n{dot}");
    }
    assert_eq!(dot.matches('{').count(), dot.matches('}').count());
}

/// A scene with several paths, some of them secret, and names that XML must not take as markup.
fn pictured() -> (World, DisputeIx) {
    let mut w = World::new();
    let (ke, fr) = (w.state("KE"), w.state("FR"));
    let firm = w.organisation("firm <&\"> co");
    let people: Vec<_> = (0..60).map(|i| w.mediator(&format!("m{i}"), &[])).collect();
    let d = w.dispute(&[ke, fr]);
    w.docket(d).parties[0].counsel = vec![firm];
    for (i, m) in people.iter().enumerate() {
        let actor = w.of(*m);
        match i % 4 {
            0 => w.national(actor, ke, crate::time::DateSpan::default()),
            1 => {
                w.relate(actor, K::MemberOf, firm);
            }
            2 => {
                let helper = w.organisation(&format!("helper-{i}"));
                w.relate(actor, K::CounselFor, helper);
                w.relate(helper, K::Controls, fr);
            }
            _ => w.relate(actor, K::CounselAgainst, fr).confidential = true,
        }
    }
    (w, d)
}

#[test]
fn the_picture_is_whole_and_nothing_overlaps() {
    let (w, d) = pictured();
    let screened = w.screen();
    let instance = &screened.instance;
    let filter = Filter { dispute: Some(d), ..Filter::default() };
    let view = &overview(instance, &screened.table, filter).disputes[0];
    let mut picture = gather(instance, d, view);
    place(&mut picture);
    let drawn: Vec<&String> = picture.nodes.values().flat_map(|node| &node.lines).collect();
    let named = view
        .barred
        .iter()
        .filter(|m| drawn.iter().any(|line| line.split(", ").any(|name| name == m.mediator)))
        .count();
    assert_eq!(named + picture.left_out, view.barred.len(), "everyone is drawn or counted");
    let boxes: Vec<_> = picture.nodes.values().collect();
    for (i, a) in boxes.iter().enumerate() {
        for b in &boxes[i + 1..] {
            let apart = a.x + a.width < b.x
                || b.x + b.width < a.x
                || a.y + a.height < b.y
                || b.y + b.height < a.y;
            assert!(apart, "{a:?} {b:?}");
        }
    }
    let text = svg(instance, &screened.table, d, filter);
    assert_eq!(text, svg(instance, &screened.table, d, filter));
    assert!(text.contains("firm &lt;&amp;&quot;&gt; co") && !text.contains("<&"));
    for tag in ["svg", "g", "title", "text", "defs", "marker"] {
        let opened =
            text.matches(&format!("<{tag}>")).count() + text.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, text.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

/// For the parties: no rule, no path, no relation of what may not be disclosed, in any form.
#[test]
fn the_parties_are_told_nothing_secret() {
    let (w, d) = pictured();
    let screened = w.screen();
    let instance = &screened.instance;
    let secret: Vec<&str> = instance
        .relations()
        .iter()
        .enumerate()
        .filter(|(_, relation)| relation.confidential)
        .map(|(position, _)| instance.relation_name(position))
        .collect();
    assert!(!secret.is_empty());
    let filter = Filter { dispute: Some(d), for_parties: true, ..Filter::default() };
    let (table, all) = (&screened.table, Filter { for_parties: false, ..filter });
    let forms = |filter: Filter| {
        [
            text(instance, table, filter),
            json(instance, table, filter),
            dot(instance, table, filter),
            svg(instance, table, d, filter),
        ]
    };
    for told in forms(filter) {
        assert!(told.contains("undisclosable"));
        assert!(!told.contains("past-adverse") && !told.contains("counsel-against"));
        for relation in &secret {
            let words = told.split(|c: char| !c.is_alphanumeric());
            assert!(words.into_iter().all(|word| word != *relation), "{relation}");
        }
    }
    assert!(forms(all).iter().all(|told| told.contains("past-adverse")));
}
