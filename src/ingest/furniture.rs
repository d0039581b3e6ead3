//! What a page, a scanner or a web site put around the document: lines → lines without it, and an
//! account of each dropped line by the name of its rule. Documents' own words are never judged here
//! by what they say, only by the form of their line.

mod across;
mod folio;
mod margin;
mod menus;
mod page_title;
mod picture;
mod repeated;
mod rules;
mod web;

use super::body;
use super::lexicon::Scope;
use super::text::{Break, Line};
pub(super) use across::{Edges, Repeated, repeated as repeated_across};
pub(super) use rules::Own;

/// A line that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Dropped {
    /// Line in the seed, counted from 1.
    pub line: usize,
    /// Name of the rule.
    pub rule: &'static str,
    /// The line's text.
    pub text: String,
}

/// What is left of a seed's lines, and what is not.
#[derive(Debug)]
pub(super) struct Remaining<'a> {
    pub lines: Vec<Line<'a>>,
    pub dropped: Vec<Dropped>,
    /// The lines that other seeds may have too.
    pub edges: Edges,
    /// The heading by which the title of a page was known.
    pub title: Option<&'a str>,
}

/// Takes furniture out of a seed's lines; `own` are the archive's own rules, `across` the lines that other
/// seeds of the folder have too, `scope` the languages of the seed.
pub(super) fn remove<'a>(
    lines: Vec<Line<'a>>,
    own: &Own,
    across: &Repeated,
    scope: Scope,
) -> Remaining<'a> {
    let (lines, mut dropped) = margin::strip(lines);
    let mut rules: Vec<Option<&'static str>> =
        lines.iter().map(|l| rules::rule(l.text, own)).collect();
    menus::barred(&lines, &mut rules);
    let title = page_title::mark(&lines, &mut rules);
    menus::rows(&lines, &mut rules);
    rules::weak_neighbours(&lines, &mut rules);
    rules::stamps(&lines, &mut rules);
    rules::codes(&lines, &mut rules);
    rules::other_pages(&lines, &mut rules);
    rules::not_at_foot(&lines, &mut rules);
    rules::disclaimers(&lines, &mut rules);
    rules::feet(&lines, &mut rules);
    rules::changes_in_the_midst(&lines, &mut rules);
    repeated::mark(&lines, &mut rules, scope);
    across::mark(&lines, &mut rules, across, scope);
    // Code is what it is, whatever its lines look like.
    for code in body::fenced(&lines) {
        rules[code].fill(None);
    }
    let mut kept = Vec::with_capacity(lines.len());
    let mut before = Break::None;
    for (line, rule) in lines.into_iter().zip(rules) {
        match rule {
            Some(rule) => {
                before = before.max(line.before).max(break_of(rule));
                dropped.push(Dropped { line: line.number, rule, text: line.text.to_owned() });
            }
            None if line.is_blank() => {
                before = before.max(line.before);
                kept.push(line);
            }
            None => {
                kept.push(line.after(before));
                before = Break::None;
            }
        }
    }
    let edges = Edges::of(&kept);
    Remaining { lines: kept, dropped, edges, title }
}

/// What a dropped line tells of the layout.
fn break_of(rule: &str) -> Break {
    match rule {
        folio::FOLIO | repeated::RUNNING_HEAD => Break::Page,
        folio::PAGER | folio::SIGNS => Break::Section,
        _ => Break::None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::lines;
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        let found = remove(lines(text), &Own::default(), &Repeated::new(), Scope::ALL);
        found.lines.iter().filter(|l| !l.is_blank()).map(|l| l.text.to_owned()).collect()
    }

    #[test]
    fn buttons_pagers_and_folios_go() {
        let text = "Skip to main content\nHome > News > Letters\nDear Sir,\nShare\nTweet\nRead Summary Download PDF\n\
                    1 2 3 Next\nPage 3 of 7\n- 4 -\nSeite 2 von 3\nContact us";
        assert_eq!(kept(text), ["Dear Sir,"]);
    }

    #[test]
    fn words_of_letters_stay() {
        let text = "TELEGRAM\n\nHome Secretary\nThe image of the country\nReferences\n1 2\n\nNews\n\n2014\nTopic of the meeting\nA signature campaign was held.";
        assert_eq!(kept(text).len(), 9);
    }

    #[test]
    fn what_is_quoted_or_coded_in_the_midst_stays() {
        let text = format!(
            "{0}\nUpdated: 2 December 2015\n{0}\n```\n* * *\nPage 3 of 7\n```\n-->\n<--\n{0}",
            "A line of the letter that says what was printed, and when that was.\n".repeat(8)
        );
        assert_eq!(kept(&text).len(), 24 + 7, "{:?}", kept(&text));
        assert!(kept("Updated: 2 December 2015\n\nDear Sir,\nwe write to you.").len() == 2);
    }

    #[test]
    fn descriptions_of_signatures_go_by_name() {
        let dropped = remove(
            lines(
                "Handwritten signature of Richard V. Allen in cursive script.\n[Signature]\n![logo](a.png)\nA black and white logo of the United Nations.",
            ),
            &Own::default(),
            &Repeated::new(),
            Scope::ALL,
        )
        .dropped;
        assert!(dropped.iter().all(|d| d.rule == "image description"), "{dropped:?}");
        assert_eq!(dropped.len(), 4);
    }

    #[test]
    fn what_many_seeds_have_at_their_edges_goes() {
        let seed = |n: usize| {
            format!(
                "The Lantern is free to read\nDear Sir,\nLetter {n} says so.\nWe have a good faith belief.\nSincerely,\nJane Doe\nRead on at the Lantern shop"
            )
        };
        let seeds: Vec<String> = (0..6).map(seed).collect();
        let edges: Vec<Edges> = seeds
            .iter()
            .map(|s| remove(lines(s), &Own::default(), &Repeated::new(), Scope::ALL).edges)
            .collect();
        let across = repeated_across(edges.iter());
        let found = remove(lines(&seeds[0]), &Own::default(), &across, Scope::ALL);
        assert!(edges[0].may_lose(&across));
        assert_eq!(found.dropped.len(), 2, "{:?}", found.dropped);
        assert_eq!(found.lines.last().unwrap().text, "Jane Doe");
        assert!(repeated_across(edges[..3].iter()).is_empty());
    }

    #[test]
    fn a_running_head_goes_where_pages_break() {
        let page = |n: usize, word: &str| {
            format!(
                "ACME Corp. Annual Letter {n}\n\nThe {word} page goes on and on for a while and is cut in the\n\n\u{C}"
            )
        };
        let text = format!("{}{}{}end.", page(1, "first"), page(2, "second"), page(3, "third"));
        assert_eq!(kept(&text).len(), 5, "{:?}", kept(&text));
    }
}
