//! The head of a table → which column holds which field: as config.toml says, else by the names that catalogues
//! give their columns (CollectionBuilder, Omeka's Dublin Core, AtoM's ISAD, spreadsheets in five languages).

use crate::config::ColumnSettings;

/// A field that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Field {
    File,
    References,
    Title,
    Date,
    Kind,
    Language,
    Place,
    Subject,
    Creators,
    Signatories,
    Recipients,
    Copied,
    Topics,
    Description,
    Rights,
    Url,
    Text,
}

/// Each field with its key in config.toml and the usual names of its column.
const NAMES: [(Field, &str, &str); 17] = [
    (
        Field::File,
        "file",
        "file|files|file attachments|filename|file name|filenames|path|object location|digital object path|digitalobjectpath|datei|dateiname|\
         dateien|fichier|fichiers|nom du fichier|nom de fichier|archivo|nombre de archivo|파일|파일명|파일 이름",
    ),
    (
        Field::References,
        "references",
        "reference|references|reference code|archive location|referencecode|identifier|object id|objectid|item id|id|shelfmark|shelf mark|\
         call number|symbol|document number|signatur|aktenzeichen|inventarnummer|cote|identifiant|numéro|signatura|\
         identificador|식별자|식별번호|문서번호|문서 번호|청구기호|참조번호|참조코드",
    ),
    (
        Field::Title,
        "title",
        "title|document title|name|titel|titre|intitulé|título|titulo|제목|표제|문서명|기록물명",
    ),
    (
        Field::Date,
        "date",
        "date|issued|date issued|date created|created|creation date|date of letter|date of document|document date|eventdates|event dates|datum|\
         briefdatum|entstehungszeit|date de création|date du document|fecha|날짜|일자|작성일|작성일자|생산일|생산일자|시기",
    ),
    (
        Field::Kind,
        "kind",
        "kind|type|item type|document type|genre|art|dokumentart|gattung|type de document|nature|tipo|tipo de documento|종류|유형|문서유형",
    ),
    (Field::Language, "language", "language|languages|sprache|langue|idioma|lengua|언어"),
    (
        Field::Place,
        "place",
        "place|place of writing|publisher-place|location|spatial|ort|schreibort|entstehungsort|lieu|lieu de rédaction|lugar|장소|작성지|발신지|지역",
    ),
    (Field::Subject, "subject", "re|subject line|betreff|objet|asunto|건명"),
    (
        Field::Creators,
        "creators",
        "creator|creators|author|authors|sender|senders|from|written by|eventactors|event actors|absender|verfasser|autor|\
         autoren|urheber|expéditeur|expéditeurs|auteur|auteurs|remitente|autores|보낸 사람|보낸사람|보낸이|발신|발신자|발신인|저자|\
         작성자|생산자",
    ),
    (
        Field::Signatories,
        "signatories",
        "signatory|signatories|signed by|signers|unterzeichner|unterzeichnet von|signataire|signataires|firmantes|서명|서명자",
    ),
    (
        Field::Recipients,
        "recipients",
        "recipient|recipients|addressee|addressees|receiver|to|empfänger|adressat|adressaten|destinataire|destinataires|\
         destinatario|destinatarios|받는 사람|받는사람|받는이|수신|수신자|수신인",
    ),
    (
        Field::Copied,
        "copied",
        "cc|copied|copy to|copies to|kopie|kopie an|copie|copie à|copia|사본|참조자",
    ),
    (
        Field::Topics,
        "topics",
        "subject|subjects|topic|topics|keyword|keywords|tag|tags|manual tags|subject access points|subjectaccesspoints|schlagwort|\
         schlagwörter|schlagworte|thema|themen|sujet|sujets|mots-clés|mots clés|matières|tema|temas|palabras clave|주제|주제어|키워드",
    ),
    (
        Field::Description,
        "description",
        "description|abstract|abstract note|summary|scope and content|scopeandcontent|beschreibung|inhalt|zusammenfassung|résumé|\
         portée et contenu|descripción|resumen|설명|내용|요약",
    ),
    (
        Field::Rights,
        "rights",
        "rights|rights statement|rightsstatement|license|licence|rechte|lizenz|droits|licence d'utilisation|derechos|licencia|\
         저작권|이용조건|라이선스",
    ),
    (Field::Url, "url", "url|link|source|source url|quelle|adresse|lien|enlace|fuente|출처|주소"),
    (
        Field::Text,
        "text",
        "text|transcript|transcription|full text|fulltext|volltext|transkription|texte|transcripción|texto|본문|전문|전사",
    ),
];

