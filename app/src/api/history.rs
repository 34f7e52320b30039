//! The history, and a person's story.

use super::ApiError;
use convoke_domain::view::{HistoryFilter, HistoryRow, Range, StoryHead, Window};
use convoke_domain::{TrainingId, UserId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Who did what when, the newest first.
#[server(name = HistoryCall, prefix = "/api", endpoint = "history", input = Json, output = Json)]
pub async fn history(filter: HistoryFilter, range: Range) -> Result<Window<HistoryRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::history::list(&service, &actor, &filter, range)
        .await
        .map_err(super::refused)
}

/// Whose story it is, and the trainings it is about.
#[server(name = StoryHeadCall, prefix = "/api", endpoint = "story_head", input = Json, output = Json)]
pub async fn story_head(user: UserId) -> Result<StoryHead, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::history::story::head(&service, &actor, user)
        .await
        .map_err(super::refused)
}

/// Everything that concerns a person, the newest first; of one training, or all.
#[server(name = StoryLinesCall, prefix = "/api", endpoint = "story_lines", input = Json, output = Json)]
pub async fn story_lines(
    user: UserId,
    training: Option<TrainingId>,
    range: Range,
) -> Result<Window<HistoryRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::history::story::list(&service, &actor, user, training, range)
        .await
        .map_err(super::refused)
}
