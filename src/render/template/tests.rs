//! What is prepared prints the same, and fails where the template as it is written fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use tera::value::Key;
use tera::{Context, Value};

use super::super::engine::{Surroundings, load};
use super::{Constants, prepared};
use crate::site::listed::LISTED;
use crate::site::words::{Phrase, Strings, Words};

const COMPONENTS: &str = r#"{% component name(link: map) %}{% if link.url %}<a href="{{ link.url }}">{{ link.name }}</a>{% else %}<bdi>{{ link.name }}</bdi>{% endif %}{% endcomponent name %}
{% component names(links: array) %}<ul>{% for link in links %}<li>{{<name link={link} />}}{% if loop.last %}.{% endif %}</li>{% else %}{{ t(key="none") }}{% endfor %}</ul>{% endcomponent names %}
{% component pair(a: map, b: map) %}{{<name link={a} />}}{{ a.name | upper }}{{<name link={b} />}}{{ t(key="with", name=b.name) }}{% endcomponent %}
{% component free(link: map) %}{{ site.title }}{{ link.name }}{% endcomponent %}
{% component sets(link: map) %}{% set y = link %}{{ y.name }}{% endcomponent %}
{% component twice(link) %}{{ link.name }}{% endcomponent %}
{% component item(item: map) %}<li><a href="{{ item.url }}">{{ item.title }}</a> {{ item.date.text }}{% endcomponent %}
{% component entries(documents: array) %}{% for d in documents %}{{<item item={d} />}}{% endfor %}{% endcomponent %}"#;

fn surroundings() -> Arc<Surroundings> {
    let strings =
        [("none", "No <name>"), ("with", "with {name}"), ("space", " "), ("brace", "a {b")];
    let mut strings: Strings = strings
        .into_iter()
        .map(|(key, text)| (key.to_owned(), Phrase::Plain(text.to_owned())))
        .collect();
    let forms = [("one", "<{n}> thing"), ("other", "{n} things")];
    let forms = forms.map(|(category, form)| (category.to_owned(), form.to_owned()));
    strings.insert("many".to_owned(), Phrase::Counted(forms.into()));
    let forms = [("one", "<thing>"), ("other", "<things>")];
    let forms = forms.map(|(category, form)| (category.to_owned(), form.to_owned()));
    strings.insert("word".to_owned(), Phrase::Counted(forms.into()));
    Arc::new(Surroundings {
        language: None,
        words: Arc::new(Words::new("en", strings)),
        assets: [("a.css".to_owned(), "/base/a.1&2.css".to_owned())].into(),
        base_path: "/base".to_owned(),
        minify: true,
    })
}

fn site() -> Value {
    Value::from_serializable(&json!({
        "title": "Letters & \"more\"", "search": null, "feed": "/atom.xml", "documents": 3,
        "contact": {"name": "A", "url": "/a/"}, "dir": "ltr",
        "navigation": [{"name": "A & B", "url": "/base/a/"}, {"name": "\"C\"", "url": "/base/c/"}],
        "pages": [],
    }))
}

fn context() -> Context {
    let mut context = Context::new();
    let link = json!({"name": "B & C", "url": "/b/", "a": {"name": "of a"}});
    context.insert("link", &link);
    context.insert("text", "<i>");
    context.insert("none", &None::<String>);
    context.insert(
        "view",
        &json!({"kind": link, "bare": {"name": "x", "url": null}, "all": [link, link], "no": [], "numbers": [0, 1, 1.0, 2, 100, 101], "one": 1, "url": "/base/c/"}),
    );
    let letter = json!({"listed": null, "title": "A & B", "name": "A", "url": "/a/", "date": {"text": "1871"}});
    context.insert("letter", &letter);
    context.insert("letters", &[letter]);
    context.insert_value("site", site());
    context
}

