//! Every line of the table as a call.

use crate::stage::{HIDDEN, Stage, TODAY};
use crate::world::form;
use crate::world::offer::fields;
use bytes::Bytes;
use convoke_domain::message_text::{TextDraft, TextKey};
use convoke_domain::person_form::PersonForm;
use convoke_domain::registration::RegistrationSettings;
use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::selection::{Change, Changes, Filter, PeopleList};
use convoke_domain::training::{Phase, TrainingForm};
use convoke_domain::view::{
    AccessForm, AccountPlan, BlockQuery, BlocksView, Choice, ContactForm, FilterChoices,
    HistoryFilter, ImportField, InviteAccounts, MembersChange, MergeRequest, MessageFilter,
    OnTheSpot, OrganisationSettings, ParticipantsView, PasteRequest, PasteTarget, PeopleChoice,
    Perspective, Range, RegistrationView, SaveText, SelectionCounts, SelectionIdsQuery,
    SelectionQuery, SelectionView, SendAction, SendOrder, SendOutcome, SendPlan, SendRequest, Side,
    Split, StateCounts, TextRequest, ValidateOutcome, ValidateRequest,
};
use convoke_domain::{
    Actor, Attendance, Channel, HalfDay, InvitationId, InvitationState, Language, MessageKind,
    Refusal, Role, TrainingId, UserId,
};
use convoke_service::export::{self, FileFormat};
use convoke_service::people::import::ImportFile;
use convoke_service::{
    Outcome, attendance, deliverability, documents, history, imports, invitations, messages,
    opt_out, paste, people, presence, registration, reminders, repair, retention, selection,
    sending, session, settings, texts, trainings, visits,
};
use std::fmt::Debug;

const MAIL_TEXT: TextKey = TextKey {
    kind: MessageKind::Invitation,
    language: Language::En,
    channel: Channel::Email,
};
const ALL: Range = Range::new(0, 200);

/// What came of a call.
pub struct Answer {
    /// Whether it was answered, and then whether there was anything in it.
    pub outcome: Result<bool, Refusal>,
    /// How many people can be counted in the answer.
    pub people: u32,
    /// All that the answer says.
    pub text: String,
    /// Whether it is meant to change something.
    pub writes: bool,
}

/// The half-day that is on.
fn this_half() -> HalfDay {
    format!("{TODAY}-afternoon").parse().unwrap()
}

async fn mark(stage: &Stage, actor: &Actor, training: TrainingId) -> Outcome<()> {
    let there = Some(Attendance::Present);
    let (service, whom) = (&stage.world.service, stage.confirmed);
    presence::mark(service, actor, training, (whom, &this_half()), there, None).await
}

/// What a call looks at, of which there is `something`, with so many people in it.
fn look<T: Debug>(
    outcome: Outcome<T>,
    something: impl Fn(&T) -> bool,
    people: impl Fn(&T) -> u32,
) -> Answer {
    Answer {
        people: outcome.as_ref().map_or(0, people),
        text: format!("{outcome:?}"),
        outcome: outcome.map(|view| something(&view)),
        writes: false,
    }
}

/// A look at something that has nobody in it.
fn open<T: Debug>(outcome: Outcome<T>) -> Answer {
    look(outcome, |_| true, |_| 0)
}

/// A look at people: without any there is nothing.
fn list<T: Debug>(outcome: Outcome<T>, people: impl Fn(&T) -> u32) -> Answer {
    look(outcome, |view| people(view) > 0, &people)
}

/// What a call does; `done` says how much.
fn change<T: Debug>(outcome: Outcome<T>, done: impl Fn(&T) -> u32) -> Answer {
    Answer {
        writes: true,
        ..look(outcome, |view| done(view) > 0, |_| 0)
    }
}

/// What came of a call that goes on by itself, once that is over.
async fn settled(stage: &Stage, import: usize, answer: Answer) -> Answer {
    stage.world.import_settled(stage.imports[import]).await;
    answer
}

/// Something that is done or refused.
fn act<T: Debug>(outcome: Outcome<T>) -> Answer {
    change(outcome, |_| 1)
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap()
}

fn counted(counts: &StateCounts) -> u32 {
    counts.to_send + counts.sent + counts.confirmed + counts.declined + counts.waiting
}

