//! Twilio's Messages API: `POST /2010-04-01/Accounts/{sid}/Messages.json`.

use super::{Failure, Gateway, Parcel, Receipt, excerpt, http_client, http_failure};
use crate::reports::ReportAddress;
use crate::target::Credentials;
use convoke_domain::message::Problem;
use convoke_storage::outbox::Destination;
use futures::future::BoxFuture;
use serde::Deserialize;

/// Hands text messages to Twilio, or to a service that speaks like it.
pub struct TwilioGateway {
    client: reqwest::Client,
    base: String,
    credentials: Credentials,
    from: String,
    reports: Option<ReportAddress>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    sid: String,
    code: Option<i64>,
    message: String,
}

impl TwilioGateway {
    /// For the API at `base` (`https://api.twilio.com`), which tells `reports` what became of messages.
    pub fn new(
        base: &str,
        credentials: &Credentials,
        from: &str,
        reports: Option<ReportAddress>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            client: http_client()?,
            base: base.to_owned(),
            credentials: credentials.clone(),
            from: from.to_owned(),
            reports,
        })
    }

    async fn send(&self, parcel: &Parcel) -> Result<Receipt, Failure> {
        // A messaging service is named by its SID instead of a number.
        let sender = if self.from.starts_with("MG") {
            "MessagingServiceSid"
        } else {
            "From"
        };
        let told = self.reports.as_ref().map(|to| to.for_twilio(parcel.id));
        let mut form = vec![
            ("To", parcel.address.as_str()),
            (sender, self.from.as_str()),
            ("Body", parcel.rendered.text.as_str()),
        ];
        form.extend(told.as_deref().map(|url| ("StatusCallback", url)));
        let response = self
            .client
            .post(format!(
                "{}/2010-04-01/Accounts/{}/Messages.json",
                self.base, self.credentials.user
            ))
            .basic_auth(&self.credentials.user, Some(&self.credentials.password))
            .form(&form)
            .send()
            .await
            .map_err(|e| http_failure(&e))?;
        let status = response.status().as_u16();
        let body = response.text().await.unwrap_or_default();
        answer(status, &body)
    }
}

/// What an answer means; the codes are those of Twilio's error dictionary.
fn answer(status: u16, body: &str) -> Result<Receipt, Failure> {
    let parsed: Answer = serde_json::from_str(body).unwrap_or_default();
    let said = match parsed.code {
        Some(code) => format!("{status} {code} {}", excerpt(&parsed.message)),
        None => format!("{status} {}", excerpt(body)),
    };
    match (status, parsed.code) {
        (200..=299, _) => Ok(Receipt {
            provider_id: parsed.sid,
        }),
        // Quota and suspended accounts; a sender that is not ours.
        (_, Some(63_038 | 20_005 | 90_010 | 21_212 | 21_603 | 21_606 | 21_659 | 21_660))
        | (401..=404, _) => Err(Failure::StopChannel(said)),
        (429 | 503, _) => Err(Failure::TryAgain(said)),
        // Not a number, not a mobile, not reachable from here, or its owner said STOP.
        (
            400,
            Some(
                21_211 | 21_214 | 21_217 | 21_265 | 21_407 | 21_408 | 21_421 | 21_610 | 21_612
                | 21_614,
            ),
        ) => Err(Failure::Never(Problem::AddressRefused, said)),
        (400..=499, _) => Err(Failure::Never(Problem::MessageRefused, said)),
        // It failed after it had begun: whether the message is under way is not said.
        _ => Err(Failure::Uncertain(said)),
    }
}

impl Gateway for TwilioGateway {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>> {
        Box::pin(self.send(parcel))
    }

    fn destination(&self) -> Destination {
        Destination {
            address: format!("Twilio, {}", self.base),
            is_file: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_twilio() {
        let kind = |status, body: &str| match answer(status, body) {
            Ok(receipt) => receipt.provider_id,
            Err(Failure::TryAgain(_) | Failure::Unreachable(_)) => "again".to_owned(),
            Err(Failure::Never(problem, _)) => problem.to_string(),
            Err(Failure::NoSuchAddress(_)) => "nobody asked".to_owned(),
            Err(Failure::StopChannel(_)) => "stop".to_owned(),
            Err(Failure::Uncertain(_)) => "uncertain".to_owned(),
        };
        let error = |code: u32| format!(r#"{{"code":{code},"message":"words","status":400}}"#);
        assert_eq!(kind(201, r#"{"sid":"SM1","status":"queued"}"#), "SM1");
        assert_eq!(kind(400, &error(21_211)), "address_refused");
        assert_eq!(kind(400, &error(21_610)), "address_refused");
        assert_eq!(kind(400, &error(21_617)), "message_refused");
        assert_eq!(kind(400, &error(21_606)), "stop");
        assert_eq!(kind(401, &error(20_003)), "stop");
        assert_eq!(kind(402, "{}"), "stop");
        assert_eq!(kind(429, &error(63_038)), "stop");
        assert_eq!(kind(429, &error(20_429)), "again");
        assert_eq!(kind(503, "<html>"), "again");
        assert_eq!(kind(500, ""), "uncertain");
        assert!(
            matches!(answer(400, &error(21_211)), Err(Failure::Never(_, said)) if said == "400 21211 words")
        );
    }
}
