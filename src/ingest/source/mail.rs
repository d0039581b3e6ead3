//! An e-mail → its head as labelled lines, which the rules for memos read, and its text: the plain part if
//! there is one, else the web page in it. Attachments are named; other parts of the head are left out.
//!
//! The library undoes transfer encodings, character sets and multiparts; where each line was in the
//! seed is found again here.

use mail_parser::{
    Address, Encoding, Header, HeaderValue, Message, MessageParser, MimeHeaders, PartType,
};

use super::super::decode::{self, Known, Refusal};
use super::super::furniture::Dropped;
use super::{Format, Lines, Mail, Source, page};

const HEAD: &str = "head of an e-mail";

/// Fields of the head that are shown, with the label before each.
const SHOWN: [(&str, &str); 5] =
    [("from", "From"), ("to", "To"), ("cc", "Cc"), ("date", "Date"), ("subject", "Subject")];

/// Reads an e-mail; a text without a head is read as plain text.
pub(super) fn read(bytes: &[u8], known: Known<'_>) -> Result<Source, Refusal> {
    // A library for files of strangers may give up on one.
    let parsed = std::panic::catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten();
    let is_mail = |m: &Message<'_>| {
        let says = m.from().is_some() || m.date().is_some() || m.subject().is_some();
        says || m.parts.len() > 1 || is_raw(bytes)
    };
    let Some(message) = parsed.filter(is_mail) else {
        return decode::decode(bytes, known).map(Source::from);
    };
    let seed = Seed::new(bytes);
    let mut source = Source { format: Format::Mail, ..Source::default() };
    let mut lines = Lines::default();
    head(&message, &seed, &mut lines, &mut source.dropped);
    source.head = lines.places.len();
    lines.push("", lines.places.last().copied().unwrap_or((1, 1)));
    body(&message, &seed, &mut lines, &mut source.dropped);
    attachments(&message, &seed, &mut lines);
    source.told.mail = Some(thread(&message));
    source.text = lines.text;
    source.places = Some(lines.places);
    Ok(source)
}

/// Whether a text begins with the head of an e-mail as it was carried: with labels in every line, one of
/// them a route or an id that nobody types.
pub(super) fn is_raw(bytes: &[u8]) -> bool {
    const CARRIED: [&str; 5] =
        ["received", "return-path", "message-id", "delivered-to", "mime-version"];
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    let label = |line: &[u8]| {
        let name = line.split(|b| *b == b':').next().filter(|name| name.len() < line.len())?;
        let is_name = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        (is_name && !name.is_empty()).then(|| name.to_ascii_lowercase())
    };
    let lines = bytes[start..].split(|b| *b == b'\n').take(LONGEST_HEAD);
    let head = lines.take_while(|line| !line.trim_ascii().is_empty());
    let mut carried = false;
    for line in head.filter(|line| !line.starts_with(b" ") && !line.starts_with(b"\t")) {
        let Some(name) = label(line) else { return false };
        carried |= CARRIED.iter().any(|known| known.as_bytes() == name);
    }
    carried
}

/// Lines of a head that are looked at.
const LONGEST_HEAD: usize = 500;

/// Its own id, and those of the mails before it: the answered one, then the thread from its end.
fn thread(message: &Message<'_>) -> Mail {
    fn ids(value: &HeaderValue<'_>) -> Vec<String> {
        match value {
            HeaderValue::Text(id) => vec![id.to_string()],
            HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }
    let mut answers = ids(message.in_reply_to());
    answers.extend(ids(message.references()).into_iter().rev());
    let id = message.message_id().map(str::to_owned);
    answers.retain(|answered| Some(answered) != id.as_ref());
    Mail { id, answers }
}

/// Where the lines of the seed begin, in bytes.
struct Seed<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
}

impl<'a> Seed<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1);
        Self { bytes, starts: std::iter::once(0).chain(ends).collect() }
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// First and last line of some bytes.
    fn lines_of(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.line_of(start);
        (first, self.line_of(end.saturating_sub(1).max(start)).max(first))
    }
}

