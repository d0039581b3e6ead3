//! Lines with labels: To, From, Date, Subject, Copies, and what goes on below them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Reader, date_of};
use crate::config::DateOrder;
use crate::ingest::dates::{self, DateLine};
use crate::ingest::lexicon::{Scope, ScopedPhrases};
use crate::ingest::marks::{self, Head as Label};
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention, Writing};
use crate::ingest::text::{self, Line};

/// What the labels that were read tell of those below them.
struct Seen {
    labels: HashSet<Label>,
    /// Whether a mail program wrote them.
    mailed: bool,
}

impl<'a> Reader<'a> {
    /// Lines with labels: To, From, Date, Subject, Copies, and what goes on below them.
    pub(super) fn labels(&mut self) {
        let scope = self.writing.scope;
        let mailed = self.layout.head.clone().any(|i| {
            let line = self.lines[i].text;
            line.contains('@') && marks::head_label(line, scope).is_some() || is_sent(line, scope)
        });
        let mut seen = Seen { labels: HashSet::new(), mailed };
        let mut at = self.layout.head.start;
        while at < self.layout.head.end {
            let Some((label, rest)) = self.label(at, &seen) else {
                at += 1;
                continue;
            };
            if label == Label::To && seen.labels.is_empty() {
                self.sender_above(at);
            }
            if label == Label::To && seen.labels.contains(&label) && self.is_for_attention(at) {
                self.attention(at, rest);
                at += 1;
                continue;
            }
            // A second one begins what is quoted below.
            let again = !seen.labels.insert(label);
            if again && label == Label::From {
                break;
            }
            // "MEMORANDUM FOR: The Chief"
            let named = marks::kind_of_mark(self.lines[at].text, scope);
            self.head.is_memo |= label == Label::To && named == Some("memorandum");
            let (block, end) = self.value(at, rest, &seen);
            self.read_value(label, &block);
            self.taken[at..end].fill(true);
            at = end;
        }
        self.judge(&seen);
    }

    /// The label with which a line begins, and what follows it.
    fn label(&self, at: usize, seen: &Seen) -> Option<(Label, &'a str)> {
        let (line, scope) = (self.lines[at].text, self.writing.scope);
        let (label, rest) = marks::head_label(line, scope)?;
        if label != Label::To {
            return Some((label, rest));
        }
        let below_other = at > self.layout.head.start && seen.labels.is_empty();
        let alone = || !self.lines.get(at + 1).is_some_and(|next| follows_addressee(next, scope));
        if below_other && is_of_address(&self.lines[at - 1], self.order, scope) && alone() {
            return None;
        }
        // A Korean word means "attention" in letters and "copy" in mails, which name their addressee first.
        let again = seen.mailed && seen.labels.contains(&label);
        let copied = again && marks::copied(line, scope).is_some();
        Some((if copied { Label::Copied } else { label }, rest))
    }

    /// `참조  노무과장` below the addressee: for whose attention the letter is. It is no other addressee.
    fn is_for_attention(&self, at: usize) -> bool {
        static ATTENTION: LazyLock<ScopedPhrases> =
            LazyLock::new(|| ScopedPhrases::of(|l| l.attention));
        let (line, scope) = (self.lines[at].text, self.writing.scope);
        let closed = text::without_letterspacing(line);
        let line = closed.as_deref().unwrap_or(line);
        let label: String = line.split([':', '：']).next().unwrap_or(line).split(' ').collect();
        let apart = |rest: &str| rest.is_empty() || rest.starts_with('\t');
        let spaced = |rest: &str| apart(rest) || rest.starts_with(' ');
        text::is_hangul(line)
            && (ATTENTION.end(scope, line, spaced).is_some()
                || ATTENTION.end(scope, &label, apart).is_some())
    }

    /// A person for whose attention a letter is receives it for the body that is addressed.
    fn attention(&mut self, at: usize, rest: &str) {
        self.taken[at] = true;
        let read = parties::read_line(rest, self.writing.scope);
        if let ([body], Some(person)) = (self.head.to.as_mut_slice(), read.person)
            && body.person.is_none()
        {
            body.person = Some(self.writing.person(&person));
            body.role = read.role;
        }
    }

