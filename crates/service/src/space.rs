//! The training space. There is no actor: the right is the secret in the device's cookie, made when somebody entered.

use crate::attendance::{self, half_day_now, label};
use crate::documents::{self, OpenFile};
use crate::export::Export;
use crate::join::{is_open, public_training};
use crate::{OrFailure, Outcome, Service, registration, tokens};
use convoke_domain::attendance::{Signature, SignatureProblem};
use convoke_domain::person::{full_name, initials};
use convoke_domain::registration::{RegistrationState, device_name};
use convoke_domain::view::{Entry, SpaceView};
use convoke_domain::{
    DocumentId, InvitationId, InvitationState, Language, OrganisationId, Refusal, RegistrationId,
    Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::directory::User;
use convoke_storage::history::NewHistory;
use convoke_storage::invitations::Invitation;
use convoke_storage::registration::{NewSpaceSession, Registration, Signed, SpaceSession, Told};
use convoke_storage::trainings::Training;
use convoke_texts::dates;
use uuid::Uuid;

/// How long somebody stays in the space without entering again: a day of training.
const SESSION_SECONDS: i64 = 12 * 3_600;
/// How long it is known that somebody entered without network: as long as devices are. However late an entry comes again, it counts once.
const WITHOUT_NETWORK_SECONDS: i64 = 90 * 24 * 3_600;

/// How somebody leaves the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// *Next person*, or nobody touched the tablet for a while.
    Done,
    /// *That is not me*.
    NotMe,
}

/// Somebody who enters.
pub(crate) struct Newcomer {
    pub organisation_id: OrganisationId,
    pub training_id: TrainingId,
    /// The invitation; `None` for a registration that waits for approval.
    pub invitation: Option<Uuid>,
    /// The registration whose name was tapped or that was just made.
    pub registration: Option<Uuid>,
    pub entry: Entry,
    /// The device, by the hash of its id; `None` for who came by a personal link.
    pub device: Option<String>,
}

/// The details of a line of the history about somebody on a device, perhaps one without network: they name the device.
pub(crate) fn on_device(
    mut details: serde_json::Value,
    device: Option<&str>,
    offline: bool,
) -> serde_json::Value {
    if let Some(hash) = device {
        details["device"] = device_name(hash).into();
        if offline {
            details["offline"] = true.into();
        }
    }
    details
}

/// Begins a session and gives its secret.
pub(crate) async fn begin(
    service: &Service,
    tx: &mut Transaction,
    newcomer: &Newcomer,
) -> Outcome<String> {
    let secret = tokens::new_secret(service);
    let now = service.clock.now();
    let stay = Stay {
        token_hash: tokens::hash(&secret),
        at: now,
        left_at: None,
        expires_at: now.plus_seconds(SESSION_SECONDS),
        offline: false,
    };
    enter(service, tx, newcomer, &stay).await?;
    Ok(secret)
}

/// What an entry of a device's queue by which somebody entered is known by. It is the hash of no secret, so no cookie opens anything with it.
pub(crate) fn without_network(entry: RegistrationId) -> String {
    format!("offline {entry}")
}

/// Notes, once, that somebody had entered on a device without network, by this entry of its queue. Nobody is inside by it.
pub(crate) async fn entered_without_network(
    service: &Service,
    tx: &mut Transaction,
    newcomer: &Newcomer,
    entry: RegistrationId,
    at: Timestamp,
) -> Outcome<()> {
    let token_hash = without_network(entry);
    let before = tx
        .entrance(newcomer.organisation_id, newcomer.training_id, &token_hash)
        .await
        .or_failure(service)?;
    if before.is_some() {
        return Ok(());
    }
    let stay = Stay {
        token_hash,
        at,
        left_at: Some(at),
        expires_at: service.clock.now().plus_seconds(WITHOUT_NETWORK_SECONDS),
        offline: true,
    };
    enter(service, tx, newcomer, &stay).await
}

/// When somebody is in a space, and by what that is known.
struct Stay {
    token_hash: String,
    at: Timestamp,
    left_at: Option<Timestamp>,
    expires_at: Timestamp,
    /// Whether the device had no network.
    offline: bool,
}

