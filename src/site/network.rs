//! Organizations and the documents that join them, as a drawing: laid out by repelling and attracting
//! forces from a fixed start, so that the same archive gives the same picture.
//!
//! Only additions, products, quotients and square roots: the same bytes on every machine.
//! Source: Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991).

use std::collections::{BTreeMap, BTreeSet};

use super::SitePlan;
use super::views::{Network, NetworkLine, NetworkNode};
use crate::archive::{AuthorityId, DocumentId};

/// The most organizations that a picture shows; more would hide each other.
const ORGANIZATIONS: usize = 90;
/// The most documents that join them.
const DOCUMENTS: usize = 40;
/// The most names that are written beside their points.
const LABELS: usize = 18;
/// Steps of the layout.
const STEPS: usize = 160;
/// Size of the drawing.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
/// Room at the sides for names.
const MARGIN: f64 = 110.0;

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl SitePlan<'_> {
    /// The picture of the organizations that documents join; none if no document joins two.
    pub fn network(&self) -> Option<Network> {
        let (organizations, documents) = self.joined()?;
        let place: BTreeMap<AuthorityId, usize> = organizations.iter().copied().zip(0..).collect();
        let mut lines = Vec::new();
        for (number, (_, members)) in documents.iter().enumerate() {
            let document = organizations.len() + number;
            lines.extend(members.iter().filter_map(|o| Some((*place.get(o)?, document))));
        }
        let points = fit(lay_out(organizations.len() + documents.len(), &lines));
        let degree = |node: usize| lines.iter().filter(|(a, b)| *a == node || *b == node).count();
        let organizations_named = organizations.iter().map(|id| {
            let link = self.name_link(*id);
            (link.name, link.url, false)
        });
        let documents_named = documents.iter().map(|(id, _)| {
            let item = self.item(*id);
            (item.title, Some(item.url), true)
        });
        let named = organizations_named.chain(documents_named).enumerate();
        let node = |(n, (name, url, document)): (usize, (String, Option<String>, bool))| {
            let (Point { x, y }, degree) = (points[n], degree(n));
            let radius = if document { 4 } else { 4 + degree.min(12) };
            let (x, y) = (x as usize, y as usize);
            NetworkNode { name, url, x, y, radius, document, degree, ..NetworkNode::default() }
        };
        let mut nodes: Vec<NetworkNode> = named.map(node).collect();
        write_names(&mut nodes);
        let whole = |v: f64| v as usize;
        Some(Network {
            width: whole(WIDTH),
            height: whole(HEIGHT),
            lines: lines
                .iter()
                .map(|(a, b)| NetworkLine {
                    x1: whole(points[*a].x),
                    y1: whole(points[*a].y),
                    x2: whole(points[*b].x),
                    y2: whole(points[*b].y),
                })
                .collect(),
            nodes,
            label: self.words.with(
                "network-label",
                &[
                    ("organizations", &self.words.count("organizations", organizations.len())),
                    ("documents", &self.words.count("documents", documents.len())),
                ],
            ),
        })
    }

    /// The documents that join most organizations, and the organizations that they join.
    #[allow(clippy::type_complexity, reason = "a pair of lists for one caller")]
    fn joined(&self) -> Option<(Vec<AuthorityId>, Vec<(DocumentId, Vec<AuthorityId>)>)> {
        let mut documents: Vec<(DocumentId, Vec<AuthorityId>)> = self
            .document_ids()
            .map(|id| {
                let links = self.archive.document(id).links.all();
                let named: BTreeSet<AuthorityId> =
                    links.filter_map(|(_, l)| l.organization).collect();
                (id, named.into_iter().collect::<Vec<_>>())
            })
            .filter(|(_, named)| named.len() > 1)
            .collect();
        documents.sort_by_key(|(id, named)| (std::cmp::Reverse(named.len()), *id));
        documents.truncate(DOCUMENTS);
        let mut times: BTreeMap<AuthorityId, usize> = BTreeMap::new();
        for organization in documents.iter().flat_map(|(_, named)| named) {
            *times.entry(*organization).or_default() += 1;
        }
        let mut organizations: Vec<(AuthorityId, usize)> = times.into_iter().collect();
        organizations.sort_by_key(|(id, times)| (std::cmp::Reverse(*times), *id));
        organizations.truncate(ORGANIZATIONS);
        let organizations: Vec<AuthorityId> = organizations.into_iter().map(|(id, _)| id).collect();
        (organizations.len() > 2).then_some((organizations, documents))
    }
}

