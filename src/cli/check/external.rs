//! Links to other sites, asked only with `--external`: politely, remembered for some days, and never more
//! than a warning, since what happens to other sites is not a fault of the archive.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use ureq::Agent;

use crate::disk::{self, Disk};
use crate::edtf::Day;
use crate::files::{Sink, Sources};

/// For so many days a good answer is remembered; a bad one is asked again each time.
const REMEMBERED: i64 = 7;
/// How long one site may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two questions to one site.
const PAUSE: Duration = Duration::from_millis(300);
/// Sites that are asked at the same time.
const SITES: usize = 8;

/// What became of the links.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// What is wrong, by address.
    pub(super) faults: BTreeMap<String, String>,
    /// How many were asked now.
    pub(super) asked: usize,
    /// How many were known from before.
    pub(super) remembered: usize,
}

/// Asks for each address. Addresses that are not `http` or `https` are passed over.
pub(super) fn ask(addresses: impl Iterator<Item = String>, today: Day) -> Answers {
    let mut memory = Memory::read(today);
    let mut answers = Answers::default();
    let mut by_site: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for address in addresses {
        let Some(site) = site_of(&address) else { continue };
        if memory.knows(&address) {
            answers.remembered += 1;
        } else {
            by_site.entry(site).or_default().push(address);
        }
    }
    let queue = Mutex::new(by_site.into_values().collect::<Vec<_>>());
    let told = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..SITES {
            scope.spawn(|| {
                let agent = agent();
                while let Some(addresses) = { queue.lock().pop() } {
                    for (number, address) in addresses.into_iter().enumerate() {
                        if number > 0 {
                            std::thread::sleep(PAUSE);
                        }
                        let answer = answer(&agent, &address);
                        told.lock().push((address, answer));
                    }
                }
            });
        }
    });
    for (address, answer) in told.into_inner() {
        answers.asked += 1;
        match answer {
            Ok(()) => memory.add(address),
            Err(why) => {
                answers.faults.insert(address, why);
            }
        }
    }
    memory.write();
    answers
}

fn agent() -> Agent {
    let name = concat!("fonds/", env!("CARGO_PKG_VERSION"), " (link check)");
    Agent::config_builder()
        .user_agent(name)
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(5)
        .build()
        .new_agent()
}

/// Whether there is something at an address.
fn answer(agent: &Agent, address: &str) -> Result<(), String> {
    let mut status = agent.head(address).call().map(|response| response.status().as_u16());
    // Some sites do not know how to answer without sending the page.
    if !matches!(status, Ok(200..400)) {
        status = agent.get(address).call().map(|response| response.status().as_u16());
    }
    match status {
        Ok(404 | 410) => Err("the page is gone".to_owned()),
        Ok(status @ 500..) if status != 999 => {
            Err(format!("the site answers with an error, {status}"))
        }
        // Those who are refused as robots are no proof.
        Ok(_) => Ok(()),
        Err(ureq::Error::Timeout(_)) => Err("the site does not answer in time".to_owned()),
        Err(error) => Err(format!("the site cannot be reached: {error}")),
    }
}

/// Scheme and host of an address.
fn site_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    known.then(|| host.to_lowercase())
}

/// Good answers of the last days, in the user's cache folder: nothing of the archive is written.
struct Memory {
    folder: Option<PathBuf>,
    today: i64,
    /// Days on which an address answered well.
    good: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Entry {
    day: i64,
}

const FILE: &str = "links.json";

impl Memory {
    fn read(today: Day) -> Self {
        let folder = cache_folder();
        let bytes = folder.as_deref().and_then(|f| Disk::open(f).ok()?.read(FILE).ok());
        let good = bytes.and_then(|b| serde_json::from_slice(&b).ok()).unwrap_or_default();
        Self { folder, today: number(today), good }
    }

    fn knows(&self, address: &str) -> bool {
        self.good
            .get(address)
            .is_some_and(|entry| (0..REMEMBERED).contains(&(self.today - entry.day)))
    }

    fn add(&mut self, address: String) {
        self.good.insert(address, Entry { day: self.today });
    }

    /// A memory that cannot be kept is no fault: the sites are asked again.
    fn write(mut self) {
        let today = self.today;
        self.good.retain(|_, entry| (0..REMEMBERED).contains(&(today - entry.day)));
        let Some(folder) = &self.folder else { return };
        let text = serde_json::to_vec(&self.good).expect("texts and numbers are always JSON");
        let kept = disk::create_folder(folder).and_then(|()| Disk::open(folder)?.put(FILE, &text));
        drop(kept);
    }
}

/// `fonds` in the user's cache folder, as the XDG base directory specification has it.
fn cache_folder() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))?;
    cache.is_absolute().then(|| cache.join("fonds"))
}

/// A day as a number that grows by one each day.
fn number(day: Day) -> i64 {
    // Days since 1 March of year 0 in the proleptic Gregorian calendar: leap days come last.
    let (year, month) = if day.month > 2 {
        (i64::from(day.year), i64::from(day.month) - 3)
    } else {
        (i64::from(day.year) - 1, i64::from(day.month) + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + i64::from(day.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let day = |year, month, day| number(Day { year, month, day });
        for (one, next) in [
            (day(2024, 2, 28), day(2024, 2, 29)),
            (day(2024, 2, 29), day(2024, 3, 1)),
            (day(2023, 2, 28), day(2023, 3, 1)),
            (day(2023, 12, 31), day(2024, 1, 1)),
            (day(1900, 2, 28), day(1900, 3, 1)),
        ] {
            assert_eq!(one + 1, next);
        }
    }

    #[test]
    fn sites_are_told_apart_by_their_hosts() {
        assert_eq!(site_of("HTTPS://Example.org:81/a?b#c").as_deref(), Some("example.org:81"));
        assert_eq!(
            [site_of("mailto:a@b"), site_of("//x/y"), site_of("ftp://x/")],
            [None, None, None]
        );
    }
}
