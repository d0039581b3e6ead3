//! The last part of a URL: ASCII letters of every script's transliteration, digits, hyphens.

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
    slug
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
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let slug = short_slug(&"human rights ".repeat(20));
        assert!(slug.len() <= MAX_LENGTH && slug.ends_with("rights"), "{slug}");
    }
}
