//! What `[theme]` says → a style sheet behind the theme's tokens, and the logo: judged by the colours of the theme that
//! they are laid on.

use std::fmt::Write as _;
use std::ops::Range;

use super::Template;
use crate::colour::{Colour, LEGIBLE};
use crate::config::{Config, Density, STACKS, Typeface};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::fields::Placed;
use crate::files::Sources;
use crate::render::stylesheet;
use crate::scan::Scan;

/// The name of the style sheet: behind the tokens, before all that uses them.
pub(super) const NAME: &str = "01-settings.css";

/// A picture beside the site's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its path from the site's root.
    pub path: String,
    /// The same on dark grounds, if it is another one.
    pub dark: Option<String>,
    /// Width and height, if the file tells them.
    pub size: Option<(u32, u32)>,
}

/// The style sheet of the settings; none if they leave everything as the theme has it.
pub(super) fn style<'s>(
    styles: impl Iterator<Item = &'s Template>,
    config: &Config,
    sources: &dyn Sources,
    report: &Report,
) -> Option<Template> {
    let theme = &config.theme;
    let faults = Faults { sources, report };
    let mut text = String::new();
    let mut root = String::new();
    for (face, token, family) in [
        (&theme.typeface, "--font-text", "Archive Text"),
        (&theme.interface, "--font-ui", "Archive Interface"),
    ] {
        match face {
            Some(Typeface::Stack(key)) => {
                let _ = write!(root, " {token}: {};", stack(key));
            }
            Some(Typeface::File(path)) => {
                faults.missing(path);
                let path = &path.value;
                let _ = writeln!(
                    text,
                    "@font-face {{ font-family: \"{family}\"; src: url(\"../{path}\") format(\"woff2\"); font-display: swap; }}"
                );
                let rest = stack(if token == "--font-ui" { "sans" } else { "serif" });
                let _ = write!(root, " {token}: \"{family}\", {rest};");
            }
            None => {}
        }
    }
    root.push_str(spaces(theme.density));
    if !root.is_empty() {
        let _ = writeln!(text, ":root {{{root} }}");
    }
    let grounds = Grounds::of(styles);
    let own = theme.accent.as_ref().map(|accent| accent.value);
    for (dark, accent) in [(false, &theme.accent), (true, &theme.accent_dark)] {
        let grounds = if dark { &grounds.dark } else { &grounds.light };
        let given = accent.as_ref().map(|accent| faults.judged(accent, grounds, dark));
        let Some(accent) = given.or_else(|| own?.legible_on(grounds)) else { continue };
        let scheme = if dark { " and (prefers-color-scheme: dark)" } else { "" };
        // Who asks for more contrast gets the theme's own colours.
        let _ = writeln!(
            text,
            "@media (prefers-contrast: no-preference){scheme} {{ :root {{ --accent: {accent}; --bar: {accent}; }} }}"
        );
    }
    (!text.is_empty()).then(|| Template { text, path: "config.toml".to_owned() })
}

fn stack(key: &str) -> &'static str {
    STACKS.iter().find(|(name, _)| *name == key).map_or("serif", |(_, stack)| *stack)
}

fn spaces(density: Density) -> &'static str {
    match density {
        Density::Compact => {
            " --row: 0.3rem; --leading: 1.45; --space-1: 0.2rem; --space-2: 0.4rem; --space-3: 0.8rem; --space-4: 1.15rem; \
             --space-5: 1.8rem; --space-6: 2.75rem;"
        }
        Density::Comfortable => "",
        Density::Roomy => {
            " --row: 0.9rem; --leading: 1.65; --space-1: 0.35rem; --space-2: 0.65rem; --space-3: 1.2rem; --space-4: 1.9rem; \
             --space-5: 3.25rem; --space-6: 5.25rem;"
        }
    }
}

/// The logo of the settings.
pub(super) fn logo(config: &Config, sources: &dyn Sources, report: &Report) -> Option<Logo> {
    let faults = Faults { sources, report };
    let theme = &config.theme;
    let bytes = faults.missing(theme.logo.as_ref()?)?;
    let dark = theme.logo_dark.as_ref();
    let dark = dark.filter(|path| faults.missing(path).is_some()).map(|path| path.value.clone());
    let size = Scan::of(&bytes).map_or_else(|| size_of_drawing(&bytes), |scan| scan.size(&bytes));
    Some(Logo { path: theme.logo.as_ref()?.value.clone(), dark, size })
}

/// Width and height of an SVG: its `viewBox`.
fn size_of_drawing(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let numbers = text.split_once("viewBox=")?.1.get(1..)?.split(['"', '\'']).next()?;
    let mut numbers = numbers.split([' ', ',']).filter(|number| !number.is_empty());
    let mut side = |at: usize| {
        let number: f64 = numbers.nth(at)?.parse().ok()?;
        // No drawing is larger, and none has no size.
        (number > 0.0 && number < 1e6).then(|| number.ceil() as u32)
    };
    Some((side(2)?, side(0)?))
}

