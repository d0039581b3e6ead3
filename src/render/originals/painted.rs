//! What records withhold of a page image → the parts of it that are painted over.

use super::Fault;
use crate::archive::OfPage;
use crate::pictures::Region;

/// What may be shown of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing.
    Nothing,
    /// All but these parts; the reasons are those that readers are given, each once.
    But(Vec<Region>, Vec<String>),
}

/// Checks that a file has every page of which something is withheld.
pub(super) fn check_pages(file: &str, parts: &[OfPage], pages: usize) -> Result<(), Fault> {
    let Some(part) = parts.iter().find(|part| part.page > pages) else { return Ok(()) };
    let message = format!(
        "page {} of `{file}` is withheld, and the file has {}",
        part.page,
        if pages == 1 { "one page".to_owned() } else { format!("{pages} pages") }
    );
    let expected = "the number of a page, counted from 1".to_owned();
    Err((message, expected, "correct `page` in `[[withheld]]`".to_owned()))
}

/// What may be shown of a page (counted from 1) of which the size as it is seen is known.
pub(super) fn of_page(
    file: &str,
    parts: &[OfPage],
    page: usize,
    (width, height): (u32, u32),
) -> Result<Shown, Fault> {
    let (mut regions, mut reasons) = (Vec::new(), Vec::<String>::new());
    for part in parts.iter().filter(|part| part.page == page) {
        let Some(region) = part.region else { return Ok(Shown::Nothing) };
        let inside = region_of(region).filter(|r| r.left < width && r.top < height);
        let Some(region) = inside else {
            let message =
                format!("the region {region:?} of `{file}`, page {page}, is outside of the image");
            let expected =
                format!("a part of {width} × {height} pixels, counted as the image is seen");
            return Err((message, expected, "correct `region` in `[[withheld]]`".to_owned()));
        };
        regions.push(region);
        if !reasons.contains(&part.reason) {
            reasons.push(part.reason.clone());
        }
    }
    regions.sort_unstable();
    Ok(Shown::But(regions, reasons))
}

/// Left, top, width, height.
fn region_of(region: [i64; 4]) -> Option<Region> {
    let [left, top, width, height] =
        region.map(|length| u32::try_from(length.clamp(-1, i64::from(u32::MAX))));
    Some(Region { left: left.ok()?, top: top.ok()?, width: width.ok()?, height: height.ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(page: usize, region: Option<[i64; 4]>) -> OfPage {
        OfPage { page, region, reason: "a child is named".to_owned() }
    }

    #[test]
    fn a_page_shows_all_but_what_is_withheld_of_it() {
        let parts =
            [part(1, Some([10, 20, 30, 40])), part(1, Some([0, 0, i64::MAX, 5])), part(2, None)];
        let Ok(Shown::But(regions, reasons)) = of_page("a.jpg", &parts, 1, (100, 100)) else {
            panic!("the first page is shown");
        };
        assert_eq!(regions[0], Region { left: 0, top: 0, width: u32::MAX, height: 5 });
        assert_eq!((regions.len(), reasons.len()), (2, 1));
        assert_eq!(of_page("a.jpg", &parts, 2, (100, 100)), Ok(Shown::Nothing));
        assert_eq!(of_page("a.jpg", &parts, 3, (9, 9)), Ok(Shown::But(Vec::new(), Vec::new())));
    }

    #[test]
    fn what_is_not_in_the_file_is_named() {
        let parts = [part(3, Some([100, 0, 5, 5]))];
        assert!(check_pages("a.tif", &parts, 2).unwrap_err().0.contains("page 3 of `a.tif`"));
        assert!(check_pages("a.tif", &parts, 3).is_ok());
        let (message, expected, _) = of_page("a.tif", &parts, 3, (100, 50)).unwrap_err();
        assert!(message.contains("[100, 0, 5, 5]") && expected.contains("100 × 50"), "{message}");
    }
}
