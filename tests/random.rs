//! Random dockets are valid.

use comity::generate::{RandomOptions, random};
use comity::validate::validate;

#[test]
fn what_is_made_is_valid() {
    for (seed, tight) in [(1, false), (2, true), (3, false)] {
        let document = random(&RandomOptions { seed, disputes: 6, mediators: 14, tight });
        let (instance, findings) = validate(&document, String::new());
        assert!(instance.is_some() && findings.is_empty(), "{findings:?}");
    }
}
