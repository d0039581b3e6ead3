//! Small components, written where they are called: a call costs more than most components print.
//!
//! `{{<name link={document.kind} />}}` becomes the body of `name` with `document.kind` in the place of
//! `link`, if that is a map as the definition says; else the call stands, and tells of the fault.
//!
//! A call of the component that shows a document in a list asks first whether that was made before, for another list
//! ([`Listed::written`](crate::site::listed::Listed::written)).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::code::{Piece, Token, pieces, tokens};
use crate::parallel;
use crate::site::listed::{ITEM, LISTED};

/// A component that can stand where it is called.
struct Component<'t> {
    arguments: Arguments<'t>,
    /// Its text, cut where it names an argument.
    body: Vec<Part<'t>>,
    /// Names that it gives to values itself.
    bound: BTreeSet<&'t str>,
}

/// A stretch of a component's body.
enum Part<'t> {
    /// As it is.
    Text(&'t str),
    /// The value of the argument of that number.
    Argument(usize),
}

/// A call of a component.
struct Call<'t> {
    name: &'t str,
    /// Each argument with the place of its value, a path such as `document.kind`.
    arguments: Vec<(&'t str, Range<usize>)>,
}

/// The arguments of a component, each with its type.
type Arguments<'t> = Vec<(&'t str, &'t str)>;

/// What templates can call: each component by its name, those that must stay calls without their text.
type Components<'t> = BTreeMap<&'t str, Option<Component<'t>>>;

/// Components within components within components: so many at most.
const MOST_DEEP: usize = 6;
/// No template becomes longer than this, in bytes.
const MOST_LONG: usize = 256 * 1024;

/// The templates with components in the place of the calls.
pub(super) fn inlined(
    templates: &BTreeMap<String, String>,
    prefixes: &[String],
) -> BTreeMap<String, String> {
    let components = components(templates, prefixes);
    let inlined = |(name, template): (&String, &String)| {
        let mut out = String::with_capacity(2 * template.len());
        let whole = expand(template, &components, MOST_DEEP, &mut out);
        (name.clone(), whole.map_or_else(|| template.clone(), |()| out))
    };
    parallel::map_taken(templates.iter().collect(), inlined).into_iter().collect()
}

/// The components of all templates; where several layers of a theme have one, the first has it.
fn components<'t>(templates: &'t BTreeMap<String, String>, prefixes: &[String]) -> Components<'t> {
    let layer = |name: &str| prefixes.iter().position(|prefix| name.starts_with(prefix.as_str()));
    let mut by_layer: Vec<(usize, &str)> = templates
        .iter()
        .map(|(name, template)| (layer(name).unwrap_or(prefixes.len()), template.as_str()))
        .collect();
    by_layer.sort_by_key(|(layer, _)| *layer);
    let mut components = Components::new();
    for (_, template) in by_layer {
        // What a template defines that cannot be cut is not known, and may be anything.
        let Some(pieces) = pieces(template) else { return Components::new() };
        for (name, component) in definitions(&pieces) {
            components.entry(name).or_insert(component);
        }
    }
    components
}

/// The components that a template defines.
fn definitions<'t>(pieces: &[Piece<'t>]) -> Vec<(&'t str, Option<Component<'t>>)> {
    let mut found = Vec::new();
    let mut rest = pieces;
    while let Some(start) = rest.iter().position(|piece| keyword(*piece) == "component") {
        let after = &rest[start + 1..];
        let end = after.iter().position(|piece| keyword(*piece) == "endcomponent");
        let body = &after[..end.unwrap_or(after.len())];
        if let Some((name, arguments)) = head(rest[start].text()) {
            found.push((name, arguments.and_then(|arguments| component(arguments, body))));
        }
        rest = &after[body.len()..];
    }
    found
}

/// The first word of a statement.
fn keyword(piece: Piece<'_>) -> &str {
    match piece {
        Piece::Statement(code) => code[2..].split_whitespace().next().unwrap_or_default(),
        _ => "",
    }
}

