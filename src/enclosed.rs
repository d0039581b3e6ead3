//! What e-mails and mailboxes in `seeds/` hold, as files below them: `inbox.mbox/2013-11-12-3fa8c1d2.eml`,
//! `letter.eml/report.pdf`. A mailbox is a folder of its mails, a mail a file and a folder of its attachments.
//!
//! [`Opened`] is a [`Sources`] over another one; whoever reads seeds reads through it and need not know where they
//! lie. Nothing is unpacked to the disk. Depth, number and size are bounded; what is beyond a bound is reported.

mod mail;
mod mailbox;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::diagnostic::{Diagnostic, Report};
use crate::files::{Cache, FileError, Sources};
use crate::limits::Limit;
use crate::parallel;
use mail::Enclosure;
use mailbox::Mailbox;

/// Folder of the pictures that a mail shows in its text.
const INLINE: &str = "inline";

/// The files of an archive, with those that its mails and mailboxes hold.
pub struct Opened<'s> {
    sources: &'s dyn Sources,
    boxes: Mutex<BTreeMap<String, Arc<Mailbox>>>,
    /// The files that were listed last, and the same with what they hold.
    listed: Mutex<Option<Listed>>,
    /// What the mail holds that was opened last: its files are asked for one after another.
    last: Mutex<Option<(String, Arc<Vec<Enclosure>>)>>,
}

/// Some paths, and the same with those of what the files hold.
type Listed = (Vec<String>, Vec<String>);

impl<'s> Opened<'s> {
    /// A view of some files; nothing is read yet.
    pub fn new(sources: &'s dyn Sources) -> Self {
        Self { sources, boxes: Mutex::default(), listed: Mutex::default(), last: Mutex::default() }
    }

    /// A file of the archive with what it holds.
    fn with_held(&self, path: String, report: &Report) -> Vec<String> {
        match Holder::of(&path) {
            Some(Holder::Mail) => {
                let bytes = self.sources.read(&path).unwrap_or_default();
                let mut paths = vec![path.clone()];
                Listing { paths: &mut paths, report }.mail(&path, &bytes, 1);
                paths
            }
            Some(Holder::Mailbox) if self.is_mailbox(&path) => self.mails(path, report),
            _ => vec![path],
        }
    }

    fn is_mailbox(&self, path: &str) -> bool {
        let head = self.sources.beginning(path, 200);
        head.is_ok_and(|head| mailbox::begins(&head))
    }

    /// The mails of a mailbox with what they hold; the mailbox itself if there are none.
    fn mails(&self, path: String, report: &Report) -> Vec<String> {
        let mailbox = match self.mailbox(&path) {
            Ok(mailbox) if !mailbox.is_empty() => mailbox,
            _ => return vec![path],
        };
        if let Some(fault) = mailbox.fault(&path) {
            report.push(fault);
        }
        let with_held = |name: &str| {
            let mail = format!("{path}/{name}");
            let mut paths = vec![mail.clone()];
            match self.mail_of(&path, &mailbox, name) {
                Ok(bytes) => Listing { paths: &mut paths, report }.mail(&mail, &bytes, 1),
                Err(error) => {
                    paths.clear();
                    report.push(too_large(&mail, &error));
                }
            }
            paths
        };
        parallel::map_taken(mailbox.names().collect(), with_held).into_iter().flatten().collect()
    }

    /// A mailbox; its list of mails is made once.
    fn mailbox(&self, path: &str) -> Result<Arc<Mailbox>, FileError> {
        let known = || self.boxes.lock();
        if let Some(mailbox) = known().get(path) {
            return Ok(Arc::clone(mailbox));
        }
        let mailbox = Arc::new(Mailbox::read(self.sources, path)?);
        known().insert(path.to_owned(), Arc::clone(&mailbox));
        Ok(mailbox)
    }

    fn mail_of(&self, path: &str, mailbox: &Mailbox, name: &str) -> Result<Vec<u8>, FileError> {
        let (start, length) =
            mailbox.place(name).ok_or_else(|| missing(&format!("{path}/{name}")))?;
        let most = Limit::MailMegabytes.bytes();
        if length > most {
            let limit = Limit::MailMegabytes.told();
            let source = Error::new(
                ErrorKind::FileTooLarge,
                format!("it has {length} bytes, and at most {most} are read: see {limit}"),
            );
            return Err(FileError { action: "read", path: format!("{path}/{name}"), source });
        }
        let bytes = self.sources.part(path, start, usize::try_from(length).unwrap_or(0))?;
        Ok(mailbox::unquoted(bytes))
    }

