//! Whom the lines of an address name: a block above the salutation, a line that directs the letter, the address at
//! its foot, the title.

use std::sync::LazyLock;

use super::super::dates::{self, DateLine};
use super::super::evidence::{Claim, Field, Value, plausible, weigh};
use super::super::lexicon::{self, DIRECTED, RANKS, Scope, ScopedPhrases, Words, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text::{self, Line};
use super::foot::{self, Role};
use super::{Piece, head, letterhead};

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = blocks(piece);
    found.extend(directed(piece));
    found.extend(at_foot(piece));
    found.extend(titled(piece));
    found.extend(of_telegram(piece));
    found.extend(copies(piece));
    found
}

/// The name below the place and the hour on the form of a telegram.
fn of_telegram(piece: &Piece<'_>) -> Option<Claim> {
    if !piece.is_form_of_carrier() {
        return None;
    }
    // "LEITH 1130A 22 AUG 1953" has the hour before the day.
    let day = |l: &Line<'_>| {
        let found = dates::find(l.text, piece.order);
        text::has_at_most(l.text, 8) && found.iter().any(|day| day.reading.is_whole_day())
    };
    let dated = |l: &Line<'_>| dates::date_line(l.text, piece.order).is_some() || day(l);
    let date = piece.lines.iter().position(dated)?;
    let at = (date + 1..piece.lines.len()).find(|&i| !piece.lines[i].is_blank())?;
    let mention = addressee(piece.lines[at].text, piece.number(at), piece)?;
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("name above the text of a telegram", Field::Recipients, list, at..at + 1))
}

/// Who gets a copy, by the list below the signatures.
fn copies(piece: &Piece<'_>) -> Option<Claim> {
    let range = piece.layout.copied.clone();
    let mut listed = piece.lines[range.clone()].to_vec();
    let first = listed.first_mut()?;
    first.text = marks::copied(first.text, piece.scope).unwrap_or(first.text);
    let list = parties::copied(&listed, piece.writing);
    let claim = Claim::new("list of copies", Field::Copied, Value::Parties(list.clone()), range);
    (!list.is_empty()).then_some(claim)
}

/// Blocks of the head.
fn blocks(piece: &Piece<'_>) -> Vec<Claim> {
    if let Some(claim) = to_several(piece) {
        return vec![claim];
    }
    let named = |b: &head::Block| b.address.iter().any(|m| m.person.is_some());
    let last = piece.head.blocks.iter().rfind(|b| named(b)).map(|b| b.lines.start);
    let block = |b: &head::Block| {
        // Of two blocks with people the first one is the writer's.
        if named(b) && last.is_some_and(|last| b.lines.start < last) {
            return None;
        }
        let sign = plausible::parties(&b.address, piece.scope);
        // A label says whom it is to.
        if b.address.is_empty() || b.points <= -2 || !piece.head.to.is_empty() {
            return None;
        }
        // "Moor House / Chapel Lane" is where the writer lives.
        let first = piece.lines[b.lines.start].text;
        let house = b.first && letterhead::is_building(first, piece.scope);
        if house || foot::is_dictation(first) || b.address.iter().any(|m| is_writer(piece, m)) {
            return None;
        }
        // "Dr. Felix Gall, 48 Quay Street, 26 January 1907": a card has its owner and the day on one line.
        let dated = |m: &Mention| {
            m.person.is_some()
                && !dates::find(piece.lines[piece.index(m.line)].text, piece.order).is_empty()
        };
        if b.address.iter().any(dated) {
            return None;
        }
        let rule = if b.points > 0 {
            "address above the salutation"
        } else {
            "block above the salutation"
        };
        let less = weigh(&[
            (sign < -30, 60),
            (!piece.layout.is_letter(), 35),
            (officers(piece, b) > 1, 45),
            (officers(piece, b) == 1, 25),
            (is_printed_body(piece, b), 20),
            (reads_on(piece, b), 60),
        ]);
        let more = 6 * b.points.clamp(-2, 3) - less;
        let lines = b.lines.clone();
        let claim = Claim::new(rule, Field::Recipients, Value::Parties(b.address.clone()), lines);
        let claim = with_doubt_of_office(claim.adjusted(more), &b.address);
        Some(with_doubt_of_odd(claim, &b.address, piece.scope))
    };
    piece.head.blocks.iter().filter_map(block).collect()
}

/// Two addresses or more, one below the other, between the date and the salutation: each names a person whom the
/// salutation greets, or one with a title.
fn to_several(piece: &Piece<'_>) -> Option<Claim> {
    let greeting = piece.lines[piece.layout.salutation?].text;
    let date = piece.head.date.as_ref().map(|(_, number)| piece.index(*number));
    let is_addressee = |block: &&head::Block| {
        let Some(name) = block.address.iter().find_map(|m| m.person.as_deref()) else {
            return false;
        };
        let family = name.rsplit(' ').next().unwrap_or(name);
        let below_date = date.is_some_and(|date| block.lines.start > date);
        let greeted = plausible::words(greeting).any(|w| w == family.to_lowercase());
        let titled = is_styled(piece.lines[block.lines.start].text, piece.scope);
        !block.address.iter().any(|m| is_signer(piece, m)) && (greeted || below_date && titled)
    };
    let blocks: Vec<&head::Block> = piece.head.blocks.iter().filter(is_addressee).collect();
    let (first, last) = (blocks.first()?, blocks.last()?);
    let lines = first.lines.start..last.lines.end;
    let list = parties::unique(blocks.iter().flat_map(|b| b.address.clone()).collect());
    let claim =
        Claim::new("address above the salutation", Field::Recipients, Value::Parties(list), lines);
    (blocks.len() > 1).then_some(claim)
}

