//! From bytes to the cells of one record after the other, in bounded memory.
//!
//! The cells are taken apart by `csv-core`; what is around it makes strange files harmless: a quotation mark that is never
//! closed costs its own line and not the rest of the file, a line without end is skipped, and every line end is understood.
//! Cells are UTF-8, or else Windows-1252, which is what spreadsheets save where they do not save UTF-8.

use super::{BadLine, Reason};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// The longest record, in bytes.
pub(super) const MAX_RECORD: usize = 64 * 1024;
/// The most lines a record may go over, by line breaks within quotation marks.
const MAX_LINES: usize = 50;
/// The most cells of a record.
pub(super) const MAX_CELLS: usize = 256;

/// One record of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A record, cleaned of control characters and of spaces around its cells.
    Record {
        /// The number of its first line, from 1.
        line: u64,
        /// Its cells.
        fields: Vec<String>,
    },
    /// What could not be taken apart.
    Broken(BadLine),
}

/// A line of the file as it is there, and its number.
struct RawLine {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

/// The records of a file; those of empty lines are passed over.
pub(super) struct Records<R> {
    input: BufReader<R>,
    parser: Reader,
    delimiter: u8,
    /// Lines that were read ahead in search of a closing quotation mark.
    again: VecDeque<RawLine>,
    number: u64,
    read: u64,
    /// The last line ended with a carriage return: a line feed right after it belongs to it.
    after_return: bool,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    /// Begins to read: looks for a byte order mark, and in the first line for what separates cells.
    pub(super) fn new(reader: R) -> io::Result<Self> {
        let mut records = Self {
            input: BufReader::with_capacity(MAX_RECORD, reader),
            parser: Reader::new(),
            delimiter: b',',
            again: VecDeque::new(),
            number: 0,
            read: 0,
            after_return: false,
            cells: vec![0; MAX_RECORD + 1],
            ends: vec![0; MAX_CELLS + 1],
        };
        // The first line that is not empty is the header.
        while let Some(mut first) = records.raw_line()? {
            if first.number == 1 && first.bytes.starts_with(b"\xEF\xBB\xBF") {
                first.bytes.drain(..3);
            }
            if !first.bytes.iter().all(u8::is_ascii_whitespace) {
                records.delimiter = delimiter(&first.bytes);
                records.parser = ReaderBuilder::new().delimiter(records.delimiter).build();
                records.again.push_back(first);
                break;
            }
        }
        Ok(records)
    }

    /// How many bytes of the file were read.
    pub(super) const fn bytes_read(&self) -> u64 {
        self.read
    }

