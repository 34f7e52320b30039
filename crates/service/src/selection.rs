//! The selection panel: what it shows, and *Validate*.
//!
//! One panel for every list that people are chosen for ([`PeopleList`]). What differs is who may, what is saved so far ([`Saved`]), and what *Validate* does.

mod members;
mod participants;
mod trainers;

pub(crate) use participants::choose;

use crate::directory::{aside, facts, roster};
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_directory::{Columns, Directory, Roster};
use convoke_domain::person::{Route, full_name};
use convoke_domain::selection::{Changes, Filter, MAX_IDS, PeopleList};
use convoke_domain::view::{
    FilterChoices, Range, SelectionIds, SelectionIdsQuery, SelectionQuery, SelectionRow,
    SelectionView, Side, ValidateOutcome, ValidateRequest, Window,
};
use convoke_domain::{Actor, GroupId, Refusal, TrainingId, UserId};
use convoke_storage::Transaction;
use convoke_storage::selection::SelectionPerson;
use std::collections::HashMap;
use std::sync::Arc;

/// The event under which *Validate* stands in the history.
pub(crate) const VALIDATED: &str = "selection.validated";

fn within_bounds(changes: &Changes) -> Outcome<()> {
    if changes.within_bounds() {
        Ok(())
    } else {
        Err(Refusal::Conflict("conflict-selection-too-large".to_owned()))
    }
}

/// What is saved of a list.
#[derive(Clone, Copy)]
enum Saved {
    /// The participants of a training whose version this is.
    Participants(TrainingId, i64),
    /// The same, in a transaction that raised the version.
    Raised(TrainingId, i64),
    /// The members of a group.
    Members(GroupId),
    /// Nobody: a form holds the list.
    Nobody,
}

impl Saved {
    /// The list, for somebody who may choose its people; refused otherwise.
    async fn of(
        service: &Service,
        actor: &Actor,
        tx: &mut Transaction,
        list: PeopleList,
    ) -> Outcome<Self> {
        match list {
            PeopleList::Participants(id) => {
                let training = administered(service, actor, tx, id).await?;
                Ok(Self::Participants(id, training.version))
            }
            PeopleList::Members(id) => {
                members::group(service, actor, tx, id).await?;
                Ok(Self::Members(id))
            }
            PeopleList::Trainers if actor.may_invite() => Ok(Self::Nobody),
            PeopleList::Trainers => Err(Refusal::NotAllowed),
        }
    }

    /// The version of the list. That of a group is its directory's, which grows with every change of anybody in it.
    fn version(self, directory: &Directory) -> i64 {
        match self {
            Self::Participants(_, version) | Self::Raised(_, version) => version,
            Self::Members(_) | Self::Nobody => directory.version(),
        }
    }

    async fn roster(
        self,
        service: &Service,
        actor: &Actor,
        tx: &mut Transaction,
        directory: &Arc<Directory>,
        since: i64,
    ) -> Outcome<Arc<Roster>> {
        let organisation_id = actor.organisation_id;
        let (id, version, held) = match self {
            Self::Participants(id, version) => (id, version, true),
            Self::Raised(id, version) => (id, version, false),
            Self::Members(group) => {
                let until = directory.version();
                let changed = tx.directory_changes(organisation_id, since, until).await;
                // More than are named, or longer ago than is known: nobody is taken for somebody new.
                let changed = changed.or_failure(service)?.unwrap_or_default();
                return Ok(Arc::new(Roster::of_group(directory, group, &changed)));
            }
            Self::Nobody => return Ok(Arc::new(Roster::empty(directory))),
        };
        roster(service, tx, directory, (organisation_id, id), version, held)
            .await
            .or_failure(service)
    }

    /// The training whose invitations the rows show.
    const fn training(self) -> Option<TrainingId> {
        match self {
            Self::Participants(id, _) | Self::Raised(id, _) => Some(id),
            Self::Members(_) | Self::Nobody => None,
        }
    }
}

/// A panel as the server has it before it: the directory, the saved list, and who stands where.
struct Desk {
    directory: Arc<Directory>,
    roster: Arc<Roster>,
    columns: Columns,
}

impl Desk {
    async fn new(
        service: &Service,
        actor: &Actor,
        (tx, directory): (&mut Transaction, Arc<Directory>),
        saved: Saved,
        (changes, filter): (&Changes, &Filter),
    ) -> Outcome<Self> {
        let since = changes.base_version;
        let roster = saved.roster(service, actor, tx, &directory, since).await?;
        let mut filters = changes.filters();
        filters.push(filter);
        let facts = facts(service, tx, &directory, actor.organisation_id, &filters).await?;
        let (here, on_the_list) = (directory.clone(), roster.clone());
        let scope = actor.user_scope().map(<[_]>::to_vec);
        let (changes, filter) = (changes.clone(), filter.clone());
        let columns = aside(move || {
            let asked = (&changes, &filter);
            Columns::new(&here, &on_the_list, scope.as_deref(), asked, &facts)
        })
        .await;
        Ok(Self {
            directory,
            roster,
            columns,
        })
    }

    /// Those who were moved to the right and cannot be there: deactivated, gone or out of scope meanwhile; by name.
    async fn not_addable(
        &self,
        service: &Service,
        actor: &Actor,
        tx: &mut Transaction,
        changes: &Changes,
    ) -> Outcome<Vec<(UserId, String)>> {
        let refused = self
            .columns
            .not_addable(&self.directory, &self.roster, changes);
        let refused = tx.users_by_ids(actor.organisation_id, &refused).await;
        let refused = refused.or_failure(service)?.into_iter();
        Ok(refused
            .map(|user| (user.id, full_name(&user.first_name, &user.last_name)))
            .collect())
    }

