//! What programs read from page images (hOCR, ALTO, PAGE) → lines in the order of the file, indented as they are on
//! the page, with a doubt where the program was not sure.

mod alto;
mod boxes;
mod hocr;
mod page_xml;

use super::super::decode::{self, Refusal};
use super::super::markdown;
use super::{Format, Source, parse_xml};
pub use boxes::{PageBoxes, WordBox};
pub(in crate::ingest) use boxes::{boxes, of_pdf as pdf_boxes};

/// The format of a file that tells what is on a page image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Ocr {
    Hocr,
    Alto,
    PageXml,
}

/// A word, a line's part, with its place in pixels.
#[derive(Debug, Default, Clone, PartialEq)]
struct Word {
    text: String,
    left: f32,
    right: f32,
    /// How sure the program was, from 0 to 1; it need not say.
    sure: Option<f32>,
}

/// A line.
#[derive(Debug, Default, Clone, PartialEq)]
struct Line {
    words: Vec<Word>,
    top: f32,
    bottom: f32,
    /// Whether a paragraph begins with it.
    begins: bool,
}

/// A page.
#[derive(Debug, Default, Clone, PartialEq)]
struct Page {
    /// Width and height, in the measure of its words.
    size: Option<(f32, f32)>,
    lines: Vec<Line>,
}

/// Words of which a program was less sure are a doubt.
const SURE: f32 = 0.6;

/// How many doubtful lines of a seed get a doubt each.
const EACH: usize = 5;

/// What files of each form have near their beginning: one of these marks.
const FORMS: [(Ocr, &[&str]); 3] = [
    (Ocr::Alto, &["<alto"]),
    (Ocr::PageXml, &["<PcGts", ":PcGts"]),
    (Ocr::Hocr, &["ocr_page", "ocr-system", "ocr-capabilities"]),
];

/// Recognises a file by its beginning.
pub(super) fn recognise(path: &str, bytes: &[u8]) -> Option<Ocr> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let has =
        |mark: &str| head.windows(mark.len()).any(|w| w.eq_ignore_ascii_case(mark.as_bytes()));
    let starts = head.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
    if starts != Some(&b'<') {
        return None;
    }
    // Behind a prefix, the name of the namespace must be there as well.
    if has(":alto ") && has("loc.gov/standards/alto") {
        return Some(Ocr::Alto);
    }
    let marked = FORMS.into_iter().find(|(_, marks)| marks.iter().any(|mark| has(mark)));
    let named =
        || path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("hocr"));
    marked.map(|(form, _)| form).or_else(|| (named() && has("<html")).then_some(Ocr::Hocr))
}

/// How much of a file tells what it is.
pub(in crate::ingest) const HEAD: usize = 4096;

/// Whether a file's name ends as those of such files do.
pub(in crate::ingest) fn may_be(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    "hocr|xml|html|htm|xhtml".split('|').any(|known| ending.eq_ignore_ascii_case(known))
}

/// Reads one.
pub(super) fn read(format: Ocr, bytes: &[u8]) -> Result<Source, Refusal> {
    let (text, doubts) = written(&pages(format, bytes)?);
    if text.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    let text = if markdown::has_pairs(&text) { markdown::escaped(&text) } else { text };
    let text = decode::clean(&text);
    Ok(Source { format: Format::Page, text, doubts, ..Source::default() })
}

fn pages(format: Ocr, bytes: &[u8]) -> Result<Vec<Page>, Refusal> {
    let root = parse_xml(bytes)?;
    Ok(match format {
        Ocr::Hocr => hocr::pages(&root),
        Ocr::Alto => alto::pages(&root),
        Ocr::PageXml => page_xml::pages(&root),
    })
}

/// The lines of all pages, pages parted by form feeds; and what is doubtful, with the line that shows it.
fn written(pages: &[Page]) -> (String, Vec<(String, usize)>) {
    let mut lines: Vec<String> = Vec::new();
    let mut unsure: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut words = 0;
    for (number, page) in pages.iter().enumerate() {
        let page = &page.lines;
        let left = page.iter().flat_map(|line| line.words.first()).map(|word| word.left);
        let left = left.fold(f32::INFINITY, f32::min);
        for (at, line) in page.iter().enumerate() {
            let feed = if at == 0 && number > 0 { "\u{C}" } else { "" };
            if (line.begins || at == 0) && !lines.is_empty() {
                lines.push(String::new());
            }
            let indent = line.indent(left);
            lines.push(format!("{feed}{}{}", " ".repeat(indent), line.text()));
            words += line.words.len();
            let of_line: Vec<&str> = line
                .words
                .iter()
                .filter(|word| word.is_unsure())
                .map(|word| word.text.as_str())
                .collect();
            if !of_line.is_empty() {
                unsure.push((lines.len(), of_line));
            }
        }
    }
    (lines.join("\n"), doubts(&unsure, words))
}

/// What is said of words of which the program was not sure.
fn doubts(unsure: &[(usize, Vec<&str>)], words: usize) -> Vec<(String, usize)> {
    let quoted = |words: &[&str]| {
        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    };
    if unsure.len() <= EACH {
        let of_line = |(line, words): &(usize, Vec<&str>)| {
            (
                format!("the program that read the page image was not sure of {}", quoted(words)),
                *line,
            )
        };
        return unsure.iter().map(of_line).collect();
    }
    let all: Vec<&str> = unsure.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    let reason = format!(
        "the program that read the page images was not sure of {} of {words} words, such as {}",
        all.len(),
        quoted(&all[..all.len().min(EACH)])
    );
    vec![(reason, unsure[0].0)]
}

impl Word {
    fn is_unsure(&self) -> bool {
        self.sure.is_some_and(|sure| sure < SURE) && self.text.contains(char::is_alphanumeric)
    }
}

