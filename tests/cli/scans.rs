//! Page images and PDFs: beside the text whose pages they show, or documents that are not transcribed yet.

use super::project::{CONFIG, Project};
use super::serve::Server;

const LETTER: &str = "14 March 1921\n\nDear Miss Harland,\n\nThe room above the bakery is dry and can be heated.\n\n\
    Yours sincerely,\n\nThomas Wardle\n";

/// A JPEG of 32 × 64 pixels in which a camera wrote where it was.
pub(super) fn jpeg() -> Vec<u8> {
    let pixels: Vec<u8> = (0..32 * 64).map(|k| (k % 251) as u8).collect();
    let bytes = encoded(&pixels, 32, 64, jpeg_encoder::ColorType::Luma);
    [&bytes[..2], b"\xFF\xE1\x00\x0EExif\0\0SECRET", &bytes[2..]].concat()
}

/// A page with words on it, as far as a test needs them.
pub(super) fn page(width: u16, height: u16) -> Vec<u8> {
    let (w, h) = (usize::from(width), usize::from(height));
    let is_ink = |x: usize, y: usize| y % 40 < 12 && x % 30 < 17 && x > w / 10 && y > h / 10;
    let pixel = |k: usize| if is_ink(k % w, k / w) { [50, 45, 60] } else { [238, 230, 208] };
    let pixels: Vec<u8> = (0..w * h).flat_map(pixel).collect();
    encoded(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
}

fn encoded(pixels: &[u8], width: u16, height: u16, colours: jpeg_encoder::ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 90).encode(pixels, width, height, colours).unwrap();
    bytes
}

/// The pixels of a JPEG, three bytes each.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    use zune_jpeg::zune_core::{
        bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions,
    };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().unwrap()
}

/// A page without the quotes of its attributes, some of which the minifier keeps.
fn unquoted(project: &Project, path: &str) -> String {
    project.read(path).replace('"', "")
}

/// The paths of JPEGs below a folder of the site, the original's not.
fn copies(project: &Project, folder: &str) -> Vec<String> {
    let files = project.files("public").into_keys();
    files.filter(|path| path.starts_with(folder) && path.ends_with(".jpg")).collect()
}

fn archive() -> Project {
    Project::new()
        .file("seeds/box/0042.txt", LETTER)
        .file("seeds/box/0042.jpg", jpeg())
        .file("seeds/box/0042 verso.JPG", jpeg())
        .file("seeds/box/0042.pdf", "%PDF-1.4\n%%EOF\n")
        .file("seeds/box/Bill of lading.jpg", jpeg())
        // Half of a picture: what is in it cannot be told.
        .file("seeds/box/half.jpg", &jpeg()[..60])
}

#[test]
fn scans_are_published_beside_their_text_without_secrets() {
    let project = archive();
    let told = project.succeeds("build");
    assert!(told.contains("`box/half.jpg` is damaged and is left out"), "{told}");
    let drafts = project.files("content/documents");
    assert_eq!(drafts.len(), 3, "{:?}", drafts.keys());
    let letter = drafts.iter().find(|(name, _)| name.starts_with("1921")).unwrap();
    let letter = String::from_utf8_lossy(letter.1);
    let files = "files = [\"box/0042.jpg\", \"box/0042.pdf\", \"box/0042 verso.JPG\"]";
    assert!(letter.contains(files), "{letter}");
    let site = project.files("public");
    let page =
        site.keys().find(|p| p.contains("1921-03-14") && p.ends_with("files/0042.jpg")).unwrap();
    let folder = page.strip_suffix("0042.jpg").unwrap();
    assert!(site.contains_key(&format!("{folder}0042-verso.jpg")), "{:?}", site.keys());
    assert_eq!(site[&format!("{folder}0042.pdf")], b"%PDF-1.4\n%%EOF\n");
    let text = String::from_utf8_lossy(&site[&folder.replace("files/", "index.html")]).into_owned();
    assert!(
        text.contains("width=32 height=64") || text.contains("width=\"32\" height=\"64\""),
        "{text}"
    );
    assert!(text.contains("PDF, ") && text.contains("loading=lazy"), "{text}");
    for (path, bytes) in &site {
        assert!(!bytes.windows(6).any(|w| w == b"SECRET"), "{path}");
    }
    assert!(project.succeeds("check").contains("no error in 3 documents"));
    assert!(project.succeeds("build").contains(" 0 written"));
    let server = Server::start(&project);
    assert_eq!(server.get(&format!("/{page}")).status, 200);
    assert!(
        server.get(&format!("/{folder}0042.pdf")).head.to_lowercase().contains("application/pdf")
    );
}

