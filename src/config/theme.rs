//! `theme` and `[theme]`: which theme the site has, and what of its look the archive decides without files of a
//! theme's own.

use super::inside;
use crate::colour::Colour;
use crate::fields::{Fields, Placed, record};
use crate::site_path::check_site_path;

record! {
    /// Which theme a site has, and what is set of its look.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ThemeSettings(t) {
        /// Name of the folder below `themes/`; `default` is built into the program.
        name: String = named(t, "name", t.placed("name")),
        /// Colour of marks and of links under the pointer, in hexadecimal; its contrast must pass WCAG AA.
        accent: Option<Placed<Colour>> = colour(t, "accent"),
        /// The same on dark grounds; made of `accent` if it is not given.
        accent_dark: Option<Placed<Colour>> = colour(t, "accent_dark"),
        /// A picture beside the site's title: the path of a file below `static/`.
        logo: Option<Placed<String>> = file(t, "logo", &["svg", "png", "webp", "jpg", "jpeg"]),
        /// The same on dark grounds.
        logo_dark: Option<Placed<String>> = file(t, "logo_dark", &["svg", "png", "webp", "jpg", "jpeg"]),
        /// What texts and titles are set in: `serif`, `old-style`, `slab`, `sans`, `humanist`, or a `.woff2` file below
        /// `static/`.
        typeface: Option<Typeface> = face(t, "typeface"),
        /// What navigation, facts and labels are set in: as `typeface`.
        interface: Option<Typeface> = face(t, "interface"),
        /// How close lines and rows are.
        density: Density = t.one_of("density", &DENSITIES).unwrap_or(Density::Comfortable),
    }
}

/// What letters look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typeface {
    /// Those of the reader's system, by the key of a stack in [`STACKS`].
    Stack(&'static str),
    /// A font file: its path below `static/`.
    File(Placed<String>),
}

/// How close lines and rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// Long lists on few screens.
    Compact,
    /// As the theme has it.
    Comfortable,
    /// Much space around everything.
    Roomy,
}

const DENSITIES: [(&str, Density); 3] = [
    ("compact", Density::Compact),
    ("comfortable", Density::Comfortable),
    ("roomy", Density::Roomy),
];

/// Typefaces that systems have, best first, by the name of their kind; each ends with Korean ones of its kind.
pub const STACKS: [(&str, &str); 5] = [
    (
        "serif",
        "\"Source Serif 4\", Charter, \"Bitstream Charter\", \"Iowan Old Style\", P052, Georgia, \"Noto Serif\", \
         \"Noto Serif KR\", \"Noto Serif CJK KR\", \"Nanum Myeongjo\", AppleMyungjo, Batang, serif",
    ),
    (
        "old-style",
        "\"Iowan Old Style\", \"Palatino Linotype\", Palatino, \"URW Palladio L\", P052, \"Book Antiqua\", \
         \"EB Garamond\", Georgia, \"Noto Serif KR\", \"Noto Serif CJK KR\", \"Nanum Myeongjo\", AppleMyungjo, Batang, serif",
    ),
    (
        "slab",
        "Rockwell, \"Rockwell Nova\", \"Roboto Slab\", \"DejaVu Serif\", \"Sitka Small\", Georgia, \"Noto Serif KR\", \
         \"Noto Serif CJK KR\", \"Nanum Myeongjo\", AppleMyungjo, Batang, serif",
    ),
    (
        "sans",
        "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Liberation Sans\", \"Noto Sans KR\", \
         \"Noto Sans CJK KR\", \"Malgun Gothic\", sans-serif",
    ),
    (
        "humanist",
        "Seravek, \"Gill Sans Nova\", Ubuntu, Calibri, \"Source Sans 3\", \"Source Sans Pro\", \"DejaVu Sans\", \
         \"Noto Sans KR\", \"Noto Sans CJK KR\", \"Malgun Gothic\", sans-serif",
    ),
];

pub(super) fn theme(f: &Fields<'_, '_>) -> Option<ThemeSettings> {
    let of_name =
        |name| ThemeSettings { name: named(f, "theme", Some(name)), ..ThemeSettings::default() };
    f.text_or_table("theme", of_name, ThemeSettings::read)
}

fn named(f: &Fields<'_, '_>, key: &str, name: Option<Placed<String>>) -> String {
    name.and_then(|name| inside(f, key, name)).unwrap_or_else(|| "default".to_owned())
}

fn colour(f: &Fields<'_, '_>, key: &'static str) -> Option<Placed<Colour>> {
    f.ruled("pattern", r##""^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$""##);
    let written = f.placed(key)?;
    let Some(value) = Colour::parse(written.value.trim()) else {
        f.fault(
            written.range,
            format!("`{}` is not a colour", written.value),
            "a colour in hexadecimal, such as `#7a2a1e`",
            format!("write `{key} = \"#7a2a1e\"`"),
        );
        return None;
    };
    Some(Placed { value, range: written.range })
}

/// A file below `static/` with one of some endings.
fn file(f: &Fields<'_, '_>, key: &'static str, endings: &[&str]) -> Option<Placed<String>> {
    let path = f.placed(key).filter(|path| !path.value.trim().is_empty())?;
    is_file(f, key, &path, endings).then_some(path)
}

fn is_file(f: &Fields<'_, '_>, key: &str, path: &Placed<String>, endings: &[&str]) -> bool {
    let ending = path.value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_plain =
        check_site_path(&path.value).is_ok() && !path.value.contains(['(', ')', '\'', ' ']);
    let is_known = ending.is_some_and(|ending| endings.contains(&ending.as_str()));
    if !is_plain || !is_known {
        let endings: Vec<String> = endings.iter().map(|ending| format!("`.{ending}`")).collect();
        f.fault(
            path.range.clone(),
            format!("`{key}` cannot be `{}`", path.value),
            format!("the path of a file below `static/` that ends in {}", endings.join(", ")),
            format!(
                "write `{key} = \"{key}.{}\"` for the file `static/{key}.{}`",
                first(&endings),
                first(&endings)
            ),
        );
    }
    is_plain && is_known
}

fn first(endings: &[String]) -> &str {
    endings.first().map_or("", |ending| ending.trim_matches(['`', '.']))
}

fn face(f: &Fields<'_, '_>, key: &'static str) -> Option<Typeface> {
    let written = f.placed(key).filter(|name| !name.value.trim().is_empty())?;
    if written.value.contains('.') {
        return is_file(f, key, &written, &["woff2"]).then_some(Typeface::File(written));
    }
    let names = STACKS.map(|(name, _)| name);
    let known = names.into_iter().find(|name| *name == written.value);
    if known.is_none() {
        f.not_one_of(key, &written, &names, " or the path of a `.woff2` file below `static/`");
    }
    known.map(Typeface::Stack)
}
