//! The content of a page → the pictures on it, if it is a scan: nothing else is seen on it but letters.
//!
//! A page is taken for its pictures only if they show what any viewer shows. A line or an area that is drawn over them
//! may hide what is in them, and so may a note: then there is no picture of the page.

mod optional;
mod outline;

use pdfboss_core::content::{ContentOps, Op};
use pdfboss_core::{Dict, Document, Matrix, Name, Object, Rect, Stream};

use optional::Optional;
use outline::Outline;

/// A picture and where it is.
pub(super) struct Layer {
    pub(super) image: Stream,
    /// From the unit square to points from the left and upper edge of the page as it is shown.
    pub(super) place: Matrix,
    /// What of it is seen: left, top, right and bottom, in the same points.
    pub(super) seen: Rect,
    /// The colour of a stencil.
    pub(super) ink: [u8; 3],
}

/// The pictures on a page, as it is shown.
pub(super) struct Drawn {
    /// The lowest first.
    pub(super) layers: Vec<Layer>,
    /// Width and height of the page in points.
    pub(super) size: (f32, f32),
}

/// More pictures are not on a page that somebody scanned.
const MOST_LAYERS: usize = 2_000;
/// More is not read of a page's content.
const MOST_OPERATORS: usize = 2_000_000;
/// Forms in forms.
const DEPTH: usize = 8;
/// How many letters may be typed over a scan: a stamp, a number.
const STAMP: usize = 200;

impl Drawn {
    /// The pictures of a page; none if it is no scan.
    pub(super) fn of(document: &Document, page: &pdfboss_core::Page) -> Option<Self> {
        if is_noted(document, page) {
            return None;
        }
        let content = page.content(document).ok()?;
        let mut reader = Reader {
            document,
            shown: shown(page.crop_box, page.rotate),
            page: page.crop_box,
            optional: Optional::of(document),
            below: Vec::new(),
            layers: Vec::new(),
            seen: 0,
            unseen: 0,
            left: MOST_OPERATORS,
        };
        let state = State {
            matrix: Matrix::identity(),
            clip: page.crop_box,
            ink: Some([0, 0, 0]),
            is_spot: false,
            mode: 0,
            is_veiled: false,
        };
        reader.run(&content, &page.resources, state, DEPTH)?;
        let drawn = Self { size: page.size(), layers: reader.layers };
        let is_typed = reader.seen > STAMP.max(reader.unseen);
        let is_hidden = reader.below.iter().all(|area| drawn.hides(*area));
        (!is_typed && is_hidden && drawn.covers()).then_some(drawn)
    }

    /// Whether pictures cover nearly all of the page.
    fn covers(&self) -> bool {
        const STEPS: u8 = 32;
        let (width, height) = self.size;
        let part = |n: u8| (f32::from(n) + 0.5) / f32::from(STEPS);
        let points = (0..STEPS).flat_map(|x| (0..STEPS).map(move |y| (x, y)));
        let is_covered = |(x, y): &(u8, u8)| {
            let (x, y) = (part(*x) * width, part(*y) * height);
            self.layers.iter().any(|layer| holds(layer.seen, x, y))
        };
        points.filter(is_covered).count() * 10 >= usize::from(STEPS) * usize::from(STEPS) * 9
    }

    /// Whether one of the pictures lies over an area.
    fn hides(&self, area: Rect) -> bool {
        let over = |layer: &Layer| {
            !is_stencil(&layer.image)
                && holds(layer.seen, area.x0, area.y0)
                && holds(layer.seen, area.x1, area.y1)
        };
        self.layers.iter().any(over)
    }
}

fn holds(area: Rect, x: f32, y: f32) -> bool {
    const SLACK: f32 = 0.5;
    (area.x0 - SLACK..=area.x1 + SLACK).contains(&x)
        && (area.y0 - SLACK..=area.y1 + SLACK).contains(&y)
}

/// Whether a picture is one through which a colour is seen.
pub(super) fn is_stencil(image: &Stream) -> bool {
    image.dict.get("ImageMask").and_then(Object::as_bool) == Some(true)
}

/// Whether somebody laid something over the page that may hide a part of it.
fn is_noted(document: &Document, page: &pdfboss_core::Page) -> bool {
    const CLEAR: [&str; 9] = [
        "Link",
        "Popup",
        "Text",
        "Highlight",
        "Underline",
        "StrikeOut",
        "Squiggly",
        "Caret",
        "FileAttachment",
    ];
    let annotations = document.annotations(page);
    let mut shown = annotations.iter().filter(|one| !one.flags.hidden() && !one.flags.no_view());
    shown.any(|one| !CLEAR.contains(&one.subtype.as_str()))
}

