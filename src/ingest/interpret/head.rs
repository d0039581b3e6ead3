//! The head of a document: title, date, subject, symbols, letterhead and address, labels of memos.

use std::ops::Range;

use super::super::dates::{self, DateLine};
use super::super::layout::Layout;
use super::super::lexicon;
use super::super::marks::{self, Head as Label};
use super::super::names::{self, Named};
use super::super::parties::{self, Mention, Writing};
use super::super::text::{self, Line};
use super::{Read, date_of};
use crate::config::DateOrder;

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: Option<String>,
    pub title_lines: Range<usize>,
    pub date: Option<(DateLine, usize)>,
    pub subject: Option<(String, usize)>,
    pub kind: Option<&'static str>,
    pub is_memo: bool,
    pub has_recipient: bool,
    pub to: Vec<Mention>,
    pub from: Vec<Mention>,
    pub copied: Vec<Mention>,
    /// Sender and addressee of a note verbale.
    pub compliments: Option<(Mention, Mention)>,
    /// Body, office or person whose letterhead it is.
    pub letterhead: Option<Mention>,
    pub reads: Vec<Read>,
}

impl Head {
    /// Line of the title in the seed; 0 without one.
    pub(super) fn title_line(&self, lines: &[Line<'_>]) -> usize {
        lines.get(self.title_lines.start).map_or(0, |l| l.number)
    }

    fn note(&mut self, field: &'static str, line: usize) {
        self.reads.push(Read { line, field });
    }
}

/// Reads the head, and a subject line that follows the salutation.
pub(super) fn read(
    lines: &[Line<'_>],
    layout: &Layout,
    writing: Writing<'_>,
    order: Option<DateOrder>,
) -> Head {
    let mut head = Head::default();
    let mut taken = vec![false; layout.head.end];
    labels(&mut head, lines, layout, &mut taken, writing, order);
    for i in layout.head.clone().filter(|&i| !lines[i].is_blank()) {
        let line = lines[i];
        if taken[i] {
            continue;
        }
        if let Some(dated) = date_of(&line, order) {
            taken[i] = true;
            if head.date.is_none() {
                head.date = Some((dated, line.number));
            }
        } else if dates::is_stamp(line.text) && text::word_count(line.text) <= 8
            || marks::is_delivery(line.text)
            || marks::is_press_contact(line.text)
            || marks::is_reference(line.text)
            || marks::is_enclosure(line.text)
        {
            taken[i] = true;
        }
    }
    subject_above(&mut head, lines, layout, &mut taken);
    head.compliments = compliments(lines, layout, writing);
    place_above_date(&mut head, lines, layout, &mut taken, order);
    title(&mut head, lines, layout, &mut taken, writing);
    blocks(&mut head, lines, layout, &taken, writing);
    subject_below(&mut head, lines, layout);
    head.has_recipient = !head.to.is_empty();
    head
}

/// Diplomatic notes name both sides in their first sentence: `… presents its compliments to …`.
fn compliments(
    lines: &[Line<'_>],
    layout: &Layout,
    writing: Writing<'_>,
) -> Option<(Mention, Mention)> {
    use std::sync::LazyLock;
    static SENTENCE: LazyLock<regex::Regex> = LazyLock::new(|| {
        super::super::lexicon::regex(
            r"^(?:The |L'|L’|La |Le |El )?(?P<from>\p{Lu}.{4,160}?) (?:presents? (?:its|their|his|her) compliments to|présente ses compliments (?:à|au|aux)|saluda (?:muy )?atentamente (?:a|al)|beehrt sich,?) (?:the |la |le |l'|l’|el |los )?(?P<to>\p{Lu}.{4,200}?)(?:,? and (?:has|have|wishes|would|refers?|with)|,? et a l|,? y tiene|[.,;])",
        )
    });
    let line = lines[layout.body.clone()].iter().find(|l| !l.is_blank())?;
    // Few letters are such notes, and the pattern is a large one.
    if !["compliments", "saluda", "beehrt"].iter().any(|word| line.text.contains(word)) {
        return None;
    }
    let found = SENTENCE.captures(line.text)?;
    let body = |name: &str| Mention {
        organization: Some(writing.organization(name)),
        written: Some(name.to_owned()),
        line: line.number,
        ..Mention::default()
    };
    Some((body(&found["from"]), body(&found["to"])))
}

/// A name by itself in the line above the date is the place where the letter was written.
fn place_above_date(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    order: Option<DateOrder>,
) {
    let Some((date, number)) = &mut head.date else { return };
    let Some(at) = layout.head.clone().find(|&i| lines[i].number == *number).filter(|&i| i > 0)
    else {
        return;
    };
    let above = lines[at - 1];
    let alone = at == 1 || lines[at - 2].is_blank();
    let named = matches!(names::judge(above.text), Named::Unknown | Named::Person | Named::Country);
    let fits =
        alone && named && !taken[at - 1] && text::word_count(above.text) <= 3 && !above.is_blank();
    if fits
        && date.place.is_none()
        && date_of(&above, order).is_none()
        && !text::is_caps(above.text)
    {
        date.place = Some(above.text.trim_end_matches([',', '.']).to_owned());
        taken[at - 1] = true;
    }
}

/// Lines with labels: To, From, Date, Subject, Copies, and what goes on below them.
fn labels(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
    order: Option<DateOrder>,
) {
    let mut i = layout.head.start;
    let mut kinds = std::collections::HashSet::new();
    while i < layout.head.end {
        let Some((label, rest)) = marks::head_label(lines[i].text) else {
            i += 1;
            continue;
        };
        let end = (i + 1..layout.head.end)
            .find(|&k| {
                lines[k].is_blank()
                    || marks::head_label(lines[k].text).is_some()
                    || date_of(&lines[k], order).is_some()
                    || marks::is_reference(lines[k].text)
            })
            .unwrap_or(layout.head.end);
        kinds.insert(label);
        let mut block: Vec<Line<'_>> = vec![Line { text: rest, ..lines[i] }];
        block.extend_from_slice(&lines[i + 1..end]);
        if rest.is_empty() && block.len() == 1 {
            // The value stands in the next group.
            let next = (end..layout.head.end).find(|&k| !lines[k].is_blank());
            block.extend(
                next.filter(|&k| marks::head_label(lines[k].text).is_none()).map(|k| lines[k]),
            );
        }
        label_value(head, label, &block, writing, order);
        taken[i..end].fill(true);
        i = end;
    }
    let mail = layout
        .head
        .clone()
        .any(|i| lines[i].text.contains('@') && marks::head_label(lines[i].text).is_some());
    head.is_memo |= kinds.contains(&Label::From) && kinds.contains(&Label::To) && !mail;
    if mail && kinds.contains(&Label::From) {
        head.kind = Some("letter");
    }
}

fn label_value(
    head: &mut Head,
    label: Label,
    block: &[Line<'_>],
    writing: Writing<'_>,
    order: Option<DateOrder>,
) {
    let number = block[0].number;
    let text: Vec<&str> = block.iter().map(|l| l.text).filter(|t| !t.is_empty()).collect();
    let joined = text.join(" ");
    if joined.is_empty() {
        return;
    }
    match label {
        Label::To => {
            head.to.extend(labelled(block, writing));
            head.note("recipients", number);
        }
        Label::From => {
            head.from.extend(labelled(block, writing));
            head.note("creators", number);
        }
        Label::Copied => {
            let mail = block.iter().any(|l| l.text.contains('@'));
            let found =
                if mail { labelled(block, writing) } else { parties::copied(block, writing) };
            head.copied.extend(found);
            head.note("copied", number);
        }
        Label::Date if head.date.is_none() => {
            let found = dates::date_line(text[0], order).or_else(|| {
                let reading = dates::find(text[0], order).into_iter().next()?.reading;
                Some(DateLine { reading, place: None })
            });
            head.date = found.map(|d| (d, number));
            head.note("date", number);
        }
        Label::Subject if head.subject.is_none() => {
            let subject = without_reply_mark(text::without_emphasis(&joined));
            head.subject = Some((subject.trim_end_matches('.').to_owned(), number));
            head.note("subject", number);
        }
        _ => {}
    }
}

/// A mail's subject without the marks of answers and forwardings: `Re: AW: The inventory`.
fn without_reply_mark(subject: &str) -> &str {
    const MARKS: [&str; 9] = ["re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "rv:", "réf:", "답장:"];
    let mut rest = subject;
    while let Some(end) = MARKS.iter().find_map(|m| lexicon::end_of(rest, m)) {
        rest = rest[end..].trim_start();
    }
    rest
}

/// Parties behind a label; what has no form of a name is an office or a body there.
fn labelled(block: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let one_line: Vec<&Line<'_>> = block.iter().filter(|l| !l.is_blank()).collect();
    if let [only] = one_line.as_slice() {
        let bare = only.text.split(['<', '[']).next().unwrap_or(only.text).trim().trim_matches('"');
        let listed: Vec<Mention> = bare
            .split(';')
            .filter(|p| !p.trim().is_empty())
            .flat_map(|p| {
                if let Some(found) = unit_and_name(p.trim(), only.number, writing) {
                    return vec![found];
                }
                let line = Line { text: p.trim(), ..**only };
                let found = parties::address(&[line], writing);
                if found.is_empty() { vec![office(p.trim(), only.number, writing)] } else { found }
            })
            .collect();
        return listed.into_iter().filter(Mention::is_named).collect();
    }
    let found = parties::address(block, writing);
    if found.is_empty() {
        vec![office(one_line[0].text, one_line[0].number, writing)]
    } else {
        found
    }
}

/// `Referat 4, Krüger`: behind a label a part of a body, and the family name of who writes for it.
fn unit_and_name(text: &str, line: usize, writing: Writing<'_>) -> Option<Mention> {
    let (unit, name) = text.split_once(", ")?;
    let one_word = name.chars().all(|c| c.is_alphabetic() || c == '-')
        && name.starts_with(char::is_uppercase)
        && names::judge(name) == Named::Unknown;
    // Behind a whole body, as in "Embassy, Lisbon", stands its town.
    (one_word && parties::is_unit(unit)).then(|| Mention {
        person: Some(name.to_owned()),
        organization: Some(writing.organization(unit)),
        written: Some(unit.to_owned()),
        line,
        ..Mention::default()
    })
}

/// An office named without its holder stands as a body: it wrote or received the document.
fn office(text: &str, line: usize, writing: Writing<'_>) -> Mention {
    let fits = text::word_count(text) <= 12
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

/// The document's own title in the head, and the kind that a bare heading names.
fn title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
) {
    let groups = text::chunks(&lines[layout.head.clone()]);
    for group in &groups {
        let free: Vec<usize> = group.clone().filter(|&i| !taken[i]).collect();
        let (Some(&first), Some(&last)) = (free.first(), free.last()) else { continue };
        let line = lines[first].text;
        let Some(kind) = marks::kind_of_title(line).filter(|k| {
            *k != "letter" || layout.salutation.is_none() || text::word_count(line) > 3
        }) else {
            continue;
        };
        if names::judge(line) == Named::Address
            || text::word_count(line) > 45
            || text::ends_sentence(line) && text::word_count(line) > 14
        {
            continue;
        }
        head.kind.get_or_insert(kind);
        let headlined = text::word_count(line) <= 3
            && matches!(kind, "statement" | "open-letter" | "resolution" | "report")
            && (text::is_caps(line) || line.starts_with(['[', '【', '<']))
            && free.get(1).is_some_and(|&i| {
                text::word_count(lines[i].text) >= 3
                    && names::judge(lines[i].text) == Named::Unknown
            });
        if headlined {
            taken[first] = true;
        }
        if headlined || is_release_mark(line) {
            // It says what this is; its headline follows.
            headline(head, lines, layout, taken, first);
            return;
        }
        let range = first..last + 1;
        taken[range.clone()].fill(true);
        let whole = title_text(&lines[range.clone()]);
        if kind == "memorandum" {
            memo(head, lines, layout, taken, range, &whole, writing);
            return;
        }
        if text::word_count(&whole) > 3
            || (text::length(&whole) > 8 && text::is_hangul(&whole) && whole.contains(' '))
        {
            head.title = Some(whole);
            head.title_lines = range;
            return;
        }
    }
    bylined_title(head, lines, layout, taken, writing);
    if head.title.is_some() {
        return;
    }
    marked_title(head, lines, layout, taken);
    if head.title.is_none() && layout.salutation.is_none() && head.compliments.is_none() {
        plain_title(head, lines, layout, taken);
    }
}

/// `Note to the Chef de Cabinet`, with what it is about in the next lines.
fn memo(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    range: Range<usize>,
    heading: &str,
    writing: Writing<'_>,
) {
    head.is_memo = true;
    let lower = heading.to_lowercase();
    let to = [
        " to the ",
        " to ",
        " for the ",
        " for ",
        " à ",
        " au ",
        " aux ",
        " pour ",
        " an ",
        " für ",
        " para ",
        " a ",
    ]
    .iter()
    .find_map(|w| lower.find(w).filter(|i| *i < 20).map(|i| i + w.len()))
    .and_then(|at| heading.get(at..));
    if let (Some(to), true) = (to, head.to.is_empty()) {
        let number = lines[range.start].number;
        let line = Line { text: to, ..lines[range.start] };
        head.to = parties::address(&[line], writing);
        if head.to.is_empty() {
            head.to =
                vec![office(to, number, writing)].into_iter().filter(Mention::is_named).collect();
        }
        head.note("recipients", number);
    }
    let next = (range.end..layout.head.end).find(|&i| !lines[i].is_blank() && !taken[i]);
    if head.subject.is_none()
        && text::word_count(heading) > 1
        && let Some(first) = next.filter(|&i| is_title_line(lines[i].text))
    {
        let end = (first..layout.head.end)
            .find(|&i| lines[i].is_blank() || taken[i])
            .unwrap_or(layout.head.end);
        head.subject = Some((title_text(&lines[first..end]), lines[first].number));
        head.note("subject", lines[first].number);
        taken[first..end].fill(true);
    }
    let heading = writing_title(heading, writing);
    head.title = match (&head.subject, text::word_count(&heading) > 1) {
        (Some((subject, _)), true) => Some(format!("{heading}: {subject}")),
        (Some((subject, _)), false) => Some(subject.clone()),
        (None, true) => Some(heading),
        (None, false) => None,
    };
}

fn writing_title(text: &str, writing: Writing<'_>) -> String {
    if text::is_caps(text) { writing.ordinary(text) } else { text.to_owned() }
}

fn is_title_line(line: &str) -> bool {
    text::word_count(line) >= 2
        && (text::word_count(line) <= 40)
        && (!text::ends_sentence(line) || line.starts_with("**"))
        && !matches!(names::judge(line), Named::Address | Named::Contact | Named::Person)
}

/// A title over several lines as one text.
pub(super) fn title_text(lines: &[Line<'_>]) -> String {
    let joined = lines
        .iter()
        .filter(|l| !l.is_blank())
        .map(|l| l.text.trim_start_matches('#').trim())
        .collect::<Vec<_>>()
        .join(" ");
    text::without_emphasis(&joined).to_owned()
}

/// `FOR IMMEDIATE RELEASE`, `Press release`.
fn is_release_mark(line: &str) -> bool {
    text::word_count(line) <= 4 && marks::kind_of_title(line) == Some("press-release")
}

/// The first lines that nothing has taken yet and that are no mark, as far as the next blank line.
fn headline(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool], from: usize) {
    for i in from..layout.head.end {
        taken[i] |= is_release_mark(lines[i].text);
    }
    let free = |i: &usize| !taken[*i] && !lines[*i].is_blank();
    let Some(first) = (from..layout.head.end).find(free) else { return };
    let end = (first..layout.head.end).find(|i| !free(i)).unwrap_or(layout.head.end);
    let whole = title_text(&lines[first..end]);
    if text::word_count(&whole) <= 45 {
        taken[first..end].fill(true);
        head.title = Some(whole);
        head.title_lines = first..end;
    }
}

/// A line above "By somebody" is a title, whatever its words.
fn bylined_title(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &mut [bool],
    writing: Writing<'_>,
) {
    let by = |i: &usize| {
        let lower = lines[*i].text.to_lowercase();
        let labelled = ["by ", "par ", "por "].iter().any(|b| lower.starts_with(b));
        labelled && text::word_count(&lower) <= 10 && !taken[*i]
    };
    let Some(byline) = layout.head.clone().find(by).filter(|_| layout.salutation.is_none()) else {
        return;
    };
    let above = (layout.head.start..byline).rev().find(|&i| !lines[i].is_blank() && !taken[i]);
    let Some(at) = above.filter(|&i| !is_sentence(lines, i)) else { return };
    head.title = Some(title_text(&lines[at..=at]));
    head.title_lines = at..at + 1;
    head.kind.get_or_insert("article");
    head.from = parties::byline(lines[byline].text, lines[byline].number, writing);
    head.note("creators", lines[byline].number);
    taken[at] = true;
    taken[byline] = true;
}

/// A Markdown heading, or a line or group in bold.
fn marked_title(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool]) {
    let found = text::chunks(&lines[layout.head.clone()]).into_iter().find(|g| {
        let (first, last) = (lines[g.start].text, lines[g.end - 1].text);
        let marked = first.starts_with('#') || first.starts_with("**") && last.ends_with("**");
        marked && !taken[g.start] && text::word_count(first) >= 2
    });
    if let Some(group) = found {
        let group = if lines[group.start].text.starts_with('#') {
            group.start..group.start + 1
        } else {
            group
        };
        head.title = Some(title_text(&lines[group.clone()]));
        head.title_lines = group.clone();
        taken[group].fill(true);
    }
}

/// Without a salutation: the first line that has the form of a title and names nobody.
fn plain_title(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool]) {
    let candidates: Vec<usize> =
        layout.head.clone().filter(|&i| !lines[i].is_blank() && !taken[i]).take(12).collect();
    let named = |i: usize| {
        matches!(
            names::judge(lines[i].text),
            Named::Person | Named::Contact | Named::Address | Named::Country
        )
    };
    let found = candidates.iter().copied().find(|&i| {
        if is_sentence(lines, i) {
            return false;
        }
        let line = lines[i].text;
        let enough =
            text::word_count(line) >= 3 || text::is_hangul(line) && text::length(line) >= 6;
        let body = names::judge(line) == Named::Organization && text::word_count(line) <= 7;
        enough
            && !named(i)
            && !body
            && !line.ends_with([',', ':'])
            && names::judge(line) != Named::Role
    });
    let found = found.or_else(|| {
        candidates.iter().copied().find(|&i| {
            !named(i)
                && text::word_count(lines[i].text) >= 2
                && !is_sentence(lines, i)
                && !text::ends_sentence(lines[i].text)
                && candidates.len() > 2
        })
    });
    if let Some(at) = found {
        let end = (at + 1..layout.head.end)
            .find(|&i| {
                lines[i].is_blank()
                    || taken[i]
                    || named(i)
                    || super::super::split::is_byline(lines[i].text)
            })
            .unwrap_or(layout.head.end);
        let end = if text::word_count(&title_text(&lines[at..end])) > 40 { at + 1 } else { end };
        head.title = Some(title_text(&lines[at..end]));
        head.title_lines = at..end;
        taken[at..end].fill(true);
    }
}

/// Whether a line is running text: by its end, by its first word, or because it goes on in the next line.
fn is_sentence(lines: &[Line<'_>], at: usize) -> bool {
    const SPEAKERS: [&str; 11] =
        ["I", "We", "My", "Our", "You", "Your", "It", "Ich", "Wir", "Je", "Nous"];
    let line = lines[at].text;
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let goes_on = lines.get(at + 1).is_some_and(|l| text::starts_lower(l.text));
    let counted = line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ");
    let stops =
        text::ends_sentence(line) && !line.ends_with(['?', '!']) && text::word_count(line) > 4;
    line.ends_with([':', ','])
        || text::starts_lower(line)
        || SPEAKERS.contains(&first)
        || goes_on
        || counted
        || stops
        || line.contains("://")
}

/// What is left: blocks of names and addresses, the sender's or the addressee's.
fn blocks(
    head: &mut Head,
    lines: &[Line<'_>],
    layout: &Layout,
    taken: &[bool],
    writing: Writing<'_>,
) {
    let groups = address_groups(lines, layout, taken);
    let dated = head.date.as_ref().and_then(|(_, n)| lines.iter().position(|l| l.number == *n));
    let count = groups.len();
    for (k, group) in groups.into_iter().enumerate() {
        let block: Vec<Line<'_>> = group.iter().map(|&i| lines[i]).collect();
        let found = parties::address(&block, writing);
        let points = recipient_points(
            &block,
            k,
            count,
            dated.map(|d| group[0] > d),
            layout.salutation.is_some(),
        );
        if points > 0 && head.to.is_empty() && !found.is_empty() {
            found.iter().for_each(|m| head.note("recipients", m.line));
            head.to = found;
        } else if head.letterhead.is_none() && k == 0 && points <= 0 {
            head.letterhead = letterhead(&block, found, writing);
            if let Some(line) = head.letterhead.as_ref().map(|m| m.line) {
                head.note("creators", line);
            }
        } else if layout.salutation.is_none()
            && head.from.is_empty()
            && head.title.is_some()
            && super::super::split::is_byline(block[0].text)
        {
            head.from = parties::byline(block[0].text, block[0].number, writing);
            head.note("creators", block[0].number);
        }
    }
}

/// Runs of lines that nothing else has taken; one-line groups in a row are one block.
fn address_groups(lines: &[Line<'_>], layout: &Layout, taken: &[bool]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    let mut open = false;
    for i in layout.head.clone() {
        if taken[i] {
            runs.push(Vec::new());
            open = false;
        } else if lines[i].is_blank() {
            open = false;
        } else {
            let run = runs.last_mut().expect("there is always a run");
            if !open {
                run.push(Vec::new());
            }
            run.last_mut().expect("a group was just opened").push(i);
            open = true;
        }
    }
    let mut groups = Vec::new();
    for run in runs {
        let single = run.iter().all(|g| g.len() == 1);
        let mut previous_single = false;
        for group in run {
            let names_person = group.iter().any(|&i| names::names_person(lines[i].text));
            let joins = previous_single && (single || !names_person);
            previous_single = group.len() == 1;
            match groups.last_mut() {
                Some(last) if joins => {
                    let last: &mut Vec<usize> = last;
                    last.extend(group);
                    previous_single = single || last.len() == 1;
                }
                _ => groups.push(group),
            }
        }
    }
    groups
}

/// More than 0 for an addressee's block.
fn recipient_points(
    block: &[Line<'_>],
    place: usize,
    count: usize,
    after_date: Option<bool>,
    greeted: bool,
) -> i32 {
    let first = block[0].text;
    let mut points = 0;
    if names::has_honorific(first) && !text::is_caps(first) {
        points += 3;
    }
    if first.to_lowercase().starts_with("the hon") || marks::head_label(first).is_some() {
        points += 2;
    }
    points += match after_date {
        Some(true) => 2,
        Some(false) => -1,
        None => 0,
    };
    if greeted && place + 1 == count && count > 1 {
        points += 2;
    }
    if greeted && count == 1 && after_date.is_none() && !text::is_caps(first) {
        points += 1;
    }
    let contacts = block.iter().filter(|l| names::judge(l.text) == Named::Contact).count();
    points -= i32::try_from(contacts.min(2)).unwrap_or(2) * 2;
    if text::is_caps(first) && place == 0 && after_date != Some(true) {
        points -= 2;
    }
    if !greeted {
        points -= 2;
    }
    points
}

/// The body, office or person of a letterhead's first lines.
fn letterhead(block: &[Line<'_>], found: Vec<Mention>, writing: Writing<'_>) -> Option<Mention> {
    let first = block.first()?;
    let sentence = first.text.ends_with([':', '.']) && !names::has_legal_form(first.text);
    if text::word_count(first.text) > 12 || sentence {
        return None;
    }
    let bare =
        ["The ", "THE "].iter().find_map(|t| first.text.strip_prefix(t)).unwrap_or(first.text);
    match names::judge(bare) {
        Named::Organization => Some(Mention {
            organization: Some(writing.organization(first.text)),
            written: Some(first.text.to_owned()),
            line: first.number,
            ..Mention::default()
        }),
        Named::Role => {
            let role = if text::is_caps(bare) { writing.ordinary(bare) } else { bare.to_owned() };
            let named = found.into_iter().find(|m| {
                m.organization.as_deref().is_some_and(|o| names::judge(o) == Named::Organization)
            });
            Some(Mention { role: Some(role), line: first.number, ..named.unwrap_or_default() })
        }
        _ => found.into_iter().next(),
    }
}

/// In German and French letters the subject stands by itself between the address and the salutation.
fn subject_above(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool]) {
    let Some(salutation) = layout.salutation.filter(|_| head.subject.is_none()) else { return };
    let groups = text::chunks(&lines[..salutation]);
    let Some(group) = groups.last().filter(|g| g.len() == 1 && groups.len() > 1) else { return };
    let at = group.start;
    let line = text::without_emphasis(lines[at].text);
    let fits = (3..=25).contains(&text::word_count(line))
        && !taken[at]
        && !line.ends_with([',', ':', '.', ';'])
        && !text::starts_lower(line)
        && !names::has_honorific(line)
        && marks::kind_of_title(line).is_none()
        && names::judge(line) == Named::Unknown;
    let addressed = groups[..groups.len() - 1].iter().any(|g| g.clone().any(|i| !taken[i]));
    if fits && addressed {
        taken[at] = true;
        head.subject = Some((line.to_owned(), lines[at].number));
        head.note("subject", lines[at].number);
    }
}

/// In British and German letters the subject stands below the salutation, marked in some way.
fn subject_below(head: &mut Head, lines: &[Line<'_>], layout: &Layout) {
    let Some(salutation) = layout.salutation.filter(|_| head.subject.is_none()) else { return };
    let Some(at) = (salutation + 1..layout.body.end).find(|&i| !lines[i].is_blank()) else {
        return;
    };
    let line = lines[at].text;
    let single = lines.get(at + 1).is_none_or(Line::is_blank);
    let labelled = marks::subject(line);
    let marked = line.starts_with("**") && line.ends_with("**")
        || text::is_caps(line)
        || line.starts_with("__") && line.ends_with("__");
    let shaped = || {
        let next = lines[at + 1..].iter().find(|l| !l.is_blank());
        let capitals = text::words(line).filter(|w| w.chars().count() > 3);
        let (large, all) = capitals.fold((0, 0), |(large, all), w| {
            (large + usize::from(w.starts_with(char::is_uppercase)), all + 1)
        });
        let indented = next.is_some_and(|n| lines[at].indent >= n.indent + 4);
        single
            && lines[at - 1].is_blank()
            && (2..=14).contains(&text::word_count(line))
            && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !line.ends_with(['.', ',', ':', ';', '!', '?'])
            && (indented || all > 1 && large == all)
            && next.is_some_and(|n| text::word_count(n.text) > 7)
            && names::judge(line) != Named::Person
    };
    if let Some(subject) = labelled.or_else(|| shaped().then_some(line)).or_else(|| {
        (marked && single && text::word_count(line) <= 25 && text::word_count(line) > 1)
            .then(|| text::without_emphasis(line))
    }) {
        head.subject = Some((subject.to_owned(), lines[at].number));
        head.note("subject", lines[at].number);
    }
}
