//! What a mail that comes back says: about which of our messages, and what became of it.
//!
//! Most are delivery status notifications (RFC 3464). Those that are not, are understood when a mail system wrote them, say that it is for good, and bring the
//! Message-ID of ours along. Everything else (answers of people, absences, advertising) says nothing about a message and is left alone.

use convoke_domain::{MessageId, Report};
use mail_parser::{
    Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

/// What is known of a message of ours by a mail that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComeBack {
    /// Our message.
    pub message_id: MessageId,
    /// What became of it.
    pub report: Report,
    /// The words of the server that refused it.
    pub detail: String,
}

/// Reads a mail; `None` when it says nothing about a message of ours.
pub fn read(raw: &[u8]) -> Option<ComeBack> {
    let mail = MessageParser::default().parse(raw)?;
    let (report, detail) = status(&mail).or_else(|| plain_words(&mail))?;
    Some(ComeBack {
        message_id: ours(&mail)?,
        report,
        detail: crate::render::one_line(&detail),
    })
}

/// What the part `message/delivery-status` says.
fn status(mail: &Message<'_>) -> Option<(Report, String)> {
    let part = mail.parts.iter().find(|part| {
        is(
            part,
            "message",
            &["delivery-status", "global-delivery-status"],
        )
    })?;
    let text = String::from_utf8_lossy(part.contents());
    let fields = fields(&text);
    let value = |name: &str| {
        fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let status = value("status");
    let report = match value("action").to_ascii_lowercase().as_str() {
        // Given up: whatever the status says about later, nobody tries again.
        "failed" => Report::Bounced,
        "delayed" => Report::Delayed,
        "delivered" => Report::Delivered,
        "" if status.starts_with('5') => Report::Bounced,
        "" if status.starts_with('4') => Report::Delayed,
        // Relayed or expanded: somebody else has it, of whom nothing more will be heard.
        _ => return None,
    };
    let said = value("diagnostic-code");
    // `smtp; 550 5.1.1 …`: the kind of the words is of no use to a person.
    let said = said.split_once(';').map_or(said, |(_, words)| words.trim());
    let detail = if said.is_empty() { status } else { said };
    Some((report, detail.to_owned()))
}

/// Lines `Name: value` with their continuations, of all groups in one list; names in lower case.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// What a mail system says in words of its own: only what it says for good.
fn plain_words(mail: &Message<'_>) -> Option<(Report, String)> {
    let refused = mail.header("X-Failed-Recipients").is_some();
    if !refused && !is_from_a_mail_system(mail) {
        return None;
    }
    let text = mail.body_text(0)?;
    // Below it stands what we had written ourselves.
    let text = ["copy of the message", "original message", "Below this line"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
        .map_or(&*text, |end| &text[..end]);
    let said = text.lines().map(str::trim).find(|line| is_refusal(line));
    match said {
        Some(said) => Some((Report::Bounced, said.to_owned())),
        None if refused => Some((Report::Bounced, String::new())),
        None => None,
    }
}

fn is_from_a_mail_system(mail: &Message<'_>) -> bool {
    let from = match mail.from() {
        Some(Address::List(list)) => list.first().and_then(|address| address.address()),
        _ => None,
    };
    let user = from
        .unwrap_or_default()
        .split('@')
        .next()
        .unwrap_or_default();
    ["mailer-daemon", "postmaster"]
        .iter()
        .any(|name| user.eq_ignore_ascii_case(name))
}

/// Whether a line holds a reply that refuses for good: `550` or `5.1.1` as a word of its own (RFC 5321, section 4.2; RFC 3463).
fn is_refusal(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit() && c != '.')
        .any(|word| {
            let word = word.trim_end_matches('.');
            let is_number =
                |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let parts: Vec<&str> = word.split('.').collect();
            match parts.as_slice() {
                [code] => code.len() == 3 && code.starts_with("55"),
                ["5", subject, detail] => is_number(subject) && is_number(detail),
                _ => false,
            }
        })
}

fn is(part: &MessagePart<'_>, kind: &str, subtypes: &[&str]) -> bool {
    part.content_type().is_some_and(|found| {
        found.ctype().eq_ignore_ascii_case(kind)
            && found
                .subtype()
                .is_some_and(|subtype| subtypes.iter().any(|s| subtype.eq_ignore_ascii_case(s)))
    })
}

/// Which of our messages came back: the one that is brought along, else the one that is named.
fn ours(mail: &Message<'_>) -> Option<MessageId> {
    let brought = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Message(message) => message.message_id().and_then(our_id),
        _ if is(part, "text", &["rfc822-headers"])
            || is(part, "message", &["rfc822-headers", "global-headers"]) =>
        {
            let text = String::from_utf8_lossy(part.contents());
            let fields = fields(&text);
            let id = fields.iter().find(|(name, _)| name == "message-id");
            id.and_then(|(_, value)| our_id(value))
        }
        _ => None,
    });
    brought
        .or_else(|| {
            // Exim, qmail and others put the headers into the text.
            let text = mail.body_text(0)?;
            text.lines().find_map(|line| {
                let (name, value) = line.trim().split_once(':')?;
                name.eq_ignore_ascii_case("message-id")
                    .then(|| our_id(value))?
            })
        })
        .or_else(|| {
            ["In-Reply-To", "References", "Original-Message-ID"]
                .into_iter()
                .find_map(|name| match mail.header(name)? {
                    HeaderValue::Text(id) => our_id(id),
                    HeaderValue::TextList(ids) => ids.iter().find_map(|id| our_id(id)),
                    _ => None,
                })
        })
}

/// Our Message-IDs are `<id of the message@domain>`.
fn our_id(text: &str) -> Option<MessageId> {
    let text = text.trim().trim_start_matches('<');
    let (id, _) = text.split_once('@')?;
    // Only as we write them: braces, URNs and capitals are somebody else's.
    let id: uuid::Uuid = id
        .parse()
        .ok()
        .filter(|known: &uuid::Uuid| known.to_string() == id)?;
    Some(MessageId(id))
}

#[cfg(test)]
mod tests;