    /// The bytes of a file that another one holds; none if no file on the way is a mail or a mailbox.
    fn held(&self, path: &str) -> Option<Result<Vec<u8>, FileError>> {
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1);
        for end in ends {
            let (holder, inside) = (&path[..end], &path[end + 1..]);
            match Holder::of(holder) {
                Some(Holder::Mail) => {
                    if let Ok(bytes) = self.sources.read(holder) {
                        return Some(self.of_mail(holder, &bytes, inside, path));
                    }
                }
                Some(Holder::Mailbox) if self.is_mailbox(holder) => {
                    return Some(self.of_mailbox(holder, inside, path));
                }
                _ => {}
            }
        }
        None
    }

    fn of_mailbox(&self, holder: &str, inside: &str, path: &str) -> Result<Vec<u8>, FileError> {
        let mailbox = self.mailbox(holder)?;
        let (name, rest) = inside.split_once('/').unwrap_or((inside, ""));
        let bytes = self.mail_of(holder, &mailbox, name)?;
        match rest {
            "" => Ok(bytes),
            rest => self.of_mail(&format!("{holder}/{name}"), &bytes, rest, path),
        }
    }

    /// A file of a mail, or of a mail in it.
    fn of_mail(
        &self,
        mail: &str,
        bytes: &[u8],
        inside: &str,
        path: &str,
    ) -> Result<Vec<u8>, FileError> {
        let known = self.last.lock().clone();
        let all = match known.filter(|(last, _)| last == mail) {
            Some((_, all)) => all,
            None => {
                let all = Arc::new(mail::enclosures(bytes, Limit::MailFiles.count()).0);
                let kept = Some((mail.to_owned(), Arc::clone(&all)));
                *self.last.lock() = kept;
                all
            }
        };
        let found = all.iter().find_map(|one| {
            let rest = inside.strip_prefix(one.name.as_str())?;
            (rest.is_empty() || rest.starts_with('/'))
                .then_some((one, rest.trim_start_matches('/')))
        });
        match found {
            Some((one, "")) => Ok(one.bytes.clone()),
            Some((one, rest)) if path.matches('/').count() < 64 => {
                self.of_mail(&format!("{mail}/{}", one.name), &one.bytes, rest, path)
            }
            _ => Err(missing(path)),
        }
    }
}

impl Sources for Opened<'_> {
    /// Of what lies in a mail or a mailbox, that of all that is in it.
    fn hash(&self, path: &str) -> Option<blake3::Hash> {
        let above = path.rmatch_indices('/').map(|(end, _)| &path[..end]);
        std::iter::once(path).chain(above).find_map(|path| self.sources.hash(path))
    }

    fn cache(&self) -> Option<&dyn Cache> {
        self.sources.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        let paths = self.sources.list(folder, report);
        if folder != "seeds" || !paths.iter().any(|path| Holder::of(path).is_some()) {
            return paths;
        }
        let known = || self.listed.lock();
        if let Some((_, all)) = known().as_ref().filter(|(known, _)| *known == paths) {
            return all.clone();
        }
        let with_held = |path: &String| self.with_held(path.clone(), report);
        let mut all: Vec<String> = parallel::map(&paths, with_held).into_iter().flatten().collect();
        all.sort_unstable();
        *known() = Some((paths, all.clone()));
        all
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self.sources.read(path) {
            Err(error) if path.starts_with("seeds/") => self.held(path).unwrap_or(Err(error)),
            read => read,
        }
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        match self.sources.beginning(path, length) {
            Err(error) if path.starts_with("seeds/") => {
                let mut bytes = self.held(path).unwrap_or(Err(error))?;
                bytes.truncate(length);
                Ok(bytes)
            }
            read => read,
        }
    }

    fn look_into(&self, path: &str) -> Result<Cow<'_, [u8]>, FileError> {
        match self.sources.look_into(path) {
            Err(error) if path.starts_with("seeds/") => {
                self.held(path).unwrap_or(Err(error)).map(Cow::Owned)
            }
            read => read,
        }
    }
}

/// Which kind of container a file may be, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Mail,
    Mailbox,
}