/// From the file's places to points from the left and upper edge of the page as it is shown.
fn shown(Rect { x0, y0, x1, y1 }: Rect, turn: i32) -> Matrix {
    let (a, b, c, d, e, f) = match turn.rem_euclid(360) {
        90 => (0.0, 1.0, 1.0, 0.0, -y0, -x0),
        180 => (-1.0, 0.0, 0.0, 1.0, x1, -y0),
        270 => (0.0, -1.0, -1.0, 0.0, y1, x1),
        _ => (1.0, 0.0, 0.0, -1.0, -x0, y1),
    };
    Matrix { a, b, c, d, e, f }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// What is seen of what is drawn.
    clip: Rect,
    /// The colour of areas; none if it is no plain one.
    ink: Option<[u8; 3]>,
    /// Whether colours are given as amounts of a special ink.
    is_spot: bool,
    /// How letters are drawn.
    mode: i32,
    /// Whether what is drawn is mixed with what is below.
    is_veiled: bool,
}

impl State {
    fn plain(&mut self, parts: &[f32]) {
        self.is_spot = false;
        self.ink = colour(parts);
    }
}

struct Reader<'d> {
    document: &'d Document,
    shown: Matrix,
    page: Rect,
    /// What of it is not shown unless somebody asks for it.
    optional: Optional<'d>,
    /// Areas that were drawn before the first picture, as the page is shown.
    below: Vec<Rect>,
    layers: Vec<Layer>,
    /// Letters that are seen.
    seen: usize,
    unseen: usize,
    /// How many operators may still be read.
    left: usize,
}

