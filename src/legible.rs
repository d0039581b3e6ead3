//! Text without control characters, which steer terminals and break feeds, tables and pages.

use std::borrow::Cow;

/// Whether a character is a control character that no text needs: all but tabs, line ends and form feeds.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')
}

/// The text with `\u{fffd}` for each control character.
pub fn legible(text: &str) -> Cow<'_, str> {
    // Those beyond ASCII begin with one byte, which begins other characters too.
    let may_be = |byte: u8| matches!(byte, 0..=8 | 0xB | 0xE..=0x1F | 0x7F | 0xC2);
    // Without an early end within them, runs of bytes are looked at together.
    let run_may = |run: &[u8]| run.iter().fold(false, |found, byte| found | may_be(*byte));
    if text.as_bytes().chunks(256).any(run_may) && text.contains(is_control) {
        return Cow::Owned(text.replace(is_control, "\u{fffd}"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_control_characters_are_replaced() {
        assert_eq!(legible("a\0b\u{1b}c\u{85}d\u{7f}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
        let text = "a\tb\r\nc\u{c}d \u{a0}§ é 항만\n";
        assert!(matches!(legible(text), Cow::Borrowed(same) if same == text));
    }
}
