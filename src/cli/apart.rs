//! Reading PDFs in processes of their own, with limits of time and memory: a file that exhausts either, or the
//! stack, ends its process and is named, and nothing else is lost.
//!
//! The process is this program again, started with a word that is no command: the PDF comes in by stdin, what was read
//! goes out by stdout. Copies of its pages are made in the same way.

mod copies;

use std::io::{ErrorKind, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::limits::{Limit, Limits};
use crate::pdf::{self, Fault, Pdf};

/// The word that says that the process is to read one PDF.
const WORD: &str = "__read-pdf";

/// How much a process may answer, in bytes.
const ANSWER: u64 = 64 << 20;

/// The stack of the thread that reads.
const STACK: usize = 64 << 20;

type Answer = Result<Pdf, Fault>;

/// Lets PDFs be read in processes of their own from now on.
pub(super) fn install() {
    pdf::set_reader(read);
    pdf::set_copier(copies::copies);
}

/// Does what the process was started for, if it was started for a PDF.
pub(super) fn answer() -> Option<ExitCode> {
    let word = std::env::args_os().nth(1)?;
    let work = match word.to_str()? {
        WORD => answered,
        copies::WORD => copies::answered,
        _ => return None,
    };
    Limits::of_words(std::env::args().skip(2)).put_in_force();
    // What a library says of a broken file is of no use to people.
    std::panic::set_hook(Box::new(|_| {}));
    Some(match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::OutOfMemory => ExitCode::from(LATE),
        Err(_) => ExitCode::from(2),
    })
}

/// Reads the PDF that comes in by stdin.
fn answered() -> std::io::Result<()> {
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_secs(2 * Limit::PdfSeconds.now()));
        std::process::exit(i32::from(LATE));
    });
    limit_memory_and(Limit::PdfSeconds.now());
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let reader = std::thread::Builder::new().stack_size(STACK);
    // If there is no memory for its stack, there is none for the file.
    let reader = reader.spawn(move || pdf::read_here(&bytes));
    let reader = reader.map_err(|_| std::io::Error::from(ErrorKind::OutOfMemory))?;
    let answer: Answer = reader.join().unwrap_or(Err(Fault::Damaged));
    let coded = postcard::to_allocvec(&answer).map_err(std::io::Error::other)?;
    std::io::stdout().lock().write_all(&coded)
}

/// Sets the limits of this process, once its threads that watch are there: they need memory, too. By the clock it may take
/// twice as long as by the processor, since machines are busy.
#[cfg(unix)]
fn limit_memory_and(seconds: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let both = |most| Rlimit { current: Some(most), maximum: Some(most) };
    // A limit that a system does not know is not missed: the clock is watched too.
    let _ = setrlimit(Resource::Cpu, both(seconds));
    let _ = setrlimit(Resource::As, both(Limit::PdfMegabytes.bytes()));
    let _ = setrlimit(Resource::Core, both(0));
}

/// A system without such limits has the clock alone.
#[cfg(not(unix))]
fn limit_memory_and(_seconds: u64) {}

/// The status of a process that took too long, or has too little memory.
const LATE: u8 = 3;

/// Reads a PDF in a process of its own.
fn read(bytes: &[u8]) -> Answer {
    let Some(mut child) = child(WORD) else { return pdf::read_here(bytes) };
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut coded = Vec::new();
    std::thread::scope(|scope| {
        // A process that stops reading has answered, or is gone.
        scope.spawn(|| input.map(|mut input| input.write_all(bytes)));
        if let Some(output) = output {
            let _ = output.take(ANSWER).read_to_end(&mut coded);
        }
    });
    let ended = child.wait();
    match postcard::from_bytes(&coded) {
        Ok(answer) if ended.as_ref().is_ok_and(std::process::ExitStatus::success) => answer,
        _ => Err(ended.map_or(Fault::Damaged, why)),
    }
}

/// Why a process ended early, if it did.
fn ended(child: &mut std::process::Child) -> Option<Fault> {
    match child.wait() {
        Ok(status) if status.success() => None,
        Ok(status) => Some(why(status)),
        Err(_) => Some(Fault::Damaged),
    }
}

/// Why a process ended without an answer.
fn why(status: std::process::ExitStatus) -> Fault {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        // It was out of time (SIGXCPU, SIGKILL) or of memory (SIGABRT).
        const SPENT: [i32; 3] = [24, 9, 6];
        if status.signal().is_some_and(|signal| SPENT.contains(&signal)) {
            return Fault::TooLarge;
        }
    }
    if status.code() == Some(i32::from(LATE)) { Fault::TooLarge } else { Fault::Damaged }
}

/// Starts this program once more, with a word that says for what; none if that is not possible.
fn child(word: &str) -> Option<std::process::Child> {
    // The file may have been replaced since the program was started; the link leads to what runs.
    let own = if cfg!(target_os = "linux") {
        std::path::PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().ok()?
    };
    let started = |program: &std::path::Path| {
        let mut command = Command::new(program);
        command
            .arg(word)
            .args(Limits::now().words())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command.spawn().ok()
    };
    started(&own).or_else(|| started(&std::env::current_exe().ok()?))
}
