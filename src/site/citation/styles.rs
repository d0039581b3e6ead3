//! Citations as text, for people to copy: Chicago notes and bibliography, APA, MLA, Harvard, and a Korean one.
//!
//! Sources: The Chicago Manual of Style, 18th edition, chapters 13 and 14; Publication Manual of the
//! APA, 7th edition, chapters 9 and 10; MLA Handbook, 9th edition, chapter 5; Cite Them Right, 12th
//! edition (Harvard); for Korean, the usage of historians' journals: author, 「title」, date, holder. Each style
//! has the words and dates of its own language, whatever the interface speaks.

use std::borrow::Cow;

use super::date::{Manner, korean, written, year_and_day};
use super::{Author, Citation};
use crate::content::name::Parts;
use crate::site::direction::{self, isolated};

impl Citation {
    /// The same to be shown as text: what runs from right to left is kept from turning the rest around.
    pub fn shown(&self) -> Cow<'_, Self> {
        let turns = |text: &str| matches!(isolated(text, "ltr"), Cow::Owned(_));
        let names = self.authors.iter().chain(&self.recipients);
        let mut texts =
            names.flat_map(|author| std::iter::once(author.name()).chain(author.sorted()));
        let others = [&*self.title, &*self.archive, self.genre.as_deref().unwrap_or_default()];
        if !texts.any(turns) && !others.into_iter().any(turns) {
            return Cow::Borrowed(self);
        }
        let shown = |text: &str| isolated(text, "ltr").into_owned();
        let authors = |authors: &[Author]| authors.iter().map(Author::shown).collect();
        Cow::Owned(Self {
            title: shown(&self.title),
            authors: authors(&self.authors),
            recipients: authors(&self.recipients),
            archive: shown(&self.archive),
            genre: self.genre.as_deref().map(shown),
            ..self.clone()
        })
    }

    /// As a Chicago note: author, “title,” date, archive, URL.
    pub fn chicago(&self) -> String {
        self.note(None)
    }

    /// As a Chicago note that cites one numbered paragraph, with that paragraph's own address.
    pub fn chicago_paragraph(&self, number: usize, anchor: &str) -> String {
        self.note(Some((number, anchor)))
    }

    fn note(&self, paragraph: Option<(usize, &str)>) -> String {
        let (authors, recipients) = (note_names(&self.authors), note_names(&self.recipients));
        let head = match (self.supplied, authors.is_empty(), recipients.is_empty()) {
            // “A to B” is what the manual writes for a letter without a title of its own; it says what
            // anything but a letter is.
            (true, false, false) => match self.named_genre().filter(|genre| *genre != "Letter") {
                Some(genre) => format!("{authors} to {recipients}, {}, ", genre.to_lowercase()),
                None => format!("{authors} to {recipients}, "),
            },
            (true, ..) => format!("{}, ", self.title),
            (false, true, _) => format!("{} ", quoted(&self.title, ',')),
            (false, false, _) => format!("{authors}, {} ", quoted(&self.title, ',')),
        };
        let mut note = head;
        note.push_str(self.date_in(Manner::Chicago).as_deref().unwrap_or("n.d."));
        if let Some((number, _)) = paragraph {
            note.push_str(&format!(", para. {number}"));
        }
        note.push_str(", ");
        note.push_str(&self.archive);
        if let Some(url) = &self.url {
            note.push_str(", ");
            note.push_str(url);
            if let Some((_, anchor)) = paragraph {
                note.push_str(&format!("#{anchor}"));
            }
        }
        note.push_str(stop(&note));
        note
    }

    /// As an entry of a Chicago bibliography.
    pub fn chicago_bibliography(&self) -> String {
        let mut parts = vec![chicago_list(&self.authors)];
        parts.push(match self.supplied {
            true => self.title.clone(),
            false => quoted(&self.title, '.'),
        });
        parts.push(self.date_in(Manner::Chicago).unwrap_or_else(|| "n.d.".to_owned()));
        parts.push(self.archive.clone());
        parts.extend(self.url.clone());
        sentences(&parts)
    }

    /// As an entry of an APA reference list.
    pub fn apa(&self) -> String {
        let title = if self.supplied {
            format!("[{}]", self.title)
        } else {
            let number = self.number.as_ref().filter(|_| self.zotero == "report");
            let number = number.map(|n| format!(" ({n})")).unwrap_or_default();
            let genre = self.named_genre().map(|g| format!(" [{g}]")).unwrap_or_default();
            format!("{}{number}{genre}", self.title.trim_end_matches('.'))
        };
        let date = self.date_in(Manner::Apa).unwrap_or_else(|| "n.d.".to_owned());
        let mut parts = match apa_list(&self.authors) {
            // Without an author the title comes first.
            authors if authors.is_empty() => vec![title, format!("({date})")],
            authors => vec![authors, format!("({date})"), title],
        };
        parts.push(self.publisher().unwrap_or_default());
        // No stop follows a URL in this style.
        [Some(sentences(&parts)), self.url.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// As an entry of an MLA list of works cited. An unknown date is left out there.
    pub fn mla(&self) -> String {
        let title = match self.supplied {
            true => self.title.clone(),
            false => quoted(&self.title, '.'),
        };
        let mut container = vec![self.archive.clone()];
        container.extend(self.date_in(Manner::Mla));
        container.extend(self.url.clone());
        let mut parts = vec![mla_list(&self.authors), title, container.join(", ")];
        parts.extend(self.named_genre().filter(|_| !self.supplied).map(str::to_owned));
        sentences(&parts)
    }

    /// As an entry of a reference list in the Harvard style: the year behind the name, the day behind the title.
    pub fn harvard(&self) -> String {
        let told = self.date.as_ref().and_then(year_and_day);
        let (date, day) = match told {
            Some((year, day)) => (year, day),
            None => (self.date_in(Manner::Harvard).unwrap_or_else(|| "no date".to_owned()), None),
        };
        let title = match self.supplied {
            true => self.title.clone(),
            false => format!("‘{}’", self.title.trim_end_matches('.')),
        };
        let title = day.map_or_else(|| title.clone(), |day| format!("{title}, {day}"));
        let authors = harvard_list(&self.authors);
        let head = match authors.is_empty() {
            true => format!("{title} ({date})"),
            false => format!("{authors} ({date}) {title}"),
        };
        let mut parts = vec![head, self.publisher().unwrap_or_default()];
        parts.extend(self.url.as_ref().map(|url| format!("Available at: {url}")));
        sentences(&parts)
    }

    /// As Korean journals of history cite a source: names as they are written, the title in corner brackets.
    pub fn korean(&self) -> String {
        let title = match self.supplied {
            true => self.title.clone(),
            false => format!("「{}」", self.title),
        };
        let date = self.date.as_ref().map(korean).filter(|text| !text.is_empty());
        let mut parts = vec![korean_names(&self.authors), title];
        parts.push(date.unwrap_or_else(|| "날짜 없음".to_owned()));
        parts.push(self.publisher().unwrap_or_default());
        parts.extend(self.url.clone());
        parts.retain(|part| !part.is_empty());
        parts.join(", ") + "."
    }

    /// The kind, where a style names it: not for articles, and not if it is the title already.
    fn named_genre(&self) -> Option<&str> {
        let told = |genre: &&str| self.zotero != "magazineArticle" && *genre != self.title;
        self.genre.as_deref().filter(told)
    }

    fn date_in(&self, manner: Manner) -> Option<String> {
        self.date.as_ref().map(|date| written(date, manner)).filter(|text| !text.is_empty())
    }

    /// The archive, unless it is the author: then the style does not repeat it.
    fn publisher(&self) -> Option<String> {
        let own = matches!(&self.authors[..], [only] if only.name() == self.archive);
        (!own).then(|| self.archive.clone())
    }
}

impl Author {
    fn shown(&self) -> Self {
        let shown = |text: &str| isolated(text, "ltr").into_owned();
        // The parts of a name are turned around together with the comma that parts them.
        let parts = |sorted: &String| sorted.split(", ").map(shown).collect::<Vec<_>>().join(", ");
        match self {
            Self::Person(name, sorted) => Self::Person(shown(name), sorted.as_ref().map(parts)),
            Self::Organization(name) => Self::Organization(shown(name)),
        }
    }
}

/// Up to two names as written, else the first and “et al.”
fn note_names(authors: &[Author]) -> String {
    match authors {
        [] => String::new(),
        [one] => one.name().to_owned(),
        [a, b] => format!("{} and {}", a.name(), b.name()),
        [first, ..] => format!("{} et al.", first.name()),
    }
}

/// Up to six names, else the first three; only the first is inverted.
fn chicago_list(authors: &[Author]) -> String {
    let Some((first, others)) = authors.split_first() else { return String::new() };
    let shown = if authors.len() > 6 { &others[..2] } else { others };
    let mut names = vec![first.listed()];
    names.extend(shown.iter().map(Author::name));
    if shown.len() < others.len() {
        return format!("{}, et al.", names.join(", "));
    }
    match &names[..] {
        // A comma closes an inverted name.
        [a, b] if a.contains(", ") && first.sorted().is_some() => format!("{a}, and {b}"),
        [a, b] => format!("{a} and {b}"),
        [start @ .., last] if !start.is_empty() => format!("{}, and {last}", start.join(", ")),
        names => names.concat(),
    }
}

/// Up to twenty names, else the first nineteen and the last; given names as initials.
fn apa_list(authors: &[Author]) -> String {
    let names: Vec<String> = authors.iter().map(apa_name).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() > 20 => {
            format!("{}, . . . {last}", first[..19].join(", "))
        }
        [first @ .., last] => format!("{}, & {last}", first.join(", ")),
    }
}

