//! The first sentences of a body, for lists, feeds and search engines.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Longest excerpt, in characters.
const LENGTH: usize = 220;
/// How much of a body is looked at, in bytes: what comes later is no first sentence. Nearly always a
/// small part tells, and this is done for every document before any page can be made.
const WINDOWS: [usize; 3] = [700, 1500, 6000];
/// A paragraph of fewer characters is a salutation or a byline, not a sentence.
const SHORT: usize = 60;
/// Longest label before a title that a text says again, in bytes: `Subject of this letter:`.
const LABEL: usize = 30;

/// The first prose of a Markdown text without marks, cut between words; none if it has no prose.
///
/// Headings, address blocks (lines with hard breaks), lists and notes are passed over, and so is a line that says the
/// title again: where titles repeat, it would not set two documents apart.
pub(super) fn excerpt(body: &str, title: &str) -> Option<String> {
    let [small, large, most] = WINDOWS.map(|window| &body[..body.floor_char_boundary(window)]);
    let is_told = |part: &str, (prose, end): &(String, usize)| {
        prose.chars().count() >= SHORT && (*end < part.len() || prose.len() > 4 * LENGTH)
    };
    let parts = [small, large].into_iter().filter(|part| part.len() < most.len());
    let mut told =
        parts.filter_map(|part| first_prose(part, title).filter(|found| is_told(part, found)));
    let (prose, _) = told.next().or_else(|| first_prose(most, title))?;
    Some(cut(&without_marks(&prose, body)))
}

/// Prose without the marks of notes whose text is in the body, but beyond what was looked at.
fn without_marks(prose: &str, body: &str) -> String {
    let mut parts = prose.split("[^");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_note = |label: &str| body.contains(&format!("\n[^{label}]:"));
        match part.split_once(']') {
            Some((label, after)) if is_note(label) => plain.push_str(after),
            _ => plain.extend(["[^", part]),
        }
    }
    plain
}

/// The text of the first paragraph of prose, else of the first that is nearly one, and where it ends.
fn first_prose(body: &str, title: &str) -> Option<(String, usize)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let (mut text, mut depth, mut verse, mut short) = (String::new(), 0_usize, false, None);
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                depth += 1;
                (text, verse) = (String::new(), false);
            }
            Event::Start(_) => depth += 1,
            Event::End(tag) => {
                depth -= 1;
                let is_prose = depth == 0 && tag == TagEnd::Paragraph && !verse;
                if is_prose && !says_again(&text, title) {
                    let length = text.chars().count();
                    if length >= SHORT {
                        return Some((text, range.end));
                    }
                    if short.is_none() && length > 24 {
                        short = Some((text.clone(), range.end));
                    }
                }
            }
            Event::Text(t) | Event::Code(t) | Event::InlineHtml(t) => text.push_str(&t),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => verse = true,
            _ => {}
        }
    }
    short
}

/// Whether a paragraph is the title, perhaps after a label such as `Re:`.
fn says_again(text: &str, title: &str) -> bool {
    let label = text.len().saturating_sub(title.len());
    if title.is_empty() || label > LABEL {
        return false;
    }
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (text, title) = (words(text.trim_end_matches('.')), words(title.trim_end_matches('.')));
    let before = text.len().checked_sub(title.len()).map(|n| text.split_at(n));
    before.is_some_and(|(label, rest)| {
        rest == title && (label.is_empty() || label.last().is_some_and(|word| word.ends_with(':')))
    })
}

fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LENGTH {
        return text;
    }
    let end = text.char_indices().nth(LENGTH).map_or(text.len(), |(i, _)| i);
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '–', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_prose_is_taken() {
        let body = "New York\\\n10 November 2014\n\nExcellencies,\n\n## Heading\n\nWe are nongovernmental organizations with a *longstanding* interest in rights.[^1]\n\n[^1]: Note.\n";
        assert_eq!(
            excerpt(body, "").unwrap(),
            "We are nongovernmental organizations with a longstanding interest in rights."
        );
    }

    #[test]
    fn marks_of_notes_are_no_part_of_it() {
        let prose =
            "We are nongovernmental organizations with a longstanding[^1] interest in rights.[^b]";
        let body =
            format!("{prose}\n\n{}\n\n[^1]: Note.\n\n[^b]: Another.\n", "Prose. ".repeat(2000));
        assert_eq!(excerpt(&body, "").unwrap(), prose.replace("[^1]", "").replace("[^b]", ""));
        let unknown = "What stands between brackets and is no note is a part of the text: [^1].";
        assert_eq!(excerpt(unknown, "").unwrap(), unknown);
    }

    #[test]
    fn a_line_that_says_the_title_again_is_passed_over() {
        let title = "Copies of the plates of the Harbour Committee, with their captions";
        let text = "I write on behalf of the owner of the plates, who has seen copies of them.";
        for line in [format!("Re: {title}"), title.to_uppercase(), format!("{title}.")] {
            let body = format!("Via post\n\n{line}\n\n{text}\n");
            assert_eq!(excerpt(&body, title).unwrap(), text, "{line}");
        }
        // A sentence that holds the title says more than the title.
        let more = format!("{title} were sold in May.");
        assert_eq!(excerpt(&more, title).unwrap(), more);
        let named = format!("They lost {title}");
        assert_eq!(excerpt(&named, title).unwrap(), named);
    }

    #[test]
    fn long_prose_is_cut_between_words() {
        let cut = excerpt(&"human rights, ".repeat(40), "").unwrap();
        assert!(cut.chars().count() <= LENGTH + 1, "{cut}");
        assert!(cut.ends_with("human…") || cut.ends_with("rights…"), "{cut}");
    }
}