impl Holder {
    fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.') {
            Some((_, ending)) if ending.eq_ignore_ascii_case("eml") => Some(Self::Mail),
            Some((_, ending)) if is_mailbox_ending(ending) => Some(Self::Mailbox),
            // Mail programs call a mailbox by the name of its folder alone: `Inbox`, `Sent`.
            None => Some(Self::Mailbox),
            _ => None,
        }
    }
}

fn is_mailbox_ending(ending: &str) -> bool {
    ["mbox", "mbx"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The paths of what a mail holds.
struct Listing<'a> {
    paths: &'a mut Vec<String>,
    report: &'a Report,
}

impl Listing<'_> {
    fn mail(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let most = Limit::MailFiles.count();
        let (all, left) = mail::enclosures(bytes, most);
        if left > 0 {
            let message =
                format!("the e-mail holds {left} files more than the {most} that are read");
            let help = format!("save the others beside it, or raise {}", Limit::MailFiles.told());
            self.report.push(Diagnostic::warning(path, message).help(help));
        }
        for Enclosure { name, bytes } in all {
            let inside = format!("{path}/{name}");
            self.paths.push(inside.clone());
            match Holder::of(&name) == Some(Holder::Mail) {
                true if depth < Limit::MailDepth.count() => self.mail(&inside, &bytes, depth + 1),
                true => self.too_deep(&inside, &bytes),
                false => {}
            }
        }
    }

    /// Tells of a mail whose files are not read.
    fn too_deep(&self, path: &str, bytes: &[u8]) {
        let (all, left) = mail::enclosures(bytes, 1);
        if all.is_empty() && left == 0 {
            return;
        }
        let most = Limit::MailDepth.now();
        let warning = Diagnostic::warning(path, "what this e-mail holds is not read");
        self.report.push(
            warning.expected(format!("at most {most} e-mails inside each other")).help(format!(
                "save it as a file of its own, or raise {}",
                Limit::MailDepth.told()
            )),
        );
    }
}

fn missing(path: &str) -> FileError {
    FileError { action: "read", path: path.to_owned(), source: ErrorKind::NotFound.into() }
}

fn too_large(path: &str, error: &FileError) -> Diagnostic {
    Diagnostic::warning(
        path,
        format!("the e-mail cannot be read and is set aside: {}", error.source),
    )
    .help("save the mail without its attachments")
}

/// The path of the innermost e-mail that holds a seed; none if the seed is a file of its own, or a mail of a mailbox.
pub fn mail_of(path: &str) -> Option<&str> {
    mails_around(path).last()
}

/// The path of the file that a seed lies in as far as folders are concerned: that of the outermost mail around it.
pub fn outermost(path: &str) -> &str {
    mails_around(path).next().unwrap_or(path)
}

/// Whether a seed is a picture that a mail shows in its text.
pub fn is_inline(path: &str) -> bool {
    let Some(mail) = mail_of(path) else { return false };
    path[mail.len() + 1..].split_once('/').is_some_and(|(folder, _)| folder == INLINE)
}

/// Whether the name of a seed is one that this module gave to a mail: it tells no more than the mail itself.
pub fn is_numbered(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(_, name)| mailbox::is_name(name))
}

/// The name of a mailbox without its ending, if a folder's name ends as those of mailboxes do.
pub fn mailbox_name(folder: &str) -> Option<&str> {
    folder.rsplit_once('.').filter(|(_, ending)| is_mailbox_ending(ending)).map(|(name, _)| name)
}

