//! A theme's files: templates, style sheets, strings and assets, those of the archive's own theme laid
//! over the default theme inside the program.

pub(super) mod blocks;
mod built_in;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::fields::{self, Fields, Key};
use crate::files::Sources;
use crate::render::policy;
use crate::render::stylesheet::{self, Sheet};
use crate::site::words::{Phrase, Strings};

pub use built_in::{built_in, built_in_file};
pub use settings::Logo;

/// Everything that a theme gives to a build.
#[derive(Debug, Default)]
pub struct Theme {
    /// Where a template is looked for, first to last: `theme/`, those that it builds on, `builtin/`.
    pub prefixes: Vec<String>,
    /// Templates by name: `theme/NAME` is of the archive's own theme, `builtin/NAME` of the default one,
    /// `PARENT/NAME` of one between them.
    pub templates: BTreeMap<String, Template>,
    /// The strings of the interface's language.
    pub strings: Strings,
    /// Those of the other languages, in the order of the settings.
    pub languages: Vec<Strings>,
    /// The one style sheet: all files of `styles/`, in the order of their names.
    pub style: String,
    /// The same one by one.
    pub styles: Vec<Template>,
    /// The logo of the settings.
    pub logo: Option<Logo>,
    /// The one script: all files of `scripts/`, in the order of their names.
    pub script: String,
    /// Files of `static/`, by path below it.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// The text of a template or a style sheet, and where users find it.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// Path from the archive's root, or a name of the theme inside the program.
    pub path: String,
}

/// Reads the theme that the settings name, over those that it builds on, over the default one.
pub fn load(sources: &dyn Sources, config: &Config, report: &Report) -> Theme {
    let mut layers = Layers::default();
    for name in built_in() {
        if let Some(bytes) = built_in_file(&name) {
            let path = format!("themes/default/{name}");
            layers.take("builtin/", File { name: &name, path, bytes }, report);
        }
    }
    let names = lineage(sources, config, report);
    for (place, name) in names.iter().enumerate().rev() {
        let folder = format!("themes/{name}/");
        let prefix = if place == 0 { "theme/".to_owned() } else { format!("{name}/") };
        for path in sources.list(folder.trim_end_matches('/'), report) {
            match sources.read(&path) {
                Ok(bytes) => {
                    let below = path[folder.len()..].to_owned();
                    layers.take(&prefix, File { name: &below, path, bytes }, report);
                }
                Err(error) => report.push(Diagnostic::error(path.clone(), error.to_string())),
            }
        }
        if place > 0 {
            layers.prefixes.insert(0, prefix);
        }
    }
    layers.join(sources, config, report)
}

/// The theme of the settings, then each that it builds on by `extends` in its `theme.toml`; the default
/// theme inside the program is not among them.
fn lineage(sources: &dyn Sources, config: &Config, report: &Report) -> Vec<String> {
    let mut names = vec![config.theme.name.clone()];
    if config.theme.name != "default"
        && sources.list(&format!("themes/{}", config.theme.name), report).is_empty()
    {
        report.push(unknown_theme(sources, "config.toml", &config.theme.name, report));
        return Vec::new();
    }
    while let Some(name) = names.last() {
        let path = format!("themes/{name}/theme.toml");
        let Ok(bytes) = sources.read(&path) else { break };
        let text = String::from_utf8_lossy(&bytes);
        let source = SourceText { path: &path, text: &text };
        let Some(parent) = fields::read(source, 0..text.len(), report, about) else { break };
        if parent == "default" {
            break;
        }
        if names.contains(&parent) {
            report.push(
                Diagnostic::error(path, format!("the theme `{parent}` extends itself"))
                    .expected("themes that do not extend each other in a circle")
                    .help("remove `extends` from one of them"),
            );
            break;
        }
        if sources.list(&format!("themes/{parent}"), report).is_empty() {
            report.push(unknown_theme(sources, &path, &parent, report));
            break;
        }
        names.push(parent);
    }
    names
}

/// The keys of a `theme.toml`, with what their values are.
pub fn keys() -> Vec<Key> {
    fields::describe(about)
}

/// What a `theme.toml` says: the name of the theme that it builds on.
fn about(fields: &Fields<'_, '_>) -> Option<String> {
    for (key, words) in [
        ("name", "Name"),
        ("description", "What it looks like"),
        ("license", "Licence, an SPDX expression"),
        ("author", "Who made it"),
        ("homepage", "Where it is found"),
    ] {
        let _ = fields.says(words).string(key);
    }
    let _ = fields.says("Anything else").anything("extra");
    fields.says("Name of the theme that it extends, if not `default`").string("extends")
}

