//! What a message says: subject, plain text, HTML and calendar entry, in the reader's language.

mod account;
mod mail;
mod sms;

pub use account::{AccountLetter, render_account};
pub use sms::{Coding, SmsSize, sms_size};

use crate::calendar;
use convoke_domain::person::full_name;
use convoke_domain::view::MessagePreview;
use convoke_domain::{Channel, Language, MessageKind, Timestamp};
use convoke_storage::outbox::{PersonFacts, TrainingFacts};
use convoke_texts::{dates, t};

/// A message, ready to be put into an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line; empty for an SMS.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; `None` for an SMS.
    pub html: Option<String>,
    /// iCalendar; `None` for an SMS.
    pub calendar: Option<calendar::Attached>,
}

/// What is written, to whom, about what.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The training.
    pub training: &'a TrainingFacts,
    /// The reader.
    pub person: &'a PersonFacts,
    /// Why.
    pub kind: MessageKind,
    /// The reader's language.
    pub language: Language,
    /// The reader's personal link; a cancellation does not show it.
    pub link: &'a str,
    /// The one-time code of an [`MessageKind::EntryCode`]; empty in everything else.
    pub code: &'a str,
    /// Whether the reader only waits for a place, and has nothing to write into a calendar.
    pub waits: bool,
    /// When it is written; the time stamp of the calendar entry.
    pub now: Timestamp,
    /// The address it comes from, for the organiser of the calendar entry.
    pub from: Option<&'a str>,
}

/// Renders for a channel.
pub fn render(letter: &Letter<'_>, channel: Channel) -> Rendered {
    match channel {
        Channel::Email => mail::render(letter),
        Channel::Sms => Rendered {
            subject: String::new(),
            text: sms::text(letter),
            html: None,
            calendar: None,
        },
    }
}

/// The message as `person` will see it, with a few words in place of the personal link.
pub fn preview(
    training: &TrainingFacts,
    person: &PersonFacts,
    kind: MessageKind,
    channel: Channel,
    language: Language,
) -> MessagePreview {
    let link = t!(language, "mail-your-link");
    let letter = Letter {
        training,
        person,
        kind,
        language,
        link: &link,
        code: "",
        waits: false,
        now: Timestamp(0),
        from: None,
    };
    let rendered = render(&letter, channel);
    MessagePreview {
        to: full_name(&person.first_name, &person.last_name),
        channel,
        subject: rendered.subject,
        text: rendered.text,
    }
}

/// One line without control characters, for headers: what a person typed cannot begin a header of its own.
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn date_line(letter: &Letter<'_>) -> String {
    let training = letter.training;
    dates::date_range(
        letter.language,
        training.starts_at,
        training.ends_at,
        &training.time_zone,
    )
}

fn time_line(letter: &Letter<'_>) -> String {
    let training = letter.training;
    let times = dates::time_range(
        letter.language,
        training.starts_at,
        training.ends_at,
        &training.time_zone,
        training
            .days_taught
            .and_then(|days| u32::try_from(days).ok()),
    );
    t!(
        letter.language,
        "mail-times",
        times = times,
        zone = training.time_zone.as_str()
    )
}
