//! A file is read and its lines are checked in a thread of its own.

use super::line::{Columns, guess, shortened};
use super::records::Item;
use super::{BadLine, ImportFile, Line, Unreadable};
use convoke_domain::view::ImportField;
use rlibphonenumber::enums::Region;
use std::collections::HashMap;
use std::ops::ControlFlow;
use tokio::sync::mpsc;

/// Lines that are stored together.
const BATCH: usize = 1_000;

/// What the reading thread hands over.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) lines: Vec<Line>,
    pub(super) bad: Vec<BadLine>,
    /// How much of the file was read so far, 0 to 100.
    pub(super) percent: u32,
}

/// What the thread gives in the end: the names of the columns it did not know.
pub(super) type Reading = tokio::task::JoinHandle<Result<Vec<String>, Unreadable>>;

/// Reads and checks the lines after one in a thread of its own.
pub(super) fn read_aside(
    file: ImportFile,
    columns: Option<Vec<Option<ImportField>>>,
    region: Region,
    after: u64,
) -> (mpsc::Receiver<Chunk>, Reading) {
    let (send, receive) = mpsc::channel(4);
    let reading = tokio::task::spawn_blocking(move || read(file, columns, region, after, &send));
    (receive, reading)
}

/// Reads and checks the whole file; gives the names of the columns it did not know.
fn read(
    file: ImportFile,
    chosen: Option<Vec<Option<ImportField>>>,
    region: Region,
    after: u64,
    send: &mpsc::Sender<Chunk>,
) -> Result<Vec<String>, Unreadable> {
    let mut header: Option<Columns> = None;
    let mut unknown = Vec::new();
    let mut wrong = None;
    let mut chunk = Chunk::default();
    file.each(|item, percent| {
        let Some(columns) = &header else {
            let Item::Record { fields, .. } = item else {
                wrong = Some("import-file-no-table");
                return ControlFlow::Break(());
            };
            let meant = chosen
                .clone()
                .unwrap_or_else(|| guess(&fields, &HashMap::new()));
            let names = fields.iter().zip(&meant);
            unknown = names
                .filter(|(name, field)| field.is_none() && !name.is_empty())
                .map(|(name, _)| shortened(name))
                .collect();
            match Columns::of(&meant) {
                Ok(columns) => header = Some(columns),
                Err(text) => {
                    wrong = Some(text);
                    return ControlFlow::Break(());
                }
            }
            return ControlFlow::Continue(());
        };
        match item {
            Item::Broken(bad) if bad.line > after => chunk.bad.push(bad),
            Item::Record { line, fields } if line > after => {
                match columns.line(line, &fields, region) {
                    Ok(line) => chunk.lines.push(line),
                    Err(reason) => chunk.bad.push(BadLine { line, reason }),
                }
            }
            _ => {}
        }
        chunk.percent = percent;
        if chunk.lines.len() + chunk.bad.len() >= BATCH
            && send.blocking_send(std::mem::take(&mut chunk)).is_err()
        {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    if let Some(text) = wrong {
        return Err(Unreadable::File(text));
    }
    if header.is_none() {
        return Err(Unreadable::File("import-file-empty"));
    }
    if !chunk.lines.is_empty() || !chunk.bad.is_empty() {
        chunk.percent = 100;
        let _ = send.blocking_send(chunk);
    }
    Ok(unknown)
}

/// What a file begins with: its header and its first few records, of which those that can be taken apart are given.
pub(crate) fn beginning(file: ImportFile) -> Result<Vec<Vec<String>>, Unreadable> {
    const RECORDS: usize = 4;
    let mut records = Vec::new();
    let mut broken_header = false;
    file.each(|item, _| {
        match item {
            Item::Record { fields, .. } => records.push(fields),
            Item::Broken(_) if records.is_empty() => {
                broken_header = true;
                return ControlFlow::Break(());
            }
            Item::Broken(_) => {}
        }
        if records.len() < RECORDS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    match records.first() {
        _ if broken_header => Err(Unreadable::File("import-file-no-table")),
        None => Err(Unreadable::File("import-file-empty")),
        Some(_) => Ok(records),
    }
}

/// Whether these columns can be imported; the key of the sentence that says why not.
pub(crate) fn can_be_imported(columns: &[Option<ImportField>]) -> Result<(), &'static str> {
    Columns::of(columns).map(|_| ())
}

/// All lines of a file as they are there, by their number. For the file that says what came of each.
pub(crate) fn all_lines(file: ImportFile) -> Result<Vec<(u64, Vec<String>)>, Unreadable> {
    let mut lines = Vec::new();
    file.each(|item, _| {
        lines.push(match item {
            Item::Record { line, fields } => (line, fields),
            Item::Broken(bad) => (bad.line, Vec::new()),
        });
        ControlFlow::Continue(())
    })?;
    Ok(lines)
}
