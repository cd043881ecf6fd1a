//! Files of gzip that were joined, of which one may be damaged: a web archive compresses each record by itself.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// What each file of gzip begins with.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// Reads one file of gzip after the other. Where one is damaged, it says so once; who reads on reads the next.
pub(super) struct GzipMembers<R> {
    state: State<R>,
}

enum State<R> {
    Member(GzDecoder<Unread<R>>),
    /// Somewhere in a file that is damaged, or in what is none.
    Damaged(Unread<R>),
    End,
}

impl<R: BufRead> GzipMembers<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { state: State::Member(GzDecoder::new(Unread { lead: &[], inner: reader })) }
    }
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut member = match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Damaged(mut reader) => {
                    if !reader.skip_to_member()? {
                        return Ok(0);
                    }
                    GzDecoder::new(reader)
                }
                State::Member(member) => member,
            };
            match member.read(buffer) {
                Ok(0) if !buffer.is_empty() => self.state = behind(member.into_inner())?,
                Ok(n_bytes) => {
                    self.state = State::Member(member);
                    return Ok(n_bytes);
                }
                Err(error) => {
                    self.state = State::Damaged(member.into_inner());
                    return Err(error);
                }
            }
            if let State::Damaged(_) = self.state {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "invalid gzip header"));
            }
        }
    }
}

/// Returns what comes behind a file of gzip. The decoder would take bytes of a later one for a header that is none.
///
/// Zeros fill the last block of a tape or a disk.
fn behind<R: BufRead>(mut reader: Unread<R>) -> io::Result<State<R>> {
    loop {
        let n_zeros = reader.fill_buf()?.iter().take_while(|byte| **byte == 0).count();
        if n_zeros == 0 {
            break;
        }
        reader.consume(n_zeros);
    }
    Ok(match reader.fill_buf()?.first() {
        None => State::End,
        Some(byte) if *byte == MAGIC[0] => State::Member(GzDecoder::new(reader)),
        Some(_) => State::Damaged(reader),
    })
}

/// A reader into which the beginning of a file can be put back.
struct Unread<R> {
    lead: &'static [u8],
    inner: R,
}

impl<R: BufRead> Unread<R> {
    /// Passes what comes before the next file of gzip; returns whether there is one.
    fn skip_to_member(&mut self) -> io::Result<bool> {
        let mut n_seen = 0;
        self.lead = &[];
        loop {
            let available = self.inner.fill_buf()?;
            if available.is_empty() {
                return Ok(false);
            }
            let mut used = 0;
            while used < available.len() && n_seen < MAGIC.len() {
                n_seen = match available[used] {
                    byte if byte == MAGIC[n_seen] => n_seen + 1,
                    byte => usize::from(byte == MAGIC[0]),
                };
                used += 1;
            }
            self.inner.consume(used);
            if n_seen == MAGIC.len() {
                self.lead = &MAGIC;
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead> Read for Unread<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.fill_buf()?.read(buffer)?;
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl<R: BufRead> BufRead for Unread<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.lead.is_empty() { self.inner.fill_buf() } else { Ok(self.lead) }
    }

    fn consume(&mut self, n_bytes: usize) {
        if self.lead.is_empty() {
            self.inner.consume(n_bytes);
        } else {
            self.lead = &self.lead[n_bytes..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// Reads everything, `!` for each time that it fails.
    fn read(bytes: &[u8], capacity: usize) -> String {
        let mut members = GzipMembers::new(io::BufReader::with_capacity(capacity, bytes));
        let mut text = String::new();
        let mut buffer = [0; 8];
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return text,
                Ok(n_bytes) => text.push_str(std::str::from_utf8(&buffer[..n_bytes]).unwrap()),
                Err(_) => text.push('!'),
            }
        }
    }

    #[test]
    fn a_damaged_file_costs_itself() {
        let (one, two, three) = (packed("satu satu."), packed("dua."), packed("tiga."));
        let mut damaged = two.clone();
        damaged[10] = 0xFF;
        for capacity in [1, 2, 5, 4096] {
            assert_eq!(read(&[&one[..], &two, &three].concat(), capacity), "satu satu.dua.tiga.");
            assert_eq!(read(&[&one[..], &damaged, &three].concat(), capacity), "satu satu.!tiga.");
            assert_eq!(read(&[&one[..], b"junk", &three].concat(), capacity), "satu satu.!tiga.");
            assert_eq!(read(&[&one[..], &three[..9]].concat(), capacity), "satu satu.!");
            assert_eq!(read(&[&one[..], &[0; 9], &three, &[0; 9]].concat(), capacity), "satu satu.tiga.");
            assert_eq!(read(b"", capacity), "!");
        }
    }
}
