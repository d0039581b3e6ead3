//! Sentences of ten languages and more in every old encoding that can hold them: each is read as it was
//! written, or with a doubt; none is wrong in silence.

#![allow(clippy::unwrap_used, reason = "a test says by a panic that it failed")]

use super::{Known, decode};
use crate::charset::Charset;

/// Tag, encodings, sentences.
const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "windows-1252 windows-1250 iso-8859-15 macintosh cp850 cp437",
        &[
            "The toll was £4 a head, and the crêpe was cold.",
            "They paid £7 — no more.",
            "The rent of the café is £4 a year, and nobody has paid it since.",
            "It’s naïve to think that the façade would stand — the mason said so twice in March.",
            "We met Mr. Müller at the archive, and he showed us the register of the parish for a fee of £12.",
            "The temperature in the vault is 14° and must not rise; a résumé of the damage is enclosed, as the committee asked in its letter.",
        ],
    ),
    (
        "fr",
        "windows-1252 iso-8859-15 macintosh cp850 cp437",
        &[
            "Le comité a reçu la lettre à la fin de l'été, et il répondra.",
            "Monsieur le préfet, nous vous prions de faire connaître où sont gardés les dossiers de l'année passée.",
            "Les élèves français étaient là; leurs pères aussi, dès le matin, près de la forêt brûlée.",
            "La société a décidé de prêter ses archives à l'exposition, à condition qu'elles soient assurées et rendues avant Noël; le reçu est joint.",
        ],
    ),
    (
        "de",
        "windows-1252 windows-1250 iso-8859-2 iso-8859-15 macintosh cp850 cp437",
        &[
            "Die Akten über die Größe der Gebäude werden wir nächste Woche prüfen.",
            "Für die Übersendung des Verzeichnisses danken wir Ihnen und grüßen Sie.",
            "Der Bürgermeister hat die Schlüssel zurückgegeben; die Tür blieb trotzdem den ganzen Winter über verschlossen.",
            "Sehr geehrte Frau Schäfer, wir möchten Sie bitten, uns mitzuteilen, wann wir die Bücher der früheren Gemeinde einsehen können.",
        ],
    ),
    (
        "es",
        "windows-1252 iso-8859-15 macintosh cp850 cp437",
        &[
            "La Asociación de México pidió más información sobre los niños.",
            "¿Cuándo responderá la comisión? Mañana será demasiado tarde, según dijo el señor Ibáñez.",
            "Les escribimos para pedir que el archivo público esté abierto también los sábados, como prometió el año pasado.",
            "El jardín de la estación quedó vacío; después llegó el tren con las cajas del señor Peña y nadie las abrió.",
        ],
    ),
    (
        "it",
        "windows-1252 iso-8859-15 macintosh cp850 cp437",
        &[
            "La città non è più quella che era, perché il porto è chiuso.",
            "Così il comitato ha già deciso: lunedì si aprirà l'archivio a tutti i soci che lo vorranno.",
            "Le lettere della libertà sono nella scatola, ma la qualità della carta è così povera che nessuno può leggerle.",
        ],
    ),
    (
        "pt",
        "windows-1252 iso-8859-15 macintosh cp850",
        &[
            "A comissão não respondeu à carta do mês de março.",
            "Os livros da região estão em São João; são três caixas e ninguém as abriu até amanhã.",
            "Pedimos informações sobre a população e a educação das crianças, como já fizemos em junho.",
        ],
    ),
    (
        "sv",
        "windows-1252 iso-8859-15 macintosh cp850 cp437",
        &[
            "Vi ber er att skicka förteckningen över handlingarna från förra året.",
            "Brevet låg på vinden i många år och ingen läste det förrän sonen öppnade lådan.",
            "Kära styrelse, det är nu två år sedan vi frågade när arkivet skall öppnas för dem som bor här.",
        ],
    ),
    (
        "pl",
        "windows-1250 iso-8859-2",
        &[
            "Prosimy o przesłanie spisu akt, które zostały przekazane do archiwum.",
            "Szanowny Panie Dyrektorze, łączymy wyrazy szacunku i dziękujemy za odpowiedź.",
            "Książki leżą w piwnicy; nikt ich nie czyta, choć są ważne dla całej gminy i jej mieszkańców.",
            "Zarząd prosi, aby wszyscy członkowie zgłosili się do końca miesiąca, gdyż później nie będzie już można nic zmienić.",
        ],
    ),
    (
        "cs",
        "windows-1250 iso-8859-2",
        &[
            "Prosíme o zaslání seznamu spisů, které byly předány do archivu.",
            "Vážený pane řediteli, děkujeme za odpověď a těšíme se na setkání příští týden.",
            "Knihy leží ve sklepě a nikdo je nečte, ačkoliv jsou důležité pro celou obec.",
        ],
    ),
    (
        "hu",
        "windows-1250 iso-8859-2",
        &[
            "Kérjük, küldjék el az elmúlt évben átadott iratok jegyzékét.",
            "A levéltár őre azt mondta, hogy a könyvek a pincében vannak, és senki sem olvassa őket többé.",
        ],
    ),
    (
        "ru",
        "windows-1251 koi8-r ibm866",
        &[
            "Просим вас сообщить, где находятся дела комиссии за прошлый год.",
            "Уважаемый господин директор! Письмо получено, и ответ будет дан в мае.",
            "Книги лежат в подвале; никто их не читает, хотя они важны для всего города и его жителей.",
            "С уважением, председатель общества",
        ],
    ),
    (
        "ko",
        "euc-kr utf-16le utf-16be",
        &[
            "존경하는 위원장님께 지난해 보낸 문서의 목록을 알려 주시기 바랍니다.",
            "우리는 이 서한을 통해 정부의 답변을 다시 요청합니다. 기록은 어디에 있습니까?",
            "창고의 열쇠는 관리인이 가지고 있으며, 책들은 아무도 읽지 않은 채 그대로 놓여 있었다.",
        ],
    ),
    (
        "ja",
        "shift_jis euc-jp utf-16le",
        &[
            "先日お送りした資料についてご回答をいただければ幸いです。 敬具",
            "倉庫の鍵は管理人が持っており、 本は誰にも読まれないまま残っていた。",
            "委員会の記録がどこに保管されているか、お知らせくださいますようお願いいたします。\n",
        ],
    ),
    (
        "zh",
        "gb18030",
        &[
            "尊敬的馆长：请告知委员会去年的档案现在何处保存。此致敬礼。",
            "我们在三月写给你们的信没有得到回答，请在本月之内告诉我们结果。",
        ],
    ),
    (
        "zh-Hant",
        "big5",
        &[
            "敬愛的館長：請告知委員會去年的檔案現在何處保存。此致敬禮。",
            "我們在三月寫給你們的信沒有得到回答，請在本月之內告訴我們結果。",
        ],
    ),
];

