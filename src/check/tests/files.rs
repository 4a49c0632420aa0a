//! The files of instances/corrupt, by the checker alone: no other stage has looked at them.

use std::fs;
use std::path::Path;

use crate::check::{RULES, check};
use crate::format::{canonical_digest, read_instance, read_solution};

#[test]
fn each_corrupt_file_breaks_the_rule_in_its_name_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/corrupt");
    let bytes = fs::read(folder.join("base.json")).expect("the instance");
    let digest = canonical_digest(&bytes).expect("JSON");
    let base = read_instance(&bytes).expect("an instance");
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
