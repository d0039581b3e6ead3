//! The pages of lists, of names, of the arrangement and of the archive's own: the view and the template of each, and the
//! files beside it.

use std::ops::RangeFrom;

use super::engine::View;
use super::markdown::Body;
use super::{Stage, data, feeds};
use crate::config::Taxonomy;
use crate::site::html::RenderedText;
use crate::site::{Facet, Page};

impl Stage<'_> {
    pub(super) fn make_page(&self, page: &Page) {
        self.files_beside_list(page);
        if let Some((template, view)) = self.view_of_page(page) {
            self.write(page, template, view);
        }
    }

    /// Citations and feeds of a list, and the records of a name or of the arrangement in the formats of archival systems.
    fn files_beside_list(&self, page: &Page) {
        let plan = self.plan;
        if !plan.is_main() {
            return;
        }
        self.list_citations(page);
        let put = |name: &str, bytes: Vec<u8>| self.put(&(plan.path(page) + name), &bytes);
        match page {
            Page::Authority(id) => {
                if plan.has_record_file(*id) {
                    put("eac.xml", data::eac(plan, *id));
                }
                if plan.has_feed(page) {
                    put("atom.xml", feeds::atom(plan, page));
                }
            }
            Page::Collection(id) if plan.has_tree_file(*id) => {
                put("ead.xml", data::ead(plan, *id));
            }
            Page::Choice(facet, _, 1) if plan.has_term_feed(*facet) => {
                put("atom.xml", feeds::atom(plan, page));
            }
            Page::Corrections(1) if plan.has_feeds() => {
                put("atom.xml", feeds::corrections(plan));
            }
            Page::Changes(1) if plan.has_feeds() => {
                put("atom.xml", feeds::changes(plan));
                put("feed.json", feeds::changes_json(plan));
            }
            _ => {}
        }
    }

    /// The template of a page and what it is given; none for pages that are made elsewhere.
    fn view_of_page(&self, page: &Page) -> Option<(&str, View<'_>)> {
        let plan = self.plan;
        let (list, number) = match page {
            Page::Further(list, number) => (&**list, *number),
            _ => (page, 1),
        };
        Some(match list {
            Page::Home => {
                let text = plan.introduction().map(|(h, _)| self.body(&h.path, &h.body));
                let view = plan.home_view(text.unwrap_or_default().html);
                ("home.html", View::of("home", view))
            }
            Page::Documents(n) => ("documents.html", View::of("list", plan.documents_view(*n))),
            Page::Oldest(n) => ("documents.html", View::of("list", plan.oldest_view(*n))),
            Page::Withdrawn(n) => {
                ("withdrawn.html", View::of("withdrawn", plan.withdrawn_view(*n)))
            }
            Page::Names(kind) => ("names.html", View::of("list", plan.name_list_view(*kind))),
            Page::Authority(id) => {
                let text = self.text_on_first(plan.archive.authority(*id).text(), number);
                let view = plan.authority_view(list, text.html, number);
                ("authority.html", View::of("authority", view))
            }
            Page::Collections => ("collections.html", View::of("list", plan.collections_view())),
            Page::Collection(id) => {
                let text = self.text_on_first(plan.archive.collection(*id).text(), number);
                let view = plan.collection_view(*id, text.html, number);
                ("collection.html", View::of("collection", view))
            }
            Page::Years => ("choices.html", View::of("list", plan.years_view())),
            Page::Year(year) => {
                ("year.html", View::of("year", plan.year_view(Some(*year), number)))
            }
            Page::Undated => ("year.html", View::of("year", plan.year_view(None, number))),
            Page::Facets(facet) => {
                let own = self.own_template(*facet, |own| own.template.as_deref());
                let view = View::of("list", plan.facet_view(*facet));
                (own.unwrap_or("choices.html"), view)
            }
            Page::Choice(facet, key, n) => {
                let own = self.own_template(*facet, |own| own.term_template.as_deref());
                let view = View::of("list", plan.choice_view(*facet, key, *n));
                (own.unwrap_or("documents.html"), view)
            }
            Page::Own(number) => self.own_page(*number),
            Page::Corrections(n) => {
                ("corrections.html", View::of("list", plan.corrections_view(*n)))
            }
            Page::Changes(n) => ("changes.html", View::of("list", plan.changes_view(*n))),
            Page::NotFound => ("404.html", View::default()),
            Page::Further(..) | Page::Document(_) | Page::Source(_) | Page::Search | Page::Data => {
                return None;
            }
        })
    }

    /// The text of a record, which the first page of its list shows.
    fn text_on_first(&self, text: Option<(&str, &RangeFrom<usize>)>, number: usize) -> Body {
        let text = text.filter(|_| number == 1);
        text.map(|(path, range)| self.body(path, range)).unwrap_or_default()
    }

    /// A page of the archive's own, by its place among those of the plan.
    fn own_page(&self, number: usize) -> (&str, View<'_>) {
        let own = self.plan.own_pages.all[number].shown;
        let body = self.body(&own.path, &own.body);
        let text = RenderedText { html: body.html, notes: body.notes };
        let view = self.plan.own_page_view(number, text);
        let template = own.record.template.as_deref();
        let template = template.filter(|name| self.known_template(name, &own.path));
        (template.unwrap_or("page.html"), View::of("own", view))
    }

    /// The template that the settings of a taxonomy name, if it is one of the archive's own.
    fn own_template(&self, facet: Facet, name: impl Fn(&Taxonomy) -> Option<&str>) -> Option<&str> {
        let Facet::Own(place) = facet else { return None };
        name(self.plan.taxonomy(place)).filter(|name| self.known_template(name, "config.toml"))
    }
}
