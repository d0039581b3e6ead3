//! What is the same on every page, written into the templates: words of the interface, URLs of the theme's
//! files, fields of `site`.

use std::collections::BTreeMap;

use tera::Value;
use tera::value::Key;

use super::super::engine::Surroundings;
use super::code::{Piece, Token, literal, pieces, tokens};

use crate::parallel;

/// What templates ask for that is the same on every page.
pub(in super::super) struct Constants<'a> {
    /// What functions depend on.
    pub surroundings: &'a Surroundings,
    /// `site`, which every template sees but a component.
    pub site: &'a Value,
}

impl Constants<'_> {
    /// The templates with each constant in the place of the code that asks for it.
    pub(super) fn fold(&self, templates: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let site = !templates.values().any(|template| may_bind_site(template));
        let fold = |(name, template): (&String, &String)| {
            let folded = self.folded(template, site);
            (name.clone(), folded.unwrap_or_else(|| template.clone()))
        };
        parallel::map_taken(templates.iter().collect(), fold).into_iter().collect()
    }

    /// A template with its constants; `site` says whether that name means what it does everywhere.
    fn folded(&self, template: &str, site: bool) -> Option<String> {
        let mut out = String::with_capacity(template.len());
        let mut in_component = false;
        for piece in pieces(template)? {
            let site = site && !in_component;
            match piece {
                Piece::Value(code) => {
                    let text = self.printed(code, site).filter(|text| may_follow(&out, text));
                    out.push_str(text.as_deref().unwrap_or(code));
                }
                Piece::Statement(code) => {
                    match code[2..].split_whitespace().next() {
                        Some("component") => in_component = true,
                        Some("endcomponent") => in_component = false,
                        _ => {}
                    }
                    let condition = self.condition(code).filter(|_| site);
                    out.push_str(condition.as_deref().unwrap_or(code));
                }
                Piece::Text(text) | Piece::Comment(text) => out.push_str(text),
            }
        }
        Some(out)
    }

    /// What a value prints, if that is the same on every page.
    fn printed(&self, code: &str, site: bool) -> Option<String> {
        let tokens = tokens(code)?;
        let words: Vec<Token<'_>> = tokens.into_iter().map(|(token, _)| token).collect();
        let text = match words.as_slice() {
            [
                Token::Name(function),
                Token::Sign("("),
                Token::Name(argument),
                Token::Sign("="),
                Token::Text(value),
                Token::Sign(")"),
            ] => self.called(function, argument, literal(value)?)?,
            words if site => {
                let value = self.field(words)?;
                let prints = value.is_string() && !value.is_safe() || value.is_u64();
                prints.then(|| value.to_string())?
            }
            _ => return None,
        };
        escaped(&text)
    }

    /// What a function gives. One that would tell of a fault is left to do so.
    fn called(&self, function: &str, argument: &str, value: &str) -> Option<String> {
        match (function, argument) {
            ("t", "key") => self.surroundings.words.known(value),
            ("asset", "path") => self.surroundings.asset(value).map(str::to_owned),
            ("url", "path") => Some(self.surroundings.url(value)),
            _ => None,
        }
    }

    /// A condition that asks for a field of `site` and for nothing else.
    fn condition(&self, code: &str) -> Option<String> {
        let tokens = tokens(code)?;
        let words: Vec<Token<'_>> = tokens.into_iter().map(|(token, _)| token).collect();
        let [Token::Name(keyword @ ("if" | "elif")), path @ ..] = words.as_slice() else {
            return None;
        };
        Some(format!("{{% {keyword} {} %}}", self.field(path)?.is_truthy()))
    }

    /// The value of `site.FIELD`.
    fn field(&self, words: &[Token<'_>]) -> Option<&Value> {
        match words {
            [Token::Name("site"), Token::Sign("."), Token::Name(field)] => {
                self.site.as_map()?.get(&Key::from((*field).to_owned()))
            }
            _ => None,
        }
    }
}

/// A text as templates print it.
fn escaped(text: &str) -> Option<String> {
    let mut escaped = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut escaped).ok()?;
    String::from_utf8(escaped).ok()
}

/// Whether a text may stand behind another without becoming code, and as text that Tera keeps.
fn may_follow(before: &str, text: &str) -> bool {
    !before.ends_with('{') && !text.contains('{') && !text.trim().is_empty()
}

/// Whether a template may give the name `site` to something else.
fn may_bind_site(template: &str) -> bool {
    let Some(pieces) = pieces(template) else { return true };
    pieces.into_iter().any(|piece| {
        let Piece::Statement(code) = piece else { return false };
        let Some(tokens) = tokens(code) else { return true };
        let bound = tokens.iter().map(|(token, _)| token);
        let mut bound =
            bound.take_while(|token| !matches!(token, Token::Name("in") | Token::Sign("=")));
        matches!(bound.next(), Some(Token::Name("set" | "set_global" | "for")))
            && bound.any(|token| *token == Token::Name("site"))
    })
}
