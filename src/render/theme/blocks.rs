//! Blocks of templates that replace nothing: no template above has a block of that name.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Template, Theme};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// Faults of the themes laid over the default one.
pub(in crate::render) fn unused(theme: &Theme) -> Vec<Diagnostic> {
    let own = theme.templates.iter().filter(|(name, _)| !name.starts_with("builtin/"));
    own.flat_map(|(name, template)| in_template(theme, name, template)).collect()
}

fn in_template(theme: &Theme, name: &str, template: &Template) -> Vec<Diagnostic> {
    let Some(above) = blocks_above(theme, name, template) else { return Vec::new() };
    let unknown = blocks(&template.text).into_iter().filter(|(block, _, is_nested)| {
        // One inside another block is a part of what replaces that.
        !is_nested && !above.contains(block.as_str())
    });
    let source = SourceText { path: &template.path, text: &template.text };
    let tell = |(block, place, _): (String, Range<usize>, bool)| {
        let near = nearest(&block, above.iter().map(String::as_str));
        let help = near.map_or_else(
            || "see themes/README.md for the blocks of each template".to_owned(),
            |near| format!("write `{near}`"),
        );
        let known: Vec<&str> = above.iter().map(String::as_str).collect();
        Diagnostic::error_at(source, place, format!("the block `{block}` replaces nothing"))
            .expected(format!("a block of the template that it extends: {}", known.join(", ")))
            .help(help)
    };
    unknown.map(tell).collect()
}

/// The blocks of all templates that one extends; none if it extends none, or one that is not there.
fn blocks_above(theme: &Theme, name: &str, template: &Template) -> Option<BTreeSet<String>> {
    let mut above = BTreeSet::new();
    let mut seen = vec![name.to_owned()];
    let mut parent = parent(&template.text)?;
    loop {
        let name = resolved(theme, &parent)?;
        // A circle is reported elsewhere.
        if seen.contains(&name) {
            return None;
        }
        let text = &theme.templates.get(&name)?.text;
        above.extend(blocks(text).into_iter().map(|(block, ..)| block));
        seen.push(name);
        match self::parent(text) {
            Some(next) => parent = next,
            None => return Some(above),
        }
    }
}

/// The whole name of a template, as layers are looked through.
fn resolved(theme: &Theme, name: &str) -> Option<String> {
    let whole = |prefix: &String| format!("{prefix}{name}");
    let names = std::iter::once(name.to_owned()).chain(theme.prefixes.iter().map(whole));
    names.into_iter().find(|name| theme.templates.contains_key(name))
}

fn parent(text: &str) -> Option<String> {
    static EXTENDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\{%-?\s*extends\s+["']([^"']+)["']\s*-?%\}"#).expect("the pattern is fixed")
    });
    Some(EXTENDS.captures(text)?[1].to_owned())
}

/// The blocks of a template, each with its place and whether it is inside another one.
fn blocks(text: &str) -> Vec<(String, Range<usize>, bool)> {
    static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)\{#.*?#\}|\{%-?\s*(?:block\s+(\w+)|(endblock)\b[^%]*)\s*-?%\}")
            .expect("the pattern is fixed")
    });
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for captures in BLOCK.captures_iter(text) {
        if let Some(name) = captures.get(1) {
            found.push((name.as_str().to_owned(), name.range(), depth > 0));
            depth += 1;
        } else if captures.get(2).is_some() {
            depth = depth.saturating_sub(1);
        }
    }
    found
}
