//! Templates made cheap to render, once, when a theme is loaded: what every page would compute alike is
//! computed here.
//!
//! Each step gives the text of a template that prints the same as the one it was given, or leaves alone
//! what it cannot prove. A template that fails is rendered again as it is written, so that what users
//! are told names their lines.

mod code;
mod constants;
mod inline;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(super) use constants::Constants;

/// The templates of all layers of a theme, by name, with what is constant written into them and small
/// components written where they are called.
pub(super) fn prepared(
    templates: &BTreeMap<String, String>,
    prefixes: &[String],
    constants: &Constants<'_>,
) -> BTreeMap<String, String> {
    // Constants are escaped as HTML is.
    let all_html = templates.keys().all(|name| name.ends_with(".html"));
    if !all_html {
        return templates.clone();
    }
    let folded = constants.fold(templates);
    inline::inlined(&folded, prefixes)
}
