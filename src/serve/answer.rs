//! A request → an answer from memory.

use std::convert::Infallible;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::{oneshot, watch as latest};

use super::desk::{self, Desk};
use super::site_thread::{Answer, Job};
use super::state::Current;
use super::watch::Heard;
use super::{fault_page, host};
use crate::media_type;

const RELOAD: &str = include_str!("reload.js");
const DESK: &str = concat!(
    include_str!("../../themes/default/styles/00-tokens.css"),
    include_str!("desk/desk.css")
);
const OVERLAY: &str = include_str!("overlay.css");

/// What answers are made from.
#[derive(Clone)]
pub(super) struct Server {
    /// Where it listens.
    pub(super) interface: IpAddr,
    /// What is served.
    pub(super) latest: latest::Receiver<Arc<Current>>,
    /// The thread that holds the site.
    pub(super) jobs: Sender<Job>,
    /// Who hears of changes of files, and learns from us that a page is asked for.
    pub(super) events: Sender<Heard>,
    /// The review desk.
    pub(super) desk: Arc<Desk>,
}

/// Answers requests until the process ends.
pub(super) async fn serve(listener: TcpListener, server: Server) -> std::io::Result<()> {
    let app = Router::new().fallback(answer).with_state(server);
    axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    if !is_for_us(request.headers(), server.interface) {
        return plain(StatusCode::FORBIDDEN, "this server answers only to names of this machine\n");
    }
    if desk::is_of_desk(request.uri().path()) {
        let current = Arc::clone(&server.latest.borrow());
        return desk::answer(server.desk, current, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "this server only shows pages\n");
    }
    match request.uri().path() {
        "/_fonds/reload.js" => file("reload.js", RELOAD.into(), StatusCode::OK),
        "/_fonds/overlay.css" => file("overlay.css", OVERLAY.into(), StatusCode::OK),
        "/_fonds/desk.css" => file("desk.css", DESK.into(), StatusCode::OK),
        "/_fonds/events" => events(server.latest),
        path => from_site(path, &server).await,
    }
}

fn is_for_us(headers: &HeaderMap, interface: IpAddr) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| host::is_ours(host, interface))
}

/// How long a page waits for what was saved before it was asked for: drafting may take longer.
const PATIENCE: Duration = Duration::from_millis(200);

/// Asks the thread that holds the site, once it follows what was saved before.
async fn from_site(path: &str, server: &Server) -> Response {
    let (followed, heard) = oneshot::channel();
    if server.events.send(Heard::Asked(followed)).is_ok() {
        // Nothing is sent: the other end is dropped once there is nothing to wait for.
        let _ = tokio::time::timeout(PATIENCE, heard).await;
    }
    let (reply, answered) = oneshot::channel();
    let asked = server.jobs.send(Job::Ask(path.to_owned(), reply));
    let answer = match asked {
        Ok(()) => answered.await.unwrap_or(Answer::NoSite),
        Err(_) => Answer::NoSite,
    };
    let current = Arc::clone(&server.latest.borrow());
    match answer {
        Answer::File(path, bytes) => content(&path, bytes, &current, StatusCode::OK),
        Answer::Elsewhere(address) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address)]).into_response()
        }
        Answer::Missing(Some(page)) => html(&page, &current, StatusCode::NOT_FOUND),
        Answer::Missing(None) => plain(StatusCode::NOT_FOUND, "the site has no such page\n"),
        Answer::Refused => plain(StatusCode::BAD_REQUEST, "this is not a path of the site\n"),
        Answer::Faulty(faults) => faulty(&faults, &current),
        Answer::NoSite => faulty(&current.update.faults, &current),
    }
}

fn faulty(faults: &str, current: &Current) -> Response {
    html(fault_page::html(faults).as_bytes(), current, StatusCode::SERVICE_UNAVAILABLE)
}

fn content(path: &str, bytes: Vec<u8>, current: &Current, status: StatusCode) -> Response {
    if path.ends_with(".html") {
        return html(&bytes, current, status);
    }
    file(path, bytes.into(), status)
}

/// A page with the script that keeps it up to date.
fn html(page: &[u8], current: &Current, status: StatusCode) -> Response {
    let generation = current.update.generation;
    let script = format!("<script src=\"/_fonds/reload.js?{generation}\" defer></script>");
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    let page = [&page[..at], script.as_bytes(), &page[at..]].concat();
    file(".html", page.into(), status)
}

pub(super) fn file(path: &str, body: Body, status: StatusCode) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type::of(path)),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Pages of the web must not embed what is not published.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (status, headers, body).into_response()
}

pub(super) fn plain(status: StatusCode, text: &'static str) -> Response {
    file(".txt", text.into(), status)
}

/// What is served now, at once, and every change of it.
fn events(latest: latest::Receiver<Arc<Current>>) -> Response {
    let updates = stream::unfold((latest, true), |(mut latest, is_first)| async move {
        if !is_first {
            latest.changed().await.ok()?;
        }
        let data = serde_json::to_string(&latest.borrow_and_update().update).unwrap_or_default();
        Some((Ok::<_, Infallible>(Event::default().data(data)), (latest, false)))
    });
    Sse::new(updates).keep_alive(KeepAlive::default()).into_response()
}
