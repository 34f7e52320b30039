//! Whom the databases find is whom the rule of the domain forgets: every single tie, and every two of them.

use super::*;
use crate::Storage;
use crate::directory::{Membership, NewGroup, NewUser, Organisation};
use crate::invitations::InvitationFacts;
use crate::trainings::TrainingFacts;
use convoke_domain::retention::{DAY_MS, Ties, kept};
use convoke_domain::{
    GroupId, InvitationId, InvitationState, Language, Role, UserState, UserTypeId,
};
use convoke_testkit::{Database, database};
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

const NOW: Timestamp = Timestamp(20_000 * DAY_MS);

fn new_id<T: From<Uuid>>() -> T {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut random = [0; 10];
    random[..4].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    convoke_domain::id::uuid_v7(NOW.0, random).into()
}

/// Something that is so of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Role,
    Password,
    Invited,
    Active,
    Inactive,
    EmployeeId,
    Teaches,
    InGroup,
    NeverInvited,
    Cancelled,
    Confirmed,
    Declined,
    AnsweredOnce,
    Registered,
    Present,
    ToCome,
    CameForOneToCome,
    WrittenToAboutOneToCome,
    MessageWaits,
    InImport,
    OptedOut,
}

const TRAITS: [Trait; 21] = [
    Trait::Role,
    Trait::Password,
    Trait::Invited,
    Trait::Active,
    Trait::Inactive,
    Trait::EmployeeId,
    Trait::Teaches,
    Trait::InGroup,
    Trait::NeverInvited,
    Trait::Cancelled,
    Trait::Confirmed,
    Trait::Declined,
    Trait::AnsweredOnce,
    Trait::Registered,
    Trait::Present,
    Trait::ToCome,
    Trait::CameForOneToCome,
    Trait::WrittenToAboutOneToCome,
    Trait::MessageWaits,
    Trait::InImport,
    Trait::OptedOut,
];

struct Ground {
    storage: Storage,
    organisation: OrganisationId,
    user_type: UserTypeId,
    group: GroupId,
    over: TrainingId,
    to_come: TrainingId,
    _database: convoke_testkit::TestDatabase,
}

