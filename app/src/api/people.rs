//! The directory.

use super::ApiError;
use convoke_domain::person_form::PersonForm;
use convoke_domain::selection::Filter;
use convoke_domain::view::{
    FilterChoices, MembersChange, MergePreview, MergeRequest, PersonFormView, PersonRow, Range,
    Window,
};
use convoke_domain::{GroupId, UserId, UserTypeId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Users that match, by name, within the reader's scope.
#[server(name = PeopleCall, prefix = "/api", endpoint = "people", input = Json, output = Json)]
pub async fn people(filter: Filter, range: Range) -> Result<Window<PersonRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::list(&service, &actor, &filter, range)
        .await
        .map_err(super::refused)
}

/// Groups, user types and trainings to filter by.
#[server(name = PeopleChoicesCall, prefix = "/api", endpoint = "people_choices", input = Json, output = Json)]
pub async fn people_choices() -> Result<FilterChoices, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::choices(&service, &actor)
        .await
        .map_err(super::refused)
}

/// The form of a person, or of somebody new.
#[server(name = PersonFormCall, prefix = "/api", endpoint = "person_form", input = Json, output = Json)]
pub async fn person_form(id: Option<UserId>) -> Result<PersonFormView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::edit::form(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Creates a person, or changes one who is as they were at a version.
#[server(name = SavePersonCall, prefix = "/api", endpoint = "save_person", input = Json, output = Json)]
pub async fn save_person(
    known: Option<(UserId, i64)>,
    form: PersonForm,
) -> Result<UserId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::edit::save(&service, &actor, known, &form)
        .await
        .map_err(super::refused)
}

/// Deactivates somebody, or brings them back.
#[server(name = SetPersonActiveCall, prefix = "/api", endpoint = "set_person_active", input = Json, output = Json)]
pub async fn set_person_active(id: UserId, active: bool) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::edit::set_active(&service, &actor, id, active)
        .await
        .map_err(super::refused)
}

/// Makes a group, or gives one another name.
#[server(name = SaveGroupCall, prefix = "/api", endpoint = "save_group", input = Json, output = Json)]
pub async fn save_group(id: Option<GroupId>, name: String) -> Result<GroupId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::groups::save_group(&service, &actor, id, &name)
        .await
        .map_err(super::refused)
}

/// Takes a group away.
#[server(name = DeleteGroupCall, prefix = "/api", endpoint = "delete_group", input = Json, output = Json)]
pub async fn delete_group(id: GroupId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::groups::delete_group(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Makes a user type, or gives one another name.
#[server(name = SaveUserTypeCall, prefix = "/api", endpoint = "save_user_type", input = Json, output = Json)]
pub async fn save_user_type(id: Option<UserTypeId>, name: String) -> Result<UserTypeId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::groups::save_user_type(&service, &actor, id, &name)
        .await
        .map_err(super::refused)
}

/// Takes a user type away.
#[server(name = DeleteUserTypeCall, prefix = "/api", endpoint = "delete_user_type", input = Json, output = Json)]
pub async fn delete_user_type(id: UserTypeId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::groups::delete_user_type(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Has people join and leave groups; how many they are.
#[server(name = ChangeMembersCall, prefix = "/api", endpoint = "change_members", input = Json, output = Json)]
pub async fn change_members(change: MembersChange) -> Result<u32, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::groups::change_members(&service, &actor, &change)
        .await
        .map_err(super::refused)
}

/// Two people side by side, before they are made one.
#[server(name = MergePreviewCall, prefix = "/api", endpoint = "merge_preview", input = Json, output = Json)]
pub async fn merge_preview(keep: UserId, other: UserId) -> Result<MergePreview, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::merge::preview(&service, &actor, keep, other)
        .await
        .map_err(super::refused)
}

/// Makes two people one; who it is then.
#[server(name = MergePeopleCall, prefix = "/api", endpoint = "merge_people", input = Json, output = Json)]
pub async fn merge_people(request: MergeRequest) -> Result<UserId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::merge::merge(&service, &actor, &request)
        .await
        .map_err(super::refused)
}
