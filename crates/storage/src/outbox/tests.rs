//! The outbox's contract, on both databases. What the worker makes of it is tested with the worker.

use super::*;
use crate::directory::{NewUser, Organisation};
use crate::invitations::InvitationFacts;
use crate::trainings::TrainingFacts as NewTraining;
use crate::{Storage, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::view::{MessageFilter, Range};
use convoke_domain::{
    BatchId, Fate, GroupId, InvitationId, InvitationState, Language, MessageKind, MessageState,
    OrganisationId, Report, Role, Timestamp, TrainingId, UserId, UserState, UserTypeId,
    id::uuid_v7,
};
use convoke_testkit::{Database, TestDatabase, database};
use rstest::rstest;
use std::sync::atomic::{AtomicU32, Ordering};

const NOW: Timestamp = Timestamp(1_793_520_000_000);

fn new_id<T: From<Uuid>>() -> T {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut random = [0; 10];
    random[..4].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    uuid_v7(NOW.0, random).into()
}

struct Ground {
    storage: Storage,
    organisation: OrganisationId,
    training: TrainingId,
    people: Vec<(UserId, InvitationId)>,
    _database: TestDatabase,
}

/// A training with so many people in *to send*.
async fn ground(kind: Database, people: usize) -> Ground {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let (organisation, user_type, training) = (new_id(), new_id::<UserTypeId>(), new_id());
    let mut tx = storage.begin().await.unwrap();
    tx.insert_organisation(&Organisation {
        id: organisation,
        name: "Acme".into(),
        time_zone: "Europe/Paris".into(),
        language: Language::En,
        created_at: NOW,
    })
    .await
    .unwrap();
    tx.insert_user_type(organisation, user_type, "Collaborator")
        .await
        .unwrap();
    let facts = NewTraining {
        title: "First aid".into(),
        description: String::new(),
        starts_at: NOW.plus_seconds(86_400),
        ends_at: NOW.plus_seconds(90_000),
        time_zone: "Europe/Paris".into(),
        days_taught: Some(1),
        place: "Lyon".into(),
        seats: None,
        answer_deadline: None,
    };
    tx.insert_training(training, organisation, &facts, None, NOW)
        .await
        .unwrap();
    let mut all = Vec::new();
    for n in 0..people {
        let user = new_id();
        tx.insert_user(&NewUser {
            id: user,
            organisation_id: organisation,
            last_name: format!("Last{n}"),
            first_name: format!("First{n}"),
            email: Some(format!("p{n}@example.org")),
            mobile: None,
            channel: Channel::Email,
            language: Language::Fr,
            user_type_id: user_type,
            employee_id: None,
            state: UserState::Created,
            role: Role::Member,
            password_hash: None,
            at: NOW,
        })
        .await
        .unwrap();
        let id = new_id();
        tx.insert_invitation(&InvitationFacts {
            id,
            organisation_id: organisation,
            training_id: training,
            user_id: user,
            state: InvitationState::ToSend,
            confirmed_by: None,
            confirmed_by_user: None,
            chosen_by: None,
            chosen_at: NOW,
            sent_count: 0,
            last_sent_at: None,
            answered_at: None,
            problem: Some((Problem::GaveUp, "old".into())),
        })
        .await
        .unwrap();
        all.push((user, id));
    }
    tx.commit().await.unwrap();
    Ground {
        storage,
        organisation,
        training,
        people: all,
        _database: database,
    }
}

impl Ground {
    fn batch(&self, kind: MessageKind) -> NewBatch {
        // A later round is later: which message is the last goes by its time.
        let at = match kind {
            MessageKind::Invitation => NOW,
            _ => NOW.plus_seconds(1),
        };
        NewBatch {
            id: new_id::<BatchId>(),
            organisation_id: self.organisation,
            training_id: self.training,
            kind,
            queued_by: Some(self.people[0].0),
            at,
            starts_at: at,
            planned: false,
        }
    }

    fn everyone(&self) -> Vec<(InvitationId, Channel)> {
        self.people
            .iter()
            .map(|(_, id)| (*id, Channel::Email))
            .collect()
    }

    async fn press(&self, kind: MessageKind) -> u64 {
        let mut tx = self.storage.begin().await.unwrap();
        let queued = tx
            .enqueue(&self.batch(kind), &self.everyone())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        queued
    }

    fn query<'a>(&self, scope: Option<&'a [GroupId]>) -> MessageQuery<'a> {
        MessageQuery {
            scope,
            ..MessageQuery::all(self.organisation)
        }
    }
}

