//! A container of Azure Blob Storage: `$web`, from which it serves a site, or another. Requests are signed with a key of the
//! account (Shared Key), or bring a token of it (SAS).
//!
//! Source: Microsoft, "Authorize with Shared Key", "Put Blob", "List Blobs", version 2021-12-02.

use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use percent_encoding::percent_decode_str;
use sha2::Sha256;

use super::objects::{Objects, address, bucket_of, environment, fault, is_private};
use super::remote::OverNetwork;
use super::store::{Dialect, Refusal, Signed, Store, http_date};
use super::{Place, Target, TargetError, Wrong};

const VERSION: &str = "2021-12-02";

/// Opens a container, or a folder in it.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let expected = "the name of a container, and what is before the names of its blobs";
    let wrong = |why| Wrong::from((why, expected, "$web"));
    let (container, prefix) = bucket_of(place.address).map_err(wrong)?;
    if !is_container(container) {
        return Err(wrong("names no container"));
    }
    if let Some(endpoint) = place.endpoint {
        address(endpoint, container)?;
    }
    let (endpoint, name) = (place.endpoint.map(str::to_owned), container.to_owned());
    let open = move || store(&name, endpoint.as_deref(), &environment);
    let objects = Objects::new("container", container, prefix, Box::new(open));
    Ok(Box::new(OverNetwork::new(objects, place.root)))
}

fn is_container(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_open = name.starts_with('-') || name.ends_with('-') || name.contains("--");
    name == "$web" || (3..=63).contains(&name.len()) && name.chars().all(is_plain) && !is_open
}

fn store(
    container: &str,
    endpoint: Option<&str>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Store, TargetError> {
    let account = variable("AZURE_STORAGE_ACCOUNT").unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if account.is_empty() || !account.chars().all(is_plain) {
        let said = match account.is_empty() {
            true => "`AZURE_STORAGE_ACCOUNT` is not set",
            false => "`AZURE_STORAGE_ACCOUNT` is not the name of an account",
        };
        return Err(fault(said, "set it in the environment to the name of the storage account"));
    }
    let endpoint = match endpoint {
        Some(endpoint) => endpoint.to_owned(),
        None => format!("https://{account}.blob.core.windows.net"),
    };
    let address = address(&endpoint, container).map_err(|wrong| {
        fault(&format!("the store's address {}", wrong.why), "correct `endpoint` in `[publish]`")
    })?;
    let key = match (variable("AZURE_STORAGE_KEY"), variable("AZURE_STORAGE_SAS_TOKEN")) {
        (Some(key), _) => match BASE64.decode(key.as_bytes()) {
            Ok(bytes) if !bytes.is_empty() => Key::Shared { bytes, text: key },
            _ => {
                let help = "copy it again, without what is before and after it";
                return Err(fault("`AZURE_STORAGE_KEY` is no key of an account", help));
            }
        },
        (None, Some(token)) => {
            let token = token.trim_start_matches('?').to_owned();
            let is_query = |c: char| c.is_ascii_alphanumeric() || "-._~%=&:/+,".contains(c);
            if !token.contains("sig=") || !token.chars().all(is_query) {
                let help = "copy all of it: it begins with `sv=` or `?sv=` and holds `sig=`";
                return Err(fault("`AZURE_STORAGE_SAS_TOKEN` is no such token", help));
            }
            if !is_private(&address) {
                let help = "write `https://` in `endpoint`, or use a key";
                return Err(fault("a token would be sent where others can read it", help));
            }
            Key::Token(token)
        }
        (None, None) => {
            let said = "no key: neither `AZURE_STORAGE_KEY` nor `AZURE_STORAGE_SAS_TOKEN` is set";
            return Err(fault(said, "set one of them in the environment"));
        }
    };
    Ok(Store::new(address, Box::new(Azure { account, key })))
}

/// What opens an account. There is no way to print it.
enum Key {
    Shared { bytes: Vec<u8>, text: String },
    Token(String),
}

struct Azure {
    account: String,
    key: Key,
}

impl Dialect for Azure {
    fn sign(&self, request: &Signed<'_>, seconds: i64) -> Vec<(String, String)> {
        let mut headers = request.headers.to_vec();
        headers.push(("x-ms-date".to_owned(), http_date(seconds)));
        headers.push(("x-ms-version".to_owned(), VERSION.to_owned()));
        headers.sort();
        if let Key::Shared { bytes, .. } = &self.key {
            let mut hmac = Hmac::<Sha256>::new_from_slice(bytes).expect("a key of any length");
            hmac.update(to_sign(&self.account, request, &headers).as_bytes());
            let signature = BASE64.encode(&hmac.finalize().into_bytes());
            let value = format!("SharedKey {}:{signature}", self.account);
            headers.push(("authorization".to_owned(), value));
        }
        headers
    }

    fn token(&self) -> &str {
        match &self.key {
            Key::Token(token) => token,
            Key::Shared { .. } => "",
        }
    }

    fn of_written(&self, media_type: &str, kept: &str) -> Vec<(&'static str, String)> {
        vec![
            ("content-type", media_type.to_owned()),
            ("x-ms-blob-cache-control", kept.to_owned()),
            ("x-ms-blob-type", "BlockBlob".to_owned()),
        ]
    }

    /// What was published and is gone must be in no snapshot.
    fn of_removed(&self) -> Vec<(&'static str, String)> {
        vec![("x-ms-delete-snapshots", "include".to_owned())]
    }

    fn md5(&self) -> Option<&'static str> {
        Some("content-md5")
    }

    fn list<'a>(&self, prefix: &'a str, next: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
        let query = [("restype", "container"), ("comp", "list"), ("prefix", prefix)];
        query.into_iter().chain(next.map(|next| ("marker", next))).collect()
    }

    fn without_keys(&self, text: &str) -> String {
        let (all, signature) = match &self.key {
            Key::Shared { text, .. } => (text.as_str(), ""),
            Key::Token(token) => {
                let signature = token.split('&').find_map(|part| part.strip_prefix("sig="));
                (token.as_str(), signature.unwrap_or_default())
            }
        };
        let decoded = percent_decode_str(signature).decode_utf8_lossy();
        let secrets = [all, signature, &decoded].into_iter().filter(|secret| !secret.is_empty());
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }

    /// Also the name of other faults: a store is asked again only if its clock is another.
    fn skewed(&self) -> &'static str {
        "AuthenticationFailed"
    }

    fn help(&self, refusal: &Refusal<'_>) -> Option<String> {
        let help = match (refusal.code, refusal.status) {
            ("ContainerNotFound", _) => {
                "make the container first (for `$web`, switch on the static website of the account), or \
                 correct `address` in `[publish]`"
            }
            ("AuthenticationFailed", _) => {
                "see that `AZURE_STORAGE_ACCOUNT` is the account of the key or token in the environment, \
                 and that this is still valid"
            }
            ("LeaseIdMissing", _) => "somebody holds a lease of that blob in Azure: end it there",
            (_, 403) => {
                "let the key or token read, write, delete and list the blobs of the container"
            }
            _ => return None,
        };
        Some(help.to_owned())
    }
}