/// Name and arguments of `{% component NAME(ARGUMENT: TYPE, …) %}`; no arguments if it says more of them.
fn head(code: &str) -> Option<(&str, Option<Arguments<'_>>)> {
    let inside = code[2..code.len() - 2].trim().strip_prefix("component")?;
    let (name, arguments) = inside.trim().split_once('(')?;
    let arguments = arguments.trim_end().strip_suffix(')').and_then(|arguments| {
        let arguments = arguments.split(',').map(|argument| {
            let (name, kind) = argument.split_once(':')?;
            let (name, kind) = (name.trim(), kind.trim());
            let simple = is_name(name) && matches!(kind, "map" | "array" | "string");
            simple.then_some((name, kind))
        });
        arguments.collect()
    });
    Some((name.trim(), arguments))
}

fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A component whose body means the same wherever it stands: it uses its arguments, what it names itself,
/// functions and filters, and nothing else.
fn component<'t>(arguments: Arguments<'t>, pieces: &[Piece<'t>]) -> Option<Component<'t>> {
    let mut body = Vec::new();
    let mut loops: Vec<&str> = Vec::new();
    let mut bound = BTreeSet::new();
    for piece in pieces {
        let (Piece::Value(code) | Piece::Statement(code)) = *piece else {
            body.push(Part::Text(piece.text()));
            continue;
        };
        let tokens = tokens(code)?;
        let mut tokens = tokens.as_slice();
        if matches!(piece, Piece::Statement(_)) {
            let (first, after) = tokens.split_first()?;
            tokens = after;
            match first.0 {
                Token::Name("if" | "elif" | "else" | "endif") => {}
                Token::Name("endfor") => {
                    loops.pop()?;
                }
                Token::Name("for") => {
                    let [(Token::Name(name), _), (Token::Name("in"), _), after @ ..] = tokens
                    else {
                        return None;
                    };
                    loops.push(name);
                    bound.insert(*name);
                    tokens = after;
                }
                _ => return None,
            }
        }
        let mut from = 0;
        for (argument, place) in named(tokens, &arguments, &loops)? {
            body.push(Part::Text(&code[from..place.start]));
            body.push(Part::Argument(argument));
            from = place.end;
        }
        body.push(Part::Text(&code[from..]));
    }
    let shadows = arguments.iter().any(|(name, _)| bound.contains(name));
    (!shadows).then_some(Component { arguments, body, bound })
}

/// Where arguments are named in a piece of code; none if it names or does anything else.
fn named(
    tokens: &[(Token<'_>, Range<usize>)],
    arguments: &[(&str, &str)],
    loops: &[&str],
) -> Option<Vec<(usize, Range<usize>)>> {
    const SIGNS: &str = ". ( ) , == != >= <= > < + - * / ~ |";
    let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some((Token::Sign(sign), _)) => *sign,
        _ => "",
    };
    let word = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some((Token::Name(name), _)) => *name,
        _ => "",
    };
    let call = called(tokens).is_some();
    let mut found = Vec::new();
    for (at, (token, place)) in tokens.iter().enumerate() {
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        match token {
            // `=` names an argument of a function, and brackets the value of one of a component.
            Token::Sign("=") if !word(before).is_empty() => {}
            Token::Sign("{" | "}" | "/" | "<" | ">") if call => {}
            Token::Sign(sign) => {
                SIGNS.split(' ').any(|known| known == *sign).then_some(())?;
            }
            Token::Text(_) | Token::Number(_) => {}
            Token::Name(name) => {
                let is_part = sign(before) == "."
                    || sign(before) == "|"
                    || sign(after) == "="
                    || word(before) == "is"
                    || word(before) == "not" && word(at.checked_sub(2)) == "is"
                    || call && at == 1
                    || *name != "super" && sign(after) == "("
                    || matches!(*name, "and" | "or" | "not" | "is" | "in" | "true" | "false");
                let is_own = loops.contains(name) || *name == "loop" && !loops.is_empty();
                if is_part || is_own {
                    continue;
                }
                let argument = arguments.iter().position(|(argument, _)| argument == name)?;
                found.push((argument, place.clone()));
            }
        }
    }
    Some(found)
}

/// `<NAME ARGUMENT={PATH} … />`.
fn called<'t>(tokens: &[(Token<'t>, Range<usize>)]) -> Option<Call<'t>> {
    let [(Token::Sign("<"), _), (Token::Name(name), _), rest @ .., last, end] = tokens else {
        return None;
    };
    if (last.0, end.0) != (Token::Sign("/"), Token::Sign(">")) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut rest = rest;
    while !rest.is_empty() {
        let [(Token::Name(argument), _), (Token::Sign("="), _), (Token::Sign("{"), _), after @ ..] =
            rest
        else {
            return None;
        };
        let end = after.iter().position(|(token, _)| *token == Token::Sign("}"))?;
        let path = &after[..end];
        let is_path = path.len() % 2 == 1
            && path.iter().enumerate().all(|(at, (token, _))| match token {
                Token::Name(_) => at % 2 == 0,
                Token::Sign(sign) => at % 2 == 1 && *sign == ".",
                _ => false,
            });
        let (first, last) = (path.first()?, path.last()?);
        let reserved = matches!(
            first.0,
            Token::Name(
                "loop" | "self" | "true" | "True" | "false" | "False" | "none" | "None" | "null"
            )
        );
        if !is_path || reserved {
            return None;
        }
        arguments.push((*argument, first.1.start..last.1.end));
        rest = &after[end + 1..];
    }
    Some(Call { name, arguments })
}

