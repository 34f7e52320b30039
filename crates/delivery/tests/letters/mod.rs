//! Letters that tests look at.
#![allow(dead_code, reason = "each test file uses what it needs")]

use convoke_delivery::render::{AccountLetter, Letter, Rendered, render, render_account};
use convoke_delivery::{PersonFacts, TrainingFacts};
use convoke_domain::{
    Channel, Language, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};
use uuid::Uuid;

/// A personal link.
pub const LINK: &str = "https://convoke.example.org/i/AbCdEfGhIjKlMnOpQrStUvWxYz012345";

/// Where its reader says that they want no more.
pub const STOP: &str =
    "https://convoke.example.org/stop/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQr";

/// A training of two days.
pub fn training() -> TrainingFacts {
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

/// Its reader.
pub fn person() -> PersonFacts {
    PersonFacts {
        id: UserId(Uuid::from_u128(3)),
        first_name: "Zoë".into(),
        last_name: "Öztürk".into(),
    }
}

/// A message of a kind, in the words of the catalogue.
pub fn rendered(kind: MessageKind, channel: Channel, language: Language) -> Rendered {
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
            stop: STOP,
            code: if kind == MessageKind::EntryCode {
                "042917"
            } else {
                ""
            },
            text: None,
            waits: false,
            now: Timestamp(1_793_520_000_000),
            from: Some("training@example.org"),
        },
        channel,
    )
}

/// A message about an account.
pub fn about_account(forgot: bool, channel: Channel, language: Language) -> Rendered {
    let letter = AccountLetter {
        organisation: "Acme & Sons",
        person: &person(),
        language,
        identifier: "zoe@example.org",
        link: LINK,
        stop: STOP,
        forgot,
    };
    render_account(&letter, channel)
}

/// A letter in words of the catalogue.
pub fn letter<'a>(
    training: &'a TrainingFacts,
    person: &'a PersonFacts,
    kind: MessageKind,
    language: Language,
) -> Letter<'a> {
    Letter {
        training,
        person,
        kind,
        language,
        text: None,
        link: LINK,
        stop: STOP,
        code: "",
        waits: false,
        now: Timestamp(1_793_520_000_000),
        from: None,
    }
}
