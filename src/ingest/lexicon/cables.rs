//! Words of cables of foreign services, which are the same in every language.

/// Before who sent it.
pub(in crate::ingest) const FROM: &[&str] = &["FM"];
/// Before whom it is for.
pub(in crate::ingest) const TO: &[&str] = &["TO"];
/// Before who gets a copy.
pub(in crate::ingest) const INFO: &[&str] = &["INFO"];
/// Before what it is about.
pub(in crate::ingest) const SUBJECT: &[&str] = &["SUBJECT", "SUBJ"];
/// Who may read it, and the signs between its parts.
pub(in crate::ingest) const MARKS: &[&str] =
    &["UNCLAS", "CONFIDENTIAL", "SECRET", "LIMITED", "BT", "SIPDIS", "SECTION"];
/// How urgent it is.
pub(in crate::ingest) const URGENCY: &[&str] =
    &["PRIORITY", "IMMEDIATE", "FLASH", "ROUTINE", "NIACT"];
/// What ends a sentence of a telegram.
pub(in crate::ingest) const STOPS: &[&str] = &["STOP", "STOPP", "PUNTO", "PUNT"];
/// Before the earlier messages that it cites.
pub(in crate::ingest) const CITED: &[&str] = &["REF", "REFS", "REFTEL", "REFTELS"];
