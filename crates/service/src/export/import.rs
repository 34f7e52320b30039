//! What came of the lines of an import, beside what they say.

use super::table::{Cell, Column, Table};
use super::{AT_ONCE, Export, FileFormat, made};
use crate::documents::download_name;
use crate::{Outcome, Service};
use convoke_domain::Actor;
use convoke_texts::t;

/// A line of a file, and what came of it.
pub(crate) struct ResultLine {
    /// Its number.
    pub line: u64,
    /// What came of it, in words.
    pub came: String,
    /// Why it was left out.
    pub why: String,
    /// What it says.
    pub cells: Vec<String>,
}

/// These lines, with the columns of their file behind what came of them, so that they can be mended and brought again.
pub(crate) async fn import_result(
    service: &Service,
    actor: &Actor,
    name: String,
    header: Vec<String>,
    lines: Vec<ResultLine>,
    format: FileFormat,
) -> Outcome<Export> {
    // It is never closed; if it were, there would be nothing to wait for.
    let _turn = AT_ONCE.acquire().await.ok();
    let language = actor.language;
    let own = [
        (t!(language, "import-column-line"), 8),
        (t!(language, "import-column-result"), 14),
        (t!(language, "import-column-why"), 48),
    ];
    let sheet = t!(language, "import-sheet");
    let name = download_name(&format!("{name}.{}", format.ending()));
    made(service, name, sheet, (format, language), move || {
        let width = lines.iter().map(|line| line.cells.len());
        let width = width.chain([header.len()]).max().unwrap_or_default();
        let titles = header.into_iter().chain(std::iter::repeat(String::new()));
        let theirs = titles.take(width).map(|title| Column { title, width: 20 });
        let own = own.into_iter();
        let columns = own.map(|(title, width)| Column { title, width });
        let rows = lines.into_iter().map(|line| {
            #[allow(clippy::cast_precision_loss, reason = "no file has so many lines")]
            let number = Cell::Number(line.line as f64);
            let cells = line.cells.into_iter().map(Cell::text);
            let rest = std::iter::repeat(Cell::Empty);
            [number, Cell::text(line.came), Cell::text(line.why)]
                .into_iter()
                .chain(cells.chain(rest).take(width))
                .collect()
        });
        Table {
            columns: columns.chain(theirs).collect(),
            rows: rows.collect(),
        }
    })
    .await
}