impl Reader<'_> {
    /// Reads a content; none if the page is no scan.
    fn run(&mut self, content: &[u8], resources: &Dict, first: State, depth: usize) -> Option<()> {
        let mut state = first;
        let mut kept: Vec<State> = Vec::new();
        let mut outline = Outline::default();
        let open = self.optional.depth();
        let mut operators = ContentOps::new(content);
        while let Ok(Some((operator, _))) = operators.next_op() {
            self.left = self.left.checked_sub(1)?;
            match operator {
                Op::BeginMarkedContent(_) => self.optional.begin(None)?,
                Op::BeginMarkedContentProps(tag, properties) => {
                    let layer = (tag.0 == "OC").then(|| self.layer(resources, properties));
                    self.optional.begin(layer.as_ref())?;
                }
                Op::EndMarkedContent if self.optional.depth() > open => self.optional.end(),
                Op::XObject(_) | Op::InlineImage(_) | Op::Shading(_) if self.optional.hides() => {}
                Op::Save if kept.len() < 200 => kept.push(state.clone()),
                Op::Save => return None,
                Op::Restore => state = kept.pop().unwrap_or(state),
                Op::Concat(matrix) => state.matrix = matrix.concat(state.matrix),
                Op::SetExtGState(name) => {
                    state.is_veiled |= self.veils(resources, &name);
                }
                Op::SetTextRender(mode) => state.mode = mode,
                Op::ShowText(text) | Op::NextLineShowText(text) => {
                    self.letters(&state, text.len())?;
                }
                Op::NextLineShowTextSpaced(_, _, text) => self.letters(&state, text.len())?,
                Op::ShowTextAdjusted(items) => {
                    let length = |item: &pdfboss_core::content::TextItem| match item {
                        pdfboss_core::content::TextItem::Str(text) => text.len(),
                        pdfboss_core::content::TextItem::Offset(_) => 0,
                    };
                    self.letters(&state, items.iter().map(length).sum())?;
                }
                Op::XObject(name) => {
                    let object = self.resource(resources, "XObject", &name)?;
                    self.object(object.as_stream()?, resources, &state, depth)?;
                }
                Op::InlineImage(image) => {
                    let mut image = Stream { dict: image.dict, data: image.data };
                    let named = image.dict.get("ColorSpace").and_then(Object::as_name).cloned();
                    let space =
                        named.and_then(|name| self.resource(resources, "ColorSpace", &name));
                    if let Some(space) = space {
                        image.dict.insert(Name("ColorSpace".to_owned()), space);
                    }
                    self.image(&image, &state)?;
                }
                Op::Shading(_) => return None,
                Op::SetFillColorSpace(name) => {
                    state.is_spot = self.is_spot(resources, &name);
                    state.ink = (!state.is_spot).then_some([0; 3]);
                }
                Op::SetFillColor(values) | Op::SetFillColorN(values, None) => {
                    state.ink = if state.is_spot { None } else { colour(&values) };
                }
                Op::SetFillColorN(_, Some(_)) => state.ink = None,
                Op::SetFillGray(grey) => state.plain(&[grey]),
                Op::SetFillRGB(r, g, b) => state.plain(&[r, g, b]),
                Op::SetFillCMYK(c, m, y, k) => state.plain(&[c, m, y, k]),
                other => self.path(&other, &mut outline, &mut state)?,
            }
        }
        self.optional.cut(open);
        Some(())
    }

    /// The layer that the properties of a part of the content name or are.
    fn layer(&self, resources: &Dict, properties: Object) -> Object {
        let named = properties.as_name().and_then(|name| {
            let all = self.document.resolve(resources.get("Properties")?).ok()?;
            all.as_dict()?.get(&name.0).cloned()
        });
        named.unwrap_or(properties)
    }

    /// Letters that are drawn.
    fn letters(&mut self, state: &State, count: usize) -> Option<()> {
        match state.mode {
            _ if self.optional.hides() => {}
            3 => self.unseen += count,
            // They are a clip.
            4.. => return None,
            // Those below a picture are not seen.
            _ if self.layers.is_empty() => {}
            _ => self.seen += count,
        }
        Some(())
    }

    fn path(&mut self, operator: &Op, outline: &mut Outline, state: &mut State) -> Option<()> {
        let at = |x: f32, y: f32| {
            let place = state.matrix.apply(pdfboss_core::Point { x, y });
            (place.x, place.y)
        };
        match *operator {
            Op::MoveTo(x, y) => {
                outline.is_odd |= !outline.points.is_empty();
                outline.points.push(at(x, y));
            }
            Op::LineTo(x, y) => outline.points.push(at(x, y)),
            Op::CurveTo(a, b, c, d, x, y) => {
                outline.is_odd = true;
                outline.points.extend([at(a, b), at(c, d), at(x, y)]);
            }
            Op::CurveToV(a, b, x, y) | Op::CurveToY(a, b, x, y) => {
                outline.is_odd = true;
                outline.points.extend([at(a, b), at(x, y)]);
            }
            Op::Rect(x, y, w, h) => {
                outline.is_odd |= !outline.points.is_empty();
                outline.points.extend([at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)]);
            }
            Op::ClipNonZero | Op::ClipEvenOdd => outline.clips = true,
            Op::EndPath => self.clip(std::mem::take(outline), state)?,
            Op::Fill | Op::FillEvenOdd => {
                self.area(outline, state, state.ink == Some([255; 3]))?;
                self.clip(std::mem::take(outline), state)?;
            }
            Op::Stroke
            | Op::CloseStroke
            | Op::FillStroke
            | Op::FillStrokeEvenOdd
            | Op::CloseFillStroke
            | Op::CloseFillStrokeEvenOdd => {
                self.area(outline, state, false)?;
                self.clip(std::mem::take(outline), state)?;
            }
            _ => {}
        }
        Some(())
    }

    /// Narrows what is seen, if the outline is to do so. Pictures whose edges are no straight ones are none of a scan.
    fn clip(&self, outline: Outline, state: &mut State) -> Option<()> {
        if outline.clips {
            let rectangle = outline.rectangle()?;
            let nothing = Rect::new(0.0, 0.0, 0.0, 0.0);
            state.clip = state.clip.intersect(rectangle).unwrap_or(nothing);
        }
        Some(())
    }

    /// An area that is drawn. White paper below all pictures is no part of what they show.
    fn area(&mut self, outline: &Outline, state: &State, is_white: bool) -> Option<()> {
        let seen = outline.bounds().and_then(|bounds| bounds.intersect(state.clip));
        let seen = seen.filter(|_| !self.optional.hides());
        let Some(seen) = seen.and_then(|seen| seen.intersect(self.page)) else { return Some(()) };
        match self.layers.is_empty() {
            true if is_white => {}
            true => self.below.push(seen.transform(self.shown)),
            false => return None,
        }
        Some(())
    }

    /// A picture or a form.
    fn object(
        &mut self,
        object: &Stream,
        resources: &Dict,
        state: &State,
        depth: usize,
    ) -> Option<()> {
        if object.dict.get("OC").is_some_and(|group| self.optional.is_hidden(group)) {
            return Some(());
        }
        if object.dict.get_name("Subtype").is_some_and(|name| name.0 == "Image") {
            return self.image(object, state);
        }
        let depth = depth.checked_sub(1)?;
        let numbers = |key: &str| -> Option<Vec<f32>> {
            let value = self.document.resolve(object.dict.get(key)?).ok()?;
            let number = |value: &Object| self.document.resolve(value).ok()?.as_f64();
            Some(value.as_array()?.iter().filter_map(number).map(|n| n as f32).collect())
        };
        let mut inner = state.clone();
        if let Some([a, b, c, d, e, f]) = numbers("Matrix").as_deref() {
            let (a, b, c, d, e, f) = (*a, *b, *c, *d, *e, *f);
            inner.matrix = Matrix { a, b, c, d, e, f }.concat(inner.matrix);
        }
        if let Some([x0, y0, x1, y1]) = numbers("BBox").as_deref() {
            let bounds = Rect::new(*x0, *y0, *x1, *y1).normalize().transform(inner.matrix);
            inner.clip = inner.clip.intersect(bounds)?;
        }
        let own = object.dict.get("Resources").and_then(|own| self.document.resolve(own).ok());
        let own = own.as_ref().and_then(Object::as_dict);
        let content = self.document.stream_data(object).ok()?;
        self.run(&content, own.unwrap_or(resources), inner, depth)
    }

    fn image(&mut self, image: &Stream, state: &State) -> Option<()> {
        let place = state.matrix.concat(self.shown);
        let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
        let is_sound =
            [place.a, place.b, place.c, place.d, place.e, place.f].into_iter().all(f32::is_finite);
        let ink = state.ink.or_else(|| (!is_stencil(image)).then_some([0; 3]))?;
        if state.is_veiled || !is_sound || self.layers.len() == MOST_LAYERS {
            return None;
        }
        let clip = state.clip.transform(self.shown);
        let Some(seen) = unit.transform(place).intersect(clip) else { return Some(()) };
        self.layers.push(Layer { image: image.clone(), place, seen, ink });
        Some(())
    }

    /// Whether a state mixes what is drawn with what is below.
    fn veils(&self, resources: &Dict, name: &Name) -> bool {
        let Some(state) = self.resource(resources, "ExtGState", name) else { return false };
        let Some(state) = state.as_dict() else { return false };
        let of = |key: &str| state.get(key).and_then(|value| self.document.resolve(value).ok());
        let is_plain = |value: Object, names: &[&str]| {
            value.as_name().is_some_and(|name| names.contains(&name.0.as_str()))
        };
        of("SMask").is_some_and(|mask| !mask.is_null() && !is_plain(mask, &["None"]))
            || of("ca").and_then(|part| part.as_f64()).is_some_and(|part| part < 1.0)
            || of("BM").is_some_and(|mode| !is_plain(mode, &["Normal", "Compatible"]))
    }

    /// Whether a colour space is one of which the numbers say nothing of red, green and blue.
    fn is_spot(&self, resources: &Dict, name: &Name) -> bool {
        const PLAIN: [&str; 6] =
            ["DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased"];
        let own = self.resource(resources, "ColorSpace", name);
        let first =
            own.as_ref().and_then(|own| Some(own.as_array()?.first()?.as_name()?.0.as_str()));
        !PLAIN.contains(&first.unwrap_or(&name.0))
    }

    fn resource(&self, resources: &Dict, kind: &str, name: &Name) -> Option<Object> {
        let of_kind = self.document.resolve(resources.get(kind)?).ok()?;
        let found = of_kind.as_dict()?.get(&name.0)?.clone();
        self.document.resolve(&found).ok()
    }
}

/// A colour that is given by its parts from 0 to 1.
fn colour(parts: &[f32]) -> Option<[u8; 3]> {
    let part = |value: &f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    match parts {
        [grey] => Some([part(grey); 3]),
        [r, g, b] => Some([r, g, b].map(part)),
        [c, m, y, k] => Some(of_inks([c, m, y, k].map(part))),
        _ => None,
    }
}

/// Cyan, magenta, yellow and black as red, green and blue.
pub(super) fn of_inks([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    [c, m, y].map(|ink| {
        let left = u32::from(255 - ink) * u32::from(255 - k);
        u8::try_from((left + 127) / 255).unwrap_or(255)
    })
}
