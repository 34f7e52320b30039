//! The selection panel: what it shows, and *Validate*.

use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::{Route, full_name};
use convoke_domain::selection::{Changes, MAX_IDS};
use convoke_domain::view::{
    FilterChoices, Range, SelectionCounts, SelectionIds, SelectionIdsQuery, SelectionQuery,
    SelectionRow, SelectionView, Side, ValidateOutcome, ValidateRequest, Window,
};
use convoke_domain::{
    Actor, Channel, InvitationId, InvitationState, MessageKind, Refusal, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::outbox::NewBatch;
use convoke_storage::selection::{Panel, SelectionPerson, TakenOut};

/// How long counts hold for more rows of the same lists, in milliseconds: long enough for a scroll through a directory, too
/// short to notice what an import changed meanwhile.
const COUNTS_HOLD: i64 = 5_000;

/// The event under which *Validate* stands in the history.
pub(crate) const VALIDATED: &str = "selection.validated";

fn panel<'a>(actor: &'a Actor, training_id: TrainingId, changes: &'a Changes) -> Panel<'a> {
    Panel {
        organisation_id: actor.organisation_id,
        training_id,
        scope: actor.user_scope(),
        changes,
    }
}

fn within_bounds(changes: &Changes) -> Outcome<()> {
    if changes.within_bounds() {
        Ok(())
    } else {
        Err(Refusal::Conflict("conflict-selection-too-large".to_owned()))
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
///
/// Counting reads the whole directory, rows only what is on screen: so a panel that scrolls says what was counted, and it
/// is counted again when the saved list has changed since, when the count has become old, or when the rows belie it.
pub async fn view(
    service: &Service,
    actor: &Actor,
    query: &SelectionQuery,
) -> Outcome<SelectionView> {
    within_bounds(&query.changes)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, query.training_id).await?;
    let panel = panel(actor, query.training_id, &query.changes);
    let users = rows(service, &mut tx, panel, Side::Users, query).await?;
    let participants = rows(service, &mut tx, panel, Side::Participants, query).await?;
    let now = service.clock.now();
    let holds = |counts: &SelectionCounts| {
        counts.version == training.version
            && (0..COUNTS_HOLD).contains(&now.since(counts.counted_at))
            && fits(users.as_ref(), query.users, counts.matching)
            && fits(
                participants.as_ref(),
                query.participants,
                counts.participants,
            )
    };
    let counts = match query.counted.filter(holds) {
        Some(counts) => counts,
        None => SelectionCounts {
            version: training.version,
            counted_at: now,
            ..tx.selection_counts(panel, &query.filter)
                .await
                .or_failure(service)?
        },
    };
    let window = |rows: Option<Vec<SelectionRow>>, range: Option<Range>, total: u32| {
        rows.map(|rows| Window {
            offset: range.unwrap_or_default().offset,
            rows,
            total,
        })
    };
    Ok(SelectionView {
        users: window(users, query.users, counts.matching),
        participants: window(participants, query.participants, counts.participants),
        counts,
    })
}

/// The rows of a column that a panel asks for, if it asks for any.
async fn rows(
    service: &Service,
    tx: &mut Transaction,
    panel: Panel<'_>,
    side: Side,
    query: &SelectionQuery,
) -> Outcome<Option<Vec<SelectionRow>>> {
    let range = match side {
        Side::Users => query.users,
        Side::Participants => query.participants,
    };
    let Some(range) = range.map(Range::bounded) else {
        return Ok(None);
    };
    let people = tx
        .selection_rows(panel, side, &query.filter, range)
        .await
        .or_failure(service)?;
    Ok(Some(people.into_iter().map(|p| row(p, side)).collect()))
}

/// Whether a list of `total` rows can have these in that range.
fn fits(rows: Option<&Vec<SelectionRow>>, range: Option<Range>, total: u32) -> bool {
    match (rows, range.map(Range::bounded)) {
        (Some(rows), Some(range)) => {
            rows.len() == total.saturating_sub(range.offset).min(range.limit) as usize
        }
        _ => true,
    }
}

fn row(person: SelectionPerson, side: Side) -> SelectionRow {
    let mut detail = person.user_type;
    if !person.groups.is_empty() {
        detail = format!("{detail} · {}", person.groups);
    }
    // Homonyms are told apart by group and e-mail.
    if person.homonym == 1
        && let Some(address) = person.email.as_ref().or(person.mobile.as_ref())
    {
        detail = format!("{detail} · {address}");
    }
    let state: Option<InvitationState> = person.state.as_deref().and_then(|s| s.parse().ok());
    SelectionRow {
        user_id: person.user_id,
        first_name: person.first_name,
        last_name: person.last_name,
        detail,
        route: Route::choose(
            person.channel,
            person.email.is_some(),
            person.mobile.is_some(),
        ),
        state,
        new: side == Side::Participants && !state.is_some_and(InvitationState::is_participant),
    }
}

/// Ids of consecutive rows of a column.
pub async fn ids(
    service: &Service,
    actor: &Actor,
    query: &SelectionIdsQuery,
) -> Outcome<SelectionIds> {
    within_bounds(&query.query.changes)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    administered(service, actor, &mut tx, query.query.training_id).await?;
    let most = u32::try_from(MAX_IDS).unwrap_or(u32::MAX);
    let range = Range::new(query.offset, query.limit.min(most));
    let panel = panel(actor, query.query.training_id, &query.query.changes);
    tx.selection_ids(panel, query.side, &query.query.filter, range)
        .await
        .or_failure(service)
}

/// Puts people on the list who are not on it, within what the actor may see. The training's version was raised before. How many.
pub(crate) async fn choose(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training_id: TrainingId,
    changes: &Changes,
    version: i64,
) -> Outcome<u32> {
    within_bounds(changes)?;
    let panel = panel(actor, training_id, changes);
    let added = tx
        .selection_add(panel, actor.user_id, version, service.clock.now())
        .await
        .or_failure(service)?;
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
    let panel = panel(actor, request.training_id, &request.changes);

    let not_added = tx.selection_not_addable(panel).await.or_failure(service)?;
    let taken_out = tx.selection_taken_out(panel).await.or_failure(service)?;
    let added = tx
        .selection_add(panel, actor.user_id, version, now)
        .await
        .or_failure(service)?;

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

    let (colleague_added, colleague_removed) = tx
        .colleagues_changes(
            request.training_id,
            VALIDATED,
            request.changes.base_version,
            actor.user_id,
        )
        .await
        .or_failure(service)?;
    let outcome = ValidateOutcome {
        added: u32::try_from(added).unwrap_or(u32::MAX),
        removed: u32::try_from(taken_out.len()).unwrap_or(u32::MAX),
        colleague_added,
        colleague_removed,
        not_added: not_added
            .iter()
            .map(|(first, last)| full_name(first, last))
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