/// Whether the second line of a block goes on with the words of a sentence: `Miss Webb, who came here / before the war`.
fn reads_on(piece: &Piece<'_>, block: &head::Block) -> bool {
    let small = |w: &&str| w.starts_with(char::is_lowercase) && text::length(w) > 3;
    let goes_on =
        |l: &Line<'_>| text::starts_lower(l.text) && text::words(l.text).filter(small).count() > 1;
    piece.lines[block.lines.clone()].iter().skip(1).any(goes_on)
}

/// Whether a block is a body's name in capitals and nothing more: a stamp, or part of a letterhead.
fn is_printed_body(piece: &Piece<'_>, block: &head::Block) -> bool {
    let lines = &piece.lines[block.lines.clone()];
    block.address.iter().all(|m| m.person.is_none() && m.role.is_none())
        && lines.iter().all(|l| l.is_blank() || text::is_caps(l.text))
}

/// How many people a block above the date names with their offices, and without a title: those of a letterhead.
fn officers(piece: &Piece<'_>, block: &head::Block) -> usize {
    let date = piece.head.date.as_ref().map(|(_, number)| piece.index(*number));
    let above = date.map_or(block.first, |date| block.lines.end <= date);
    let officer = |line: &&Line<'_>| {
        let partial = parties::read_line(line.text, piece.scope);
        let office =
            line.text.split([',', '.', ':', '–']).any(|p| names::judge(p.trim()) == Named::Role);
        office && (partial.person.is_some() || plausible::person(line.text, piece.scope) > 0)
    };
    let lines = &piece.lines[block.lines.clone()];
    let count = if above { lines.iter().filter(officer).count() } else { 0 };
    let titled = names::has_honorific(lines.first().map_or("", |l| l.text));
    if titled && count == 1 { 0 } else { count }
}

/// In doubt if the address names an office, and neither its holder nor its body.
fn with_doubt_of_office(claim: Claim, address: &[Mention]) -> Claim {
    let [only] = address else { return claim };
    match &only.role {
        Some(office) if only.person.is_none() && only.organization.is_none() => {
            claim.doubted(format!("the address names an office, `{office}`, not who held it"))
        }
        _ => claim,
    }
}

/// In doubt if an address names a person, and beside that something of which little speaks for an addressee: a house, a
/// picture's caption, initials.
fn with_doubt_of_odd(claim: Claim, address: &[Mention], scope: Scope) -> Claim {
    let person = |m: &Mention| m.person.as_deref().map_or(-100, |p| plausible::person(p, scope));
    let odd =
        |m: &&Mention| person(m) < 20 && plausible::parties(std::slice::from_ref(*m), scope) < 40;
    let mixed = address.len() > 1 && address.iter().any(|m| m.person.is_some());
    match address.iter().find(odd).filter(|_| mixed).and_then(Mention::name) {
        Some(name) => claim.doubted(format!("`{name}` may be no addressee")),
        None => claim,
    }
}

fn is_writer(piece: &Piece<'_>, mention: &Mention) -> bool {
    is_signer(piece, mention) || signs_in_office(piece, mention)
}

/// Whether a line of a block names an office that has a line of its own among the signatures: in what capacity the
/// writers write.
fn signs_in_office(piece: &Piece<'_>, mention: &Mention) -> bool {
    let said = piece.lines[piece.index(mention.line)].text;
    let mut signatures = piece.lines[piece.layout.signatures.clone()].iter();
    signatures.any(|l| !text::has_at_most(l.text, 5) && said.contains(l.text))
}

/// Whether the name of a block is among the last lines, too: it is the writer's own.
fn is_signer(piece: &Piece<'_>, mention: &Mention) -> bool {
    let Some(family) = mention.person.as_deref().and_then(|p| p.split_whitespace().next_back())
    else {
        return false;
    };
    let bare = family.trim_end_matches(['.', ',']).to_lowercase();
    let signs =
        |text: &str| plausible::words(text).any(|w| w == bare) && text::has_at_most(text, 6);
    piece.foot.lines.iter().any(|(i, role)| {
        *role == Role::Free
            && !is_styled(piece.lines[*i].text, piece.scope)
            && signs(piece.lines[*i].text)
    })
}

/// Lines in the head and at the foot that direct the letter: `To Miss Webb`, `An Herrn Dr. Escher in Zürich`.
fn directed(piece: &Piece<'_>) -> Vec<Claim> {
    let head = piece.layout.salutation.unwrap_or(piece.lines.len()).min(piece.lines.len());
    let above = (0..head).filter(|&i| !piece.lines[i].is_blank()).take(10).map(|i| (i, false));
    let above = above.take_while(|(i, _)| !piece.lines[*i].is_prose());
    let below = piece
        .foot
        .lines
        .iter()
        .filter(|(i, role)| *role == Role::Directed && !piece.layout.copied.contains(i))
        .map(|(i, _)| (*i, true));
    let claim = |(at, foot): (usize, bool)| {
        let said = line(piece, at, foot);
        let named = said.as_ref().is_some_and(|claim| match &claim.value {
            Value::Parties(list) => plausible::parties(list, piece.scope) >= 0,
            _ => false,
        });
        let office = if foot || named { None } else { office_above(piece, at) };
        office.or(said)
    };
    above.chain(below).filter_map(claim).collect()
}

