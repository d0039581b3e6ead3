//! Objects of a store over HTTP: a bucket of S3 and its kin, a container of Azure. Each object is replaced in one step; the
//! whole is not, as with `rsync`. How requests are signed and what faults mean is the [`Dialect`] of a store.
//!
//! Requests are signed here and sent by `ureq`: libraries for object stores compile as long as all the rest.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::OnceLock;

use md5::{Digest, Md5};

use super::remote::{HOLDER, PATHS, Remote};
use super::store::{Address, Request, Sent, Store, list};
use super::{FinishedSite, Listener, TargetError, Wrong};
use crate::files::FileError;
use crate::media_type;
use crate::site_path::{check_site_path, is_immutable};

/// A bucket, or a folder in it.
pub(super) struct Objects {
    shown: String,
    /// Before all keys: empty, or with a slash at its end.
    prefix: String,
    /// Looks for the keys, and finds the store.
    open: Open,
    /// Opened when it is asked first: the keys are looked for then.
    store: OnceLock<Store>,
}

type Open = Box<dyn Fn() -> Result<Store, TargetError> + Send + Sync>;

/// The name of a bucket, and what is before its keys.
pub(super) fn bucket_of(address: &str) -> Result<(&str, &str), &'static str> {
    let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
    let prefix = prefix.trim_end_matches('/');
    match () {
        () if bucket.is_empty() => Err("is missing"),
        () if address.contains("://") => Err("has more than the bucket"),
        () if !prefix.is_empty() && check_site_path(prefix).is_err() => {
            Err("has a prefix that no host could serve")
        }
        () => Ok((bucket, prefix)),
    }
}

/// Reads the address of a store.
pub(super) fn address(endpoint: &str, bucket: &str) -> Result<Address, Wrong> {
    let wrong = |why| Wrong {
        key: "endpoint",
        why,
        expected: "the address of a store, without the bucket",
        example: "https://s3.example.org",
    };
    let endpoint = endpoint.trim_end_matches('/');
    let Some((scheme @ ("https" | "http"), rest)) = endpoint.split_once("://") else {
        return Err(wrong("begins neither with `https://` nor with `http://`"));
    };
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let default = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default).unwrap_or(host).to_ascii_lowercase();
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    let is_path = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if host.is_empty() || !host.chars().all(is_host) || !path.chars().all(is_path) {
        return Err(wrong("is no address of a store"));
    }
    Ok(Address {
        endpoint: format!("{scheme}://{host}"),
        host,
        path: if path.is_empty() { String::new() } else { format!("/{path}") },
        bucket: bucket.to_owned(),
    })
}

/// Whether nobody else hears what is sent there.
pub(super) fn is_private(address: &Address) -> bool {
    let host = address.host.rsplit_once(':').map_or(address.host.as_str(), |(host, _)| host);
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here = host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback());
    address.endpoint.starts_with("https:") || is_here
}

