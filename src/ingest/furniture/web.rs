//! What a web page puts around a text: paths, cookie lines, buttons, its foot.

use std::sync::LazyLock;

use super::super::lexicon::{self, Anywhere, Phrases, ends_or, ends_word, surroundings};
use super::super::text::{self, bytes};
use super::menus;

pub(super) const BUTTONS: &str = "buttons and menus";
pub(super) const BREADCRUMB: &str = "breadcrumb";
pub(super) const COOKIES: &str = "cookie line";
pub(super) const FOOT: &str = "foot of a web page";
pub(super) const STYLE: &str = "style of a web page";

/// The rule by which a line is one of these.
pub(super) fn rule(line: &str) -> Option<&'static str> {
    if menus::is_row_in_brackets(line) {
        Some(BUTTONS)
    } else if is_breadcrumb(line) {
        Some(BREADCRUMB)
    } else if is_cookie_line(line) {
        Some(COOKIES)
    } else if is_style(line) {
        Some(STYLE)
    } else if line.len() <= 220 && is_button(line) && text::length(line) <= 110 {
        Some(BUTTONS)
    } else {
        is_foot(line).then_some(FOOT)
    }
}

fn is_breadcrumb(line: &str) -> bool {
    static HERE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.you_are_here));
    static HOME: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.home));
    if HERE.end(line, ends_word).is_some() || is_path(line) {
        return true;
    }
    HOME.ends(line).any(|end| {
        let rest = line[end..].trim_start();
        rest.strip_prefix(['>', '»', '›', '→', '/', '|']).is_some_and(|r| !r.trim().is_empty())
    })
}

/// `a.gift:hover {color:#EC4438!important;}`: what tells a browser how a page looks.
fn is_style(line: &str) -> bool {
    let tells = |rest: &str| rest.contains("!important") || rest.starts_with("@media");
    line.ends_with('}')
        && line.split_once('{').is_some_and(|(before, rest)| {
            rest.contains(':') && (tells(before) || tells(rest) || rest.contains("@media"))
        })
}

/// Four names of folders or more, of few words each: `The Society > Board > Minutes > 2012`.
fn is_path(line: &str) -> bool {
    const SIGNS: [&str; 4] = [" > ", " » ", " › ", " >> "];
    let short = |part: &str| !part.trim().is_empty() && text::has_at_most(part, 9);
    line.len() <= 300
        && bytes::any(line.as_bytes(), |b| (b == b'>') | (b >= 0x80))
        && SIGNS.iter().any(|sign| line.matches(sign).count() >= 3 && line.split(sign).all(short))
}

fn is_cookie_line(line: &str) -> bool {
    static PHRASES: LazyLock<Anywhere> = LazyLock::new(|| Anywhere::of(|l| l.cookies));
    let near = line.contains("ookie")
        || bytes::any(line.as_bytes(), |b| b == b'K') && line.contains("COOKIE")
        || !line.is_ascii() && line.contains("쿠키");
    near && PHRASES.is_in(line)
}

/// Whether a line asks for a gift or offers news.
pub(super) fn is_appeal(line: &str) -> bool {
    static PHRASES: LazyLock<Anywhere> = LazyLock::new(|| Anywhere::of(|l| l.appeals));
    PHRASES.is_in(line)
}

/// `Share on Twitter`, `Click here to print`, `12 comments`, `4 min read`.
fn is_button(line: &str) -> bool {
    static CLICK: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.click_here));
    shares(line) || CLICK.end(line, ends_word).is_some() || counts(line)
}

/// `Share on Twitter`, `Share: …`
fn shares(line: &str) -> bool {
    static SHARE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.share));
    static SHARE_ON: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.share_on));
    SHARE.ends(line).any(|end| {
        let rest = line[end..].trim_start();
        let on = SHARE_ON.end(rest, |r| ends_or(r, "")).map(|on| &rest[on..]);
        let behind = rest.strip_prefix(':').filter(|r| !r.trim().is_empty());
        behind.or(on).is_some_and(|place| !place.trim().is_empty())
    })
}

/// `12 comments`, `4 min read`
fn counts(line: &str) -> bool {
    static COUNTED: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.counted));
    let digits = line.bytes().take_while(|b| b.is_ascii_digit() || *b == b',').count();
    let counted = line[digits..].trim();
    digits > 0
        && line[digits..].starts_with(' ')
        && counted.len() <= 24
        && COUNTED.contains(counted.to_lowercase().as_str())
}

/// `© 2014 Human Rights Watch`, `Powered by Drupal`.
fn is_foot(line: &str) -> bool {
    static BY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.site_by));
    static RIGHTS: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::from(surroundings::RIGHTS.iter().copied()));
    let dated = |rest: &str| {
        let rest = rest.trim_start();
        rest.len() >= 4 && rest.bytes().take(4).all(|b| b.is_ascii_digit())
    };
    line.len() <= 340
        && (is_linked_mark(line)
            || RIGHTS.end(line, dated).is_some() && text::length(line) <= 170
            || BY.end(line, |r| ends_or(r, "")).is_some() && text::length(line) <= 110)
}

/// `[© Harbour News](https://…/terms)`: who has the rights, as a link to what they are.
fn is_linked_mark(line: &str) -> bool {
    let inner = line.strip_prefix("[©").and_then(|rest| rest.strip_suffix(')'));
    inner.and_then(|i| i.split_once("](")).is_some_and(|(name, url)| {
        text::has_at_most(name, 6) && !name.contains(']') && !url.contains([' ', ')'])
    })
}
