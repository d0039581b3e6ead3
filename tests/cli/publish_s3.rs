//! `fonds publish` to a bucket of a real store, which checks keys and signatures, over a network with faults.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::project::{CONFIG, LETTER, Project, Run, eventually};
use super::publish_to::{chance, kills};
use super::store::{Bucket, Fault, Network, Object, Store};

/// An archive that publishes to a folder of a bucket.
pub(super) struct Published {
    pub(super) project: Project,
    pub(super) bucket: Bucket,
    pub(super) network: Network,
}

impl Published {
    /// None where there is no store.
    fn new(plan: impl Fn(u64, &str) -> Fault + Send + Sync + 'static) -> Option<Self> {
        Self::of(Store::get()?, plan)
    }

    pub(super) fn of(
        store: &'static Store,
        plan: impl Fn(u64, &str) -> Fault + Send + Sync + 'static,
    ) -> Option<Self> {
        let (bucket, network) = (store.bucket(), Network::new(store, plan));
        let published = Self { project: Project::with_letter(), bucket, network };
        published.project.write("content/documents/b.md", LETTER.replace("dry", "damp"));
        published.set("archive", &published.bucket.name, published.network.port);
        Some(published)
    }

    pub(super) fn set(&self, prefix: &str, bucket: &str, port: u16) {
        let (target, path) = match self.bucket.store.is_azure {
            true => ("azure", format!("/{}", self.bucket.store.key)),
            false => ("s3", String::new()),
        };
        let config = format!(
            "{CONFIG}[publish]\ntarget = \"{target}\"\naddress = \"{bucket}/{prefix}\"\n\
             region = \"eu-central-1\"\nendpoint = \"http://127.0.0.1:{port}{path}\"\n"
        );
        self.project.write("config.toml", config);
    }

    pub(super) fn command(&self, arguments: &str) -> Command {
        with_keys(self.project.command(arguments), self.bucket.store)
    }

    pub(super) fn run(&self, arguments: &str) -> Run {
        let run = self.project.finish(self.command(arguments).output().unwrap());
        let secret = &self.bucket.store.secret;
        assert!(!run.stderr.contains(secret) && !run.stdout.contains(secret), "{}", run.stderr);
        run
    }

    /// What it says of the target.
    pub(super) fn publishes(&self, arguments: &str) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, Some(0), "{arguments}\n{}", run.stderr);
        run.stderr.lines().filter(|line| line.starts_with("the ")).collect()
    }

    /// The files of the site in the bucket.
    pub(super) fn seen(&self) -> BTreeMap<String, Vec<u8>> {
        let objects = self.bucket.objects().into_iter();
        objects.map(|(key, object)| (key.replacen("archive/", "", 1), object.bytes())).collect()
    }

    pub(super) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.project.files("public");
        files.retain(|path, _| !path.starts_with(".fonds-manifest"));
        files
    }
}

fn with_keys(mut command: Command, store: &Store) -> Command {
    for name in [
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AZURE_STORAGE_SAS_TOKEN",
        "HTTP_PROXY",
        "http_proxy",
    ] {
        command.env_remove(name);
    }
    command
        .env("HOME", "/nonexistent")
        .env("AWS_ACCESS_KEY_ID", &store.key)
        .env("AWS_SECRET_ACCESS_KEY", &store.secret)
        .env("AZURE_STORAGE_ACCOUNT", &store.key)
        .env("AZURE_STORAGE_KEY", &store.secret);
    command
}

pub(super) fn without_faults(_: u64, _: &str) -> Fault {
    Fault::None
}

