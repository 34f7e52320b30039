//! What gateways say about text messages after they took them: where they call, how they show that it is they who call, and what their words mean.
//!
//! A gateway calls `/hooks/sms/…` of this installation. Kannel calls an address that was given to it with the message and is signed for it; Twilio signs what it
//! sends with the token of the account.

use crate::target::{SmsTarget, is_loopback};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use convoke_domain::{MessageId, Report};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use std::fmt::Write;
use url::Url;

/// Under this name the installation keeps the key that addresses for Kannel are signed with.
pub const KEY_NAME: &str = "sms_reports_key";

/// What Kannel is asked to tell: delivered (1), not delivered (2), kept for later (4), refused by the operator (16).
const KANNEL_MASK: &str = "23";

/// Bytes of a signature that stand in an address.
const SIGNATURE: usize = 16;

/// Where a gateway tells what became of text messages.
#[derive(Clone)]
pub struct ReportAddress {
    base_url: String,
    key: String,
}

impl std::fmt::Debug for ReportAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportAddress({:?}, …)", self.base_url)
    }
}

impl ReportAddress {
    /// Below `base_url`, signed with `key`; `None` when the gateway could not reach it: an address of this machine is for gateways on this machine.
    pub fn new(base_url: &str, key: &str, gateway: &SmsTarget) -> Option<Self> {
        let host = |text: &str| Some(Url::parse(text).ok()?.host_str()?.to_owned());
        let gateway_is_here = match gateway {
            SmsTarget::Folder(_) => return None,
            SmsTarget::Kannel { base, .. } | SmsTarget::Twilio { base, .. } => {
                host(base).is_some_and(|host| is_loopback(&host))
            }
        };
        let here = host(base_url)?;
        let reachable = !is_loopback(&here) && here != "0.0.0.0" && here != "[::]";
        (gateway_is_here || reachable).then(|| Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
        })
    }

    /// What is sent to Kannel with a message, so that it calls: names and values.
    pub(crate) fn for_kannel(&self, message: MessageId) -> [(&'static str, String); 2] {
        [
            ("dlr-mask", KANNEL_MASK.to_owned()),
            ("dlr-url", self.kannel_url(message)),
        ]
    }

    /// Where Kannel calls about a message, with the places where it writes what it says.
    pub fn kannel_url(&self, message: MessageId) -> String {
        let signature = signed_for_kannel(&self.key, message)
            .finalize()
            .into_bytes();
        let mut hex = String::new();
        for byte in &signature[..SIGNATURE] {
            let _ = write!(hex, "{byte:02x}");
        }
        format!(
            "{}/hooks/sms/kannel/{message}/{hex}?status=%d&answer=%A",
            self.base_url
        )
    }

    /// Where Twilio calls about a message.
    pub(crate) fn for_twilio(&self, message: MessageId) -> String {
        twilio_url(&self.base_url, message)
    }
}

/// Where Twilio calls about a message, as it was given to it: what it signs begins with this.
pub fn twilio_url(base_url: &str, message: MessageId) -> String {
    format!(
        "{}/hooks/sms/twilio/{message}",
        base_url.trim_end_matches('/')
    )
}

fn signed_for_kannel(key: &str, message: MessageId) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(b"kannel:");
    mac.update(message.0.as_bytes());
    mac
}

/// Whether an address that Kannel calls was signed with `key` for this message. Takes as long for every signature.
pub fn is_signed_for_kannel(key: &str, message: MessageId, signature: &str) -> bool {
    let digits = signature.as_bytes();
    if digits.len() != SIGNATURE * 2 {
        return false;
    }
    let given = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    let Some(given) = given.collect::<Option<Vec<u8>>>() else {
        return false;
    };
    signed_for_kannel(key, message)
        .verify_truncated_left(&given)
        .is_ok()
}

/// What Kannel's `%d` says (Kannel user guide, "Delivery reports").
pub fn kannel_status(status: &str) -> Option<Report> {
    let bits: u32 = status.trim().parse().ok()?;
    match bits {
        bits if bits & 1 != 0 => Some(Report::Delivered),
        bits if bits & (2 | 16) != 0 => Some(Report::Bounced),
        bits if bits & 4 != 0 => Some(Report::Delayed),
        // That the operator took it is known.
        _ => None,
    }
}

