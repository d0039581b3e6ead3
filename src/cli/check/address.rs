//! An address on a page → the file of the site that it leads to.

use percent_encoding::percent_decode_str;

use crate::config::Config;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) enum Target {
    /// A file of the site, and an id in it.
    File { path: String, fragment: Option<String> },
    /// Elsewhere.
    Outside,
    /// Nowhere; says why.
    Wrong(&'static str),
}

/// Where the site will be served.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Site {
    pub(super) base_url: String,
    pub(super) base_path: String,
}

impl Site {
    pub(in crate::cli) fn of(config: &Config) -> Self {
        Self { base_url: config.base_url.clone(), base_path: config.base_path().to_owned() }
    }

    /// Finds where an address on the page `page` leads.
    pub(in crate::cli) fn resolve(&self, page: &str, address: &str) -> Target {
        let address = address.trim();
        let (rest, fragment) = match address.split_once('#') {
            Some((rest, fragment)) => (rest, decoded(fragment)),
            None => (address, None),
        };
        let fragment = fragment.filter(|f| !f.is_empty() && f != "top" && !f.starts_with(":~:"));
        let rest = rest.split('?').next().unwrap_or_default();
        if rest.is_empty() {
            let path = page.to_owned();
            return if address.starts_with('?') { with(path, None) } else { with(path, fragment) };
        }
        match self.path(page, rest) {
            Ok(Some(path)) => with(path, fragment),
            Ok(None) => Target::Outside,
            Err(why) => Target::Wrong(why),
        }
    }

    /// The path of a file below the site's root; none if the address leads elsewhere.
    fn path(&self, page: &str, address: &str) -> Result<Option<String>, &'static str> {
        if !self.base_url.is_empty()
            && let Some(rest) = address.strip_prefix(&self.base_url)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return below_root(rest.trim_start_matches('/')).map(Some);
        }
        if address.starts_with("//") {
            return Ok(None);
        }
        if let Some(scheme) = scheme(address) {
            let runs = scheme.eq_ignore_ascii_case("javascript");
            return if runs { Err("it runs a script") } else { Ok(None) };
        }
        if address.starts_with('/') {
            let inside = address.strip_prefix(&self.base_path).filter(|r| r.starts_with('/'));
            let inside = inside.ok_or("it leaves the path of `base_url`")?;
            return below_root(&inside[1..]).map(Some);
        }
        if page == "404.html" || page.ends_with("/404.html") {
            return Err("it is relative, but `404.html` is shown at any address");
        }
        let folder = page.rfind('/').map_or("", |i| &page[..=i]);
        below_root(&format!("{folder}{address}")).map(Some)
    }
}

fn with(path: String, fragment: Option<String>) -> Target {
    Target::File { path, fragment }
}

/// `mailto` of `mailto:a@b`.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    valid.then_some(scheme)
}

/// The file that a host answers with for a path.
fn below_root(path: &str) -> Result<String, &'static str> {
    let mut parts: Vec<String> = Vec::new();
    let mut is_folder = true;
    for part in path.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or("it leads outside the site")?;
            }
            _ => parts.push(decoded(part).ok_or("it is not UTF-8")?),
        }
    }
    if is_folder {
        parts.push("index.html".to_owned());
    }
    Ok(parts.join("/"))
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(page: &str, address: &str) -> Target {
        let base_url = "https://example.org/archive".to_owned();
        Site { base_url, base_path: "/archive".to_owned() }.resolve(page, address)
    }

    fn file(path: &str, fragment: &str) -> Target {
        with(path.to_owned(), Some(fragment.to_owned()).filter(|f| !f.is_empty()))
    }

    #[test]
    fn addresses_inside_the_site_name_a_file() {
        let page = "documents/a/index.html";
        for (address, expected) in [
            ("#p1", file(page, "p1")),
            ("", file(page, "")),
            ("?q=a", file(page, "")),
            ("text.txt", file("documents/a/text.txt", "")),
            ("../b/#n%C3%A9", file("documents/b/index.html", "né")),
            ("/archive/", file("index.html", "")),
            ("/archive/years/2014/?q=1#top", file("years/2014/index.html", "")),
            ("https://example.org/archive", file("index.html", "")),
            ("https://example.org/archive/a%20b.txt", file("a b.txt", "")),
        ] {
            assert_eq!(resolve(page, address), expected, "{address}");
        }
    }

    #[test]
    fn other_addresses_are_outside_or_wrong() {
        for address in ["https://example.org/archives/", "mailto:a@b.c", "//cdn.org/x", "data:,x"] {
            assert_eq!(resolve("index.html", address), Target::Outside, "{address}");
        }
        for address in ["/", "/documents/", "../x", "JavaScript:alert(1)"] {
            assert!(matches!(resolve("index.html", address), Target::Wrong(_)), "{address}");
        }
        assert!(matches!(resolve("404.html", "a.css"), Target::Wrong(_)));
    }
}