    /// Who wrote a mail whose first line has no label: `Ida Holm <i.holm@port.example>  14 March 2011 at 09:12`.
    fn sender_above(&mut self, at: usize) {
        let above = at.checked_sub(1).map(|i| self.lines[i]).filter(|l| !l.is_blank());
        let Some((line, (name, rest))) = above.and_then(|l| Some((l, l.text.split_once('<')?)))
        else {
            return;
        };
        let address = rest.split_once('>').map_or("", |(address, _)| address);
        if self.head.from.is_empty() && address.contains('@') && !address.contains(' ') {
            self.head.from = labelled(&[line.with_text(name.trim())], self.writing);
        }
    }

    /// The lines of a label's value, of which `rest` is the first, and where they end.
    fn value(&self, at: usize, rest: &'a str, seen: &Seen) -> (Vec<Line<'a>>, usize) {
        let (lines, scope, last) = (self.lines, self.writing.scope, self.layout.head.end);
        let label_of = |i: usize| marks::head_label(lines[i].text, scope);
        let ends = |i: &usize| ends_value(&lines[*i], self.order, scope);
        // A date is a whole value.
        let whole = date_of(&lines[at].with_text(rest), self.order, scope).is_some();
        let end = if whole { at + 1 } else { (at + 1..last).find(ends).unwrap_or(last) };
        let mut block: Vec<Line<'_>> = vec![lines[at].with_text(before_column(rest))];
        block.extend_from_slice(&lines[at + 1..end]);
        let empty = rest.is_empty() && block.len() == 1 && seen.labels.len() < 2;
        if empty && !(end..last).take(2).any(|i| label_of(i).is_some()) {
            // The value is in the next group.
            let next = (end..last).find(|&i| !lines[i].is_blank());
            block.extend(next.filter(|&i| label_of(i).is_none()).map(|i| lines[i]));
        }
        (block, end)
    }

    /// Whether the labels are those of a mail or of a memorandum.
    fn judge(&mut self, seen: &Seen) {
        let [from, to, subject] =
            [Label::From, Label::To, Label::Subject].map(|label| seen.labels.contains(&label));
        if seen.mailed && (from || to && subject) {
            self.head.kind = Some("letter");
        }
        // A form may have such labels, and nothing behind them.
        if seen.mailed || self.names_parties() {
            self.head.is_mail = from && subject;
            self.head.is_memo |= from && to && !seen.mailed;
        }
    }

    fn names_parties(&self) -> bool {
        !self.head.from.is_empty() || !self.head.to.is_empty()
    }

    fn read_value(&mut self, label: Label, block: &[Line<'_>]) {
        let (writing, order) = (self.writing, self.order);
        let head = &mut self.head;
        let number = block[0].number;
        let text: Vec<&str> = block.iter().map(|l| l.text).filter(|t| !t.is_empty()).collect();
        let joined = text.join(" ");
        if joined.is_empty() {
            return;
        }
        match label {
            Label::To if refers_elsewhere(text[0], writing.scope) => {
                let mut below = self.lines.iter().rev().take_while(|l| l.number > number);
                let value = |l: &Line<'a>| match marks::head_label(l.text, writing.scope)? {
                    (Label::To, rest) if !rest.is_empty() => Some(l.with_text(rest)),
                    _ => None,
                };
                if let Some(line) = below.find_map(value) {
                    let listed = line.text.replace(", ", "; ");
                    head.to.extend(parties::copied(&[line.with_text(&listed)], writing));
                }
            }
            Label::To => head.to.extend(labelled(block, writing)),
            Label::From => head.from.extend(labelled(block, writing)),
            Label::Copied => {
                // `Kuhn, Beate` is one person, `Kuhn; Pell` are two.
                let one =
                    block.len() == 1 && block[0].text.split(';').all(|part| person(part).is_some());
                let mail = block.iter().any(|l| l.text.contains('@'));
                let found = if mail || one {
                    labelled(block, writing)
                } else {
                    parties::copied(block, writing)
                };
                head.copied.extend(found);
            }
            Label::Date if head.date.is_none() => {
                let found = dates::date_line(text[0], order).or_else(|| {
                    let reading = dates::find(text[0], order).into_iter().next()?.reading;
                    Some(DateLine { reading, place: None })
                });
                head.date = found.map(|d| (d, number));
            }
            Label::Subject if head.subject.is_none() => {
                let subject = without_reply_mark(text::without_emphasis(&joined), writing.scope);
                head.subject = Some((subject.trim_end_matches('.').to_owned(), number));
            }
            _ => {}
        }
    }
}

