//! A page of the site → the same page with relative links, each to a file.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use super::folder::SCRIPT;

/// A page, and the site that it is of.
pub(super) struct Page<'a> {
    /// Its path from the site's root.
    pub path: &'a str,
    pub base_path: &'a str,
    /// Whether the copy has an index to search in.
    pub searches: bool,
}

/// What is made of a page.
pub(super) struct Rewritten {
    pub html: Vec<u8>,
    /// The element with the id `text`, with all that is in it.
    pub text: Option<String>,
}

/// Attributes that hold one address. The search page has those that begin with `data-`.
const ADDRESSES: [&str; 12] = [
    "action",
    "data",
    "data-base",
    "data-export",
    "data-manifest",
    "data-worker",
    "formaction",
    "href",
    "manifest",
    "poster",
    "src",
    "xlink:href",
];

/// Attributes that hold several addresses, each with a size.
const SETS: [&str; 2] = ["imagesrcset", "srcset"];

/// Elements whose text has no marks and no character references.
const RAW: [&str; 5] = ["script", "style", "xmp", "iframe", "noembed"];

/// What is shown without scripts; the tokenizer gives its marks as text.
const WITHOUT_SCRIPTS: &[u8] = b"noscript";

/// Rewrites a page.
pub(super) fn rewrite(page: &Page<'_>, html: &[u8]) -> Rewritten {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut out = Out { html: Vec::with_capacity(html.len() + html.len() / 8), text: Text::Ahead };
    let (mut is_raw, mut is_markup) = (false, false);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                is_raw = RAW.iter().any(|name| *tag.name == *name.as_bytes());
                is_markup = *tag.name == *WITHOUT_SCRIPTS;
                out.open(page, &tag);
            }
            Token::EndTag(tag) => {
                (is_raw, is_markup) = (false, false);
                out.close(&tag.name);
            }
            Token::String(text) if is_raw => out.html.extend_from_slice(&text),
            Token::String(text) if is_markup => {
                out.html.extend_from_slice(&rewrite(page, &text).html);
            }
            Token::String(text) => out.escaped(&text),
            Token::Comment(text) => {
                out.html.extend_from_slice(b"<!--");
                out.html.extend_from_slice(&text);
                out.html.extend_from_slice(b"-->");
            }
            Token::Doctype(doctype) => {
                out.html.extend_from_slice(b"<!doctype ");
                out.html.extend_from_slice(&doctype.name);
                out.html.push(b'>');
            }
            Token::Error(_) => {}
        }
    }
    let text = match out.text {
        Text::Found(start, end) => Some(&out.html[start..end]),
        _ => None,
    };
    let text = text.map(|text| String::from_utf8_lossy(text).into_owned());
    Rewritten { html: out.html, text }
}

/// Where the element with the text is.
enum Text {
    Ahead,
    /// Where it begins, its name, and how many elements of that name are open.
    Open(usize, Vec<u8>, usize),
    /// Where it begins and ends.
    Found(usize, usize),
}

struct Out {
    html: Vec<u8>,
    text: Text,
}

impl Out {
    fn open(&mut self, page: &Page<'_>, tag: &StartTag<()>) {
        let attribute = |name: &str| tag.attributes.get(name.as_bytes());
        let is_search = page.searches && attribute("data-search").is_some();
        if is_search {
            // Scripts that are deferred run in their order: this one before that of the search page.
            let script = page.relative(&format!("{}/{SCRIPT}", page.base_path));
            self.html
                .extend_from_slice(format!("<script src=\"{script}\" defer></script>").as_bytes());
        }
        match &mut self.text {
            Text::Ahead if attribute("id").is_some_and(|id| ***id == *b"text") => {
                self.text = Text::Open(self.html.len(), tag.name.to_vec(), 1);
            }
            Text::Open(_, name, depth) if *name == *tag.name => *depth += 1,
            _ => {}
        }
        let is_policy = attribute("http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case(b"content-security-policy"));
        self.html.push(b'<');
        self.html.extend_from_slice(&tag.name);
        for (name, value) in &tag.attributes {
            self.html.push(b' ');
            self.html.extend_from_slice(name);
            let name = String::from_utf8_lossy(name);
            let written = String::from_utf8_lossy(value);
            let written = match &*name {
                name if ADDRESSES.contains(&name) => page.relative(&written),
                name if SETS.contains(&name) => page.relative_set(&written),
                "content" if is_policy => for_files(&written),
                "content" if *tag.name == *b"meta" => page.relative_refresh(&written),
                _ => written.into_owned(),
            };
            self.html.extend_from_slice(b"=\"");
            self.escaped(written.as_bytes());
            self.html.push(b'"');
        }
        self.html.extend_from_slice(if tag.self_closing { b" />" } else { b">" });
    }

    fn close(&mut self, name: &[u8]) {
        self.html.extend_from_slice(b"</");
        self.html.extend_from_slice(name);
        self.html.push(b'>');
        if let Text::Open(start, open, depth) = &mut self.text
            && open == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.text = Text::Found(*start, self.html.len());
            }
        }
    }

    fn escaped(&mut self, text: &[u8]) {
        for byte in text {
            match byte {
                b'&' => self.html.extend_from_slice(b"&amp;"),
                b'<' => self.html.extend_from_slice(b"&lt;"),
                b'>' => self.html.extend_from_slice(b"&gt;"),
                b'"' => self.html.extend_from_slice(b"&quot;"),
                byte => self.html.push(*byte),
            }
        }
    }
}

