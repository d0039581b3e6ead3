//! A style sheet as its rules, and what is broken in it, which browsers leave out in silence.
//!
//! As much of CSS Syntax is read as it takes to tell where rules and declarations begin and end; what they mean is
//! known of property names alone.

mod check;
mod scan;

use std::ops::Range;

pub use check::{Sheet, faults};

use scan::{Stop, until};

/// A style sheet.
#[derive(Debug, Default)]
pub struct Parsed<'s> {
    /// The rules that have declarations, in order.
    pub rules: Vec<Rule<'s>>,
    /// Where brackets, strings and declarations are broken.
    pub faults: Vec<Broken>,
}

/// Declarations under one selector.
#[derive(Debug)]
pub struct Rule<'s> {
    /// What precedes the brace of each block around it, outermost first: `@media print`.
    pub within: Vec<&'s str>,
    /// What it applies to, or an at-rule with declarations of its own: `@font-face`.
    pub selector: &'s str,
    /// What it says.
    pub declarations: Vec<Declaration<'s>>,
}

/// A property with its value.
#[derive(Debug)]
pub struct Declaration<'s> {
    /// The name as it is written.
    pub name: &'s str,
    /// The value without white space around it.
    pub value: &'s str,
    /// Where the name is, in bytes.
    pub place: Range<usize>,
}

/// A place where a style sheet is broken.
#[derive(Debug)]
pub struct Broken {
    /// Where, in bytes.
    pub place: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub expected: &'static str,
    /// How to repair it.
    pub help: String,
}

/// Reads a style sheet.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut reader = Reader { text, at: 0, parsed: Parsed::default() };
    while reader.at < text.len() {
        reader.block(&mut Vec::new(), None);
        if reader.at < text.len() {
            let at = reader.at;
            reader.broken(at..at + 1, "there is a `}` too many", "as many `}` as `{`", "remove it");
            reader.at += 1;
        }
    }
    reader.parsed
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
    parsed: Parsed<'s>,
}

impl<'s> Reader<'s> {
    /// Reads up to the `}` that closes a block, or to the end; `open` says where the block begins.
    fn block(&mut self, within: &mut Vec<&'s str>, open: Option<usize>) {
        let mut declarations = Vec::new();
        loop {
            self.skip();
            let start = self.at;
            let (stop, at) = until(self.text, start, &mut self.parsed.faults);
            let (head, place) = self.trimmed(start..at);
            self.at = at;
            match stop {
                Stop::Open => {
                    self.at += 1;
                    self.nested(head, at, within);
                    continue;
                }
                Stop::Semicolon => {
                    self.at += 1;
                    if head.is_empty() || head.starts_with('@') {
                        continue;
                    }
                }
                Stop::Close | Stop::End => {}
            }
            if !head.is_empty() && within.is_empty() {
                self.broken(
                    place.clone(),
                    "this is in no rule",
                    "a selector and `{ … }`",
                    "put it into a rule, or remove it",
                );
            } else if !head.is_empty() {
                declarations.extend(self.declaration(head, place));
            }
            match stop {
                Stop::Semicolon => {}
                Stop::End => {
                    if let Some(open) = open {
                        self.broken(open..open + 1, "this `{` is never closed", "a `}` for it", "add the `}` that is missing: everything behind it, in other files too, is lost");
                    }
                    break;
                }
                Stop::Close | Stop::Open => break,
            }
        }
        if let (Some((selector, outer)), false) = (within.split_last(), declarations.is_empty()) {
            let rule = Rule { within: outer.to_vec(), selector, declarations };
            self.parsed.rules.push(rule);
        }
    }

    fn nested(&mut self, head: &'s str, open: usize, within: &mut Vec<&'s str>) {
        if head.is_empty() {
            self.broken(
                open..open + 1,
                "this block has no selector",
                "a selector before `{`",
                "write what the block applies to, or remove it",
            );
        }
        within.push(head);
        self.block(within, Some(open));
        within.pop();
        if self.text[self.at..].starts_with('}') {
            self.at += 1;
        }
    }

