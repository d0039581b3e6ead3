//! On which page of a seed a line is, if its lines are those of pages: of a PDF, or of a file of OCR.

use std::fmt;

use serde::Serialize;

/// Where on the pages of a seed a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PagePlace {
    /// The page, counted from 1.
    pub page: usize,
    /// The line of the page, counted from 1; blank ones do not count.
    pub line: usize,
}

impl fmt::Display for PagePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "page {}, line {}", self.page, self.line)
    }
}

/// The places of a seed's lines; none if it has no pages.
#[derive(Debug, Default, Clone)]
pub struct Pages(Vec<PagePlace>);

impl Pages {
    /// Those of a text whose pages part by form feeds.
    pub(super) fn of(text: &str) -> Self {
        let mut place = PagePlace { page: 1, line: 0 };
        let places = text.split('\n').map(|line| {
            let feeds = line.matches('\u{C}').count();
            if feeds > 0 {
                place = PagePlace { page: place.page + feeds, line: 0 };
            }
            place.line += usize::from(!line.trim().is_empty());
            place
        });
        Self(places.collect())
    }

    /// The place of a line of the seed, counted from 1.
    pub fn place(&self, line: usize) -> Option<PagePlace> {
        self.0.get(line.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_do_not_count_and_pages_begin_anew() {
        let pages = Pages::of("a\n\nb\n\n\u{C}c\nd\n\n\u{C}\u{C}e");
        let place = |line| pages.place(line).map(|place| (place.page, place.line));
        assert_eq!(place(1), Some((1, 1)));
        assert_eq!(place(3), Some((1, 2)));
        assert_eq!(place(5), Some((2, 1)));
        assert_eq!(place(6), Some((2, 2)));
        assert_eq!(place(8), Some((4, 1)));
        assert_eq!((place(0), place(9)), (None, None));
        assert_eq!(pages.place(6).unwrap().to_string(), "page 2, line 2");
    }
}
