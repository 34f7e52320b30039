//! The texts of messages that an organisation writes itself: their placeholders, and what may be written.
//!
//! A text has placeholders in braces: `Hello {first_name}`. What a placeholder stands for is put in once and never looked at again, so a name with
//! braces stays a name; and everything around it is text, never HTML or a template's code. Which placeholders a kind of message has is
//! [`placeholders`], for the editor, for the check of what is saved, and for filling in.

use crate::person::text_enum;
use crate::{Channel, Language, MessageKind, fold};
use serde::{Deserialize, Serialize};

/// Longest subject, in characters as typed.
pub const MAX_SUBJECT: usize = 200;
/// Longest text of an e-mail, in characters as typed.
pub const MAX_MAIL: usize = 10_000;
/// Longest SMS, in characters as typed.
pub const MAX_SMS: usize = 1_000;

/// The most files that go with an e-mail.
pub const MAX_ATTACHMENTS: usize = 5;
/// The most bytes that they have together. On the way they are a third larger, and most mail servers take 25 MB.
pub const MAX_ATTACHED_BYTES: u64 = 10_000_000;

/// What is wrong with files of these sizes, in bytes, as the attachments of one e-mail: the key of a sentence.
pub fn attachments_problem(sizes: impl IntoIterator<Item = u64>) -> Option<&'static str> {
    let (count, bytes) = sizes
        .into_iter()
        .fold((0_usize, 0_u64), |(count, bytes), size| {
            (count + 1, bytes.saturating_add(size))
        });
    if count > MAX_ATTACHMENTS {
        Some("error-attachments-many")
    } else if bytes > MAX_ATTACHED_BYTES {
        Some("error-attachments-large")
    } else {
        None
    }
}

/// The kinds whose text an organisation may write, in the order in which they are offered.
pub const WRITABLE: &[MessageKind] = &[
    MessageKind::Invitation,
    MessageKind::Resend,
    MessageKind::Reminder,
    MessageKind::ReminderStart,
    MessageKind::Change,
    MessageKind::Cancellation,
    MessageKind::Registered,
    MessageKind::WaitingList,
    MessageKind::PlaceFreed,
];

text_enum! {
    /// Something that is filled in when a message is written.
    Placeholder {
        /// The reader's first name.
        FirstName = "first_name",
        /// The reader's last name.
        LastName = "last_name",
        /// Title of the training.
        Title = "title",
        /// "9–10 December 2026".
        Dates = "dates",
        /// "09:00–17:00", in the training's time zone.
        Times = "times",
        /// Where it happens, or that it will be announced.
        Place = "place",
        /// Names of the trainers, or that they will be announced.
        Trainers = "trainers",
        /// Name of the organisation.
        Organisation = "organisation",
        /// Until when an answer is taken: the deadline, or the start where there is none.
        Deadline = "deadline",
        /// The personal link.
        Link = "link",
    }
}

impl Placeholder {
    /// Its name in a language: what the editor inserts, and what stands in a text of that language.
    pub const fn name(self, language: Language) -> &'static str {
        match language {
            Language::En => self.as_str(),
            Language::Fr => match self {
                Self::FirstName => "prénom",
                Self::LastName => "nom",
                Self::Title => "titre",
                Self::Dates => "dates",
                Self::Times => "horaires",
                Self::Place => "lieu",
                Self::Trainers => "formateurs",
                Self::Organisation => "organisation",
                Self::Deadline => "date_limite",
                Self::Link => "lien",
            },
        }
    }

    /// As it stands in a text of a language: `{first_name}`, `{prénom}`.
    pub fn typed(self, language: Language) -> String {
        format!("{{{}}}", self.name(language))
    }

    /// The placeholder of a name, in whatever language, case and with or without accents: whoever copies an English text into the French
    /// one is understood.
    pub fn of_name(name: &str) -> Option<Self> {
        let wanted = fold::plain(name);
        Self::ALL.iter().copied().find(|placeholder| {
            Language::ALL
                .iter()
                .any(|language| fold::plain(placeholder.name(*language)) == wanted)
        })
    }
}

/// The placeholders that a text of a kind may have.
pub fn placeholders(kind: MessageKind) -> impl Iterator<Item = Placeholder> {
    Placeholder::ALL
        .iter()
        .copied()
        .filter(move |placeholder| match placeholder {
            Placeholder::Deadline => kind.invites(),
            Placeholder::Link => kind.has_link(),
            _ => true,
        })
}

