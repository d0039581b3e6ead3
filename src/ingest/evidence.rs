//! What rules believe of a document, and the one place that decides.
//!
//! A rule makes [`Claim`]s: a value for a field, the lines that it was read from, and how far it is to be
//! believed. [`decide`] weighs all claims of a field against each other. Its outcome does not depend on the order of
//! the claims. Knows no rule, no lexicon and no seed.

mod decide;
#[cfg(test)]
mod order;
pub(super) mod plausible;
pub(super) mod weights;

use std::ops::Range;

use super::dates::Reading;
use super::parties::Mention;
pub use decide::rival;
pub(super) use decide::{Decision, decide, shown};

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Title,
    Date,
    Place,
    Kind,
    Subject,
    /// Who wrote it, by a label, a byline, a record.
    Author,
    /// Who signed it.
    Signers,
    /// The body, office or person whose paper it is on.
    Letterhead,
    Recipients,
    Copied,
}

impl Field {
    /// All fields, in the order in which they are explained.
    pub(super) const ALL: [Self; 10] = [
        Self::Title,
        Self::Date,
        Self::Place,
        Self::Kind,
        Self::Subject,
        Self::Author,
        Self::Signers,
        Self::Letterhead,
        Self::Recipients,
        Self::Copied,
    ];

    /// The key of the front matter that a doubt about it names.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::Place => "place",
            Self::Kind => "kind",
            Self::Subject => "subject",
            Self::Author | Self::Letterhead => "creators",
            Self::Signers => "signatories",
            Self::Recipients => "recipients",
            Self::Copied => "copied",
        }
    }
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A title, a place, a subject, a kind.
    Text(String),
    Date(Reading),
    Parties(Vec<Mention>),
}

/// What one rule believes of one field, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Claim {
    pub field: Field,
    pub value: Value,
    /// Indices of the lines of the piece that say so; empty if the claim is from outside of the text.
    pub lines: Range<usize>,
    /// How many of a hundred such claims are right: see [`weights`].
    pub weight: i32,
    /// Name of the rule.
    pub rule: &'static str,
    /// Why the value needs a look, whatever its weight.
    pub doubt: Option<String>,
    /// Line in the seed, counted from 1, for those who ask why.
    pub seed_line: Option<usize>,
}

/// What those signs weigh together that hold.
pub(super) fn weigh(signs: &[(bool, i32)]) -> i32 {
    signs.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum()
}

impl Claim {
    /// A claim with the weight that the table gives to its rule.
    pub(super) fn new(rule: &'static str, field: Field, value: Value, lines: Range<usize>) -> Self {
        Self { field, value, lines, weight: weights::of(rule), rule, doubt: None, seed_line: None }
    }

    /// The same, believed less or more.
    pub(super) fn adjusted(self, by: i32) -> Self {
        Self { weight: (self.weight + by).clamp(0, 99), ..self }
    }

    /// The same, with a reason for a look.
    pub(super) fn doubted(self, reason: impl Into<String>) -> Self {
        Self { doubt: Some(reason.into()), ..self }
    }
}
