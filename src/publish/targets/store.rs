//! Asks an object store: has each request signed, and asks again what was cut off or put off.

mod answer;

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use md5::{Digest, Md5};
use parking_lot::Mutex;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::Agent;
use ureq::http::{self, Response};

use super::TargetError;
use crate::edtf::Day;
use crate::legible::legible;
use crate::publish::Checksum;
pub(super) use answer::list;

/// Requests at the same time.
const PARALLEL: usize = 8;

/// How often a request is made.
const TRIES: u32 = 9;
/// How often, as long as nothing has answered at all: the address is wrong, or there is no network.
const FIRST_TRIES: u32 = 4;
/// Before the second try; each time twice as long.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Without a byte for so long, a connection is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of an answer that are read: lists of very large sites have some tens of megabytes.
const LONGEST_ANSWER: u64 = 512 * 1024 * 1024;
/// Characters of what a store says that are shown.
const SHOWN: usize = 300;

/// Where a store is, and a bucket in it.
pub(super) struct Address {
    /// `https://host` or `http://host:9000`, without a slash at the end.
    pub(super) endpoint: String,
    /// The host as requests name it.
    pub(super) host: String,
    /// Before the bucket, empty or with its slash in front.
    pub(super) path: String,
    pub(super) bucket: String,
}

/// How stores of one kind are spoken to.
pub(super) trait Dialect: Send + Sync {
    /// All headers that go with a request, the signature among them, but not `host`.
    fn sign(&self, request: &Signed<'_>, seconds: i64) -> Vec<(String, String)>;
    /// What ends the address of each request: a token with its signature, or nothing.
    fn token(&self) -> &str {
        ""
    }
    /// Headers of an object that is written: its type, and how long it may be kept.
    fn of_written(&self, media_type: &str, kept: &str) -> Vec<(&'static str, String)>;
    /// Headers with which an object is removed.
    fn of_removed(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// The header by which the store makes sure of what arrived, if the signature does not say it.
    fn md5(&self) -> Option<&'static str> {
        None
    }
    /// Asks for a part of the list of objects.
    fn list<'a>(&self, prefix: &'a str, next: Option<&'a str>) -> Vec<(&'a str, &'a str)>;
    /// A text of a stranger, in which no key is.
    fn without_keys(&self, text: &str) -> String;
    /// The name of the fault that the time of a request is wrong.
    fn skewed(&self) -> &'static str;
    /// What to do about a fault, if that is known.
    fn help(&self, refusal: &Refusal<'_>) -> Option<String>;
}

/// What is signed of a request.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// As it is sent, encoded.
    pub(super) path: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Names in small letters, with their values; `host` and those of the signature are added.
    pub(super) headers: &'a [(String, String)],
    /// SHA-256 of the body, in hexadecimal.
    pub(super) body: &'a str,
    /// Bytes of the body.
    pub(super) length: u64,
}

/// An answer that is no success.
pub(super) struct Refusal<'a> {
    pub(super) status: u16,
    pub(super) code: &'a str,
    /// Where the store would rather have been asked.
    pub(super) region: Option<&'a str>,
}

/// Everything but what RFC 3986 calls unreserved.
const VALUES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATHS: &AsciiSet = &VALUES.remove(b'/');

/// A path as it is sent.
fn encode_path(path: &str) -> String {
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

/// A bucket that is asked with keys.
pub(super) struct Store {
    address: Address,
    pub(super) dialect: Box<dyn Dialect>,
    agent: Agent,
    /// Seconds by which the store's clock is ahead of this machine's.
    ahead: AtomicI64,
    has_answered: AtomicBool,
}

/// What is sent with a request.
#[derive(Clone, Copy)]
pub(super) enum Sent<'a> {
    Nothing,
    Bytes(&'a [u8]),
    /// A file with this checksum.
    File(&'a Path, Checksum),
}

impl Sent<'_> {
    fn length(&self) -> std::io::Result<u64> {
        match self {
            Self::Nothing => Ok(0),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::File(path, _) => Ok(std::fs::metadata(path)?.len()),
        }
    }

    /// Its MD5.
    pub(super) fn md5(&self) -> std::io::Result<[u8; 16]> {
        let mut hasher = Md5::new();
        match self {
            Self::Nothing => {}
            Self::Bytes(bytes) => hasher.update(bytes),
            Self::File(path, _) => drop(std::io::copy(&mut File::open(path)?, &mut hasher)?),
        }
        Ok(hasher.finalize().into())
    }
}

/// A request for an object, or for the bucket.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    /// The object's key; empty for the bucket.
    pub(super) key: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    pub(super) headers: &'a [(&'static str, String)],
    pub(super) body: Sent<'a>,
}

/// What a store answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// When the store says it is, in seconds since 1970.
    time: Option<i64>,
    /// How long it wants to be left alone.
    wait: Option<Duration>,
    region: Option<String>,
}