/// Somebody enters: the session, and its line of the history.
async fn enter(
    service: &Service,
    tx: &mut Transaction,
    newcomer: &Newcomer,
    stay: &Stay,
) -> Outcome<()> {
    let session = SpaceSession {
        organisation_id: newcomer.organisation_id,
        training_id: newcomer.training_id,
        invitation_id: newcomer.invitation,
        registration_id: newcomer.registration,
        entry: word(newcomer.entry).to_owned(),
        device_hash: newcomer.device.clone(),
    };
    let user = match newcomer.invitation {
        Some(id) => tx
            .seen_invitation(newcomer.organisation_id, InvitationId(id))
            .await
            .or_failure(service)?
            .map(|invitation| invitation.user_id),
        None => None,
    };
    tx.insert_space_session(&NewSpaceSession {
        token_hash: &stay.token_hash,
        session: session.clone(),
        at: stay.at,
        left_at: stay.left_at,
        expires_at: stay.expires_at,
    })
    .await
    .or_failure(service)?;
    let name = name_in_space(service, tx, &session).await?;
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: newcomer.organisation_id,
        at: stay.at,
        actor_id: None,
        actor_name: full_name(&name.0, &name.1),
        event: "space.entered",
        training_id: Some(newcomer.training_id),
        user_id: user,
        details: on_device(
            serde_json::json!({ "entry": session.entry }),
            session.device_hash.as_deref(),
            stay.offline,
        ),
    })
    .await
    .or_failure(service)
}

const fn word(entry: Entry) -> &'static str {
    match entry {
        Entry::Tapped => "tapped",
        Entry::Proven => "proven",
        Entry::Registered => "registered",
        Entry::Link => "link",
    }
}

fn entry(word: &str) -> Entry {
    match word {
        "proven" => Entry::Proven,
        "registered" => Entry::Registered,
        "link" => Entry::Link,
        _ => Entry::Tapped,
    }
}

/// Everything that a space tells of.
struct Inside {
    session: SpaceSession,
    entry: Entry,
    training: Training,
    invitation: Option<Invitation>,
    user: Option<User>,
    registration: Option<Registration>,
}

async fn inside(service: &Service, tx: &mut Transaction, secret: &str) -> Outcome<Inside> {
    let session = tx
        .space_session(&tokens::hash(secret), service.clock.now())
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotSignedIn)?;
    let training = tx
        .training(session.organisation_id, session.training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotSignedIn)?;
    let registration = match session.registration_id {
        Some(id) => tx
            .registration(session.training_id, RegistrationId(id))
            .await
            .or_failure(service)?,
        None => None,
    };
    // Whoever waited for approval when they came in has an invitation once they are approved.
    let invitation = match (session.invitation_id, &registration) {
        (Some(id), _) => tx
            .seen_invitation(session.organisation_id, InvitationId(id))
            .await
            .or_failure(service)?,
        (None, Some(registration)) if registration.state == RegistrationState::Accepted => {
            match registration.user() {
                Some(user) => tx
                    .invitation_of(session.training_id, user)
                    .await
                    .or_failure(service)?,
                None => None,
            }
        }
        _ => None,
    };
    let user = match &invitation {
        Some(invitation) => tx
            .user(session.organisation_id, invitation.user_id)
            .await
            .or_failure(service)?,
        None => None,
    };
    Ok(Inside {
        entry: entry(&session.entry),
        session,
        training,
        invitation,
        user,
        registration,
    })
}

impl Inside {
    /// Whether the person has shown that the directory's entry is theirs.
    const fn is_proven(&self) -> bool {
        matches!(self.entry, Entry::Proven | Entry::Link)
    }

    /// The name: as typed in the registration, else the directory's. Whoever typed somebody's address reads nothing of theirs.
    fn name(&self) -> (String, String) {
        match (&self.registration, &self.user) {
            (Some(r), _) if !self.is_proven() => (r.first_name.clone(), r.last_name.clone()),
            (_, Some(u)) => (u.first_name.clone(), u.last_name.clone()),
            (Some(r), None) => (r.first_name.clone(), r.last_name.clone()),
            (None, None) => (String::new(), String::new()),
        }
    }

