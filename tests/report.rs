//! The report: what each reader may know, in which words, and that the page is whole.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use comity::check::{self, Verdict};
use comity::format::{
    AttendeesDoc, InstanceDoc, SolutionDoc, canonical_digest, read_instance, read_solution,
    to_json_string,
};
use comity::pipeline::Screened;
use comity::report::{Language, Reader, Source, report};
use common::{Lots, batch, bytes, screened, solve_without_checking_the_answer};
use serde_json::{Value, json};

/// Marks every string that is made up by `secretive`, so that it can be found wherever it leaks.
const TOKEN: &str = "zzq";

/// A page for a reader.
fn page(
    instance: &InstanceDoc,
    solution: &SolutionDoc,
    reader: &Reader,
    language: Language,
) -> String {
    let screened = screen(instance, solution);
    let verdict = Verdict::default();
    let source = Source {
        document: instance,
        screened: &screened,
        solution,
        solution_digest: "masked",
        verdict: &verdict,
    };
    report(&source, reader, language).expect("the reader is a party")
}

fn screen(instance: &InstanceDoc, solution: &SolutionDoc) -> Screened {
    let screened = screened(instance);
    match &solution.from {
        Some(from) => screened.keeping_to(from.clone()),
        None => screened,
    }
}

/// A small random docket full of secrets: every id, name, title, remark and source is a token of
/// its own; each dispute has a caucus of each side; mediators have confidential relations.
fn secretive(seed: u64) -> Value {
    let mut lots = Lots::new(seed ^ 0x5EC2);
    let mut document = batch::document(seed);
    document["horizon"]["end"] = json!("2026-03-06T18:00:00Z");
    document["title"] = json!("zzqti99z");
    let mediators = document["mediators"].as_array().map_or(0, Vec::len);
    let people = document["people"].as_array().map_or(0, Vec::len);
    let places = document["places"].as_array_mut().into_iter().flatten();
    places.for_each(|place| {
        place["opening_hours"][0]["days"] = json!(["mon", "tue", "wed", "thu", "fri"]);
    });
    for (n, dispute) in document["disputes"].as_array_mut().into_iter().flatten().enumerate() {
        dispute["title"] = json!(format!("zzqti{n:02}z"));
        dispute["notes"] = json!(format!("zzqno{n:02}z"));
        let sessions = dispute["sessions"].as_array_mut().expect("a list");
        for (party, id) in [("a", "ca"), ("b", "cb")] {
            sessions.push(json!({
                "id": id, "kind": "caucus", "minutes": 60, "attendees": [party],
                "notes": format!("zzqcn{n:02}{party}z"),
            }));
        }
        sessions.push(json!({ "id": "last", "kind": "signing", "minutes": 60 }));
    }
    let relations = document["relations"].as_array_mut().expect("a list");
    for n in 0..4 {
        let mediator = format!("m{}", lots.below(mediators));
        let kind = *lots.pick(&["friend", "family", "advises", "counsel-for"]);
        let other = match kind {
            "friend" | "family" => format!("p{}", lots.below(people)),
            _ => (*lots.pick(&["KE", "BR", "firm"])).to_owned(),
        };
        relations.push(json!({
            "id": format!("conf-{n}"), "from": mediator, "to": other, "kind": kind,
            "confidential": true, "source": format!("zzqso{n:02}z"), "notes": format!("zzqcf{n:02}z"),
        }));
    }
    let sections = ["states", "organisations", "people", "mediators", "places"];
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for section in sections {
        for one in document[section].as_array_mut().into_iter().flatten() {
            let id = one["id"].as_str().expect("an id").to_owned();
            let number = renamed.len();
            let prefix = if section == "states" { "X-" } else { "" };
            one["name"] = json!(format!("zzqna{number:02}z"));
            renamed.insert(id, format!("{prefix}zzqid{number:02}z"));
        }
    }
    let named = ["disputes", "relations"].map(|section| document[section].clone());
    for one in named.iter().flat_map(|list| list.as_array().into_iter().flatten()) {
        let ids = one["sessions"].as_array().into_iter().flatten().chain([one]);
        for id in ids.filter_map(|one| one["id"].as_str()) {
            let number = renamed.len();
            renamed.entry(id.to_owned()).or_insert(format!("zzqid{number:02}z"));
        }
    }
    rename(&document, &|text| renamed.get(text).cloned())
}

