//! Pieces of rows → blocks in the order in which they are read: a column after the one beside it.

use super::lines::Piece;

/// Lines that a column has at least.
const LINES: usize = 4;

/// How often columns may stand inside columns.
const DEPTH: usize = 4;

/// The blocks of a page, in reading order.
pub(super) fn in_order(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut blocks = Vec::new();
    order(pieces, 0, &mut blocks);
    blocks
}

fn order(mut pieces: Vec<Piece>, depth: usize, blocks: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < DEPTH { gutter(&pieces) } else { None };
    let Some(gutter) = gutter else {
        blocks.extend(Some(pieces).filter(|pieces| !pieces.is_empty()));
        return;
    };
    pieces.sort_by(|a, b| a.row.cmp(&b.row).then(a.left.total_cmp(&b.left)));
    // Rows that no gutter parts, such as a title, stand between bands of columns.
    let mut across: Vec<Piece> = Vec::new();
    let mut band: Vec<Piece> = Vec::new();
    let mut flush = |band: &mut Vec<Piece>, across: &mut Vec<Piece>| {
        let (left, right): (Vec<Piece>, Vec<Piece>) =
            std::mem::take(band).into_iter().partition(|piece| piece.right <= gutter + 1.0);
        if is_column(&left) && is_column(&right) {
            blocks.extend(Some(std::mem::take(across)).filter(|rows| !rows.is_empty()));
            order(left, depth + 1, blocks);
            order(right, depth + 1, blocks);
        } else {
            across.extend(left);
            across.extend(right);
        }
    };
    let mut crossed = None;
    for piece in pieces {
        if crosses(&piece, gutter) {
            crossed = Some(piece.row);
            flush(&mut band, &mut across);
            across.push(piece);
        } else if crossed == Some(piece.row) {
            across.push(piece);
        } else {
            band.push(piece);
        }
    }
    flush(&mut band, &mut across);
    blocks.extend(Some(across).filter(|rows| !rows.is_empty()));
}

fn crosses(piece: &Piece, gutter: f32) -> bool {
    piece.left < gutter - 1.0 && piece.right > gutter + 1.0
}

/// Whether pieces are lines of running text, not cells, labels or an address.
fn is_column(pieces: &[Piece]) -> bool {
    let extent = |pieces: &[Piece]| {
        let left = pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
        pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max) - left
    };
    let whole = extent(pieces);
    let is_long = |row: &&[Piece]| {
        let letters = row.iter().flat_map(|piece| piece.text.chars());
        let wide: usize = letters.map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum();
        let ink: f32 = row.iter().map(|piece| piece.right - piece.left).sum();
        // Cells have wide gaps between them; lines that are filled up have narrow ones.
        wide >= 18 && ink >= 0.3 * whole && ink >= 0.75 * extent(row)
    };
    let rows: Vec<&[Piece]> = pieces.chunk_by(|a, b| a.row == b.row).collect();
    rows.len() >= LINES && rows.iter().filter(|row| is_long(row)).count() * 10 >= rows.len() * 6
}

/// Where the space between two columns is, if there are any.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    const STEP: f32 = 2.0;
    if pieces.len() < 2 * LINES {
        return None;
    }
    let left = pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max);
    let steps = ((right - left) / STEP).clamp(0.0, 2000.0) as usize;
    // How many pieces lie left of each place, right of it, and across.
    let score = |at: f32| {
        let (mut before, mut behind, mut across) = (0_isize, 0_isize, 0_isize);
        for piece in pieces {
            if piece.right <= at + 1.0 {
                before += 1;
            } else if piece.left >= at - 1.0 {
                behind += 1;
            } else {
                across += 1;
            }
        }
        2 * before.min(behind) - across
    };
    let places = (0..steps).map(|step| left + step as f32 * STEP);
    let inner = places.filter(|at| (0.12..0.88).contains(&((at - left) / (right - left))));
    let scores: Vec<(f32, isize)> = inner.map(|at| (at, score(at))).collect();
    let best = scores.iter().map(|(_, score)| *score).max()?;
    if best < 2 * LINES as isize {
        return None;
    }
    // The widest run of the best places; its middle is the gutter.
    let runs = scores.chunk_by(|a, b| (a.1 == best) == (b.1 == best));
    let widest = runs.filter(|run| run[0].1 == best).max_by_key(|run| run.len())?;
    Some((widest[0].0 + widest[widest.len() - 1].0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::lines::piece;
    use super::*;

    fn page(rows: &[(&[(f32, &str)], f32)]) -> Vec<String> {
        let rows = rows.iter().enumerate();
        let pieces = rows.flat_map(|(row, (texts, base))| {
            texts.iter().map(move |(left, text)| piece(text, *left, *base, row))
        });
        in_order(pieces.collect())
            .iter()
            .map(|block| block.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("/"))
            .collect()
    }

    #[test]
    fn a_column_is_read_after_the_one_beside_it() {
        let (left, right) = ("a line of the left column", "a line of the right column");
        let both: &[(f32, &str)] = &[(50.0, left), (300.0, right)];
        let mut rows: Vec<(&[(f32, &str)], f32)> = vec![(
            &[(
                60.0,
                "A heading over both columns, which is as long as the page is wide, or nearly so",
            )],
            20.0,
        )];
        rows.extend((0..6).map(|n| (both, 40.0 + 12.0 * n as f32)));
        let read = page(&rows);
        assert_eq!(read.len(), 3, "{read:#?}");
        assert!(read[1].starts_with(left) && !read[1].contains(right));
    }
}
