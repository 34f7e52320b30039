//! The people of the directory, in the columns that an import takes: what was exported can be corrected and imported.

use super::table::{Cell, Column, Table};
use super::{AT_ONCE, Export, FileFormat, MAX_PEOPLE, made};
use crate::directory::{aside, facts, read};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::selection::Filter;
use convoke_domain::{Actor, Refusal};
use convoke_storage::directory::User;
use convoke_texts::{dates, t};
use std::collections::HashMap;

/// How many people are read at once.
const CHUNK: usize = 5_000;

/// The columns, by the names that an import knows, and how wide they are shown. It passes over the last two.
const COLUMNS: [(&str, u8); 11] = [
    ("last_name", 20),
    ("first_name", 20),
    ("email", 32),
    ("mobile", 18),
    ("channel", 10),
    ("language", 10),
    ("type", 16),
    ("employee_id", 14),
    ("groups", 32),
    ("state", 10),
    ("opted_out", 14),
];

/// Everybody within the actor's scope who matches as typed, in the order of the list.
///
/// [`Refusal::Conflict`] when they are too many for a file.
pub async fn people(
    service: &Service,
    actor: &Actor,
    filter: &Filter,
    format: FileFormat,
) -> Outcome<Export> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    // It is never closed; if it were, there would be nothing to wait for.
    let _turn = AT_ONCE.acquire().await.ok();
    let organisation_id = actor.organisation_id;
    let (mut tx, directory) = read(service, organisation_id).await.or_failure(service)?;
    let facts = facts(service, &mut tx, &directory, organisation_id, &[filter]).await?;
    let scope = actor.user_scope().map(<[_]>::to_vec);
    let (here, filter) = (directory.clone(), filter.clone());
    let found = aside(move || {
        let mut found = here.matching(&filter, &facts);
        found.and(&here.in_scope(scope.as_deref()));
        found
    })
    .await;
    if found.count() > MAX_PEOPLE {
        return Err(Refusal::Conflict("conflict-export-people".to_owned()));
    }
    let ids = directory.ids(found.iter());
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let users = tx.users_by_ids(organisation_id, some).await;
        let users = users.or_failure(service)?.into_iter();
        let mut users: HashMap<_, User> = users.map(|user| (user.id, user)).collect();
        let groups = tx.group_names(some).await.or_failure(service)?;
        let opt_outs = tx.opt_outs(organisation_id, some).await;
        let opt_outs = opt_outs.or_failure(service)?;
        for id in some {
            let Some(user) = users.remove(id) else {
                continue;
            };
            let groups = groups.get(id).map(|names| names.join("; "));
            let opted_out = opt_outs.get(id).map_or("", |(by, _)| by.as_str());
            rows.push(row(user, groups.unwrap_or_default(), opted_out));
        }
    }
    let organisation = tx.organisation(organisation_id).await.or_failure(service)?;
    drop(tx);
    let organisation = organisation.ok_or(Refusal::NotFound)?;
    let day = dates::day(service.clock.now(), &organisation.time_zone);
    let ending = format.ending();
    let name = t!(actor.language, "export-people-file", day = day);
    let columns = COLUMNS.iter().map(|(title, width)| Column {
        title: (*title).to_owned(),
        width: *width,
    });
    let table = Table {
        columns: columns.collect(),
        rows,
    };
    let sheet = t!(actor.language, "export-people-sheet");
    let written = (format, actor.language);
    made(
        service,
        format!("{name}.{ending}"),
        sheet,
        written,
        move || table,
    )
    .await
}

fn row(user: User, groups: String, opted_out: &str) -> Vec<Cell> {
    vec![
        Cell::text(user.last_name),
        Cell::text(user.first_name),
        Cell::text(user.email.unwrap_or_default()),
        Cell::text(user.mobile.unwrap_or_default()),
        Cell::text(user.channel.as_str()),
        Cell::text(user.language.as_str()),
        Cell::text(user.user_type),
        Cell::text(user.employee_id.unwrap_or_default()),
        Cell::text(groups),
        Cell::text(user.state.as_str()),
        Cell::text(opted_out),
    ]
}
