//! Words that the memo knows cost no allocation. A test program of its own, for it counts what the allocator is asked.

use kliping::analysis::stemmer::{LetterCase, Stemmer};
use kliping::analysis::{Analyzer, Memo};

const TEXT: &str = "Anak-anak mempertimbangkan AI-nya. Menteri Keuangan menargetkan pertumbuhan 5,2 persen, kata \
                    Raihan di Penjaringan; “perusahaan-perusahaan” itu di-PHK sejak 30/11/2025, COVID-19 dan e-KTP.";

fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

#[test]
fn a_text_of_known_words_is_analysed_without_an_allocation() {
    let (analyzer, mut memo) = (Analyzer::indonesian(), Memo::default());
    let mut n_words = 0;
    let mut analyze = || analyzer.for_each_word(TEXT, &mut memo, |_, _| n_words += 1);
    assert!(allocations(&mut analyze) > 0, "the memo learns");
    assert_eq!(allocations(&mut analyze), 0);
    assert_eq!(n_words, 2 * 21);
}

#[test]
fn words_of_known_roots_are_stemmed_without_an_allocation() {
    let stemmer = Stemmer::indonesian();
    for word in ["menulis", "mempertimbangkannya", "ketidakberdayaan", "bekasi", "pengetahuan", "kata", "ngerjain"] {
        for case in [LetterCase::Lower, LetterCase::Capitalised] {
            let mut is_stemmed = false;
            let n_allocations = allocations(|| is_stemmed = !stemmer.stem(word, case).is_empty());
            assert!(is_stemmed && n_allocations == 0, "stemming {word:?} allocates {n_allocations} times");
        }
    }
}
