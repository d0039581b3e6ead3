//! `[check] host`: the host that a site goes to, and what it takes.

use crate::fields::Fields;

/// A host of static sites with limits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages, as gitlab.com has it.
    GitlabPages,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, on its free plan.
    CloudflarePages,
}

/// What a host takes; `None` where it says nothing, or more than any archive has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files of a site.
    pub files: Option<usize>,
    /// Files of one folder.
    pub files_of_a_folder: Option<usize>,
    /// Bytes of a site.
    pub bytes: Option<u64>,
    /// Bytes of a file.
    pub bytes_of_a_file: Option<u64>,
    /// Lines of `_redirects`.
    pub redirects: Option<usize>,
}

const NONE: Limits = Limits {
    files: None,
    files_of_a_folder: None,
    bytes: None,
    bytes_of_a_file: None,
    redirects: None,
};

/// Each host with its name in the settings, its own name, the ends of the host names that it gives, and its limits.
#[rustfmt::skip]
const HOSTS: [(Host, &str, &str, &str, Limits); 4] = [
    // Its page "GitHub Pages limits"; a file in git is refused above 100 MiB.
    (Host::GithubPages, "github-pages", "GitHub Pages", ".github.io", Limits {
        bytes: Some(1_000_000_000), bytes_of_a_file: Some(100 << 20), ..NONE
    }),
    // "GitLab.com settings" and "Redirects" of its handbook.
    (Host::GitlabPages, "gitlab-pages", "GitLab Pages", ".gitlab.io", Limits {
        files: Some(200_000), bytes: Some(1 << 30), redirects: Some(1_000), ..NONE
    }),
    // Its page "Deploys": files of one folder.
    (Host::Netlify, "netlify", "Netlify", ".netlify.app", Limits {
        files_of_a_folder: Some(54_000), ..NONE
    }),
    // Its pages "Limits" and "Redirects".
    (Host::CloudflarePages, "cloudflare-pages", "Cloudflare Pages", ".pages.dev", Limits {
        files: Some(20_000), bytes_of_a_file: Some(25 << 20), redirects: Some(2_000), ..NONE
    }),
];

impl Host {
    /// The host that gives names such as this one.
    pub fn of_name(name: &str) -> Option<Self> {
        let found = HOSTS.iter().find(|(.., end, _)| name.ends_with(end));
        found.map(|(host, ..)| *host)
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// What it takes.
    pub fn limits(self) -> Limits {
        self.row().4
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str, Limits) {
        HOSTS.iter().find(|row| row.0 == self).unwrap_or(&HOSTS[0])
    }
}

/// Reads the name of a host.
pub(super) fn host(f: &Fields<'_, '_>) -> Option<Host> {
    f.one_of("host", &HOSTS.map(|(host, key, ..)| (key, host)))
}
