//! Organizations and the documents that join them, as a drawing, and the same as a table.
//!
//! A line says by its form what an organization did: wrote, signed, received. Organizations that one document alone joins
//! are one point where they are many: each for itself, they are a cloud in which nothing can be read.

mod labels;
mod layout;

use std::collections::{BTreeMap, BTreeSet};

use self::labels::write_names;
use self::layout::{Point, fit, lay_out};
use super::views::{Link, Network, NetworkCell, NetworkLine, NetworkNode, NetworkRole, NetworkRow};
use super::{Page, SitePlan};
use crate::archive::{AuthorityId, DocumentId, Role};

/// The most organizations that a picture shows; more would hide each other.
const ORGANIZATIONS: usize = 90;
/// The most documents that join them.
const DOCUMENTS: usize = 40;
/// The most organizations of one document alone that are points of their own.
const ALONE: usize = 6;
/// The most names in one field of the table.
const NAMES: usize = 100;
/// Size of the drawing.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
/// Radius of a document, in which its number is written.
const DOCUMENT: usize = 8;
/// Radius of a point that is several organizations, whose number is written in it.
const SEVERAL: usize = 15;

/// What organizations do in documents, the strongest bond first, as lines and columns name it.
const ROLES: [(Role, &str, &str); 4] = [
    (Role::Creator, "creator", "role-creator"),
    (Role::Signatory, "signatory", "role-signatory"),
    (Role::Recipient, "recipient", "role-recipient"),
    (Role::Copied, "copied", "role-copied"),
];

/// What a picture is made of.
struct Joined {
    /// Organizations with a point of their own, most joined first.
    organizations: Vec<AuthorityId>,
    /// Documents, those that join most first.
    documents: Vec<Joint>,
}

/// A document that joins organizations.
struct Joint {
    id: DocumentId,
    /// All organizations that it names, each with its strongest role.
    members: BTreeMap<AuthorityId, Role>,
    /// How many of them share one point, by role.
    several: Vec<(Role, usize)>,
}