/// A label's value without another label in a column beside it: `DIRECTOR, FBI              DATE: 4/17/62`.
fn before_column(value: &str) -> &str {
    let cells = text::cells(value);
    let other = cells.iter().skip(1).find(|cell| marks::is_any_label(cell));
    other.map_or(value, |other| value[..text::offset(other, value)].trim_end())
}

/// Whether a line has the label before the time at which a mail program sent it: `Gesendet: Montag, 3. Mai 2004`.
fn is_sent(line: &str, scope: Scope) -> bool {
    static SENT: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.sent));
    SENT.end(scope, line, |rest| rest.trim_start().starts_with([':', '：'])).is_some()
}

/// Whether a line has a label, a date or a symbol.
fn is_field(line: &Line<'_>, order: Option<DateOrder>, scope: Scope) -> bool {
    marks::head_label(line.text, scope).is_some()
        || date_of(line, order, scope).is_some()
        || marks::is_reference(line.text, scope)
}

/// Whether a line has a label of mails and memoranda that follows the addressee's.
fn follows_addressee(line: &Line<'_>, scope: Scope) -> bool {
    marks::head_label(line.text, scope).is_some_and(|(label, _)| label != Label::To)
}

/// "Attn: The Agent" in the midst of an address is a line of it.
fn is_of_address(above: &Line<'_>, order: Option<DateOrder>, scope: Scope) -> bool {
    !above.is_blank() && !is_field(above, order, scope)
}

/// Whether the value of a label does not go on in a line.
fn ends_value(line: &Line<'_>, order: Option<DateOrder>, scope: Scope) -> bool {
    line.is_blank() || marks::is_any_label(line.text) || is_field(line, order, scope)
}

/// A mail's subject without the marks of answers and forwardings: `Re: AW: The inventory`.
fn without_reply_mark(subject: &str, scope: Scope) -> &str {
    static MARKS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.reply_marks));
    let mut rest = subject;
    while let Some(end) = MARKS.end(scope, rest, |rest| rest.trim_start().starts_with(':')) {
        rest = rest[end..].trim_start().trim_start_matches(':').trim_start();
    }
    rest
}

/// Parties behind a label; what has no form of a name is an office or a body there.
pub(in crate::ingest::rules) fn labelled(block: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    // Below a Korean addressee an empty "(경유)" tells that the letter went no other way.
    let aside = |l: &Line<'_>| l.text.starts_with('(') && l.text.ends_with(')');
    let one_line: Vec<&Line<'_>> = block.iter().filter(|l| !l.is_blank() && !aside(l)).collect();
    if let [only] = one_line.as_slice() {
        let bare = without_mailboxes(only.text);
        let bare = without_dealing(bare.trim_matches(['"', '\'']));
        let bare = without_file_number(bare);
        if text::is_hangul(bare) && is_of_many(bare, writing.scope) {
            return vec![office(bare, only.number, writing)];
        }
        let listed: Vec<Mention> = bare
            .split(';')
            .filter(|p| !p.trim().is_empty())
            .flat_map(|p| {
                if let Some(person) = person(p).or_else(|| of_mailbox(p, only.text)) {
                    let person = Some(writing.person(&person));
                    return vec![Mention { person, line: only.number, ..Mention::default() }];
                }
                if let Some(found) = unit_and_name(p.trim(), only.number, writing) {
                    return vec![found];
                }
                let line = only.with_text(p.trim());
                let found = parties::address(&[line], writing);
                if found.is_empty() { vec![office(p.trim(), only.number, writing)] } else { found }
            })
            .collect();
        return listed.into_iter().filter(Mention::is_named).collect();
    }
    let found = parties::address(block, writing);
    if found.is_empty() {
        one_line.first().map(|l| office(l.text, l.number, writing)).into_iter().collect()
    } else {
        found
    }
}

/// `수신자 참조`: a Korean letter to many has its addressees below the text; each word is a label itself.
fn refers_elsewhere(value: &str, scope: Scope) -> bool {
    let label = |word: &str| marks::head_label(&format!("{word}: x"), scope).is_some();
    text::is_hangul(value) && text::word_count(value) == 2 && text::words(value).all(label)
}

