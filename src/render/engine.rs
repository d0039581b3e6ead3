//! Templates → HTML: one Tera engine over both layers of a theme, with the functions that themes call.
//!
//! `t(key, n, …)` gives a string of the interface, `asset(path)` the URL of a file of the theme,
//! `url(path)` that of a file of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::theme::Theme;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::site::words::Words;

/// A theme's templates, ready to render.
pub struct Engine {
    tera: Tera,
    /// Path and text of each template, to point at faults.
    texts: BTreeMap<String, (String, String)>,
    /// Where a template is looked for, first to last.
    prefixes: Vec<String>,
    minify: Option<minify_html::Cfg>,
}

/// What the functions of templates depend on.
pub struct Surroundings {
    /// The words of the interface.
    pub words: Arc<Words>,
    /// URL of each asset by its path below the theme's `static/`.
    pub assets: BTreeMap<String, String>,
    /// Path below which the site is served.
    pub base_path: String,
    /// Whether pages are minified.
    pub minify: bool,
}

impl Engine {
    /// Loads all templates; faults in them go to `report`, and there is no engine then.
    pub fn new(
        theme: &Theme,
        surroundings: Surroundings,
        global: &impl serde::Serialize,
        report: &Report,
    ) -> Option<Self> {
        let texts: BTreeMap<String, (String, String)> = theme
            .templates
            .iter()
            .map(|(name, t)| (name.clone(), (t.path.clone(), t.text.clone())))
            .collect();
        let minify = surroundings.minify.then(minifier);
        match load(theme, &texts, Arc::new(surroundings)) {
            Ok(mut tera) => {
                tera.global_context().insert("site", global);
                Some(Self { tera, texts, prefixes: theme.prefixes.clone(), minify })
            }
            Err(error) => {
                report.extend(load_faults(&texts, &error));
                None
            }
        }
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.prefixes.iter().any(|layer| self.texts.contains_key(&format!("{layer}{name}")))
    }

    /// Renders a page; a fault goes to `report` with the template's file and line.
    pub fn page(&self, template: &str, context: &Context, report: &Report) -> Option<Vec<u8>> {
        match self.tera.render(template, context) {
            Ok(html) => Some(match &self.minify {
                Some(cfg) => minify_html::minify(html.as_bytes(), cfg),
                None => html.into_bytes(),
            }),
            Err(error) => {
                report.push(fault(&self.texts, template, &error));
                None
            }
        }
    }
}

fn minifier() -> minify_html::Cfg {
    let mut cfg = minify_html::Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    cfg
}

fn load(
    theme: &Theme,
    texts: &BTreeMap<String, (String, String)>,
    surroundings: Arc<Surroundings>,
) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(theme.prefixes.clone())?;
    tera.autoescape_on([".html", ".xml", ".svg"]);
    let words = surroundings.clone();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| translate(&words.words, &kwargs));
    let assets = surroundings.clone();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| {
        let path: &str = kwargs.must_get("path")?;
        let url = assets.assets.get(path).cloned();
        url.ok_or_else(|| Error::message(format!("there is no file `static/{path}` in the theme")))
    });
    tera.register_function("url", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path: &str = kwargs.must_get("path")?;
        Ok(format!("{}/{}", surroundings.base_path, path.trim_start_matches('/')))
    });
    tera.add_raw_templates(texts.iter().map(|(name, (_, text))| (name, text)))?;
    Ok(tera)
}

/// `t(key="documents", n=3)`, `t(key="title-page", title="…")`.
fn translate(words: &Words, kwargs: &Kwargs) -> TeraResult<String> {
    let key: &str = kwargs.must_get("key")?;
    let mut text = match kwargs.get::<usize>("n")? {
        Some(n) => words.count(key, n),
        None => words.get(key),
    };
    for (name, value) in kwargs.iter() {
        let place = format!("{{{}}}", name.as_str().unwrap_or_default());
        if text.contains(&place) {
            text = text.replace(&place, &shown(value));
        }
    }
    Ok(text)
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The faults of templates that do not load: each syntax fault, else what Tera says of them together.
fn load_faults(texts: &BTreeMap<String, (String, String)>, error: &Error) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = texts
        .iter()
        .filter_map(|(name, (_, text))| {
            let error = Tera::new().add_raw_template(name, text).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| fault(texts, name, &error))
        })
        .collect();
    if faults.is_empty() {
        let name = match error.kind() {
            ErrorKind::MissingParent { current, .. } => current.as_str(),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
            _ => "",
        };
        faults.push(fault(texts, name, error));
    }
    faults
}

/// A fault in a template, with its file and place.
fn fault(texts: &BTreeMap<String, (String, String)>, template: &str, error: &Error) -> Diagnostic {
    if let ErrorKind::SyntaxError(at) | ErrorKind::RenderingError(at) = error.kind()
        && let Some((path, text)) = texts.get(at.filename())
    {
        return Diagnostic::error(path.clone(), sentence(at.message()))
            .at(Position::of(text, at.span().range.clone()))
            .help("see themes/README.md for what templates can use");
    }
    let layers = [template.to_owned(), format!("theme/{template}"), format!("builtin/{template}")];
    let path = layers.iter().find_map(|name| texts.get(name)).map(|(path, _)| path.clone());
    let path = path.unwrap_or_else(|| format!("themes/…/templates/{template}"));
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    Diagnostic::error(path, sentence(&message))
        .help("see themes/README.md for what templates can use")
}

/// A library's message in our form: lower case, one line, no full stop.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    match (chars.next(), line.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => line.to_owned(),
    }
}
