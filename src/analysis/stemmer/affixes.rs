//! The affixes of Indonesian: which a word may start and end with, and in what order they stand.
//!
//! Nothing here knows a root word. [`prefix_readings`] and [`endings`] list every way the two ends of a word can be
//! read; [`cost`](super::cost) weighs them and [`lexicon`](super::lexicon) says whether a root is left between them.
//!
//! The grammar follows Sneddon, Adelaar, Djenar & Ewing, *Indonesian: A Comprehensive Grammar* (2010), chapter 1.

use super::letters::{Few, is_consonant, is_vowel};

/// The longest chain of prefixes that is read: `ke-tidak-ber-(daya)-an`, `mem-per-se-(kutu)-kan`.
pub(super) const MAX_PREFIXES: usize = 3;

/// A prefix, whatever its shape in front of a given root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// Active `meN-`: mem-, men-, meny-, meng-, menge-, me-.
    Me,
    /// Passive `di-`.
    Di,
    /// The agent `ku-` in front of a verb: kulihat.
    Ku,
    /// The agent `kau-` in front of a verb: kaulihat.
    Kau,
    /// Agent and action `peN-`: pem-, pen-, peny-, peng-, penge-, pe-.
    Pen,
    /// `pe-` without nasal: petani, pekerja, pesepeda.
    Pe,
    /// `per-`, also pe- before r and pel- in pelajar.
    Per,
    /// `ber-`, also be- before r and Cer, and bel- in belajar.
    Ber,
    /// `ter-`, also te- before r and Cer.
    Ter,
    /// `ke-`.
    Ke,
    /// `se-`.
    Se,
    /// The negation inside `ketidak-…-an` and `ketak-…-an`.
    Tidak,
    /// The doubled first consonant of dedaunan, pepohonan.
    Echo,
    /// The colloquial nasal without me-: nulis, nyari, ngambil, ngecek, mikir.
    Nasal,
}

impl Prefix {
    /// Returns the name a grammar gives the prefix, such as `meN-`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Me => "meN-",
            Self::Di => "di-",
            Self::Ku => "ku-",
            Self::Kau => "kau-",
            Self::Pen => "peN-",
            Self::Pe => "pe-",
            Self::Per => "per-",
            Self::Ber => "ber-",
            Self::Ter => "ter-",
            Self::Ke => "ke-",
            Self::Se => "se-",
            Self::Tidak => "tidak-",
            Self::Echo => "Ce-",
            Self::Nasal => "N-",
        }
    }

    /// Returns whether `inner` may stand right after this prefix.
    const fn precedes(self, inner: Self) -> bool {
        use Prefix::{Ber, Di, Echo, Kau, Ke, Ku, Me, Nasal, Pe, Pen, Per, Se, Ter, Tidak};
        match self {
            Me | Di | Ku | Kau => matches!(inner, Per | Ber | Ter | Ke | Se | Pe),
            Pen => matches!(inner, Per | Ber | Ter | Ke | Se),
            Ber => matches!(inner, Ke | Pen | Pe | Per | Se),
            Ter => matches!(inner, Per | Pe | Ke | Se),
            Ke => matches!(inner, Ber | Ter | Pen | Pe | Se | Tidak),
            Se => matches!(inner, Ke | Pen | Pe | Per | Ber),
            Tidak => matches!(inner, Ber | Ter | Se | Me),
            Per => matches!(inner, Se),
            Pe | Echo | Nasal => false,
        }
    }
}

/// A derivational suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    /// `-kan`.
    Kan,
    /// `-an`.
    An,
    /// `-i`.
    I,
    /// Colloquial `-in`: ngomongin.
    In,
    /// `-wan` and, of women, `-wati`: biarawan, biarawati.
    Wan,
}

impl Suffix {
    /// Returns the suffix as it is written, with a hyphen before it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kan => "-kan",
            Self::An => "-an",
            Self::I => "-i",
            Self::In => "-in",
            Self::Wan => "-wan",
        }
    }
}

