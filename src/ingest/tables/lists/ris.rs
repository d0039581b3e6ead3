//! RIS → records. Tags are called as catalogues call their columns, so that the usual names map them.
//!
//! Source: the RIS format of Research Information Systems (2011), and what Zotero and EndNote write.

use super::Record;

/// What a tag is called; others keep their own name. Of several dates the exact one comes first.
const NAMES: [(&str, &str); 30] = [
    ("TI", "title"),
    ("T1", "title"),
    ("CT", "title"),
    ("AU", "author"),
    ("A1", "author"),
    ("A2", "editor"),
    ("RP", "recipient"),
    ("DA", "date"),
    ("PY", "date"),
    ("Y1", "date"),
    ("KW", "keyword"),
    ("AB", "abstract"),
    ("N2", "abstract"),
    ("N1", "note"),
    ("LA", "language"),
    ("CY", "place"),
    ("PP", "place"),
    ("UR", "url"),
    ("L1", "file"),
    ("L2", "file"),
    ("L4", "file"),
    ("ID", "identifier"),
    ("CN", "call number"),
    ("AN", "accession number"),
    ("TY", "type"),
    ("C1", "custom 1"),
    ("C2", "custom 2"),
    ("PB", "publisher"),
    ("DB", "database"),
    ("JO", "journal"),
];

/// The fields that one value is enough of.
const SINGLE: [&str; 3] = ["title", "date", "place"];

pub(super) fn records(text: &str) -> Vec<Record> {
    let (mut records, mut open) = (Vec::new(), None::<Record>);
    for (line, number) in text.lines().zip(1..) {
        let Some((tag, value)) = tagged(line) else {
            // A value goes on in the next line.
            if let Some((_, value)) = open.as_mut().and_then(|record| record.fields.last_mut())
                && !line.trim().is_empty()
            {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        };
        if tag == "ER" {
            records.extend(open.take().map(|record| closed(record, number)));
            continue;
        }
        if tag == "TY" {
            records.extend(open.take().map(|record| closed(record, number - 1)));
        }
        let record =
            open.get_or_insert_with(|| Record { lines: (number, number), ..Record::default() });
        let name = NAMES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name);
        let value = if name == "date" { date(value) } else { value.to_owned() };
        if !value.is_empty() {
            record.fields.push((name.to_owned(), value));
        }
    }
    let last = text.lines().count();
    records.extend(open.map(|record| closed(record, last)));
    records
}

/// `TI  - Title` → its tag and its value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{FEFF}');
    let tag = line.get(..2)?;
    let is_tag = tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let rest = line.get(2..)?.trim_start_matches(' ').strip_prefix('-')?;
    (is_tag && line[2..].starts_with("  ") && tag.as_bytes()[0].is_ascii_uppercase())
        .then(|| (tag, rest.trim()))
}

/// `1921/03/14/` as `1921-03-14`.
fn date(value: &str) -> String {
    let parts: Vec<&str> = value.split('/').map(str::trim).collect();
    let is_number = |part: &&&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !value.contains('/') {
        return value.to_owned();
    }
    let numbers: Vec<&str> = parts.iter().take(3).take_while(is_number).copied().collect();
    numbers.join("-")
}

/// A record with its last line. Of a field that says one thing, the longest value is the exactest.
fn closed(mut record: Record, last: usize) -> Record {
    record.lines.1 = last.max(record.lines.0);
    for single in SINGLE {
        let of_field = |(name, _): &&(String, String)| name == single;
        let best = record.fields.iter().filter(of_field).map(|(_, value)| value).max_by_key(|v| {
            // The first of several that are equally long.
            (v.len(), std::cmp::Reverse(record.fields.iter().position(|(_, value)| value == *v)))
        });
        let Some(best) = best.cloned() else { continue };
        let mut is_first = true;
        record.fields.retain(|(name, value)| {
            name != single || *value == best && std::mem::take(&mut is_first)
        });
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_ends_at_its_end() {
        let text = "TY  - PCOMM\nAU  - Wardle, Thomas\nAU  - Lowe, Ida\nTI  - On a room\n  for books\nPY  - 1921\n\
            DA  - 1921/03/14/\nL1  - a.txt\nER  - \n\nTY  - MAP\nTI  - Map\nY1  - 1930//\nER  -\n";
        let records = records(text);
        let value = |record: &Record, name: &str| {
            let of_name = record.fields.iter().filter(|(own, _)| own == name);
            of_name.map(|(_, value)| value.clone()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(records.len(), 2);
        assert_eq!(value(&records[0], "author"), "Wardle, Thomas|Lowe, Ida");
        assert_eq!(value(&records[0], "title"), "On a room for books");
        assert_eq!((value(&records[0], "date").as_str(), records[0].lines), ("1921-03-14", (1, 9)));
        assert_eq!((value(&records[1], "date").as_str(), records[1].lines), ("1930", (11, 14)));
    }
}
