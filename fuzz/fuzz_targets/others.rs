//! Any bytes, given to the parsers beside ingest.

#![no_main]

mod holds;
mod parts;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| parts::holds(data));
