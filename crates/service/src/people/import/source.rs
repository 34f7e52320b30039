//! The files that people come in: CSV, read as it comes, and XLSX, whole in memory.

use super::records::{Item, MAX_CELLS, MAX_RECORD, Records, clean};
use super::{BadLine, Reason, Unreadable};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

/// The largest content of a workbook that is taken, in bytes as the file says it: what unpacks to more is made to do harm.
const MAX_UNPACKED: u64 = 1 << 30;
/// What a workbook begins with, as every ZIP archive does.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file of people.
pub enum ImportFile {
    /// CSV, and how many bytes it has.
    Csv(Box<dyn Read + Send>, u64),
    /// A workbook.
    Xlsx(Vec<u8>),
}

impl ImportFile {
    /// The file that these bytes are.
    pub fn of(bytes: Vec<u8>) -> Self {
        if bytes.starts_with(ZIP) {
            Self::Xlsx(bytes)
        } else {
            let length = bytes.len() as u64;
            Self::Csv(Box::new(Cursor::new(bytes)), length)
        }
    }

    /// The file that a reader of `length` bytes gives.
    pub fn read<R: Read + Send + 'static>(mut reader: R, length: u64) -> std::io::Result<Self> {
        let mut begin = Vec::new();
        reader
            .by_ref()
            .take(ZIP.len() as u64)
            .read_to_end(&mut begin)?;
        if begin == ZIP {
            reader.read_to_end(&mut begin)?;
            return Ok(Self::Xlsx(begin));
        }
        Ok(Self::Csv(
            Box::new(Cursor::new(begin).chain(reader)),
            length,
        ))
    }

    /// Hands over one record after the other, with the part of the file that is read by then (0 to 100), as long as they are wanted.
    pub(super) fn each(
        self,
        take: impl FnMut(Item, u32) -> ControlFlow<()>,
    ) -> Result<(), Unreadable> {
        match self {
            Self::Csv(reader, length) => csv(reader, length, take),
            Self::Xlsx(bytes) => workbook(bytes, take),
        }
    }
}

fn percent(part: u64, whole: u64) -> u32 {
    u32::try_from((part * 100).checked_div(whole).unwrap_or(0).min(100)).unwrap_or(100)
}

fn csv(
    reader: Box<dyn Read + Send>,
    length: u64,
    mut take: impl FnMut(Item, u32) -> ControlFlow<()>,
) -> Result<(), Unreadable> {
    let mut records = Records::new(reader).map_err(Unreadable::Io)?;
    while let Some(item) = records.next().map_err(Unreadable::Io)? {
        if take(item, percent(records.bytes_read(), length)).is_break() {
            break;
        }
    }
    Ok(())
}

/// The first sheet that can be seen and has anything in it.
fn workbook(
    bytes: Vec<u8>,
    mut take: impl FnMut(Item, u32) -> ControlFlow<()>,
) -> Result<(), Unreadable> {
    // A workbook that is damaged, has a password, or is none at all: all the same to whoever brought it.
    let unreadable = |_| Unreadable::File("import-file-no-workbook");
    match unpacked(&bytes) {
        Ok(size) if size <= MAX_UNPACKED => {}
        _ => return Err(Unreadable::File("import-file-no-workbook")),
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in sheets {
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet) else {
            // A sheet of charts.
            continue;
        };
        let last = u64::from(cells.dimensions().end.0) + 1;
        let mut row = Row::default();
        let mut any = false;
        let mut flow = ControlFlow::Continue(());
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            let (number, column) = cell.get_position();
            if number != row.number {
                if let Some(item) = std::mem::take(&mut row).item() {
                    any = true;
                    flow = take(item, percent(u64::from(number), last));
                    if flow.is_break() {
                        break;
                    }
                }
                row.number = number;
            }
            row.put(column as usize, text(cell.get_value()));
        }
        if flow.is_continue()
            && let Some(item) = row.item()
        {
            any = true;
            let _ = take(item, 100);
        }
        if any {
            break;
        }
    }
    Ok(())
}

/// How large the content of an archive says it is.
fn unpacked(bytes: &[u8]) -> Result<u64, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut size = 0_u64;
    for n in 0..archive.len() {
        size = size.saturating_add(archive.by_index_raw(n)?.size());
    }
    Ok(size)
}

/// A row of a sheet, from its cells.
#[derive(Default)]
struct Row {
    number: u32,
    fields: Vec<String>,
    broken: Option<Reason>,
}

impl Row {
    fn put(&mut self, column: usize, text: String) {
        if text.is_empty() {
            return;
        }
        if column >= MAX_CELLS {
            self.broken = Some(Reason::TooManyCells);
        } else if text.len() > MAX_RECORD {
            self.broken = Some(Reason::LineTooLong);
        } else {
            if self.fields.len() <= column {
                self.fields.resize(column + 1, String::new());
            }
            self.fields[column] = text;
        }
    }

    /// The record; nothing for a row without a text.
    fn item(self) -> Option<Item> {
        let line = u64::from(self.number) + 1;
        match self.broken {
            Some(reason) => Some(Item::Broken(BadLine { line, reason })),
            None if self.fields.is_empty() => None,
            None => Some(Item::Record {
                line,
                fields: self.fields,
            }),
        }
    }
}

/// What a cell shows, as far as it matters for people.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            clean(text)
        }
        DataRef::SharedString(text) => clean(text),
        DataRef::Int(n) => n.to_string(),
        // Numbers of telephones and people are whole.
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}
