//! The form, and what posting it does.

use super::{Opened, Visitor, admit, public_training, throttle};
use crate::space::{self, Newcomer};
use crate::{OrFailure, Outcome, Service, phone, seats};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::{Route, full_name};
use convoke_domain::registration::{
    AnswerValue, Attribute, FIRST_NAME, FieldKind, LAST_NAME, Posted, RegistrationForm,
    RegistrationState, check_answers,
};
use convoke_domain::view::{Entry, JoinFormView};
use convoke_domain::{
    ConfirmedBy, FieldError, FieldId, GroupId, InvitationId, InvitationState, MessageKind, Refusal,
    RegistrationId, Timestamp, UserId,
};
use convoke_storage::directory::{Membership, NewUser};
use convoke_storage::history::NewHistory;
use convoke_storage::registration::{NewRegistration, Registration, Told};
use convoke_storage::trainings::Training;
use convoke_storage::{StorageError, Transaction};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What posting the form led to.
#[derive(Clone, Debug)]
pub enum Registered {
    /// The registration stands; the secret is for the cookie of the training space.
    Space(String),
    /// Something has to be corrected; nothing typed is lost.
    Invalid(Box<JoinFormView>),
}

/// The form, empty.
pub async fn form(service: &Service, visitor: &Visitor, code: &str) -> Outcome<JoinFormView> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let version = opened.settings.form_version;
    let form = tx
        .registration_form(opened.training.id, version)
        .await
        .or_failure(service)?
        .unwrap_or_default();
    let typed = Typed {
        registration: service.id(),
        version,
        form,
        posted: Posted::new(),
        problems: Vec::new(),
    };
    form_view(service, &mut tx, visitor, &opened, typed).await
}

/// A form, as far as it is filled in.
struct Typed {
    registration: RegistrationId,
    version: i64,
    form: RegistrationForm,
    posted: Posted,
    problems: Vec<FieldError>,
}

async fn form_view(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    typed: Typed,
) -> Outcome<JoinFormView> {
    let full = seats::are_taken(service, tx, &opened.training).await?;
    Ok(JoinFormView {
        code: opened.code.as_str().to_owned(),
        training: public_training(service, tx, &opened.training, visitor.language).await?,
        registration: typed.registration,
        version: crate::small(typed.version),
        form: typed.form,
        posted: typed.posted,
        problems: typed.problems,
        full,
        approval: opened.settings.approval == 1,
    })
}

/// Registers. `version` is the version of the form that was filled in: whoever began before another was published is asked nothing new.
///
/// What comes back does not depend on whether an address is known. [`Refusal::Conflict`] (`conflict-full`) when there is neither a seat nor a
/// waiting list. A form that is posted again by the same browser leads to the same registration.
pub async fn register(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    submission: RegistrationId,
    version: u32,
    posted: &Posted,
) -> Outcome<Registered> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // Made up: then the form that is shown.
    let newest = opened.settings.form_version;
    let version = Some(i64::from(version)).filter(|version| *version <= newest);
    let filled_in = FilledIn {
        submission,
        version: version.unwrap_or(newest),
        posted,
        at: service.clock.now(),
        offline: false,
    };
    match stand(service, &mut tx, visitor, &opened, &filled_in).await? {
        Standing::Stands(_, newcomer) => {
            let secret = space::begin(service, &mut tx, &newcomer).await?;
            tx.commit().await.or_failure(service)?;
            service.outbox_bell.notify_one();
            Ok(Registered::Space(secret))
        }
        Standing::Invalid(view) => Ok(Registered::Invalid(view)),
    }
}

/// A form as it was filled in.
pub(super) struct FilledIn<'a> {
    /// The id that came with it.
    pub submission: RegistrationId,
    /// The version by which it is judged.
    pub version: i64,
    /// What was typed.
    pub posted: &'a Posted,
    /// When: now, or earlier on a device without network.
    pub at: Timestamp,
    /// Whether the device had no network.
    pub offline: bool,
}

/// What became of it.
pub(super) enum Standing {
    /// The registration stands.
    Stands(Box<Registration>, Newcomer),
    /// Something has to be corrected.
    Invalid(Box<JoinFormView>),
}

