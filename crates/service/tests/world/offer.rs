//! A training that is offered with a code, and visitors who use it.

use super::{World, form};
use convoke_delivery::entry_code;
use convoke_domain::registration::{
    Attribute, Bilingual, Choice, FieldKind, FormField, Posted, RegistrationForm,
    RegistrationSettings,
};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{BlockQuery, JoinView, OrganisationSettings, Range, SpaceView};
use convoke_domain::{Channel, FieldId, InvitationState, Language, MessageKind, RegistrationId};
use convoke_service::join::{Registered, Visitor};
use convoke_service::{invitations, join, registration, settings, space, trainings};

/// A browser with a cookie of its own, behind one address that everybody shares.
pub fn visitor(device: &str) -> Visitor {
    Visitor {
        device: Some(device.to_owned()),
        peer: "192.0.2.1".to_owned(),
        language: Language::En,
    }
}

pub fn field(n: u128, kind: FieldKind, label: &str, fills: Option<Attribute>) -> FormField {
    FormField {
        label: Bilingual {
            en: label.to_owned(),
            fr: String::new(),
        },
        fills,
        ..FormField::new(FieldId(uuid::Uuid::from_u128(n)), kind)
    }
}

/// E-mail, mobile and diet.
pub fn fields() -> RegistrationForm {
    RegistrationForm {
        fields: vec![
            field(1, FieldKind::Email, "E-mail", Some(Attribute::Email)),
            field(2, FieldKind::Mobile, "Mobile", Some(Attribute::Mobile)),
            FormField {
                choices: ["Everything", "Vegetarian"]
                    .iter()
                    .zip(1..)
                    .map(|(label, id)| Choice {
                        id,
                        label: Bilingual {
                            en: (*label).to_owned(),
                            fr: String::new(),
                        },
                        names: None,
                    })
                    .collect(),
                ..field(3, FieldKind::OneChoice, "Lunch", None)
            },
        ],
    }
}

pub fn posted(first: &str, last: &str, email: &str) -> Posted {
    let mut posted = Posted::new();
    for (name, value) in [
        ("first_name".to_owned(), first),
        ("last_name".to_owned(), last),
        (fields().fields[0].name(), email),
        (fields().fields[2].name(), "2"),
    ] {
        posted.insert(name, vec![value.to_owned()]);
    }
    posted
}

/// Offers self-registration with `change`d settings and the form, with so many seats, and gives the code.
pub async fn offer(
    world: &World,
    seats: Option<u32>,
    change: impl FnOnce(&mut RegistrationSettings),
) -> String {
    let options = OrganisationSettings {
        name: "Acme".into(),
        login_codes: true,
        trainers_add_people: false,
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
    set_seats(world, seats).await;
    let mut wanted = RegistrationSettings {
        offered: true,
        ..RegistrationSettings::default()
    };
    change(&mut wanted);
    registration::save_settings(&world.service, &world.admin, world.training, &wanted)
        .await
        .unwrap();
    registration::publish_form(&world.service, &world.admin, world.training, 0, &fields())
        .await
        .unwrap();
    code(world).await
}

pub async fn set_seats(world: &World, seats: Option<u32>) {
    let changed = TrainingForm {
        seats: seats.map(|n| n.to_string()).unwrap_or_default(),
        ..form("Fire Safety")
    };
    trainings::save(&world.service, &world.admin, Some(world.training), &changed)
        .await
        .unwrap();
}

pub async fn code(world: &World) -> String {
    registration::view(&world.service, &world.admin, world.training)
        .await
        .unwrap()
        .code
        .unwrap()
}

/// Registers and gives the secret of the space.
pub async fn register(world: &World, code: &str, device: &str, posted: &Posted) -> String {
    let id: RegistrationId = world.service.id();
    match join::register(&world.service, &visitor(device), code, id, 1, posted)
        .await
        .unwrap()
    {
        Registered::Space(secret) => secret,
        Registered::Invalid(view) => panic!("refused: {:?}", view.problems),
    }
}

pub async fn list(world: &World, code: &str) -> JoinView {
    join::open(&world.service, &visitor("looker"), code, "")
        .await
        .unwrap()
}

pub fn names(view: &JoinView) -> Vec<&str> {
    view.listed.iter().map(|l| l.name.as_str()).collect()
}

pub async fn space(world: &World, secret: &str) -> SpaceView {
    space::open(&world.service, secret, Language::En)
        .await
        .unwrap()
}

pub async fn block(world: &World, state: InvitationState) -> Vec<String> {
    let query = BlockQuery {
        training_id: world.training,
        state,
        find: String::new(),
    };
    invitations::rows(&world.service, &world.admin, &query, Range::new(0, 200))
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| format!("{} {}", row.first_name, row.last_name))
        .collect()
}

/// Kinds and readers of the messages that wait.
pub async fn queued(world: &World) -> Vec<(MessageKind, Channel)> {
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    let due = tx.due(Channel::ALL, now, 1_000).await.unwrap();
    due.iter().map(|m| (m.kind, m.channel)).collect()
}

/// The positions of registrations, through the order in which approvals would see them.
pub async fn positions(world: &World, registrations: &[RegistrationId]) -> Vec<i64> {
    let mut tx = world.service.storage.read().await.unwrap();
    let mut all = Vec::new();
    for id in registrations {
        all.push(
            tx.registration_position(*id)
                .await
                .unwrap()
                .unwrap_or_default(),
        );
    }
    all
}

pub async fn user_of(world: &World, first_name: &str) -> convoke_domain::UserId {
    let filter = convoke_domain::selection::Filter {
        text: first_name.to_owned(),
        ..Default::default()
    };
    convoke_service::people::list(&world.service, &world.admin, &filter, Range::new(0, 2))
        .await
        .unwrap()
        .rows[0]
        .user_id
}

/// A link to a person's invitation, as a message would carry it.
pub async fn link_to(world: &World, user: convoke_domain::UserId) -> String {
    let secret = format!("secret-of-{user}");
    let mut tx = world.service.storage.begin().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, user)
        .await
        .unwrap()
        .unwrap();
    let link = convoke_storage::outbox::NewLink {
        token_hash: convoke_service::tokens::hash(&secret),
        organisation_id: world.admin.organisation_id,
        invitation_id: invitation.id,
    };
    tx.add_links(&[link], world.service.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    secret
}

/// The newest one-time code of a person, as the worker writes it.
pub async fn sent_code(world: &World, user: convoke_domain::UserId) -> String {
    let mut tx = world.service.storage.read().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, user)
        .await
        .unwrap()
        .unwrap();
    let message = tx
        .good_entry_codes(invitation.id, world.service.clock.now())
        .await
        .unwrap()[0];
    let key = tx
        .installation_value(entry_code::KEY_NAME)
        .await
        .unwrap()
        .unwrap();
    entry_code::entry_code(&key, message)
}

pub async fn change(world: &World, change: impl FnOnce(&mut RegistrationSettings)) {
    let mut wanted = registration::view(&world.service, &world.admin, world.training)
        .await
        .unwrap()
        .settings;
    change(&mut wanted);
    registration::save_settings(&world.service, &world.admin, world.training, &wanted)
        .await
        .unwrap();
}
