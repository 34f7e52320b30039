//! What messages say, word for word, in both languages. The expected texts are in `tests/expected`; `UPDATE_EXPECTED=1` writes them anew.

use convoke_delivery::gateway::{Parcel, envelope};
use convoke_delivery::render::{
    AccountLetter, Coding, Letter, Rendered, render, render_account, sms_size,
};
use convoke_delivery::{PersonFacts, TrainingFacts, preview};
use convoke_domain::{
    Channel, Language, MessageId, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};
use std::path::Path;
use uuid::Uuid;

const LINK: &str = "https://convoke.example.org/i/AbCdEfGhIjKlMnOpQrStUvWxYz012345";

fn training() -> TrainingFacts {
    TrainingFacts {
        id: TrainingId(Uuid::from_u128(1)),
        organisation_id: OrganisationId(Uuid::from_u128(2)),
        organisation: "Ateliers Réunis".into(),
        title: "First aid & fire safety".into(),
        description: "Bring sturdy shoes.\nLunch is provided.\n\nQuestions: ask your manager."
            .into(),
        starts_at: Timestamp(1_796_803_200_000),
        ends_at: Timestamp(1_796_918_400_000),
        time_zone: "Europe/Paris".into(),
        days_taught: Some(2),
        place: "Lyon, room <4>".into(),
        answer_deadline: Some(1_796_230_800_000),
        calendar_sequence: 3,
        trainers: vec!["Élodie Durand".into(), "Sean O’Neill".into()],
    }
}

fn person() -> PersonFacts {
    PersonFacts {
        id: UserId(Uuid::from_u128(3)),
        first_name: "Zoë".into(),
        last_name: "Öztürk".into(),
    }
}

fn rendered(kind: MessageKind, channel: Channel, language: Language) -> Rendered {
    if kind == MessageKind::Account {
        return about_account(false, channel, language);
    }
    render(
        &Letter {
            training: &training(),
            person: &person(),
            kind,
            language,
            link: LINK,
            code: if kind == MessageKind::EntryCode {
                "042917"
            } else {
                ""
            },
            waits: false,
            now: Timestamp(1_793_520_000_000),
            from: Some("training@example.org"),
        },
        channel,
    )
}

fn about_account(forgot: bool, channel: Channel, language: Language) -> Rendered {
    let letter = AccountLetter {
        organisation: "Acme & Sons",
        person: &person(),
        language,
        identifier: "zoe@example.org",
        link: LINK,
        forgot,
    };
    render_account(&letter, channel)
}

/// Compares with a file; trailing spaces and the kind of line ends count.
fn expect(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/expected")
        .join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == text,
        "{name} differs; UPDATE_EXPECTED=1 writes it anew. It is now:\n{text}"
    );
}

#[test]
fn every_message_says_what_is_expected() {
    for language in Language::ALL {
        let both = |write: &dyn Fn(Channel) -> Rendered| [Channel::Email, Channel::Sms].map(write);
        let mut messages: Vec<_> = MessageKind::ALL
            .iter()
            .map(|kind| {
                (
                    kind.as_str(),
                    both(&|channel| rendered(*kind, channel, *language)),
                )
            })
            .collect();
        messages.push((
            "account_forgotten",
            both(&|channel| about_account(true, channel, *language)),
        ));
        for (name, [mail, sms]) in messages {
            let text = format!("Subject: {}\n\n{}", mail.subject, mail.text);
            expect(&format!("{name}.{language}.txt"), &text);
            expect(&format!("{name}.{language}.html"), &mail.html.unwrap());
            expect(
                &format!("{name}.{language}.sms.txt"),
                &format!("{}\n", sms.text),
            );
        }
    }
    let calendar = rendered(MessageKind::Invitation, Channel::Email, Language::Fr).calendar;
    // Git and editors spoil CR LF.
    expect(
        "invitation.fr.ics",
        &calendar.unwrap().text.replace("\r\n", "\n"),
    );
}

#[test]
fn nothing_typed_becomes_html_or_a_header() {
    let mut nasty = training();
    nasty.title = "<script>alert(1)</script>\r\nBcc: everyone@example.org".into();
    nasty.description = "<img src=x onerror=alert(1)>".into();
    nasty.organisation = "A\"<b>&".into();
    let mut reader = person();
    reader.first_name = "<i>\r\nX-Evil: 1".into();
    reader.last_name = "\"Quoted\", Name".into();
    let letter = Letter {
        training: &nasty,
        person: &reader,
        kind: MessageKind::Invitation,
        language: Language::En,
        link: LINK,
        code: "",
        waits: false,
        now: Timestamp(1_793_520_000_000),
        from: None,
    };
    let rendered = render(&letter, Channel::Email);
    let html = rendered.html.clone().unwrap();
    for bad in ["<script", "<img", "<b>", "<i>"] {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
    assert!(
        !rendered.subject.contains(['\r', '\n']),
        "{}",
        rendered.subject
    );
    let parcel = Parcel {
        id: MessageId(Uuid::from_u128(9)),
        address: "zoe@example.org".into(),
        name: format!("{} {}", reader.first_name, reader.last_name),
        at: Timestamp(1_793_520_000_000),
        rendered,
    };
    let from = "Office <office@example.org>".parse().unwrap();
    let message = envelope(&parcel, &from).unwrap();
    let raw = String::from_utf8(message.formatted()).unwrap();
    let head = raw.split("\r\n\r\n").next().unwrap();
    for line in head.split("\r\n") {
        assert!(
            !line.starts_with("Bcc") && !line.starts_with("X-Evil"),
            "{head}"
        );
    }
    assert_eq!(message.envelope().to().len(), 1);
}

#[test]
fn mails_load_nothing_and_are_narrow() {
    let html = rendered(MessageKind::Invitation, Channel::Email, Language::Fr)
        .html
        .unwrap();
    assert!(html.contains("<html lang=\"fr\">") && html.contains("max-width:600px"));
    assert!(html.contains("prefers-color-scheme: dark"));
    for remote in ["src=", "url(", "@import", "<link", "<script"] {
        assert!(!html.contains(remote), "{remote} in {html}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
}

#[test]
fn a_short_text_message_is_one_part_of_plain_characters() {
    let mut short = training();
    short.organisation = "Acme".into();
    short.title = "Premiers secours".into();
    let letter = Letter {
        training: &short,
        person: &person(),
        kind: MessageKind::Invitation,
        language: Language::Fr,
        link: LINK,
        code: "",
        waits: false,
        now: Timestamp(0),
        from: None,
    };
    let text = render(&letter, Channel::Sms).text;
    let size = sms_size(&text);
    assert_eq!(
        (size.coding, size.parts),
        (Coding::Gsm7, 1),
        "{text} ({})",
        size.units
    );
}

#[test]
fn a_preview_has_words_in_place_of_the_link() {
    let shown = preview(
        &training(),
        &person(),
        MessageKind::Invitation,
        Channel::Email,
        Language::En,
    );
    assert_eq!(shown.to, "Zoë Öztürk");
    assert_eq!(shown.subject, "Invitation: First aid & fire safety");
    assert!(
        shown.text.contains("[your personal link]"),
        "{}",
        shown.text
    );
    assert!(!shown.text.contains("http"), "{}", shown.text);
}