    /// Where the person stands; `None` while an administrator has not approved. A repeated registration says what a first one would have said.
    fn state(&self) -> Option<InvitationState> {
        let present = self.invitation.as_ref().map(|i| i.state);
        match &self.registration {
            Some(r) if !self.is_proven() => match r.state {
                RegistrationState::Pending => None,
                RegistrationState::Refused => Some(InvitationState::Cancelled),
                RegistrationState::Accepted if r.repeated == 1 => Some(match r.told {
                    Told::Waiting => InvitationState::Waiting,
                    Told::Confirmed | Told::Pending => InvitationState::Confirmed,
                }),
                RegistrationState::Accepted => present,
            },
            _ => present,
        }
    }

    fn is_repeated(&self) -> bool {
        !self.is_proven() && self.registration.as_ref().is_some_and(|r| r.repeated == 1)
    }

    /// Whether the person has a place, as far as they are told: documents are for those who do.
    fn takes_part(&self) -> bool {
        self.state() == Some(InvitationState::Confirmed)
    }

    /// The registration that a person who is known came in by; only its name shows the presence then.
    fn repeated_by(&self) -> Option<Uuid> {
        self.session.registration_id.filter(|_| self.is_repeated())
    }

    /// Whether the person can say that they are there, while the training is on.
    fn can_arrive(&self) -> bool {
        self.invitation.is_some() && self.takes_part()
    }

    /// Whether the person may have their own attendance sheet, which has a known person's name. It must not depend on whether the address that was
    /// typed is known.
    fn can_print(&self) -> bool {
        self.is_proven() && self.can_arrive()
    }
}

/// Whether *I am here* asks for a signature.
async fn asks_signature(service: &Service, tx: &mut Transaction, inside: &Inside) -> Outcome<bool> {
    let settings = tx
        .organisation_settings(inside.training.organisation_id)
        .await
        .or_failure(service)?;
    Ok(settings.is_some_and(|settings| settings.sign_presence))
}

async fn name_in_space(
    service: &Service,
    tx: &mut Transaction,
    session: &SpaceSession,
) -> Outcome<(String, String)> {
    if let Some(id) = session.registration_id
        && let Some(registration) = tx
            .registration(session.training_id, RegistrationId(id))
            .await
            .or_failure(service)?
    {
        return Ok((registration.first_name, registration.last_name));
    }
    if let Some(id) = session.invitation_id
        && let Some(invitation) = tx
            .seen_invitation(session.organisation_id, InvitationId(id))
            .await
            .or_failure(service)?
        && let Some(user) = tx
            .user(session.organisation_id, invitation.user_id)
            .await
            .or_failure(service)?
    {
        return Ok((user.first_name, user.last_name));
    }
    Ok((String::new(), String::new()))
}

