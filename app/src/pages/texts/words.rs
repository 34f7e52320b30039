//! What the editor calls things.

use crate::language::language;
use crate::tr;
use convoke_domain::message_text::{
    MAX_MAIL, MAX_SMS, MAX_SUBJECT, Placeholder, TextField, TextKey, TextProblem,
};
use convoke_domain::view::TextSource;
use convoke_domain::{Channel, Language, MessageKind};
use convoke_texts::{t, text};

fn of(area: &str, word: &str) -> String {
    text(
        language(),
        &format!("{area}-{}", word.replace('_', "-")),
        &[],
    )
}

/// A kind, as the outbox calls it.
pub fn kind_name(kind: MessageKind) -> String {
    of("messages-kind", kind.as_str())
}

/// When it is sent.
pub fn kind_help(kind: MessageKind) -> String {
    of("text-kind", kind.as_str())
}

/// A placeholder.
pub fn placeholder_name(placeholder: Placeholder) -> String {
    of("text-placeholder", placeholder.as_str())
}

/// Who wrote a text.
pub fn source_name(source: TextSource) -> String {
    of("text-source", source.as_str())
}

/// A language, in itself.
pub fn language_name(of: Language) -> String {
    match of {
        Language::En => t!(of, "language-en"),
        Language::Fr => t!(of, "language-fr"),
    }
}

/// A language in the reader's, within a sentence.
pub fn language_within(which: Language) -> String {
    of("language-within", which.as_str())
}

/// What is wrong with a field.
pub fn problem(problem: &TextProblem, field: TextField, key: TextKey) -> String {
    match problem {
        TextProblem::Empty => tr!("text-problem-empty"),
        TextProblem::TooLong => {
            let most = match (field, key.channel) {
                (TextField::Subject, _) => MAX_SUBJECT,
                (TextField::Body, Channel::Email) => MAX_MAIL,
                (TextField::Body, Channel::Sms) => MAX_SMS,
            };
            tr!("text-problem-too-long", most = most)
        }
        TextProblem::NoSuchPlaceholder(name) => {
            tr!("text-problem-placeholder", name = format!("{{{name}}}"))
        }
        TextProblem::NoLink => {
            tr!(
                "text-problem-link",
                name = Placeholder::Link.typed(key.language)
            )
        }
        TextProblem::LinkInSubject => tr!("text-problem-link-subject"),
    }
}
