//! Files to download: the participants of a training, with their states, their presence and what they answered in the registration form; the
//! people of the directory; the history; messages; what came of an import.

mod attendance;
mod directory;
mod history;
mod import;
mod messages;
mod table;

pub use attendance::attendance;
pub use directory::people;
pub(crate) use history::history;
pub(crate) use import::{ResultLine, import_result};
pub use messages::messages;

use crate::attendance::{all_half_days, label};
use crate::trainings::seen;
use crate::{OrFailure, Outcome, Service, presence, refuse};
use convoke_domain::person::full_name;
use convoke_domain::registration::{AnswerValue, FieldKind, FormField, RegistrationForm};
use convoke_domain::{
    Actor, Attendance, ConfirmedBy, FieldId, HalfDay, InvitationId, InvitationState, Language,
    OptOut, Refusal, Timestamp, TrainingId, UserId, fold,
};
use convoke_storage::export::ExportedPerson;
use convoke_storage::invitations::Tab;
use convoke_storage::presence::{Names, Said};
use convoke_storage::trainings::Training;
use convoke_texts::{dates, t};
use std::collections::HashMap;
use table::{Cell, Column, Table};
use tokio::sync::Semaphore;

/// The most people of a file.
const MAX_PEOPLE: u32 = 50_000;
/// How many files are made at once; each is whole in memory for a moment. Others wait for their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What kind of file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Text, separated as the Excel of the reader's language expects.
    Csv,
    /// Excel.
    Xlsx,
}

impl FileFormat {
    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A file to be downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Everything that a table is made of.
struct Facts {
    training: Training,
    language: Language,
    /// Whether addresses, states and answers are in it: not for who only teaches.
    full: bool,
    people: Vec<ExportedPerson>,
    presences: Vec<Said>,
    fields: Vec<FormField>,
    answers: HashMap<(UserId, FieldId), String>,
}

/// The participants of a training. Administrators and authorised users get everyone in their scope, in every state, with addresses and
/// answers; who only teaches the training gets the names of those who take part, and their presence.
pub async fn participants(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    format: FileFormat,
) -> Outcome<Export> {
    // It is never closed; if it were, there would be nothing to wait for.
    let _turn = AT_ONCE.acquire().await.ok();
    let facts = facts(service, actor, training).await?;
    let day = dates::day(service.clock.now(), &facts.training.time_zone);
    let name = t!(
        actor.language,
        "export-file",
        title = facts.training.title.as_str(),
        day = day
    );
    let name = file_name(&name, format.ending());
    let language = actor.language;
    let sheet = t!(language, "export-sheet");
    made(service, name, sheet, (format, language), move || {
        facts.table()
    })
    .await
}

/// A name that a file system takes; the title in it is anything.
fn file_name(name: &str, ending: &str) -> String {
    crate::documents::download_name(&format!("{}.{ending}", name.replace(['/', '\\', '.'], " ")))
}

/// A PDF that is made away from the threads that answer requests.
pub(crate) async fn on_paper(
    service: &Service,
    name: &str,
    pdf: impl FnOnce() -> Result<Vec<u8>, convoke_paper::PaperError> + Send + 'static,
) -> Outcome<Export> {
    let _turn = AT_ONCE.acquire().await.ok();
    let made = tokio::task::spawn_blocking(pdf)
        .await
        .map_err(|cause| refuse::failure(service, &cause))?;
    Ok(Export {
        name: file_name(name, "pdf"),
        media_type: "application/pdf",
        bytes: made.map_err(|cause| refuse::failure(service, &cause))?,
    })
}

/// A file with a table that is made and written away from the threads that answer requests.
async fn made(
    service: &Service,
    name: String,
    sheet: String,
    (format, language): (FileFormat, Language),
    table: impl FnOnce() -> Table + Send + 'static,
) -> Outcome<Export> {
    let made = tokio::task::spawn_blocking(move || {
        let table = table();
        match format {
            FileFormat::Csv => table.csv(language),
            FileFormat::Xlsx => table.xlsx(&sheet, language),
        }
    })
    .await
    .map_err(|cause| refuse::failure(service, &cause))?;
    Ok(Export {
        name,
        media_type: format.media_type(),
        bytes: made.map_err(|cause| refuse::failure(service, &cause))?,
    })
}

async fn facts(service: &Service, actor: &Actor, id: TrainingId) -> Outcome<Facts> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = seen(service, actor, &mut tx, id).await?;
    let full = actor.may_invite();
    let tab = Tab {
        organisation_id: actor.organisation_id,
        training_id: id,
        scope: if full { actor.user_scope() } else { None },
    };
    let state = (!full).then_some(InvitationState::Confirmed);
    let names = presence::names_for(actor, tab);
    let mut people = tx
        .export_people(tab, state, names, MAX_PEOPLE + 1)
        .await
        .or_failure(service)?;
    if names == Names::AsTyped {
        people.sort_by_cached_key(|p| fold::sort_key(&p.last_name, &p.first_name));
    }
    if people.len() > MAX_PEOPLE as usize {
        return Err(Refusal::Conflict("conflict-export-large".to_owned()));
    }
    let presences = tx
        .attendances(actor.organisation_id, id, None)
        .await
        .or_failure(service)?;
    let mut fields = Vec::new();
    let mut answers = HashMap::new();
    if full {
        let forms = tx.registration_forms(id).await.or_failure(service)?;
        fields = all_fields(forms.into_iter().map(|stored| stored.form));
        answers = tx
            .export_answers(actor.organisation_id, id)
            .await
            .or_failure(service)?
            .into_iter()
            .map(|(user, field, value)| ((user, field), value))
            .collect();
    }
    Ok(Facts {
        training,
        language: actor.language,
        full,
        people,
        presences,
        fields,
        answers,
    })
}