/// Registers within a transaction. See [`register`].
pub(super) async fn stand(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    filled_in: &FilledIn<'_>,
) -> Outcome<Standing> {
    let training = &opened.training;
    let posted = filled_in.posted;
    let submission = filled_in.submission;
    let known = tx
        .registration_form(training.id, filled_in.version)
        .await
        .or_failure(service)?;
    let (version, form) = if let Some(form) = known {
        (filled_in.version, form)
    } else {
        let version = opened.settings.form_version;
        let form = tx
            .registration_form(training.id, version)
            .await
            .or_failure(service)?;
        (version, form.unwrap_or_default())
    };
    let checked = check_answers(&form, posted);
    let answers = match with_mobiles(service, tx, training, &form, checked).await? {
        Ok(answers) => answers,
        Err(problems) => {
            let typed = Typed {
                registration: submission,
                version,
                form,
                posted: posted.clone(),
                problems,
            };
            let view = form_view(service, tx, visitor, opened, typed).await?;
            return Ok(Standing::Invalid(Box::new(view)));
        }
    };
    // From here on people take turns: seats are counted and taken in one go.
    tx.raise_training_version(training.organisation_id, training.id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    if let Some(before) = tx
        .registration_of_submission(submission)
        .await
        .or_failure(service)?
    {
        let newcomer = newcomer_again(service, tx, visitor, &before).await?;
        return Ok(Standing::Stands(Box::new(before), newcomer));
    }
    throttle::count_registration(service, tx, visitor).await?;
    let text = |name: &str| {
        posted
            .get(name)
            .and_then(|values| values.first())
            .map(|value| value.trim().to_owned())
            .unwrap_or_default()
    };
    let answer = |attribute| filled(&form, &answers, attribute);
    let mut registration = Registration {
        id: service.id(),
        organisation_id: training.organisation_id,
        training_id: training.id,
        user_id: None,
        known: 0,
        repeated: 0,
        first_name: text(FIRST_NAME),
        last_name: text(LAST_NAME),
        email: answer(Attribute::Email),
        mobile: answer(Attribute::Mobile),
        language: visitor.language,
        form_version: version,
        state: RegistrationState::Pending,
        told: Told::Pending,
        registered_at: filled_in.at,
    };
    let full = seats::are_taken(service, tx, training).await?;
    if full && opened.settings.waiting_list == 0 {
        return Err(Refusal::Conflict("conflict-full".to_owned()));
    }
    let mut invitation = None;
    if opened.settings.approval == 0 {
        registration.told = if full { Told::Waiting } else { Told::Confirmed };
        registration.state = RegistrationState::Accepted;
        let accepted = accept(
            service,
            tx,
            training,
            &mut registration,
            &form,
            &answers,
            full,
        );
        invitation = Some(accepted.await?.0);
    } else {
        let employee_id = answer(Attribute::EmployeeId);
        registration.user_id = tx
            .known_user(
                training.organisation_id,
                registration.email.as_deref(),
                registration.mobile.as_deref(),
                employee_id.as_deref(),
            )
            .await
            .or_failure(service)?
            .map(|id| id.0);
        registration.known = i64::from(registration.user_id.is_some());
    }
    tx.insert_registration(&NewRegistration {
        id: registration.id,
        submission,
        organisation_id: registration.organisation_id,
        training_id: registration.training_id,
        user_id: registration.user(),
        known: registration.known == 1,
        repeated: registration.repeated == 1,
        first_name: &registration.first_name,
        last_name: &registration.last_name,
        email: registration.email.as_deref(),
        mobile: registration.mobile.as_deref(),
        language: registration.language,
        form_version: version,
        state: registration.state,
        told: registration.told,
        at: registration.registered_at,
    })
    .await
    .or_failure(service)?;
    tx.add_answers(
        training.organisation_id,
        training.id,
        registration.id,
        &answers,
    )
    .await
    .or_failure(service)?;
    note_received(service, tx, visitor, &registration, filled_in.offline).await?;
    let newcomer = Newcomer {
        organisation_id: training.organisation_id,
        training_id: training.id,
        invitation: invitation.map(|id| id.0),
        registration: Some(registration.id.0),
        entry: Entry::Registered,
        device: visitor.device_hash(),
    };
    Ok(Standing::Stands(Box::new(registration), newcomer))
}

/// The newest form with what was typed on a device, and what has to be corrected in it; a registration of its own, which the visitor sends like
/// any other.
pub async fn correct(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    posted: Posted,
) -> Outcome<JoinFormView> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let version = opened.settings.form_version;
    let form = tx
        .registration_form(opened.training.id, version)
        .await
        .or_failure(service)?
        .unwrap_or_default();
    let checked = check_answers(&form, &posted);
    let checked = with_mobiles(service, &mut tx, &opened.training, &form, checked).await?;
    let typed = Typed {
        registration: service.id(),
        version,
        form,
        posted,
        problems: checked.err().unwrap_or_default(),
    };
    form_view(service, &mut tx, visitor, &opened, typed).await
}

