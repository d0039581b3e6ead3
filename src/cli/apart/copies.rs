//! Copies of the pages of a PDF, made in a process of its own: what is asked for and the PDF come in by stdin, a record for each
//! page goes out by stdout as soon as it is made.

use std::io::{Read, Write};
use std::process::Child;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{LATE, STACK, child, ended};
use crate::limits::Limit;
use crate::pdf::{self, Asked, Taker};
use crate::pictures::{Copies, Refusal};

/// The word that says that the process is to make copies of pages.
pub(super) const WORD: &str = "__copy-pdf-pages";

/// How large a record may be, in bytes.
const RECORD: u32 = 256 << 20;

/// How many pages of one file may end their process before the rest is given up.
const PATIENCE: usize = 3;

type Record = (usize, Result<Copies, Refusal>);

/// Makes the copies that stdin asks for.
pub(super) fn answered() -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    let coded = record(&mut input)?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let asked: Asked = postcard::from_bytes(&coded).map_err(std::io::Error::other)?;
    let begun = Instant::now();
    static LAST: AtomicU64 = AtomicU64::new(0);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let since = begun.elapsed().as_secs() - LAST.load(Ordering::Relaxed);
            if since > 2 * Limit::PdfSeconds.now() {
                std::process::exit(i32::from(LATE));
            }
        }
    });
    super::limit_memory_and(Limit::PdfSeconds.now().saturating_mul(asked.pages.len() as u64));
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut output = std::io::stdout().lock();
        let mut outcome = Ok(());
        pdf::copies_here(&bytes, &asked, &mut |page, made| {
            LAST.store(begun.elapsed().as_secs(), Ordering::Relaxed);
            if outcome.is_ok() {
                outcome = write(&mut output, &(page, made));
            }
        });
        outcome
    });
    // If there is no memory for its stack, there is none for the file.
    let worker = worker.map_err(|_| std::io::Error::from(std::io::ErrorKind::OutOfMemory))?;
    worker.join().unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into()))
}

/// Makes copies in a process of its own. If a page ends it, that page is refused, and the rest is asked for again.
pub(super) fn copies(bytes: &[u8], asked: &Asked, take: Taker<'_>) {
    let mut left = asked.clone();
    let mut failures = 0;
    while !left.pages.is_empty() {
        let Some(child) = child(WORD) else { return pdf::copies_here(bytes, &left, take) };
        let mut done = 0;
        let fault = asked_of(child, bytes, &left, &mut |page, made| {
            done += 1;
            take(page, made);
        });
        left.pages.drain(..done.min(left.pages.len()));
        if let Some(page) = left.pages.first().copied() {
            failures += 1;
            let why = match fault {
                Some(pdf::Fault::TooLarge) => "it takes too much time or memory",
                _ => "its decoder crashed",
            };
            let lost = if failures < PATIENCE { vec![page] } else { left.pages.clone() };
            left.pages.drain(..lost.len());
            for page in lost {
                take(page, Err(Refusal::Damaged(why.to_owned())));
            }
        }
    }
}

/// Asks one process; says why it ended early, if it did.
fn asked_of(mut child: Child, bytes: &[u8], asked: &Asked, take: Taker<'_>) -> Option<pdf::Fault> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        // A process that stops reading has answered, or is gone.
        scope.spawn(|| {
            input.map(|mut input| {
                write(&mut input, asked)?;
                input.write_all(bytes)
            })
        });
        let mut output = output?;
        for page in &asked.pages {
            let coded = record(&mut output).ok().flatten()?;
            let (number, made): Record = postcard::from_bytes(&coded).ok()?;
            if number != *page {
                return None;
            }
            take(number, made);
        }
        Some(())
    });
    ended(&mut child)
}

/// Writes a record behind its length.
fn write(output: &mut impl Write, value: &impl serde::Serialize) -> std::io::Result<()> {
    let coded = postcard::to_allocvec(value).map_err(std::io::Error::other)?;
    let length = u32::try_from(coded.len()).map_err(std::io::Error::other)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&coded)?;
    output.flush()
}

/// Reads a record; none if there is none.
fn record(input: &mut impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if input.read_exact(&mut length).is_err() {
        return Ok(None);
    }
    let length = u32::from_le_bytes(length);
    if length > RECORD {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut coded = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut coded)?;
    Ok((coded.len() == length as usize).then_some(coded))
}
