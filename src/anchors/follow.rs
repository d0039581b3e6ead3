//! Which paragraph of today is which of before: those with the same anchor first, and between them, in order, those
//! that begin or end alike.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::Paragraph;

/// More pairs than this between two paragraphs that stayed are not compared: most of the text is another one.
const MOST: usize = 40_000;

/// The paragraphs of today, each with the anchors that lead to it, given those that were known.
pub(super) fn followed(known: &[Paragraph], now: &[String]) -> Vec<Paragraph> {
    let places: BTreeMap<&str, usize> =
        now.iter().enumerate().map(|(place, anchor)| (anchor.as_str(), place)).collect();
    let was: BTreeSet<&str> = known.iter().map(|p| p.anchor.as_str()).collect();
    let kept: Vec<Option<usize>> =
        known.iter().map(|p| places.get(p.anchor.as_str()).copied()).collect();
    let mut leads = kept.clone();
    let (mut old_from, mut new_from) = (0, 0);
    let ends = fixed(&kept).into_iter().chain([(known.len(), now.len())]);
    for (old_to, new_to) in ends {
        let gone: Vec<usize> = (old_from..old_to).filter(|at| kept[*at].is_none()).collect();
        let new: Vec<usize> =
            (new_from..new_to).filter(|at| !was.contains(now[*at].as_str())).collect();
        for (old, new) in paired(&gone, &new, |old, new| likeness(&known[old].anchor, &now[new])) {
            leads[old] = Some(new);
        }
        (old_from, new_from) = (old_to + 1, new_to + 1);
    }
    follow_moved(known, now, &was, &mut leads);
    let mut paragraphs: Vec<Paragraph> =
        now.iter().map(|anchor| Paragraph { anchor: anchor.clone(), before: Vec::new() }).collect();
    let mut taken = BTreeSet::new();
    for (paragraph, new) in known.iter().zip(leads) {
        let Some(new) = new else { continue };
        let all = paragraph.before.iter().chain([&paragraph.anchor]);
        let old =
            all.filter(|old| !places.contains_key(old.as_str()) && taken.insert(old.as_str()));
        paragraphs[new].before.extend(old.cloned());
    }
    paragraphs
}

/// Finds those that were moved as well as edited: they begin and end as one that nothing else has become.
fn follow_moved(
    known: &[Paragraph],
    now: &[String],
    was: &BTreeSet<&str>,
    leads: &mut [Option<usize>],
) {
    let led: BTreeSet<usize> = leads.iter().flatten().copied().collect();
    let is_new = |at: &usize| !led.contains(at) && !was.contains(now[*at].as_str());
    let mut new: Vec<usize> = (0..now.len()).filter(is_new).collect();
    for (paragraph, lead) in known.iter().zip(leads).filter(|(_, lead)| lead.is_none()) {
        let is_like = |at: &usize| likeness(&paragraph.anchor, &now[*at]) == 2;
        if let Some(place) = new.iter().position(is_like) {
            *lead = Some(new.remove(place));
        }
    }
}

/// The longest run of paragraphs that are there still, in the same order: their places before and now.
fn fixed(kept: &[Option<usize>]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> =
        kept.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
    // For each length the pair that ends the run with the least end, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        run.push(pairs[pair]);
        at = before[pair];
    }
    run.reverse();
    run
}

/// How much two anchors have in common: their beginnings, their ends.
fn likeness(old: &str, new: &str) -> usize {
    let ends = |anchor: &str| {
        let mut characters = anchor.strip_prefix("p-")?.chars();
        Some((characters.next()?, characters.next()?))
    };
    match (ends(old), ends(new)) {
        (Some(old), Some(new)) => usize::from(old.0 == new.0) + usize::from(old.1 == new.1),
        // Headings go with headings.
        (None, None) => 1,
        _ => 0,
    }
}

