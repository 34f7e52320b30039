//! What people may do in the console, and how they get a password.

use super::ApiError;
use convoke_domain::UserId;
use convoke_domain::view::{
    AccessForm, AccessView, AccountInvited, AccountPlan, InviteAccounts, PeopleChoice,
};
use leptos::prelude::*;
use server_fn::codec::Json;

/// What somebody may do, and whether they can sign in.
#[server(name = AccessCall, prefix = "/api", endpoint = "access", input = Json, output = Json)]
pub async fn access(id: UserId) -> Result<AccessView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::access::view(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Says what somebody may do.
#[server(name = SaveAccessCall, prefix = "/api", endpoint = "save_access", input = Json, output = Json)]
pub async fn save_access(id: UserId, form: AccessForm) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::access::save(&service, &actor, id, &form)
        .await
        .map_err(super::refused)
}

/// Sends somebody a link by which they choose a password.
#[server(name = InviteAccountCall, prefix = "/api", endpoint = "invite_account", input = Json, output = Json)]
pub async fn invite_account(id: UserId) -> Result<AccountInvited, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::access::invite(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// What inviting people to choose a password would do.
#[server(name = PlanAccountsCall, prefix = "/api", endpoint = "plan_accounts", input = Json, output = Json)]
pub async fn plan_accounts(people: PeopleChoice) -> Result<AccountPlan, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::access::plan(&service, &actor, &people)
        .await
        .map_err(super::refused)
}

/// Sends people a link by which they choose a password.
#[server(name = InviteAccountsCall, prefix = "/api", endpoint = "invite_accounts", input = Json, output = Json)]
pub async fn invite_accounts(request: InviteAccounts) -> Result<AccountPlan, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::access::invite_many(&service, &actor, &request)
        .await
        .map_err(super::refused)
}
