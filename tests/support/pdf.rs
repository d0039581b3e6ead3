//! Writes small PDFs, as programs of several kinds write them.

/// A line of text: its place from the left and the lower edge, the size of its letters, the text.
pub(crate) type Line<'l> = (f32, f32, f32, &'l str);

/// A PDF while it is written.
#[derive(Default)]
pub(crate) struct Pdf {
    pages: Vec<String>,
    information: String,
    picture: bool,
    /// Pictures, `/P0` and on: what their dictionaries say besides, and their data.
    pictures: Vec<(String, Vec<u8>)>,
    /// What the pages say besides.
    more: String,
    /// What the catalog says besides.
    catalog: String,
    /// What the resources of pages say besides.
    resources: String,
    /// Other objects.
    others: Vec<(usize, String)>,
}

impl Pdf {
    /// One without pages.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Says what the file says of itself: `Title`, `Author`.
    pub(crate) fn says(mut self, key: &str, value: &str) -> Self {
        self.information.push_str(&format!("/{key} ({})", escaped(value)));
        self
    }

    /// Adds a page of A4 with lines on it.
    pub(crate) fn page(self, lines: &[Line<'_>]) -> Self {
        self.content(&text(lines, 0))
    }

    /// Adds a page that is a picture, with lines that are not drawn, as programs for recognition write them.
    pub(crate) fn scan(mut self, lines: &[Line<'_>]) -> Self {
        self.picture = true;
        let text = text(lines, 3);
        self.content(&format!("q 595 0 0 842 0 0 cm /I Do Q\n{text}"))
    }

    /// Adds a picture that pages may draw, by the filter that `dict` names, if any.
    pub(crate) fn picture(mut self, dict: &str, data: &[u8]) -> Self {
        self.pictures.push((dict.to_owned(), data.to_vec()));
        self
    }

    /// Says something of all pages, such as how they are turned.
    pub(crate) fn pages_say(mut self, more: &str) -> Self {
        self.more.push_str(more);
        self
    }

    /// Adds two layers of which the second is off: `/On` and `/Off` in the content, `2000 0 R` and `2001 0 R`.
    pub(crate) fn layers(mut self) -> Self {
        for (number, name) in [(2000, "On"), (2001, "Off")] {
            self.others.push((number, format!("<< /Type /OCG /Name ({name}) >>")));
        }
        self.catalog
            .push_str("/OCProperties << /OCGs [2000 0 R 2001 0 R] /D << /OFF [2001 0 R] >> >>");
        self.resources.push_str("/Properties << /On 2000 0 R /Off 2001 0 R >>");
        self
    }

    /// Adds a page with a content of its own.
    pub(crate) fn content(mut self, content: &str) -> Self {
        self.pages.push(content.to_owned());
        self
    }

    /// Adds the lines of a typed letter, each a line of the page.
    pub(crate) fn typed(self, text: &str) -> Self {
        let lines = text.lines().zip(0_u8..).filter(|(line, _)| !line.trim().is_empty());
        let place = |number: u8| 780.0 - 14.0 * f32::from(number);
        let lines: Vec<Line<'_>> =
            lines.map(|(line, number)| (56.0, place(number), 11.0, line)).collect();
        self.page(&lines)
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let count = self.pages.len();
        let kids: Vec<String> = (0..count).map(|n| format!("{} 0 R", 10 + 2 * n)).collect();
        let mut objects: Vec<(usize, String)> = vec![
            (1, format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog)),
            (2, format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" "))),
            (3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned()),
            (4, format!("<< {} >>", self.information)),
            (5, "<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UCS2-H /DescendantFonts [6 0 R] >>".to_owned()),
            (6, "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /DW 1000 >>".to_owned()),
            (7, "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream".to_owned()),
        ];
        for (number, content) in self.pages.iter().enumerate() {
            let (page, stream) = (10 + 2 * number, 11 + 2 * number);
            let own = (0..self.pictures.len()).map(|n| format!("/P{n} {} 0 R ", 1000 + n));
            let own: String = own.collect();
            let picture = if self.picture || !own.is_empty() {
                format!("/XObject << /I 7 0 R {own}>>")
            } else {
                String::new()
            };
            let (more, resources) = (&self.more, &self.resources);
            objects.push((page, format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R /Resources << /Font << /F 3 0 R /K 5 0 R >> {picture} {resources} >> {more} >>"
            )));
            objects.push((
                stream,
                format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1),
            ));
        }
        for (number, (dict, data)) in self.pictures.iter().enumerate() {
            // In hexadecimal, so that the file is a text.
            let hex: String = data.iter().map(|byte| format!("{byte:02X}")).collect();
            let (filter, dict) = match dict.split_once("/Filter ") {
                Some((before, rest)) => {
                    let (name, after) = rest.split_once(' ').unwrap_or((rest, ""));
                    (name.to_owned(), format!("{before}{after}"))
                }
                None => (String::new(), dict.clone()),
            };
            objects.push((1000 + number, format!(
                "<< /Type /XObject /Subtype /Image {dict} /Filter [/ASCIIHexDecode {filter}] /Length {} >>\nstream\n{hex}>\nendstream",
                hex.len() + 1
            )));
        }
        objects.extend(self.others.iter().cloned());
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in &objects {
            places.push((*number, file.len()));
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
        }
        let start = file.len();
        file.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in &places {
            file.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
        }
        let size = places.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        file.extend(
            format!(
                "trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n"
            )
            .bytes(),
        );
        file
    }
}

/// Lines, drawn in a way: 0 fills the letters, 3 does not show them.
pub(crate) fn text(lines: &[Line<'_>], mode: u8) -> String {
    let mut out = format!("BT {mode} Tr\n");
    for (left, base, size, line) in lines {
        if line.is_ascii() {
            out.push_str(&format!(
                "/F {size} Tf 1 0 0 1 {left} {base} Tm ({}) Tj\n",
                escaped(line)
            ));
        } else {
            let hex: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            out.push_str(&format!("/K {size} Tf 1 0 0 1 {left} {base} Tm <{hex}> Tj\n"));
        }
    }
    out + "ET"
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}
