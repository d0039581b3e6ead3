//! A small archive in which every feature has something to find.

use fonds::search::{Document, FacetValue, Tables};

const COMMITTEE: u32 = 0;
const ASSEMBLY: u32 = 1;
const CITIZENS: u32 = 2;
const AMNESTY: u32 = 3;

const BAN: u32 = 0;
const SOLARZ: u32 = 1;

const LETTER: u32 = 0;
const OPEN_LETTER: u32 = 1;
const REPORT: u32 = 2;

const ENGLISH: u32 = 0;
const KOREAN: u32 = 1;
const GERMAN: u32 = 2;

/// Documents, newest first, and the values that they share; then sixty plain letters from 1999 down, so
/// that the table has more than one block, and an undated one.
pub(crate) fn archive() -> (Vec<Document>, Tables) {
    let mut documents = vec![
        Document {
            organizations: vec![AMNESTY, COMMITTEE],
            recipients: vec!["General Assembly".into()],
            topics: vec![0],
            collections: Vec::new(),
            own: Vec::new(),
            extra: Vec::new(),
            ..document(
                "2018/2019",
                "Open letter on abductions",
                OPEN_LETTER,
                ENGLISH,
                &[
                    "We call on all Member States to adopt the resolution A/HRC/25/63/Add.1 without delay.",
                    "Human rights watchers met; rights of human beings were discussed with the D.P.R.K. mission.",
                ],
            )
        },
        Document {
            organizations: vec![ASSEMBLY],
            references: vec!["A/HRC/25/63".into()],
            ..document(
                "2014-11-10",
                "Report of the commission of inquiry",
                REPORT,
                ENGLISH,
                &[
                    "The report finds that human rights in the DPRK were violated. See document A/HRC/25/63.",
                    "It was committed to the Assembly in November, naïve façade of Zürich notwithstanding.",
                ],
            )
        },
        Document {
            organizations: vec![CITIZENS],
            ..document(
                "2014-11",
                "북한인권위원회의 공개 서한",
                OPEN_LETTER,
                KOREAN,
                &[
                    "북한인권위원회는 유엔총회에 결의안 채택을 촉구한다.",
                    "정치범 수용소를 폐지하라.",
                ],
            )
        },
        Document {
            organizations: vec![COMMITTEE],
            people: vec![BAN, SOLARZ],
            creators: vec!["Ban Ki-moon".into()],
            recipients: vec!["Stephen J. Solarz".into()],
            references: vec!["28-09713 / 28-13454".into()],
            ..document(
                "2008-11-19",
                "Letter from Ban Ki-moon to Stephen J. Solarz",
                LETTER,
                ENGLISH,
                &[
                    "I wish to thank you for your letter on the Democratic People’s Republic of Korea.",
                    "I continue to hold the view that dialogue will help to promote and protect human rights.",
                ],
            )
        },
        Document {
            organizations: vec![ASSEMBLY],
            ..document(
                "2001-05~",
                "Brief an die Versammlung",
                LETTER,
                GERMAN,
                &[
                    "Die Rechte der Menschen in Straßburg sind unteilbar. Recht haben ist nicht genug.",
                ],
            )
        },
    ];
    documents.extend((0..60).map(|n| {
        let date = format!("{}-03-{:02}", 1999 - n / 12, 28 - n % 12);
        let text = format!("Plain letter number {n} of the series about fishing quotas and nets.");
        document(&date, &format!("Fishing letter {n}"), LETTER, ENGLISH, &[&text])
    }));
    let mut undated = document(
        "",
        "Undated memorandum",
        REPORT,
        ENGLISH,
        &["A note on human rights and the report."],
    );
    undated.date = None;
    documents.push(undated);
    (documents, tables())
}

fn document(date: &str, title: &str, kind: u32, language: u32, passages: &[&str]) -> Document {
    let slug: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    Document {
        url: format!("documents/{}/", slug.to_lowercase()),
        title: title.to_owned(),
        date: date.parse().ok(),
        date_words: date.to_owned(),
        creators: Vec::new(),
        recipients: Vec::new(),
        references: Vec::new(),
        kind: Some(kind),
        language,
        organizations: Vec::new(),
        people: Vec::new(),
        topics: Vec::new(),
        collections: Vec::new(),
        own: Vec::new(),
        extra: Vec::new(),
        passages: passages.iter().map(|&text| text.to_owned()).collect(),
    }
}

fn tables() -> Tables {
    Tables {
        organizations: vec![
            value(
                "hrnk",
                "Committee for Human Rights in North Korea",
                &["HRNK", "U.S. Committee for Human Rights in North Korea", "북한인권위원회"],
            ),
            value("general-assembly", "General Assembly", &["GA"]),
            value(
                "citizens-alliance",
                "Citizens’ Alliance for North Korean Human Rights",
                &["NKHR"],
            ),
            value("amnesty-international", "Amnesty International", &[]),
            value("silent", "Organization without documents", &[]),
        ],
        people: vec![
            value("ban-ki-moon", "Ban Ki-moon", &["반기문"]),
            value("stephen-solarz", "Stephen J. Solarz", &[]),
        ],
        kinds: vec![
            value("letter", "Letter", &["Letters"]),
            value("open-letter", "Open letter", &[]),
            value("report", "Report", &[]),
        ],
        languages: vec![
            value("en", "English", &[]),
            value("ko", "Korean", &["한국어"]),
            value("de", "German", &[]),
        ],
        topics: vec![value("abductions", "Abductions", &[])],
        collections: Vec::new(),
        own: Vec::new(),
    }
}

fn value(key: &str, label: &str, names: &[&str]) -> FacetValue {
    FacetValue {
        key: key.to_owned(),
        label: label.to_owned(),
        names: names.iter().map(|&name| name.to_owned()).collect(),
    }
}