/// Behind the word that directs a letter, on a line by itself above the greeting, is an office, whether a list has it or
/// not: `To the Harbour Master`.
fn office_above(piece: &Piece<'_>, at: usize) -> Option<Claim> {
    // Official letters of some languages greet nobody, and say what they are about.
    let greets = piece.layout.salutation.is_some();
    let office =
        office_directed_to(piece, at).filter(|_| greets || piece.head.subject.is_some())?;
    if !greets && !is_office_by_words(office, piece.lines[at].text) {
        return None;
    }
    let below_date = |(_, number): &(DateLine, usize)| piece.index(*number) + 1 == at;
    let begins = piece.begins_group(at) || piece.head.date.as_ref().is_some_and(below_date);
    let printed = is_printed_at_top(piece, at);
    // "Harbour Master" has the form of a name and is none.
    let named = |m: &Mention| {
        m.person.as_deref().is_some_and(|name| plausible::person(name, piece.scope) >= 20)
    };
    let holder = |b: &head::Block| b.lines.contains(&at) && b.address.iter().any(named);
    if !begins || printed || !may_be_office(office) || piece.head.blocks.iter().any(holder) {
        return None;
    }
    let mention = Mention {
        organization: Some(piece.writing.organization(office)),
        written: Some(office.to_owned()),
        line: piece.number(at),
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("office above the salutation", Field::Recipients, list, at..at + 1))
}

/// Whether a line is the first one and in capitals: it is printed on the sheet, or a heading.
fn is_printed_at_top(piece: &Piece<'_>, at: usize) -> bool {
    text::is_caps(piece.lines[at].text) && piece.lines[..at].iter().all(Line::is_blank)
}

/// Whether an office is known by its words; with a colon behind it, the line greets whoever holds it.
fn is_office_by_words(office: &str, line: &str) -> bool {
    matches!(names::judge(office), Named::Role | Named::Organization) && !line.ends_with(':')
}

/// What is behind the word that directs a letter; below it, if there is nothing more on its line than a courtesy:
/// `A Sua Eccellenza`, `An`.
fn office_directed_to<'p>(piece: &Piece<'p>, at: usize) -> Option<&'p str> {
    let written = text::without_emphasis(piece.lines[at].text);
    let bare = written.trim_end_matches([',', '.', ':', ' ']);
    let apart = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let end = DIRECTED.end(piece.scope, bare, apart)?;
    let first = bare[end..].trim_start();
    let courtesy = names::is_honorific(first) && names::judge(first) != Named::Role;
    let named = if first.is_empty() || courtesy {
        let next = piece.lines.get(at + 1).filter(|l| !l.is_blank());
        // The value of a label is no line below it.
        let next = next.filter(|l| !(written.ends_with(':') || marks::is_any_label(l.text)));
        next.map(|l| l.text).or(Some(first).filter(|_| courtesy))?
    } else {
        first
    };
    let named = parties::without_article(named.trim_end_matches([',', '.', ' ']), piece.scope);
    Some(without_courtesy_of_office(named))
}

/// `Herrn Landrat in Holm` without the title of courtesy, if an office is behind it.
fn without_courtesy_of_office(text: &str) -> &str {
    let bare = names::strip_honorifics(text);
    let first = bare.split(' ').next().unwrap_or(bare);
    if [bare, first].iter().any(|t| names::judge(t) == Named::Role) { bare } else { text }
}

/// `Ilmo. Sr. Diretor do Arquivo`: an office behind a title of courtesy, by which nobody calls himself.
pub(super) fn is_styled_office(line: &str, scope: Scope) -> bool {
    let office = parties::without_article(names::strip_honorifics(line), scope);
    names::has_honorific(line)
        && names::judge(office) == Named::Role
        && parties::read_line(office, scope).person.is_none()
}

/// How many letters a compound has at least.
const COMPOUND: usize = 10;

/// Whether words have the form of an office of which nothing is known: two or more, with capitals but for the small ones
/// between them.
fn may_be_office(office: &str) -> bool {
    let small = |w: &str| text::length(w) <= 3 && !w.bytes().any(|b| b.is_ascii_digit());
    let fits = |w: &str| w.starts_with(char::is_uppercase) || small(w);
    // A compound is as much as two words.
    let words = text::word_count(office) + usize::from(text::length(office) >= COMPOUND);
    (2..=8).contains(&words)
        && office.starts_with(char::is_uppercase)
        && office.split_whitespace().all(fits)
        && !office.contains([',', ':', ';', '.', '(', '"', '!', '?'])
        && !matches!(names::judge(office), Named::Contact | Named::Country)
        && names::knowledge::is_city(office).is_none()
}

