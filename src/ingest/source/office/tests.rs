//! Office texts, built here piece by piece, and what is read of them.

use std::time::{Duration, Instant};

use super::{Office, Refusal, Remark, Source, read};
use crate::ingest::source::format::{Content, Unread, recognise};
use crate::ingest::test_zip::zip;
use crate::limits::Limit;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A DOCX with a body, and further parts below `word/`.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let named: Vec<(String, String)> = parts
        .iter()
        .map(|(name, text)| (name.to_string(), text.replacen('>', &format!(" {W}>"), 1)))
        .collect();
    let mut files = vec![
        ("[Content_Types].xml", "<Types/>".as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    files.extend(named.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    zip(&files)
}

/// An ODT with a text and automatic styles.
fn odt(text: &str, styles: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:table=\"b\" \
        xmlns:draw=\"d\" xmlns:xlink=\"x\" xmlns:dc=\"c\" xmlns:meta=\"m\"";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {names}><office:meta><dc:title>Of boats</dc:title>\
         <meta:creation-date>2011-02-03T10:00:00</meta:creation-date></office:meta></office:document-meta>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn dropped(source: &Source) -> Vec<(&str, &str)> {
    source.dropped.iter().map(|d| (d.rule, d.text.as_str())).collect()
}

#[test]
fn a_docx_keeps_headings_lists_tables_and_emphasis() {
    let styles = "<w:styles><w:style w:styleId=\"h\"><w:name w:val=\"Heading 2\"/></w:style>\
        <w:style w:styleId=\"e\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let item = |level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let body = [
        "<w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>A &amp; B</w:t></w:r></w:p>",
        "<w:p><w:r><w:t xml:space=\"preserve\">A </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>\
         <w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> and</w:t></w:r>\
         <w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t xml:space=\"preserve\"> plain</w:t><w:br/><w:t>next*</w:t></w:r></w:p>",
        &item(0, "one"),
        &item(1, "inner"),
        &item(0, "two"),
        &format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("Name"), cell("Year"), cell("A|B"), cell("1921")),
    ]
    .concat();
    let bytes = docx(&body, &[("word/styles.xml", styles), ("word/numbering.xml", numbering)]);
    assert_eq!(recognise("a.bin", &bytes), Content::Office(Office::Docx));
    let source = read(Office::Docx, &bytes).unwrap();
    assert_eq!(
        source.text,
        "## A & B\n\nA **bold** *and* plain\nnext*\n\n3. one\n\n(a) inner\n\n4. two\n\n\
         | Name | Year |\n| --- | --- |\n| A/B | 1921 |"
    );
    assert!(source.remarks.is_empty());
}

#[test]
fn a_docx_is_read_as_it_would_be_printed() {
    let body = [
        "<w:p><w:r><w:t xml:space=\"preserve\">We </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>never</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\"><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> came.</w:t></w:r>\
         <w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>First half,</w:t></w:r></w:p>",
        &p(" second half."),
        "<w:p><w:r><w:t>See.</w:t><w:footnoteReference w:id=\"5\"/></w:r><w:r><w:t xml:space=\"preserve\"> And.</w:t>\
         <w:endnoteReference w:id=\"2\"/></w:r></w:p>",
        "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>\
         </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>\
         </w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "<w:p><w:hyperlink r:id=\"l\"><w:r><w:t>a place</w:t></w:r></w:hyperlink></w:p>",
    ]
    .concat();
    let note = |part: &str, id: u8, text: &str| {
        let one = part.trim_end_matches('s');
        format!(
            "<w:{part}><w:{one} w:id=\"0\"/><w:{one} w:id=\"{id}\">{}</w:{one}></w:{part}>",
            p(text)
        )
    };
    let comments =
        format!("<w:comments><w:comment w:id=\"0\">{}</w:comment></w:comments>", p("really?"));
    let rels = "<Relationships><Relationship Id=\"l\" Target=\"https://x.org/a\"/></Relationships>";
    let core = "<cp:coreProperties xmlns:cp=\"p\" xmlns:dc=\"d\"><dc:title>Of boats</dc:title>\
        <dc:creator>Ada Ross</dc:creator></cp:coreProperties>";
    let (foot, end) = (note("footnotes", 5, "A source."), note("endnotes", 2, "At the end."));
    let parts: [(&str, &str); 5] = [
        ("word/footnotes.xml", &foot),
        ("word/endnotes.xml", &end),
        ("word/comments.xml", &comments),
        ("word/_rels/document.xml.rels", rels),
        ("docProps/core.xml", core),
    ];
    let source = read(Office::Docx, &docx(&body, &parts)).unwrap();
    assert_eq!(
        source.text,
        "We always came.\n\nFirst half, second half.\n\nSee.^{1} And.^{i}\n\nIn a box\n\n\
         [a place](https://x.org/a)\n\n^{1} A source.\n\n^{i} At the end."
    );
    assert_eq!(
        dropped(&source),
        [
            ("deleted in tracked changes", "never"),
            ("hidden text", "secret"),
            ("comment", "really?")
        ]
    );
    assert_eq!(source.remarks, [Remark::Changes, Remark::Hidden, Remark::Comments]);
    assert_eq!(source.told.title.as_deref(), Some("Of boats"));
    assert_eq!(source.told.author.as_deref(), Some("Ada Ross"));
}

#[test]
fn a_note_may_call_itself_and_endnotes_may_come_first() {
    let call = |kind: &str, id: u8| {
        format!("<w:p><w:r><w:t>x</w:t><w:{kind}Reference w:id=\"{id}\"/></w:r></w:p>")
    };
    let body = call("endnote", 2) + &call("footnote", 5) + &call("footnote", 5);
    let foot = format!(
        "<w:footnotes><w:footnote w:id=\"0\" w:type=\"separator\"/><w:footnote w:id=\"5\">{}</w:footnote></w:footnotes>",
        call("footnote", 5)
    );
    let end = format!("<w:endnotes><w:endnote w:id=\"2\">{}</w:endnote></w:endnotes>", p("End."));
    let parts = [("word/footnotes.xml", foot.as_str()), ("word/endnotes.xml", end.as_str())];
    let source = read(Office::Docx, &docx(&body, &parts)).unwrap();
    assert_eq!(source.text, "x^{i}\n\nx^{1}\n\nx^{1}\n\n^{i} End.\n\n^{1} x^{1}");
}

#[test]
fn the_head_of_the_first_page_is_read_and_running_heads_are_not() {
    let head = "<w:hdr><w:p><w:r><w:t>Ashford Society</w:t></w:r></w:p></w:hdr>";
    let running =
        "<w:hdr><w:p><w:r><w:t>Report</w:t></w:r><w:fldSimple w:instr=\" PAGE \"/></w:p></w:hdr>";
    let foot = "<w:ftr><w:p><w:r><w:t>12 Mill Lane</w:t></w:r></w:p></w:ftr>";
    let rels = "<Relationships><Relationship Id=\"a\" Target=\"h.xml\"/><Relationship Id=\"b\" Target=\"f.xml\"/></Relationships>";
    let body = p("Dear Sir,")
        + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"a\"/><w:footerReference w:type=\"default\" r:id=\"b\"/></w:sectPr>";
    let with = |head: &str| {
        let parts =
            [("word/h.xml", head), ("word/f.xml", foot), ("word/_rels/document.xml.rels", rels)];
        read(Office::Docx, &docx(&body, &parts)).unwrap()
    };
    let letter = with(head);
    assert_eq!(letter.text, "Ashford Society\n\nDear Sir,");
    assert_eq!(dropped(&letter), [("foot of the pages", "12 Mill Lane")]);
    let report = with(running);
    assert_eq!(report.text, "Dear Sir,");
    assert_eq!(dropped(&report)[0], ("running head", "Report"));
}

#[test]
fn an_odt_keeps_what_a_docx_keeps() {
    let styles = "<style:style style:name=\"B\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
        <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" \
        style:num-suffix=\".\"/><text:list-level-style-bullet text:level=\"2\"/></text:list-style>";
    let text = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>\
        </text:changed-region></text:tracked-changes>\
        <text:h text:outline-level=\"1\">Of  <text:span>boats</text:span></text:h>\
        <text:p>A <text:span text:style-name=\"B\">bold</text:span>\n word<text:s text:c=\"2\"/>here<text:line-break/>there\
        <text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>A source.</text:p></text:note-body></text:note>.\
        <office:annotation><dc:creator>X</dc:creator><text:p>really?</text:p></office:annotation></text:p>\
        <text:list text:style-name=\"L\"><text:list-item><text:p>one</text:p><text:list><text:list-item>\
        <text:p>inner</text:p></text:list-item></text:list></text:list-item>\
        <text:list-item text:start-value=\"7\"><text:p>seven</text:p></text:list-item></text:list>\
        <text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>\
        <table:table-cell><text:p>Year</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table>";
    let bytes = odt(text, styles);
    assert_eq!(recognise("a", &bytes), Content::Office(Office::Odt));
    let source = read(Office::Odt, &bytes).unwrap();
    assert_eq!(
        source.text,
        "# Of boats\n\nA **bold** word  here\nthere^{1}.\n\n1. one\n  - inner\n7. seven\n\nIn a box\n\n\
         | Name | Year |\n| --- | --- |\n| x | x |\n\n^{1} A source."
    );
    assert_eq!(dropped(&source), [("deleted in tracked changes", "gone"), ("comment", "really?")]);
    assert_eq!(source.remarks, [Remark::Changes, Remark::Comments]);
    assert_eq!(source.told.date.as_deref(), Some("2011-02-03T10:00:00"));
}

#[test]
fn an_rtf_is_read_in_its_code_pages() {
    let (hangul, _, _) = encoding_rs::EUC_KR.encode("존경하는 위원장님께");
    let hangul: String = hangul.iter().map(|b| format!("\\'{b:02x}")).collect();
    let text = format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fswiss Arial;}}{{\\f1\\fcharset129 Batang;}}}}\
         {{\\stylesheet{{\\s1 heading 1;}}{{\\s2 List;}}}}{{\\info{{\\title Of boats}}{{\\author Ada Ross}}\
         {{\\creatim\\yr2011\\mo2\\dy3}}}}{{\\*\\generator Word;}}\
         \\pard\\s1 Of boats\\par\\pard {{\\f1 {hangul}}}\\par \
         A {{\\b bold}} word, caf\\'e9, \\u48520?\\u-10179?\\u-8704? \\emdash{{\\deleted  gone}}{{\\v  secret}}\\line next\
         {{\\super\\chftn}}{{\\footnote\\pard {{\\super\\chftn}} A source.}}.{{\\*\\annotation really?}}\\par\n\
         {{\\listtext\\f0 2.\\tab}}\\ls1 two\\par{{\\listtext\\f3\\'b7\\tab}}dot\\par\n\
         {{\\field{{\\*\\fldinst{{HYPERLINK \"https://x.org/a\"}}}}{{\\fldrslt a place}}}}\\par\n\
         \\trowd\\pard\\intbl Name\\cell Year\\cell\\row\\trowd\\intbl A\\cell 1921\\cell\\row\\pard\n\
         {{\\pict\\bin4 }}}}}}}}}}end\\par}}"
    );
    let source = read(Office::Rtf, text.as_bytes()).unwrap();
    let expected = "# Of boats\n\n존경하는 위원장님께\n\nA **bold** word, café, 불😀 —\nnext^{1}.\n\n2. two\n- dot\n\n\
         [a place](https://x.org/a)\n\n| Name | Year |\n| --- | --- |\n| A | 1921 |\n\nend\n\n^{1} A source.";
    assert_eq!(source.text, expected);
    assert_eq!(
        dropped(&source),
        [("deleted in tracked changes", "gone"), ("hidden text", "secret"), ("comment", "really?")]
    );
    assert_eq!(source.told.title.as_deref(), Some("Of boats"));
    assert_eq!(source.told.date.as_deref(), Some("2011-02-03"));
}

#[test]
fn an_rtf_says_in_several_ways_in_which_code_it_is() {
    let in_code = |page: u32, charset: u32, bytes: &[u8]| {
        let hex: String = bytes.iter().map(|b| format!("\\'{b:02x}")).collect();
        let text = format!(
            "{{\\rtf1\\ansi\\ansicpg{page}\\deff0{{\\fonttbl{{\\f0\\fcharset{charset} Arial;}}}}\\pard {hex}\\par}}"
        );
        read(Office::Rtf, text.as_bytes()).unwrap().text.trim().to_owned()
    };
    let (korean, ..) = encoding_rs::EUC_KR.encode("존경하는");
    let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("手紙です");
    // A font of letters of the west in a file of the east; and a program that calls every font one.
    assert_eq!(in_code(932, 0, b"Jaakko J\xE4rvi"), "Jaakko Järvi");
    assert_eq!(in_code(949, 0, &korean), "존경하는");
    assert_eq!(in_code(10001, 78, &japanese), "手紙です");
    assert_eq!(in_code(10001, 77, b"caf\x8E"), "café");
    assert_eq!(in_code(1252, 255, b"caf\x82"), "café");
    assert_eq!(in_code(437, 1, b"Stra\xE1e"), "Straße");
    assert_eq!(in_code(1361, 1, b"\xD0\x65\x8B\x69"), "한글");
}

#[test]
fn an_rtf_keeps_the_text_of_groups_that_are_written_oddly() {
    let text = "{\\rtf1{\\loch\\f2\\b0\\*\\cs7\\dbch The room is dry.}\\par \
        \\trowd\\intbl A\\cell\\itap2{\\*\\nesttableprops\\trowd\\itap2 within\\nestcell\\nestrow}{\\nonesttables gone}\\cell\\row\\pard end\\par}";
    let source = read(Office::Rtf, text.as_bytes()).unwrap();
    for kept in ["The room is dry.", "within", "end"] {
        assert!(source.text.contains(kept), "{}", source.text);
    }
    assert!(!source.text.contains("gone"), "{}", source.text);
    let deep = format!("{{\\rtf1 {}Dear Sir,{}}}", "{".repeat(5_000), "}".repeat(5_000));
    assert_eq!(read(Office::Rtf, deep.as_bytes()).unwrap().text.trim(), "Dear Sir,");
}

#[test]
fn what_is_not_whole_is_refused() {
    let whole = docx(&p("Dear Sir,"), &[]);
    let half = &whole[..whole.len() / 2];
    assert_eq!(recognise("a", half), Content::Office(Office::Docx));
    assert_eq!(read(Office::Docx, half).unwrap_err(), Refusal::Damaged);
    // One letter of the text is another: the checksum says so.
    let text = b"Content_Types";
    let at = whole.windows(text.len()).position(|w| w == text).unwrap();
    let mut changed = whole.clone();
    changed[at + 20] ^= 1;
    assert_eq!(
        super::Zip::open(&changed).unwrap().read("[Content_Types].xml"),
        Err(Refusal::Damaged)
    );
    assert_eq!(read(Office::Rtf, b"{\\rtf1 Dear Sir,").unwrap_err(), Refusal::Damaged);
    let locked = [&b"\xD0\xCF\x11\xE0"[..], &b"EncryptedPackage".map(|b| [b, 0]).concat()].concat();
    assert_eq!(recognise("a.docx", &locked), Content::Unread(Unread::Locked));
}

#[test]
fn a_bomb_is_refused_in_time() {
    let started = Instant::now();
    let spaces = vec![b' '; 100 << 20];
    let bomb = zip(&[("a", b""), ("word/document.xml", &spaces)]);
    assert!(bomb.len() < 1 << 20);
    let packed = Instant::now();
    assert_eq!(read(Office::Docx, &bomb).unwrap_err(), Refusal::TooLarge(Limit::OfficeMegabytes));
    let deep = docx(&("<w:sdt>".repeat(5000) + &"</w:sdt>".repeat(5000)), &[]);
    assert_eq!(read(Office::Docx, &deep).unwrap_err(), Refusal::TooDeep);
    let tables = "<w:tbl><w:tr><w:tc>".repeat(64) + &"</w:tc></w:tr></w:tbl>".repeat(64);
    assert!(read(Office::Docx, &docx(&tables, &[])).is_ok());
    let many = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>x</w:t><w:footnoteReference w:id=\"1\"/></w:r>";
    assert!(read(Office::Docx, &docx(&format!("<w:p>{}</w:p>", many.repeat(50_000)), &[])).is_ok());
    let deep = "{\\rtf1".to_owned() + &"{".repeat(100_000) + &"}".repeat(100_001);
    assert_eq!(read(Office::Rtf, deep.as_bytes()).unwrap_err(), Refusal::TooDeep);
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>words</text:p></table:table-cell>";
    let row =
        format!("<table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row>");
    let rows = odt(&format!("<table:table>{}</table:table>", row.repeat(2000)), "");
    assert!(read(Office::Odt, &rows).unwrap().text.len() < 32 << 20);
    assert!(
        packed.elapsed() < Duration::from_secs(20),
        "{:?} of {:?}",
        packed.elapsed(),
        started.elapsed()
    );
}

/// A generator of numbers that are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

#[test]
fn broken_files_are_read_or_refused() {
    let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>a</w:t>\
        <w:footnoteReference w:id=\"5\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt a}}\\u1?\\intbl a\\cell\\row\
        {\\upr{a}{\\*\\ud{b}}}{\\footnote b}{\\shp{\\*\\shpinst{\\shptxt c\\par}}}\\par}";
    let odt_body = "<text:list><text:list-item><text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body>\
        </text:note></text:p></text:list-item></text:list>";
    // The XML itself is broken as well, not only what it is packed in.
    let files = [
        (Office::Docx, docx(body, &[]), None),
        (Office::Odt, odt(odt_body, ""), None),
        (Office::Rtf, rtf.as_bytes().to_vec(), None),
        (Office::Docx, body.as_bytes().to_vec(), Some(true)),
        (Office::Odt, odt_body.as_bytes().to_vec(), Some(false)),
    ];
    let mut chance = Chance(17);
    let started = Instant::now();
    for (office, bytes, inside) in files {
        for _ in 0..500 {
            let mut broken = bytes.clone();
            for _ in 0..=chance.below(8) {
                let at = chance.below(broken.len());
                if broken.len() < 2 {
                    break;
                }
                match chance.below(4) {
                    0 => broken[at] = u8::try_from(chance.below(256)).unwrap(),
                    1 => drop(broken.remove(at)),
                    2 => broken.insert(at, b"<>{}\\\"/0"[chance.below(8)]),
                    _ => broken.truncate(at.max(1)),
                }
            }
            let broken = match inside {
                Some(true) => docx(&String::from_utf8_lossy(&broken), &[]),
                Some(false) => odt(&String::from_utf8_lossy(&broken), ""),
                None => broken,
            };
            // No panic, whatever comes of it.
            let _ = read(office, &broken);
            let _ = recognise("a", &broken);
        }
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}
