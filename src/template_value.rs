//! Values in the form in which templates take them: made once, and counted by reference on each page that shows them.
//!
//! Besides `render`, this module alone knows the template engine.

use serde::{Serialize, Serializer};
use tera::Value;
use tera::value::Key;

/// A value as templates take it; cheap to copy.
#[derive(Debug, Clone)]
pub struct TemplateValue(Value);

impl TemplateValue {
    /// The same as a view.
    pub fn of(view: &(impl Serialize + ?Sized)) -> Self {
        Self(Value::from_serializable(view))
    }

    /// HTML that is printed as it is; other texts are escaped.
    pub fn html(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// What is not there.
    pub fn undefined() -> Self {
        Self(Value::undefined())
    }

    /// The same with another value of a field.
    #[must_use]
    pub fn with(self, name: &'static str, value: Self) -> Self {
        let mut fields = self.0.into_map().unwrap_or_default();
        fields.insert(Key::Str(name), value.0);
        Self(fields.into())
    }

    /// A field.
    pub fn field(&self, name: &'static str) -> Option<Self> {
        self.at(&[name]).cloned().map(Self)
    }

    /// The text of a field of a field ….
    pub fn text(&self, path: &[&'static str]) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// The value itself.
    pub(crate) fn inner(&self) -> &Value {
        &self.0
    }

    fn at(&self, path: &[&'static str]) -> Option<&Value> {
        path.iter().try_fold(&self.0, |value, name| value.as_map()?.get(&Key::Str(name)))
    }
}

impl Serialize for TemplateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
