//! Numerals in Chinese characters, as dates have them before the signs of year, month and day.

use super::super::lexicon::surroundings::CHINESE_DAY;

/// More signs has no number of a date: `一千九百五十三`.
const LONGEST: usize = 8;

/// Whether a text may have a date in such numerals: a year or a month has one before its sign.
pub(super) fn has_date(text: &str) -> bool {
    let [year, month, _] = CHINESE_DAY;
    let ends = |before: &str| before.trim_end().chars().next_back().is_some_and(is_numeral);
    [year, month].iter().any(|sign| text.match_indices(sign).any(|(at, _)| ends(&text[..at])))
}

/// How long the numerals are with which a text begins, and their number, if the sign of a year, a month or a day is
/// behind them. Whoever asks goes on behind them, so that no number begins in the midst of another.
pub(super) fn before_sign(text: &str) -> Option<(usize, u32)> {
    let length: usize =
        text.chars().take(LONGEST + 1).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let (numerals, rest) = text.split_at(length);
    let signed = CHINESE_DAY.iter().any(|sign| rest.trim_start().starts_with(sign));
    let signed = signed && (1..=LONGEST).contains(&numerals.chars().count());
    let number = if signed { number(numerals) } else { None };
    number.map(|number| (length, number))
}

fn digit(c: char) -> Option<u32> {
    if c == '零' || c == '○' {
        return Some(0);
    }
    let at = "〇一二三四五六七八九".chars().position(|known| known == c)?;
    u32::try_from(at).ok()
}

fn place(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || place(c).is_some() || matches!(c, '廿' | '卅')
}

/// The number that numerals write, digit by digit (`四二八五`) or with their places (`二十七`).
fn number(numerals: &str) -> Option<u32> {
    if numerals.chars().all(|c| digit(c).is_some()) {
        return numerals.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?));
    }
    let (mut sum, mut last) = (0, 0);
    for c in numerals.chars() {
        match (digit(c), place(c)) {
            (Some(value), _) => last = value,
            (None, Some(place)) => {
                sum += last.max(1) * place;
                last = 0;
            }
            (None, None) => sum += if c == '廿' { 20 } else { 30 },
        }
    }
    Some(sum + last)
}

#[cfg(test)]
mod tests {
    use super::super::{assert_dates, parts};

    #[test]
    fn dates_in_chinese_numerals() {
        assert_dates(&[
            ("檀紀 四二八五年 三月 八日", "1952-03-08"),
            ("一九五三年七月二十七日", "1953-07-27"),
            ("二〇一四年十一月十日", "2014-11-10"),
            ("昭和 十五年 五月 卅日", "1940-05-30"),
            ("一千九百五十年 六月 廿五日", "1950-06-25"),
        ]);
    }

    #[test]
    fn numerals_without_signs_are_no_date() {
        assert!(parts("三八線 以北").is_none());
        assert!(parts("一年").is_none());
    }
}