fn routed(split: &Split) -> u32 {
    split.email + split.sms + split.fallback + split.unreachable + split.opted_out
}

fn in_blocks(view: &BlocksView) -> u32 {
    let blocks = [
        &view.to_send,
        &view.sent,
        &view.confirmed,
        &view.declined,
        &view.waiting,
    ];
    let summary = &view.summary;
    counted(&summary.counts)
        + routed(&summary.to_send)
        + routed(&summary.sent)
        + summary.in_progress
        + blocks
            .iter()
            .map(|block| block.total + size(block.rows.len()))
            .sum::<u32>()
}

fn in_plan(plan: &SendPlan) -> u32 {
    routed(&plan.split)
        + plan.recent
        + size(plan.recent_names.len() + plan.unreachable.len() + plan.fallback_names.len())
        + u32::from(plan.preview.is_some())
}

fn in_choices(choices: &FilterChoices) -> u32 {
    fn users<Id>(choices: &[Choice<Id>]) -> u32 {
        choices.iter().map(|choice| choice.users).sum()
    }
    users(&choices.groups) + users(&choices.user_types)
}

fn in_room(view: &ParticipantsView) -> u32 {
    size(view.rows.len()) + view.days.iter().map(|day| day.present).sum::<u32>()
}

fn in_registration(view: &RegistrationView) -> u32 {
    // How many seats are taken, how many wait and how many answered are facts about the training, which whoever manages it has to know.
    view.pending
}

fn in_panel(view: &SelectionView) -> u32 {
    // The panel says how many participants it does not show, on purpose: nobody shall believe that the list is all there is.
    let SelectionCounts {
        matching,
        similar,
        directory,
        participants,
        informed,
        added,
        removed,
        removed_sent,
        removed_confirmed,
        ..
    } = view.counts;
    let rows = [&view.users, &view.participants].into_iter().flatten();
    [
        matching,
        similar,
        directory,
        participants,
        informed,
        added,
        removed,
        removed_sent,
        removed_confirmed,
    ]
    .iter()
    .sum::<u32>()
        + rows
            .map(|window| window.total + size(window.rows.len()))
            .sum::<u32>()
}

/// Specification, section 4: who is out of scope meanwhile is reported by name.
fn without_reports(outcome: ValidateOutcome) -> ValidateOutcome {
    ValidateOutcome {
        not_added: Vec::new(),
        ..outcome
    }
}

/// *Validate*: what it did, and what it tells of others.
fn validated(outcome: Outcome<ValidateOutcome>) -> Answer {
    let outcome = outcome.map(without_reports);
    let people = outcome.as_ref().map_or(0, |outcome| {
        outcome.colleague_added + outcome.colleague_removed
    });
    Answer {
        people,
        ..change(outcome, |outcome| outcome.added + outcome.removed)
    }
}

/// Presses a button after its dialog; who does not get the dialog knows its fingerprint from an administrator.
async fn send(stage: &Stage, actor: &Actor, request: &SendRequest) -> Answer {
    let service = &stage.world.service;
    let plan = match sending::send_plan(service, actor, request).await {
        Ok(plan) => Ok(plan),
        Err(_) => sending::send_plan(service, &stage.world.admin, request).await,
    };
    let fingerprint = plan.map(|plan| plan.fingerprint).unwrap_or_default();
    let order = SendOrder {
        request: request.clone(),
        fingerprint,
        at: None,
    };
    let outcome = sending::send(service, actor, &order).await;
    change(outcome, |outcome| match outcome {
        SendOutcome::Queued(n) => *n,
        SendOutcome::Changed(_) => 0,
    })
}

/// Corrects an address and writes again, at the version that an administrator would send.
async fn correct(stage: &Stage, actor: &Actor, id: InvitationId, user: UserId) -> Answer {
    let service = &stage.world.service;
    let organisation = stage.actors[0].organisation_id;
    let mut tx = service.storage.read().await.unwrap();
    let version = tx.user_version(organisation, user, false).await;
    drop(tx);
    let form = ContactForm {
        email: "corrected@example.org".to_owned(),
        mobile: String::new(),
        channel: Channel::Email,
    };
    let version = version.unwrap().unwrap();
    act(repair::correct(service, actor, id, version, &form, true).await)
}

