//! The site in other forms: a folder that opens without a server, and a `BagIt` bag.
//!
//! Each is a [`Sink`](crate::files::Sink) that takes the files of a build and hands what it makes of them to another.
//! So an export holds what a site holds, and nothing that readers must not see.

mod bag;
mod folder;
mod markup;

pub use bag::{About, Bag};
pub use folder::Folder;