fn head(message: &Message<'_>, seed: &Seed<'_>, lines: &mut Lines, dropped: &mut Vec<Dropped>) {
    let headers = message.parts.first().map_or(&[][..], |part| &part.headers);
    for header in headers {
        let start = usize::try_from(header.offset_field).unwrap_or(0);
        let end = usize::try_from(header.offset_end).unwrap_or(start);
        let place = seed.lines_of(start, end);
        let raw = seed.bytes.get(start..end).unwrap_or_default();
        let text = String::from_utf8_lossy(raw);
        for (number, line) in (place.0..).zip(text.lines().filter(|l| !l.trim().is_empty())) {
            let text: String = line.trim().chars().filter(|c| !c.is_control()).collect();
            dropped.push(Dropped { line: number, rule: HEAD, text });
        }
    }
    for (name, label) in SHOWN {
        let Some(header) = headers.iter().find(|h| h.name.as_str().eq_ignore_ascii_case(name))
        else {
            continue;
        };
        let start = usize::try_from(header.offset_field).unwrap_or(0);
        let end = usize::try_from(header.offset_end).unwrap_or(start);
        if let Some(value) = value(header).map(|v| flat(&v)).filter(|v| !v.is_empty()) {
            lines.push(&format!("{label}: {value}"), seed.lines_of(start, end));
        }
    }
}