fn encoded(text: &str, name: &str) -> Option<Vec<u8>> {
    if let Some(big) = name.strip_prefix("utf-16") {
        let units = text.encode_utf16();
        return Some(match big {
            "le" => units.flat_map(u16::to_le_bytes).collect(),
            _ => units.flat_map(u16::to_be_bytes).collect(),
        });
    }
    let charset = Charset::named(name)?;
    if let Charset::Web(encoding) = charset {
        let (bytes, _, lossy) = encoding.encode(text);
        return (!lossy).then(|| bytes.into_owned());
    }
    let upper: Vec<char> = charset.decode(&(0x80..=0xFF).collect::<Vec<u8>>()).0.chars().collect();
    let byte = |c: char| match c.is_ascii() {
        true => Some(c as u8),
        false => Some(0x80 + u8::try_from(upper.iter().position(|u| *u == c)?).ok()?),
    };
    text.chars().map(byte).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "it is run for what it prints, too")]
fn no_sentence_is_wrong_in_silence() {
    let english = ["en".to_owned()];
    let (mut right, mut doubtful, mut wrong) = (0, 0, Vec::new());
    let mut unsure = Vec::new();
    for (tag, names, sentences) in TABLE {
        let own = [(*tag).to_owned()];
        let all = sentences.join(" ");
        let long = [all.as_str()].repeat(1 + 1600 / all.len()).join("\n");
        for text in sentences.iter().map(|s| (*s).to_owned()).chain([all, long]) {
            for name in names.split(' ') {
                let Some(bytes) = encoded(&text, name) else { continue };
                for languages in [&english, &own] {
                    let known = Known { languages, ..Known::default() };
                    let read = decode(&bytes, known).unwrap();
                    let same = read.text == super::clean(&text);
                    let head: String = read.text.chars().take(200).collect();
                    let what = format!("{tag} {name} {languages:?}: {head}");
                    match (same, &read.doubt) {
                        (true, None) => right += 1,
                        (_, Some((reason, _))) => {
                            doubtful += 1;
                            unsure.push(format!("{what}\n    {reason}"));
                        }
                        (false, None) => wrong.push(what),
                    }
                }
            }
        }
    }
    let count = right + doubtful + wrong.len();
    if std::env::var_os("FONDS_DOUBTS").is_some() {
        eprintln!("{}", unsure.join("\n"));
    }
    eprintln!("{count} readings: {right} right, {doubtful} in doubt, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 200 && doubtful * 10 <= count, "{doubtful} of {count} in doubt");
}

#[test]
fn a_setting_decides_and_utf8_needs_none() {
    let known = Known { encoding: Some("cp850"), ..Known::default() };
    let read = decode(b"\x9C4 caf\x82", known).unwrap();
    assert_eq!((read.text.as_str(), read.doubt), ("£4 café", None));
    assert_eq!(read.encoding.as_deref(), Some("cp850"));
    let read = decode("£4 café".as_bytes(), known).unwrap();
    assert_eq!((read.text.as_str(), read.encoding), ("£4 café", None));
}

#[test]
fn what_no_encoding_explains_is_a_doubt() {
    let read = decode("one\ntwo \u{FFFD}".as_bytes(), Known::default()).unwrap();
    assert_eq!(read.doubt.map(|(_, line)| line), Some(2));
}

#[test]
fn a_folder_helps_a_doubtful_seed_and_says_so() {
    let languages = ["fr".to_owned(), "pl".to_owned()];
    let read = |bytes: &[u8], beside| {
        decode(bytes, Known { languages: &languages, beside, ..Known::default() }).unwrap()
    };
    // `ê` of windows-1252 is `ę` of windows-1250.
    let bytes = b"f\xEAte";
    let alone = read(bytes, None);
    assert!(alone.doubt.is_some());
    for beside in ["windows-1252", "windows-1250"] {
        let among = read(bytes, Some(beside));
        assert_eq!(among.encoding.as_deref(), Some(beside));
        // Only what a seed says by itself, too, needs no doubt.
        let doubt = among.doubt.is_some_and(|(reason, _)| reason.contains("others of its folder"));
        assert_eq!(doubt, among.text != alone.text, "{beside}: {}", among.text);
    }
    // A seed that is sure of itself stays what it is.
    let sure = "Szanowny Panie Dyrektorze, prosimy o przes\u{142}anie spisu akt, kt\u{f3}re zosta\u{142}y przekazane.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(sure);
    let among = read(&bytes, Some("windows-1252"));
    assert_eq!((among.text.as_str(), among.doubt), (sure, None));
}
