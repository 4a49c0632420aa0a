//! The proof: how good the answer is, what that rests on, and how anybody can check it again.
//!
//! * For every reader; a party sees no totals, as the view holds none for it.

#[cfg(test)]
mod tests;

use maud::{Markup, html};

use crate::check::RULES;
use crate::format::{Mechanism, Status, StopReason};
use crate::report::pages::shared::{digest as digits, fact};
use crate::report::texts::Texts;
use crate::report::view::{TierLine, View};

/// Terms that quality is made of, in their order.
const QUALITY: [&str; 7] =
    ["fit", "burden", "fairness", "lateness", "balance", "rotation", "disruption"];

/// What the proof does not say.
const LIMITS: [&str; 5] = ["data", "relations", "rules", "measure", "software"];

/// The code of a status in texts.
fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

/// The code of what ended a run in texts.
fn stop(reason: StopReason) -> &'static str {
    match reason {
        StopReason::TimeLimit => "time-limit",
        StopReason::NodeLimit => "node-limit",
        StopReason::Interrupted => "interrupted",
    }
}

/// The code of a rule of the checker in texts: `a1-panel-size` of `A1 panel-size`.
fn rule(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// The section.
pub(super) fn section(view: &View<'_>, texts: &Texts) -> Markup {
    html! {
        @if !view.head.holds { p.verdict.broken { (texts.say("proof-broken")) } }
        h3 { (texts.say("proof-status")) }
        (standing(view, texts))
        @if !view.proof.tiers.is_empty() {
            h3 { (texts.say("proof-tiers")) }
            (tiers(view, texts))
            h3 { (texts.say("proof-terms")) }
            (terms(view, texts))
        }
        h3 { (texts.say("proof-selected")) }
        (selected(view, texts))
        h3 { (texts.say("proof-certificate")) }
        @if view.proof.certified {
            p { (texts.say("proof-certificate-what")) " " (texts.say("proof-certificate-integers")) }
        } @else {
            p { (texts.say("proof-certificate-none")) }
        }
        h3 { (texts.say("proof-recheck")) }
        (recheck(view, texts))
        h3 { (texts.say("proof-limits")) }
        ul { @for limit in LIMITS { li { (texts.say(&format!("proof-limits-{limit}"))) } } }
    }
}

/// The section where rules are broken and a party reads: how to check again, and nothing that would claim anything.
pub(super) fn of_a_broken_answer(view: &View<'_>, texts: &Texts) -> Markup {
    html! {
        p.verdict.broken { (texts.say("proof-broken")) }
        h3 { (texts.say("proof-recheck")) }
        (recheck(view, texts))
    }
}

/// The status in words, and how far the best may be.
fn standing(view: &View<'_>, texts: &Texts) -> Markup {
    let proof = &view.proof;
    let code = status(view.head.status);
    let gap = match proof.gap {
        None => texts.say("proof-gap-unknown"),
        Some(gap) if gap <= 0 => texts.say("proof-gap-none"),
        Some(gap) => texts.tell("proof-gap", &[("gap", percent(texts, gap).into())]),
    };
    html! {
        p {
            strong { (texts.say(&format!("proof-status-{code}"))) } " "
            (texts.say(&format!("proof-status-{code}-why")))
        }
        @if let Some(reason) = view.head.stop_reason {
            p { (texts.say(&format!("proof-stop-{}", stop(reason)))) }
        }
        @if view.head.status != Status::Infeasible && !view.for_party() { p { (gap) } }
        @if let Some(asked) = proof.asked.filter(|_| proof.certified) {
            p.note { (texts.tell("proof-asked", &[("gap", texts.decimal(asked.saturating_mul(100), 4).into())])) }
        }
    }
}

/// Per cent of a part in micro-units, rounded up: no more is promised than is proven.
fn percent(texts: &Texts, micro: i64) -> String {
    let hundredths = micro.saturating_add(99).div_euclid(100);
    texts.decimal(hundredths.saturating_mul(10_000), 2)
}

/// Aim by aim, what was reached and what nobody can exceed.
fn tiers(view: &View<'_>, texts: &Texts) -> Markup {
    html! {
        p { (texts.say("proof-tiers-how")) }
        dl.tiers {
            @for tier in &view.proof.tiers {
                div {
                    dt { (texts.code("proof-term", tier.name)) }
                    dd {
                        (reached(texts, tier))
                        @if tier.bound.is_some() {
                            " "
                            (texts.say(if tier.derived { "proof-derived" } else { "proof-not-derived" }))
                            " "
                            span.note { (texts.tell("proof-certificate-size", &[("questions", tier.questions.into()), ("leaves", tier.leaves.into())])) }
                        }
                    }
                }
            }
        }
    }
}

/// What an answer reaches in an aim, and what its bound says about others.
fn reached(texts: &Texts, tier: &TierLine) -> String {
    let how = match tier.bound {
        None => "none",
        Some(bound) if bound <= tier.value => "closed",
        Some(_) => "open",
    };
    let bound = tier.bound.unwrap_or(tier.value);
    let open = bound.saturating_sub(tier.value);
    let whole = |micro: i64| texts.number(micro.div_euclid(1_000_000));
    let counted = |micro: i64| texts.number(micro.saturating_neg().div_euclid(1_000_000));
    // A bound is rounded up, and what was reached down: no more is promised than is proven.
    let up = |micro: i64| {
        texts.decimal(micro.saturating_add(999).div_euclid(1000).saturating_mul(1000), 3)
    };
    let down = |micro: i64| texts.decimal(micro.div_euclid(1000).saturating_mul(1000), 3);
    let (value, limit) = match tier.name {
        "panels" | "sessions" => (whole(tier.value), whole(bound)),
        "worst" | "quality" => (down(tier.value), up(bound)),
        // What is lacked or borne is negative in the sum, and told as a number of things.
        _ => (counted(tier.value), counted(bound)),
    };
    let size = i128::from(bound).abs().max(1_000_000);
    let part = (i128::from(open) * 1_000_000 + size - 1).div_euclid(size);
    let part = i64::try_from(part).unwrap_or(i64::MAX);
    texts.tell(
        &format!("proof-says-{}", tier.name),
        &[
            ("how", how.into()),
            ("value", value.into()),
            ("bound", limit.into()),
            ("open", up(open).into()),
            ("gap", percent(texts, part).into()),
            ("level", exact(texts, tier.level.unwrap_or(0)).into()),
        ],
    )
}

/// Micro-units with as many places as they have.
fn exact(texts: &Texts, micro: i64) -> String {
    let places = (0..6_u32).find(|places| micro % 10_i64.pow(6 - places) == 0).unwrap_or(6);
    texts.decimal(micro, places)
}

/// What quality is made of.
fn terms(view: &View<'_>, texts: &Texts) -> Markup {
    let value = |name: &str| view.proof.terms.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let told: Vec<(&str, i64)> =
        QUALITY.iter().filter_map(|name| Some((*name, value(name)?))).collect();
    let sum = told.iter().fold(0_i64, |sum, (_, value)| sum.saturating_add(*value));
    let caption = texts.say("proof-terms");
    html! {
        p { (texts.say("proof-terms-how")) }
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption.hide { (caption) }
                thead { tr {
                    th scope="col" { (texts.say("proof-terms-term")) }
                    th scope="col" { (texts.say("proof-terms-means")) }
                    th.n scope="col" { (texts.say("proof-terms-value")) }
                } }
                tbody {
                    @for (name, value) in &told {
                        tr {
                            th scope="row" { (texts.say(&format!("proof-term-{name}"))) }
                            td { (texts.say(&format!("proof-term-{name}-why"))) }
                            td.n { (texts.decimal(*value, 3)) }
                        }
                    }
                }
                tfoot { tr {
                    th scope="row" colspan="2" { (texts.say("proof-terms-sum")) }
                    td.n { (texts.decimal(sum, 3)) }
                } }
            }
        }
    }
}