/// The paths of the e-mails that hold a seed, the outermost first.
pub fn mails_around(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.match_indices('/').map(|(at, _)| &path[..at]);
    ends.filter(|above| Holder::of(above) == Some(Holder::Mail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{MemoryFiles, Sink};

    const MAIL: &str = "From: a@example.org\nDate: Tue, 12 Nov 2013 10:15:00 +0100\nMIME-Version: 1.0\n\
        Message-ID: <1@example.org>\nContent-Type: multipart/mixed; boundary=x\n\n\
        --x\nContent-Type: text/plain\n\nDear Sir,\n--x\n\
        Content-Type: text/plain; charset=iso-8859-1; name=\"../notes.txt\"\n\
        Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nY2Fm6Q==\n--x\n\
        Content-Type: message/rfc822\n\n\
        From: b@example.org\nSubject: Inner\nContent-Type: multipart/mixed; boundary=y\n\n\
        --y\nContent-Type: text/plain\n\nInner text.\n--y\n\
        Content-Type: text/csv; name=list.csv\nContent-Disposition: attachment\n\na,b\n1,2\n--y--\n\
        --x--\n";

    fn list(files: &MemoryFiles) -> Vec<String> {
        Opened::new(files).list("seeds", &Report::new())
    }

    #[test]
    fn a_mail_is_a_folder_of_its_attachments() {
        let files = MemoryFiles::new();
        files.put("seeds/a/letter.eml", MAIL.as_bytes()).unwrap();
        files.put("seeds/b.txt", b"text").unwrap();
        let paths = list(&files);
        assert_eq!(
            paths,
            [
                "seeds/a/letter.eml",
                "seeds/a/letter.eml/Inner.eml",
                "seeds/a/letter.eml/Inner.eml/list.csv",
                "seeds/a/letter.eml/_notes.txt",
                "seeds/b.txt",
            ]
        );
        let opened = Opened::new(&files);
        assert_eq!(opened.read("seeds/a/letter.eml/_notes.txt").unwrap(), b"caf\xE9");
        let table = opened.read("seeds/a/letter.eml/Inner.eml/list.csv").unwrap();
        assert_eq!(String::from_utf8_lossy(&table).trim(), "a,b\n1,2");
        let inner = opened.read("seeds/a/letter.eml/Inner.eml").unwrap();
        assert!(inner.starts_with(b"From: b@example.org"), "{}", String::from_utf8_lossy(&inner));
        assert!(opened.read("seeds/a/letter.eml/none.pdf").is_err());
        assert!(opened.read("seeds/b.txt/none.pdf").is_err());
    }

    #[test]
    fn a_mailbox_is_a_folder_of_its_mails() {
        let second = MAIL
            .replace("<1@", "<2@")
            .replace("Dear Sir,", "Dear Sir,\n\n>From here on\n\nFrom my window I see");
        let mailbox = format!(
            "From a@example.org Tue Nov 12 10:15:00 2013\n{MAIL}\nFrom - Tue Nov 12 10:16:00 2013\n{second}\n"
        );
        let files = MemoryFiles::new();
        for name in ["Inbox", "in.mbox"] {
            files.put(&format!("seeds/{name}"), mailbox.as_bytes()).unwrap();
        }
        let paths = list(&files);
        let mails: Vec<&String> = paths
            .iter()
            .filter(|path| path.starts_with("seeds/Inbox/") && path.matches('/').count() == 2)
            .collect();
        assert_eq!(mails.len(), 2, "{paths:?}");
        assert_eq!(paths.len(), 16, "{paths:?}");
        assert!(
            mails.iter().all(|path| is_numbered(path) && path.contains("/2013-11-12-")),
            "{paths:?}"
        );
        let opened = Opened::new(&files);
        let texts: Vec<String> = mails
            .iter()
            .map(|path| String::from_utf8(opened.read(path).unwrap()).unwrap())
            .collect();
        assert!(texts.iter().any(|text| text == MAIL), "{texts:?}");
        assert!(
            texts.iter().any(|text| text.contains("\nFrom here on\n\nFrom my window")),
            "{texts:?}"
        );
        let alone = format!("From a@example.org Tue Nov 12 10:15:00 2013\n{second}");
        files.put("seeds/Inbox", alone.as_bytes()).unwrap();
        let left = list(&files);
        let left: Vec<&String> =
            left.iter().filter(|path| path.starts_with("seeds/Inbox/")).collect();
        assert!(left.iter().all(|path| paths.contains(path)), "a mail keeps its name: {left:?}");
    }

    #[test]
    fn where_a_seed_lies_is_told_by_its_path() {
        assert_eq!(mail_of("a/letter.eml/in.EML/x.pdf"), Some("a/letter.eml/in.EML"));
        assert_eq!(outermost("a/letter.eml/in.eml/x.pdf"), "a/letter.eml");
        assert_eq!((mail_of("a/letter.eml"), outermost("a/b.txt")), (None, "a/b.txt"));
        assert!(is_inline("letter.eml/inline/photo.jpg") && !is_inline("letter.eml/photo.jpg"));
        assert!(is_numbered("in.mbox/2013-11-12-3fa8c1d2.eml") && !is_numbered("a/2013-11-12.eml"));
    }
}
