//! Tests: neither the order of claims nor that of rules decides anything.

#![allow(clippy::disallowed_methods, reason = "a test reads its own fixtures")]

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;

use super::super::dates::Reading;
use super::super::furniture::{self, Own, Repeated};
use super::super::layout;
use super::super::parties::{Mention, Writing};
use super::super::rules::{self, Piece, RULES, Rule};
use super::super::{language, split, text};
use super::weights::{BOUNDS, SEEN};
use super::{Claim, Field, Value, decide};

/// Few names, so that many claims meet, agree in part and contradict each other.
const NAMES: [&str; 6] = [
    "Edith Harland",
    "E. Harland",
    "Harland",
    "Thomas Wardle",
    "Wardle",
    "Ashford Reading Society",
];

fn party() -> impl Strategy<Value = Mention> {
    let name = || proptest::option::of(select(&NAMES[..]).prop_map(str::to_owned));
    let party = (name(), name(), name(), 1..9_usize, any::<bool>());
    party.prop_map(|(person, role, organization, line, tentative)| Mention {
        person,
        role,
        written: organization.clone(),
        organization,
        line,
        tentative,
    })
}

fn value() -> impl Strategy<Value = Value> {
    let date = select(&["1921-03-14", "1921-03", "1912-03-14~"][..]);
    let date = proptest::option::of(date.prop_map(|edtf| edtf.parse().unwrap()));
    prop_oneof![
        select(&NAMES[..]).prop_map(|name| Value::Text(name.to_owned())),
        date.prop_map(|date| Value::Date(Reading { date, doubt: None })),
        proptest::collection::vec(party(), 1..4).prop_map(Value::Parties),
    ]
}

fn claim() -> impl Strategy<Value = Claim> {
    let field = select(&Field::ALL[..]);
    let rule = select(&["a label", "an address", "a signature", "a title"][..]);
    let weight = prop_oneof![SEEN - 5..100, select(&[BOUNDS.likely, BOUNDS.sure][..])];
    let doubt = proptest::option::of(Just("it is crossed out".to_owned()));
    let made = (field, value(), rule, (0..6_usize, 0..3_usize), weight, doubt);
    made.prop_map(|(field, value, rule, (start, length), weight, doubt)| Claim {
        weight,
        doubt,
        ..Claim::new(rule, field, value, start..start + length)
    })
}

/// Claims, and the same in another order.
fn claims() -> impl Strategy<Value = (Vec<Claim>, Vec<Claim>)> {
    // Some are made twice, with another doubt or more lines.
    let twin = |(claim, longer): (Claim, Option<bool>)| match longer {
        None => vec![claim],
        Some(true) => {
            vec![Claim { lines: claim.lines.start..claim.lines.end + 1, ..claim.clone() }, claim]
        }
        Some(false) => vec![claim.clone().doubted("it is in another hand"), claim],
    };
    let claims = proptest::collection::vec((claim(), any::<Option<bool>>()).prop_map(twin), 0..8);
    let claims = claims.prop_map(|claims| claims.concat());
    claims.prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle()))
}

proptest! {
    #[test]
    fn any_order_of_claims_gives_the_same_decisions((claims, other) in claims()) {
        let decided = |claims| format!("{:#?}", decide(claims, BOUNDS));
        prop_assert_eq!(decided(claims), decided(other));
    }
}

/// Seeds of the invented cases that are plain text.
fn seeds() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let inside = |path: PathBuf| std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path());
    let mut seeds: Vec<PathBuf> = inside(folder).filter(|p| p.is_dir()).flat_map(inside).collect();
    seeds.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    seeds.sort();
    seeds
}

/// What each document of a seed is decided to be, by rules in this order.
fn decided(seed: &str, rules: &[Rule]) -> Vec<String> {
    let scope = language::whole(seed, &[], "en").scope;
    let lines = text::lines(seed);
    let lines = furniture::remove(lines, &Own::new(&[]), &Repeated::new(), scope).lines;
    let (pieces, _) = split::split(&lines, None, scope);
    let document = |piece: split::Piece| {
        let lines = &lines[piece.lines];
        let own = &lines[..split::own_end(lines, scope)];
        let layout = layout::layout(own, None, scope);
        let piece = Piece::new(own, &layout, Writing { text: seed, scope }, None);
        format!("{:#?}", decide(rules::claimed(&piece, rules.iter().copied()), BOUNDS))
    };
    pieces.into_iter().map(document).collect()
}

#[test]
fn any_order_of_rules_gives_the_same_facts() {
    let own: Vec<Rule> = RULES.iter().map(|(_, rule)| *rule).collect();
    let orders = Just(own.clone()).prop_shuffle();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let seeds = seeds();
    assert!(seeds.len() > 50, "the seeds are gone");
    let mut claimed = 0;
    for path in seeds {
        let Ok(seed) = std::fs::read_to_string(&path) else { continue };
        let expected = decided(&seed, &own);
        claimed += expected.iter().filter(|d| d.contains("Chosen")).count();
        for _ in 0..3 {
            let order = orders.new_tree(&mut runner).unwrap().current();
            assert_eq!(decided(&seed, &order), expected, "{}", path.display());
        }
    }
    assert!(claimed > 50, "the rules believe nothing");
}