/// How panels were selected.
fn selected(view: &View<'_>, texts: &Texts) -> Markup {
    let proof = &view.proof;
    let name = proof.mechanism.name();
    html! {
        p {
            strong { (texts.say(&format!("proof-mechanism-{name}"))) } " "
            (texts.say(&format!("proof-mechanism-{name}-why")))
        }
        @if proof.mechanism != Mechanism::Optimise {
            p { (texts.say("proof-selected-rules")) " " (texts.say("proof-selected-bound")) }
            p { (texts.say("proof-replay")) }
            pre { code {
                "comity solve INSTANCE --mechanism " (name)
                @if proof.seed.is_some() { " --draw-seed \"$SEED\"" }
                " -o SOLUTION"
            } }
        }
        @if proof.seed.is_some() || proof.commitment.is_some() {
            dl.facts {
                @if let Some(seed) = proof.seed { (fact(texts, "proof-seed", &html! { code.digest { (seed) } })) }
                @if let Some((digest, _)) = proof.commitment { (fact(texts, "proof-commitment", &digits(digest))) }
            }
        }
        @if let Some((_, bound)) = proof.commitment {
            p { (texts.say(if bound { "proof-committed" } else { "proof-not-committed" })) }
            p { (texts.say("proof-seed-check")) }
            pre { code { "printf %s \"$SEED\" | sha256sum" } }
        }
    }
}

/// How anybody can check it again.
fn recheck(view: &View<'_>, texts: &Texts) -> Markup {
    let how = if view.for_party() { "proof-recheck-party" } else { "proof-recheck-how" };
    let reader = if view.for_party() { " --for PARTY" } else { "" };
    let language = texts.tag().split('-').next().unwrap_or_default();
    html! {
        p { (texts.say(how)) }
        pre { code { "comity check INSTANCE SOLUTION" } }
        p { (texts.say("proof-recheck-says")) }
        pre { code { "everything holds: " (view.head.rules) " rules checked" } }
        p { (texts.say("proof-recheck-page")) }
        pre { code { "comity report INSTANCE SOLUTION" (reader) " --language " (language) " -o PAGE" } }
        p { (texts.say("proof-recheck-digests")) }
        pre { code { "python3 -c 'import hashlib,json,rfc8785,sys;print(hashlib.sha256(rfc8785.dumps(json.load(sys.stdin))).hexdigest())' < SOLUTION" } }
        details {
            summary { (texts.tell("proof-recheck-rules", &[("n", view.head.rules.into())])) }
            p { (texts.say("proof-recheck-rules-how")) }
            (rules(texts))
        }
    }
}

/// The rules of the checker.
fn rules(texts: &Texts) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.say("proof-recheck")) {
            table {
                caption.hide { (texts.tell("proof-recheck-rules", &[("n", RULES.len().into())])) }
                thead { tr {
                    th scope="col" { (texts.say("proof-recheck-label")) }
                    th scope="col" { (texts.say("proof-recheck-asks")) }
                } }
                tbody {
                    @for (name, sentence) in RULES {
                        tr {
                            th scope="row" { code { (name) } }
                            td { (texts.find(&format!("proof-rule-{}", rule(name)), &[]).unwrap_or_else(|| (*sentence).to_owned())) }
                        }
                    }
                }
            }
        }
    }
}
