use std::sync::Arc;

use super::*;
use crate::article::{Article, ArticleId, Declared, RawArticle};
use crate::dedup::{Earlier, Repeat, RepeatKind};
use proptest::prelude::*;

fn article(text: &str) -> Article {
    let (id, declared) = (ArticleId::new("a"), Declared::default());
    let raw = RawArticle { id, path: String::new(), text: text.to_owned(), declared };
    crate::clean::clean(raw)
}

/// Adds each text as an article of the outlet beside it.
fn add_all<'t>(texts: impl IntoIterator<Item = (&'t str, u64)>) -> Vec<Findings> {
    let (mut deduper, mut library) = (Deduper::new(), Vec::new());
    let mut found = Vec::new();
    for (text, outlet) in texts {
        let article = article(text);
        let (sketch, story) = (Sketch::of(&article), found.len() as u64);
        found.push(deduper.add(Arriving { text, sketch: &sketch, story, outlet, day: None }, &mut library).unwrap());
        library.push(Arc::new(Earlier::new(article)));
    }
    found
}

/// Checks what the last text repeats of those before it: text, article, kind.
#[track_caller]
fn check(texts: &[&str], expected: &[(&str, u32, RepeatKind)]) {
    let found = add_all(texts.iter().map(|text| (*text, 0)));
    let last = texts.last().unwrap();
    let shown = |repeat: &Repeat| (&last[repeat.range.clone()], repeat.article.unwrap(), repeat.kind);
    assert_eq!(found.last().unwrap().repeats.iter().map(shown).collect::<Vec<_>>(), expected, "{last}");
}

const LEAD: &str = "Pemerintah Provinsi Jawa Tengah menambah pasokan beras ke pasar induk mulai Senin pagi.";
const STOCK: &str = "Gudang di Kabupaten Demak masih menyimpan 4.500 ton beras medium untuk tiga bulan mendatang.";
const PRICE: &str = "Pedagang berharap harga segera turun karena pembeli mulai beralih ke jagung dan singkong.";
const OTHER: &str = "Timnas sepak bola putri berlatih keras menjelang laga tandang melawan Vietnam akhir bulan.";

#[test]
fn a_sentence_points_at_where_it_stood_first() {
    check(&[LEAD, &format!("{OTHER}\n{LEAD}"), LEAD], &[(LEAD, 0, RepeatKind::Exact)]);
}

#[test]
fn neighbours_are_one_repeat() {
    let both = format!("{LEAD} {STOCK}");
    check(&[&both, &both], &[(&both, 0, RepeatKind::Exact)]);
}

#[test]
fn damage_is_near_and_other_figures_are_an_update() {
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
    let damaged = LEAD.replace("menambah", "menarnbah");
    let updated = STOCK.replace("4.500", "3.100");
    check(
        &[&story, &format!("{damaged}\n{updated}\n{PRICE}")],
        &[(&damaged, 0, RepeatKind::Near), (&updated, 0, RepeatKind::Update), (PRICE, 0, RepeatKind::Exact)],
    );
}

