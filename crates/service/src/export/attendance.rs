//! Attendance as a table: a row for each person, a column for each half-day.

use super::{AT_ONCE, Cell, Column, Export, FileFormat, Table, made};
use crate::{Outcome, Service, attendance};
use convoke_domain::view::AttendanceView;
use convoke_domain::{Actor, Attendance, Language, TrainingId};
use convoke_texts::{dates, t, text};

/// The attendance of a training, of everyone whom the actor may see in it.
pub async fn attendance(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    format: FileFormat,
) -> Outcome<Export> {
    let _turn = AT_ONCE.acquire().await.ok();
    let view = attendance::grid(service, actor, training).await?;
    let language = actor.language;
    let facts = crate::trainings::title_and_zone(service, actor, training).await?;
    let name = t!(
        language,
        "attendance-file",
        title = facts.0.as_str(),
        day = dates::day(service.clock.now(), &facts.1)
    );
    let name = super::file_name(&name, format.ending());
    let sheet = t!(language, "attendance-file-sheet");
    made(service, name, sheet, (format, language), move || {
        table(language, &view)
    })
    .await
}

fn table(language: Language, view: &AttendanceView) -> Table {
    let column = |title: String, width: u8| Column { title, width };
    let mut columns = vec![
        column(t!(language, "export-last-name"), 20),
        column(t!(language, "export-first-name"), 20),
    ];
    columns.extend(view.half_days.iter().map(|h| column(h.label.clone(), 18)));
    columns.push(column(t!(language, "attendance-file-present"), 14));
    let rows = view.rows.iter().map(|row| {
        let mut cells = vec![Cell::text(&*row.last_name), Cell::text(&*row.first_name)];
        cells.extend(row.cells.iter().map(|cell| {
            cell.as_ref().map_or(Cell::Empty, |cell| {
                let word = text(language, cell.state.key(), &[]);
                let details = [
                    cell.at.clone(),
                    cell.signed.then(|| t!(language, "attendance-signed")),
                ];
                let all: Vec<_> = std::iter::once(Some(word))
                    .chain(details)
                    .flatten()
                    .collect();
                Cell::Text(all.join(", "))
            })
        }));
        let present = row.cells.iter().flatten();
        let present = present
            .filter(|cell| cell.state == Attendance::Present)
            .count();
        cells.push(Cell::Number(f64::from(
            u32::try_from(present).unwrap_or_default(),
        )));
        cells
    });
    Table {
        rows: rows.collect(),
        columns,
    }
}