/// Whether a text has to have the personal link in it. An e-mail always has it: its button is not part of the text.
pub fn needs_link(kind: MessageKind, channel: Channel) -> bool {
    channel == Channel::Sms && kind.has_link()
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// To be filled in.
    Placeholder(Placeholder),
    /// In braces like a placeholder, and none: the words between them.
    Unknown(&'a str),
}

/// The pieces of a text. A brace without its counterpart in the same line is text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        let inside = &rest[open + 1..];
        match inside.find(['{', '}', '\n']) {
            Some(end) if inside.as_bytes()[end] == b'}' => {
                if open > 0 {
                    pieces.push(Piece::Text(&rest[..open]));
                }
                let name = &inside[..end];
                pieces.push(match Placeholder::of_name(name) {
                    Some(placeholder) => Piece::Placeholder(placeholder),
                    None => Piece::Unknown(name),
                });
                rest = &inside[end + 1..];
                from = 0;
            }
            _ => from = open + 1,
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The text with its placeholders filled in. What is no placeholder stays as it was typed.
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Placeholder(placeholder) => out.push_str(&value(placeholder)),
            Piece::Unknown(name) => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
    }
    out
}

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextKey {
    /// Why the message is sent.
    pub kind: MessageKind,
    /// In which language.
    pub language: Language,
    /// By e-mail or SMS.
    pub channel: Channel,
}

impl TextKey {
    /// The texts of a kind.
    pub fn all_of(kind: MessageKind) -> impl Iterator<Item = Self> {
        Language::ALL.iter().flat_map(move |language| {
            Channel::ALL.iter().map(move |channel| Self {
                kind,
                language: *language,
                channel: *channel,
            })
        })
    }
}

/// What a message says, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDraft {
    /// Subject of an e-mail; empty for an SMS.
    pub subject: String,
    /// The text: of an e-mail what stands above the facts and the button, of an SMS everything.
    pub body: String,
}

impl TextDraft {
    /// The draft as it is kept: line ends alike, nothing that is not to be seen, no space around it.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let clean = |text: &str, lines: bool| {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let kept: String = text
                .chars()
                .map(|c| match c {
                    '\n' if lines => '\n',
                    '\n' | '\t' => ' ',
                    c => c,
                })
                .filter(|c| *c == '\n' || !c.is_control())
                .collect();
            kept.trim().to_owned()
        };
        Self {
            subject: clean(&self.subject, false),
            body: clean(&self.body, true),
        }
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// There is nothing in it.
    Empty,
    /// It is longer than it may be.
    TooLong,
    /// The words in braces are no placeholder, or none that this kind of message has.
    NoSuchPlaceholder(String),
    /// The personal link is missing.
    NoLink,
    /// The personal link stands in the subject, where nobody can follow it.
    LinkInSubject,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// The subject.
    Subject,
    /// The text.
    Body,
}

impl TextField {
    /// The name of the input.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Body => "body",
        }
    }
}

/// What is wrong with a draft, the first in each field; nothing when it may be saved.
pub fn problems(
    kind: MessageKind,
    channel: Channel,
    draft: &TextDraft,
) -> Vec<(TextField, TextProblem)> {
    let mut found = Vec::new();
    if channel == Channel::Email {
        let problem = in_field(kind, &draft.subject, MAX_SUBJECT).or_else(|| {
            has(&draft.subject, Placeholder::Link).then_some(TextProblem::LinkInSubject)
        });
        found.extend(problem.map(|problem| (TextField::Subject, problem)));
    }
    let most = match channel {
        Channel::Email => MAX_MAIL,
        Channel::Sms => MAX_SMS,
    };
    let problem = in_field(kind, &draft.body, most).or_else(|| {
        (needs_link(kind, channel) && !has(&draft.body, Placeholder::Link))
            .then_some(TextProblem::NoLink)
    });
    found.extend(problem.map(|problem| (TextField::Body, problem)));
    found
}

fn in_field(kind: MessageKind, text: &str, most: usize) -> Option<TextProblem> {
    if text.trim().is_empty() {
        return Some(TextProblem::Empty);
    }
    if text.chars().count() > most {
        return Some(TextProblem::TooLong);
    }
    pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Placeholder(placeholder) => (!placeholders(kind).any(|p| p == placeholder))
            .then(|| TextProblem::NoSuchPlaceholder(placeholder.as_str().to_owned())),
        Piece::Unknown(name) => Some(TextProblem::NoSuchPlaceholder(name.trim().to_owned())),
    })
}

