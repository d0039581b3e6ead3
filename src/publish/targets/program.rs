//! Programs that are called: what they say is shown without secrets.

use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use super::TargetError;

/// Characters of what a program says that are shown.
const SHOWN: usize = 600;

/// Runs a program, with something to read; what it wrote, whatever its status.
pub(super) fn output(
    program: &'static str,
    command: &mut Command,
    input: &[u8],
) -> Result<Output, TargetError> {
    let fault = |e: std::io::Error| TargetError::Program {
        program,
        said: match e.kind() {
            ErrorKind::NotFound => "it is not installed".to_owned(),
            _ => e.to_string(),
        },
    };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).env("LC_ALL", "C");
    let mut child = command.spawn().map_err(fault)?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        // A program that reads little ends the pipe; what it lacks, it tells itself.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output().map_err(fault)
    })
}

/// Runs a program that must succeed; gives what it wrote.
pub(super) fn run(
    program: &'static str,
    command: &mut Command,
    input: &[u8],
) -> Result<Vec<u8>, TargetError> {
    let output = output(program, command, input)?;
    if output.status.success() { Ok(output.stdout) } else { Err(failure(program, &output)) }
}

/// The message for a run that failed.
pub(super) fn failure(program: &'static str, output: &Output) -> TargetError {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim();
    let said = match said.is_empty() {
        true => output.status.to_string(),
        false => without_secrets(said).chars().take(SHOWN).collect(),
    };
    TargetError::Program { program, said: crate::legible::legible(&said).into_owned() }
}

/// A text in which no address has a password: `https://name:…@host/`.
fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://").map(|at| at + 3) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end =
            rest.find(|c: char| c.is_whitespace() || "/'\"".contains(c)).unwrap_or(rest.len());
        if let Some(host) = rest[..end].rfind('@') {
            out.push('…');
            rest = &rest[host..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_shown_without_passwords() {
        let said = "fatal: 'https://me:hunter2@example.org/a.git' and ssh://x@y/z, http://a/b@c";
        let shown = "fatal: 'https://…@example.org/a.git' and ssh://…@y/z, http://a/b@c";
        assert_eq!(without_secrets(said), shown);
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_named() {
        let missing = run("fonds-none", &mut Command::new("fonds-none"), b"").unwrap_err();
        assert_eq!(missing.to_string(), "`fonds-none` failed: it is not installed");
        let mut shell = Command::new("sh");
        let failed =
            run("sh", shell.args(["-c", "cat >&2; exit 3"]), b"no such place").unwrap_err();
        assert_eq!(failed.to_string(), "`sh` failed: no such place");
    }
}
