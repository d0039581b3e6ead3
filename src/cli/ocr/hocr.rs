//! Files of hOCR, a page each → one file.

/// The pages of some files in one.
pub(super) fn joined(pages: &[String]) -> String {
    let Some(first) = pages.first() else { return String::new() };
    if pages.len() == 1 {
        return first.clone();
    }
    let (start, _, end) = parts(first);
    let mut out = start.to_owned();
    for (page, number) in pages.iter().zip(1..) {
        let (_, body, _) = parts(page);
        // No name is given twice in a file.
        out.push_str(
            &body
                .replace(" id='", &format!(" id='f{number}_"))
                .replace(" id=\"", &format!(" id=\"f{number}_")),
        );
    }
    out + end
}

/// What precedes the body, the body, and what follows it.
fn parts(page: &str) -> (&str, &str, &str) {
    let open = page.find("<body").and_then(|at| Some(at + page[at..].find('>')? + 1)).unwrap_or(0);
    let close = page.rfind("</body>").filter(|close| *close >= open).unwrap_or(page.len());
    (&page[..open], &page[open..close], &page[close..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_in_one_body() {
        let page = |text: &str| format!("<html><body class='x'><p id='a'>{text}</p></body></html>");
        assert_eq!(
            joined(&[page("one"), page("two")]),
            "<html><body class='x'><p id='f1_a'>one</p><p id='f2_a'>two</p></body></html>"
        );
        assert_eq!(joined(&[page("one")]), page("one"));
    }
}
