#![allow(warnings, clippy::all, clippy::pedantic)]
pub mod gen;
pub mod pattern;
pub mod spec;
pub mod whitespace;