#[test]
fn a_bucket_gets_the_site_and_then_only_what_changed() {
    let Some(published) = Published::new(without_faults) else { return };
    let (project, bucket) = (&published.project, &published.bucket);
    project.write("static/a b/Übersicht+1.txt", "text\n");
    bucket.put("archive/mine.txt", "mine\n");
    bucket.put("other.txt", "others\n");
    let told = published.publishes("publish");
    let name = format!("the bucket `{}/archive`: ", bucket.name);
    assert!(told.starts_with(&name) && told.contains(" 0 changed), "), "{told}");
    let with_others = || {
        let mut site = published.site();
        site.insert("mine.txt".to_owned(), b"mine\n".to_vec());
        site.insert("other.txt".to_owned(), b"others\n".to_vec());
        site
    };
    assert_eq!(published.seen(), with_others());
    let objects = bucket.objects();
    let sent_as = |path: &str| {
        let Object { media_type, kept, .. } = &objects[&format!("archive/{path}")];
        (media_type.clone(), kept.clone())
    };
    let page = ("text/html; charset=utf-8".to_owned(), "no-cache".to_owned());
    assert_eq!(sent_as("documents/b/index.html"), page);
    assert_eq!(sent_as("documents/b/text.txt").0, "text/plain; charset=utf-8");
    let (path, _) = objects.iter().find(|(path, _)| path.ends_with(".css")).unwrap();
    let style = sent_as(path.strip_prefix("archive/").unwrap());
    assert_eq!(style.0, "text/css; charset=utf-8");
    assert_eq!(style.1, "public, max-age=31536000, immutable");

    published.network.asked();
    assert!(published.publishes("publish").contains("nothing to send"));
    let asked = published.network.asked();
    assert_eq!(asked.len(), 6, "{asked:#?}");

    project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    let config = project.read("config.toml");
    project.write("config.toml", config + "[outputs]\nfeeds = false\n");
    let (before, dry) = (published.seen(), published.run("publish --dry-run"));
    assert_eq!(published.seen(), before);
    published.network.asked();
    let told = published.publishes("publish");
    assert_eq!(
        told.replace("sent", "would be sent").replace(" removed", " would be removed"),
        dry.stderr.trim_end()
    );
    assert_eq!(published.seen(), with_others());
    is_sent_in_order(&published.network.asked());
    assert!(!dry.stdout.contains("assets/"), "{}", dry.stdout);
}

/// New files that never change, what else pages need, pages, removals, the list.
pub(super) fn is_sent_in_order(asked: &[String]) {
    let kind = |line: &String| {
        let (method, rest) = line.split_once(' ')?;
        let path = rest.split(' ').next()?;
        match (method, path) {
            _ if path.contains(".fonds-lease") || method == "GET" => None,
            ("DELETE", _) => Some(3),
            _ if path.ends_with("manifest-sha256.txt") => Some(4),
            _ if path.contains("/assets/") || path.contains("/search/index/") => Some(0),
            _ => Some(if path.ends_with(".html") || path.ends_with(".xml") { 2 } else { 1 }),
        }
    };
    let kinds: Vec<u8> = asked.iter().filter_map(kind).collect();
    assert!(kinds.is_sorted() && kinds.contains(&3) && kinds.last() == Some(&4), "{asked:#?}");
}

/// Half of all requests have a fault that may pass.
pub(super) fn with_faults(number: u64, _: &str) -> Fault {
    match chance(number) % 12 {
        0 => Fault::Answer(500, "InternalError", String::new()),
        1 => Fault::Answer(503, "SlowDown", "retry-after: 0\r\n".to_owned()),
        2 => Fault::Answer(429, "TooManyRequests", String::new()),
        3 => Fault::CutBefore,
        4 => Fault::CutAfter,
        5 => Fault::Answer(400, "RequestTimeout", String::new()),
        _ => Fault::None,
    }
}

#[test]
fn what_is_cut_off_or_put_off_is_tried_again() {
    let Some(published) = Published::new(with_faults) else { return };
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
    published.project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
}

