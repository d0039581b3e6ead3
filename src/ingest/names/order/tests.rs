use super::{ends_small, inverted, sort_name};

/// A name and its form in a catalogue; an empty one if the order is not known.
const SORTED: &[(&str, &str)] = &[
    // Western order, initials, particles, marks of a generation.
    ("Stephen J. Solarz", "Solarz, Stephen J."),
    ("Carl Gershman", "Gershman, Carl"),
    ("Greg Scarlatoiu", "Scarlatoiu, Greg"),
    ("Sheena Chestnut Greitens", "Greitens, Sheena Chestnut"),
    ("Katrina Lantos Swett", "Swett, Katrina Lantos"),
    ("Joseph S. Bermudez Jr.", "Bermudez, Joseph S., Jr."),
    ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
    ("William Howard Doane III", "Doane, William Howard, III"),
    ("Mr. Tom Ashby", "Ashby, Tom"),
    ("Anna White, M.D.", "White, Anna"),
    ("Jb. Dubs", "Dubs, Jb."),
    ("Jean DUPONT", "Dupont, Jean"),
    ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
    ("Willem van der Meer", "Meer, Willem van der"),
    ("Annette von Droste-Hülshoff", "Droste-Hülshoff, Annette von"),
    ("Martin Van Buren", "Van Buren, Martin"),
    ("Honoré de Balzac", "Balzac, Honoré de"),
    ("Joachim du Bellay", "du Bellay, Joachim"),
    ("Jean de La Fontaine", "La Fontaine, Jean de"),
    ("Charles De Gaulle", "De Gaulle, Charles"),
    ("Alessandro della Seta", "della Seta, Alessandro"),
    ("Gabriel García Márquez", "García Márquez, Gabriel"),
    ("José Ortega y Gasset", "Ortega y Gasset, José"),
    ("Bartolomé de las Casas", "Casas, Bartolomé de las"),
    ("Johann Friedrich Peyer im Hof", "Peyer im Hof, Johann Friedrich"),
    ("Sir William Elford Bart.", "Elford, William"),
    ("T. N. Talfourd Esqre", "Talfourd, T. N."),
    ("Saud al-Faisal", "al-Faisal, Saud"),
    ("João da Silva", "Silva, João da"),
    // Family name first: Korean, Chinese, Japanese, Vietnamese, Hungarian.
    ("Ban Ki-moon", "Ban, Ki-moon"),
    ("BAN Ki-moon", "Ban, Ki-moon"),
    ("Ki-moon Ban", "Ban, Ki-moon"),
    ("Park Chung-hee", "Park, Chung-hee"),
    ("Kim Jong Un", "Kim, Jong Un"),
    ("Kim Kwang Jin", "Kim, Kwang Jin"),
    ("Kim Il-sung", "Kim, Il-sung"),
    ("Minjun Kim", "Kim, Minjun"),
    ("Benjamin Hyun Yoon", "Yoon, Benjamin Hyun"),
    ("Liu Xiaobo", "Liu, Xiaobo"),
    ("Xiaobo Liu", "Liu, Xiaobo"),
    ("Mao Zedong", "Mao, Zedong"),
    ("Chiang Kai-shek", "Chiang, Kai-shek"),
    ("Kato Hiroshi", "Kato, Hiroshi"),
    ("Hiroshi Kato", "Kato, Hiroshi"),
    ("Miura Kotarou", "Miura, Kotarou"),
    ("Yoshi Yamamoto", "Yamamoto, Yoshi"),
    ("Nguyen Van Thieu", "Nguyen, Van Thieu"),
    ("Nagy Imre", "Nagy, Imre"),
    ("Imre Nagy", "Nagy, Imre"),
    ("Kossuth Lajos", "Kossuth, Lajos"),
    // In a catalogue's order already.
    ("Solheim, Ingrid", "Solheim, Ingrid"),
    ("KIM, Min-jun", "KIM, Min-jun"),
    // In their own script.
    ("박희준", "박희준"),
    ("佐藤健一", "佐藤健一"),
    // Not known: one name, rare syllables at both ends, two names that may each be either.
    ("Butler", ""),
    ("Anna", ""),
    ("Ja Song Nam", ""),
    ("Tae Song Han", ""),
    ("Seo Young Moon", ""),
    ("Charles of Wales", ""),
    ("Pope John Paul II", ""),
    ("Elizabeth II", ""),
    ("Sister Mary Agnes", ""),
    ("Rosario Martín Iriarte", ""),
    ("Katona Imre", "Katona, Imre"),
    ("Kiss Antal", "Kiss, Antal"),
    ("Antal Imre", ""),
    ("Wang Wei", ""),
    ("Kim Young", ""),
    ("Müller Hans", ""),
    ("Xuvani Qortel", ""),
    ("Paul d'Estournelles de Constant", ""),
    ("Mary and Eliza Webb", ""),
];

