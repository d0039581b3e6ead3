//! Any bytes, under the name of any format.

#![no_main]

mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| holds::holds(data));