#[test]
fn a_store_that_stays_away_is_named_and_the_next_run_sends_the_rest() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static IS_AWAY: AtomicBool = AtomicBool::new(true);
    let faults = |number: u64, _: &str| match IS_AWAY.load(Ordering::Relaxed) && number > 30 {
        true => Fault::Answer(403, "AccessDenied", String::new()),
        false => Fault::None,
    };
    let Some(published) = Published::new(faults) else { return };
    for n in 0..20 {
        published.project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    let run = published.run("publish");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("the store answers 403 AccessDenied: no"), "{}", run.stderr);
    assert!(run.stderr.contains("`s3:PutObject`"), "{}", run.stderr);
    let all = published.site().len();
    let before = published.seen();
    assert!(before.contains_key(".fonds-lease/paths") && !before.contains_key("index.html"));
    IS_AWAY.store(false, Ordering::Relaxed);
    published.network.asked();
    published.publishes("publish --no-build");
    let puts = published.network.asked().iter().filter(|line| line.starts_with("PUT ")).count();
    assert!(puts < all - 10 && puts > all - 40, "{puts} of {all}");
    assert_eq!(published.seen(), published.site());
}

#[test]
fn wrong_keys_buckets_and_regions_are_named_without_a_secret() {
    let Some(published) = Published::new(|_, head: &str| match head.contains("/elsewhere") {
        true => {
            Fault::Answer(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-3\r\n".to_owned())
        }
        false => Fault::None,
    }) else {
        return;
    };
    published.project.succeeds("build");
    let refused = |change: &dyn Fn(&mut Command)| {
        let mut command = published.command("publish --no-build");
        change(&mut command);
        let run = published.project.finish(command.output().unwrap());
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
        run.stderr
    };
    let told = refused(&|command| {
        command.env("AWS_SECRET_ACCESS_KEY", "hunter2");
    });
    assert!(
        told.contains("403 SignatureDoesNotMatch") && told.contains("the keys in the environment"),
        "{told}"
    );
    let told = refused(&|command| {
        command.env("AWS_ACCESS_KEY_ID", "hunter2");
    });
    assert!(told.contains("403 InvalidAccessKeyId"), "{told}");
    let told = refused(&|command| {
        command.env_remove("AWS_ACCESS_KEY_ID");
    });
    assert!(told.contains("`AWS_ACCESS_KEY_ID` is not"), "{told}");
    let told = refused(&|command| {
        command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    });
    assert!(told.contains("no profile `default`"), "{told}");
    published.set("archive", "no-such-bucket", published.network.port);
    let told = refused(&|_| {});
    assert!(told.contains("404 NoSuchBucket") && told.contains("make the bucket first"), "{told}");
    published.set("archive", "elsewhere", published.network.port);
    assert!(refused(&|_| {}).contains("write `region = \"eu-west-3\"`"));
    assert_eq!(published.seen(), BTreeMap::new());
    // A profile as the tools of Amazon write it.
    published.set("archive", &published.bucket.name, published.network.port);
    let store = published.bucket.store;
    let profile = format!(
        "[town]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        store.key, store.secret
    );
    published.project.write("home/.aws/credentials", profile);
    let mut command = published.command("publish --no-build");
    command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    command.env("HOME", published.project.path("home")).env("AWS_PROFILE", "town");
    assert!(command.output().unwrap().status.success());
    assert_eq!(published.seen(), published.site());
    assert!(published.project.succeeds("check").contains("no "), "settings of a bucket are good");
}

#[test]
fn nobody_listens_at_a_wrong_address() {
    let Some(published) = Published::new(without_faults) else { return };
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    published.set("archive", &published.bucket.name, port);
    let run = published.run("publish");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("cannot be reached"), "{}", run.stderr);
}

