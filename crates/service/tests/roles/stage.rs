//! The people of the walk: an organisation with a training in which everything has begun, and another organisation.

use crate::world::offer::fields;
use crate::world::{World, form, organisation};
use bytes::Bytes;
use convoke_domain::message::Problem;
use convoke_domain::registration::{AnswerValue, RegistrationSettings, RegistrationState};
use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::selection::Change;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{MessageFilter, OrganisationSettings, Range};
use convoke_domain::{
    Actor, BatchId, Channel, ConfirmedBy, DocumentId, GroupId, ImportId, InvitationId,
    InvitationState, Language, MessageId, MessageKind, MessageState, RegistrationId, ReminderId,
    Role, TrainingId, UserId,
};
use convoke_service::{documents, imports, messages, registration, settings, tokens, trainings};
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::outbox::{MessageQuery, NewBatch, PastMessage};
use convoke_storage::registration::{NewRegistration, Told};
use convoke_testkit::Database;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Today, when the training begins.
pub const TODAY: &str = "2026-11-22";

/// Last name of everybody in the group; nobody else may read it than those who may see them.
pub const HIDDEN: &str = "Hidden";
/// Last name of those who are in no group: only an administrator sees them, and their trainer.
pub const OUTSIDE: &str = "Outside";
/// What the addresses of all of them have in common; a trainer reads none.
pub const ADDRESSES: &str = "@hidden.test";
/// The title of the training.
pub const TITLE: &str = "Fire Safety";

/// Everything that a call can be about.
pub struct Stage {
    /// The organisation, its administrator, and the training.
    pub world: World,
    /// A group with everybody who is called [`HIDDEN`].
    pub group: GroupId,
    /// A group without anybody.
    pub empty_group: GroupId,
    /// Another training of the organisation.
    pub elsewhere: TrainingId,
    /// A training of the other organisation.
    pub theirs: TrainingId,
    /// Sent.
    pub anna: UserId,
    /// In the directory only.
    pub emil: UserId,
    /// Sent, and in no group.
    pub olga: UserId,
    /// Anna's.
    pub sent: InvitationId,
    /// Bela's.
    pub confirmed: InvitationId,
    /// Fred's: to send.
    pub to_send: InvitationId,
    /// Olga's.
    pub outside: InvitationId,
    /// Dora's, who waits for approval.
    pub registration: RegistrationId,
    /// A file of the training, not shared.
    pub document: DocumentId,
    /// On its way to Cleo.
    pub message: MessageId,
    /// The batch of that message, which waits for a minute.
    pub batch: BatchId,
    /// A reminder of the training that waits.
    pub reminder: ReminderId,
    /// A training of the same trainer in December.
    pub later: TrainingId,
    /// Failed, to Anna. Another one, to Fred, is in doubt.
    pub failed: MessageId,
    /// An import that can be checked, one that can be begun, and one that can be undone.
    pub imports: [ImportId; 3],
    /// A tablet that is locked to the training, as it is known by.
    pub device: String,
    /// One for each role, in the order of the table.
    pub actors: [Actor; 7],
    /// Whether trainers may add people at the door.
    pub trainers_add_people: bool,
}

/// What there is, to be compared before and after a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Versions of the trainings of the organisation: they may grow without anything having happened.
    pub versions: String,
    /// Everything else of the organisation.
    pub ours: String,
    /// Everything of the other one.
    pub theirs: String,
}

impl Stage {
    /// Makes one over a fresh database.
    pub async fn new(kind: Database) -> Self {
        Self::over(World::new(kind).await, true).await
    }

    /// Another one in the same database, with two organisations of its own: no call finds what one before it did.
    pub async fn again(self, trainers_add_people: bool) -> Self {
        Self::over(self.world, trainers_add_people).await
    }

