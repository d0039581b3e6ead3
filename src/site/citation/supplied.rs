//! Whether a title only describes a letter, as archivists supply one (DACS 2.3): "Letter from A to B".
//!
//! Such a title is not the document's own, so the styles quote none of it. It is known by the names of
//! the parties, which leave few words in any language: "Lettre de A à B", "A이(가) B에게 보낸 서한".

/// The most words beside both names: "Carta abierta de A y otros 51 a B".
const BESIDE_BOTH: usize = 6;
/// The most beside one: "Letter to B". "Open letter to B" is what such a letter calls itself.
const BESIDE_ONE: usize = 2;
/// Further words, where a number says how many are not named: "and 51 others".
const OTHERS: usize = 2;
/// Stands for a name that was found; in no title.
const FOUND: char = '\u{0}';

/// Whether a title is made of the names of the parties and the few words that join them.
pub(super) fn is_supplied(title: &str, senders: &[&str], recipients: &[&str]) -> bool {
    let (rest, from) = without(title, senders);
    let (rest, to) = without(&rest, recipients);
    // What is written on to a name belongs to it: the endings of Korean, the characters of Chinese.
    let words: Vec<&str> = rest.split_whitespace().filter(|word| !word.contains(FOUND)).collect();
    let plain = words.iter().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let others = if words.len() > plain && numbered(&words) { OTHERS } else { 0 };
    match (from, to) {
        (true, true) => plain <= BESIDE_BOTH,
        (true, false) | (false, true) => plain > 0 && plain <= BESIDE_ONE + others,
        (false, false) => false,
    }
}

fn numbered(words: &[&str]) -> bool {
    words.iter().any(|word| word.chars().all(|c| c.is_ascii_digit()))
}

/// A title without the names that it holds, the longest first, and whether there was one.
fn without(title: &str, names: &[&str]) -> (String, bool) {
    let mut names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    names.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.dedup();
    let mut rest = title.to_owned();
    let mut found = false;
    for name in names {
        if name.len() <= rest.len() && rest.contains(name) {
            rest = rest.replace(name, &FOUND.to_string());
            found = true;
        }
    }
    (rest, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "Stephen J. Solarz";
    const B: &str = "Ban Ki-moon";

    #[test]
    fn a_supplied_title_is_known_in_every_language() {
        for title in [
            "Letter from {a} to {b}",
            "Letter from {a} and 51 others to {b}",
            "Memorandum from {a} to {b}",
            "Letter from {a}",
            "Letter to {b}",
            "Letter to {b} and 2 others",
            "Schreiben von {a} an {b}",
            "Schreiben von {a} und 51 anderen an {b}",
            "Brief von {a} an {b}",
            "Lettre de {a} à {b}",
            "Lettre de {a} et 51 autres à {b}",
            "Carta de {a} y otros 51 a {b}",
            "Carta abierta de {a} y otros 51 a {b}",
            "{a}이(가) {b}에게 보낸 서한",
            "{a}가 {b}에게 보낸 서한",
            "{a} 외 51인이 {b}에게 보낸 서한",
            "{a}의 서한",
            "{b}에게 보낸 서한",
            "{a}致{b}的信",
            "{a} から {b} への書簡",
            "رسالة من {a} إلى {b}",
            "Письмо {a} к {b}",
        ] {
            let title = title.replace("{a}", A).replace("{b}", B);
            assert!(is_supplied(&title, &[A], &[B]), "{title}");
        }
    }

    #[test]
    fn a_title_of_its_own_is_not() {
        for title in [
            "Open letter to Ban Ki-moon",
            "Real or Illusory?",
            "Letter to the Editor",
            "An appeal to Ban Ki-moon on the camps of the north",
            "Stephen J. Solarz on what Ban Ki-moon can and should do for those in the camps",
            "",
        ] {
            assert!(!is_supplied(title, &[A], &[B]), "{title}");
        }
    }
}
