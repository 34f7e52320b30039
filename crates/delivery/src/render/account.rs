//! The messages by which somebody chooses a password: their first one, or another because they forgot it.

use super::mail::{Fact, Page, finished};
use super::{Rendered, one_line, text};
use convoke_domain::sms::plain_signs;
use convoke_domain::{Channel, Language};
use convoke_storage::outbox::PersonFacts;
use convoke_texts::t;

/// What is written, to whom, about which account.
#[derive(Clone, Copy, Debug)]
pub struct AccountLetter<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// The reader.
    pub person: &'a PersonFacts,
    /// The reader's language.
    pub language: Language,
    /// What they sign in with: the address that the message goes to.
    pub identifier: &'a str,
    /// The personal link.
    pub link: &'a str,
    /// The address by which the reader says that they want no more messages.
    pub stop: &'a str,
    /// Whether they forgot their password, and asked for the link themselves.
    pub forgot: bool,
}

/// Renders for a channel.
pub fn render_account(letter: &AccountLetter<'_>, channel: Channel) -> Rendered {
    let language = letter.language;
    let organisation = one_line(letter.organisation);
    let organisation = organisation.as_str();
    if channel == Channel::Sms {
        let link = letter.link;
        let text = if letter.forgot {
            t!(
                language,
                "sms-forgotten",
                organisation = organisation,
                link = link
            )
        } else {
            t!(
                language,
                "sms-account",
                organisation = organisation,
                link = link
            )
        };
        return Rendered {
            subject: String::new(),
            text: plain_signs(&text),
            html: None,
            calendar: None,
            stop: None,
            enclosed: Vec::new(),
        };
    }
    let greeting = t!(
        language,
        "mail-greeting",
        name = one_line(&letter.person.first_name)
    );
    let intro = if letter.forgot {
        t!(
            language,
            "mail-intro-forgotten",
            organisation = organisation
        )
    } else {
        t!(language, "mail-intro-account", organisation = organisation)
    };
    let page = Page {
        title: organisation.to_owned(),
        facts: vec![Fact {
            label: t!(language, "mail-account-identifier"),
            value: one_line(letter.identifier),
        }],
        ..Page::new(text::plain(&[&greeting, &intro]), letter.link, language)
    }
    .stopping(letter.stop, organisation, language);
    finished(if letter.forgot {
        Page {
            subject: t!(
                language,
                "mail-subject-forgotten",
                organisation = organisation
            ),
            ask: Some(t!(language, "mail-forgotten-ask")),
            button: t!(language, "mail-forgotten-button"),
            change: t!(language, "mail-forgotten-until"),
            mistake: Some(t!(language, "mail-forgotten-mistake")),
            footer: t!(language, "mail-forgotten-footer"),
            ..page
        }
    } else {
        Page {
            subject: t!(
                language,
                "mail-subject-account",
                organisation = organisation
            ),
            ask: Some(t!(language, "mail-account-ask")),
            button: t!(language, "mail-account-button"),
            change: t!(language, "mail-account-until"),
            mistake: Some(t!(language, "mail-account-mistake")),
            footer: t!(language, "mail-account-footer", organisation = organisation),
            ..page
        }
    })
}
