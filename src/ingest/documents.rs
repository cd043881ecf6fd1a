//! Files to documents: what is compressed, packed or listed in a file, one article at a time.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::day_order::RowsAhead;
use super::decode::{decode, decode_bytes, utf_16_without_mark};
use super::document::{Columns, Content, Document, Origin};
use super::fields::{column_of, has_text};
use super::format::{Format, Unknown, detect};
use super::guard::guarded;
use super::json::{Cutter, Layout, keyed_objects, layout};
use super::path_text::bytes_text;
use super::role::Role;
use super::stream::{Budget, Budgeted, Earning, Stream, next_line, read_all};
use super::table::{Row, Table, separator};
use super::warc::{Page, Record, next_record};
use super::wrapped::{Records, are_keyed, articles_within};
use super::{FoundFile, ReadOptions, Skip, SkipReason, feed};

/// The byte order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How deep archives may lie in archives.
const DEEPEST: usize = 3;

/// Calls `sink` with each document of `file` and with what is passed over, in their order, until it
/// breaks off. Records are handed on one at a time: a file of any size takes the memory of one.
pub fn read_documents(
    file: &FoundFile,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Document, Skip>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let origin = Arc::new(Origin::of(file));
    let unknown = if file.is_named { Unknown::Read } else { Unknown::Skip };
    let mut reading = Reading { options, budget: Budget::for_file(0), sink };
    if file.is_standard_input() && !file.is_pipe {
        return reading.piped(&origin, io::stdin().lock(), unknown);
    }
    match File::open(&file.path).and_then(|opened| Ok((opened.metadata()?.len(), opened))) {
        Ok((_, opened)) if file.is_pipe => reading.piped(&origin, opened, unknown),
        Ok((bytes, opened)) => {
            reading.budget = Budget::for_file(bytes);
            reading.guarded(&origin, |reading| reading.file(&origin, opened, unknown))
        }
        Err(error) => reading.skip(&origin, None, SkipReason::unreadable(&error)),
    }
}

/// A file being read.
struct Reading<'a> {
    options: &'a ReadOptions,
    budget: Budget,
    sink: &'a mut dyn FnMut(Result<Document, Skip>) -> ControlFlow<()>,
}

