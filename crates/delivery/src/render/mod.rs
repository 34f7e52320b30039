//! What a message says: subject, plain text, HTML and calendar entry, in the reader's language.

mod account;
mod mail;
mod sample;
mod sms;
mod text;

pub use account::{AccountLetter, render_account};
pub use mail::{mail_style, mail_style_source};
pub use sample::sample_training;
pub use text::built_in;

use crate::attachments::Enclosed;
use crate::calendar;
use convoke_domain::message_text::{Placeholder, TextDraft};
use convoke_domain::person::full_name;
use convoke_domain::sms::SmsCost;
use convoke_domain::view::MessagePreview;
use convoke_domain::{Channel, Language, MessageKind, Timestamp};
use convoke_storage::outbox::{PersonFacts, TrainingFacts};
use convoke_texts::{dates, t};
use std::borrow::Cow;

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
    /// Where a mail program can say that its reader wants no more; `None` for an SMS and for what only shows a text.
    pub stop: Option<String>,
    /// Files that go with an e-mail: put in when they were read, shortly before it is handed over.
    pub enclosed: Vec<Enclosed>,
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
    /// What was written to be said, for the kind, language and channel; `None` for the words of the catalogue.
    pub text: Option<&'a TextDraft>,
    /// The reader's personal link; a cancellation does not show it.
    pub link: &'a str,
    /// The address by which the reader says that they want no more messages; empty where there is none, and in an SMS not shown.
    pub stop: &'a str,
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
            stop: None,
            enclosed: Vec::new(),
        },
    }
}

/// What is said in a letter: what was written, or the words of the catalogue.
fn draft<'a>(letter: &Letter<'a>, channel: Channel) -> Cow<'a, TextDraft> {
    match letter.text {
        Some(written) => Cow::Borrowed(written),
        None => Cow::Owned(built_in(letter.kind, letter.language, channel)),
    }
}

/// What the placeholders stand for in a letter.
pub fn values(letter: &Letter<'_>) -> Vec<(Placeholder, String)> {
    Placeholder::ALL
        .iter()
        .map(|placeholder| (*placeholder, text::value(letter, *placeholder)))
        .collect()
}

/// A letter as its reader will see it, with a few words in place of the personal link. `sample_link` is as long as a real one: what an SMS
/// costs depends on it.
pub fn preview(letter: &Letter<'_>, channel: Channel, sample_link: &str) -> MessagePreview {
    let words = t!(letter.language, "mail-your-link");
    let stop = t!(letter.language, "mail-your-stop-link");
    let shown = render(
        &Letter {
            link: &words,
            stop: &stop,
            ..*letter
        },
        channel,
    );
    let sms = (channel == Channel::Sms).then(|| {
        let real = Letter {
            link: sample_link,
            ..*letter
        };
        SmsCost::of(&sms::text(&real))
    });
    MessagePreview {
        to: full_name(&letter.person.first_name, &letter.person.last_name),
        channel,
        subject: shown.subject,
        text: shown.text,
        html: shown.html,
        sms,
        attachments: Vec::new(),
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
