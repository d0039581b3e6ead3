//! A field that a compact format cannot hold, since only its value tells what it is, as JSON text: for
//! `#[serde(with = "json_text")]`.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a value; nothing for one that is as by default.
pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + Default + PartialEq,
    S: Serializer,
{
    if *value == T::default() {
        return serializer.serialize_str("");
    }
    serializer.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
}

/// Reads what [`serialize`] wrote.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned + Default,
    D: Deserializer<'de>,
{
    match <&str>::deserialize(deserializer)? {
        "" => Ok(T::default()),
        text => serde_json::from_str(text).map_err(D::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::{Map, Value, json};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        #[serde(with = "super")]
        extra: Map<String, Value>,
        after: u8,
    }

    #[test]
    fn what_is_written_is_read_back_to_the_last_digit() {
        for extra in [json!({}), json!({ "a": [1, -2, null, "\u{0}é"], "b": 0.1 + 0.2 })] {
            let record = Record { extra: extra.as_object().unwrap().clone(), after: 7 };
            let bytes = postcard::to_allocvec(&record).unwrap();
            assert_eq!(postcard::from_bytes::<Record>(&bytes).unwrap(), record);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_number_stays_what_it_is(number: f64) {
            let extra = Map::from_iter([("n".to_owned(), Value::from(number))]);
            let bytes = postcard::to_allocvec(&Record { extra: extra.clone(), after: 0 }).unwrap();
            assert_eq!(postcard::from_bytes::<Record>(&bytes).unwrap().extra, extra);
        }
    }
}