fn line(piece: &Piece<'_>, at: usize, foot: bool) -> Option<Claim> {
    let written = piece.lines[at].text;
    if foot && goes_on_from_above(piece, at) {
        return None;
    }
    let (rest, end) = behind_direction(piece, at)?;
    if is_no_direction(piece, at, end) {
        return None;
    }
    // The word that directs may be followed by a title that belongs to the name: "À Monsieur du Tailly".
    let titled =
        || written.split_once(' ').map(|(_, name)| name).filter(|n| names::has_honorific(n));
    // "Aan de Voorzitter van de / Tweede Kamer": the name goes on in the next line.
    let next = piece.lines.get(end).filter(|l| !l.is_blank() && text::ends_openly(rest));
    let (whole, end) = match next {
        Some(next) => (format!("{rest} {}", next.text), end + 1),
        None => (rest.to_owned(), end),
    };
    let mention = addressee(&whole, piece.number(at), piece)
        .or_else(|| addressee(titled()?, piece.number(at), piece))?;
    let more = match plausible::parties(std::slice::from_ref(&mention), piece.scope) {
        40.. => 10,
        0..40 => 0,
        -45..0 => -20,
        _ => -60,
    };
    let (rule, more) = if foot {
        ("line to the addressee below the text", more)
    } else {
        ("line to the addressee above the text", more - less_in_head(piece, at))
    };
    let less = weigh(&[(!piece.layout.is_letter(), 40), (reads_as_sentence(rest), 20)]);
    let list = Value::Parties(vec![mention]);
    let claim = Claim::new(rule, Field::Recipients, list, at..end).adjusted(more - less);
    Some(if foot && may_have_signed(piece, at) {
        claim.doubted(format!("`{written}` may be who signed"))
    } else if foot && is_amid_text(piece, at) {
        claim.doubted(format!("`{written}` is in the middle of the text"))
    } else {
        claim
    })
}

/// "… he sent it / to Government and to the Council, which": whether a line goes on from the one above it.
fn goes_on_from_above(piece: &Piece<'_>, at: usize) -> bool {
    text::starts_lower(piece.lines[at].text)
        && !piece.begins_group(at)
        && !text::ends_sentence(piece.lines[at - 1].text)
}

/// Whether a line that begins with a word that directs is a label, a place and a day, or the first words of a sentence
/// that goes on below `end`.
fn is_no_direction(piece: &Piece<'_>, at: usize, end: usize) -> bool {
    let written = piece.lines[at].text;
    // "Monsieur / La commission qui devait se réunir / demain": the name would be a sentence's first words.
    let wrapped = |l: &Line<'_>| goes_on_as_text(l, piece.scope);
    // "À Leith, le 3 mai 2024" tells where and when.
    let placed = || dates::date_line(written, piece.order).is_some_and(|line| line.place.is_some());
    let labelled = || written.contains(':') && marks::head_label(written, piece.scope).is_some();
    end > at + 1 && piece.lines.get(end).is_some_and(wrapped) || labelled() || placed()
}

/// Whether a line goes on from the one above it as a sentence does, and not as a name: `hier n'est pas venue, et`, but
/// `de la maison d'arrêt`.
fn goes_on_as_text(line: &Line<'_>, scope: Scope) -> bool {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    let joins = || OF.end(scope, line.text, ends_word).is_some();
    text::starts_lower(line.text)
        && (line.is_prose() || !text::has_at_most(line.text, 2) && !joins())
}

/// Whether running text is close above a line and close below it, as a letter is written by hand.
fn is_amid_text(piece: &Piece<'_>, at: usize) -> bool {
    let small = |w: &&str| w.starts_with(char::is_lowercase);
    let runs = |line: &str| {
        let count = text::word_count(line);
        count > 3 && line.split_whitespace().filter(small).count() * 2 > count
    };
    let text = |i: usize| {
        piece.foot.role(i) == Some(Role::Prose) || piece.lines.get(i).is_some_and(|l| runs(l.text))
    };
    at > 0 && text(at - 1) && text(at + 1)
}

/// Whether a titled name is the last line and close below the words of leave: `In aufrichtiger Ergebenheit / Frau Clara
/// Webb`.
fn may_have_signed(piece: &Piece<'_>, at: usize) -> bool {
    let lines = &piece.foot.lines;
    let k = lines.iter().position(|(i, _)| *i == at).unwrap_or(0);
    k > 0
        && k + 1 == lines.len()
        && lines[k - 1].1 == Role::Closing
        && foot::after_leave(piece.lines[lines[k - 1].0].text, piece.scope).is_none()
        && names::has_honorific(piece.lines[at].text)
}

/// Whether what follows the word that directs has the small words of a sentence: `An Reed geht heute dasselbe ab.`
fn reads_as_sentence(text: &str) -> bool {
    let small = |w: &&str| w.starts_with(char::is_lowercase) && text::length(w) > 3;
    text.ends_with('.') && text::words(text).filter(small).count() > 1
}

/// How much less a line of the head directs that is not the first of its block.
fn less_in_head(piece: &Piece<'_>, at: usize) -> i32 {
    match (piece.begins_group(at), text::is_caps(piece.lines[at].text)) {
        (true, _) => 0,
        // "TO THE UNITED NATIONS" in a letterhead goes on from the line above it.
        (false, true) => 55,
        (false, false) => 15,
    }
}

/// What follows the word that directs a letter, on its line or below it, and where that ends.
fn behind_direction<'p>(piece: &Piece<'p>, at: usize) -> Option<(&'p str, usize)> {
    let written = piece.lines[at].text;
    let next = (at + 1..piece.lines.len()).take(2).find(|&i| !piece.lines[i].is_blank());
    let below = || next.map_or(("", at + 1), |i| (piece.lines[i].text, i + 1));
    match foot::directed(written, piece.scope) {
        None => foot::is_direction(written, piece.scope).then(below),
        // "à Monsieur le Président" has the name in the next line.
        Some(rest) => {
            let office = names::judge(rest) == Named::Role;
            let named = office && plausible::person(below().0, piece.scope) >= 20;
            Some(if named { below() } else { (rest, at + 1) })
        }
    }
}

