//! HTML that the program made.

use serde::{Serialize, Serializer};

use crate::template_value::TemplateValue;

/// HTML that templates print as it is; every other text is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes a value of its own over with its mark; any other serializer sees a string.
        TemplateValue::html(&self.0).serialize(serializer)
    }
}
