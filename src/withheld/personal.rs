//! Personal data in a text: e-mail addresses, telephone numbers, numbers of accounts, cards and identity
//! papers, and where people live.
//!
//! Numbers count only if their checksum is right, or if they have a form that nothing else has. An office's
//! street on a letterhead is no personal data; a street is where somebody lives if the text says so.

mod numbers;

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

/// What a piece of personal data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Mail,
    /// A telephone number.
    Telephone,
    /// A bank account, by its IBAN.
    Account,
    /// A payment card.
    Card,
    /// A number by which a state knows a person.
    Identity,
    /// Where somebody lives.
    Home,
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mail => "an e-mail address",
            Self::Telephone => "a telephone number",
            Self::Account => "a bank account",
            Self::Card => "the number of a payment card",
            Self::Identity => "an identity number",
            Self::Home => "where somebody lives",
        }
    }
}

/// A piece of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it is, in bytes.
    pub range: Range<usize>,
}

/// All personal data of a text, in their order; none overlaps another.
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let has_digits = text.bytes().any(|b| b.is_ascii_digit());
    for rule in RULES.iter() {
        if rule.kind != Kind::Mail && !has_digits {
            continue;
        }
        for captures in rule.pattern.captures_iter(text) {
            let Some(whole) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            let range = whole.range();
            let is_free =
                found.iter().all(|f| f.range.end <= range.start || range.end <= f.range.start);
            if is_free && (rule.bare || stands_alone(text, &range)) && (rule.holds)(whole.as_str())
            {
                found.push(Found { kind: rule.kind, range });
            }
        }
    }
    found.sort_by_key(|f| f.range.start);
    found
}

/// A piece of data without the signs by which one writing of it differs from another.
pub fn key(kind: Kind, text: &str) -> String {
    let text = text.to_lowercase();
    match kind {
        Kind::Mail => text,
        Kind::Home => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => text.chars().filter(|c| c.is_alphanumeric()).collect(),
    }
}

/// Whether somebody looked at a piece of data, and accepted it: itself, or with `*@` all addresses of a host.
pub fn is_accepted(kind: Kind, text: &str, accepted: &[String]) -> bool {
    let own = key(kind, text);
    accepted.iter().any(|entry| match entry.strip_prefix("*@") {
        Some(host) => {
            kind == Kind::Mail
                && own.rsplit('@').next().is_some_and(|own| own == host.to_lowercase())
        }
        None => key(kind, entry) == own,
    })
}

/// A form of personal data.
struct Rule {
    kind: Kind,
    /// What it looks like; the first group is the data, if there is one.
    pattern: Regex,
    /// Whether it may stand in a longer word, which its pattern looks at itself.
    bare: bool,
    /// What else must be true.
    holds: fn(&str) -> bool,
}

/// Patterns, those that tell most first: what one has found is no other's.
///
/// Ends of words are those of ASCII (`(?-u:\b)`): for those of Unicode the regex crate falls back to an engine that is ten
/// times slower, and a number is found between Korean particles.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |kind, pattern: &str, holds| {
        let pattern = RegexBuilder::new(pattern).build().ok()?;
        Some(Rule { kind, pattern, bare: false, holds })
    };
    let cued = |kind, pattern: &str, holds| {
        let pattern = RegexBuilder::new(pattern).case_insensitive(true).build().ok()?;
        Some(Rule { kind, pattern, bare: true, holds })
    };
    let rules = [
        cued(Kind::Mail, r"([a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9-]+\.)+[a-z]{2,})", is_of_a_person),
        rule(
            Kind::Account,
            r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?",
            numbers::is_iban,
        ),
        rule(
            Kind::Card,
            r"[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}",
            numbers::is_card,
        ),
        rule(Kind::Identity, r"[0-9]{6} ?- ?[1-8][0-9]{6}", numbers::is_korean),
        rule(Kind::Identity, r"[0-9]{3}-[0-9]{2}-[0-9]{4}", numbers::is_american),
        rule(Kind::Identity, r"[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]", |_| {
            true
        }),
        rule(
            Kind::Identity,
            r"[12] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
            numbers::is_french,
        ),
        rule(Kind::Identity, r"(?:[0-9]{8}|[XYZ]-?[0-9]{7})-?[A-Z]", numbers::is_spanish),
        rule(Kind::Identity, r"[0-9]{17}[0-9X]", numbers::is_chinese),
        rule(Kind::Identity, r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", numbers::is_brazilian),
        cued(
            Kind::Identity,
            r"(?:passport|passeport|pasaporte|reisepass|여권)[^0-9\n]{0,24}?(?-u:\b)([a-z]{0,2}[0-9]{6,9})(?-u:\b)",
            |_| true,
        ),
        cued(
            Kind::Telephone,
            r"(?:(?:^|\W)(?:tel|telephone|phone|fax|mobile|cell|tél|téléphone|telefon|telefax|handy|teléfono|móvil)(?-u:\b)\.?|전화|팩스|휴대폰|연락처)[^0-9+(\n]{0,12}(\+?\(?[0-9][0-9 ().\-/]{5,20}[0-9])",
            |text| numbers::digits(text) >= 6,
        ),
        rule(Kind::Telephone, r"\+[0-9(][0-9 ().\-/]{6,20}[0-9]", |text| {
            (8..=15).contains(&numbers::digits(text))
        }),
        rule(Kind::Telephone, r"\(?[2-9][0-9]{2}(?:\) ?|[ .-])[2-9][0-9]{2}[.-][0-9]{4}", |_| true),
        rule(Kind::Telephone, r"\(?0[0-9]{1,4}(?:\) ?|[ -])[0-9]{3,4}[ -][0-9]{3,4}", |text| {
            (9..=12).contains(&numbers::digits(text))
        }),
        cued(
            Kind::Home,
            r"(?:^|\W)(?:domiciliée?|(?:lives|lived|living|resides|resided|residing|home address(?: is)?|wohnhaft|wohnt|demeurant|habite|domiciliad[oa]|reside|vive)(?-u:\b))[^.\n]{0,24}?(?-u:\b)(?:at|in der|im|au|en|:)\s+((?:[^\s.]+ ){0,6}?[0-9]{1,5}[a-z]?(?-u:\b)(?:,? (?:[A-ZÀ-Þ][^\s,.]+|of|de|des|du|la|le)){0,4})",
            |_| true,
        ),
        cued(
            Kind::Home,
            r"(?:주소|거주지|자택)\s*[:：]?\s*((?:[가-힣]+(?:도|시|군|구|읍|면|동|리|로|길)\s*){2,}[0-9][0-9-]*)",
            |_| true,
        ),
    ];
    rules.into_iter().flatten().collect()
});

