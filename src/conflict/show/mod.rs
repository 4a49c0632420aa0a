//! Screened conflicts for the secretariat.
