//! The Invitations tab.

use super::ApiError;
use convoke_domain::view::{
    BatchEnded, BlockQuery, BlocksView, InvitationRow, Range, SendOrder, SendOutcome, SendPlan,
    SendPreview, SendRequest, Window,
};
use convoke_domain::{BatchId, InvitationId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Counts, splits and the first rows of every block; `find` narrows the rows, not the counts.
#[server(name = InvitationBlocksCall, prefix = "/api", endpoint = "invitation_blocks", input = Json, output = Json)]
pub async fn invitation_blocks(
    training_id: TrainingId,
    find: String,
) -> Result<BlocksView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::invitations::blocks(&service, &actor, training_id, &find)
        .await
        .map_err(super::refused)
}

/// More rows of a block.
#[server(name = InvitationRowsCall, prefix = "/api", endpoint = "invitation_rows", input = Json, output = Json)]
pub async fn invitation_rows(
    query: BlockQuery,
    range: Range,
) -> Result<Window<InvitationRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::invitations::rows(&service, &actor, &query, range)
        .await
        .map_err(super::refused)
}

/// What *Send* or *Resend* would do.
#[server(name = SendPlanCall, prefix = "/api", endpoint = "send_plan", input = Json, output = Json)]
pub async fn send_plan(request: SendRequest) -> Result<SendPlan, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::send_plan(&service, &actor, &request)
        .await
        .map_err(super::refused)
}

/// The message to one of those whom a request reaches: the first from `at` on whose name matches `find`.
#[server(name = SendPreviewCall, prefix = "/api", endpoint = "send_preview", input = Json, output = Json)]
pub async fn send_preview(
    request: SendRequest,
    at: u32,
    find: String,
) -> Result<Option<SendPreview>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::send_preview(&service, &actor, &request, at, &find)
        .await
        .map_err(super::refused)
}

/// Queues the messages of a plan, if it is still true.
#[server(name = SendCall, prefix = "/api", endpoint = "send", input = Json, output = Json)]
pub async fn send(order: SendOrder) -> Result<SendOutcome, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::send(&service, &actor, &order)
        .await
        .map_err(super::refused)
}

/// *Undo* and *Stop*: takes back what of a batch has not gone out.
#[server(name = StopBatchCall, prefix = "/api", endpoint = "stop_batch", input = Json, output = Json)]
pub async fn stop_batch(training_id: TrainingId, id: BatchId) -> Result<BatchEnded, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::stop_batch(&service, &actor, training_id, id)
        .await
        .map_err(super::refused)
}

/// *Send now*: a batch that waits begins.
#[server(name = HurryBatchCall, prefix = "/api", endpoint = "hurry_batch", input = Json, output = Json)]
pub async fn hurry_batch(training_id: TrainingId, id: BatchId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::sending::hurry_batch(&service, &actor, training_id, id)
        .await
        .map_err(super::refused)
}

/// An administrator confirms for the person.
#[server(name = ConfirmForCall, prefix = "/api", endpoint = "confirm_for", input = Json, output = Json)]
pub async fn confirm_for(invitation_id: InvitationId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::invitations::confirm_for(&service, &actor, invitation_id)
        .await
        .map_err(super::refused)
}
