//! The component that shows a document in a list.
//!
//! What it makes of a document is the same in all lists, and so is made once, by [`Listed::written`], and kept with
//! the document in a field of its own, which calls of the component ask for first.
//!
//! [`Listed::written`]: crate::site::listed::Listed::written

use std::collections::BTreeMap;

use super::code::{Piece, Token, pieces, tokens};
use super::inline::{Component, Components, Part};

/// The component that shows a document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct EntryComponent {
    /// Its name.
    pub(in super::super) name: String,
    /// The name of its only argument, the document.
    pub(in super::super) argument: String,
}

impl EntryComponent {
    /// Of the components that need no more than a map with a title, a URL and a date, the one that asks most of it.
    /// One that shows something else costs time, and nothing else: what it makes of a document is not asked for.
    pub(super) fn of(
        templates: &BTreeMap<String, String>,
        components: &Components<'_>,
    ) -> Option<Self> {
        let entries = components.iter().filter_map(|(name, component)| {
            let component = component.as_ref()?;
            let [(argument, "map")] = component.arguments[..] else { return None };
            Some((fields(component), name, argument)).filter(|(fields, ..)| shows(fields))
        });
        let (_, name, argument) = entries.max_by_key(|(fields, ..)| fields.len())?;
        // The field would be seen there.
        let is_seen = templates.values().any(|template| takes_maps_apart(template));
        (!is_seen).then(|| Self { name: (*name).to_owned(), argument: argument.to_owned() })
    }
}

fn shows(fields: &[&str]) -> bool {
    ["title", "url", "date"].iter().all(|field| fields.contains(field))
}

/// The fields that a component asks for, each as often as it does.
fn fields<'t>(component: &Component<'t>) -> Vec<&'t str> {
    let is_no_name = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let fields = component.body.windows(2).filter_map(|parts| match parts {
        [Part::Argument(_), Part::Text(text)] => text.strip_prefix('.')?.split(is_no_name).next(),
        _ => None,
    });
    fields.collect()
}

/// Whether a template may ask what fields a map has, as `{% for key, value in item %}` does.
fn takes_maps_apart(template: &str) -> bool {
    let Some(pieces) = pieces(template) else { return true };
    pieces.into_iter().any(|piece| {
        let (Piece::Value(code) | Piece::Statement(code)) = piece else { return false };
        let Some(tokens) = tokens(code) else { return true };
        let tokens: Vec<Token<'_>> = tokens.into_iter().map(|(token, _)| token).collect();
        let asks = |token: &Token<'_>| {
            matches!(
                token,
                Token::Name("keys" | "values" | "pairs" | "__tera_context") | Token::Sign("...")
            )
        };
        tokens.iter().any(asks)
            || matches!(tokens[..], [Token::Name("for"), _, Token::Sign(","), ..])
    })
}