impl Store {
    pub(super) fn new(address: Address, dialect: Box<dyn Dialect>) -> Self {
        let agent = Agent::config_builder()
            .user_agent(concat!("fonds/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(PARALLEL)
            .timeout_connect(Some(PATIENCE / 4))
            .timeout_per_read(Some(PATIENCE))
            .timeout_per_write(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE * 2))
            .build()
            .new_agent();
        let (ahead, has_answered) = (AtomicI64::new(0), AtomicBool::new(false));
        Self { address, dialect, agent, ahead, has_answered }
    }

    /// Asks until there is an answer that stays: success, or one of the statuses that the caller knows.
    ///
    /// # Errors
    ///
    /// If the store refuses, or cannot be reached for a minute.
    pub(super) fn ask(&self, request: &Request<'_>, known: &[u16]) -> Result<Answer, TargetError> {
        let mut number = 0;
        loop {
            number += 1;
            let answer = self.once(request);
            if answer.is_ok() {
                self.has_answered.store(true, Ordering::Relaxed);
            }
            let is_known = |status: u16| (200..300).contains(&status) || known.contains(&status);
            let answer = match answer {
                Ok(answer) if is_known(answer.status) && !answer.may_change() => return Ok(answer),
                other => other,
            };
            let tries = match self.has_answered.load(Ordering::Relaxed) {
                true => TRIES,
                false => FIRST_TRIES,
            };
            let wait = match &answer {
                Ok(answer) if self.is_put_right(answer) => Some(Duration::ZERO),
                Ok(answer) if answer.may_change() => Some(answer.wait.unwrap_or_default()),
                Err(error) if may_pass(error) => Some(Duration::ZERO),
                _ => None,
            };
            match (wait, answer) {
                (Some(wait), _) if number < tries => std::thread::sleep(wait.max(pause(number))),
                (_, Ok(answer)) => return Err(self.refused(&answer)),
                (_, Err(error)) => return Err(self.unreachable(&error)),
            }
        }
    }

    /// Does something with each of many, a few at a time; ends with the first that fails.
    pub(super) fn each<T: Sync>(
        &self,
        all: &[T],
        work: impl Fn(&T) -> Result<(), TargetError> + Sync,
    ) -> Result<(), TargetError> {
        let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
        let work = || {
            while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(error) = work(one) {
                    next.store(all.len(), Ordering::Relaxed);
                    failed.lock().get_or_insert(error);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..PARALLEL.min(all.len()) {
                scope.spawn(work);
            }
        });
        failed.into_inner().map_or(Ok(()), Err)
    }

    fn once(&self, request: &Request<'_>) -> Result<Answer, ureq::Error> {
        let address = &self.address;
        let slash = if request.key.is_empty() { "" } else { "/" };
        let path = format!("{}/{}{slash}{}", address.path, address.bucket, request.key);
        let path = encode_path(&path);
        let sum = match request.body {
            Sent::Nothing => Checksum::of(b""),
            Sent::Bytes(bytes) => Checksum::of(bytes),
            Sent::File(_, sum) => sum,
        };
        let own = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
        let headers: Vec<_> = request.headers.iter().map(own).collect();
        let signed = Signed {
            method: request.method,
            host: &address.host,
            path: &path,
            query: request.query,
            headers: &headers,
            body: &sum.to_string(),
            length: request.body.length()?,
        };
        let query = [&encode_query(request.query), self.dialect.token()];
        let query: Vec<&str> = query.into_iter().filter(|part| !part.is_empty()).collect();
        let (question, query) = (if query.is_empty() { "" } else { "?" }, query.join("&"));
        let mut builder = http::Request::builder()
            .method(request.method)
            .uri(format!("{}{path}{question}{query}", address.endpoint));
        for (name, value) in self.dialect.sign(&signed, self.now()) {
            builder = builder.header(name, value);
        }
        let response = match request.body {
            Sent::Nothing => self.agent.run(builder.body(())?),
            Sent::Bytes(bytes) => self.agent.run(builder.body(bytes)?),
            Sent::File(path, _) => self.agent.run(builder.body(File::open(path)?)?),
        };
        Answer::of(response?)
    }

    fn now(&self) -> i64 {
        here() + self.ahead.load(Ordering::Relaxed)
    }

    /// Whether a store that refuses the time of a request is asked by its own clock from now on.
    fn is_put_right(&self, answer: &Answer) -> bool {
        let Some(time) = answer.time.filter(|_| answer.status == 403) else { return false };
        let (code, ..) = answer::fault(&answer.body);
        let ahead = time - here();
        code == self.dialect.skewed()
            && self.ahead.swap(ahead, Ordering::Relaxed).abs_diff(ahead) > 60
    }

    fn shown(&self, text: &str) -> String {
        let text = self.dialect.without_keys(text);
        legible(&text).chars().take(SHOWN).collect()
    }

    fn unreachable(&self, error: &ureq::Error) -> TargetError {
        TargetError::Store {
            said: format!("`{}` cannot be reached: {}", self.address.host, self.shown(&error.to_string())),
            help: "see that the network is there and the address of the store is right, then publish again"
                .to_owned(),
        }
    }

    /// The message for an answer that is no success.
    pub(super) fn refused(&self, answer: &Answer) -> TargetError {
        let (code, message, region) = answer::fault(&answer.body);
        let region = region.or_else(|| answer.region.clone()).map(|region| self.shown(&region));
        let refusal = Refusal { status: answer.status, code: &code, region: region.as_deref() };
        let help = self.dialect.help(&refusal);
        let help =
            help.unwrap_or_else(|| "see what the store says of it, then publish again".to_owned());
        let said = match code.is_empty() {
            true => format!("the store answers {}", answer.status),
            false => {
                let said = self.shown(&format!("{code}: {message}"));
                format!("the store answers {} {said}", answer.status)
            }
        };
        TargetError::Store { said, help }
    }
}

impl Answer {
    fn of(mut response: Response<ureq::Body>) -> Result<Self, ureq::Error> {
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let time = header("date").as_deref().and_then(seconds_of);
        let wait = header("retry-after").and_then(|seconds| seconds.parse().ok());
        let wait = wait.map(|seconds| Duration::from_secs(seconds).min(LONGEST_PAUSE));
        let (region, status) = (header("x-amz-bucket-region"), response.status().as_u16());
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(Self { status, body, time, wait, region })
    }

