//! Signs a request as S3 and its kin expect it. What is sent is signed with it, by the checksum that the site's list
//! has already, so that a store refuses bytes that changed on their way.
//!
//! Source: AWS, "Signature Version 4 for API requests", with the secret's header form.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::keys::Keys;
use crate::edtf::Day;

/// Everything but what RFC 3986 calls unreserved.
const VALUES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATHS: &AsciiSet = &VALUES.remove(b'/');

/// What is signed of a request.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// As it is sent, encoded.
    pub(super) path: &'a str,
    /// As it is sent, encoded and sorted.
    pub(super) query: &'a str,
    /// Names in small letters, with their values; `host` and those of the signature are added.
    pub(super) headers: &'a [(String, String)],
    /// SHA-256 of the body, in hexadecimal.
    pub(super) body: &'a str,
}

/// A path as it is sent.
pub(super) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATHS).to_string()
}

/// A query as it is sent.
pub(super) fn encode_query(query: &[(&str, &str)]) -> String {
    let encode = |text| utf8_percent_encode(text, VALUES).to_string();
    let mut pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.sort();
    pairs.join("&")
}

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
    let mut canonical = format!("{}\n{}\n{}\n", request.method, request.path, request.query);
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
    let day =
        Day::from_1970(seconds.div_euclid(DAY)).unwrap_or(Day { year: 1970, month: 1, day: 1 });
    let rest = seconds.rem_euclid(DAY);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        day.year,
        day.month,
        day.day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

const DAY: i64 = 24 * 60 * 60;

/// Seconds since 1970 of the date of an answer, as `Fri, 24 May 2013 00:00:00 GMT`.
pub(super) fn seconds_of(date: &str) -> Option<i64> {
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, date) = date.split_once(", ")?;
    let parts: Vec<&str> = date.split([' ', ':']).collect();
    let [day, month, year, hours, minutes, seconds, "GMT"] = parts[..] else { return None };
    let month = months.iter().position(|name| *name == month)? + 1;
    let day = Day {
        year: year.parse().ok()?,
        month: u8::try_from(month).ok()?,
        day: day.parse().ok().filter(|day| (1..=31).contains(day))?,
    };
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| (0..=60).contains(number));
    Some(day.since_1970() * DAY + number(hours)? * 3600 + number(minutes)? * 60 + number(seconds)?)
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
            query: "",
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
            path: &encode_path("/test$file.text"),
            query: "",
            headers: &[
                header("date", "Fri, 24 May 2013 00:00:00 GMT"),
                header("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            body: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        };
        assert!(signed(&put).ends_with(
            "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ));
        let query = encode_query(&[("prefix", "J"), ("max-keys", "2")]);
        let list =
            Signed { method: "GET", host, path: "/", query: &query, headers: &[], body: empty };
        assert!(signed(&list).ends_with(
            "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ));
    }

    #[test]
    fn the_time_of_a_store_is_read() {
        assert_eq!(seconds_of("Fri, 24 May 2013 00:00:00 GMT"), Some(SECONDS));
        assert_eq!(time(SECONDS + 3_661), "20130524T010101Z");
        for date in
            ["", "Fri, 24 May 2013", "Fri, 24 Mai 2013 00:00:00 GMT", "x, 0 May 2013 00:00:00 GMT"]
        {
            assert_eq!(seconds_of(date), None, "{date}");
        }
    }
}
