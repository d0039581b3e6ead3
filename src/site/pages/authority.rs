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
use crate::archive::{Authority, AuthorityId, AuthorityKind, CollectionId, DocumentId, Link, Role};
use crate::content::name;

/// Of so few documents bars say no more than the line above them.
const FEW: usize = 3;
/// How many co-signatories a page names.
const COSIGNERS: usize = 12;
/// How many parties of one document are looked at for each of them: all would be a square of their number.
const CROWD: usize = 2000;
/// Documents of which co-signatories are counted, newest first; bounds the work per page.
const COUNTED: usize = 2000;

impl SitePlan<'_> {
    /// `authority`: an organization or a person, with one page of its documents; `text` is its record's
    /// body as HTML. What is said of it besides its documents is on the first page.
    pub fn authority_view(
        &self,
        page: &Page,
        text: String,
        number: usize,
    ) -> Option<AuthorityView> {
        let Page::Authority(id) = *page else { return None };
        let is_person = id.kind == AuthorityKind::Person;
        let authority = self.archive.authority(id);
        let record = &authority.record;
        let documents = self.documents_of(&authority.documents);
        let told = if number == 1 { &documents[..] } else { &[] };
        let cosigners = self.cosigners(id, told);
        let others = cosigners.len().saturating_sub(COSIGNERS);
        let (correspondents, unnamed) = self.correspondents(id, told);
        let chosen = (if is_person { "person" } else { "organization" }, authority.slug.as_str());
        Some(AuthorityView {
            name: record.title.clone(),
            person: is_person,
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
            langs: self.text_languages(authority.translation.as_deref()),
            part_of: authority.part_of.map(|id| self.body_link(id)),
            parts: authority.parts.iter().map(|id| self.body_link(*id)).collect(),
            predecessors: authority.predecessors.iter().map(|id| self.body_link(*id)).collect(),
            successors: authority.successors.iter().map(|id| self.body_link(*id)).collect(),
            eac: (number == 1 && self.has_record_file(id))
                .then(|| self.folder_url(page) + "eac.xml"),
            collections: self.units_of(id).iter().map(|unit| self.collection_link(*unit)).collect(),
            years_text: self.span(&documents),
            count_text: self.words.count("documents", documents.len()),
            roles: self.role_views(authority, number),
            pager: self.pager(authority.documents.len(), number, |n| further(page.clone(), n)),
            timeline: (documents.len() > FEW)
                .then(|| self.years_drawn(&self.years_of(told)))
                .flatten(),
            correspondents,
            correspondents_more: self.more(unnamed, &[chosen]),
            cosigners: self.most(cosigners, COSIGNERS),
            cosigners_more: self.more(others, &[chosen]),
            affiliations: self.affiliations(id, told),
            feed: self.has_feed(page).then(|| self.folder_url(page) + "atom.xml"),
            extra: record.extra.clone(),
        })
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
        let link = self.name_link(id);
        super::super::views::Link { url: link.url.filter(|_| self.has_page(id)), ..link }
    }

    /// Whether there is more to say of somebody in a file of its own than the name.
    pub fn has_record_file(&self, id: AuthorityId) -> bool {
        let authority = self.archive.authority(id);
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
    pub fn units_of(&self, id: AuthorityId) -> Vec<CollectionId> {
        let is_creator = |link: &Link| link.of(id.kind) == Some(id);
        let units = self.collection_ids();
        units
            .filter(|unit| self.archive.collection(*unit).creators.iter().any(is_creator))
            .collect()
    }

    /// To whom somebody wrote and from whom it heard, most often first, and how many more there are.
    fn correspondents(
        &self,
        id: AuthorityId,
        documents: &[DocumentId],
    ) -> (Vec<CorrespondentView>, usize) {
        let is_own = |link: &Link| link.of(id.kind) == Some(id);
        let other = |link: &Link| link.first();
        let mut counts: BTreeMap<AuthorityId, (usize, usize)> = BTreeMap::new();
        let mut seen: Vec<AuthorityId> = Vec::new();
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
        let mut all: Vec<(AuthorityId, (usize, usize))> = counts.into_iter().collect();
        let key = |(other, (sent, received)): &(AuthorityId, (usize, usize))| {
            (Reverse(sent + received), self.rank(*other), *other)
        };
        let others = all.len().saturating_sub(COSIGNERS);
        if others > 0 {
            all.select_nth_unstable_by_key(COSIGNERS, key);
            all.truncate(COSIGNERS);
        }
        all.sort_unstable_by_key(key);
        let view = |(id, (sent, received)): (AuthorityId, (usize, usize))| CorrespondentView {
            name: self.archive.authority(id).record.title.clone(),
            url: self.url(&Page::Authority(id)),
            sent,
            received,
            text: self.sent_and_received(sent, received),
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
    fn cosigners(&self, id: AuthorityId, documents: &[DocumentId]) -> Vec<(AuthorityId, usize)> {
        let (mut issuers, mut others) = (Vec::new(), Vec::new());
        for document in documents.iter().take(COUNTED) {
            let links = self.archive.document(*document).links.all();
            issuers.clear();
            issuers.extend(
                links
                    .take(CROWD)
                    .filter(|(role, _)| matches!(role, Role::Creator | Role::Signatory))
                    .filter_map(|(_, link)| link.of(id.kind)),
            );
            let is_issuer = || {
                let roles = self.archive.authority(id).documents.iter();
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
    fn affiliations(&self, id: AuthorityId, documents: &[DocumentId]) -> Vec<Count> {
        let others_are = match id.kind {
            AuthorityKind::Person => AuthorityKind::Organization,
            AuthorityKind::Organization => AuthorityKind::Person,
        };
        let (mut named, mut others) = (Vec::new(), Vec::new());
        for document in documents.iter().take(COUNTED) {
            let links = self.archive.document(*document).links.all();
            let other = |(_, link): (Role, Link)| {
                link.of(others_are).filter(|_| link.of(id.kind) == Some(id))
            };
            named.extend(links.take(CROWD).filter_map(other));
            named.sort_unstable();
            named.dedup();
            others.append(&mut named);
        }
        self.most(counted(others), COSIGNERS)
    }

    /// Place of a name in the order of the alphabet among those of its kind.
    fn rank(&self, id: AuthorityId) -> u32 {
        let ranks = match id.kind {
            AuthorityKind::Organization => &self.organization_ranks,
            AuthorityKind::Person => &self.people_ranks,
        };
        ranks[id.index()]
    }

    /// The names with the highest counts, equal ones in the order of the alphabet.
    pub(super) fn most(&self, mut sorted: Vec<(AuthorityId, usize)>, at_most: usize) -> Vec<Count> {
        let key = |(id, n): &(AuthorityId, usize)| (Reverse(*n), self.rank(*id), *id);
        if sorted.len() > at_most {
            sorted.select_nth_unstable_by_key(at_most, key);
            sorted.truncate(at_most);
        }
        sorted.sort_unstable_by_key(key);
        let name = |id: AuthorityId| self.archive.authority(id).record.title.as_str();
        sorted
            .into_iter()
            .map(|(id, n)| self.count(name(id).to_owned(), self.url(&Page::Authority(id)), n))
            .collect()
    }

    /// `list`: all organizations, or all people, by first letter.
    pub fn name_list_view(&self, kind: AuthorityKind) -> NameListView {
        let ids = self.names(kind);
        let mut letters: Vec<LetterView> = Vec::new();
        for id in ids {
            let authority = self.archive.authority(*id);
            let record = &authority.record;
            let shown = record.sort_name.as_ref().unwrap_or(&record.title);
            let letter = first_letter(shown);
            if letters.last().is_none_or(|last| last.letter != letter) {
                let id = format!("letter-{}", letters.len() + 1);
                letters.push(LetterView { letter, id, names: Vec::new() });
            }
            let count = self.documents_of(&authority.documents).len();
            let entry = self.count(shown.clone(), self.url(&Page::Authority(*id)), count);
            if let Some(last) = letters.last_mut() {
                last.names.push(entry);
            }
        }
        let network = match kind {
            AuthorityKind::Organization => self.network(),
            AuthorityKind::Person => None,
        };
        NameListView { count_text: self.words.count(kind.folder(), ids.len()), letters, network }
    }
}

/// How often each name is among some, in the order of their numbers.
pub(super) fn counted(mut names: Vec<AuthorityId>) -> Vec<(AuthorityId, usize)> {
    names.sort_unstable();
    names.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

/// The heading of a name in a list: its first letter without marks, `0–9`, or the first
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
