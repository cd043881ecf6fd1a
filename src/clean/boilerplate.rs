//! Lines that are no part of an article's text, told by their form alone.
//!
//! A line's kind never depends on the lines around it, so that cleaning a cleaned text changes
//! nothing. The patterns are a closed list (`boilerplate.txt`); rules that no pattern can say are
//! here. A boilerplate phrase glued into a paragraph is left alone: where it ends is a guess.

use std::sync::LazyLock;

use super::caption::is_caption;
use super::credit::is_credit;
use super::initials::{is_initials, without_initials};
use super::names::{domain_len, entries};
use crate::analysis::{is_invisible, sentences};
use crate::article::PassageKind;

/// The longest line that is compared with the patterns.
const LONGEST_LINE: usize = 300;

/// Returns what `line` is when it is no text of an article.
///
/// Initials at its end decide nothing, because they may be taken off later.
pub(super) fn kind_of(line: &str) -> Option<PassageKind> {
    let line = without_initials(line);
    if is_markup(line) {
        return Some(PassageKind::Markup);
    }
    if line.len() > LONGEST_LINE {
        return None;
    }
    match pattern_kind(line) {
        Some(kind) => Some(kind),
        None if is_initials(line) => Some(PassageKind::Initials),
        None if is_credit(line) => Some(PassageKind::Credit),
        None if is_caption(line) => Some(PassageKind::Caption),
        None if is_breadcrumb(line) => Some(PassageKind::Breadcrumb),
        None if is_page_list(line) => Some(PassageKind::Promotion),
        None => None,
    }
}

/// Whether `line` holds no letter or digit, or only what Markdown and HTML leave.
pub(super) fn is_markup(line: &str) -> bool {
    let is_image = line.starts_with("![") && line.trim_end_matches(['|', ' ']).ends_with(')');
    let is_tag = line.starts_with('<') && line.ends_with('>') && !has_text(&outside_tags(line));
    is_metadata_row(line) || is_image || is_tag || !has_text(line)
}

/// Keys of the tables that pages hold about themselves.
const METADATA_KEYS: [&str; 32] = [
    "author",
    "category",
    "cover",
    "credit",
    "date",
    "description",
    "deskripsi",
    "editor",
    "field",
    "foto",
    "gambar",
    "headline",
    "image",
    "judul",
    "kategori",
    "keywords",
    "link",
    "penulis",
    "photo",
    "published",
    "publisher",
    "reporter",
    "short url",
    "source",
    "sumber",
    "tag",
    "tags",
    "tanggal",
    "thumbnail",
    "title",
    "url",
    "urlshort",
];

/// Whether `line` is a row of at most two cells that holds a key of [`METADATA_KEYS`] or no letter;
/// any other row is data.
fn is_metadata_row(line: &str) -> bool {
    if !line.starts_with('|') {
        return false;
    }
    let mut cells = line.split('|').filter(|cell| has_text(cell));
    let key = cells.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let is_short = cells.nth(1).is_none();
    is_short && (METADATA_KEYS.iter().any(|name| name.eq_ignore_ascii_case(key)) || !line.contains(char::is_alphabetic))
}

fn has_text(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Returns `line` without what stands between `<` and `>`.
fn outside_tags(line: &str) -> String {
    line.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect()
}

/// What the `{any}` or `{headline}` of a pattern may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Any,
    Headline,
}

/// A line of `boilerplate.txt`: text, and where a gap splits it, the text after the gap.
struct Pattern {
    before: &'static str,
    gap: Option<(Gap, &'static str)>,
    kind: PassageKind,
}

impl Pattern {
    fn parse(entry: &'static str) -> Option<Self> {
        let (pattern, kind) = entry.split_once('\t')?;
        let kind = match kind {
            "placeholder" => PassageKind::Placeholder,
            "promotion" => PassageKind::Promotion,
            _ => return None,
        };
        let any = pattern.split_once("{any}").map(|(before, after)| (before, Gap::Any, after));
        let headline = || pattern.split_once("{headline}").map(|(before, after)| (before, Gap::Headline, after));
        Some(match any.or_else(headline) {
            Some((before, gap, after)) => Self { before, gap: Some((gap, after)), kind },
            None => Self { before: pattern, gap: None, kind },
        })
    }

