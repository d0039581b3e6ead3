//! What became of each line of a seed: for `ingest --explain`.

use std::collections::HashMap;

use serde::Serialize;

use super::evidence;
use super::furniture::Dropped;
use super::pages::{PagePlace, Pages};
use super::plan::Rules;
use super::seed::Draft;
use super::source::Source;
use super::{decode, plan};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::enclosed::Opened;
use crate::files::Sources;

/// A seed's lines, each with what became of it.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// Path of the seed below `seeds/`.
    pub seed: String,
    /// Its documents.
    pub documents: Vec<ExplainedDocument>,
    /// Every line that is not blank.
    pub lines: Vec<ExplainedLine>,
}

/// One document of a seed, with everything that the rules believed of it.
#[derive(Debug, Serialize)]
pub struct ExplainedDocument {
    /// First line in the seed, counted from 1.
    pub first: usize,
    /// Last line in the seed.
    pub last: usize,
    /// Its first and its last page, if the seed has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<(usize, usize)>,
    /// Its title.
    pub title: String,
    /// The claims, by field, the strongest first.
    pub claims: Vec<ExplainedClaim>,
    /// Doubts: the field, and the reason.
    pub doubts: Vec<(String, String)>,
}

/// What one rule believed of one field.
#[derive(Debug, Serialize)]
pub struct ExplainedClaim {
    /// The key of the front matter.
    pub field: &'static str,
    /// The value.
    pub value: String,
    /// Name of the rule.
    pub rule: &'static str,
    /// How many of a hundred such claims are right.
    pub weight: i32,
    /// Line in the seed, counted from 1; none if the claim is from outside of the text.
    pub line: Option<usize>,
    /// Where that line is on the pages of the seed, if it has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PagePlace>,
    /// What became of it: `chosen`, `agrees`, `lost`, `explained by another field`, `weak`.
    pub verdict: &'static str,
}

/// One line of a seed.
#[derive(Debug, Serialize)]
pub struct ExplainedLine {
    /// Number, counted from 1.
    pub line: usize,
    /// Where it is on the pages of the seed, if it has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PagePlace>,
    /// Its text.
    pub text: String,
    /// What became of it.
    pub fates: Vec<Fate>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is in the body.
    Kept,
    /// A rule left it out.
    Dropped(&'static str),
    /// A field was read from it.
    Read(&'static str),
}

/// Explains one seed, by its path below `seeds/`; `None` if it cannot be read, which `report` tells.
pub fn explain(
    sources: &dyn Sources,
    config: &Config,
    path: &str,
    report: &Report,
) -> Option<Explanation> {
    let opened = Opened::new(sources);
    let sources: &dyn Sources = &opened;
    let rules = Rules::new(config, report);
    let seed = plan::read_among(sources, path, &rules, report)?;
    let bytes = sources.read(&format!("seeds/{path}")).ok()?;
    let known = super::seed::known(rules.config(path));
    let known =
        decode::Known { encoding: seed.written.encoding.as_deref().or(known.encoding), ..known };
    let Ok(source) = Source::read(path, &bytes, known) else {
        report.push(
            Diagnostic::error(format!("seeds/{path}"), "the seed has no lines to explain")
                .expected("a seed with a text")
                .help("its draft in `content/documents/` says what is known of it"),
        );
        return None;
    };
    // What was left out before there were lines, such as a comment or a record, is in none of them.
    let is_plain = source.is_plain();
    let early: Vec<&Dropped> = source.dropped.iter().filter(|_| is_plain).collect();
    let is_early = |d: &&Dropped| early.iter().any(|e| (e.line, e.rule) == (d.line, d.rule));
    let text = if is_plain {
        source.text.clone()
    } else {
        decode::clean(&String::from_utf8_lossy(&bytes))
    };
    let pages = super::seed_pages(path, &bytes, &text);
    let mut fates: HashMap<usize, Vec<Fate>> = HashMap::new();
    for dropped in seed.dropped.iter().filter(|d| !is_early(d)) {
        fates.entry(dropped.line).or_default().push(Fate::Dropped(dropped.rule));
    }
    for read in seed.drafts.iter().flat_map(|d| &d.reads) {
        let known = fates.entry(read.line).or_default();
        if !known.contains(&Fate::Read(read.field)) {
            known.push(Fate::Read(read.field));
        }
    }
    let lines = text.split('\n').zip(1..).filter(|(l, _)| !l.trim().is_empty()).map(
        |(l, number): (&str, usize)| {
            let mut fates = fates.remove(&number).unwrap_or_default();
            if !fates.iter().any(|f| matches!(f, Fate::Dropped(_))) {
                fates.insert(0, Fate::Kept);
            }
            let place = pages.place(number);
            ExplainedLine { line: number, place, text: l.trim().to_owned(), fates }
        },
    );
    let lost = early.iter().map(|d| ExplainedLine {
        line: d.line,
        place: None,
        text: d.text.clone(),
        fates: vec![Fate::Dropped(d.rule)],
    });
    let mut lines: Vec<ExplainedLine> = lines.chain(lost).collect();
    lines.sort_by_key(|line| line.line);
    let documents = seed.drafts.iter().map(|draft| document(draft, &pages)).collect();
    Some(Explanation { seed: path.to_owned(), documents, lines })
}

fn document(draft: &Draft, pages: &Pages) -> ExplainedDocument {
    let claims = draft.evidence.iter().flat_map(|(field, decision)| {
        decision.claims.iter().map(|(claim, verdict)| ExplainedClaim {
            field: field.key(),
            value: evidence::shown(&claim.value),
            rule: claim.rule,
            weight: claim.weight,
            line: claim.seed_line,
            place: claim.seed_line.and_then(|line| pages.place(line)),
            verdict: verdict.name(),
        })
    });
    let doubts = draft.document.review.iter().map(|r| (r.field.clone(), r.reason.clone()));
    let page = |line| pages.place(line).map(|place| place.page);
    ExplainedDocument {
        first: draft.lines.0,
        last: draft.lines.1,
        pages: page(draft.lines.0).zip(page(draft.lines.1)),
        title: draft.document.title.clone(),
        claims: claims.collect(),
        doubts: doubts.collect(),
    }
}