impl Reading<'_> {
    fn skip(&mut self, origin: &Origin, record: Option<u64>, reason: SkipReason) -> ControlFlow<()> {
        (self.sink)(Err(Skip { path: origin.path.clone(), record, reason }))
    }

    fn give(&mut self, origin: &Arc<Origin>, record: Option<u64>, content: Content) -> ControlFlow<()> {
        (self.sink)(Ok(Document { origin: Arc::clone(origin), record, content }))
    }

    /// Runs `read` on a file; where it panics, what came before counts and the rest of the file is passed over.
    fn guarded(&mut self, origin: &Origin, read: impl FnOnce(&mut Self) -> ControlFlow<()>) -> ControlFlow<()> {
        match guarded(|| Ok(read(self))) {
            Ok(flow) => flow,
            Err(reason) => self.skip(origin, None, reason),
        }
    }

    /// Ends the reading of a file that failed on the way; what came before it counts.
    fn end(&mut self, origin: &Origin, result: io::Result<ControlFlow<()>>) -> ControlFlow<()> {
        match result {
            Ok(flow) => flow,
            Err(error) => self.skip(origin, None, SkipReason::unreadable(&error)),
        }
    }

    /// Reads a pipe, whose size nobody knows.
    fn piped(&mut self, origin: &Arc<Origin>, input: impl Read, unknown: Unknown) -> ControlFlow<()> {
        let input = Box::new(Earning::new(input, &self.budget));
        self.guarded(origin, |reading| reading.stream(origin, input, unknown, 0))
    }

    /// Reads a file on disk; a zip archive is read in place.
    fn file(&mut self, origin: &Arc<Origin>, mut file: File, unknown: Unknown) -> ControlFlow<()> {
        let mut magic = [0; 4];
        let is_zip = file.read(&mut magic).is_ok_and(|n_bytes| is_zip(&magic[..n_bytes]));
        match file.rewind() {
            Err(error) => self.skip(origin, None, SkipReason::unreadable(&error)),
            Ok(()) if is_zip => self.zip(origin, io::BufReader::new(file), 0),
            Ok(()) => self.stream(origin, Box::new(file), unknown, 0),
        }
    }

    /// Reads whatever comes from `reader`, which lies in `depth` archives.
    fn stream(
        &mut self,
        origin: &Arc<Origin>,
        reader: Box<dyn Read + '_>,
        unknown: Unknown,
        depth: usize,
    ) -> ControlFlow<()> {
        let mut stream = match Stream::open(reader, &self.budget) {
            Ok(stream) => stream,
            Err(error) => return self.skip(origin, None, SkipReason::unreadable(&error)),
        };
        if is_zip(&stream.head) {
            return match read_all(&mut stream.reader, self.options.max_bytes) {
                Ok(Ok(bytes)) => self.zip(origin, Cursor::new(bytes), depth),
                Ok(Err(reason)) => self.skip(origin, None, reason),
                Err(error) => self.skip(origin, None, SkipReason::unreadable(&error)),
            };
        }
        if is_tar(&stream.head) {
            return self.tar(origin, stream.reader, depth);
        }
        match self.options.format.map_or_else(|| detect(&stream.head, &origin.name, unknown), Ok) {
            Ok(format) => self.formatted(origin, stream, format),
            Err(reason) => self.skip(origin, None, reason),
        }
    }

    fn formatted(&mut self, origin: &Arc<Origin>, mut stream: Stream<'_>, format: Format) -> ControlFlow<()> {
        let result = match format {
            Format::Text => self.whole(origin, &mut stream, Content::Text),
            Format::Markdown => self.whole(origin, &mut stream, Content::Markdown),
            Format::Html => self.whole(origin, &mut stream, |bytes| Content::Page { bytes, charset: None, url: None }),
            Format::Feed => self.feed(origin, &mut stream),
            Format::Warc => self.warc(origin, &mut stream.reader),
            Format::Json | Format::Csv | Format::Tsv => self.records(origin, stream, format),
        };
        self.end(origin, result)
    }

    /// Reads one document that takes the whole of `stream`.
    fn whole(
        &mut self,
        origin: &Arc<Origin>,
        stream: &mut Stream<'_>,
        content: impl FnOnce(Vec<u8>) -> Content,
    ) -> io::Result<ControlFlow<()>> {
        Ok(match read_all(&mut stream.reader, self.options.max_bytes)? {
            Ok(bytes) => self.give(origin, None, content(bytes)),
            Err(reason) => self.skip(origin, None, reason),
        })
    }

    fn feed(&mut self, origin: &Arc<Origin>, stream: &mut Stream<'_>) -> io::Result<ControlFlow<()>> {
        let bytes = read_all(&mut stream.reader, self.options.max_bytes)?;
        let entries = match bytes.and_then(|bytes| guarded(|| feed::entries(&bytes))) {
            Ok(entries) => entries,
            Err(reason) => return Ok(self.skip(origin, None, reason)),
        };
        if entries.is_empty() {
            return Ok(self.skip(origin, None, SkipReason::NoRecords));
        }
        for (record, entry) in (1..).zip(entries) {
            let flow = match entry {
                Ok(fields) => self.give(origin, Some(record), Content::Fields(fields)),
                Err(reason) => self.skip(origin, Some(record), reason),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn warc(&mut self, origin: &Arc<Origin>, reader: &mut impl BufRead) -> io::Result<ControlFlow<()>> {
        let mut n_record = 0;
        let mut has_pages = false;
        let mut has_failed = false;
        loop {
            n_record += 1;
            let record = match next_record(reader, self.options.max_bytes) {
                Ok(Some(record)) => record,
                Ok(None) => break,
                // Each record may be compressed by itself; the next one may be whole.
                Err(error) if !has_failed => Record::Skipped(SkipReason::unreadable(&error)),
                Err(error) => return Err(error),
            };
            has_failed = matches!(record, Record::Skipped(SkipReason::Unreadable(_)));
            has_pages |= record != Record::Other;
            let flow = match record {
                Record::Other => ControlFlow::Continue(()),
                Record::Skipped(reason) => self.skip(origin, Some(n_record), reason),
                Record::Page(page) => self.give(origin, Some(n_record), page_content(page)),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(if has_pages { ControlFlow::Continue(()) } else { self.skip(origin, None, SkipReason::NoRecords) })
    }

    /// Reads records of JSON or of a table, from UTF-8 and its relatives as they come, from UTF-16
    /// all at once.
    fn records(&mut self, origin: &Arc<Origin>, stream: Stream<'_>, format: Format) -> io::Result<ControlFlow<()>> {
        let Stream { mut head, mut reader } = stream;
        if head.starts_with(UTF_8_MARK) {
            reader.read_exact(&mut [0; UTF_8_MARK.len()])?;
            head.drain(..UTF_8_MARK.len());
        }
        let is_utf_16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
        if is_utf_16 || utf_16_without_mark(&head).is_some() {
            let bytes = read_all(&mut reader, self.options.max_bytes)?;
            let text = match bytes.and_then(|bytes| decode(&bytes, None)) {
                Ok(text) => text.into_bytes(),
                Err(reason) => return Ok(self.skip(origin, None, reason)),
            };
            head = text[..text.len().min(head.len())].to_vec();
            reader = Box::new(Cursor::new(text));
        }
        match format {
            Format::Tsv => self.table(origin, reader, b'\t'),
            Format::Csv => self.table(origin, reader, separator(&head)),
            _ => self.json(origin, reader, layout(&head, &self.options.fields)),
        }
    }

    fn json(&mut self, origin: &Arc<Origin>, mut reader: impl BufRead, layout: Layout) -> io::Result<ControlFlow<()>> {
        let most = self.options.max_bytes;
        let (mut cutter, mut bytes) = (Cutter::default(), Vec::new());
        let mut records = None;
        if let Layout::Wrapped(texts) = layout {
            (cutter, records) = (Cutter::of_wrapped(), Some(Records::new(texts)));
        }
        let mut record = 0;
        loop {
            record += 1;
            let is_there = loop {
                let is_there = match layout {
                    Layout::Lines => next_line(&mut reader, &mut bytes, most)?,
                    Layout::Values | Layout::Wrapped(_) => cutter.next_object(&mut reader, &mut bytes, most)?,
                };
                let is_record = |records: &mut Records| records.has(&bytes, cutter.n_arrays(), &self.options.fields);
                if !is_there || records.as_mut().is_none_or(is_record) {
                    break is_there;
                }
            };
            let len = bytes.len() as u64;
            let flow = match is_there {
                false if record == 1 => return Ok(self.skip(origin, None, SkipReason::NoRecords)),
                false => return Ok(ControlFlow::Continue(())),
                true if bytes.trim_ascii().is_empty() || is_action(&bytes) => ControlFlow::Continue(()),
                true if len > most => self.skip(origin, Some(record), SkipReason::TooLarge { bytes: len, most }),
                true => self.json_record(origin, &mut record, std::mem::take(&mut bytes))?,
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }

    /// Gives the record that `bytes` are, or each of those it wraps; `record` counts them.
    fn json_record(&mut self, origin: &Arc<Origin>, record: &mut u64, bytes: Vec<u8>) -> io::Result<ControlFlow<()>> {
        let Some(texts) = articles_within(&bytes, &self.options.fields) else {
            let is_one = !are_keyed(&bytes, &self.options.fields);
            return Ok(if is_one {
                self.give(origin, Some(*record), Content::Json(bytes))
            } else {
                self.keyed(origin, record, &bytes)
            });
        };
        let (mut cutter, mut records, mut article) = (Cutter::of_wrapped(), Records::new(texts), Vec::new());
        let (mut rest, mut is_first) = (&bytes[..], true);
        while cutter.next_object(&mut rest, &mut article, self.options.max_bytes)? {
            if !records.has(&article, cutter.n_arrays(), &self.options.fields) {
                continue;
            }
            *record += u64::from(!std::mem::take(&mut is_first));
            let flow = self.give(origin, Some(*record), Content::Json(std::mem::take(&mut article)));
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Gives the records that an object holds by name.
    fn keyed(&mut self, origin: &Arc<Origin>, record: &mut u64, object: &[u8]) -> ControlFlow<()> {
        let objects = match keyed_objects(&decode_bytes(object, None)) {
            Ok(objects) => objects,
            Err(reason) => return self.skip(origin, Some(*record), reason),
        };
        let first = *record;
        for (number, bytes) in (first..).zip(objects) {
            *record = number;
            self.give(origin, Some(number), Content::Json(bytes))?;
        }
        ControlFlow::Continue(())
    }

    fn table(&mut self, origin: &Arc<Origin>, reader: impl BufRead, separator: u8) -> io::Result<ControlFlow<()>> {
        let most = self.options.max_bytes;
        let mut table = Table::new(reader, separator, most);
        let Some(names) = table.names()? else {
            return Ok(self.skip(origin, None, SkipReason::Blank));
        };
        let has_mapped = self
            .options
            .fields
            .missing(&names.iter().map(|name| (name.clone(), String::new())).collect::<Vec<_>>())
            .is_none();
        if has_mapped && !has_text(&names, &self.options.fields) {
            return Ok(self.skip(origin, None, SkipReason::UnknownFields { names }));
        }
        table.set_text_column(column_of(Role::Body, &names, &self.options.fields));
        let dates = column_of(Role::Date, &names, &self.options.fields);
        let (mut rows, month_first) = RowsAhead::up_to_order(table, dates);
        let columns = Arc::new(Columns { names, month_first });
        for record in 1.. {
            let flow = match rows.next()? {
                None if record == 1 => self.skip(origin, None, SkipReason::NoRecords),
                None => break,
                Some(Row::Values(row)) => {
                    self.give(origin, Some(record), Content::Row { columns: Arc::clone(&columns), row })
                }
                Some(Row::Broken) => self.skip(origin, Some(record), SkipReason::open_quotation()),
                Some(Row::TooLong(bytes)) => self.skip(origin, Some(record), SkipReason::TooLarge { bytes, most }),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn zip(&mut self, origin: &Arc<Origin>, reader: impl Read + Seek, depth: usize) -> ControlFlow<()> {
        let mut archive = match zip::ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return self.skip(origin, None, SkipReason::unreadable(&error)),
        };
        for index in 0..archive.len() {
            let listed_name =
                archive.name_for_index(index).and_then(|name| Some(name.ok()?.into_owned())).unwrap_or_default();
            let flow = match archive.by_index(index) {
                Err(error) => self.skip(&origin.member(&listed_name), None, SkipReason::unreadable(&error)),
                Ok(member) if member.is_dir() => ControlFlow::Continue(()),
                Ok(member) => {
                    let name = member.name().map_or_else(|_| bytes_text(member.name_raw()), Cow::into_owned);
                    let member = Budgeted::new(member, &self.budget);
                    self.member(origin, &name, Box::new(member), depth)
                }
            };
            if flow.is_break() {
                return flow;
            }
        }
        ControlFlow::Continue(())
    }

    fn tar(&mut self, origin: &Arc<Origin>, reader: impl Read, depth: usize) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(reader);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.skip(origin, None, SkipReason::unreadable(&error)),
        };
        for entry in entries {
            let flow = match entry {
                Err(error) => return self.skip(origin, None, SkipReason::unreadable(&error)),
                Ok(entry) if !entry.header().entry_type().is_file() => ControlFlow::Continue(()),
                Ok(entry) => {
                    let name = bytes_text(&entry.path_bytes());
                    self.member(origin, &name, Box::new(entry), depth)
                }
            };
            if flow.is_break() {
                return flow;
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a file of an archive; hidden ones are left out, as in a folder.
    fn member(&mut self, archive: &Origin, name: &str, reader: Box<dyn Read + '_>, depth: usize) -> ControlFlow<()> {
        let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        if parts.is_empty() || parts.iter().any(|part| part.starts_with('.') || *part == "__MACOSX") {
            return ControlFlow::Continue(());
        }
        let origin = Arc::new(archive.member(&parts.join("/")));
        if depth == DEEPEST {
            return self.skip(&origin, None, SkipReason::TooDeep);
        }
        self.stream(&origin, reader, Unknown::Skip, depth + 1)
    }
}

/// Whether `line` says what a search engine is to do with the record on the next one: `{"index":{"_id":"7"}}`.
fn is_action(line: &[u8]) -> bool {
    let inside = |name: &[u8]| line.trim_ascii().strip_prefix(name)?.trim_ascii().strip_suffix(b"}}");
    let of_index = [b"{\"index\":".as_slice(), b"{\"create\":"].into_iter().find_map(inside);
    of_index.and_then(|inside| inside.strip_prefix(b"{")).is_some_and(|fields| {
        let fields = fields.trim_ascii();
        fields.is_empty() || fields.starts_with(b"\"_") && !fields.contains(&b'{')
    })
}

fn page_content(page: Page) -> Content {
    let Page { url, is_html, charset, bytes } = page;
    if is_html { Content::Page { bytes, charset, url } } else { Content::Plain { bytes, charset, url } }
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that panics, as one of somebody else's may.
    struct Panics;

    impl Read for Panics {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("nobody thought of it")
        }
    }

    /// Reads `content`, behind which the reader panics, and checks that the articles before that are given.
    #[track_caller]
    fn check_panic(content: &[u8], n_articles: usize) {
        let mut read = Vec::new();
        let mut sink = |document: Result<Document, Skip>| {
            read.push(document.map(|_| ()).map_err(|skip| skip.reason));
            ControlFlow::Continue(())
        };
        let options = ReadOptions::default();
        let mut reading = Reading { options: &options, budget: Budget::for_file(0), sink: &mut sink };
        let place = |name: &str| name.to_owned();
        let origin = Arc::new(Origin { path: place("/a/b"), name: place("b"), root_name: place("a") });
        let input = Box::new(content.chain(Panics));
        assert!(reading.guarded(&origin, |reading| reading.stream(&origin, input, Unknown::Read, 0)).is_continue());
        let failed = SkipReason::ReaderFailed { why: "nobody thought of it".to_owned() };
        let expected = std::iter::repeat_n(Ok(()), n_articles).chain([Err(failed)]);
        assert_eq!(read, expected.collect::<Vec<_>>(), "{:?}", String::from_utf8_lossy(&content[..40]));
    }

    #[test]
    fn a_reader_that_panics_costs_the_rest_of_its_file() {
        // The beginning of a stream is looked at first; the reader panics behind that.
        let text = "Harga beras naik di pasar. ".repeat(400);
        let mut tar = tar::Builder::new(Vec::new());
        for name in ["a.txt", "b.txt", "c.txt"] {
            let mut header = tar::Header::new_ustar();
            header.set_size(text.len() as u64);
            header.set_cksum();
            tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        let tar = tar.into_inner().unwrap();
        check_panic(&tar[..tar.len() - text.len() - 1024], 2);
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{text}");
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/a";
        let record = format!("{head}\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len());
        // The last one is not known to be whole.
        check_panic(record.repeat(3).as_bytes(), 2);
        let line = format!("{{\"isi\":\"{text}\"}}\n");
        check_panic(line.repeat(3).as_bytes(), 3);
        check_panic(text.as_bytes(), 0);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
        io::Write::write_all(&mut zip, &(0..9999).map(|n: i32| n.to_string()).collect::<String>().into_bytes())
            .unwrap();
        check_panic(&zip.finish().unwrap().into_inner(), 0);
    }

    #[test]
    fn a_file_that_is_gone_when_it_is_read_is_a_skip() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "teks").unwrap();
        let files: Vec<_> = super::super::walk(&[folder.path().to_path_buf()]).unwrap().map(Result::unwrap).collect();
        std::fs::remove_file(&files[0].path).unwrap();
        let mut read = Vec::new();
        let flow = read_documents(&files[0], &ReadOptions::default(), &mut |document| {
            read.push(document.map(|_| ()).map_err(|skip| skip.reason));
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        assert!(matches!(read.as_slice(), [Err(SkipReason::Unreadable(_))]), "{read:?}");
    }
}