/// The person, the office or the body that a line names, without courtesy, office and town around a name.
fn addressee(text: &str, number: usize, piece: &Piece<'_>) -> Option<Mention> {
    let Piece { writing, scope, .. } = *piece;
    let text = text.trim_end_matches([',', '.', ' ', '–', '-']);
    let mention = Mention { line: number, ..Mention::default() };
    if text::is_hangul(text) {
        return Some(korean(text, mention, piece)).filter(Mention::is_named);
    }
    let whole = without_style(text.split([',', '/', '(']).next().unwrap_or(text).trim(), scope);
    let (mut role, mut bare) =
        parted_office(without_town(plausible::without_courtesy(whole)), scope);
    // "Nationalrath Dr. Alfred Escher": what is before a degree is an office, whatever its word.
    if let Some((office, rest)) = after_degree(bare) {
        role.get_or_insert(office);
        bare = rest;
    }
    // "à Monsieur X" keeps the name back.
    if bare.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let least = if bare.len() < text.len() { -10 } else { 20 };
    if plausible::person(bare, scope) >= least && !is_field_of_office(whole, bare) {
        let role = role.map(str::to_owned);
        return Some(Mention { person: Some(writing.person(bare)), role, ..mention });
    }
    if let Some(name) = behind_last_title(text, scope) {
        let role = office_before(text, name, scope).map(str::to_owned);
        return Some(Mention { person: Some(writing.person(name)), role, ..mention });
    }
    let body = body(text)?;
    let organization = Some(writing.organization(body));
    Some(Mention { organization, written: Some(body.to_owned()), ..mention })
}

/// Whether what is left of `Ministro del Interior` without its title is what the office is for. "Minister de Vries" is a
/// person.
fn is_field_of_office(whole: &str, bare: &str) -> bool {
    static OF: LazyLock<Words> = LazyLock::new(|| names::listed("of"));
    let first = whole.split(' ').next().unwrap_or_default();
    let Some((of, field)) = bare.split_once(' ') else { return false };
    names::is_role_word(&first.to_lowercase())
        && OF.contains(of)
        && !field.contains(' ')
        && names::knowledge::is_family(field).is_none()
}

/// `the Minister of Works, Mr. Tobias Renwick`: the office before the comma and the titles of a name.
fn office_before<'t>(text: &'t str, name: &str, scope: Scope) -> Option<&'t str> {
    let (office, _) = text[..text::offset(name, text)].rsplit_once(", ")?;
    let office = parties::without_article(office, scope);
    let whole = text::has_at_most(office, 10) && !office.contains(", ");
    (whole && names::judge(office) == Named::Role).then_some(office)
}

/// Whom a Korean line names; an office with what it is of stands for its holder.
fn korean(text: &str, mention: Mention, piece: &Piece<'_>) -> Mention {
    let partial = parties::read_line(text, piece.scope);
    let whose = text::word_count(text) > 1 || names::is_office_of_one(text);
    let office = partial.role.is_some() && whose;
    let body = partial.organization.or_else(|| office.then(|| text.to_owned()));
    Mention {
        person: partial.person,
        role: partial.role.filter(|_| body.as_deref() != Some(text)),
        organization: body.as_deref().map(|b| piece.writing.organization(b)),
        written: body,
        ..mention
    }
}

/// `Präsident Dr A. Escher`: the office before a person's name, and the name.
fn parted_office(line: &str, scope: Scope) -> (Option<&str>, &str) {
    let (mut role, mut name) = (None, line);
    while let Some((first, rest)) = name.split_once(' ') {
        if !leads_name(first) || plausible::person(rest, scope) < 10 {
            break;
        }
        role.get_or_insert(first);
        name = names::strip_honorifics(rest.trim_start());
    }
    (role, name)
}

/// Whether a word is an office, a title, or the abbreviation of one: `d. Escher`.
fn leads_name(word: &str) -> bool {
    names::is_role_word(&word.trim_end_matches('.').to_lowercase())
        || names::is_honorific(word)
        || word.len() == 2 && word.ends_with('.') && text::starts_lower(word)
}

/// The body or the office of several words that a line names: `Messrs. Lund & Sons, Hull`.
fn body(line: &str) -> Option<&str> {
    let whole = line.split(" in ").next().unwrap_or(line).trim();
    match names::judge(whole) {
        Named::Organization => {}
        Named::Role if text::word_count(whole) > 1 => {}
        _ => return None,
    }
    let body = plausible::without_courtesy(whole);
    let parted = body.rsplit_once(", ");
    let town = parted.filter(|(_, town)| names::knowledge::is_city(town).is_some());
    Some(town.map_or(body, |(body, _)| body))
}

