//! The rules that judge one line, or one line and its neighbours.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::super::dates;
use super::super::lexicon;
use super::super::text::{self, Line};

pub(super) const FOLIO: &str = "page number";
pub(super) const PAGER: &str = "pager";
pub(super) const SIGNS: &str = "rule of signs";
const BUTTONS: &str = "buttons and menus";
const FOOT: &str = "foot of a web page";

/// One pattern a row: the rule's name, the most characters that such a line has, and what the whole line
/// looks like. A length is counted, since a bounded `.{0,250}` makes a large automaton.
const PATTERNS: [(&str, usize, &str); 23] = [
    (SIGNS, 400, r"^[\s\-_=*~—–•·.#+^<>|]{3,}$"),
    (
        FOLIO,
        400,
        r"(?i)^[\s\[({<—–-]*(?:page|p\.|pg\.?|seite|s\.|página|pág\.?|페이지|쪽)\s*\d{1,4}(?:\s*(?:of|/|von|de|sur|중)\s*\d{1,4})?[\s\])}>—–-]*$",
    ),
    (FOLIO, 400, r"^[—–-]+\s*\d{1,4}\s*[—–-]+$"),
    (FOLIO, 400, r"(?i)^\d{1,4}\s*(?:of|von|sur)\s*\d{1,4}$"),
    (
        FOLIO,
        400,
        r"(?i)^[\s\[(-]*(?:page break|seitenumbruch|saut de page|salto de página)[\s\])-]*$",
    ),
    (FOLIO, 400, r"(?i)^\d{1,4}\s*(?:쪽|페이지)$"),
    (
        PAGER,
        400,
        r"(?i)^«?‹?\s*(?:(?:prev(?:ious)?|first)\s*)?1[\s|·]+2[\s|·]+3(?:[\s|·…]+\d{1,4})*[\s|·…]*(?:next|last|›|»|\s)*$",
    ),
    (
        "breadcrumb",
        400,
        r"(?i)^(?:you are here:?\s*|vous êtes ici\s*:?\s*|sie sind hier:?\s*)?(?:home|main|front page|accueil|startseite|inicio|홈)\s*[>»›→/|]\s*\S",
    ),
    ("breadcrumb", 400, r"(?i)^(?:you are here|vous êtes ici|sie sind hier|usted está aquí)\b"),
    (
        "cookie line",
        400,
        r"(?i)\b(?:uses?|utilise|verwendet|utiliza|usa)\s+(?:des\s+)?cookies\b|쿠키를 사용",
    ),
    ("cookie line", 110, r"(?i)cookie(?:s)? (?:policy|settings|notice|consent)\b"),
    (
        "image description",
        300,
        r"(?i)^[\[(*_]*(?:(?:an?|the)\s+)?(?:(?:handwritten|cursive|illegible|stylized|black|blue|ink|scanned)[\s-]+)*signature(?:s)?(?:\s+(?:of|in|that|reading|reads|block|image|above|over)\b.*)?[.\])*_:]*$",
    ),
    (
        "image description",
        350,
        r"(?i)^(?:an?|the)\s+(?:[\w-]+\s+){0,4}(?:signature|logo|logotype|emblem|seal|letterhead|stamp|barcode|photograph|photo|image|drawing)\s+(?:of|in|that|reading|reads|shows|showing|depicting|with|for)\b.*\.$",
    ),
    ("image description", 400, r"^!\[[^\]]*\]\([^)]*\)$"),
    (
        "image description",
        250,
        r"(?i)^[\[<(](?:image|img|logo|photo|picture|figure|seal|stamp|signature|bild|foto|imagen|sceau|logo|이미지|사진|서명)(?:\s*[:\-]?\s[^\])>]*)?[\])>]\.?$",
    ),
    (
        "image description",
        250,
        r"(?i)^(?:signature manuscrite|handschriftliche unterschrift|firma manuscrita|unleserliche unterschrift|firma ilegible|자필 서명)(?:\s|$|[:.]).*$",
    ),
    (
        "image description",
        300,
        r"(?i)^the (?:signature|handwriting|logo|image|stamp|seal) (?:is|appears|consists|shows|reads|depicts)\b.*$",
    ),
    (
        BUTTONS,
        110,
        r"(?i)^(?:share|partager|teilen|compartir|tweet|follow us|suivez-nous|síguenos)\s*(?:this|on|via|sur|auf|en|with|:)\s.*$",
    ),
    (
        BUTTONS,
        110,
        r"(?i)^(?:click here to|tap to|press enter to|cliquez ici pour|haga clic aquí)\b.*$",
    ),
    (BUTTONS, 400, r"(?i)^\d+\s+(?:shares?|likes?|comments?|views?|tweets?|retweets)$"),
    (BUTTONS, 400, r"(?i)^(?:\d+\s*)?min(?:ute)?s?\s+read$"),
    (FOOT, 170, r"(?i)^(?:©|\(c\)|copyright)\s*(?:©\s*)?\d{4}.*$"),
    (FOOT, 110, r"(?i)^(?:powered by|website by|site by|designed by|hosted by)\s.*$"),
];

