//! Why a dispute is unserved, and what would serve it.

use maud::{Markup, html};

use crate::format::UnservedStage;
use crate::report::pages::shared::rule;
use crate::report::texts::Texts;
use crate::report::view::{CoreLine, DisputeView, View};

/// At what it failed, why, and what is known to help.
pub(super) fn why(
    view: &View<'_>,
    texts: &Texts,
    dispute: &DisputeView<'_>,
    stage: UnservedStage,
) -> Markup {
    let key = match stage {
        UnservedStage::Admissibility => "dispute-stage-admissibility",
        UnservedStage::Panel => "dispute-stage-panel",
        UnservedStage::Sessions => "dispute-stage-sessions",
        UnservedStage::Docket => "dispute-stage-docket",
    };
    html! {
        h4 { (texts.say("dispute-unserved")) }
        p { (texts.say(key)) }
        @if !dispute.core.is_empty() {
            ul { @for line in &dispute.core { li { (told(view, texts, line)) } } }
        }
        @if !dispute.remedies.is_empty() {
            p { (texts.say("dispute-remedies")) }
            ul {
                @for remedy in &dispute.remedies {
                    li { code { "comity explain INSTANCE SOLUTION" @for change in remedy.split("; ") { " --what-if \"" (change) "\"" } } }
                }
            }
        }
    }
}

/// A requirement that takes part, by its code; what excludes mediators, by its reason.
fn told(view: &View<'_>, texts: &Texts, line: &CoreLine<'_>) -> String {
    let named = |at: usize| line.named.get(at).map_or("", |id| view.names.of(id)).to_owned();
    if let Some(said) = texts
        .find(&format!("core-{}", line.reason), &[("a", named(0).into()), ("b", named(1).into())])
    {
        return said;
    }
    let reason = line.rule.map_or_else(|| texts.code("reason", line.reason), |r| rule(texts, r));
    let n = line.mediators.unwrap_or(0);
    texts.tell("dispute-takes-away", &[("n", n.into()), ("reason", reason.into())])
}