impl Line {
    /// The words, with spaces between them: programs take each syllable of Korean for a word.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut end: Option<f32> = None;
        for word in &self.words {
            let gap = end.map(|end| word.left - end);
            let height = (self.bottom - self.top).max(1.0);
            let are_close = gap.is_some_and(|gap| gap < height * 0.45);
            let joins =
                are_close && text.ends_with(is_east_asian) && word.text.starts_with(is_east_asian);
            if !text.is_empty() && !joins {
                text.push(' ');
            }
            text.push_str(&word.text);
            end = (word.right > word.left).then_some(word.right);
        }
        text
    }

    /// By how many columns it is indented, by the width of its own letters.
    fn indent(&self, margin: f32) -> usize {
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else { return 0 };
        let letters: usize = self.words.iter().map(|word| word.text.chars().count() + 1).sum();
        let width = (last.right - first.left) / letters.max(1) as f32;
        let columns = (first.left - margin) / width.max(1.0);
        if width > 0.0 && (2.0..400.0).contains(&columns) {
            (columns.round() as usize).min(60)
        } else {
            0
        }
    }
}

pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{3040}'..='\u{30FF}' | '㐀'..='鿿')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOCR: &str = "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page' title='image \"a.png\"; bbox 0 0 1000 1400'>\
        <div class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title='bbox 700 100 900 130'>\
        <span class='ocrx_word' title='bbox 700 100 740 130; x_wconf 96'>14</span> <span class='ocrx_word' title='bbox 750 100 900 130; x_wconf 41'>Maroh</span></span></p></div>\
        <div class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title='bbox 100 200 500 230'>\
        <span class='ocrx_word' title='bbox 100 200 180 230; x_wconf 96'>Dear</span> <span class='ocrx_word' title='bbox 190 200 250 230; x_wconf 96'><strong>Sir,</strong></span></span>\
        <span class='ocr_line' title='bbox 100 240 500 270'><span class='ocrx_word' title='bbox 100 240 130 270; x_wconf 96'>위</span>\
        <span class='ocrx_word' title='bbox 135 240 160 270; x_wconf 96'>원</span><span class='ocrx_word' title='bbox 190 240 220 270; x_wconf 96'>회</span></span></p></div></div></body></html>";

    const ALTO: &str = "<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'><Layout><Page><PrintSpace>\
        <TextBlock><TextLine HPOS='100' VPOS='100' WIDTH='300' HEIGHT='30'><String CONTENT='Dear' HPOS='100' VPOS='100' WIDTH='80' HEIGHT='30' WC='0.9'/><SP/>\
        <String CONTENT='trea' HPOS='190' VPOS='100' WIDTH='80' HEIGHT='30' WC='0.5'/><HYP CONTENT='-'/></TextLine></TextBlock>\
        </PrintSpace></Page></Layout></alto>";

    const PAGE: &str = "<?xml version='1.0'?><PcGts><Page imageFilename='a.jpg'><ReadingOrder><OrderedGroup><RegionRefIndexed index='1' regionRef='r1'/>\
        <RegionRefIndexed index='0' regionRef='r2'/></OrderedGroup></ReadingOrder>\
        <TextRegion id='r1'><TextLine><Coords points='10,50 90,50 90,70 10,70'/><TextEquiv conf='0.3'><Unicode>second &amp; last</Unicode></TextEquiv></TextLine></TextRegion>\
        <TextRegion id='r2'><TextLine><Coords points='10,10 90,10 90,30 10,30'/><Word><Coords points='10,10 40,10 40,30 10,30'/><TextEquiv><Unicode>first</Unicode></TextEquiv></Word>\
        <Word><Coords points='50,10 90,10 90,30 50,30'/><TextEquiv><Unicode>line</Unicode></TextEquiv></Word></TextLine></TextRegion></Page></PcGts>";

    fn lines(name: &str, text: &str) -> (Vec<String>, Vec<(String, usize)>) {
        let format = recognise(name, text.as_bytes()).unwrap();
        let source = read(format, text.as_bytes()).unwrap();
        (source.text.split('\n').map(str::to_owned).collect(), source.doubts)
    }

    #[test]
    fn each_format_gives_its_lines_and_what_it_doubts() {
        let (text, doubts) = lines("a.hocr", HOCR);
        assert_eq!(text[0].trim(), "14 Maroh");
        assert!(text[0].starts_with("            "), "{text:?}");
        assert_eq!(text[1..], ["", "Dear Sir,", "위원 회"]);
        assert_eq!(doubts.len(), 1);
        assert!(doubts[0].0.ends_with("was not sure of `Maroh`") && doubts[0].1 == 1, "{doubts:?}");
        let (text, doubts) = lines("a.xml", ALTO);
        assert_eq!(text, ["Dear trea-"]);
        assert!(doubts[0].0.contains("`trea-`"));
        let (text, doubts) = lines("a.xml", PAGE);
        assert_eq!(text, ["first line", "", "second & last"]);
        assert_eq!(doubts[0].1, 3);
    }

    #[test]
    fn other_pages_and_data_are_none_of_these() {
        for text in [
            "<html><body>Dear Sir</body></html>",
            "<?xml version='1.0'?><TEI/>",
            "ocr_page is a class",
        ] {
            assert_eq!(recognise("a.xml", text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn many_doubts_are_one() {
        let words: Vec<(usize, Vec<&str>)> = (1..=9).map(|line| (line, vec!["wrd"])).collect();
        let told = doubts(&words, 90);
        assert_eq!(told.len(), 1);
        assert!(told[0].0.contains("9 of 90 words, such as `wrd`"), "{told:?}");
    }
}
