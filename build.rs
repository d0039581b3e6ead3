//! Puts the files of the default theme into the program: a table of names and bytes, sorted by name. A program for
//! development reads them from the disk instead.
#![expect(clippy::disallowed_methods, reason = "reads the theme before there is a program")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const FOLDER: &str = "themes/default";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(theme_on_disk, exchanges_names, folders_by_handle)");
    let is_portable = env::var_os("CARGO_FEATURE_PORTABLE").is_some();
    let system = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if !is_portable && matches!(&*system, "linux" | "macos") {
        println!("cargo:rustc-cfg=exchanges_names");
    }
    if !is_portable && system == "linux" {
        println!("cargo:rustc-cfg=folders_by_handle");
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        println!("cargo:rustc-cfg=theme_on_disk");
        return;
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    find(&root.join(FOLDER), "", &mut files);
    files.sort();
    let mut table = String::from("&[\n");
    for (name, path) in &files {
        let path = path.display().to_string();
        let _ = writeln!(table, "    ({name:?}, include_bytes!({path:?})),");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("default_theme.rs"), table).expect("cargo's folder can be written");
}

/// Adds the files of a folder, by their names below the theme's.
fn find(folder: &Path, below: &str, files: &mut Vec<(String, PathBuf)>) {
    // A new file changes its folder.
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the theme is beside the program's code") {
        let entry = entry.expect("the theme can be read");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            find(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, entry.path()));
        }
    }
}
