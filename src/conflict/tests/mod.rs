//! Tests of the conflict graph and its rules.
