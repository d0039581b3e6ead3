//! The caption of a case: a court, the sides, what each of them is in the case.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::layout::Layout;
use super::super::lexicon::{Scope, ScopedWords};
use super::super::marks;
use super::super::text::{self, Line};

/// How many written lines are looked at.
const LINES: usize = 50;

/// The sides of a case, and where they are.
#[derive(Debug)]
pub(super) struct Caption {
    /// Indices of its first line and of the line after its last one.
    pub lines: Range<usize>,
    /// Those who stand against each other, in their order.
    pub sides: Vec<String>,
    /// What is in capitals beside the sides or below them: what the paper is.
    pub heading: Option<String>,
    /// Whether the lines around it have a word by which judgments are called.
    pub is_judged: bool,
}

impl Caption {
    /// The sides above and below a word that is alone between them, where no word says what they are:
    /// `THE PROSECUTOR` / `v.` / `ADA QUILL`.
    fn around_versus(lines: &[Line<'_>], early: &[usize], scope: Scope) -> Option<Self> {
        let place = early.iter().position(|&at| is_versus(lines[at].text, scope))?;
        let (above, below) = (*early.get(place.checked_sub(1)?)?, *early.get(place + 1)?);
        let side = |at: usize| {
            let name = without_margin(lines[at].text);
            let named = name.starts_with(char::is_uppercase) && text::has_at_most(name, 12);
            (named && !text::ends_sentence(lines[at].text) && !marks::is_any_label(name))
                .then(|| name.to_owned())
        };
        let sides = vec![side(above)?, side(below)?];
        let judged =
            |at: &&usize| marks::kind_of_title(lines[**at].text, scope) == Some("judgment");
        let is_judged = early.iter().any(|at| judged(&at));
        Some(Self { lines: above..below + 1, sides, heading: None, is_judged })
    }

    /// Finds the caption of a document that begins with one.
    pub(super) fn of(lines: &[Line<'_>], layout: &Layout, scope: Scope) -> Option<Self> {
        let end = layout.salutation.unwrap_or(lines.len());
        let early: Vec<usize> = (0..end).filter(|&i| !lines[i].is_blank()).take(LINES).collect();
        let tells = |&i: &usize| {
            is_role(lines[i].text, scope) || before_role(lines[i].text, scope).is_some()
        };
        let roles: Vec<usize> = early.iter().copied().filter(tells).collect();
        let (Some(&first), Some(&last)) = (roles.first(), roles.get(1)) else {
            return Self::around_versus(lines, &early, scope);
        };
        let sides: Vec<(usize, String)> = [0..first, first + 1..last]
            .into_iter()
            .filter_map(|above| {
                let beside = before_role(lines.get(above.end)?.text, scope);
                beside
                    .map(|name| (above.end, name.to_owned()))
                    .or_else(|| side(lines, above, scope))
            })
            .collect();
        let [(start, _), _] = sides.as_slice() else { return None };
        let judged = |i: &usize| {
            let line = without_margin(lines[*i].text);
            marks::kind_of_title(line, scope) == Some("judgment")
        };
        let is_judged = early.iter().any(judged);
        let range = *start..last + 1;
        let below = || below(&lines[range.end..], scope).filter(|_| !is_judged);
        let heading = beside(&lines[range.clone()]).or_else(below);
        let sides = sides.into_iter().map(|(_, name)| name).collect();
        Some(Self { lines: range, sides, heading, is_judged })
    }
}

/// Whether a line has only the word that parts the sides of a case: `v.`, `- against -`.
fn is_versus(line: &str, scope: Scope) -> bool {
    static VERSUS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.versus));
    let bare = without_margin(line).trim_matches(|c: char| !c.is_alphabetic());
    VERSUS.has_any_case(scope, bare)
}