    /// Whether `folded`, the folded form of `line`, is of this pattern.
    fn matches(&self, folded: &str, line: &str) -> bool {
        let Some(rest) = folded.strip_prefix(self.before) else { return false };
        match self.gap {
            None => rest.is_empty(),
            Some((Gap::Any, after)) => rest.len() > after.len() && rest.ends_with(after),
            Some((Gap::Headline, after)) => rest.len() > after.len() && rest.ends_with(after) && is_headline(line),
        }
    }
}

/// Whether `line` has no full stop at its end or at the end of a sentence inside.
pub(super) fn is_headline(line: &str) -> bool {
    let is_stopped = |sentence: &str| sentence.ends_with('.') && !sentence.ends_with("..");
    !sentences(line).any(|range| is_stopped(&line[range]))
}

/// The patterns, sorted by their first text.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let mut patterns: Vec<Pattern> = entries(include_str!("boilerplate.txt")).filter_map(Pattern::parse).collect();
    patterns.sort_by_key(|pattern| pattern.before);
    patterns
});

/// Where the patterns of each first byte stand in [`PATTERNS`].
static BY_FIRST_BYTE: LazyLock<[(u16, u16); 256]> = LazyLock::new(|| {
    let place = |byte: u8| PATTERNS.partition_point(|p| p.before.bytes().next() < Some(byte));
    let mut places = [(0, 0); 256];
    for (byte, slot) in (0..=u8::MAX).zip(&mut places) {
        let end = byte.checked_add(1).map_or(PATTERNS.len(), place);
        *slot = (u16::try_from(place(byte)).unwrap_or(u16::MAX), u16::try_from(end).unwrap_or(u16::MAX));
    }
    places
});

fn pattern_kind(line: &str) -> Option<PassageKind> {
    let line = line.trim_matches(|c: char| is_ignored(c) || c.is_whitespace());
    let inner =
        ENCLOSING.iter().find_map(|&(open, close)| line.strip_prefix(open)?.strip_suffix(close)).unwrap_or(line);
    let start = folded(inner.chars().take(START_CHARS));
    // It may end inside a number.
    let start = start.trim_end_matches(',');
    let (from, to) = BY_FIRST_BYTE[usize::from(*start.as_bytes().first()?)];
    let patterns = &PATTERNS[usize::from(from)..usize::from(to)];
    let may_match = |pattern: &Pattern| pattern.before.starts_with(start) || start.starts_with(pattern.before);
    if !patterns.iter().any(may_match) {
        return None;
    }
    let folded = folded(inner.chars());
    patterns.iter().find(|pattern| pattern.matches(&folded, line)).map(|pattern| pattern.kind)
}

/// How many characters of a line are folded to see whether any pattern may match.
const START_CHARS: usize = 8;