async fn take(tx: &mut Transaction, owner: &str, now: Timestamp) -> Vec<Leased> {
    let until = now.plus_seconds(30);
    let due = tx.due(Channel::ALL, now, 100).await.unwrap();
    let leased: Vec<_> = due.iter().map(MessageFacts::leased).collect();
    let ids: Vec<_> = leased.iter().map(|l| l.id).collect();
    let marked = tx.mark_sending(owner, &ids, now, until).await.unwrap();
    assert_eq!(marked.len(), ids.len());
    leased
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn pressing_twice_queues_once(#[case] kind: Database) {
    let ground = ground(kind, 3).await;
    assert_eq!(
        ground.press(MessageKind::Resend).await,
        0,
        "nobody is in sent"
    );
    assert_eq!(ground.press(MessageKind::Invitation).await, 3);
    assert_eq!(ground.press(MessageKind::Invitation).await, 0);
    let mut tx = ground.storage.read().await.unwrap();
    let lines = tx
        .message_window(&ground.query(None), Range::new(0, 10))
        .await
        .unwrap();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|l| l.state == MessageState::Queued));
    assert_eq!(tx.outbox_backlog().await.unwrap(), 3);
    // Another organisation's batch reaches nobody here.
    drop(tx);
    let mut tx = ground.storage.begin().await.unwrap();
    let mut foreign = ground.batch(MessageKind::Invitation);
    foreign.organisation_id = new_id();
    tx.withdraw_queued(&[ground.people[0].1], NOW)
        .await
        .unwrap();
    assert_eq!(tx.enqueue(&foreign, &ground.everyone()).await.unwrap(), 0);
    assert_eq!(
        tx.enqueue(&ground.batch(MessageKind::Invitation), &ground.everyone())
            .await
            .unwrap(),
        1,
        "who has none on the way gets one"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_browsers_at_once_queue_once(#[case] kind: Database) {
    let ground = ground(kind, 50).await;
    let (a, b, c) = tokio::join!(
        ground.press(MessageKind::Invitation),
        ground.press(MessageKind::Invitation),
        ground.press(MessageKind::Invitation),
    );
    assert_eq!(a + b + c, 50);
    let mut tx = ground.storage.read().await.unwrap();
    assert_eq!(tx.message_count(&ground.query(None)).await.unwrap(), 50);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_message_is_one_workers(#[case] kind: Database) {
    let ground = ground(kind, 3).await;
    ground.press(MessageKind::Invitation).await;
    let early = Timestamp(NOW.0 - 1);
    let mut tx = ground.storage.begin().await.unwrap();
    let until = NOW.plus_seconds(30);
    assert!(
        tx.due(Channel::ALL, early, 9).await.unwrap().is_empty(),
        "not due yet"
    );
    assert!(tx.due(&[Channel::Sms], NOW, 9).await.unwrap().is_empty());
    let two = tx.due(Channel::ALL, NOW, 2).await.unwrap();
    assert_eq!(two.len(), 2);
    let ids: Vec<_> = two.iter().map(|m| m.id).collect();
    assert_eq!(
        tx.mark_sending("a", &ids, NOW, until).await.unwrap().len(),
        2
    );
    assert!(
        tx.mark_sending("b", &ids, NOW, until)
            .await
            .unwrap()
            .is_empty(),
        "they are a's"
    );
    assert_eq!(tx.due(Channel::ALL, NOW, 9).await.unwrap().len(), 1);
    tx.commit().await.unwrap();

    if kind == Database::Postgres {
        // What one has locked the other does not wait for.
        let mut one = ground.storage.begin().await.unwrap();
        let mut two = ground.storage.begin().await.unwrap();
        assert_eq!(one.due(Channel::ALL, NOW, 9).await.unwrap().len(), 1);
        assert!(two.due(Channel::ALL, NOW, 9).await.unwrap().is_empty());
        // A transaction that is only dropped ends some time later.
        one.commit().await.unwrap();
        two.commit().await.unwrap();
    }

    let mut tx = ground.storage.begin().await.unwrap();
    tx.give_back("b", &ids).await.unwrap();
    assert_eq!(tx.due(Channel::ALL, NOW, 9).await.unwrap().len(), 1);
    tx.give_back("a", &ids[..1]).await.unwrap();
    let due = tx.due(Channel::ALL, NOW, 9).await.unwrap();
    assert_eq!(due.len(), 2);
    assert!(
        due.iter().all(|m| m.attempts == 0),
        "what was not begun does not count"
    );
    assert_eq!(tx.next_due(Channel::ALL).await.unwrap(), Some(NOW));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn results_change_messages_and_invitations_together(#[case] kind: Database) {
    let ground = ground(kind, 5).await;
    ground.press(MessageKind::Invitation).await;
    let mut tx = ground.storage.begin().await.unwrap();
    let before = tx
        .training(ground.organisation, ground.training)
        .await
        .unwrap();
    let leased = take(&mut tx, "a", NOW).await;
    let outcomes = [
        Outcome::Sent {
            provider_id: "<1@x>".into(),
        },
        Outcome::Failed {
            problem: Problem::AddressRefused,
            detail: "550 No such user\0".into(),
        },
        Outcome::Retry {
            at: NOW.plus_seconds(60),
            detail: "451 later".into(),
        },
        Outcome::Waiting {
            detail: "535 wrong".into(),
        },
        Outcome::Withdrawn,
    ];
    let results: Vec<_> = leased
        .iter()
        .zip(outcomes)
        .map(|(leased, outcome)| Recorded {
            leased: *leased,
            address: Some("p@example.org".into()),
            subject: Some("S \"quoted\"".into()),
            body: Some("Text • é".into()),
            outcome,
        })
        .collect();
    tx.record("somebody else", NOW, &results).await.unwrap();
    assert_eq!(
        tx.outbox_backlog().await.unwrap(),
        5,
        "only the owner records"
    );
    tx.record("a", NOW, &results).await.unwrap();
    let lines = tx
        .message_window(&ground.query(None), Range::new(0, 10))
        .await
        .unwrap();
    let of = |n: usize| {
        let line = lines.iter().find(|l| l.id == leased[n].id).unwrap();
        (line.state, line.problem, line.attempts)
    };
    assert_eq!(of(0), (MessageState::Sent, None, 1));
    assert_eq!(
        of(1),
        (MessageState::Failed, Some(Problem::AddressRefused), 1)
    );
    assert_eq!(of(2), (MessageState::Queued, Some(Problem::Retrying), 1));
    assert_eq!(
        of(3),
        (MessageState::Queued, Some(Problem::ChannelStopped), 0)
    );
    assert_eq!(of(4), (MessageState::Cancelled, None, 0));
    let text = tx
        .message_text(&ground.query(None), leased[0].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(text.body.as_deref(), Some("Text • é"));
    assert_eq!(text.subject.as_deref(), Some("S \"quoted\""));
    assert_eq!(
        tx.next_due(Channel::ALL).await.unwrap(),
        Some(NOW),
        "the one that waits for the channel"
    );
    let after = tx
        .training(ground.organisation, ground.training)
        .await
        .unwrap();
    assert!(after.unwrap().version > before.unwrap().version);
    for (n, state) in [(0, InvitationState::Sent), (1, InvitationState::ToSend)] {
        let invitation = tx
            .invitation(ground.organisation, leased[n].invitation_id, None)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(invitation.state, state);
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_a_dead_worker_left_is_uncertain(#[case] kind: Database) {
    let ground = ground(kind, 2).await;
    ground.press(MessageKind::Invitation).await;
    let mut tx = ground.storage.begin().await.unwrap();
    let leased = take(&mut tx, "dead", NOW).await;
    let alive = NOW.plus_seconds(20);
    tx.renew_leases("dead", &[leased[0].id], alive.plus_seconds(30))
        .await
        .unwrap();
    assert_eq!(tx.reclaim(alive).await.unwrap(), 0);
    assert_eq!(
        tx.reclaim(NOW.plus_seconds(31)).await.unwrap(),
        1,
        "the other was renewed"
    );
    assert_eq!(tx.reclaim(NOW.plus_seconds(51)).await.unwrap(), 1);
    assert_eq!(tx.outbox_backlog().await.unwrap(), 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_list_obeys_scope_and_organisation(#[case] kind: Database) {
    let ground = ground(kind, 3).await;
    ground.press(MessageKind::Invitation).await;
    let mut tx = ground.storage.begin().await.unwrap();
    let group: GroupId = new_id();
    let groups = [crate::directory::NewGroup {
        id: group,
        name: "Plant".into(),
    }];
    tx.insert_groups(ground.organisation, &groups)
        .await
        .unwrap();
    let member = crate::directory::Membership {
        group_id: group,
        user_id: ground.people[1].0,
    };
    tx.add_members(ground.organisation, &[member])
        .await
        .unwrap();
    let scope = [group];
    let scoped = ground.query(Some(&scope));
    assert_eq!(tx.message_count(&scoped).await.unwrap(), 1);
    let lines = tx.message_window(&scoped, Range::new(0, 10)).await.unwrap();
    assert_eq!(lines[0].first_name, "First1");
    let all = tx
        .message_window(&ground.query(None), Range::new(0, 10))
        .await
        .unwrap();
    let other = all.iter().find(|l| l.first_name == "First0").unwrap();
    assert!(tx.message_text(&scoped, other.id).await.unwrap().is_none());
    assert_eq!(tx.message_count(&ground.query(Some(&[]))).await.unwrap(), 0);
    let mut sent = ground.query(None);
    let only = MessageFilter {
        fate: Some(Fate::Sent),
        ..MessageFilter::NONE
    };
    sent.filter = &only;
    assert_eq!(tx.message_count(&sent).await.unwrap(), 0);
    let mut foreign = ground.query(None);
    foreign.organisation_id = new_id();
    assert_eq!(tx.message_count(&foreign).await.unwrap(), 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn channels_stop_and_start(#[case] kind: Database) {
    let ground = ground(kind, 0).await;
    let mut tx = ground.storage.begin().await.unwrap();
    assert_eq!(tx.stopped_channel(Channel::Email).await.unwrap(), None);
    tx.stop_channel(Channel::Email, NOW, "535 wrong")
        .await
        .unwrap();
    tx.stop_channel(Channel::Email, NOW.plus_seconds(60), "535 still wrong")
        .await
        .unwrap();
    let stopped = tx.stopped_channel(Channel::Email).await.unwrap().unwrap();
    assert_eq!((stopped.since, &*stopped.reason), (NOW, "535 still wrong"));
    assert_eq!(tx.stopped_channel(Channel::Sms).await.unwrap(), None);
    assert!(tx.start_channel(Channel::Email).await.unwrap());
    assert!(!tx.start_channel(Channel::Email).await.unwrap());
}

/// What is true of an invitation and its last message: state, problem, messages that went out, and the fate of each message, oldest first.
type Truth = (InvitationState, Option<Problem>, i64, Vec<Fate>);

impl Ground {
    async fn hand_over(&self, outcome: &Outcome) {
        let mut tx = self.storage.begin().await.unwrap();
        let leased = take(&mut tx, "a", NOW.plus_seconds(2)).await;
        let results: Vec<_> = leased
            .iter()
            .map(|leased| Recorded {
                leased: *leased,
                address: Some("p@example.org".into()),
                subject: None,
                body: None,
                outcome: outcome.clone(),
            })
            .collect();
        tx.record("a", NOW, &results).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Messages of the only person, oldest first.
    async fn sent(&self) -> Vec<MessageLine> {
        let mut tx = self.storage.read().await.unwrap();
        let mut lines = tx
            .message_window(&self.query(None), Range::new(0, 10))
            .await
            .unwrap();
        lines.reverse();
        lines
    }

    async fn hear(&self, id: MessageId, report: Report) -> Option<bool> {
        let mut tx = self.storage.begin().await.unwrap();
        let heard = tx
            .report(&NewReport {
                message_id: id,
                report,
                detail: "550 5.1.1 no such user\0".into(),
                at: NOW.plus_seconds(60),
            })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        heard.map(|heard| heard.news)
    }

    async fn truth(&self) -> Truth {
        let mut tx = self.storage.read().await.unwrap();
        for state in InvitationState::ALL {
            let tab = crate::invitations::Tab {
                organisation_id: self.organisation,
                training_id: self.training,
                scope: None,
            };
            let (rows, _) = tx
                .block_rows(tab, *state, "", Range::new(0, 10))
                .await
                .unwrap();
            if let Some(row) = rows.first() {
                let fates = self.sent().await;
                let fates = fates.iter().map(|m| Fate::of(m.state, m.report)).collect();
                return (*state, row.problem(), row.sent_count, fates);
            }
        }
        panic!("nobody is invited");
    }

    async fn answer(&self, state: InvitationState, at: Timestamp) {
        let mut tx = self.storage.begin().await.unwrap();
        let invitation = tx
            .invitation(self.organisation, self.people[0].1, None)
            .await
            .unwrap()
            .unwrap();
        tx.set_answer(&invitation, state, None, None, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

fn accepted() -> Outcome {
    Outcome::Sent {
        provider_id: "1".into(),
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_mail_that_came_back_is_a_problem_of_the_row(#[case] kind: Database) {
    let ground = ground(kind, 1).await;
    ground.press(MessageKind::Invitation).await;
    let id = ground.sent().await[0].id;
    assert_eq!(
        ground.hear(id, Report::Bounced).await,
        Some(false),
        "it is not handed over yet"
    );
    ground.hand_over(&accepted()).await;
    assert_eq!(
        ground.truth().await,
        (InvitationState::Sent, None, 1, vec![Fate::Sent])
    );
    assert_eq!(ground.hear(new_id(), Report::Bounced).await, None);
    assert_eq!(ground.hear(id, Report::Delayed).await, Some(true));
    assert_eq!(
        ground.truth().await,
        (InvitationState::Sent, None, 1, vec![Fate::Delayed]),
        "it may still arrive"
    );
    assert_eq!(ground.hear(id, Report::Bounced).await, Some(true));
    let bounced = (
        InvitationState::Sent,
        Some(Problem::Bounced),
        1,
        vec![Fate::Bounced],
    );
    assert_eq!(ground.truth().await, bounced);
    for late in [Report::Bounced, Report::Delivered, Report::Delayed] {
        assert_eq!(ground.hear(id, late).await, Some(false), "{late}");
        assert_eq!(ground.truth().await, bounced);
    }
    let line = ground.sent().await.remove(0);
    assert_eq!(
        line.report_detail.as_deref(),
        Some("550 5.1.1 no such user ")
    );
    assert_eq!(line.reported_at, Some(NOW.plus_seconds(60)));
    assert!(line.open, "it can be put right");

    // A new round clears the problem, and what is heard of the old message stays with the old message.
    assert_eq!(ground.press(MessageKind::Resend).await, 1);
    let fates = vec![Fate::Bounced, Fate::Queued];
    assert_eq!(
        ground.truth().await,
        (InvitationState::Sent, None, 1, fates)
    );
    assert!(!ground.sent().await[0].open, "another one is on its way");
    ground.hand_over(&accepted()).await;
    let second = ground.sent().await[1].id;
    ground.hear(second, Report::Delivered).await;
    let fates = vec![Fate::Bounced, Fate::Delivered];
    assert_eq!(
        ground.truth().await,
        (InvitationState::Sent, None, 2, fates)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_older_message_that_came_back_is_no_problem_of_the_row(#[case] kind: Database) {
    let ground = ground(kind, 1).await;
    ground.press(MessageKind::Invitation).await;
    ground.hand_over(&accepted()).await;
    ground.press(MessageKind::Resend).await;
    ground.hand_over(&accepted()).await;
    let lines = ground.sent().await;
    assert_eq!(ground.hear(lines[0].id, Report::Bounced).await, Some(true));
    let (state, problem, _, fates) = ground.truth().await;
    assert_eq!((state, problem), (InvitationState::Sent, None));
    assert_eq!(fates, [Fate::Bounced, Fate::Sent]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_answered_meanwhile_has_no_problem(#[case] kind: Database) {
    for answer in [InvitationState::Confirmed, InvitationState::Declined] {
        let ground = ground(kind, 1).await;
        ground.press(MessageKind::Invitation).await;
        ground.hand_over(&accepted()).await;
        ground.answer(answer, NOW).await;
        let id = ground.sent().await[0].id;
        assert_eq!(ground.hear(id, Report::Bounced).await, Some(true));
        assert_eq!(
            ground.truth().await,
            (answer, None, 1, vec![Fate::Bounced]),
            "the message says it, the row does not"
        );
        assert!(!ground.sent().await[0].open);
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_report_settles_what_a_crash_left_in_doubt(#[case] kind: Database) {
    for (report, problem, fate) in [
        (Report::Delivered, None, Fate::Delivered),
        (Report::Bounced, Some(Problem::Bounced), Fate::Bounced),
        (Report::Delayed, None, Fate::Delayed),
    ] {
        // Whether it is heard before or after the worker is known to be dead.
        for early in [true, false] {
            let ground = ground(kind, 1).await;
            ground.press(MessageKind::Invitation).await;
            let mut tx = ground.storage.begin().await.unwrap();
            let id = take(&mut tx, "dead", NOW).await[0].id;
            tx.commit().await.unwrap();
            if early {
                assert_eq!(ground.hear(id, report).await, Some(true));
            }
            let mut tx = ground.storage.begin().await.unwrap();
            assert_eq!(tx.reclaim(NOW.plus_seconds(31)).await.unwrap(), 1);
            tx.commit().await.unwrap();
            if !early {
                let (state, problem, sent, _) = ground.truth().await;
                assert_eq!(
                    (state, problem, sent),
                    (InvitationState::ToSend, Some(Problem::Uncertain), 0)
                );
                assert_eq!(ground.hear(id, report).await, Some(true));
            }
            assert_eq!(
                ground.truth().await,
                (InvitationState::Sent, problem, 1, vec![fate]),
                "{report} {early}"
            );
        }
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_heard_before_the_gateway_answered_counts(#[case] kind: Database) {
    for outcome in [
        accepted(),
        Outcome::Uncertain {
            detail: "no answer in time".into(),
        },
    ] {
        let ground = ground(kind, 1).await;
        ground.press(MessageKind::Invitation).await;
        let mut tx = ground.storage.begin().await.unwrap();
        let leased = take(&mut tx, "a", NOW).await[0];
        tx.commit().await.unwrap();
        ground.hear(leased.id, Report::Bounced).await;
        let mut tx = ground.storage.begin().await.unwrap();
        let recorded = Recorded {
            leased,
            address: None,
            subject: None,
            body: None,
            outcome,
        };
        tx.record("a", NOW, &[recorded]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            ground.truth().await,
            (
                InvitationState::Sent,
                Some(Problem::Bounced),
                1,
                vec![Fate::Bounced]
            )
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_heard_of_an_earlier_round_does_not_send_the_next(#[case] kind: Database) {
    let ground = ground(kind, 1).await;
    ground.press(MessageKind::Invitation).await;
    let mut tx = ground.storage.begin().await.unwrap();
    let id = take(&mut tx, "dead", NOW).await[0].id;
    tx.reclaim(NOW.plus_seconds(31)).await.unwrap();
    tx.commit().await.unwrap();
    // Declined by the link, and chosen again: nothing of this round has gone out.
    let later = NOW.plus_seconds(100);
    ground.answer(InvitationState::Declined, later).await;
    ground.answer(InvitationState::ToSend, later).await;
    for report in [Report::Bounced, Report::Delivered] {
        ground.hear(id, report).await;
        let (state, ..) = ground.truth().await;
        assert_eq!(state, InvitationState::ToSend, "{report}");
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_administrator_knows_that_it_arrived(#[case] kind: Database) {
    let ground = ground(kind, 1).await;
    ground.press(MessageKind::Invitation).await;
    let invitation = ground.people[0].1;
    let mut tx = ground.storage.begin().await.unwrap();
    take(&mut tx, "dead", NOW).await;
    assert!(!tx.it_arrived(invitation).await.unwrap(), "not in doubt");
    tx.reclaim(NOW.plus_seconds(31)).await.unwrap();
    assert!(tx.it_arrived(invitation).await.unwrap());
    assert!(!tx.it_arrived(invitation).await.unwrap(), "once");
    tx.commit().await.unwrap();
    assert_eq!(
        ground.truth().await,
        (InvitationState::Sent, None, 1, vec![Fate::Sent])
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_list_is_narrowed_by_all_its_filters(#[case] kind: Database) {
    let ground = ground(kind, 3).await;
    ground.press(MessageKind::Invitation).await;
    ground.hand_over(&accepted()).await;
    let lines = ground.sent().await;
    ground.hear(lines[0].id, Report::Bounced).await;
    ground.hear(lines[1].id, Report::Delivered).await;
    let count = async |filter: MessageFilter| {
        let mut query = ground.query(None);
        query.filter = &filter;
        let mut tx = ground.storage.read().await.unwrap();
        let lines = tx.message_window(&query, Range::new(0, 10)).await.unwrap();
        assert_eq!(
            lines.len(),
            tx.message_count(&query).await.unwrap() as usize
        );
        lines.len()
    };
    for fate in Fate::ALL {
        let expected = usize::from(matches!(fate, Fate::Sent | Fate::Bounced | Fate::Delivered));
        let filter = MessageFilter {
            fate: Some(*fate),
            ..MessageFilter::NONE
        };
        assert_eq!(count(filter).await, expected, "{fate}");
    }
    let of = |text: &str| MessageFilter {
        text: text.to_owned(),
        channel: Some(Channel::Email),
        kind: Some(MessageKind::Invitation),
        training: Some(ground.training),
        ..MessageFilter::NONE
    };
    assert_eq!(count(of("")).await, 3);
    assert_eq!(count(of("first1")).await, 1);
    let by_sms = MessageFilter {
        channel: Some(Channel::Sms),
        ..of("")
    };
    assert_eq!(count(by_sms).await, 0);
    let another = MessageFilter {
        training: Some(new_id()),
        ..of("")
    };
    assert_eq!(count(another).await, 0);
    let resent = MessageFilter {
        kind: Some(MessageKind::Resend),
        ..of("")
    };
    assert_eq!(count(resent).await, 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_lease_is_held_by_one(#[case] kind: Database) {
    let ground = ground(kind, 0).await;
    let mut tx = ground.storage.begin().await.unwrap();
    let until = NOW.plus_seconds(60);
    let mut take = async |owner: &str, now: Timestamp| {
        tx.take_lease("bounces", owner, now, until).await.unwrap()
    };
    assert!(take("a", NOW).await);
    assert!(!take("b", NOW).await);
    assert!(take("a", NOW).await, "it is kept");
    assert!(take("b", until.plus_seconds(1)).await);
    assert!(!take("a", NOW).await);
}