/// The fields of all versions of a form, each once and as its newest version has it: those of the newest form in their order, then those
/// that are asked no more. Options that were taken out keep their labels.
fn all_fields(forms: impl DoubleEndedIterator<Item = RegistrationForm>) -> Vec<FormField> {
    let mut fields: Vec<FormField> = Vec::new();
    for form in forms.rev() {
        for old in form.fields {
            match fields.iter_mut().find(|field| field.id == old.id) {
                None => fields.push(old),
                Some(field) => {
                    for choice in old.choices {
                        if !field.choices.iter().any(|known| known.id == choice.id) {
                            field.choices.push(choice);
                        }
                    }
                }
            }
        }
    }
    fields
}

impl Facts {
    fn table(&self) -> Table {
        let mut said: HashMap<InvitationId, Vec<&Said>> = HashMap::new();
        for one in &self.presences {
            said.entry(one.invitation_id).or_default().push(one);
        }
        // A half-day on which somebody was there stays in the file when the training is moved.
        let all_days = all_half_days(&self.training, &self.presences);
        Table {
            columns: self.columns(&all_days),
            rows: self
                .people
                .iter()
                .map(|person| self.row(person, &all_days, said.get(&person.invitation_id)))
                .collect(),
        }
    }

    fn columns(&self, days: &[HalfDay]) -> Vec<Column> {
        let column = |key: &str, width: u8| Column {
            title: convoke_texts::text(self.language, key, &[]),
            width,
        };
        let mut columns = vec![
            column("export-last-name", 20),
            column("export-first-name", 20),
        ];
        if self.full {
            columns.extend([
                column("export-email", 30),
                column("export-mobile", 16),
                column("export-employee-id", 14),
                column("export-user-type", 16),
                column("export-groups", 30),
                column("export-state", 14),
                column("export-answered", 26),
                column("export-answered-at", 17),
                column("export-opted-out", 22),
            ]);
        }
        columns.extend(days.iter().map(|day| Column {
            title: t!(
                self.language,
                "export-presence",
                day = label(self.language, day)
            ),
            width: 14,
        }));
        columns.extend(self.fields.iter().map(|field| Column {
            title: field.label.get(self.language).to_owned(),
            width: match field.kind {
                FieldKind::LongText => 50,
                FieldKind::Number | FieldKind::Date | FieldKind::TickBox => 14,
                _ => 24,
            },
        }));
        columns
    }

    fn row(
        &self,
        person: &ExportedPerson,
        days: &[HalfDay],
        said: Option<&Vec<&Said>>,
    ) -> Vec<Cell> {
        let zone = &self.training.time_zone;
        let optional = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
        let last_name =
            crate::called::last_name(self.language, &person.first_name, person.last_name.clone());
        let mut cells = vec![Cell::text(last_name), Cell::text(&*person.first_name)];
        if self.full {
            cells.extend([
                optional(&person.email),
                optional(&person.mobile),
                optional(&person.employee_id),
                Cell::text(&*person.user_type),
                Cell::text(&*person.groups),
                Cell::Text(state(self.language, person.state)),
                Cell::text(answered(self.language, person)),
                match person
                    .answered_at
                    .map(|at| dates::fields(Timestamp(at), zone))
                {
                    Some(at) => moment(at),
                    None => Cell::Empty,
                },
                person.opted_out.map_or(Cell::Empty, |by| {
                    Cell::Text(match by {
                        OptOut::Person => t!(self.language, "export-opted-out-person"),
                        OptOut::Administrator => {
                            t!(self.language, "export-opted-out-administrator")
                        }
                    })
                }),
            ]);
        }
        cells.extend(days.iter().map(|day| {
            match said.and_then(|all| all.iter().find(|said| said.half_day == *day)) {
                Some(said) if said.state == Attendance::Present => {
                    let (.., hour, minute) = dates::fields(said.at, zone);
                    Cell::Time(unsigned(hour), unsigned(minute))
                }
                Some(said) => Cell::Text(convoke_texts::text(self.language, said.state.key(), &[])),
                None => Cell::Empty,
            }
        }));
        cells.extend(self.fields.iter().map(|field| {
            self.answers
                .get(&(person.user_id, field.id))
                .and_then(|value| serde_json::from_str(value).ok())
                .map_or(Cell::Empty, |value| answer(self.language, field, value))
        }));
        cells
    }
}