/// A possessive pronoun written to the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Possessive {
    /// `-ku`.
    Ku,
    /// `-mu`.
    Mu,
    /// `-nya`.
    Nya,
}

impl Possessive {
    /// Returns the possessive as it is written, with a hyphen before it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ku => "-ku",
            Self::Mu => "-mu",
            Self::Nya => "-nya",
        }
    }
}

/// A particle written to the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Particle {
    /// `-lah`.
    Lah,
    /// `-kah`.
    Kah,
    /// `-tah`.
    Tah,
    /// `-pun`.
    Pun,
}

impl Particle {
    /// Returns the particle as it is written, with a hyphen before it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lah => "-lah",
            Self::Kah => "-kah",
            Self::Tah => "-tah",
            Self::Pun => "-pun",
        }
    }
}

/// One way to read the start of a word. Offsets are bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrefixReading {
    /// Where the root starts in the word.
    pub start: usize,
    /// The first letter of the root: another than the word has there, where the nasal replaced it.
    pub first: u8,
    /// From the outermost prefix inwards.
    pub chain: Chain,
    /// How much the fit of prefix and root costs beyond the prefixes themselves.
    pub penalty: i16,
    /// The root must be one syllable: menge-, penge-, nge-.
    pub monosyllabic: bool,
}

impl PrefixReading {
    /// Returns the reading of `word` without a prefix.
    pub fn bare(word: &[u8]) -> Self {
        Self { start: 0, first: word[0], chain: Few::new(), penalty: 0, monosyllabic: false }
    }
}

/// Up to [`MAX_PREFIXES`] prefixes, the outermost first.
pub(super) type Chain = Few<Prefix, MAX_PREFIXES>;

/// One way to read the end of a word. The offset is in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    /// Where the root ends in the word.
    pub end: usize,
    /// The suffix next to the root.
    pub suffix: Option<Suffix>,
    /// The possessive after it.
    pub possessive: Option<Possessive>,
    /// The particle at the very end.
    pub particle: Option<Particle>,
    /// The k of -kan is also the last letter of the root: the common misspelling menunjukan.
    pub shared_k: bool,
}

/// A prefix found at the start of some letters.
#[derive(Clone, Copy)]
struct Step {
    prefix: Prefix,
    /// How many bytes it takes.
    length: usize,
    /// The letter that the nasal replaced, to stand in place of the next letter.
    restored: Option<u8>,
    penalty: i16,
    monosyllabic: bool,
}

impl Step {
    const fn new(prefix: Prefix, length: usize) -> Self {
        Self { prefix, length, restored: None, penalty: 0, monosyllabic: false }
    }

    const fn restoring(self, letter: u8) -> Self {
        Self { restored: Some(letter), ..self }
    }

    const fn penalty(self, penalty: i16) -> Self {
        Self { penalty, ..self }
    }

    const fn monosyllabic(self) -> Self {
        Self { monosyllabic: true, ..self }
    }
}

type Steps = Few<Step, 8>;

/// The penalty of a reading whose root has a letter more than its rival has, where neither is the likelier one:
/// meng-urus and meng-(k)urus, ber-amal and be-ramal. It takes back what that letter is worth.
pub(super) const EXTRA_LETTER: i16 = 5;

/// The penalty of a reading that is a common misspelling: only where nothing else is known.
pub(super) const LOST_LETTER: i16 = 12;

/// The shortest root that affixes are taken off from, in letters.
pub(super) const MIN_ROOT: usize = 3;

/// How many readings of the start of a word are kept. No word of the development corpus has more than eight
/// (berpengetahuan).
const MAX_READINGS: usize = 16;

/// The readings of the start of a word.
pub(super) type PrefixReadings = Few<PrefixReading, MAX_READINGS>;

