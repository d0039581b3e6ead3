//! Emphasis and links of a PDF → marks in its lines. Emphasis that goes on from line to line is one; letters that look
//! as most of the document does have none.

use crate::ingest::markdown;
use crate::pdf::{Line, Page, Pdf, Style};

/// How the letters of a document look as a rule.
pub(super) struct Dress {
    bold: bool,
    italic: bool,
    /// Whether signs of the document's own would pair up as marks.
    escapes: bool,
}

/// A part of a line that looks alike.
struct Part<'l> {
    text: &'l str,
    style: Style,
}

impl Dress {
    pub(super) fn of(pdf: &Pdf) -> Self {
        let (mut all, mut bold, mut italic) = (0, 0, 0);
        let mut text = String::new();
        for line in pdf.pages.iter().flat_map(|page| &page.lines) {
            for Part { text, style } in parts(line) {
                let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                all += letters;
                bold += if style.bold { letters } else { 0 };
                italic += if style.italic { letters } else { 0 };
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        let escapes = markdown::has_pairs(&text);
        Self { bold: bold * 2 > all, italic: italic * 2 > all, escapes }
    }

    /// A text without marks of its own.
    pub(super) fn plain(&self, text: &str) -> String {
        if self.escapes { markdown::escaped(text) } else { text.to_owned() }
    }

    /// The lines of a page with their marks.
    pub(super) fn lines(&self, page: &Page) -> Vec<String> {
        let right = page.lines.iter().map(|line| line.bounds[2]).fold(0.0, f32::max);
        let mut open = "";
        let mut out = Vec::with_capacity(page.lines.len());
        for (at, line) in page.lines.iter().enumerate() {
            let mut text = String::new();
            let own: Vec<Part<'_>> = parts(line).collect();
            for (number, part) in own.iter().enumerate() {
                let mark = self.mark(part);
                let begins_open = number == 0 && !open.is_empty() && open == mark;
                let is_last = number + 1 == own.len();
                // A full line goes on in the next one.
                let next =
                    page.lines.get(at + 1).filter(|_| is_last && line.bounds[2] >= 0.85 * right);
                let first = next.and_then(|next| parts(next).next());
                let goes_on =
                    !mark.is_empty() && first.is_some_and(|first| self.mark(&first) == mark);
                self.push(&mut text, part, page, (mark, begins_open, goes_on));
                open = if goes_on { mark } else { "" };
            }
            if own.is_empty() {
                open = "";
            }
            out.push(text.trim_end().to_owned());
        }
        out
    }

    /// The sign around a part; none for one that looks like all others, or is a link.
    fn mark(&self, part: &Part<'_>) -> &'static str {
        let says = part.text.contains(char::is_alphanumeric) && !part.text.contains('*');
        let Style { bold, italic, link } = part.style;
        match (bold && !self.bold, italic && !self.italic) {
            _ if !says || link.is_some() => "",
            (true, _) => "**",
            (false, true) => "*",
            (false, false) => "",
        }
    }

    fn push(
        &self,
        text: &mut String,
        part: &Part<'_>,
        page: &Page,
        (mark, is_open, stays_open): (&str, bool, bool),
    ) {
        let core = part.text.trim();
        let lead = part.text.len() - part.text.trim_start().len();
        let (before, behind) = (&part.text[..lead], &part.text[lead + core.len()..]);
        let link = part.style.link.and_then(|number| page.links.get(usize::from(number)));
        text.push_str(before);
        match link.filter(|url| leads(url, core)) {
            Some(url) => text.push_str(&format!("[{}]({url})", self.plain(core))),
            None => {
                text.push_str(if is_open { "" } else { mark });
                text.push_str(&self.plain(core));
                text.push_str(if stays_open { "" } else { mark });
            }
        }
        text.push_str(behind);
    }
}

/// Whether a link leads to somewhere that its text does not say already.
fn leads(url: &str, text: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches('/').to_lowercase();
        let schemes = ["https://", "http://", "mailto:"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(&text);
        rest.trim_start_matches("www.").to_owned()
    };
    let is_plain = !url.contains(|c: char| c.is_whitespace() || "()<>[]\\".contains(c));
    is_plain && !text.is_empty() && !text.contains(['[', ']']) && bare(url) != bare(text)
}

/// The parts of a line; white space looks like what is before it.
fn parts(line: &Line) -> impl Iterator<Item = Part<'_>> {
    let text = line.text.as_str();
    let mut cuts: Vec<(usize, Style)> = Vec::new();
    let starts = line.styles.iter().copied().filter(|(at, _)| text.is_char_boundary(*at));
    let starts: Vec<(usize, Style)> = starts.collect();
    for (number, (at, style)) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(text.len(), |next| next.0.max(*at));
        let is_white = text.get(*at..end).is_none_or(|part| part.trim().is_empty());
        match cuts.last() {
            Some((_, last)) if is_white || last == style => {}
            None if is_white && number + 1 < starts.len() => {}
            None => cuts.push((0, *style)),
            Some(_) => cuts.push((*at, *style)),
        }
    }
    if cuts.is_empty() && !text.trim().is_empty() {
        cuts.push((0, Style::default()));
    }
    let ends: Vec<usize> = cuts.iter().skip(1).map(|cut| cut.0).chain([text.len()]).collect();
    cuts.into_iter().zip(ends).map(move |((at, style), end)| Part { text: &text[at..end], style })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, styles: &[(usize, Style)], right: f32) -> Line {
        let bounds = [50.0, 100.0, right, 110.0];
        Line {
            text: text.to_owned(),
            size: 11.0,
            bounds,
            styles: styles.to_vec(),
            ..Line::default()
        }
    }

    fn dressed(lines: Vec<Line>) -> Vec<String> {
        let links = vec!["https://example.org/books".to_owned()];
        let page = Page { lines, links, ..Page::default() };
        Dress::of(&Pdf { pages: vec![page.clone()], ..Pdf::default() }).lines(&page)
    }

    const PLAIN: Style = Style { bold: false, italic: false, link: None };
    const BOLD: Style = Style { bold: true, italic: false, link: None };

    #[test]
    fn emphasis_goes_on_from_line_to_line() {
        let lines = vec![
            line(
                "The members agreed, and this was said more than once, that",
                &[(0, PLAIN)],
                500.0,
            ),
            line("no more of the coal was to be", &[(0, PLAIN), (3, BOLD)], 500.0),
            line("used than was needed.", &[(0, BOLD), (8, PLAIN)], 300.0),
            line("Ida Lowe", &[(0, BOLD)], 200.0),
        ];
        assert_eq!(
            dressed(lines)[1..],
            ["no **more of the coal was to be", "used tha**n was needed.", "**Ida Lowe**"]
        );
    }

    #[test]
    fn a_document_in_bold_has_no_emphasis_and_links_are_kept() {
        let link = Style { link: Some(0), ..BOLD };
        let lines =
            vec![line("See the list of books.", &[(0, BOLD), (8, link), (21, BOLD)], 300.0)];
        assert_eq!(dressed(lines), ["See the [list of books](https://example.org/books)."]);
        let lines = vec![line(
            "See example.org/books now.",
            &[(0, PLAIN), (4, Style { link: Some(0), ..PLAIN }), (21, PLAIN)],
            300.0,
        )];
        assert_eq!(dressed(lines), ["See example.org/books now."]);
    }

    #[test]
    fn signs_of_the_document_are_no_marks() {
        let lines = vec![line("the *sum* of 3", &[(0, PLAIN), (13, BOLD)], 300.0)];
        assert_eq!(dressed(lines), ["the \\*sum\\* of **3**"]);
    }
}
