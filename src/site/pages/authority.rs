//! The page of an organization or a person, and the indexes of all of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::chart;
use super::super::describe::identifier_url;
use super::super::html::Html;
use super::super::shared::Shared;
use super::super::views::{
    AuthorityView, CorrespondentView, Count, IdentifierView, LetterView, NameListView, RoleView,
    Timeline,
};
use super::super::{Page, SitePlan};
use super::list::further;
use crate::archive::{Authority, AuthorityId, CollectionId, DocumentId, Link, Role};
use crate::content::name;

/// How many co-signatories a page names.
const COSIGNERS: usize = 12;
/// How many parties of one document are looked at for each of them: all would be a square of their number.
const CROWD: usize = 2000;
/// Documents of which co-signatories are counted, newest first; bounds the work per page.
const COUNTED: usize = 2000;

impl SitePlan<'_> {
    /// `authority`: an organization or a person, with one page of its documents; `text` is its record's
    /// body as HTML. What is said of it besides its documents stands on the first page.
    pub fn authority_view(
        &self,
        page: &Page,
        text: String,
        number: usize,
    ) -> Option<AuthorityView> {
        let (person, id) = match page {
            Page::Organization(id) => (false, *id),
            Page::Person(id) => (true, *id),
            _ => return None,
        };
        let authority = self.authority(person, id);
        let record = &authority.record;
        let documents = self.documents_of(&authority.documents);
        let told = if number == 1 { &documents[..] } else { &[] };
        let cosigners = self.cosigners(person, id, told);
        let others = cosigners.len().saturating_sub(COSIGNERS);
        let (correspondents, unnamed) = self.correspondents(person, id, told);
        let chosen = (if person { "person" } else { "organization" }, authority.slug.as_str());
        Some(AuthorityView {
            name: record.title.clone(),
            person,
            forms: self.forms(authority),
            acronym: record.acronym.clone(),
            country: record.country.clone(),
            dates: record.dates.as_ref().map(|d| self.date_view(Some(d))),
            website: record.url.clone().filter(|u| u.starts_with("http")),
            identifiers: record
                .identifiers
                .iter()
                .map(|i| IdentifierView {
                    scheme: i.scheme.clone(),
                    value: i.value.clone(),
                    url: identifier_url(i),
                })
                .collect(),
            text: Html(text),
            description: record.description.clone(),
            part_of: authority.part_of.map(|id| self.body_link(id)),
            parts: authority.parts.iter().map(|id| self.body_link(*id)).collect(),
            predecessors: authority.predecessors.iter().map(|id| self.body_link(*id)).collect(),
            successors: authority.successors.iter().map(|id| self.body_link(*id)).collect(),
            eac: (number == 1 && self.has_record_file(person, id))
                .then(|| self.url(page) + "eac.xml"),
            collections: self
                .units_of(person, id)
                .iter()
                .map(|unit| self.collection_link(*unit))
                .collect(),
            years_text: self.span(&documents),
            count_text: self.words.count("documents", documents.len()),
            roles: self.role_views(authority, number),
            pager: self.pager(authority.documents.len(), number, |n| further(page.clone(), n)),
            timeline: self.years_drawn(&self.years_of(told)),
            correspondents,
            correspondents_more: self.more(unnamed, &[chosen]),
            cosigners: self.most(cosigners, person, COSIGNERS),
            cosigners_more: self.more(others, &[chosen]),
            affiliations: self.affiliations(person, id, told),
            feed: (!person && self.has_organization_feeds()).then(|| self.url(page) + "atom.xml"),
            extra: record.extra.clone(),
        })
    }

    pub(crate) fn authority(&self, person: bool, id: AuthorityId) -> &Authority {
        let all = if person { &self.archive.people } else { &self.archive.organizations };
        &all[id.0 as usize]
    }

    /// Each document once, newest first.
    pub fn documents_of(&self, roles: &[(Role, DocumentId)]) -> Vec<DocumentId> {
        let mut ids: Vec<DocumentId> = roles.iter().map(|(_, id)| *id).collect();
        ids.dedup();
        ids
    }

    /// The other forms of a name that tell more than its key does.
    fn forms(&self, authority: &Authority) -> Vec<String> {
        if authority.record.aliases.is_empty() {
            return Vec::new();
        }
        let mut keys = vec![name::key(&authority.record.title)];
        let mut forms = Vec::new();
        for form in &authority.record.aliases {
            let key = name::key(form);
            if !keys.contains(&key) {
                keys.push(key);
                forms.push(form.clone());
            }
        }
        forms
    }

    /// One page of the documents, role by role, newest first.
    fn role_views(&self, authority: &Authority, number: usize) -> Vec<RoleView> {
        let roles = [
            (Role::Creator, "creator", "role-creator"),
            (Role::Signatory, "signatory", "role-signatory"),
            (Role::Recipient, "recipient", "role-recipient"),
            (Role::Copied, "copied", "role-copied"),
        ];
        let of_role = |role: Role| authority.documents.iter().filter(move |(r, _)| *r == role);
        let all: Vec<(Role, DocumentId)> =
            roles.iter().flat_map(|(role, ..)| of_role(*role)).copied().collect();
        let part = self.part(&all, number);
        let view = |(role, key, name): (Role, &'static str, &str)| {
            let shown = part.iter().filter(|(r, _)| *r == role);
            let ids: Vec<DocumentId> = shown.map(|(_, id)| *id).collect();
            (!ids.is_empty()).then(|| RoleView {
                role: key,
                name: self.words.get(name),
                number: self.words.number(of_role(role).count()),
                documents: self.items(&ids),
            })
        };
        roles.into_iter().filter_map(view).collect()
    }

    fn years_of(&self, documents: &[DocumentId]) -> BTreeMap<i32, usize> {
        let mut counts = BTreeMap::new();
        for id in documents {
            let date = self.archive.document(*id).record.date.as_ref();
            for year in date.map(|d| d.years()).unwrap_or_default() {
                *counts.entry(year).or_default() += 1;
            }
        }
        counts
    }

    /// Documents per year as a drawing. That of a single year is the same for all who have as many of it.
    fn years_drawn(&self, counts: &BTreeMap<i32, usize>) -> Option<Shared<Timeline>> {
        let draw = || {
            let url = |year| self.url(&Page::Year(year));
            chart::timeline(counts, self.words, url).map(|timeline| Shared::new(&timeline))
        };
        let mut years = counts.iter().map(|(year, count)| (*year, *count));
        match (years.next(), years.next()) {
            (Some(alone), None) => self.shared.years_alone.get(&alone, draw),
            _ => draw(),
        }
    }

    /// A body by its name, linked if it has a page.
    fn body_link(&self, id: AuthorityId) -> super::super::views::Link {
        let link = self.organization(id);
        super::super::views::Link { url: link.url.filter(|_| self.has_page(false, id)), ..link }
    }

    /// Whether there is more to say of somebody in a file of its own than the name.
    fn has_record_file(&self, person: bool, id: AuthorityId) -> bool {
        let authority = self.authority(person, id);
        let record = &authority.record;
        let says_more = !record.aliases.is_empty()
            || !record.identifiers.is_empty()
            || record.acronym.is_some()
            || record.country.is_some()
            || record.dates.is_some()
            || record.description.is_some()
            || authority.part_of.is_some()
            || !authority.parts.is_empty()
            || !authority.predecessors.is_empty()
            || !authority.successors.is_empty();
        self.config.outputs.authorities && self.has_address() && says_more
    }

    /// The units of the arrangement that somebody made or gathered.
    pub fn units_of(&self, person: bool, id: AuthorityId) -> Vec<CollectionId> {
        let is_creator = |link: &Link| {
            if person { link.person == Some(id) } else { link.organization == Some(id) }
        };
        let units = self.collection_ids();
        units
            .filter(|unit| self.archive.collection(*unit).creators.iter().any(is_creator))
            .collect()
    }

    /// To whom somebody wrote and from whom it heard, most often first, and how many others there are.
    fn correspondents(
        &self,
        person: bool,
        id: AuthorityId,
        documents: &[DocumentId],
    ) -> (Vec<CorrespondentView>, usize) {
        type Other = (bool, AuthorityId);
        // The person, or the body where no person is named.
        let other = |link: &Link| -> Option<Other> {
            link.person.map(|p| (true, p)).or_else(|| link.organization.map(|o| (false, o)))
        };
        let is_own = |link: &Link| {
            if person { link.person == Some(id) } else { link.organization == Some(id) }
        };
        let mut counts: BTreeMap<Other, (usize, usize)> = BTreeMap::new();
        let mut seen: Vec<Other> = Vec::new();
        for document in documents.iter().take(COUNTED) {
            let links = &self.archive.document(*document).links;
            let issuers = || links.creators.iter().chain(&links.signatories).take(CROWD);
            let recipients = || links.recipients.iter().take(CROWD);
            if issuers().any(is_own) {
                seen.clear();
                seen.extend(recipients().filter(|link| !is_own(link)).filter_map(other));
                seen.sort_unstable();
                seen.dedup();
                for other in &seen {
                    counts.entry(*other).or_default().0 += 1;
                }
            }
            // Of a letter with a crowd of signatories each is a correspondent of whom it addresses.
            if recipients().any(is_own) {
                seen.clear();
                seen.extend(issuers().filter(|link| !is_own(link)).filter_map(other));
                seen.sort_unstable();
                seen.dedup();
                for other in &seen {
                    counts.entry(*other).or_default().1 += 1;
                }
            }
        }
        let mut all: Vec<(Other, (usize, usize))> = counts.into_iter().collect();
        let rank = |(person, id): Other| {
            if person {
                self.people_ranks[id.0 as usize]
            } else {
                self.organization_ranks[id.0 as usize]
            }
        };
        let key = |(other, (sent, received)): &(Other, (usize, usize))| {
            (Reverse(sent + received), rank(*other), *other)
        };
        let others = all.len().saturating_sub(COSIGNERS);
        if others > 0 {
            all.select_nth_unstable_by_key(COSIGNERS, key);
            all.truncate(COSIGNERS);
        }
        all.sort_unstable_by_key(key);
        let view = |((is_person, id), (sent, received)): (Other, (usize, usize))| {
            let page = if is_person { Page::Person(id) } else { Page::Organization(id) };
            CorrespondentView {
                name: self.authority(is_person, id).record.title.clone(),
                url: self.url(&page),
                sent,
                received,
                text: self.sent_and_received(sent, received),
            }
        };
        (all.into_iter().map(view).collect(), others)
    }

    /// "3 to, 1 from".
    fn sent_and_received(&self, sent: usize, received: usize) -> String {
        match (sent, received) {
            (sent, 0) => self.words.count("correspondence-to", sent),
            (0, received) => self.words.count("correspondence-from", received),
            (sent, received) => {
                let (to, from) = (
                    self.words.count("correspondence-to", sent),
                    self.words.count("correspondence-from", received),
                );
                [to, from].join(", ")
            }
        }
    }

    /// Who wrote or signed several of the documents that one wrote or signed, with their numbers. One document in
    /// common says nothing: all who signed it would be named.
    fn cosigners(
        &self,
        person: bool,
        id: AuthorityId,
        documents: &[DocumentId],
    ) -> Vec<(AuthorityId, usize)> {
        let (mut issuers, mut others) = (Vec::new(), Vec::new());
        for document in documents.iter().take(COUNTED) {
            let links = self.archive.document(*document).links.all();
            issuers.clear();
            issuers.extend(
                links
                    .take(CROWD)
                    .filter(|(role, _)| matches!(role, Role::Creator | Role::Signatory))
                    .filter_map(|(_, link)| if person { link.person } else { link.organization }),
            );
            let is_issuer = || {
                let roles = self.authority(person, id).documents.iter();
                let mut roles = roles.filter(|(_, other)| other == document);
                roles.any(|(role, _)| matches!(role, Role::Creator | Role::Signatory))
            };
            if issuers.contains(&id) || issuers.len() >= CROWD / 2 && is_issuer() {
                issuers.sort_unstable();
                issuers.dedup();
                others.extend(issuers.iter().copied().filter(|other| *other != id));
            }
        }
        let mut counts = counted(others);
        counts.retain(|(_, count)| *count > 1);
        counts
    }

    /// The organizations that a person acts for, or the people who act for an organization.
    fn affiliations(&self, person: bool, id: AuthorityId, documents: &[DocumentId]) -> Vec<Count> {
        let (mut named, mut others) = (Vec::new(), Vec::new());
        for document in documents.iter().take(COUNTED) {
            let links = self.archive.document(*document).links.all();
            let other = |(_, link): (Role, Link)| {
                let (own, other) = if person {
                    (link.person, link.organization)
                } else {
                    (link.organization, link.person)
                };
                other.filter(|_| own == Some(id))
            };
            named.extend(links.take(CROWD).filter_map(other));
            named.sort_unstable();
            named.dedup();
            others.append(&mut named);
        }
        self.most(counted(others), !person, COSIGNERS)
    }

    /// The names with the highest counts, equal ones in the order of the alphabet.
    pub(super) fn most(
        &self,
        mut sorted: Vec<(AuthorityId, usize)>,
        people: bool,
        at_most: usize,
    ) -> Vec<Count> {
        let ranks = if people { &self.people_ranks } else { &self.organization_ranks };
        let key = |(id, n): &(AuthorityId, usize)| (Reverse(*n), ranks[id.0 as usize], *id);
        if sorted.len() > at_most {
            sorted.select_nth_unstable_by_key(at_most, key);
            sorted.truncate(at_most);
        }
        sorted.sort_unstable_by_key(key);
        let name = |id: AuthorityId| self.authority(people, id).record.title.as_str();
        let page = |id| if people { Page::Person(id) } else { Page::Organization(id) };
        sorted
            .into_iter()
            .map(|(id, n)| self.count(name(id).to_owned(), self.url(&page(id)), n))
            .collect()
    }

    /// `list`: all organizations, or all people, by first letter.
    pub fn name_list_view(&self, people: bool) -> NameListView {
        let ids = if people { &self.people } else { &self.organizations };
        let mut letters: Vec<LetterView> = Vec::new();
        for id in ids {
            let authority = self.authority(people, *id);
            let record = &authority.record;
            let shown = record.sort_name.as_ref().unwrap_or(&record.title);
            let letter = first_letter(shown);
            if letters.last().is_none_or(|last| last.letter != letter) {
                let id = format!("letter-{}", letters.len() + 1);
                letters.push(LetterView { letter, id, names: Vec::new() });
            }
            let page = if people { Page::Person(*id) } else { Page::Organization(*id) };
            let count = self.documents_of(&authority.documents).len();
            let entry = self.count(shown.clone(), self.url(&page), count);
            if let Some(last) = letters.last_mut() {
                last.names.push(entry);
            }
        }
        let key = if people { "people" } else { "organizations" };
        let network = if people { None } else { self.network() };
        NameListView { count_text: self.words.count(key, ids.len()), letters, network }
    }
}

/// How often each name is among some, in the order of their numbers.
pub(super) fn counted(mut names: Vec<AuthorityId>) -> Vec<(AuthorityId, usize)> {
    names.sort_unstable();
    names.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

/// The heading below which a name stands: its first letter without marks, `0–9`, or the first
/// consonant of its syllable for Hangul.
fn first_letter(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ',
        'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return "#".to_owned() };
    if first.is_numeric() {
        return "0–9".to_owned();
    }
    if ('가'..='힣').contains(&first) {
        let index = (u32::from(first) - u32::from('가')) / 588;
        return INITIALS[index as usize].to_string();
    }
    let base = first.nfd().next().unwrap_or(first);
    base.to_uppercase().collect()
}
