//! What the stemmer does to words, one behaviour a test.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(Stemmer::indonesian);

const CASES: [LetterCase; 4] =
    [LetterCase::Lower, LetterCase::Capitalised, LetterCase::SentenceStart, LetterCase::AllCapitals];

#[track_caller]
fn check_as(case: LetterCase, word: &str, root: &str) {
    assert_eq!(STEMMER.stem(word, case), root, "{:#?}", STEMMER.explain(word, case));
}

#[track_caller]
fn check(word: &str, root: &str) {
    check_as(LetterCase::Lower, word, root);
}

#[track_caller]
fn check_rule(word: &str, case: LetterCase, rule: Rule) {
    assert_eq!(STEMMER.explain(word, case).rule, rule, "{word:?}");
}

#[test]
fn nasal_takes_the_place_of_p_t_s_k() {
    check("memukul", "pukul");
    check("menulis", "tulis");
    check("menyapu", "sapu");
    check("mengirim", "kirim");
    check("pemukul", "pukul");
    check("penulis", "tulis");
    check("penyapu", "sapu");
    check("pengirim", "kirim");
    check("menangis", "tangis");
}

#[test]
fn nasal_stands_before_the_other_letters() {
    check("membaca", "baca");
    check("memfitnah", "fitnah");
    check("mendengar", "dengar");
    check("mencari", "cari");
    check("menjual", "jual");
    check("menggali", "gali");
    check("menghitung", "hitung");
    check("mengambil", "ambil");
    check("mengurus", "urus");
    check("melihat", "lihat");
    check("merawat", "rawat");
    check("mewarnai", "warna");
    check("memakan", "makan");
    check("menanti", "nanti");
    check("menyanyi", "nyanyi");
    check("penggali", "gali");
    check("pencari", "cari");
}

#[test]
fn nasal_of_one_syllable_is_nge() {
    check("mengecek", "cek");
    check("pengesahan", "sah");
    check("mengebom", "bom");
    check("pengecatan", "cat");
    check("mengetuai", "ketua");
}

#[test]
fn loans_may_keep_their_first_letter() {
    check("memproduksi", "produksi");
    check("mentransfer", "transfer");
    check("mensyukuri", "syukur");
    check("mengkritik", "kritik");
    check("mengkonsumsi", "konsumsi");
    check("menyontoh", "contoh");
    check("pemrosesan", "proses");
}

#[test]
fn di_ku_and_kau_come_off_verbs() {
    check("ditulis", "tulis");
    check("dilakukan", "laku");
    check("dimiliki", "milik");
    check("kulihat", "lihat");
    check("kaubaca", "baca");
}

#[test]
fn ber_loses_its_r_before_r_and_er() {
    check("bermain", "main");
    check("berencana", "rencana");
    check("bekerja", "kerja");
    check("belajar", "ajar");
    check("pelajaran", "ajar");
    check("beragam", "ragam");
    check("beruntung", "untung");
    check("beramal", "amal");
    check("berevolusi", "evolusi");
}

#[test]
fn ter_and_se_come_off() {
    check("terbesar", "besar");
    check("terpenuhi", "penuh");
    check("terasa", "rasa");
    check("tersebut", "sebut");
    check("sebesar", "besar");
    check("seorang", "orang");
    check("seseorang", "orang");
}

#[test]
fn circumfixes_are_read_as_one() {
    check("keretakan", "retak");
    check("kerahkan", "kerah");
    check("kesehatan", "sehat");
    check("perbankan", "bank");
    check("perekonomian", "ekonomi");
    check("penurunan", "turun");
    check("penyelidikan", "selidik");
    check("pengawasan", "awas");
    check("ketentuan", "tentu");
    check("pertandingan", "tanding");
    check("berjatuhan", "jatuh");
    check("pepohonan", "pohon");
}

