//! Templates → HTML: one Tera engine over both layers of a theme, with the functions that themes call.
//!
//! `t(key, n, …)` gives a string of the interface, `asset(path)` the URL of a file of the theme,
//! `url(path)` that of a file of the site. The filter `unbroken` keeps short words with hyphens on one line.

mod faults;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use self::faults::{fault, load_faults};
use super::depth::{DEEPEST, too_deep};
use super::minify::minified;
use super::theme::Theme;
use super::unbroken::unbroken;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::files::{Key, key_of};
use crate::parallel;
use crate::site::LanguagePaths;
use crate::site::html::Html;
use crate::site::listed::{Entry, ITEM};
use crate::site::words::{self, Words};

/// A theme's templates, ready to render, and what all of them see; cheap to copy.
#[derive(Clone)]
pub struct Engine {
    templates: Arc<Templates>,
    /// `site`, which every template sees.
    site: Value,
    /// The key of what pages are made of besides templates and their own views.
    surroundings: Key,
}

/// Parsed templates.
pub struct Templates {
    tera: Tera,
    /// Path and text of each template, to point at faults.
    texts: BTreeMap<String, (String, String)>,
    /// Where a template is looked for, first to last.
    prefixes: Vec<String>,
    surroundings: Arc<Surroundings>,
}

/// What the functions of templates depend on.
pub struct Surroundings {
    /// The words of the interface.
    pub words: Arc<Words>,
    /// URL of each asset by its path below the theme's `static/`.
    pub assets: BTreeMap<String, String>,
    /// Path below which the site is served.
    pub base_path: String,
    /// Which addresses lead to pages of a language of the interface; none if it is the default one.
    pub language: Option<LanguagePaths>,
    /// Whether templates are minified.
    pub minify: bool,
}

impl Surroundings {
    fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.words, &other.words)
            && self.assets == other.assets
            && self.base_path == other.base_path
            && self.language == other.language
            && self.minify == other.minify
    }

    /// The URL of a file of the theme.
    pub fn asset(&self, path: &str) -> Option<&str> {
        self.assets.get(path).map(String::as_str)
    }

    /// The URL of a file of the site; of a page in the language of the interface.
    pub fn url(&self, path: &str) -> String {
        let path = path.trim_start_matches('/');
        let prefix = self.language.as_ref().map_or("", |language| language.prefix_of(path));
        format!("{}/{prefix}{path}", self.base_path)
    }
}

impl Engine {
    /// An engine that shows `site` to all templates.
    pub fn new(templates: Arc<Templates>, site: &impl Serialize) -> Self {
        let site = Value::from_serializable(site);
        let Surroundings { assets, base_path, minify, .. } = &*templates.surroundings;
        let surroundings = key_of(&(&site, assets, base_path, minify));
        Self { templates, site, surroundings }
    }

    /// The key of what a page is made of, given that the theme and the words are the same.
    pub fn key(&self, template: &str, view: &View<'_>) -> Key {
        key_of(&(self.surroundings, template, &view.0))
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        let Templates { texts, prefixes, .. } = &*self.templates;
        prefixes.iter().any(|layer| texts.contains_key(&format!("{layer}{name}")))
    }

    /// What the theme makes of a document in a list.
    pub fn entries(&self) -> Entry {
        let templates = Arc::clone(&self.templates);
        Box::new(move |document| {
            let mut context = Context::new();
            context.insert_value(ITEM, document.inner().clone());
            // What fails here fails on the page again, and is reported there.
            templates.tera.render_component(ITEM, &context, None, true).ok().map(Html)
        })
    }

    /// Renders a page, which is the file `made` of the site; a fault goes to `report` with the template's file and line.
    pub fn page(
        &self,
        template: &str,
        view: &View<'_>,
        made: &str,
        report: &Report,
    ) -> Option<Vec<u8>> {
        let mut context = view.context();
        context.insert_value("site", self.site.clone());
        let templates = &self.templates;
        let mut html = Vec::with_capacity(PAGE_SIZE);
        let rendered = templates.tera.render_to(template, &context, &mut html).map(|()| html);
        let rendered =
            rendered.or_else(|_| templates.as_written(template, &context).map(String::into_bytes));
        match rendered {
            Ok(html) => Some(html),
            Err(error) => {
                report.push(fault(&templates.texts, template, &error).of_page(made));
                None
            }
        }
    }
}