#[test]
fn what_is_glued_to_another_figure_is_part_of_the_update() {
    use RepeatKind::{Exact, Update};
    let updated = STOCK.replace("4.500", "3.100");
    let kinds = |glue: &str| {
        let texts = [STOCK, &updated].map(|stock| format!("{LEAD}\n{stock}{glue}{PRICE}"));
        let found = add_all(texts.iter().map(|text| (text.as_str(), 0)));
        found[1].repeats.iter().map(|repeat| repeat.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(" "), [Exact, Update, Exact]);
    for line_end in [",", ", ", ",\""] {
        assert_eq!(kinds(line_end), [Exact, Update, Exact], "{line_end:?} is what is left of a line end");
    }
    for words in [",,,", ", , ", "\",", " ,"] {
        assert_eq!(kinds(words), [Exact, Update], "{words:?} is what is left of words");
    }
}

#[test]
fn a_figure_behind_a_comma_may_belong_to_what_stands_before() {
    let kind_before = |glue: &str| {
        let texts = ["2", "3"].map(|n| format!("{LEAD}\n{PRICE}{glue}{n}. {STOCK}"));
        let found = add_all(texts.iter().map(|text| (text.as_str(), 0)));
        let repeat = found[1].repeats.iter().find(|repeat| repeat.range.contains(&(LEAD.len() + 1)));
        repeat.map(|repeat| repeat.kind)
    };
    for glue in [",", ", ", ",\""] {
        assert_eq!(kind_before(glue), Some(RepeatKind::Update), "{glue:?}");
    }
    assert_eq!(kind_before("\n"), Some(RepeatKind::Exact));
}

#[test]
fn a_figure_may_hang_on_letters() {
    let [story, update] =
        ["USD12", "USD13"].map(|cost| format!("{LEAD}\nBiaya gudang baru itu {cost} juta.{PRICE}\n{OTHER}"));
    let found = add_all([(story.as_str(), 0), (update.as_str(), 0)]);
    let copied: Vec<_> = found[1].repeats.iter().filter(|repeat| repeat.kind == RepeatKind::Exact).collect();
    assert_eq!(copied.iter().map(|repeat| &update[repeat.range.clone()]).collect::<Vec<_>>(), [LEAD, OTHER]);
}

#[test]
fn a_short_line_repeats_only_beside_a_repeat() {
    let line = "Simak yang berikut ini.";
    check(&[&format!("{LEAD}\n{line}"), &format!("{OTHER}\n{line}")], &[]);
    let both = format!("{LEAD}\n{line}");
    check(&[&both, &both], &[(&both, 0, RepeatKind::Exact)]);
}

#[test]
fn a_copy_with_local_text_is_of_the_story_and_a_shared_paragraph_is_not() {
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
    let copy = format!("Warga Semarang menyambut baik kabar itu.\n{LEAD}\n{STOCK}\n{PRICE}");
    let quoting = format!("{OTHER}\nPelatih menyiapkan formasi baru dengan tiga penyerang di depan.\n{PRICE}");
    let found = add_all([story.as_str(), copy.as_str(), quoting.as_str()].map(|text| (text, 0)));
    assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 0, 2]);
}

#[test]
fn a_copy_of_a_follow_up_is_of_its_story() {
    let first = format!("{LEAD}\n{STOCK}\n{PRICE}");
    let follow_up = format!("{OTHER}\n{STOCK}\n{PRICE}");
    let found = add_all([(first.as_str(), 1), (&follow_up, 1), (&follow_up, 2), (&first, 3)]);
    assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 1, 1, 0]);
}

#[test]
fn an_outlet_that_begins_its_article_anew_keeps_its_headline() {
    let first = format!("Pasokan Beras Ditambah Mulai Senin\n\n{OTHER}\n{LEAD}\n{STOCK}\n{PRICE}");
    let again = |headline: &str| format!("{headline}\n\n{}\n{LEAD}\n{STOCK}\n{PRICE}", TOPICS[1]);
    let story = |headline: &str| add_all([(first.as_str(), 7), (&again(headline), 7)])[1].story;
    assert_eq!(story("Pasokan Beras Ditambah Mulai"), 0, "the same headline, cut short");
    assert_eq!(story("Atlet Panahan Juara di Bangkok"), 1, "background");
}

#[test]
fn the_table_of_another_day_is_a_story_of_its_own() {
    let table = |minute: usize| {
        let rows = ["Imsak", "Subuh", "Maghrib", "Isya"].map(|name| format!("{name}: 04.{minute}"));
        format!("{LEAD}\n{}\n{PRICE}\n{OTHER}", rows.join("\n"))
    };
    let tables = [table(32), table(33), table(33)];
    let stories = |outlets: [u64; 3]| {
        let found = add_all(tables.iter().map(String::as_str).zip(outlets));
        found.iter().map(|f| f.story).collect::<Vec<_>>()
    };
    assert_eq!(stories([1, 1, 1]), [0, 1, 1]);
    assert_eq!(stories([1, 2, 3]), [0, 0, 0], "another outlet may have mended it");
    let without = format!("{LEAD}\n{PRICE}\n{OTHER}");
    let found = add_all([(without.as_str(), 1), (&tables[0], 1)]);
    assert_eq!(found[1].story, 0, "the table was added");
}

