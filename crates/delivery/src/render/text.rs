//! The texts themselves: the built-in ones, what placeholders stand for, and how typed lines become lines of a mail.

use super::{Letter, date_line, one_line};
use convoke_domain::message_text::{Piece, Placeholder, TextDraft, fill, pieces};
use convoke_domain::{Channel, Language, MessageKind, Timestamp};
use convoke_texts::{FluentValue, dates, t, text};
use serde::Serialize;

/// The text of the catalogue, with its placeholders: what is said where nobody wrote a text.
pub fn built_in(kind: MessageKind, language: Language, channel: Channel) -> TextDraft {
    let key = kind.as_str().replace('_', "-");
    let values: Vec<(&str, FluentValue<'_>)> = Placeholder::ALL
        .iter()
        .map(|placeholder| (placeholder.as_str(), placeholder.typed(language).into()))
        .collect();
    let said = |area: &str| text(language, &format!("{area}-{key}"), &values);
    match channel {
        Channel::Sms => TextDraft {
            subject: String::new(),
            body: said("sms"),
        },
        Channel::Email => {
            let greeting = t!(
                language,
                "mail-greeting",
                name = Placeholder::FirstName.typed(language)
            );
            TextDraft {
                subject: said("mail-subject"),
                body: format!("{greeting}\n\n{}", said("mail-intro")),
            }
        }
    }
}

/// What a placeholder stands for in a letter; always one line.
pub(super) fn value(letter: &Letter<'_>, placeholder: Placeholder) -> String {
    let training = letter.training;
    let language = letter.language;
    let known = |text: &str| match one_line(text) {
        nothing if nothing.is_empty() => t!(language, "mail-to-be-announced"),
        known => known,
    };
    match placeholder {
        Placeholder::FirstName => one_line(&letter.person.first_name),
        Placeholder::LastName => one_line(&letter.person.last_name),
        Placeholder::Title => one_line(&training.title),
        Placeholder::Dates => date_line(letter),
        Placeholder::Times => dates::time_range(
            language,
            training.starts_at,
            training.ends_at,
            &training.time_zone,
            None,
        ),
        Placeholder::Place => known(&training.place),
        Placeholder::Trainers => known(&training.trainers.join(", ")),
        Placeholder::Organisation => one_line(&training.organisation),
        // Where there is no deadline, an answer is taken until it begins.
        Placeholder::Deadline => dates::date_time(
            language,
            training
                .answer_deadline
                .map_or(training.starts_at, Timestamp),
            &training.time_zone,
        ),
        Placeholder::Link => letter.link.to_owned(),
    }
}

/// One line of a text, filled in.
pub(super) fn line(letter: &Letter<'_>, typed: &str) -> String {
    fill(typed, |placeholder| value(letter, placeholder))
}

/// A part of a line: words, or the personal link.
#[derive(Serialize)]
pub(super) struct Span {
    text: String,
    link: bool,
}

/// Paragraphs (parted by empty lines) of lines of spans.
pub(super) type Paragraphs = Vec<Vec<Vec<Span>>>;

/// A typed text, filled in.
pub(super) fn paragraphs(letter: &Letter<'_>, typed: &str) -> Paragraphs {
    super::mail::paragraphs(typed)
        .into_iter()
        .map(|lines| lines.iter().map(|typed| spans(letter, typed)).collect())
        .collect()
}

fn spans(letter: &Letter<'_>, typed: &str) -> Vec<Span> {
    pieces(typed)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => Span::words(text.to_owned()),
            Piece::Placeholder(Placeholder::Link) => Span {
                text: letter.link.to_owned(),
                link: true,
            },
            Piece::Placeholder(placeholder) => Span::words(value(letter, placeholder)),
            Piece::Unknown(name) => Span::words(format!("{{{name}}}")),
        })
        .collect()
}

impl Span {
    fn words(text: String) -> Self {
        Self { text, link: false }
    }
}

/// Paragraphs that have nothing to fill in.
pub(super) fn plain(paragraphs: &[&str]) -> Paragraphs {
    paragraphs
        .iter()
        .map(|words| vec![vec![Span::words((*words).to_owned())]])
        .collect()
}

/// The same as plain text.
pub(super) fn as_text(paragraphs: &Paragraphs) -> String {
    let lines = |lines: &Vec<Vec<Span>>| {
        lines
            .iter()
            .map(|spans| spans.iter().map(|span| span.text.as_str()).collect())
            .collect::<Vec<String>>()
            .join("\n")
    };
    paragraphs
        .iter()
        .map(lines)
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::message_text::{WRITABLE, problems};
    use convoke_domain::sms::{Coding, plain_signs, sms_size};

    #[test]
    fn every_built_in_text_may_be_saved_as_it_is() {
        for kind in WRITABLE {
            for language in Language::ALL {
                for channel in Channel::ALL {
                    let draft = built_in(*kind, *language, *channel);
                    assert_eq!(problems(*kind, *channel, &draft), [], "{draft:?}");
                    assert_eq!(draft, draft.tidied());
                    assert!(
                        !draft.body.contains(&*format!("-{kind}")),
                        "it is in the catalogue: {draft:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_built_in_text_message_is_dear_by_itself() {
        for kind in WRITABLE {
            for language in Language::ALL {
                let draft = built_in(*kind, *language, Channel::Sms);
                let size = sms_size(&plain_signs(&fill(&draft.body, |_| "x".to_owned())));
                assert_eq!(size.coding, Coding::Gsm7, "{}", draft.body);
            }
        }
    }
}
