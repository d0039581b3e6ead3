//! Markdown → HTML for a page, and the plain text of its passages for search and `text.txt`.
//!
//! What a content file holds is untrusted: its HTML is shown as text, its links keep only harmless
//! schemes, its images never leave the site. Paragraphs and list items get ids that go by what they say, so
//! that they can be cited (see `anchors`); notes follow the block that first refers to them and are linked both ways.

mod links;
mod notes;
mod renderer;
mod script;
mod spoken;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};

use crate::content::mark::{self, Mark};
pub use links::{escape, safe_url};
use renderer::Renderer;
pub use script::Languages;

/// A body as HTML, with what the rest of the site needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The HTML of the text. A block that is the first to refer to notes is with them in a
    /// `div.cited`, so that a style sheet can set them beside it or at the end of the text.
    pub html: String,
    /// Whether there are notes.
    pub notes: bool,
    /// The text of each paragraph, list item, heading and note, without marks.
    pub passages: Vec<Passage>,
    /// The ids of its headings, paragraphs, lists and their items.
    pub anchors: Vec<String>,
    /// The id of the first block that has a number.
    pub first_numbered: Option<String>,
    /// How many passages are withheld.
    pub marks: usize,
    /// Whether elements were nested too deeply to be shown as such.
    pub too_deep: bool,
}

/// A stretch of text that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The `id` of its element.
    pub anchor: String,
    /// Its text without marks of Markdown, with the numbers of ordered lists; cells are parted by tabs.
    pub text: String,
    /// Marks that refer to notes, each with its place in the text, in bytes.
    pub marks: Vec<(usize, String)>,
    /// The mark of a note.
    pub note: Option<String>,
}

impl Body {
    /// Lets old anchors of a paragraph lead to it.
    pub fn lead_to(&mut self, anchor: &str, old: &[String]) {
        let id = format!(" id=\"{anchor}\"");
        // No text can have the `<` of a tag before it.
        let is_tag = |at: &usize| {
            let tag = self.html[..*at].rfind('<').map(|start| &self.html[start + 1..*at]);
            tag.is_some_and(|tag| tag.bytes().all(|b| b.is_ascii_alphanumeric()))
        };
        let place = self.html.match_indices(&id).map(|(at, _)| at).find(is_tag);
        let Some(end) = place.and_then(|at| Some(at + self.html[at..].find('>')? + 1)) else {
            return;
        };
        let spans: String = old.iter().map(|old| format!("<span id=\"{old}\"></span>")).collect();
        self.html.insert_str(end, &spans);
    }
}

impl Passage {
    /// The text as search reads it: a note's mark is before it, while those that refer to notes would part words of a phrase.
    pub fn searched(self) -> String {
        match self.note {
            Some(mark) => format!("{mark} {}", self.text),
            None => self.text,
        }
    }

    /// The text with all marks of notes, between brackets.
    pub fn written(&self) -> String {
        let mut written = self.note.as_ref().map_or_else(String::new, |mark| format!("[{mark}] "));
        let mut at = 0;
        for (place, mark) in &self.marks {
            written.push_str(&self.text[at..*place]);
            written.extend(["[", mark, "]"]);
            at = *place;
        }
        written.push_str(&self.text[at..]);
        written
    }
}

/// What a rendering depends on besides the text.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// The address of what a relative link of the text names, if that is a file of the archive; else it stays as it is.
    pub beside: &'a dyn Fn(&str) -> Option<String>,
    /// Path below which the site is served; put before links that begin with `/`.
    pub base_path: &'a str,
    /// Words for a paragraph's number, `{n}` being the number.
    pub paragraph_label: &'a str,
    /// Words for the way back from a note, `{n}` being its mark.
    pub back_label: &'a str,
    /// Words that stand for a passage, `{reason}` being why it is withheld.
    pub withheld_label: &'a str,
    /// Language of these words.
    pub language: &'a str,
    /// The languages that the text may have.
    pub languages: Languages<'a>,
    /// Whether paragraphs show their numbers.
    pub numbered: bool,
}