const TOPICS: [&str; 5] = [
    "Petani cabai di lereng Gunung Merapi memanen lebih awal karena hujan abu menutup kebun mereka sejak pekan \
     lalu dan pengepul menawar dengan harga separuh.",
    "Atlet panahan putri menjuarai kejuaraan Asia di Bangkok setelah menaklukkan juara bertahan Korea Selatan \
     lewat tembakan terakhir pada babak adu panah.",
    "Bank sentral menahan suku bunga acuan guna menjaga nilai tukar rupiah, sementara pelaku pasar modal \
     menunggu laporan inflasi dari badan statistik.",
    "Rumah sakit umum daerah membuka poliklinik jantung anak dengan dokter spesialis tamu, sehingga pasien \
     rujukan tidak lagi dikirim menuju ibu kota provinsi.",
    "Sutradara muda memutar film dokumenter tentang nelayan tua di festival Yogyakarta, lalu penonton \
     berdiskusi bersama pemeran sampai larut malam.",
];

/// Checks what `line` is at the end of articles of `outlet` that begin with `texts`.
#[track_caller]
fn check_line(line: &str, texts: &[String], outlet: u64, expected: &[Option<RepeatKind>]) {
    let texts: Vec<String> = texts.iter().map(|text| format!("{text}\n{line}")).collect();
    let found = add_all(texts.iter().map(|text| (text.as_str(), outlet)));
    let kinds: Vec<_> = found.iter().map(|f| f.repeats.last().map(|repeat| repeat.kind)).collect();
    assert_eq!(kinds, expected, "{line}");
}

const LINE: &str = "Redaksi menerima tulisan pembaca setiap hari melalui kantor kami di Semarang.";

#[test]
fn what_articles_about_three_things_repeat_is_boilerplate_of_their_outlet() {
    let texts = TOPICS.map(str::to_owned);
    let (exact, boilerplate) = (Some(RepeatKind::Exact), Some(RepeatKind::Boilerplate));
    check_line(LINE, &texts, 7, &[None, exact, exact, boilerplate, boilerplate]);
    check_line(LINE, &texts, 0, &[None, exact, exact, exact, exact]);
    check_line("Peristiwa itu terjadi pada 7 Mei 2019.", &texts, 7, &[None, exact, exact, exact, exact]);
    check_line("“Kita harus bekerja keras untuk rakyat.”", &texts, 7, &[None, exact, exact, exact, exact]);
}

#[test]
fn what_an_outlet_seldom_says_again_is_no_boilerplate() {
    // The line, then many articles without it, then the line again.
    let n_between = COMMON_WITHIN;
    let other = |n: usize| format!("Artikel nomor {n} menceritakan hal lain tentang kota yang ke-{n}.");
    let mut texts: Vec<String> = (0..n_between).map(other).collect();
    texts.insert(0, format!("{}\n{LINE}", TOPICS[0]));
    texts.extend(TOPICS[1..].iter().map(|topic| format!("{topic}\n{LINE}")));
    let kinds = |found: &[Findings], at: usize| found[at].repeats.last().map(|repeat| repeat.kind);
    let found = add_all(texts.iter().map(|text| (text.as_str(), 7)));
    let last = texts.len() - 1;
    assert_eq!(kinds(&found, last - 1), Some(RepeatKind::Exact), "the first is too far away to count");
    assert_eq!(kinds(&found, last), Some(RepeatKind::Boilerplate), "now three are close to one another");
}