/// The space of whoever entered. [`Refusal::NotSignedIn`] when nobody has, or no longer.
pub async fn open(service: &Service, secret: &str, language: Language) -> Outcome<SpaceView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let inside = inside(service, &mut tx, secret).await?;
    let now = service.clock.now();
    let half_day = half_day_now(&inside.training, now);
    let arrived = match (&inside.invitation, &half_day) {
        (Some(invitation), Some(half_day)) => tx
            .arrived(invitation.id, half_day, inside.repeated_by())
            .await
            .or_failure(service)?,
        _ => None,
    };
    let asks_signature = asks_signature(service, &mut tx, &inside).await?;
    let answers = match (&inside.registration, &inside.user) {
        // Whoever only tapped a name has not shown that it is theirs.
        _ if inside.entry == Entry::Tapped => Vec::new(),
        (_, Some(user)) if inside.is_proven() => {
            let all = tx
                .registrations_of_user(inside.training.id, user.id)
                .await
                .or_failure(service)?;
            match all.first() {
                Some(newest) => registration::answered(service, &mut tx, newest, language).await?,
                None => Vec::new(),
            }
        }
        (Some(own), _) => registration::answered(service, &mut tx, own, language).await?,
        (None, _) => Vec::new(),
    };
    let code = tx
        .self_registration(inside.session.organisation_id, inside.training.id)
        .await
        .or_failure(service)?
        .filter(|settings| is_open(settings, &inside.training, now))
        .map(|settings| settings.code);
    let documents = if inside.takes_part() {
        documents::shared(service, &mut tx, language, &inside.training).await?
    } else {
        Vec::new()
    };
    let (first_name, last_name) = inside.name();
    let id = inside.session.registration_id;
    Ok(SpaceView {
        id: id.or(inside.session.invitation_id).unwrap_or_default(),
        code: code.filter(|_| inside.entry != Entry::Link),
        training: public_training(service, &mut tx, &inside.training, language).await?,
        name: full_name(&first_name, &last_name),
        initials: initials(&first_name, &last_name),
        entry: inside.entry,
        state: inside.state(),
        answers,
        documents,
        can_arrive: half_day.is_some()
            && inside.can_arrive()
            && arrived.is_none_or(|(_, signed)| asks_signature && !signed),
        present_at: arrived.map(|(at, _)| dates::time(at, &inside.training.time_zone)),
        half_day: half_day
            .as_ref()
            .map(|half_day| label(language, half_day))
            .unwrap_or_default(),
        asks_signature,
        can_print: inside.can_print(),
        entrance: tokens::hash(secret),
        language: inside
            .user
            .as_ref()
            .filter(|_| inside.is_proven())
            .map(|user| user.language),
    })
}

/// A file that is shared in the space of whoever entered.
pub async fn document(service: &Service, secret: &str, document: DocumentId) -> Outcome<OpenFile> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let inside = inside(service, &mut tx, secret).await?;
    if !inside.takes_part() {
        return Err(Refusal::NotFound);
    }
    let (organisation, training) = (inside.training.organisation_id, inside.training.id);
    drop(tx);
    documents::open_shared(service, organisation, training, document).await
}

/// *I am here*, with what was signed where the organisation asks for that. Pressing twice keeps the first time and the first signature.
///
/// [`Refusal::Conflict`] when the training is not on now, or the person has no place; [`Refusal::Invalid`] for the field `signature` when one is asked for
/// and there is none.
pub async fn arrive(service: &Service, secret: &str, signing: &Signing) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let inside = inside(service, &mut tx, secret).await?;
    let now = service.clock.now();
    let half_day = half_day_now(&inside.training, now);
    let (Some(half_day), Some(invitation), true) =
        (half_day, &inside.invitation, inside.can_arrive())
    else {
        return Err(Refusal::Conflict("conflict-not-today".to_owned()));
    };
    let signed = if asks_signature(service, &mut tx, &inside).await? {
        signing.checked()?
    } else {
        Signed::default()
    };
    tx.raise_training_version(inside.training.organisation_id, inside.training.id)
        .await
        .or_failure(service)?;
    let before = tx
        .attendance(invitation, &half_day)
        .await
        .or_failure(service)?;
    // Of whoever waited for approval when they came in the session knows no invitation.
    let person = SpaceSession {
        invitation_id: Some(invitation.id.0),
        ..inside.session.clone()
    };
    tx.arrive(&person, &half_day, inside.is_repeated(), &signed, now)
        .await
        .or_failure(service)?;
    let how = match signed {
        Signed { drawn: Some(_), .. } => "drawn",
        Signed { typed: Some(_), .. } => "typed",
        Signed { .. } => "",
    };
    let (first_name, last_name) = inside.name();
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: inside.training.organisation_id,
        at: now,
        actor_id: None,
        actor_name: full_name(&first_name, &last_name),
        event: "presence.arrived",
        training_id: Some(inside.training.id),
        user_id: Some(invitation.user_id),
        details: on_device(
            serde_json::json!({
                "day": half_day.day,
                "half": half_day.half,
                "before": before,
                "signed": how,
            }),
            inside.session.device_hash.as_deref(),
            false,
        ),
    })
    .await
    .or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// The attendance sheet of whoever entered, as PDF. [`Refusal::NotFound`] for who has not shown who they are.