    /// The next record, `None` at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            let Some(first) = self.next_line()? else {
                return Ok(None);
            };
            let broken = |reason| {
                Ok(Some(Item::Broken(BadLine {
                    line: first.number,
                    reason,
                })))
            };
            if first.too_long {
                return broken(Reason::LineTooLong);
            }
            if first.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.parser.reset();
            let (mut filled, mut count, mut size) = (0, 0, first.bytes.len());
            let mut ahead: VecDeque<RawLine> = VecDeque::new();
            let mut open = self.feed(&first.bytes, &mut filled, &mut count);
            while open == Fed::Open && size <= MAX_RECORD && ahead.len() < MAX_LINES {
                let Some(next) = self.next_line()? else {
                    break;
                };
                size += next.bytes.len();
                open = if next.too_long || size > MAX_RECORD {
                    Fed::Open
                } else {
                    self.feed(&next.bytes, &mut filled, &mut count)
                };
                ahead.push_back(next);
            }
            let closed = ahead.is_empty() || {
                let lines = std::iter::once(&first).chain(&ahead);
                well_quoted(lines.map(|line| &line.bytes[..]), self.delimiter)
            };
            match open {
                Fed::Record if closed => {
                    let fields = self.fields(count);
                    if fields.iter().all(String::is_empty) {
                        continue;
                    }
                    return Ok(Some(Item::Record {
                        line: first.number,
                        fields,
                    }));
                }
                Fed::TooMany => return broken(Reason::TooManyCells),
                Fed::Open | Fed::Record => {
                    // Only this line is given up: those after it are read again.
                    while let Some(line) = ahead.pop_back() {
                        self.again.push_front(line);
                    }
                    return broken(Reason::OpenQuote);
                }
            }
        }
    }

    /// Hands a line to the parser.
    fn feed(&mut self, bytes: &[u8], filled: &mut usize, count: &mut usize) -> Fed {
        for input in [bytes, b"\n"] {
            if input.is_empty() {
                // The parser would take it for the end of the file.
                continue;
            }
            // All of it is taken, unless the record ends or there is no more room.
            let (result, _, written, ended) = self.parser.read_record(
                input,
                &mut self.cells[*filled..],
                &mut self.ends[*count..],
            );
            *filled += written;
            *count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => return Fed::Record,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Fed::TooMany;
                }
            }
        }
        Fed::Open
    }

    fn fields(&self, count: usize) -> Vec<String> {
        let mut start = 0;
        self.ends[..count]
            .iter()
            .map(|end| {
                let field = clean(&decode(&self.cells[start..*end]));
                start = *end;
                field
            })
            .collect()
    }

    fn next_line(&mut self) -> io::Result<Option<RawLine>> {
        match self.again.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.raw_line(),
        }
    }

    /// A line without its end; of one that is too long only the beginning is kept.
    fn raw_line(&mut self) -> io::Result<Option<RawLine>> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        let mut begun = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            if buffer.is_empty() {
                if !begun {
                    return Ok(None);
                }
                break;
            }
            if std::mem::take(&mut self.after_return) && buffer[0] == b'\n' {
                self.input.consume(1);
                self.read += 1;
                continue;
            }
            begun = true;
            let end = buffer.iter().position(|b| matches!(b, b'\n' | b'\r'));
            let part = &buffer[..end.unwrap_or(buffer.len())];
            if bytes.len() + part.len() <= MAX_RECORD {
                bytes.extend_from_slice(part);
            } else {
                too_long = true;
            }
            self.after_return = end.is_some_and(|at| buffer[at] == b'\r');
            let taken = part.len() + usize::from(end.is_some());
            self.input.consume(taken);
            self.read += taken as u64;
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        Ok(Some(RawLine {
            number: self.number,
            bytes,
            too_long,
        }))
    }
}

/// What the parser made of the lines it was given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fed {
    /// A whole record.
    Record,
    /// A cell is still open.
    Open,
    /// More cells than anyone needs.
    TooMany,
}

/// What separates the cells of a header: the comma, semicolon or tab that it has most of, outside quotation marks.
fn delimiter(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += i32::from(!quoted && byte == delimiter);
        }
    }
    // The first of equals: a header of one column has a comma that it does not need.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| delimiter)
}

/// Whether every cell of a record over several lines that begins with a quotation mark also ends with one. If not, the mark
/// that seemed to close a cell opened one of a later record.
fn well_quoted<'a>(lines: impl Iterator<Item = &'a [u8]>, delimiter: u8) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        AfterQuote,
    }
    let mut at = At::Start;
    for line in lines {
        for byte in line.iter().chain(b"\n") {
            at = match (at, *byte) {
                (At::Quoted, b'"') => At::AfterQuote,
                // One mark opens, two stand for one.
                (At::Start | At::AfterQuote, b'"') | (At::Quoted, _) => At::Quoted,
                (_, byte) if byte == delimiter || byte == b'\n' => At::Start,
                (At::AfterQuote, _) => return false,
                (At::Start | At::Plain, _) => At::Plain,
            };
        }
    }
    true
}

/// The text of a cell.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

