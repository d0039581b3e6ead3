//! A build of a large archive after edits: it writes few files, and the site is that of a whole build.

use std::fs;

use super::project::Project;

const WORDS: [&str; 12] = [
    "room", "dry", "heated", "the", "of", "bakery", "letter", "rights", "서한", "answer", "coal",
    "Wardle",
];

/// Sentences that differ from number to number, the first ones long enough for an excerpt.
fn text(number: usize) -> String {
    let word = |at: usize| WORDS[(number * 7 + at * (number % 5 + 1)) % WORDS.len()];
    let sentence = |start: usize| {
        let words: Vec<&str> = (start..start + 14).map(word).collect();
        format!("On {} and word{number}.", words.join(" "))
    };
    let paragraphs: Vec<String> =
        (0..2).map(|p| [sentence(p), sentence(p + 9)].join(" ")).collect();
    paragraphs.join("\n\n")
}

fn letter(number: usize) -> String {
    let (day, society) = (number % 28 + 1, number % 7);
    format!(
        "+++\ntitle = \"Letter {number}\"\ndate = \"2014-03-{day:02}\"\nkind = \"letter\"\n\
         creators = [{{ person = \"Edith Harland\", organization = \"Society {society}\" }}]\n+++\n\n{}\n",
        text(number)
    )
}

fn path(number: usize) -> String {
    format!("content/documents/{number:04}.md")
}

const SEED: &str = "14 March 1921\n\nDear Sir,\n\nThe room is dry, and the coal has come.\n\n\
                    It can be heated in an hour.\n\nYours faithfully,\n\nEdith Harland\n";

/// Documents of which a build keeps its work, and so many that the search index has two shards.
const SOME: usize = 110;
const MANY: usize = 1030;

fn archive(documents: usize) -> Project {
    let record = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nFounded in 1890.\n");
    let mut project = Project::new()
        .file("seeds/a.txt", SEED)
        .file("content/index.md", "+++\ntitle = \"Letters\"\n+++\n\nWelcome.\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nOf the archive.\n")
        .file("content/organizations/society-3.md", record("Society 3"))
        .file("content/people/edith-harland.md", record("Edith Harland"));
    for number in 0..documents {
        project = project.file(&path(number), letter(number));
    }
    project
}

impl Project {
    /// Puts something in the place of a text that a file holds.
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path}: {text}");
        self.write(path, text.replace(old, new));
    }

    /// Builds, and says how many files were written. The site must be that of a build which knows of none before.
    fn written(&self) -> usize {
        let told = self.succeeds("build");
        let whole = format!("whole-{}", self.names().len());
        self.succeeds(&format!("build -o {whole}"));
        let (site, whole) = (self.files("public"), self.files(&whole));
        let differing =
            whole.keys().chain(site.keys()).filter(|path| site.get(*path) != whole.get(*path));
        assert_eq!(differing.collect::<Vec<_>>(), Vec::<&String>::new());
        let (before, _) = told.split_once(" written").expect("how many files were written");
        before.rsplit(' ').next().unwrap().parse().unwrap()
    }
}

#[test]
fn what_changed_texts_go_into_is_made_and_nothing_else() {
    let project = archive(SOME);
    assert!(project.written() > SOME);
    let seeded = project.files("content/documents");
    let seeded = seeded.keys().find(|name| name.len() > "0000.md".len()).unwrap();
    let seeded = format!("content/documents/{seeded}");
    let edits: [&dyn Fn(); 4] = [
        &|| {
            (3..SOME).step_by(12).for_each(|number| project.edit(&path(number), "word", "changed"));
        },
        &|| project.edit("content/organizations/society-3.md", "1890", "1891"),
        &|| {
            project.edit("content/index.md", "Welcome", "You are welcome");
            project.edit("content/pages/about.md", "archive", "letters");
            project.edit("content/people/edith-harland.md", "Founded", "Born");
        },
        &|| project.edit(&seeded, "an hour", "two hours"),
    ];
    for (number, edit) in edits.into_iter().enumerate() {
        // Short of the excerpt, which lists show, a text is on its own page.
        edit();
        let written = project.written();
        assert!((1..60).contains(&written), "edit {number}: {written} files");
    }
    assert!(project.succeeds("build").contains("nothing has changed"));
}

