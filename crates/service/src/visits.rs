//! What happened in a training since somebody last looked at it.

use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::VisitNews;
use convoke_domain::{Actor, TrainingId};
use convoke_texts::dates;

/// What happened in a training since this person last looked at its Invitations tab; `None` when they look for the first time, or nothing happened.
pub async fn news(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Outcome<Option<VisitNews>> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    let Some(user) = actor.user_id else {
        return Ok(None);
    };
    let seen = tx.last_visit(user, training_id).await.or_failure(service)?;
    let Some(since) = seen else { return Ok(None) };
    let tab = crate::invitations::tab(actor, training_id);
    let news = tx.news_since(tab, since).await.or_failure(service)?;
    Ok((!news.is_empty()).then(|| VisitNews {
        since: dates::ago(
            actor.language,
            since,
            service.clock.now(),
            &training.time_zone,
        ),
        ..news
    }))
}

/// Notes that this person looks at the Invitations tab of a training now.
pub async fn visited(service: &Service, actor: &Actor, training_id: TrainingId) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    if let Some(user) = actor.user_id {
        let of = (actor.organisation_id, training_id);
        tx.note_visit(user, of, service.clock.now())
            .await
            .or_failure(service)?;
    }
    tx.commit().await.or_failure(service)
}
