//! Words of what scanners, printers, mail programs and web sites put around a text, and of those who describe
//! its pictures. They are few, and alternatives of several languages are side by side.

/// Words in the notice by which a mail program forbids to read a mail.
pub(in crate::ingest) const FORBIDDEN: &[&str] = &[
    "confidential",
    "privileged",
    "intended",
    "confidentiel",
    "confidentiels",
    "vertraulich",
    "vertrauliche",
    "confidencial",
    "confidenciales",
    "기밀",
    "비밀",
];
/// What begins the line of a right in the foot of a page.
pub(in crate::ingest) const RIGHTS: &[&str] =
    &["©", "(c)", "copyright", "copyright ©", "copyright (c)"];
/// Marks by which an office let a paper go.
pub(in crate::ingest) const RELEASED: &[&str] = &[
    "release in full",
    "release in part",
    "released in full",
    "released in part",
    "denied in full",
    "approved for release",
    "declassified in part",
    "declassified in full",
];
/// Words behind the number of a page.
pub(in crate::ingest) const PAGES: &[&str] = &["쪽", "페이지"];
/// Words of a pager before its numbers, and behind them.
pub(in crate::ingest) const PAGER_BACK: &[&str] = &["prev", "previous", "first"];
/// The same behind its numbers.
pub(in crate::ingest) const PAGER_ON: &[&str] = &["next", "last"];

/// Articles before a described picture.
pub(in crate::ingest) const ARTICLES: &[&str] = &["a", "an", "the"];
/// What a picture can be.
pub(in crate::ingest) const PICTURES: &[&str] = &[
    "signature",
    "logo",
    "logotype",
    "emblem",
    "seal",
    "letterhead",
    "stamp",
    "barcode",
    "photograph",
    "photo",
    "image",
    "drawing",
];
/// The picture that stands for a name.
pub(in crate::ingest) const SIGNATURE: &[&str] = &["signature"];
/// How a description goes on behind the picture's name.
pub(in crate::ingest) const SHOWS: &[&str] =
    &["of", "in", "that", "reading", "reads", "shows", "showing", "depicting", "with", "for"];
/// The same, as a sentence does.
pub(in crate::ingest) const STATES: &[&str] = &["appears", "consists", "shows", "reads", "depicts"];
/// The same, behind a signature.
pub(in crate::ingest) const BEHIND_SIGNATURE: &[&str] =
    &["of", "in", "that", "reading", "reads", "block", "image", "above", "over"];
/// How a signature looks.
pub(in crate::ingest) const MANNERS: &[&str] =
    &["handwritten", "cursive", "illegible", "stylized", "black", "blue", "ink", "scanned"];
/// How it may be said to look.
pub(in crate::ingest) const LOOKS: &[&str] =
    &["illegible", "handwritten", "cursive", "stylized", "unclear"];
/// The verb before those.
pub(in crate::ingest) const IS: &[&str] = &["is"];
/// Words of a sentence that tells more than what a picture shows.
pub(in crate::ingest) const TELLS: &[&str] = &[
    "is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "must", "should",
    "may", "i", "we", "our", "my", "your", "enclosed", "attached",
];

/// First parts of words that keep the hyphen behind them.
pub(in crate::ingest) const SET_OFF: &[&str] = &[
    "non", "self", "co", "ex", "pre", "post", "anti", "semi", "well", "long", "short", "high",
    "low", "half", "cross", "so", "one", "two", "three", "all", "mid", "vice", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Titles that programs give to files without one.
pub(in crate::ingest) const UNNAMED: &[&str] = &[
    "untitled",
    "(anonymous)",
    "unspecified",
    "untitled document",
    "document",
    "document1",
    "index",
    "index.html",
    "home",
    "homepage",
    "home page",
    "main page",
    "new page",
    "new page 1",
    "untitled page",
    "welcome",
    "default",
    "startseite",
    "accueil",
    "page d'accueil",
    "inicio",
    "página principal",
    "homepagina",
    "pagina iniziale",
    "página inicial",
    "홈",
    "메인",
    "unbenannt",
    "sans titre",
    "sin título",
    "제목 없음",
    "about:blank",
];

/// Accounts of machines that programs take for authors.
pub(in crate::ingest) const ACCOUNTS: &[&str] = &[
    "root",
    "user",
    "admin",
    "administrator",
    "owner",
    "unknown",
    "anonymous",
    "scanner",
    "none",
    "null",
    "n/a",
];

/// What newspapers put where the name of an author would be.
pub(in crate::ingest) const NEWSROOMS: &[&str] = &[
    "redacción",
    "redaccion",
    "la redacción",
    "redaktion",
    "die redaktion",
    "rédaction",
    "la rédaction",
    "redazione",
    "la redazione",
    "redactie",
    "de redactie",
    "newsroom",
    "news desk",
    "staff",
    "staff writer",
    "staff reporter",
    "webmaster",
    "편집부",
    "편집국",
    "관리자",
];

/// The country below an American town and its code, as part of the same line.
pub(in crate::ingest) const BELOW_TOWNS: &[&str] = &["USA", "U.S.A.", "United States"];
/// The district of that country's capital.
pub(in crate::ingest) const CAPITAL_DISTRICT: &[&str] = &["D.C.", "DC", "D.C", "DC."];

/// Signs behind the year, the month and the day of a Korean date, and of a Chinese one.
pub(in crate::ingest) const KOREAN_DAY: [&str; 3] = ["년", "월", "일"];
/// The same of a Chinese one.
pub(in crate::ingest) const CHINESE_DAY: [&str; 3] = ["年", "月", "日"];

/// What parts the two sides in the name of a case, in several languages.
pub(in crate::ingest) const VERSUS: &[&str] =
    &[" v. ", " vs. ", " V. ", " VS. ", " Vs. ", " -v- ", " -V- ", " v ", " vs ", " c. ", " c/ "];

/// Months of the French Republic, with their usual spellings.
pub(in crate::ingest) const REPUBLICAN_MONTHS: [&[&str]; 12] = [
    &["vendémiaire", "vendemiaire", "vend"],
    &["brumaire", "brum"],
    &["frimaire", "frim"],
    &["nivôse", "nivose", "niv"],
    &["pluviôse", "pluviose", "pluv"],
    &["ventôse", "ventose", "vent"],
    &["germinal", "germ"],
    &["floréal", "floreal", "flor"],
    &["prairial", "prair"],
    &["messidor", "mess"],
    &["thermidor", "therm", "fervidor"],
    &["fructidor", "fruct"],
];
/// Months of the Islamic calendar that letters name by one word.
pub(in crate::ingest) const ISLAMIC_MONTHS: &[&str] = &[
    "muharram",
    "safar",
    "rajab",
    "sha'ban",
    "shaban",
    "shaaban",
    "ramadan",
    "ramazan",
    "shawwal",
    "shawal",
    "محرم",
    "صفر",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
];
/// Months of the Jewish calendar.
pub(in crate::ingest) const JEWISH_MONTHS: &[&str] = &[
    "tishri",
    "tishrei",
    "heshvan",
    "cheshvan",
    "marheshvan",
    "kislev",
    "tevet",
    "tebet",
    "shevat",
    "shvat",
    "adar",
    "nisan",
    "iyar",
    "iyyar",
    "sivan",
    "tammuz",
    "tamuz",
    "av",
    "elul",
];
/// Months of the Persian calendar.
pub(in crate::ingest) const PERSIAN_MONTHS: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];
/// The word for a month, behind the name of a Persian one.
pub(in crate::ingest) const PERSIAN_MONTH: &str = "ماه";