#[test]
fn a_scan_without_a_text_waits_for_one() {
    let project = Project::new().file("seeds/Bill of lading.jpg", jpeg());
    project.succeeds("build");
    let page = "documents/bill-of-lading";
    insta::assert_snapshot!(project.read("content/documents/bill-of-lading.md"));
    let shown = project.read(&format!("public/{page}/index.html"));
    assert!(shown.contains("This document has not been transcribed yet."), "{shown}");
    assert!(project.path(&format!("public/{page}/files/bill-of-lading.jpg")).exists());
    // Its text comes later: the document, and its address, stay.
    project.write("seeds/Bill of lading.txt", LETTER);
    let told = project.succeeds("build");
    assert!(!told.contains("is gone"), "{told}");
    assert_eq!(project.files("content/documents").len(), 1);
    let draft = project.read("content/documents/bill-of-lading.md");
    assert!(draft.contains("seed = \"Bill of lading.txt\""), "{draft}");
    assert!(project.read(&format!("public/{page}/index.html")).contains("bakery"));
    assert!(project.succeeds("ingest").contains("nothing to change"));
}

#[test]
fn a_row_describes_scans() {
    let table = "title,date,files\nA map,1930,\"map back.jpg; map.jpg\"\nA plan,1931,plan\n";
    let project = Project::empty()
        .file("config.toml", format!("{CONFIG}[ingest]\ntables = [\"list.csv\"]\n"))
        .file("seeds/list.csv", table)
        .file("seeds/map.jpg", jpeg())
        .file("seeds/map back.jpg", jpeg())
        .file("seeds/plan.jpg", jpeg());
    let told = project.succeeds("ingest");
    assert!(told.contains("2 rows, 2 with a text or scans"), "{told}");
    let map = project.read("content/documents/1930-a-map.md");
    assert!(map.contains("files = [\"map back.jpg\", \"map.jpg\"]"), "{map}");
    assert!(project.read("content/documents/1931-a-plan.md").contains("files = [\"plan.jpg\"]"));
    insta::assert_snapshot!(project.fails("ingest --explain plan.jpg"));
    assert_eq!(project.files("content/documents").len(), 2);
}

#[test]
fn scans_that_a_person_described_get_no_draft() {
    let front = "+++\ntitle = \"A bill\"\nfiles = [\"IMG_1.jpg\", \"IMG_2.jpg\"]\n+++\n";
    let project = Project::new()
        .file("content/documents/bill.md", front)
        .file("seeds/IMG_1.jpg", jpeg())
        .file("seeds/IMG_2.jpg", jpeg());
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 1);
    // Nor does one come back that somebody gave another name.
    project.write("seeds/IMG_3.jpg", jpeg());
    project.succeeds("build");
    let draft = project.read("content/documents/img-3.md");
    std::fs::remove_file(project.path("content/documents/img-3.md")).unwrap();
    project.write("content/documents/receipt.md", draft);
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 2);
}

#[test]
fn files_that_cannot_be_shown_are_told() {
    let front =
        "+++\ntitle = \"A map\"\nfiles = [\"map.jpg\", \"../config.toml\", \"a.txt\"]\n+++\n";
    let project =
        Project::new().file("content/documents/map.md", front).file("seeds/a.txt", LETTER);
    insta::assert_snapshot!(project.succeeds("build --no-ingest"));
    assert!(!project.path("public/documents/map/files").exists());
}

