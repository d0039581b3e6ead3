//! A decision as a browser posts it, and who may post one: only a page of the desk itself, of this run of
//! the server.

use std::collections::BTreeMap;
use std::io;

use axum::http::{HeaderMap, header};
use data_encoding::HEXLOWER;

use super::{ROOT, pairs};
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::pipeline;
use crate::review::{self, Answer, Decision, Unsettled};

/// Knows the token in every form of this run.
pub(super) struct Guard {
    token: String,
}

impl Guard {
    /// A guard with a new token.
    pub(super) fn new() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self { token: HEXLOWER.encode(&bytes) })
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Whether a form holds the token.
    pub(super) fn admits(&self, form: &Form) -> bool {
        // Hashes compare in a time that tells nothing of the token.
        let hash = |text: &str| blake3::hash(text.as_bytes());
        hash(form.value("token")) == hash(&self.token)
    }
}

/// Refuses what no page of this server can have sent.
pub(super) fn check_origin(headers: &HeaderMap) -> Result<(), &'static str> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST);
    if text(header::ORIGIN) != format!("http://{host}") {
        return Err("decisions are taken from this server's own pages only\n");
    }
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    if !matches!(site, "" | "same-origin") {
        return Err("decisions are taken from this server's own pages only\n");
    }
    if !text(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded") {
        return Err("this is not a form of the review desk\n");
    }
    Ok(())
}

/// A decision on a doubt.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    pub(super) fn read(body: &[u8]) -> Self {
        Self(pairs(&String::from_utf8_lossy(body)).collect())
    }

    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A value, if the form has it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All names and values.
    pub(super) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The document's file.
    pub(super) fn path(&self) -> &str {
        self.value("path")
    }

    /// The page of the desk to go back to.
    pub(super) fn back(&self) -> &str {
        let back = self.value("back");
        let is_ours = back.starts_with(ROOT) && !back.contains(['\r', '\n', '\\']);
        if is_ours { back } else { ROOT }
    }

    /// Writes the decision into the file.
    pub(super) fn settle(&self, disk: &Disk) -> Result<(), Vec<Diagnostic>> {
        let path = self.path();
        if !review::may_have_doubts(path) {
            return Err(vec![review::no_doubts(path)]);
        }
        let report = Report::new();
        let config = pipeline::load_config(disk, &report);
        if report.has_errors() {
            return Err(report.sorted());
        }
        let told = |why: Unsettled| why.faults(path);
        if let Some(answer) = self.answer() {
            return review::answer(disk, path, answer, &config).map_err(told);
        }
        // A value to choose is a button of its own.
        let value = self.get("choice").unwrap_or_else(|| self.value("value")).trim();
        let decision = Decision {
            field: self.value("field"),
            line: self.value("line").parse().ok(),
            all: !self.value("all").is_empty(),
            value: Some(value).filter(|value| !value.is_empty()),
        };
        review::settle(disk, path, &decision, &config).map(|_| ()).map_err(told)
    }

    /// What the form says of words that are missing in a text, if it is about such.
    fn answer(&self) -> Option<Answer<'_>> {
        let line = |name| self.value(name).parse().ok();
        let lines = (line("first")?, line("last")?);
        match self.value("answer") {
            "corrected" => Some(Answer { lines, withheld: None }),
            // Without a reason the file says what is wrong.
            "withheld" => Some(Answer { lines, withheld: Some(self.value("reason").trim()) }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn checked(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        check_origin(&headers).is_ok()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let host = ("host", "127.0.0.1:1111");
        let origin = ("origin", "http://127.0.0.1:1111");
        assert!(checked(&[form, host, origin]));
        assert!(checked(&[form, host, origin, ("sec-fetch-site", "same-origin")]));
        assert!(!checked(&[form, host]));
        assert!(!checked(&[form, origin]));
        assert!(!checked(&[host, origin]));
        assert!(!checked(&[form, host, ("origin", "null")]));
        assert!(!checked(&[form, host, ("origin", "http://localhost:1111")]));
        assert!(!checked(&[form, host, ("origin", "https://127.0.0.1:1111")]));
        assert!(!checked(&[form, host, origin, ("sec-fetch-site", "same-site")]));
        assert!(!checked(&[("content-type", "text/plain"), host, origin]));
    }

    #[test]
    fn a_form_of_another_run_is_not_admitted() {
        let (guard, other) = (Guard::new().unwrap(), Guard::new().unwrap());
        let form = Form::read(format!("token={}&path=a%2Fb+c", guard.token()).as_bytes());
        assert_eq!(form.path(), "a/b c");
        assert!(guard.admits(&form));
        assert!(!other.admits(&form));
        assert!(!guard.admits(&Form::read(b"")));
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(Form::read(b"back=%2F_review%2F%3Fpage%3D2").back(), "/_review/?page=2");
        assert_eq!(Form::read(b"back=https%3A%2F%2Fexample.org").back(), ROOT);
        assert_eq!(Form::read(b"back=%2F%2Fexample.org").back(), ROOT);
    }
}