/// What a signature is made of. The headers are sorted.
fn to_sign(account: &str, request: &Signed<'_>, headers: &[(String, String)]) -> String {
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let length = if request.length == 0 { String::new() } else { request.length.to_string() };
    let lines = [
        request.method,
        header("content-encoding"),
        header("content-language"),
        &length,
        header("content-md5"),
        header("content-type"),
        // The time is in `x-ms-date`.
        "",
        header("if-modified-since"),
        header("if-match"),
        header("if-none-match"),
        header("if-unmodified-since"),
        header("range"),
    ];
    let mut text = lines.join("\n") + "\n";
    for (name, value) in headers.iter().filter(|(name, _)| name.starts_with("x-ms-")) {
        text += &format!("{name}:{}\n", value.trim());
    }
    text += &format!("/{account}{}", request.path);
    let mut query = request.query.to_vec();
    query.sort_unstable();
    for (name, value) in query {
        text += &format!("\n{name}:{value}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Microsoft, "Authorize with Shared Key", "Get Container Metadata".
    #[test]
    fn a_request_of_azure_is_signed_as_in_the_example_of_its_makers() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = [
            header("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT"),
            header("x-ms-version", "2015-02-21"),
        ];
        let request = Signed {
            method: "GET",
            host: "myaccount.blob.core.windows.net",
            path: "/mycontainer",
            query: &[("restype", "container"), ("comp", "metadata"), ("timeout", "20")],
            headers: &[],
            body: "",
            length: 0,
        };
        assert_eq!(
            to_sign("myaccount", &request, &headers),
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n\
             /myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20"
        );
    }

    #[test]
    fn keys_and_tokens_of_azure_are_checked_and_never_shown() {
        let found = |endpoint: Option<&str>, variables: &[(&str, &str)]| {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            store("$web", endpoint, &variable).map_err(|error| error.to_string())
        };
        let (account, key) =
            (("AZURE_STORAGE_ACCOUNT", "letters"), ("AZURE_STORAGE_KEY", "aHVudGVyMg=="));
        let token = ("AZURE_STORAGE_SAS_TOKEN", "?sv=2021-12-02&sig=hunter2%3D");
        for variables in [&[account, key][..], &[account, token]] {
            let store = found(None, variables).map(|store| {
                store.dialect.without_keys("aHVudGVyMg== sig=hunter2%3D sig=hunter2= letters")
            });
            let said = store.unwrap_or_else(|told| panic!("{told}"));
            assert!(said.ends_with(" letters") && said.contains('…'), "{said}");
            assert!(!said.contains(variables[1].1), "{said}");
        }
        let near = Some("http://127.0.0.1:9/letters");
        assert!(found(near, &[account, token]).is_ok());
        for (endpoint, variables) in [
            (None, &[key][..]),
            (None, &[account]),
            (None, &[("AZURE_STORAGE_ACCOUNT", "hunter2/x"), key]),
            (None, &[account, ("AZURE_STORAGE_KEY", "hunter2 2")]),
            (None, &[account, ("AZURE_STORAGE_SAS_TOKEN", "hunter2")]),
            (None, &[account, ("AZURE_STORAGE_SAS_TOKEN", "sig=hunter2\n")]),
            (Some("http://letters.example.org"), &[account, token]),
        ] {
            let Err(told) = found(endpoint, variables) else { panic!("{variables:?}") };
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