/// The document with every string (keys too) that `to` renames.
fn rename(value: &Value, to: &impl Fn(&str) -> Option<String>) -> Value {
    match value {
        Value::String(text) => json!(to(text).unwrap_or_else(|| text.clone())),
        Value::Array(list) => list.iter().map(|one| rename(one, to)).collect(),
        Value::Object(object) => {
            let renamed = object
                .iter()
                .map(|(key, one)| (to(key).unwrap_or_else(|| key.clone()), rename(one, to)));
            Value::Object(renamed.collect())
        }
        other => other.clone(),
    }
}

/// All tokens in a text.
fn tokens(text: &str) -> BTreeSet<&str> {
    let starts = text.match_indices(TOKEN).map(|(at, _)| at);
    starts
        .filter_map(|at| {
            text[at..].split_inclusive('z').nth(2).map(|_| {
                let end = text[at + 3..].find('z').map_or(text.len(), |end| at + 3 + end + 1);
                &text[at..end]
            })
        })
        .collect()
}

/// What a party of a dispute may see of a docket, worked out from the documents by themselves: its
/// own dispute, who is party to it, its own people, the panel and whoever attends a session beside
/// it, where these are, and what is disclosed.
fn allowed(instance: &InstanceDoc, solution: &SolutionDoc, own: (&str, &str)) -> BTreeSet<String> {
    let (dispute_id, party_id) = own;
    let mut ids: BTreeSet<&str> = BTreeSet::from([dispute_id]);
    let dispute = instance.disputes.iter().find(|d| d.id == dispute_id).expect("it is there");
    for party in &dispute.parties {
        ids.insert(&party.actor);
        if party.id == party_id {
            ids.extend(party.representatives.iter().chain(&party.counsel).map(String::as_str));
        }
    }
    for assignment in solution.assignments.iter().filter(|a| a.dispute == dispute_id) {
        for seat in &assignment.panel {
            ids.insert(&seat.mediator);
            let mut roster = instance.mediators.iter();
            let known = roster.find(|m| m.id == seat.mediator).expect("she is on the roster");
            ids.extend(known.nationalities.iter().map(|n| n.state.as_str()));
            ids.extend(known.designations.iter().map(|d| d.by.as_str()));
        }
        let others: BTreeSet<&str> = instance.disputes.iter().map(|d| d.id.as_str()).collect();
        for disclosure in &assignment.disclosures {
            let ends = disclosure.path.iter().flat_map(|step| [&step.from, &step.to]);
            let whose = disclosure.target.iter();
            let told = ends.chain(whose).map(String::as_str);
            ids.extend(told.filter(|id| *id == dispute_id || !others.contains(id)));
        }
    }
    for session in sessions_of(instance, solution, own, true) {
        ids.extend(session.local.iter().map(|(id, _)| id));
        ids.extend(session.place.as_deref());
        ids.extend(session.room.iter().chain(&session.breakout_rooms).map(String::as_str));
    }
    let document = serde_json::to_value(instance).expect("a document");
    let named = ["states", "organisations", "people", "mediators", "places", "interpreters"];
    let entries = named.iter().filter_map(|section| document[section].as_array()).flatten();
    let names: Vec<String> = entries
        .filter(|one| one["id"].as_str().is_some_and(|id| ids.contains(id)))
        .filter_map(|one| one["name"].as_str().map(str::to_owned))
        .collect();
    ids.into_iter().map(|id| id.trim_start_matches("X-").to_owned()).chain(names).collect()
}

/// The dated sessions of a dispute that a party attends, or those that it does not.
fn sessions_of<'s>(
    instance: &InstanceDoc,
    solution: &'s SolutionDoc,
    (dispute_id, party_id): (&str, &str),
    attended: bool,
) -> Vec<&'s comity::format::ScheduledSessionDoc> {
    let dispute = instance.disputes.iter().find(|d| d.id == dispute_id).expect("it is there");
    let attends = |id: &str| {
        let session = dispute.sessions.iter().find(|s| s.id == id).expect("it is there");
        match &session.attendees {
            AttendeesDoc::All => true,
            AttendeesDoc::Parties(parties) => parties.iter().any(|one| one == party_id),
        }
    };
    let of_dispute = solution.sessions.iter().filter(|s| s.dispute == dispute_id);
    of_dispute.filter(|s| attends(&s.session) == attended).collect()
}

fn parse(document: &Value) -> InstanceDoc {
    serde_json::from_value(document.clone()).expect("an instance")
}

/// An answer with its digest masked, so that pages can be compared.
fn answered(instance: &InstanceDoc) -> SolutionDoc {
    let mut solution =
        solve_without_checking_the_answer(instance, comity::solve::Options::default());
    "masked".clone_into(&mut solution.instance.digest);
    solution
}

