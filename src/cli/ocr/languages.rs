//! Languages as BCP 47 and as Tesseract name them.

/// The name of a language, by its tag; one that is not listed is its own name.
pub(super) fn name(tag: &str) -> String {
    let lower = tag.to_lowercase();
    let primary = lower.split('-').next().unwrap_or_default();
    let is_traditional =
        ["hant", "tw", "hk"].iter().any(|part| lower.split('-').any(|p| p == *part));
    if primary == "zh" {
        return if is_traditional { "chi_tra" } else { "chi_sim" }.to_owned();
    }
    NAMES.iter().find(|(known, _)| *known == primary).map_or(primary, |(_, name)| name).to_owned()
}

const NAMES: [(&str, &str); 42] = [
    ("ar", "ara"),
    ("bg", "bul"),
    ("bs", "bos"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("ga", "gle"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mn", "mon"),
    ("nl", "nld"),
    ("no", "nor"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("vi", "vie"),
    ("yi", "yid"),
];

/// In how many dots per inch a page is best read: Korean loses letters where there are more.
pub(super) fn dots(languages: &[String]) -> u32 {
    if languages.first().is_some_and(|name| name == "kor") { 200 } else { 300 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_named_as_tesseract_names_them() {
        assert_eq!(
            ["en-GB", "ko", "zh-Hant", "zh", "frk"].map(name),
            ["eng", "kor", "chi_tra", "chi_sim", "frk"]
        );
        assert_eq!((dots(&["kor".to_owned()]), dots(&["eng".to_owned()])), (200, 300));
    }
}