fn mail(stage: &Stage, training_id: TrainingId, by_hand: bool) -> SendRequest {
    SendRequest {
        training_id,
        action: SendAction::Send,
        only: by_hand.then(|| vec![stage.to_send]),
        spare_recent: false,
    }
}

fn pasted(stage: &Stage, text: &str) -> PasteRequest {
    PasteRequest {
        target: PasteTarget::Training(stage.world.training),
        text: text.to_owned(),
        create: true,
        language: Language::En,
        user_type: None,
        group: Some(stage.group),
    }
}

fn at_the_door(first_name: &str, email: &str) -> OnTheSpot {
    OnTheSpot {
        first_name: first_name.to_owned(),
        last_name: "Newcomer".to_owned(),
        email: email.to_owned(),
        mobile: String::new(),
    }
}

/// Emil and somebody else made one, at the versions that an administrator would send.
async fn merged(stage: &Stage, other: UserId) -> MergeRequest {
    let organisation = stage.actors[0].organisation_id;
    let mut tx = stage.world.service.storage.read().await.unwrap();
    let mut known = async |id| {
        let version = tx.user_version(organisation, id, false).await;
        (id, version.unwrap().unwrap())
    };
    MergeRequest {
        keep: known(stage.emil).await,
        other: known(other).await,
        from_other: Vec::new(),
    }
}