/// A time as in the date of an answer, some seconds from now.
pub(super) fn date(seconds: i64) -> (i64, String) {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let time = i64::try_from(now.as_secs()).unwrap() + seconds;
    let day = fonds::edtf::Day::from_1970(time / 86_400).unwrap();
    let name = days[usize::try_from(time / 86_400 % 7).unwrap()];
    let (hours, minutes) = (time / 3600 % 24, time / 60 % 60);
    let month = months[usize::from(day.month) - 1];
    let text = format!(
        "{name}, {:02} {month} {} {hours:02}:{minutes:02}:{:02} GMT",
        day.day,
        day.year,
        time % 60
    );
    (time, text)
}

#[test]
fn a_clock_that_is_off_by_an_hour_is_no_hindrance() {
    let faults = |_: u64, head: &str| {
        let stated = head.lines().find_map(|line| line.strip_prefix("x-amz-date: "));
        let hours: i64 = stated.unwrap()[9..11].parse().unwrap();
        let (time, date) = date(3_600);
        match hours == time / 3600 % 24 {
            true => Fault::None,
            false => Fault::Answer(403, "RequestTimeTooSkewed", format!("date: {date}\r\n")),
        }
    };
    let Some(published) = Published::new(faults) else { return };
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
}

#[test]
fn two_publishers_are_kept_apart_also_where_a_store_passes_over_conditions() {
    for how in 0..3 {
        let plan = move |_: u64, head: &str| match head.contains("if-none-match") {
            true if how == 1 => Fault::Answer(501, "NotImplemented", String::new()),
            _ => Fault::None,
        };
        let Some(published) = Published::new(plan) else { return };
        published.publishes("publish");
        let old = published.seen();
        published.bucket.put("archive/.fonds-lease/holder", "another machine\n");
        published
            .bucket
            .put("archive/.fonds-lease/paths", "index.html\ndocuments/gone/index.html\n");
        published.bucket.put("archive/index.html", "half");
        published.bucket.put("archive/documents/gone/index.html", "half");
        let run = published.run("publish");
        assert_eq!(run.status, Some(2));
        assert!(run.stderr.contains("another publisher is at work"), "{}", run.stderr);
        assert!(run.stderr.contains(": another machine\n"), "{}", run.stderr);
        published.publishes("publish --take-over");
        assert_eq!(published.seen(), old);
    }
}

#[test]
fn a_lease_that_was_taken_over_stops_its_holder_before_a_page() {
    use std::sync::atomic::{AtomicU64, Ordering};
    static ASSETS: AtomicU64 = AtomicU64::new(0);
    let Some(store) = Store::get() else { return };
    let view = store.bucket();
    let (name, other) = (view.name.clone(), Bucket { store, name: view.name.clone() });
    let plan = move |_: u64, head: &str| {
        if head.starts_with("PUT ")
            && head.contains("/assets/")
            && ASSETS.fetch_add(1, Ordering::Relaxed) == 0
        {
            other.put("archive/.fonds-lease/holder", "another machine\n");
        }
        Fault::None
    };
    let Some(published) = Published::new(plan) else { return };
    published.set("archive", &name, published.network.port);
    let run = published.run("publish");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains(": another machine\n"), "{}", run.stderr);
    let objects = view.objects();
    assert!(!objects.keys().any(|key| key.ends_with(".html")), "{:?}", objects.keys());
    assert!(objects.contains_key("archive/.fonds-lease/holder"));
}

#[test]
fn of_two_publishers_at_once_both_end_right() {
    let Some(first) = Published::new(without_faults) else { return };
    let Some(second) = Published::new(without_faults) else { return };
    second.set("archive", &first.bucket.name, second.network.port);
    second.project.write("content/documents/b.md", LETTER.replace("dry", "wet"));
    let start = |published: &Published| {
        published.command("publish").stderr(Stdio::piped()).spawn().unwrap()
    };
    let children = [start(&first), start(&second)];
    let ends: Vec<Run> = children
        .into_iter()
        .map(|child| first.project.finish(child.wait_with_output().unwrap()))
        .collect();
    assert!(ends.iter().any(|run| run.status == Some(0)), "{}", ends[0].stderr);
    for run in ends.iter().filter(|run| run.status != Some(0)) {
        assert!(run.stderr.contains("another publisher is at work"), "{}", run.stderr);
    }
    let seen = first.seen();
    assert!(seen == first.site() || seen == second.site(), "a mixture");
}