#[test]
fn the_background_of_an_affair_is_no_boilerplate() {
    let words: Vec<&str> = TOPICS[0].split(' ').collect();
    let texts: Vec<String> =
        (0..5).map(|n| [&words[4 * n..], &words[..4 * n]].concat().join(" ").replace('.', "")).collect();
    let exact = Some(RepeatKind::Exact);
    check_line(LINE, &texts, 7, &[None, exact, exact, exact, exact]);
}

#[test]
fn what_is_copied_from_several_stories_belongs_to_the_one_that_covers_most() {
    let parts = [TOPICS[..2].join("\n"), TOPICS[2].to_owned(), TOPICS[3..].join("\n")];
    let story = |rest: &str| {
        let whole = format!("{}{rest}", TOPICS.join("\n"));
        add_all(parts.iter().chain([&whole]).map(|text| (text.as_str(), 0)))[3].story
    };
    assert_eq!(story(""), 0);
    assert_eq!(story(&format!("\n{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}")), 3, "much of it is new");
}

#[test]
fn a_follow_up_of_the_same_outlet_is_no_copy_of_what_it_tells_again() {
    let new = "Kepala dinas membantah kabar itu dan meminta warga menunggu hasil penyelidikan polisi di lapangan.";
    let follow_up = format!("{new}\n{LEAD}\n{STOCK}");
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
    let stories = |outlet| -> Vec<u64> {
        let found = add_all([(story.as_str(), 7), (follow_up.as_str(), outlet)]);
        found.iter().map(|f| f.story).collect()
    };
    assert_eq!(stories(7), [0, 1]);
    assert_eq!(stories(8), [0, 0], "another outlet has put its own lead before the copy");
}

#[test]
fn a_few_words_that_are_all_of_an_article_are_its_story() {
    let brief = "Menteri Pertanian meninjau gudang beras di Kabupaten Demak bersama bupati pada Senin pagi.";
    let stories = |text: &str, outlet| -> Vec<u64> {
        let found = add_all([(brief, 7), (text, outlet)]);
        found.iter().map(|f| f.story).collect()
    };
    assert_eq!(stories(brief, 8), [0, 0]);
    assert_eq!(stories(brief, 7), [0, 1], "an outlet says a line under many pictures");
    assert_eq!(stories(&format!("{brief} Warga menyambut mereka."), 8), [0, 1]);
}

#[test]
fn a_bulletin_of_another_day_is_no_copy_in_its_own_outlet() {
    let first = format!("{STOCK}\n{LEAD}\n{PRICE}\n{OTHER}");
    let next = first.replace("4.500", "3.100");
    let stories = |text: &str, outlet| -> Vec<u64> {
        let found = add_all([(first.as_str(), 7), (text, outlet)]);
        found.iter().map(|f| f.story).collect()
    };
    assert_eq!(stories(&next, 7), [0, 1]);
    assert_eq!(stories(&next, 8), [0, 0], "another outlet tells the story further");
    assert_eq!(stories(&first.replace(PRICE, TOPICS[0]), 7), [0, 0], "no figure has changed");
    let later = [first.as_str(), next.as_str()].map(|text| format!("{}\n{text}", TOPICS[1]));
    let found = add_all(later.iter().map(|text| (text.as_str(), 7)));
    assert_eq!(found[1].story, 0, "it begins alike");
}

#[test]
fn a_copy_of_what_others_told_in_parts_belongs_to_the_article_that_has_it_whole() {
    let brief = format!("{LEAD}\n{STOCK}\n{}", TOPICS[1]);
    let whole = format!("{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}\n{}\n{}", TOPICS[0], TOPICS[2]);
    let copy = format!("{}\n{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}", TOPICS[4]);
    let stories = |outlet| -> Vec<u64> {
        let found = add_all([(brief.as_str(), 1), (whole.as_str(), 2), (copy.as_str(), outlet)]);
        found.iter().map(|f| f.story).collect()
    };
    assert_eq!(stories(3), [0, 1, 1]);
    assert_eq!(stories(2), [0, 1, 2], "an outlet tells its own background again");
}