/// Returns every way to read the start of `word` (ASCII lower case), the bare word first.
pub(super) fn prefix_readings(word: &mut [u8]) -> PrefixReadings {
    let mut readings = Few::new();
    read_prefixes(word, PrefixReading::bare(word), &mut readings);
    readings
}

/// Pushes `reading` and all that further prefixes make of it. Leaves `word` as it was.
fn read_prefixes(word: &mut [u8], reading: PrefixReading, readings: &mut PrefixReadings) {
    readings.push(reading);
    if reading.chain.len() == MAX_PREFIXES || reading.monosyllabic {
        return;
    }
    let outer = reading.chain.last();
    for step in steps(&word[reading.start..]).iter() {
        let start = reading.start + step.length;
        if start + MIN_ROOT > word.len() || outer.is_some_and(|outer| !outer.precedes(step.prefix)) {
            continue;
        }
        if outer.is_none() && step.prefix == Prefix::Tidak {
            continue;
        }
        let written = word[start];
        word[start] = step.restored.unwrap_or(written);
        let mut chain = reading.chain;
        chain.push(step.prefix);
        let penalty = reading.penalty + step.penalty;
        let next = PrefixReading { start, first: word[start], chain, penalty, monosyllabic: step.monosyllabic };
        read_prefixes(word, next, readings);
        word[start] = written;
    }
}

/// Returns the prefixes that `letters` may start with.
fn steps(letters: &[u8]) -> Steps {
    let mut steps = Steps::new();
    if letters.len() < 2 + MIN_ROOT - 1 {
        return steps;
    }
    match &letters[..2] {
        b"me" => {
            nasal_steps(letters, Prefix::Me, &mut steps);
            colloquial_nasal_steps(letters, &mut steps);
        }
        b"pe" => pe_steps(letters, &mut steps),
        b"di" => steps.push(Step::new(Prefix::Di, 2)),
        b"ke" => steps.push(Step::new(Prefix::Ke, 2)),
        b"se" => steps.push(Step::new(Prefix::Se, 2)),
        b"ku" => steps.push(Step::new(Prefix::Ku, 2)),
        b"ka" if letters[2] == b'u' => steps.push(Step::new(Prefix::Kau, 3)),
        b"be" => r_steps(letters, Prefix::Ber, &mut steps),
        b"te" => r_steps(letters, Prefix::Ter, &mut steps),
        b"ti" if letters.starts_with(b"tidak") => steps.push(Step::new(Prefix::Tidak, 5)),
        b"ta" if letters[2] == b'k' => steps.push(Step::new(Prefix::Tidak, 3).penalty(4)),
        b"ng" | b"ny" => colloquial_nasal_steps(letters, &mut steps),
        [b'm' | b'n', second] if is_vowel(*second) => colloquial_nasal_steps(letters, &mut steps),
        _ => {}
    }
    if letters[1] == b'e' && letters[0] == letters[2] && is_consonant(letters[0]) {
        steps.push(Step::new(Prefix::Echo, 2));
    }
    steps
}

/// peN-, then per- and pe-, which no nasal follows.
fn pe_steps(letters: &[u8], steps: &mut Steps) {
    nasal_steps(letters, Prefix::Pen, steps);
    r_steps(letters, Prefix::Per, steps);
    if is_consonant(letters[2]) && !matches!(letters[2], b'l' | b'r' | b'w' | b'y' | b'm' | b'n') {
        steps.push(Step::new(Prefix::Pe, 2));
    }
}

/// ber-, ter- and per-: the r falls before r and before a first syllable in er; bel-, pel- before ajar.
fn r_steps(letters: &[u8], prefix: Prefix, steps: &mut Steps) {
    match letters[2] {
        b'r' => {
            steps.push(Step::new(prefix, 3));
            steps.push(Step::new(prefix, 2).penalty(EXTRA_LETTER));
        }
        b'l' if letters[3..].starts_with(b"ajar") => steps.push(Step::new(prefix, 3)),
        c if is_consonant(c) && letters[3..].starts_with(b"er") && prefix != Prefix::Per => {
            steps.push(Step::new(prefix, 2));
        }
        _ => {}
    }
}

