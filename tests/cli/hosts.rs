//! Files for hosts: headers, redirects, compressed forms, and what a host would refuse.

use super::attack::letter_with;
use super::project::{LETTER, Project};

#[test]
fn hosts_are_told_of_the_policy_the_encoding_of_texts_and_the_archive_as_a_whole() {
    let project = Project::with_letter();
    project.succeeds("build --base-url https://example.org/archive");
    insta::assert_snapshot!(project.read("public/_headers"));
    assert_eq!(project.read("public/.nojekyll"), "");
    let sitemap = "Sitemap: https://example.org/archive/sitemap.xml\n";
    assert!(project.read("public/robots.txt").ends_with(sitemap));
    assert!(project.path("public/404.html").exists());
    // What a feed or data would be, if there were none.
    let config = project.read("config.toml") + "[outputs]\nfeeds = false\ndata = false\n";
    project.write("config.toml", config);
    project.succeeds("build");
    assert!(!project.read("public/_headers").contains("Link:"));
}

#[test]
fn texts_are_compressed_if_a_setting_asks() {
    let project = Project::with_letter();
    project.succeeds("build");
    let plain = project.files("public");
    assert!(!plain.keys().any(|path| path.ends_with(".gz") || path.ends_with(".br")));
    let config = project.read("config.toml");
    project.write("config.toml", format!("{config}[outputs]\nprecompressed = true\n"));
    project.succeeds("build");
    let site = project.files("public");
    for path in ["index.html", "documents/reading-room/index.html", "data/datapackage.json"] {
        for end in ["gz", "br"] {
            let compressed = site.get(&format!("{path}.{end}"));
            assert!(compressed.is_some_and(|bytes| bytes.len() < site[path].len()), "{path}.{end}");
        }
    }
    assert!(!site.contains_key("_headers.gz") && !site.contains_key("404.html.gz.br"));
    project.succeeds("check");
    // No other file is another, and none is left when they are no longer asked for.
    let is_list = |path: &str| path.starts_with(".fonds") || path == "manifest-sha256.txt";
    let is_plain = |path: &str| !path.ends_with(".gz") && !path.ends_with(".br") && !is_list(path);
    for (path, bytes) in plain.iter().filter(|(path, _)| is_plain(path)) {
        assert_eq!(site.get(path), Some(bytes), "{path}");
    }
    project.write("config.toml", config);
    project.succeeds("build");
    assert!(!project.path("public/index.html.gz").exists());
}

#[test]
fn what_a_host_would_refuse_is_told_by_the_settings_or_its_name() {
    let aliases = |count: usize| {
        let list: Vec<String> = (0..count).map(|n| format!("\"/old/{n}/\"")).collect();
        letter_with(&format!("aliases = [{}]", list.join(", ")))
    };
    let project = Project::new().file("content/documents/a.md", aliases(1001));
    assert!(!project.succeeds("check").contains("GitLab"));
    let config = project.read("config.toml");
    project.write("config.toml", format!("{config}[check]\nhost = \"gitlab-pages\"\n"));
    let told = project.succeeds("check");
    assert!(
        told.contains("warning: `_redirects` has 1,001 lines, and GitLab Pages takes 1,000\n"),
        "{told}"
    );
    project.write("config.toml", config.replace("example.org", "harbour.gitlab.io"));
    assert!(project.succeeds("check").contains("GitLab Pages takes 1,000"));
    project.write("content/documents/a.md", LETTER);
    assert!(!project.succeeds("check").contains("GitLab"));
    project.write("config.toml", format!("{config}[check]\nhost = \"gitlab\"\n"));
    let told = project.fails("check");
    assert!(told.contains("`host` cannot be `gitlab`"), "{told}");
    assert!(told.contains("--> config.toml:4:8"), "{told}");
}

#[test]
fn a_cname_of_another_host_is_told() {
    let project = Project::with_letter().file("static/CNAME", "example.org\n");
    assert!(!project.succeeds("check").contains("CNAME"));
    project.write("static/CNAME", "letters.example.org\n");
    let told = project.succeeds("check");
    let fault =
        "warning: `CNAME` names `letters.example.org`, and `base_url` the host `example.org`";
    assert!(told.contains(fault), "{told}");
    project.succeeds("build");
    assert_eq!(project.read("public/CNAME"), "letters.example.org\n");
}

#[test]
fn a_host_that_nobody_knows() {
    let project = Project::new();
    let config = project.read("config.toml");
    project.write("config.toml", format!("{config}\n[check]\nhost = \"github\"\n"));
    insta::assert_snapshot!(project.fails("check"));
}