async fn ground(kind: Database) -> Ground {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let ground = Ground {
        storage,
        organisation: new_id(),
        user_type: new_id(),
        group: new_id(),
        over: new_id(),
        to_come: new_id(),
        _database: database,
    };
    let mut tx = ground.storage.begin().await.unwrap();
    tx.insert_organisation(&Organisation {
        id: ground.organisation,
        name: "Acme".into(),
        time_zone: "Europe/Paris".into(),
        language: Language::En,
        created_at: NOW,
    })
    .await
    .unwrap();
    tx.insert_user_type(ground.organisation, ground.user_type, "Collaborator")
        .await
        .unwrap();
    let group = NewGroup {
        id: ground.group,
        name: "Sales".into(),
    };
    tx.insert_groups(ground.organisation, &[group])
        .await
        .unwrap();
    // Exactly so long ago, and not yet.
    for (id, ends_at) in [
        (ground.over, Timestamp(NOW.0 - 90 * DAY_MS)),
        (ground.to_come, Timestamp(NOW.0 - 90 * DAY_MS + 1)),
    ] {
        let facts = TrainingFacts {
            title: "First aid".into(),
            description: String::new(),
            starts_at: Timestamp(ends_at.0 - DAY_MS),
            ends_at,
            time_zone: "Europe/Paris".into(),
            days_taught: Some(1),
            place: String::new(),
            seats: None,
            answer_deadline: None,
        };
        tx.insert_training(id, ground.organisation, &facts, None, NOW)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    ground
}

impl Ground {
    /// Somebody of whom this is so, and what the rule is told of them.
    async fn person(&self, tx: &mut Transaction, came: bool, so: &[Trait]) -> (UserId, Ties) {
        let is = |wanted| so.contains(&wanted);
        let id: UserId = new_id();
        let state = match () {
            () if is(Trait::Inactive) => UserState::Inactive,
            () if is(Trait::Active) => UserState::Active,
            () if is(Trait::Invited) => UserState::Invited,
            () => UserState::Created,
        };
        let role = if is(Trait::Role) {
            Role::Authorised
        } else {
            Role::Member
        };
        tx.insert_user(&NewUser {
            employee_id: is(Trait::EmployeeId).then(|| id.to_string()),
            role,
            state,
            password_hash: is(Trait::Password).then(|| "x".to_owned()),
            ..NewUser::member(
                id,
                self.organisation,
                ("Anna".into(), "Roy".into()),
                (Some(format!("{id}@x.org")), None),
                (self.user_type, Language::En),
                NOW,
            )
        })
        .await
        .unwrap();
        let came_for_later = is(Trait::CameForOneToCome);
        if came {
            let training = if came_for_later {
                self.to_come
            } else {
                self.over
            };
            tx.set_came_for(self.organisation, &[id], training)
                .await
                .unwrap();
        }
        let states = [
            (Trait::Confirmed, InvitationState::Confirmed),
            (Trait::Declined, InvitationState::Declined),
            (Trait::Cancelled, InvitationState::Cancelled),
        ];
        let invitation = states
            .into_iter()
            .find(|(wanted, _)| is(*wanted))
            .map_or(InvitationState::Sent, |(_, state)| state);
        let invited = !is(Trait::NeverInvited);
        let mut ends = Vec::new();
        let invitation_id: InvitationId = new_id();
        if invited {
            let training = if is(Trait::ToCome) {
                self.to_come
            } else {
                self.over
            };
            ends.push(training);
            tx.insert_invitation(&InvitationFacts {
                id: invitation_id,
                organisation_id: self.organisation,
                training_id: training,
                user_id: id,
                state: invitation,
                confirmed_by: None,
                confirmed_by_user: None,
                chosen_by: None,
                chosen_at: NOW,
                sent_count: 1,
                last_sent_at: Some(NOW),
                answered_at: is(Trait::AnsweredOnce).then_some(NOW),
                problem: None,
            })
            .await
            .unwrap();
        }
        if came {
            ends.push(if came_for_later {
                self.to_come
            } else {
                self.over
            });
        }
        if is(Trait::Teaches) {
            let sql = "INSERT INTO training_trainers (training_id, user_id, organisation_id, position) VALUES ($1, $2, $3, 0)";
            on!(tx, c => sqlx::query(sql).bind(self.over.0).bind(id.0).bind(self.organisation.0).execute(c).await.map(|_| ())).unwrap();
        }
        if is(Trait::InGroup) {
            let member = Membership {
                group_id: self.group,
                user_id: id,
            };
            tx.add_members(self.organisation, &[member]).await.unwrap();
        }
        if is(Trait::Registered) {
            let sql = "INSERT INTO registrations (id, organisation_id, training_id, submission, user_id, known, repeated, first_name, last_name, \
                 sort_key, language, form_version, state, told, position, registered_at) \
                 VALUES ($1, $2, $3, $1, $4, 1, 0, 'Anna', 'Roy', 'roy', 'en', 0, 'refused', 'pending', 1, 0)";
            on!(tx, c => sqlx::query(sql).bind(new_id::<Uuid>()).bind(self.organisation.0).bind(self.over.0).bind(id.0).execute(c).await.map(|_| ())).unwrap();
        }
        if is(Trait::Present) && invited {
            let sql = "INSERT INTO presences (invitation_id, day, half, organisation_id, training_id, state, at) VALUES ($1, '2024-01-01', 'morning', $2, $3, 'present', 0)";
            on!(tx, c => sqlx::query(sql).bind(invitation_id.0).bind(self.organisation.0).bind(self.over.0).execute(c).await.map(|_| ())).unwrap();
        }
        let mut messages = Vec::new();
        if is(Trait::MessageWaits) {
            messages.push((None, "queued"));
        }
        if is(Trait::WrittenToAboutOneToCome) {
            ends.push(self.to_come);
            messages.push((Some(self.to_come.0), "sent"));
        }
        for (training, state) in messages {
            let sql = "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                 next_attempt_at, created_at, updated_at) VALUES ($1, $2, $3, $1, $4, $1, 'resend', 'email', 1, $5, 0, 0, 0)";
            on!(tx, c => sqlx::query(sql).bind(new_id::<Uuid>()).bind(self.organisation.0).bind(training).bind(id.0).bind(state).execute(c).await.map(|_| ())).unwrap();
        }
        if is(Trait::InImport) {
            let import: Uuid = new_id();
            let sql = "INSERT INTO imports (id, organisation_id, file_name, state, created_name, created_at, alive_at, percent, columns, report, stored_line) \
                 VALUES ($1, $2, 'people.csv', 'done', '', 0, 0, 100, '[]', '{}', 1)";
            on!(tx, c => sqlx::query(sql).bind(import).bind(self.organisation.0).execute(c).await.map(|_| ())).unwrap();
            let sql = "INSERT INTO import_batches (import_id, batch, lines, people, members, labels, everyone) VALUES ($1, 1, '[]', '[]', '[]', '{}', $2)";
            let everyone = serde_json::to_string(&[id]).unwrap();
            on!(tx, c => sqlx::query(sql).bind(import).bind(everyone).execute(c).await.map(|_| ()))
                .unwrap();
        }
        if is(Trait::OptedOut) {
            let sql = "UPDATE users SET opted_out = 'person', opted_out_at = 0 WHERE id = $1";
            on!(tx, c => sqlx::query(sql).bind(id.0).execute(c).await.map(|_| ())).unwrap();
        }
        let answered = invited
            && (matches!(
                invitation,
                InvitationState::Confirmed | InvitationState::Declined
            ) || is(Trait::AnsweredOnce)
                || is(Trait::Present))
            || is(Trait::Registered);
        let end = |training: &TrainingId| {
            let ends_at = NOW.0 - 90 * DAY_MS;
            Timestamp(if *training == self.over {
                ends_at
            } else {
                ends_at + 1
            })
        };
        let ties = Ties {
            role,
            state,
            password: is(Trait::Password),
            employee_id: is(Trait::EmployeeId),
            teaches: is(Trait::Teaches),
            came_for_training: came,
            in_group: is(Trait::InGroup),
            invited,
            answered,
            last_end: ends.iter().map(end).max(),
            message_on_its_way: is(Trait::MessageWaits),
            in_kept_import: is(Trait::InImport),
            opted_out: is(Trait::OptedOut),
        };
        (id, ties)
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_databases_ask_what_the_rule_says(#[case] kind: Database) {
    let ground = ground(kind).await;
    let mut cases: BTreeSet<Vec<Trait>> = BTreeSet::from([Vec::new()]);
    for (n, one) in TRAITS.iter().enumerate() {
        cases.insert(vec![*one]);
        for two in &TRAITS[n + 1..] {
            cases.insert(vec![*one, *two]);
        }
    }
    let mut people = BTreeMap::new();
    let mut tx = ground.storage.begin().await.unwrap();
    for came in [true, false] {
        for so in &cases {
            let (id, ties) = ground.person(&mut tx, came, so).await;
            people.insert(id, (came, so.clone(), ties));
        }
    }
    tx.commit().await.unwrap();
    for directory in [false, true] {
        let retention = Retention {
            people_days: Some(90),
            directory,
            text_days: None,
        };
        let over = retention.over_before(NOW).unwrap();
        let mut tx = ground.storage.read().await.unwrap();
        let none = UserId(Uuid::nil());
        let found = tx
            .forgettable_people(ground.organisation, retention, over, (none, 10_000))
            .await
            .unwrap();
        let (count, strangers) = tx
            .count_forgettable(ground.organisation, retention, (over, Timestamp::default()))
            .await
            .unwrap();
        assert_eq!((count as usize, strangers), (found.len(), 0));
        let mut forgotten = 0;
        for (id, (came, so, ties)) in &people {
            let why = kept(ties, retention, NOW);
            assert_eq!(
                found.contains(id),
                why.is_none(),
                "came: {came}, {so:?}, directory: {directory}: {why:?}"
            );
            forgotten += usize::from(why.is_none());
        }
        assert_eq!(forgotten, found.len());
        assert!(forgotten > 2, "{forgotten}");
        let elsewhere = tx
            .count_forgettable(new_id(), retention, (over, Timestamp::default()))
            .await
            .unwrap();
        assert_eq!(elsewhere, (0, 0), "another organisation");
    }
}
