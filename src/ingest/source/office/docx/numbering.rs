//! The numbers of lists, which a DOCX does not hold: they are counted as an office program counts them.

use std::collections::HashMap;

use super::super::xml::Element;
use crate::ingest::source::counting::{letters, roman};

/// How many levels a list has.
const LEVELS: usize = 9;

/// What is before an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    Bullet,
    /// The number with what is around it: `2.`, `(b)`, `1.3`.
    Number(String),
}

/// The lists of a text, and how far each was counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    levels: HashMap<String, Vec<Level>>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// A list: the description of its levels, and numbers with which it begins anew.
struct List {
    described: String,
    restarts: Vec<(usize, u32)>,
    is_begun: bool,
}

#[derive(Default, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    is_legal: bool,
}

impl Numbering {
    pub(super) fn of(part: &Element) -> Self {
        let mut all = Self::default();
        for element in part.elements() {
            match element.name.as_str() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default().to_owned();
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in element.elements().filter(|e| e.name == "lvl") {
                        let number = level.attribute("ilvl").and_then(|n| n.parse::<usize>().ok());
                        if let Some(place) = number.and_then(|n| levels.get_mut(n)) {
                            *place = Level::of(level);
                        }
                    }
                    all.levels.insert(id, levels);
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default().to_owned();
                    all.lists.insert(id, List::of(element));
                }
                _ => {}
            }
        }
        all
    }

    /// The label of the next item of a list; none if it has none.
    pub(super) fn next(&mut self, id: &str, level: usize) -> Option<Label> {
        let list = self.lists.get_mut(id)?;
        let levels = self.levels.get(&list.described)?;
        let counts = self.counts.entry(list.described.clone()).or_default();
        if !std::mem::replace(&mut list.is_begun, true) {
            for (level, start) in &list.restarts {
                if let Some(count) = counts.get_mut(*level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        let own = levels.get(level)?;
        let count = counts[level].map_or(own.start, |count| count.saturating_add(1));
        counts[level] = Some(count);
        counts[level + 1..].fill(None);
        if own.format == "bullet" {
            return Some(Label::Bullet);
        }
        let mut label = String::new();
        let mut signs = own.text.chars();
        while let Some(sign) = signs.next() {
            let digit = (sign == '%').then(|| signs.as_str().chars().next()).flatten();
            let named = digit.and_then(|d| d.to_digit(10)).and_then(|d| d.checked_sub(1));
            match named.and_then(|n| usize::try_from(n).ok()).filter(|n| *n < LEVELS) {
                Some(n) => {
                    signs.next();
                    let format = if own.is_legal { "decimal" } else { &levels[n].format };
                    label.push_str(&written(counts[n].unwrap_or(levels[n].start), format));
                }
                None => label.push(sign),
            }
        }
        let label = label.trim();
        (!label.is_empty()).then(|| Label::Number(label.to_owned()))
    }
}

impl List {
    fn of(element: &Element) -> Self {
        let described = element.child("abstractNumId").and_then(|e| e.attribute("val"));
        let restart = |own: &Element| {
            let start = own.child("startOverride")?.attribute("val")?.parse().ok()?;
            Some((own.attribute("ilvl")?.parse().ok()?, start))
        };
        let own = element.elements().filter(|e| e.name == "lvlOverride");
        Self {
            described: described.unwrap_or_default().to_owned(),
            restarts: own.filter_map(restart).collect(),
            is_begun: false,
        }
    }
}

impl Level {
    fn of(element: &Element) -> Self {
        let value = |name| element.child(name).and_then(|e| e.attribute("val"));
        Self {
            start: value("start").and_then(|s| s.parse().ok()).unwrap_or(1),
            format: value("numFmt").unwrap_or("decimal").to_owned(),
            text: value("lvlText").unwrap_or_default().to_owned(),
            is_legal: element.is_on("isLgl") == Some(true),
        }
    }
}

/// A number as a format writes it.
fn written(number: u32, format: &str) -> String {
    let count = usize::try_from(number).unwrap_or(usize::MAX);
    let nth =
        |signs: &str| count.checked_sub(1).and_then(|k| signs.chars().nth(k)).map(String::from);
    let own = match format {
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "lowerLetter" => Some(letters(count)),
        "upperLetter" => Some(letters(count).to_uppercase()),
        "lowerRoman" => Some(roman(count)),
        "upperRoman" => Some(roman(count).to_uppercase()),
        "ganada" => nth("가나다라마바사아자차카타파하"),
        "chosung" => nth("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
        "decimalEnclosedCircle" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        _ => None,
    };
    own.unwrap_or_else(|| number.to_string())
}
