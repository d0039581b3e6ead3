//! Stemming algorithms as data for the reader, so that a word that no document holds finds the forms that share its stem.
//!
//! The writer stems with `rust-stemmers`, which was generated from the Snowball sources in `stem/`. The index carries the same
//! sources as syntax trees, and `reader/stem.js` runs them: a language costs 0.6 to 3 kB, read only when a word is unknown.

mod parse;
mod token;

use rust_stemmers::Algorithm;

/// A stemming algorithm of the program.
pub(super) struct Language {
    /// BCP 47 tag of the language.
    pub(super) tag: &'static str,
    pub(super) algorithm: Algorithm,
    source: &'static str,
}

macro_rules! language {
    ($tag:literal, $algorithm:ident, $file:literal) => {
        Language {
            tag: $tag,
            algorithm: Algorithm::$algorithm,
            source: include_str!(concat!("stem/", $file, ".sbl")),
        }
    };
}

/// All of them. Their order gives each its bit; see [`stemmer_bit`].
pub(super) const LANGUAGES: [Language; 18] = [
    language!("ar", Arabic, "arabic"),
    language!("da", Danish, "danish"),
    language!("nl", Dutch, "dutch"),
    language!("en", English, "english"),
    language!("fi", Finnish, "finnish"),
    language!("fr", French, "french"),
    language!("de", German, "german"),
    language!("el", Greek, "greek"),
    language!("hu", Hungarian, "hungarian"),
    language!("it", Italian, "italian"),
    language!("no", Norwegian, "norwegian"),
    language!("pt", Portuguese, "portuguese"),
    language!("ro", Romanian, "romanian"),
    language!("ru", Russian, "russian"),
    language!("es", Spanish, "spanish"),
    language!("sv", Swedish, "swedish"),
    language!("ta", Tamil, "tamil"),
    language!("tr", Turkish, "turkish"),
];

/// The bit of a language's stemming algorithm, by its BCP 47 tag; 0 if there is none.
pub(super) fn stemmer_bit(language: &str) -> u32 {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let primary = if matches!(primary.as_str(), "nb" | "nn") { "no" } else { primary.as_str() };
    LANGUAGES.iter().position(|known| known.tag == primary).map_or(0, |at| 1 << at)
}

impl Language {
    /// The algorithm as JSON; `FORMAT.md` describes it.
    pub(super) fn program(&self) -> String {
        // A test reads each source.
        parse::program(self.source).unwrap_or_default().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_can_be_read() {
        for language in &LANGUAGES {
            let program = parse::program(language.source);
            let program = program.unwrap_or_else(|| panic!("{} cannot be read", language.tag));
            assert!(program["routines"]["stem"].is_array(), "{}", language.tag);
        }
    }

    #[test]
    fn languages_have_bits_by_their_primary_tag() {
        assert_eq!(stemmer_bit("en-GB"), stemmer_bit("en"));
        assert_eq!(stemmer_bit("nb"), stemmer_bit("no"));
        assert_eq!(stemmer_bit("ko"), 0);
    }
}
