//! Parts of a page that are shown or not, as layers are switched on and off: as the file has them when it is opened.

use pdfboss_core::{Document, Immediate, Object, OcState, block_on};

/// The layers of a document, and in which parts of a content a reader is.
pub(super) struct Optional<'d> {
    document: &'d Document,
    /// None if there are no layers.
    state: Option<OcState>,
    /// Of each part that is open, whether it hides what is in it.
    open: Vec<bool>,
}

/// Parts in parts.
const DEPTH: usize = 500;

impl<'d> Optional<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        Self { document, state: document.oc_state(), open: Vec::new() }
    }

    /// Whether what belongs to a layer, or to several, is not shown.
    pub(super) fn is_hidden(&self, group: &Object) -> bool {
        let visible =
            |state: &OcState| block_on(state.visible_with(&Immediate(self.document), group));
        self.state.as_ref().is_some_and(|state| !visible(state))
    }

    /// How many parts are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// A part begins that belongs to a layer, or to none; none if there are too many parts.
    pub(super) fn begin(&mut self, layer: Option<&Object>) -> Option<()> {
        let hides = layer.is_some_and(|layer| self.is_hidden(layer));
        (self.open.len() < DEPTH).then(|| self.open.push(hides))
    }

    /// The last part that began ends.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// Ends all parts but so many: a content ends those that it began.
    pub(super) fn cut(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// Whether what is drawn now is not shown.
    pub(super) fn hides(&self) -> bool {
        self.open.contains(&true)
    }
}
