//! A person's story: everything that concerns them, in one training or in all. Lines of the history, what was written to them, and that they were chosen.
//!
//! From where somebody acted, and what is about the person's account, is for administrators.

use super::{origin, sentence, who};
use crate::called::called;
use crate::export::{Export, FileFormat};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::{HistoryRow, MessageRow, Range, StoryHead, Window};
use convoke_domain::{Actor, Fate, Language, MessageId, Refusal, Role, TrainingId, UserId};
use convoke_storage::Transaction;
use convoke_storage::directory::User;
use convoke_storage::history::{StoryEntry, WantedStory};
use convoke_texts::{dates, t, text};
use std::collections::HashMap;

/// How many trainings a story can be narrowed by: the latest.
const TRAININGS: u32 = 300;
/// What is about a person's account: signing in, and the right in the console.
const ACCOUNT: &[&str] = &[
    "session.",
    "user.access_changed",
    "user.account_invited",
    "user.made_administrator",
    "user.password_chosen",
];

/// Whose story it is. [`Refusal::NotFound`] for somebody out of the actor's scope, here as below.
pub async fn head(service: &Service, actor: &Actor, user_id: UserId) -> Outcome<StoryHead> {
    let (mut tx, user) = person(service, actor, user_id).await?;
    let trainings = tx
        .trainings_of_story(actor.organisation_id, user_id, TRAININGS)
        .await
        .or_failure(service)?;
    Ok(StoryHead {
        name: called(actor.language, &user.first_name, &user.last_name),
        trainings: trainings
            .into_iter()
            .map(|training| crate::trainings::choice(actor.language, training))
            .collect(),
    })
}

/// Lines of a person's story, the newest first; of one training, or all.
pub async fn list(
    service: &Service,
    actor: &Actor,
    user_id: UserId,
    training_id: Option<TrainingId>,
    range: Range,
) -> Outcome<Window<HistoryRow>> {
    let range = range.bounded();
    let (mut tx, _) = person(service, actor, user_id).await?;
    let wanted = wanted(actor, user_id, training_id);
    let total = tx.count_story(wanted).await.or_failure(service)?;
    Ok(Window {
        offset: range.offset,
        rows: lines(service, actor, &mut tx, wanted, range).await?,
        total,
    })
}

/// The same as a file, the newest lines if there are too many for one.
pub async fn export(
    service: &Service,
    actor: &Actor,
    user_id: UserId,
    training_id: Option<TrainingId>,
    format: FileFormat,
) -> Outcome<Export> {
    let (mut tx, user) = person(service, actor, user_id).await?;
    let name = called(actor.language, &user.first_name, &user.last_name);
    let wanted = wanted(actor, user_id, training_id);
    let mut rows = lines(service, actor, &mut tx, wanted, Range::new(0, super::MOST)).await?;
    drop(tx);
    for row in &mut rows {
        row.person = Some((user_id, name.clone()));
    }
    let title = t!(actor.language, "story-title", name = name);
    crate::export::history(service, actor, rows, &title, format).await
}

/// Somebody whose story the actor may read.
async fn person(service: &Service, actor: &Actor, id: UserId) -> Outcome<(Transaction, User)> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let mut tx = service.storage.read().await.or_failure(service)?;
    if !crate::people::is_in_scope(service, actor, &mut tx, id).await? {
        return Err(Refusal::NotFound);
    }
    let user = tx.user(actor.organisation_id, id).await;
    let user = user.or_failure(service)?.ok_or(Refusal::NotFound)?;
    Ok((tx, user))
}

const fn sees_all(actor: &Actor) -> bool {
    matches!(actor.role, Role::Administrator)
}

/// What the actor may read of the story of somebody whom they may see.
pub(crate) const fn wanted(
    actor: &Actor,
    user_id: UserId,
    training_id: Option<TrainingId>,
) -> WantedStory<'static> {
    WantedStory {
        organisation_id: actor.organisation_id,
        user_id,
        training_id,
        without: if sees_all(actor) { &[] } else { ACCOUNT },
    }
}

/// The lines of a story.
pub(crate) async fn lines(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    wanted: WantedStory<'_>,
    range: Range,
) -> Outcome<Vec<HistoryRow>> {
    let entries = tx.story(wanted, range).await.or_failure(service)?;
    let ids: Vec<MessageId> = entries
        .iter()
        .filter_map(|entry| entry.message_id)
        .collect();
    let messages = crate::messages::rows(service, actor, tx, &ids).await?;
    let row = |entry| row(actor, entry, &messages);
    Ok(entries.into_iter().map(row).collect())
}

fn row(actor: &Actor, entry: StoryEntry, messages: &HashMap<MessageId, MessageRow>) -> HistoryRow {
    let language = actor.language;
    // A message has a line of its own, and another one for what was heard of it.
    let message = entry.message_id.and_then(|id| messages.get(&id).cloned());
    HistoryRow {
        when: dates::date_time(language, entry.at, &entry.time_zone),
        from: if sees_all(actor) {
            origin(&entry.details)
        } else {
            String::new()
        },
        what: message.as_ref().map_or_else(
            || {
                let whom = t!(language, "history-this-person");
                sentence(language, of_one(&entry.event), &entry.details, &whom)
            },
            |message| {
                if entry.event == StoryEntry::REPORT {
                    heard(language, message)
                } else {
                    written(language, message)
                }
            },
        ),
        who: who(language, entry.actor_name),
        person: None,
        training: entry.training_id.zip(entry.title),
        message,
    }
}

/// What an event that was about several people is called in the story of one; how many they were is not told there.
fn of_one(event: &str) -> &str {
    match event {
        "users.imported" => "user.imported",
        "group.members_changed" => "user.groups_changed",
        "group.members_chosen" => "user.group_chosen",
        event => event,
    }
}

fn word(language: Language, area: &str, word: &str) -> String {
    let key = format!("{area}-{}", word.replace('_', "-"));
    text(language, &key, &[])
}

/// What was heard of a message after it was handed over, in the server's words.
fn heard(language: Language, message: &MessageRow) -> String {
    let sentence = t!(
        language,
        "history-report",
        channel = message.channel.as_str(),
        kind = word(language, "messages-kind", message.kind.as_str()),
        report = message.fate.as_str()
    );
    match &message.problem_detail {
        Some(said) if message.fate == Fate::Bounced && !said.is_empty() => {
            format!("{sentence} ({said})")
        }
        _ => sentence,
    }
}

/// What was written, and whether it was handed over.
fn written(language: Language, message: &MessageRow) -> String {
    let word = |area: &str, name: &str| word(language, area, name);
    // What was heard of it since is another line.
    let (fate, problem) = match message.fate {
        Fate::Delayed | Fate::Delivered | Fate::Bounced => (Fate::Sent, None),
        fate => (fate, message.problem),
    };
    let state = match problem {
        Some(problem) => t!(
            language,
            "story-message-problem",
            state = word("story-message", fate.as_str()),
            problem = word("problem", problem.as_str())
        ),
        None => word("story-message", fate.as_str()),
    };
    t!(
        language,
        "history-message",
        channel = message.channel.as_str(),
        kind = word("messages-kind", message.kind.as_str()),
        state = state
    )
}
