//! Why a mediator is not eligible.

use crate::conflict::RuleIx;
use crate::domain::Instance;

/// A reason why a mediator is not eligible in a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Is a party, representative or counsel in this dispute.
    OwnCause,
    /// Has no nationality on record.
    NationalityUnknown,
    /// Is a national of a party, though no rule of the profile says so.
    National,
    /// A red finding of this rule.
    Conflict {
        /// The rule.
        rule: RuleIx,
    },
    /// An orange finding of this rule that rests on confidential relations alone.
    Undisclosable {
        /// The rule.
        rule: RuleIx,
    },
    /// No valid designation to a panel that admits the class of the dispute.
    NotOnPanel,
    /// Speaks none of the languages of the proceeding.
    Language,
    /// Struck by a party.
    Strike {
        /// Its position among the parties.
        party: u32,
    },
    /// Forbidden by `locks.forbid`.
    Forbidden,
    /// Only scored pairs are candidates, and this one has no score.
    NotScored,
}

impl Reason {
    /// The code under which the reason is counted: see `docs/format.md`.
    #[must_use]
    pub fn code(self, instance: &Instance) -> &str {
        match self {
            Self::OwnCause => "own-cause",
            Self::NationalityUnknown => "nationality-unknown",
            Self::National => "nationality",
            Self::Conflict { rule } => &rule.rule(instance).id,
            Self::Undisclosable { .. } => "undisclosable",
            Self::NotOnPanel => "panel",
            Self::Language => "language",
            Self::Strike { .. } => "strike",
            Self::Forbidden => "forbidden",
            Self::NotScored => "not-scored",
        }
    }

    /// The label in `docs/model.md` of the constraint that the reason belongs to.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Forbidden => "A8",
            Self::OwnCause
            | Self::NationalityUnknown
            | Self::National
            | Self::Conflict { .. }
            | Self::Undisclosable { .. }
            | Self::NotOnPanel
            | Self::Language
            | Self::Strike { .. }
            | Self::NotScored => "A2",
        }
    }
}