/// The lines in capitals in the right column of a caption: `)   NOTICE OF MOTION`.
fn beside(lines: &[Line<'_>]) -> Option<String> {
    let right = lines.iter().filter_map(|line| {
        let cells = text::cells(line.text);
        let cell =
            cells.get(1..)?.iter().rev().find(|cell| cell.chars().any(char::is_alphabetic))?;
        let cell = cell.trim_start_matches([')', '|', ' ']);
        let coded = cell.contains(':') || cell.bytes().any(|b| b.is_ascii_digit());
        (text::is_caps(cell) && !coded).then_some(cell)
    });
    let heading = right.collect::<Vec<_>>().join(" ");
    (!text::has_at_most(&heading, 1)).then_some(heading)
}

/// The heading in capitals below a caption that has the word for a kind: `FIRST AFFIDAVIT OF ADA QUILL`.
fn below(lines: &[Line<'_>], scope: Scope) -> Option<String> {
    let is_rule = |l: &&Line<'_>| l.is_blank() || text::is_divider(l.text);
    let heads = |l: &&Line<'_>| !l.is_blank() && text::is_caps(l.text) && !l.text.contains(':');
    let filled = lines.iter().skip_while(is_rule).take_while(heads).map(|l| l.text.trim());
    let heading = filled.collect::<Vec<_>>().join(" ");
    let mut starts = heading.match_indices(' ').map(|(at, _)| at + 1).take(2);
    let kind = |at: usize| marks::kind_of_title(&heading[at..], scope).is_some();
    let told = kind(0) || starts.any(kind);
    (told && (3..=16).contains(&text::word_count(&heading))).then_some(heading)
}

/// A line of a caption without the brackets and numbers at its right margin.
fn without_margin(line: &str) -> &str {
    let cell = text::cells(line).first().copied().unwrap_or(line);
    cell.trim_end_matches([')', '|', ' ', ',', '.', ':', ';']).trim_start_matches(['|', ' '])
}

/// Whether a line says nothing but what a side is in the case: `Plaintiff,`, `Appellant/Claimant`.
fn is_role(line: &str, scope: Scope) -> bool {
    static SIDES: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.sides));
    let bare = without_margin(line);
    let mut words = bare.split([' ', '/', '-']).filter(|w| w.chars().any(char::is_alphabetic));
    let some = words.clone().next().is_some();
    some && bare.len() <= 60 && words.all(|word| SIDES.has_any_case(scope, word.trim_matches(',')))
}

/// The name of a side that has its role in the same line, behind a gap: `ADA QUILL          Claimant`.
fn before_role(line: &str, scope: Scope) -> Option<&str> {
    let cells = text::cells(line);
    let [name, role] = cells[..] else { return None };
    let named = name.starts_with(char::is_uppercase) && text::has_at_most(name, 16);
    (named && is_role(role, scope) && !is_role(name, scope)).then(|| name.trim_end_matches(','))
}

/// Who is named in the last lines above a role, as far as a line that joins or divides.
fn side(lines: &[Line<'_>], above: Range<usize>, scope: Scope) -> Option<(usize, String)> {
    static JOINTS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.against));
    let joins = |i: &usize| {
        let bare = without_margin(lines[*i].text).trim_matches(|c: char| !c.is_alphabetic());
        bare.is_empty() || lines[*i].text.ends_with(':') || JOINTS.has_any_case(scope, bare)
    };
    let last = above.clone().rev().find(|i| !joins(i))?;
    let behind = |line| {
        let (joint, rest): (&str, &str) = str::split_once(line, ':')?;
        let rest = rest.trim();
        (!rest.is_empty() && JOINTS.has_any_case(scope, joint.trim())).then_some(rest)
    };
    let mut name: Vec<&str> = Vec::new();
    let mut first = last;
    for i in (above.start..=last).rev().take(SIDE) {
        let line = without_margin(lines[i].text);
        let joined = behind(line);
        // Above it another label may have its value: `Delivered: 12 October 2006`.
        if i < last && (joins(&i) || joined.is_none() && marks::is_any_label(line)) {
            break;
        }
        first = i;
        name.insert(0, joined.unwrap_or(line));
        if joined.is_some() {
            break;
        }
    }
    let name = name.join(" ");
    let name = without_address(&name);
    let named = name.starts_with(char::is_uppercase) && text::has_at_most(name, 16);
    named.then(|| (first, name.trim_end_matches(',').to_owned()))
}

/// How many lines the name of a side has at most.
const SIDE: usize = 3;

/// `Edith Farrow, No. 21, Quay Street, Hull`: the name, without the house and what is behind it.
fn without_address(name: &str) -> &str {
    let housed = |part: &str| part.bytes().any(|b| b.is_ascii_digit());
    let mut commas = name.match_indices(", ").map(|(at, _)| at);
    let end = commas.find(|at| housed(name[at + 2..].split(", ").next().unwrap_or_default()));
    &name[..end.unwrap_or(name.len())]
}
