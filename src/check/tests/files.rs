//! The files of instances/corrupt, by the checker alone: no other stage has looked at them.

use std::fs;
use std::path::Path;

use crate::check::{RULES, check};
use crate::format::{ConflictRulesDoc, Severity, canonical_digest, read_instance, read_solution};

#[test]
fn each_corrupt_file_breaks_the_rule_in_its_name_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/corrupt");
    let bytes = fs::read(folder.join("base.json")).expect("the instance");
    let digest = canonical_digest(&bytes).expect("JSON");
    let mut base = read_instance(&bytes).expect("an instance");
    // WHY: what two of one family mean is for the profile to say; here they may not sit together.
    let rules = base.policy.as_mut().and_then(|p| p.conflict_rules.as_mut());
    if let Some(ConflictRulesDoc::Inline(rules)) = rules {
        rules.severities.0.push(("co-panel-family".to_owned(), Severity::WaivableRed));
    }
    let stems = RULES.iter().map(|(name, _)| name.to_lowercase().replace(' ', "-"));
    for stem in std::iter::once("base.solution".to_owned()).chain(stems) {
        let bytes = fs::read(folder.join(format!("{stem}.json"))).expect("the solution");
        let verdict = check(&base, &read_solution(&bytes).expect("a solution"), &digest);
        let mut broken: Vec<String> =
            verdict.violations.iter().map(|v| v.rule.to_lowercase().replace(' ', "-")).collect();
        broken.dedup();
        let alone = if stem == "base.solution" { vec![] } else { vec![stem.clone()] };
        assert_eq!(broken, alone, "{stem}: {:#?}", verdict.violations);
    }
}