/// The name behind the last title of a long address in one line: `Molto Reverendo Padre il Padre Don Luigi Sarti Classe`.
pub(super) fn behind_last_title(line: &str, scope: Scope) -> Option<&str> {
    let starts: Vec<usize> = text::words(line).map(|w| text::offset(w, line)).collect();
    // A sentence has small words, an address but the smallest.
    let small = |w: &str| w.starts_with(char::is_lowercase) && text::length(w) > 3;
    if text::words(line).any(small) || text::ends_sentence(line) {
        return None;
    }
    let titled = |at: &&usize| names::has_honorific(&line[**at..]);
    let at = *starts.iter().rfind(titled)?;
    let rest = names::strip_honorifics(&line[at..]);
    let words: Vec<&str> = text::words(rest).take(3).collect();
    // "To the Inspector General, Royal Irish Constabulary": in one part with a title, or alone in one, is a body.
    let last = words.last().map_or(0, |w| text::offset(w, rest) + w.len());
    let part = rest.trim_start_matches([',', ' ']).split(',').next().unwrap_or_default();
    let body = |part: &str| names::judge(part) == Named::Organization;
    if body(rest[..last].trim_end_matches([',', '.'])) || body(part.trim_end_matches('.')) {
        return None;
    }
    let name = |count: usize| {
        let last = words.get(..count)?.last()?;
        let end = text::offset(last, rest) + last.len();
        Some(rest[..end].trim_end_matches([',', '.']))
    };
    [3, 2]
        .into_iter()
        .filter_map(name)
        .max_by_key(|name| plausible::person(name, scope))
        .filter(|name| plausible::person(name, scope) >= 40 && line.len() > name.len())
}

/// The words before a doctor's degree and those after it.
fn after_degree(name: &str) -> Option<(&str, &str)> {
    let word = |w: &str| w.trim_end_matches('.').eq_ignore_ascii_case("dr");
    let at = name.split(' ').skip(1).find(|w| word(w))?;
    let start = text::offset(at, name);
    let rest = name[start + at.len()..].trim();
    (!rest.is_empty()).then(|| (name[..start].trim(), rest))
}

/// A name without the town behind it: `Alfred Escher in Zürich`.
fn without_town(name: &str) -> &str {
    static IN: [&str; 4] = [" in ", " à ", " zu ", " at "];
    IN.iter()
        .filter_map(|w| name.find(w))
        .min()
        .map_or(name, |i| name[..i].trim_end_matches([',', ' ']))
}

/// A titled name below the signature: `Sir Wm Elford Bart`, and the layout's address at the foot.
fn at_foot(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found: Vec<Claim> = block_at_foot(piece).into_iter().collect();
    let styled = |i: usize| is_styled(piece.lines[i].text, piece.scope);
    // Several titled names are a list of signatories.
    if piece.layout.signatures.clone().filter(|&i| styled(i)).count() <= 1 {
        let lines = 0..piece.foot.lines.len();
        found.extend(lines.filter_map(|k| titled_below_signature(piece, k)));
    }
    found
}

fn block_at_foot(piece: &Piece<'_>) -> Option<Claim> {
    let block = piece.layout.foot_address.clone();
    let list = parties::address(&piece.lines[block.clone()], piece.writing);
    if list.is_empty() {
        return None;
    }
    let sign = if plausible::parties(&list, piece.scope) < -30 { -50 } else { 0 };
    let rule = "address below the signature";
    let claim = Claim::new(rule, Field::Recipients, Value::Parties(list.clone()), block);
    let claim = with_doubt_of_office(claim.adjusted(sign), &list);
    Some(with_doubt_of_odd(claim, &list, piece.scope))
}

fn titled_below_signature(piece: &Piece<'_>, k: usize) -> Option<Claim> {
    let lines = &piece.foot.lines;
    let at = lines[k].0;
    let greeted = is_greeted_below(piece, k);
    // "Im Auftrag" above "Dr. Kettler" says who signed.
    let above = k.checked_sub(1).map_or("", |k| piece.lines[lines[k].0].text);
    if parties::is_mark_of_signing(above, piece.scope) || is_in_headed_list(piece, at) {
        return None;
    }
    if !greeted && (!is_titled_name(piece, k) || is_writers_own(piece, k)) {
        return None;
    }
    let mention = addressee(piece.lines[at].text, piece.number(at), piece)?;
    let left = piece.layout.closing.is_some_and(|c| c < at)
        || lines[..k].iter().any(|(_, r)| *r == Role::Closing);
    // What comes after it are a street and a town, not a text.
    let prose = lines[k + 1..].iter().any(|(_, r)| *r == Role::Prose);
    // Above it nobody took leave, and the text goes on: it heads a part of it.
    if prose && !left && !greeted {
        return None;
    }
    let less = weigh(&[(mention.person.is_none(), 30), (!left, 20), (prose, 20)]);
    let list = Value::Parties(vec![mention]);
    let claim = Claim::new("titled name below the signature", Field::Recipients, list, at..at + 1);
    let claim = claim.adjusted(-less);
    // Who keeps a letter writes on it whose it is.
    let name = without_style(piece.lines[at].text, piece.scope);
    Some(match foot::family_name(name).filter(|f| signs_above(piece, k, f)) {
        Some(family) if !greeted => {
            claim.doubted(format!("who signed has the family name `{family}`, too"))
        }
        _ if !greeted && !is_signed_above(piece, k) => {
            claim.doubted(format!("`{}` may be who signed", piece.lines[at].text))
        }
        _ => claim,
    })
}

/// Whether a line is in a list that a heading such as `Signatories:` begins, without a blank line between.
fn is_in_headed_list(piece: &Piece<'_>, at: usize) -> bool {
    let mut above = piece.lines[..at].iter().rev().take_while(|l| !l.is_blank());
    above.any(|l| marks::is_signed_heading(l.text, piece.scope))
}