    async fn over(mut world: World, trainers_add_people: bool) -> Self {
        (world.admin, world.user_type) = organisation(&world.service, "Acme").await;
        let (stranger, _) = organisation(&world.service, "Other").await;
        let person = async |first: &str, last: &str| {
            let email = format!("{}@hidden.test", first.to_lowercase());
            world.person(first, last, Some(&email), None).await
        };
        let anna = person("Anna", HIDDEN).await;
        let bela = person("Bela", HIDDEN).await;
        let cleo = person("Cleo", HIDDEN).await;
        let dora = person("Dora", HIDDEN).await;
        let emil = person("Emil", HIDDEN).await;
        let fred = person("Fred", HIDDEN).await;
        let olga = person("Olga", OUTSIDE).await;
        let oscar = person("Oscar", OUTSIDE).await;
        let odile = person("Odile", OUTSIDE).await;
        let marc = person("Marc", "Trainer").await;
        let ines = person("Ines", "Staff").await;
        let otto = person("Otto", "Staff").await;
        let nils = person("Nils", "Staff").await;
        let group = world
            .group("Hidden people", &[anna, bela, cleo, dora, emil, fred])
            .await;
        let empty_group = world.group("Elsewhere", &[]).await;

        let today = |title: &str, trainers: Vec<UserId>| TrainingForm {
            start: format!("{TODAY}T14:00"),
            trainers,
            ..form(title)
        };
        let make = async |actor: &Actor, form: &TrainingForm| {
            trainings::save(&world.service, actor, None, form)
                .await
                .unwrap()
        };
        let training = make(&world.admin, &today(TITLE, vec![marc])).await;
        let elsewhere = make(&world.admin, &today("Something else", vec![nils])).await;
        let taught = TrainingForm {
            trainers: vec![marc],
            ..form("Later")
        };
        let later = make(&world.admin, &taught).await;
        let theirs = make(&stranger, &today("Theirs", Vec::new())).await;
        world.training = training;
        world.validate(&[Change::Add(vec![fred])]).await;
        let ([sent, confirmed, _, outside, ..], batch) = invite(
            &world,
            [
                (anna, InvitationState::Sent),
                (bela, InvitationState::Confirmed),
                (cleo, InvitationState::ToSend),
                (olga, InvitationState::Sent),
                (oscar, InvitationState::Confirmed),
                (odile, InvitationState::ToSend),
            ],
        )
        .await;
        let failed = fail(&world, training, anna, MessageState::Failed).await;
        fail(&world, training, fred, MessageState::Uncertain).await;
        let registration = offer(&world, dora, trainers_add_people).await;
        let document = upload(&world).await;
        let messages = messages::list(
            &world.service,
            &world.admin,
            MessageFilter::none(),
            Range::new(0, 9),
        )
        .await
        .unwrap();
        let message = messages.rows.iter().find(|row| row.to.starts_with("Cleo"));
        let message = message.expect("a message to Cleo").id;
        let mut tx = world.service.storage.read().await.unwrap();
        let to_send = tx.invitation_of(training, fred).await.unwrap().unwrap().id;
        drop(tx);

        let reminder = remind(&world).await;
        let device = lock(&world).await;
        let imports = bring(&world).await;

        let actor = |user: UserId, role: Role, scope: &[GroupId], name: &str| Actor {
            user_id: Some(user),
            role,
            scope: scope.to_vec(),
            name: name.to_owned(),
            ..world.admin.clone()
        };
        let actors = [
            world.admin.clone(),
            actor(ines, Role::Authorised, &[group], "Ines Staff"),
            actor(otto, Role::Authorised, &[empty_group], "Otto Staff"),
            actor(marc, Role::Member, &[], "Marc Trainer"),
            actor(bela, Role::Member, &[], "Bela Participant"),
            stranger,
            actor(nils, Role::Member, &[], "Nils Staff"),
        ];
        Self {
            world,
            group,
            empty_group,
            elsewhere,
            theirs,
            anna,
            emil,
            olga,
            sent,
            confirmed,
            to_send,
            outside,
            registration,
            document,
            message,
            batch,
            reminder,
            later,
            failed,
            imports,
            device,
            actors,
            trainers_add_people,
        }
    }

    /// Whether somebody is of the other organisation.
    pub fn is_stranger(&self, actor: &Actor) -> bool {
        actor.organisation_id != self.world.admin.organisation_id
    }

    /// A training that is not the one everything else is about: of the actor's own organisation.
    pub fn another_training(&self, actor: &Actor) -> TrainingId {
        if self.is_stranger(actor) {
            self.theirs
        } else {
            self.elsewhere
        }
    }

