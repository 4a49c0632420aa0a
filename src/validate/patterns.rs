//! Steps of paths and the patterns of edges in them: what is wrong with those of an inline profile.

use std::collections::BTreeSet;

use super::at::At;
use super::codes;
use super::context::Context;
use super::rules::MOST_YEARS;
use crate::diagnostic::quote;
use crate::format::{EdgePatternDoc, StepDoc, When};

const MOST_WORDS: usize = 100;

/// Checks a step; `groups` are the names that it may use.
pub(super) fn step(cx: &mut Context<'_>, doc: &StepDoc, groups: &BTreeSet<&str>, at: &At<'_>) {
    if doc.any.is_empty() && doc.groups.is_empty() {
        no_patterns(cx, at, "this step", "name edges in `any`, or groups in `use`");
    }
    let list = at.key("any");
    for (index, one) in doc.any.iter().enumerate() {
        of_step(cx, one, &list.item(index));
    }
    let list = at.key("use");
    for (index, name) in doc.groups.iter().enumerate() {
        if !groups.contains(name.as_str()) {
            let help =
                cx.did_you_mean(name, groups.iter().copied(), "name a key of `groups`, or add it");
            let message = format!("no group is called {}", quote(name));
            cx.error(codes::UNKNOWN_GROUP, &list.item(index), message, help);
        }
    }
}

/// A pattern of a step: it has a `when`, and `years` where that needs them.
pub(super) fn of_step(cx: &mut Context<'_>, doc: &EdgePatternDoc, at: &At<'_>) {
    let when = doc.when.unwrap_or(When::Current);
    match (when, doc.years) {
        (When::Within, None) => cx.error(
            codes::PATTERN_YEARS,
            at,
            "`within` stands here without `years`",
            "write in how many years before `as_of` the edge must have held",
        ),
        (When::Within | When::Ended, years) => {
            if let Some(years) = years {
                cx.whole(years, 1..=MOST_YEARS, at, "years");
            }
        }
        (_, Some(_)) => cx.error(
            codes::PATTERN_YEARS,
            &at.key("years"),
            "`years` stand here with a `when` that does not ask for them",
            "write them with `within` or `ended`, or take them out",
        ),
        (_, None) => {}
    }
    pattern(cx, doc, at);
}

/// What patterns of steps and of counts have in common.
pub(super) fn pattern(cx: &mut Context<'_>, doc: &EdgePatternDoc, at: &At<'_>) {
    if let Some(share) = doc.share_above {
        cx.decimal(share, 1, at, "share_above");
    }
    for (key, words) in [("roles", &doc.roles), ("tags", &doc.tags), ("without", &doc.without)] {
        let list = at.key(key);
        if words.len() > MOST_WORDS {
            let message = format!("{} entries are more than a profile takes here", words.len());
            cx.error(codes::TOO_LARGE, &list, message, format!("write at most {MOST_WORDS}"));
        }
        for (index, word) in words.iter().enumerate().take(MOST_WORDS) {
            cx.word(word, &list.item(index));
        }
    }
    if doc.tags.iter().any(|tag| doc.without.contains(tag)) {
        contradiction(
            cx,
            &at.key("without"),
            "a tag is asked for and excluded, and no edge matches",
            "take it out of `tags` or out of `without`",
        );
    }
}

/// Notes keys that cannot stand together.
pub(super) fn contradiction(cx: &mut Context<'_>, at: &At<'_>, message: &str, help: &str) {
    cx.error(codes::RULE_CONTRADICTION, at, message, help);
}

/// Notes a step or group that no edge can match.
pub(super) fn no_patterns(cx: &mut Context<'_>, at: &At<'_>, what: &str, help: &str) {
    cx.error(codes::EMPTY_STEP, at, format!("{what} has no pattern, and no edge matches"), help);
}
