//! Text messages.

use super::{Letter, draft, text};
use convoke_domain::sms::plain_signs;
use convoke_domain::{Channel, MessageKind};
use convoke_texts::t;

pub(super) fn text(letter: &Letter<'_>) -> String {
    let said = match letter.kind {
        MessageKind::EntryCode => t!(
            letter.language,
            "sms-entry-code",
            code = letter.code,
            title = super::one_line(&letter.training.title)
        ),
        _ => draft(letter, Channel::Sms)
            .body
            .lines()
            .map(|typed| text::line(letter, typed))
            .collect::<Vec<_>>()
            .join("\n"),
    };
    plain_signs(&said)
}
