//! The tokens of a Snowball source.

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or the name of something.
    Name(String),
    Number(u32),
    /// A text between single quotes, its escapes replaced.
    Text(String),
    Symbol(&'static str),
}

/// Longer ones first.
const SYMBOLS: [&str; 17] =
    ["<-", "<+", "<=", ">=", "==", "->", "<", ">", "=", "(", ")", "[", "]", "$", "+", "-", "!="];

/// Cuts a source into tokens. Comments go; definitions of escapes are applied.
pub(super) fn tokens(source: &str) -> Option<Vec<Token>> {
    let mut escapes = BTreeMap::from([("'".to_owned(), "'".to_owned())]);
    let mut tokens = Vec::new();
    let mut rest = source;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(tokens);
        } else if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/")?.1;
        } else if let Some(after) = rest.strip_prefix("stringescapes") {
            // All sources use braces.
            rest = after.split_once('}')?.1;
        } else if let Some(after) = rest.strip_prefix("stringdef") {
            rest = define_escape(after, &mut escapes)?;
        } else if rest.starts_with('\'') {
            let (text, after) = text(rest, &escapes)?;
            tokens.push(Token::Text(text));
            rest = after;
        } else if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            tokens.push(Token::Symbol(symbol));
            rest = &rest[symbol.len()..];
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            if word.is_empty() {
                return None;
            }
            tokens.push(word.parse().map_or_else(|_| Token::Name(word.to_owned()), Token::Number));
            rest = after;
        }
    }
}

/// Reads `NAME 'text'` or `NAME hex 'E4'`; gives what follows.
fn define_escape<'a>(rest: &'a str, escapes: &mut BTreeMap<String, String>) -> Option<&'a str> {
    let (name, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let (value, rest) = match rest.strip_prefix("hex") {
        Some(hex) => {
            let (codes, rest) = text(hex.trim_start(), &BTreeMap::new())?;
            let characters = codes.split_whitespace().map(character);
            (characters.collect::<Option<String>>()?, rest)
        }
        None => text(rest, escapes)?,
    };
    escapes.insert(name.to_owned(), value);
    Some(rest)
}

/// The character with a hexadecimal code.
fn character(code: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

/// Reads a text between single quotes; gives it and what follows.
fn text<'a>(rest: &'a str, escapes: &BTreeMap<String, String>) -> Option<(String, &'a str)> {
    let mut rest = rest.strip_prefix('\'')?;
    let mut text = String::new();
    loop {
        let (plain, after) = rest.split_at(rest.find(['\'', '{'])?);
        text.push_str(plain);
        if let Some(after) = after.strip_prefix('\'') {
            return Some((text, after));
        }
        let (name, after) = after[1..].split_once('}')?;
        match (escapes.get(name), name.strip_prefix("U+")) {
            (Some(value), _) => text.push_str(value),
            (None, code) => text.push(character(code?)?),
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_comments_are_replaced() {
        let source = "stringescapes {} stringdef a\" hex 'E4' // a comment\n define v '{a\"}{U+00E5}{'}' /* more */ $p1 <= 3";
        let text = |text: &str| Token::Text(text.to_owned());
        let name = |name: &str| Token::Name(name.to_owned());
        let wanted = [name("define"), name("v"), text("äå'")];
        let rest = [Token::Symbol("$"), name("p1"), Token::Symbol("<="), Token::Number(3)];
        assert_eq!(tokens(source).unwrap(), [&wanted[..], &rest[..]].concat());
        assert_eq!(tokens("'{unknown}'"), None);
    }
}