/// Writes a template with components in the place of the calls; none if there is too much of it.
fn expand(
    template: &str,
    components: &Components<'_>,
    deep: usize,
    out: &mut String,
) -> Option<()> {
    let Some(pieces) = pieces(template) else {
        out.push_str(template);
        return Some(());
    };
    for piece in pieces {
        let written = match piece {
            Piece::Value(code) if deep > 0 => body_of(code, components),
            _ => None,
        };
        match written {
            Some(Written { name, path, condition, body }) => {
                match path.filter(|_| name == ITEM) {
                    Some(path) => out.push_str(&format!(
                        "{{% if {path}.{LISTED} %}}{{{{ {path}.{LISTED} }}}}{{% elif {condition} %}}"
                    )),
                    None => out.push_str(&format!("{{% if {condition} %}}")),
                }
                expand(&body, components, deep - 1, out)?;
                out.push_str("{% else %}");
                out.push_str(piece.text());
                out.push_str("{% endif %}");
            }
            None => out.push_str(piece.text()),
        }
        if out.len() > MOST_LONG {
            return None;
        }
    }
    Some(())
}

/// What a call writes.
struct Written<'c> {
    /// The component that it calls.
    name: &'c str,
    /// The value of its only argument.
    path: Option<&'c str>,
    /// Under which condition it writes the body.
    condition: String,
    body: String,
}

fn body_of<'c>(code: &'c str, components: &Components<'_>) -> Option<Written<'c>> {
    let tokens = tokens(code)?;
    let call = called(&tokens)?;
    let component = components.get(call.name)?.as_ref()?;
    if call.arguments.len() != component.arguments.len() {
        return None;
    }
    let mut paths = Vec::new();
    let mut conditions = Vec::new();
    for (name, kind) in &component.arguments {
        let (_, place) = call.arguments.iter().find(|(given, _)| given == name)?;
        let path = &code[place.clone()];
        let root = path.split(|c: char| c == '.' || c.is_ascii_whitespace()).next()?;
        if component.bound.contains(root) {
            return None;
        }
        conditions.push(format!("{path} is {kind}"));
        paths.push(path);
    }
    let parts = component.body.iter().map(|part| match part {
        Part::Text(text) => *text,
        Part::Argument(argument) => paths[*argument],
    });
    let (condition, body) = (conditions.join(" and "), parts.collect());
    let path = if let [path] = paths[..] { Some(path) } else { None };
    Some(Written { name: call.name, path, condition, body })
}
