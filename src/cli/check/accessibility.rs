//! What readers who do not see a page miss in what people wrote: images without a text, headings that
//! jump over a level.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::content::Entry;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::disk::Disk;
use crate::files::Sources;
use crate::parallel;

/// Reports images and headings of all content files.
pub(super) fn check(disk: &Disk, entries: &[Entry], report: &Report) {
    parallel::for_each(entries, |entry| {
        let Ok(bytes) = disk.read(&entry.path) else { return };
        let text = String::from_utf8_lossy(&bytes);
        let body = text.get(entry.body.clone()).unwrap_or_default();
        for (at, fault) in faults(body) {
            let start = entry.body.start + at;
            let line = text[start..].find('\n').map_or(text.len(), |end| start + end);
            report.push(fault.warning(&entry.path).at(Position::of(&text, start..line)));
        }
    });
}

#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// An image that nothing says of what it shows.
    Silent(String),
    /// A heading more than one level below the one before.
    Jump { from: usize, to: usize },
}

impl Fault {
    fn warning(&self, path: &str) -> Diagnostic {
        match self {
            Self::Silent(image) => {
                Diagnostic::warning(path, format!("the image `{image}` has no description"))
                    .expected("a description for readers who cannot see it")
                    .help(format!("write `![What it shows]({image})`"))
            }
            Self::Jump { from, to } => Diagnostic::warning(
                path,
                format!("a heading of level {to} follows one of level {from}"),
            )
            .expected("headings that go down one level at a time")
            .help(format!("write it with {} `#`, or add a heading of the level between", from + 1)),
        }
    }
}

/// The faults of a Markdown text, with the byte where each is.
fn faults(body: &str) -> Vec<(usize, Fault)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let (mut faults, mut level) = (Vec::new(), None);
    // The open image: where it is, what it shows, whether there was a word in it.
    let mut image: Option<(usize, String, bool)> = None;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: next, .. }) => {
                let to = depth(next);
                if let Some(from) = level.filter(|from| to > from + 1) {
                    faults.push((range.start, Fault::Jump { from, to }));
                }
                level = Some(to);
            }
            Event::Start(Tag::Image { dest_url, .. }) if image.is_none() => {
                image = Some((range.start, dest_url.to_string(), false));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, words)) = &mut image {
                    *words |= !text.trim().is_empty();
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((at, shown, false)) = image.take() {
                    faults.push((at, Fault::Silent(shown)));
                }
            }
            _ => {}
        }
    }
    faults
}

/// Headings of the first two levels are both below the page's title, and shown alike.
fn depth(level: HeadingLevel) -> usize {
    (level as usize).max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_need_words_and_headings_their_order() {
        let body = "# A\n\n### B\n\n##### C\n\n## D\n\n![](a.png) ![ ](b.png) ![`c`](c.png)\n\n    #### code\n";
        assert_eq!(
            faults(body),
            [
                (12, Fault::Jump { from: 3, to: 5 }),
                (27, Fault::Silent("a.png".to_owned())),
                (38, Fault::Silent("b.png".to_owned())),
            ]
        );
    }
}
