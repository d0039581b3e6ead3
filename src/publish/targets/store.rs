//! Asks an object store: signs each request, and asks again what was cut off or put off.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::Agent;
use ureq::http::{self, Response};

use super::super::TargetError;
use super::answer;
use super::keys::Keys;
use super::sign::{Signed, encode_path, encode_query, seconds_of, sign};
use crate::legible::legible;
use crate::publish::Checksum;

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

/// A bucket that is asked with keys.
pub(super) struct Store {
    pub(super) address: Address,
    pub(super) region: String,
    pub(super) keys: Keys,
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

/// A request for an object, or for the bucket.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    /// The object's key; empty for the bucket.
    pub(super) key: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    pub(super) headers: &'a [(&'a str, &'a str)],
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
    pub(super) fn new(address: Address, region: String, keys: Keys) -> Self {
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
        Self { address, region, keys, agent, ahead, has_answered }
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
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..PARALLEL.min(all.len()) {
                scope.spawn(work);
            }
        });
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    fn once(&self, request: &Request<'_>) -> Result<Answer, ureq::Error> {
        let address = &self.address;
        let slash = if request.key.is_empty() { "" } else { "/" };
        let path = format!("{}/{}{slash}{}", address.path, address.bucket, request.key);
        let (path, query) = (encode_path(&path), encode_query(request.query));
        let sum = match request.body {
            Sent::Nothing => Checksum::of(b""),
            Sent::Bytes(bytes) => Checksum::of(bytes),
            Sent::File(_, sum) => sum,
        };
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers: Vec<_> = request.headers.iter().map(own).collect();
        let signed = Signed {
            method: request.method,
            host: &address.host,
            path: &path,
            query: &query,
            headers: &headers,
            body: &sum.to_string(),
        };
        let question = if query.is_empty() { "" } else { "?" };
        let mut builder = http::Request::builder()
            .method(request.method)
            .uri(format!("{}{path}{question}{query}", address.endpoint));
        for (name, value) in sign(&signed, &self.keys, &self.region, self.now()) {
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
        code == "RequestTimeTooSkewed"
            && self.ahead.swap(ahead, Ordering::Relaxed).abs_diff(ahead) > 60
    }

    fn shown(&self, text: &str) -> String {
        let text = self.keys.taken_out_of(text);
        legible(&text).chars().take(SHOWN).collect()
    }

    fn unreachable(&self, error: &ureq::Error) -> TargetError {
        TargetError::Store {
            said: format!("`{}` cannot be reached: {}", self.address.host, self.shown(&error.to_string())),
            help: "see that the network is there and `endpoint` in `[publish]` is right, then publish again"
                .to_owned(),
        }
    }

    /// What is told of an answer that is no success.
    pub(super) fn refused(&self, answer: &Answer) -> TargetError {
        let (code, message, region) = answer::fault(&answer.body);
        let region =
            region.or_else(|| answer.region.clone()).filter(|region| *region != self.region);
        let help = match code.as_str() {
            _ if region.is_some() => {
                let region = self.shown(&region.unwrap_or_default());
                format!("write `region = \"{region}\"` below `[publish]`")
            }
            "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken" => {
                "see that the keys in the environment are those of this store, and still valid"
                    .to_owned()
            }
            "NoSuchBucket" => {
                "make the bucket first, or correct `address` in `[publish]`".to_owned()
            }
            _ if answer.status == 403 => {
                "let the key list the bucket, and read, write and delete its objects: \
                 `s3:ListBucket`, `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`"
                    .to_owned()
            }
            _ => "see what the store says of it, then publish again".to_owned(),
        };
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
        self.status == 404 && answer::fault(&self.body).0 == "NoSuchBucket"
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
