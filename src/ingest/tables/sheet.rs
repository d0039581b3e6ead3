//! XLSX and ODS → the rows of their first sheet, with dates as dates whatever a spreadsheet counts them by.
//!
//! They are read by the reader of office texts: what a table needs of them is not worth a library.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::super::decode::Refusal;
use super::super::source::{Element, Zip, parse_xml};
use super::csv::Cells;
use crate::edtf::Day;
use crate::limits::Limit;

/// The most columns that are read.
const COLUMNS: usize = 500;
/// More rows than any spreadsheet has.
const ROWS: usize = 100_000_000;

/// Reads the first sheet; none if the file is no spreadsheet of today.
pub(super) fn rows(bytes: &[u8]) -> Option<Result<Vec<Cells>, Refusal>> {
    let zip = Zip::open(bytes)?;
    if zip.has("xl/workbook.xml") {
        Some(xlsx(&zip))
    } else {
        zip.has("content.xml").then(|| ods(&zip))
    }
}

fn part(zip: &Zip<'_>, name: &str) -> Result<Option<Element>, Refusal> {
    zip.read(name)?.map(|bytes| parse_xml(&bytes)).transpose()
}

fn xlsx(zip: &Zip<'_>) -> Result<Vec<Cells>, Refusal> {
    let book = part(zip, "xl/workbook.xml")?.ok_or(Refusal::Damaged)?;
    let rels = part(zip, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let first = book.child("sheets").and_then(|sheets| sheets.child("sheet"));
    let id = first.and_then(|sheet| sheet.attribute("id"));
    let rel = rels.elements().find(|rel| id.is_some() && rel.attribute("Id") == id);
    let target = rel.and_then(|rel| rel.attribute("Target")).unwrap_or("worksheets/sheet1.xml");
    let path = match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("xl/{target}"),
    };
    let sheet = part(zip, &path)?.ok_or(Refusal::Damaged)?;
    let strings = part(zip, "xl/sharedStrings.xml")?.unwrap_or_default();
    let styles = part(zip, "xl/styles.xml")?.unwrap_or_default();
    let from_1904 = book.child("workbookPr").and_then(|p| p.attribute("date1904"));
    let reader = Xlsx {
        strings: strings.elements().map(string).collect(),
        dates: dates(&styles),
        from_1904: matches!(from_1904, Some("1" | "true")),
    };
    let data = sheet.child("sheetData").ok_or(Refusal::Damaged)?;
    let (mut rows, mut number, mut count) = (Vec::new(), 0, 0);
    for row in data.elements().filter(|element| element.name == "row") {
        let own = row.attribute("r").and_then(|r| r.parse().ok());
        number = own.filter(|own| (1..=ROWS).contains(own)).unwrap_or(number + 1);
        let mut cells: Vec<String> = Vec::new();
        for cell in row.elements().filter(|element| element.name == "c") {
            let column = cell.attribute("r").and_then(column).unwrap_or(cells.len());
            if column < COLUMNS {
                cells.resize(cells.len().max(column + 1), String::new());
                cells[column] = reader.value(cell).trim().to_owned();
            }
        }
        count += cells.len();
        if count > Limit::TableCells.count() {
            return Err(Refusal::TooLarge(Limit::TableCells));
        }
        push(&mut rows, number, cells);
    }
    Ok(rows)
}

fn push(rows: &mut Vec<Cells>, number: usize, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(Cells { lines: (number, number), cells });
    }
}

struct Xlsx {
    strings: Vec<String>,
    /// For each style of cells whether it shows numbers as dates.
    dates: Vec<bool>,
    from_1904: bool,
}

impl Xlsx {
    fn value(&self, cell: &Element) -> String {
        let value = || cell.child("v").map(Element::text).unwrap_or_default();
        match cell.attribute("t") {
            Some("s") => {
                let number = value().trim().parse::<usize>().ok();
                number.and_then(|n| self.strings.get(n)).cloned().unwrap_or_default()
            }
            Some("inlineStr") => cell.child("is").map(string).unwrap_or_default(),
            // The result of a formula that cannot be computed is no value.
            Some("e") => String::new(),
            Some("str" | "d" | "b") => value(),
            _ => {
                let style = cell.attribute("s").and_then(|s| s.parse::<usize>().ok());
                let is_date = style.and_then(|s| self.dates.get(s)).copied().unwrap_or(false);
                let value = value();
                let date = is_date.then(|| day(&value, self.from_1904)).flatten();
                date.unwrap_or_else(|| number(&value))
            }
        }
    }
}

