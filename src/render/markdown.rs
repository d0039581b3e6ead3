//! Markdown → HTML for a page, and the plain text of its passages for search and `text.txt`.
//!
//! What a content file holds is untrusted: its HTML is shown as text, its links keep only harmless
//! schemes, its images never leave the site. Paragraphs and list items get ids (`p1`, `p4-2`), so
//! that they can be cited; notes follow the block that first refers to them and are linked both ways.

mod links;
mod notes;
mod renderer;

use pulldown_cmark::{Event, Options, Parser, TextMergeStream};

pub use links::{escape, safe_url};
use renderer::Renderer;

/// A body as HTML, with what the rest of the site needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The HTML of the text. A block that is the first to refer to notes stands with them in a
    /// `div.cited`, so that a style sheet can set them beside it or at the end of the text.
    pub html: String,
    /// Whether there are notes.
    pub notes: bool,
    /// The text of each paragraph, list item, heading and note, without marks.
    pub passages: Vec<Passage>,
    /// Whether elements were nested too deeply to be shown as such.
    pub too_deep: bool,
}

/// A stretch of text that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The `id` of its element.
    pub anchor: String,
    /// Its text without marks.
    pub text: String,
}

/// What a rendering depends on besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// Path below which the site is served; put before links that begin with `/`.
    pub base_path: &'a str,
    /// Words for a paragraph's number, `{n}` being the number.
    pub paragraph_label: &'a str,
    /// Words for the way back from a note, `{n}` being its mark.
    pub back_label: &'a str,
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
    // Texts are cut at every sign that could have been a mark; a URL must be seen whole.
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return too_deep(text);
        }
        renderer.take(event);
    }
    renderer.finish()
}

fn too_deep(text: &str) -> Body {
    let mut escaped = String::new();
    escape(&mut escaped, text);
    Body {
        html: format!("<pre>{escaped}</pre>"),
        passages: vec![Passage { anchor: "text".to_owned(), text: text.to_owned() }],
        too_deep: true,
        ..Body::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Settings<'static> = Settings {
        base_path: "/archive",
        paragraph_label: "Paragraph {n}",
        back_label: "Back to note {n}",
        numbered: false,
    };

    fn html(text: &str) -> String {
        render(text, PLAIN).html
    }

    #[test]
    fn paragraphs_lists_and_headings_get_ids() {
        let body = render("# A plea\n\nOne.\n\n- a\n- b\n\nTwo.\n", PLAIN);
        let anchors: Vec<&str> = body.passages.iter().map(|p| p.anchor.as_str()).collect();
        assert_eq!(anchors, ["h-a-plea", "p1", "p2-1", "p2-2", "p3"]);
        for anchor in anchors {
            assert!(body.html.contains(&format!("id=\"{anchor}\"")), "{anchor}: {}", body.html);
        }
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
        assert_eq!(anchors, ["p1", "p2", "p3", "note-1", "note-2"]);
    }

    #[test]
    fn bare_addresses_are_linked() {
        let shown = html("See https://www.hrw.org/en/reports, page 3.");
        assert!(shown.contains("<a href=\"https://www.hrw.org/en/reports\">"), "{shown}");
    }

    #[test]
    fn an_address_is_linked_whole_whatever_signs_it_has() {
        let address = "https://a.org/x_y/gray_release~a*b/?c=1";
        let shown = html(&format!("See {address} and <https://a.org/_b_>"));
        assert!(shown.contains(&format!("<a href=\"{address}\">{address}</a>")), "{shown}");
        assert!(shown.contains("<a href=\"https://a.org/_b_\">https://a.org/_b_</a>"), "{shown}");
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
        for block in
            ["<p id=\"p1\" dir=\"auto\">", "<li id=\"p2-1\" dir=\"auto\">", "<td dir=\"auto\">"]
        {
            assert!(shown.contains(block), "{block}: {shown}");
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