#[test]
fn prefixes_stand_in_pairs() {
    check("memperbesar", "besar");
    check("mempertimbangkan", "timbang");
    check("diperpanjang", "panjang");
    check("diberlakukan", "laku");
    check("mengetahui", "tahu");
    check("dikemukakan", "muka");
    check("mengesampingkan", "samping");
    check("pemberdayaan", "daya");
    check("keberhasilan", "hasil");
    check("keterlibatan", "libat");
    check("kepemimpinan", "pimpin");
    check("berkelanjutan", "lanjut");
    check("berpendapat", "dapat");
    check("seperempat", "empat");
    check("pemersatu", "satu");
    check("penyeimbang", "imbang");
    check("disepanjang", "panjang");
    check("disetor", "setor");
}

#[test]
fn prefixes_stand_in_threes() {
    check("mempersatukan", "satu");
    check("mempersekutukan", "sekutu");
    check("ketidakberdayaan", "daya");
    check("ketakberdayaan", "daya");
    check("ketakutan", "takut");
    check("ketidakpastian", "pasti");
    check("mempertanggungjawabkan", "tanggungjawab");
    check("dipertanggungjawabkannya", "tanggungjawab");
}

#[test]
fn a_root_that_begins_like_a_prefix_is_kept() {
    check("mengeluarkan", "keluar");
    check("pengeluaran", "keluar");
    check("memberangkatkan", "berangkat");
    check("disetujui", "setuju");
    check("menyediakan", "sedia");
}

#[test]
fn possessives_and_particles_come_off() {
    check("bukunya", "buku");
    check("bukunyalah", "buku");
    check("anakku", "anak");
    check("rumahmukah", "rumah");
    check("siapapun", "siapa");
    check("bukanlah", "bukan");
    check("kebijakannyapun", "bijak");
    check("petanya", "peta");
    check("madunya", "madu");
    check("penanya", "tanya");
}

#[test]
fn kan_an_and_i_are_told_apart() {
    check("berikan", "beri");
    check("gerakan", "gerak");
    check("masukan", "masuk");
    check("membelai", "belai");
    check("menginap", "inap");
    check("menjajakan", "jaja");
    check("mengurung", "kurung");
    check("mengurungkan", "urung");
    check("masukkan", "masuk");
    check("memenangkan", "menang");
    check("menunjukan", "tunjuk");
    check("mengunakan", "guna");
    check("mengambarkan", "gambar");
    check("mengantikan", "ganti");
    check("mengali", "kali");
    check("pengrajin", "rajin");
    check("pengrusakan", "rusak");
    check("mengritik", "kritik");
    check("mengakhiri", "akhir");
    check("ikuti", "ikut");
    check("tanaman", "tanam");
}

#[test]
fn words_that_look_affixed_are_roots() {
    check("menteri", "menteri");
    check("kementerian", "menteri");
    check("sekolah", "sekolah");
    check("berita", "berita");
    check("ekonomi", "ekonomi");
    check("makan", "makan");
    check("perang", "perang");
    check("masalah", "masalah");
    check("jalan", "jalan");
    check("teman", "teman");
    check("ketua", "ketua");
}

#[test]
fn closed_class_words_are_themselves() {
    check("seperti", "seperti");
    check("adalah", "adalah");
    check("kepada", "kepada");
    check("kepadanya", "kepada");
    check("akan", "akan");
    check_rule("akan", LetterCase::Lower, Rule::ClosedClass);
    // With a grade in the list of roots they take affixes as well.
    check("diperuntukan", "untuk");
    check("sebegitu", "begitu");
    check("pengalian", "kali");
}

#[test]
fn irregular_words_are_a_table() {
    check("mengerti", "arti");
    check("dimengerti", "arti");
    check("setidaknya", "tidak");
    check_rule("mengerti", LetterCase::Lower, Rule::Irregular);
}

