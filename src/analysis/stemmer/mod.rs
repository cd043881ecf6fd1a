//! The Indonesian stemmer: a word in, its root word out.
//!
//! A root stands between affixes, and a word can often be cut in several ways: berikan is beri-kan (give) or ber-ikan
//! (with fish). The stemmer lists every analysis that grammar allows (`affixes`), keeps those that leave a word it
//! knows (`lexicon`), and takes the cheapest (`cost`). A word it knows is its own root. Where no root is known, only
//! what is safe is taken off (`unknown`), or an English word gets its English stem (`super::english`).
//!
//! The stemmer gets one folded word at a time. Cutting text into words, folding them, joining hyphenated words and
//! remembering stems belong to the analyzer around it.

mod affixes;
mod cost;
mod cuts;
mod explanation;
mod letters;
mod lexicon;
mod names;
mod reduplication;
mod respelling;
mod shape;
mod unknown;

use std::borrow::Cow;

use serde::Serialize;

pub use explanation::{Analysis, Explanation};
pub use lexicon::StemDictionary;

use affixes::{Ending, MIN_ROOT, Possessive, Prefix, PrefixReading, Suffix};
use cost::{affix_cost, root_worth};
use cuts::Cuts;
use letters::vowel_runs;
use lexicon::{BARE_GRADE, Kind, Known, Lexicon};
use names::{is_clitic_of_names, is_particle_of_names, is_rather_a_name, is_safe_name_clitic, is_verb_in_title};
use reduplication::Rhymes;
use respelling::{from_foreign_spelling, from_old_spelling, from_speech};
use shape::Shape;
use unknown::{is_compound, is_safe, is_safe_clitic, safe_affixes};

use crate::analysis::english::{english_name_stem, english_stem, uninflected};

/// The longest word that is stemmed, in bytes; mempertanggungjawabkannyalah has 29.
const MAX_LEN: usize = 40;

/// The least productivity of a root that colloquial affixes are taken off from.
const COMMON_GRADE: u8 = 4;

/// The letters of a root that no word has by chance before -in.
const LONG_ROOT: usize = 5;

/// The least productivity of a root that takes affixes at all.
const AFFIXED_GRADE: u8 = 2;

/// What a name is worth where the word is capitalised: Penangnya, not pe-nang-nya.
const NAME_GRADE: u8 = 3;

/// The longest word in capitals that is taken for an acronym, in bytes.
const MAX_ACRONYM: usize = 5;

/// The tables the stemmer is built from, for the fingerprint of the analyzer.
pub(crate) const TABLES: [&str; 6] = [
    lexicon::ROOT_WORDS,
    lexicon::IRREGULAR,
    lexicon::CLOSED_CLASS,
    lexicon::NAMES,
    lexicon::VARIANTS,
    reduplication::RHYMES,
];

/// How the word was written before it was folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterCase {
    /// berita
    Lower,
    /// Berita: in a title, or a name.
    Capitalised,
    /// Berita, where any word has a capital: at the start of a sentence.
    SentenceStart,
    /// BERITA: an acronym if it is short, else as capitalised.
    AllCapitals,
}

impl LetterCase {
    /// Returns whether the first letter alone is a capital.
    fn is_capitalised(self) -> bool {
        matches!(self, Self::Capitalised | Self::SentenceStart)
    }
}

/// Which rule gave a word its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Not stemmed: too short or too long, or other characters than a to z.
    Unanalysed,
    /// Not stemmed: a short word in capitals.
    Acronym,
    /// The word is a root word.
    RootWord,
    /// The word belongs to a closed class (prepositions, pronouns, …) and is its own root.
    ClosedClass,
    /// The word is in the table of irregular words.
    Irregular,
    /// The word is another spelling of the root.
    Variant,
    /// The word is a known name.
    Name,
    /// Affixes around a known root: the cheapest analysis.
    Affixes,
    /// Affixes that are safe around an unknown root.
    UnknownRoot,
    /// Clitics behind an unknown word.
    Clitics,
    /// An English word.
    English,
    /// Nothing is known of the word and nothing was taken off.
    Unknown,
}

/// Stems Indonesian words. Immutable, so one stemmer serves all threads.
///
/// ```
/// use kliping::analysis::stemmer::{LetterCase, Stemmer};
///
/// let stemmer = Stemmer::indonesian();
/// assert_eq!(stemmer.stem("mempertimbangkan", LetterCase::Lower), "timbang");
/// assert_eq!(stemmer.stem("bekasi", LetterCase::Capitalised), "bekasi");
/// ```
pub struct Stemmer {
    lexicon: Lexicon,
    rhymes: Rhymes,
    shape: Shape,
}

