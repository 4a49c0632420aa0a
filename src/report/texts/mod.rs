//! Every word of the report, by language: messages in Fluent syntax (projectfluent.org), one folder
//! a language, one file a part of the page.
//!
//! * `say` gives a message, `tell` one with arguments. Numbers are grouped and dates are put
//!   together as the language's own messages say, so that a translation is a folder and nothing else.
//! * **Invariant**: each language has the same messages with the same arguments (tests).

use std::fmt::Write as _;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::time::Date;

/// A language of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

impl Language {
    /// All of them, with the tag by which they are asked for.
    pub const ALL: [(Self, &'static str); 2] = [(Self::English, "en"), (Self::Chinese, "zh")];

    /// The messages of this language.
    pub(super) fn files(self) -> &'static [&'static str] {
        match self {
            Self::English => &[
                include_str!("en/page.ftl"),
                include_str!("en/words.ftl"),
                include_str!("en/rules.ftl"),
                include_str!("en/docket.ftl"),
                include_str!("en/dispute.ftl"),
                include_str!("en/calendar.ftl"),
                include_str!("en/numbers.ftl"),
                include_str!("en/proof.ftl"),
            ],
            Self::Chinese => &[
                include_str!("zh/page.ftl"),
                include_str!("zh/words.ftl"),
                include_str!("zh/rules.ftl"),
                include_str!("zh/docket.ftl"),
                include_str!("zh/dispute.ftl"),
                include_str!("zh/calendar.ftl"),
                include_str!("zh/numbers.ftl"),
                include_str!("zh/proof.ftl"),
            ],
        }
    }

    /// The tag of the `lang` attribute.
    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }
}

/// An argument of a message.
pub(super) type Arg<'a> = (&'static str, FluentValue<'a>);

/// The messages of one language.
pub(super) struct Texts {
    bundle: FluentBundle<FluentResource>,
    tag: &'static str,
}

impl Texts {
    pub(super) fn new(language: Language) -> Self {
        let tag = language.tag();
        let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // WHY off: the page marks directions itself, and search should find what is seen.
        bundle.set_use_isolating(false);
        for file in language.files() {
            // WHY nothing more: what is wrong in a file of this folder is a bug that a test finds.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(r, _)| r);
            let _ = bundle.add_resource(resource);
        }
        let group = message(&bundle, "number-group", &[]).unwrap_or_default();
        // A formatter is a function without memory: there are two ways to group.
        bundle.set_formatter(Some(if group == "," { by_comma } else { plain }));
        Self { bundle, tag }
    }

    /// The `lang` attribute.
    pub(super) fn tag(&self) -> &'static str {
        self.tag
    }

    /// A message.
    pub(super) fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A message with arguments. An integer picks the plural and is grouped.
    pub(super) fn tell(&self, key: &str, args: &[Arg<'_>]) -> String {
        // A key in brackets is what tests look for; nothing else may look like it.
        self.find(key, args).unwrap_or_else(|| format!("\u{27e6}{key}\u{27e7}"))
    }

    /// A message that not every key has.
    pub(super) fn find(&self, key: &str, args: &[Arg<'_>]) -> Option<String> {
        message(&self.bundle, key, args)
    }

    /// A message about a code of the documents: what has none is the code itself.
    pub(super) fn code(&self, kind: &str, code: &str) -> String {
        self.find(&format!("{kind}-{code}"), &[]).unwrap_or_else(|| code.to_owned())
    }

    /// A date with its day of the week.
    pub(super) fn date(&self, days: i64) -> String {
        let date = Date::from_days(days);
        let (year, month, day) = parts(date);
        let weekday = self.weekday(days);
        let month = self.say(&format!("month-{month}"));
        let day = day.to_string();
        let year = year.to_string();
        self.tell(
            "date",
            &[
                ("weekday", weekday.into()),
                ("day", day.into()),
                ("month", month.into()),
                ("year", year.into()),
            ],
        )
    }

    /// The day of the week, short.
    pub(super) fn weekday(&self, days: i64) -> String {
        self.say(&format!("weekday-{}", Date::from_days(days).weekday()))
    }

    /// Micro-units as a decimal with `places` digits, at most six.
    pub(super) fn decimal(&self, micro: i64, places: u32) -> String {
        let unit = 10_u64.pow(6 - places.min(6));
        let size = micro.unsigned_abs();
        let rounded = size.saturating_add(unit / 2) / unit;
        let scale = 10_u64.pow(places.min(6));
        let sign = if micro < 0 && rounded > 0 { "\u{2212}" } else { "" };
        let whole = self.number((rounded / scale) as i64);
        if places == 0 {
            return format!("{sign}{whole}");
        }
        let point = self.say("number-point");
        let rest = rounded % scale;
        format!("{sign}{whole}{point}{rest:0width$}", width = places as usize)
    }

    /// An integer with its digits in groups.
    pub(super) fn number(&self, number: i64) -> String {
        self.tell("number", &[("n", number.into())])
    }

    /// A length of time in minutes as hours and minutes.
    pub(super) fn hours(&self, minutes: i64) -> String {
        self.tell("duration", &[("h", (minutes / 60).into()), ("m", (minutes % 60).into())])
    }

    /// A list in one line.
    pub(super) fn list<I: IntoIterator<Item = String>>(&self, items: I) -> String {
        items.into_iter().collect::<Vec<_>>().join(&self.say("list-comma"))
    }
}

/// Hours and minutes of a clock, `09:30`, of minutes since midnight.
pub(super) fn clock(minutes: i64) -> String {
    let of_day = minutes.rem_euclid(1440);
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

fn parts(date: Date) -> (i32, u32, u32) {
    let text = date.to_string();
    let mut parts = text.rsplitn(3, '-');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (day, month, year) = (next(), next(), next());
    (year.parse().unwrap_or(0), month.parse().unwrap_or(1), day.parse().unwrap_or(1))
}

fn message(bundle: &FluentBundle<FluentResource>, key: &str, args: &[Arg<'_>]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|(k, v)| (*k, v.clone())).collect();
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
}

fn by_comma<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ",")
}

fn plain<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, "")
}

fn grouped(value: &FluentValue<'_>, group: &str) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.value as i64;
    let digits = whole.unsigned_abs().to_string();
    let mut text = String::new();
    if whole < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push_str(group);
        }
        let _ = write!(text, "{digit}");
    }
    Some(text)
}
