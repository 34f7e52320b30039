//! The messages as a file: to whom, about what, and what became of them. What they said is not in it.

use super::table::{Cell, Column, Table};
use super::{AT_ONCE, Export, FileFormat, made};
use crate::messages::{query, row};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::{MessageFilter, Range};
use convoke_domain::{Actor, MessageId};
use convoke_texts::{t, text};

/// The most messages of a file.
const MOST: u32 = 50_000;

/// The messages within the actor's scope that match, the newest if they are too many for one file.
pub async fn messages(
    service: &Service,
    actor: &Actor,
    filter: &MessageFilter,
    format: FileFormat,
) -> Outcome<Export> {
    let query = query(actor, filter)?;
    // It is never closed; if it were, there would be nothing to wait for.
    let _turn = AT_ONCE.acquire().await.ok();
    let mut tx = service.storage.read().await.or_failure(service)?;
    let lines = tx.message_window(&query, Range::new(0, MOST)).await;
    let lines = lines.or_failure(service)?;
    let ids: Vec<MessageId> = lines.iter().map(|line| line.id).collect();
    let addresses = tx.message_addresses(actor.organisation_id, &ids).await;
    let mut addresses = addresses.or_failure(service)?;
    drop(tx);
    let language = actor.language;
    let word = |area: &str, name: &str| {
        let key = format!("{area}-{}", name.replace('_', "-"));
        text(language, &key, &[])
    };
    let rows: Vec<Vec<Cell>> = lines
        .into_iter()
        .map(|line| {
            let row = row(actor, line);
            let problem = row.problem.map(|problem| word("problem", problem.as_str()));
            vec![
                Cell::text(row.when),
                Cell::text(row.to),
                Cell::text(addresses.remove(&row.id).unwrap_or_default()),
                Cell::text(row.training.map(|(_, title)| title).unwrap_or_default()),
                Cell::text(word("messages-kind", row.kind.as_str())),
                Cell::text(word("channel", row.channel.as_str())),
                Cell::text(word("messages-state", row.fate.as_str())),
                Cell::text(problem.unwrap_or_default()),
                Cell::text(row.problem_detail.unwrap_or_default()),
                Cell::Number(f64::from(row.attempts)),
            ]
        })
        .collect();
    let columns = [
        (t!(language, "messages-when"), 26),
        (t!(language, "messages-to"), 26),
        (t!(language, "messages-address"), 32),
        (t!(language, "messages-about"), 36),
        (t!(language, "messages-kind"), 20),
        (t!(language, "messages-by"), 10),
        (t!(language, "messages-state"), 16),
        (t!(language, "messages-problem"), 24),
        (t!(language, "messages-server-said"), 48),
        (t!(language, "messages-tries"), 10),
    ];
    let title = t!(language, "messages-title");
    let name = crate::documents::download_name(&format!("{title}.{}", format.ending()));
    made(service, name, title, (format, language), move || Table {
        columns: columns
            .into_iter()
            .map(|(title, width)| Column { title, width })
            .collect(),
        rows,
    })
    .await
}