fn apa_name(author: &Author) -> String {
    match author.parts() {
        // A name in Hangul or Chinese characters needs no comma.
        Some(_) if author.sorted().is_some_and(|sorted| !sorted.contains(", ")) => {
            author.name().to_owned()
        }
        Some(Parts { family, given, suffix: None }) => format!("{family}, {}", initials(given)),
        Some(Parts { family, given, suffix: Some(suffix) }) => {
            format!("{family}, {}, {suffix}", initials(given))
        }
        None => author.name().to_owned(),
    }
}

/// Up to three names, else the first and “et al.”; given names as initials.
fn harvard_list(authors: &[Author]) -> String {
    let names: Vec<String> = authors.iter().take(3).map(apa_name).collect();
    match &names[..] {
        [first, ..] if authors.len() > 3 => format!("{first} et al."),
        [start @ .., last] if !start.is_empty() => format!("{} and {last}", start.join(", ")),
        names => names.concat(),
    }
}

/// Up to three names, else the first and the number of the rest.
fn korean_names(authors: &[Author]) -> String {
    match authors {
        [first, rest @ ..] if rest.len() > 2 => format!("{} 외 {}인", first.name(), rest.len()),
        few => few.iter().map(Author::name).collect::<Vec<_>>().join("·"),
    }
}

