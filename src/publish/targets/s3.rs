//! A bucket of an object store: Amazon S3, and what speaks as it does (MinIO, Garage, Cloudflare R2, Backblaze B2, Google
//! Cloud Storage with HMAC keys).

mod keys;
mod sign;

use super::objects::{Objects, address, bucket_of, environment, fault, is_private};
use super::remote::OverNetwork;
use super::store::{Dialect, Refusal, Signed, Store};
use super::{Place, Target, TargetError, Wrong};
use keys::Keys;

/// Regions of most stores that have none.
const REGION: &str = "us-east-1";

/// Opens a bucket, or a folder in it.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let expected = "the name of a bucket, and what is before its keys";
    let wrong = |why| Wrong::from((why, expected, "letters/archive"));
    let (bucket, prefix) = bucket_of(place.address).map_err(wrong)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !(3..=222).contains(&bucket.len())
        || !bucket.chars().all(is_plain)
        || bucket.starts_with('.')
    {
        return Err(wrong("names no bucket"));
    }
    if let Some(endpoint) = place.endpoint {
        address(endpoint, bucket)?;
    }
    let region = place.region.unwrap_or("x");
    if region.is_empty() || !region.chars().all(is_plain) {
        let why = "is not the name of a region";
        return Err(Wrong { key: "region", why, expected: "such a name", example: "eu-central-1" });
    }
    let (endpoint, region) = (place.endpoint.map(str::to_owned), place.region.map(str::to_owned));
    let name = bucket.to_owned();
    let open = move || store(&name, endpoint.clone(), region.clone());
    let objects = Objects::new("bucket", bucket, prefix, Box::new(open));
    Ok(Box::new(OverNetwork::new(objects, place.root)))
}

fn store(
    bucket: &str,
    endpoint: Option<String>,
    region: Option<String>,
) -> Result<Store, TargetError> {
    let region =
        region.or_else(|| environment("AWS_REGION")).or_else(|| environment("AWS_DEFAULT_REGION"));
    let (region, endpoint) = match (region, endpoint) {
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
    let address = address(&endpoint, bucket)
        .map_err(|wrong| fault(&format!("the store's address {}", wrong.why), "set `region`"))?;
    let read = |path: &std::path::Path| std::fs::read_to_string(path).ok();
    let keys = keys::find(&environment, &read)?;
    if keys.token.is_some() && !is_private(&address) {
        let help = "write `https://` in `endpoint`, or use keys without a token";
        return Err(fault("a token would be sent where others can read it", help));
    }
    Ok(Store::new(address, Box::new(Amazon { region, keys })))
}

/// A bucket's keys, and where it is.
struct Amazon {
    region: String,
    keys: Keys,
}

impl Dialect for Amazon {
    fn sign(&self, request: &Signed<'_>, seconds: i64) -> Vec<(String, String)> {
        sign::sign(request, &self.keys, &self.region, seconds)
    }

    fn of_written(&self, media_type: &str, kept: &str) -> Vec<(&'static str, String)> {
        vec![("content-type", media_type.to_owned()), ("cache-control", kept.to_owned())]
    }

    fn list<'a>(&self, prefix: &'a str, next: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
        let query = [("list-type", "2"), ("prefix", prefix)];
        query.into_iter().chain(next.map(|next| ("continuation-token", next))).collect()
    }

    fn without_keys(&self, text: &str) -> String {
        self.keys.taken_out_of(text)
    }

    fn skewed(&self) -> &'static str {
        "RequestTimeTooSkewed"
    }

    fn help(&self, refusal: &Refusal<'_>) -> Option<String> {
        if let Some(region) = refusal.region.filter(|region| *region != self.region) {
            return Some(format!("write `region = \"{region}\"` below `[publish]`"));
        }
        let help = match refusal.code {
            "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken" => {
                "see that the keys in the environment are those of this store, and still valid"
            }
            "NoSuchBucket" => "make the bucket first, or correct `address` in `[publish]`",
            _ if refusal.status == 403 => {
                "let the key list the bucket, and read, write and delete its objects: \
                 `s3:ListBucket`, `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`"
            }
            _ => return None,
        };
        Some(help.to_owned())
    }
}
