//! Bytes of a file, decompressed, whose beginning can be looked at.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use super::SkipReason;
use super::gzip_members::GzipMembers;

/// How many bytes of a stream are looked at to tell what it is.
const HEAD_BYTES: u64 = 8192;
/// How many compressions may lie on top of one another.
const MOST_LAYERS: usize = 3;

/// How much a file may expand to: text shrinks to a tenth, hardly ever to a hundredth; a bomb to a
/// thousandth and less.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
}

impl Budget {
    const LEAST: u64 = 1 << 30;
    const RATIO: u64 = 200;

    /// Returns the budget of a file of `bytes`, compressed.
    pub(super) fn for_file(bytes: u64) -> Self {
        Self::new(Self::LEAST.max(bytes.saturating_mul(Self::RATIO)))
    }

    fn new(left: u64) -> Self {
        Self { left: Rc::new(Cell::new(left)) }
    }

    fn earn(&self, bytes: usize) {
        self.left.set(self.left.get().saturating_add((bytes as u64).saturating_mul(Self::RATIO)));
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        let bomb = || io::Error::other("expands to more than any text does; unpack it yourself if you trust it");
        self.left.set(self.left.get().checked_sub(bytes as u64).ok_or_else(bomb)?);
        Ok(())
    }
}

/// A reader whose bytes are taken from a budget.
pub(super) struct Budgeted<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Budgeted<R> {
    pub(super) fn new(inner: R, budget: &Budget) -> Self {
        Self { inner, budget: budget.clone() }
    }
}

impl<R: Read> Read for Budgeted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        self.budget.spend(n_bytes)?;
        Ok(n_bytes)
    }
}

/// A reader of compressed bytes whose number is not known beforehand: what it gives adds to a budget.
pub(super) struct Earning<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Earning<R> {
    pub(super) fn new(inner: R, budget: &Budget) -> Self {
        Self { inner, budget: budget.clone() }
    }
}

impl<R: Read> Read for Earning<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        self.budget.earn(n_bytes);
        Ok(n_bytes)
    }
}

/// The content of a file.
pub(super) struct Stream<'a> {
    /// Its beginning, for a look.
    pub(super) head: Vec<u8>,
    /// All of it, from the beginning.
    pub(super) reader: Box<dyn BufRead + 'a>,
}

impl<'a> Stream<'a> {
    /// Opens `reader`, and whatever is compressed in it.
    pub(super) fn open(reader: Box<dyn Read + 'a>, budget: &Budget) -> io::Result<Self> {
        let mut stream = Self::peek(reader)?;
        for _ in 0..=MOST_LAYERS {
            let Some(compression) = Compression::of(&stream.head) else { return Ok(stream) };
            let decoder = Budgeted::new(compression.decoder(stream.reader)?, budget);
            stream = Self::peek(Box::new(decoder))?;
        }
        Err(io::Error::other("compressed over and over"))
    }

    /// Reads the beginning of `reader`. Where it fails behind the first bytes, they are there all the same:
    /// the failure comes again where they end.
    fn peek(mut reader: Box<dyn Read + 'a>) -> io::Result<Self> {
        let mut head = Vec::new();
        let failed = reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).err();
        let rest: Box<dyn Read + 'a> = match failed {
            None => reader,
            Some(error) if head.is_empty() => return Err(error),
            Some(error) => Box::new(Failed { error: Some(error), rest: reader }),
        };
        let reader = BufReader::with_capacity(1 << 16, Cursor::new(head.clone()).chain(rest));
        Ok(Self { head, reader: Box::new(reader) })
    }
}

/// Returns everything that `reader` has left, or that it is more than `most` bytes.
pub(super) fn read_all(reader: &mut impl Read, most: u64) -> io::Result<Result<Vec<u8>, SkipReason>> {
    let mut bytes = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        return Ok(Ok(bytes));
    }
    let bytes = bytes.len() as u64 + io::copy(reader, &mut io::sink()).unwrap_or_default();
    Ok(Err(SkipReason::TooLarge { bytes, most }))
}

/// A stream that has failed, and what it gives when it is read on.
struct Failed<R> {
    error: Option<io::Error>,
    rest: R,
}