    fn declaration(&mut self, text: &'s str, place: Range<usize>) -> Option<Declaration<'s>> {
        let name_end =
            text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii()));
        let name = &text[..name_end.unwrap_or(text.len())];
        let after = text[name.len()..].trim_start();
        let Some(value) = after.strip_prefix(':').filter(|_| !name.is_empty()) else {
            let shown: String = text.chars().take(40).take_while(|c| *c != '\n').collect();
            self.broken(
                place,
                &format!("`{shown}` is not a declaration"),
                "`property: value;`",
                "write a colon after the name of the property",
            );
            return None;
        };
        let value = value.trim();
        let name_place = place.start..place.start + name.len();
        let is_custom = name.starts_with("--");
        if value.is_empty() && !is_custom {
            self.broken(
                name_place.clone(),
                &format!("`{name}` has no value"),
                "`property: value;`",
                "write its value, or remove it",
            );
        }
        if !is_custom && let Some(at) = scan::colon(value) {
            // The next declaration was taken for a part of this value.
            let start = value.as_ptr() as usize - self.text.as_ptr() as usize;
            let end = value[..at]
                .trim_end_matches(|c: char| c.is_alphanumeric() || c == '-' || c.is_whitespace())
                .len();
            let end =
                if end == 0 { value[..at].find(char::is_whitespace).unwrap_or(at) } else { end };
            let at = start + end.max(1) - 1;
            self.broken(
                at..at + 1,
                &format!("there is no `;` behind the value of `{name}`"),
                "`;` between declarations",
                "add it: browsers leave out both declarations",
            );
        }
        Some(Declaration { name, value, place: name_place })
    }

    /// Goes over white space and comments.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            if !rest.starts_with("/*") {
                return;
            }
            match rest.find("*/") {
                Some(end) => self.at += end + 2,
                None => {
                    let at = self.at;
                    self.broken(
                        at..at + 2,
                        "this comment is never closed",
                        "`*/` at its end",
                        "add it: everything behind it, in other files too, is lost",
                    );
                    self.at = self.text.len();
                }
            }
        }
    }

    fn trimmed(&self, range: Range<usize>) -> (&'s str, Range<usize>) {
        let text = self.text[range.clone()].trim_end();
        (text, range.start..range.start + text.len())
    }

    fn broken(&mut self, place: Range<usize>, message: &str, expected: &'static str, help: &str) {
        let (message, help) = (message.to_owned(), help.to_owned());
        self.parsed.faults.push(Broken { place, message, expected, help });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(usize, String)> {
        parse(text).faults.into_iter().map(|fault| (fault.place.start, fault.message)).collect()
    }

    #[test]
    fn rules_are_found_wherever_they_stand() {
        let text = "@import 'a.css';\n:root { --a: {x}; --b:; color: red }\n@media print { a:hover, b { c: url(x;y) \"}\" /* } */ } }\n\
            .a { d: e; &:hover { f: g } @media screen { h: i } }";
        let parsed = parse(text);
        assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
        let rules: Vec<_> = parsed
            .rules
            .iter()
            .map(|rule| (rule.within.join(" "), rule.selector, rule.declarations.len()))
            .collect();
        let expected = [
            ("", ":root", 3),
            ("@media print", "a:hover, b", 1),
            (".a", "&:hover", 1),
            (".a", "@media screen", 1),
            ("", ".a", 1),
        ];
        assert_eq!(rules, expected.map(|(within, selector, n)| (within.to_owned(), selector, n)));
        assert_eq!(parsed.rules[0].declarations[2].value, "red");
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        for (text, at, message) in [
            ("a { color: red", 2, "this `{` is never closed"),
            ("a { color: red } }", 17, "there is a `}` too many"),
            ("a { color: red\n  margin: 0 }", 13, "there is no `;` behind the value of `color`"),
            ("a { color red; }", 4, "`color red` is not a declaration"),
            ("a { color: ; }", 4, "`color` has no value"),
            ("/* a { }", 0, "this comment is never closed"),
            ("a { content: \"x\n}", 13, "this string is never closed"),
            ("a { margin: calc(1px; }", 16, "this `(` is never closed"),
            ("color: red;", 0, "this is in no rule"),
            ("{ color: red }", 0, "this block has no selector"),
        ] {
            assert_eq!(told(text).first(), Some(&(at, message.to_owned())), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "[a{}:;()\"'/*@ \n\\\\é-]{0,60}") {
            parse(&text);
        }
    }
}
