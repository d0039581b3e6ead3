//! Numbers as people read them.

/// `1 document`, `34 documents`, `20,000 people`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let plural = match noun {
        "person" => "people".to_owned(),
        "address of another site" => "addresses of other sites".to_owned(),
        _ if noun.ends_with('s') => noun.to_owned(),
        _ => format!("{noun}s"),
    };
    format!("{} {}", grouped(number), if number == 1 { noun } else { &plural })
}

/// With a comma between groups of three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text of a seed without control characters, which must not steer a terminal.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// `812 B`, `3.2 MB`, in powers of ten.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut tenths = bytes / 100;
    let mut unit = "kB";
    for next in ["MB", "GB"] {
        if tenths < 10_000 {
            break;
        }
        tenths /= 1000;
        unit = next;
    }
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(counted(1, "person"), "1 person");
        assert_eq!(counted(20_000, "person"), "20,000 people");
        assert_eq!(counted(0, "file"), "0 files");
        assert_eq!([size(812), size(1_000), size(3_249_000)], ["812 B", "1.0 kB", "3.2 MB"]);
        assert_eq!(size(999_999), "999.9 kB");
    }
}
