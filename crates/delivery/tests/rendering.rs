//! What messages say, word for word, in both languages. The expected texts are in `tests/expected`; `UPDATE_EXPECTED=1` writes them anew.

mod letters;

use convoke_delivery::gateway::{Letterhead, Parcel, envelope};
use convoke_delivery::render::{Letter, Rendered, preview, render};
use convoke_domain::message_text::{TextDraft, WRITABLE};
use convoke_domain::sms::{Coding, sms_size};
use convoke_domain::{Channel, Language, MessageId, MessageKind, Timestamp};
use letters::{LINK, about_account, letter, person, rendered, training};
use std::path::Path;
use uuid::Uuid;

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
            // It says what another kind says.
            .filter(|kind| **kind != MessageKind::Test)
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
    let letter = letter(&nasty, &reader, MessageKind::Invitation, Language::En);
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
        letterhead: Letterhead::default(),
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
fn a_short_text_message_is_one_part_of_plain_characters() {
    let mut short = training();
    short.organisation = "Acme".into();
    short.title = "Premiers secours".into();
    let zoe = person();
    let letter = letter(&short, &zoe, MessageKind::Invitation, Language::Fr);
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
    let (training, person) = (training(), person());
    let letter = letter(&training, &person, MessageKind::Invitation, Language::En);
    let shown = preview(&letter, Channel::Email, LINK);
    assert_eq!(shown.to, "Zoë Öztürk");
    assert_eq!(shown.subject, "Invitation: First aid & fire safety");
    let html = shown.html.unwrap();
    for part in [&shown.text, &html] {
        assert!(part.contains("[your personal link]"), "{part}");
        assert!(!part.contains("http") && !part.contains("href"), "{part}");
    }
    // An SMS costs what it costs with its link.
    let shown = preview(&letter, Channel::Sms, LINK);
    assert!(!shown.text.contains("http"), "{}", shown.text);
    let real = render(&letter, Channel::Sms).text;
    assert_eq!(shown.sms.unwrap().size, sms_size(&real));
}

/// What somebody wrote: in the place of the greeting and the first sentence of a mail, and as the whole of a text message.
fn written() -> TextDraft {
    TextDraft {
        subject: "{title}: {dates}, {place}".to_owned(),
        body: "Chère {prénom} {NOM} <3,\n\n« {titre} » :\nde {horaires}, par {formateurs}.\n{organisation}\n\nIci : {lien} {".to_owned(),
    }
}

#[test]
fn a_written_text_stands_in_the_frame_of_the_mail() {
    let (training, person) = (training(), person());
    let draft = written();
    let letter = Letter {
        text: Some(&draft),
        ..letter(&training, &person, MessageKind::Invitation, Language::Fr)
    };
    let mail = render(&letter, Channel::Email);
    expect(
        "written.fr.txt",
        &format!("Subject: {}\n\n{}", mail.subject, mail.text),
    );
    expect("written.fr.html", &mail.html.unwrap());
    expect(
        "written.fr.sms.txt",
        &format!("{}\n", render(&letter, Channel::Sms).text),
    );
}

#[test]
fn what_is_filled_in_is_neither_html_nor_a_placeholder() {
    let mut nasty = training();
    nasty.title = "{link} <script>{{ link }}</script> {% raw %}".into();
    nasty.organisation = "{first_name}\n\n{deadline}".into();
    let mut reader = person();
    reader.first_name = "{last_name}".into();
    for kind in WRITABLE {
        for text in [None, Some(written())] {
            let letter = Letter {
                text: text.as_ref(),
                ..letter(&nasty, &reader, *kind, Language::En)
            };
            let mail = render(&letter, Channel::Email);
            let html = mail.html.unwrap();
            assert!(!html.contains("<script"), "{html}");
            for said in [&mail.text, &render(&letter, Channel::Sms).text] {
                assert!(
                    said.contains("{link} <script>{{ link }}</script> {% raw %}"),
                    "{said}"
                );
                assert!(!said.contains("Zoë"), "{said}");
            }
            assert!(mail.text.contains("{last_name}"), "{}", mail.text);
        }
    }
}

#[test]
fn the_organisation_decides_the_name_of_the_sender_and_where_answers_go() {
    let mail = |letterhead| {
        let parcel = Parcel {
            id: MessageId(Uuid::from_u128(9)),
            address: "zoe@example.org".into(),
            name: "Zoë".into(),
            at: Timestamp(1_793_520_000_000),
            letterhead,
            rendered: rendered(MessageKind::Invitation, Channel::Email, Language::En),
        };
        let from = "Office <office@example.org>".parse().unwrap();
        let raw = envelope(&parcel, &from).unwrap().formatted();
        String::from_utf8(raw).unwrap()
    };
    let own = mail(Letterhead::default());
    assert!(
        own.contains("\r\nFrom: Office <office@example.org>\r\n")
            || own.starts_with("From: Office <office@example.org>\r\n"),
        "{own}"
    );
    assert!(!own.contains("Reply-To"), "{own}");
    let theirs = mail(Letterhead {
        sender_name: "Acme\r\nBcc: all@example.org".into(),
        reply_to: "answers@acme.example".into(),
    });
    let head = theirs.split("\r\n\r\n").next().unwrap();
    assert!(
        head.contains("<office@example.org>"),
        "the address stays: {head}"
    );
    assert!(
        head.contains("Reply-To: ") && head.contains("<answers@acme.example>"),
        "{head}"
    );
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
}