#[test]
fn of_two_shards_of_the_index_the_one_with_the_edit_is_made() {
    let project = archive(MANY);
    assert!(project.written() > MANY);
    let sentence = "\n\nA wholly new unmistakable sentence. On";
    project.edit(&path(7), "\n\nOn", sentence);
    let written = project.written();
    assert!((1..40).contains(&written), "{written}");
    project.edit(&path(1029), "word1029.\n", "word1029.\n\n> Quoted[^1]\n\n[^1]: A note.\n");
    let written = project.written();
    assert!((1..40).contains(&written), "{written}");
}

#[test]
fn what_shows_an_edit_is_made_and_nothing_else() {
    let project = archive(SOME);
    let about = project.read("content/pages/about.md");
    project.write("content/pages/about.md", about + "\n[A letter](../documents/0040.md)\n");
    project.edit(&path(30), "word30", "word30, as [said before](0029.md),");
    project.edit(&path(21), "kind = ", "in_reply_to = \"0020\"\nkind = ");
    let all = project.written();
    let other = "{ organization = \"Society 2\" }, { person = \"Walter Miles\" }";
    // Each page of a letter says how many there are of its year and kind.
    let (few, any) = (70, all);
    let edits: [(usize, &dyn Fn()); 16] = [
        (few, &|| project.edit(&path(7), "Letter 7\"", "Letter of another title\"")),
        (few, &|| project.edit(&path(8), "+++\n\nOn", "+++\n\nA new first sentence. On")),
        (0, &|| project.edit(&path(9), "kind = \"letter\"", "kind = \"letter\" # a remark")),
        (130, &|| project.edit(&path(10), "2014-03-11", "2014-03-02")),
        (any, &|| project.edit(&path(10), "2014-03-02", "2013")),
        (any, &|| project.edit(&path(10), "date = \"2013\"\n", "")),
        (130, &|| project.edit(&path(12), "creators = [", &format!("creators = [{other}, "))),
        (any, &|| project.edit(&path(13), "\"letter\"", "\"memorandum\"")),
        // One that a page links to by the name of its file, and one that is answered.
        (few, &|| project.edit(&path(40), "kind = ", "slug = \"forty\"\nkind = ")),
        (few, &|| project.edit(&path(20), "Letter 20", "Question")),
        (any, &|| project.edit(&path(15), "kind = ", "draft = true\nkind = ")),
        (any, &|| project.edit(&path(15), "draft = true\n", "")),
        (any, &|| project.write("content/documents/new.md", letter(2000))),
        (any, &|| {
            let renamed = project.path("content/documents/renamed.md");
            fs::rename(project.path("content/documents/new.md"), renamed).unwrap();
        }),
        (any, &|| fs::remove_file(project.path("content/documents/renamed.md")).unwrap()),
        (all, &|| project.write("static/CNAME", "example.org\n")),
    ];
    for (number, (most, edit)) in edits.into_iter().enumerate() {
        edit();
        let written = project.written();
        assert!(written <= most, "edit {number}: {written} of {all} files");
    }
}

#[test]
fn what_every_page_shows_changes_all_of_them() {
    let project = archive(SOME);
    let all = project.written();
    let edits: [(usize, &dyn Fn()); 6] = [
        (20, &|| project.edit("content/organizations/society-3.md", "Society 3", "Society of 3")),
        // Citations name her, those beside lists among them.
        (3 * SOME, &|| {
            let sorted = "Harland\"\nsort_name = \"Harland, Edith\"";
            project.edit("content/people/edith-harland.md", "Harland\"", sorted);
        }),
        (all / 2, &|| project.edit("config.toml", "\"Letters\"", "\"All letters\"")),
        (0, &|| project.edit("config.toml", "\"All letters\"", "\"All letters\" # a remark")),
        // Pages, and none of the files beside them.
        (SOME, &|| {
            let footer = "{% extends \"builtin/base.html\" %}\n{% block foot %}New{% endblock %}\n";
            project.write("themes/default/templates/base.html", footer);
        }),
        (SOME, &|| {
            fs::remove_file(project.path("themes/default/templates/base.html")).unwrap();
        }),
    ];
    for (number, (least, edit)) in edits.into_iter().enumerate() {
        edit();
        let written = project.written();
        assert!(written >= least, "edit {number}: {written} of {all} files");
    }
    // With what was kept under other settings, nothing was mixed.
    project.edit(&path(7), "Letter 7\"", "Letter of another title\"");
    let written = project.written();
    assert!((1..70).contains(&written), "{written}");
}

