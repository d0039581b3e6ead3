//! Direction of writing: how a language runs, and how a text that runs against the text around it is
//! kept from disturbing it.
//!
//! Source: Unicode Standard Annex #9, 2.4.2, "Explicit directional isolates".

use std::borrow::Cow;

/// First strong isolate: what follows is set by itself, in the direction of its first letter.
pub const ISOLATE: char = '\u{2068}';
/// The end of an isolate.
pub const END: char = '\u{2069}';

/// The direction in which a language is written: `ltr` or `rtl`.
pub fn of_language(tag: &str) -> &'static str {
    // A script that is named decides: Azerbaijani in Arabic letters is `az-Arab`.
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    if let Some(script) = parts.find(|p| p.len() == 4 && p.chars().all(char::is_alphabetic)) {
        let script = script.to_ascii_lowercase();
        let rtl = ["arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "samr", "mand"];
        return if rtl.contains(&script.as_str()) { "rtl" } else { "ltr" };
    }
    match primary {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "iw" | "nqo" | "ps" | "sd" | "syr" | "ug"
        | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

/// A text to stand within text of a direction: between isolates if it holds letters of the other one, or marks
/// that would turn what follows it around.
pub fn isolated<'t>(text: &'t str, within: &str) -> Cow<'t, str> {
    if !text.is_ascii() && text.contains(is_mark) {
        return Cow::Owned(format!("{ISOLATE}{}{END}", closed(text)));
    }
    let against = |c: char| match within {
        "rtl" => c.is_alphabetic() && !is_rtl(c),
        _ => is_rtl(c),
    };
    // Most names are of ASCII, none of which runs from right to left.
    let alike = within != "rtl" && text.is_ascii();
    if !alike && text.chars().any(against) {
        Cow::Owned(format!("{ISOLATE}{text}{END}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Marks that open or close a stretch of a direction of its own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text without the marks that would close a stretch which it did not open, and with a mark at its end for
/// each isolate that it left open. An embedding ends with the isolate around it.
fn closed(text: &str) -> String {
    let mut open = 0_usize;
    let mut closed = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            END if open == 0 => continue,
            END => open -= 1,
            _ => {}
        }
        closed.push(c);
    }
    closed.extend(std::iter::repeat_n(END, open));
    closed
}

/// Whether a character belongs to a block of letters that run from right to left.
fn is_rtl(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_the_other_way_is_isolated() {
        assert_eq!(isolated("Harbour", "ltr"), "Harbour");
        assert_eq!(isolated("항만", "ltr"), "항만");
        assert_eq!(isolated("رسالة", "ltr"), "\u{2068}رسالة\u{2069}");
        assert_eq!(isolated("No. 4 של", "ltr"), "\u{2068}No. 4 של\u{2069}");
        assert_eq!(isolated("רסאלה", "rtl"), "רסאלה");
        assert_eq!(isolated("Harbour", "rtl"), "\u{2068}Harbour\u{2069}");
    }

    #[test]
    fn marks_of_a_name_end_with_it() {
        let name = "Ann \u{202e}eeL";
        assert_eq!(isolated(name, "ltr"), format!("\u{2068}{name}\u{2069}"));
        assert_eq!(isolated("a\u{2069}b", "ltr"), "\u{2068}ab\u{2069}");
        assert_eq!(isolated("a\u{2067}b", "rtl"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
        assert_eq!(isolated("a\u{2067}b\u{2069}", "ltr"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
    }

    #[test]
    fn a_named_script_decides_the_direction() {
        for (tag, direction) in [
            ("ar-EG", "rtl"),
            ("he", "rtl"),
            ("az-Arab-IR", "rtl"),
            ("ar-Latn", "ltr"),
            ("ko", "ltr"),
        ] {
            assert_eq!(of_language(tag), direction, "{tag}");
        }
    }
}
