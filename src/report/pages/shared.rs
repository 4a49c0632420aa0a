//! Small pieces that several parts of the page use.

use maud::{Markup, html};

use crate::report::texts::{Texts, clock};
use crate::report::view::{Names, RuleText};
use crate::time::{Instant, parse_date, tzdb_version};

/// A term with what is said of it.
pub(super) fn fact(texts: &Texts, key: &str, value: &Markup) -> Markup {
    html! { div { dt { (texts.say(key)) } dd { (value) } } }
}

/// A digest that can be read and compared.
pub(super) fn digest(hexadecimal: &str) -> Markup {
    html! { code.digest { (hexadecimal) } }
}

/// A date of a document, in the words of the language.
pub(super) fn date_of(texts: &Texts, text: &str) -> String {
    parse_date(text).map_or_else(|| text.to_owned(), |date| texts.date(date.days()))
}

/// Date and time of an instant at an offset in minutes, as an element that programs read too.
pub(super) fn time(texts: &Texts, instant: Instant, offset: i32) -> Markup {
    let local = instant + i64::from(offset);
    html! {
        time datetime=(crate::time::Zone::utc_rfc3339(instant)) {
            (texts.date(local.div_euclid(1440))) " " (clock(local))
        }
    }
}

/// The time-zone database, and a warning where it is not the one that made the solution.
pub(super) fn tzdb_note(texts: &Texts, solved: &str) -> String {
    let own = tzdb_version();
    if own == solved {
        return solved.to_owned();
    }
    texts.tell("tzdb-differs", &[("solved", solved.into()), ("own", own.into())])
}

/// Somebody by name, with the id beside it where that is something else.
pub(super) fn person(names: &Names<'_>, id: &str) -> Markup {
    html! {
        bdi { (names.of(id)) }
        @if names.has(id) { " " small.id { (id) } }
    }
}

/// Something said beside what stands before it.
pub(super) fn in_brackets(texts: &Texts, what: String) -> String {
    texts.tell("in-brackets", &[("what", what.into())])
}

/// A place by name, with the id beside it where that is something else.
pub(super) fn place_of(names: &Names<'_>, id: &str) -> Markup {
    let name = names.place(id);
    html! {
        bdi { (name) }
        @if name != id { " " small.id { (id) } }
    }
}

/// What a rule says: in the language of the page where it is a built-in one, else as its profile has
/// it.
pub(super) fn rule(texts: &Texts, rule: RuleText<'_>) -> String {
    // Two profiles may word a rule of one id in two ways.
    let own = || texts.find(&rule_key(&format!("{}-{}", rule.id, rule.profile)), &[]);
    let known = || own().or_else(|| texts.find(&rule_key(rule.id), &[]));
    let known = rule.built_in.then(known).flatten();
    known.unwrap_or_else(|| rule.text.to_owned())
}

/// The key of a rule's message: ids may hold dots, keys may not.
fn rule_key(id: &str) -> String {
    format!("rule-{}", id.replace('.', "_"))
}

/// `+05:30`, of minutes east of UTC.
pub(super) fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    let size = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", size / 60, size % 60)
}