fn unsigned(n: i8) -> u8 {
    u8::try_from(n).unwrap_or_default()
}

fn moment((year, month, day, hour, minute): (i16, i8, i8, i8, i8)) -> Cell {
    Cell::Moment(
        u16::try_from(year).unwrap_or_default(),
        unsigned(month),
        unsigned(day),
        unsigned(hour),
        unsigned(minute),
    )
}

fn state(language: Language, state: InvitationState) -> String {
    match state {
        InvitationState::ToSend => t!(language, "export-state-to-send"),
        InvitationState::Sent => t!(language, "export-state-sent"),
        InvitationState::Confirmed => t!(language, "export-state-confirmed"),
        InvitationState::Declined => t!(language, "export-state-declined"),
        InvitationState::Waiting => t!(language, "export-state-waiting"),
        InvitationState::Cancelled => t!(language, "export-state-cancelled"),
    }
}

/// How a confirmation came about; nothing for every other state.
fn answered(language: Language, person: &ExportedPerson) -> String {
    if person.state != InvitationState::Confirmed {
        return String::new();
    }
    match person.confirmed_by() {
        Some(ConfirmedBy::Link) => t!(language, "export-by-link"),
        Some(ConfirmedBy::Registration) => t!(language, "export-by-registration"),
        Some(ConfirmedBy::Administrator) => {
            let name = full_name(
                person.confirmer_first_name.as_deref().unwrap_or_default(),
                person.confirmer_last_name.as_deref().unwrap_or_default(),
            );
            t!(language, "export-by-administrator", name = name)
        }
        None => String::new(),
    }
}

/// An answer in the reader's language; numbers and days as such.
fn answer(language: Language, field: &FormField, value: AnswerValue) -> Cell {
    match value {
        AnswerValue::Ticked(true) => Cell::Text(t!(language, "export-yes")),
        AnswerValue::Ticked(false) => Cell::Text(t!(language, "export-no")),
        AnswerValue::Choices(chosen) => {
            let labels: Vec<&str> = chosen
                .iter()
                .filter_map(|id| field.choices.iter().find(|choice| choice.id == *id))
                .map(|choice| choice.label.get(language))
                .collect();
            Cell::text(labels.join(", "))
        }
        AnswerValue::Text(text) => match field.kind {
            FieldKind::Number => text.parse().map_or(Cell::Text(text), Cell::Number),
            FieldKind::Date => day(&text).unwrap_or(Cell::Text(text)),
            _ => Cell::text(text),
        },
    }
}

fn day(text: &str) -> Option<Cell> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Cell::Day(
        year.parse().ok()?,
        month.parse().ok()?,
        day.parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_all_versions_stand_once() {
        let form = |fields: &str| {
            serde_json::from_str::<RegistrationForm>(&format!("[{fields}]")).unwrap()
        };
        let field = |n: u8, label: &str, choices: &str| {
            format!(
                r#"{{"id":"00000000-0000-0000-0000-00000000000{n}","kind":"one_choice","label":{{"en":"{label}","fr":""}},"choices":[{choices}]}}"#
            )
        };
        let choice = |id: u8, label: &str| {
            format!(r#"{{"id":{id},"label":{{"en":"{label}","fr":"{label} (fr)"}}}}"#)
        };
        let old = form(&[field(1, "Size?", &choice(1, "S")), field(2, "Gone", "")].join(","));
        let new = form(
            &[
                field(3, "New", ""),
                field(1, "Your size", &choice(2, "Medium")),
            ]
            .join(","),
        );
        let fields = all_fields([old, new].into_iter());
        let labels: Vec<_> = fields.iter().map(|f| f.label.get(Language::En)).collect();
        assert_eq!(labels, ["New", "Your size", "Gone"]);
        let chosen = answer(Language::Fr, &fields[1], AnswerValue::Choices(vec![1, 2]));
        assert_eq!(chosen, Cell::Text("S (fr), Medium (fr)".to_owned()));
    }
}
