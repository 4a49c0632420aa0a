//! Dense indices, one newtype a table.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a `usize`.
            #[must_use]
            pub fn ix(self) -> usize {
                self.0 as usize
            }
            /// The index for a position in its table.
            #[must_use]
            pub fn new(position: usize) -> Self {
                Self(position as u32)
            }
        }
    )*};
}

index! {
    /// An actor: State, organisation, person or mediator; or a case, see `ActorKind::Case`.
    ActorIx;
    /// A mediator, by place in the roster.
    MediatorIx;
    /// A dispute, by place in the docket.
    DisputeIx;
    /// A place.
    PlaceIx;
    /// A panel of the institution.
    PanelIx;
    /// A wall clock: zone, rest days and working hours.
    ClockIx;
    /// An interpreter.
    InterpreterIx;
    /// A language tag.
    LanguageIx;
    /// A subject.
    SubjectIx;
    /// A role or tag of relations.
    WordIx;
}
