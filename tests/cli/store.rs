//! An object store for tests, and a faulty network before it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use serde::Deserialize;

use super::project::eventually;

/// A store that checks keys and signatures (moto, Azurite), and a view of it that needs none.
#[derive(Deserialize)]
pub(super) struct Store {
    store: u16,
    view: u16,
    #[serde(default)]
    pub(super) is_azure: bool,
    pub(super) key: String,
    pub(super) secret: String,
}

/// An object of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Object {
    #[serde(rename = "type")]
    pub(super) media_type: String,
    pub(super) kept: String,
    bytes: String,
}

impl Object {
    pub(super) fn bytes(&self) -> Vec<u8> {
        decoded(&self.bytes)
    }
}

/// Bytes of a text in base64.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|c| *c != b'=').map(value).collect();
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        let number = four.iter().fold(0u32, |number, digit| number << 6 | u32::from(*digit));
        let number = number << (6 * (4 - four.len()));
        bytes.extend_from_slice(&number.to_be_bytes()[1..four.len()]);
    }
    bytes
}

impl Store {
    /// The one store of all tests; none where there is no Python, which is said.
    pub(super) fn get() -> Option<&'static Self> {
        static STORE: OnceLock<Option<Store>> = OnceLock::new();
        STORE.get_or_init(|| Self::start("s3", "python3", "server.py")).as_ref()
    }

    /// The same of Azure; none where there is no Node.
    pub(super) fn azure() -> Option<&'static Self> {
        static STORE: OnceLock<Option<Store>> = OnceLock::new();
        let start = || Some(Self { is_azure: true, ..Self::start("azure", "node", "server.mjs")? });
        STORE.get_or_init(start).as_ref()
    }

    /// Installs what a folder of the tests says, and starts its server.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    fn start(folder: &str, program: &str, server: &str) -> Option<Self> {
        let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
        if !has(program) || !has("bash") {
            eprintln!("skipped: tests of object stores need {program}; tests/run installs it");
            return None;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        let made = Command::new(folder.join("install")).output().unwrap();
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{} failed:\n{said}", folder.join("install").display());
        // The interpreter, and for Node the program that it runs.
        let said = String::from_utf8(made.stdout).unwrap();
        let mut words = said.trim().lines();
        // It ends when its input does: with this process, however that ends.
        let mut child = Command::new(words.next().unwrap())
            .arg(folder.join(server))
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        std::mem::forget(child);
        Some(serde_json::from_str(&line).unwrap())
    }

    fn of_view(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.view)
    }

    /// A new bucket.
    pub(super) fn bucket(&'static self) -> Bucket {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        self.bucket_named(&format!("letters-{}", NUMBER.fetch_add(1, Ordering::Relaxed)))
    }

    pub(super) fn bucket_named(&'static self, name: &str) -> Bucket {
        ureq::post(&self.of_view(name)).send_empty().unwrap();
        Bucket { store: self, name: name.to_owned() }
    }
}

/// A bucket of the store.
pub(super) struct Bucket {
    pub(super) store: &'static Store,
    pub(super) name: String,
}

impl Bucket {
    /// All objects, by key.
    pub(super) fn objects(&self) -> BTreeMap<String, Object> {
        // A view that is busy may refuse.
        let ask = || {
            let mut answer = ureq::get(&self.store.of_view(&self.name)).call().ok()?;
            answer.body_mut().with_config().limit(u64::MAX).read_to_string().ok()
        };
        let text = eventually("the view of the store answers", ask);
        serde_json::from_str(&text).unwrap()
    }

    /// A token that may do all with the bucket, if the store has such.
    pub(super) fn token(&self) -> String {
        let address = self.store.of_view(&format!("{}?token", self.name));
        let text = ureq::get(&address).call().unwrap().body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap()
    }

    pub(super) fn put(&self, key: &str, text: &str) {
        ureq::put(&self.store.of_view(&format!("{}/{key}", self.name))).send(text).unwrap();
    }
}