fn has(text: &str, wanted: Placeholder) -> bool {
    pieces(text).contains(&Piece::Placeholder(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mail(subject: &str, body: &str) -> TextDraft {
        TextDraft {
            subject: subject.to_owned(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn placeholders_are_known_by_their_names_in_both_languages() {
        for placeholder in Placeholder::ALL {
            for language in Language::ALL {
                let typed = placeholder.typed(*language);
                assert_eq!(
                    pieces(&typed),
                    [Piece::Placeholder(*placeholder)],
                    "{typed}"
                );
            }
        }
        for (typed, wanted) in [
            ("Prenom", Placeholder::FirstName),
            (" FIRST name ", Placeholder::FirstName),
            ("date limite", Placeholder::Deadline),
        ] {
            assert_eq!(Placeholder::of_name(typed), Some(wanted), "{typed}");
        }
        assert_eq!(Placeholder::of_name(""), None);
        assert_eq!(Placeholder::of_name("password"), None);
    }

    #[test]
    fn braces_that_are_none_are_text() {
        assert_eq!(
            pieces("a {b {title} } {\n} {"),
            [
                Piece::Text("a {b "),
                Piece::Placeholder(Placeholder::Title),
                Piece::Text(" } {\n} {")
            ]
        );
        assert_eq!(pieces("{}"), [Piece::Unknown("")]);
        assert!(pieces("").is_empty());
    }

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let filled = fill("Hello {first_name}, {what} {", |_| "{link}".to_owned());
        assert_eq!(filled, "Hello {link}, {what} {");
    }

    #[test]
    fn a_text_is_refused_for_what_it_lacks_and_for_what_it_has_too_much() {
        use MessageKind as K;
        use TextField::{Body, Subject};
        use TextProblem as P;
        let unknown = |name: &str| P::NoSuchPlaceholder(name.to_owned());
        let long = "a".repeat(MAX_SMS + 1);
        for (kind, channel, draft, wanted) in [
            (
                K::Invitation,
                Channel::Email,
                mail("Come", "Do, {first_name}"),
                vec![],
            ),
            (
                K::Invitation,
                Channel::Sms,
                mail("", "Come: {link}"),
                vec![],
            ),
            (
                K::Invitation,
                Channel::Sms,
                mail("", "Come: {lien}"),
                vec![],
            ),
            (
                K::Invitation,
                Channel::Sms,
                mail("", "Come"),
                vec![(Body, P::NoLink)],
            ),
            (
                K::Reminder,
                Channel::Sms,
                mail("", "Come, {lnk}"),
                vec![(Body, unknown("lnk"))],
            ),
            (K::Cancellation, Channel::Sms, mail("", "It is off"), vec![]),
            (
                K::Cancellation,
                Channel::Sms,
                mail("", "{link}"),
                vec![(Body, unknown("link"))],
            ),
            (
                K::Registered,
                Channel::Email,
                mail("In", "{deadline}"),
                vec![(Body, unknown("deadline"))],
            ),
            (
                K::Resend,
                Channel::Email,
                mail("Until {deadline}", "{link}"),
                vec![],
            ),
            (
                K::Resend,
                Channel::Email,
                mail("{link}", "{link}"),
                vec![(Subject, P::LinkInSubject)],
            ),
            (
                K::Change,
                Channel::Email,
                mail(" ", "\n"),
                vec![(Subject, P::Empty), (Body, P::Empty)],
            ),
            (
                K::PlaceFreed,
                Channel::Sms,
                mail("", &long),
                vec![(Body, P::TooLong)],
            ),
        ] {
            assert_eq!(problems(kind, channel, &draft), wanted, "{kind} {draft:?}");
        }
    }

    #[test]
    fn every_kind_about_a_training_can_be_written_but_the_code() {
        let others = [
            MessageKind::EntryCode,
            MessageKind::FreshLink,
            MessageKind::Account,
            MessageKind::Test,
        ];
        for kind in MessageKind::ALL {
            assert_eq!(WRITABLE.contains(kind), !others.contains(kind), "{kind}");
        }
    }

    #[test]
    fn a_draft_is_kept_tidy() {
        let draft = mail(" One\r\ntwo\u{0}\t ", "\r\n One\r\n\r\ntwo\u{7}\n");
        assert_eq!(draft.tidied(), mail("One two", "One\n\ntwo"));
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "[a{}\n _link]{0,40}") {
            let again: String = pieces(&text).into_iter().map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Placeholder(_) => "{link}".to_owned(),
                Piece::Unknown(name) => format!("{{{name}}}"),
            }).collect();
            // A placeholder may have been typed with spaces around it.
            prop_assert_eq!(again.replace([' ', '_'], ""), text.replace([' ', '_'], ""));
        }
    }

    #[test]
    fn attachments_have_their_limits() {
        let most = MAX_ATTACHED_BYTES;
        assert_eq!(attachments_problem([]), None);
        assert_eq!(attachments_problem([most]), None);
        assert_eq!(attachments_problem([1; MAX_ATTACHMENTS]), None);
        assert_eq!(
            attachments_problem([1; MAX_ATTACHMENTS + 1]),
            Some("error-attachments-many")
        );
        for large in [&[most, 1][..], &[u64::MAX, u64::MAX], &[most + 1]] {
            let problem = attachments_problem(large.iter().copied());
            assert_eq!(problem, Some("error-attachments-large"));
        }
    }
}
