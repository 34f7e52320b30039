//! Kannel's HTTP interface: `GET /cgi-bin/sendsms` (Kannel user guide, chapter 10, "Using the HTTP interface to sendsms").

use super::{Failure, Gateway, Parcel, Receipt, excerpt, http_client, http_failure};
use crate::reports::ReportAddress;
use crate::target::Credentials;
use convoke_domain::message::Problem;
use convoke_domain::sms::{Coding, sms_size};
use convoke_storage::outbox::Destination;
use futures::future::BoxFuture;

/// Hands text messages to Kannel's smsbox.
pub struct KannelGateway {
    client: reqwest::Client,
    base: String,
    credentials: Credentials,
    from: String,
    reports: Option<ReportAddress>,
}

impl KannelGateway {
    /// For the smsbox at `base` (`http://host:port`), which tells `reports` what became of messages.
    pub fn new(
        base: &str,
        credentials: &Credentials,
        from: Option<&str>,
        reports: Option<ReportAddress>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            client: http_client()?,
            base: base.to_owned(),
            credentials: credentials.clone(),
            // smsbox refuses a message without a sender.
            from: from.unwrap_or(crate::target::SMS_SENDER).to_owned(),
            reports,
        })
    }

    async fn send(&self, parcel: &Parcel) -> Result<Receipt, Failure> {
        let text = parcel.rendered.text.as_str();
        let coding = match sms_size(text).coding {
            Coding::Gsm7 => "0",
            Coding::Ucs2 => "2",
        };
        let query = [
            ("username", self.credentials.user.as_str()),
            ("password", self.credentials.password.as_str()),
            ("to", parcel.address.as_str()),
            ("text", text),
            ("charset", "UTF-8"),
            ("coding", coding),
            ("from", self.from.as_str()),
        ];
        let told = self.reports.as_ref().map(|to| to.for_kannel(parcel.id));
        let response = self
            .client
            .get(format!("{}/cgi-bin/sendsms", self.base))
            .query(&query)
            .query(told.as_ref().map_or(&[][..], |told| told))
            .send()
            .await
            .map_err(|e| http_failure(&e))?;
        let status = response.status().as_u16();
        // The status alone says whether it was taken.
        let body = response.text().await.unwrap_or_default();
        answer(status, &body)
    }
}

/// What smsbox's answer means. 202 is the only yes (`0: Accepted for delivery`, `3: Queued for later delivery`).
fn answer(status: u16, body: &str) -> Result<Receipt, Failure> {
    let said = format!("{status} {}", excerpt(body));
    let lower = body.to_ascii_lowercase();
    match status {
        200 | 202 => Ok(Receipt {
            provider_id: excerpt(body),
        }),
        // smsbox uses one status for a wrong password and for a number that no route takes.
        403 if lower.contains("routable") || lower.contains("do not try again") => {
            Err(Failure::Never(Problem::AddressRefused, said))
        }
        401..=404 => Err(Failure::StopChannel(said)),
        400 if lower.contains("sender") => Err(Failure::StopChannel(said)),
        400 | 413 | 414 if lower.contains("receiver") || lower.contains("number") => {
            Err(Failure::Never(Problem::AddressRefused, said))
        }
        400 | 413 | 414 => Err(Failure::Never(Problem::MessageRefused, said)),
        429 | 503 => Err(Failure::TryAgain(said)),
        _ => Err(Failure::Uncertain(said)),
    }
}

impl Gateway for KannelGateway {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>> {
        Box::pin(self.send(parcel))
    }

    fn destination(&self) -> Destination {
        Destination {
            address: format!("Kannel, {}", self.base),
            is_file: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_smsbox() {
        let kind = |status, body| match answer(status, body) {
            Ok(_) => "taken",
            Err(Failure::TryAgain(_) | Failure::Unreachable(_)) => "again",
            Err(Failure::Never(Problem::AddressRefused, _) | Failure::NoSuchAddress(_)) => "number",
            Err(Failure::Never(..)) => "message",
            Err(Failure::StopChannel(_)) => "stop",
            Err(Failure::Uncertain(_)) => "uncertain",
        };
        for (status, body, expected) in [
            (202, "0: Accepted for delivery", "taken"),
            (202, "3: Queued for later delivery", "taken"),
            (403, "Authorization failed for sendsms", "stop"),
            (403, "Not routable. Do not try again.", "number"),
            (503, "Temporal failure, try again later.", "again"),
            (400, "Missing receiver number, rejected", "number"),
            (400, "Message rejected", "message"),
            (400, "Sender missing and no global set, rejected", "stop"),
            (402, "", "stop"),
            (502, "Bad gateway", "uncertain"),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }
}
