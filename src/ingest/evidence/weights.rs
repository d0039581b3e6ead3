//! How far each rule is believed, in one table: of a hundred values that the rule claims, so many were right on the
//! texts with which it was calibrated. `benches/evidence.py` counts that anew and shows what other bounds would give.

use super::plausible::Floor;
use crate::config::Bounds;
use crate::ingest::lexicon::Scope;

/// A claim at least as strong as this is stated without a doubt, if no other comes near.
pub(in crate::ingest) const SURE: i32 = 75;
/// A claim at least as strong as this is stated with a doubt; a weaker one is not stated.
pub(in crate::ingest) const LIKELY: i32 = 45;
/// By how much a claim must lead another one to be stated without a doubt.
pub(in crate::ingest) const MARGIN: i32 = 20;
/// The bounds of the program.
pub(in crate::ingest) const BOUNDS: Bounds = Bounds { sure: SURE, likely: LIKELY, margin: MARGIN };
/// What is too weak to be stated and at least as strong as this is named in a doubt.
pub(in crate::ingest) const SEEN: i32 = 25;

/// The rules and their weights.
const TABLE: &[(&str, i32)] = &[
    // From outside of the text.
    ("file name", 98),
    ("day in the file's name", 80),
    ("sender in the file's name", 76),
    ("title of the record", 96),
    ("date of the record", 76),
    ("author of the record", 76),
    ("title of the page", 62),
    ("date of the page", 50),
    ("author of the page", 52),
    ("title of the file", 48),
    ("date of the file", 48),
    ("author of the file", 48),
    // Labels and formulas.
    ("form of a cable", 99),
    ("label of the addressee", 90),
    ("label of the sender", 90),
    ("label of copies", 90),
    ("list of copies", 86),
    ("label of the subject", 92),
    ("sides of an edition's heading", 72),
    // "Letter from Reed to Holm"
    ("sides of a letter's title", 80),
    ("sides of a dated heading", 86),
    ("compliments", 92),
    ("byline", 85),
    ("speaker in the title", 82),
    // Titles and kinds.
    ("heading with a mark", 93),
    ("heading that names its kind", 90),
    ("line above a byline", 86),
    ("subject of a mail", 90),
    ("heading below a release mark", 84),
    ("line that may be a title", 70),
    ("line above the addressee", 76),
    ("heading with the day it came in", 86),
    ("day in brackets behind a heading", 84),
    ("heading of an edition", 86),
    ("heading that is only its kind", 78),
    ("heading beside a caption", 84),
    ("heading behind a symbol", 88),
    ("heading of what was sent on", 97),
    ("name of a paper", 90),
    ("sides of a case", 60),
    ("name of a case", 86),
    ("opening of minutes", 84),
    ("kind by a heading", 98),
    ("kind by the title", 96),
    ("kind by the record's title", 94),
    ("kind by a line of the head", 70),
    ("kind by a heading in the text", 76),
    ("resolution by its clauses", 86),
    ("kind by the record's tags", 70),
    ("kind by the record's type", 76),
    ("kind by the record's description", 60),
    ("minutes by their labels", 86),
    ("minutes by the meeting in the title", 55),
    ("judgment by its sides", 84),
    ("telegram by its form", 84),
    ("telegram by its stops", 98),
    ("judgment by its parts", 84),
    ("judgment by its labels", 84),
    ("minutes by their opening", 90),
    ("kind by a demand in the title", 60),
    ("press release by its contact", 60),
    ("press release by its mark", 76),
    ("statement by what introduces it", 70),
    ("press release by its dateline", 60),
    ("statement by its date and its body", 55),
    ("what the text calls itself", 60),
    ("letter by its salutation", 77),
    ("letter by its closing", 76),
    ("letter by its addressee and its date", 60),
    ("letter by its labels", 78),
    ("memorandum by its labels", 78),
    ("article by its byline", 75),
    ("report by its contents", 76),
    // Dates and places.
    ("date line above the text", 95),
    ("date line below the text", 88),
    ("days of the entries", 88),
    ("another date above the text", 78),
    ("another date below the text", 72),
    ("day on which it was sworn", 72),
    ("date before the first sentence", 86),
    ("date in the title", 88),
    ("date beside a label", 86),
    ("date of an issue", 84),
    ("day in the opening of minutes", 90),
    ("day on which it was decided", 82),
    ("day in the first sentence of minutes", 62),
    ("day on which it was adopted", 84),
    ("day on which it was given under somebody's hand", 90),
    ("head of a further page", 86),
    ("date inside a line of the head", 60),
    ("date beside an address", 84),
    ("day with a name behind it", 87),
    ("date that was not understood", 46),
    ("place before the date", 85),
    ("place before a day", 78),
    ("place before a signature", 78),
    ("town above the date", 80),
    ("town below the date", 80),
    // Senders.
    ("court that decided", 86),
    ("letterhead by its words", 84),
    ("letterhead by its place", 60),
    ("court that decides", 88),
    ("body in the heading", 72),
    ("signature below the closing", 80),
    ("signatures below the closing", 88),
    ("office that signs on its paper", 80),
    ("name below the text", 64),
    ("name below a text that greets nobody", 70),
    ("speaker of the statement that follows", 62),
    ("who declares in the first person", 78),
    ("body beside a name that was taken out", 62),
    ("names below the text", 80),
    ("one name", 0),
    ("name of a body", 0),
    ("body that has members", 78),
    ("last line of a telegram", 55),
    ("signed above the day", 80),
    ("last line that the title names", 80),
    // Addressees.
    ("address above the salutation", 70),
    ("block above the salutation", 50),
    ("line to the addressee above the text", 88),
    ("office above the salutation", 82),
    ("line to the addressee below the text", 92),
    ("address below the signature", 84),
    ("titled name below the signature", 78),
    ("addressee in the title", 84),
    ("name above the text of a telegram", 60),
    ("salutation by name", 82),
    ("salutation by title and family name", 80),
    ("salutation by office", 60),
    ("salutation of a body", 70),
    ("salutation by one name", 60),
    ("salutation in the first line", 60),
];