static RULES: LazyLock<RegexSet> = LazyLock::new(|| {
    // Unicode's word border would make the fast engine give up at every curly quote.
    let ascii =
        PATTERNS.iter().map(|(_, _, p)| lexicon::ascii_digits(p).replace(r"\b", r"(?-u:\b)"));
    RegexSet::new(ascii).expect("patterns fixed in the program compile")
});

/// Rules of the archive's own, from `[ingest] furniture`.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Own {
    lines: HashSet<String>,
    patterns: Vec<Regex>,
    /// Patterns that do not compile, with the reason.
    pub faults: Vec<(String, String)>,
}

impl Own {
    /// Reads the setting: texts that a whole line equals, regular expressions between slashes.
    pub(in crate::ingest) fn new(settings: &[String]) -> Self {
        let mut own = Self::default();
        for setting in settings {
            match setting.strip_prefix('/').and_then(|s| s.strip_suffix('/')) {
                Some(pattern) => match Regex::new(pattern) {
                    Ok(regex) => own.patterns.push(regex),
                    Err(error) => own.faults.push((setting.clone(), error.to_string())),
                },
                None => {
                    own.lines.insert(setting.trim().to_owned());
                }
            }
        }
        own
    }

    fn matches(&self, line: &str) -> bool {
        self.lines.contains(line) || self.patterns.iter().any(|p| p.is_match(line))
    }
}

/// The rule by which a line is furniture, judged alone.
pub(super) fn rule(line: &str, own: &Own) -> Option<&'static str> {
    if line.is_empty() {
        return None;
    }
    if own.matches(line) {
        return Some("the archive's own rule");
    }
    if line.len() > 400 {
        return None;
    }
    let length = text::length(line);
    if let Some(first) = RULES.matches(line).iter().find(|i| length <= PATTERNS[*i].1) {
        return Some(PATTERNS[first].0);
    }
    if is_stamp(line) {
        return Some("stamp or mark of change");
    }
    (buttons(line)? >= 2).then_some(BUTTONS)
}

/// A stamp: its word, and a date or capitals; a sentence that begins so is none.
fn is_stamp(line: &str) -> bool {
    text::word_count(line) <= 8
        && !line.ends_with('.')
        && dates::is_stamp(line)
        && !line.contains('©')
        && (line.bytes().any(|b| b.is_ascii_digit())
            || (text::is_caps(line) && text::word_count(line) <= 3))
}

static PHRASES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lexicon::set(|l| l.buttons));

/// If a line is made of buttons only: how sure that is, as the number of words in its phrases, or 1
/// for a single word that a letter may well have.
fn buttons(line: &str) -> Option<usize> {
    if line.len() > 200 {
        return None;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || "|·•>»›«‹/,→←".contains(c))
        .map(|w| w.trim_matches(['[', ']', '(', ')', '*', '…', '#']))
        .filter(|w| !w.is_empty())
        .collect();
    let (mut at, mut phrases) = (0, 0);
    while at < words.len() {
        let taken = (1..=5.min(words.len() - at))
            .rev()
            .find(|n| PHRASES.contains(words[at..at + n].join(" ").as_str()))?;
        at += taken;
        phrases += 1;
    }
    match (words.len(), phrases) {
        (0, _) => None,
        (1, _) => Some(1),
        // "Contact / Email" might be a form's label: the line must say more than two plain words.
        (n, _) => Some(n),
    }
}

/// A single word such as `Share` is a button only beside another one.
pub(super) fn weak_neighbours(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let weak: Vec<bool> = filled
        .iter()
        .map(|&i| {
            rules[i].is_none() && lines[i].text.len() < 40 && buttons(lines[i].text) == Some(1)
        })
        .collect();
    let is_button =
        |rule: Option<&str>| matches!(rule, Some(BUTTONS | "breadcrumb" | "cookie line" | FOOT));
    // A run of at least three weak ones is a menu by itself.
    let mut run = 0;
    for k in 0..=filled.len() {
        if k < filled.len() && weak[k] {
            run += 1;
            continue;
        }
        let beside = run > 0
            && (is_button(filled.get(k).and_then(|&i| rules[i]))
                || (k > run && is_button(rules[filled[k - run - 1]])));
        if run >= 3 || beside {
            for &i in &filled[k - run..k] {
                rules[i] = Some(BUTTONS);
            }
        }
        run = 0;
    }
}

/// Appeals for gifts and newsletters among the last lines of a page.
pub(super) fn feet(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    static APPEAL: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)\btax[- ]deductible\b|\b(?:your|a) (?:gift|donation|support)\b.{0,40}\b(?:can|will|helps?|makes?)\b|\b(?:sign up|subscribe)\b.{0,30}\b(?:newsletter|e-?mails?|updates)\b|\bmake a (?:gift|donation)\b|\bdonate (?:now|today)\b|faites un don|abonnez-vous|jetzt spenden|newsletter abonnieren|haz(?:te)? (?:una donación|socio)|suscríb[ae]te|정기후원|후원하기",
        )
    });
    let last: Vec<usize> = (0..lines.len())
        .rev()
        .filter(|&i| !lines[i].is_blank() && rules[i].is_none())
        .take(8)
        .collect();
    for i in last {
        if text::word_count(lines[i].text) <= 40 && APPEAL.is_match(lines[i].text) {
            rules[i] = Some(FOOT);
        }
    }
}
