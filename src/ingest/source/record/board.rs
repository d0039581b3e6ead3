//! The table above a text on a Korean notice board: its number, title, writer and day, and how often it was read.
//!
//! Scraped pages have it as text, with a label and its value in one line or in cells beside each other.

use super::super::Stated;

/// What a label names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Title,
    Writer,
    Day,
    /// What only boards count.
    Count,
    Other,
}

const LABELS: [(Label, &[&str]); 5] = [
    (Label::Title, &["제목", "글제목"]),
    (Label::Writer, &["작성자", "글쓴이", "등록자", "게시자", "이름"]),
    (
        Label::Day,
        &["작성일", "작성일자", "작성일시", "등록일", "등록일자", "게시일", "날짜", "일자"],
    ),
    (Label::Count, &["조회수", "조회", "추천수", "추천"]),
    (Label::Other, &["번호", "글번호", "첨부", "첨부파일", "분류", "구분", "아이피"]),
];

/// How many lines the table has at most.
const LINES: usize = 8;

/// What the table at the head of a text says, and how many lines it takes.
pub(super) fn read(text: &str) -> Option<(Stated, usize)> {
    let lines: Vec<&str> = text.split('\n').collect();
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let table = lines[first..].iter().take_while(|line| !line.trim().is_empty());
    let rows: Vec<Vec<(Label, &str)>> =
        table.clone().map(|line| row(line)).collect::<Option<_>>()?;
    if rows.len() > LINES {
        return None;
    }
    let value = |label| rows.iter().flatten().find(|(found, _)| *found == label).map(|(_, v)| *v);
    let told = Stated {
        title: Some(value(Label::Title)?.to_owned()),
        author: value(Label::Writer).map(str::to_owned),
        date: Some(value(Label::Day)?.to_owned()),
        record: true,
        ..Stated::default()
    };
    value(Label::Count)?;
    // The text follows a blank line.
    let count = first + rows.len();
    (count < lines.len()).then_some((told, count))
}

/// The labels and values of a line; none if a part of it has no label.
fn row(line: &str) -> Option<Vec<(Label, &str)>> {
    let parts = line.split(['|', '\t']).flat_map(|part| part.split("  ")).map(str::trim);
    let mut pairs: Vec<(Label, &str)> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        match (labelled(part), pairs.last_mut()) {
            (Some(pair), _) => pairs.push(pair),
            // The value is in the cell behind its label.
            (None, Some((_, value))) if value.is_empty() => *value = part,
            _ => return None,
        }
    }
    Some(pairs)
}

/// The label with which a text begins, and what is behind it.
fn labelled(text: &str) -> Option<(Label, &str)> {
    let end = text.find([' ', ':', '：']).unwrap_or(text.len());
    let known = |(label, words): &(Label, &[&str])| words.contains(&&text[..end]).then_some(*label);
    let label = LABELS.iter().find_map(known)?;
    Some((label, text[end..].trim_start_matches([' ', ':', '：'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_a_board_names_title_writer_and_day() {
        for text in [
            "번호 7\n제목 등대 수리 안내\n작성자 사무국\n작성일 2009-10-14 11:20\n조회수 31\n\n본문",
            "제목 : 등대 수리 안내\n작성자 : 사무국 | 작성일 : 2009-10-14 | 조회 : 31\n\n본문",
            "제목\t등대 수리 안내\n글쓴이\t사무국\t등록일\t2009-10-14\t조회\t31\n\n본문",
        ] {
            let (told, _) = read(text).expect(text);
            assert_eq!(told.title.as_deref(), Some("등대 수리 안내"), "{text}");
            assert_eq!(told.author.as_deref(), Some("사무국"), "{text}");
            assert!(told.date.is_some_and(|day| day.starts_with("2009-10-14")), "{text}");
        }
    }

    #[test]
    fn a_letter_with_labels_has_no_table() {
        for text in [
            "수신 항만청장\n제목 등대 수리\n날짜 2009. 10. 14.\n\n본문",
            "제목: 등대 수리\n날짜: 2009-10-14\n작성자: 사무국\n\n본문",
            "제목 등대 수리\n작성일 2009-10-14\n조회 31\n등대를 고쳤다.\n\n본문",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