fn unknown_theme(sources: &dyn Sources, path: &str, name: &str, report: &Report) -> Diagnostic {
    let themes: BTreeSet<String> = sources
        .list("themes", report)
        .iter()
        .filter(|path| path.matches('/').count() > 1)
        .filter_map(|path| path.split('/').nth(1).map(str::to_owned))
        .chain(["default".to_owned()])
        .collect();
    let known: Vec<&str> = themes.iter().map(String::as_str).collect();
    Diagnostic::error(path, format!("there is no theme `{name}`"))
        .expected(format!("a folder below `themes/`: {}", known.join(", ")))
        .help("choose one of them; `default` is built into the program")
}

/// The files of all layers, sorted by what they are for; a later layer replaces files of equal name,
/// but strings one by one.
#[derive(Default)]
struct Layers {
    /// Prefixes of the themes between the archive's own and the default one, nearest first.
    prefixes: Vec<String>,
    templates: BTreeMap<String, Template>,
    styles: BTreeMap<String, Template>,
    scripts: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
    strings: BTreeMap<String, Strings>,
}

/// A file of a theme.
struct File<'a> {
    /// Its path in the theme.
    name: &'a str,
    /// Its path from the archive's root.
    path: String,
    bytes: Vec<u8>,
}

impl Layers {
    /// Takes a file; names of templates get a prefix.
    fn take(&mut self, prefix: &str, file: File<'_>, report: &Report) {
        let File { name, path, bytes } = file;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        if let Some(template) = name.strip_prefix("templates/") {
            let name = format!("{prefix}{template}");
            self.templates.insert(name, Template { text: text(), path });
        } else if let Some(style) = name.strip_prefix("styles/") {
            self.styles.insert(style.to_owned(), Template { text: text(), path });
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

    /// The words of a language.
    fn strings_of(&self, tag: &str, report: &Report) -> Strings {
        let primary = tag.split('-').next().unwrap_or("en");
        let strings = self.strings.get(primary).cloned();
        strings.unwrap_or_else(|| {
            let known = self.strings.keys().cloned().collect::<Vec<_>>().join(", ");
            report.push(
                Diagnostic::error("config.toml", format!("the theme has no `{tag}` translation"))
                    .expected(format!("one of {known}"))
                    .help(format!(
                        "translate the theme's `i18n/en.toml` into `i18n/{primary}.toml`"
                    )),
            );
            self.strings.get("en").cloned().unwrap_or_default()
        })
    }

    fn join(mut self, sources: &dyn Sources, config: &Config, report: &Report) -> Theme {
        let settings = settings::style(self.styles.values(), config, sources, report);
        self.styles.extend(settings.map(|style| (settings::NAME.to_owned(), style)));
        let languages: Vec<Strings> =
            config.languages.iter().map(|l| self.strings_of(&l.tag, report)).collect();
        let strings = self.strings_of(&config.default_language, report);
        let between = self.prefixes.into_iter();
        let prefixes =
            ["theme/".to_owned()].into_iter().chain(between).chain(["builtin/".to_owned()]);
        Theme {
            prefixes: prefixes.collect(),
            templates: self.templates,
            strings,
            languages,
            style: self.styles.values().map(|style| style.text.as_str()).collect(),
            styles: self.styles.into_values().collect(),
            logo: settings::logo(config, sources, report),
            script: self.scripts.into_values().collect(),
            assets: self.assets,
        }
    }
}

impl Template {
    /// Whether it is of the theme inside the program, and not of a copy in the archive, or made of the settings.
    fn is_built_in(&self) -> bool {
        let name = self.path.strip_prefix("themes/default/");
        let bytes = name.and_then(built_in_file);
        bytes.is_some_and(|bytes| bytes == self.text.as_bytes())
    }
}

impl Theme {
    /// The style sheets that are not the default theme's.
    pub fn own_styles(&self) -> impl Iterator<Item = &Template> {
        self.styles.iter().filter(|style| !style.is_built_in() && style.path != "config.toml")
    }

    /// What is broken in the style sheets of the archive's own theme, and of those that it builds on; what in them,
    /// and in the templates, the policy of the pages forbids.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let sheet = |style: &Template| !style.is_built_in() && style.path != "config.toml";
        let sheets: Vec<Sheet<'_>> = self
            .styles
            .iter()
            .map(|style| Sheet {
                source: SourceText { path: &style.path, text: &style.text },
                own: sheet(style),
            })
            .collect();
        let mut faults = stylesheet::faults(&sheets, |name| self.assets.contains_key(name));
        faults.extend(policy::forbidden(self));
        faults
    }
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
        let file = built_in_file(&format!("i18n/{language}.toml")).unwrap();
        parse_strings(std::str::from_utf8(&file).unwrap()).unwrap()
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
