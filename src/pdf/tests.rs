//! Small PDFs, written here as programs of several kinds write them.

mod shown;

#[path = "../../tests/support/pdf.rs"]
#[allow(dead_code, reason = "each user of the writer needs a part of it")]
pub(super) mod writer;

use super::{Fault, read_here};
use writer::Pdf;

fn lines(pdf: &Pdf) -> Vec<String> {
    let read = read_here(&pdf.bytes()).unwrap();
    let lines = read.pages.into_iter().flat_map(|page| page.lines);
    lines.map(|line| line.text).collect()
}

#[test]
fn lines_keep_their_order_their_indents_and_the_gaps_between_paragraphs() {
    let pdf = Pdf::new().page(&[
        (60.0, 700.0, 11.0, "Dear Miss Harland, the room above the bakery is dry"),
        (60.0, 686.0, 11.0, "and can be heated."),
        (60.0, 658.0, 11.0, "Yours sincerely,"),
        (380.0, 740.0, 11.0, "14 March 1921"),
    ]);
    let read = lines(&pdf);
    assert_eq!(read[0].trim(), "14 March 1921");
    assert!(read[0].starts_with("          "), "{read:#?}");
    assert_eq!(read[1], "");
    assert_eq!(read[2], "Dear Miss Harland, the room above the bakery is dry");
    assert_eq!(read[3..], ["and can be heated.", "", "Yours sincerely,"]);
}

#[test]
fn words_that_are_drawn_one_by_one_are_parted_by_their_gaps() {
    let drawn = "BT /F 11 Tf 1 0 0 1 60 700 Tm [(The) -330 (room) -330 (is) -330 (s) 15 (mall.)] TJ ET \
        BT /F 11 Tf 1 0 0 1 60 686 Tm (It) Tj 1 0 0 1 72 686 Tm (was) Tj 1 0 0 1 96 686 Tm (dry.) Tj ET";
    assert_eq!(lines(&Pdf::new().content(drawn)), ["The room is small.", "It was dry."]);
}

#[test]
fn narrow_letters_have_narrow_spaces() {
    let run = |text: &str, left: f32, right: f32| super::extract::Run {
        text: text.to_owned(),
        left,
        right,
        base: 80.0,
        size: 20.0,
        logical: false,
        style: super::Style::default(),
    };
    let line = |runs: Vec<super::extract::Run>| super::lines::of_page(runs)[0].text.clone();
    let narrow = vec![run("Society", 10.0, 47.2), run("unleash", 50.3, 87.5)];
    assert_eq!(line(narrow), "Society unleash");
    // The same gap between letters of the usual width is none.
    let broad = vec![run("unle", 10.0, 50.0), run("ashed", 53.1, 103.0)];
    assert_eq!(line(broad), "unleashed");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = "the first column goes on and on";
    let right = "the second column stands beside";
    let mut page =
        vec![(60.0, 760.0, 16.0, "A bulletin of the committee, of which the name is long")];
    for n in 0..8_u8 {
        page.push((60.0, 720.0 - 13.0 * f32::from(n), 11.0, left));
        page.push((320.0, 722.0 - 13.0 * f32::from(n), 11.0, right));
    }
    let read = lines(&Pdf::new().page(&page));
    let first = read.iter().position(|line| line == right).unwrap();
    assert_eq!(read[..first].iter().filter(|line| *line == left).count(), 8, "{read:#?}");
    assert_eq!(read[first..].iter().filter(|line| *line == right).count(), 8);
}

#[test]
fn what_is_beyond_the_edges_of_the_page_is_no_text_of_it() {
    let lines = [(60.0, 700.0, 11.0, "The room is dry."), (60.0, 860.0, 11.0, "P345-354.indd 345")];
    let below = (60.0, -9.0, 8.0, "half below");
    let read = read_here(&Pdf::new().page(&[lines[0], lines[1], below]).bytes()).unwrap();
    let shown: Vec<&str> = read.pages[0].lines.iter().map(|line| line.text.trim()).collect();
    assert_eq!(shown, ["The room is dry."]);
    assert_eq!(read.pages[0].beyond, "P345-354.indd 345 half below");
    // A page that is cut shows what is within its edges.
    let cut = Pdf::new()
        .pages_say("/CropBox [0 690 595 842]")
        .page(&[lines[0], (60.0, 500.0, 11.0, "Not this.")]);
    let read = read_here(&cut.bytes()).unwrap();
    assert_eq!((read.pages[0].lines.len(), read.pages[0].beyond.as_str()), (1, "Not this."));
}

#[test]
fn rows_of_a_table_stay_rows() {
    let mut page = Vec::new();
    for (n, (name, sum)) in
        [("Bread", "12"), ("Coal", "40"), ("Paper", "3"), ("Rent", "90")].into_iter().enumerate()
    {
        let base = 700.0 - 14.0 * n as f32;
        page.extend([(60.0, base, 11.0, name), (300.0, base, 11.0, sum)]);
    }
    let read = lines(&Pdf::new().page(&page));
    let cells: Vec<Vec<&str>> = read.iter().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(cells, [["Bread", "12"], ["Coal", "40"], ["Paper", "3"], ["Rent", "90"]]);
    assert!(read[0].contains("    "));
}

#[test]
fn korean_without_a_font_of_its_own_is_read() {
    let pdf = Pdf::new().page(&[(60.0, 700.0, 11.0, "수신: 국가인권위원회")]);
    assert_eq!(lines(&pdf), ["수신: 국가인권위원회"]);
}

