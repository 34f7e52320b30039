//! An e-mail as it goes over the wire.

use super::Parcel;
use crate::render::one_line;
use crate::target::Sender;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use std::time::{Duration, UNIX_EPOCH};

/// Puts a rendered message into its envelope. The error says which address is not one.
///
/// The Message-ID is that of the row, so that a mail server or reader that sees two attempts of one message can tell.
pub fn envelope(parcel: &Parcel, from: &Sender) -> Result<Message, String> {
    let mailbox = |name: Option<&str>, address: &str| {
        let address = address
            .parse()
            .map_err(|e| format!("{address} is not an address: {e}"))?;
        Ok::<_, String>(Mailbox::new(
            name.map(one_line).filter(|name| !name.is_empty()),
            address,
        ))
    };
    let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(parcel.at.0).unwrap_or(0));
    let rendered = &parcel.rendered;
    let mut bodies = MultiPart::alternative().singlepart(SinglePart::plain(rendered.text.clone()));
    if let Some(html) = &rendered.html {
        bodies = bodies.singlepart(SinglePart::html(html.clone()));
    }
    let mut parts = MultiPart::mixed().multipart(bodies);
    if let Some(calendar) = &rendered.calendar {
        let kind = ContentType::parse(&format!(
            "text/calendar; charset=utf-8; method={}",
            calendar.method
        ))
        .map_err(|e| e.to_string())?;
        parts = parts.singlepart(
            Attachment::new("training.ics".to_owned()).body(calendar.text.clone(), kind),
        );
    }
    for file in &rendered.enclosed {
        parts = parts.singlepart(file.part());
    }
    let letterhead = &parcel.letterhead;
    let sender_name = match letterhead.sender_name.as_str() {
        "" => from.name.as_deref(),
        name => Some(name),
    };
    let mut head = Message::builder().from(mailbox(sender_name, &from.email)?);
    if !letterhead.reply_to.is_empty() {
        head = head.reply_to(mailbox(sender_name, &letterhead.reply_to)?);
    }
    if let Some(stop) = &rendered.stop {
        head = head.raw_header(raw("List-Unsubscribe", format!("<{stop}>")));
        // RFC 8058 asks for https.
        if stop.starts_with("https:") {
            let one_click = "List-Unsubscribe=One-Click".to_owned();
            head = head.raw_header(raw("List-Unsubscribe-Post", one_click));
        }
    }
    head.to(mailbox(Some(&parcel.name), &parcel.address)?)
        .subject(one_line(&rendered.subject))
        .date(at)
        .message_id(Some(message_id(parcel, from)))
        // RFC 3834: no holiday answers to this.
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
        .multipart(parts)
        .map_err(|e| e.to_string())
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// `<message id@domain of the sender>`.
pub(super) fn message_id(parcel: &Parcel, from: &Sender) -> String {
    format!("<{}@{}>", parcel.id, from.domain())
}