    /// What there is now.
    pub async fn state(&self) -> State {
        let mut tx = self.world.service.storage.read().await.unwrap();
        let (us, them) = (
            self.world.admin.organisation_id,
            self.actors[5].organisation_id,
        );
        let mut both = Vec::new();
        for (organisation, trainings) in [
            (us, vec![self.world.training, self.elsewhere]),
            (them, vec![self.theirs]),
        ] {
            let mut all = String::new();
            let history = tx.history_events(organisation).await.unwrap();
            let settings = tx.organisation_settings(organisation).await.unwrap();
            let imports = tx.imports(organisation).await.unwrap();
            let messages = MessageQuery::all(organisation);
            let messages = tx.message_count(&messages).await.unwrap();
            write!(all, "{history:?} {settings:?} {imports:?} {messages}").unwrap();
            for actor in &self.actors {
                let visit = match actor.user_id {
                    Some(user) => tx.last_visit(user, trainings[0]).await.unwrap(),
                    None => None,
                };
                write!(all, " {visit:?}").unwrap();
            }
            for training in trainings {
                let reminders = tx.reminders(organisation, training).await.unwrap();
                let moved = tx.training(organisation, training).await.unwrap();
                let moved = moved.and_then(|training| training.moved_at);
                write!(all, " {reminders:?} {moved:?}").unwrap();
                let documents = tx.documents(organisation, training).await.unwrap();
                let code = tx.self_registration(organisation, training).await.unwrap();
                let code = code.map(|stored| stored.code);
                let pending = tx
                    .pending_registrations(training, None)
                    .await
                    .unwrap()
                    .len();
                let trainers = tx.trainers(&[training]).await.unwrap().len();
                let counts = tx.training_counts(&[training], None).await.unwrap();
                let queued = tx
                    .training_messages_in_progress(training, None)
                    .await
                    .unwrap();
                write!(
                    all,
                    " {documents:?} {code:?} {pending} {trainers} {counts:?} {queued}"
                )
                .unwrap();
                for user in [self.anna, self.emil, self.olga] {
                    let invitation = tx.invitation_of(training, user).await.unwrap();
                    write!(all, " {invitation:?}").unwrap();
                }
            }
            both.push(all);
        }
        let mut versions = tx
            .training_versions(&[self.world.training, self.elsewhere, self.theirs])
            .await
            .unwrap();
        versions.sort_unstable();
        let theirs = both.pop().unwrap_or_default();
        State {
            versions: format!("{versions:?}"),
            ours: both.pop().unwrap_or_default(),
            theirs,
        }
    }
}

/// Invitations as they are after days; to those who are *to send* a message is on its way.
async fn invite<const N: usize>(
    world: &World,
    people: [(UserId, InvitationState); N],
) -> ([InvitationId; N], BatchId) {
    let (service, now) = (&world.service, world.service.clock.now());
    let mut tx = service.storage.begin().await.unwrap();
    let mut on_their_way = Vec::new();
    let ids = people.map(|_| service.id::<InvitationId>());
    for (id, (user_id, state)) in ids.iter().zip(people) {
        let by = (state == InvitationState::Confirmed).then_some(ConfirmedBy::Link);
        let was_sent = state != InvitationState::ToSend;
        tx.insert_invitation(&InvitationFacts {
            id: *id,
            organisation_id: world.admin.organisation_id,
            training_id: world.training,
            user_id,
            state,
            confirmed_by: by,
            confirmed_by_user: None,
            chosen_by: world.admin.user_id,
            chosen_at: now,
            sent_count: u32::from(was_sent),
            last_sent_at: was_sent.then_some(now),
            answered_at: by.map(|_| now),
            problem: None,
        })
        .await
        .unwrap();
        if !was_sent {
            on_their_way.push((*id, Channel::Email));
        }
    }
    let batch = NewBatch {
        id: service.id(),
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        kind: MessageKind::Invitation,
        queued_by: world.admin.user_id,
        at: now,
        starts_at: now.plus_seconds(60),
        planned: false,
    };
    tx.enqueue(&batch, &on_their_way).await.unwrap();
    tx.commit().await.unwrap();
    (ids, batch.id)
}