    /// Whether the store may answer otherwise a little later.
    fn may_change(&self) -> bool {
        match self.status {
            408 | 429 | 500 | 502..=504 => true,
            400 | 409 => {
                let (code, ..) = answer::fault(&self.body);
                matches!(code.as_str(), "RequestTimeout" | "SlowDown" | "OperationAborted")
            }
            _ => false,
        }
    }

    /// Whether it says that there is no such bucket.
    pub(super) fn lacks_bucket(&self) -> bool {
        let code = || answer::fault(&self.body).0;
        self.status == 404 && matches!(code().as_str(), "NoSuchBucket" | "ContainerNotFound")
    }
}

/// Whether a fault of the network may be gone a little later.
fn may_pass(error: &ureq::Error) -> bool {
    use ureq::Error as E;
    matches!(
        error,
        E::Io(_)
            | E::Timeout(_)
            | E::HostNotFound
            | E::ConnectionFailed
            | E::Protocol(_)
            | E::BodyStalled
            | E::ConnectProxyFailed(_)
    )
}

/// How long to wait after some tries: not all at the same time.
fn pause(tries: u32) -> Duration {
    let longest = PAUSE.saturating_mul(1 << (tries - 1).min(16)).min(LONGEST_PAUSE);
    let mut chance = [0];
    let _ = getrandom::fill(&mut chance);
    longest / 2 + longest / 2 * u32::from(chance[0]) / 255
}

/// Seconds since 1970 by the clock of this machine.
#[expect(clippy::disallowed_methods, reason = "a signature holds the time at which it is made")]
fn here() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    i64::try_from(seconds).unwrap_or(i64::MAX / 2)
}

const DAY: i64 = 24 * 60 * 60;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Day, hours, minutes and seconds of a number of seconds since 1970.
pub(super) fn utc(seconds: i64) -> (Day, [i64; 3]) {
    let day = Day::from_1970(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    let day = day.unwrap_or(Day { year: 1970, month: 1, day: 1 });
    (day, [rest / 3600, rest / 60 % 60, rest % 60])
}

/// A number of seconds since 1970 as headers have it: `Fri, 24 May 2013 00:00:00 GMT`.
pub(super) fn http_date(seconds: i64) -> String {
    let ([hours, minutes, rest], day) = (utc(seconds).1, utc(seconds).0);
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let name = names[usize::try_from(seconds.div_euclid(DAY).rem_euclid(7)).unwrap_or(0)];
    let month = MONTHS[usize::from(day.month - 1) % 12];
    format!("{name}, {:02} {month} {:04} {hours:02}:{minutes:02}:{rest:02} GMT", day.day, day.year)
}

/// Seconds since 1970 of such a date.
fn seconds_of(date: &str) -> Option<i64> {
    let (_, date) = date.split_once(", ")?;
    let parts: Vec<&str> = date.split([' ', ':']).collect();
    let [day, month, year, hours, minutes, seconds, "GMT"] = parts[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
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

    #[test]
    fn the_time_of_a_store_is_read_and_written() {
        const SECONDS: i64 = 1_369_353_600;
        let date = "Fri, 24 May 2013 00:00:00 GMT";
        assert_eq!((seconds_of(date), http_date(SECONDS).as_str()), (Some(SECONDS), date));
        assert_eq!(http_date(SECONDS + 6 * DAY + 3_661), "Thu, 30 May 2013 01:01:01 GMT");
        for date in
            ["", "Fri, 24 May 2013", "Fri, 24 Mai 2013 00:00:00 GMT", "x, 0 May 2013 00:00:00 GMT"]
        {
            assert_eq!(seconds_of(date), None, "{date}");
        }
    }
}