#[test]
fn colloquial_affixes_come_off_common_roots() {
    check("ngomongin", "omong");
    check("nulis", "tulis");
    check("nyari", "cari");
    check("ngambil", "ambil");
    check("ngelihat", "lihat");
    check("ngerjain", "kerja");
    check("mikirin", "pikir");
    check("makin", "makin");
    check("nanah", "nanah");
    check("nonton", "tonton");
    check("menonton", "tonton");
    check("dibilangin", "bilang");
    check("dikangenin", "kangen");
    check("ngopi", "kopi");
    check("nyetir", "setir");
    check("ngobrol", "obrol");
    check("nyusahin", "susah");
    check("ngapalin", "hafal");
    check("megang", "pegang");
    check("mecahin", "pecah");
    check("rapiin", "rapi");
    check("bohongin", "bohong");
    check("ngitung", "hitung");
    check("insulin", "insulin");
    check("dipuntelin", "puntel");
    check("ngegame", "game");
    check("ngefans", "fans");
    check("ngengat", "ngengat");
}

#[test]
fn what_is_spoken_with_e_meets_what_is_written_with_a() {
    check("minjem", "pinjam");
    check("nganterin", "antar");
    check("dipesenin", "pesan");
    check("keinjek", "injak");
    check("diemin", "diemin");
    // Paper and later are English, papar and latar are other words.
    check("paper", "paper");
    check("later", "later");
    check_as(LetterCase::Capitalised, "dibales", "dibales");
}

#[test]
fn menge_comes_off_an_unknown_syllable() {
    check("mengetag", "tag");
    check("pengesetan", "set");
    check("mengeprint", "print");
    check("pengebluran", "blur");
}

#[test]
fn di_that_is_written_to_a_word_of_grammar_comes_off() {
    check("disekitarnya", "sekitar");
    check("dioleh", "oleh");
    check_as(LetterCase::Capitalised, "dianda", "dianda");
}

#[test]
fn a_bound_prefix_makes_a_word_that_stays_whole() {
    for word in ["antarsuku", "prasekolah", "pranikah", "nonmigas", "pascapanen", "antikorupsi"] {
        check(word, word);
    }
    check("pramukaku", "pramuka");
}

#[test]
fn affixes_behind_a_bound_prefix_stay() {
    for word in ["pascakenaikan", "antarpemerintahan", "takterkalahkan"] {
        check(word, word);
    }
    check("pascakenaikannya", "pascakenaikan");
}

#[test]
fn two_roots_in_one_are_no_english_and_take_a_prefix() {
    check("batugamping", "batugamping");
    check("mendarahdaging", "darahdaging");
}

#[test]
fn one_n_may_stand_for_that_of_the_suffix_and_that_of_nya() {
    check("kepercayaanya", "percaya");
    check("melakukanya", "laku");
    check_as(LetterCase::Capitalised, "kenyataanya", "nyata");
    assert_eq!(STEMMER.explain("kegunaanya", LetterCase::Lower).suffixes, ["-an", "-nya"]);
    for (word, root) in [("arenanya", "arena"), ("bandaranya", "bandara"), ("dewanya", "dewa")] {
        check(word, root);
    }
}

#[test]
fn english_forms_take_prefixes() {
    check("dicasting", "cast");
    check("ngemeeting", "meet");
    check("dishare", "share");
    check("sharingnya", "share");
    check_rule("dicasting", LetterCase::Lower, Rule::English);
    check_as(LetterCase::Capitalised, "dicasting", "dicast");
}

#[test]
fn makers_of_men_and_women_come_off_unless_they_are_roots() {
    check("biarawan", "biara");
    check("biarawati", "biara");
    check("wartawan", "wartawan");
    check("wartawati", "wartawan");
    check("karyawatinya", "karyawan");
    check("kewartawanan", "wartawan");
    check("sastrawati", "sastra");
}

#[test]
fn names_are_never_mangled() {
    for name in ["bali", "susi", "bekasi", "jokowi", "pertamina", "kalimantan", "medan", "surabaya", "nasution"] {
        check(name, name);
        check_as(LetterCase::Capitalised, name, name);
    }
    for name in ["setiawati", "indahwati", "muliawan", "putrawan"] {
        check_as(LetterCase::Capitalised, name, name);
    }
    check("jakartanya", "jakarta");
    check_as(LetterCase::Capitalised, "sherinanya", "sherina");
    check_as(LetterCase::Capitalised, "abdillah", "abdillah");
    check_as(LetterCase::Capitalised, "dirgantoro", "dirgantoro");
    check("keindonesiaan", "indonesia");
}

