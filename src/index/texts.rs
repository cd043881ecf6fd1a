//! Texts as an index stores them: each compressed by itself, so that a hit is read without its neighbours, and
//! with a dictionary of what texts of this index have in common, so that this takes no more room.
//!
//! The dictionary is made of the first texts of an index, as soon as there are enough, and changes with all of them
//! only: what was compressed before it is read with it too. It goes into the payload of each commit. Which of the first
//! texts it is made of depends on the threads, so that files may differ where what they hold does not.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, OnceLock};

use base64::prelude::{BASE64_STANDARD, Engine};
use xxhash_rust::xxh3::xxh3_64;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{CCtx, DCtx, compress_bound, get_frame_content_size};

/// How hard zstd tries. With a dictionary, the next levels take longer and more room.
const LEVEL: i32 = 3;

/// Bytes of a dictionary. On 28,877 articles texts take 0.40 of their bytes with one of 32 KiB, 0.39 with 64 or 110
/// KiB; without one, in blocks of 16 KiB, 0.42.
const DICTIONARY_BYTES: usize = 64 << 10;

/// Bytes of text that a dictionary is made of, in less than a tenth of a second. Three times as many make it 2 %
/// better.
const SAMPLE_BYTES: usize = 1 << 20;

/// Bytes of one text that count: one long text is no sample of many.
const MAX_SAMPLE: usize = 16 << 10;

/// How the texts of one index are compressed; clones share what is known.
#[derive(Clone, Default)]
pub(crate) struct Texts(Arc<Shared>);

#[derive(Default)]
struct Shared {
    dictionary: OnceLock<Dictionary>,
    /// What there is of a dictionary to be made; `None` once it was tried.
    samples: Mutex<Option<Samples>>,
}

/// Texts that stand for all.
#[derive(Default)]
struct Samples {
    /// One behind the other.
    bytes: Vec<u8>,
    lens: Vec<usize>,
}

/// What texts have in common.
struct Dictionary {
    bytes: Vec<u8>,
    /// Made when a text is compressed.
    encoder: OnceLock<EncoderDictionary<'static>>,
    decoder: DecoderDictionary<'static>,
}

impl Dictionary {
    fn new(bytes: Vec<u8>) -> Self {
        Self { encoder: OnceLock::new(), decoder: DecoderDictionary::copy(&bytes), bytes }
    }

    fn encoder(&self) -> &EncoderDictionary<'static> {
        self.encoder.get_or_init(|| EncoderDictionary::copy(&self.bytes, LEVEL))
    }
}

impl Texts {
    /// Returns those of an index that has no dictionary yet, which learns from what it compresses.
    pub(super) fn learning() -> Self {
        let texts = Self::default();
        texts.samples().replace(Samples::default());
        texts
    }

    /// Returns those of an index whose payload says `written`; `None` where that is damaged.
    pub(super) fn from_payload(written: &str) -> Option<Self> {
        let mut bytes = BASE64_STANDARD.decode(written).ok()?;
        let (content, checksum) = bytes.split_last_chunk()?;
        if xxh3_64(content) != u64::from_le_bytes(*checksum) {
            return None;
        }
        bytes.truncate(content.len());
        let texts = Self::default();
        texts.0.dictionary.get_or_init(|| Dictionary::new(bytes));
        Some(texts)
    }

    /// Returns what the payload of a commit says of them; nothing where there is no dictionary yet.
    pub(super) fn to_payload(&self) -> Option<String> {
        let bytes = &self.0.dictionary.get()?.bytes;
        Some(BASE64_STANDARD.encode([bytes, &xxh3_64(bytes).to_le_bytes()[..]].concat()))
    }

    /// Returns whether more texts are needed for a dictionary.
    pub(super) fn is_learning(&self) -> bool {
        self.samples().is_some()
    }

    /// Regards `text` for the dictionary that is to be made, and makes it where that is enough.
    pub(super) fn learn(&self, text: &str) {
        // Who finds another thread at it goes on without.
        let Ok(mut learnt) = self.0.samples.try_lock() else { return };
        let Some(samples) = &mut *learnt else { return };
        let sample = &text.as_bytes()[..text.len().min(MAX_SAMPLE)];
        samples.bytes.extend_from_slice(sample);
        samples.lens.push(sample.len());
        if samples.bytes.len() < SAMPLE_BYTES {
            return;
        }
        // Texts that have too little in common make none.
        if let Ok(bytes) = zstd::dict::from_continuous(&samples.bytes, &samples.lens, DICTIONARY_BYTES) {
            self.0.dictionary.get_or_init(|| Dictionary::new(bytes));
        }
        *learnt = None;
    }

