//! `fonds publish` to a container of Azure Blob Storage: of Azurite, which checks keys and signatures, over a network with
//! faults. What all object stores share is tried in `publish_s3`.

use std::collections::BTreeMap;
use std::process::Command;

use super::project::LETTER;
use super::publish_s3::{
    Published, date, is_right_after_kills, is_sent_in_order, with_faults, without_faults,
};
use super::publish_to::kills;
use super::store::{Fault, Store};

fn published(plan: impl Fn(u64, &str) -> Fault + Send + Sync + 'static) -> Option<Published> {
    Published::of(Store::azure()?, plan)
}

#[test]
fn a_container_gets_the_site_and_then_only_what_changed() {
    let Some(published) = published(without_faults) else { return };
    let (project, bucket) = (&published.project, &published.bucket);
    project.write("static/a b/Übersicht+1$.txt", "text\n");
    project.write("static/empty.txt", "");
    bucket.put("archive/mine.txt", "mine\n");
    bucket.put("other.txt", "others\n");
    let told = published.publishes("publish");
    let name = format!("the container `{}/archive`: ", bucket.name);
    assert!(told.starts_with(&name) && told.contains(" 0 changed), "), "{told}");
    let with_others = || {
        let mut site = published.site();
        site.insert("mine.txt".to_owned(), b"mine\n".to_vec());
        site.insert("other.txt".to_owned(), b"others\n".to_vec());
        site
    };
    assert_eq!(published.seen(), with_others());
    let objects = bucket.objects();
    let page = &objects["archive/documents/b/index.html"];
    assert_eq!(
        (page.media_type.as_str(), page.kept.as_str()),
        ("text/html; charset=utf-8", "no-cache")
    );
    let (_, style) = objects.iter().find(|(path, _)| path.ends_with(".css")).unwrap();
    assert_eq!(style.kept, "public, max-age=31536000, immutable");

    published.network.asked();
    assert!(published.publishes("publish").contains("nothing to send"));
    let asked = published.network.asked();
    assert_eq!(asked.len(), 6, "{asked:#?}");

    project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    let config = project.read("config.toml");
    project.write("config.toml", config + "[outputs]\nfeeds = false\n");
    published.publishes("publish");
    assert_eq!(published.seen(), with_others());
    is_sent_in_order(&published.network.asked());
}

#[test]
fn what_azure_cuts_off_or_puts_off_is_tried_again() {
    let Some(published) = published(with_faults) else { return };
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
    published.project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    published.publishes("publish");
    assert_eq!(published.seen(), published.site());
}

#[test]
fn wrong_keys_and_containers_of_azure_are_named_without_a_secret() {
    let Some(published) = published(without_faults) else { return };
    published.project.succeeds("build");
    let refused = |change: &dyn Fn(&mut Command)| {
        let mut command = published.command("publish --no-build");
        change(&mut command);
        let run = published.project.finish(command.output().unwrap());
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(!run.stderr.contains("aHVudGVyMg"), "{}", run.stderr);
        run.stderr
    };
    let told = refused(&|command| {
        command.env("AZURE_STORAGE_KEY", "aHVudGVyMg==");
    });
    assert!(
        told.contains("403 AuthorizationFailure") || told.contains("AuthenticationFailed"),
        "{told}"
    );
    let told = refused(&|command| {
        command.env_remove("AZURE_STORAGE_KEY");
    });
    assert!(told.contains("neither `AZURE_STORAGE_KEY` nor `AZURE_STORAGE_SAS_TOKEN`"), "{told}");
    let told = refused(&|command| {
        command.env_remove("AZURE_STORAGE_ACCOUNT");
    });
    assert!(told.contains("`AZURE_STORAGE_ACCOUNT` is not set"), "{told}");
    published.set("archive", "no-such-container", published.network.port);
    let told = refused(&|_| {});
    assert!(
        told.contains("404 ContainerNotFound") && told.contains("make the container"),
        "{told}"
    );
    assert_eq!(published.seen(), BTreeMap::new());
}

/// The container of a web site has a name that is no other's.
#[test]
fn a_token_of_azure_opens_the_container_of_a_web_site() {
    let Some(mut published) = published(without_faults) else { return };
    published.bucket = published.bucket.store.bucket_named("$web");
    published.set("archive", "$web", published.network.port);
    let token = published.bucket.token();
    let publish = |token: &str| {
        let mut command = published.command("publish");
        command.env_remove("AZURE_STORAGE_KEY").env("AZURE_STORAGE_SAS_TOKEN", token);
        published.project.finish(command.output().unwrap())
    };
    let run = publish(&token);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_eq!(published.seen(), published.site());
    let wrong = token.replace("sig=", "sig=x");
    let run = publish(&wrong);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("the store answers 403"), "{}", run.stderr);
    let secret = wrong.split("sig=").nth(1).unwrap();
    assert!(!run.stderr.contains(secret), "{}", run.stderr);
}

#[test]
fn a_clock_that_is_off_by_an_hour_is_no_hindrance_to_azure() {
    let plan = |_: u64, head: &str| {
        let stated = head.lines().find_map(|line| line.strip_prefix("x-ms-date: "));
        let hours: i64 = stated.unwrap()[17..19].parse().unwrap();
        let (time, date) = date(3_600);
        match hours == time / 3600 % 24 {
            true => Fault::None,
            false => Fault::Answer(403, "AuthenticationFailed", format!("date: {date}\r\n")),
        }
    };
    // Azurite would refuse that hour; with a token it does not look at the time.
    let Some(published) = published(plan) else { return };
    let token = published.bucket.token();
    let mut command = published.command("publish");
    command.env_remove("AZURE_STORAGE_KEY").env("AZURE_STORAGE_SAS_TOKEN", token);
    let run = published.project.finish(command.output().unwrap());
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_eq!(published.seen(), published.site());
}

#[test]
fn two_publishers_are_kept_apart_in_azure() {
    let Some(published) = published(without_faults) else { return };
    published.publishes("publish");
    let old = published.seen();
    published.bucket.put("archive/.fonds-lease/holder", "another machine\n");
    published.bucket.put("archive/.fonds-lease/paths", "index.html\ndocuments/gone/index.html\n");
    published.bucket.put("archive/index.html", "half");
    published.bucket.put("archive/documents/gone/index.html", "half");
    let run = published.run("publish");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("another publisher is at work"), "{}", run.stderr);
    published.publishes("publish --take-over");
    assert_eq!(published.seen(), old);
}

#[test]
fn a_container_is_completed_when_its_publisher_was_killed() {
    is_right_after_kills(Store::azure(), 4);
}

#[test]
#[ignore = "takes minutes: `cargo test --test cli killed -- --ignored`"]
fn a_container_is_completed_whenever_its_publisher_is_killed() {
    is_right_after_kills(Store::azure(), kills());
}
