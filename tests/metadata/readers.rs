//! Small readers of RIS, CSV, COinS and of the head of a page, written from their specifications.

/// Tags and values of a RIS record.
pub(crate) fn ris(text: &str) -> Vec<(&str, &str)> {
    assert!(text.ends_with("ER  - \r\n"), "{text}");
    let lines = text.split_terminator("\r\n");
    lines
        .map(|line| {
            assert!(!line.contains('\n') && !line.contains('\r'), "{line}");
            let (tag, value) = line.split_once("  - ").unwrap();
            assert_eq!(tag.len(), 2, "{line}");
            (tag, value)
        })
        .collect()
}

/// The values of one key.
pub(crate) fn all<'a, K: AsRef<str>, V: AsRef<str>>(
    pairs: &'a [(K, V)],
    key: &str,
) -> Vec<&'a str> {
    pairs.iter().filter(|(k, _)| k.as_ref() == key).map(|(_, v)| v.as_ref()).collect()
}

/// The rows of a CSV table as RFC 4180 has them, header first.
pub(crate) fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut characters) = (false, text.chars().peekable());
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(cell.is_empty() && row.is_empty() && !quoted);
    rows
}

/// One row of a table as pairs, by the value of its first column.
pub(crate) fn csv_row(text: &str, first: &str) -> Vec<(String, String)> {
    let rows = csv(text);
    let row = rows.iter().find(|row| row[0] == first).unwrap();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    rows[0].iter().cloned().zip(row.iter().cloned()).collect()
}

/// Keys and values of a `ContextObject`.
pub(crate) fn coins(title: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8().unwrap().into_owned()
    };
    let pairs = title.split('&').map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(key, value)| (decode(key), decode(value))).collect()
}

/// The start tags of a page with their attributes, in order.
pub(crate) fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    for Ok(token) in html5gum::Tokenizer::new(html) {
        if let html5gum::Token::StartTag(tag) = token {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let attributes = tag.attributes.iter().map(|(k, v)| (text(k), text(v)));
            tags.push((text(&tag.name), attributes.collect()));
        }
    }
    tags
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
}

/// Names (or properties) and contents of the `<meta>` elements.
pub(crate) fn metas(html: &str) -> Vec<(String, String)> {
    let named = |(name, attributes): (String, Vec<(String, String)>)| {
        let key = attribute(&attributes, "name").or(attribute(&attributes, "property"))?;
        let content = attribute(&attributes, "content")?;
        (name == "meta").then(|| (key.to_owned(), content.to_owned()))
    };
    tags(html).into_iter().filter_map(named).collect()
}

/// Relations and addresses of the `<link>` elements.
pub(crate) fn links(html: &str) -> Vec<(String, String)> {
    let link = |(name, attributes): (String, Vec<(String, String)>)| {
        let rel = attribute(&attributes, "rel")?.to_owned();
        (name == "link").then(|| (rel, attribute(&attributes, "href").unwrap().to_owned()))
    };
    tags(html).into_iter().filter_map(link).collect()
}

/// The text of the page's one description in JSON-LD.
pub(crate) fn json_ld(html: &str) -> &str {
    let marks = ["<script type=\"application/ld+json\">", "<script type=application/ld+json>"];
    let start = marks.iter().find_map(|m| Some(html.find(m)? + m.len())).unwrap();
    let end = start + html[start..].find("</script").unwrap();
    let rest = &html[end..];
    assert!(!rest.contains("application/ld+json"), "more than one description");
    &html[start..end]
}
