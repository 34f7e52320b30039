//! The files of attendance: sheets as PDF for a training and for one person, CSV and XLSX; who gets them.

use super::world::{Answer, PASSWORD, World};
use axum::http::StatusCode;
use convoke_domain::training::TrainingForm;
use convoke_domain::{
    Channel, GroupId, InvitationState, Language, Role, TrainingId, UserId, UserState,
};
use convoke_service::{passwords, session, trainings};
use convoke_storage::directory::{Membership, NewGroup, NewUser};
use convoke_testkit::Database;
use rstest::rstest;

const SHEET: &str = "attendance.pdf";
const CSV: &str = "attendance.csv";
const XLSX: &str = "attendance.xlsx";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl World {
    /// Somebody who can sign in, with the groups of their scope; and their cookie.
    async fn account(&self, first_name: &str, role: Role, scope: &[GroupId]) -> (UserId, String) {
        let email = format!("{}@acme.test", first_name.to_lowercase());
        let password_hash = passwords::hash(&self.service, PASSWORD).await.unwrap();
        let id: UserId = self.service.id();
        let mut tx = self.service.storage.begin().await.unwrap();
        let organisation_id = tx.organisations().await.unwrap().remove(0).id;
        let user_type_id = tx.user_types(organisation_id).await.unwrap().remove(0).id;
        tx.insert_user(&NewUser {
            id,
            organisation_id,
            last_name: "Petit".to_owned(),
            first_name: first_name.to_owned(),
            email: Some(email.clone()),
            mobile: None,
            channel: Channel::Email,
            language: Language::En,
            user_type_id,
            employee_id: None,
            state: UserState::Active,
            role,
            password_hash: Some(password_hash),
            at: self.service.clock.now(),
        })
        .await
        .unwrap();
        tx.set_scope(organisation_id, id, scope).await.unwrap();
        tx.commit().await.unwrap();
        let signed_in = self.try_sign_in(&email, PASSWORD).await;
        assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
        (id, signed_in.cookie())
    }

    async fn group(&self, name: &str, members: &[UserId]) -> GroupId {
        let id: GroupId = self.service.id();
        let mut tx = self.service.storage.begin().await.unwrap();
        let organisation = tx.organisations().await.unwrap().remove(0).id;
        let group = NewGroup {
            id,
            name: name.to_owned(),
        };
        tx.insert_groups(organisation, &[group]).await.unwrap();
        let members: Vec<_> = members
            .iter()
            .map(|user| Membership {
                group_id: id,
                user_id: *user,
            })
            .collect();
        tx.add_members(organisation, &members).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A training of the same days with another title and these trainers.
    async fn taught_by(&self, cookie: &str, title: &str, trainers: Vec<UserId>) -> TrainingId {
        let (_, secret) = cookie.split_once('=').unwrap();
        let (actor, _) = session::find(&self.service, secret).await.unwrap().unwrap();
        let form = TrainingForm {
            title: title.to_owned(),
            start: "2026-12-09T09:00".to_owned(),
            end: "2026-12-10T17:00".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            trainers,
            ..TrainingForm::default()
        };
        trainings::save(&self.service, &actor, None, &form)
            .await
            .unwrap()
    }
}

/// A file that came, of this kind and with this name.
#[track_caller]
fn expect_file(answer: &Answer, kind: &str, name: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("content-type"), kind);
    let said = answer.header("content-disposition");
    assert!(said.contains(&format!("filename=\"{name}\"")), "{said}");
    let inline = kind == "application/pdf";
    assert_eq!(said.starts_with("inline;"), inline, "{said}");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn kinds_and_names_of_the_files(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.taught_by(&cookie, "Écoute & « voix »", vec![]).await;
    let link = world.invited_as(training, InvitationState::Confirmed).await;
    let amelie = world.invitation(&link).await.id;
    let get = async |file: &str| {
        let path = format!("/api/trainings/{training}/{file}");
        world.get(&path, &cookie).await
    };

    let sheet = get(SHEET).await;
    let name = "_coute & _ voix _ - Attendance sheet.pdf";
    expect_file(&sheet, "application/pdf", name);
    assert!(sheet.text.starts_with("%PDF-"));
    // In full for those who read it.
    assert!(
        sheet
            .header("content-disposition")
            .contains("filename*=UTF-8''%C3%89coute%20&%20"),
        "{}",
        sheet.header("content-disposition")
    );
    // A PDF of ours may be shown, and nothing else.
    let policy = sheet.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");

    let own = get(&format!("attendance/{amelie}.pdf")).await;
    let name = "Am_lie Durand - _coute & _ voix _ - Record of attendance.pdf";
    expect_file(&own, "application/pdf", name);
    assert!(own.text.starts_with("%PDF-"));

    let name = "_coute & _ voix _ - attendance 2026-11-22";
    let csv = get(CSV).await;
    expect_file(&csv, "text/csv; charset=utf-8", &format!("{name}.csv"));
    assert!(csv.text.contains("\r\nDurand,Amélie,,,,,0"), "{}", csv.text);
    let xlsx = get(XLSX).await;
    expect_file(&xlsx, SPREADSHEET, &format!("{name}.xlsx"));
    assert!(xlsx.text.starts_with("PK"));

    for wrong in [
        "attendance.txt",
        "attendance.pdf.pdf",
        "attendance.",
        "attendance",
        "attendance/x.pdf",
        "attendance/00000000-0000-7000-8000-000000000000.pdf",
    ] {
        assert_eq!(get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let without_ending = get(&format!("attendance/{amelie}")).await;
    assert_eq!(without_ending.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_gets_them(#[case] kind: Database) {
    let world = World::new(kind).await;
    let admin = world.sign_in().await;
    let (marc, trainer) = world.account("Marc", Role::Member, &[]).await;
    let (theo, other_trainer) = world.account("Theo", Role::Member, &[]).await;
    let training = world.taught_by(&admin, "Fire Safety", vec![marc]).await;
    let another = world.taught_by(&admin, "First Aid", vec![theo]).await;
    let link = world.invited_as(training, InvitationState::Confirmed).await;
    let invitation = world.invitation(&link).await;
    let lyon = world.group("Lyon", &[invitation.user_id]).await;
    let nobody = world.group("Nobody", &[]).await;
    let (_, in_scope) = world.account("Ines", Role::Authorised, &[lyon]).await;
    let (_, out_of_scope) = world.account("Otto", Role::Authorised, &[nobody]).await;
    let (_, trainee) = world.account("Tara", Role::Member, &[]).await;
    let stranger = world.stranger().await;
    let own = format!("attendance/{}.pdf", invitation.id);

    // Whether the files come, and whether somebody is in them.
    for (who, cookie, comes, sees) in [
        ("an administrator", &admin, true, true),
        ("its trainer", &trainer, true, true),
        ("authorised, in scope", &in_scope, true, true),
        ("authorised, out of scope", &out_of_scope, true, false),
        ("who teaches another training", &other_trainer, false, false),
        ("a trainee", &trainee, false, false),
        ("another organisation", &stranger, false, false),
    ] {
        let status = |good| {
            if good {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            }
        };
        for file in [SHEET, CSV, XLSX] {
            let path = format!("/api/trainings/{training}/{file}");
            let answer = world.get(&path, cookie).await;
            assert_eq!(answer.status, status(comes), "{who}: {file}");
            if file == CSV {
                assert_eq!(answer.text.contains("Durand"), sees, "{who}");
            }
        }
        let path = format!("/api/trainings/{training}/{own}");
        let answer = world.get(&path, cookie).await;
        assert_eq!(answer.status, status(sees), "{who}: {own}");
    }
    // A person of one training has no sheet in another.
    let path = format!("/api/trainings/{another}/{own}");
    for cookie in [&admin, &other_trainer] {
        assert_eq!(world.get(&path, cookie).await.status, StatusCode::NOT_FOUND);
    }
    // Nobody is signed in: programs are told, and a training that is not there looks no different.
    let none = "00000000-0000-7000-8000-000000000000";
    for id in [training.to_string(), none.to_owned(), "x".to_owned()] {
        for file in [SHEET, CSV, XLSX, own.as_str()] {
            let path = format!("/api/trainings/{id}/{file}");
            let answer = world.get(&path, "").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        }
    }
    for id in [none, "x"] {
        for file in [SHEET, CSV, XLSX, own.as_str()] {
            let path = format!("/api/trainings/{id}/{file}");
            let answer = world.get(&path, &admin).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

/// What waited on a device is not a word of whoever has signed in there since.
#[tokio::test]
async fn a_mark_that_waited_counts_as_its_makers_only() {
    let world = World::new(Database::Sqlite).await;
    let admin = world.sign_in().await;
    let (marc, trainer) = world.account("Marc", Role::Member, &[]).await;
    let training = world.taught_by(&admin, "Fire Safety", vec![marc]).await;
    let link = world.invited_as(training, InvitationState::Confirmed).await;
    let invitation = world.invitation(&link).await.id;
    let json = |by: &str| {
        format!(
            r#"{{"training":"{training}","invitation":"{invitation}","half_day":{{"day":"2026-12-09","half":"morning"}},"attendance":"excused"{by}}}"#
        )
    };
    let late = json(&format!(
        r#","seen":{{"state":null,"ago":5000}},"by":"{marc}""#
    ));
    let call = async |cookie: &str, json: &str| world.call("mark_presence", cookie, json).await;
    for cookie in [admin.as_str(), ""] {
        let answer = call(cookie, &late).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
    }
    let path = format!("/api/trainings/{training}/{CSV}");
    assert!(!world.get(&path, &admin).await.text.contains("Excused"));
    assert_eq!(call(&trainer, &late).await.status, StatusCode::OK);
    assert!(world.get(&path, &admin).await.text.contains("Excused"));
    // A page from before the upgrade says neither.
    let before = json("");
    assert_eq!(call(&admin, &before).await.status, StatusCode::OK);
}