#[test]
fn a_file_of_a_hidden_document_is_nowhere() {
    let front = "+++\ntitle = \"A chart\"\ndraft = true\nfiles = [\"chart.jpg\"]\n+++\n";
    let project = Project::with_letter()
        .file("content/documents/chart.md", front)
        .file("seeds/chart.jpg", jpeg());
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 2);
    assert!(!project.files("public").keys().any(|path| path.contains("chart")));
}

#[test]
fn copies_are_made_once_and_pages_show_them() {
    let front = "+++\ntitle = \"A map\"\nfiles = [\"map.jpg\", \"map back.jpg\"]\n+++\n";
    let project = Project::new()
        .file("content/documents/map.md", front)
        .file("seeds/map.jpg", page(700, 1000))
        .file("seeds/map back.jpg", page(1900, 1000));
    project.succeeds("build");
    let folder = "documents/map/";
    let made = copies(&project, folder);
    let sized = made.iter().filter(|path| path.contains("-jpg-"));
    let sizes: Vec<&str> = sized.filter_map(|path| path.rsplit('-').nth(1)).collect();
    assert_eq!(made.len(), 7, "{made:?}");
    assert_eq!(sizes, ["1600", "320", "1000", "320"], "{made:?}");
    let shown = unquoted(&project, "public/documents/map/index.html");
    for part in [
        "id=page-1",
        "id=page-2",
        " 224w,",
        "loading=lazy",
        "width=224 height=320",
        "2 page images",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    for path in &made {
        let is_shown = shown.contains(&format!("/{path}"));
        assert!(is_shown || path.ends_with("thumbnail.jpg"), "{path}");
    }
    assert!(shown.contains(
        "property=og:image content=https://example.org/documents/map/files/map-jpg-1000-"
    ));
    assert!(project.read("public/documents/index.html").contains("/documents/map/thumbnail.jpg"));
    // What is seen before anything is opened: the page and one small image of each scan.
    let small = made.iter().filter(|path| path.contains("-320-"));
    let weight: usize = small.map(|path| project.files("public")[path].len()).sum();
    assert!(weight + shown.len() < 60_000, "{weight} + {}", shown.len());
    // Nothing is decoded twice: what is kept is believed.
    let kept = project.files(".fonds/images");
    assert_eq!(kept.len(), 2);
    let before = project.files("public");
    assert!(project.succeeds("build").contains(" 0 written"));
    assert_eq!(project.files(".fonds/images"), kept);
    // What is damaged is made again, with the same bytes.
    let name = kept.keys().next().unwrap();
    project
        .write(&format!(".fonds/images/{name}"), b"no copies at all, but long enough for a hash");
    project.succeeds("build");
    assert_eq!(project.files("public"), before);
    assert_eq!(project.files(".fonds/images"), kept);
    assert!(project.succeeds("check").contains("no error in 1 document"));
}

#[test]
fn copies_do_not_depend_on_threads_and_can_be_turned_off() {
    let project =
        Project::new().file("seeds/a.jpg", page(900, 1200)).file("seeds/b.jpg", page(400, 300));
    let site = |threads: &str| {
        let run = project.command("build").env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(run.status.success());
        let site = project.files("public");
        std::fs::remove_dir_all(project.path("public")).unwrap();
        std::fs::remove_dir_all(project.path(".fonds")).unwrap();
        site
    };
    let one = site("1");
    assert_eq!(one, site("4"));
    assert!(one.keys().any(|path| path.contains("-320-")));
    project.write("config.toml", format!("{CONFIG}[images]\ncopies = false\n"));
    project.succeeds("build");
    let plain = copies(&project, "");
    assert_eq!(plain, ["documents/a/files/a.jpg", "documents/b/files/b.jpg"]);
    assert!(
        unquoted(&project, "public/documents/a/index.html")
            .contains("src=/documents/a/files/a.jpg")
    );
}

#[test]
fn an_image_that_is_too_large_is_named() {
    let mut bomb = page(64, 64);
    let frame = bomb.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    let project = Project::new().file("seeds/bomb.jpg", bomb).file("seeds/small.jpg", page(64, 64));
    let told = project.succeeds("build");
    assert!(
        told.contains("60000 × 60000 pixels, more than the 200 million of `megapixels`"),
        "{told}"
    );
    assert!(!told.contains("small.jpg"), "{told}");
}

/// The red words of a page are withheld, and the letter's text is elsewhere.
#[test]
fn what_is_withheld_of_a_page_is_in_no_pixel() {
    let (width, height) = (400_usize, 600_usize);
    let is_red = |k: usize| (100..200).contains(&(k % width)) && (300..340).contains(&(k / width));
    let pixel = |k: usize| if is_red(k) { [230, 20, 20] } else { [235, 235, 230] };
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 400, 600);
    encoder.set_color(png::ColorType::Rgb);
    encoder.add_text_chunk("Author".into(), "SECRET".into()).unwrap();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    let front = "+++\ntitle = \"A bill\"\nfiles = [\"bill.png\", \"bill p2.png\"]\n";
    let table = |rest: &str| {
        format!(
            "{front}[[withheld]]\nfile = \"bill.png\"\n{rest}reason = \"a child is named\"\n+++\n"
        )
    };
    let project = Project::new()
        .file("content/documents/bill.md", format!("{front}+++\n"))
        .file("seeds/bill.png", &png)
        .file("seeds/bill p2.png", &png);
    let is_seen = |path: &String| {
        let pixels = decoded(&project.files("public")[path]);
        pixels.chunks(3).any(|p| p[0] > p[1].saturating_add(60))
    };
    project.succeeds("build --no-ingest");
    // Otherwise the test would find nothing in any case.
    assert!(copies(&project, "documents/bill/files/bill-png").iter().all(is_seen));
    let region = "region = [90, 290, 120, 60]\n";
    project.write("content/documents/bill.md", table(region));
    project.succeeds("build --no-ingest");
    let left = copies(&project, "documents/bill/files/bill-png");
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(!left.iter().any(is_seen), "{left:?}");
    // The other page is shown, and of this one there is neither the original nor its checksum in a name.
    assert!(copies(&project, "documents/bill/files/bill-p2-png").iter().all(is_seen));
    let site = project.files("public");
    assert!(site.contains_key("documents/bill/files/bill-p2.png"));
    assert!(!site.contains_key("documents/bill/files/bill.png"));
    assert!(!site.contains_key("documents/bill/thumbnail.jpg"));
    for (path, bytes) in &site {
        assert!(!bytes.windows(6).any(|w| w == b"SECRET"), "{path}");
    }
    let shown = project.read("public/documents/bill/index.html");
    assert!(shown.contains("[Withheld: a child is named]"), "{shown}");
    // A whole page; a page that is not there; a region that is not on it.
    project.write("content/documents/bill.md", table("page = 1\n"));
    project.succeeds("build --no-ingest");
    assert!(copies(&project, "documents/bill/files/bill-png").is_empty());
    let shown = project.read("public/documents/bill/index.html");
    assert!(shown.contains("Some page images or files are not shown"), "{shown}");
    project.write("content/documents/bill.md", table("page = 2\n"));
    assert!(project.fails("build --no-ingest").contains("page 2 of `bill.png` is withheld"));
    project.write("content/documents/bill.md", table("region = [400, 0, 5, 5]\n"));
    assert!(project.fails("check").contains("is outside of the image"));
    project.write("content/documents/bill.md", table(region).replace("file = \"bill.png\"\n", ""));
    assert!(project.fails("check").contains("does not say of which file the page is"));
}