#[test]
fn a_catalogue_puts_the_family_name_first_where_it_is_known() {
    let wrong: Vec<_> = SORTED
        .iter()
        .map(|(name, sorted)| (*name, sort_name(name).unwrap_or_default(), *sorted))
        .filter(|(_, found, sorted)| found != sorted)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_in_a_catalogue_s_order_is_one_person() {
    for (text, given, family) in [
        ("Solheim, Ingrid", "Ingrid", "Solheim"),
        ("Ashby, Tom", "Tom", "Ashby"),
        ("KIM, Min-jun", "Min-jun", "KIM"),
        ("Ban, Ki-moon", "Ki-moon", "Ban"),
        ("White, Anna", "Anna", "White"),
        ("House, Mary E.", "Mary E.", "House"),
        ("van der Meer, Willem", "Willem", "van der Meer"),
        ("García Márquez, Gabriel", "Gabriel", "García Márquez"),
        ("King, Martin Luther, Jr.", "Martin Luther, Jr.", "King"),
        ("Mitford, M. R.", "M. R.", "Mitford"),
        ("Droste-Hülshoff, Annette von", "Annette von", "Droste-Hülshoff"),
        ("Lavater, Joh. Casp.", "Joh. Casp.", "Lavater"),
        ("Washington, George", "George", "Washington"),
        ("DUPONT, Élodie", "Élodie", "DUPONT"),
        ("Huber, Frau Ingeborg", "Ingeborg", "Huber"),
    ] {
        let found = inverted(text);
        assert_eq!(found, Some((given.to_owned(), family.to_owned())), "{text}");
    }
}

#[test]
fn a_comma_of_another_kind_is_no_catalogue_s_order() {
    for text in [
        "Harbour Office, Whitby",
        "London, England",
        "Skadden, Arps",
        "Charlotte, Virginia",
        "Paris, Texas",
        "Washington, D.C.",
        "Boston, MA",
        "London, W.",
        "Geneva, Switzerland",
        "Best, Tom",
        "Yours sincerely, Anna",
        "Dear Anna, Tom",
        "Director, Anna White",
        "Anna White, Director",
        "Anna, Peter",
        "Monday, June",
        "Acme, Inc.",
        "Smith, Jones & Co",
        "Zürich, den 3. Mai",
        "Ministry of Justice, Norway",
        "Anna White, Tom Ashby",
        "Penrose, Hall, King",
        "Hello, World",
        ", Anna",
        "White,",
        "",
    ] {
        assert_eq!(inverted(text), None, "{text}");
    }
}

#[test]
fn a_text_whose_last_word_begins_small_is_no_name() {
    for text in ["Harbour dues unpaid", "Ada of the sea.", "quill"] {
        assert!(ends_small(text), "{text}");
        assert_eq!(super::super::person_likelihood(text), -90, "{text}");
    }
    // Particles before a name and titles behind it may be small; what is not plain is judged by other rules.
    for text in
        ["Ada Quill", "Zaynab al-Quill", "Paul d'Estournelles", "Ada Quill esqre", "Ada café"]
    {
        assert!(!ends_small(text), "{text}");
    }
}
