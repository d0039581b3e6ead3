//! A bucket of an object store: Amazon S3, and what speaks as it does (MinIO, Garage, Cloudflare R2, Backblaze B2, Google
//! Cloud Storage with HMAC keys). Each object is replaced in one step; the whole is not, as with `rsync`.
//!
//! Requests are signed here and sent by `ureq`: libraries for object stores compile as long as all the rest.

mod answer;
mod keys;
mod sign;
mod store;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::OnceLock;

use md5::{Digest, Md5};

use super::remote::{HOLDER, OverNetwork, PATHS, Remote};
use super::{FinishedSite, Listener, Place, Target, TargetError, Wrong};
use crate::media_type;
use crate::site_path::{check_site_path, is_immutable};
use store::{Address, Request, Sent, Store};

/// Regions of most stores that have none.
const REGION: &str = "us-east-1";

struct Bucket {
    bucket: String,
    /// Before all keys: empty, or with a slash at its end.
    prefix: String,
    endpoint: Option<String>,
    region: Option<String>,
    /// Opened when it is asked first: the keys are looked for then.
    store: OnceLock<Store>,
}

/// Opens a bucket, or a folder in it.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let expected = "the name of a bucket, and what is before its keys";
    let wrong = |why| Err(Wrong::from((why, expected, "letters/archive")));
    let (bucket, prefix) = place.address.split_once('/').unwrap_or((place.address, ""));
    if bucket.is_empty() {
        return wrong("is missing");
    }
    if place.address.contains("://") {
        return wrong("has more than the bucket");
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !(3..=222).contains(&bucket.len())
        || !bucket.chars().all(is_plain)
        || bucket.starts_with('.')
    {
        return wrong("names no bucket");
    }
    let prefix = prefix.trim_end_matches('/');
    if !prefix.is_empty() && check_site_path(prefix).is_err() {
        return wrong("has a prefix that no host could serve");
    }
    if let Some(endpoint) = place.endpoint {
        address(endpoint, bucket)?;
    }
    let region = place.region.unwrap_or("x");
    if region.is_empty() || !region.chars().all(is_plain) {
        let why = "is not the name of a region";
        return Err(Wrong { key: "region", why, expected: "such a name", example: "eu-central-1" });
    }
    let bucket = Bucket {
        bucket: bucket.to_owned(),
        prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        endpoint: place.endpoint.map(str::to_owned),
        region: place.region.map(str::to_owned),
        store: OnceLock::new(),
    };
    Ok(Box::new(OverNetwork::new(bucket, place.root)))
}

/// Reads the address of a store.
fn address(endpoint: &str, bucket: &str) -> Result<Address, Wrong> {
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
fn is_private(address: &Address) -> bool {
    let host = address.host.rsplit_once(':').map_or(address.host.as_str(), |(host, _)| host);
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here = host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback());
    address.endpoint.starts_with("https:") || is_here
}

impl Bucket {
    fn store(&self) -> Result<&Store, TargetError> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let variable = |name: &str| keys::environment(name);
        let region = self.region.clone();
        let region =
            region.or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
        let fault = |said: &str, help: &str| TargetError::Store {
            said: said.to_owned(),
            help: help.to_owned(),
        };
        let (region, endpoint) = match (region, self.endpoint.clone()) {
            (None, None) => {
                let help = "write `region = \"eu-central-1\"` below `[publish]`, and `endpoint` if the bucket is not Amazon's";
                return Err(fault("nothing says in which region the bucket is", help));
            }
            (Some(region), None) => {
                let end = if region.starts_with("cn-") { ".cn" } else { "" };
                let endpoint = format!("https://s3.{region}.amazonaws.com{end}");
                (region, endpoint)
            }
            (region, Some(endpoint)) => (region.unwrap_or_else(|| REGION.to_owned()), endpoint),
        };
        let address = address(&endpoint, &self.bucket).map_err(|wrong| {
            fault(&format!("the store's address {}", wrong.why), "set `region`")
        })?;
        let read = |path: &std::path::Path| std::fs::read_to_string(path).ok();
        let keys = keys::find(&variable, &read)?;
        if keys.token.is_some() && !is_private(&address) {
            let help = "write `https://` in `endpoint`, or use keys without a token";
            return Err(fault("a token would be sent where others can read it", help));
        }
        Ok(self.store.get_or_init(|| Store::new(address, region, keys)))
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    fn ask(
        &self,
        method: &'static str,
        path: &str,
        body: Sent<'_>,
        headers: &[(&str, &str)],
        known: &[u16],
    ) -> Result<store::Answer, TargetError> {
        let request = Request { method, key: &self.key(path), query: &[], headers, body };
        self.store()?.ask(&request, known)
    }

    fn put_file(&self, site: &FinishedSite, path: &str) -> Result<(), TargetError> {
        let kept =
            if is_immutable(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = [("content-type", media_type::of(path)), ("cache-control", kept)];
        let file = site.path_of(path);
        let body = match site.checksums().get(path) {
            Some(sum) => Sent::File(&file, *sum),
            None => Sent::Bytes(site.list()),
        };
        self.ask("PUT", path, body, &headers, &[]).map(drop)
    }
}

/// How the lease is written: nobody keeps a copy of it.
const OF_LEASE: [(&str, &str); 2] =
    [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")];

impl Remote for Bucket {
    fn shown(&self) -> String {
        format!("the bucket `{}`", self.bucket.clone() + "/" + self.prefix.trim_end_matches('/'))
            .replace("/`", "`")
    }

    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError> {
        let answer = self.ask("GET", path, Sent::Nothing, &[], &[404])?;
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
        let [kind, kept] = OF_LEASE;
        let headers = [kind, kept, ("if-none-match", "*")];
        let answer =
            self.ask("PUT", HOLDER, Sent::Bytes(holder), &headers, &[400, 409, 412, 501])?;
        match answer.status {
            409 | 412 => return Ok(false),
            400 | 501 => self.put(HOLDER, holder)?,
            _ => {}
        }
        Ok(self.get(HOLDER)?.is_some_and(|found| found == holder))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), TargetError> {
        self.ask("PUT", path, Sent::Bytes(bytes), &OF_LEASE, &[]).map(drop)
    }

    /// Asks which objects there are, by their MD5. Where that is not what the store says, they are sent again.
    fn known(
        &self,
        site: &FinishedSite,
        doubtful: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, TargetError> {
        let (mut known, mut next) = (BTreeSet::new(), None::<String>);
        loop {
            let mut query = vec![("list-type", "2"), ("prefix", self.prefix.as_str())];
            query.extend(next.as_deref().map(|next| ("continuation-token", next)));
            let request = Request {
                method: "GET",
                key: "",
                query: &query,
                headers: &[],
                body: Sent::Nothing,
            };
            let list = answer::list(&self.store()?.ask(&request, &[])?.body);
            for object in &list.objects {
                let Some(path) = object.key.strip_prefix(&self.prefix) else { continue };
                let is_asked = doubtful.contains(path) && site.checksums().contains_key(path);
                if is_asked && format!("{:x}", Md5::digest(site.read(path)?)) == object.tag {
                    known.insert(path.to_owned());
                }
            }
            match list.next {
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
            self.ask("DELETE", path, Sent::Nothing, &[], &[404])?;
            listener.sent(1);
            Ok(())
        })
    }

    /// The holder goes last: without it, nobody would ask for the rest.
    fn release(&self) -> Result<(), TargetError> {
        for path in [PATHS, HOLDER] {
            self.ask("DELETE", path, Sent::Nothing, &[], &[404])?;
        }
        Ok(())
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