/// The grounds on which a theme sets text, as far as it names them in hexadecimal.
#[derive(Debug, Default, PartialEq)]
struct Grounds {
    light: Vec<Colour>,
    dark: Vec<Colour>,
}

impl Grounds {
    fn of<'s>(styles: impl Iterator<Item = &'s Template>) -> Self {
        let mut tokens = [[None; 2]; 2];
        for style in styles {
            for rule in stylesheet::parse(&style.text).rules {
                let is_root = rule.selector.split(',').any(|selector| selector.trim() == ":root");
                let Some(dark) = scheme(&rule.within).filter(|_| is_root) else { continue };
                for declaration in rule.declarations {
                    let token =
                        ["--paper", "--surface"].iter().position(|t| *t == declaration.name);
                    if let (Some(token), Some(colour)) = (token, Colour::parse(declaration.value)) {
                        tokens[usize::from(dark)][token] = Some(colour);
                    }
                }
            }
        }
        let [light, dark] = tokens;
        let or_light = [dark[0].or(light[0]), dark[1].or(light[1])];
        let known = |grounds: [Option<Colour>; 2]| grounds.into_iter().flatten().collect();
        Self { light: known(light), dark: known(or_light) }
    }
}

/// Whether declarations are for dark grounds; none if they are for few readers.
fn scheme(within: &[&str]) -> Option<bool> {
    match within {
        [] => Some(false),
        [query] if query.contains("contrast") || query.contains("print") => None,
        [query] if query.contains("prefers-color-scheme: dark") => Some(true),
        _ => None,
    }
}

/// Tells what is wrong with the settings, where they stand.
struct Faults<'a> {
    sources: &'a dyn Sources,
    report: &'a Report,
}

impl Faults<'_> {
    /// A file below `static/`; a missing one is reported.
    fn missing(&self, path: &Placed<String>) -> Option<Vec<u8>> {
        let file = format!("static/{}", path.value);
        let found = self.sources.read(&file);
        if found.is_err() {
            let told = self.at(path.range.clone(), format!("there is no file `{file}`"));
            self.report.push(
                told.expected("the path of a file below `static/`")
                    .help("correct the path, or put the file there"),
            );
        }
        found.ok()
    }

    /// An accent that can be read on some grounds; the nearest one, if it cannot, with a warning.
    fn judged(&self, accent: &Placed<Colour>, grounds: &[Colour], dark: bool) -> Colour {
        let colour = accent.value;
        let worst = grounds
            .iter()
            .copied()
            .min_by(|a, b| colour.contrast(*a).total_cmp(&colour.contrast(*b)));
        let Some(worst) = worst.filter(|_| !colour.is_legible_on(grounds)) else { return colour };
        let (key, ground) = if dark { ("accent_dark", "dark") } else { ("accent", "light") };
        let near = colour.legible_on(grounds);
        let help = match near {
            Some(near) => format!("write `{key} = \"{near}\"`, the nearest colour that has it"),
            None => "choose another theme, or change its `--paper` and `--surface`".to_owned(),
        };
        // Rounded down: what does not pass must not look as if it did.
        let contrast = (colour.contrast(worst) * 10.0).floor() / 10.0;
        self.report.push(
            self.at(
                accent.range.clone(),
                format!("`{colour}` cannot be read on the {ground} ground `{worst}`"),
            )
            .note(format!("their contrast is {contrast:.1} to 1"))
            .expected(format!("at least {LEGIBLE} to 1, as WCAG asks at level AA"))
            .help(help),
        );
        near.unwrap_or(colour)
    }

    fn at(&self, range: Range<usize>, message: String) -> Diagnostic {
        let text = self.sources.read("config.toml").unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        Diagnostic::error_at(SourceText { path: "config.toml", text: &text }, range, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_those_of_the_last_style_sheet_that_names_them() {
        let sheet = |text: &str| Template { text: text.to_owned(), path: String::new() };
        let sheets = [
            sheet(
                ":root { --paper: #fff; --surface: #eee; }\n@media (prefers-color-scheme: dark) { :root { --paper: #111 } }",
            ),
            sheet(
                "@media print { :root { --paper: #123456 } } :root { --paper: #fafafa; } .a { --paper: #000 }",
            ),
        ];
        let colour = |text: &str| Colour::parse(text).unwrap();
        let expected = Grounds {
            light: vec![colour("#fafafa"), colour("#eee")],
            dark: vec![colour("#111"), colour("#eee")],
        };
        assert_eq!(Grounds::of(sheets.iter()), expected);
    }

    #[test]
    fn a_drawing_says_how_large_it_is() {
        assert_eq!(size_of_drawing(b"<svg viewBox=\"0 0 120.5 40\">"), Some((121, 40)));
        for text in [
            "<svg>",
            "<svg viewBox='0 0 1'>",
            "<svg viewBox=\"0 0 -1 2\">",
            "<svg viewBox=\"0 0 1 x\">",
        ] {
            assert_eq!(size_of_drawing(text.as_bytes()), None, "{text}");
        }
    }
}