/// Words of the text are withheld without a word on where the image shows them.
#[test]
fn a_painted_image_is_published_only_if_all_that_is_withheld_is_placed() {
    let front = "+++\ntitle = \"A bill\"\nfiles = [\"bill.jpg\"]\n[source]\nseed = \"bill.txt\"\nlines = [1, 3]\n";
    let line = "[[withheld]]\nlines = [2, 2]\nreason = \"a name\"\n";
    let place = "region = [10, 10, 50, 20]\n";
    let project = Project::new()
        .file("seeds/bill.txt", "A bill\nof Ann Roe\nfor coal\n")
        .file("seeds/bill.jpg", page(300, 400));
    let images = |table: &str, text: &str| {
        project.write("content/documents/bill.md", format!("{front}{table}+++\n\n{text}\n"));
        project.succeeds("build --no-ingest");
        copies(&project, "documents/bill/").len()
    };
    assert_eq!(images("", "A bill of Ann Roe for coal"), 4);
    assert_eq!(images(line, "A bill for coal"), 0);
    assert_eq!(images(&line.replace("reason", &format!("{place}reason")), "A bill for coal"), 2);
    assert_eq!(images("", "A bill of [withheld: a name] for coal"), 1);
    let both = format!("{line}[[withheld]]\n{place}reason = \"a name\"\n");
    assert_eq!(images(&both, "A bill for coal"), 0);
}