fn templates(page: &str) -> BTreeMap<String, String> {
    let layers = [("builtin/page.html", page), ("builtin/components.html", COMPONENTS)];
    layers.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The text of a page's template as it is prepared.
fn prepare(templates: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (surroundings, site) = (surroundings(), site());
    let prefixes = ["theme/".to_owned(), "builtin/".to_owned()];
    prepared(templates, &prefixes, &Constants { surroundings: &surroundings, site: &site })
}

fn render(templates: &BTreeMap<String, String>) -> Option<String> {
    let prefixes = ["theme/".to_owned(), "builtin/".to_owned()];
    let tera = load(&prefixes, templates, &surroundings()).ok()?;
    tera.render("page.html", &context()).ok()
}

fn prepare_page(page: &str) -> String {
    prepare(&templates(page))["builtin/page.html"].clone()
}

#[test]
fn what_is_prepared_prints_the_same() {
    for page in [
        r#"<p title="{{ t(key="none") }}">{{ t(key='none') }}{{ asset(path="a.css") }} {{ url(path="/x/") }}</p>"#,
        "{{ site.title }} {{ site.documents }} {% if site.search %}a{% elif site.feed %}b{% else %}c{% endif %}",
        "{% if site.documents %}{{ site.contact.name }}{% endif %}{{ site.search }}|{{ site.title | upper }}",
        "{ {{ t(key=\"none\") }} } { {{ site.title }}} {{ t(key=\"brace\") }}{{ t(key=\"space\") }}x",
        "{{<name link={link} />}} {{<name link={view.kind} />}} {{<name link={view.bare} />}}",
        "{{<names links={view.all} />}}{{<names links={view.no} />}}",
        "{% for link in view.all %}{{<name link={link} />}}{{<names links={view.all} />}}{{ loop.index }}{% endfor %}",
        "{% for a in view.all %}{{<pair a={view.bare} b={a} />}}{% endfor %}",
        "{{<sets link={link} />}}{{<twice link={link} />}}",
        "{% set x %}{{<name link={link} />}}{{ t(key=\"none\") }}{% endset %}{{ x }}{{ x | upper }}",
        "{% filter upper %}{{ t(key=\"none\") }}{{<name link={link} />}}{% endfilter %}",
        "a {{- t(key=\"none\") -}} b",
        "{% raw %}{{ site.title }}{% endraw %}{# {{ site.title }} #}{{ site.title }}",
        "{% for site in view.all %}{{ site.name }}{% endfor %}{{ site.title }}",
        "{% set site = link %}{{ site.name }}",
        "{{ \"site.title\" }}{{ \"}}\" }}",
        "{% for a in site.navigation %}<a href=\"{{ a.url }}\"{% if view.url == a.url %} b{% elif site.feed %} c{% endif %}>{{ a.name }}</a>{{ view.bare.name }}{% endfor %}",
        "{% for a in site.navigation %}{% if a.name == link.name %}x{% else %}y{% endif %}{% endfor %}{{ t(key=\"none\") }}",
        "{% for a in site.navigation %}{{ loop.index }}{{ a.name | upper }}{% endfor %}",
        "{% for a in site.navigation %}{{ link.a.name }}{{ a.url | upper }}{% if a.url %}{{ a.url ~ a.url }}{% endif %}{% endfor %}",
        "{% for a in site.navigation %}{% for b in view.all %}{{ a.url }}{{ b.url }}{% endfor %}{% endfor %}",
        "{% for a in site.pages %}{{ a.url }}{% else %}none{% endfor %}{% for a in site.pages %}{{ a.url }}{% endfor %}|",
        "{ {% for a in site.navigation %}{ {{ a.url }}{% endfor %}",
        "{% for n in view.numbers %}{{ t(key=\"many\", n=n) }} {{ t(key=\"many\", n=view.one) }}{% endfor %}",
        "{% for n in view.numbers %}{{ t(key=\"word\", n=n) }} {{ t(key=\"word\", n=view.one) }}{% endfor %}",
        "{{<item item={letter} />}}{% for d in letters %}{{<item item={d} />}}{% endfor %}",
        "{{<entries documents={letters} />}}{{<name link={letter} />}}",
    ] {
        let templates = templates(page);
        let printed = render(&templates);
        assert!(printed.is_some(), "{page}");
        assert_eq!(render(&prepare(&templates)), printed, "{page}");
    }
}

#[test]
fn what_fails_as_it_is_written_fails() {
    for page in [
        "{{ t(key=\"none\", n=text) }}",
        "{{ asset(path=\"b.css\") }}",
        "{{ t(key=\"many\", n=view.none) }}",
        "{{ t(key=\"many\", n=text) }}",
        "{{ t(key=\"word\", n=text) }}",
        "{{ t(key=\"word\", n=view.none) }}",
        "{{<item item={text} />}}",
        "{{<item item={none} />}}",
        "{% for a in site.navigation %}{{ a.title }}{% endfor %}",
        "{% for a in site.other %}{{ a.title }}{% endfor %}",
        "{% for a in site.navigation %}{{ b.url }}{% endfor %}",
        "{{ site.titel }}",
        "{{<name link={text} />}}",
        "{{<name link={none} />}}",
        "{{<name link={view.other} />}}",
        "{{<name link={other.kind} />}}",
        "{{<name link={view.kind} more={text} />}}",
        "{{<name />}}",
        "{{<names links={view} />}}",
        "{{<free link={link} />}}",
        "{{<twice link={none} />}}",
    ] {
        let templates = templates(page);
        assert_eq!(render(&templates), None, "{page}");
        assert_eq!(render(&prepare(&templates)), None, "{page}");
    }
}

#[test]
fn what_is_constant_and_small_is_written_down() {
    assert_eq!(
        prepare_page(
            "{{ t(key=\"none\") }}{{ asset(path='a.css') }}{{ url(path=\"x/\") }}{{ site.title }}"
        ),
        "No &lt;name&gt;/base/a.1&amp;2.css/base/x/Letters &amp; &quot;more&quot;"
    );
    assert_eq!(
        prepare_page("{% if site.search %}{% elif site.feed %}{% endif %}"),
        "{% if false %}{% elif true %}{% endif %}"
    );
    assert_eq!(
        prepare_page("{{<name link={view.kind} />}}"),
        "{% if view.kind is map %}{% if view.kind.url %}<a href=\"{{ view.kind.url }}\">{{ view.kind.name }}</a>\
         {% else %}<bdi>{{ view.kind.name }}</bdi>{% endif %}{% else %}{{<name link={view.kind} />}}{% endif %}"
    );
}

#[test]
fn a_missing_word_is_asked_for_when_a_page_asks() {
    let page = "{{ t(key=\"missing\") }}";
    assert_eq!(prepare_page(page), page);
}

#[test]
fn a_component_of_the_theme_stands_for_that_of_the_default() {
    let mut templates = templates("{{<name link={link} />}}{{<names links={view.all} />}}");
    let own = "{% component name(link: map) %}<b>{{ link.name }}</b>{% endcomponent %}";
    templates.insert("theme/own.html".to_owned(), own.to_owned());
    let printed = render(&templates).unwrap();
    assert!(printed.starts_with("<b>B &amp; C</b><ul><li><b>"), "{printed}");
    assert_eq!(render(&prepare(&templates)).unwrap(), printed);
}

#[test]
fn a_document_that_was_written_before_is_not_written_again() {
    let templates = templates("{% for d in letters %}{{<item item={d} />}}{% endfor %}");
    let (surroundings, site) = (surroundings(), site());
    let constants = Constants { surroundings: &surroundings, site: &site };
    let prepared = prepared(&templates, &["builtin/".to_owned()], &constants);
    let tera = load(&["builtin/".to_owned()], &prepared, &surroundings).unwrap();
    let mut context = context();
    let printed = tera.render("page.html", &context).unwrap();
    assert!(printed.contains("A &amp; B"), "{printed}");
    let mut letter = context.get("letter").unwrap().clone().into_map().unwrap();
    letter.insert(Key::Str(LISTED), Value::safe_string("<li>written"));
    context.insert("letters", &[Value::from(letter)]);
    assert_eq!(tera.render("page.html", &context).unwrap(), "<li>written");
}

#[test]
fn a_component_that_calls_itself_ends() {
    let mut templates = templates("{{<tree link={link} />}}");
    let tree = "{% component tree(link: map) %}{{ link.name }}{% if link.below %}{{<tree link={link.below} />}}{{<tree link={link.below} />}}{% endif %}{% endcomponent %}";
    templates.insert("builtin/tree.html".to_owned(), tree.to_owned());
    let printed = render(&templates);
    assert_eq!(printed.as_deref(), Some("B &amp; C"));
    assert_eq!(render(&prepare(&templates)), printed);
}
