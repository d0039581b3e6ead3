//! `[publish]`: where `fonds publish` brings the site. The target itself reports what is wrong with it.

use crate::fields::record;

record! {
    /// `[publish]`: where the site is published.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct PublishSettings(f) {
        /// `folder`, `git`, `rsync`, `sftp`, `s3` or `azure`.
        target: Option<String>,
        /// A path, a git repository, `user@host:/path`, a bucket or a container; never with a password.
        address: Option<String>,
        /// The branch of a git repository; `gh-pages` without it.
        branch: Option<String>,
        /// The address of an object store; Amazon's in the bucket's region without it.
        endpoint: Option<String>,
        /// The region of a bucket, if the store has regions.
        region: Option<String>,
    }
}
