//! What machines read, read back by readers that share no code with the program, and compared with the
//! records that it was made from.

mod archive;
mod citations;
mod data;
mod feeds;
mod head;
mod json_ld;
mod people;
mod readers;
