//! The program as its users meet it: real archives in temporary folders, real runs, whole messages.
#![expect(clippy::disallowed_methods, reason = "the tests make archives and look at sites")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cli {
    mod again;
    mod agree;
    mod anchors;
    mod arrangement;
    mod attack;
    mod beside;
    mod catalogue;
    mod changes;
    mod check;
    mod commands;
    mod corrections;
    mod desk;
    mod every_format;
    mod export;
    mod faults;
    mod follow;
    mod formats;
    mod front_matter;
    mod hidden;
    mod hosts;
    mod ingest;
    mod interface;
    mod languages;
    mod leaks;
    mod limits;
    mod mails;
    mod merge;
    mod moved;
    mod moving;
    mod network;
    mod ocr;
    mod outputs;
    mod pdf;
    mod project;
    mod publish;
    mod publish_azure;
    mod publish_s3;
    mod publish_to;
    mod reproducible;
    mod review;
    mod scans;
    mod serve;
    mod store;
    mod tables;
    mod taxonomies;
    mod texts;
    mod theme;
    mod urls;
    mod verify;
    mod withheld;
}
mod metadata;