/// The text of a string, without the reading aid above it.
fn string(item: &Element) -> String {
    let mut text = String::new();
    for element in item.elements() {
        match element.name.as_str() {
            "t" => text.push_str(&element.text()),
            "r" => text.extend(element.child("t").map(Element::text)),
            _ => {}
        }
    }
    text
}

/// `1921.0` is `1921`, and `3.0000000000000004E2` a number as well.
fn number(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        _ => text.to_owned(),
    }
}

/// For each style of cells whether it shows numbers as dates.
fn dates(styles: &Element) -> Vec<bool> {
    let own =
        styles.child("numFmts").into_iter().flat_map(Element::elements).filter_map(|format| {
            let id: usize = format.attribute("numFmtId")?.parse().ok()?;
            Some((id, shows_dates(format.attribute("formatCode")?)))
        });
    let own: HashMap<usize, bool> = own.collect();
    let cells = styles.child("cellXfs").into_iter().flat_map(Element::elements);
    cells
        .map(|style| {
            let id = style.attribute("numFmtId").and_then(|id| id.parse::<usize>().ok());
            let id = id.unwrap_or(0);
            own.get(&id)
                .copied()
                .unwrap_or(matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58))
        })
        .collect()
}

/// Whether a format has a year or a day, outside of quotes and brackets.
fn shows_dates(format: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    format.chars().any(|c| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            'y' | 'Y' | 'd' | 'D' | 'e' if !quoted && !bracket => {
                return c != 'e' || format.contains('m');
            }
            _ => {}
        }
        false
    })
}

/// The day that a spreadsheet counts as a number.
fn day(text: &str, from_1904: bool) -> Option<String> {
    let count = text.trim().parse::<f64>().ok().filter(|n| (1.0..3_000_000.0).contains(n))?;
    #[expect(clippy::cast_possible_truncation, reason = "the number is within bounds")]
    let count = count as i64;
    // Spreadsheets believe that 1900 had a 29 February.
    let (year, month, day) = match (from_1904, count < 60) {
        (true, _) => (1904, 1, 1),
        (false, true) => (1899, 12, 31),
        (false, false) => (1899, 12, 30),
    };
    let before = Day { year, month, day }.since_1970();
    Day::from_1970(before + count).map(|day| day.to_string())
}

/// `C7` is column 2.
fn column(reference: &str) -> Option<usize> {
    let letters: Vec<usize> = reference
        .bytes()
        .take_while(u8::is_ascii_uppercase)
        .map(|b| usize::from(b - b'A') + 1)
        .take(4)
        .collect();
    letters.iter().fold(0, |sum, letter| sum * 26 + letter).checked_sub(1)
}

fn ods(zip: &Zip<'_>) -> Result<Vec<Cells>, Refusal> {
    let content = part(zip, "content.xml")?.ok_or(Refusal::Damaged)?;
    let sheet = content.find(&["body", "spreadsheet"]).and_then(|sheets| sheets.child("table"));
    let mut found = Vec::new();
    ods_rows(sheet.ok_or(Refusal::Damaged)?, &mut found);
    let (mut rows, mut number, mut count) = (Vec::new(), 1_usize, 0);
    for row in found {
        let mut cells: Vec<String> = Vec::new();
        for cell in row.elements() {
            let value = match cell.attribute("date-value") {
                // A moment: its day counts.
                Some(date) => date.split('T').next().unwrap_or_default().to_owned(),
                None => {
                    let lines = cell.elements().filter(|e| e.name == "p").map(Element::text);
                    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
                }
            };
            let times = repeated(cell, "number-columns-repeated").min(COLUMNS - cells.len());
            cells.extend(std::iter::repeat_n(value, times));
        }
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        count += cells.iter().map(|cell| 1 + cell.len() / 64).sum::<usize>();
        if count > Limit::TableCells.count() {
            return Err(Refusal::TooLarge(Limit::TableCells));
        }
        push(&mut rows, number, cells);
        number = number.saturating_add(repeated(row, "number-rows-repeated"));
    }
    Ok(rows)
}

fn ods_rows<'e>(table: &'e Element, rows: &mut Vec<&'e Element>) {
    for element in table.elements() {
        match element.name.as_str() {
            "table-row" => rows.push(element),
            "table-header-rows" | "table-rows" | "table-row-group" => ods_rows(element, rows),
            _ => {}
        }
    }
}

fn repeated(element: &Element, attribute: &str) -> usize {
    element.attribute(attribute).and_then(|n| n.parse().ok()).unwrap_or(1)
}
