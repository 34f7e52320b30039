//! What an administrator decides for the whole organisation.

use crate::{OrFailure, Outcome, Service, refuse};
use convoke_domain::person::parse_email;
use convoke_domain::view::{MAX_LINK_DAYS, MAX_SEND_DELAY, OrganisationSettings};
use convoke_domain::{Actor, Refusal, Role};
use serde_json::Value;

/// Longest name of an organisation, in characters.
const MAX_NAME: usize = 200;

/// Longest name of a sender, in characters: mail programs show about half of that.
const MAX_SENDER: usize = 80;

/// The settings of the actor's organisation.
pub async fn view(service: &Service, actor: &Actor) -> Outcome<OrganisationSettings> {
    if actor.role != Role::Administrator {
        return Err(Refusal::NotAllowed);
    }
    let mut tx = service.storage.read().await.or_failure(service)?;
    tx.organisation_settings(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)
}

/// Saves what a page sent. A page from before an upgrade does not know every setting: those that it leaves out stay as they are.
///
/// [`Refusal::Invalid`] of no field for what are no settings.
pub async fn save_sent(service: &Service, actor: &Actor, sent: Value) -> Outcome<()> {
    let known = serde_json::to_value(view(service, actor).await?)
        .map_err(|cause| refuse::failure(service, &cause))?;
    let settings = serde_json::from_value(over(known, sent));
    let settings = settings.map_err(|_| Refusal::Invalid(Vec::new()))?;
    save(service, actor, &settings).await
}

/// What was sent, over what is known.
fn over(known: Value, sent: Value) -> Value {
    match (known, sent) {
        (Value::Object(mut all), Value::Object(sent)) => {
            for (name, value) in sent {
                let before = all.remove(&name).unwrap_or_default();
                all.insert(name, over(before, value));
            }
            Value::Object(all)
        }
        (_, sent) => sent,
    }
}

/// Saves them.
pub async fn save(
    service: &Service,
    actor: &Actor,
    settings: &OrganisationSettings,
) -> Outcome<()> {
    if actor.role != Role::Administrator {
        return Err(Refusal::NotAllowed);
    }
    let name = settings.name.trim();
    if name.is_empty() {
        return Err(Refusal::field("name", "error-required"));
    }
    if name.chars().count() > MAX_NAME {
        return Err(Refusal::field("name", "error-too-long"));
    }
    if settings.send_delay > MAX_SEND_DELAY {
        return Err(Refusal::field("send_delay", "settings-send-delay-limit"));
    }
    if let Some((field, key)) = settings.retention.problem() {
        return Err(Refusal::field(field, key));
    }
    if !(1..=MAX_LINK_DAYS).contains(&settings.link_days) {
        return Err(Refusal::field("link_days", "settings-link-days-limit"));
    }
    let sender_name = settings.sender_name.trim();
    if sender_name.chars().count() > MAX_SENDER || sender_name.chars().any(char::is_control) {
        return Err(Refusal::field("sender_name", "error-too-long"));
    }
    let reply_to = match settings.reply_to.trim() {
        "" => String::new(),
        typed => parse_email(typed).ok_or_else(|| Refusal::field("reply_to", "error-email"))?,
    };
    let settings = OrganisationSettings {
        name: name.to_owned(),
        sender_name: sender_name.to_owned(),
        reply_to,
        ..settings.clone()
    };
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.set_organisation_settings(actor.organisation_id, &settings)
        .await
        .or_failure(service)?;
    // Nothing is forgotten before the next night: until then it can be taken back.
    tx.retention_rests(actor.organisation_id, service.clock.now())
        .await
        .or_failure(service)?;
    let details = serde_json::json!({
        "login_codes": settings.login_codes,
        "trainers_add_people": settings.trainers_add_people,
        "send_delay": settings.send_delay,
        "firm_recent": settings.firm_recent,
        "firm_often": settings.firm_often,
        "forget_days": settings.retention.people_days,
        "forget_directory": settings.retention.directory,
        "text_days": settings.retention.text_days,
        "link_days": settings.link_days,
        "sign_presence": settings.sign_presence,
    });
    let line = crate::history_line(service, actor, "settings.changed", None, None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}