#[test]
fn every_page_of_a_text_leads_to_its_image() {
    let text = "14 March 1921\n\nDear Miss Harland,\n\nThe room above the bakery is dry and can be heated.\n\n\u{C}We ask the society to \
        meet there in the spring, when the hall is let to others.\n\nYours sincerely,\n\nThomas Wardle\n";
    let project = Project::new()
        .file("seeds/0042.txt", text)
        .file("seeds/0042 p1.jpg", page(400, 600))
        .file("seeds/0042 p2.jpg", page(400, 600));
    project.succeeds("build");
    let site = project.files("public");
    let path =
        site.keys().find(|p| p.contains("1921-03-14") && p.ends_with("/index.html")).unwrap();
    let shown = unquoted(&project, &format!("public/{path}"));
    let from = |page: &str| {
        let item = shown.split(&format!("<li id={page} ")).nth(1).unwrap();
        item.split("data-from=").nth(1).unwrap().split([' ', '>']).next().unwrap().to_owned()
    };
    let second = format!("id={}", from("page-2"));
    let paragraph = shown.split(&second).nth(1).unwrap();
    assert!(paragraph.split("</p>").next().unwrap().contains("We ask the society"), "{paragraph}");
    assert!(shown.contains(&format!("id={}", from("page-1"))));
}