/// A root and how it was found.
struct Decision<'a> {
    root: Cow<'a, str>,
    rule: Rule,
    /// The affixes around the root, where there are any.
    affixes: Option<(PrefixReading, Ending)>,
    /// A user's dictionary has the word or its root.
    own: bool,
}

/// An analysis that leaves a known root.
struct Candidate<'a> {
    known: Known<'a>,
    cost: i16,
    reading: PrefixReading,
    ending: Ending,
    /// The letters of the root as found, before a variant was replaced.
    letters: usize,
}

impl Stemmer {
    /// Builds a stemmer from the built-in tables and a user's additions.
    #[must_use]
    pub fn new(dictionary: &StemDictionary) -> Self {
        let shape = Shape::of(lexicon::roots_with_affixes());
        Self { lexicon: Lexicon::new(dictionary), rhymes: Rhymes::new(), shape }
    }

    /// Builds a stemmer from the built-in tables alone.
    #[must_use]
    pub fn indonesian() -> Self {
        Self::new(&StemDictionary::default())
    }

    /// Returns the root of a word.
    ///
    /// `word` is folded (lower case, NFKC, no diacritics, no apostrophes) and has no hyphen; `case` tells how it was
    /// written. A word with anything but the letters a to z comes back as it is. Nothing is allocated, except for the
    /// root of an English word, an unknown root whose first letter the prefix had replaced, and a word in old spelling.
    ///
    /// ```
    /// # use kliping::analysis::stemmer::{LetterCase, Stemmer};
    /// # let stemmer = Stemmer::indonesian();
    /// assert_eq!(stemmer.stem("menulis", LetterCase::Lower), "tulis");
    /// assert_eq!(stemmer.stem("kementerian", LetterCase::Capitalised), "menteri");
    /// ```
    #[must_use]
    pub fn stem<'a>(&'a self, word: &'a str, case: LetterCase) -> Cow<'a, str> {
        self.decide(word, case).root
    }

    /// Returns the root of a word with every analysis that was considered.
    #[must_use]
    pub fn explain(&self, word: &str, case: LetterCase) -> Explanation {
        let decision = self.decide(word, case);
        let analyses = if is_analysable(word) { self.analyses(word, case) } else { Vec::new() };
        let explanation = Explanation::new(word, &decision, analyses);
        match (decision.rule, decision.affixes) {
            (Rule::UnknownRoot, Some((reading, ending))) => {
                let rest = Cuts::new(word).root(&reading, &ending);
                if rest == decision.root {
                    return explanation;
                }
                explanation.around(self.explain(&rest, LetterCase::Lower))
            }
            _ => explanation,
        }
    }

    /// Returns whether `word` is a root word or a name of the tables, that is, its own root.
    #[must_use]
    pub fn is_root(&self, word: &str) -> bool {
        self.lexicon.get(word).is_some_and(|known| known.root == word)
    }

    /// Returns whether `word` is a name where it is capitalised, unless it has its capital from the start of a
    /// sentence.
    pub(crate) fn is_name_by_its_capital(&self, word: &str) -> bool {
        self.capitalised_name(word, LetterCase::Capitalised).is_some()
    }

    /// Returns whether `word` is its own root and an ordinary word: no name.
    pub(crate) fn is_ordinary_root(&self, word: &str) -> bool {
        self.lexicon.get(word).is_some_and(|known| known.root == word && known.kind != Kind::Name)
    }

    /// Returns whether a capitalised `word` is read as affixes around a root, and none of them is -nya at its end,
    /// which any name takes.
    pub(crate) fn is_derived(&self, word: &str) -> bool {
        let rule = self.decide(word, LetterCase::Capitalised).rule;
        matches!(rule, Rule::Affixes | Rule::UnknownRoot) && !word.ends_with("nya")
    }

    /// Returns whether the hyphenated word `left-right` is in the table of rhyming pairs.
    pub(crate) fn is_rhyme(&self, left: &str, right: &str) -> bool {
        self.rhymes.root(left, right).is_some()
    }

