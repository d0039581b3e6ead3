//! Whether a character is a letter or a digit, quickly.
//!
//! The standard library asks a table that is searched from its start: a Korean syllable takes several hundred instructions. What
//! most texts are written with is answered before.

/// Whether a character is a letter: as [`char::is_alphabetic`].
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'À'..='ÿ' => !matches!(c, '×' | '÷'),
        '\u{2010}'..='\u{205E}' | '\u{3001}'..='\u{3004}' => false,
        '\u{1100}'..='\u{11FF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣' => {
            true
        }
        _ => c.is_alphabetic(),
    }
}

/// Whether a character is a letter, a digit or a number: as [`char::is_alphanumeric`].
pub fn is_alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_leads_to_the_same_answer() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