/// What the two specifications of IIIF demand of what is written here.
#[test]
fn a_manifest_names_images_that_are_there() {
    let front = "+++\ntitle = \"지도\"\nlanguage = \"ko\"\ndate = \"1921\"\nrights = \"https://creativecommons.org/publicdomain/mark/1.0/\"\nfiles = [\"map.jpg\", \"back.jpg\"]\n+++\n";
    let config = format!("{CONFIG}[outputs]\niiif = true\niiif_tiles = true\n");
    let project = Project::empty()
        .file("config.toml", &config)
        .file("content/documents/map.md", front)
        .file("seeds/map.jpg", page(700, 1000))
        .file("seeds/back.jpg", page(1900, 1003));
    project.succeeds("build");
    let site = project.files("public");
    let read = |address: &str| -> serde_json::Value {
        let path = address.strip_prefix("https://example.org/").unwrap();
        serde_json::from_slice(&site[path]).unwrap()
    };
    let manifest = read("https://example.org/documents/map/manifest.json");
    assert_eq!(manifest["@context"], "http://iiif.io/api/presentation/3/context.json");
    assert_eq!(manifest["type"], "Manifest");
    assert_eq!(manifest["id"], "https://example.org/documents/map/manifest.json");
    assert_eq!(manifest["label"]["ko"][0], "지도");
    assert_eq!(manifest["rights"], "http://creativecommons.org/publicdomain/mark/1.0/");
    assert_eq!(manifest["homepage"][0]["type"], "Text");
    assert!(
        manifest["metadata"]
            .as_array()
            .unwrap()
            .iter()
            .all(|fact| fact["label"].is_object() && fact["value"].is_object())
    );
    let canvases = manifest["items"].as_array().unwrap();
    assert_eq!(canvases.len(), 2);
    for (canvas, size) in canvases.iter().zip([(700, 1000), (1900, 1003)]) {
        assert_eq!(canvas["type"], "Canvas");
        assert_eq!((&canvas["width"], &canvas["height"]), (&size.0.into(), &size.1.into()));
        let annotations = &canvas["items"][0];
        assert_eq!(annotations["type"], "AnnotationPage");
        let annotation = &annotations["items"][0];
        assert_eq!(
            (annotation["type"].as_str(), annotation["motivation"].as_str()),
            (Some("Annotation"), Some("painting"))
        );
        assert_eq!(annotation["target"], canvas["id"]);
        let body = &annotation["body"];
        assert_eq!(
            (body["type"].as_str(), body["format"].as_str()),
            (Some("Image"), Some("image/jpeg"))
        );
        let service = &body["service"][0];
        assert_eq!(
            (service["type"].as_str(), service["profile"].as_str()),
            (Some("ImageService3"), Some("level0"))
        );
        let address = service["id"].as_str().unwrap();
        let info = read(&format!("{address}/info.json"));
        assert_eq!(info["id"], address);
        assert_eq!(info["@context"], "http://iiif.io/api/image/3/context.json");
        assert_eq!(
            (info["protocol"].as_str(), info["profile"].as_str()),
            (Some("http://iiif.io/api/image"), Some("level0"))
        );
        assert_eq!((&info["width"], &info["height"]), (&canvas["width"], &canvas["height"]));
        let image = |size: &str, width: &serde_json::Value| {
            let path = format!("{address}/full/{size}/0/default.jpg");
            let bytes = &site[path.strip_prefix("https://example.org/").unwrap()];
            let frame = bytes.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
            assert_eq!(u64::from(u16::from_be_bytes([bytes[frame + 7], bytes[frame + 8]])), *width);
        };
        image("90,", &serde_json::json!(90));
        for size in info["sizes"].as_array().unwrap() {
            image(&format!("{},{}", size["width"], size["height"]), &size["width"]);
        }
        image("max", &info["maxWidth"]);
        // Every piece that a viewer may ask for.
        let tiles = &info["tiles"][0];
        assert_eq!((&tiles["width"], &tiles["height"]), (&512.into(), &512.into()));
        let factors = tiles["scaleFactors"].as_array().unwrap();
        let (width, height) = size;
        for factor in factors.iter().map(|factor| factor.as_u64().unwrap() as usize) {
            for x in (0..width).step_by(512 * factor) {
                for y in (0..height).step_by(512 * factor) {
                    let (w, h) = ((512 * factor).min(width - x), (512 * factor).min(height - y));
                    let (wide, high) = (w.div_ceil(factor), h.div_ceil(factor));
                    let path = format!("{address}/{x},{y},{w},{h}/{wide},{high}/0/default.jpg");
                    let path = path.strip_prefix("https://example.org/").unwrap();
                    assert!(site.contains_key(path), "{path}");
                }
            }
        }
        assert!(factors.len() >= 2, "{factors:?}");
        assert_eq!(body["width"], info["maxWidth"]);
    }
    assert!(
        project.read("public/documents/map/index.html").contains("/documents/map/manifest.json")
    );
    assert!(project.succeeds("check").contains("no error in 1 document"));
    let server = Server::start(&project);
    assert_eq!(server.get("/documents/map/manifest.json").status, 200);
    let image = site.keys().find(|path| path.contains("/iiif/") && path.ends_with(".jpg")).unwrap();
    assert_eq!(server.get(&format!("/{image}")).status, 200);
}
