//! The numbers of items and notes as formats write them.

/// `a` … `z`, `aa`, `bb`.
pub(super) fn letters(number: usize) -> String {
    let Some(k) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + u8::try_from(k % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (k / 26 + 1).min(10)).collect()
}

/// `i`, `ii`, `iii`, `iv`.
pub(super) fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}