/// Elements nested deeper than this are shown as text, since later stages recurse.
const MAX_DEPTH: usize = 100;

/// Renders a Markdown text.
pub fn render(text: &str, settings: Settings<'_>) -> Body {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut renderer = Renderer::new(settings, text);
    let mut depth = 0_usize;
    let marks = mark::marks(text);
    if !marks.is_empty() {
        return with_marks(text, options, marks, renderer);
    }
    // Texts are cut at every sign that could have been a mark; a URL must be seen whole.
    for (event, range) in
        TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter())
    {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return too_deep(text);
        }
        renderer.take(event, &text[range]);
    }
    renderer.finish()
}

/// The anchors of a text, and whether something in it is withheld.
pub fn anchors(text: &str) -> (Vec<String>, bool) {
    let settings = Settings {
        beside: &|_| None,
        base_path: "",
        paragraph_label: "",
        back_label: "",
        withheld_label: "",
        language: "",
        languages: Languages { own: "", default: "", archive: &[] },
        numbered: false,
    };
    let body = render(text, settings);
    (body.anchors, body.marks > 0)
}

/// The same for a text in which passages are withheld.
fn with_marks<'t>(
    text: &'t str,
    options: Options,
    marks: Vec<Mark>,
    mut renderer: Renderer<'_, 't>,
) -> Body {
    let count = marks.len();
    let mut marks = marks.into_iter().peekable();
    let (mut depth, mut end) = (0_usize, 0);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return too_deep(text);
        }
        let is_words = matches!(event, Event::Text(_) | Event::Html(_) | Event::InlineHtml(_));
        if !is_words {
            // A line end within a mark is a part of it.
            let is_inside = matches!(event, Event::SoftBreak) && range.start < end;
            if !is_inside {
                renderer.take(event, &text[range.clone()]);
            }
            continue;
        }
        let mut at = range.start.max(end);
        // Marks in what Markdown does not show, such as the target of a link, stand for nothing.
        while marks.next_if(|mark| mark.range.start < at).is_some() {}
        let as_written =
            range.start >= end && marks.peek().is_none_or(|m| m.range.start >= range.end);
        if as_written {
            renderer.take(event, &text[range.clone()]);
            continue;
        }
        while let Some(mark) = marks.next_if(|mark| mark.range.start < range.end) {
            renderer.take_words(&text[at..mark.range.start]);
            renderer.withheld(&mark.reason);
            end = mark.range.end;
            at = end.min(range.end);
        }
        if at < range.end {
            renderer.take_words(&text[at..range.end]);
        }
    }
    Body { marks: count, ..renderer.finish() }
}

