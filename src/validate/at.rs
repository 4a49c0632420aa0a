//! A place in the document, kept as a chain on the stack and written out only for a finding.

use std::fmt::Write as _;

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// A place in the document.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    above: Option<(&'a At<'a>, Step<'a>)>,
}

impl<'a> At<'a> {
    /// The whole document.
    pub(super) const ROOT: At<'static> = At { above: None };

    /// The member `key` of the object here.
    pub(super) fn key(&'a self, key: &'a str) -> At<'a> {
        At { above: Some((self, Step::Key(key))) }
    }

    /// The item `index` of the list here.
    pub(super) fn item(&'a self, index: usize) -> At<'a> {
        At { above: Some((self, Step::Item(index))) }
    }

    /// The JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some((above, step)) = at.above {
            steps.push(step);
            at = above;
        }
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            // WHY: writing to a `String` cannot fail.
            let _ = match step {
                Step::Key(key) => write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1")),
                Step::Item(index) => write!(pointer, "/{index}"),
            };
        }
        pointer
    }
}
