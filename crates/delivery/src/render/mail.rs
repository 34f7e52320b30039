//! E-mails.

use super::text::{self, Paragraphs};
use super::{Letter, Rendered, date_line, draft, one_line, time_line};
use crate::calendar;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use convoke_domain::{Channel, Language, MessageKind, Timestamp};
use convoke_texts::{dates, t};
use minijinja::Environment;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The templates; `.html` escapes whatever is put into it, `.txt` does not.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    for (name, source) in [
        ("mail.html", include_str!("../../templates/mail.html")),
        ("mail.txt", include_str!("../../templates/mail.txt")),
    ] {
        environment
            .add_template(name, source)
            .expect("the templates are part of the program, and every test renders them");
    }
    environment
});

/// What stands in the style element of every e-mail, which is the same in all of them.
pub fn mail_style() -> &'static str {
    let (_, rest) = include_str!("../../templates/mail.html")
        .split_once("<style>")
        .unwrap_or_default();
    rest.split_once("</style>").unwrap_or_default().0
}

/// The source of that style as a content security policy names it: `'sha256-…'`.
pub fn mail_style_source() -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(mail_style())))
}

/// A fact in the message, under its label.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

/// What the templates show; every text is finished and in the reader's language.
#[derive(Default, Serialize)]
pub(super) struct Page {
    pub(super) language: &'static str,
    pub(super) colon: &'static str,
    pub(super) subject: String,
    /// What is said above the facts.
    pub(super) opening: Paragraphs,
    /// The same for the plain text.
    pub(super) opening_text: String,
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
    pub(super) description: String,
    pub(super) paragraphs: Vec<Vec<String>>,
    pub(super) code: String,
    pub(super) ask: Option<String>,
    pub(super) button: String,
    pub(super) link: String,
    /// Where the link leads; nowhere in a preview, whose link is a few words.
    pub(super) href: Option<String>,
    pub(super) change: String,
    pub(super) personal: String,
    pub(super) mistake: Option<String>,
    pub(super) calendar: Option<String>,
    pub(super) footer: String,
    /// What the address by which the reader wants no more is for.
    pub(super) stop: String,
    pub(super) stop_link: String,
    /// Where it leads; nowhere in a preview.
    pub(super) stop_href: Option<String>,
}

impl Page {
    /// What every message has.
    pub(super) fn new(opening: Paragraphs, link: &str, language: Language) -> Self {
        Self {
            opening_text: text::as_text(&opening),
            opening,
            link: link.to_owned(),
            href: address(link),
            language: language.as_str(),
            // French parts a colon from its word.
            colon: match language {
                Language::En => ":",
                Language::Fr => "\u{a0}:",
            },
            personal: t!(language, "mail-personal"),
            ..Self::default()
        }
    }

    /// The same with the line by which the reader says that they want no more; without an address there is none.
    pub(super) fn stopping(self, stop: &str, organisation: &str, language: Language) -> Self {
        if stop.is_empty() {
            return self;
        }
        Self {
            stop: t!(language, "mail-stop", organisation = organisation),
            stop_link: stop.to_owned(),
            stop_href: address(stop),
            ..self
        }
    }
}

/// What is an address, and not the words that stand for one in a preview.
fn address(text: &str) -> Option<String> {
    text.starts_with("http").then(|| text.to_owned())
}

/// A message without a calendar entry, from its page.
pub(super) fn finished(page: Page) -> Rendered {
    Rendered {
        text: fill("mail.txt", &page),
        html: Some(fill("mail.html", &page)),
        calendar: None,
        subject: one_line(&page.subject),
        stop: page.stop_href,
        enclosed: Vec::new(),
    }
}

