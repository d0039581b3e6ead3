//! The review desk, `/_review/`: what a person has to decide, beside the evidence, with a button that
//! settles it. It is never part of the site.
//!
//! It reads the archive's files itself and follows their changes, so that it shows what the disk holds
//! even while the site cannot be built. What it writes is what `fonds review accept` writes.

mod document;
mod form;
mod formats;
mod html;
mod model;
mod names;
mod overview;
mod record;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use percent_encoding::percent_decode_str;

use super::answer::{file, plain};
use super::state::Current;
use crate::disk::Disk;
use form::{Form, Guard};
use model::Model;

const ROOT: &str = "/_review/";
/// The page that says what was read how.
const FORMATS: &str = "/_review/formats/";
const ACCEPT: &str = "/_review/accept";
const CORRECT: &str = "/_review/correct";
const MERGE: &str = "/_review/merge";

/// Bytes that a form may have: letters beyond ASCII take nine each.
const LONGEST_FORM: usize = 8 * 1024 * 1024;

/// Nothing but the server's own files, no frame of another site, and no address given to other sites.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The desk of one archive.
pub(super) struct Desk {
    root: PathBuf,
    guard: Guard,
    /// What is known of the archive, once somebody asked.
    model: Mutex<Option<Model>>,
    /// Which of its files changed since. Apart from the model, so that whoever reports a change never
    /// waits for a page of the desk.
    changed: Mutex<BTreeSet<String>>,
}

/// What a page of the desk is made from.
struct Room<'a> {
    disk: &'a Disk,
    model: &'a Model,
    current: &'a Current,
    token: &'a str,
}

/// Whether a path is one of the desk's.
pub(super) fn is_of_desk(path: &str) -> bool {
    path.starts_with(ROOT) || path == ROOT.trim_end_matches('/')
}

impl Desk {
    /// A desk with a token of its own.
    pub(super) fn new(root: &Path) -> io::Result<Self> {
        let (model, changed) = (Mutex::default(), Mutex::default());
        Ok(Self { root: root.to_owned(), guard: Guard::new()?, model, changed })
    }

    /// Takes note of files that changed.
    pub(super) fn follow(&self, changed: &[PathBuf]) {
        let changed = changed.iter().map(|path| super::inside(path, &self.root));
        self.changed().extend(changed);
    }

    fn changed(&self) -> parking_lot::MutexGuard<'_, BTreeSet<String>> {
        self.changed.lock()
    }

    /// Answers a request; may read many files.
    fn page(&self, path: &str, query: &str, current: &Current) -> Response {
        let Ok(disk) = Disk::open(&self.root) else {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the archive's folder is gone\n");
        };
        let mut kept = self.model.lock();
        let changed = std::mem::take(&mut *self.changed());
        let model = match kept.take() {
            Some(model) => model.followed(&changed, &disk),
            None => Model::read(&disk),
        };
        let model = kept.insert(model);
        let room = Room { disk: &disk, model, current, token: self.guard.token() };
        if path == ROOT {
            return page(&overview::html(&room, query), StatusCode::OK);
        }
        if path == FORMATS {
            return page(&formats::html(&room), StatusCode::OK);
        }
        let slug = path.strip_prefix(ROOT).and_then(|rest| rest.strip_prefix("documents/"));
        let slug = slug.and_then(|rest| rest.strip_suffix('/')).map(percent_decode_str);
        let slug = slug.and_then(|slug| slug.decode_utf8().ok());
        match slug.and_then(|slug| document::html(&room, &slug)) {
            Some(html) => page(&html, StatusCode::OK),
            None => plain(StatusCode::NOT_FOUND, "the review desk has no such page\n"),
        }
    }

    /// Does what a form was posted for: settles a doubt, corrects a document, merges two names.
    fn accept(&self, form: &Form, action: &str, current: &Current) -> Response {
        let Ok(disk) = Disk::open(&self.root) else {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the archive's folder is gone\n");
        };
        let own = || vec![form.path().to_owned()];
        let written = match action {
            CORRECT => record::correct(form, &disk).map(|()| own()),
            MERGE => names::merge(form, &disk),
            _ => form.settle(&disk).map(|()| own()),
        };
        let paths = match written {
            Ok(paths) => paths,
            Err(faults) => {
                let html = overview::refusal(&faults, form.back(), current);
                return page(&html, StatusCode::UNPROCESSABLE_ENTITY);
            }
        };
        // The next page shows it, however long the watcher takes.
        self.changed().extend(paths);
        (StatusCode::SEE_OTHER, [(header::LOCATION, form.back().to_owned())]).into_response()
    }
}

/// Answers a request to the desk, which the caller found to name this machine.
pub(super) async fn answer(desk: Arc<Desk>, current: Arc<Current>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let is_post = request.method() == Method::POST;
    if [ACCEPT, CORRECT, MERGE].contains(&path.as_str()) {
        if !is_post {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "decisions must be posted\n");
        }
        if let Err(why) = form::check_origin(request.headers()) {
            return plain(StatusCode::FORBIDDEN, why);
        }
        let Ok(body) = to_bytes(request.into_body(), LONGEST_FORM).await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, "the form is too long\n");
        };
        let form = Form::read(&body);
        if !desk.guard.admits(&form) {
            let why = "this page is from an earlier run of the server: reload it\n";
            return plain(StatusCode::FORBIDDEN, why);
        }
        return apart(move || desk.accept(&form, &path, &current)).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "this page accepts no forms\n");
    }
    if !path.starts_with(ROOT) {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, ROOT)]).into_response();
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    apart(move || desk.page(&path, &query, &current)).await
}

/// Runs what reads files beside the thread that answers.
async fn apart(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this is a bug in fonds\n"))
}

fn page(html: &str, status: StatusCode) -> Response {
    let mut response = file(".html", html.to_owned().into(), status);
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // With it, the browser says where the desk's own forms come from.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// The values of a query or a form, decoded.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let decoded =
        |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    text.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}
