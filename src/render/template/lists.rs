//! Loops over lists that are the same on every page, written out.

use tera::Value;
use tera::value::Key;

use super::code::{Piece, Token, tokens};

/// No list longer than this is written out.
const MOST: usize = 40;

/// A loop over a list of `site`, as it stands in a template.
pub(super) struct Loop<'p, 't> {
    /// What each entry of the list is called.
    name: &'t str,
    /// The field of `site`.
    pub(super) field: &'t str,
    /// What is written for each entry.
    body: &'p [Piece<'t>],
}

impl<'p, 't> Loop<'p, 't> {
    /// The loop that begins with the first of some pieces, with the number of its pieces. None if it holds
    /// another one, or says what is written for an empty list.
    pub(super) fn of(pieces: &'p [Piece<'t>]) -> Option<(Self, usize)> {
        let Piece::Statement(first) = *pieces.first()? else { return None };
        let tokens = tokens(first)?;
        let words: Vec<Token<'_>> = tokens.into_iter().map(|(token, _)| token).collect();
        let [
            Token::Name("for"),
            Token::Name(name),
            Token::Name("in"),
            Token::Name("site"),
            Token::Sign("."),
            Token::Name(field),
        ] = words[..]
        else {
            return None;
        };
        let mut open = 0_usize;
        for (at, piece) in pieces.iter().enumerate().skip(1) {
            let Piece::Statement(code) = piece else { continue };
            match code[2..].split_whitespace().next()? {
                "if" => open += 1,
                "elif" | "else" if open > 0 => {}
                "endif" => open = open.checked_sub(1)?,
                "endfor" if open == 0 => {
                    return Some((Self { name, field, body: &pieces[1..at] }, at + 1));
                }
                _ => return None,
            }
        }
        None
    }

    /// The loop written out; none if its body asks for more of an entry than its fields.
    pub(super) fn over(&self, list: &[Value]) -> Option<String> {
        // What is not written at all could not be told of its faults.
        if list.is_empty() || list.len() > MOST {
            return None;
        }
        let mut out = String::new();
        for entry in list {
            for piece in self.body {
                match *piece {
                    // A brace might become code together with what is written behind it.
                    Piece::Text(text) if text.contains('{') => return None,
                    Piece::Text(text) => out.push_str(text),
                    Piece::Comment(_) => {}
                    Piece::Value(code) => self.value(code, entry, &mut out)?,
                    Piece::Statement(code) => self.code(code, entry, &mut out)?,
                }
            }
        }
        Some(out)
    }

    /// Writes what a value prints, or the value with the entry's fields in it.
    fn value(&self, code: &str, entry: &Value, out: &mut String) -> Option<()> {
        let tokens = tokens(code)?;
        let words: Vec<Token<'_>> = tokens.into_iter().map(|(token, _)| token).collect();
        match words[..] {
            [Token::Name(name), Token::Sign("."), Token::Name(field)] if name == self.name => {
                let value = entry.as_map()?.get(&Key::from(field.to_owned()))?;
                let text = value.as_str().filter(|text| !value.is_safe() && !text.contains('{'))?;
                let mut escaped = Vec::with_capacity(text.len());
                tera::escape_html(text, &mut escaped).ok()?;
                out.push_str(&String::from_utf8(escaped).ok()?);
                Some(())
            }
            _ => self.code(code, entry, out),
        }
    }

    /// Writes a piece of code with the entry's fields as literals in it.
    fn code(&self, code: &str, entry: &Value, out: &mut String) -> Option<()> {
        let tokens = tokens(code)?;
        let mut from = 0;
        for (at, (token, place)) in tokens.iter().enumerate() {
            let is_attribute = at > 0 && tokens[at - 1].0 == Token::Sign(".");
            match token {
                Token::Name("loop") => return None,
                Token::Name(name) if *name == self.name && !is_attribute => {}
                _ => continue,
            }
            let [(Token::Sign("."), _), (Token::Name(field), end), after @ ..] = &tokens[at + 1..]
            else {
                return None;
            };
            if matches!(after.first(), Some((Token::Sign("." | "?." | "[" | "?[" | "("), _))) {
                return None;
            }
            let value = entry.as_map()?.get(&Key::from((*field).to_owned()))?;
            out.push_str(&code[from..place.start]);
            out.push_str(&literal(value.as_str().filter(|_| !value.is_safe())?)?);
            from = end.end;
        }
        out.push_str(&code[from..]);
        Some(())
    }
}

/// A text as a string literal, if it can be one without escapes.
fn literal(text: &str) -> Option<String> {
    (!text.contains(['"', '\\', '{', '}', '%'])).then(|| format!("\"{text}\""))
}