/// Whether a name, or the first letters of one, is above a line of the foot.
fn is_signed_above(piece: &Piece<'_>, k: usize) -> bool {
    piece.foot.lines[..k].iter().any(|(i, role)| {
        let line = piece.lines[*i].text;
        let named = |name: &str| {
            let bare = name.trim_end_matches(['.', ',', ' ']);
            plausible::person(bare, piece.scope) >= 0 || plausible::is_initials(bare)
        };
        match role {
            Role::Free => !is_styled(line, piece.scope) && named(line),
            Role::Closing => foot::after_leave(line, piece.scope).is_some(),
            _ => false,
        }
    })
}

/// Whether a name above a line of the foot ends in a family name.
fn signs_above(piece: &Piece<'_>, k: usize, family: &str) -> bool {
    piece.foot.lines[..k].iter().any(|(i, role)| {
        let line = piece.lines[*i].text;
        matches!(role, Role::Free | Role::Closing)
            && text::has_at_most(line, 8)
            && foot::family_name(line).is_some_and(|name| name.eq_ignore_ascii_case(family))
    })
}

/// Whether a name below another one is that of whom the salutation greets: `C. L. Webb` where `Dear Webb` was greeted.
fn is_greeted_below(piece: &Piece<'_>, k: usize) -> bool {
    let (at, role) = piece.foot.lines[k];
    let named = |(i, role): &(usize, Role)| {
        *role == Role::Free && plausible::person(piece.lines[*i].text, piece.scope) >= 5
    };
    role == Role::Free
        && is_greeted(piece, piece.lines[at].text)
        && piece.foot.lines[..k].iter().any(named)
}

/// Whether the last word of a short line is the last one of whom the salutation greets.
pub(super) fn is_greeted(piece: &Piece<'_>, line: &str) -> bool {
    fn last(name: &str) -> &str {
        let name = name.split(',').next().unwrap_or(name);
        let word = name.split_whitespace().next_back().unwrap_or_default();
        word.trim_matches(|c: char| !c.is_alphanumeric())
    }
    let Some(at) = piece.layout.salutation else { return false };
    let whom = last(marks::greeted(piece.lines[at].text, piece.scope));
    text::has_at_most(line, 6)
        && text::length(whom) > 2
        && whom.starts_with(char::is_uppercase)
        && !plausible::is_kin(whom, piece.scope)
        && text::word_count(line.split(',').next().unwrap_or(line)) > 1
        && whom.eq_ignore_ascii_case(last(line))
}

/// Whether a line at the foot is a person's name with a title, and neither a copy's nor a body's.
fn is_titled_name(piece: &Piece<'_>, k: usize) -> bool {
    let (at, role) = piece.foot.lines[k];
    let line = piece.lines[at].text;
    if role != Role::Free || piece.layout.copied.contains(&at) || !is_styled(line, piece.scope) {
        return false;
    }
    let name = plausible::without_courtesy(line.split(',').next().unwrap_or(line));
    // "Colonel, AGC" is the rank of who signed.
    if names::is_honorific(name) || text::words(name).any(|w| goes_on_small(w, piece.scope)) {
        return false;
    }
    // Who writes "m. p." signs.
    if piece.scope != Scope::of("en") && foot::with_own_hand(line).is_some() {
        return false;
    }
    // "Eurer Hochwohlgeboren" goes on in who the writer is to the reader.
    let first = line.split_whitespace().next().unwrap_or_default();
    !foot::is_leave(first, piece.scope) && names::judge(line) != Named::Organization
}

/// Whether a word is of a sentence, not of a name: "Hrn. Webb zu besprechen." is the end of one.
fn goes_on_small(word: &str, scope: Scope) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphabetic());
    let small = bare.starts_with(char::is_lowercase) && text::length(bare) > 1;
    small && !names::is_particle(bare) && !RANKS.has(scope, word.trim_end_matches('.'))
}

/// Below words of leave, or at the beginning, a titled name is the writer's, but for a rank behind it or an address
/// below it; so is one above the line that directs the letter.
fn is_writers_own(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    let line = piece.lines[lines[k].0].text;
    let below = lines.get(k + 1).map(|(_, role)| *role);
    let above = piece.foot.above_dates(k).map(|k| lines[k].1);
    if foot::on_paper(piece, line).is_some() || is_below_office(piece, k) {
        return true;
    }
    match (above, below) {
        (None, _) | (_, Some(Role::Directed)) => true,
        (Some(Role::Closing), Some(Role::Address)) if line.ends_with(',') => false,
        (Some(Role::Closing), _) => !has_rank(line, piece.scope),
        _ => false,
    }
}

/// Whether words of leave and an office by itself are above a name: it is that of who holds the office.
fn is_below_office(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    if let Some(above) = k.checked_sub(1).filter(|_| piece.layout.closing.is_none()) {
        // `De Minister van Buitenlandse Zaken,` below the text
        let line = piece.lines[lines[above].0].text;
        let office = names::judge(parties::without_article(line, piece.scope)) == Named::Role;
        let first = above.checked_sub(1).is_none_or(|before| lines[before].1 == Role::Prose);
        if line.ends_with(',') && office && first {
            return true;
        }
    }
    let Some(closing) = k.checked_sub(2).filter(|c| lines[*c].1 == Role::Closing) else {
        return false;
    };
    let above = lines[closing + 1].0;
    let office = parties::without_article(piece.lines[above].text, piece.scope);
    above + 1 == lines[k].0 && names::judge(office) == Named::Role && text::has_at_most(office, 4)
}