fn facts(letter: &Letter<'_>) -> Vec<Fact> {
    if letter.kind == MessageKind::EntryCode {
        return Vec::new();
    }
    let training = letter.training;
    let language = letter.language;
    let mut facts = vec![Fact {
        label: t!(language, "mail-when"),
        value: format!("{}, {}", date_line(letter), time_line(letter)),
    }];
    if !training.place.trim().is_empty() {
        facts.push(Fact {
            label: t!(language, "mail-where"),
            value: one_line(&training.place),
        });
    }
    if !training.trainers.is_empty() {
        facts.push(Fact {
            label: t!(language, "mail-trainers", count = training.trainers.len()),
            value: one_line(&training.trainers.join(", ")),
        });
    }
    if letter.kind.invites()
        && let Some(deadline) = training.answer_deadline
    {
        facts.push(Fact {
            label: t!(language, "mail-deadline"),
            value: dates::date_time(language, Timestamp(deadline), &training.time_zone),
        });
    }
    facts
}

/// Paragraphs (parted by empty lines) of lines.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            all.push(Vec::new());
        } else if let Some(last) = all.last_mut() {
            last.push(line.to_owned());
        }
    }
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

pub(super) fn render(letter: &Letter<'_>) -> Rendered {
    let Letter {
        training,
        kind,
        language,
        ..
    } = *letter;
    let organisation = one_line(&training.organisation);
    let title = one_line(&training.title);
    let said = draft(letter, Channel::Email);
    // Only an invitation asks and describes; the others say what changed.
    let asks = kind.invites();
    let has_calendar = kind.has_calendar() && !letter.waits;
    let description = if asks {
        training.description.trim()
    } else {
        ""
    };
    let page = Page {
        subject: one_line(&text::line(letter, &said.subject)),
        title,
        facts: facts(letter),
        description: description.to_owned(),
        paragraphs: paragraphs(description),
        code: letter.code.to_owned(),
        ask: kind.has_link().then(|| match kind {
            MessageKind::Invitation | MessageKind::Resend | MessageKind::Reminder => {
                t!(language, "mail-ask")
            }
            MessageKind::ReminderStart => t!(language, "mail-reminder-start-ask"),
            MessageKind::Change => t!(language, "mail-change-ask"),
            MessageKind::FreshLink => t!(language, "mail-fresh-link-ask"),
            _ => t!(language, "mail-registered-ask"),
        }),
        button: match kind {
            _ if asks => t!(language, "mail-button"),
            MessageKind::ReminderStart | MessageKind::Change => {
                t!(language, "mail-training-button")
            }
            MessageKind::FreshLink => t!(language, "mail-fresh-link-button"),
            _ => t!(language, "mail-registered-button"),
        },
        change: match (asks, training.answer_deadline) {
            (true, Some(_)) => t!(language, "mail-change"),
            (true, None) => t!(language, "mail-change-open"),
            (false, _) => String::new(),
        },
        mistake: match kind {
            MessageKind::Cancellation => Some(t!(
                language,
                "mail-mistake",
                organisation = organisation.as_str()
            )),
            MessageKind::EntryCode => Some(t!(language, "mail-entry-code-mistake")),
            _ => None,
        },
        calendar: has_calendar.then(|| match kind {
            MessageKind::Cancellation => t!(language, "mail-calendar-cancelled"),
            MessageKind::Change => t!(language, "mail-calendar-changed"),
            _ => t!(language, "mail-calendar"),
        }),
        footer: {
            let key = match kind {
                _ if asks || kind == MessageKind::Cancellation => "mail-footer",
                MessageKind::ReminderStart | MessageKind::Change => "mail-footer-participant",
                MessageKind::FreshLink => "mail-fresh-link-footer",
                _ => "mail-footer-registered",
            };
            t!(language, key, organisation = organisation.as_str())
        },
        ..Page::new(text::paragraphs(letter, &said.body), letter.link, language)
    }
    .stopping(letter.stop, &organisation, language);
    Rendered {
        calendar: has_calendar.then(|| calendar::attached(letter)),
        ..finished(page)
    }
}

fn fill(template: &str, page: &Page) -> String {
    TEMPLATES
        .get_template(template)
        .and_then(|template| template.render(page))
        .expect("the templates are part of the program, and every test renders them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_paragraphs_and_lines() {
        assert_eq!(
            paragraphs("One\r\ntwo\n\n\nthree\n"),
            vec![vec!["One", "two"], vec!["three"]]
        );
        assert!(paragraphs(" \n").is_empty());
    }
}