fn too_deep(text: &str) -> Body {
    let mut escaped = String::new();
    escape(&mut escaped, text);
    Body {
        html: format!("<pre>{escaped}</pre>"),
        passages: vec![Passage {
            anchor: "text".to_owned(),
            text: text.to_owned(),
            ..Passage::default()
        }],
        too_deep: true,
        ..Body::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors;
    use proptest::prelude::*;

    const PLAIN: Settings<'static> = Settings {
        beside: &|_| None,
        base_path: "/archive",
        paragraph_label: "Paragraph {n}",
        back_label: "Back to note {n}",
        withheld_label: "Withheld: {reason}",
        language: "en",
        languages: Languages { own: "en", default: "en", archive: &[] },
        numbered: false,
    };

    fn html(text: &str) -> String {
        render(text, PLAIN).html
    }

    /// The texts of the passages, for people and for search.
    fn texts(text: &str) -> (Vec<String>, Vec<String>) {
        let passages = render(text, PLAIN).passages;
        let written = passages.iter().map(|p| p.written().trim().to_owned()).collect();
        let searched = passages.into_iter().map(|p| p.searched().trim().to_owned());
        (written, searched.collect())
    }

    #[test]
    fn an_address_of_mail_between_brackets_leads_to_mail() {
        let page = html("Write to <clerk@quay.example.org>.");
        assert!(page.contains("href=\"mailto:clerk@quay.example.org\""), "{page}");
    }

    #[test]
    fn passages_hold_numbers_and_marks_of_notes() {
        let (written, searched) = texts(
            "1. One.\n2. Two:\n   1. inner\n   1. next\n\nA word[^*] more.\n\n[^*]: See it.\n",
        );
        assert_eq!(
            written,
            ["1. One.", "2. Two:\n1. inner\n2. next", "A word[*] more.", "[*] See it."]
        );
        assert_eq!(searched[2..], ["A word more.", "* See it."]);
    }

    #[test]
    fn parts_of_a_passage_do_not_grow_together() {
        let (written, _) = texts(
            "> One.\n>\n> Two.\n\n- a\n\n  b\n  > c\n\n| d | e |\n|---|---|\n| f | g *h*i |\n",
        );
        assert_eq!(written, ["One.\nTwo.", "a\nb\nc", "d\te\nf\tg hi"]);
    }

    #[test]
    fn a_list_keeps_the_numbers_that_are_written() {
        let (written, _) = texts("1921. A bad year.\n\n1897. Rain.\n\n1. Other.\n");
        assert_eq!(written, ["1921. A bad year.", "1897. Rain.", "1. Other."]);
        let page = html("1921. A bad year.\n\n1897. Rain.\n1898. Sun.\n");
        assert!(page.contains("<ol start=\"1921\">"), "{page}");
        assert_eq!(page.matches(" value=\"1897\"").count(), 1, "{page}");
        assert!(!page.contains("value=\"1898\""), "{page}");
        assert_eq!(texts("1. a\n1. b\n1. c\n").0, ["1. a", "2. b", "3. c"]);
        assert!(
            !html("1. a\n1. b\n1. c\n").contains("value"),
            "who writes 1 means that items are counted"
        );
    }

    #[test]
    fn paragraphs_lists_and_headings_get_ids() {
        let body = render("# A plea\n\nOne.\n\n- a\n- b\n\nTwo.\n\nOne.\n", PLAIN);
        let [one, a, b, two] = ["One.", "a", "b", "Two."].map(anchors::anchor);
        let again = format!("{one}-2");
        let passages: Vec<&str> = body.passages.iter().map(|p| p.anchor.as_str()).collect();
        assert_eq!(passages, ["h-a-plea", &one, &a, &b, &two, &again]);
        let list = anchors::anchor(&format!("{a} {b}"));
        assert_eq!(body.anchors, ["h-a-plea", &one, &a, &b, &list, &two, &again]);
        for anchor in &body.anchors {
            assert!(body.html.contains(&format!("id=\"{anchor}\"")), "{anchor}: {}", body.html);
        }
        assert_eq!((body.first_numbered, super::anchors("One.\n")), (None, (vec![one], false)));
    }

    #[test]
    fn old_anchors_stand_in_the_element_that_they_lead_to() {
        let mut body = render("See ` id=\"p-9\"`.\n\n- One.\n", PLAIN);
        let one = anchors::anchor("One.");
        body.lead_to(&one, &["p-1".to_owned(), "p-2".to_owned()]);
        body.lead_to("p-9", &["p-3".to_owned()]);
        let item = format!("<li id=\"{one}\"><span id=\"p-1\"></span><span id=\"p-2\"></span>One.");
        assert!(
            body.html.contains(&item) && !body.html.contains("<span id=\"p-3\""),
            "{}",
            body.html
        );
    }

    #[test]
    fn a_withheld_passage_is_a_bar_with_its_reason() {
        let body = render(
            "A [withheld: personal\ndata] b.[^1] *[withheld: a & b]* \\[withheld: c] `[withheld: d]`\n\n[^1]: [withheld: e]x\n",
            PLAIN,
        );
        let bar = |reason: &str| {
            format!("<span class=\"withheld\" lang=\"en\">[Withheld: {reason}]</span>")
        };
        for shown in [
            format!("A {} b.", bar("personal data")),
            format!("{}x", bar("e")),
            "[withheld: c] <code>[withheld: d]".to_owned(),
        ] {
            assert!(body.html.contains(&shown), "{shown}: {}", body.html);
        }
        assert_eq!(body.html.matches("class=\"withheld\"").count(), 2);
        assert_eq!(
            body.passages[0].text,
            "A [withheld: personal data] b. [withheld: a & b] [withheld: c] [withheld: d]"
        );
        let item = render("- [withheld: a]\n- \\*[withheld: <b>]\n\n<p>[withheld: b]</p>\n", PLAIN);
        assert!(item.html.contains(&format!("\">{}</li>", bar("a"))), "{}", item.html);
        assert!(item.html.contains(&format!("&lt;p&gt;{}", bar("b"))), "{}", item.html);
    }

    #[test]
    fn html_is_shown_as_text() {
        let shown = html("<script>alert(1)</script>\n\nA <b onclick=x>word</b>\n");
        assert!(!shown.contains("<script") && !shown.contains("<b "), "{shown}");
        assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{shown}");
    }

    #[test]
    fn only_harmless_links_lead_anywhere() {
        let shown = html(
            "[a](javascript:alert(1)) [b](/documents/x/) [c](https://example.org/) [d](data:text/html,x) \
             <javascript:alert(2)> [e](java\tscript:x) ![f](https://example.org/f.png)",
        );
        assert!(!shown.contains("href=\"javascript") && !shown.contains("href=\"data"), "{shown}");
        assert!(!shown.contains("<img"), "{shown}");
        assert!(shown.contains("href=\"/archive/documents/x/\""), "{shown}");
        assert!(shown.contains("href=\"https://example.org/\""), "{shown}");
    }

    #[test]
    fn notes_are_linked_both_ways_and_keep_their_marks() {
        let body = render("A.[^iv] B.[^iv]\n\n[^iv]: See *Ibid*.\n\n[^x]: Never cited.\n", PLAIN);
        assert!(body.html.contains("<a id=\"ref-iv\" href=\"#note-iv\""), "{}", body.html);
        assert!(body.html.contains("<a id=\"ref-iv-2\""), "{}", body.html);
        assert!(body.html.contains("<div id=\"note-iv\""), "{}", body.html);
        assert!(body.html.contains("href=\"#ref-iv-2\""), "{}", body.html);
        assert!(body.html.contains("Never cited."), "{}", body.html);
    }

    #[test]
    fn a_note_follows_the_block_that_first_refers_to_it() {
        let body = render("A.[^1]\n\nB.[^1] [^2]\n\nC.\n\n[^2]: Two.\n\n[^1]: One.\n", PLAIN);
        let order = ["A.", "One.", "B.", "Two.", "C."].map(|t| body.html.find(t).unwrap());
        assert!(order.is_sorted(), "{}", body.html);
        let anchors: Vec<&str> = body.passages.iter().map(|p| p.anchor.as_str()).collect();
        let [a, b, c] = ["A.", "B. ", "C."].map(anchors::anchor);
        assert_eq!(anchors, [&a, &b, &c, "note-1", "note-2"]);
    }

    #[test]
    fn bare_addresses_are_linked() {
        let shown = html("See https://www.hrw.org/en/reports, page 3.");
        assert!(
            shown.contains("<a class=\"bare\" href=\"https://www.hrw.org/en/reports\">"),
            "{shown}"
        );
    }

    #[test]
    fn an_address_is_linked_whole_whatever_signs_it_has() {
        let address = "https://a.org/x_y/gray_release~a*b/?c=1";
        let shown = html(&format!("See {address} and <https://a.org/_b_>"));
        assert!(
            shown.contains(&format!("<a class=\"bare\" href=\"{address}\">{address}</a>")),
            "{shown}"
        );
        assert!(
            shown.contains("<a class=\"bare\" href=\"https://a.org/_b_\">https://a.org/_b_</a>"),
            "{shown}"
        );
    }

    #[test]
    fn a_space_in_a_path_is_written_as_urls_write_it() {
        let shown = html("![Scan](</scans/plain scan.jpg>) [x](<https://a.org/b c>)");
        assert!(shown.contains("src=\"/archive/scans/plain%20scan.jpg\""), "{shown}");
        assert!(shown.contains("href=\"https://a.org/b%20c\""), "{shown}");
    }

    #[test]
    fn images_and_links_within_images_are_words() {
        let shown =
            html("![a ![b](/x.png) [c](https://a.org) https://a.org](/y.png) AFTER **bold**.");
        assert!(shown.contains("AFTER <strong>bold</strong>.</p>"), "{shown}");
        assert!(shown.contains("alt=\"a b c https://a.org\""), "{shown}");
        let shown = html("![a ![b](https://a.org/x.png) tail](https://a.org/y.png) REST");
        assert_eq!(shown.matches("<span").count(), shown.matches("</span>").count(), "{shown}");
    }

    #[test]
    fn each_block_of_a_text_in_two_directions_has_its_own() {
        let shown = html("One.\n\n- שלום\n\n| a |\n|---|\n| b |\n\n> c[^1]\n\n[^1]: Note.\n");
        for block in [
            "<p id=\"{}\" dir=\"auto\">One",
            "<li id=\"{}\" dir=\"auto\" lang=\"he\">",
            "<td dir=\"auto\">",
        ] {
            let words = if block.starts_with("<p") { "One." } else { "שלום" };
            let block = block.replace("{}", &anchors::anchor(words));
            assert!(shown.contains(&block), "{block}: {shown}");
        }
        assert!(shown.contains("<p dir=\"auto\"><span class=\"mark\">1</span>"), "{shown}");
        assert!(!html("One.\n\n- two\n").contains("dir="));
    }

    #[test]
    fn many_notes_are_rendered_in_time() {
        let note = |n: usize| format!("a[^{n}]\n\n[^{n}]: b[^{}]\n\n", n + 1);
        let text: String = (0..20_000).map(note).collect();
        let started = std::time::Instant::now();
        assert!(render(&text, PLAIN).notes);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn the_columns_of_a_table_keep_their_alignment_without_inline_styles() {
        let shown = html("| a | b |\n|:-:|--:|\n| c | d |\n");
        assert!(
            shown.contains("<th class=\"to-center\">a</th><th class=\"to-right\">b</th>"),
            "{shown}"
        );
        assert!(
            shown.contains("<td class=\"to-center\">c</td><td class=\"to-right\">d</td>"),
            "{shown}"
        );
        assert!(!shown.contains("style="), "{shown}");
    }

    #[test]
    fn lines_are_kept_as_lines() {
        assert!(html("BAN Ki-moon\\\nSecretary-General\n").contains("class=\"lines\""));
    }

    #[test]
    fn deep_nesting_is_shown_as_text() {
        let body = render(&format!("{} x", ">".repeat(50_000)), PLAIN);
        assert!(body.too_deep && body.html.starts_with("<pre>&gt;&gt;"));
    }

    proptest! {
        #[test]
        fn any_text_renders_to_balanced_harmless_html(text in "(\\PC|[\\[\\]()!*_>#`\n|^:-]|<[a-z]{1,3}>|javascript:){0,60}") {
            let body = render(&text, Settings { numbered: true, ..PLAIN });
            let whole = body.html;
            prop_assert!(!whole.contains("<script") && !whole.contains("href=\"javascript"));
            for tag in ["p", "li", "div", "span", "a", "h2", "sup"] {
                let opened = whole.matches(&format!("<{tag}>")).count() + whole.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(opened, whole.matches(&format!("</{tag}>")).count(), "{} in {}", tag, whole);
            }
        }
    }
}
