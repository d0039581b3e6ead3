//! Starts the command line, nothing else.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    use_small_pages();
    fonds::cli::run()
}

/// Asks for memory in pages of 4 kB: those of 2 MB, of which most is not used, make a build take a fifth more
/// memory, and it is no faster. What cannot be had is not needed.
fn use_small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