/// meN- and peN-: the nasal takes the place of p, t, s, k and stands before the other letters.
fn nasal_steps(letters: &[u8], prefix: Prefix, steps: &mut Steps) {
    let next = letters.get(3).copied().unwrap_or(0);
    match letters[2] {
        b'l' | b'r' | b'w' | b'y' => steps.push(Step::new(prefix, 2)),
        b'm' if is_vowel(next) => {
            steps.push(Step::new(prefix, 2).restoring(b'p'));
            steps.push(Step::new(prefix, 2));
        }
        b'm' => m_steps(next, prefix, steps),
        b'n' if is_vowel(next) => {
            steps.push(Step::new(prefix, 2).restoring(b't'));
            steps.push(Step::new(prefix, 2));
        }
        b'n' => n_steps(letters, next, prefix, steps),
        _ => {}
    }
}

/// mem- and pem- before a consonant: b, f, v, and the p of a loan or of per-.
fn m_steps(next: u8, prefix: Prefix, steps: &mut Steps) {
    match next {
        b'b' | b'f' | b'v' => steps.push(Step::new(prefix, 3)),
        // The p of a cluster may fall too: pemrosesan, pemrotes.
        b'r' | b'l' => steps.push(Step::new(prefix, 2).restoring(b'p').penalty(1)),
        b'p' => steps.push(Step::new(prefix, 3).penalty(1)),
        _ => {}
    }
}

/// men-, meny- and meng- before a consonant.
fn n_steps(letters: &[u8], next: u8, prefix: Prefix, steps: &mut Steps) {
    match next {
        b'd' | b'c' | b'j' | b'z' => steps.push(Step::new(prefix, 3)),
        // t and s stay in loans: mentransfer, mensyukuri.
        b't' | b's' => steps.push(Step::new(prefix, 3).penalty(3)),
        b'y' => {
            steps.push(Step::new(prefix, 3).restoring(b's'));
            steps.push(Step::new(prefix, 2));
            // c should stay, but menyontoh is common beside mencontoh.
            steps.push(Step::new(prefix, 3).restoring(b'c').penalty(EXTRA_LETTER));
        }
        b'g' => ng_steps(letters, 4, prefix, steps),
        _ => {}
    }
}

/// What follows the ng of meng-, peng- and colloquial ng-; `after` is the offset behind it.
fn ng_steps(letters: &[u8], after: usize, prefix: Prefix, steps: &mut Steps) {
    let Some(&letter) = letters.get(after) else { return };
    match letter {
        b'g' | b'h' | b'q' => steps.push(Step::new(prefix, after)),
        // k stays in loans and in kaji (mengkaji): mengkritik, mengkonsumsi.
        b'k' => steps.push(Step::new(prefix, after).penalty(2)),
        _ if is_vowel(letter) => {
            steps.push(Step::new(prefix, after));
            steps.push(Step::new(prefix, after - 1).restoring(b'k').penalty(EXTRA_LETTER));
            // The g of a root should stay beside that of the nasal, but mengunakan is common beside menggunakan.
            steps.push(Step::new(prefix, after - 1).penalty(LOST_LETTER));
            // Speech drops the h of a root: ngitung, ngapus.
            if prefix == Prefix::Nasal {
                steps.push(Step::new(prefix, after - 1).restoring(b'h').penalty(EXTRA_LETTER));
            }
            // A root may itself begin with ng: menganga, pengangguran.
            steps.push(Step::new(prefix, after - 2).penalty(EXTRA_LETTER));
            if letter == b'e' {
                let step = Step::new(prefix, after + 1);
                // Speech has nge- before longer roots too: ngelihat, ngebantu.
                steps.push(if prefix == Prefix::Nasal { step } else { step.monosyllabic() });
            }
        }
        // k should stay before another consonant, but mengritik is common beside mengkritik.
        b'r' | b'l' if prefix != Prefix::Nasal => {
            steps.push(Step::new(prefix, after - 1).restoring(b'k').penalty(1));
            // And pengrajin beside perajin.
            steps.push(Step::new(prefix, after).penalty(2));
        }
        _ => {}
    }
}

