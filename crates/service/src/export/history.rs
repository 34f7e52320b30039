//! The history as a file.

use super::table::{Cell, Column, Table};
use super::{AT_ONCE, Export, FileFormat, made};
use crate::{Outcome, Service};
use convoke_domain::Actor;
use convoke_domain::view::HistoryRow;
use convoke_texts::t;

/// These lines; `title` is the file's name, and what they are called.
pub(crate) async fn history(
    service: &Service,
    actor: &Actor,
    rows: Vec<HistoryRow>,
    title: &str,
    format: FileFormat,
) -> Outcome<Export> {
    // It is never closed; if it were, there would be nothing to wait for.
    let _turn = AT_ONCE.acquire().await.ok();
    let language = actor.language;
    let columns = [
        (t!(language, "history-when"), 26),
        (t!(language, "history-who"), 24),
        (t!(language, "history-where"), 18),
        (t!(language, "history-what"), 60),
        (t!(language, "history-person"), 24),
        (t!(language, "history-training"), 40),
    ];
    let name = crate::documents::download_name(&format!("{title}.{}", format.ending()));
    let sheet = t!(language, "history-title");
    made(service, name, sheet, (format, language), move || Table {
        columns: columns
            .into_iter()
            .map(|(title, width)| Column { title, width })
            .collect(),
        rows: rows
            .into_iter()
            .map(|row| {
                vec![
                    Cell::text(row.when),
                    Cell::text(row.who),
                    Cell::text(row.from),
                    Cell::text(row.what),
                    Cell::text(row.person.map(|(_, name)| name).unwrap_or_default()),
                    Cell::text(row.training.map(|(_, title)| title).unwrap_or_default()),
                ]
            })
            .collect(),
    })
    .await
}
