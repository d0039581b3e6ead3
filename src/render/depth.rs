//! How deep a template is nested: the parsers of HTML and of template code call themselves once a level.

/// Elements, blocks and brackets inside each other. Real templates have a few dozen.
pub(super) const DEEPEST: usize = 200;

/// Elements that hold nothing.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Blocks of template code that have an end.
const BLOCKS: [&str; 8] =
    ["block", "component", "filter", "for", "if", "macro", "raw", "set_block"];

/// Where a template is nested too deeply, in bytes; none if it is not.
pub(super) fn too_deep(template: &str) -> Option<usize> {
    let (mut elements, mut blocks, mut brackets) = (0_usize, 0_usize, 0_usize);
    let mut in_code = false;
    let bytes = template.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        match rest {
            [b'{', b'{' | b'%', ..] if !in_code => {
                in_code = true;
                brackets = 0;
                let word = word(&template[at + 2..]);
                if let Some(block) = word.strip_prefix("end") {
                    blocks = blocks.saturating_sub(usize::from(BLOCKS.contains(&block)));
                } else if rest[1] == b'%' && BLOCKS.contains(&word) {
                    blocks += 1;
                }
                at += 1;
            }
            [b'}' | b'%', b'}', ..] if in_code => {
                in_code = false;
                at += 1;
            }
            [b'(' | b'[' | b'{', ..] if in_code => brackets += 1,
            [b')' | b']' | b'}', ..] if in_code => brackets = brackets.saturating_sub(1),
            [b'<', b'/', ..] if !in_code => elements = elements.saturating_sub(1),
            [b'<', first, ..] if !in_code && first.is_ascii_alphabetic() => {
                let name = word(&template[at + 1..]);
                elements += usize::from(!VOID.contains(&name));
            }
            _ => {}
        }
        if elements.max(blocks).max(brackets) > DEEPEST {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The first word of some code or of a tag.
fn word(text: &str) -> &str {
    let text = text.trim_start_matches(['-', ' ', '\n', '\t']);
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_deeply_is_found() {
        for piece in ["<div>", "{% if a %}", "{% for a in b %}<br>"] {
            assert_eq!(too_deep(&piece.repeat(DEEPEST)), None, "{piece}");
            assert!(too_deep(&piece.repeat(100_000)).is_some(), "{piece}");
        }
        for (open, close) in [("<b>", "</b>"), ("{% if a %}", "{% endif %}"), ("<img><br>", "")] {
            assert_eq!(too_deep(&[open, close].concat().repeat(5000)), None, "{open}");
        }
        assert!(too_deep(&format!("{{{{ {} }}}}", "(".repeat(1000))).is_some());
        assert_eq!(too_deep(&"{{ f(x=[1, 2]) }}".repeat(1000)), None);
    }
}