/// `Stephen J.` → `S. J.`, `Ki-moon` → `K.-m.`; scripts without capitals have no initials.
fn initials(given: &str) -> String {
    if !given.chars().any(char::is_uppercase) {
        return given.to_owned();
    }
    let initial = |part: &str| part.chars().next().map(|c| format!("{c}.")).unwrap_or_default();
    let word = |word: &str| match word.chars().next() {
        // A particle stays: `Willem van der` → `W. van der`.
        Some(first) if first.is_lowercase() => word.to_owned(),
        _ => word.split('-').map(initial).collect::<Vec<_>>().join("-"),
    };
    given.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Up to two names, else the first and “et al.”; only the first is inverted.
fn mla_list(authors: &[Author]) -> String {
    let Some((first, others)) = authors.split_first() else { return String::new() };
    let first_name = first.listed();
    match others {
        [] => first_name.to_owned(),
        [other] if first_name.contains(", ") && first.sorted().is_some() => {
            format!("{first_name}, and {}", other.name())
        }
        [other] => format!("{first_name} and {}", other.name()),
        _ => format!("{first_name}, et al."),
    }
}

/// A title in quotation marks, those inside it single, with the stop inside them that it does not have.
fn quoted(title: &str, stop: char) -> String {
    let isolate =
        title.strip_prefix(direction::ISOLATE).and_then(|t| t.strip_suffix(direction::END));
    if let Some(title) = isolate {
        let quoted = quoted(title, stop);
        let inside = quoted.trim_start_matches('“').trim_end_matches('”');
        let (inside, stop) = match inside.strip_suffix(stop) {
            Some(bare) => (bare, stop.to_string()),
            None => (inside, String::new()),
        };
        return format!("“{}{inside}{}{stop}”", direction::ISOLATE, direction::END);
    }
    let mut inside = String::with_capacity(title.len());
    let mut open = false;
    for c in title.trim_end_matches('.').chars() {
        inside.push(match c {
            '“' => '‘',
            '”' => '’',
            '"' => {
                open = !open;
                if open { '‘' } else { '’' }
            }
            c => c,
        });
    }
    let bare = inside.trim_end_matches(['’', '‘']);
    if bare.ends_with(['?', '!', '؟', '？', '！']) {
        return format!("“{inside}”");
    }
    // The stop goes inside single marks too: “… ‘Global Destiny.’”
    let marks = if bare.len() < inside.len() && title.ends_with(['”', '"']) {
        &inside[bare.len()..]
    } else {
        ""
    };
    let text = if marks.is_empty() { inside.as_str() } else { bare };
    format!("“{text}{stop}{marks}”")
}

/// Parts as sentences: each closed by a full stop, empty ones left out.
fn sentences(parts: &[String]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len() + 2).sum());
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
        text.push_str(stop(part));
    }
    text
}

/// The full stop that closes a text, unless one is there.
fn stop(text: &str) -> &'static str {
    let bare = text.trim_end_matches(['”', '’']);
    if bare.ends_with(['.', '?', '!', '؟', '？', '！', '。']) { "" } else { "." }
}