pub async fn attendance_sheet(
    service: &Service,
    secret: &str,
    language: Language,
) -> Outcome<Export> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let inside = inside(service, &mut tx, secret).await?;
    let invitation = inside.invitation.as_ref().filter(|_| inside.can_print());
    let invitation = invitation.ok_or(Refusal::NotFound)?.id;
    let (first_name, last_name) = inside.name();
    let name = full_name(&first_name, &last_name);
    attendance::own_sheet(service, tx, &inside.training, invitation, &name, language).await
}

/// What somebody signed *I am here* with, as it was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// What they drew, as [`Signature`] writes it; perhaps empty.
    pub drawn: String,
    /// The name that they typed instead; perhaps empty.
    pub typed: String,
}

impl Signing {
    /// Longest name, in characters.
    const MAX_NAME: usize = 120;

    /// What is kept of it: the name if one was typed, else the drawing.
    fn checked(&self) -> Outcome<Signed> {
        let typed = documents::one_line(&self.typed);
        let refuse = |text: &str| Err(Refusal::field("signature", text));
        if typed.chars().count() > Self::MAX_NAME {
            return refuse("error-too-long");
        }
        if !typed.is_empty() {
            return Ok(Signed {
                typed: Some(typed),
                drawn: None,
            });
        }
        match self.drawn.trim().parse::<Signature>() {
            Ok(signature) => Ok(Signed {
                drawn: Some(signature.to_string()),
                typed: None,
            }),
            Err(SignatureProblem::Empty) => refuse("space-sign-missing"),
            Err(SignatureProblem::TooLong | SignatureProblem::Malformed) => {
                refuse("space-sign-again")
            }
        }
    }
}

/// Leaves the space, and gives the code of the list to go back to, if there is one.
pub async fn leave(service: &Service, secret: &str, how: Leaving) -> Outcome<Option<String>> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let inside = match inside(service, &mut tx, secret).await {
        Ok(inside) => inside,
        // Somebody else has left already: then there is nothing to end.
        Err(Refusal::NotSignedIn) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let now = service.clock.now();
    let session = tokens::hash(secret);
    let event = match how {
        Leaving::Done => {
            tx.leave_space(&session, now).await.or_failure(service)?;
            "space.left"
        }
        // By this name nobody has entered.
        Leaving::NotMe => {
            tx.delete_space_session(&session)
                .await
                .or_failure(service)?;
            "space.not_me"
        }
    };
    let (first_name, last_name) = inside.name();
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: inside.training.organisation_id,
        at: now,
        actor_id: None,
        actor_name: full_name(&first_name, &last_name),
        event,
        training_id: Some(inside.training.id),
        user_id: inside.invitation.as_ref().map(|i| i.user_id),
        details: on_device(
            serde_json::json!({ "entry": inside.session.entry }),
            inside.session.device_hash.as_deref(),
            false,
        ),
    })
    .await
    .or_failure(service)?;
    let code = tx
        .self_registration(inside.session.organisation_id, inside.training.id)
        .await
        .or_failure(service)?
        .filter(|settings| is_open(settings, &inside.training, now))
        .map(|settings| settings.code);
    tx.commit().await.or_failure(service)?;
    Ok(code.filter(|_| inside.entry != Entry::Link))
}

/// Enters by the personal link of an invitation that is confirmed or on the waiting list; the secret is for the cookie.
pub async fn enter_by_link(service: &Service, link: &str) -> Outcome<String> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    if crate::answer::is_past(service, &mut tx, link)
        .await
        .or_failure(service)?
    {
        return Err(Refusal::Gone("gone-past".to_owned()));
    }
    let invitation = tx
        .invitation_by_link(&tokens::hash(link))
        .await
        .or_failure(service)?
        .flatten()
        .filter(|i| {
            matches!(
                i.state,
                InvitationState::Confirmed | InvitationState::Waiting
            )
        })
        .ok_or(Refusal::NotFound)?;
    let newcomer = Newcomer {
        organisation_id: invitation.organisation_id,
        training_id: invitation.training_id,
        invitation: Some(invitation.id.0),
        registration: None,
        entry: Entry::Link,
        device: None,
    };
    let secret = begin(service, &mut tx, &newcomer).await?;
    tx.commit().await.or_failure(service)?;
    Ok(secret)
}