/// `Ida Holm <ida@…>, Jonas Webb [mailto:…]`: the names, with semicolons between them.
fn without_mailboxes(label: &str) -> Cow<'_, str> {
    if !label.contains(['<', '[']) {
        return label.trim().into();
    }
    let entries = label.split(['>', ']']).map(|entry| {
        let entry = entry.trim_start_matches([',', ';', ' ']);
        entry.split(['<', '[']).next().unwrap_or(entry).trim().trim_matches(['"', '\''])
    });
    entries.filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ").into()
}

/// `Jiloty, Lauren C`, and a name of one letter, by which somebody is known to those who write.
fn person(text: &str) -> Option<String> {
    // "Solheim, Ingrid (HBR)" has the part of a body behind it.
    let text = text.split('(').next().unwrap_or(text).trim().trim_matches(['\'', '"', '’', '‘']);
    if let Some((given, family)) = names::inverted(text) {
        return Some(format!("{given} {family}"));
    }
    let mut letters = text.chars();
    let letter = letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c == '.');
    letter.then(|| text.to_owned())
}

/// `"Anselm, Peter (Families)" <p.anselm@…>`: before the address of a mail two words around a comma are a person's.
fn of_mailbox(name: &str, label: &str) -> Option<String> {
    let bare = name.split('(').next().unwrap_or(name).trim().trim_matches(['\'', '"']);
    let (family, given) = bare.split_once(", ").filter(|_| label.contains(['<', '@']))?;
    let word = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || "-'’. ".contains(c))
    };
    let named = [family, given].iter().all(|part| {
        word(part)
            && text::has_at_most(part, 2)
            && !matches!(names::judge(part), Named::Organization | Named::Role | Named::Country)
            && !names::is_town(part)
    });
    named.then(|| format!("{given} {family}"))
}

/// `각 언론사 사회부 · 국제부`: all of a kind, by the word before it.
fn is_of_many(text: &str, scope: Scope) -> bool {
    static ALL: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.members_of));
    ALL.end(scope, text, |rest| rest.starts_with(' ')).is_some()
}

/// `부산광역시장 (문화유산과장)` without the brackets, in which Korean offices name who deals with a letter.
fn without_dealing(text: &str) -> &str {
    let office = text.strip_suffix(')').and_then(|t| t.split_once('('));
    match office {
        Some((office, dealing)) if text::is_hangul(office) && text::is_hangul(dealing) => {
            office.trim_end()
        }
        _ => text,
    }
}

/// `SAC, PORTLAND (100-9917)` without the number of the file there.
fn without_file_number<'t>(text: &'t str) -> &'t str {
    let number = |inner: &str| {
        inner.starts_with(|c: char| c.is_ascii_digit())
            && inner.chars().all(|c| c.is_ascii_digit() || "-/. ".contains(c))
    };
    let parted = |text: &'t str| text.strip_suffix(')').and_then(|t| t.rsplit_once('('));
    // "(62-43) (RUC)" tells as well that the case is closed there.
    let status = |inner: &str| inner.chars().all(char::is_uppercase);
    let behind = parted(text).filter(|(_, inner)| status(inner)).map(|(rest, _)| rest.trim_end());
    let numbered = [Some(text), behind].into_iter().flatten().filter_map(parted);
    let mut bare = numbered.filter(|(_, inner)| number(inner));
    bare.next().map_or(text, |(name, _)| name.trim_end())
}

/// `Referat 4, Krüger`: behind a label a part of a body, and the family name of who writes for it.
fn unit_and_name(text: &str, line: usize, writing: Writing<'_>) -> Option<Mention> {
    let (unit, name) = text.split_once(", ")?;
    let one_word = name.chars().all(|c| c.is_alphabetic() || c == '-')
        && name.starts_with(char::is_uppercase)
        && names::judge(name) == Named::Unknown;
    // Behind a whole body, as in "Embassy, Lisbon", is its town.
    (one_word && parties::is_unit(unit, writing.scope)).then(|| Mention {
        person: Some(name.to_owned()),
        organization: Some(writing.organization(unit)),
        written: Some(unit.to_owned()),
        line,
        ..Mention::default()
    })
}

/// An office named without its holder counts as a body: it wrote or received the document.
pub(super) fn office(text: &str, line: usize, writing: Writing<'_>) -> Mention {
    let fits = text::has_at_most(text, 12)
        && text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !text.contains(['@', '#', '"', '[']);
    if !fits {
        return Mention::default();
    }
    Mention {
        organization: Some(writing.organization(text)),
        written: Some(text.to_owned()),
        line,
        ..Mention::default()
    }
}