#[test]
fn a_text_that_is_known_to_be_damaged_is_read_with_more_care() {
    let name = "Bupati Yasonna memuji kerja para penjaga gudang yang lembur sejak awal pekan.";
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}\n{name}");
    let other_name = name.replace("Yasonna", "Yosonna");
    let sound = format!("{LEAD}\n{STOCK}\n{PRICE}\n{other_name}");
    let damaged = [("menyimpan", "menyimpau"), ("medium", "mediurn"), ("mendatang", "mendatong")];
    let damaged = damaged.iter().fold(sound.clone(), |text, (from, to)| text.replace(from, to));
    let kind = |copy: &str| add_all([(story.as_str(), 0), (copy, 0)])[1].repeats.last().map(|r| r.kind);
    assert_eq!(kind(&sound), Some(RepeatKind::Restatement), "another name");
    assert_eq!(kind(&damaged), Some(RepeatKind::Near));
}

#[test]
fn in_a_damaged_text_few_words_in_a_row_lead_to_a_sentence() {
    let name = "Bupati Yasonna memuji kerja para penjaga gudang yang lembur sejak awal pekan.";
    let worn = "Bupati Yasonna memuji kerjo para penjaga gudong yang lembur sejok awal pekan.";
    let stock = STOCK.replace("menyimpan", "menyimpau").replace("medium", "mediurn");
    let price = PRICE.replace("singkong", "singkonq").replace("jagung", "jagunq");
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}\n{name}");
    check(
        &[&story, &format!("{worn}\n{LEAD}\n{stock}\n{price}")],
        &[
            (worn, 0, RepeatKind::Near),
            (LEAD, 0, RepeatKind::Exact),
            (&format!("{stock}\n{price}"), 0, RepeatKind::Near),
        ],
    );
}

#[test]
fn what_follows_an_update_is_compared_with_what_follows_its_source() {
    let line = "Pedagang berharap harga beras segera turun lagi.";
    let damaged = line.replace("harga", "hargo");
    let updated = STOCK.replace("4.500", "3.100");
    check(
        &[&format!("{LEAD}\n{STOCK}\n{line}"), &format!("{LEAD}\n{updated}\n{damaged}")],
        &[(LEAD, 0, RepeatKind::Exact), (&updated, 0, RepeatKind::Update), (&damaged, 0, RepeatKind::Near)],
    );
}

#[test]
fn a_line_beside_an_update_is_no_copy() {
    let line = "Semarang, Kabar Nusa -";
    let updated = STOCK.replace("4.500", "3.100");
    let texts = [STOCK, &updated].map(|stock| format!("{line}\n{stock}\n{LEAD}"));
    check(&[&texts[0], &texts[1]], &[(&updated, 0, RepeatKind::Update), (LEAD, 0, RepeatKind::Exact)]);
}

#[test]
fn what_repeats_an_edited_copy_word_for_word_is_near_the_original() {
    let edited = LEAD.replace("menambah", "menarnbah");
    let text = |lead: &str| format!("{lead}\n{STOCK}");
    let kinds: Vec<_> = add_all([LEAD, &edited, &edited].map(|lead| text(lead).leak() as &str).map(|text| (text, 0)))
        .iter()
        .map(|found| found.repeats.iter().map(|repeat| (repeat.article, repeat.kind)).collect::<Vec<_>>())
        .collect();
    let copy = vec![(Some(0), RepeatKind::Near), (Some(0), RepeatKind::Exact)];
    assert_eq!(kinds, [vec![], copy.clone(), copy]);
}

#[test]
fn an_edited_copy_of_nearly_all_is_of_the_story() {
    let story = format!("{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}");
    let edited = story
        .replace("menambah pasokan", "menambahkan stok")
        .replace("mulai beralih", "kini berpaling")
        .replace("berlatih keras", "giat berlatih");
    let stories = |copy: &str| add_all([(story.as_str(), 7), (copy, 8)])[1].story;
    assert_eq!(stories(&edited), 0);
    let beside = format!("{edited}\n{}\n{}", TOPICS[0], TOPICS[1]);
    assert_eq!(stories(&beside), 1, "much of it is new");
}

