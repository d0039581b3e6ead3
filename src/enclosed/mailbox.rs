//! A mailbox (`mbox`) → where each of its mails lies, and a name for it. Read in pieces: a mailbox of a gigabyte takes
//! no more memory than its list of mails.
//!
//! A mail is called by its day and a hash of its id, so that it keeps its name when mails are added or removed.
//! Source: RFC 4155, and the `mboxrd` rule by which `>From ` in a text is `From `.

use std::collections::BTreeMap;

use mail_parser::DateTime;

use crate::diagnostic::Diagnostic;
use crate::files::{FileError, Sources};
use crate::limits::Limit;

/// How many bytes are read at once.
const PIECE: usize = 1 << 20;

/// How many bytes of a line are looked at.
const LOOKED_AT: usize = 1_000;

/// Fields that mail programs write into a mailbox when somebody reads it.
const MARKS: [&[u8]; 4] = [b"status:", b"x-status:", b"x-mozilla-", b"x-keywords:"];

/// The mails of a mailbox: for each name where it begins, and its length in bytes.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    mails: BTreeMap<String, (u64, u64)>,
    /// How many more there are.
    left: usize,
}

impl Mailbox {
    /// Finds the mails.
    pub(super) fn read(sources: &dyn Sources, path: &str) -> Result<Self, FileError> {
        let mut reader = Reader::default();
        let mut at = 0;
        loop {
            let piece = sources.part(path, at, PIECE)?;
            reader.take(&piece);
            at += piece.len() as u64;
            if piece.len() < PIECE {
                return Ok(reader.finish(at));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mails.is_empty()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.mails.keys().map(String::as_str)
    }

    pub(super) fn place(&self, name: &str) -> Option<(u64, u64)> {
        self.mails.get(name).copied()
    }

    /// What is to be said of it.
    pub(super) fn fault(&self, path: &str) -> Option<Diagnostic> {
        (self.left > 0).then(|| {
            let (left, most) = (self.left, Limit::MailboxMails.now());
            let message =
                format!("the mailbox holds {left} mails more than the {most} that are read");
            let limit = Limit::MailboxMails.told();
            let help = format!("save it as several mailboxes, or raise {limit}");
            Diagnostic::warning(path, message).help(help)
        })
    }
}

/// Whether a file begins as a mailbox does.
pub(super) fn begins(head: &[u8]) -> bool {
    parts_mails(head.split(|b| *b == b'\n').next().unwrap_or_default())
}

/// Whether a name is one that is given here.
pub(super) fn is_name(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".eml") else { return false };
    let mut parts = stem.rsplitn(2, '-').map(str::to_owned).collect::<Vec<_>>();
    // A second mail with the same id has a number behind the hash.
    if parts.len() == 2 && parts[0].len() < 8 && parts[0].bytes().all(|b| b.is_ascii_digit()) {
        let rest = parts.pop().unwrap_or_default();
        parts = rest.rsplitn(2, '-').map(str::to_owned).collect();
    }
    let [hash, day] = parts.as_slice() else { return false };
    let is_day =
        day == "undated" || day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && is_day
}

/// A mail without the signs that keep its lines from looking like the beginning of another one.
pub(super) fn unquoted(bytes: Vec<u8>) -> Vec<u8> {
    let is_quoted = |line: &[u8]| {
        let signs = line.iter().take_while(|b| **b == b'>').count();
        signs > 0 && line[signs..].starts_with(b"From ")
    };
    let lines = || bytes.split_inclusive(|b| *b == b'\n');
    if !lines().any(is_quoted) {
        return bytes;
    }
    let plain = |line| if is_quoted(line) { &line[1..] } else { line };
    lines().map(plain).collect::<Vec<_>>().concat()
}

/// Whether a line begins a mail: `From `, somebody, and a time.
fn parts_mails(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
    let has_time =
        (1..rest.len()).any(|at| rest[at] == b':' && is_digit(at - 1) && is_digit(at + 1));
    let mut words = rest.split(|b| b.is_ascii_whitespace());
    let is_year = |word: &[u8]| {
        word.len() == 4 && word.iter().all(u8::is_ascii_digit) && matches!(word[0], b'1' | b'2')
    };
    has_time && words.any(is_year)
}

/// Whether a line is one of a mail's head.
fn is_field(line: &[u8]) -> bool {
    let name = line.split(|b| *b == b':').next().unwrap_or_default();
    name.len() < line.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic())
        || line.starts_with(b">From ")
}