/// White space and control characters as single spaces.
fn flat(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(clean).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn value(header: &Header<'_>) -> Option<String> {
    match &header.value {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::TextList(list) => Some(list.join(" ")),
        HeaderValue::Address(address) => Some(addresses(address)),
        HeaderValue::DateTime(date) => {
            Some(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
        }
        _ => None,
    }
}

/// Names, and addresses of those who give no name, between semicolons.
fn addresses(address: &Address<'_>) -> String {
    let shown = address.iter().filter_map(|one| {
        let mail = one.address.as_deref().unwrap_or_default();
        match one.name.as_deref().map(in_order).filter(|n| !n.is_empty() && n != mail) {
            Some(name) => Some(format!("{name} <{mail}>")),
            None => Some(format!("<{mail}>")).filter(|_| !mail.is_empty()),
        }
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// `Doe, Jane` as `Jane Doe`, without the quotes in which mail programs put names.
fn in_order(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    match name.split_once(", ") {
        Some((family, given))
            if !given.contains([',', ' ']) && !family.contains(' ') && !family.is_empty() =>
        {
            format!("{given} {family}")
        }
        _ => name.replace(';', ","),
    }
}

/// The text: the first plain part, else the first web page, in either case as the sender wrote it.
fn body(message: &Message<'_>, seed: &Seed<'_>, lines: &mut Lines, dropped: &mut Vec<Dropped>) {
    let is_file = |id: &u32| message.attachments.contains(id);
    for id in message.text_body.iter().filter(|id| !is_file(id)) {
        let Some(part) = usize::try_from(*id).ok().and_then(|i| message.parts.get(i)) else {
            continue;
        };
        let start = usize::try_from(part.offset_body).unwrap_or(0);
        let end = usize::try_from(part.offset_end).unwrap_or(start).max(start);
        let (first, last) = seed.lines_of(start, end);
        match &part.body {
            PartType::Text(text) => {
                let text = decode::clean(text);
                let raw = seed.bytes.get(start..end).unwrap_or_default();
                let places = Places::of(raw, part.encoding, (first, last));
                for (number, line) in (1..).zip(text.split('\n')) {
                    lines.push(line, places.of_line(number));
                }
            }
            PartType::Html(text) => {
                let found = page::read(&decode::clean(text));
                let raw = seed.bytes.get(start..end).unwrap_or_default();
                let places = Places::of(raw, part.encoding, (first, last));
                for (i, line) in found.text.split('\n').enumerate() {
                    let (from, to) = found.place(i + 1);
                    lines.push(line, (places.of_line(from).0, places.of_line(to).1));
                }
                dropped.extend(
                    found
                        .dropped
                        .into_iter()
                        .map(|d| Dropped { line: places.of_line(d.line).0, ..d }),
                );
            }
            _ => {}
        }
    }
}

/// Where the lines of a decoded part are in the seed.
struct Places {
    /// The first and the last line of the seed, for each line of the part.
    of_lines: Vec<(usize, usize)>,
    /// The same for lines that are not in the list.
    of_rest: (usize, usize),
}

impl Places {
    /// `first` and `last` are the lines of the whole part. A quoted-printable line may be broken over several; in base64
    /// nothing shows where a line is.
    fn of(raw: &[u8], encoding: Encoding, (first, last): (usize, usize)) -> Self {
        let lines = raw.split(|b| *b == b'\n').zip(first..);
        let of_lines = match encoding {
            Encoding::Base64 => return Self { of_lines: Vec::new(), of_rest: (first, last) },
            Encoding::QuotedPrintable => {
                let mut places = Vec::new();
                let mut open = None;
                for (line, number) in lines {
                    let start = open.unwrap_or(number);
                    let soft = line.trim_ascii_end().ends_with(b"=");
                    open = soft.then_some(start);
                    if !soft {
                        places.push((start, number));
                    }
                }
                places
            }
            Encoding::None => lines.map(|(_, number)| (number, number)).collect(),
        };
        Self { of_lines, of_rest: (last, last) }
    }

    /// The place of a line, counted from 1.
    fn of_line(&self, line: usize) -> (usize, usize) {
        let known = line.checked_sub(1).and_then(|place| self.of_lines.get(place));
        known.copied().unwrap_or(self.of_rest)
    }
}

/// Names of what came with the mail.
fn attachments(message: &Message<'_>, seed: &Seed<'_>, lines: &mut Lines) {
    let named = message.attachments.iter().filter_map(|id| {
        let part = message.parts.get(usize::try_from(*id).ok()?)?;
        let name = flat(part.attachment_name().unwrap_or_default());
        let start = usize::try_from(part.offset_header).unwrap_or(0);
        let end = usize::try_from(part.offset_body).unwrap_or(start);
        (!name.is_empty()).then(|| (name, seed.lines_of(start, end)))
    });
    let named: Vec<_> = named.collect();
    let Some((_, place)) = named.first() else { return };
    lines.push("", *place);
    let label = if named.len() == 1 { "Attachment" } else { "Attachments" };
    lines.push(&format!("{label}:"), *place);
    for (name, place) in &named {
        lines.push(&format!("- {name}"), *place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: from x by y\r\nFrom: \"Doe, Jane\" <jane@example.org>\r\n\
        To: =?utf-8?q?Andr=C3=A9_Roy?= <roy@example.org>, Records Office <ro@example.org>\r\n\
        Date: Tue, 12 Nov 2013 10:15:00 +0100\r\nSubject: The\r\n inventory\r\n\
        Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Dear Mr Roy,\r\n\r\nthe inventory of the caf=E9 is=\r\n here.\r\n\r\nJane Doe\r\n";

    #[test]
    fn a_mail_is_known_by_its_route() {
        assert!(is_raw(MAIL.as_bytes()));
        assert!(is_raw(b"Message-ID: <1@x>\nSubject: A\n b\n\nText"));
        assert!(!is_raw(b"From: A\nTo: B\nSubject: C\n\nText"), "somebody typed it");
        assert!(!is_raw(b"The route:\nReceived: 3 May\n\nText"));
        assert!(!is_raw(b""));
    }

    #[test]
    fn head_and_text_are_read_with_their_lines() {
        let source = read(MAIL.as_bytes(), Known::default()).unwrap();
        let lines: Vec<&str> = source.text.split('\n').collect();
        assert_eq!(lines[0], "From: Jane Doe <jane@example.org>");
        assert_eq!(lines[1], "To: André Roy <roy@example.org>; Records Office <ro@example.org>");
        assert_eq!(lines[2], "Date: 2013-11-12");
        assert_eq!(lines[3], "Subject: The inventory");
        assert_eq!((lines[5], source.place(6)), ("Dear Mr Roy,", (10, 10)));
        assert_eq!((lines[7], source.place(8)), ("the inventory of the café is here.", (12, 13)));
        assert_eq!(source.head, 4);
        assert!(source.dropped.iter().any(|d| d.text.starts_with("Received") && d.line == 1));
    }

    #[test]
    fn a_page_stands_in_for_a_missing_plain_part() {
        let mail = "From: a@b.c\nDate: Tue, 12 Nov 2013 10:15:00 +0100\nMIME-Version: 1.0\n\
            Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Dear <b>Sir</b>,</p>\n--x\n\
            Content-Type: application/pdf; name=\"letter.pdf\"\nContent-Disposition: attachment; filename=\"letter.pdf\"\n\nJVBERi0=\n--x--\n";
        let source = read(mail.as_bytes(), Known::default()).unwrap();
        assert!(source.text.contains("Dear **Sir**,"), "{}", source.text);
        assert!(source.text.ends_with("Attachment:\n- letter.pdf"), "{}", source.text);
    }
}
