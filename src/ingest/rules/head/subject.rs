//! What a letter is about, where no label says so: a line by itself above or below the salutation.

use super::super::super::layout::Layout;
use super::super::super::lexicon::Scope;
use super::super::super::marks;
use super::super::super::names::{self, Named};
use super::super::super::text::{self, Line};
use super::Head;

/// In German and French letters the subject stands by itself between the address and the salutation.
pub(super) fn above(head: &mut Head, lines: &[Line<'_>], layout: &Layout, taken: &mut [bool], scope: Scope) {
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
        && marks::kind_of_title(line, scope).is_none()
        && names::judge(line) == Named::Unknown;
    let addressed = groups[..groups.len() - 1].iter().any(|g| g.clone().any(|i| !taken[i]));
    if fits && addressed {
        taken[at] = true;
        head.subject = Some((line.to_owned(), lines[at].number));
    }
}

/// In British and German letters the subject stands below the salutation, marked in some way.
pub(super) fn below(head: &mut Head, lines: &[Line<'_>], layout: &Layout, scope: Scope) {
    let Some(salutation) = layout.salutation.filter(|_| head.subject.is_none()) else { return };
    let Some(at) = (salutation + 1..layout.body.end).find(|&i| !lines[i].is_blank()) else {
        return;
    };
    let line = lines[at].text;
    let single = lines.get(at + 1).is_none_or(Line::is_blank);
    let labelled = marks::subject(line, scope);
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
            && next.is_some_and(|n| !text::has_at_most(n.text, 7))
            && names::judge(line) != Named::Person
    };
    if let Some(subject) = labelled.or_else(|| shaped().then_some(line)).or_else(|| {
        (marked && single && text::has_at_most(line, 25) && !text::has_at_most(line, 1))
            .then(|| text::without_emphasis(line))
    }) {
        head.subject = Some((subject.to_owned(), lines[at].number));
    }
}
