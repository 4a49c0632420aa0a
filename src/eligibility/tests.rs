//! Tests of eligibility.
