//! Where paragraphs begin in a block of lines: after a gap, with an indent, or, where there is neither, after a line that
//! ends early. How the block is set says what early means.

use super::lines::Row;

/// How a block of lines is set.
pub(super) struct Setting {
    /// Its left edge.
    pub(super) left: f32,
    /// Its right edge.
    right: f32,
    /// How far apart its lines are, as a multiple of their size.
    pitch: f32,
    /// Whether each line holds as many words as fit, as programs set them; somebody who types ends a line sooner.
    is_filled: bool,
}

impl Setting {
    /// Looks at the rows of a block. `pitch` is that of most lines of the page.
    pub(super) fn of(rows: &[Row], pitch: f32) -> Self {
        let left = rows.iter().map(|row| row.left).fold(f32::INFINITY, f32::min);
        let right = rows.iter().map(|row| row.right).fold(f32::NEG_INFINITY, f32::max);
        let mut setting = Self { left, right, pitch, is_filled: false };
        // Where a sentence goes on, the end of a line is no end of a paragraph.
        let goes_on = |pair: &&[Row]| {
            !ends_sentence(&pair[0].text) && !is_apart(&pair[1], &pair[0], pitch * GAP)
        };
        let (mut all, mut early) = (0, 0);
        for pair in rows.windows(2).filter(goes_on) {
            all += 1;
            early += usize::from(setting.fits(&pair[1], &pair[0]));
        }
        setting.is_filled = all >= 3 && early * 12 <= all;
        setting
    }

    /// Whether a paragraph begins with a row.
    pub(super) fn begins(&self, rows: &[Row], at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|at| &rows[at]) else { return false };
        let row = &rows[at];
        if is_apart(row, above, self.pitch * GAP) {
            return true;
        }
        let ends = ends_sentence(&above.text);
        let is_short = above.right < self.right - self.width() * 0.12;
        // A gap so small that letters of another font may have made it.
        if is_apart(row, above, self.pitch * NARROW_GAP) && ends && starts_anew(&row.text) {
            return true;
        }
        if self.is_indented(row) && (ends || is_short) {
            let is_alone = |row: &Row| self.is_indented(row) && ends_sentence(&row.text);
            let below = rows.get(at + 1);
            let is_first = is_short || below.is_some_and(|below| self.is_flush(below));
            let is_next = self.is_indented(above) && ends && is_first && starts_anew(&row.text);
            let follows = self.is_flush(above) || is_next;
            let goes_on =
                |below: &Row| self.is_flush(below) || is_alone(row) && self.is_indented(below);
            if follows && below.is_none_or(goes_on) {
                return true;
            }
        }
        // Where no line is indented, a sentence that ends early is all that can be seen.
        let is_early = if self.is_filled { self.fits(row, above) } else { is_short };
        let is_full = |row: &Row| row.right > self.right - self.width() * 0.2;
        let is_inside = |at: usize| !is_apart(&rows[at + 1], &rows[at], self.pitch * GAP);
        let is_running = is_full(row) || at > 1 && is_full(&rows[at - 2]) && is_inside(at - 2);
        let is_wide = self.width() > 20.0 * row.size;
        is_wide && ends && is_early && is_running && starts_anew(&row.text) && self.is_flush(above)
    }

    fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Whether a row is indented as the first line of a paragraph is.
    fn is_indented(&self, row: &Row) -> bool {
        (0.8 * row.size..5.0 * row.size).contains(&(row.left - self.left))
    }

    fn is_flush(&self, row: &Row) -> bool {
        (row.left - self.left).abs() < 0.5 * row.size
    }

    /// Whether the first word of a row would have had room on the row above, and then some.
    fn fits(&self, row: &Row, above: &Row) -> bool {
        let word = row.text.split_whitespace().next().unwrap_or_default();
        let share = breadth(word) / breadth(row.text.trim()).max(1.0);
        let room = self.right - above.right;
        room > (row.right - row.left) * share * 1.1 + 0.8 * row.size
    }
}

/// A gap that parts paragraphs, as a multiple of the pitch.
const GAP: f32 = 1.3;