/// What was seen of a mailbox so far.
#[derive(Default)]
struct Reader {
    mailbox: Mailbox,
    /// The beginning of the line that is being read.
    line: Vec<u8>,
    /// Where that line begins, and where reading is.
    start: u64,
    at: u64,
    /// Whether the line before holds a text.
    after_text: bool,
    /// Where the last blank line begins: the one before a mail belongs to neither.
    blank: Option<u64>,
    /// A line that begins a mail if a field follows it: where the mail before it ends, and where it ends.
    begun: Option<(u64, u64)>,
    mail: Option<Mail>,
}

/// A mail that is being read.
struct Mail {
    start: u64,
    in_head: bool,
    id: Vec<u8>,
    date: Vec<u8>,
    /// The field that the last line belongs to: 1 the id, 2 the date.
    field: u8,
    hash: blake3::Hasher,
}

impl Reader {
    fn take(&mut self, piece: &[u8]) {
        for part in piece.split_inclusive(|b| *b == b'\n') {
            let left = LOOKED_AT.saturating_sub(self.line.len());
            self.line.extend(&part[..part.len().min(left)]);
            self.at += part.len() as u64;
            if part.ends_with(b"\n") {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = line.trim_ascii_end();
        let (start, end) = (self.start, self.at);
        self.start = self.at;
        if let Some((from, to)) = self.begun.take()
            && is_field(text)
        {
            self.end_mail(from);
            self.mail = Some(Mail {
                start: to,
                in_head: true,
                id: Vec::new(),
                date: Vec::new(),
                field: 0,
                hash: blake3::Hasher::new(),
            });
        }
        if !self.after_text && parts_mails(text) {
            self.begun = Some((self.blank.unwrap_or(start), end));
        }
        self.after_text = !text.is_empty();
        if text.is_empty() {
            self.blank = Some(start);
        }
        if let Some(mail) = &mut self.mail {
            mail.line(text);
        }
        self.line = line;
        self.line.clear();
    }

    fn end_mail(&mut self, end: u64) {
        let Some(mail) = self.mail.take() else { return };
        if self.mailbox.mails.len() >= Limit::MailboxMails.count() {
            self.mailbox.left += 1;
            return;
        }
        let name = mail.name();
        let place = (mail.start, end.saturating_sub(mail.start));
        let numbered = (2..).map(|n| format!("{name}-{n}.eml"));
        let mut names = std::iter::once(format!("{name}.eml")).chain(numbered);
        let free = names.find(|name| !self.mailbox.mails.contains_key(name));
        self.mailbox.mails.extend(free.map(|name| (name, place)));
    }

    fn finish(mut self, end: u64) -> Mailbox {
        if !self.line.is_empty() {
            self.end_line();
        }
        self.end_mail(self.blank.filter(|_| !self.after_text).unwrap_or(end));
        self.mailbox
    }
}

impl Mail {
    fn line(&mut self, line: &[u8]) {
        let lower = line.get(..line.len().min(12)).unwrap_or_default().to_ascii_lowercase();
        if !(self.in_head && MARKS.iter().any(|mark| lower.starts_with(mark))) {
            self.hash.update(line);
            self.hash.update(b"\n");
        }
        if !self.in_head {
            return;
        }
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        let value = match &lower {
            _ if line.is_empty() => {
                self.in_head = false;
                return;
            }
            _ if goes_on => line,
            name if name.starts_with(b"message-id:") => {
                self.field = 1;
                &line[b"message-id:".len()..]
            }
            name if name.starts_with(b"date:") => {
                self.field = 2;
                &line[b"date:".len()..]
            }
            _ => {
                self.field = 0;
                return;
            }
        };
        match self.field {
            1 => self.id.extend(value.trim_ascii()),
            2 => self.date.extend(value),
            _ => {}
        }
    }

    fn name(&self) -> String {
        let hash = match self.id.as_slice() {
            [] => self.hash.finalize(),
            id => blake3::hash(id),
        };
        let date = DateTime::parse_rfc822(&String::from_utf8_lossy(&self.date));
        let day = date.filter(|date| date.year >= 1900 && date.year < 10_000);
        let day = day.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
        format!("{}-{}", day.as_deref().unwrap_or("undated"), &hash.to_hex()[..8])
    }
}
