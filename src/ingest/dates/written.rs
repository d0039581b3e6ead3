//! What a date is made of as it is written, before anything is computed from it.

use super::super::lexicon::Feast;

/// A year as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// All its digits.
    Full(u32),
    /// The last two digits.
    Short(u32),
    /// The last three digits, as Austrians wrote them: `12. 6. 907`.
    NoThousand(u32),
    /// `1702/3`: by the year's beginning in March, and in January.
    Two(u32, u32),
    /// One of two, since two eras share a name.
    Either(u32, u32),
    /// None.
    Missing,
}

/// A year, a month or a day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stop {
    pub year: Year,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

impl Stop {
    pub(super) fn day(year: Year, month: u32, day: u32) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }
}

/// The parts of a date as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// One date.
    One(Stop),
    /// The same by the old (Julian) calendar, and says so.
    Old(Stop),
    /// From one day to another, or the same day in two calendars if a stroke or a bracket divides them.
    Span { from: Stop, to: Stop, may_be_styles: bool },
    /// Two numbers of which either may be the day, then the year.
    Either(u32, u32, Year),
    /// A season of a year, by its number in EDTF.
    Season(u32, Year),
    /// A feast of a year.
    Feast(Feast, Year),
    /// A day of this month, of last month (-1), of the next (1).
    Near(u32, i8),
    /// Not understood.
    Unread(Why),
}

/// Why a date is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Counted by the moon.
    Lunar,
    /// Of another calendar than those of Julius Caesar and Pope Gregory.
    Calendar,
    /// The years are counted by an era that is not known, or has not as many.
    Era,
    /// The year is not whole.
    Year,
}