/// One that does so if the text agrees.
const NARROW_GAP: f32 = 1.1;

/// Whether a row is farther from the one above than this, in letter heights, or set in letters of another size.
fn is_apart(row: &Row, above: &Row, most: f32) -> bool {
    let (small, size) = (row.size.min(above.size), row.size.max(above.size));
    let gap = (row.base - above.base) / size;
    gap > most || size > small * 1.15 || gap < 0.0
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', '»', ')', '。'])
}

fn starts_anew(text: &str) -> bool {
    let first = text.trim_start().chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
}

/// How broad a text is, more or less: letters of East Asia are as broad as two of another script.
fn breadth(text: &str) -> f32 {
    text.chars().map(|c| if c < '\u{1100}' { 1.0 } else { 2.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::writer::Pdf;
    use crate::pdf::read_here;

    /// The first words of each paragraph, of lines that are set from the left edge and so far in, so far below each other.
    fn paragraphs(lines: &[(f32, f32, &str)]) -> Vec<String> {
        let mut base = 760.0;
        let mut page = Vec::new();
        for (left, step, text) in lines {
            base -= step;
            page.push((60.0 + left, base, 11.0, *text));
        }
        let read = read_here(&Pdf::new().page(&page).bytes()).unwrap();
        let texts: Vec<String> =
            read.pages[0].lines.iter().map(|line| line.text.trim().to_owned()).collect();
        let begins = texts.split(String::is_empty).filter_map(|lines| lines.first());
        begins.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }

    const LINES: [&str; 7] = [
        "The members met on Tuesday in the room above the bakery and spoke of the rent, of",
        "coal and of the state of the lamps, which were dear this year; and it was found that",
        "nobody knew what the lamps had cost in the years before. They were bought at once.",
        "Mr. Lowe said that the coal which was delivered in April is used up, and asks for more",
        "before the end of the month.",
        "We should like to rent the room from Lady Day onwards, if four shillings suit you, and",
        "to put up shelves for the books that were left to us by the late Mr. Lowe of Leeds.",
    ];

    #[test]
    fn a_sentence_that_ends_early_ends_a_paragraph_if_no_line_is_indented() {
        let set = LINES.map(|line| (0.0, 14.0, line));
        assert_eq!(paragraphs(&set), ["The members", "We should"]);
        // The next word would have had room, and lines are filled.
        let mut set = set.to_vec();
        set[2].2 = "nobody knew what the lamps had cost in the years before. They were paid.";
        assert_eq!(paragraphs(&set), ["The members", "Mr. Lowe", "We should"]);
        // Somebody typed this and ended lines sooner or later.
        set[0].2 = "The members met on Tuesday in the room above the bakery and";
        set[3].2 = "Mr. Lowe said that the coal which was delivered in April is";
        assert_eq!(paragraphs(&set)[0], "The members");
    }

    #[test]
    fn indented_lines_begin_paragraphs_even_one_after_another() {
        let left = [12.0, 0.0, 0.0, 12.0, 12.0, 12.0, 0.0];
        let mut set: Vec<_> =
            left.into_iter().zip(LINES).map(|(left, line)| (left, 14.0, line)).collect();
        set[3].2 = "Mr. Lowe asks for more coal.";
        set[4].2 = "It will be ordered before the end of the month.";
        assert_eq!(paragraphs(&set), ["The members", "Mr. Lowe", "It will", "We should"]);
        // What is set in as a whole is one.
        let quoted = LINES.map(|line| (12.0, 14.0, line));
        let mut set = vec![(
            0.0,
            14.0,
            "He said what follows, and nobody spoke against it until the end of the meeting, at",
        )];
        set.extend(&quoted[..3]);
        assert_eq!(paragraphs(&set).len(), 1);
    }

    #[test]
    fn a_small_gap_counts_where_a_sentence_ends() {
        let mut set = LINES.map(|line| (0.0, 14.0, line));
        set[3].1 = 17.0;
        set[1].1 = 17.0;
        assert_eq!(paragraphs(&set), ["The members", "Mr. Lowe", "We should"]);
    }
}