#[test]
fn a_link_to_what_is_gone_is_found_on_a_page_that_did_not_change() {
    let project = archive(SOME);
    project.edit(&path(7), "word7.", "word7, [before](/documents/0008/).");
    project.succeeds("build");
    fs::remove_file(project.path(&path(8))).unwrap();
    let told = project.fails("build");
    assert!(told.contains("a link is dead") && told.contains(&path(7)), "{told}");
    project.edit(&path(7), ", [before](/documents/0008/).", ".");
    project.written();
}

#[test]
fn corrected_drafts_are_remembered_as_others_are() {
    let project = archive(SOME);
    project.written();
    let drafts = project.files("content/documents").into_keys();
    let draft = drafts.filter(|name| name.len() > "0000.md".len()).collect::<Vec<_>>();
    let draft = format!("content/documents/{}", draft[0]);
    let title = project.read(&draft);
    let title = title.lines().find(|line| line.starts_with("title = ")).unwrap();
    project.edit(&draft, title, "title = \"On the room\"");
    let written = project.written();
    assert!((1..70).contains(&written), "{written}");
    project.edit(&draft, "On the room", "Of the room");
    assert!((1..70).contains(&project.written()));
    project.edit("seeds/a.txt", "an hour", "two hours");
    project.succeeds("build");
    project.written();
}

#[test]
fn words_that_are_taken_out_of_a_text_leave_the_seed_at_once() {
    // Far behind the words that lists show, so that nothing but the text is different.
    let more = |word: &str| {
        let rest =
            format!("It can be heated in an hour, said Mrs {word} of the mill, if it must be.");
        SEED.replace("It can be heated in an hour.", &rest)
    };
    let second = more("Flourish").replace("14 March", "2 April");
    let project = archive(SOME).file("seeds/b.txt", format!("{}\n\n\n{second}", more("Coalman")));
    project.written();
    let draft = |word: &str| {
        let drafts = project.files("content/documents").into_keys();
        let mut paths = drafts.map(|name| format!("content/documents/{name}"));
        let of_seed = |path: &String| {
            let text = project.read(path);
            text.contains("seed = \"b.txt\"") && text.contains(word)
        };
        paths.find(of_seed).unwrap()
    };
    for word in ["Coalman", "Flourish"] {
        project.edit(&draft(word), &format!(", said Mrs {word} of the mill"), "");
        // The text, its source, the seed; of the other document its checksum, once; the index.
        let written = project.written();
        assert!((3..60).contains(&written), "{written}");
        assert!(!project.read("public/seeds/b.txt").contains(word));
    }
    assert!(project.read("public/seeds/b.txt").contains("the coal has come"));
}

#[test]
fn warnings_of_texts_that_did_not_change_are_told_again() {
    let project = archive(SOME);
    let nested = "nested too deeply";
    project.edit(&path(5), "\n\nOn", &format!("\n\n{} deep\n\nOn", "> ".repeat(120)));
    assert!(project.succeeds("build").contains(nested));
    project.edit(&path(6), "word6", "other");
    assert!(project.succeeds("build").contains(nested));
    project.edit(&path(5), &"> ".repeat(120), "");
    assert!(!project.succeeds("build").contains(nested));
}

#[test]
fn what_a_build_kept_may_be_lost_or_damaged() {
    let project = archive(SOME);
    project.succeeds("build");
    let files = project.files(".fonds").into_keys();
    let kept = files.filter(|name| name.contains(".shelf/") && !name.ends_with(".gitignore"));
    let all: Vec<String> = kept.map(|name| format!(".fonds/{name}")).collect();
    for part in ["cards-0", "shard-0", "made", "json"] {
        assert!(all.iter().any(|path| path.ends_with(&format!(".shelf/{part}"))), "{part}");
    }
    let remove = |path: &String| fs::remove_file(project.path(path)).unwrap();
    for (number, file) in all.iter().enumerate() {
        match number % 3 {
            0 => project.write(file, b""),
            1 => project.write(file, b"damaged"),
            _ => remove(file),
        }
        project.edit(&path(number + 20), "word", "other");
        project.written();
    }
    assert!(all.iter().all(|path| project.path(path).exists()), "kept no more");
    all.iter().for_each(remove);
    project.edit(&path(60), "word", "other");
    project.written();
}
