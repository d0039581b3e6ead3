//! JSON → records: an object a line, or one array of objects. A field of several values has them all.

use serde_json::Value;

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
        Value::Object(fields) => {
            let name = ["name", "title", "label", "value", "literal", "@value", "id"];
            let said = name.iter().find_map(|key| fields.get(*key));
            if let Some(said) = said {
                texts(said, out);
            }
        }
    }
}
