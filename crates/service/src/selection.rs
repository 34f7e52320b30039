//! The selection panel: what it shows, and *Validate*.

use crate::directory::{aside, facts, roster};
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_directory::{Columns, Directory, Roster};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::{Route, full_name};
use convoke_domain::selection::{Changes, Filter, MAX_IDS};
use convoke_domain::view::{
    FilterChoices, Range, SelectionIds, SelectionIdsQuery, SelectionQuery, SelectionRow,
    SelectionView, Side, ValidateOutcome, ValidateRequest, Window,
};
use convoke_domain::{
    Actor, Channel, InvitationId, InvitationState, MessageKind, Refusal, TrainingId, UserId,
};
use convoke_storage::Transaction;
use convoke_storage::outbox::NewBatch;
use convoke_storage::selection::{Additions, SelectionPerson, TakenOut};
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

/// A panel as the server has it before it: the directory, the saved list, and who stands where.
struct Desk {
    directory: Arc<Directory>,
    roster: Arc<Roster>,
    columns: Columns,
}

impl Desk {
    /// `version` is the training's. `saving` is a transaction that raised it.
    async fn new(
        service: &Service,
        actor: &Actor,
        (tx, directory): (&mut Transaction, Arc<Directory>),
        (training_id, version): (TrainingId, i64),
        (changes, filter): (&Changes, &Filter),
        saving: bool,
    ) -> Outcome<Self> {
        let list = (actor.organisation_id, training_id);
        let roster = roster(service, tx, &directory, list, version, !saving)
            .await
            .or_failure(service)?;
        let mut filters = changes.filters();
        filters.push(filter);
        let facts = facts(service, tx, &directory, actor.organisation_id, &filters).await?;
        let (here, saved) = (directory.clone(), roster.clone());
        let scope = actor.user_scope().map(<[_]>::to_vec);
        let (changes, filter) = (changes.clone(), filter.clone());
        let columns = aside(move || {
            let asked = (&changes, &filter);
            Columns::new(&here, &saved, scope.as_deref(), asked, &facts)
        })
        .await;
        Ok(Self {
            directory,
            roster,
            columns,
        })
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
    training_id: TrainingId,
) -> Outcome<(i64, FilterChoices)> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    drop(tx);
    let choices = crate::people::choices(service, actor).await?;
    Ok((training.version, choices))
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
    let training = administered(service, actor, &mut tx, query.training_id).await?;
    let list = (query.training_id, training.version);
    let asked = (&query.changes, &query.filter);
    let desk = Desk::new(service, actor, (&mut tx, directory), list, asked, false).await?;
    let ranges = [
        (Side::Users, query.users.map(Range::bounded)),
        (Side::Participants, query.participants.map(Range::bounded)),
    ];
    let people = ranges.map(|(side, range)| desk.people(side, range));
    let known: HashMap<UserId, SelectionPerson> = tx
        .selection_people(actor.organisation_id, query.training_id, &people.concat())
        .await
        .or_failure(service)?
        .into_iter()
        .map(|person| (person.user_id, person))
        .collect();
    let counts = desk
        .columns
        .counts(&desk.directory, &desk.roster, training.version);
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
        new: side == Side::Participants
            && !person.state.is_some_and(InvitationState::is_participant),
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
    let training = administered(service, actor, &mut tx, asked.training_id).await?;
    let most = u32::try_from(MAX_IDS).unwrap_or(u32::MAX);
    let range = Range::new(query.offset, query.limit.min(most));
    let list = (asked.training_id, training.version);
    let panel = (&asked.changes, &asked.filter);
    let desk = Desk::new(service, actor, (&mut tx, directory), list, panel, false).await?;
    Ok(desk.people(query.side, Some(range)))
}

/// Puts people on the list who are not on it, within what the actor may see. The training's version was raised before. How many.
pub(crate) async fn choose(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training_id: TrainingId,
    people: &[UserId],
    version: i64,
) -> Outcome<u32> {
    let additions = Additions {
        organisation_id: actor.organisation_id,
        training_id,
        people,
        scope: actor.user_scope(),
        by: actor.user_id,
        version,
        at: service.clock.now(),
    };
    let added = tx.selection_add(additions).await.or_failure(service)?;
    Ok(u32::try_from(added).unwrap_or(u32::MAX))
}

