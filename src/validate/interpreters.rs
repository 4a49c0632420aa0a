//! `interpreters` and `policy.interpretation`: who works between which languages, how many of them
//! a booth needs, and the booths of a session.

use std::collections::BTreeSet;

use super::actors::{PersonView, read_person};
use super::at::At;
use super::codes;
use super::context::Context;
use super::sessions::MOST_MINUTES;
use crate::diagnostic::{Diagnostic, quote};
use crate::domain::{Actor, ActorIx, ActorKind, Booth, Interpreter, InterpreterIx, LanguageIx};
use crate::format::{InterpretationDoc, InterpreterDoc, SessionDoc, TeamDoc};

/// The largest team of one booth.
const MOST_IN_BOOTH: u32 = 20;
/// Most languages of a session.
const MOST_LANGUAGES: usize = 8;

/// Most minutes, and interpreters of the one booth of a session with two languages.
///
/// SOURCE: International Association of Conference Interpreters, minimum teams, simultaneous.
const DEFAULT_TEAMS: [(u32, u32); 4] = [(40, 1), (240, 2), (360, 3), (480, 4)];
/// The same for each booth of a session with three languages or more.
const DEFAULT_BOOTHS: [(u32, u32); 2] = [(240, 2), (480, 3)];

/// How many interpreters a booth needs: most minutes and size, rising in minutes.
#[derive(Default)]
pub(super) struct Teams {
    single: Vec<(u32, u32)>,
    several: Vec<(u32, u32)>,
}

/// Reads the sizes of teams.
pub(super) fn teams(cx: &mut Context<'_>, doc: Option<&InterpretationDoc>, at: &At<'_>) -> Teams {
    let (single, several) = doc.map_or((&[][..], &[][..]), |doc| (&doc.teams, &doc.booths));
    Teams {
        single: table(cx, single, &DEFAULT_TEAMS, &at.key("teams")),
        several: table(cx, several, &DEFAULT_BOOTHS, &at.key("booths")),
    }
}

fn table(
    cx: &mut Context<'_>,
    docs: &[TeamDoc],
    default: &[(u32, u32)],
    list: &At<'_>,
) -> Vec<(u32, u32)> {
    if docs.is_empty() {
        return default.to_vec();
    }
    for (index, doc) in docs.iter().enumerate() {
        let at = list.item(index);
        cx.whole(doc.minutes, 1..=MOST_MINUTES, &at, "minutes");
        cx.whole(doc.size, 1..=MOST_IN_BOOTH, &at, "size");
        if let Some(before) = index.checked_sub(1).map(|before| docs[before].minutes)
            && before >= doc.minutes
        {
            cx.error_with(
                codes::UNSORTED_TEAMS,
                &at.key("minutes"),
                list.item(index - 1).pointer(),
                format!("{} minutes stand after {before} minutes", doc.minutes),
                "let `minutes` rise from entry to entry: the first that reaches a session counts",
            );
        }
    }
    docs.iter().map(|doc| (doc.minutes, doc.size)).collect()
}

/// Reads the interpreters, and adds them to the actors.
pub(super) fn read(cx: &mut Context<'_>, actors: &mut Vec<Actor>) -> Vec<Interpreter> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("interpreters");
    let interpreted = doc.disputes.iter().enumerate().find_map(|(index, dispute)| {
        let session = dispute.sessions.iter().position(|s| !s.interpretation.is_empty())?;
        Some(format!("/disputes/{index}/sessions/{session}/interpretation"))
    });
    let mut interpreters = Vec::with_capacity(doc.interpreters.len());
    for (index, interpreter) in doc.interpreters.iter().enumerate() {
        let at = list.item(index);
        let view = PersonView::from(interpreter);
        let actor = ActorIx::new(actors.len());
        let kind = ActorKind::Interpreter(InterpreterIx::new(index));
        actors.push(read_person(cx, &view, kind, &at));
        if let (None, Some(session)) = (&interpreter.time_zone, &interpreted)
            // WHY: working hours or stays without a zone have been reported with the person.
            && !view.misses_zone()
        {
            cx.error_with(
                codes::MISSING_TIME_ZONE,
                &at,
                session.clone(),
                format!("the interpreter {} has no `time_zone`", quote(&interpreter.id)),
                "add the IANA zone of the interpreter: some session asks for interpretation",
            );
        }
        interpreters.push(Interpreter { actor, pairs: pairs(cx, interpreter, &at) });
    }
    interpreters
}