/// The nasal without me-, as people speak: nulis, nyari, ngambil, mikir.
fn colloquial_nasal_steps(letters: &[u8], steps: &mut Steps) {
    match (letters[0], letters[1]) {
        (b'n', b'g') => ng_steps(letters, 2, Prefix::Nasal, steps),
        (b'n', b'y') => {
            steps.push(Step::new(Prefix::Nasal, 1).restoring(b's'));
            steps.push(Step::new(Prefix::Nasal, 1).restoring(b'c'));
        }
        (b'n', _) => steps.push(Step::new(Prefix::Nasal, 0).restoring(b't')),
        _ => steps.push(Step::new(Prefix::Nasal, 0).restoring(b'p')),
    }
}

/// How many readings of the end of a word there can be: two for the particle, two for the possessive, four suffixes.
const MAX_ENDINGS: usize = 16;

/// The readings of the end of a word.
pub(super) type Endings = Few<Ending, MAX_ENDINGS>;

/// Returns every way to read the end of `word` (ASCII lower case), the bare word first.
pub(super) fn endings(word: &[u8]) -> Endings {
    let mut endings = Few::new();
    let bare = Ending { end: word.len(), suffix: None, possessive: None, particle: None, shared_k: false };
    read_possessive(word, bare, &mut endings);
    if let Some(particle) = particle_of(word).filter(|_| word.len() >= 3 + MIN_ROOT) {
        let ending = Ending { end: word.len() - 3, particle: Some(particle), ..bare };
        read_possessive(word, ending, &mut endings);
    }
    endings
}

fn particle_of(word: &[u8]) -> Option<Particle> {
    match word.last_chunk::<3>()? {
        b"lah" => Some(Particle::Lah),
        b"kah" => Some(Particle::Kah),
        b"tah" => Some(Particle::Tah),
        b"pun" => Some(Particle::Pun),
        _ => None,
    }
}

fn read_possessive(word: &[u8], ending: Ending, endings: &mut Endings) {
    read_suffix(word, ending, endings);
    let rest = &word[..ending.end];
    let (possessive, length) = match rest {
        [.., b'n', b'y', b'a'] => (Possessive::Nya, 3),
        [.., b'k', b'u'] => (Possessive::Ku, 2),
        [.., b'm', b'u'] => (Possessive::Mu, 2),
        _ => return,
    };
    if rest.len() >= length + MIN_ROOT {
        read_suffix(word, Ending { end: rest.len() - length, possessive: Some(possessive), ..ending }, endings);
    }
}

fn read_suffix(word: &[u8], ending: Ending, endings: &mut Endings) {
    endings.push(ending);
    let rest = &word[..ending.end];
    let mut push = |suffix, length, shared_k| {
        if rest.len() >= length + MIN_ROOT {
            endings.push(Ending { end: rest.len() - length, suffix: Some(suffix), shared_k, ..ending });
        }
    };
    match rest {
        [.., b'k', b'a', b'n'] => {
            push(Suffix::Kan, 3, false);
            push(Suffix::An, 2, false);
            push(Suffix::Kan, 2, true);
        }
        [.., w, b'a', b'n'] => {
            push(Suffix::An, 2, false);
            if *w == b'w' {
                push(Suffix::Wan, 3, false);
            }
        }
        [.., before, b'i'] => {
            if rest.ends_with(b"wati") {
                push(Suffix::Wan, 4, false);
            }
            // No root in i takes -i.
            if *before != b'i' {
                push(Suffix::I, 1, false);
            }
        }
        [.., b'i', b'n'] => push(Suffix::In, 2, false),
        _ => {}
    }
}
