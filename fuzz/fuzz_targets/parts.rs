//! What holds, for any bytes, of the parsers that read what people and earlier runs wrote. The first byte chooses the
//! parser, by its first letter or by its number; the rest is what it reads.

use std::collections::BTreeSet;

use fonds::config::Config;
use fonds::content::{self, Record};
use fonds::diagnostic::{Report, SourceText};
use fonds::edtf::{Day, EdtfDate};
use fonds::files::{MemoryFiles, Sink};
use fonds::legible::legible;
use fonds::render::markdown::{self, Languages, Settings};
use fonds::{anchors, ingest, publish, site};

/// Panics if something does not hold.
pub(crate) fn holds(data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let parsers = [front_matter, edtf, markdown, config, kept, mail];
    let letter = b"femcki".iter().position(|letter| letter == first);
    let text = String::from_utf8_lossy(data);
    parsers[letter.unwrap_or(usize::from(*first)) % parsers.len()](&text);
}

/// A file of any folder is read or refused with a reason; a document that is read is written so that it says the same.
fn front_matter(text: &str) {
    for folder in ["documents", "organizations", "people", "collections", "pages"] {
        let path = format!("content/{folder}/a.md");
        let (config, report) = (Config::default(), Report::new());
        let read = |text: &str, report: &Report| {
            content::parse(SourceText { path: &path, text }, &config, report)
        };
        let entry = read(text, &report);
        for fault in report.sorted() {
            assert!(!fault.render().is_empty());
        }
        let Some(entry) = entry else {
            assert!(report.has_errors(), "refused without a reason");
            continue;
        };
        assert!(text.get(entry.body.clone()).is_some(), "the body is no part of the text");
        if let (Record::Document(document), false) = (&entry.record, report.has_errors()) {
            let body = &text[entry.body.clone()];
            let written = content::write(&**document, body);
            let report = Report::new();
            let again = read(&written, &report).expect("what was written is read");
            assert!(!report.has_errors(), "{:?}\n{written}", report.sorted());
            let Record::Document(again) = again.record else { panic!("no document") };
            assert_eq!(content::write(&*again, body), written);
        }
    }
}

/// A date is refused, or it is the same when its preferred form is read, and ends no sooner than it begins.
fn edtf(text: &str) {
    let Ok(date) = text.parse::<EdtfDate>() else { return };
    let again: EdtfDate = date.as_str().parse().expect("the preferred form is read");
    assert_eq!(again.as_str(), date.as_str());
    assert_eq!((again.earliest(), again.latest()), (date.earliest(), date.latest()));
    if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
        assert!(first <= last, "{text}: it ends before it begins");
    }
    date.years();
    date.shape();
}

/// Elements that a text may become.
const ELEMENTS: [&str; 30] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes that they may have.
const ATTRIBUTES: [&str; 13] = [
    "alt",
    "aria-label",
    "src",
    "class",
    "dir",
    "href",
    "id",
    "lang",
    "role",
    "start",
    "tabindex",
    "title",
    "value",
];

/// Whatever a text holds, its HTML has no element and no attribute outside of a list, and no link that runs something.
fn markdown(text: &str) {
    let settings = Settings {
        base_path: "/base",
        beside: &|_| None,
        paragraph_label: "Paragraph {n}",
        back_label: "Back to {n}",
        withheld_label: "Withheld: {reason}",
        language: "en",
        languages: Languages { own: "en", default: "en", archive: &[] },
        numbered: true,
    };
    // As a build gives it.
    let text = &legible(text);
    let html = markdown::render(text, settings).html;
    let mut open: Vec<String> = Vec::new();
    for token in html5gum::Tokenizer::new(html.as_str()).flatten() {
        match token {
            html5gum::Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8_lossy(attribute);
                    let value = String::from_utf8_lossy(value);
                    assert!(
                        ATTRIBUTES.contains(&attribute.as_ref()),
                        "{name} {attribute} in {html}"
                    );
                    // Pictures are the site's own.
                    assert!(attribute != "src" || value.starts_with("/base/"), "{value}");
                    if attribute == "href" {
                        let schemes =
                            ["#", "/", "http:", "https:", "mailto:", "tel:", "ftp:", "?", "."];
                        let is_path =
                            !value.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
                        let value = value.to_lowercase();
                        assert!(is_path || schemes.iter().any(|s| value.starts_with(s)), "{value}");
                    }
                }
                if !matches!(name.as_str(), "br" | "hr" | "img") {
                    open.push(name);
                }
            }
            html5gum::Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop(), Some(name), "{html}");
            }
            html5gum::Token::String(_) => {}
            other => panic!("{other:?} in {html}"),
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
    let anchors = markdown::anchors(text).0;
    assert_eq!(anchors.len(), anchors.iter().collect::<BTreeSet<_>>().len(), "an anchor twice");
}

/// Settings are read or refused by name.
fn config(text: &str) {
    let report = Report::new();
    fonds::config::parse(SourceText { path: "config.toml", text }, &report);
    for fault in report.sorted() {
        assert!(!fault.render().is_empty());
    }
}

/// What earlier runs left is read, or passed over, whatever somebody wrote into it.
fn kept(text: &str) {
    if let Ok(sums) = publish::parse_checksums(text) {
        let written =
            publish::write_checksums(sums.iter().map(|(path, sum)| (path.as_str(), *sum)));
        assert_eq!(publish::parse_checksums(&written).expect("what was written is read"), sums);
    }
    let files = MemoryFiles::new();
    let put = |path: &str, text: &str| files.put(path, text.as_bytes()).expect("memory takes all");
    for path in ["content/urls.lock", "content/published.lock", "content/ingest.lock"] {
        put(path, text);
    }
    put("content/documents/a.md", "+++\ntitle = \"A\"\n+++\n\nText.\n");
    put(
        "seeds/a.txt",
        "Ashford, 14 March 1921\n\nDear Miss Harland,\n\nThe room is dry.\n\nThomas Wardle\n",
    );
    let lock = site::Lock::read(&files, &Report::new());
    put("content/urls.lock", &lock.to_text());
    assert_eq!(site::Lock::read(&files, &Report::new()).to_text(), lock.to_text());
    let lock = anchors::Lock::read(&files);
    put("content/published.lock", &lock.to_text());
    assert_eq!(anchors::Lock::read(&files).to_text(), lock.to_text());
    ingest::plan(&files, &Config::default(), Day { year: 2026, month: 1, day: 2 }, &Report::new());
}

/// An e-mail becomes a document or is refused with a reason.
fn mail(text: &str) {
    super::holds::holds(&[&[2], text.as_bytes()].concat());
}
