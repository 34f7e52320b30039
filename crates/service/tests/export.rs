//! The export of participants: who gets what, and what a spreadsheet reads in it; on both databases.

mod world;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use convoke_domain::registration::{
    AnswerValue, Bilingual, Choice, FieldKind, FormField, ListShows, Proof, RegistrationForm,
    RegistrationState,
};
use convoke_domain::training::TrainingForm;
use convoke_domain::{
    Actor, Channel, ConfirmedBy, FieldId, InvitationState, Language, Refusal, RegistrationId, Role,
    UserId, UserState,
};
use convoke_service::export::{self, FileFormat};
use convoke_service::{opt_out, presence, trainings};
use convoke_storage::directory::NewUser;
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::registration::{NewRegistration, SelfRegistration, StoredForm, Told};
use convoke_testkit::Database;
use rstest::rstest;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::time::{Duration, Instant};
use world::{World, form, organisation};

const DAY: i64 = 24 * 3600 * 1000;

async fn invited(world: &World, user: UserId, state: InvitationState, by: Option<ConfirmedBy>) {
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_invitation(&facts(world, user, state, by))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn facts(
    world: &World,
    user: UserId,
    state: InvitationState,
    by: Option<ConfirmedBy>,
) -> InvitationFacts {
    let now = world.service.clock.now();
    InvitationFacts {
        id: world.service.id(),
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        user_id: user,
        state,
        confirmed_by: by,
        confirmed_by_user: by
            .filter(|by| *by == ConfirmedBy::Administrator)
            .and(world.admin.user_id),
        chosen_by: None,
        chosen_at: now,
        sent_count: 1,
        last_sent_at: Some(now),
        answered_at: by.map(|_| now),
        problem: None,
    }
}

async fn lines(world: &World, actor: &Actor) -> Vec<String> {
    let file = export::participants(&world.service, actor, world.training, FileFormat::Csv)
        .await
        .unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    text.lines().map(str::to_owned).collect()
}

async fn sheet(world: &World, actor: &Actor) -> Vec<Vec<Data>> {
    let file = export::participants(&world.service, actor, world.training, FileFormat::Xlsx)
        .await
        .unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file.bytes)).unwrap();
    let range = book.worksheet_range("Participants").unwrap();
    range.rows().map(<[_]>::to_vec).collect()
}

fn text(en: &str, fr: &str) -> Bilingual {
    Bilingual {
        en: en.to_owned(),
        fr: fr.to_owned(),
    }
}

