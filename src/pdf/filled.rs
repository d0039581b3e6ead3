//! What somebody filled into a form, and wrote over a page: it is shown there, but is no part of the page's content.

use std::collections::BTreeMap;

use pdfboss_core::annotation::Annotation;
use pdfboss_core::form::FieldType;
use pdfboss_core::{Document, ObjRef};

use super::Style;
use super::extract::{Frame, Run, text};

/// The largest letters that are taken for those of a field.
const LARGEST: f32 = 11.0;

/// How many lines of one field are read.
const LINES: usize = 200;

/// Values of a form, by the place where they are shown.
#[derive(Debug, Default)]
pub(super) struct Filled(BTreeMap<(u32, u16), String>);

impl Filled {
    pub(super) fn of(document: &Document) -> Self {
        let mut values = BTreeMap::new();
        for field in document.form_fields() {
            let value = match field.field_type {
                Some(FieldType::Text) => field.text(),
                Some(FieldType::Choice) => Some(field.selected().join("\n")),
                Some(FieldType::Button) => {
                    for on in field.on_widgets() {
                        let widget = field.widgets.get(on).map(|widget| key(widget.object));
                        values.extend(widget.map(|widget| (widget, "☒".to_owned())));
                    }
                    None
                }
                _ => None,
            };
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else { continue };
            values.extend(field.widgets.iter().map(|widget| (key(widget.object), value.clone())));
        }
        Self(values)
    }

    /// The lines that are shown on a page.
    pub(super) fn on(&self, annotations: &[Annotation], frame: &Frame) -> Vec<Run> {
        let mut runs = Vec::new();
        for one in annotations.iter().filter(|one| !one.flags.hidden() && !one.flags.no_view()) {
            let value = match one.subtype.as_str() {
                "Widget" => one.object.and_then(|object| self.0.get(&key(object)).cloned()),
                "FreeText" => one.contents.clone(),
                _ => None,
            };
            let (Some(value), Some(rect)) = (value, one.rect) else { continue };
            let (left, low) = frame.place(rect.x0, rect.y0);
            let (right, high) = frame.place(rect.x1, rect.y1);
            let (left, right) = (left.min(right), left.max(right));
            let (top, bottom) = (low.min(high), low.max(high));
            if ![left, right, top, bottom].into_iter().all(f32::is_finite) {
                continue;
            }
            let value = value.replace("\r\n", "\n").replace('\r', "\n");
            let lines: Vec<&str> = value.lines().take(LINES).collect();
            let step = (bottom - top) / lines.len().max(1) as f32;
            let size = (step * 0.7).clamp(4.0, LARGEST);
            for (line, number) in lines.iter().zip(0_u16..) {
                let text = text(line.trim());
                if text.is_empty() {
                    continue;
                }
                let wide = 0.5 * size * text.chars().count() as f32;
                let base = top + step * (f32::from(number) + 1.0) - 0.25 * step.min(2.0 * size);
                runs.push(Run {
                    right: (left + 2.0 + wide).min(right.max(left + 2.0)),
                    text,
                    left: left + 2.0,
                    base,
                    size,
                    logical: true,
                    style: Style::default(),
                });
            }
        }
        runs
    }
}

fn key(object: ObjRef) -> (u32, u16) {
    (object.num, object.r#gen)
}
