//! The last part of a URL: ASCII letters of every script's transliteration, digits, hyphens.

use crate::site_path::is_device;

/// The longest slug that a person may write, in bytes, so that it fits any file system with what is added.
pub const LONGEST: usize = 200;

/// The longest slug that is made from a text, in bytes; hosts limit paths to 255.
pub const MAX_LENGTH: usize = 80;

/// A slug for a text; empty if nothing of it can be transliterated.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode(&text.replace(['\'', '’', '‘'], "")).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if is_device(&slug) {
        // No folder of that name can be on Windows.
        slug.push_str("-x");
    }
    slug
}

/// A slug for a subject heading, in which signs tell things apart: C, C++ and C#.
pub fn heading_slug(text: &str) -> String {
    if text.contains(['+', '#']) {
        return slugify(&text.replace('+', " plus ").replace('#', " sharp "));
    }
    slugify(text)
}

/// A slug for a title: cut at a word's end before [`MAX_LENGTH`] bytes.
pub fn short_slug(text: &str) -> String {
    let slug = slugify(text);
    if slug.len() <= MAX_LENGTH {
        return slug;
    }
    let cut = slug[..=MAX_LENGTH].rfind('-').filter(|&i| i > MAX_LENGTH / 2).unwrap_or(MAX_LENGTH);
    slug[..cut].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_becomes_ascii() {
        assert_eq!(slugify("Asociación Pro Derechos Humanos"), "asociacion-pro-derechos-humanos");
        assert_eq!(slugify("Citizens' Alliance (NKHR)"), "citizens-alliance-nkhr");
        assert_eq!(slugify("북한인권위원회"), "bughaningweonwiweonhoe");
        assert_eq!(slugify("— …"), "");
        assert_eq!((slugify("CON"), slugify("Com1.")), ("con-x".to_owned(), "com1-x".to_owned()));
    }

    #[test]
    fn signs_of_a_heading_tell() {
        let slugs = ["C", "C++", "C#", "A+"].map(heading_slug);
        assert_eq!(slugs, ["c", "c-plus-plus", "c-sharp", "a-plus"]);
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let slug = short_slug(&"human rights ".repeat(20));
        assert!(slug.len() <= MAX_LENGTH && slug.ends_with("rights"), "{slug}");
    }
}