/// Whoever posted the same form before.
pub(super) async fn newcomer_again(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    before: &Registration,
) -> Outcome<Newcomer> {
    let invitation = match before.user() {
        Some(user) if before.state == RegistrationState::Accepted => tx
            .invitation_of(before.training_id, user)
            .await
            .or_failure(service)?
            .map(|invitation| invitation.id.0),
        _ => None,
    };
    Ok(Newcomer {
        organisation_id: before.organisation_id,
        training_id: before.training_id,
        invitation,
        registration: Some(before.id.0),
        entry: Entry::Registered,
        device: visitor.device_hash(),
    })
}

/// Puts mobile numbers into international form, or says at which field that cannot be done.
async fn with_mobiles(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
    form: &RegistrationForm,
    checked: Result<BTreeMap<FieldId, AnswerValue>, Vec<FieldError>>,
) -> Outcome<Result<BTreeMap<FieldId, AnswerValue>, Vec<FieldError>>> {
    let mut answers = match checked {
        Ok(answers) => answers,
        Err(problems) => return Ok(Err(problems)),
    };
    let organisation = tx
        .organisation(training.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let region = phone::region(&organisation.time_zone, organisation.language);
    let mut problems = Vec::new();
    for field in form.fields.iter().filter(|f| f.kind == FieldKind::Mobile) {
        if let Some(AnswerValue::Text(number)) = answers.get_mut(&field.id) {
            match phone::parse_mobile(number, region) {
                Some(international) => *number = international,
                None => problems.push(FieldError::new(&field.name(), "error-mobile")),
            }
        }
    }
    Ok(if problems.is_empty() {
        Ok(answers)
    } else {
        Err(problems)
    })
}

/// What was answered in the field that fills an attribute, if it is a text.
fn filled(
    form: &RegistrationForm,
    answers: &BTreeMap<FieldId, AnswerValue>,
    attribute: Attribute,
) -> Option<String> {
    match answers.get(&form.filling(attribute)?.id)? {
        AnswerValue::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// The groups or user type that were chosen in the field that fills an attribute.
fn chosen(
    form: &RegistrationForm,
    answers: &BTreeMap<FieldId, AnswerValue>,
    attribute: Attribute,
) -> Vec<Uuid> {
    let Some(field) = form.filling(attribute) else {
        return Vec::new();
    };
    match answers.get(&field.id) {
        Some(AnswerValue::Choices(ids)) => field
            .choices
            .iter()
            .filter(|choice| ids.contains(&choice.id))
            .filter_map(|choice| choice.names)
            .collect(),
        _ => Vec::new(),
    }
}

/// Gives the person a place, or one on the waiting list when the training is `full`, and writes to them. The training's version was raised
/// before. Notes in `registration` whom it belongs to, and gives where they stand now.
pub(crate) async fn accept(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
    registration: &mut Registration,
    form: &RegistrationForm,
    answers: &BTreeMap<FieldId, AnswerValue>,
    full: bool,
) -> Outcome<(InvitationId, InvitationState)> {
    let organisation_id = training.organisation_id;
    let employee_id = filled(form, answers, Attribute::EmployeeId);
    let known = tx
        .known_user(
            organisation_id,
            registration.email.as_deref(),
            registration.mobile.as_deref(),
            employee_id.as_deref(),
        )
        .await
        .or_failure(service)?;
    let user = match known {
        Some(user) => user,
        None => add_user(service, tx, registration, employee_id, form, answers)
            .await
            .or_failure(service)?,
    };
    registration.user_id = Some(user.0);
    registration.known = i64::from(known.is_some());
    let now = service.clock.now();
    let before = tx
        .invitation_of(training.id, user)
        .await
        .or_failure(service)?;
    let has_place = |state| matches!(state, InvitationState::Confirmed | InvitationState::Waiting);
    let (id, state) = match before {
        Some(before) if has_place(before.state) => {
            registration.repeated = 1;
            (before.id, before.state)
        }
        before => {
            let event = Event::Registers { full };
            let Some(Next::State(state)) = next(before.as_ref().map(|i| i.state), event) else {
                return Err(Refusal::Conflict("conflict-state".to_owned()));
            };
            let by = ConfirmedBy::Registration;
            let id = if let Some(before) = before {
                if !tx
                    .set_answer(&before, state, Some(by), None, now)
                    .await
                    .or_failure(service)?
                {
                    return Err(Refusal::Conflict("conflict-state".to_owned()));
                }
                before.id
            } else {
                let id = service.id();
                tx.insert_uninvited(organisation_id, id, training.id, user, state, by, now)
                    .await
                    .or_failure(service)?;
                id
            };
            (id, state)
        }
    };
    let kind = match state {
        InvitationState::Waiting => MessageKind::WaitingList,
        _ => MessageKind::Registered,
    };
    let person = tx
        .user(organisation_id, user)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let route = Route::choose(
        person.channel,
        person.email.is_some(),
        person.mobile.is_some(),
    );
    // What a device brings after the training is for the records only.
    if now < training.ends_at {
        seats::notify(service, tx, organisation_id, id, kind, route).await?;
    }
    Ok((id, state))
}

async fn add_user(
    service: &Service,
    tx: &mut Transaction,
    registration: &Registration,
    employee_id: Option<String>,
    form: &RegistrationForm,
    answers: &BTreeMap<FieldId, AnswerValue>,
) -> Result<UserId, StorageError> {
    let organisation_id = registration.organisation_id;
    let types = tx.user_types(organisation_id).await?;
    let wanted = chosen(form, answers, Attribute::UserType);
    let user_type_id = match types.iter().find(|t| wanted.contains(&t.id.0)) {
        Some(label) => label.id,
        None => crate::people::first_user_type(service, tx, organisation_id).await?,
    };
    let id: UserId = service.id();
    let user = NewUser::member(
        id,
        organisation_id,
        (
            registration.first_name.clone(),
            registration.last_name.clone(),
        ),
        (registration.email.clone(), registration.mobile.clone()),
        (user_type_id, registration.language),
        service.clock.now(),
    );
    tx.insert_user(&NewUser {
        employee_id,
        ..user
    })
    .await?;
    tx.set_came_for(organisation_id, &[id], registration.training_id)
        .await?;
    let members: Vec<Membership> = chosen(form, answers, Attribute::Group)
        .into_iter()
        .map(|group| Membership {
            group_id: GroupId(group),
            user_id: id,
        })
        .collect();
    if !members.is_empty() {
        tx.add_members(organisation_id, &members).await?;
    }
    Ok(id)
}

/// A line of the history about a new registration, in the visitor's name.
async fn note_received(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    registration: &Registration,
    offline: bool,
) -> Outcome<()> {
    let details = serde_json::json!({
        "registration": registration.id.to_string(),
        "state": registration.state.as_str(),
        "known": registration.known == 1,
        "repeated": registration.repeated == 1,
    });
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: registration.organisation_id,
        at: registration.registered_at,
        actor_id: None,
        actor_name: full_name(&registration.first_name, &registration.last_name),
        event: "registration.received",
        training_id: Some(registration.training_id),
        user_id: registration.user(),
        details: space::on_device(details, visitor.device_hash().as_deref(), offline),
    })
    .await
    .or_failure(service)
}
