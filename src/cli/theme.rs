//! `fonds theme`: what a theme's maker needs: the default theme's files, and a check of all templates.

mod sample;

use clap::{Args, Subcommand};

use super::inputs::Opened;
use super::words::counted;
use super::{Done, Failure, Global, Terminal};
use crate::config::Config;
use crate::diagnostic::{Report, nearest};
use crate::files::MemoryFiles;
use crate::pipeline::{BuildOptions, Run};
use crate::render::theme;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// List the files of the default theme
    List,
    /// Copy a file of the default theme into the archive's theme, to change it there
    Eject {
        /// Such as `document.html`, `styles/00-tokens.css` or `i18n/en.toml`
        file: String,
    },
    /// Render every template with sample documents, and report every fault
    Check,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    match &arguments.task {
        Task::List => {
            let names: Vec<String> = theme::built_in().collect();
            terminal.data(names.join("\n"));
            Ok(())
        }
        Task::Eject { file } => eject(global, file, terminal),
        Task::Check => check(global, terminal),
    }
}

fn eject(global: &Global, file: &str, terminal: &Terminal) -> Done {
    let Opened { disk, config, .. } = Opened::at(global)?;
    let names: Vec<String> = theme::built_in().collect();
    let wanted = [file.to_owned(), format!("templates/{file}")];
    let Some(name) = wanted.iter().find(|wanted| names.contains(wanted)) else {
        let short = names.iter().map(|n| n.strip_prefix("templates/").unwrap_or(n));
        let help = match nearest(file, short) {
            Some(near) => format!("it has `{near}`; `fonds theme list` shows all"),
            None => "`fonds theme list` shows all".to_owned(),
        };
        return Err(Failure::usage(format!("the default theme has no file `{file}`"), &help));
    };
    let path = format!("themes/{}/{name}", config.theme.name);
    let bytes = theme::built_in_file(name).unwrap_or_default();
    if disk.write_new(&path, &with_origin(name, &bytes))? {
        terminal.say(format_args!("made {path}: it replaces the file of the default theme"));
        Ok(())
    } else {
        Err(Failure::usage(
            format!("`{path}` already exists"),
            "edit that file, or remove it first",
        ))
    }
}

/// A copy says what it is a copy of, so that it can be compared with later versions.
fn with_origin(name: &str, bytes: &[u8]) -> Vec<u8> {
    let origin = format!("from the default theme of fonds {}: {name}", env!("CARGO_PKG_VERSION"));
    let note = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => format!("{{# {origin} #}}\n"),
        Some("css") => format!("/* {origin} */\n"),
        Some("js") => format!("// {origin}\n"),
        Some("toml") => format!("# {origin}\n"),
        _ => String::new(),
    };
    [note.as_bytes(), bytes].concat()
}

fn check(global: &Global, terminal: &Terminal) -> Done {
    let Opened { disk, config: own, report } = Opened::at(global)?;
    let config = Config {
        theme: own.theme.clone(),
        default_language: own.default_language.clone(),
        kinds: own.kinds.clone(),
        taxonomies: own.taxonomies.clone(),
        languages: own.languages.clone(),
        base_url: "https://example.org/sample".to_owned(),
        paginate_by: 2,
        ..Config::default()
    };
    let sample = sample::Sample::new(&disk, &config);
    let site = MemoryFiles::new();
    let options = &BuildOptions { drafts: true, today: None };
    let run = Run { sources: &sample, config: &config, options, report: &report };
    let summary = run.build(&site)?;
    report.extend(theme::load(&disk, &config, &Report::new()).faults());
    terminal.faults(&report.sorted(), "");
    if report.has_errors() {
        return Err(Failure::told());
    }
    terminal.say(format_args!(
        "the theme `{}` renders all {} of a sample archive",
        config.theme.name,
        counted(summary.pages, "page")
    ));
    Ok(())
}
