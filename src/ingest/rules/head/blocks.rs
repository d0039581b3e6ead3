//! Blocks of names and addresses that nothing else has taken: the sender's or the addressee's.

use std::sync::LazyLock;

use super::candidate::{is_code, is_row, is_row_of_case};
use super::{Block, Reader};
use crate::ingest::dates;
use crate::ingest::evidence::{plausible, weigh};
use crate::ingest::lexicon::{DIRECTED, Scope, Words};
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention, Writing};
use crate::ingest::rules::{address, sent_on};

use crate::ingest::split;
use crate::ingest::text::{self, Line};

impl Reader<'_> {
    /// What is left: blocks of names and addresses, the sender's or the addressee's.
    pub(super) fn blocks(&mut self) {
        let lines = self.lines;
        let groups: Vec<Vec<usize>> = self
            .address_groups()
            .into_iter()
            .flat_map(|group| at_direction(group, lines, self.writing.scope))
            .flat_map(|group| at_second_person(group, lines))
            .collect();
        let count = groups.len();
        for (k, group) in groups.into_iter().enumerate() {
            let block: Vec<Line<'_>> = group.iter().map(|&i| lines[i]).collect();
            if self.is_byline(&block[0], group[0]) && self.head.byline.is_empty() {
                self.head.byline = parties::byline(block[0].text, block[0].number, self.writing);
                continue;
            }
            // The name of the journal may be above it.
            let by = |k: &usize| parties::after_by(block[*k].text, self.writing.scope).is_some();
            let by = (1..block.len()).find(by).filter(|&k| self.is_byline(&block[k], group[k]));
            if let Some(line) = by.map(|k| block[k]).filter(|_| self.head.byline.is_empty()) {
                self.head.byline = parties::byline(line.text, line.number, self.writing);
                continue;
            }
            let address = parties::address(&block, self.writing);
            let points = self.by_block(&block) + self.by_place(group[0], k, count)
                - if self.is_above_direction(group[group.len() - 1]) { 8 } else { 0 };
            let letterhead = letterhead(&block, address.clone(), self.writing);
            let lines = group[0]..group[group.len() - 1] + 1;
            self.head.blocks.push(Block { lines, points, first: k == 0, address, letterhead });
        }
    }

    /// Whether a line below the title names who wrote a text that greets nobody.
    fn is_byline(&self, line: &Line<'_>, at: usize) -> bool {
        self.layout.salutation.is_none()
            && self.head.title.is_some()
            // Below the sides of a case those are named who speak for them.
            && self.head.below == 0
            // What is above a title is whose paper it is on.
            && at >= self.head.title_lines.start
            // A label has its value in the next line.
            && !line.text.ends_with([':', '：', ','])
            && !self.goes_on_from_title(line, at)
            && split::is_byline(line.text, self.writing.scope)
    }

    /// Whether the next line directs what is above it to whom is below: who writes is above.
    fn is_above_direction(&self, at: usize) -> bool {
        let below = self.lines[at + 1..self.layout.head.end.max(at + 1)].iter();
        let next = below.clone().find(|l| !l.is_blank());
        let directs =
            |text: &str| text::starts_lower(text) && is_direction_alone(text, self.writing.scope);
        if directs(self.lines[at].text) {
            return next.is_some();
        }
        names::judge(self.lines[at].text) == Named::Role && next.is_some_and(|l| directs(l.text))
    }

    /// Whether a line in capitals goes on from a title in capitals right above it.
    fn goes_on_from_title(&self, line: &Line<'_>, at: usize) -> bool {
        let title = self.head.title.as_deref().unwrap_or_default();
        at == self.head.title_lines.end
            && text::is_caps(line.text)
            && text::is_caps(title)
            && plausible::person(line.text, self.writing.scope) < 40
    }

    /// Runs of lines that nothing else has taken; one-line groups in a row are one block.
    fn address_groups(&self) -> Vec<Vec<usize>> {
        let lines = self.lines;
        let mut runs: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
        let mut open = false;
        for i in self.layout.head.clone() {
            let row = is_row(lines, i) || is_row_of_case(lines, i, self.writing.scope);
            if self.taken[i] || row {
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
        runs.into_iter().flat_map(|run| joined(run, lines)).collect()
    }

    /// What the words of a block say for its being the addressee's.
    fn by_block(&self, block: &[Line<'_>]) -> i32 {
        let first = block[0].text;
        let contacts = block.iter().filter(|l| names::judge(l.text) == Named::Contact).count();
        let honored = first.to_lowercase().starts_with("the hon");
        let styled = address::is_styled_office(first, self.writing.scope);
        weigh(&[
            (styled || !text::is_caps(first) && begins_with_title(block), 3),
            (honored || marks::head_label(first, self.writing.scope).is_some(), 2),
            (contacts > 0, -2),
            (contacts > 1, -2),
        ])
    }

    /// What its place says for that: a block that begins in a line, after others of so many.
    fn by_place(&self, at: usize, before: usize, count: usize) -> i32 {
        let caps = text::is_caps(self.lines[at].text);
        let date = self.head.date.as_ref().and_then(|(_, number)| self.index(*number));
        let after_date = date.map(|date| at > date);
        let by_date = match after_date {
            Some(true) => 2,
            Some(false) => -1,
            None => 0,
        };
        // The last block above a greeting is whom it greets.
        let by_greeting = match (self.layout.salutation, count) {
            (None, _) => -2,
            (Some(_), 1) if after_date.is_none() && !caps => 1,
            (Some(_), 2..) if before + 1 == count => 2,
            _ => 0,
        };
        let of_sender = caps && before == 0 && after_date != Some(true);
        by_date + by_greeting - if of_sender { 2 } else { 0 }
    }
}

/// The groups of a run; one of one line joins the next, if that has one line, too, or names nobody.
fn joined(run: Vec<Vec<usize>>, lines: &[Line<'_>]) -> Vec<Vec<usize>> {
    let single = run.iter().all(|g| g.len() == 1);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut previous_single = false;
    for group in run {
        let names_person = group.iter().any(|&i| names::names_person(lines[i].text));
        let joins = previous_single && (single || !names_person);
        previous_single = group.len() == 1;
        match groups.last_mut() {
            Some(last) if joins => {
                last.extend(group);
                previous_single = single;
            }
            _ => groups.push(group),
        }
    }
    groups
}

/// `à`, `An`, `To` by itself.
fn is_direction_alone(line: &str, scope: Scope) -> bool {
    let bare = line.trim_end_matches([',', ' ']);
    bare.len() <= 8 && DIRECTED.end(scope, bare, str::is_empty).is_some()
}

/// A block, parted where a line by itself leads from who writes to whom: `Le Ministre` / `à` / `Madame Ida Holm`.
fn at_direction(group: Vec<usize>, lines: &[Line<'_>], scope: Scope) -> Vec<Vec<usize>> {
    match group
        .iter()
        .position(|i| is_direction_alone(lines[*i].text, scope))
        .filter(|at| *at > 0 && *at + 1 < group.len())
    {
        Some(at) => vec![group[..at].to_vec(), group[at + 1..].to_vec()],
        None => vec![group],
    }
}

/// A block, parted where a second person is named below the address of the first: the writer's and the addressee's.
fn at_second_person(group: Vec<usize>, lines: &[Line<'_>]) -> Vec<Vec<usize>> {
    let text = |i: &usize| lines[*i].text;
    let named = |i: &usize| names::names_person(text(i)) || plausible::is_initials(text(i));
    let placed = |i: &usize| {
        names::judge(text(i)) == Named::Address
            || text(i).bytes().any(|b| b.is_ascii_digit()) && !names::names_person(text(i))
    };
    let Some(first) = group.iter().position(named) else { return vec![group] };
    let Some(street) = group.iter().skip(first).position(placed).map(|k| first + k) else {
        return vec![group];
    };
    let titled = |i: &usize| names::has_honorific(text(i)) && names::names_person(text(i));
    // A line such as `Dr. U.S. Conn,` may be both; the second person is always on a later line.
    match group.iter().skip(street + 1).position(titled).map(|k| street + 1 + k) {
        Some(second) => {
            let (own, other) = group.split_at(second);
            vec![own.to_vec(), other.to_vec()]
        }
        None => vec![group],
    }
}

/// Whether a block begins with a title of courtesy, before a name or above it.
fn begins_with_title(block: &[Line<'_>]) -> bool {
    let first = block[0].text;
    names::has_honorific(first) || block.len() > 1 && names::is_honorific(first)
}

/// Whether a line goes on with the word that joins a body and what it is of.
fn begins_with_of(line: &str) -> bool {
    static OF: LazyLock<Words> = LazyLock::new(|| names::listed("of"));
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    // "Der Vorstand" begins with an article.
    let article = matches!(first, "Der" | "DER");
    OF.contains(first.to_lowercase().as_str())
        && !article
        && !rest.is_empty()
        && text::has_at_most(line, 8)
}

/// `LEAGUE OF FAMILIES          LIGUE DES FAMILLES`: the first of a body's names side by side in several languages.
fn one_of_names(line: &str, scope: Scope) -> &str {
    let cells = text::cells(line);
    let [first, second, ..] = cells[..] else { return line };
    let dated = |cell: &str| dates::date_line(cell, None).is_some();
    // `Referat 204          Bonn, den 4. Mai 1956` names a part of a body.
    if names::judge(first) != Named::Organization || dated(second) && parties::is_unit(first, scope)
    {
        return line;
    }
    // What is beside a body may be how it is reached, a symbol, the day.
    let beside = |cell: &&str| {
        let named = matches!(names::judge(cell), Named::Organization | Named::Contact);
        named || is_code(cell) || dated(cell)
    };
    if cells[1..].iter().all(beside) { first } else { line }
}

/// `■ 사단법인 등대회 ■` without the signs on both sides.
pub(in crate::ingest::rules) fn without_frame(line: &str) -> &str {
    const SIGNS: [char; 10] = ['■', '□', '◆', '◇', '★', '☆', '●', '○', '※', '◎'];
    let sign = line.chars().next().filter(|sign| SIGNS.contains(sign));
    let framed = sign.filter(|sign| line.len() > sign.len_utf8() && line.ends_with(*sign));
    framed.map_or(line, |sign| line.trim_matches([sign, ' ']))
}

/// The body, office or person of a letterhead's first lines.
fn letterhead(block: &[Line<'_>], found: Vec<Mention>, writing: Writing<'_>) -> Option<Mention> {
    let first = block.first()?;
    // `REPUBLIC OF HARLUND` / `MINISTRY OF FISHERIES`
    let below = block.get(1).filter(|l| l.number == first.number + 1);
    if names_state(first.text) && below.is_some_and(|l| names::judge(l.text) == Named::Organization)
    {
        return letterhead(&block[1..], found, writing);
    }
    let sentence = first.text.ends_with([':', '.']) && !names::has_legal_form(first.text);
    // `DE LA REPÚBLICA` goes on from what was read as the title above it.
    if !text::has_at_most(first.text, 12) || sentence || begins_with_of(first.text) {
        return None;
    }
    let unframed = without_frame(first.text);
    let whole =
        parties::of_logo(first.text).unwrap_or_else(|| one_of_names(unframed, writing.scope));
    let whole = sent_on::body_of_paper(whole, writing.scope).unwrap_or(whole);
    // `MINISTRY OF FISHERIES` / `OF THE REPUBLIC OF HARLUND`
    let below = block.get(1).filter(|l| l.number == first.number + 1 && whole == first.text);
    let more = below.filter(|l| text::is_caps(l.text) == text::is_caps(whole));
    let whole = match more.filter(|l| begins_with_of(l.text)) {
        Some(line) => format!("{whole} {}", line.text),
        None => whole.to_owned(),
    };
    let whole = whole.as_str();
    let bare = parties::without_the(whole);
    match names::judge(bare) {
        Named::Organization => Some(Mention {
            organization: Some(writing.organization(whole)),
            written: Some(whole.to_owned()),
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
        _ => {
            let part = |m: &Mention| m.organization.as_deref().is_some_and(begins_with_of);
            let first = found.into_iter().next().filter(|mention| !part(mention));
            first.map(|mention| of_paper(mention, writing))
        }
    }
}

/// Whether a line is a state's name and no more: above the name of a ministry it says whose that is.
fn names_state(line: &str) -> bool {
    static STATES: LazyLock<Words> = LazyLock::new(|| names::listed("words_for_states"));
    let mut words = parties::without_the(line).split(' ');
    let state = |word: &str| STATES.contains(word.to_lowercase().as_str());
    text::has_at_most(line, 6) && words.by_ref().take(3).any(state)
}

/// Whoever gives out a paper, where the lines name the paper: `Newsletter of the Harbour Families`.
fn of_paper(mut mention: Mention, writing: Writing<'_>) -> Mention {
    let body = mention.organization.as_deref();
    let body = body.and_then(|name| sent_on::body_of_paper(name, writing.scope)).map(str::to_owned);
    if let Some(body) = body {
        mention.written = Some(body.clone());
        mention.organization = Some(body);
    }
    mention
}
