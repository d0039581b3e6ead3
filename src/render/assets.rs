//! The theme's own files under names that change with their contents, so that browsers may keep them.

use std::collections::BTreeMap;

use super::theme::Theme;

/// The theme's files as they are published.
#[derive(Debug, Default)]
pub struct Assets {
    /// Path in the site of each file, by its path below the theme's `static/`; the style sheet is
    /// `style.css`, the script `site.js`.
    pub paths: BTreeMap<String, String>,
    /// Path in the site and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Names the theme's files by their contents; a style sheet's `url("…")` follow.
pub fn prepare(theme: &Theme) -> Assets {
    let mut assets = Assets::default();
    for (name, bytes) in &theme.assets {
        assets.add(name, bytes.clone());
    }
    let mut style = theme.style.clone();
    for (name, path) in &assets.paths {
        let file = path.rsplit('/').next().unwrap_or(path);
        style = style.replace(&format!("url(\"{name}\")"), &format!("url(\"{file}\")"));
    }
    assets.add("site.js", without_comment_lines(&theme.script).into_bytes());
    assets.add("style.css", without_comments(&style).into_bytes());
    assets
}

impl Assets {
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let flat = name.replace('/', "-");
        let (stem, extension) = flat.rsplit_once('.').unwrap_or((&flat, "bin"));
        let hash = blake3::hash(&bytes).to_hex();
        let path = format!("assets/{stem}.{}.{extension}", &hash[..10]);
        self.paths.insert(name.to_owned(), path.clone());
        self.files.push((path, bytes));
    }
}

/// A style sheet without comments and indentation, which are half of it.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// A script without the comments that fill their lines.
fn without_comment_lines(script: &str) -> String {
    let comment = |line: &str| ["//", "/**", "* ", "*/"].iter().any(|mark| line.starts_with(mark));
    let lines = script.lines().filter(|line| {
        let code = line.trim_start();
        !code.is_empty() && code != "*" && !comment(code)
    });
    lines.map(|line| format!("{line}\n")).collect()
}
