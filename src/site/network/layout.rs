//! Where the points of a drawing lie: forces move them from a fixed start, so that the same archive gives the same picture.
//!
//! Only additions, products, quotients and square roots: the same bytes on every machine.
//! Source: Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991).

use super::{HEIGHT, WIDTH};

/// Steps of the layout.
const STEPS: usize = 160;
/// Room at the sides for names.
const MARGIN: f64 = 110.0;

/// A place in the drawing.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Moves points by forces until they rest: all repel each other, joined ones attract.
pub(super) fn lay_out(count: usize, lines: &[(usize, usize)]) -> Vec<Point> {
    let mut points = start(count);
    let ideal = 0.9 * (WIDTH * HEIGHT / count as f64).sqrt();
    for step in 0..STEPS {
        let mut moves = vec![Point { x: 0.0, y: 0.0 }; count];
        for a in 0..count {
            for b in a + 1..count {
                push(&points, &mut moves, (a, b), |distance| ideal * ideal / distance);
            }
        }
        for &joined in lines {
            push(&points, &mut moves, joined, |distance| -(distance * distance) / ideal);
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

fn push(points: &[Point], moves: &mut [Point], (a, b): (usize, usize), force: impl Fn(f64) -> f64) {
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
pub(super) fn fit(points: Vec<Point>) -> Vec<Point> {
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