#[test]
fn raised_numbers_and_double_printing_are_known() {
    let pdf = Pdf::new().page(&[
        (60.0, 700.0, 11.0, "as the minutes say"),
        (151.0, 704.5, 6.5, "12"),
        (60.0, 680.0, 11.0, "Printed twice"),
        (60.3, 680.0, 11.0, "Printed twice"),
    ]);
    assert_eq!(lines(&pdf).join("|").replace("||", "|"), "as the minutes say¹²|Printed twice");
}

#[test]
fn boxes_are_told_from_the_upper_left_corner() {
    let read = read_here(&Pdf::new().page(&[(60.0, 700.0, 10.0, "A line")]).bytes()).unwrap();
    let [left, top, right, bottom] = read.pages[0].lines[0].bounds;
    assert!((59.0..61.0).contains(&left) && right > 80.0 && right < 100.0, "{left} {right}");
    assert!(top < 142.0 && bottom > 142.0 && bottom - top < 15.0, "{top} {bottom}");
}

#[test]
fn text_that_is_turned_is_read_as_it_runs() {
    let drawn = "BT /F 11 Tf 0 1 -1 0 100 60 Tm (This page lies on its side) Tj 0 1 -1 0 114 60 Tm (and goes on.) Tj ET";
    assert_eq!(lines(&Pdf::new().content(drawn)), ["This page lies on its side", "and goes on."]);
}

#[test]
fn a_picture_has_a_text_only_if_somebody_read_it() {
    let bare = read_here(&Pdf::new().scan(&[]).bytes()).unwrap();
    assert!(!bare.has_text());
    assert_eq!(bare.untold_pages(), [1]);
    let line =
        "The room above the bakery is dry and can be heated, and the rent is four shillings a week";
    let told = read_here(&Pdf::new().scan(&[(60.0, 700.0, 9.0, line)]).bytes()).unwrap();
    assert!(told.has_text() && told.is_recognised());
    let both = Pdf::new().scan(&[(60.0, 700.0, 9.0, line)]).scan(&[]);
    assert_eq!(read_here(&both.bytes()).unwrap().untold_pages(), [2]);
}

#[test]
fn what_is_no_pdf_is_damaged() {
    let whole = Pdf::new().page(&[(60.0, 700.0, 11.0, "A line")]).bytes();
    for bytes in [&b"%PDF-1.4\n%%EOF\n"[..], &whole[..60], b""] {
        assert_eq!(read_here(bytes), Err(Fault::Damaged));
    }
}

/// Numbers that come in the same order each time.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    }
}

#[test]
fn broken_files_do_no_harm() {
    let text =
        [(60.0, 700.0, 11.0, "Dear Miss Harland,"), (60.0, 660.0, 11.0, "수신: 국가인권위원회")];
    let whole = Pdf::new().says("Title", "A letter").page(&text).scan(&text).bytes();
    for seed in 0..500 {
        let mut number = numbers(seed + 1);
        let mut bytes = whole.clone();
        for _ in 0..=number(6) {
            let at = number(bytes.len());
            match number(4) {
                0 => bytes[at] = number(256) as u8,
                1 => bytes.truncate(at.max(8)),
                2 => drop(bytes.splice(at..at, *b"[[<<")),
                _ => drop(bytes.drain(at..(at + number(40)).min(bytes.len()))),
            }
        }
        let read = read_here(&bytes);
        assert_eq!(read, read_here(&bytes), "{seed}");
    }
}

#[test]
fn letters_far_apart_are_cells() {
    let drawn = "BT /F 10 Tf 40 Tc 1 0 0 1 60 700 Tm (047) Tj ET";
    let read = lines(&Pdf::new().content(drawn));
    assert_eq!(read[0].split_whitespace().collect::<Vec<_>>(), ["0", "4", "7"]);
}

#[test]
fn accents_that_are_drawn_over_letters_are_theirs() {
    let drawn = "BT /F 10 Tf 1 0 0 1 60 700 Tm (un prot) Tj 1 0 0 1 91.6 700 Tm (e) Tj 1 0 0 1 92.7 700 Tm (\\264) Tj \
        1 0 0 1 97.2 700 Tm (g) Tj 1 0 0 1 102.8 700 Tm (e) Tj 1 0 0 1 103.9 700 Tm (\\264) Tj ET \
        BT /F 10 Tf 1 0 0 1 60 680 Tm (geht\\264s und l\\264eau) Tj ET";
    assert_eq!(lines(&Pdf::new().content(drawn)), ["un protégé", "geht´s und l´eau"]);
}

#[test]
fn digits_beside_letters_of_east_asia_are_not_parted_by_a_narrow_gap() {
    let hex =
        |text: &str| text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
    let drawn = format!(
        "BT /K 10 Tf 1 0 0 1 60 700 Tm <{}> Tj /F 10 Tf 1 0 0 1 82.2 700 Tm (15) Tj /K 10 Tf 1 0 0 1 95.5 700 Tm <{}> Tj \
         1 0 0 1 140 700 Tm <{}> Tj ET",
        hex("지난"),
        hex("일에"),
        hex("왔다")
    );
    let read = lines(&Pdf::new().content(&drawn));
    assert!(read[0].starts_with("지난15일에"), "{read:?}");
}
