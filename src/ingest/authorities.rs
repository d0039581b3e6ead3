//! The names in all drafts → one record for each organization and person, with all forms of its name.
//!
//! Names are one if their keys are equal, or if one is the acronym that exactly one other declares.
//! Near misses stay apart here; `check` reports them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::names;
use super::seed::NameForms;
use crate::content::{Authority, Review, name};
use crate::parallel;

/// A record that drafts call for.
#[derive(Debug, PartialEq)]
pub(super) struct Proposed {
    /// Key of its name.
    pub key: String,
    pub authority: Authority,
}

/// Forms of one name in the order of the drafts.
#[derive(Default)]
struct Forms {
    /// Forms as recorded, with how often.
    recorded: Vec<(String, usize)>,
    /// Forms as written.
    written: Vec<String>,
}

impl Forms {
    fn add(&mut self, recorded: &str, written: &str) {
        match self.recorded.iter_mut().find(|(r, _)| r == recorded) {
            Some((_, count)) => *count += 1,
            None => self.recorded.push((recorded.to_owned(), 1)),
        }
        if !self.written.iter().any(|w| w == written) && self.written.len() < 40 {
            self.written.push(written.to_owned());
        }
    }

    /// The most frequent form; the first of equals.
    fn title(&self) -> String {
        let most = self.recorded.iter().map(|(_, n)| *n).max().unwrap_or(0);
        self.recorded.iter().find(|(_, n)| *n == most).map(|(r, _)| r.clone()).unwrap_or_default()
    }

    /// All other forms, each once.
    fn aliases(&self, title: &str) -> Vec<String> {
        let mut seen: HashSet<&str> = HashSet::from([title]);
        self.recorded
            .iter()
            .map(|(r, _)| r)
            .chain(&self.written)
            .filter(|f| seen.insert(f))
            .cloned()
            .collect()
    }
}

/// Records of the organizations that drafts name.
pub(super) fn organizations(names: &[NameForms]) -> Vec<Proposed> {
    let mut groups: BTreeMap<String, Forms> = BTreeMap::new();
    let mut declared: HashMap<String, HashSet<String>> = HashMap::new();
    let keys = keys(names, |n| n.organizations.iter().map(|(recorded, _)| recorded));
    for ((recorded, written), key) in names.iter().flat_map(|n| &n.organizations).zip(keys) {
        if key.is_empty() {
            continue;
        }
        if let Some(acronym) = name::acronym(written) {
            declared.entry(name::key(acronym)).or_default().insert(key.clone());
        }
        groups.entry(key).or_default().add(recorded, written);
    }
    resolve_acronyms(&mut groups, &declared);
    groups
        .into_iter()
        .map(|(key, forms)| Proposed { authority: organization(&forms), key })
        .collect()
}

