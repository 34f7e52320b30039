//! Reminders of a training, announcing that it has moved, and what happened since the last visit.

use super::ApiError;
use convoke_domain::reminder::ReminderForm;
use convoke_domain::view::{RemindersView, VisitNews};
use convoke_domain::{ReminderId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The reminders of a training.
#[server(name = RemindersCall, prefix = "/api", endpoint = "reminders", input = Json, output = Json)]
pub async fn reminders(training_id: TrainingId) -> Result<RemindersView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::reminders::list(&service, &actor, training_id)
        .await
        .map_err(super::refused)
}

/// Plans a reminder.
#[server(name = PlanReminderCall, prefix = "/api", endpoint = "plan_reminder", input = Json, output = Json)]
pub async fn plan_reminder(
    training_id: TrainingId,
    form: ReminderForm,
) -> Result<ReminderId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::reminders::plan(&service, &actor, training_id, form)
        .await
        .map_err(super::refused)
}

/// Takes a planned reminder away.
#[server(name = RemoveReminderCall, prefix = "/api", endpoint = "remove_reminder", input = Json, output = Json)]
pub async fn remove_reminder(training_id: TrainingId, id: ReminderId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::reminders::remove(&service, &actor, training_id, id)
        .await
        .map_err(super::refused)
}

/// *They know*: nobody is told that the training has moved.
#[server(name = LetMoveCall, prefix = "/api", endpoint = "let_move", input = Json, output = Json)]
pub async fn let_move(training_id: TrainingId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::let_move(&service, &actor, training_id)
        .await
        .map_err(super::refused)
}

/// What happened since this person last looked at the Invitations tab, if anything.
#[server(name = VisitNewsCall, prefix = "/api", endpoint = "visit_news", input = Json, output = Json)]
pub async fn visit_news(training_id: TrainingId) -> Result<Option<VisitNews>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::visits::news(&service, &actor, training_id)
        .await
        .map_err(super::refused)
}

/// Notes that this person looks at it now.
#[server(name = VisitedCall, prefix = "/api", endpoint = "visited", input = Json, output = Json)]
pub async fn visited(training_id: TrainingId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::visits::visited(&service, &actor, training_id)
        .await
        .map_err(super::refused)
}
