//! Names beside the points of a drawing, where they cover nothing.

use super::super::views::NetworkNode;
use super::{HEIGHT, WIDTH};

/// The most names that are written beside their points.
const LABELS: usize = 40;

/// Left, top, right and bottom.
type Frame = (f64, f64, f64, f64);
/// From where to where.
type Line = ((f64, f64), (f64, f64));

/// Writes the names of the most joined organizations beside their points, where they cover nothing.
///
/// Of the places around a point, that is taken through which no line runs; if lines run through all, the first free one.
pub(super) fn write_names(nodes: &mut [NetworkNode], lines: &[(usize, usize)]) {
    let place = |n: usize| (nodes[n].x as f64, nodes[n].y as f64);
    let lines: Vec<Line> = lines.iter().map(|(a, b)| (place(*a), place(*b))).collect();
    let mut taken: Vec<Frame> = nodes
        .iter()
        .map(|n| {
            let (x, y, r) = (n.x as f64, n.y as f64, n.radius as f64);
            (x - r, y - r, x + r, y + r)
        })
        .collect();
    let is_body = |node: &NetworkNode| !node.document && node.several == 0;
    let mut order: Vec<usize> = (0..nodes.len()).filter(|n| is_body(&nodes[*n])).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(nodes[*n].degree), *n));
    let mut written = 0;
    for n in order {
        if written == LABELS {
            break;
        }
        let short = shorten(&nodes[n].name);
        let width = short.chars().map(width_of).sum::<f64>();
        let (x, y, r) = (nodes[n].x as f64, nodes[n].y as f64, nodes[n].radius as f64 + 4.0);
        let places = [
            ("start", x + r, y + 4.0, x + r),
            ("end", x - r, y + 4.0, x - r - width),
            ("middle", x, y - r - 2.0, x - width / 2.0),
            ("middle", x, y + r + 10.0, x - width / 2.0),
            ("start", x + r - 2.0, y - r + 2.0, x + r - 2.0),
            ("start", x + r - 2.0, y + r + 6.0, x + r - 2.0),
            ("end", x - r + 2.0, y - r + 2.0, x - r + 2.0 - width),
            ("end", x - r + 2.0, y + r + 6.0, x - r + 2.0 - width),
        ];
        let own = taken[n];
        let framed = places.map(|(anchor, label_x, label_y, left)| {
            let frame = (left - 2.0, label_y - 11.0, left + width + 2.0, label_y + 3.0);
            (anchor, label_x, label_y, frame)
        });
        let is_free = |(_, _, _, frame): &(&str, f64, f64, Frame)| {
            let inside = frame.0 > 0.0 && frame.2 < WIDTH && frame.1 > 0.0 && frame.3 < HEIGHT;
            inside && taken.iter().all(|other| *other == own || apart(*other, *frame))
        };
        let crossed = |frame: Frame| lines.iter().filter(|line| crosses(**line, frame)).count();
        let free = framed.into_iter().filter(is_free);
        let Some((anchor, label_x, label_y, frame)) = free.min_by_key(|place| crossed(place.3))
        else {
            continue;
        };
        nodes[n].anchor = Some(anchor);
        nodes[n].label_x = label_x as usize;
        nodes[n].label_y = label_y as usize;
        nodes[n].short = short;
        taken.push(frame);
        written += 1;
    }
}

/// Whether a line runs through a frame: what is left of it after each side has cut it.
fn crosses(((x1, y1), (x2, y2)): Line, frame: Frame) -> bool {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let sides = [(-dx, x1 - frame.0), (dx, frame.2 - x1), (-dy, y1 - frame.1), (dy, frame.3 - y1)];
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (along, room) in sides {
        if along == 0.0 && room < 0.0 {
            return false;
        }
        if along < 0.0 {
            from = from.max(room / along);
        } else if along > 0.0 {
            to = to.min(room / along);
        }
    }
    from < to
}

/// A generous width of a character in the drawing's type, which is any sans serif of the reader's.
fn width_of(c: char) -> f64 {
    match c {
        'i' | 'l' | 'j' | 'f' | 't' | 'I' | ' ' | '.' | ',' | '\'' => 4.2,
        'A'..='Z' | 'm' | 'w' | '&' => 8.6,
        c if c.is_ascii() => 6.6,
        _ => 11.5,
    }
}

fn apart(a: Frame, b: Frame) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn point(name: &str, x: usize, y: usize) -> NetworkNode {
        NetworkNode { name: name.to_owned(), x, y, radius: 5, degree: 1, ..NetworkNode::default() }
    }

    #[test]
    fn a_name_gives_way_to_lines_and_to_points() {
        // To the right of the first runs its line, to the left of it is another point.
        let mut nodes =
            vec![point("Abbey", 400, 300), point("Bakery", 600, 300), point("Inn", 380, 300)];
        write_names(&mut nodes, &[(0, 1)]);
        assert_eq!(nodes[0].anchor, Some("middle"));
        assert_eq!(nodes[1].anchor, Some("start"));
        assert_eq!(nodes[2].anchor, Some("end"));
    }

    #[test]
    fn a_line_crosses_a_frame_only_where_it_is() {
        let frame = (10.0, 10.0, 20.0, 20.0);
        assert!(crosses(((0.0, 15.0), (30.0, 15.0)), frame));
        assert!(crosses(((0.0, 0.0), (15.0, 15.0)), frame));
        assert!(!crosses(((0.0, 15.0), (9.0, 15.0)), frame));
        assert!(!crosses(((0.0, 25.0), (30.0, 25.0)), frame));
        assert!(!crosses(((15.0, 0.0), (15.0, 9.0)), frame));
    }
}