#[test]
fn a_party_s_page_holds_nothing_of_others() {
    let (mut caucuses, mut disclosed, mut hidden) = (0, 0, 0);
    for seed in 0..60 {
        let document = secretive(seed);
        let instance = parse(&document);
        let solution = answered(&instance);
        let everything = format!("{document}{}", serde_json::to_string(&solution).expect("json"));
        for dispute in &instance.disputes {
            for party in &dispute.parties {
                let own = (dispute.id.as_str(), party.id.as_str());
                let reader = Reader::Party { dispute: dispute.id.clone(), party: party.id.clone() };
                let allowed = allowed(&instance, &solution, own);
                for language in [Language::English, Language::Chinese] {
                    let page = page(&instance, &solution, &reader, language);
                    let leaked: Vec<&str> = tokens(&page)
                        .into_iter()
                        .filter(|token| !allowed.contains(*token))
                        .collect();
                    assert!(leaked.is_empty(), "seed {seed}, {own:?}: {leaked:?} of {allowed:?}");
                    assert!(!page.contains('\u{27e6}'), "a message is missing, seed {seed}");
                    for session in sessions_of(&instance, &solution, own, false) {
                        // A session that the party attends may end when this one begins.
                        let attended = sessions_of(&instance, &solution, own, true);
                        if attended.iter().any(|other| other.end == session.start) {
                            continue;
                        }
                        caucuses += 1;
                        let minutes = comity::time::parse_instant(&session.start).expect("a start");
                        for secret in [session.start.clone(), minutes.to_string()] {
                            assert!(!page.contains(&secret), "seed {seed}, {own:?}: {secret}");
                        }
                    }
                    for session in sessions_of(&instance, &solution, own, true) {
                        assert!(page.contains(&session.start), "seed {seed}: {}", session.start);
                    }
                }
                let all = tokens(&everything);
                hidden += all.iter().filter(|token| !allowed.contains(**token)).count();
            }
        }
        disclosed += solution.assignments.iter().map(|a| a.disclosures.len()).sum::<usize>();
    }
    // The worlds are what they are meant to be.
    assert!(caucuses > 100 && disclosed > 10 && hidden > 5000, "{caucuses} {disclosed} {hidden}");
}

