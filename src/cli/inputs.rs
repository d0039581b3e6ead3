//! What `build`, `check` and `serve` have in common: the archive's folder, its settings as the
//! command line changes them, and the one call that makes the site.

use clap::Args;

use super::{Failure, Global, clock};
use crate::config::{self, Config};
use crate::content::Entry;
use crate::diagnostic::Report;
use crate::disk::Disk;
use crate::edtf::Day;
use crate::files::{FileError, Sink, Sources};
use crate::pipeline::{self, BuildOptions, Contents, Model, Run, Summary};

/// Flags that change what the site is made of.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteArguments {
    /// Include drafts in the site
    #[arg(long)]
    pub(super) drafts: bool,
    /// URL of the published site, instead of base_url in config.toml
    #[arg(long, value_name = "URL", value_parser = config::check_base_url)]
    pub(super) base_url: Option<String>,
}

/// An archive's folder, and how its site is to be made.
#[derive(Debug)]
pub(super) struct Inputs {
    pub(super) disk: Disk,
    pub(super) today: Day,
    site: SiteArguments,
}

impl Inputs {
    pub(super) fn open(global: &Global, site: &SiteArguments) -> Result<Self, Failure> {
        Ok(Self { disk: open_disk(global)?, today: clock::today()?, site: site.clone() })
    }

    /// The settings of the archive.
    pub(super) fn settings(&self, sources: &dyn Sources, report: &Report) -> Config {
        let mut config = pipeline::load_config(sources, report);
        if let Some(url) = &self.site.base_url {
            config.base_url.clone_from(url);
        }
        config
    }

    /// Makes every file of the site.
    pub(super) fn build(
        &self,
        sources: &dyn Sources,
        config: &Config,
        sink: &dyn Sink,
        report: &Report,
    ) -> Result<Summary, FileError> {
        Run { sources, config, options: &self.options(), report }.build(sink)
    }

    /// What the command line and the day say of the site.
    pub(super) fn options(&self) -> BuildOptions {
        BuildOptions { drafts: self.site.drafts, today: Some(self.today) }
    }

    /// All that the site depends on besides files and the program, in words that only equality matters of.
    pub(super) fn circumstances(&self) -> String {
        format!("{:?} {:?}", self.site, self.today)
    }
}

/// An archive of which a site is to be published: where it is, and what its settings and content files say.
#[derive(Clone, Copy)]
pub(super) struct Publishing<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) config: &'a Config,
    pub(super) contents: &'a Contents,
}

impl Publishing<'_> {
    /// All that a site is made from, but for the texts.
    pub(super) fn linked(self, report: &Report) -> Model {
        let Self { inputs, config, contents } = self;
        contents.tell(report);
        Run { sources: &inputs.disk, config, options: &inputs.options(), report }.linked(contents)
    }
}

/// An archive's folder and its settings, for commands that make no site.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) disk: Disk,
    pub(super) config: Config,
    /// What reading the settings reported.
    pub(super) report: Report,
}

impl Opened {
    pub(super) fn at(global: &Global) -> Result<Self, Failure> {
        let (disk, report) = (open_disk(global)?, Report::new());
        let config = pipeline::load_config(&disk, &report);
        Ok(Self { disk, config, report })
    }

    /// Refuses to go on with settings that have faults.
    pub(super) fn without_faults(global: &Global) -> Result<Self, Failure> {
        let opened = Self::at(global)?;
        if opened.report.has_errors() {
            return Err(Failure::Faults(opened.report.sorted()));
        }
        Ok(opened)
    }

    /// Every content file; faults are added to the report.
    pub(super) fn entries(&self) -> Vec<Entry> {
        pipeline::load_content(&self.disk, &self.config, &self.report)
    }
}

/// Opens the archive's folder.
pub(super) fn open_disk(global: &Global) -> Result<Disk, Failure> {
    Disk::open(global.root()).map_err(|error| {
        Failure::usage(error.to_string(), "give the folder of an archive with `--root DIR`")
    })
}