/// Whether nothing beside a number makes it a part of something longer: an address, a symbol, another number.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let joins = |c: char| c.is_alphanumeric() && !is_hangul(c);
    let is_glued = before.is_some_and(|c| joins(c) || "/_-.=#&%@$€£".contains(c));
    let goes_on = next.is_some_and(joins)
        || next.is_some_and(|c| "/_-.@".contains(c)) && second.is_some_and(joins);
    !is_glued && !goes_on
}

fn is_hangul(c: char) -> bool {
    super::words::is_hangul(c)
}

/// Names of mailboxes that belong to nobody in particular.
const OFFICES: [&str; 30] = [
    "info",
    "contact",
    "office",
    "press",
    "media",
    "secretariat",
    "mail",
    "admin",
    "webmaster",
    "support",
    "enquiries",
    "inquiries",
    "hello",
    "editor",
    "editors",
    "news",
    "communications",
    "registry",
    "library",
    "archive",
    "archives",
    "help",
    "service",
    "team",
    "post",
    "kontakt",
    "contacto",
    "presse",
    "noreply",
    "no-reply",
];

fn is_of_a_person(address: &str) -> bool {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let name = name.to_ascii_lowercase();
    !OFFICES.contains(&name.as_str()) && !host.starts_with("example.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        find(text).into_iter().map(|f| (f.kind, &text[f.range])).collect()
    }

    #[test]
    fn each_kind_is_found() {
        for (kind, data, text) in [
            (Kind::Mail, "anna.k@mail.invalid", "Write to <anna.k@mail.invalid>."),
            (Kind::Telephone, "+82 2 732 3864", "전화: +82 2 732 3864."),
            (Kind::Telephone, "0171 555 0134", "She is at 0171 555 0134 after six."),
            (Kind::Telephone, "(202) 555-0143", "call (202) 555-0143"),
            (Kind::Telephone, "02-732-3864", "연락처 02-732-3864로"),
            (Kind::Telephone, "555 0134", "Tel. 555 0134"),
            (
                Kind::Account,
                "DE89 3704 0044 0532 0130 00",
                "to DE89 3704 0044 0532 0130 00, please",
            ),
            (Kind::Card, "4111 1111 1111 1111", "card 4111 1111 1111 1111."),
            (Kind::Identity, "800101-1234563", "주민등록번호 800101-1234563"),
            (Kind::Identity, "219-09-9999", "SSN 219-09-9999"),
            (Kind::Identity, "12345678Z", "DNI 12345678Z"),
            (Kind::Identity, "11010519491231002X", "身份证 11010519491231002X"),
            (Kind::Identity, "529.982.247-25", "CPF 529.982.247-25"),
            (Kind::Identity, "AB1234567", "Passport No. AB1234567"),
            (Kind::Home, "12 Mill Lane", "Mrs K, who lives at 12 Mill Lane."),
            (Kind::Home, "서울특별시 종로구 자하문로 123", "주소: 서울특별시 종로구 자하문로 123"),
        ] {
            assert_eq!(found(text), [(kind, data)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_passed_over() {
        for text in [
            "A/HRC/25/63, 19 November 2008, 2008-11-19, pages 120-134",
            "http://example.org/2014-10-11-0203/28-09713",
            "ISBN 978-3-16-148410-0",
            "DE88 3704 0044 0532 0130 00 and 4111 1111 1111 1112",
            "350 Fifth Avenue, 34th floor, New York, NY 10118-3299",
            "info@hrw.invalid and press@example.org",
            "000-12-3456, 901332-1234567, 12345678A",
            "sha256 = \"29f521f3d3ddaf25cad5fa455de908f0b7b46b21591c500899a1df054663f198\"",
            "between 1998 and 2003, 150 000 to 200 000 people",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_was_accepted_may_be_written_otherwise() {
        let accepted = ["+44 20 7946 0018".to_owned(), "*@Office.invalid".to_owned()];
        assert!(is_accepted(Kind::Telephone, "+44 (20) 7946-0018", &accepted));
        assert!(is_accepted(Kind::Mail, "A.B@office.invalid", &accepted));
        assert!(!is_accepted(Kind::Mail, "a@other.invalid", &accepted));
    }
}