/// The pairs of languages in both orders, sorted.
fn pairs(cx: &mut Context<'_>, doc: &InterpreterDoc, at: &At<'_>) -> Vec<(LanguageIx, LanguageIx)> {
    let list = at.key("pairs");
    if doc.pairs.is_empty() {
        cx.warn(
            codes::NO_PAIRS,
            &list,
            format!("the interpreter {} has no pair of languages", quote(&doc.id)),
            "name the pairs in which the interpreter works: nobody is assigned without one",
        );
    }
    let mut pairs = BTreeSet::new();
    for (index, pair) in doc.pairs.iter().enumerate() {
        let (from, to) = (cx.languages.number(&pair.from), cx.languages.number(&pair.to));
        if from == to {
            cx.error(
                codes::SAME_LANGUAGE,
                &list.item(index),
                format!("a pair of {} with itself", quote(&pair.from)),
                "name two different languages",
            );
            continue;
        }
        let (from, to) = (LanguageIx(from), LanguageIx(to));
        pairs.extend([(from, to), (to, from)]);
    }
    pairs.into_iter().collect()
}

/// The booths of a session; none where its languages or its length are not sound.
pub(super) fn booths(cx: &mut Context<'_>, doc: &SessionDoc, at: &At<'_>) -> Vec<Booth> {
    let tags = &doc.interpretation;
    if tags.is_empty() {
        return Vec::new();
    }
    let at = at.key("interpretation");
    let languages: Vec<LanguageIx> =
        tags.iter().map(|tag| LanguageIx(cx.languages.number(tag))).collect();
    let distinct: BTreeSet<LanguageIx> = languages.iter().copied().collect();
    let message = if distinct.len() < languages.len() {
        Some("a language stands here twice".to_owned())
    } else if !(2..=MOST_LANGUAGES).contains(&languages.len()) {
        let number = languages.len();
        Some(format!("{number} language{} here", if number == 1 { " stands" } else { "s stand" }))
    } else {
        None
    };
    if let Some(message) = message {
        let help = "name two to eight different languages, or leave `interpretation` out";
        cx.error(codes::BAD_INTERPRETATION, &at, message, help);
        return Vec::new();
    }
    let single = languages.len() == 2;
    let teams = &cx.house.teams;
    let table = if single { &teams.single } else { &teams.several };
    let Some((_, size)) = table.iter().find(|(most, _)| doc.minutes <= *most).copied() else {
        // WHY: a length that no session may have has been noted as such.
        if doc.minutes <= MOST_MINUTES {
            no_team(cx, doc, if single { "teams" } else { "booths" }, &at);
        }
        return Vec::new();
    };
    let wanted = if single { &languages[..1] } else { &languages[..] };
    let mut booths = Vec::with_capacity(wanted.len());
    for (index, language) in wanted.iter().enumerate() {
        let suits = |known: &Interpreter| {
            let others = languages.iter().filter(|other| *other != language);
            let mut pairs = others.map(|other| (*language, *other));
            pairs.any(|pair| known.pairs.binary_search(&pair).is_ok())
        };
        let all = cx.house.interpreters.iter().enumerate().filter(|(_, known)| suits(known));
        let suited: Vec<_> = all.map(|(index, _)| InterpreterIx::new(index)).collect();
        if suited.len() < size as usize {
            let between = if single {
                format!("between {} and {}", quote(&tags[0]), quote(&tags[1]))
            } else {
                format!("between {} and another of these languages", quote(&tags[index]))
            };
            too_few(cx, suited.len(), size, &between, &at.item(index));
        }
        booths.push(Booth { size, suited });
    }
    booths
}

fn no_team(cx: &mut Context<'_>, doc: &SessionDoc, key: &str, at: &At<'_>) {
    let given = cx.doc.policy.as_ref().and_then(|policy| policy.interpretation.as_ref());
    let given = given.is_some_and(|doc| {
        let table = if key == "teams" { &doc.teams } else { &doc.booths };
        !table.is_empty()
    });
    let mut finding = Diagnostic::error(
        codes::NO_TEAM,
        at.pointer(),
        format!("no entry says how many interpreters a session of {} minutes needs", doc.minutes),
    );
    finding = finding.help(format!(
        "add an entry that reaches it to `policy.interpretation.{key}`, or split the session"
    ));
    if given {
        finding = finding.related(format!("/policy/interpretation/{key}"));
    }
    cx.note(finding);
}

fn too_few(cx: &mut Context<'_>, number: usize, size: u32, between: &str, at: &At<'_>) {
    let who = match number {
        0 => "no interpreter works".to_owned(),
        1 => "one interpreter works".to_owned(),
        more => format!("{more} interpreters work"),
    };
    cx.warn(
        codes::TOO_FEW_INTERPRETERS,
        at,
        format!("{who} {between}, and the booth needs {size}: it can never be staffed"),
        "add interpreters with such a pair, or shorten the session",
    );
}