/// Pairs paragraphs in their order, as many as can be and those that are most alike. One that has none goes with
/// one that it is like: two paragraphs may have become one.
fn paired(
    old: &[usize],
    new: &[usize],
    likeness: impl Fn(usize, usize) -> usize,
) -> Vec<(usize, usize)> {
    if old.len() == new.len() || old.len() * new.len() > MOST {
        return old.iter().copied().zip(new.iter().copied()).collect();
    }
    let width = new.len() + 1;
    let worth = |a: usize, b: usize| 1 + 2 * likeness(old[a], new[b]);
    let mut best = vec![0; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let pair = best[(a + 1) * width + b + 1] + worth(a, b);
            best[a * width + b] = pair.max(best[(a + 1) * width + b]).max(best[a * width + b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        let here = best[a * width + b];
        if here == best[(a + 1) * width + b + 1] + worth(a, b) {
            pairs.push((old[a], new[b]));
            (a, b) = (a + 1, b + 1);
        } else if here == best[(a + 1) * width + b] {
            let like = new.iter().copied().filter(|new| likeness(old[a], *new) > 0);
            pairs.extend(like.max_by_key(|new| likeness(old[a], *new)).map(|new| (old[a], new)));
            a += 1;
        } else {
            b += 1;
        }
    }
    for old in &old[a..] {
        let like = new.iter().copied().filter(|new| likeness(*old, *new) > 0);
        pairs.extend(like.max_by_key(|new| likeness(*old, *new)).map(|new| (*old, new)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors::anchor;
    use proptest::prelude::*;

    fn known(text: &str) -> Vec<Paragraph> {
        let now: Vec<String> = text.split('/').map(anchor).collect();
        followed(&[], &now)
    }

    /// Where anchors of one text lead in another, paragraph by paragraph, in numbers.
    fn leads(before: &str, now: &str) -> Vec<Option<usize>> {
        let known = known(before);
        let anchors: Vec<String> = now.split('/').map(anchor).collect();
        let followed = followed(&known, &anchors);
        let is = |p: &Paragraph, old: &str| p.anchor == old || p.before.iter().any(|b| b == old);
        known.iter().map(|old| followed.iter().position(|p| is(p, &old.anchor))).collect()
    }

    #[test]
    fn edited_inserted_parted_and_joined_paragraphs_are_followed() {
        let text = "a a a a a/b b b b first c c c c/d d d d d";
        assert_eq!(
            leads(text, "a a a a a/b b b b second c c c c/d d d d d"),
            [Some(0), Some(1), Some(2)]
        );
        assert_eq!(leads(text, "a a a a a/d d d d d"), [Some(0), None, Some(1)]);
        assert_eq!(
            leads(text, "x/a a a a a/new/b b b b third c c c c/d d d d d"),
            [Some(1), Some(3), Some(4)]
        );
        assert_eq!(
            leads(text, "d d d d d/a a a a a/b b b b 4 c c c c"),
            [Some(1), Some(2), Some(0)]
        );
        assert_eq!(
            leads(text, "a a a a a/b b b b first/x c c c c/d d d d d"),
            [Some(0), Some(1), Some(3)]
        );
        let joined = "a a a a a and b b b b first c c c c/d d d d d";
        assert_eq!(leads(text, joined), [Some(0), Some(0), Some(1)]);
    }

    #[test]
    fn old_anchors_stay_through_many_edits() {
        let texts =
            ["a b c d 1 x/two", "a b c d 2 x/two", "new/a b c d 3 x/two", "new/a b c d 1 x/two"];
        let mut lines: Vec<Vec<Paragraph>> = vec![known(texts[0])];
        for text in &texts[1..] {
            let now: Vec<String> = text.split('/').map(anchor).collect();
            lines.push(followed(&lines[lines.len() - 1], &now));
        }
        let before = |line: usize, at: usize| lines[line][at].before.clone();
        let [one, two, three] = ["a b c d 1 x", "a b c d 2 x", "a b c d 3 x"].map(anchor);
        assert_eq!(before(2, 1), [one.clone(), two.clone()]);
        assert_eq!(before(3, 1), [two, three], "{one}");
        assert!(before(3, 0).is_empty() && before(3, 2).is_empty());
    }

    proptest! {
        #[test]
        fn to_follow_twice_is_to_follow_once(
            before in prop::collection::vec("[ab]( [ab]){0,6}", 0..12),
            between in prop::collection::vec("[ab]( [ab]){0,6}", 0..12),
            now in prop::collection::vec("[ab]( [ab]){0,6}", 0..12),
        ) {
            let anchors = |texts: &[String]| {
                let anchors: BTreeSet<String> = texts.iter().map(|text| anchor(text)).collect();
                anchors.into_iter().collect::<Vec<_>>()
            };
            let known = followed(&followed(&[], &anchors(&before)), &anchors(&between));
            let now = anchors(&now);
            let once = followed(&known, &now);
            prop_assert_eq!(&followed(&once, &now), &once);
            let mut all: Vec<&String> = once.iter().flat_map(|p| p.before.iter().chain([&p.anchor])).collect();
            let count = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }
}