/// A reminder that waits.
async fn remind(world: &World) -> ReminderId {
    let id = world.service.id();
    let form = ReminderForm {
        days: 60,
        anchor: ReminderAnchor::Start,
    };
    let of = (world.admin.organisation_id, world.training);
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_reminder(of, id, form, world.admin.user_id, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A message to somebody of the training that did not go well.
async fn fail(world: &World, training: TrainingId, user: UserId, state: MessageState) -> MessageId {
    let service = &world.service;
    let mut tx = service.storage.begin().await.unwrap();
    let invitation = tx.invitation_of(training, user).await.unwrap().unwrap();
    let message = PastMessage {
        id: service.id(),
        invitation_id: invitation.id,
        batch_id: service.id(),
        kind: MessageKind::Resend,
        channel: Channel::Email,
        generation: 1,
        state,
        problem: Some((Problem::AddressRefused, String::new())),
        address: "old@hidden.test".to_owned(),
        subject: String::new(),
        body: String::new(),
        queued_by: None,
        at: service.clock.now(),
    };
    tx.insert_past_messages(std::slice::from_ref(&message))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    message.id
}

/// Files of people: one as it came, one checked, one imported.
async fn bring(world: &World) -> [ImportId; 3] {
    let (service, admin) = (&world.service, &world.admin);
    let mut brought = Vec::new();
    for name in ["Una", "Vera", "Wim"] {
        let file = format!("last_name,first_name,email\nBrought,{name},{name}@brought.test\n");
        brought.push(
            imports::bring(service, admin, "people.csv", file.into_bytes())
                .await
                .unwrap(),
        );
    }
    for id in &brought[1..] {
        let view = imports::view(service, admin, *id).await.unwrap();
        let fields: Vec<_> = view.columns.iter().map(|column| column.field).collect();
        imports::check(service, admin, *id, &fields).await.unwrap();
        world.import_settled(*id).await;
    }
    imports::run(service, admin, brought[2]).await.unwrap();
    world.import_settled(brought[2]).await;
    brought.try_into().unwrap()
}

/// Offers self-registration; somebody of the group has registered and waits for approval.
async fn offer(world: &World, user: UserId, trainers_add_people: bool) -> RegistrationId {
    let service = &world.service;
    let options = OrganisationSettings {
        name: "Acme".to_owned(),
        login_codes: true,
        trainers_add_people,
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    settings::save(service, &world.admin, &options)
        .await
        .unwrap();
    let wanted = RegistrationSettings {
        offered: true,
        approval: true,
        ..RegistrationSettings::default()
    };
    registration::save_settings(service, &world.admin, world.training, &wanted)
        .await
        .unwrap();
    registration::publish_form(service, &world.admin, world.training, 0, &fields())
        .await
        .unwrap();
    let new = NewRegistration {
        id: service.id(),
        submission: service.id(),
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        user_id: Some(user),
        known: true,
        repeated: false,
        first_name: "Dora",
        last_name: HIDDEN,
        email: Some("dora@hidden.test"),
        mobile: None,
        language: Language::En,
        form_version: 1,
        state: RegistrationState::Pending,
        told: Told::Pending,
        at: service.clock.now(),
    };
    let answers = BTreeMap::from([(fields().fields[2].id, AnswerValue::Choices(vec![2]))]);
    let mut tx = service.storage.begin().await.unwrap();
    tx.insert_registration(&new).await.unwrap();
    tx.add_answers(new.organisation_id, world.training, new.id, &answers)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    new.id
}

/// Locks a tablet to the training.
async fn lock(world: &World) -> String {
    let device = tokens::hash("tablet");
    let now = world.service.clock.now();
    let organisation = world.admin.organisation_id;
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.lock_device(organisation, world.training, &device, "pin", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    device
}

async fn upload(world: &World) -> DocumentId {
    let mut upload =
        documents::begin_upload(&world.service, &world.admin, world.training, "Plan.pdf")
            .await
            .unwrap();
    upload.write(Bytes::from_static(b"%PDF")).await.unwrap();
    upload.finish(false).await.unwrap()
}
