//! Checksums of numbers: what is not right by its own arithmetic is some other number.

/// How many digits a text has.
pub(super) fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn values(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO 13616: the first four signs go to the end, letters count from 10 on; the rest by 97 is 1.
pub(super) fn is_iban(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    if !(15..=34).contains(&signs.len()) {
        return false;
    }
    let rest = signs[4..].iter().chain(&signs[..4]).try_fold(0_u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some((rest * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    rest == Some(1)
}

/// ISO/IEC 7812: Luhn's sum.
pub(super) fn is_card(text: &str) -> bool {
    let values = values(text);
    let doubled = |(place, digit): (usize, &u32)| match place % 2 {
        1 => digit * 2 - if *digit > 4 { 9 } else { 0 },
        _ => *digit,
    };
    let sum: u32 = values.iter().rev().enumerate().map(doubled).sum();
    (13..=19).contains(&values.len()) && sum.is_multiple_of(10)
}

fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// A resident registration number: a day of birth, then a digit that tells the century. Since October 2020
/// the last digit is no checksum any more, so that it is not asked for.
pub(super) fn is_korean(text: &str) -> bool {
    let v = values(text);
    v.len() == 13 && is_day(v[2] * 10 + v[3], v[4] * 10 + v[5])
}

/// A social security number: areas 000, 666 and 900 on, group 00 and serial 0000 were never given.
pub(super) fn is_american(text: &str) -> bool {
    let parts: Vec<u32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    matches!(parts[..], [area, group, serial] if area > 0 && area != 666 && area < 900 && group > 0 && serial > 0)
}

/// The number of the Répertoire national: its key is 97 less the rest of the others by 97; Corsica's
/// departments 2A and 2B count as 19 and 18.
pub(super) fn is_french(text: &str) -> bool {
    let plain = text.replace(' ', "").replace("2A", "19").replace("2B", "18");
    let (Some(number), Some(key)) = (plain.get(..13), plain.get(13..)) else { return false };
    match (number.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => key == 97 - number % 97,
        _ => false,
    }
}

/// A DNI or NIE: the letter is the rest by 23.
pub(super) fn is_spanish(text: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let plain = text.replace('-', "");
    let number = plain.replace('X', "0").replace('Y', "1").replace('Z', "2");
    let (Some(digits), Some(letter)) = (number.get(..8), plain.bytes().last()) else {
        return false;
    };
    digits.parse::<usize>().is_ok_and(|number| LETTERS[number % 23] == letter)
}

/// GB 11643-1999: a day of birth, and ISO 7064 mod 11-2.
pub(super) fn is_chinese(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8] = b"10X98765432";
    let Some(body) = text.get(..17) else { return false };
    let v = values(body);
    let check = usize::try_from(weighed(&v, &WEIGHTS) % 11).unwrap_or(0);
    is_day(v[10] * 10 + v[11], v[12] * 10 + v[13]) && text.bytes().last() == Some(CHECK[check])
}

/// A CPF: two digits of check, mod 11.
pub(super) fn is_brazilian(text: &str) -> bool {
    let v = values(text);
    let check = |length: usize| {
        let weights: Vec<u32> =
            (2..).take(length).collect::<Vec<u32>>().into_iter().rev().collect();
        let rest = weighed(&v[..length], &weights) * 10 % 11;
        v[length] == rest % 10
    };
    v.len() == 11 && v.iter().any(|digit| *digit != v[0]) && check(9) && check(10)
}
