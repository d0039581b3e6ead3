//! What the name of a scan says: which text it belongs to, and which page it shows.

/// Words for a page, in the languages of catalogues.
const PAGES: &str = "p|pp|pg|page|pages|s|seite|blatt|bl|fol|folio|f|scan|bild|image|pagina|página|hoja|쪽|면|장|recto|r|front|\
    vorderseite|앞|앞면";

/// Words for a page's other side.
const BACKS: &str = "verso|v|back|rear|reverse|rückseite|dos|reverso|뒤|뒷면";

/// What is before the ending of a file that tells what is on a page image.
const INNER: &str = "alto|page|hocr|ocr|jpg|jpeg|png|tif|tiff|webp|gif|jp2|jpx|j2k|pdf";

/// A path, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'p> {
    pub(super) folder: &'p str,
    /// The file's name without its ending.
    pub(super) stem: &'p str,
}

impl<'p> Name<'p> {
    pub(super) fn of(path: &'p str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = |name: &'p str| name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
        let whole = stem(file).map_or(file, |(stem, _)| stem);
        // Programs for recognition write `0042.alto.xml` or `0042.jpg.hocr`.
        let inner = stem(whole).filter(|(_, ending)| is_any(ending, INNER));
        Self { folder, stem: inner.map_or(whole, |(stem, _)| stem) }
    }

    /// Every shorter stem behind which is the mark of a page, the longest first.
    pub(super) fn shorter(self) -> impl Iterator<Item = &'p str> {
        let places = self.stem.char_indices().rev().filter(|(_, c)| is_joint(*c)).map(|(at, _)| at);
        let shorter = places.map(move |at| (&self.stem[..at], &self.stem[at..]));
        let shorter = shorter.filter(|(_, rest)| marks_page(rest));
        shorter.map(|(stem, _)| stem.trim_end_matches(is_joint)).filter(|stem| !stem.is_empty())
    }

    /// The stem without a word that says that this is a page: `letter p3`, `letter_verso`.
    pub(super) fn base(self) -> Option<&'p str> {
        let at = self.stem.char_indices().filter(|(_, c)| is_joint(*c)).map(|(at, _)| at);
        let says = |at: &usize| {
            let rest = &self.stem[*at..];
            *at > 0
                && marks_page(rest)
                && words(rest).any(|word| is_any(word, PAGES) || is_any(word, BACKS))
        };
        let at = at.into_iter().find(says)?;
        Some(self.stem[..at].trim_end_matches(is_joint)).filter(|stem| !stem.is_empty())
    }

    /// Backs come behind fronts of the same number, and behind all if they have none.
    pub(super) fn rank(self, owner: &str) -> usize {
        let rest = self.stem.strip_prefix(owner).unwrap_or_default();
        let has_number = rest.bytes().any(|b| b.is_ascii_digit());
        match words(rest).any(|word| is_any(word, BACKS)) {
            true if !has_number => 2,
            _ => usize::from(!rest.is_empty()),
        }
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '_' | '-' | '.' | '(')
}

/// Whether what is behind a stem counts pages: numbers, and words for pages and their sides.
fn marks_page(rest: &str) -> bool {
    let mut count = 0;
    let fits = words(rest).all(|word| {
        count += 1;
        let is_number = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
        is_number || is_any(word, PAGES) || is_any(word, BACKS)
    });
    fits && (1..=3).contains(&count)
}

/// Words and numbers: `p003` is a word and a number.
fn words(rest: &str) -> impl Iterator<Item = &str> {
    let parts = rest.split(|c: char| is_joint(c) || c == ')').filter(|part| !part.is_empty());
    parts.flat_map(|part| {
        let letters = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let digits = part[letters..].find(|c: char| !c.is_ascii_digit());
        let end = digits.map_or(part.len(), |n| letters + n);
        [&part[..letters], &part[letters..end], &part[end..]].into_iter().filter(|w| !w.is_empty())
    })
}

fn is_any(word: &str, words: &str) -> bool {
    let lower = word.to_lowercase();
    words.split('|').any(|known| known.trim() == lower)
}

/// A key by which `page 10` comes behind `page 9`.
pub(super) fn natural(path: &str) -> Vec<(String, u64)> {
    let mut key = vec![(String::new(), 0_u64)];
    let mut in_number = false;
    for c in path.to_lowercase().chars() {
        match c.to_digit(10) {
            Some(digit) => {
                if let Some((_, number)) = key.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(u64::from(digit));
                }
                in_number = true;
            }
            None => {
                if std::mem::take(&mut in_number) {
                    key.push((String::new(), 0));
                }
                if let Some((text, _)) = key.last_mut() {
                    text.push(c);
                }
            }
        }
    }
    key
}

/// A stem as a title: `Bill_of_lading-2` is `Bill of lading-2`.
pub(super) fn in_words(stem: &str) -> String {
    let words = stem.replace('_', " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
