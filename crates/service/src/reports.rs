//! What mail servers and gateways tell about messages after they took them. It is not people who call: a secret or a signature says that they may, and what they
//! say changes nothing but what is known of the message that they name.

use crate::{OrFailure, Outcome, Service, tokens};
use convoke_delivery::bounces;
use convoke_delivery::reports::{
    KEY_NAME, is_signed_by_twilio, is_signed_for_kannel, kannel_status, twilio_status, twilio_url,
};
use convoke_domain::{MessageId, Report};
use convoke_storage::outbox::NewReport;

/// The key that addresses for Kannel are signed with; made when there is none yet.
pub async fn signing_key(service: &Service) -> Outcome<String> {
    let fresh = tokens::new_secret(service);
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let key = tx.installation_value_or(KEY_NAME, &fresh).await;
    let key = key.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(key)
}

/// A mail that came back, as it came. Whether it was about a message of ours.
pub async fn mail(service: &Service, raw: &[u8]) -> Outcome<bool> {
    match bounces::read(raw) {
        Some(back) => hear(service, back.message_id, back.report, back.detail).await,
        None => Ok(false),
    }
}

/// What Kannel says: `status` is its `%d`, `answer` its `%A`. Whether it is believed: not when the address was not signed for the message.
pub async fn kannel(
    service: &Service,
    message: MessageId,
    signature: &str,
    status: &str,
    answer: &str,
) -> Outcome<bool> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let key = tx.installation_value(KEY_NAME).await.or_failure(service)?;
    drop(tx);
    if !key.is_some_and(|key| is_signed_for_kannel(&key, message, signature)) {
        return Ok(false);
    }
    if let Some(report) = kannel_status(status) {
        hear(service, message, report, answer.to_owned()).await?;
    }
    Ok(true)
}

/// What Twilio says, in the fields of its form. Whether it is believed: not when it is not signed with the token of the account.
pub async fn twilio(
    service: &Service,
    token: &str,
    message: MessageId,
    fields: &[(String, String)],
    signature: &str,
) -> Outcome<bool> {
    let url = twilio_url(&service.base_url, message);
    if !is_signed_by_twilio(token, &url, fields, signature) {
        return Ok(false);
    }
    let value = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    if let Some(report) = twilio_status(value("MessageStatus")) {
        let detail = match value("ErrorCode") {
            "" => String::new(),
            code => format!("Twilio {code} {}", value("ErrorMessage")),
        };
        hear(service, message, report, detail.trim_end().to_owned()).await?;
    }
    Ok(true)
}

/// Notes it. Whether there is such a message.
async fn hear(
    service: &Service,
    message_id: MessageId,
    report: Report,
    detail: String,
) -> Outcome<bool> {
    let new = NewReport {
        message_id,
        report,
        detail,
        at: service.clock.now(),
    };
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let heard = tx.report(&new).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(heard.is_some())
}
