//! The codes of reading: each is a constant here, a heading in `docs/errors.md`, and a file in
//! `instances/invalid/`.

macro_rules! codes {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub(crate) const $name: &str = $code;)*

        /// Every code that reading can give, with what it means.
        pub const CODES: &[(&str, &str)] = &[$(($code, $meaning)),*];
    };
}

codes! {
    BAD_NUMBER = "bad-number", "a number that is not whole, too large, or has too many places";
    DUPLICATE_KEY = "duplicate-key", "a key that stands twice in one object";
    MISSING_KEY = "missing-key", "a key that the document needs";
    NOT_UTF8 = "not-utf8", "bytes that are not UTF-8 text";
    SYNTAX = "syntax", "text that is not JSON";
    TOO_DEEP = "too-deep", "lists and objects nested more than 127 deep";
    UNKNOWN_KEY = "unknown-key", "a key that comity does not know";
    UNKNOWN_VALUE = "unknown-value", "a word outside the list that a key allows";
    WRONG_LENGTH = "wrong-length", "a list with too few or too many entries";
    WRONG_SCHEMA = "wrong-schema", "a `schema` that is missing or names another kind of document";
    WRONG_TYPE = "wrong-type", "a value of another type than expected";
}