/// Saves the selection: all of it in one transaction, or nothing. What colleagues changed meanwhile is kept.
pub async fn validate(
    service: &Service,
    actor: &Actor,
    request: &ValidateRequest,
) -> Outcome<ValidateOutcome> {
    within_bounds(&request.changes)?;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, request.training_id).await?;
    // Raising the version first makes two administrators take turns on PostgreSQL too.
    let version = tx
        .raise_training_version(actor.organisation_id, request.training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let list = (request.training_id, version);
    let asked = (&request.changes, &Filter::default());
    let directory = crate::directory::of(service, &mut tx, actor.organisation_id)
        .await
        .or_failure(service)?;
    let desk = Desk::new(service, actor, (&mut tx, directory), list, asked, true).await?;

    let refused = desk
        .columns
        .not_addable(&desk.directory, &desk.roster, &request.changes);
    let not_added = tx
        .users_by_ids(actor.organisation_id, &refused)
        .await
        .or_failure(service)?;
    let removed = desk.directory.ids(desk.columns.removed().iter());
    let taken_out = tx
        .selection_taken_out(request.training_id, &removed)
        .await
        .or_failure(service)?;
    let chosen = desk.directory.ids(desk.columns.added().iter());
    let added = choose(
        service,
        actor,
        &mut tx,
        request.training_id,
        &chosen,
        version,
    )
    .await?;

    let (cancelled, gone): (Vec<_>, Vec<_>) = taken_out.iter().partition(|t| leaves_a_trace(t));
    let gone: Vec<InvitationId> = gone.iter().map(|t| t.invitation_id).collect();
    let cancelled_ids: Vec<InvitationId> = cancelled.iter().map(|t| t.invitation_id).collect();
    tx.take_out(&gone, &cancelled_ids, now)
        .await
        .or_failure(service)?;
    let moved_up = if cancelled.is_empty() {
        0
    } else {
        crate::seats::fill(service, &mut tx, &training).await?
    };
    let told = if request.tell_removed {
        to_tell(&cancelled)
    } else {
        Vec::new()
    };
    let batch = NewBatch {
        id: service.id(),
        organisation_id: actor.organisation_id,
        training_id: request.training_id,
        kind: MessageKind::Cancellation,
        queued_by: actor.user_id,
        at: now,
    };
    let queued = tx.enqueue(&batch, &told).await.or_failure(service)?;

    let since = request.changes.base_version;
    let (colleague_added, colleague_removed) = if actor.user_scope().is_none() {
        tx.colleagues_changes(request.training_id, VALIDATED, since, actor.user_id)
            .await
            .or_failure(service)?
    } else {
        // The history counts everybody. Whoever may see some hears of those; who was taken out is not known any more.
        (desk.columns.added_since(&desk.roster, since), 0)
    };
    let outcome = ValidateOutcome {
        added,
        removed: u32::try_from(taken_out.len()).unwrap_or(u32::MAX),
        colleague_added,
        colleague_removed,
        not_added: not_added
            .iter()
            .map(|user| full_name(&user.first_name, &user.last_name))
            .collect(),
    };
    if outcome.added > 0 || outcome.removed > 0 {
        let details = serde_json::json!({
            "added": outcome.added,
            "removed": outcome.removed,
            "told": queued,
            "version": version,
            "removed_users": taken_out.iter().take(1_000).map(|t| t.user_id.to_string()).collect::<Vec<_>>(),
        });
        let line = crate::history_line(
            service,
            actor,
            VALIDATED,
            Some(request.training_id),
            None,
            details,
        );
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    if queued > 0 || moved_up > 0 {
        service.outbox_bell.notify_one();
    }
    Ok(outcome)
}

/// Whether someone taken out stays as *cancelled*: the table says so, or a message went out (or may have) whose link has to answer.
fn leaves_a_trace(person: &TakenOut) -> bool {
    person.written_to == 1
        || next(Some(person.state), Event::TakenOut)
            == Some(Next::State(InvitationState::Cancelled))
}

/// Who is told, and by which channel: those who were written to and can be reached.
fn to_tell(cancelled: &[&TakenOut]) -> Vec<(InvitationId, Channel)> {
    cancelled
        .iter()
        .filter(|t| t.written_to == 1 || t.state == InvitationState::Confirmed)
        .filter_map(|t| {
            let route = Route::choose(t.channel, t.has_email == 1, t.has_mobile == 1);
            Some((t.invitation_id, route.channel()?))
        })
        .collect()
}
