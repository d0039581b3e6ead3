//! What users are told of faults in their files: every one, with its place and its remedy.

mod archives;

use super::project::{CONFIG, LETTER, Project, link};

/// The letter with one line of its front matter written anew.
fn letter_with(key: &str, line: &str) -> String {
    let old = LETTER.lines().find(|l| l.starts_with(&format!("{key} ="))).unwrap();
    LETTER.replace(old, line)
}

/// An archive whose one document has such a line.
fn with_line(key: &str, line: &str) -> Project {
    Project::new().file("content/documents/reading-room.md", letter_with(key, line))
}

/// An archive whose one document has one more line.
fn with_more(line: &str) -> Project {
    let text = LETTER.replacen("+++\n\n", &format!("{line}\n+++\n\n"), 1);
    Project::new().file("content/documents/reading-room.md", text)
}

#[test]
fn a_name_in_place_of_a_party() {
    insta::assert_snapshot!(with_line("creators", "creators = \"Edith\"").fails("build"));
}

#[test]
fn what_follows_from_an_error_is_no_warning() {
    let project = with_line("creators", "creators = \"Edith\"");
    project.write("config.toml", "title = \"Letters\"\nbase_url = \"example.org\"\n");
    let said = project.fails("check");
    assert!(
        said.contains("`creators` is a string") && said.contains("is not a base URL"),
        "{said}"
    );
    assert!(!said.contains("no creator") && !said.contains("is not set"), "{said}");
}

#[test]
fn an_archive_without_settings() {
    insta::assert_snapshot!(Project::empty().fails("build"));
}

