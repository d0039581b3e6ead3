//! Links the program at a fixed address on Linux.
//!
//! The tables of languages and calendars inside it hold ten megabytes of addresses. A program that may be loaded
//! anywhere writes all of them anew whenever it starts: 2,800 pages of memory and 15 to 20 ms, before `--version` is
//! read. At a fixed address the linker writes them once. What is given up is that the place of the program's code is
//! chosen at random; the program has no unsafe code of its own.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