/// Moves points by forces until they rest: all repel each other, joined ones attract.
fn lay_out(count: usize, lines: &[(usize, usize)]) -> Vec<Point> {
    let mut points = start(count);
    let ideal = 0.9 * (WIDTH * HEIGHT / count as f64).sqrt();
    for step in 0..STEPS {
        let mut moves = vec![Point { x: 0.0, y: 0.0 }; count];
        for a in 0..count {
            for b in a + 1..count {
                push(&points, &mut moves, a, b, |distance| ideal * ideal / distance);
            }
        }
        for &(a, b) in lines {
            push(&points, &mut moves, a, b, |distance| -(distance * distance) / ideal);
        }
        let heat = WIDTH / 10.0 * (1.0 - step as f64 / STEPS as f64);
        for (point, by) in points.iter_mut().zip(moves) {
            // A pull to the middle keeps parts that nothing joins on the sheet.
            let x = by.x + (WIDTH / 2.0 - point.x) * 0.35;
            let y = by.y + (HEIGHT / 2.0 - point.y) * 0.6;
            let length = (x * x + y * y).sqrt().max(0.01);
            let far = length.min(heat);
            point.x += x / length * far;
            point.y += y / length * far;
        }
    }
    points
}

fn push(points: &[Point], moves: &mut [Point], a: usize, b: usize, force: impl Fn(f64) -> f64) {
    let (x, y) = (points[a].x - points[b].x, points[a].y - points[b].y);
    let distance = (x * x + y * y).sqrt().max(0.5);
    let by = force(distance) / distance;
    moves[a].x += x * by;
    moves[a].y += y * by;
    moves[b].x -= x * by;
    moves[b].y -= y * by;
}

/// Scattered points: the fractions of multiples of two irrational numbers.
fn start(count: usize) -> Vec<Point> {
    let fraction = |v: f64| v - v.floor();
    let at = |n: usize| Point {
        x: WIDTH * fraction(n as f64 * 0.754_877_666_246_692_7 + 0.5),
        y: HEIGHT * fraction(n as f64 * 0.569_840_290_998_053_3 + 0.5),
    };
    (1..=count).map(at).collect()
}

/// Stretches the points to the sheet.
fn fit(points: Vec<Point>) -> Vec<Point> {
    let range = |of: fn(&Point) -> f64| {
        let values = points.iter().map(of);
        values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (range(|p| p.x), range(|p| p.y));
    let scale = |v: f64, low: f64, high: f64, from: f64, to: f64| {
        if high - low < 1.0 {
            (from + to) / 2.0
        } else {
            from + (v - low) / (high - low) * (to - from)
        }
    };
    let fitted = |p: &Point| Point {
        x: scale(p.x, left, right, MARGIN, WIDTH - MARGIN).round(),
        y: scale(p.y, top, bottom, 24.0, HEIGHT - 24.0).round(),
    };
    points.iter().map(fitted).collect()
}

/// Writes the names of the most joined organizations beside their points, where they cover nothing.
fn write_names(nodes: &mut [NetworkNode]) {
    let mut taken: Vec<(f64, f64, f64, f64)> = nodes
        .iter()
        .map(|n| {
            let (x, y, r) = (n.x as f64, n.y as f64, n.radius as f64);
            (x - r, y - r, x + r, y + r)
        })
        .collect();
    // A name that one document alone joins tells nothing of the whole, unless all are such.
    let joined = |least: usize| {
        let bodies = (0..nodes.len()).filter(|n| !nodes[*n].document);
        bodies.filter(|n| nodes[*n].degree >= least).collect::<Vec<usize>>()
    };
    let mut order = joined(2);
    if order.len() < 6 {
        order = joined(1);
    }
    order.sort_by_key(|n| (std::cmp::Reverse(nodes[*n].degree), *n));
    let mut written = 0;
    for n in order {
        if written == LABELS {
            break;
        }
        let short = shorten(&nodes[n].name);
        let width = short.chars().map(|c| if c.is_ascii() { 6.1 } else { 10.5 }).sum::<f64>();
        let (x, y, r) = (nodes[n].x as f64, nodes[n].y as f64, nodes[n].radius as f64 + 4.0);
        let places = [
            ("start", x + r, y + 4.0, x + r),
            ("end", x - r, y + 4.0, x - r - width),
            ("middle", x, y - r - 2.0, x - width / 2.0),
            ("middle", x, y + r + 10.0, x - width / 2.0),
        ];
        for (anchor, label_x, label_y, left) in places {
            let frame = (left - 2.0, label_y - 11.0, left + width + 2.0, label_y + 3.0);
            let inside = frame.0 > 0.0 && frame.2 < WIDTH && frame.1 > 0.0 && frame.3 < HEIGHT;
            let own = taken[n];
            let free = taken.iter().all(|other| *other == own || apart(*other, frame));
            if inside && free {
                nodes[n].anchor = Some(anchor);
                nodes[n].label_x = label_x as usize;
                nodes[n].label_y = label_y as usize;
                nodes[n].short.clone_from(&short);
                taken.push(frame);
                written += 1;
                break;
            }
        }
    }
}

fn apart(a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)) -> bool {
    a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1
}

/// A name that fits beside a point: its first words, up to 34 characters.
fn shorten(name: &str) -> String {
    if name.chars().count() <= 34 {
        return name.to_owned();
    }
    let cut: String = name.chars().take(33).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ' ']))
}
