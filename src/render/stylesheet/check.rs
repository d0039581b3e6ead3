//! What is broken in the style sheets of a theme, and what in them means nothing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Declaration, Parsed, Rule, parse};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// The properties that browsers know, without those of a single vendor.
static PROPERTIES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("properties.txt").lines().collect());

/// At-rules whose declarations are no properties.
const DESCRIPTORS: [&str; 7] = [
    "@font-face",
    "@page",
    "@property",
    "@counter-style",
    "@font-palette-values",
    "@view-transition",
    "@position-try",
];

/// A style sheet of a theme.
pub struct Sheet<'s> {
    /// Where it is, and what it says.
    pub source: SourceText<'s>,
    /// Whether its faults are reported: those of the default theme are not.
    pub own: bool,
}

/// The faults of style sheets that are joined into one. `has_asset` says which files an address may name. What is
/// broken is an error; what browsers do not know, a warning.
pub fn faults(sheets: &[Sheet<'_>], has_asset: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let parsed: Vec<Parsed<'_>> = sheets.iter().map(|sheet| parse(sheet.source.text)).collect();
    let declared =
        || parsed.iter().flat_map(|sheet| &sheet.rules).flat_map(|rule| &rule.declarations);
    let custom: BTreeSet<&str> = declared()
        .map(|declaration| declaration.name)
        .filter(|name| name.starts_with("--"))
        .collect();
    let mut told = Vec::new();
    for (sheet, parsed) in sheets.iter().zip(&parsed).filter(|(sheet, _)| sheet.own) {
        for fault in &parsed.faults {
            told.push(
                Diagnostic::error_at(sheet.source, fault.place.clone(), fault.message.clone())
                    .expected(fault.expected)
                    .help(fault.help.clone()),
            );
        }
        for rule in &parsed.rules {
            told.extend(unknown_properties(sheet.source, rule));
            for declaration in &rule.declarations {
                told.extend(unknown_variables(sheet.source, declaration, &custom));
                told.extend(missing_files(sheet.source, declaration, &has_asset));
            }
        }
    }
    told
}

fn unknown_properties(source: SourceText<'_>, rule: &Rule<'_>) -> Vec<Diagnostic> {
    let has_descriptors = DESCRIPTORS.iter().any(|name| rule.selector.starts_with(name))
        || rule.within.iter().any(|around| around.starts_with("@page"));
    let unknown = rule.declarations.iter().filter(|declaration| {
        let name = declaration.name.to_ascii_lowercase();
        !name.starts_with('-') && PROPERTIES.binary_search(&name.as_str()).is_err()
    });
    let tell = |declaration: &Declaration<'_>| {
        let near = nearest(declaration.name, PROPERTIES.iter().copied());
        let help = near.map_or_else(|| "remove it".to_owned(), |near| format!("write `{near}`"));
        let message = format!("browsers know no property `{}`", declaration.name);
        Diagnostic::error_at(source, declaration.place.clone(), message)
            .as_warning()
            .expected("a property of CSS")
            .help(help)
    };
    if has_descriptors { Vec::new() } else { unknown.map(tell).collect() }
}

/// `var(--name)` without another value, of which no style sheet says what it is.
fn unknown_variables(
    source: SourceText<'_>,
    declaration: &Declaration<'_>,
    known: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    static VARIABLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"var\(\s*(--[\w-]+)\s*(,?)").expect("the pattern is fixed"));
    let tell = |found: regex::Captures<'_>| {
        let name =
            found.get(1).filter(|name| found[2].is_empty() && !known.contains(name.as_str()))?;
        let start = offset(source, declaration.value) + name.start();
        let near = nearest(name.as_str(), known.iter().copied());
        let message = format!("no style sheet says what `{}` is", name.as_str());
        let help = near.map_or_else(
            || format!("write `:root {{ {}: … }}`", name.as_str()),
            |near| format!("write `var({near})`"),
        );
        let told = Diagnostic::error_at(source, start..start + name.len(), message);
        Some(told.as_warning().expected("a custom property that is declared").help(help))
    };
    VARIABLE.captures_iter(declaration.value).filter_map(tell).collect()
}