impl Page<'_> {
    /// An address from this page; those of other sites, and places on the page itself, stay as they are.
    fn relative(&self, address: &str) -> String {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        let below = path.strip_prefix(self.base_path).and_then(|path| path.strip_prefix('/'));
        match below {
            Some(below) if !path.starts_with("//") => {
                let up = "../".repeat(self.path.matches('/').count());
                format!("{up}{}{rest}", file_of(below))
            }
            // The base path without its slash.
            None if !path.is_empty() && path == self.base_path => {
                self.relative(&format!("{path}/{rest}"))
            }
            None if path.ends_with('/') && !path.starts_with('/') && !path.contains(':') => {
                format!("{path}index.html{rest}")
            }
            _ => address.to_owned(),
        }
    }

    /// `small.png 1x, large.png 2x`.
    fn relative_set(&self, set: &str) -> String {
        let parts = set.split(',').map(|part| {
            let part = part.trim();
            let (address, size) = part.split_once(' ').unwrap_or((part, ""));
            format!("{} {size}", self.relative(address)).trim_end().to_owned()
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    /// `0; url=/new/`, or what else a `<meta>` says.
    fn relative_refresh(&self, content: &str) -> String {
        let at = content.to_ascii_lowercase().find("url=").map(|at| at + 4);
        let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        match at.filter(|_| is_number(content)) {
            Some(at) => {
                let address = content[at..].trim().trim_matches(['"', '\'']);
                format!("{}{}", &content[..at], self.relative(address))
            }
            None => content.to_owned(),
        }
    }
}

/// A page's policy for a page that is a file. Firefox does not count other files as the page's own, and would send
/// no form.
fn for_files(policy: &str) -> String {
    policy.replace("form-action 'self'", "form-action 'self' file:")
}

/// The file at an address below the site's root; the address may be percent-encoded, and stays so.
fn file_of(path: &str) -> String {
    crate::site_path::file_at(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(html: &str) -> Rewritten {
        let page = Page { path: "documents/a/index.html", base_path: "/archive", searches: true };
        rewrite(&page, html.as_bytes())
    }

    fn link(address: &str) -> String {
        let html = rewritten(&format!("<a href=\"{address}\">x</a>")).html;
        let html = String::from_utf8(html).unwrap();
        html.split('"').nth(1).unwrap().to_owned()
    }

    #[test]
    fn links_are_relative_and_name_files() {
        for (address, expected) in [
            ("/archive/", "../../index.html"),
            ("/archive", "../../index.html"),
            ("/archive/documents/b/#p3", "../../documents/b/index.html#p3"),
            ("/archive/search/?q=a&amp;b", "../../search/index.html?q=a&amp;b"),
            ("/archive/assets/a.css", "../../assets/a.css"),
            ("/archive/documents/%C3%A9/text.txt", "../../documents/%C3%A9/text.txt"),
            ("source/", "source/index.html"),
            ("#p3", "#p3"),
            ("?q=a", "?q=a"),
            ("https://example.org/archive/", "https://example.org/archive/"),
            ("//example.org/archive/", "//example.org/archive/"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("/elsewhere/", "/elsewhere/"),
        ] {
            assert_eq!(link(address), expected, "{address}");
        }
    }

    #[test]
    fn an_archive_at_the_root_of_a_host_is_rewritten_as_well() {
        let page = Page { path: "index.html", base_path: "", searches: true };
        let html = rewrite(&page, b"<a href=/>x</a><img srcset='/a.png 1x, /b.png 2x'>").html;
        let expected = "<a href=\"index.html\">x</a><img srcset=\"a.png 1x, b.png 2x\">";
        assert_eq!(String::from_utf8(html).unwrap(), expected);
    }

    #[test]
    fn all_else_stays_what_it_was() {
        let html = "<!doctype html><title>A &amp; B</title><noscript><p>a &amp; b</p></noscript><script>if (a < b && c) d(\"/archive/\");</script>\
                    <p class=\"x\">1 &lt; 2</p><!-- note --><svg viewbox=\"0 0 1 1\"><path d=\"M0\" /></svg>";
        assert_eq!(String::from_utf8(rewritten(html).html).unwrap(), html);
        let refresh = "<meta content=\"0; url=/archive/new/\" http-equiv=\"refresh\">";
        let html = String::from_utf8(rewritten(refresh).html).unwrap();
        assert!(html.contains("content=\"0; url=../../new/index.html\""), "{html}");
    }

    #[test]
    fn the_policy_lets_forms_lead_to_files() {
        let policy = "<meta content=\"form-action 'self'; object-src 'none'\" http-equiv=\"Content-Security-Policy\">";
        let html = String::from_utf8(rewritten(policy).html).unwrap();
        assert_eq!(html, policy.replace("'self'", "'self' file:"));
    }

    #[test]
    fn the_text_of_a_document_is_found() {
        let html = "<div><div id=text><div>a</div> b</div><div>c</div></div>";
        let expected = "<div id=\"text\"><div>a</div> b</div>";
        assert_eq!(rewritten(html).text.as_deref(), Some(expected));
        assert_eq!(rewritten("<p>a</p>").text, None);
    }

    #[test]
    fn the_search_page_gets_its_script_first() {
        let html =
            rewritten("<div data-search data-worker=/archive/search/worker.1.js></div>").html;
        let html = String::from_utf8(html).unwrap();
        assert!(
            html.starts_with("<script src=\"../../search/folder.js\" defer></script><div "),
            "{html}"
        );
        assert!(html.contains("data-worker=\"../../search/worker.1.js\""), "{html}");
    }
}