#[test]
fn a_capital_tells_a_name_from_a_word_except_where_a_sentence_begins() {
    for (name, root) in [("raihan", "raih"), ("penjaringan", "jaring"), ("kembangan", "kembang"), ("menoreh", "toreh")]
    {
        check_as(LetterCase::Capitalised, name, name);
        check_rule(name, LetterCase::Capitalised, Rule::Name);
        check_as(LetterCase::SentenceStart, name, root);
        check(name, root);
    }
    check_as(LetterCase::Capitalised, "raihannya", "raihan");
    check_as(LetterCase::SentenceStart, "bekasi", "bekasi");
    check_as(LetterCase::SentenceStart, "dewani", "dewani");
}

#[test]
fn prefixes_of_longer_words_stay_on_a_capitalised_syllable() {
    for name in ["menes", "menon", "terban", "ketol"] {
        check_as(LetterCase::Capitalised, name, name);
    }
    for name in ["palkan", "barkah", "jampun", "semur", "sejin", "kesari"] {
        check_as(LetterCase::Capitalised, name, name);
    }
    check_as(LetterCase::Capitalised, "ajukan", "aju");
    check_as(LetterCase::Capitalised, "kedelapan", "delapan");
    check_as(LetterCase::Capitalised, "menganti", "menganti");
    check_as(LetterCase::Capitalised, "mengecek", "cek");
    check_as(LetterCase::Capitalised, "dicek", "cek");
    check_as(LetterCase::Capitalised, "menyiul", "siul");
}

#[test]
fn a_particle_stays_on_a_short_name() {
    check_as(LetterCase::Capitalised, "wantah", "wantah");
    check_as(LetterCase::Capitalised, "sutikah", "sutikah");
    check_as(LetterCase::Capitalised, "bekasilah", "bekasi");
    check_as(LetterCase::Capitalised, "jokowipun", "jokowi");
}

#[test]
fn an_ending_that_names_have_stays_on_a_capitalised_word() {
    for name in ["dewani", "bulani", "nolan", "airin", "kuroda", "mangku", "yeyen", "brandan"] {
        check_as(LetterCase::Capitalised, name, name);
    }
    for name in ["dipati", "persepolis", "termini", "nadilah"] {
        check_as(LetterCase::Capitalised, name, name);
    }
    check_as(LetterCase::Capitalised, "penangnya", "penang");
    check_as(LetterCase::Capitalised, "pergilah", "pergi");
    check_as(LetterCase::Capitalised, "inilah", "ini");
    check_as(LetterCase::Capitalised, "mencoblos", "coblos");
    check_as(LetterCase::Capitalised, "ikuti", "ikut");
    check_as(LetterCase::Capitalised, "ujian", "uji");
    check_as(LetterCase::Capitalised, "kulihat", "lihat");
    check_as(LetterCase::Capitalised, "ngopi", "kopi");
    check_as(LetterCase::Capitalised, "diajarin", "ajar");
}

#[test]
fn a_prefix_alone_stays_on_what_is_spelt_like_no_root() {
    for name in ["bernadette", "berkeley", "berlusconi", "bergson", "disney", "dickinson", "tereshkova", "memphis"] {
        check(name, name);
    }
    check("berplonkasi", "plonkasi");
    check("menggromak", "gromak");
    check("dicoplek", "coplek");
    check("disambroh", "sambroh");
    check("disambrosi", "disambrosi");
}

#[test]
fn a_prefix_alone_stays_on_adjectives_and_nouns_of_loans() {
    for word in ["diferentif", "dinamitis", "dispirasi", "terminalistik", "melankolitas", "termonuklir", "disfungsi"] {
        check(word, word);
    }
}