fn field(id: FieldId, kind: FieldKind, label: Bilingual) -> FormField {
    FormField {
        label,
        ..FormField::new(id, kind)
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn states_addresses_and_presence(#[case] kind: Database) {
    let world = World::new(kind).await;
    let marc = world.person("Marc", "Petit", None, None).await;
    let typed = TrainingForm {
        trainers: vec![marc],
        ..form("Fire/Safety: \"2\"")
    };
    trainings::save(&world.service, &world.admin, Some(world.training), &typed)
        .await
        .unwrap();
    let anna = world
        .person(
            "Anna",
            "Müller",
            Some("anna@acme.test"),
            Some("+33639981234"),
        )
        .await;
    let evil = world
        .person("=cmd|' /C calc'!A0", "Zorro", Some("z@acme.test"), None)
        .await;
    let lyon = world.group("Lyon", &[anna]).await;
    world.group("Maintenance", &[anna]).await;
    invited(
        &world,
        anna,
        InvitationState::Confirmed,
        Some(ConfirmedBy::Administrator),
    )
    .await;
    invited(&world, evil, InvitationState::Sent, None).await;
    world.pass(17 * DAY);
    let view = presence::participants(&world.service, &world.admin, world.training, None)
        .await
        .unwrap();
    let invitation = view.rows[0].invitation_id;
    presence::mark(
        &world.service,
        &world.admin,
        world.training,
        (invitation, &"2026-12-09-morning".parse().unwrap()),
        Some(convoke_domain::Attendance::Present),
        None,
    )
    .await
    .unwrap();

    opt_out::record(&world.service, &world.admin, anna, true)
        .await
        .unwrap();

    let all = lines(&world, &world.admin).await;
    assert_eq!(
        all,
        [
            "Last name,First name,E-mail,Mobile,Employee id,User type,Groups,State,Answer,Answered on,Wants no messages,\
             \"Present on Wednesday 9 December, morning\",\"Present on Wednesday 9 December, afternoon\",\
             \"Present on Thursday 10 December, morning\",\"Present on Thursday 10 December, afternoon\"",
            "Müller,Anna,anna@acme.test,'+33639981234,,Collaborator,\"Lyon, Maintenance\",Confirmed,Confirmed by Nadia Roux,\
             2026-11-22 10:00,noted by an administrator,10:00,,,",
            "Zorro,'=cmd|' /C calc'!A0,z@acme.test,,,Collaborator,,Sent,,,,,,,",
        ]
    );
    let french = Actor {
        language: Language::Fr,
        ..world.admin.clone()
    };
    let in_french = lines(&world, &french).await;
    assert!(
        in_french[0].starts_with("Nom;Prénom;E-mail;Mobile;"),
        "{in_french:?}"
    );
    assert!(in_french[0].ends_with("Présent le jeudi 10 décembre, après-midi"));

    let rows = sheet(&world, &world.admin).await;
    assert_eq!(rows[1][3], Data::String("+33639981234".to_owned()));
    assert_eq!(
        rows[2][1],
        Data::String("=cmd|' /C calc'!A0".to_owned()),
        "no formula"
    );
    let Data::DateTime(answered) = &rows[1][9] else {
        panic!("{:?}", rows[1][9]);
    };
    assert!(
        (answered.as_f64() - (46348.0 + 10.0 / 24.0)).abs() < 0.001,
        "a real date"
    );
    assert!(matches!(rows[1][11], Data::DateTime(_)));

    let authorised = Actor {
        user_id: None,
        ..world.authorised(&[lyon])
    };
    assert_eq!(lines(&world, &authorised).await.len(), 2, "the scope");
    let trainer = Actor {
        user_id: Some(marc),
        role: Role::Member,
        ..world.admin.clone()
    };
    assert_eq!(
        lines(&world, &trainer).await,
        [
            "Last name,First name,\"Present on Wednesday 9 December, morning\",\"Present on Wednesday 9 December, afternoon\",\
             \"Present on Thursday 10 December, morning\",\"Present on Thursday 10 December, afternoon\"",
            "Müller,Anna,10:00,,,"
        ],
        "no addresses, and only those who take part"
    );
    let (stranger, _) = organisation(&world.service, "Other").await;
    let refused =
        export::participants(&world.service, &stranger, world.training, FileFormat::Xlsx).await;
    assert_eq!(refused, Err(Refusal::NotFound));
    let file = export::participants(
        &world.service,
        &world.admin,
        world.training,
        FileFormat::Xlsx,
    )
    .await
    .unwrap();
    assert_eq!(file.name, "Fire Safety_ _2_ - participants 2026-12-09.xlsx");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn answers_of_every_version_of_the_form(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let [size, shoes, since, agree, gone]: [FieldId; 5] = std::array::from_fn(|_| service.id());
    let mut sizes = field(size, FieldKind::SeveralChoices, text("Sizes", "Tailles"));
    sizes.choices = vec![choice(1, "S"), choice(2, "M")];
    let old = RegistrationForm {
        fields: vec![
            sizes.clone(),
            field(gone, FieldKind::ShortText, text("Nickname", "")),
        ],
    };
    sizes.choices = vec![choice(2, "Medium"), choice(3, "L")];
    let new = RegistrationForm {
        fields: vec![
            field(shoes, FieldKind::Number, text("Shoe size", "Pointure")),
            sizes,
            field(since, FieldKind::Date, text("Here since", "Ici depuis")),
            field(agree, FieldKind::TickBox, text("I agree", "J’accepte")),
        ],
    };
    let anna = world.person("Anna", "Müller", None, None).await;
    let bert = world.person("Bert", "Young", None, None).await;
    for user in [anna, bert] {
        invited(
            &world,
            user,
            InvitationState::Confirmed,
            Some(ConfirmedBy::Registration),
        )
        .await;
    }
    let organisation = world.admin.organisation_id;
    let mut tx = service.storage.begin().await.unwrap();
    let offered = SelfRegistration {
        training_id: world.training,
        organisation_id: organisation,
        offered: 1,
        code: "K7PM4XRD".to_owned(),
        code_on: 1,
        opens_at: None,
        closes_at: None,
        list_shows: ListShows::FullNames,
        proof: Proof::Nothing,
        approval: 0,
        waiting_list: 1,
        code_ended_at: None,
        form_version: 0,
    };
    tx.save_self_registration(&offered, service.clock.now())
        .await
        .unwrap();
    for (version, form) in (1..).zip([old, new]) {
        let stored = StoredForm { version, form };
        tx.publish_form(
            organisation,
            world.training,
            &stored,
            None,
            service.clock.now(),
        )
        .await
        .unwrap();
    }
    let word = |text: &str| AnswerValue::Text(text.to_owned());
    for (user, repeated, answers) in [
        (
            anna,
            false,
            vec![
                (size, AnswerValue::Choices(vec![1, 2])),
                (gone, word("=Ann")),
            ],
        ),
        // Somebody else typed her address later: what she said herself stands.
        (anna, true, vec![(gone, word("Not Anna"))]),
        (
            bert,
            false,
            vec![
                (shoes, word("42.5")),
                (since, word("2019-03-01")),
                (agree, AnswerValue::Ticked(true)),
            ],
        ),
    ] {
        world.pass(1000);
        let id: RegistrationId = service.id();
        let new = NewRegistration {
            id,
            submission: service.id(),
            organisation_id: organisation,
            training_id: world.training,
            user_id: Some(user),
            known: true,
            repeated,
            first_name: "Any",
            last_name: "Name",
            email: None,
            mobile: None,
            language: Language::En,
            form_version: 1,
            state: RegistrationState::Accepted,
            told: Told::Confirmed,
            at: service.clock.now(),
        };
        tx.insert_registration(&new).await.unwrap();
        let answers: BTreeMap<_, _> = answers.into_iter().collect();
        tx.add_answers(organisation, world.training, id, &answers)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();

    let all = lines(&world, &world.admin).await;
    let answers = |line: &str| {
        line.rsplitn(6, ',')
            .take(5)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        answers(&all[0]),
        ["Nickname", "I agree", "Here since", "Sizes", "Shoe size"]
    );
    assert!(all[1].ends_with(",,\"S, Medium\",,,'=Ann"), "{}", all[1]);
    assert!(all[2].ends_with(",42.5,,2019-03-01,Yes,"), "{}", all[2]);
    let rows = sheet(&world, &world.admin).await;
    assert_eq!(rows[2][15], Data::Float(42.5));
    assert!(
        matches!(rows[2][17], Data::DateTime(_)),
        "{:?}",
        rows[2][17]
    );
    let french = Actor {
        language: Language::Fr,
        ..world.admin.clone()
    };
    let in_french = lines(&world, &french).await;
    assert!(in_french[0].ends_with(";Pointure;Tailles;Ici depuis;J’accepte;Nickname"));
    assert!(
        in_french[2].ends_with(";42,5;;2019-03-01;Oui;"),
        "{}",
        in_french[2]
    );
}

fn choice(id: u32, label: &str) -> Choice {
    Choice {
        id,
        label: text(label, ""),
        names: None,
    }
}

/// Ten thousand people are a matter of seconds even in a build without optimisation.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn ten_thousand_participants(#[case] kind: Database) {
    let world = World::new(kind).await;
    let at = world.service.clock.now();
    let users: Vec<NewUser> = (0..10_000)
        .map(|n| NewUser {
            id: world.service.id(),
            organisation_id: world.admin.organisation_id,
            last_name: format!("Name {n:05}"),
            first_name: "Person".to_owned(),
            email: Some(format!("p{n}@acme.test")),
            mobile: None,
            channel: Channel::Email,
            language: Language::En,
            user_type_id: world.user_type,
            employee_id: Some(format!("E{n}")),
            state: UserState::Active,
            role: Role::Member,
            password_hash: None,
            at,
        })
        .collect();
    let mut tx = world.service.storage.begin().await.unwrap();
    for some in users.chunks(1000) {
        tx.insert_users(world.admin.organisation_id, some)
            .await
            .unwrap();
    }
    for user in &users {
        let by = Some(ConfirmedBy::Link);
        tx.insert_invitation(&facts(&world, user.id, InvitationState::Confirmed, by))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    for format in [FileFormat::Csv, FileFormat::Xlsx] {
        let begun = Instant::now();
        let file = export::participants(&world.service, &world.admin, world.training, format)
            .await
            .unwrap();
        let took = begun.elapsed();
        println!("{kind:?} {format:?}: {took:?}, {} bytes", file.bytes.len());
        assert!(took < Duration::from_secs(30), "{format:?} took {took:?}");
        assert!(file.bytes.len() < 3_000_000, "{} bytes", file.bytes.len());
    }
}