/// Whether a name has a title before it or behind it, as one gives to others: `Sir W. Elford`, `B. R. Haydon, Esqre`.
pub(super) fn is_styled(line: &str, scope: Scope) -> bool {
    // "M." is a title in French, and an initial elsewhere.
    let initial = line.starts_with("M. ") && !scope.meets(Scope::of("fr"));
    has_rank(line, scope)
        || !initial
            && names::has_honorific(line)
            && plausible::without_courtesy(line).len() < line.trim().len()
}

/// Whether a name has a rank behind it.
pub(super) fn has_rank(line: &str, scope: Scope) -> bool {
    without_style(line, scope).len() < line.trim_end_matches(SIGNS_OF_END).len()
}

/// Signs behind a name.
const SIGNS_OF_END: [char; 6] = ['.', ',', ' ', '-', '–', '—'];

/// A name without the words of rank behind it.
fn without_style(name: &str, scope: Scope) -> &str {
    let mut bare = name.trim_end_matches(SIGNS_OF_END);
    while let Some((before, last)) =
        bare.rsplit_once(|c: char| c.is_whitespace() || ",-–—".contains(c))
    {
        if !RANKS.has_any_case(scope, last.trim_end_matches('.')) {
            break;
        }
        bare = before.trim_end_matches(SIGNS_OF_END);
    }
    bare
}

/// The addressee before the words of a Korean title: `국방위원장께 드리는 공개편지`.
pub(super) fn before_letter(title: &str, scope: Scope) -> Option<&str> {
    static BEHIND: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.letter_to_ends));
    if !text::is_hangul(title) {
        return None;
    }
    let mut ends = title.char_indices().filter(|(at, _)| *at > 0);
    ends.find(|(at, _)| BEHIND.end(scope, &title[*at..], ends_word).is_some())
        .map(|(at, _)| title[..at].trim_end_matches('님'))
}

fn is_titled_or_person(name: &str) -> bool {
    names::has_honorific(name) && names::looks_like_person(name)
        || names::judge(name) == Named::Person
}

/// `Working Group`, whose name goes on with what it is for: `on Arbitrary Detention`.
fn is_named_by_subject(body: &str) -> bool {
    static BODIES: LazyLock<Words> = LazyLock::new(|| names::listed("bodies_that_deal"));
    body.rsplit(' ').next().is_some_and(|last| lexicon::has(&BODIES, last))
}

/// `Monsieur Jean Morel, Président du conseil`: a person by a title of courtesy, and an office behind a comma.
fn titled_with_office(name: &str, scope: Scope) -> Option<parties::Partial> {
    let titled = name.contains(", ") && names::has_honorific(name);
    let read = titled.then(|| parties::read_line(name, scope))?;
    (read.person.is_some() && read.role.is_some()).then_some(read)
}

/// Whom a title names: `Open Letter to UN Member States Calling for …`.
fn titled(piece: &Piece<'_>) -> Option<Claim> {
    static TO: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.letter_to));
    static ABOUT: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.letter_about));
    let title = piece.head.title.as_deref()?;
    let behind = TO.after(piece.scope, title).or_else(|| before_letter(title, piece.scope))?;
    let rest = parties::without_article(behind, piece.scope);
    let about = rest.match_indices(' ').find(|(i, _)| {
        let begins = ABOUT.end(piece.scope, &rest[i + 1..], ends_word).is_some();
        begins && !is_named_by_subject(&rest[..*i])
    });
    let stop = rest.find([':', '–', '—']).into_iter().chain(about.map(|(i, _)| i)).min();
    let name = rest[..stop.unwrap_or(rest.len())].trim().trim_end_matches([',', '.']);
    // An office of one word names nobody.
    let office = text::has_at_most(name, 1) && names::judge(name) == Named::Role;
    let office = office && !names::is_office_of_one(name);
    if name.is_empty() || office || !text::has_at_most(name, 12) {
        return None;
    }
    let person = is_titled_or_person(name);
    let lines = piece.head.title_lines.clone();
    let mut mention = Mention { line: piece.number(lines.start), ..Mention::default() };
    if text::is_hangul(name) {
        let mention = korean(name, mention, piece);
        let list = Value::Parties(vec![mention]);
        return Some(Claim::new("addressee in the title", Field::Recipients, list, lines));
    }
    // `the Minister of Works, Dr. Ida Holm`
    let holder = name.rsplit_once(", ").filter(|(office, holder)| {
        names::has_honorific(holder) && names::looks_like_person(holder) && !office.contains(", ")
    });
    if let Some((office, holder)) = holder.filter(|_| !person) {
        mention.person = Some(piece.writing.person(holder));
        mention.role = Some(office.to_owned());
    } else if person {
        mention.person = Some(piece.writing.person(name));
    } else if let Some(read) = titled_with_office(name, piece.scope) {
        mention.person = read.person.map(|person| piece.writing.person(&person));
        mention.role = read.role;
        mention.organization = read.organization.as_deref().map(|o| piece.writing.organization(o));
        mention.written = read.organization;
    } else if let Some((office, family)) = parties::office_and_holder(name, piece.scope) {
        mention.tentative = !family.contains(' ');
        mention.person = Some(piece.writing.person(family));
        mention.role = Some(office.to_owned()).filter(|_| !mention.tentative);
    } else {
        mention.organization = Some(piece.writing.organization(name));
        mention.written = Some(name.to_owned());
    }
    Some(Claim::new(
        "addressee in the title",
        Field::Recipients,
        Value::Parties(vec![mention]),
        lines,
    ))
}