impl<R: Read> Read for Failed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Compression {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Self::Bzip2),
            _ => None,
        }
    }

    /// Returns the content of `reader`; files that were joined are read as one.
    fn decoder<'a>(self, reader: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Self::Gzip => Box::new(GzipMembers::new(reader)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(reader)?),
            Self::Xz => Box::new(lzma_rust2::XzReader::new(reader, true)),
            Self::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(reader)),
        })
    }
}

/// Reads a line without its end into `line`, at most `most` bytes and one of it; returns whether
/// there was one. What is longer is passed over without holding it.
pub(super) fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>, most: u64) -> io::Result<bool> {
    line.clear();
    let mut has_begun = false;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(has_begun);
        }
        has_begun = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let room = usize::try_from(most.saturating_add(1)).unwrap_or(usize::MAX).saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn opened(bytes: &[u8], budget: u64) -> io::Result<Vec<u8>> {
        read_opened(Stream::open(Box::new(bytes), &Budget::new(budget))?)
    }

    fn read_opened(mut stream: Stream<'_>) -> io::Result<Vec<u8>> {
        Ok(read_all(&mut stream.reader, u64::MAX)?.unwrap())
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_compression_is_opened() {
        let text = b"Harga beras naik.".as_slice();
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(text).unwrap();
        for packed in [
            text.to_vec(),
            gzipped(text),
            gzipped(&gzipped(text)),
            gzipped(&gzipped(&gzipped(text))),
            zstd::encode_all(text, 1).unwrap(),
            bzip2.finish().unwrap(),
        ] {
            assert_eq!(opened(&packed, 1000).unwrap(), text);
        }
    }

    #[test]
    fn what_stands_before_the_cut_is_read() {
        let text = (0..400).map(|n| format!("Berita nomor {n}.")).collect::<Vec<_>>().join("\n");
        let packed = gzipped(text.as_bytes());
        let mut stream = Stream::open(Box::new(&packed[..packed.len() - 20]), &Budget::new(1 << 20)).unwrap();
        let mut line = Vec::new();
        assert!(next_line(&mut stream.reader, &mut line, 100).unwrap());
        assert_eq!(line, b"Berita nomor 0.");
        assert!(read_opened(stream).is_err());
    }

    #[test]
    fn a_bomb_is_an_error() {
        let packed = gzipped(&vec![b' '; 100_000]);
        assert!(opened(&packed, 50_000).is_err());
        assert!(opened(&packed, 100_000).is_ok());
        assert!(opened(&gzipped(&gzipped(&gzipped(&gzipped(b"x")))), 1000).is_err());
    }

    #[test]
    fn what_is_read_adds_to_what_may_be_expanded() {
        let read = |packed: &[u8]| {
            let budget = Budget::new(1000);
            read_opened(Stream::open(Box::new(Earning::new(packed, &budget)), &budget)?)
        };
        let text: String = (0..20_000).map(|n| n.to_string()).collect();
        assert_eq!(read(&gzipped(text.as_bytes())).unwrap(), text.as_bytes());
        assert!(read(&gzipped(&vec![b' '; 1 << 24])).is_err());
    }

    #[test]
    fn what_is_too_large_is_told_with_its_size() {
        let read = |most| read_all(&mut b"12345".as_slice(), most).unwrap();
        assert_eq!(read(5), Ok(b"12345".to_vec()));
        assert_eq!(read(u64::MAX), Ok(b"12345".to_vec()));
        assert_eq!(read(2), Err(SkipReason::TooLarge { bytes: 5, most: 2 }));
        assert!(next_line(&mut b"12345".as_slice(), &mut Vec::new(), u64::MAX).unwrap());
    }

    #[test]
    fn long_lines_are_not_held() {
        let text = format!("satu\n{}\ntiga", "x".repeat(1000));
        let mut reader = BufReader::with_capacity(7, text.as_bytes());
        let mut line = Vec::new();
        let mut lens = Vec::new();
        while next_line(&mut reader, &mut line, 10).unwrap() {
            lens.push(line.len());
        }
        assert_eq!(lens, [4, 11, 4]);
    }
}