    fn samples(&self) -> std::sync::MutexGuard<'_, Option<Samples>> {
        self.0.samples.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Returns the text that `packed` is, if it is one.
    pub(super) fn unpacked(&self, packed: &[u8]) -> Option<String> {
        thread_local! {
            static CONTEXT: RefCell<DCtx<'static>> = RefCell::default();
        }
        let len = usize::try_from(get_frame_content_size(packed).ok()??).ok()?;
        let mut text = Vec::new();
        text.try_reserve_exact(len).ok()?;
        CONTEXT
            .with_borrow_mut(|context| match self.0.dictionary.get() {
                Some(dictionary) => context.decompress_using_ddict(&mut text, packed, dictionary.decoder.as_ddict()),
                None => context.decompress(&mut text, packed),
            })
            .ok()?;
        String::from_utf8(text).ok()
    }
}

/// Compresses texts; one per thread, for its room.
pub(super) struct TextCompressor {
    texts: Texts,
    context: CCtx<'static>,
}

impl TextCompressor {
    pub(super) fn new(texts: Texts) -> Self {
        Self { texts, context: CCtx::default() }
    }

    /// Returns `text`, compressed, which [`Texts::unpacked`] gives back.
    pub(super) fn compress(&mut self, text: &str) -> Vec<u8> {
        let mut packed = Vec::with_capacity(compress_bound(text.len()));
        let dictionary = self.texts.0.dictionary.get();
        let done = match dictionary {
            Some(dictionary) => {
                self.context.compress_using_cdict(&mut packed, text.as_bytes(), dictionary.encoder().as_cdict())
            }
            None => self.context.compress(&mut packed, text.as_bytes(), LEVEL),
        };
        done.expect("there is room for the longest outcome");
        if dictionary.is_none() {
            self.texts.learn(text);
        }
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: usize) -> String {
        let places = ["Bandung", "Medan", "Ambon", "Kendari", "Sleman", "Manado", "Bogor"];
        let goods = ["beras", "cabai", "bawang merah", "telur", "gula pasir"];
        let (place, good) = (places[n % places.len()], goods[n % goods.len()]);
        format!(
            "Harga {good} di pasar {place} naik {n} persen pekan ini, kata kepala dinas perdagangan. Pemerintah kota \
             {place} menyiapkan operasi pasar nomor {} bersama Bulog agar pasokan {good} tetap aman.",
            n * 7919
        )
    }

    #[test]
    fn a_text_comes_back_whatever_was_known_when_it_was_compressed() {
        let texts = Texts::learning();
        let mut compressor = TextCompressor::new(texts.clone());
        let written: Vec<(String, Vec<u8>)> =
            (0..8000).map(article).map(|text| (text.clone(), compressor.compress(&text))).collect();
        assert!(!texts.is_learning());
        let read_again = Texts::from_payload(&texts.to_payload().unwrap()).unwrap();
        for texts in [&texts, &read_again] {
            assert!(written.iter().all(|(text, packed)| texts.unpacked(packed).as_ref() == Some(text)));
        }
        let len = |range: &[(String, Vec<u8>)]| range.iter().map(|(_, packed)| packed.len()).sum::<usize>();
        assert!(2 * len(&written[7000..]) < len(&written[..1000]), "the dictionary is used");
        assert_eq!(Texts::default().unpacked(&written[7999].1), None, "and needed");
    }

    #[test]
    fn few_texts_and_texts_without_anything_in_common_make_none() {
        let texts = Texts::learning();
        let mut compressor = TextCompressor::new(texts.clone());
        for text in ["", "satu", &"dua ".repeat(100_000)] {
            let packed = compressor.compress(text);
            assert_eq!(texts.unpacked(&packed).as_deref(), Some(text));
        }
        assert!(texts.is_learning() && texts.to_payload().is_none());
        texts.learn("");
        (0..100).for_each(|_| texts.learn(&"x".repeat(MAX_SAMPLE)));
        let packed = compressor.compress("tiga");
        assert_eq!(texts.unpacked(&packed).as_deref(), Some("tiga"));
    }

    #[test]
    fn what_is_damaged_is_no_text_and_no_dictionary() {
        let texts = Texts::learning();
        (0..8000).map(article).for_each(|text| texts.learn(&text));
        let packed = TextCompressor::new(texts.clone()).compress(&article(3));
        for at in 0..packed.len() {
            let mut altered = packed.clone();
            altered[at] ^= 1;
            let _ = texts.unpacked(&altered);
        }
        assert_eq!(texts.unpacked(&packed[..packed.len() / 2]), None);
        assert_eq!(texts.unpacked(b""), None);
        let payload = texts.to_payload().unwrap();
        let altered = payload.replacen('A', "B", 1);
        for damaged in [altered.as_str(), &payload[4..], "", "&"] {
            assert!(Texts::from_payload(damaged).is_none());
        }
    }
}
