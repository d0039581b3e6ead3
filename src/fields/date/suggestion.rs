//! What somebody may have meant by a text that is not an EDTF date, to offer as a remedy.
//!
//! Nothing is read this way: a person decides. What a text leaves open stays open in the remedy.

use crate::edtf::EdtfDate;

/// The EDTF date nearest to a text: as much of it as is certain.
pub(super) fn of(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let found = span(&lower, &parts).or_else(|| decade(&parts)).or_else(|| day(&parts))?;
    let about = ["c", "ca", "circa", "about", "around", "approx", "approximately"];
    let about = parts.iter().any(|part| about.contains(part));
    let date = if about { format!("{found}~") } else { found };
    is_date(&date).then_some(date)
}

/// `1914-1918`, `1914 to 1918`.
fn span(text: &str, parts: &[&str]) -> Option<String> {
    let years: Vec<&&str> = parts.iter().filter(|part| is_year(part)).collect();
    let [from, to] = years[..] else { return None };
    let others = parts.iter().filter(|part| !is_year(part));
    let plain =
        others.into_iter().all(|part| ["to", "and", "until", "between", "from"].contains(part));
    (plain && from < to && !text.contains(',')).then(|| format!("{from}/{to}"))
}

/// `1920s`.
fn decade(parts: &[&str]) -> Option<String> {
    let year = parts.iter().find_map(|part| part.strip_suffix('s').filter(|year| is_year(year)))?;
    year.ends_with('0').then(|| format!("{}X", &year[..3]))
}

/// A day, a month or a year, in numbers or with an English month.
fn day(parts: &[&str]) -> Option<String> {
    let year_at = parts.iter().position(|part| is_year(part))?;
    let year = parts[year_at];
    let numbers: Vec<u8> = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != year_at)
        .filter_map(|(_, part)| {
            let ends = ["st", "nd", "rd", "th"];
            let digits = ends.iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
            digits.parse::<u8>().ok().filter(|_| digits.len() <= 2)
        })
        .collect();
    let (month, day) = match (parts.iter().find_map(|part| month(part)), &numbers[..]) {
        (Some(month), [day, ..]) => (month, *day),
        (Some(month), []) => (month, 0),
        (None, [month, day]) if year_at == 0 => (*month, *day),
        // Of `3/4/1921` nobody knows which is the month.
        (None, [a, b]) if *a > 12 || a == b => (*b, *a),
        (None, [a, b]) if *b > 12 => (*a, *b),
        (None, [month]) => (*month, 0),
        (None, _) => (0, 0),
    };
    let forms =
        [format!("{year}-{month:02}-{day:02}"), format!("{year}-{month:02}"), year.to_owned()];
    forms.into_iter().find(|form| is_date(form))
}

fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && month.starts_with(word))
        .or_else(|| (word == "sept").then_some(8))?;
    u8::try_from(found + 1).ok()
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    text.parse::<EdtfDate>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_remedy_keeps_what_is_certain_of_the_users_own_date() {
        for (text, date) in [
            ("1921-02-30", "1921-02"),
            ("1921-13-01", "1921"),
            ("1921-2-3", "1921-02-03"),
            ("1921/2/3", "1921-02-03"),
            ("14 March 1921", "1921-03-14"),
            ("March 14th, 1921", "1921-03-14"),
            ("Sept. 1921", "1921-09"),
            ("14.3.1921", "1921-03-14"),
            ("3/14/1921", "1921-03-14"),
            ("3/4/1921", "1921"),
            ("c. 1921", "1921~"),
            ("about March 1921", "1921-03~"),
            ("1920s", "192X"),
            ("1914-1918", "1914/1918"),
            ("between 1914 and 1918", "1914/1918"),
            ("le 14 mars 1921", "1921"),
        ] {
            assert_eq!(of(text).as_deref(), Some(date), "{text}");
        }
        for text in ["", "yesterday", "14/03/21", "１９２１"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
