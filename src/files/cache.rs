//! Where things are kept that are costly to make and the same for the same input, under a name that identifies the input.

/// Keeps bytes by name from run to run. Whatever is lost will be made again; nothing is ever replaced by something else.
pub trait Cache: Sync {
    /// What was kept under a name, if it is there and whole.
    fn take(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps something. It is no fault if that cannot be done.
    fn keep(&self, name: &str, bytes: &[u8]);

    /// All names, sorted.
    fn names(&self) -> Vec<String>;

    /// Forgets what was kept under a name.
    fn forget(&self, name: &str);
}