/// What a page asks for: files of the site that it names.
fn needed(page: &str) -> impl Iterator<Item = &str> {
    let addresses = page
        .split(['"', ' ', '>'])
        .map(|part| part.trim_start_matches("href=").trim_start_matches("src="));
    addresses.filter_map(|part| {
        let path = part.strip_prefix('/')?;
        path.starts_with("assets/").then(|| path.split(['?', '#']).next())?
    })
}

/// Kills publications at moments of chance, with faults of the network; a reader looks meanwhile, but not at a store that
/// shows its objects one by one, each as it is by then: the order in which they are sent is the same.
pub(super) fn is_right_after_kills(store: Option<&'static Store>, kills: u64) {
    let faults = |number: u64, _: &str| match chance(number) % 40 {
        0 => Fault::Answer(503, "SlowDown", String::new()),
        1 => Fault::CutAfter,
        2 => Fault::CutBefore,
        _ => Fault::None,
    };
    let Some(store) = store else { return };
    let Some(published) = Published::of(store, faults) else { return };
    let project = &published.project;
    for n in 0..20 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    project.write("static/n1.txt", "text\n");
    let started = Instant::now();
    published.publishes("publish");
    let longest = u64::try_from(started.elapsed().as_millis()).unwrap();
    let (mut interrupted, mut parts) = (0, 0);
    // A run may be over before it is killed; of all of them one must not.
    let mut all = 0..10 * kills;
    while let Some(kill) = all.next().filter(|kill| *kill < kills || interrupted == 0) {
        project.write(
            "config.toml",
            project.read("config.toml").replacen("\"Letters", &format!("\"Letters {kill}"), 1),
        );
        let moved = project.path(&format!("static/n{}.txt", kill % 3));
        fs::remove_file(&moved).unwrap_or_else(|_| fs::write(&moved, "text\n").unwrap());
        project.succeeds("build --no-ingest");
        let mut child =
            published.command("publish --no-build --quiet").stderr(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_micros(chance(kill) % (longest * 700));
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            if store.is_azure {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            let seen = published.seen();
            for (path, bytes) in seen.iter().filter(|(path, _)| path.ends_with(".html")) {
                let page = String::from_utf8_lossy(bytes);
                assert!(!page.is_empty(), "{path}");
                for part in needed(&page) {
                    parts += 1;
                    assert!(seen.contains_key(part), "`{path}` lacks `{part}`");
                }
            }
        }
        interrupted += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        published.publishes("publish --no-build");
        assert_eq!(published.seen(), published.site(), "after kill {kill}");
    }
    assert!(parts > 0 || store.is_azure, "nobody looked");
    assert!(interrupted > 0, "no run was under way when it was killed");
}

#[test]
fn a_bucket_is_completed_when_its_publisher_was_killed() {
    is_right_after_kills(Store::get(), 6);
}

#[test]
#[ignore = "takes minutes: `cargo test --test cli killed -- --ignored`"]
fn a_bucket_is_completed_whenever_its_publisher_is_killed() {
    is_right_after_kills(Store::get(), kills());
}

#[test]
fn ctrl_c_ends_a_publication_that_the_next_run_completes() {
    let slow = |_: u64, head: &str| {
        if head.contains(".html ") {
            std::thread::sleep(Duration::from_millis(100));
        }
        Fault::None
    };
    let Some(published) = Published::new(slow) else { return };
    let mut child = published.command("publish").stderr(Stdio::piped()).spawn().unwrap();
    eventually("pages are sent", || {
        published.network.asked().iter().any(|line| line.contains(".html ")).then_some(())
    });
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
}
