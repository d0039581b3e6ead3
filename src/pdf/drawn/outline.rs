//! The outline of what a page draws, or of what it cuts off.

use pdfboss_core::Rect;

/// The corners of what is to be drawn.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) points: Vec<(f32, f32)>,
    /// Whether it has lines that are no edges of a rectangle.
    pub(super) is_odd: bool,
    /// Whether it is to be a clip.
    pub(super) clips: bool,
}

impl Outline {
    pub(super) fn bounds(&self) -> Option<Rect> {
        let (first, rest) = self.points.split_first()?;
        let start = Rect::new(first.0, first.1, first.0, first.1);
        Some(rest.iter().fold(start, |all, (x, y)| {
            Rect::new(all.x0.min(*x), all.y0.min(*y), all.x1.max(*x), all.y1.max(*y))
        }))
    }

    /// The rectangle that it is, if it is one that lies straight.
    pub(super) fn rectangle(&self) -> Option<Rect> {
        const SLACK: f32 = 0.01;
        let bounds = self.bounds().filter(|_| !self.is_odd)?;
        let is_corner = |(x, y): &(f32, f32)| {
            ((x - bounds.x0).abs() < SLACK || (x - bounds.x1).abs() < SLACK)
                && ((y - bounds.y0).abs() < SLACK || (y - bounds.y1).abs() < SLACK)
        };
        ((4..=5).contains(&self.points.len()) && self.points.iter().all(is_corner))
            .then_some(bounds)
    }
}
