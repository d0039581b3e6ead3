//! `[publish]`: where `fonds publish` brings the site. The target itself reports what is wrong with it.

use crate::fields::Fields;

/// `[publish]`: where the site is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishSettings {
    /// The kind of place: `folder`, `git`, …; none if the archive is published by other means.
    pub target: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// The branch of a git repository.
    pub branch: Option<String>,
    /// The address of an object store.
    pub endpoint: Option<String>,
    /// The region of a bucket.
    pub region: Option<String>,
}

pub(super) fn publish(f: &Fields<'_, '_>) -> PublishSettings {
    PublishSettings {
        target: f.string("target"),
        address: f.string("address"),
        branch: f.string("branch"),
        endpoint: f.string("endpoint"),
        region: f.string("region"),
    }
}
