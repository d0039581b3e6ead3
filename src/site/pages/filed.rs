//! Long lists by year: where each year begins, and the links that lead there.

use std::sync::Arc;

use super::super::shared::Shared;
use super::super::views::{Count, GroupView};
use super::super::{Page, SitePlan};
use crate::archive::{DocumentId, Filed};

/// A list of no more documents is seen at a glance and not divided.
const SHORT: usize = 10;

/// Documents in a row of a list that are filed under one year.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Run {
    filed: Filed,
    /// Place of the first.
    start: usize,
    /// How many.
    length: usize,
}

/// The runs of a list, in its order, and links to them.
#[derive(Clone)]
pub(in super::super) struct Divided {
    runs: Arc<[Run]>,
    jumps: Shared<Vec<Count>>,
}

impl SitePlan<'_> {
    /// How a list is divided by year, found once for all its pages. A short list, or one of a single year, is not.
    pub(super) fn divided(&self, ids: &[DocumentId], page: &impl Fn(usize) -> Page) -> Divided {
        self.shared.divided.get(&self.path(&page(1)), || {
            let runs = if ids.len() > SHORT { self.runs(ids) } else { Vec::new() };
            let runs: Arc<[Run]> = if runs.len() > 1 { runs.into() } else { Arc::default() };
            let count = |run: &Run| {
                self.count(self.filed_name(run.filed), self.jump(run, page), run.length)
            };
            let jumps = Shared::new(&runs.iter().map(count).collect());
            Divided { runs, jumps }
        })
    }

    fn runs(&self, ids: &[DocumentId]) -> Vec<Run> {
        let mut start = 0;
        let filed = |id: &DocumentId| self.archive.document(*id).filed();
        let groups = ids.chunk_by(|a, b| filed(a) == filed(b));
        let run = |group: &[DocumentId]| {
            let run = Run { filed: filed(&group[0]), start, length: group.len() };
            start += group.len();
            run
        };
        groups.map(run).collect()
    }

    /// Documents that follow each other in a list, by year if the list is divided.
    pub(super) fn groups(&self, part: &[DocumentId], divided: &Divided) -> Vec<GroupView> {
        if divided.runs.is_empty() {
            let (id, documents) = ("documents".to_owned(), self.items(part));
            return vec![GroupView { name: None, id, documents }];
        }
        let view = |run: &Run| GroupView {
            name: Some(self.filed_name(run.filed)),
            id: anchor(run.filed),
            documents: self.items(&part[run.start..run.start + run.length]),
        };
        self.runs(part).iter().map(view).collect()
    }

    /// The URL of the place where a year begins in a list; of the list, if that is not divided.
    pub(super) fn jump_to(
        &self,
        ids: &[DocumentId],
        filed: Filed,
        page: impl Fn(usize) -> Page,
    ) -> String {
        let divided = self.divided(ids, &page);
        let run = divided.runs.iter().find(|run| run.filed == filed);
        run.map_or_else(|| self.url(&page(1)), |run| self.jump(run, &page))
    }

    fn jump(&self, run: &Run, page: &impl Fn(usize) -> Page) -> String {
        let number = run.start / self.config.paginate_by + 1;
        format!("{}#{}", self.url(&page(number)), anchor(run.filed))
    }

    fn filed_name(&self, filed: Filed) -> String {
        match filed {
            Filed::Year(year) => self.words.year(year),
            Filed::Uncertain => self.words.get("year-uncertain"),
            Filed::Undated => self.words.get("undated-heading"),
        }
    }
}

impl Divided {
    /// A list that is in another order than by year.
    pub(super) fn not() -> Self {
        Self { runs: Arc::default(), jumps: Shared::new(&Vec::new()) }
    }

    /// Links to where each year begins.
    pub(super) fn jumps(&self) -> Shared<Vec<Count>> {
        self.jumps.clone()
    }
}

/// Id of the heading of a year.
fn anchor(filed: Filed) -> String {
    match filed {
        Filed::Year(year) => format!("y{year}"),
        Filed::Uncertain => "y-uncertain".to_owned(),
        Filed::Undated => "y-undated".to_owned(),
    }
}