/// Does what a line of the table says, as somebody.
pub async fn call(stage: &Stage, actor: &Actor, what: &str) -> Answer {
    let (service, training) = (&stage.world.service, stage.world.training);
    let another = stage.another_training(actor);
    let hidden = Filter {
        text: HIDDEN.to_owned(),
        ..Filter::default()
    };
    let by_hand = [
        Change::Add(vec![stage.emil]),
        Change::Remove(vec![stage.anna]),
    ];
    match what {
        "documents::add_link" => {
            act(documents::add_link(service, actor, training, "Film", "https://x.org", true).await)
        }
        "documents::begin_upload" => act(upload(stage, actor).await),
        "documents::delete" => act(documents::delete(service, actor, stage.document).await),
        "documents::list" => {
            let outcome = documents::list(service, actor, training).await;
            look(outcome, |view| !view.rows.is_empty(), |_| 0)
        }
        "documents::may_upload" => open(documents::may_upload(service, actor, training).await),
        "documents::open" => open(documents::open(service, actor, stage.document).await),
        "documents::share" => act(documents::share(service, actor, stage.document, true).await),

        "export::directory::people" => {
            let outcome = export::people(service, actor, &hidden, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            list(text, |text| size(text.lines().count()) - 1)
        }
        "export::messages::messages" => {
            let filter = MessageFilter::none();
            let outcome = export::messages(service, actor, filter, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            list(text, |text| size(text.lines().count()) - 1)
        }
        "export::participants" => {
            let outcome = export::participants(service, actor, training, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            list(text, |text| size(text.lines().count()) - 1)
        }

        "export::attendance::attendance" => {
            let outcome = export::attendance(service, actor, training, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            list(text, |text| size(text.lines().count()) - 1)
        }

        "history::export" => {
            let filter = HistoryFilter::default();
            let outcome = history::export(service, actor, &filter, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            look(text, |text| text.lines().count() > 0, |_| 0)
        }
        "history::list" => {
            let filter = HistoryFilter::default();
            // The administrator of another organisation reads theirs.
            open(history::list(service, actor, &filter, ALL).await)
        }

        "history::story::export" => {
            let outcome =
                history::story::export(service, actor, stage.anna, None, FileFormat::Csv).await;
            let text = outcome.map(|file| String::from_utf8(file.bytes).unwrap());
            list(text, |text| size(text.lines().count()) - 1)
        }
        "history::story::head" => list(
            history::story::head(service, actor, stage.anna).await,
            |_| 1,
        ),
        "history::story::list" => list(
            history::story::list(service, actor, stage.anna, None, ALL).await,
            |window| window.total + size(window.rows.len()),
        ),
        "history::story::list, of nobody's group" => list(
            history::story::list(service, actor, stage.olga, Some(training), ALL).await,
            |window| window.total + size(window.rows.len()),
        ),

        "invitations::blocks" => list(
            invitations::blocks(service, actor, training, "").await,
            in_blocks,
        ),
        "invitations::confirm_for" => {
            act(invitations::confirm_for(service, actor, stage.sent).await)
        }
        "invitations::confirm_for, of nobody's group" => {
            act(invitations::confirm_for(service, actor, stage.outside).await)
        }
        "invitations::rows" => {
            let query = BlockQuery {
                training_id: training,
                state: InvitationState::Sent,
                find: String::new(),
            };
            let outcome = invitations::rows(service, actor, &query, ALL).await;
            list(outcome, |window| window.total + size(window.rows.len()))
        }
        "sending::send" => send(stage, actor, &mail(stage, training, false)).await,
        "sending::send, ids by hand" => send(stage, actor, &mail(stage, training, true)).await,
        "sending::send, through another training" => {
            send(stage, actor, &mail(stage, another, true)).await
        }
        "sending::send_preview" => {
            let request = SendRequest {
                training_id: training,
                action: SendAction::Resend,
                only: None,
                spare_recent: false,
            };
            let outcome = sending::send_preview(service, actor, &request, 0, "").await;
            list(outcome, |found| u32::from(found.is_some()))
        }
        "sending::send_plan" => {
            let request = mail(stage, training, false);
            list(sending::send_plan(service, actor, &request).await, in_plan)
        }

        "sending::stop_batch" => act(sending::stop_batch(service, actor, training, stage.batch)
            .await
            .map(|_| ())),
        "sending::hurry_batch" => {
            act(sending::hurry_batch(service, actor, training, stage.batch).await)
        }

        "sending::let_move" => act(sending::let_move(service, actor, training).await),
        "reminders::list" => open(reminders::list(service, actor, training).await),
        "reminders::plan" => {
            let form = ReminderForm {
                days: 1,
                anchor: ReminderAnchor::Start,
            };
            act(reminders::plan(service, actor, stage.later, form)
                .await
                .map(|_| ()))
        }
        "reminders::remove" => {
            act(reminders::remove(service, actor, training, stage.reminder).await)
        }
        "visits::news" => list(visits::news(service, actor, training).await, |news| {
            u32::from(news.is_some())
        }),
        "visits::visited" => act(visits::visited(service, actor, training).await),

        "messages::bounces" => open(messages::bounces(service, actor).await),
        "messages::retry" => act(messages::retry(service, actor, stage.failed).await),
        "repair::contact" => {
            let outcome = repair::contact(service, actor, stage.sent).await;
            list(outcome, |_| 1)
        }
        "repair::contact, of nobody's group" => {
            let outcome = repair::contact(service, actor, stage.outside).await;
            list(outcome, |_| 1)
        }
        "repair::correct" => correct(stage, actor, stage.sent, stage.anna).await,
        "repair::correct, of nobody's group" => {
            correct(stage, actor, stage.outside, stage.olga).await
        }
        "repair::it_arrived" => act(repair::it_arrived(service, actor, stage.to_send).await),
        "repair::send_again" => act(repair::send_again(service, actor, stage.sent).await),
        "repair::send_again, of nobody's group" => {
            act(repair::send_again(service, actor, stage.outside).await)
        }
        "messages::channels" => open(messages::channels(service, actor).await),
        "messages::list" => {
            let outcome = messages::list(service, actor, MessageFilter::none(), ALL).await;
            list(outcome, |window| window.total + size(window.rows.len()))
        }
        "messages::text" => open(messages::text(service, actor, stage.message).await),

        "paste::apply" => {
            act(paste::apply(service, actor, &pasted(stage, "emil@hidden.test")).await)
        }
        "paste::apply, somebody new into the group" => {
            act(paste::apply(service, actor, &pasted(stage, "nora@new.test")).await)
        }
        "paste::preview" => {
            let target = PasteTarget::Training(training);
            let outcome = paste::preview(service, actor, &target, "emil@hidden.test").await;
            list(outcome, |view| size(view.known.len()))
        }
        "paste::preview, into a group's panel" => {
            let target =
                PasteTarget::Panel(PeopleList::Members(stage.empty_group), Changes::new(0));
            let outcome = paste::preview(service, actor, &target, "emil@hidden.test").await;
            list(outcome, |view| size(view.known.len()))
        }
        "paste::apply, into a panel" => {
            let request = PasteRequest {
                target: PasteTarget::Panel(PeopleList::Participants(training), Changes::new(0)),
                ..pasted(stage, "emil@hidden.test\nnora@new.test")
            };
            act(paste::apply(service, actor, &request).await)
        }

        "people::access::invite" => act(people::access::invite(service, actor, stage.emil).await),
        "people::access::invite_many" => {
            let people = PeopleChoice::These(vec![stage.emil]);
            // As an administrator reads it.
            let shown = people::access::plan(service, &stage.actors[0], &people).await;
            let shown = shown.unwrap();
            let request = InviteAccounts { people, shown };
            let done = people::access::invite_many(service, actor, &request).await;
            change(done, AccountPlan::messages)
        }
        "people::access::plan" => {
            let people = PeopleChoice::These(vec![stage.emil]);
            let plan = people::access::plan(service, actor, &people).await;
            list(plan, AccountPlan::messages)
        }
        "people::access::save" => {
            let form = AccessForm {
                role: Role::Authorised,
                scope: vec![stage.group],
            };
            act(people::access::save(service, actor, stage.emil, &form).await)
        }
        "deliverability::view" => open(deliverability::view(service, actor).await),
        "opt_out::record" => act(opt_out::record(service, actor, stage.emil, true).await),
        "opt_out::view" => open(opt_out::view(service, actor, stage.emil).await),
        "people::access::view" => {
            let seen = people::access::view(service, actor, stage.emil).await;
            look(seen, |_| true, |_| 0)
        }
        "people::choices" => list(people::choices(service, actor).await, in_choices),
        "people::edit::form" => open(people::edit::form(service, actor, Some(stage.emil)).await),
        "people::edit::form, of somebody new" => {
            open(people::edit::form(service, actor, None).await)
        }
        "people::edit::save" => {
            // As an administrator reads it.
            let emil = people::edit::form(service, &stage.actors[0], Some(stage.emil)).await;
            let emil = emil.unwrap();
            let form = PersonForm {
                first_name: "Emile".to_owned(),
                ..emil.form
            };
            act(people::edit::save(service, actor, Some((stage.emil, emil.version)), &form).await)
        }
        "people::edit::save, somebody new" => {
            let form = PersonForm {
                first_name: "Nora".to_owned(),
                last_name: "New".to_owned(),
                email: "nora@new.test".to_owned(),
                ..PersonForm::new(Language::En)
            };
            act(people::edit::save(service, actor, None, &form).await)
        }
        "people::edit::set_active" => {
            act(people::edit::set_active(service, actor, stage.emil, false).await)
        }
        "people::merge::preview" => {
            open(people::merge::preview(service, actor, stage.emil, stage.anna).await)
        }
        "people::merge::merge" => {
            act(people::merge::merge(service, actor, &merged(stage, stage.anna).await).await)
        }
        "people::merge::merge, with somebody who has a right" => {
            let administrator = stage.actors[0].user_id.unwrap();
            act(people::merge::merge(service, actor, &merged(stage, administrator).await).await)
        }
        "people::groups::change_members" => {
            let members = MembersChange {
                people: PeopleChoice::These(vec![stage.emil]),
                join: vec![stage.empty_group],
                leave: vec![stage.group],
            };
            act(people::groups::change_members(service, actor, &members).await)
        }
        "people::groups::delete_group" => {
            act(people::groups::delete_group(service, actor, stage.group).await)
        }
        "people::groups::delete_user_type, which somebody has" => {
            act(people::groups::delete_user_type(service, actor, stage.world.user_type).await)
        }
        "people::groups::save_group" => {
            act(people::groups::save_group(service, actor, Some(stage.group), "Renamed").await)
        }
        "people::groups::save_group, a new one" => {
            act(people::groups::save_group(service, actor, None, "New group").await)
        }
        "people::groups::save_user_type" => {
            let id = Some(stage.world.user_type);
            act(people::groups::save_user_type(service, actor, id, "Renamed").await)
        }
        "people::groups::save_user_type, a new one" => {
            act(people::groups::save_user_type(service, actor, None, "New type").await)
        }
        "imports::bring" => {
            let file = b"last_name,first_name,email\nNew,Nora,nora@new.test\n";
            act(imports::bring(service, actor, "people.csv", file.to_vec()).await)
        }
        "imports::check" => {
            let fields = [
                ImportField::LastName,
                ImportField::FirstName,
                ImportField::Email,
            ];
            let done = imports::check(service, actor, stage.imports[0], &fields.map(Some)).await;
            settled(stage, 0, act(done)).await
        }
        "imports::list" => list(imports::list(service, actor).await, |rows| size(rows.len())),
        "imports::may_bring" => look(imports::may_bring(actor), |()| true, |()| 0),
        "imports::result" => {
            let made =
                imports::result(service, actor, stage.imports[2], false, FileFormat::Csv).await;
            look(made, |file| !file.bytes.is_empty(), |_| 0)
        }
        "imports::run" => {
            settled(
                stage,
                1,
                act(imports::run(service, actor, stage.imports[1]).await),
            )
            .await
        }
        "imports::undo" => {
            settled(
                stage,
                2,
                act(imports::undo(service, actor, stage.imports[2]).await),
            )
            .await
        }
        "imports::view" => {
            let seen = imports::view(service, actor, stage.imports[2]).await;
            look(seen, |view| view.counts.lines > 0, |_| 0)
        }
        "people::import::import" => {
            let file =
                ImportFile::of("last_name,first_name,email\nNew,Nora,nora@new.test\n".into());
            act(people::import(service, actor, "people.csv", file, |_| {}).await)
        }
        "people::list" => {
            let outcome = people::list(service, actor, &hidden, ALL).await;
            list(outcome, |window| window.total + size(window.rows.len()))
        }

        "presence::add_on_the_spot" | "presence::add_on_the_spot, where trainers may not" => {
            let person = at_the_door("Nora", "nora@new.test");
            act(presence::add_on_the_spot(service, actor, training, &person).await)
        }
        "presence::add_on_the_spot, somebody known" => {
            let person = at_the_door("Emil", "emil@hidden.test");
            act(presence::add_on_the_spot(service, actor, training, &person).await)
        }
        "presence::mark" => act(mark(stage, actor, training).await),
        "presence::mark, through another training" => act(mark(stage, actor, another).await),
        "attendance::grid" => list(attendance::grid(service, actor, training).await, |view| {
            size(view.rows.len())
        }),
        "attendance::mark_rest" => change(
            attendance::mark_rest(service, actor, training, &this_half(), Attendance::Absent).await,
            |marked| *marked,
        ),
        "attendance::paper::sheet" => open(
            attendance::paper::sheet(service, actor, training)
                .await
                .map(|f| f.name),
        ),
        "attendance::paper::person_sheet" => {
            let sheet = attendance::paper::person_sheet(service, actor, training, stage.confirmed);
            open(sheet.await.map(|file| file.name))
        }
        "presence::participants" => list(
            presence::participants(service, actor, training, None).await,
            in_room,
        ),

        "registration::decide::approve" => {
            let ids = [stage.registration];
            let outcome = registration::approve(service, actor, training, &ids).await;
            change(outcome, |approved| approved.confirmed + approved.waiting)
        }
        "registration::decide::approve, through another training" => {
            let ids = [stage.registration];
            let outcome = registration::approve(service, actor, another, &ids).await;
            change(outcome, |approved| approved.confirmed + approved.waiting)
        }
        "registration::decide::awaiting" => {
            let outcome = registration::awaiting(service, actor).await;
            list(outcome, |counts| {
                counts.iter().map(|(_, count)| count).sum()
            })
        }
        "registration::decide::pending" => {
            let outcome = registration::pending(service, actor, training).await;
            list(outcome, |rows| size(rows.len()))
        }
        "registration::decide::refuse" => {
            let ids = [stage.registration];
            change(
                registration::refuse(service, actor, training, &ids).await,
                |n| *n,
            )
        }
        "registration::decide::refuse, through another training" => {
            let ids = [stage.registration];
            change(
                registration::refuse(service, actor, another, &ids).await,
                |n| *n,
            )
        }
        "registration::devices::devices" => {
            let outcome = registration::devices(service, actor, training).await;
            look(outcome, |view| !view.rows.is_empty(), |_| 0)
        }
        "registration::devices::release" => {
            let device = &stage.device;
            act(registration::release(service, actor, training, device).await)
        }
        "registration::devices::release, through another training" => {
            let device = &stage.device;
            act(registration::release(service, actor, another, device).await)
        }
        "registration::publish_form" => {
            act(registration::publish_form(service, actor, training, 1, &fields()).await)
        }
        "registration::renew_code" => act(registration::renew_code(service, actor, training).await),
        "registration::save_settings" => {
            let wanted = RegistrationSettings::default();
            act(registration::save_settings(service, actor, training, &wanted).await)
        }
        "registration::story::story" => {
            let outcome = registration::story(service, actor, training, stage.anna).await;
            list(outcome, |_| 1)
        }
        "registration::story::story, of nobody's group" => {
            let outcome = registration::story(service, actor, training, stage.olga).await;
            list(outcome, |_| 1)
        }
        "registration::story::story, through another training" => {
            let outcome = registration::story(service, actor, another, stage.anna).await;
            list(outcome, |_| 1)
        }
        "registration::view" => {
            let outcome = registration::view(service, actor, training).await;
            look(outcome, |_| true, in_registration)
        }

        "selection::ids" => {
            let query = SelectionIdsQuery {
                query: stage.world.query(0, Filter::default(), &[]),
                side: Side::Participants,
                offset: 0,
                limit: 200,
            };
            list(selection::ids(service, actor, &query).await, |ids| {
                size(ids.len())
            })
        }
        "selection::open" => {
            let participants = PeopleList::Participants(training);
            let outcome = selection::open(service, actor, participants).await;
            list(outcome, |(_, choices)| in_choices(choices))
        }
        "selection::open, of a group" => {
            let members = PeopleList::Members(stage.group);
            open(selection::open(service, actor, members).await)
        }
        "selection::validate" => {
            let everybody = stage.world.request(0, &[Change::AddAll(Filter::default())]);
            validated(selection::validate(service, actor, &everybody).await)
        }
        "selection::validate, ids by hand" => {
            let request = stage.world.request(0, &by_hand);
            validated(selection::validate(service, actor, &request).await)
        }
        "selection::validate, through another training" => {
            let request = ValidateRequest {
                list: PeopleList::Participants(another),
                ..stage.world.request(0, &by_hand)
            };
            validated(selection::validate(service, actor, &request).await)
        }
        "selection::validate, of a group" => {
            let request = ValidateRequest {
                list: PeopleList::Members(stage.group),
                ..stage.world.request(0, &[Change::AddAll(Filter::default())])
            };
            act(selection::validate(service, actor, &request).await)
        }
        "selection::validate, of a form's trainers" => {
            let request = ValidateRequest {
                list: PeopleList::Trainers,
                ..stage.world.request(0, &by_hand)
            };
            let outcome = selection::validate(service, actor, &request).await;
            list(outcome.map(without_reports), |outcome| {
                size(outcome.chosen.len())
            })
        }
        "selection::view" => {
            let query = stage.world.query(0, Filter::default(), &[]);
            list(selection::view(service, actor, &query).await, in_panel)
        }
        "selection::view, of a group" => {
            let query = SelectionQuery {
                list: PeopleList::Members(stage.group),
                ..stage.world.query(0, Filter::default(), &[])
            };
            list(selection::view(service, actor, &query).await, in_panel)
        }
        "selection::view, of a form's trainers" => {
            let query = SelectionQuery {
                list: PeopleList::Trainers,
                ..stage.world.query(0, Filter::default(), &[])
            };
            list(selection::view(service, actor, &query).await, in_panel)
        }

        "session::set_language" => act(session::set_language(service, actor, Language::Fr).await),

        "settings::save" => {
            let options = OrganisationSettings {
                name: "Renamed".to_owned(),
                login_codes: true,
                trainers_add_people: true,
                ..OrganisationSettings::default()
            };
            act(settings::save(service, actor, &options).await)
        }
        "retention::preview" => {
            let wanted = convoke_domain::retention::Retention {
                people_days: Some(30),
                directory: true,
                text_days: Some(7),
            };
            open(retention::preview(service, actor, wanted).await)
        }
        "settings::save_sent" => {
            let sent = serde_json::json!({ "name": "Renamed" });
            act(settings::save_sent(service, actor, sent).await)
        }
        "settings::view" => open(settings::view(service, actor).await),

        "texts::attachments::attach" => {
            let request = convoke_domain::view::AttachRequest {
                training,
                key: MAIL_TEXT,
                document: stage.document,
                attach: true,
            };
            act(texts::attach(service, actor, &request).await)
        }
        "texts::preview" => open(texts::preview(service, actor, &text_request(None, None)).await),
        "texts::preview, to somebody of a training" => {
            let request = text_request(Some(training), Some(stage.sent));
            look(
                texts::preview(service, actor, &request).await,
                |_| true,
                |_| 1,
            )
        }
        "texts::save" => act(texts::save(service, actor, &save_text(None)).await),
        "texts::save, of a training" => {
            act(texts::save(service, actor, &save_text(Some(training))).await)
        }
        "texts::send_test" => {
            act(texts::send_test(service, actor, &text_request(None, None)).await)
        }
        "texts::send_test, of a training" => {
            act(texts::send_test(service, actor, &text_request(Some(training), None)).await)
        }
        "texts::values" => open(texts::values(service, actor, None, None).await),
        "texts::values, of somebody of a training" => {
            let outcome = texts::values(service, actor, Some(training), Some(stage.sent)).await;
            look(outcome, |_| true, |_| 1)
        }
        "texts::view" => open(texts::view(service, actor, None).await),
        "texts::view, of a training" => {
            let outcome = texts::view(service, actor, Some(training)).await;
            list(outcome, |view| size(view.readers.len()))
        }

        "trainings::form" => open(trainings::form(service, actor, Some(training)).await),
        "trainings::form, of a new one" => open(trainings::form(service, actor, None).await),
        "trainings::list" => {
            let outcome = trainings::list(service, actor, "", Phase::Upcoming).await;
            let counts =
                |row: &convoke_domain::view::TrainingRow| row.counts.as_ref().map_or(0, counted);
            look(
                outcome,
                |view| view.rows.iter().any(|row| row.id == training),
                |view| view.rows.iter().map(counts).sum(),
            )
        }
        "trainings::may_watch" => open(trainings::may_watch(service, actor, training).await),
        "trainings::save" => {
            act(trainings::save(service, actor, Some(training), &form("Taken")).await)
        }
        "trainings::save, a new one" => {
            act(trainings::save(service, actor, None, &form("New")).await)
        }
        "trainings::save, with a trainer by hand" => {
            let form = TrainingForm {
                trainers: vec![stage.anna],
                ..form("New")
            };
            act(trainings::save(service, actor, None, &form).await)
        }
        "trainings::trainer_candidates" => {
            let outcome = trainings::trainer_candidates(service, actor, HIDDEN).await;
            list(outcome, |rows| size(rows.len()))
        }
        "trainings::view, as an administrator" => {
            let view = Perspective::Administrator;
            let outcome = trainings::view(service, actor, training, view).await;
            look(
                outcome,
                |_| true,
                |view| view.counts.as_ref().map_or(0, counted),
            )
        }
        "trainings::view, as a trainer" => {
            let view = Perspective::Trainer;
            let outcome = trainings::view(service, actor, training, view).await;
            look(
                outcome,
                |_| true,
                |view| view.counts.as_ref().map_or(0, counted),
            )
        }
        _ => panic!(
            "`{what}` is in the table, and crates/service/tests/roles/calls.rs has no call for it"
        ),
    }
}

fn text_request(training: Option<TrainingId>, reader: Option<InvitationId>) -> TextRequest {
    TextRequest {
        training,
        key: MAIL_TEXT,
        draft: words(),
        reader,
    }
}

fn save_text(training: Option<TrainingId>) -> SaveText {
    SaveText {
        training,
        key: MAIL_TEXT,
        draft: Some(words()),
        version: None,
    }
}

fn words() -> TextDraft {
    TextDraft {
        subject: "Come".to_owned(),
        body: "To {title}".to_owned(),
    }
}

async fn upload(stage: &Stage, actor: &Actor) -> Outcome<convoke_domain::DocumentId> {
    let training = stage.world.training;
    let mut upload =
        documents::begin_upload(&stage.world.service, actor, training, "New.pdf").await?;
    upload.write(Bytes::from_static(b"%PDF")).await?;
    upload.finish(true).await
}