/// What happens to a request.
pub(super) enum Fault {
    None,
    /// Answered by the network with this status, name and header, without asking the store.
    Answer(u16, &'static str, String),
    /// Cut off before the store has all of it.
    CutBefore,
    /// Cut off when the store has done what it was asked.
    CutAfter,
}

/// Decides by the number of a request and its head.
type Plan = Box<dyn Fn(u64, &str) -> Fault + Send + Sync>;

/// A network between the program and the store.
pub(super) struct Network {
    pub(super) port: u16,
    state: Arc<State>,
}

struct State {
    store: u16,
    plan: Plan,
    number: AtomicU64,
    is_over: AtomicBool,
    /// The first line of each request.
    asked: Mutex<Vec<String>>,
}

impl Network {
    pub(super) fn new(
        store: &Store,
        plan: impl Fn(u64, &str) -> Fault + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            store: store.store,
            plan: Box::new(plan),
            number: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
            asked: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if shared.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let state = Arc::clone(&shared);
                std::thread::spawn(move || state.pass(client));
            }
        });
        Self { port, state }
    }

    /// The first lines of all requests since this was asked last.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.asked.lock().unwrap())
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl State {
    /// One request of a connection, which is closed then.
    fn pass(&self, mut client: TcpStream) -> Option<()> {
        let (head, body) = request(&mut client)?;
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        self.asked.lock().unwrap().push(head.lines().next()?.to_owned());
        let fault = (self.plan)(number, &head);
        let mut head = match &fault {
            Fault::Answer(status, code, header) => {
                let xml = format!("<Error><Code>{code}</Code><Message>no</Message></Error>");
                let length = xml.len();
                let end =
                    format!("content-length: {length}\r\nconnection: close\r\n{header}\r\n{xml}");
                return client.write_all(format!("HTTP/1.1 {status} x\r\n{end}").as_bytes()).ok();
            }
            _ => head,
        };
        head = without(&head, "connection").replacen("\r\n", "\r\nconnection: close\r\n", 1);
        let mut store = TcpStream::connect(("127.0.0.1", self.store)).ok()?;
        store.write_all(head.as_bytes()).ok()?;
        if matches!(fault, Fault::CutBefore) {
            store.write_all(&body[..body.len() / 2]).ok()?;
            return None;
        }
        store.write_all(&body).ok()?;
        let mut answer = Vec::new();
        store.read_to_end(&mut answer).ok()?;
        let answer = without(&String::from_utf8_lossy(&answer[..head_of(&answer)?]), "connection")
            .replacen("\r\n", "\r\nconnection: close\r\n", 1)
            .into_bytes()
            .into_iter()
            .chain(answer[head_of(&answer)?..].iter().copied())
            .collect::<Vec<u8>>();
        match fault {
            Fault::CutAfter => None,
            _ => client.write_all(&answer).ok(),
        }
    }
}

/// Reads a request: its head with the empty line at its end, and its body.
fn request(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut part) = (Vec::new(), [0; 65_536]);
    let end = loop {
        if let Some(end) = head_of(&bytes) {
            break end;
        }
        match client.read(&mut part).ok()? {
            0 => return None,
            length => bytes.extend_from_slice(&part[..length]),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let mut body = bytes.split_off(end);
    while body.len() < length.unwrap_or(0) {
        match client.read(&mut part).ok()? {
            0 => return None,
            length => body.extend_from_slice(&part[..length]),
        }
    }
    Some((head, body))
}

fn head_of(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|end| end + 4)
}

/// A head without a header.
fn without(head: &str, name: &str) -> String {
    let is_kept = |line: &&str| {
        line.split_once(':').is_none_or(|(found, _)| !found.eq_ignore_ascii_case(name))
    };
    head.split_inclusive("\r\n").filter(is_kept).collect()
}