#[test]
fn a_particle_comes_off_behind_a_consonant_of_an_unknown_word() {
    check("plonkamlah", "plonkam");
    check("plonkamkah", "plonkam");
    check("plonkampun", "plonkam");
    for name in ["fadilah", "nurlaelah", "mubarakah", "abdullah", "muamalah"] {
        check(name, name);
    }
}

#[test]
fn capitalised_words_of_known_roots_are_stemmed() {
    check_as(LetterCase::Capitalised, "pemerintahan", "perintah");
    check_as(LetterCase::Capitalised, "menulis", "tulis");
    check_as(LetterCase::AllCapitals, "penyelidikan", "selidik");
    check_as(LetterCase::Capitalised, "mengevakosikan", "evakosi");
}

#[test]
fn acronyms_are_not_stemmed() {
    check_as(LetterCase::AllCapitals, "di", "di");
    check_as(LetterCase::AllCapitals, "pan", "pan");
    check_as(LetterCase::AllCapitals, "berau", "berau");
    check_rule("bumn", LetterCase::AllCapitals, Rule::Acronym);
}

#[test]
fn unknown_roots_lose_what_is_safe() {
    check("mengevakosikan", "evakosi");
    check("penyaruban", "sarub");
    check("digromaki", "gromak");
    check("berplonkasi", "plonkasi");
    check("kegemoyan", "gemoy");
    check("meminimalisir", "minimalisir");
    check("penegakkan", "tegak");
    check("pemindahbukuan", "pindahbuku");
    check("memutarbalikkan", "putarbalik");
    check("memodernisasinya", "modernisasi");
    check("plonkasinya", "plonkasi");
    check_rule("plonkasinya", LetterCase::Lower, Rule::Clitics);
}

#[test]
fn safe_affixes_do_not_stand_inside_one_another() {
    check("terdiplonkasi", "diplonkasi");
    check("pendromakkuan", "dromakku");
    check("digromaknya", "gromak");
    assert_eq!(STEMMER.explain("terdiplonkasi", LetterCase::Lower).prefixes, ["ter-"]);
    assert_eq!(STEMMER.explain("penunjukkan", LetterCase::Lower).suffixes, ["-kan"]);
}

#[test]
fn an_ending_that_names_have_stays_on_an_unknown_word() {
    for word in ["momofuku", "shinjuku", "ritsumeikan", "sembukan", "klithikan", "dimarco", "terminator", "melankolia"]
    {
        check(word, word);
    }
    check("plonkasikan", "plonkasi");
    check("gromamkan", "gromam");
    check("plonkamku", "plonkam");
    // Rofi is a name.
    for name in ["rofikah", "delilah"] {
        check(name, name);
        check_as(LetterCase::Capitalised, name, name);
    }
}

#[test]
fn unknown_words_keep_what_is_not() {
    check("insyaallah", "insyaallah");
    check("dorakota", "dorakota");
    check_rule("dorakota", LetterCase::Lower, Rule::Unknown);
}

#[test]
fn variants_meet_their_standard_spelling() {
    check("resiko", "risiko");
    check("beresiko", "risiko");
    check("perijinan", "izin");
    check("aktifitas", "aktivitas");
    check("propinsi", "provinsi");
    check("nopember", "november");
    check("jendral", "jenderal");
    check("sholat", "salat");
    check("praktek", "praktik");
}

#[test]
fn a_root_that_keeps_foreign_letters_meets_the_standard_one() {
    check("mubadzir", "mubazir");
    check("ikhlash", "ikhlas");
    check("mubadzirnya", "mubazir");
    check_rule("mubadzir", LetterCase::Lower, Rule::Variant);
    for word in ["abdillah", "phoenix", "manhattan"] {
        assert!(!matches!(STEMMER.explain(word, LetterCase::Lower).rule, Rule::Variant), "{word:?}");
    }
}