/// How plausible the names must be at least that some rules claim: of a person in a text that is read by English words only,
/// of whose names more is known; of a person in any other; of an organization.
const FLOORS: &[(&[&str], [i32; 3])] = &[
    // What is written there is the name, whatever it looks like.
    (
        &[
            "author of the record",
            "file name",
            "compliments",
            "last line of a telegram",
            "name of a body",
            "body that has members",
            "body beside a name that was taken out",
            "form of a cable",
            "office above the salutation",
        ],
        [-100, -100, -100],
    ),
    (&["sender in the file's name"], [0, 0, -15]),
    (
        &[
            "label of the addressee",
            "label of the sender",
            "label of copies",
            "addressee in the title",
            "titled name below the signature",
            "salutation by title and family name",
        ],
        [-50, -50, -45],
    ),
    (&["line to the addressee below the text"], [0, 0, -12]),
    (&["signatures below the closing", "names below the text"], [-9, -9, -20]),
    // Leave was taken above it: it is a name, if it may be one, though nothing is known of it.
    (&["one name", "signature below the closing"], [-10, -10, 0]),
    (&["salutation by one name"], [-10, -9, 0]),
    (&["line to the addressee above the text"], [-10, -10, 0]),
    // Between the words for who wrote to whom, above the day: a rare name is a name there.
    (&["sides of a dated heading"], [-10, -10, -15]),
    (&["sides of a letter's title"], [-30, -30, -15]),
];

/// The same for all other rules: what is in a block may be a street or a house.
const FLOOR: [i32; 3] = [20, 0, 0];

/// How plausible the names that a rule claims must be at least.
pub(in crate::ingest) fn floor(rule: &str, scope: Scope) -> Floor {
    let listed = FLOORS.iter().find(|(rules, _)| rules.contains(&rule));
    let [english, person, organization] = listed.map_or(FLOOR, |(_, floor)| *floor);
    let person = if scope == Scope::of("en") { english } else { person };
    Floor { person, organization }
}

/// The weight of a rule.
pub(in crate::ingest) fn of(rule: &str) -> i32 {
    TABLE.iter().find(|(name, _)| *name == rule).map_or(0, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_those_of_rules_with_a_weight() {
        for rule in FLOORS.iter().flat_map(|(rules, _)| *rules) {
            assert!(TABLE.iter().any(|(name, _)| name == rule), "{rule}");
        }
    }
}