    /// The people of a part of a column, if any is asked for.
    fn people(&self, side: Side, range: Option<Range>) -> Vec<UserId> {
        range.map_or_else(Vec::new, |range| {
            self.directory.ids(self.columns.window(side, range))
        })
    }
}

/// What a panel needs once: the version of the saved list, and the choices of its filters.
pub async fn open(
    service: &Service,
    actor: &Actor,
    list: PeopleList,
) -> Outcome<(i64, FilterChoices)> {
    let (mut tx, directory) = crate::directory::read(service, actor.organisation_id)
        .await
        .or_failure(service)?;
    let saved = Saved::of(service, actor, &mut tx, list).await?;
    drop(tx);
    let choices = crate::people::choices(service, actor).await?;
    Ok((saved.version(&directory), choices))
}

/// Rows and counts of the panel.
pub async fn view(
    service: &Service,
    actor: &Actor,
    query: &SelectionQuery,
) -> Outcome<SelectionView> {
    within_bounds(&query.changes)?;
    let (mut tx, directory) = crate::directory::read(service, actor.organisation_id)
        .await
        .or_failure(service)?;
    let saved = Saved::of(service, actor, &mut tx, query.list).await?;
    let asked = (&query.changes, &query.filter);
    let desk = Desk::new(service, actor, (&mut tx, directory), saved, asked).await?;
    let ranges = [
        (Side::Users, query.users.map(Range::bounded)),
        (Side::Participants, query.participants.map(Range::bounded)),
    ];
    let people = ranges.map(|(side, range)| desk.people(side, range));
    let known: HashMap<UserId, SelectionPerson> = tx
        .selection_people(actor.organisation_id, saved.training(), &people.concat())
        .await
        .or_failure(service)?
        .into_iter()
        .map(|person| (person.user_id, person))
        .collect();
    let version = saved.version(&desk.directory);
    let counts = desk.columns.counts(&desk.directory, &desk.roster, version);
    let window = |n: usize, total: u32| {
        let (side, range) = ranges[n];
        let row = |id| Some(row(&desk, known.get(id)?, side));
        range.map(|range| Window {
            offset: range.offset,
            rows: people[n].iter().filter_map(row).collect(),
            total,
        })
    };
    Ok(SelectionView {
        users: window(0, counts.matching + counts.similar),
        participants: window(1, counts.participants),
        counts,
    })
}

fn row(desk: &Desk, person: &SelectionPerson, side: Side) -> SelectionRow {
    let row = desk.directory.row(person.user_id);
    let mut detail = person.user_type.clone();
    if !person.groups.is_empty() {
        detail = format!("{detail} · {}", person.groups);
    }
    // Homonyms are told apart by group and e-mail.
    if row.is_some_and(|row| desk.directory.is_homonym(row))
        && let Some(address) = person.email.as_ref().or(person.mobile.as_ref())
    {
        detail = format!("{detail} · {address}");
    }
    SelectionRow {
        user_id: person.user_id,
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        detail,
        route: Route::choose(
            person.channel,
            person.email.is_some(),
            person.mobile.is_some(),
        ),
        state: person.state,
        saved: row.is_some_and(|row| desk.roster.has(row)),
        similar: side == Side::Users && row.is_some_and(|row| desk.columns.is_similar(row)),
    }
}

/// Ids of consecutive rows of a column.
pub async fn ids(
    service: &Service,
    actor: &Actor,
    query: &SelectionIdsQuery,
) -> Outcome<SelectionIds> {
    let asked = &query.query;
    within_bounds(&asked.changes)?;
    let (mut tx, directory) = crate::directory::read(service, actor.organisation_id)
        .await
        .or_failure(service)?;
    let saved = Saved::of(service, actor, &mut tx, asked.list).await?;
    let most = u32::try_from(MAX_IDS).unwrap_or(u32::MAX);
    let range = Range::new(query.offset, query.limit.min(most));
    let panel = (&asked.changes, &asked.filter);
    let desk = Desk::new(service, actor, (&mut tx, directory), saved, panel).await?;
    Ok(desk.people(query.side, Some(range)))
}

/// Saves the selection: all of it in one transaction, or nothing. What colleagues changed meanwhile is kept.
pub async fn validate(
    service: &Service,
    actor: &Actor,
    request: &ValidateRequest,
) -> Outcome<ValidateOutcome> {
    within_bounds(&request.changes)?;
    match request.list {
        PeopleList::Participants(id) => participants::validate(service, actor, id, request).await,
        PeopleList::Members(id) => members::validate(service, actor, id, request).await,
        PeopleList::Trainers => trainers::validate(service, actor, request).await,
    }
}

/// Whether this person may choose the people of a list; refused otherwise.
pub(crate) async fn allowed(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    list: PeopleList,
) -> Outcome<()> {
    Saved::of(service, actor, tx, list).await.map(|_| ())
}

/// Who of these people is on the right of a panel that holds these changes. For somebody who may choose the people of its list.
pub(crate) async fn chosen_among(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    (list, changes): (PeopleList, &Changes),
    people: &[UserId],
) -> Outcome<Vec<UserId>> {
    within_bounds(changes)?;
    let saved = Saved::of(service, actor, tx, list).await?;
    let directory = crate::directory::of(service, tx, actor.organisation_id)
        .await
        .or_failure(service)?;
    let asked = (changes, &Filter::default());
    let desk = Desk::new(service, actor, (tx, directory), saved, asked).await?;
    let right = |id: &UserId| {
        let row = desk.directory.row(*id);
        row.is_some_and(|row| desk.columns.is_right(row))
    };
    Ok(people.iter().copied().filter(right).collect())
}
