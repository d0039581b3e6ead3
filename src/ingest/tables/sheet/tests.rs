//! Spreadsheets, built here piece by piece.

use super::*;
use crate::ingest::test_zip::zip;

fn xlsx(sheet: &str) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" r:id=\"x\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"x\" Target=\"worksheets/own.xml\"/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Title</t></si><si><r><t>A </t></r><r><t>map</t></r><rPh><t>x</t></rPh></si></sst>".as_bytes(),
        ),
        (
            "xl/styles.xml",
            b"<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-412]yyyy/mm/dd\"/>\
              <numFmt numFmtId=\"171\" formatCode=\"0 &quot;days&quot;\"/></numFmts>\
              <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/own.xml", sheet.as_bytes()),
    ])
}

const SHEET: &str = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\">\
    <is><t>Date</t></is></c></row><row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>1921.0</v></c>\
    <c r=\"C4\" s=\"1\"><v>7744.5</v></c><c r=\"D4\" s=\"2\"><v>1</v></c><c r=\"E4\" s=\"3\"><v>60</v></c></row></sheetData></worksheet>";

fn cells(rows: &[Cells]) -> Vec<(usize, Vec<&str>)> {
    rows.iter().map(|r| (r.lines.0, r.cells.iter().map(String::as_str).collect())).collect()
}

#[test]
fn a_workbook_gives_the_rows_of_its_first_sheet() {
    let rows = rows(&xlsx(SHEET)).unwrap().unwrap();
    assert_eq!(
        cells(&rows),
        [
            (2, vec!["Title", "", "Date"]),
            (4, vec!["A map", "1921", "1921-03-14", "1900-01-01", "60"])
        ]
    );
    assert_eq!(day("60", false).unwrap(), "1900-02-28");
    assert_eq!(day("61", false).unwrap(), "1900-03-01");
    assert_eq!(day("45351", false).unwrap(), "2024-02-29");
    assert_eq!(day("43889", true).unwrap(), "2024-02-29");
}

#[test]
fn an_open_document_gives_them_too() {
    let content = "<c xmlns:t=\"t\" xmlns:o=\"o\"><body><spreadsheet><table><table-row><table-cell><p>Title</p></table-cell>\
        <table-cell><p>Date</p></table-cell><table-cell t:number-columns-repeated=\"16000\"/></table-row>\
        <table-row t:number-rows-repeated=\"7\"><table-cell/></table-row><table-row><table-cell><p>A</p><p>map</p></table-cell>\
        <table-cell o:date-value=\"1921-03-14T00:00:00\"><p>14.03.21</p></table-cell></table-row></table></spreadsheet></body></c>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    let rows = rows(&bytes).unwrap().unwrap();
    assert_eq!(cells(&rows), [(1, vec!["Title", "Date"]), (9, vec!["A\nmap", "1921-03-14"])]);
}

#[test]
fn broken_sheets_are_read_or_refused() {
    let mut number = 17_u64;
    let mut below = |limit: usize| {
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).unwrap() % limit
    };
    let whole = xlsx(SHEET);
    for round in 0..500 {
        let mut broken = if round % 2 == 0 { whole.clone() } else { SHEET.as_bytes().to_vec() };
        for _ in 0..=below(4) {
            let at = below(broken.len());
            broken[at] = b"0<>\"/Z9 "[below(8)];
        }
        let bytes = match round % 2 {
            0 => broken,
            _ => xlsx(&String::from_utf8_lossy(&broken)),
        };
        let _ = rows(&bytes);
    }
}

#[test]
fn a_row_that_no_spreadsheet_has_gets_the_next_number() {
    let of = |number: &str| SHEET.replace("<row r=\"4\">", &format!("<row r=\"{number}\">"));
    for number in ["0", "-1", "99999999999999999999", "4294967296"] {
        let rows = rows(&xlsx(&of(number))).unwrap().unwrap();
        assert_eq!(rows[1].lines, (3, 3), "{number}");
    }
}