/// A variable of the environment, without those that are empty.
pub(super) fn environment(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// What a fault of the settings says that only the environment can tell.
pub(super) fn fault(said: &str, help: &str) -> TargetError {
    TargetError::Store { said: said.to_owned(), help: help.to_owned() }
}

impl Objects {
    /// What is called `kind` and `bucket`, below `prefix`.
    pub(super) fn new(kind: &str, bucket: &str, prefix: &str, open: Open) -> Self {
        let slash = if prefix.is_empty() { "" } else { "/" };
        let shown = format!("the {kind} `{bucket}{slash}{prefix}`");
        Self { shown, prefix: format!("{prefix}{slash}"), open, store: OnceLock::new() }
    }

    fn store(&self) -> Result<&Store, TargetError> {
        match self.store.get() {
            Some(store) => Ok(store),
            None => {
                let store = (self.open)()?;
                Ok(self.store.get_or_init(|| store))
            }
        }
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Writes an object.
    fn write(&self, path: &str, body: Sent<'_>, kind: (&str, &str)) -> Result<(), TargetError> {
        let (key, headers) = (self.key(path), self.headers_of(path, &body, kind)?);
        let request = Request { method: "PUT", key: &key, query: &[], headers: &headers, body };
        self.store()?.ask(&request, &[]).map(drop)
    }

    fn headers_of(
        &self,
        path: &str,
        body: &Sent<'_>,
        (media_type, kept): (&str, &str),
    ) -> Result<Vec<(&'static str, String)>, TargetError> {
        let store = self.store()?;
        let mut headers = store.dialect.of_written(media_type, kept);
        if let Some(name) = store.dialect.md5() {
            let sum = body.md5().map_err(|source| FileError {
                action: "read",
                path: path.to_owned(),
                source,
            })?;
            headers.push((name, data_encoding::BASE64.encode(&sum)));
        }
        Ok(headers)
    }

    fn put_file(&self, site: &FinishedSite, path: &str) -> Result<(), TargetError> {
        let kept =
            if is_immutable(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let file = site.path_of(path);
        let body = match site.checksums().get(path) {
            Some(sum) => Sent::File(&file, *sum),
            None => Sent::Bytes(site.list()),
        };
        self.write(path, body, (media_type::of(path), kept))
    }

    fn delete(&self, path: &str) -> Result<(), TargetError> {
        let headers = self.store()?.dialect.of_removed();
        let (key, body) = (self.key(path), Sent::Nothing);
        let request = Request { method: "DELETE", key: &key, query: &[], headers: &headers, body };
        self.store()?.ask(&request, &[404]).map(drop)
    }
}

/// How the lease is written: nobody keeps a copy of it.
const OF_LEASE: (&str, &str) = ("text/plain; charset=utf-8", "no-store");

impl Remote for Objects {
    fn shown(&self) -> String {
        self.shown.clone()
    }

    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError> {
        let (key, body) = (self.key(path), Sent::Nothing);
        let request = Request { method: "GET", key: &key, query: &[], headers: &[], body };
        let answer = self.store()?.ask(&request, &[404])?;
        match answer.status {
            404 if answer.lacks_bucket() => Err(self.store()?.refused(&answer)),
            404 => Ok(None),
            _ => Ok(Some(answer.body)),
        }
    }

    /// Most stores write an object only if there is none. Some pass over the wish, some refuse it: so they are asked
    /// before and after. Of two publishers at the same instant, both may go on there, until one finds the other's lease
    /// before it changes a page.
    fn take(&self, holder: &[u8]) -> Result<bool, TargetError> {
        if self.get(HOLDER)?.is_some() {
            return Ok(false);
        }
        let (key, body) = (self.key(HOLDER), Sent::Bytes(holder));
        let mut headers = self.headers_of(HOLDER, &body, OF_LEASE)?;
        headers.push(("if-none-match", "*".to_owned()));
        let request = Request { method: "PUT", key: &key, query: &[], headers: &headers, body };
        match self.store()?.ask(&request, &[400, 409, 412, 501])?.status {
            409 | 412 => return Ok(false),
            400 | 501 => self.put(HOLDER, holder)?,
            _ => {}
        }
        Ok(self.get(HOLDER)?.is_some_and(|found| found == holder))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), TargetError> {
        self.write(path, Sent::Bytes(bytes), OF_LEASE)
    }

    /// Asks which objects there are, by their MD5. Where that is not what the store says, they are sent again.
    fn known(
        &self,
        site: &FinishedSite,
        doubtful: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, TargetError> {
        let (mut known, mut next) = (BTreeSet::new(), None::<String>);
        loop {
            let query = self.store()?.dialect.list(&self.prefix, next.as_deref());
            let request = Request {
                method: "GET",
                key: "",
                query: &query,
                headers: &[],
                body: Sent::Nothing,
            };
            let found = list(&self.store()?.ask(&request, &[])?.body);
            for object in &found.objects {
                let Some(path) = object.key.strip_prefix(&self.prefix) else { continue };
                let is_asked = doubtful.contains(path) && site.checksums().contains_key(path);
                if is_asked && format!("{:x}", Md5::digest(site.read(path)?)) == object.tag {
                    known.insert(path.to_owned());
                }
            }
            match found.next {
                Some(rest) if next.as_ref() != Some(&rest) => next = Some(rest),
                _ => return Ok(known),
            }
        }
    }

    fn send(
        &self,
        site: &FinishedSite,
        paths: &[&str],
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        self.store()?.each(paths, |path| {
            if listener.is_stopped() {
                return Err(TargetError::Stopped);
            }
            self.put_file(site, path)?;
            listener.sent(1);
            Ok(())
        })
    }

    /// One by one: not every store removes many at once.
    fn remove(&self, paths: &[&str], listener: &dyn Listener) -> Result<(), TargetError> {
        self.store()?.each(paths, |path| {
            if listener.is_stopped() {
                return Err(TargetError::Stopped);
            }
            self.delete(path)?;
            listener.sent(1);
            Ok(())
        })
    }

    /// The holder goes last: without it, nobody would ask for the rest.
    fn release(&self) -> Result<(), TargetError> {
        [PATHS, HOLDER].into_iter().try_for_each(|path| self.delete(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_store_is_read_as_requests_name_it() {
        for (endpoint, sent, host, path) in [
            ("https://S3.example.org/", "https://s3.example.org", "s3.example.org", ""),
            ("https://s3.example.org:443", "https://s3.example.org", "s3.example.org", ""),
            ("http://127.0.0.1:9000/store", "http://127.0.0.1:9000", "127.0.0.1:9000", "/store"),
            ("http://[::1]:9000", "http://[::1]:9000", "[::1]:9000", ""),
        ] {
            let Ok(read) = address(endpoint, "letters") else { panic!("{endpoint}") };
            assert_eq!((&*read.endpoint, &*read.host, &*read.path), (sent, host, path));
        }
        for endpoint in ["", "s3.example.org", "ftp://a", "https://", "https://a b", "https://a?b"]
        {
            assert!(address(endpoint, "letters").is_err(), "{endpoint}");
        }
        let is_private =
            |endpoint| address(endpoint, "letters").is_ok_and(|read| is_private(&read));
        for endpoint in
            ["https://a.org", "http://127.0.0.1:9", "http://[::1]:9", "http://localhost"]
        {
            assert!(is_private(endpoint), "{endpoint}");
        }
        for endpoint in
            ["http://a.org", "http://localhost.a.org", "http://127.a.org:80", "http://192.0.2.1"]
        {
            assert!(!is_private(endpoint), "{endpoint}");
        }
    }
}