/// Returns `chars` as the patterns are written: lower case, each run of white space one space, each
/// number `0`, without emphasis, invisible characters and final marks.
fn folded(chars: impl Iterator<Item = char>) -> String {
    let mut folded = String::with_capacity(chars.size_hint().0);
    for c in chars.filter(|&c| !is_ignored(c)) {
        match c {
            c if c.is_ascii_alphabetic() => folded.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() && folded.ends_with(' ') => {}
            c if c.is_whitespace() => folded.push(' '),
            c if c.is_ascii_digit() => {
                let len = folded.strip_suffix(['.', ',']).unwrap_or(&folded).len();
                if folded[..len].ends_with('0') {
                    folded.truncate(len);
                } else {
                    folded.push('0');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    let len = folded.trim_end_matches([' ', '.', ':', '!', '…', '»', '>', '›', '→']).len();
    folded.truncate(len);
    folded
}

/// Brackets that enclose a whole line.
const ENCLOSING: [(char, char); 2] = [('(', ')'), ('[', ']')];

fn is_ignored(c: char) -> bool {
    matches!(c, '*' | '_' | '\\') || is_unprinted(c)
}

/// Returns whether `c` leaves no mark on paper: it is invisible, or a control character.
pub(super) fn is_unprinted(c: char) -> bool {
    is_invisible(c) || c.is_control() && !c.is_whitespace()
}

/// Whether `line` is a path of sections: `Home - Teknologi - Judul`, `News > Nasional > Judul`.
fn is_breadcrumb(line: &str) -> bool {
    let n_arrows = line.match_indices(ARROWS).filter(|&(at, _)| line[..at].ends_with(' ')).take(2).count();
    n_arrows == 2 && is_headline(line) && is_path(line, &ARROWS) || starts_at_home(line) && !line.ends_with('.')
}

/// Marks between the sections of a path.
const ARROWS: [char; 4] = ['>', '›', '»', '→'];

/// Marks that stand between sections only after the name of a first page.
const BARS: [char; 5] = ['-', '–', '/', '|', '•'];

fn starts_at_home(line: &str) -> bool {
    let len = line.bytes().take(9).take_while(u8::is_ascii_alphabetic).count();
    let is_home = ["home", "beranda", "homepage"].iter().any(|home| home.eq_ignore_ascii_case(&line[..len]));
    let rest = line[len..].trim_start();
    is_home && (rest.starts_with(ARROWS) || rest.starts_with(BARS) && is_path(line, &BARS))
}

/// Whether the parts of `line` between words made of `marks` are sections, and the last of them a
/// section or a headline.
fn is_path(line: &str, marks: &[char]) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut parts = words.split(|word| word.chars().all(|c| marks.contains(&c))).filter(|part| !part.is_empty());
    let last = parts.next_back().unwrap_or_default();
    let n_sections = parts.clone().count();
    n_sections > 0 && parts.all(is_section) && !last[0].starts_with(char::is_lowercase)
}

/// Whether `words` are few and capitalised, small words inside apart, as the name of a section is.
fn is_section(words: &[&str]) -> bool {
    const MOST_WORDS: usize = 5;
    let is_inside = |word: &&str| {
        matches!(*word, "dan" | "and" | "of" | "&")
            || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let opens = words[0].starts_with(char::is_uppercase) || matches!(words[0], "home" | "beranda" | "berita" | "news");
    opens && words.len() <= MOST_WORDS && words[1..].iter().all(is_inside)
}

/// Whether `line` lists the pages of an article: `Halaman 1 2 3 Selanjutnya`.
fn is_page_list(line: &str) -> bool {
    let is_page = |word: &str| {
        let word = word.trim_matches([':', '[', ']', '.', '|', '/']);
        let is_word = [
            "halaman",
            "hal",
            "page",
            "selanjutnya",
            "sebelumnya",
            "all",
            "semua",
            "tampilkan",
            "next",
            "dari",
            "of",
            "show",
        ]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(word));
        word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) || is_word
    };
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().trim_matches([':', '[', ']']);
    let names_page = ["halaman", "page", "hal"].iter().any(|name| name.eq_ignore_ascii_case(first));
    names_page && words.clone().next().is_some() && words.all(is_page)
}

/// Returns whether `line` is the domain name of a site and nothing else.
pub(super) fn is_site_name(line: &str) -> bool {
    domain_len(line) == line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, kind: PassageKind) {
        assert_eq!(kind_of(line), Some(kind), "reading {line:?}");
    }

    #[track_caller]
    fn check_text(line: &str) {
        assert_eq!(kind_of(line), None, "reading {line:?}");
    }

    #[test]
    fn invitations_to_read_on() {
        for line in [
            "Baca juga: Jokowi Resmikan Tol",
            "BACA JUGA : Jokowi Resmikan Tol",
            "(Baca juga: Jokowi Resmikan Tol)",
            "[Baca Juga: Apa Itu Inflasi? Ini Penjelasannya]",
            "**Baca juga:** Jokowi Resmikan Tol",
            "Simak Video 'Jokowi di Bali'",
            "Lihat juga",
            "Scroll to continue with content",
            "SCROLL TO RESUME CONTENT",
            "Halaman 1 2 3 Selanjutnya",
            "Halaman selanjutnya",
            "Copyright © ANTARA 2020",
            "© 2020 Kompas.com. All rights reserved.",
            "Berita selengkapnya dapat Anda akses melalui contoh.com",
            "Artikel ini telah tayang di Kompas.com dengan judul \"Jokowi ke Bali\". Klik untuk baca.",
            "Ikuti berita terbaru Kompas.com di Google News.",
            "Ikuti kami di Instagram",
            "Baca berita lainnya di Google News",
            "Mari bergabung di Grup Telegram contoh.com, caranya klik tautan ini.",
            "Hak cipta dilindungi undang-undang.",
            "Selanjutnya",
        ] {
            check(line, PassageKind::Promotion);
        }
    }

    #[test]
    fn what_should_have_loaded() {
        for line in ["loading...", "A", "A A A", "ADVERTISEMENT", "[Gambas:Video 20detik]", "null", "\\[video.1\\]"] {
            check(line, PassageKind::Placeholder);
        }
    }

    #[test]
    fn remains_of_markup() {
        for line in [
            "![]() |",
            "| cover | topik.id |",
            "| **Penulis:** | Ani |",
            "| Field       | Value     |",
            "| 🏷️ Title | Harga Beras Naik |",
            "| urlshort | http://contoh.id/1 |",
            "| 12 | 7 |",
            "|---|---|",
            "---",
            "***",
            "<br/>",
            "\u{200b}",
            "\0",
        ] {
            check(line, PassageKind::Markup);
        }
    }

    #[test]
    fn initials_alone() {
        check("(ian)", PassageKind::Initials);
        check("(ian) (abc)", PassageKind::Initials);
    }

    #[test]
    fn paths_of_sections() {
        check("Home - Teknologi & Digital - China Targetkan 2027", PassageKind::Breadcrumb);
        check("News > Nasional > Jokowi ke Bali", PassageKind::Breadcrumb);
        check("Beranda / Ekonomi", PassageKind::Breadcrumb);
        check("Ekonomi dan Bisnis » Pasar » Harga cabai naik lagi", PassageKind::Breadcrumb);
    }

    #[test]
    fn text_is_left_alone() {
        for line in [
            "Selanjutnya, KPK memanggil saksi.",
            "Baca juga buku itu sampai selesai. Isinya bagus.",
            "Hak Cipta Lagu Jadi Sengketa",
            "Jakarta",
            "Tiga emas/perak/perunggu",
            "Halaman rumah itu luas",
            "| Emas | 2020 | 2021 |",
            "| Emas | 12 |",
            "Baca Berita Palsu Bikin Panik, Kata Menteri",
            "Baca Artikel Ilmiah Kini Lebih Mudah",
            "Ada cara baru di Google News",
            "Ayo Gabung Jadi Relawan Banjir",
            "Yuk Ikuti Lomba Tujuh Belasan di Alun-Alun",
            "Ayo Unduh Peta Jalur Mudik Ini",
            "Bagikan ke Warga Miskin, Beras Bansos Malah Busuk",
            "Dapatkan berita duka, ia langsung pulang.",
            "Follow Akun Bodong, Uang Nasabah Lenyap",
            "Gabung Grup Judi, Tiga Pemuda Ditangkap",
            "Gabung Kelompok Bersenjata Lewat Telegram",
            "Hak Cipta Dilindungi Negara, Kata Pencipta Lagu",
            "Ikuti informasi cuaca dari sumber resmi.",
            "Ikuti Langkah Ini agar Aman di WhatsApp",
            "Ikuti saluran air itu sampai ke sungai.",
            "Ikuti Berita Gempa, Warga Memilih Mengungsi",
            "Ikuti Tren, Polisi Buka Saluran WhatsApp",
            "Konten ini dinilai melanggar etika AI",
            "Kunjungi juga pasar apung di pagi hari.",
            "Mari bergabung di barisan depan, kata dia.",
            "Simak Artikel Ini Sebelum Membeli Rumah",
            "Harga > 5 juta dan bunga > 3 persen menurut data",
            "Home - tempat semua orang pulang",
            "| Beras premium | Rp 16.000 |",
            "A. Yani",
        ] {
            check_text(line);
        }
    }

    #[test]
    fn numbers_of_any_length_are_one() {
        for line in
            ["12 Komentar", "1.234 Shares", "1,234,567 shares", "123,456,789 Share", "Komentar (0)", "(c) 2026 A"]
        {
            check(line, PassageKind::Promotion);
        }
        check("img.2026", PassageKind::Placeholder);
        for line in ["# Komentar", "12. Komentar", "12, 13 komentar", "12 Komentator"] {
            check_text(line);
        }
    }

    #[test]
    fn the_patterns_are_sorted_and_well_formed() {
        assert!(METADATA_KEYS.is_sorted_by(|a, b| a < b));
        let lines: Vec<&str> = entries(include_str!("boilerplate.txt")).collect();
        assert!(lines.iter().map(|line| line.split('\t').next()).is_sorted_by(|a, b| a < b));
        assert_eq!(lines.len(), PATTERNS.len());
        let n_tabs = include_str!("boilerplate.txt").matches('\t').count();
        assert_eq!(lines.len(), n_tabs, "a pattern is read as a comment");
        for pattern in PATTERNS.iter() {
            assert!(!pattern.before.is_empty());
            assert!(pattern.gap.is_none_or(|(_, after)| !after.contains('{')));
            assert_eq!(pattern.before, pattern.before.to_lowercase());
            assert!(!pattern.before.contains(|c: char| matches!(c, '1'..='9')));
        }
    }
}
