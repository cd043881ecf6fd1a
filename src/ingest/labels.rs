//! Plain text whose first lines say what they are: `Judul: …`, `Tanggal: …`, `Isi: …`.

use super::SkipReason;
use super::fields::{Extracted, article_of};
use super::options::Fields;
use super::role::{Role, is_excerpt, known_role, normalised};

/// Returns the article in `text`, where its first lines are labelled.
pub(super) fn article_in(text: &str) -> Option<Result<Extracted, SkipReason>> {
    let (mut fields, rest) = labelled(text)?;
    // The text is what stands below, whatever a label is called.
    fields.push(("body".to_owned(), rest.to_owned()));
    // Names that are mapped are those of records.
    Some(article_of(fields, &Fields::default()))
}

/// Returns the fields that the first lines of `text` are, and the text behind them; `None` where they are none: of two
/// known labels one must be that of the headline or the text.
fn labelled(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut fields = Vec::new();
    let mut roles: Vec<Role> = Vec::new();
    let (mut at, mut follows_label) = (0, false);
    // Behind the last label that is known, a sentence is of the text.
    let mut sure = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            follows_label = false;
            at += line.len();
            continue;
        }
        let Some((name, value)) = label_of(line) else { break };
        let role = role_of(name);
        if role.map_or(!follows_label, |role| roles.contains(&role)) {
            break;
        }
        roles.extend(role);
        if role == Some(Role::Body) {
            at += line.len() - value.len();
            sure = (fields.len(), at);
            break;
        }
        let name = match role {
            Some(Role::Title) => "title",
            // The file names the article: those of other folders may count the same.
            Some(Role::Id) => "nomor",
            _ => name,
        };
        fields.push((name.to_owned(), value.trim_matches(is_mark).to_owned()));
        follows_label = true;
        at += line.len();
        if role.is_some() || !is_sentence(value) {
            sure = (fields.len(), at);
        }
    }
    fields.truncate(sure.0);
    let is_told = roles.len() > 1 && roles.iter().any(|role| matches!(role, Role::Title | Role::Body));
    let rest = text[sure.1..].trim_start();
    (is_told && !rest.is_empty()).then_some((fields, rest))
}

/// Returns the label of `line` and what stands behind it; `None` for a line that begins with a sentence.
fn label_of(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 30;
    const MOST_WORDS: usize = 3;
    const LONGEST_VALUE: usize = 500;
    let (label, value) = line.split_once(':')?;
    let label = label.trim_matches(is_mark);
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-'));
    let is_label = label.len() <= LONGEST
        && (1..=MOST_WORDS).contains(&label.split_whitespace().count())
        && label.split_whitespace().all(is_word);
    let value = value.trim_start_matches(is_mark);
    let is_text = || role_of(label) == Some(Role::Body);
    (is_label && (value.len() <= LONGEST_VALUE || is_text())).then_some((label, value))
}

/// Whether `value` is a sentence, which begins a text as well: *Jakarta: Harga beras naik.*
fn is_sentence(value: &str) -> bool {
    const LONGEST: usize = 80;
    let value = value.trim_matches(is_mark);
    value.len() > LONGEST || value.ends_with(['.', '!', '?', '"', '”'])
}

/// Whether `c` is white space, or one of the marks that stand around labels.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '#')
}

fn role_of(label: &str) -> Option<Role> {
    let name = normalised(label);
    match name.as_str() {
        "subject" | "subjek" | "perihal" => Some(Role::Title),
        _ => known_role(&name).filter(|_| !is_excerpt(label)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks title, text and what else is declared, as date, outlet, author and address; `-` stands for none.
    #[track_caller]
    fn check(text: &str, expected: [&str; 5]) {
        let Extracted { text: read, declared, .. } = article_in(text).unwrap_or_else(|| panic!("{text:?}")).unwrap();
        let found = [Some(read), declared.date, declared.source, declared.byline, declared.url];
        let found = found.each_ref().map(|value| value.as_deref().unwrap_or("-"));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn labels_stand_before_the_text() {
        check(
            "Judul: Harga: Naik\nTanggal: 8 Januari 2026\nPenulis: Budi\nSumber: Kompas\nIsi: Satu.\n\nDua.",
            ["Harga: Naik\n\nSatu.\n\nDua.", "8 Januari 2026", "Kompas", "Budi", "-"],
        );
        check(
            "JUDUL\t: Harga Naik\r\nLink : https://contoh.id/1\r\n\r\nIsi Berita:\r\n\r\nSatu.",
            ["Harga Naik\n\nSatu.", "-", "-", "-", "https://contoh.id/1"],
        );
        check(
            "**Judul:** Harga Naik\n**Tanggal:** 2026-01-08\n\nSatu.",
            ["Harga Naik\n\nSatu.", "2026-01-08", "-", "-", "-"],
        );
        check("Title: Harga\nAuthor: Budi\n\nKata dia: naik.", ["Harga\n\nKata dia: naik.", "-", "-", "Budi", "-"]);
        check(
            "Subject: Harga\nDate: 2026-01-08\nTo: Redaksi\n\nSatu.",
            ["Harga\n\nSatu.", "2026-01-08", "-", "-", "-"],
        );
        check(
            "Judul: Harga\nTanggal: 2026-01-08\nJakarta: Harga beras naik.\nDua.",
            ["Harga\n\nJakarta: Harga beras naik.\nDua.", "2026-01-08", "-", "-", "-"],
        );
        check("Tanggal: 2026-01-08\nBerita: Satu.", ["Satu.", "2026-01-08", "-", "-", "-"]);
        check(
            "Judul: Harga\nRingkasan: Naik.\nTanggal: 2026-01-08\n\nSatu.\nJudul: Dua",
            ["Harga\n\nSatu.\nJudul: Dua", "2026-01-08", "-", "-", "-"],
        );
    }

    #[test]
    fn other_lines_are_text() {
        for text in [
            "Sumber: Kompas\n\nHarga naik.",
            "Tanggal: 8 Januari 2026\nSumber: Kompas\n\nHarga naik.",
            "Judul: Harga Naik\n\nHarga naik.",
            "Judul: Harga Naik\nTanggal: 2026-01-08\n",
            "Harga Naik\nTanggal: 2026-01-08\nIsi: Naik.",
            "Judul buku yang baru terbit: Harga\nTanggal: 2026-01-08\nIsi: Naik.",
            "",
        ] {
            assert_eq!(labelled(text), None, "{text:?}");
        }
    }
}