#[test]
fn settings_that_are_no_toml() {
    let project = Project::empty().file("config.toml", "title = Letters\nbase_url \"x\"\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_base_url_that_is_none() {
    let project = Project::empty().file("config.toml", "base_url = \"example.org\"\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_setting_that_nobody_knows() {
    let project = Project::new().file("config.toml", "base_ulr = \"https://example.org\"\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn an_editor_that_opens_no_file() {
    let config = format!("{CONFIG}\n[serve]\neditor = \"code {{path}}\"\n");
    insta::assert_snapshot!(Project::empty().file("config.toml", config).fails("build"));
}

#[test]
fn front_matter_that_is_no_toml() {
    insta::assert_snapshot!(with_line("title", "title = Letter").fails("build"));
}

#[test]
fn yaml_between_the_fences_of_toml() {
    let project = Project::new()
        .file("content/documents/a.md", "+++\ntitle: A\ndate: 1921-02-30\n+++\n\nText.\n")
        .file("content/documents/b.md", "+++\ntitle = \"B\"\nlanguage: en\n+++\n\nText.\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn quotes_as_a_word_processor_sets_them() {
    let text = "+++\ntitle = “The Citizens’ Room”\nkind = letter\ndate = “1921”\n+++\n\nText.\n";
    let project = Project::new().file("content/documents/a.md", text);
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_broken_front_matter_hides_no_fault_of_another_file() {
    let project = Project::new()
        .file("content/documents/a.md", "+++\ntitle = \"A\n+++\n\nText.\n")
        .file("content/documents/b.md", format!("{LETTER}\n[a](../a/) and [c](../c/)\n"));
    let told = project.fails("check");
    assert!(told.contains(" --> content/documents/a.md:2:"), "{told}");
    assert!(told.contains("the site has no `documents/c/index.html`"), "{told}");
    assert!(!told.contains("`documents/a/index.html`"), "a link to what is broken: {told}");
}

#[test]
fn a_key_that_nobody_knows() {
    insta::assert_snapshot!(with_more("recipeints = []").fails("build"));
}

#[test]
fn a_date_that_is_none() {
    insta::assert_snapshot!(with_line("date", "date = \"14 March 1921\"").fails("build"));
    insta::assert_snapshot!(with_line("date", "date = \"1921-02-30\"").fails("build"));
}

#[test]
fn a_kind_that_nobody_knows() {
    insta::assert_snapshot!(with_line("kind", "kind = \"leter\"").fails("build"));
    insta::assert_snapshot!(with_line("kind", "kind = \"decree\"").fails("build"));
}

#[test]
fn a_party_without_a_name() {
    insta::assert_snapshot!(
        with_line("recipients", "recipients = [{ role = \"Secretary\" }]").fails("build")
    );
}

#[test]
fn a_slug_that_is_none() {
    insta::assert_snapshot!(with_more("slug = \"Reading Room\"").fails("build"));
}

#[test]
fn an_alias_that_is_none() {
    insta::assert_snapshot!(
        with_more("aliases = [\"https://old.org/a/\", \"/b/\"]").fails("build")
    );
}

#[test]
fn a_value_of_the_wrong_type() {
    insta::assert_snapshot!(with_line("title", "title = 1921").fails("build"));
}

#[test]
fn a_file_without_front_matter() {
    let project = Project::new().file("content/documents/a.md", "Dear Miss Harland,\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_front_matter_that_is_not_closed() {
    let project = Project::new().file("content/documents/a.md", "+++\ntitle = \"A\"\n\nText\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn front_matter_that_is_no_yaml() {
    let yaml = |front: &str| {
        let text = format!("---\n{front}---\n\nText\n");
        Project::new().file("content/documents/a.md", text).fails("build")
    };
    insta::assert_snapshot!(yaml("title: A: B\n"));
    insta::assert_snapshot!(yaml("title: A\ntopics: [7]\n"));
    insta::assert_snapshot!(yaml("- title\n"));
    insta::assert_snapshot!(yaml("title: A\n? [b]\n: c\n"));
}

#[test]
fn a_file_that_is_not_utf_8() {
    let text = [LETTER.as_bytes(), b"caf\xE9\n"].concat();
    let project = Project::new().file("content/documents/a.md", text);
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn two_documents_with_one_slug() {
    let project = Project::new()
        .file("content/documents/1921/reading-room.md", LETTER)
        .file("content/documents/1922/reading-room.md", LETTER);
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_symlink_that_leads_out_of_the_archive() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    let project = Project::with_letter();
    link(outside.path(), &project.path("content/documents/outside.md"));
    let message = project.fails("build").replace(outside.path().to_str().unwrap(), "[outside]");
    insta::assert_snapshot!(message);
}

#[test]
fn a_pipe_is_not_waited_for() {
    let project = Project::with_letter();
    let pipe = project.path("content/documents/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_folder_that_contains_itself() {
    let project = Project::with_letter();
    link(".", &project.path("content/documents/loop"));
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn a_name_that_is_no_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::with_letter();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.md");
    std::fs::write(project.path("content/documents").join(name), LETTER).unwrap();
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn faults_of_the_settings_hide_no_others() {
    let project = with_line("date", "date = \"14 March 1921\"")
        .file("config.toml", "base_url = \"example.org\"\n");
    let told = project.fails("build");
    assert!(told.contains("is not a base URL") && told.contains("is not an EDTF date"), "{told}");
}

#[test]
fn every_fault_of_one_run() {
    let project = Project::new()
        .file("content/documents/a.md", letter_with("date", "date = \"14 March 1921\""))
        .file("content/documents/b.md", "Dear Miss Harland,\n")
        .file("content/documents/c.md", letter_with("kind", "kind = \"leter\"\ntitel = \"C\""))
        .file("content/organizations/d.md", "+++\nalias = \"D\"\n+++\n")
        .file("content/pages/e.md", "+++\ntitle = \"E\"\nweight = \"first\"\n+++\n");
    link("/etc/hostname", &project.path("content/people/f.md"));
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn settings_of_a_theme_that_cannot_be() {
    let config = format!(
        "{CONFIG}\n[theme]\naccent = \"reddish\"\ndensity = \"tight\"\nlogo = \"logo.bmp\"\n"
    );
    insta::assert_snapshot!(Project::with_letter().file("config.toml", config).fails("build"));
}

#[test]
fn a_taxonomy_at_the_address_of_a_page() {
    let letter = LETTER.replacen("+++\n\n", "[taxonomies]\nrules = [\"One\"]\n+++\n\n", 1);
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}\n[taxonomies]\nrules = {{}}\n"))
        .file("content/documents/reading-room.md", letter)
        .file("content/pages/rules.md", "+++\ntitle = \"Rules\"\n+++\n\nBe quiet.\n");
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn what_is_withheld_of_pages_that_nobody_knows() {
    let keys = "files = [\"a.jpg\", \"b.jpg\"]\n[[withheld]]\npage = 1\nreason = \"a name\"\n\
        [[withheld]]\nfile = \"c.jpg\"\nreason = \"a name\"";
    insta::assert_snapshot!(with_more(keys).fails("build"));
}

#[test]
fn a_picture_larger_than_the_limit() {
    let mut large = super::scans::jpeg();
    let size = large.windows(4).position(|bytes| bytes == b"\0\x40\0\x20").unwrap();
    large[size..size + 4].copy_from_slice(b"\x0F\xA0\x0F\xA0");
    let project = with_more("files = [\"a.jpg\"]")
        .file("config.toml", format!("{CONFIG}\n[images]\nmegapixels = 1\n"))
        .file("seeds/a.jpg", large);
    insta::assert_snapshot!(project.succeeds("build"));
}

#[test]
fn pages_of_a_pdf_that_cannot_be_decoded() {
    let dict =
        "/Width 400 /Height 600 /ColorSpace [/Lab << /WhitePoint [1 1 1] >>] /BitsPerComponent 8";
    let pdf = super::pdf::writer::Pdf::new().picture(dict, b"x");
    let pdf = pdf.content("q 595 0 0 842 0 0 cm /P0 Do Q");
    let project = with_more("files = [\"a.pdf\"]").file("seeds/a.pdf", pdf.bytes());
    insta::assert_snapshot!(project.succeeds("build"));
}

#[test]
fn an_address_in_a_style_sheet_without_quotes() {
    let project = Project::with_letter()
        .file("config.toml", format!("theme = \"own\"\n{CONFIG}"))
        .file("themes/own/theme.toml", "name = \"own\"\n")
        .file("themes/own/static/seal.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("themes/own/styles/90-own.css", "h1 { background: url(seal.svg) }\n");
    insta::assert_snapshot!(project.fails("theme check"));
}