/// `url("name")` of a file that is not in the theme.
fn missing_files(
    source: SourceText<'_>,
    declaration: &Declaration<'_>,
    has_asset: &impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"url\(\s*[\x22']?([^\x22')]+)[\x22']?\s*\)").expect("the pattern is fixed")
    });
    let tell = |found: regex::Captures<'_>| {
        let path = found.get(1)?;
        let name = path.as_str().trim();
        // Addresses from elsewhere are a matter of the policy; those with `..` are of the site's own files.
        let is_other = name.contains(':') || name.starts_with(['/', '#', '.']);
        if is_other {
            return None;
        }
        let start = offset(source, declaration.value) + path.start();
        let place = start..start + path.len();
        if !has_asset(name) {
            let fault = Diagnostic::error_at(
                source,
                place,
                format!("there is no file `{name}` in the theme's `static/`"),
            );
            return Some(
                fault
                    .expected("the path of a file below it")
                    .help("correct the name, or add the file"),
            );
        }
        // Files have names that change with their contents, and are looked for as they are written.
        let as_written = format!("url(\"{name}\")");
        (!declaration.value.contains(&as_written)).then(|| {
            Diagnostic::error_at(
                source,
                place,
                format!("the address of `{name}` has no double quotes"),
            )
            .expected("the form in which the published name of the file is filled in")
            .help(format!("write `{as_written}`"))
        })
    };
    ADDRESS.captures_iter(declaration.value).filter_map(tell).collect()
}

/// Where a part of a source's text begins in it.
fn offset(source: SourceText<'_>, part: &str) -> usize {
    part.as_ptr() as usize - source.text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::render::theme::{built_in, built_in_file};

    fn told(text: &str) -> Vec<(Severity, String)> {
        let own = Sheet { source: SourceText { path: "themes/a/styles/a.css", text }, own: true };
        let base = ":root { --ink: #000 }";
        let base = Sheet {
            source: SourceText { path: "themes/default/styles/a.css", text: base },
            own: false,
        };
        let all = faults(&[base, own], |name| name == "seal.svg");
        all.into_iter().map(|fault| (fault.severity, fault.message)).collect()
    }

    #[test]
    fn what_browsers_do_not_know_is_a_warning_and_what_is_broken_an_error() {
        use Severity::{Error, Warning};
        for (text, severity, message) in [
            ("a { colr: red }", Warning, "browsers know no property `colr`"),
            ("a { color: var(--inc) }", Warning, "no style sheet says what `--inc` is"),
            (
                "a { background: url(\"a.png\") }",
                Error,
                "there is no file `a.png` in the theme's `static/`",
            ),
            (
                "a { background: url(seal.svg) }",
                Error,
                "the address of `seal.svg` has no double quotes",
            ),
            ("a { color: red", Error, "this `{` is never closed"),
        ] {
            assert_eq!(told(text), [(severity, message.to_owned())], "{text}");
        }
        let right = "@font-face { src: url(\"seal.svg\"); unicode-range: U+0 } @page { size: A4; @top-left { content: \"x\" } }\n\
            a { -moz-anything: b; color: var(--ink); margin: var(--none, 0); background: url(\"seal.svg\"), url(../x.png), url(#a) }";
        assert_eq!(told(right), []);
    }

    #[test]
    fn the_style_sheets_of_the_default_theme_are_whole() {
        let names: Vec<String> = built_in().filter(|name| name.ends_with(".css")).collect();
        let texts: Vec<String> = names
            .iter()
            .map(|name| String::from_utf8(built_in_file(name).unwrap()).unwrap())
            .collect();
        let sheets: Vec<Sheet<'_>> = names
            .iter()
            .zip(&texts)
            .map(|(path, text)| Sheet { source: SourceText { path, text }, own: true })
            .collect();
        assert_eq!(faults(&sheets, |_| false), []);
    }

    #[test]
    fn the_list_of_properties_can_be_searched() {
        assert!(PROPERTIES.len() > 400 && PROPERTIES.is_sorted());
    }
}
