//! Trainings: list, page, form.

use super::ApiError;
use convoke_domain::TrainingId;
use convoke_domain::training::{Phase, TrainingForm};
use convoke_domain::view::{PersonRow, Perspective, TrainingFormView, TrainingView, TrainingsView};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The list of a phase; `search` looks in titles and places.
#[server(name = TrainingsCall, prefix = "/api", endpoint = "trainings", input = Json, output = Json)]
pub async fn trainings(search: String, phase: Phase) -> Result<TrainingsView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::trainings::list(&service, &actor, &search, phase)
        .await
        .map_err(super::refused)
}

/// A training, as the view that is asked for shows it; refused when the reader does not have that view.
#[server(name = TrainingCall, prefix = "/api", endpoint = "training", input = Json, output = Json)]
pub async fn training(id: TrainingId, perspective: Perspective) -> Result<TrainingView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::trainings::view(&service, &actor, id, perspective)
        .await
        .map_err(super::refused)
}

/// The values of the form: of a training, or of a new one.
#[server(name = TrainingFormCall, prefix = "/api", endpoint = "training_form", input = Json, output = Json)]
pub async fn training_form(id: Option<TrainingId>) -> Result<TrainingFormView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::trainings::form(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Creates a training, or changes it.
#[server(name = SaveTrainingCall, prefix = "/api", endpoint = "save_training", input = Json, output = Json)]
pub async fn save_training(
    id: Option<TrainingId>,
    form: TrainingForm,
) -> Result<TrainingId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::trainings::save(&service, &actor, id, &form)
        .await
        .map_err(super::refused)
}

/// People who could be trainers, by name.
#[server(name = TrainerCandidatesCall, prefix = "/api", endpoint = "trainer_candidates", input = Json, output = Json)]
pub async fn trainer_candidates(search: String) -> Result<Vec<PersonRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::trainings::trainer_candidates(&service, &actor, &search)
        .await
        .map_err(super::refused)
}
