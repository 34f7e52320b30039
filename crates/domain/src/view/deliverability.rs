use crate::person::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What is looked at of the sender of e-mails.
    SenderAspect {
        /// The address itself.
        Address = "address",
        /// Who may send for the domain (RFC 7208).
        Spf = "spf",
        /// The signature (RFC 6376).
        Dkim = "dkim",
        /// What receivers do with what is neither (RFC 7489).
        Dmarc = "dmarc",
        /// Whether the domain takes mail: answers, and what comes back.
        Mx = "mx",
        /// The way to the mail server.
        Encryption = "encryption",
        /// Who signs in there.
        Login = "login",
        /// Where answers go.
        ReplyTo = "reply_to",
        /// Whether mails that come back are noticed.
        Bounces = "bounces",
    }
}

text_enum! {
    /// How it is.
    Verdict {
        /// As it should be.
        Good = "good",
        /// It works, and could be better.
        Better = "better",
        /// Mails are lost by it, or taken for spam.
        Wrong = "wrong",
        /// It could not be looked up.
        Unknown = "unknown",
    }
}

/// A record to be published in the DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsRecord {
    /// Its name, with the domain.
    pub name: String,
    /// `TXT`.
    pub kind: String,
    /// Its value, without quotation marks.
    pub value: String,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderFinding {
    /// What.
    pub aspect: SenderAspect,
    /// How it is.
    pub verdict: Verdict,
    /// Which sentence says what it means and what to do: `sender-…` in the catalogue.
    pub reason: String,
    /// What was seen: records, a domain, the resolver's words.
    pub seen: Vec<String>,
    /// What to publish.
    pub publish: Option<DnsRecord>,
}

/// What was found out about the sender of e-mails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderView {
    /// The address of the sender; empty where the program does not send.
    pub from: String,
    /// What was looked at.
    pub findings: Vec<SenderFinding>,
}
