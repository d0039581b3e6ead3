//! Calls of other generators in a text: shortcodes of Hugo and Zola, tags of Jekyll. Nothing runs them here, and readers
//! would see them as they are written, so that each is a fault with its place.
//!
//! What was read from a seed is left alone: the papers of a programmer may hold such signs.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, SourceText};

/// The calls in the body of a content file, which begins at `start`.
pub(super) fn faults(source: SourceText<'_>, start: usize) -> Vec<Diagnostic> {
    let body = &source.text[start..];
    if !["{{", "{%"].iter().any(|opening| body.contains(opening)) {
        return Vec::new();
    }
    let mut is_code = false;
    let mut faults = Vec::new();
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            // A call with quotes, dots or signs in it is cut into many texts; it begins in one of them.
            Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) if !is_code => {
                for (at, _) in body[range.clone()].match_indices('{') {
                    let at = range.start + at;
                    if let Some(call) =
                        call(&body[at..]).filter(|_| !body[..at].ends_with(['\\', '{']))
                    {
                        faults.push(fault(source, start + at, call));
                    }
                }
            }
            _ => {}
        }
    }
    faults
}

/// The call that a text begins with: `{{< figure >}}`, `{{% note %}}`, `{{ youtube(id="…") }}`, `{% include a.html %}`.
fn call(text: &str) -> Option<&str> {
    let (inner, closing) = match text.get(..2)? {
        "{{" => (&text[2..], "}}"),
        "{%" => (&text[2..], "%}"),
        _ => return None,
    };
    let length = inner.find(closing)?;
    let inner = inner[..length].trim_start_matches(['<', '%', '-', '/', ' ', '\n']);
    let names = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    names.then(|| &text[..2 + length + 2])
}

fn fault(source: SourceText<'_>, at: usize, call: &str) -> Diagnostic {
    let short: String = call.chars().take(60).collect();
    let short = if short.len() < call.len() { format!("{short} …") } else { short };
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    Diagnostic::error_at(
        source,
        at..at + call.len(),
        format!("`{short}` is a call of another generator"),
    )
    .expected("Markdown, since nothing here runs such calls and readers would see them")
    .help("write what it shows, as Markdown; a `\\` before it shows it as it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(body: &str) -> Vec<String> {
        let found = faults(SourceText { path: "content/pages/a.md", text: body }, 0);
        found.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn calls_of_each_generator_are_found() {
        for call in [
            "{{< figure src=\"quay.jpg\" >}}",
            "{{% notice tip %}}",
            "{{ youtube(id=\"w\") }}",
            "{% include note.html %}",
            "{% end %}",
            "{{ site.baseurl }}",
            "{{< /notice >}}",
        ] {
            assert_eq!(calls(&format!("See {call} there.\n")).len(), 1, "{call}");
            assert_eq!(calls(&format!("{call}\n")).len(), 1, "{call}");
        }
    }

    #[test]
    fn code_escapes_and_lone_braces_are_texts() {
        for text in [
            "`{{< figure >}}`",
            "```\n{% raw %}\n```",
            "    {{ a }}",
            "\\{{< figure >}}",
            "{{ }} {{{",
            "{%",
            "a {{ 1 + 1 }}",
        ] {
            assert!(calls(text).is_empty(), "{text}");
        }
    }
}
