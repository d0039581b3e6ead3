//! A theme's files: templates, style sheets, strings and assets, those of the archive's own theme laid
//! over the default theme inside the program.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::files::Sources;
use crate::site::words::{Phrase, Strings};

/// The default theme, inside the program.
#[derive(RustEmbed)]
#[folder = "themes/default/"]
struct Default;

/// Everything that a theme gives to a build.
#[derive(Debug, Default)]
pub struct Theme {
    /// Templates by name; `builtin/NAME` is the default theme's, `theme/NAME` the archive's own.
    pub templates: BTreeMap<String, Template>,
    /// The strings of the interface's language.
    pub strings: Strings,
    /// The one style sheet: all files of `styles/`, in the order of their names.
    pub style: String,
    /// The one script: all files of `scripts/`, in the order of their names.
    pub script: String,
    /// Files of `static/`, by path below it.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// A template's text and where users find it.
#[derive(Debug)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// Path from the archive's root, or a name of the theme inside the program.
    pub path: String,
}

/// Reads the theme that the settings name, over the default one.
pub fn load(sources: &dyn Sources, config: &Config, report: &Report) -> Theme {
    let mut layers = Layers::default();
    for name in Default::iter() {
        if let Some(file) = Default::get(&name) {
            let path = format!("themes/default/{name}");
            layers.take("builtin", &name, path, file.data.into_owned(), report);
        }
    }
    let folder = format!("themes/{}", config.theme);
    let own = sources.list(&folder, report);
    if own.is_empty() && config.theme != "default" {
        report.push(unknown_theme(sources, config, report));
    }
    for path in own {
        let name = path[folder.len() + 1..].to_owned();
        match sources.read(&path) {
            Ok(bytes) => layers.take("theme", &name, path, bytes, report),
            Err(error) => report.push(Diagnostic::error(path.clone(), error.to_string())),
        }
    }
    layers.join(config, report)
}

/// The files of both themes, sorted by what they are for; a later layer replaces files of equal name,
/// but strings one by one.
#[derive(Default)]
struct Layers {
    templates: BTreeMap<String, Template>,
    styles: BTreeMap<String, String>,
    scripts: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
    strings: BTreeMap<String, Strings>,
}

impl Layers {
    fn take(&mut self, layer: &str, name: &str, path: String, bytes: Vec<u8>, report: &Report) {
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        if let Some(template) = name.strip_prefix("templates/") {
            let name = format!("{layer}/{template}");
            self.templates.insert(name, Template { text: text(), path });
        } else if let Some(style) = name.strip_prefix("styles/") {
            self.styles.insert(style.to_owned(), text());
        } else if let Some(script) = name.strip_prefix("scripts/") {
            self.scripts.insert(script.to_owned(), text());
        } else if let Some(asset) = name.strip_prefix("static/") {
            self.assets.insert(asset.to_owned(), bytes);
        } else if let Some(language) =
            name.strip_prefix("i18n/").and_then(|file| file.strip_suffix(".toml"))
        {
            self.take_strings(language, SourceText { path: &path, text: &text() }, report);
        }
    }

    fn take_strings(&mut self, language: &str, source: SourceText<'_>, report: &Report) {
        match parse_strings(source.text) {
            Ok(read) => self.strings.entry(language.to_owned()).or_default().extend(read),
            Err(error) => report.push(
                Diagnostic::error_at(
                    source,
                    error.span().unwrap_or(0..0),
                    error.message().to_owned(),
                )
                .expected("`key = \"text\"`, or `key = { one = \"…\", other = \"…\" }`")
                .help("compare with the default theme's `i18n/en.toml`"),
            ),
        }
    }

    fn join(mut self, config: &Config, report: &Report) -> Theme {
        let primary = config.default_language.split('-').next().unwrap_or("en").to_owned();
        let strings = self.strings.remove(&primary).unwrap_or_else(|| {
            let known = self.strings.keys().cloned().collect::<Vec<_>>().join(", ");
            report.push(
                Diagnostic::error(
                    "config.toml",
                    format!("the theme does not speak `{}`", config.default_language),
                )
                .expected(format!("one of {known}"))
                .help(format!("translate the theme's `i18n/en.toml` into `i18n/{primary}.toml`")),
            );
            self.strings.remove("en").unwrap_or_default()
        });
        Theme {
            templates: self.templates,
            strings,
            style: self.styles.into_values().collect(),
            script: self.scripts.into_values().collect(),
            assets: self.assets,
        }
    }
}

fn unknown_theme(sources: &dyn Sources, config: &Config, report: &Report) -> Diagnostic {
    let themes: std::collections::BTreeSet<String> = sources
        .list("themes", report)
        .iter()
        .filter_map(|path| path.split('/').nth(1).map(str::to_owned))
        .chain(["default".to_owned()])
        .collect();
    let known: Vec<&str> = themes.iter().map(String::as_str).collect();
    Diagnostic::error("config.toml", format!("there is no theme `{}`", config.theme))
        .expected(format!("a folder below `themes/`: {}", known.join(", ")))
        .help("write `theme = \"default\"` for the theme inside the program")
}

/// Reads a file of strings: texts, or tables of texts by plural category.
///
/// # Errors
///
/// If it is no TOML, or a value is neither.
pub fn parse_strings(text: &str) -> Result<Strings, toml::de::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Raw {
        Plain(String),
        Counted(BTreeMap<String, String>),
    }
    let raw: BTreeMap<String, Raw> = toml::from_str(text)?;
    let phrase = |raw| match raw {
        Raw::Plain(text) => Phrase::Plain(text),
        Raw::Counted(forms) => Phrase::Counted(forms),
    };
    Ok(raw.into_iter().map(|(key, raw)| (key, phrase(raw))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(language: &str) -> Strings {
        let file = Default::get(&format!("i18n/{language}.toml")).unwrap();
        parse_strings(std::str::from_utf8(&file.data).unwrap()).unwrap()
    }

    /// The `{names}` that a phrase fills, over all its forms.
    fn places(phrase: &Phrase) -> Vec<String> {
        let forms: Vec<&String> = match phrase {
            Phrase::Plain(text) => vec![text],
            Phrase::Counted(forms) => forms.values().collect(),
        };
        let mut places: Vec<String> = forms
            .iter()
            .flat_map(|text| text.split('{').skip(1))
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
            .collect();
        places.sort();
        places.dedup();
        places
    }

    #[test]
    fn every_language_has_the_same_words_with_the_same_places() {
        let english = strings("en");
        for language in ["ko", "fr", "de", "es"] {
            let strings = strings(language);
            let missing: Vec<_> = english.keys().filter(|k| !strings.contains_key(*k)).collect();
            let unknown: Vec<_> = strings.keys().filter(|k| !english.contains_key(*k)).collect();
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "{language}: {missing:?} {unknown:?}"
            );
            for (key, phrase) in &strings {
                assert_eq!(places(phrase), places(&english[key]), "{language}: {key}");
            }
        }
    }
}