/// What Twilio's `MessageStatus` says.
pub fn twilio_status(status: &str) -> Option<Report> {
    match status {
        "delivered" | "read" => Some(Report::Delivered),
        "undelivered" | "failed" => Some(Report::Bounced),
        // Queued, sending, sent: known, or soon followed by one of the others.
        _ => None,
    }
}

/// Whether Twilio signed this: HMAC-SHA1 with the token of the account over the address and the fields of the form, by name, in Base64.
pub fn is_signed_by_twilio(
    token: &str,
    url: &str,
    fields: &[(String, String)],
    signature: &str,
) -> bool {
    let Ok(given) = STANDARD.decode(signature) else {
        return false;
    };
    let mut mac =
        Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(url.as_bytes());
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac.verify_slice(&given).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn message(n: u128) -> MessageId {
        MessageId(Uuid::from_u128(n))
    }

    fn kannel() -> SmsTarget {
        "kannel://u:p@127.0.0.1:13013".parse().unwrap()
    }

    #[test]
    fn an_address_for_kannel_is_good_for_one_message() {
        let address = ReportAddress::new("http://127.0.0.1:3000/", "key", &kannel()).unwrap();
        let [_, (_, url)] = address.for_kannel(message(1));
        let rest = url
            .strip_prefix(
                "http://127.0.0.1:3000/hooks/sms/kannel/00000000-0000-0000-0000-000000000001/",
            )
            .unwrap();
        let (signature, query) = rest.split_once('?').unwrap();
        assert_eq!(query, "status=%d&answer=%A");
        assert!(is_signed_for_kannel("key", message(1), signature));
        assert!(!is_signed_for_kannel("key", message(2), signature));
        assert!(!is_signed_for_kannel("other", message(1), signature));
        for wrong in ["", "00", &signature[..30], &format!("{signature}00"), "zz"] {
            assert!(!is_signed_for_kannel("key", message(1), wrong), "{wrong}");
        }
        assert!(!is_signed_for_kannel("key", message(1), &"é".repeat(16)));
    }

    #[test]
    fn a_gateway_is_told_only_an_address_that_it_reaches() {
        let twilio: SmsTarget = "twilio://AC1:t@api.twilio.com".parse().unwrap();
        let folder: SmsTarget = "file:/nowhere".parse().unwrap();
        let told =
            |base: &str, gateway: &SmsTarget| ReportAddress::new(base, "k", gateway).is_some();
        assert!(told("https://convoke.example.org", &twilio));
        assert!(told("https://convoke.example.org", &kannel()));
        assert!(told("http://127.0.0.1:3000", &kannel()));
        for here in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://0.0.0.0:3000",
            "http://[::1]:1",
        ] {
            assert!(!told(here, &twilio), "{here}");
        }
        assert!(!told("https://convoke.example.org", &folder));
        let debug = format!(
            "{:?}",
            ReportAddress::new("http://a.b", "secret", &kannel())
        );
        assert!(!debug.contains("secret"), "{debug}");
    }

    #[test]
    fn what_gateways_say() {
        for (status, report) in [
            ("1", Some(Report::Delivered)),
            ("2", Some(Report::Bounced)),
            ("16", Some(Report::Bounced)),
            ("4", Some(Report::Delayed)),
            ("8", None),
            ("", None),
            ("-1", None),
        ] {
            assert_eq!(kannel_status(status), report, "{status}");
        }
        for (status, report) in [
            ("delivered", Some(Report::Delivered)),
            ("undelivered", Some(Report::Bounced)),
            ("failed", Some(Report::Bounced)),
            ("sent", None),
            ("queued", None),
        ] {
            assert_eq!(twilio_status(status), report, "{status}");
        }
    }

    /// The example of Twilio's documentation ("Validating Signatures from Twilio").
    #[test]
    fn the_signature_of_the_documentation() {
        let fields: Vec<(String, String)> = [
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("From", "+14158675309"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let good = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert!(is_signed_by_twilio("12345", url, &fields, good));
        assert!(!is_signed_by_twilio("12346", url, &fields, good));
        assert!(!is_signed_by_twilio(
            "12345",
            "https://mycompany.com/",
            &fields,
            good
        ));
        assert!(!is_signed_by_twilio("12345", url, &fields[1..], good));
        for wrong in ["", "RSOYDt4T1cUTdK1PDd93", "not base64!"] {
            assert!(!is_signed_by_twilio("12345", url, &fields, wrong));
        }
    }
}