/// The keys of some of the names, in their order.
fn keys<'a, I: Iterator<Item = &'a String>>(
    names: &'a [NameForms],
    some: impl Fn(&'a NameForms) -> I + Sync,
) -> Vec<String> {
    let keys = |n: &&'a NameForms| some(n).map(|name| name::key(name)).collect::<Vec<_>>();
    let names: Vec<&'a NameForms> = names.iter().collect();
    parallel::map(&names, keys).into_iter().flatten().collect()
}

/// An acronym by itself is the one organization that declares it.
fn resolve_acronyms(
    groups: &mut BTreeMap<String, Forms>,
    declared: &HashMap<String, HashSet<String>>,
) {
    let alone: Vec<(String, String)> = groups
        .keys()
        .filter_map(|key| {
            let owners = declared.get(key)?;
            let owner = owners.iter().next().filter(|o| owners.len() == 1 && *o != key)?;
            Some((key.clone(), owner.clone()))
        })
        .collect();
    for (acronym, owner) in alone {
        let Some(forms) = groups.remove(&acronym) else { continue };
        if let Some(group) = groups.get_mut(&owner) {
            group.written.extend(forms.written.into_iter().filter(|w| !name::is_acronym(w)));
        }
    }
}

fn organization(forms: &Forms) -> Authority {
    let title = forms.title();
    let acronym = forms.written.iter().find_map(|w| name::acronym(w)).map(str::to_owned);
    let country = forms.written.iter().find_map(|w| name::without_country(w).1).map(str::to_owned);
    Authority { aliases: forms.aliases(&title), acronym, country, title, ..Authority::default() }
}

/// Records of the people that drafts name.
pub(super) fn people(names: &[NameForms]) -> Vec<Proposed> {
    let mut groups: BTreeMap<String, Forms> = BTreeMap::new();
    let keys = keys(names, |n| n.people.iter());
    for (person, key) in names.iter().flat_map(|n| &n.people).zip(keys) {
        // `Solheim, Ingrid` is Ingrid Solheim.
        if let Some((given, family)) = names::inverted(person) {
            let turned = format!("{given} {family}");
            groups.entry(name::key(&turned)).or_default().add(&turned, person);
        } else if !key.is_empty() {
            groups.entry(key).or_default().add(person, person);
        }
    }
    groups.into_iter().map(|(key, forms)| Proposed { authority: person(&forms), key }).collect()
}

/// The record of a person, sorted under the family name; where that is not known, a person has to say.
fn person(forms: &Forms) -> Authority {
    let title = forms.title();
    let aliases = forms.aliases(&title);
    // `BAN Ki-moon` in one letter tells how to read `Ban Ki Moon` in another.
    let sort_name = [&title].into_iter().chain(&aliases).find_map(|form| names::sort_name(form));
    let review = match &sort_name {
        Some(_) => Vec::new(),
        None => vec![Review {
            field: "sort_name".to_owned(),
            reason: unsorted(&title).to_owned(),
            line: None,
        }],
    };
    Authority { aliases, sort_name, title, review, ..Authority::default() }
}

/// Why nobody can tell from a name how to sort it.
fn unsorted(name: &str) -> &'static str {
    if name.split_whitespace().nth(1).is_none() {
        "only one name is known: is it the family name?"
    } else {
        "the name does not show which part is the family name"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(organizations: &[(&str, &str)]) -> NameForms {
        NameForms {
            organizations: organizations
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect(),
            people: Vec::new(),
        }
    }

    #[test]
    fn forms_of_one_name_and_its_acronym_are_one_record() {
        let drafts = [
            draft(&[
                ("Liberty in North Korea", "Liberty in North Korea (LINK), United States"),
                ("LINK", "LINK"),
            ]),
            draft(&[("Liberty In North Korea", "The Liberty In North Korea")]),
        ];
        let records = organizations(&drafts);
        assert_eq!(records.len(), 1);
        let a = &records[0].authority;
        assert_eq!(
            (a.title.as_str(), a.acronym.as_deref(), a.country.as_deref()),
            ("Liberty in North Korea", Some("LINK"), Some("United States"))
        );
        assert!(a.aliases.contains(&"The Liberty In North Korea".to_owned()));
    }

    #[test]
    fn an_acronym_that_two_declare_is_nobodys() {
        let drafts = [draft(&[
            ("Christian Concern", "Christian Concern (ICC)"),
            ("Criminal Court", "Criminal Court (ICC)"),
            ("ICC", "ICC"),
        ])];
        assert_eq!(organizations(&drafts).len(), 3);
    }

    fn people_named(names: &[&str]) -> Vec<Proposed> {
        let named =
            |name: &&str| NameForms { people: vec![(*name).to_owned()], ..NameForms::default() };
        people(&names.iter().map(named).collect::<Vec<_>>())
    }

    #[test]
    fn a_person_is_sorted_by_the_family_name() {
        let sort_names = people_named(&["Stephen J. Solarz", "Kim Kwang Jin"]);
        let sort_names: Vec<_> =
            sort_names.iter().map(|p| p.authority.sort_name.as_deref()).collect();
        assert_eq!(sort_names, [Some("Kim, Kwang Jin"), Some("Solarz, Stephen J.")]);
    }

    #[test]
    fn another_form_of_the_name_may_tell_its_order() {
        let records = people_named(&["Ja Song Nam", "JA Song Nam", "Ja Song Nam"]);
        assert_eq!(records.len(), 1);
        assert_eq!(records[0].authority.sort_name.as_deref(), Some("Ja, Song Nam"));
        assert!(records[0].authority.review.is_empty());
    }

    #[test]
    fn a_name_in_a_catalogue_s_order_is_the_same_person() {
        let records = people_named(&["Solheim, Ingrid", "Ingrid Solheim"]);
        assert_eq!(records.len(), 1);
        let authority = &records[0].authority;
        assert_eq!(authority.title, "Ingrid Solheim");
        assert_eq!(authority.aliases, ["Solheim, Ingrid"]);
        assert_eq!(authority.sort_name.as_deref(), Some("Solheim, Ingrid"));
    }

    #[test]
    fn an_order_that_is_not_known_is_a_doubt() {
        for (name, reason) in [
            ("Butler", "only one name is known: is it the family name?"),
            ("Ja Song Nam", "the name does not show which part is the family name"),
        ] {
            let authority = people_named(&[name]).remove(0).authority;
            assert_eq!(authority.sort_name, None, "{name}");
            assert_eq!(authority.review[0].field, "sort_name");
            assert_eq!(authority.review[0].reason, reason);
        }
    }
}