#[test]
fn words_in_old_spelling_meet_those_of_today() {
    check("tjerita", "cerita");
    check("perdjoeangan", "juang");
    check("oentoek", "untuk");
    check("masjarakat", "masyarakat");
    check_rule("goeroe", LetterCase::Lower, Rule::Variant);
    check_as(LetterCase::Capitalised, "moeloek", "moeloek");
    for word in ["shoes", "canoe", "moeldoko", "menjongkok", "djarum"] {
        assert!(!matches!(STEMMER.explain(word, LetterCase::Lower).rule, Rule::Variant), "{word:?}");
    }
}

#[test]
fn english_words_get_their_english_stem() {
    for word in ["computing", "computer", "computers"] {
        check(word, "comput");
    }
    check("startups", "startup");
    check("startup", "startup");
    check("startupnya", "startup");
    check_as(LetterCase::Capitalised, "computing", "comput");
    for word in ["update", "updates", "updated", "updating"] {
        check(word, "update");
        check_as(LetterCase::Capitalised, word, "update");
    }
    for word in ["release", "releases", "released"] {
        check(word, "rilis");
    }
    check("files", "file");
    check_as(LetterCase::Capitalised, "users", "user");
    check_as(LetterCase::Capitalised, "startups", "startup");
    // Haris is a name, teras and berkas are words: -s is a plural behind a consonant or e alone.
    check_as(LetterCase::Capitalised, "haris", "haris");
    check_as(LetterCase::Capitalised, "beijing", "beijing");
}

#[test]
fn what_is_no_word_is_returned_unchanged() {
    for word in ["", "a", "di", "5g", "covid19", "中文", "café", "日本語のテキスト", "a-b", "Berita", "\u{0}"]
    {
        check(word, word);
    }
    let long = "mem".repeat(40);
    check(&long, &long);
}

#[test]
fn an_explanation_lists_the_analyses_cheapest_first() {
    let explanation = STEMMER.explain("berikan", LetterCase::Lower);
    assert_eq!(explanation.root, "beri");
    assert_eq!(explanation.rule, Rule::Affixes);
    assert_eq!(explanation.suffixes, ["-kan"]);
    let roots: Vec<&str> = explanation.analyses.iter().map(|analysis| analysis.root.as_str()).collect();
    assert_eq!(roots, ["beri", "ikan"]);
    assert!(explanation.analyses.is_sorted_by_key(|analysis| analysis.cost));
}

#[test]
fn user_words_are_known_to_the_rules() {
    let dictionary = StemDictionary {
        roots: vec!["gemoy".into()],
        exceptions: vec![("mager".into(), "gerak".into())],
        names: vec!["menulis".into()],
    };
    let stemmer = Stemmer::new(&dictionary);
    assert_eq!(stemmer.stem("segemoy", LetterCase::Lower), "gemoy");
    assert_eq!(stemmer.stem("mager", LetterCase::Lower), "gerak");
    assert_eq!(stemmer.stem("menulis", LetterCase::Lower), "menulis");
}

#[test]
fn the_root_of_a_root_is_itself() {
    let listed = lexicon::lines(lexicon::ROOT_WORDS).map(|line| lexicon::columns(line).0);
    for root in listed.chain(STEMMER.lexicon.roots()) {
        assert!(STEMMER.is_root(root));
        for case in CASES {
            assert_eq!(STEMMER.stem(root, case), root);
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(word in "\\PC*", right in "\\PC{0,8}") {
        for case in CASES {
            let _ = STEMMER.stem(&word, case);
            let _ = STEMMER.explain(&word, case);
            let _ = STEMMER.stem_reduplicated(&word, &right, case);
        }
    }

    #[test]
    fn no_word_grows_or_vanishes(word in "(mem|men|meng|di|ber|ter|ke|se|pem|per|)[a-z]{0,9}(kan|an|i|nya|lah|)") {
        let explanation = STEMMER.explain(&word, LetterCase::Lower);
        prop_assert_eq!(&explanation.root, &STEMMER.stem(&word, LetterCase::Lower));
        prop_assert!(word.is_empty() || !explanation.root.is_empty());
        if matches!(explanation.rule, Rule::UnknownRoot | Rule::Clitics | Rule::Unknown) {
            prop_assert!(explanation.root.len() <= word.len());
        }
    }
}