/// A character of Windows-1252, as the WHATWG Encoding Standard maps it.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// One space between words, none around them, no control characters (PostgreSQL refuses NUL in a text).
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(bytes: &[u8]) -> Vec<Item> {
        let mut records = Records::new(bytes).unwrap();
        let mut items = Vec::new();
        while let Some(item) = records.next().unwrap() {
            items.push(item);
        }
        assert_eq!(records.bytes_read(), bytes.len() as u64);
        items
    }

    fn record(line: u64, fields: &[&str]) -> Item {
        Item::Record {
            line,
            fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        }
    }

    fn broken(line: u64, reason: Reason) -> Item {
        Item::Broken(BadLine { line, reason })
    }

    #[test]
    fn delimiters_and_line_ends() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n1,2\r\n",
            "a,b\r1,2\r",
            "a;b\n1;2",
            "a\tb\n1\t2",
            "\u{feff}a,b\n1,2\n",
            "\"a\",\"b\"\n\" 1 \",\"2\"\n",
        ] {
            assert_eq!(
                items(text.as_bytes()),
                [record(1, &["a", "b"]), record(2, &["1", "2"])],
                "{text:?}"
            );
        }
        assert_eq!(
            items(b"\n \r\na;b\n\n1;2,5\n;\n"),
            [record(3, &["a", "b"]), record(5, &["1", "2,5"])],
            "empty lines are passed over and counted"
        );
    }

    #[test]
    fn quotation_marks() {
        assert_eq!(
            items(b"a,b\n\"x, \"\"y\"\"\nz\",2\nlast,3\n"),
            [
                record(1, &["a", "b"]),
                record(2, &["x, \"y\" z", "2"]),
                record(4, &["last", "3"]),
            ]
        );
        assert_eq!(
            items(b"a,b\n\"open,1\nsecond,2\nthird,3\n"),
            [
                record(1, &["a", "b"]),
                broken(2, Reason::OpenQuote),
                record(3, &["second", "2"]),
                record(4, &["third", "3"]),
            ],
            "only its own line is lost"
        );
        assert_eq!(
            items(b"a,b\n\"open,1\n\"x, \"\"y\"\"\",2\nthird,3\n"),
            [
                record(1, &["a", "b"]),
                broken(2, Reason::OpenQuote),
                record(3, &["x, \"y\"", "2"]),
                record(4, &["third", "3"]),
            ],
            "also when the next line has marks of its own"
        );
        let mut long = b"a,b\n\"open,1\n".to_vec();
        for n in 0..200 {
            long.extend(format!("x,{n}\n").bytes());
        }
        let found = items(&long);
        assert_eq!(found.len(), 202);
        assert_eq!(found[1], broken(2, Reason::OpenQuote));
        assert_eq!(found[201], record(202, &["x", "199"]));
    }

    #[test]
    fn encodings() {
        assert_eq!(
            items("a,b\nZoë,Łódź\n".as_bytes())[1],
            record(2, &["Zoë", "Łódź"])
        );
        assert_eq!(
            items(b"a,b\nZo\xEB,O\x92Neill \x80\n")[1],
            record(2, &["Zoë", "O’Neill €"])
        );
        assert_eq!(items(b"a,b\nx\0y,\x01\n")[1], record(2, &["x y", ""]));
    }

    #[test]
    fn strange_files() {
        assert_eq!(items(b""), []);
        assert_eq!(items(b"\xEF\xBB\xBF\r\n\r\n"), []);
        assert_eq!(items(b"a,b"), [record(1, &["a", "b"])]);
        let mut endless = b"a,b\n".to_vec();
        endless.extend(std::iter::repeat_n(b'x', 3 * MAX_RECORD));
        endless.extend(b"\n1,2\n");
        assert_eq!(
            items(&endless),
            [
                record(1, &["a", "b"]),
                broken(2, Reason::LineTooLong),
                record(3, &["1", "2"]),
            ]
        );
        let mut wide = b"a,b\n".to_vec();
        wide.extend(std::iter::repeat_n(b',', 2 * MAX_CELLS));
        wide.extend(b"\n1,2\n");
        assert_eq!(
            items(&wide)[1..],
            [broken(2, Reason::TooManyCells), record(3, &["1", "2"])]
        );
    }

    /// A reader that gives one byte at a time finds the same.
    #[test]
    fn small_reads_change_nothing() {
        struct Drops<'a>(&'a [u8]);
        impl Read for Drops<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Some((first, rest)) = self.0.split_first() else {
                    return Ok(0);
                };
                buffer[0] = *first;
                self.0 = rest;
                Ok(1)
            }
        }
        let text = "\u{feff}a;b\r\n\"x\r\ny\";é\r\n\r\nlast;\"\"\r\n".as_bytes();
        let mut records = Records::new(Drops(text)).unwrap();
        let mut found = Vec::new();
        while let Some(item) = records.next().unwrap() {
            found.push(item);
        }
        assert_eq!(found, items(text));
        assert_eq!(found[1], record(2, &["x y", "é"]));
        assert_eq!(found[2], record(5, &["last", ""]));
    }
}
