//! The built-in profiles of conflict rules as a page for people: docs/rules.md.
//!
//! * Takes the profiles as they are written, gives Markdown. **Invariant**: every rule of every
//!   profile has a row in the section of the profile that writes it.

use std::fmt::Write as _;

use super::word;
use crate::format::{
    AppointedBy, BUILT_IN_PROFILES, ConsentNeeded, CountDoc, EdgePatternDoc, Repeat, RuleDoc,
    RulesDoc, StepDoc, When, read_rules,
};

const HEAD: &str = "\
# The built-in rules

<!-- Made by `explain::rules_markdown` from src/format/profiles/*.json. Do not edit: after a change \
there, run `COMITY_BLESS=1 cargo test --test documents`. -->

The conflict rules that come with comity, as `policy.conflict_rules` names them. They model \
published rules in a form that a machine can follow; they quote none, they are not legal advice, and \
the instruments themselves prevail. What each key means says [format.md](format.md#rules); how to \
write rules of one's own says [write-a-rule.md](write-a-rule.md). This page is made from the \
profiles, and a test keeps the two in step.

How a path is written, from the mediator on the left to the target on the right:

| notation | meaning |
|---|---|
| `-kind->`, `<-kind-`, `-kind-` | a relation taken along its direction, against it, either way |
| `-a, b->` | any one of these kinds |
| `[...]` | what the relation must be: its attributes, its tags, its `role`, the kind `into` which it leads; `3 y`: held within three years, `ever`: held at any time, `ended`: is over, `test dates`: on a test date; nothing: holds now |
| `(... or ...)` | either |
| `{name}` | any one relation of the group, which stands under the table of its profile |
| `?`, `*`, `+` | at most once, any number of times, at least once |
| `together:` | all on one same day |
| `2x` | so many times or more: relations of this kind, or appointments, those of this batch included |
| `appointed by` | by one who leads to the target by what follows (or through her, where the target is counsel) |
| `related:` | the mediator sits or sat in a related dispute, whose party leads to the target |

The look-back is the longest that the rule itself asks for; the relations of groups are those that hold now.
";

/// The built-in profiles as Markdown.
#[must_use]
pub fn rules_markdown() -> String {
    let mut page = HEAD.to_owned();
    for (_, text) in BUILT_IN_PROFILES {
        // INVARIANT: a test reads every built-in profile.
        if let Ok(profile) = read_rules(text.as_bytes()) {
            section(&mut page, &profile);
        }
    }
    page
}

fn section(page: &mut String, profile: &RulesDoc) {
    let _ = writeln!(page, "\n## {}\n", profile.id);
    let mut about: Vec<String> = profile.title.iter().map(|title| format!("{title}.")).collect();
    if !profile.extends.is_empty() {
        let names: Vec<String> =
            profile.extends.iter().map(|name| format!("[{name}](#{name})")).collect();
        about.push(format!("Extends {}.", names.join(", ")));
    }
    about.push(consent(profile));
    about.extend(profile.notes.iter().filter_map(|notes| notes.as_str()).map(str::to_owned));
    let _ = writeln!(page, "{}\n", about.join(" "));
    page.push_str("| rule | finds that | severity | by | look-back | models |\n");
    page.push_str("|---|---|---|---|---|---|\n");
    for rule in &profile.rules {
        let cells = [
            format!("`{}`", rule.id),
            rule.text.clone(),
            severity(rule),
            format!("`{}`", pattern(rule)),
            look_back(rule),
            source(rule),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
    if !profile.groups.is_empty() {
        page.push_str("\nGroups:\n\n");
        for (name, patterns) in profile.groups.iter() {
            let _ = writeln!(page, "* `{{{name}}}`: `{}`", edges(patterns).join("` or `"));
        }
    }
}

fn consent(profile: &RulesDoc) -> String {
    let doc = profile.consent.clone().unwrap_or_default();
    let needs =
        |needed: Option<ConsentNeeded>, default: ConsentNeeded| word(&needed.unwrap_or(default));
    format!(
        "Consent: `orange` needs `{}`, `waivable-red` needs `{}`, `non-waivable-red` has no cure.",
        needs(doc.orange, ConsentNeeded::Disclosure),
        needs(doc.waivable_red, ConsentNeeded::AllExpress),
    )
}

fn severity(rule: &RuleDoc) -> String {
    let mut text = word(&rule.severity);
    if rule.governed_by.is_some() {
        text.push_str(", by the nationality policy");
    }
    if rule.overridable == Some(true) {
        text.push_str(", overridable");
    }
    text
}

fn source(rule: &RuleDoc) -> String {
    let note = rule.notes.as_ref().and_then(|notes| notes.as_str());
    match note {
        Some(note) => format!("{}. {note}", rule.source),
        None => rule.source.clone(),
    }
}

/// The rule in arrows.
fn pattern(rule: &RuleDoc) -> String {
    let mut words = Vec::new();
    if rule.together == Some(true) {
        words.push("together:".to_owned());
    }
    if let Some(count) = &rule.count {
        words.push(times(count));
    } else if rule.pair.is_some() {
        words.push("related:".to_owned());
    } else {
        words.push("mediator".to_owned());
    }
    if rule.pair.as_ref().is_some_and(|pair| pair.shares_party != Some(true)) {
        return "related: any".to_owned();
    }
    words.extend(rule.path.iter().map(step));
    words.push(word(&rule.to));
    words.join(" ")
}

fn times(count: &CountDoc) -> String {
    let times = count.at_least;
    match (&count.relation, count.appointed_by) {
        (Some(relation), _) => {
            format!("mediator {times}x {}", edges(std::slice::from_ref(relation)).join(""))
        }
        (None, Some(AppointedBy::Anyone)) => format!("mediator {times}x appointed in a case of"),
        (None, _) => format!("mediator {times}x appointed by"),
    }
}

fn step(step: &StepDoc) -> String {
    let mut choices: Vec<String> = step.groups.iter().map(|name| format!("{{{name}}}")).collect();
    choices.extend(edges(&step.any));
    let mark = match step.repeat {
        None | Some(Repeat::Once) => "",
        Some(Repeat::Optional) => "?",
        Some(Repeat::Any) => "*",
        Some(Repeat::Some) => "+",
    };
    match &choices[..] {
        [one] if mark.is_empty() || one.starts_with('{') => format!("{one}{mark}"),
        _ => format!("({}){mark}", choices.join(" or ")),
    }
}

/// Which way a relation is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Along,
    Against,
    Either,
}

/// Patterns that differ in their kinds alone are written as one arrow.
fn edges(patterns: &[EdgePatternDoc]) -> Vec<String> {
    let mut arrows: Vec<(Way, String, Vec<String>)> = Vec::new();
    let mut rest = patterns;
    while let [first, after @ ..] = rest {
        let backward = |edge: &EdgePatternDoc| edge.backward == Some(true);
        let both = after.first().is_some_and(|second| {
            !backward(first)
                && backward(second)
                && second.kind == first.kind
                && attributes(second) == attributes(first)
        });
        let way = match (both, backward(first)) {
            (true, _) => Way::Either,
            (false, true) => Way::Against,
            (false, false) => Way::Along,
        };
        rest = if both { &after[1..] } else { after };
        let (wanted, kind) = (attributes(first), word(&first.kind));
        match arrows.last_mut() {
            Some((same, last, kinds)) if *same == way && *last == wanted => kinds.push(kind),
            _ => arrows.push((way, wanted, vec![kind])),
        }
    }
    let arrow = |(way, wanted, kinds): (Way, String, Vec<String>)| {
        let (left, right) = match way {
            Way::Along => ("-", "->"),
            Way::Against => ("<-", "-"),
            Way::Either => ("-", "-"),
        };
        format!("{left}{}{wanted}{right}", kinds.join(", "))
    };
    arrows.into_iter().map(arrow).collect()
}

/// What a pattern asks of an edge beside its kind, in brackets.
fn attributes(edge: &EdgePatternDoc) -> String {
    let mut wanted = Vec::new();
    wanted.extend(
        edge.significant
            .map(|yes| if yes { "significant" } else { "not significant" })
            .map(str::to_owned),
    );
    wanted.extend(
        edge.share_above
            .map(|share| format!("share > {}", serde_json::to_string(&share).unwrap_or_default())),
    );
    wanted.extend((!edge.roles.is_empty()).then(|| format!("role {}", edge.roles.join("/"))));
    wanted.extend(edge.tags.iter().cloned());
    wanted.extend(edge.without.iter().map(|tag| format!("not {tag}")));
    let kinds: Vec<String> = edge.into.iter().map(word).collect();
    wanted.extend((!kinds.is_empty()).then(|| format!("into {}", kinds.join("/"))));
    wanted.extend(when(edge));
    if wanted.is_empty() { String::new() } else { format!(" [{}]", wanted.join(", ")) }
}

fn when(edge: &EdgePatternDoc) -> Option<String> {
    match (edge.when?, edge.years) {
        (When::Current, _) => None,
        (When::TestDates, _) => Some("test dates".to_owned()),
        (When::Within, years) => Some(format!("{} y", years.unwrap_or_default())),
        (When::Ever, _) => Some("ever".to_owned()),
        (When::Ended, None) => Some("ended".to_owned()),
        (When::Ended, Some(years)) => Some(format!("ended within {years} y")),
    }
}

/// How far back a rule looks, in words.
fn look_back(rule: &RuleDoc) -> String {
    let years = |years: u32| match years {
        1 => "1 year".to_owned(),
        years => format!("{years} years"),
    };
    if let Some(count) = &rule.count {
        return years(count.years);
    }
    if let Some(pair) = &rule.pair {
        return format!("now or {}", years(pair.years));
    }
    let own = || rule.path.iter().flat_map(|step| &step.any);
    let asks = |when: When| own().any(|edge| edge.when == Some(when));
    let longest =
        own().filter(|edge| edge.when == Some(When::Within)).filter_map(|e| e.years).max();
    if asks(When::Ever) {
        "ever".to_owned()
    } else if asks(When::Ended) {
        "ended, ever".to_owned()
    } else if let Some(longest) = longest {
        years(longest)
    } else if asks(When::TestDates) {
        "test dates".to_owned()
    } else {
        "current".to_owned()
    }
}