impl Templates {
    /// Loads all templates; faults in them go to `report`, and there are none then.
    ///
    /// What the engine before has parsed is not parsed again, if it would be the same.
    pub fn load(
        theme: &Theme,
        surroundings: Surroundings,
        before: Option<&Engine>,
        report: &Report,
    ) -> Option<Arc<Self>> {
        let texts: BTreeMap<String, (String, String)> = theme
            .templates
            .iter()
            .map(|(name, t)| (name.clone(), (t.path.clone(), t.text.clone())))
            .collect();
        let deep = texts.values().filter_map(|(path, text)| Some((path, text, too_deep(text)?)));
        let deep: Vec<_> = deep.collect();
        if !deep.is_empty() {
            report.extend(deep.into_iter().map(|(path, text, at)| {
                let message = format!("the template is nested more than {DEEPEST} deep");
                Diagnostic::error(path, message)
                    .at(Position::of(text, at..at + 1))
                    .expected(format!(
                        "at most {DEEPEST} elements, blocks or brackets inside each other"
                    ))
                    .help("close what is open, or move a part into a template of its own")
            }));
            return None;
        }
        let is_same = |before: &&Engine| {
            let templates = &before.templates;
            templates.texts == texts
                && templates.prefixes == theme.prefixes
                && templates.surroundings.same_as(&surroundings)
        };
        if let Some(same) = before.filter(is_same) {
            return Some(Arc::clone(&same.templates));
        }
        let surroundings = Arc::new(surroundings);
        let as_written = texts.iter().map(|(name, (_, text))| (name.clone(), text.clone()));
        let as_written: BTreeMap<String, String> = as_written.collect();
        let small = if surroundings.minify { small(&as_written) } else { as_written.clone() };
        // As they are written, if they do not load otherwise.
        let tera = load(&theme.prefixes, &small, &surroundings)
            .or_else(|_| load(&theme.prefixes, &as_written, &surroundings));
        match tera {
            Ok(tera) => {
                let prefixes = theme.prefixes.clone();
                Some(Arc::new(Self { tera, texts, prefixes, surroundings }))
            }
            Err(error) => {
                report.extend(load_faults(theme, &texts, &error));
                None
            }
        }
    }

    /// Renders with the templates as they are written, whose lines users know.
    fn as_written(&self, template: &str, context: &Context) -> TeraResult<String> {
        let texts = self.texts.iter().map(|(name, (_, text))| (name.clone(), text.clone()));
        load(&self.prefixes, &texts.collect(), &self.surroundings)?.render(template, context)
    }
}

/// Room for most pages, in bytes.
const PAGE_SIZE: usize = 32 * 1024;

/// What a template is given.
#[derive(Default)]
pub struct View<'a>(Vec<(&'static str, Box<dyn Part + 'a>)>);

impl<'a> View<'a> {
    /// A view of one value.
    pub fn of(name: &'static str, value: impl Serialize + 'a) -> Self {
        let mut view = Self::default();
        view.insert(name, value);
        view
    }

    /// Adds a value. Its texts are escaped, but for those of the type `Html`.
    pub fn insert(&mut self, name: &'static str, view: impl Serialize + 'a) {
        self.0.push((name, Box::new(view)));
    }

    fn context(&self) -> Context {
        let mut context = Context::new();
        for (name, part) in &self.0 {
            // Not that of the box, which is a view of its own: the key of what is in it.
            context.insert_value(*name, (**part).value());
        }
        context
    }
}

/// Something that a template is given, which is handed over only if the template is run.
trait Part {
    fn value(&self) -> Value;
    fn key(&self) -> Key;
}

impl<T: Serialize> Part for T {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }

    fn key(&self) -> Key {
        key_of(self)
    }
}

impl Serialize for dyn Part + '_ {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key().serialize(serializer)
    }
}

/// The texts of templates without superfluous bytes.
fn small(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let small = |(name, text): (&String, &String)| (name.clone(), minified(text));
    parallel::map_taken(texts.iter().collect(), small).into_iter().collect()
}

fn load(
    prefixes: &[String],
    texts: &BTreeMap<String, String>,
    surroundings: &Arc<Surroundings>,
) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(prefixes.to_vec())?;
    tera.autoescape_on([".html", ".xml", ".svg"]);
    register(&mut tera, surroundings);
    tera.add_raw_templates(texts)?;
    Ok(tera)
}

/// Gives templates the functions that they call.
fn register(tera: &mut Tera, surroundings: &Arc<Surroundings>) {
    let words = surroundings.clone();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| translate(&words.words, &kwargs));
    let assets = surroundings.clone();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| {
        let path: &str = kwargs.must_get("path")?;
        let url = assets.asset(path).map(str::to_owned);
        url.ok_or_else(|| Error::message(format!("there is no file `static/{path}` in the theme")))
    });
    let urls = surroundings.clone();
    tera.register_function("url", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(urls.url(kwargs.must_get("path")?))
    });
    tera.register_filter("unbroken", |value: Value, _: Kwargs, _: &State| {
        let html = value.as_str().and_then(unbroken);
        html.map_or(value, |html| Value::safe_string(&html))
    });
}

/// `t(key="documents", n=3)`, `t(key="title-page", title="…")`.
fn translate(words: &Words, kwargs: &Kwargs) -> TeraResult<String> {
    let key: &str = kwargs.must_get("key")?;
    let text = match kwargs.get::<usize>("n")? {
        Some(n) => words.count(key, n),
        None => words.get(key),
    };
    let value = |name: &str| kwargs.iter().find(|(key, _)| key.as_str() == Some(name));
    Ok(words::fill(&text, |name| value(name).map(|(_, value)| shown(value))))
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