#[test]
fn a_bulletin_of_another_place_is_no_copy_where_little_more_than_advice_is_shared() {
    let advice = format!("{PRICE}\n{}", TOPICS[0]);
    let bulletin = |place: &str, figure: &str| {
        format!(
            "Gempa bumi berkekuatan {figure} mengguncang Kabupaten {place} pada Senin dini hari menurut badan itu.\n\
             Warga {place} berlarian keluar rumah dan menunggu di lapangan sampai pagi.\n{advice}"
        )
    };
    let texts = [bulletin("Pacitan", "5,2"), bulletin("Nias Barat", "4,8")];
    let found = add_all(texts.iter().map(String::as_str).zip([7, 8]));
    assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn what_is_forgotten_belongs_to_whoever_says_it_next() {
    let (mut deduper, mut library) = (Deduper::new(), Vec::new());
    let mut sources = Vec::new();
    for story in 0..3 {
        let article = article(LEAD);
        let sketch = Sketch::of(&article);
        let findings =
            deduper.add(Arriving { text: LEAD, sketch: &sketch, story, outlet: 0, day: None }, &mut library).unwrap();
        sources.push(findings.repeats.first().and_then(|repeat| repeat.article));
        library.push(Arc::new(Earlier::new(article)));
        deduper.forget(0);
    }
    assert_eq!(sources, [None, None, Some(1)]);
}

/// A library that has lost its articles.
struct Lost;

impl Library for Lost {
    fn earlier(&mut self, _: u32) -> Result<Option<Arc<Earlier>>> {
        Ok(None)
    }
}

#[test]
fn equal_sentences_repeat_an_article_that_cannot_be_fetched_and_near_ones_do_not() {
    let mut deduper = Deduper::new();
    let damaged = format!("{LEAD}\n{}", STOCK.replace("medium", "mediurn"));
    let mut add = |text: &str| {
        let sketch = Sketch::of(&article(text));
        deduper.add(Arriving { text, sketch: &sketch, story: 1, outlet: 0, day: None }, &mut Lost).unwrap().repeats
    };
    assert!(add(&format!("{LEAD}\n{STOCK}")).is_empty());
    let repeats = add(&damaged);
    assert_eq!(repeats.iter().map(|repeat| &damaged[repeat.range.clone()]).collect::<Vec<_>>(), [LEAD]);
}

#[test]
fn hostile_texts_take_bounded_time() {
    let many = "Kalimat yang sama sekali lagi.\n".repeat(20_000);
    let glued = "kata ".repeat(50_000);
    let found = add_all([(many.as_str(), 0), (glued.as_str(), 0), (many.as_str(), 0), (glued.as_str(), 0)]);
    assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 1, 2, 1]);
}

proptest! {
    #[test]
    fn repeats_ascend_point_back_and_depend_on_the_order_alone(
        picks in proptest::collection::vec(proptest::collection::vec(0..6usize, 1..8), 1..8),
    ) {
        const LINES: [&str; 6] = [LEAD, STOCK, PRICE, OTHER, "Ya.", "Simak yang berikut ini."];
        let text = |lines: &Vec<usize>| lines.iter().map(|line| LINES[*line]).collect::<Vec<_>>().join("\n");
        let texts: Vec<String> = picks.iter().map(text).collect();
        let all = || add_all(texts.iter().map(|text| (text.as_str(), 1)));
        let found = all();
        prop_assert_eq!(&found, &all());
        for (number, (text, findings)) in texts.iter().zip(&found).enumerate() {
            prop_assert!(findings.story <= number as u64);
            let mut end = 0;
            for repeat in &findings.repeats {
                prop_assert!(repeat.range.start >= end && text.get(repeat.range.clone()).is_some());
                end = repeat.range.end;
                let source = repeat.article.map_or(number, |article| article as usize);
                prop_assert!(source < number || repeat.source.end <= repeat.range.start);
                prop_assert!(texts[source].get(repeat.source.clone()).is_some());
            }
        }
    }
}