    /// Returns the root of the hyphenated word `left-right` if it doubles one word, else `None`.
    ///
    /// Doubled are equal halves (anak-anak), halves that share a root (buku-bukunya, tembak-menembak), a half that
    /// repeats the end of the other (berlari-lari, menyia-nyiakan) and a table of rhyming pairs (sayur-mayur).
    ///
    /// ```
    /// # use kliping::analysis::stemmer::{LetterCase, Stemmer};
    /// # let stemmer = Stemmer::indonesian();
    /// assert_eq!(stemmer.stem_reduplicated("berlari", "lari", LetterCase::Lower).as_deref(), Some("lari"));
    /// assert_eq!(stemmer.stem_reduplicated("jual", "beli", LetterCase::Lower), None);
    /// ```
    #[must_use]
    pub fn stem_reduplicated<'a>(&'a self, left: &'a str, right: &'a str, case: LetterCase) -> Option<Cow<'a, str>> {
        reduplication::root(self, left, right, case)
    }

    fn decide<'a>(&'a self, word: &'a str, case: LetterCase) -> Decision<'a> {
        if case == LetterCase::AllCapitals && word.len() <= MAX_ACRONYM {
            return Decision::whole(word, Rule::Acronym);
        }
        if !is_analysable(word) {
            return Decision::whole(word, Rule::Unanalysed);
        }
        if let Some(known) = self.lexicon.get(word) {
            return Decision { own: known.own, ..Decision::whole(known.root, Rule::of(known.kind)) };
        }
        if let Some(decision) = self.capitalised_name(word, case) {
            return decision;
        }
        let mut cuts = Cuts::new(word);
        if let Some(Candidate { known, reading, ending, .. }) = self.cheapest(&mut cuts, case) {
            let affixes = Some((reading, ending));
            return Decision { root: known.root.into(), rule: Rule::Affixes, affixes, own: known.own };
        }
        if let Some(root) = self.known_english(word) {
            return Decision::whole(root, Rule::English);
        }
        if let Some(decision) = self.affixed_english(&mut cuts, case) {
            return decision;
        }
        if let Some(root) = self.old_spelling(word, case) {
            return Decision { root, ..Decision::whole(word, Rule::Variant) };
        }
        if let Some(decision) = self.spoken(word, case).or_else(|| self.one_n(word, case)) {
            return decision;
        }
        match case {
            LetterCase::Lower => self.decide_unknown(word, &mut cuts),
            LetterCase::Capitalised | LetterCase::SentenceStart | LetterCase::AllCapitals => {
                self.decide_unknown_name(&mut cuts)
            }
        }
    }

    /// A name that only its capital tells from a word, with -nya or without.
    fn capitalised_name<'a>(&'a self, word: &'a str, case: LetterCase) -> Option<Decision<'a>> {
        if case != LetterCase::Capitalised {
            return None;
        }
        let name = |word| self.lexicon.capitalised_name(word);
        name(word).or_else(|| name(word.strip_suffix("nya")?)).map(|name| Decision::whole(name, Rule::Name))
    }

    fn cheapest(&self, cuts: &mut Cuts<'_>, case: LetterCase) -> Option<Candidate<'_>> {
        let mut cheapest: Option<Candidate<'_>> = None;
        cuts.each(|root, reading, ending| {
            if let Some(candidate) = self.candidate(root, reading, ending, case)
                && cheapest.as_ref().is_none_or(|cheapest| candidate.outranks(cheapest))
            {
                cheapest = Some(candidate);
            }
        });
        cheapest
    }

    /// Returns the analysis of a cut, if it leaves a known root that may have these affixes.
    fn candidate(
        &self,
        root: &str,
        reading: &PrefixReading,
        ending: &Ending,
        case: LetterCase,
    ) -> Option<Candidate<'_>> {
        let known = self.lexicon.get(root)?;
        if known.grade == BARE_GRADE && !takes_affixes(known.kind, reading, ending)
            || ending.suffix == Some(Suffix::I) && reading.chain.is_empty() && !takes_bare_i(&known, ending)
            || known.kind == Kind::Name
                && ending.particle.is_some_and(|particle| !is_particle_of_names(particle, root.as_bytes()))
            || case.is_capitalised() && is_rather_a_name(&known, reading, ending, root.as_bytes())
            || reading.monosyllabic && !letters::is_syllable(root.as_bytes())
            || ending.shared_k && !root.ends_with('k')
            || known.grade < colloquial_grade(reading, ending, root.as_bytes())
        {
            return None;
        }
        let is_name = case.is_capitalised() && known.kind == Kind::Name && is_clitic_of_names(reading, ending);
        let grade = if is_name { NAME_GRADE } else { known.grade };
        let cost = affix_cost(reading, ending)? - root_worth(grade, root.len());
        Some(Candidate { known, cost, reading: *reading, ending: *ending, letters: root.len() })
    }

    /// Returns the root of a known word with an English ending: files, updated, releases (rilis).
    fn known_english(&self, word: &str) -> Option<&str> {
        let is_word = |known: &Known<'_>| matches!(known.kind, Kind::Root | Kind::Variant);
        uninflected(word).find_map(|base| self.lexicon.get(&base).filter(is_word)).map(|known| known.root)
    }

    /// An English form of a known word with an Indonesian prefix: dicasting, ngemeeting.
    fn affixed_english<'a>(&'a self, cuts: &mut Cuts<'_>, case: LetterCase) -> Option<Decision<'a>> {
        if case != LetterCase::Lower {
            return None;
        }
        let mut found = None;
        cuts.each(|root, reading, ending| {
            let is_verb = matches!(reading.chain.first(), Some(Prefix::Di | Prefix::Me | Prefix::Nasal));
            if is_verb && reading.chain.len() == 1 && found.is_none() && affix_cost(reading, ending).is_some() {
                found = self.known_english(root).map(|root| (root, *reading, *ending));
            }
        });
        let (root, reading, ending) = found?;
        Some(Decision { affixes: Some((reading, ending)), ..Decision::whole(root, Rule::English) })
    }

    /// Returns the root of a word in an old spelling, where it is a known word in the present one: pemoeda,
    /// perdjoeangan. With a capital it is rather a name: Moeloek.
    fn old_spelling<'a>(&'a self, word: &str, case: LetterCase) -> Option<Cow<'a, str>> {
        let respelled = from_old_spelling(word).filter(|_| case == LetterCase::Lower)?;
        let decision = self.decide(&respelled, case);
        let is_known = match decision.rule {
            Rule::RootWord | Rule::ClosedClass | Rule::Irregular | Rule::Variant | Rule::Name | Rule::Affixes => true,
            Rule::Unanalysed | Rule::Acronym | Rule::UnknownRoot | Rule::Clitics | Rule::English | Rule::Unknown => {
                false
            }
        };
        is_known.then(|| decision.root.into_owned().into())
    }

    /// A word as Jakarta speaks it, with e for the last a of its root: minjem, nganterin. Without the affixes of speech
    /// it is rather English: paper, later.
    fn spoken<'a>(&'a self, word: &str, case: LetterCase) -> Option<Decision<'a>> {
        if case != LetterCase::Lower {
            return None;
        }
        let written = from_speech(word)?;
        let Candidate { known, reading, ending, .. } = self.cheapest(&mut Cuts::new(&written), case)?;
        let is_spoken = matches!(reading.chain.first(), Some(Prefix::Nasal | Prefix::Di | Prefix::Ke));
        let is_long = ending.end - reading.start > MIN_ROOT;
        // The e was looked for before -in, so that -in is no part of the root: diem-in, not di-emin.
        let has_in = ending.suffix == Some(Suffix::In);
        let is_same = has_in || !word.ends_with("in");
        (is_long && is_same && (is_spoken || has_in)).then(|| Decision {
            root: known.root.into(),
            rule: Rule::Affixes,
            affixes: Some((reading, ending)),
            own: known.own,
        })
    }

    /// A word with a prefix whose last n is also that of -nya: kepercayaanya, melakukanya.
    fn one_n<'a>(&'a self, word: &str, case: LetterCase) -> Option<Decision<'a>> {
        let rest = word.strip_suffix("ya").filter(|rest| rest.len() > MIN_ROOT && rest.ends_with('n'))?;
        let Candidate { known, reading, ending, .. } = self.cheapest(&mut Cuts::new(rest), case)?;
        let ending = Ending { possessive: Some(Possessive::Nya), ..ending };
        let affixes = Some((reading, ending));
        (!reading.chain.is_empty() && ending.suffix.is_some()).then(|| Decision {
            root: known.root.into(),
            rule: Rule::Affixes,
            affixes,
            own: known.own,
        })
    }

    /// A word of no known root: an English word, safe affixes, safe clitics, or itself.
    fn decide_unknown<'a>(&'a self, word: &'a str, cuts: &mut Cuts<'a>) -> Decision<'a> {
        // Else the end of the word behind the prefix might be taken for a clitic: antarsuku, prasekolah.
        if behind_bound_prefix(word).is_some_and(|rest| self.lexicon.get(rest).is_some()) {
            return Decision::whole(word, Rule::Unknown);
        }
        // Nor are the affixes of the rest those of the word: pascakenaikan, takterkalahkan.
        if behind_bound_prefix(word).is_some_and(|rest| self.has_prefix(rest)) {
            let (rest, ending) = cuts.without_clitics(is_safe_clitic);
            return Decision::clitics(rest, ending);
        }
        if let Some(stem) = english_name_stem(word) {
            return self.english(stem);
        }
        if let Some((reading, ending)) = self.safe_affixes(cuts) {
            return self.decide_rest(cuts.root(&reading, &ending), reading, ending);
        }
        let (rest, ending) = cuts.without_clitics(is_safe_clitic);
        // Batugamping ends as English words do, but is none.
        let english = || english_stem(rest).filter(|_| !is_compound(rest, self.is_word()));
        match self.known_english(rest).map(Cow::Borrowed).or_else(english) {
            Some(stem) => self.english(stem),
            None => self.foreign_spelling(rest).unwrap_or_else(|| Decision::clitics(rest, ending)),
        }
    }

    /// A root that keeps letters of the language it comes from: qodrat, sportip.
    fn foreign_spelling<'a>(&'a self, word: &str) -> Option<Decision<'a>> {
        let known = self.lexicon.get(&from_foreign_spelling(word)?)?;
        (known.kind == Kind::Root).then(|| Decision { own: known.own, ..Decision::whole(known.root, Rule::Variant) })
    }

    /// An unknown word in capitals is a name: it loses -nya, unless it is plainly English or a verb of a title.
    fn decide_unknown_name<'a>(&'a self, cuts: &mut Cuts<'a>) -> Decision<'a> {
        let affixes = self.safe_affixes(cuts).filter(|(reading, ending)| is_verb_in_title(reading, ending));
        if let Some((reading, ending)) = affixes {
            return self.decide_rest(cuts.root(&reading, &ending), reading, ending);
        }
        let (rest, ending) = cuts.without_clitics(is_safe_name_clitic);
        match english_name_stem(rest) {
            Some(stem) => self.english(stem),
            None => Decision::clitics(rest, ending),
        }
    }

    fn safe_affixes(&self, cuts: &mut Cuts<'_>) -> Option<(PrefixReading, Ending)> {
        let could_be_root = |root: &str| self.shape.fits(root.as_bytes()) || is_compound(root, self.is_word());
        safe_affixes(cuts, |reading, ending, root| is_safe(could_be_root, reading, ending, root), self.is_word())
    }

    /// Returns what tells ordinary words that are their own root.
    fn is_word(&self) -> impl Fn(&str) -> bool {
        |word| self.lexicon.get(word).is_some_and(|known| known.kind == Kind::Root)
    }

    /// Returns whether a word has a prefix before a known root.
    fn has_prefix(&self, word: &str) -> bool {
        let cheapest = || self.cheapest(&mut Cuts::new(word), LetterCase::Lower);
        is_analysable(word) && cheapest().is_some_and(|found| !found.reading.chain.is_empty())
    }

    /// What safe affixes leave may have affixes around a known root, most often behind a misspelling (penunjuk-kan),
    /// and clitics where no suffix stood behind it. Safe affixes do not stand inside one another: ter-diferensiasi.
    fn decide_rest<'a>(&'a self, rest: Cow<'a, str>, reading: PrefixReading, ending: Ending) -> Decision<'a> {
        let inner = self.decide(&rest, LetterCase::Lower);
        let is_whole = inner.rule == Rule::UnknownRoot || inner.rule == Rule::Clitics && ending.suffix.is_some();
        let root = match rest {
            rest if is_whole => rest,
            Cow::Borrowed(rest) => self.decide(rest, LetterCase::Lower).root,
            Cow::Owned(_) => inner.root.into_owned().into(),
        };
        Decision { root, rule: Rule::UnknownRoot, affixes: Some((reading, ending)), own: false }
    }

    /// An English stem may be the other spelling of a known word: clubs, club, klub.
    fn english<'a>(&'a self, stem: Cow<'a, str>) -> Decision<'a> {
        let root = self.lexicon.get(&stem).map_or(stem, |known| known.root.into());
        Decision { root, rule: Rule::English, affixes: None, own: false }
    }

    fn analyses(&self, word: &str, case: LetterCase) -> Vec<Analysis> {
        let mut analyses = Vec::new();
        Cuts::new(word).each(|root, reading, ending| {
            analyses.extend(self.candidate(root, reading, ending, case).map(|candidate| Analysis::new(&candidate)));
        });
        analyses.sort_by_key(|analysis| analysis.cost);
        analyses
    }
}