impl Field {
    /// Its key in config.toml.
    pub(in crate::ingest) fn key(self) -> &'static str {
        NAMES.iter().find(|(field, ..)| *field == self).map_or("", |(_, key, _)| key)
    }

    /// Whether a cell may hold several values.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::File
                | Self::References
                | Self::Creators
                | Self::Signatories
                | Self::Recipients
                | Self::Copied
                | Self::Topics
        )
    }
}

/// The field of each column; none for those that are not used.
pub(super) fn mapped(head: &[String], settings: &ColumnSettings) -> Vec<Option<Field>> {
    head.iter().map(|column| field(column, settings)).collect()
}

fn field(column: &str, settings: &ColumnSettings) -> Option<Field> {
    let same = |name: &String| name.trim().to_lowercase() == column.to_lowercase();
    let own = settings.columns.iter().find(|(_, names)| names.iter().any(same));
    if let Some((key, _)) = own {
        return NAMES.iter().find(|(_, known, _)| known == key).map(|(field, ..)| *field);
    }
    let plain = plain(column);
    let usual =
        NAMES.iter().find(|(_, _, names)| names.split('|').any(|name| name.trim() == plain));
    // Where the archive says which column holds a field, no other does.
    let (field, key, _) = usual?;
    let is_set = settings.columns.get(*key).is_some_and(|names| !names.is_empty());
    (!is_set && !settings.unused.iter().any(same)).then_some(*field)
}

/// A name without what vocabularies put before it, and with single spaces.
fn plain(column: &str) -> String {
    let lower = column.to_lowercase().replace(['_', '\u{A0}', '\n'], " ");
    let bare = ["dublin core:", "dcterms:", "dc:", "dc.", "dcterms."]
        .iter()
        .find_map(|before| lower.trim().strip_prefix(before))
        .unwrap_or(lower.trim());
    bare.trim_end_matches([':', '*']).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(head: &str, settings: &ColumnSettings) -> String {
        let head: Vec<String> = head.split(',').map(str::to_owned).collect();
        let keys = mapped(&head, settings).into_iter().map(|f| f.map_or("-", Field::key));
        keys.collect::<Vec<_>>().join(",")
    }

    #[test]
    fn catalogues_are_known_by_the_names_of_their_columns() {
        let usual = ColumnSettings::default();
        let builder = "objectid,title,creator,date,description,subject,location,language,rightsstatement,filename,youtubeid";
        assert_eq!(
            keys(builder, &usual),
            "references,title,creators,date,description,topics,place,language,rights,file,-"
        );
        assert_eq!(
            keys("Dublin Core:Title,dcterms:creator,dc:date", &usual),
            "title,creators,date"
        );
        let atom =
            "legacyId,identifier,title,scopeAndContent,eventActors,eventDates,digitalObjectPath";
        assert_eq!(keys(atom, &usual), "-,references,title,description,creators,date,file");
        assert_eq!(
            keys("제목,보낸 사람,받는 사람,날짜,파일명", &usual),
            "title,creators,recipients,date,file"
        );
        assert_eq!(
            keys("Absender,Empfänger,Datum,Betreff", &usual),
            "creators,recipients,date,subject"
        );
        assert_eq!(keys("Expéditeur,Destinataire,Lieu", &usual), "creators,recipients,place");
    }

    #[test]
    fn an_archive_names_its_own_columns() {
        let columns = [("creators".to_owned(), vec!["Von wem".to_owned()])].into();
        let own = ColumnSettings { columns, unused: vec!["Title".to_owned()] };
        assert_eq!(keys("von wem,Creator,title,date", &own), "creators,-,-,date");
    }
}
