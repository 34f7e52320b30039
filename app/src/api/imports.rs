//! Imports of people from files. The file itself comes by `POST /api/imports`, what came of its lines by `GET /api/imports/{id}/{file}`.

use super::ApiError;
use convoke_domain::ImportId;
use convoke_domain::view::{ImportField, ImportRow, ImportView};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The imports of the last weeks, the latest first.
#[server(name = ImportsCall, prefix = "/api", endpoint = "imports_list", input = Json, output = Json)]
pub async fn imports() -> Result<Vec<ImportRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::imports::list(&service, &actor)
        .await
        .map_err(super::refused)
}

/// One import, as it stands now.
#[server(name = ImportViewCall, prefix = "/api", endpoint = "import_view", input = Json, output = Json)]
pub async fn import_view(id: ImportId) -> Result<ImportView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::imports::view(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Begins to tell what would come of the file with the columns as given, one per column of the file.
#[server(name = CheckImportCall, prefix = "/api", endpoint = "check_import", input = Json, output = Json)]
pub async fn check_import(id: ImportId, columns: Vec<Option<ImportField>>) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::imports::check(&service, &actor, id, &columns)
        .await
        .map_err(super::refused)
}

/// Begins to store the people, with the columns as they were checked; goes on with an import that broke off.
#[server(name = RunImportCall, prefix = "/api", endpoint = "run_import", input = Json, output = Json)]
pub async fn run_import(id: ImportId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::imports::run(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Begins to undo an import.
#[server(name = UndoImportCall, prefix = "/api", endpoint = "undo_import", input = Json, output = Json)]
pub async fn undo_import(id: ImportId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::imports::undo(&service, &actor, id)
        .await
        .map_err(super::refused)
}