impl Candidate<'_> {
    /// Less cost wins, then the longer root, then the analysis with the outermost affixes, which is listed first.
    fn outranks(&self, other: &Self) -> bool {
        (self.cost, other.letters) < (other.cost, self.letters)
    }
}

impl<'a> Decision<'a> {
    fn whole(root: &'a str, rule: Rule) -> Self {
        Self { root: root.into(), rule, affixes: None, own: false }
    }

    fn clitics(rest: &'a str, ending: Option<Ending>) -> Self {
        let rule = if ending.is_some() { Rule::Clitics } else { Rule::Unknown };
        let affixes = ending.map(|ending| (PrefixReading::bare(rest.as_bytes()), ending));
        Self { root: rest.into(), rule, affixes, own: false }
    }
}

impl Rule {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Root => Self::RootWord,
            Kind::Name => Self::Name,
            Kind::ClosedClass => Self::ClosedClass,
            Kind::Irregular => Self::Irregular,
            Kind::Variant => Self::Variant,
        }
    }
}

/// Returns whether the stemmer looks at `word` at all: 3 to 40 letters a to z.
pub(crate) fn is_analysable(word: &str) -> bool {
    (MIN_ROOT..=MAX_LEN).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Returns whether a folded word is of one syllable, or of two that no consonant parts.
pub(crate) fn is_syllable(word: &str) -> bool {
    vowel_runs(word.as_bytes()) == 1
}

/// Returns the least productivity of a root that the affixes are taken off from. Colloquial n-, m- and -in look like
/// the letters of many a word (nanah, makin), so they are read only around common roots: nulis, mikir, bikinin. Hardly
/// a root begins with ng or ny, and hardly a word has both di- or n- and -in by chance, or ends in iin, so any root
/// that takes affixes will do there, and a long one before -in: ngopi, nyetir, dibilangin, nyusahin, rapiin, bohongin.
fn colloquial_grade(reading: &PrefixReading, ending: &Ending, root: &[u8]) -> u8 {
    match (reading.chain.first(), ending.suffix) {
        (Some(Prefix::Di | Prefix::Nasal), Some(Suffix::In)) => AFFIXED_GRADE,
        (None, Some(Suffix::In)) if root.ends_with(b"i") || root.len() >= LONG_ROOT => AFFIXED_GRADE,
        (_, Some(Suffix::In)) => COMMON_GRADE,
        (Some(Prefix::Nasal), _) if reading.start > 0 => AFFIXED_GRADE,
        (Some(Prefix::Nasal), _) => COMMON_GRADE,
        _ => BARE_GRADE,
    }
}

/// Prefixes that make a word of another, which stays a word of its own: antarkota, nonmigas, prasekolah.
const BOUND_PREFIXES: [&str; 10] = ["anti", "antar", "dis", "multi", "non", "pasca", "pra", "semi", "tak", "termo"];

/// Returns what follows a bound prefix.
fn behind_bound_prefix(word: &str) -> Option<&str> {
    BOUND_PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix))
}

/// Names and closed-class words take clitics; names also the few affixes that make words of any name: keindonesiaan,
/// mengindonesiakan, sejakarta. The di that is badly written to a closed-class word is no prefix: disekitar.
fn takes_affixes(kind: Kind, reading: &PrefixReading, ending: &Ending) -> bool {
    let outer = reading.chain.first();
    let bare = ending.suffix.is_none()
        && match outer {
            None => true,
            Some(prefix) => kind == Kind::ClosedClass && prefix == Prefix::Di && reading.chain.len() == 1,
        };
    bare || kind == Kind::Name
        && matches!(
            (outer, ending.suffix),
            (Some(Prefix::Ke | Prefix::Pen), Some(Suffix::An))
                | (Some(Prefix::Me | Prefix::Di), Some(Suffix::Kan))
                | (Some(Prefix::Se), None)
        )
}

/// Returns whether -i alone, without a prefix, may make a verb of a root. Before -lah it ends names: Jamilah.
fn takes_bare_i(known: &Known<'_>, ending: &Ending) -> bool {
    known.takes_i || known.grade >= AFFIXED_GRADE && ending.particle.is_none()
}

#[cfg(test)]
mod tests;