/// Non-interference: whatever the secrets are, the page has the same bytes.
#[test]
fn a_party_s_page_does_not_depend_on_secrets() {
    let mut compared = 0;
    for seed in 0..25 {
        let document = secretive(seed);
        let instance = parse(&document);
        let solution = answered(&instance);
        let told = serde_json::to_value(&solution).expect("a document");
        for dispute in &instance.disputes {
            for party in &dispute.parties {
                let own = (dispute.id.as_str(), party.id.as_str());
                let reader = Reader::Party { dispute: dispute.id.clone(), party: party.id.clone() };
                let page_of = |instance: &InstanceDoc, solution: &SolutionDoc| {
                    page(instance, solution, &reader, Language::English)
                };
                let page = page_of(&instance, &solution);
                // Every secret is called otherwise.
                let allowed = allowed(&instance, &solution, own);
                let other = |text: &str| {
                    let secret = tokens(text).into_iter().any(|token| !allowed.contains(token));
                    secret.then(|| text.replace(TOKEN, "qqy"))
                };
                let renamed = parse(&rename(&document, &other));
                let answer = rename(&told, &other);
                let answer: SolutionDoc = serde_json::from_value(answer).expect("a solution");
                assert_eq!(page, page_of(&renamed, &answer), "seed {seed}, {own:?}: renamed");
                // What others do at other tables, and at this one without the reader.
                let mut alone = solution.clone();
                alone.assignments.retain(|a| a.dispute == dispute.id);
                alone.unserved.retain(|u| u.dispute == dispute.id);
                alone.burdens.clear();
                alone.exclusions = comity::format::Pairs::default();
                alone.objective.tiers.clear();
                alone.objective.terms = comity::format::Pairs::default();
                alone.bound = None;
                alone.certificate.iter_mut().for_each(|certificate| certificate.tiers.clear());
                let attended: Vec<String> = sessions_of(&instance, &solution, own, true)
                    .iter()
                    .map(|session| session.session.clone())
                    .collect();
                alone.sessions.retain(|s| s.dispute == dispute.id && attended.contains(&s.session));
                assert_eq!(page, page_of(&instance, &alone), "seed {seed}, {own:?}: alone");
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn an_unknown_party_is_refused_with_a_hint() {
    let instance = batch::instance(1);
    let solution = answered(&instance);
    let screened = screen(&instance, &solution);
    let verdict = Verdict::default();
    let source = Source {
        document: &instance,
        screened: &screened,
        solution: &solution,
        solution_digest: "",
        verdict: &verdict,
    };
    let reader = Reader::Party { dispute: "d0".to_owned(), party: "aa".to_owned() };
    let told = report(&source, &reader, Language::English).expect_err("no such party").to_string();
    assert_eq!(told, "no dispute has the party `d0/aa`; did you mean `d0/a`?");
    let reader = Reader::Actor("firm".to_owned());
    assert!(report(&source, &reader, Language::English).is_err(), "a firm is no party");
}

/// A file of the instances folder with a stored or a new answer.
fn launch() -> (InstanceDoc, SolutionDoc, String) {
    let text = std::fs::read("instances/iomed-launch.json").expect("the file is there");
    let instance = read_instance(&text).expect("an instance");
    let solution = common::solve(&instance);
    let written = to_json_string(&solution).expect("json");
    let digest = canonical_digest(written.as_bytes()).expect("canonical");
    assert!(read_solution(written.as_bytes()).is_ok());
    (instance, solution, digest)
}

fn whole_page(
    instance: &InstanceDoc,
    solution: &SolutionDoc,
    digest: &str,
    language: Language,
) -> String {
    let screened = screen(instance, solution);
    let of = canonical_digest(&bytes(instance)).expect("canonical");
    let verdict = check::check(instance, solution, &of);
    let source = Source {
        document: instance,
        screened: &screened,
        solution,
        solution_digest: digest,
        verdict: &verdict,
    };
    report(&source, &Reader::Secretariat, language).expect("the secretariat may read")
}

#[test]
fn the_first_screen_tells_verdict_digests_and_version() {
    let (instance, mut solution, digest) = launch();
    let page = whole_page(&instance, &solution, &digest, Language::English);
    let head = page.split("<nav").next().expect("a head");
    for told in
        [digest.as_str(), &solution.instance.digest, env!("CARGO_PKG_VERSION"), "everything holds"]
    {
        assert!(head.contains(told), "{told}");
    }
    assert_eq!(page, whole_page(&instance, &solution, &digest, Language::English), "same bytes");
    // An answer that breaks a rule says so before all else.
    solution.sessions[0].start = "2026-02-02T12:00:00Z".to_owned();
    let page = whole_page(&instance, &solution, &digest, Language::English);
    let head = page.split("<nav").next().expect("a head");
    assert!(head.contains("breaks rules") && !head.contains("everything holds"));
}

#[test]
fn nothing_in_a_document_becomes_markup() {
    let (mut instance, mut solution, digest) = launch();
    let nasty = "<script>alert(1)</script>\"'&]]>\u{202e}";
    instance.title = Some(nasty.to_owned());
    for dispute in &mut instance.disputes {
        dispute.title = Some(nasty.to_owned());
    }
    for mediator in &mut instance.mediators {
        mediator.name = Some(nasty.to_owned());
    }
    solution.instance.digest = canonical_digest(&bytes(&instance)).expect("canonical");
    for language in [Language::English, Language::Chinese] {
        let page = whole_page(&instance, &solution, &digest, language);
        assert!(!page.contains("<script>alert"), "{language:?}");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{language:?}");
    }
}

/// Nothing is asked of the network: no address but those of the standards that name XML spaces.
#[test]
fn the_page_needs_nothing_else() {
    let (instance, solution, digest) = launch();
    let page = whole_page(&instance, &solution, &digest, Language::English);
    assert!(page.contains("default-src 'none'"));
    for wanted in [
        "src=\"http",
        "href=\"http",
        "url(",
        "@import",
        "<link rel=\"stylesheet",
        "<img",
        "<iframe",
    ] {
        assert!(!page.contains(wanted), "{wanted}");
    }
}

/// What is seen of a page: its text, and the attributes that are read out or shown.
fn visible(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        text.push('\n');
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        let tag = &rest[open..end];
        for name in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\"", "data-text=\""] {
            if let Some(at) = tag.find(name) {
                text.push_str(tag[at + name.len()..].split('"').next().unwrap_or_default());
                text.push('\n');
            }
        }
        rest = &rest[end..];
        // What stands in `code` is to be typed or compared, in every language alike.
        for silent in ["style", "script", "code"] {
            if tag.starts_with(&format!("<{silent}")) {
                let close = format!("</{silent}>");
                rest = rest.find(&close).map_or("", |at| &rest[at..]);
            }
        }
    }
    text.push_str(rest);
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

/// All strings of a document, keys too.
fn strings(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|one| strings(one, into)),
        Value::Object(object) => {
            for (key, one) in object {
                into.insert(key.clone());
                strings(one, into);
            }
        }
        _ => {}
    }
}

/// The Chinese page has no word of another language but what the documents hold, and names that are
/// written alike in all languages.
#[test]
fn nothing_is_left_untranslated() {
    let (instance, solution, digest) = launch();
    let mut cases = vec![(instance, solution, digest)];
    for seed in 0..40 {
        let instance = parse(&secretive(seed));
        let solution =
            solve_without_checking_the_answer(&instance, comity::solve::Options::default());
        cases.push((instance, solution, String::new()));
    }
    let kept = [
        "UTC",
        "Python",
        // The name of a package.
        "rfc",
        "SHA",
        "comity",
        "JSON",
        "RFC",
        "INSTANCE",
        "SOLUTION",
        "check",
        "explain",
        "conflicts",
        "report",
        "format",
        "svg",
    ];
    for (number, (instance, solution, digest)) in cases.iter().enumerate() {
        let page = whole_page(instance, solution, digest, Language::Chinese);
        let english = whole_page(instance, solution, digest, Language::English);
        assert!(!english.contains('\u{27e6}') && !page.contains('\u{27e6}'), "case {number}");
        let mut data = BTreeSet::new();
        strings(&serde_json::to_value(instance).expect("json"), &mut data);
        strings(&serde_json::to_value(solution).expect("json"), &mut data);
        data.insert(digest.clone());
        let mut data: Vec<String> = data.into_iter().filter(|text| text.len() > 1).collect();
        data.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let mut left = BTreeSet::new();
        for line in visible(&page).lines() {
            let words = line.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1);
            for word in words {
                if !kept.contains(&word) && !data.iter().any(|text| text.contains(word)) {
                    left.insert(format!("`{word}` in `{line}`"));
                }
            }
        }
        assert!(left.is_empty(), "case {number}: {left:#?}");
        // And the other way round: no Chinese in English.
        let cjk = visible(&english).chars().find(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        assert_eq!(cjk, None, "case {number}");
    }
}

/// What a party is told rests on the solution, so nothing is told where that breaks rules.
#[test]
fn a_party_s_page_of_a_broken_answer_is_empty() {
    let instance = batch::instance(1);
    let solution = answered(&instance);
    let screened = screen(&instance, &solution);
    let violation = check::Violation {
        rule: "A2 eligible",
        dispute: None,
        pointer: String::new(),
        message: "zzqmm00z".to_owned(),
    };
    let verdict = Verdict { violations: vec![violation], ..Verdict::default() };
    let source = Source {
        document: &instance,
        screened: &screened,
        solution: &solution,
        solution_digest: "",
        verdict: &verdict,
    };
    let dispute = &instance.disputes[0];
    let party = dispute.parties[0].id.clone();
    let reader = Reader::Party { dispute: dispute.id.clone(), party };
    let page = report(&source, &reader, Language::English).expect("a party");
    assert!(page.contains("breaks rules") && !page.contains("zzqmm00z"));
    assert!(!page.contains("<article") && !page.contains("<tr data-st"));
    // Nor does it claim anything of the nothing that it holds.
    for claim in ["0 disputes", "No session", "Proven best", "id=\"calendar\""] {
        assert!(!page.contains(claim), "{claim}");
    }
}

/// Documents that read but are absurd have a page all the same.
#[test]
fn absurd_numbers_have_a_page() {
    let (instance, mut solution, digest) = launch();
    for session in &mut solution.sessions {
        session.burden.0.iter_mut().for_each(|(_, points)| *points = i64::MAX);
        session.panel_burden = i64::MAX;
        session.interpreter_burden = Some(i64::MIN);
    }
    for burden in &mut solution.burdens {
        for (_, points) in burden.sides.0.iter_mut().chain(&mut burden.parties.0) {
            *points = i64::MAX;
        }
    }
    solution.objective.tiers.iter_mut().for_each(|tier| *tier = i64::MAX);
    solution.bound = Some(i64::MIN);
    for language in [Language::English, Language::Chinese] {
        let page = whole_page(&instance, &solution, &digest, language);
        assert!(page.contains("verdict broken"), "{language:?}");
    }
    // Neither served nor said to be unserved: not told as served.
    solution.assignments.remove(0);
    let page = whole_page(&instance, &solution, &digest, Language::English);
    assert!(page.contains("data-st=\"untold\""));
}
