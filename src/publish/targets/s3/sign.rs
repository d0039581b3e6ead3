//! Signs a request as S3 and its kin expect it. What is sent is signed with it, by the checksum that the site's list
//! has already, so that a store refuses bytes that changed on their way.
//!
//! Source: AWS, "Signature Version 4 for API requests", with the secret's header form.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use super::keys::Keys;
use crate::publish::targets::store::{Signed, encode_query, utc};

/// All headers that go with a request, the signature among them, but not `host`.
pub(super) fn sign(
    request: &Signed<'_>,
    keys: &Keys,
    region: &str,
    seconds: i64,
) -> Vec<(String, String)> {
    let time = time(seconds);
    let day = &time[..8];
    let mut headers = request.headers.to_vec();
    let mut add = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
    add("host", request.host);
    add("x-amz-content-sha256", request.body);
    add("x-amz-date", &time);
    if let Some(token) = &keys.token {
        add("x-amz-security-token", token);
    }
    headers.sort();
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(";");
    let mut canonical =
        format!("{}\n{}\n{}\n", request.method, request.path, encode_query(request.query));
    for (name, value) in &headers {
        let _ = writeln!(canonical, "{name}:{}", value.trim());
    }
    let _ = write!(canonical, "\n{names}\n{}", request.body);
    let scope = format!("{day}/{region}/s3/aws4_request");
    let hash = HEXLOWER.encode(&Sha256::digest(canonical.as_bytes()));
    let signature =
        signature(&keys.secret, day, region, &format!("{ALGORITHM}\n{time}\n{scope}\n{hash}"));
    headers.retain(|(name, _)| name != "host");
    let value = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        keys.id
    );
    headers.push(("authorization".to_owned(), value));
    headers
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

fn signature(secret: &str, day: &str, region: &str, text: &str) -> String {
    let key = format!("AWS4{secret}").into_bytes();
    let key =
        [day, region, "s3", "aws4_request"].into_iter().fold(key, |key, part| hmac(&key, part));
    HEXLOWER.encode(&hmac(&key, text))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length is taken");
    hmac.update(text.as_bytes());
    hmac.finalize().into_bytes().to_vec()
}

/// Seconds since 1970 as `20130524T000000Z`.
fn time(seconds: i64) -> String {
    let (day, [hours, minutes, seconds]) = utc(seconds);
    format!("{:04}{:02}{:02}T{hours:02}{minutes:02}{seconds:02}Z", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: i64 = 1_369_353_600;

    fn signed(request: &Signed<'_>) -> String {
        let keys = Keys {
            id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
            token: None,
        };
        let headers = sign(request, &keys, "us-east-1", SECONDS);
        let (_, value) = headers.into_iter().find(|(name, _)| name == "authorization").unwrap();
        value
    }

    /// The examples of AWS, "Signature Calculations for the Authorization Header".
    #[test]
    fn requests_are_signed_as_in_the_examples_of_the_makers() {
        let host = "examplebucket.s3.amazonaws.com";
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let get = Signed {
            method: "GET",
            host,
            path: "/test.txt",
            query: &[],
            length: 0,
            headers: &[header("range", "bytes=0-9")],
            body: empty,
        };
        assert_eq!(
            signed(&get),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        let put = Signed {
            method: "PUT",
            host,
            path: "/test%24file.text",
            query: &[],
            length: 0,
            headers: &[
                header("date", "Fri, 24 May 2013 00:00:00 GMT"),
                header("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            body: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        };
        assert!(signed(&put).ends_with(
            "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ));
        let query = [("prefix", "J"), ("max-keys", "2")];
        let list = Signed { path: "/", query: &query, headers: &[], ..get };
        assert!(signed(&list).ends_with(
            "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ));
    }
}
