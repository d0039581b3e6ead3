//! BibTeX → records. Braces and the commonest commands for letters are undone; names stay parted by `and`, which
//! become several values.

use std::collections::BTreeMap;

use unicode_normalization::char::compose;

use super::Record;

/// How deep braces may be nested.
const DEEPEST: usize = 100;

/// Fields that hold names.
const NAMES: [&str; 3] = ["author", "editor", "recipient"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn records(text: &str) -> Vec<Record> {
    let mut reader = Reader { text, at: 0, strings: BTreeMap::new() };
    let mut records = Vec::new();
    while let Some(start) = text[reader.at..].find('@').map(|found| reader.at + found) {
        reader.at = start + 1;
        let kind = reader.word().to_ascii_lowercase();
        reader.white();
        if !matches!(reader.sign(), Some('{' | '(')) {
            continue;
        }
        reader.at += 1;
        match kind.as_str() {
            "comment" | "preamble" => {}
            "string" => {
                let fields = reader.fields();
                reader.strings.extend(fields);
            }
            kind => {
                let key = reader.until(&[',', '}', ')']).trim().to_owned();
                let fields = reader.fields();
                let lines = (line_of(text, start), line_of(text, reader.at.saturating_sub(1)));
                records.push(record(kind, key, fields, lines));
            }
        }
    }
    records
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

fn record(kind: &str, key: String, fields: Vec<(String, String)>, lines: (usize, usize)) -> Record {
    let mut all = vec![("identifier".to_owned(), key), ("type".to_owned(), kind.to_owned())];
    let find = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, v)| v.as_str());
    if find("date").is_none()
        && let Some(year) = find("year")
    {
        let month = find("month").and_then(|month| {
            let lower = month.to_lowercase();
            let number = MONTHS.iter().position(|known| lower.starts_with(known)).map(|at| at + 1);
            number.or_else(|| month.parse().ok()).filter(|month| (1..=12).contains(month))
        });
        let day = find("day").and_then(|day| day.parse::<u32>().ok());
        let date = match (month, day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            _ => year.to_owned(),
        };
        all.push(("date".to_owned(), date));
    }
    for (name, value) in fields {
        match name.as_str() {
            name if NAMES.contains(&name) => {
                let each = value.split(" and ").map(|one| (name.to_owned(), one.trim().to_owned()));
                all.extend(each);
            }
            "keywords" => all.extend(
                value.split([',', ';']).map(|one| ("keywords".to_owned(), one.trim().to_owned())),
            ),
            "location" | "address" => all.push(("place".to_owned(), value)),
            // `:papers/a.pdf:PDF` of JabRef, `a.pdf` of others.
            "file" => all.extend(value.split(';').map(|one| {
                let path = one.split(':').find(|part| part.contains('.')).unwrap_or(one);
                ("file".to_owned(), path.trim().to_owned())
            })),
            _ => all.push((name, value)),
        }
    }
    all.retain(|(_, value)| !value.is_empty());
    Record { lines, fields: all }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Abbreviations that the list defines.
    strings: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn sign(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn white(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn word(&mut self) -> String {
        self.white();
        let rest = &self.text[self.at..];
        let is_in = |c: char| c.is_alphanumeric() || "_-:.+/".contains(c);
        let end = rest.find(|c: char| !is_in(c)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    /// The text up to one of some signs, which stays.
    fn until(&mut self, signs: &[char]) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(signs).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    /// The fields up to the end of the entry.
    fn fields(&mut self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        loop {
            self.white();
            match self.sign() {
                Some(',') => self.at += 1,
                Some('}' | ')') => {
                    self.at += 1;
                    return fields;
                }
                Some(c) if c.is_alphanumeric() => {
                    let name = self.word().to_lowercase();
                    self.white();
                    if self.sign() != Some('=') {
                        return fields;
                    }
                    self.at += 1;
                    let value = self.value();
                    fields.push((name, plain(&value)));
                }
                // A fault: the next entry begins at its own sign.
                _ => return fields,
            }
        }
    }

    /// A value: texts in braces or quotes, numbers and abbreviations, joined by `#`.
    fn value(&mut self) -> String {
        let mut value = String::new();
        loop {
            self.white();
            match self.sign() {
                Some('{') => value.push_str(&self.braced()),
                Some('"') => value.push_str(&self.quoted()),
                _ => {
                    let word = self.word();
                    let known = self.strings.get(&word.to_lowercase());
                    value.push_str(known.unwrap_or(&word));
                }
            }
            self.white();
            if self.sign() != Some('#') {
                return value;
            }
            self.at += 1;
        }
    }

    fn braced(&mut self) -> String {
        let (start, mut depth, mut escaped) = (self.at + 1, 0_usize, false);
        for (at, c) in self.text[self.at..].char_indices() {
            match c {
                _ if std::mem::take(&mut escaped) => {}
                '\\' => escaped = true,
                '{' if depth < DEEPEST => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let end = self.at + at;
                self.at = end + 1;
                return self.text[start..end].to_owned();
            }
        }
        self.at = self.text.len();
        self.text[start.min(self.at)..].to_owned()
    }

    fn quoted(&mut self) -> String {
        let (start, mut depth) = (self.at + 1, 0_usize);
        for (at, c) in self.text[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '"' if depth == 0 => {
                    self.at = start + at + 1;
                    return self.text[start..start + at].to_owned();
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        self.text[start.min(self.at)..].to_owned()
    }
}

/// A value without braces, with the letters that commands stand for, and single spaces.
fn plain(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut signs = value.chars().filter(|c| !matches!(c, '{' | '}')).peekable();
    while let Some(c) = signs.next() {
        match c {
            '~' => out.push(' '),
            '\\' => match signs.next() {
                Some(mark) if accent(mark).is_some() && !mark.is_ascii_alphabetic() => {
                    let base = signs.next().unwrap_or_default();
                    let base = if base == '\\' { signs.next().unwrap_or_default() } else { base };
                    push_accented(&mut out, base, mark);
                }
                Some(first) if first.is_ascii_alphabetic() => {
                    let mut name = first.to_string();
                    while let Some(next) = signs.next_if(char::is_ascii_alphabetic) {
                        name.push(next);
                    }
                    command(&mut out, &name);
                    signs.next_if_eq(&' ');
                }
                Some(sign) => out.push(sign),
                None => {}
            },
            c => out.push(c),
        }
    }
    let dashed = out.replace("---", "—").replace("--", "–");
    dashed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The combining mark of an accent's command.
fn accent(sign: char) -> Option<char> {
    Some(match sign {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '"' => '\u{308}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        'c' => '\u{327}',
        'v' => '\u{30C}',
        'u' => '\u{306}',
        'H' => '\u{30B}',
        'k' => '\u{328}',
        'r' => '\u{30A}',
        _ => return None,
    })
}

fn push_accented(out: &mut String, base: char, mark: char) {
    let base = if base == 'ı' { 'i' } else { base };
    match accent(mark).and_then(|mark| compose(base, mark)) {
        Some(letter) => out.push(letter),
        None => out.push(base),
    }
}

/// What a command with a name stands for: a letter, or an accent and its letter, run together as braces are gone.
fn command(out: &mut String, name: &str) {
    const LETTERS: [(&str, &str); 14] = [
        ("ss", "ß"),
        ("ae", "æ"),
        ("AE", "Æ"),
        ("oe", "œ"),
        ("OE", "Œ"),
        ("o", "ø"),
        ("O", "Ø"),
        ("aa", "å"),
        ("AA", "Å"),
        ("l", "ł"),
        ("L", "Ł"),
        ("i", "i"),
        ("textendash", "–"),
        ("textemdash", "—"),
    ];
    if let Some((_, letter)) = LETTERS.iter().find(|(known, _)| *known == name) {
        out.push_str(letter);
        return;
    }
    let mut signs = name.chars();
    if let (Some(mark), Some(base)) = (signs.next(), signs.next())
        && let Some(letter) = accent(mark).and_then(|mark| compose(base, mark))
    {
        out.push(letter);
        out.push_str(signs.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_give_their_fields() {
        let text = "@string{ars = {Ashford Reading Society}}\n% a remark\n@letter{w1,\n  author = {Wardle, Thomas and Lowe, Ida},\n\
            title = \"On a {Room} for B{\\\"u}cher\",\n  year = 1921, month = mar, day = 14,\n  publisher = ars # { Press},\n\
            location = {M{\\'a}laga}, file = {:a/letter.pdf:PDF}\n}\n\n@misc(w2, title = {Caf\\'e {\\c c}a})\n@broken{";
        let records = records(text);
        let value = |record: &Record, name: &str| {
            let of_name = record.fields.iter().filter(|(own, _)| own == name);
            of_name.map(|(_, value)| value.clone()).collect::<Vec<_>>().join("|")
        };
        let first = &records[0];
        assert_eq!(value(first, "identifier"), "w1");
        assert_eq!(value(first, "author"), "Wardle, Thomas|Lowe, Ida");
        assert_eq!(value(first, "title"), "On a Room for Bücher");
        assert_eq!(value(first, "date"), "1921-03-14");
        assert_eq!(value(first, "publisher"), "Ashford Reading Society Press");
        assert_eq!(
            (value(first, "place"), value(first, "file")),
            ("Málaga".to_owned(), "a/letter.pdf".to_owned())
        );
        assert_eq!(first.lines, (3, 9));
        assert!(value(&records[1], "title").starts_with("Café"), "{:?}", records[1]);
    }

    #[test]
    fn no_text_makes_it_fail() {
        for text in [
            "@",
            "@a",
            "@a{",
            "@a{b,c",
            "@a{b,c=",
            "@a{b,c={{{",
            "@a{b,c=\"{",
            "@a{b,c=1#",
            "\\",
            "@a{é,é=é}é",
        ] {
            let _ = records(text);
        }
        let _ = records(&"@a{".repeat(10_000));
    }
}
