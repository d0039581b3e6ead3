//! JSON → records: an object a line, or one array of objects. A field of several values has them all. Names and dates
//! are read as CSL-JSON has them, too, which Zotero and other programs write.
//!
//! Source: CSL-JSON schema 1.0.2, `name-variable` and `date-variable`.

use serde_json::{Map, Value};

use super::Record;

pub(super) fn records(text: &str) -> Vec<Record> {
    if let Ok(Value::Array(all)) = serde_json::from_str::<Value>(text) {
        let numbered = all.iter().zip(1..).filter_map(|(value, number)| record(value, number));
        return numbered.collect();
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.filter_map(|(line, number)| record(&serde_json::from_str(line).ok()?, number)).collect()
}

/// An object, at a line or a place in the list.
fn record(value: &Value, number: usize) -> Option<Record> {
    let fields = value.as_object()?.iter().flat_map(|(name, value)| {
        let mut values = Vec::new();
        texts(value, &mut values);
        values.into_iter().map(move |value| (name.clone(), value))
    });
    Some(Record { lines: (number, number), fields: fields.collect() })
}

/// What a value says: of an object its name.
fn texts(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::String(text) => out.extend(Some(text.trim().to_owned()).filter(|t| !t.is_empty())),
        Value::Bool(_) | Value::Number(_) => out.push(value.to_string()),
        Value::Array(all) => all.iter().for_each(|one| texts(one, out)),
        Value::Object(fields) if fields.contains_key("family") => out.extend(name(fields)),
        Value::Object(fields) if fields.contains_key("date-parts") => out.extend(date(fields)),
        Value::Object(fields) => {
            let name = ["name", "title", "label", "value", "literal", "raw", "@value", "id"];
            let said = name.iter().find_map(|key| fields.get(*key));
            if let Some(said) = said {
                texts(said, out);
            }
        }
    }
}

/// A person's name in the order in which it is spoken, or as it is filed if nothing is given but the family.
fn name(fields: &Map<String, Value>) -> Option<String> {
    let order = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
    let parts = order.iter().filter_map(|key| fields.get(*key)?.as_str());
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A day, a month, a season or a year, or a span of two, in EDTF. What is about a time says so.
fn date(fields: &Map<String, Value>) -> Option<String> {
    let season = fields.get("season").and_then(number).filter(|n| (1..=4).contains(n));
    let ends = fields.get("date-parts")?.as_array()?.iter().filter_map(|end| {
        let parts = end.as_array()?.iter().map(number).collect::<Option<Vec<i64>>>()?;
        match parts[..] {
            [year, month, day, ..] if day > 0 => Some(format!("{year:04}-{month:02}-{day:02}")),
            [year, month, ..] if month > 0 => Some(format!("{year:04}-{month:02}")),
            [year, ..] if year > 0 => {
                let season = season.map(|n| format!("-{}", 20 + n)).unwrap_or_default();
                Some(format!("{year:04}{season}"))
            }
            _ => None,
        }
    });
    let ends: Vec<String> = ends.collect();
    let circa = fields.get("circa").is_some_and(|circa| {
        !matches!(circa, Value::Null | Value::Bool(false)) && circa.as_i64() != Some(0)
    });
    let mark = if circa { "~" } else { "" };
    (!ends.is_empty())
        .then(|| ends.iter().map(|end| format!("{end}{mark}")).collect::<Vec<_>>().join("/"))
}

/// A number, which some programs write as text.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_dates_of_csl_are_read_whole() {
        let text = r#"[{
            "type": "personal_communication", "title": "On the roof",
            "author": [{ "family": "Holt", "given": "Mary" },
                       { "family": "Berg", "given": "Anna", "non-dropping-particle": "van den" },
                       { "literal": "Quay Board" }],
            "issued": { "date-parts": [["1921", 3, 14]] },
            "accessed": { "date-parts": [[1921, 3], [1922]], "circa": true },
            "event-date": { "date-parts": [[1987]], "season": "3" },
            "submitted": { "raw": "Lady Day" }
        }]"#;
        let fields = records(text).remove(0).fields;
        let values = |name: &str| {
            let own = fields.iter().filter(|(key, _)| key == name);
            own.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(values("author"), ["Mary Holt", "Anna van den Berg", "Quay Board"]);
        assert_eq!(values("issued"), ["1921-03-14"]);
        assert_eq!(values("accessed"), ["1921-03~/1922~"]);
        assert_eq!(values("event-date"), ["1987-23"]);
        assert_eq!(values("submitted"), ["Lady Day"]);
    }
}
