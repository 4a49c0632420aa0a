//! The codes of this stage: each is a constant here, a heading in `docs/errors.md`, and a file in
//! `instances/invalid/`.

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        $(pub(super) const $name: &str = $code;)*

        /// Every code that `validate` can give, with what it means.
        pub const CODES: &[(&str, &str)] = &[$(($code, $meaning)),*];
    };
}

codes! {
    AS_OF_AFTER_HORIZON = "as-of-after-horizon", "`as_of` lies after the horizon (a warning)";
    BAD_AFTER = "bad-after", "`after` does not name the session listed just before";
    BAD_DATE = "bad-date", "a date that does not exist or is not `YYYY-MM-DD`";
    BAD_INTERPRETATION = "bad-interpretation", "languages of a session that are not two to eight different ones";
    BAD_ID = "bad-id", "an id with other characters or of another length than allowed";
    BAD_INSTANT = "bad-instant", "an instant that is not RFC 3339 with an offset, on a whole minute";
    BAD_MINUTES = "bad-minutes", "a length of a session that is not a positive multiple of the slot, at most 24 hours";
    BAD_SLOT = "bad-slot", "a slot of another length than 5, 10, 15, 20, 30 or 60 minutes";
    BAD_STATE_ID = "bad-state-id", "an id of a State that is neither two capital letters nor `X-...`";
    BAD_TIME = "bad-time", "a civil time that is not `HH:MM`, `00:00` to `24:00`";
    BAD_WORD = "bad-word", "a role or tag with other characters or of another length than ids have";
    BENT_BANDS = "bent-bands", "points that do not rise faster the further a minute lies from the cheapest band (a warning)";
    CAUCUS_OF_SIDES = "caucus-of-sides", "a caucus that more than one side attends (a warning)";
    COVERAGE_BEYOND_PANEL = "coverage-beyond-panel", "more speakers of a language asked for than the panel has members";
    DUPLICATE_ID = "duplicate-id", "an id used twice in one namespace";
    DUPLICATE_JOURNEY = "duplicate-journey", "a second journey between the same two places";
    DUPLICATE_OVERRIDE = "duplicate-override", "a second override of one rule for one mediator and dispute";
    DUPLICATE_SCORE = "duplicate-score", "a second entry in `scores` for one dispute";
    EMPTY_PATH = "empty-path", "a rule that neither has a path nor counts or pairs";
    EMPTY_REASON = "empty-reason", "an override without a reason";
    EMPTY_STEP = "empty-step", "a step or a group without patterns";
    EMPTY_WINDOW = "empty-window", "a session that nothing between its first start and its due dates leaves room for (a warning)";
    HORIZON_NOT_WHOLE = "horizon-not-whole", "a horizon that is not a whole number of slots";
    HORIZON_TOO_LONG = "horizon-too-long", "a horizon of more than 400 days";
    IDLE_CAP = "idle-cap", "a share of blocs where no mediator's State is in one (a warning)";
    IDLE_LEVELS = "idle-levels", "levels of service where nothing goes by them (a warning)";
    IDLE_OVERRIDE = "idle-override", "an override without effect (a warning)";
    IDLE_LATENESS = "idle-lateness", "`lateness` of a step that sets no due date";
    IDLE_WAIVER = "idle-waiver", "a waiver without effect (a warning)";
    IDLE_WORKDAY = "idle-workday", "a workday that is a holiday, or not on the weekend (a warning)";
    IMPLIED_RELATION = "implied-relation", "a kind in `relations` that other sections imply";
    LANGUAGE_OF_NOBODY = "language-of-nobody", "a language of a dispute that no mediator has (a warning)";
    LATER_STEP = "later-step", "a step of a procedural calendar that is counted from itself or a later one";
    LOCK_CONTRADICTION = "lock-contradiction", "locks that cannot hold together";
    LOCK_OFF_GRID = "lock-off-grid", "a locked start between two slots or outside the horizon";
    LOCK_OUTSIDE_WINDOW = "lock-outside-window", "a locked start that the session's own window forbids";
    LOCK_PLACE = "lock-place", "a locked place that is not the session's own";
    MISSING_PLACE = "missing-place", "a session in person or hybrid without a place";
    MISSING_SHARE = "missing-share", "a relation of ownership without a share";
    MISSING_TIME_ZONE = "missing-time-zone", "a person whose wall clock is needed has no time zone";
    LONE_SETS = "lone-sets", "`sets` of a step without `session`, or `session` without `sets`";
    BAD_DIGEST = "bad-digest", "a digest that is not 64 lower-case hexadecimal digits";
    RANKED_TWICE = "ranked-twice", "a mediator who stands twice in a ranking";
    NO_DAYS = "no-days", "hours that hold on no day";
    NO_PAIRS = "no-pairs", "an interpreter without a pair of languages (a warning)";
    NO_ROOMS = "no-rooms", "a place that sessions use has no rooms";
    NO_TEAM = "no-team", "no entry of the policy says how many interpreters so long a session needs";
    NO_WORKING_DAYS = "no-working-days", "a step that counts working days where every day of the week is a rest day";
    NOBODY_ATTENDS = "nobody-attends", "a party for which nobody attends its sessions (a warning)";
    NOT_ENFORCED = "not-enforced", "a key that this version reads but does not enforce";
    NOT_OVERRIDABLE = "not-overridable", "an override of a rule that may not be overridden";
    OUT_OF_RANGE = "out-of-range", "a number outside the range that its key allows";
    OVERLAPPING_BANDS = "overlapping-bands", "two bands of the working time overlap";
    OVERLAPPING_STAYS = "overlapping-stays", "two stays of one person overlap";
    PATTERN_YEARS = "pattern-years", "`years` or `when` of a pattern missing, or where they have no meaning";
    QUOTA_EXCEEDED = "quota-exceeded", "more mediators designated by a State than the panel's quota";
    RELATION_END = "relation-end", "a relation without the one end, `to` or `case`, that its kind takes";
    RESERVED_RULE = "reserved-rule", "a rule with the name of a reason of exclusion that is no rule";
    REVERSED_CASES = "reversed-cases", "`min_cases` above `cases`";
    REVERSED_GAP = "reversed-gap", "`max_days` below `min_days`, or below what rest or the journey between two places takes";
    REVERSED_HOURS = "reversed-hours", "hours or a band that do not end after they begin";
    REVERSED_INTERVAL = "reversed-interval", "an interval of instants that does not end after it begins";
    REVERSED_SPAN = "reversed-span", "a span of dates whose last day is before its first";
    ROOM_TOO_SMALL = "room-too-small", "no room of the place has seats for all people of a session in person";
    RULE_CONTRADICTION = "rule-contradiction", "keys of a rule that cannot stand together";
    SAME_ACTOR = "same-actor", "one actor is two parties of a dispute (a warning)";
    SAME_LANGUAGE = "same-language", "a pair of a language with itself";
    SAME_PLACE = "same-place", "a journey from a place to itself";
    SELF_RELATION = "self-relation", "a relation or membership of an actor with itself, or a dispute related to itself";
    SUBJECT_OF_NOBODY = "subject-of-nobody", "a subject of a dispute in which no mediator has expertise (a warning)";
    SESSION_BEYOND_DAY = "session-beyond-day", "a session longer than anybody may sit on one date";
    TOO_FEW_INTERPRETERS = "too-few-interpreters", "a booth for which too few interpreters have the languages (a warning)";
    TOO_FEW_PARTIES = "too-few-parties", "a dispute with fewer than two parties";
    TOO_FEW_ROOMS = "too-few-rooms", "fewer rooms than a session takes with its breakout rooms";
    TOO_LARGE = "too-large", "lists or weights so large that sums could overflow";
    UNKNOWN_DEADLINES = "unknown-deadlines", "a procedural calendar that is neither the document's own nor built in";
    UNKNOWN_GROUP = "unknown-group", "a step that uses a group which the profile does not have";
    UNKNOWN_ID = "unknown-id", "a reference to something that is not in the document";
    UNKNOWN_PROFILE = "unknown-profile", "a name in `conflict_rules` or `extends` that is no built-in profile";
    UNKNOWN_RULE = "unknown-rule", "a reference to a rule that the profile does not have";
    UNKNOWN_ZONE = "unknown-zone", "a time zone that the IANA database does not know";
    UNREAD_EVENT = "unread-event", "an event that no step of the procedural calendar names (a warning)";
    UNREAD_RELATION = "unread-relation", "a relation of a kind that no rule of the profile reads (a warning)";
    UNSORTED_TEAMS = "unsorted-teams", "entries of teams whose `minutes` do not rise";
    UNWANTED_BREAKOUT = "unwanted-breakout", "breakout rooms for a session that is remote";
    UNWANTED_PLACE = "unwanted-place", "a place for a session that is remote";
    WAIVER_OBJECT = "waiver-object", "a waiver that does not name exactly one of `rule` and `relation`";
    WEAK_CONSENT = "weak-consent", "consent that would cure a waivable red finding by disclosure";
    WRONG_KIND = "wrong-kind", "a reference to an actor of another kind than needed";
}