impl SitePlan<'_> {
    /// The picture of the organizations that documents join; none if fewer than three have points of their own.
    pub fn network(&self) -> Option<Network> {
        let joined = self.joined()?;
        let (mut nodes, lines) = self.nodes_and_lines(&joined);
        let ends: Vec<(usize, usize)> = lines.iter().map(|(a, b, _)| (*a, *b)).collect();
        let points = fit(lay_out(nodes.len(), &ends));
        for (node, point) in nodes.iter_mut().zip(&points) {
            (node.x, node.y) = (point.x as usize, point.y as usize);
        }
        write_names(&mut nodes, &ends);
        let line = |(a, b, role): &(usize, usize, Role)| line(points[*a], points[*b], *role);
        let mut rows: Vec<NetworkRow> =
            joined.documents.iter().zip(1..).map(|(j, n)| self.network_row(j, n)).collect();
        let cells = rows.iter().flat_map(|row| &row.roles);
        let used: BTreeSet<&str> =
            cells.filter(|cell| !cell.organizations.is_empty()).map(|cell| cell.role).collect();
        for row in &mut rows {
            row.roles.retain(|cell| used.contains(cell.role));
        }
        let organizations: BTreeSet<AuthorityId> =
            joined.documents.iter().flat_map(|joint| joint.members.keys().copied()).collect();
        let numbers = [
            ("organizations", &*self.words.count("organizations", organizations.len())),
            ("documents", &*self.words.count("documents", joined.documents.len())),
        ];
        Some(Network {
            width: WIDTH as usize,
            height: HEIGHT as usize,
            label: self.words.with("network-label", &numbers),
            lines: lines.iter().map(line).collect(),
            roles: self.network_roles().filter(|role| used.contains(role.role)).collect(),
            rows,
            nodes,
        })
    }

    fn network_roles(&self) -> impl Iterator<Item = NetworkRole> {
        ROLES.iter().map(|(_, role, name)| NetworkRole { role, name: self.words.get(name) })
    }

    /// The points without their places, organizations first, and which of them lines join.
    fn nodes_and_lines(&self, joined: &Joined) -> (Vec<NetworkNode>, Vec<(usize, usize, Role)>) {
        let place: BTreeMap<AuthorityId, usize> =
            joined.organizations.iter().copied().zip(0..).collect();
        let of_body = |id: &AuthorityId| {
            let Link { name, url } = self.name_link(*id);
            NetworkNode { name, url, ..NetworkNode::default() }
        };
        let mut nodes: Vec<NetworkNode> = joined.organizations.iter().map(of_body).collect();
        let mut lines = Vec::new();
        for (joint, number) in joined.documents.iter().zip(1..) {
            let document = nodes.len();
            let (name, url) = (self.title(joint.id), Some(self.url(&Page::Document(joint.id))));
            nodes.push(NetworkNode {
                name,
                url: url.clone(),
                document: true,
                number: Some(number),
                ..NetworkNode::default()
            });
            let places = joint.members.iter().filter_map(|(id, role)| Some((place.get(id)?, role)));
            lines.extend(places.map(|(body, role)| (*body, document, *role)));
            for (role, several) in &joint.several {
                lines.push((nodes.len(), document, *role));
                let name = self.words.count("organizations", *several);
                let url = url.clone();
                nodes.push(NetworkNode { name, url, several: *several, ..NetworkNode::default() });
            }
        }
        for (n, node) in nodes.iter_mut().enumerate() {
            node.degree = lines.iter().filter(|(a, b, _)| *a == n || *b == n).count();
            node.radius = match (node.document, node.several) {
                (true, _) => DOCUMENT,
                (false, 0) => 4 + node.degree.min(12),
                _ => SEVERAL,
            };
        }
        (nodes, lines)
    }

    fn network_row(&self, joint: &Joint, number: usize) -> NetworkRow {
        let cell = |(role, key, _): &(Role, &'static str, &str)| {
            let links = self.archive.document(joint.id).links.all();
            let bodies = links.filter(|(r, _)| r == role).filter_map(|(_, l)| l.organization);
            let mut seen = BTreeSet::new();
            let bodies: Vec<AuthorityId> = bodies.filter(|id| seen.insert(*id)).collect();
            let more = bodies.len().saturating_sub(NAMES);
            NetworkCell {
                role: key,
                organizations: bodies.iter().take(NAMES).map(|id| self.name_link(*id)).collect(),
                more: (more > 0).then(|| self.words.count("list-more", more)),
            }
        };
        NetworkRow {
            number,
            document: self.item(joint.id),
            roles: ROLES.iter().map(cell).collect(),
        }
    }

    /// The documents that join most organizations, and the organizations that they join.
    fn joined(&self) -> Option<Joined> {
        let joint = |id| {
            let mut members = BTreeMap::new();
            // The strongest role comes first.
            for (role, link) in self.archive.document(id).links.all() {
                if let Some(organization) = link.organization {
                    members.entry(organization).or_insert(role);
                }
            }
            Joint { id, members, several: Vec::new() }
        };
        let mut documents: Vec<Joint> =
            self.document_ids().map(joint).filter(|joint| joint.members.len() > 1).collect();
        documents.sort_by_key(|joint| (std::cmp::Reverse(joint.members.len()), joint.id));
        documents.truncate(DOCUMENTS);
        let mut times: BTreeMap<AuthorityId, usize> = BTreeMap::new();
        for organization in documents.iter().flat_map(|joint| joint.members.keys()) {
            *times.entry(*organization).or_default() += 1;
        }
        for joint in &mut documents {
            let alone: BTreeMap<AuthorityId, Role> = joint
                .members
                .iter()
                .filter(|(id, _)| times[*id] == 1)
                .map(|(a, b)| (*a, *b))
                .collect();
            if alone.len() > ALONE {
                let of = |role: Role| alone.values().filter(|r| **r == role).count();
                let by_role = ROLES.iter().map(|(role, _, _)| (*role, of(*role)));
                joint.several = by_role.filter(|(_, n)| *n > 1).collect();
                times.retain(|id, _| alone.get(id).is_none_or(|role| of(*role) == 1));
            }
        }
        let mut organizations: Vec<(AuthorityId, usize)> = times.into_iter().collect();
        organizations.sort_by_key(|(id, times)| (std::cmp::Reverse(*times), *id));
        organizations.truncate(ORGANIZATIONS);
        let organizations: Vec<AuthorityId> = organizations.into_iter().map(|(id, _)| id).collect();
        (organizations.len() > 2).then_some(Joined { organizations, documents })
    }
}

fn key(role: Role) -> &'static str {
    ROLES.iter().find(|(r, _, _)| *r == role).map_or("", |(_, key, _)| key)
}

fn line(from: Point, to: Point, role: Role) -> NetworkLine {
    NetworkLine {
        x1: from.x as usize,
        y1: from.y as usize,
        x2: to.x as usize,
        y2: to.y as usize,
        role: key(role),
    }
}
