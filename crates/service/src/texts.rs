//! The texts of messages, as an organisation or a training wants them: the organisation's are an administrator's to write, a training's whoever's who
//! manages it.
//!
//! What is said is looked up for every message: the training's text, else the organisation's, else the catalogue's.

mod attachments;

pub use attachments::attach;
pub(crate) use attachments::{
    details as attachment_details, names as attached_to, shown as attached,
};

use crate::people::edit::administrator;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_delivery::link;
use convoke_delivery::render::{self, Letter, built_in, sample_training};
use convoke_domain::fold::Query;
use convoke_domain::message_text::{
    MAX_MAIL, TextDraft, TextField, TextKey, TextProblem, WRITABLE, problems,
};
use convoke_domain::person::full_name;
use convoke_domain::training::Phase;
use convoke_domain::view::{
    MessagePreview, ReaderValues, SaveText, TextReader, TextRequest, TextSource, TextView,
    TextsView,
};
use convoke_domain::{
    Actor, Channel, FieldError, InvitationId, Language, Refusal, Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::invitations::Tab;
use convoke_storage::message_texts::{TextChange, TextOwner, WrittenText};
use convoke_storage::outbox::{PersonFacts, TestMessage, TrainingFacts};
use convoke_storage::trainings::ListedFor;
use convoke_texts::{dates, t};

/// How many people can be chosen as readers of a preview.
const READERS: u32 = 300;
/// How many test messages somebody may have sent to themselves in an hour.
const TESTS: usize = 10;
/// An hour in seconds.
const HOUR: i64 = 3_600;

/// Whose texts somebody works on, once that is allowed.
struct Desk {
    owner: TextOwner,
    training: Option<(TrainingId, String)>,
    time_zone: String,
    organisation: String,
}

async fn desk(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: Option<TrainingId>,
) -> Outcome<Desk> {
    let found = if let Some(id) = training {
        Some(administered(service, actor, tx, id).await?)
    } else {
        administrator(actor)?;
        None
    };
    let organisation = tx.organisation(actor.organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    Ok(match found {
        Some(training) => Desk {
            owner: TextOwner::Training(actor.organisation_id, training.id),
            time_zone: training.time_zone,
            training: Some((training.id, training.title)),
            organisation: organisation.name,
        },
        None => Desk {
            owner: TextOwner::Organisation(actor.organisation_id),
            training: None,
            time_zone: organisation.time_zone,
            organisation: organisation.name,
        },
    })
}

impl Desk {
    /// What was written here, and for the whole organisation when this is a training's desk.
    async fn written(
        &self,
        service: &Service,
        tx: &mut Transaction,
    ) -> Outcome<(Vec<WrittenText>, Vec<WrittenText>)> {
        let here = tx.written_texts(self.owner).await.or_failure(service)?;
        let above = match self.owner {
            TextOwner::Organisation(_) => Vec::new(),
            TextOwner::Training(organisation, _) => tx
                .written_texts(TextOwner::Organisation(organisation))
                .await
                .or_failure(service)?,
        };
        Ok((here, above))
    }

    fn text(
        &self,
        language: Language,
        now: Timestamp,
        key: TextKey,
        (here, above): &(Vec<WrittenText>, Vec<WrittenText>),
    ) -> TextView {
        let find = |texts: &[WrittenText]| texts.iter().find(|text| text.key == key).cloned();
        let (beneath, beneath_source) = match find(above) {
            Some(text) => (text.draft, TextSource::Organisation),
            None => (
                built_in(key.kind, key.language, key.channel),
                TextSource::BuiltIn,
            ),
        };
        let Some(text) = find(here) else {
            return TextView {
                key,
                draft: beneath.clone(),
                source: beneath_source,
                version: None,
                changed: String::new(),
                beneath,
                beneath_source,
            };
        };
        let when = dates::moment(language, text.updated_at, now, &self.time_zone);
        TextView {
            key,
            draft: text.draft,
            source: match self.owner {
                TextOwner::Organisation(_) => TextSource::Organisation,
                TextOwner::Training(..) => TextSource::Training,
            },
            version: Some(text.updated_at),
            changed: match text.by {
                Some((first, last)) => t!(
                    language,
                    "text-changed-by",
                    when = when,
                    name = full_name(&first, &last)
                ),
                None => t!(language, "text-changed", when = when),
            },
            beneath,
            beneath_source,
        }
    }
}

/// Every text of the organisation (`None`) or of a training.
pub async fn view(
    service: &Service,
    actor: &Actor,
    training: Option<TrainingId>,
) -> Outcome<TextsView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let desk = desk(service, actor, &mut tx, training).await?;
    let written = desk.written(service, &mut tx).await?;
    let now = service.clock.now();
    let texts = WRITABLE
        .iter()
        .copied()
        .flat_map(TextKey::all_of)
        .map(|key| desk.text(actor.language, now, key, &written))
        .collect();
    let readers = match &desk.training {
        None => Vec::new(),
        Some((id, _)) => {
            let tab = tab(actor, *id);
            tx.listed_people(tab, READERS)
                .await
                .or_failure(service)?
                .into_iter()
                .map(|(id, first, last)| TextReader {
                    id,
                    name: full_name(&first, &last),
                })
                .collect()
        }
    };
    let me = match actor.user_id {
        Some(id) => tx
            .user(actor.organisation_id, id)
            .await
            .or_failure(service)?,
        None => None,
    };
    let (test_email, test_mobile) = me.map_or((None, None), |me| (me.email, me.mobile));
    let (files, attached) = match training {
        Some(id) => attachments::of_training(service, actor, &mut tx, id).await?,
        None => Default::default(),
    };
    Ok(TextsView {
        files,
        attached,
        training: desk.training,
        texts,
        readers,
        test_email,
        test_mobile,
    })
}

/// Writes a text, or takes it away; gives it as it stands then.
///
/// [`Refusal::Conflict`] when somebody else changed it since it was shown: nothing is changed then.
pub async fn save(service: &Service, actor: &Actor, request: &SaveText) -> Outcome<TextView> {
    let key = request.key;
    if !WRITABLE.contains(&key.kind) {
        return Err(Refusal::NotFound);
    }
    let draft = request.draft.as_ref().map(|draft| tidied(key, draft));
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let desk = desk(service, actor, &mut tx, request.training).await?;
    if let Some(draft) = &draft {
        check(key, draft)?;
    }
    let now = service.clock.now();
    let change = TextChange {
        owner: desk.owner,
        key,
        after: request.version,
        draft: draft.as_ref(),
        by: actor.user_id,
        at: now,
    };
    if !tx.change_text(&change).await.or_failure(service)? {
        return Err(Refusal::Conflict("conflict-text".to_owned()));
    }
    let event = match draft {
        Some(_) => "text.written",
        None => "text.taken_back",
    };
    let details = serde_json::json!({
        "kind": key.kind.as_str(),
        "language": key.language.as_str(),
        "channel": key.channel.as_str(),
    });
    let line = crate::history_line(service, actor, event, request.training, None, details);
    tx.add_history(&line).await.or_failure(service)?;
    let written = desk.written(service, &mut tx).await?;
    let view = desk.text(actor.language, now, key, &written);
    tx.commit().await.or_failure(service)?;
    Ok(view)
}

fn tidied(key: TextKey, draft: &TextDraft) -> TextDraft {
    let draft = draft.tidied();
    match key.channel {
        Channel::Email => draft,
        Channel::Sms => TextDraft {
            subject: String::new(),
            ..draft
        },
    }
}

/// Refuses what may not be said, at the field.
fn check(key: TextKey, draft: &TextDraft) -> Outcome<()> {
    let found = problems(key.kind, key.channel, draft);
    if found.is_empty() {
        return Ok(());
    }
    let found = found.iter().map(|(field, problem): &(TextField, _)| {
        let sentence = match problem {
            TextProblem::Empty => "error-required",
            TextProblem::TooLong => "error-too-long",
            TextProblem::NoSuchPlaceholder(_) => "error-text-placeholder",
            TextProblem::NoLink => "error-text-link",
            TextProblem::LinkInSubject => "error-text-link-subject",
        };
        FieldError::new(field.as_str(), sentence)
    });
    Err(Refusal::Invalid(found.collect()))
}

/// What a message would be about: the training, or for the organisation's texts the next one, or one that is made up.
async fn about(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    desk: &Desk,
    language: Language,
) -> Outcome<TrainingFacts> {
    let organisation = actor.organisation_id;
    let now = service.clock.now();
    let id = match &desk.training {
        Some((id, _)) => Some(*id),
        None => tx
            .list_trainings(
                organisation,
                ListedFor::Organisation,
                &Query::default(),
                Phase::Upcoming,
                now,
            )
            .await
            .or_failure(service)?
            .first()
            .map(|training| training.id),
    };
    let found = match id {
        Some(id) => tx
            .training_facts(organisation, id)
            .await
            .or_failure(service)?,
        None => None,
    };
    Ok(found.unwrap_or_else(|| sample_training(organisation, &desk.organisation, language, now)))
}

fn tab(actor: &Actor, training_id: TrainingId) -> Tab<'_> {
    Tab {
        organisation_id: actor.organisation_id,
        training_id,
        scope: actor.user_scope(),
    }
}

/// Who would read it: somebody of the training, or whoever asks.
async fn reader(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: Option<TrainingId>,
    invitation: Option<InvitationId>,
) -> Outcome<(PersonFacts, Language)> {
    let id = match invitation {
        Some(id) => {
            let tab = tab(actor, training.ok_or(Refusal::NotFound)?);
            tx.listed_reader(tab, id)
                .await
                .or_failure(service)?
                .ok_or(Refusal::NotFound)?
        }
        None => actor.user_id.ok_or(Refusal::NotFound)?,
    };
    let user = tx.user(actor.organisation_id, id).await;
    let user = user.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let person = PersonFacts {
        id,
        first_name: user.first_name,
        last_name: user.last_name,
    };
    Ok((person, user.language))
}

fn letter<'a>(
    training: &'a TrainingFacts,
    person: &'a PersonFacts,
    key: TextKey,
    draft: Option<&'a TextDraft>,
    link: &'a str,
    now: Timestamp,
) -> Letter<'a> {
    Letter {
        training,
        person,
        kind: key.kind,
        language: key.language,
        text: draft,
        link,
        stop: "",
        code: "",
        waits: false,
        now,
        from: None,
    }
}

/// What the placeholders stand for in a message to somebody (`None`: to whoever asks).
pub async fn values(
    service: &Service,
    actor: &Actor,
    training: Option<TrainingId>,
    invitation: Option<InvitationId>,
) -> Outcome<ReaderValues> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let desk = desk(service, actor, &mut tx, training).await?;
    let (person, reads) = reader(service, actor, &mut tx, training, invitation).await?;
    let mut values = Vec::new();
    let mut title = String::new();
    for language in Language::ALL {
        let about = about(service, actor, &mut tx, &desk, *language).await?;
        let key = TextKey {
            kind: WRITABLE[0],
            language: *language,
            channel: Channel::Email,
        };
        let words = t!(*language, "mail-your-link");
        let letter = letter(&about, &person, key, None, &words, service.clock.now());
        values.push((*language, render::values(&letter)));
        if *language == actor.language {
            title.clone_from(&about.title);
        }
    }
    Ok(ReaderValues {
        name: full_name(&person.first_name, &person.last_name),
        training: title,
        language: reads,
        values,
        sample_link: link::sample_link(&service.base_url),
    })
}

/// The message that a text would make, as a reader would see it.
pub async fn preview(
    service: &Service,
    actor: &Actor,
    request: &TextRequest,
) -> Outcome<MessagePreview> {
    let key = request.key;
    if !WRITABLE.contains(&key.kind) {
        return Err(Refusal::NotFound);
    }
    let draft = tidied(key, &request.draft);
    if draft.body.chars().count() > MAX_MAIL {
        return Err(Refusal::field(TextField::Body.as_str(), "error-too-long"));
    }
    let mut tx = service.storage.read().await.or_failure(service)?;
    let desk = desk(service, actor, &mut tx, request.training).await?;
    let about = about(service, actor, &mut tx, &desk, key.language).await?;
    let (person, _) = reader(service, actor, &mut tx, request.training, request.reader).await?;
    let letter = letter(&about, &person, key, Some(&draft), "", service.clock.now());
    let sample = link::sample_link(&service.base_url);
    let preview = render::preview(&letter, key.channel, &sample);
    let attachments = match request.training {
        Some(id) => attached(service, &mut tx, actor.language, id, key).await?,
        None => Vec::new(),
    };
    Ok(MessagePreview {
        attachments,
        ..preview
    })
}

/// Sends the message that a text would make to whoever asks, marked as a test; gives the address it goes to.
///
/// [`Refusal::TooMany`] after [`TESTS`] within an hour; a conflict where there is no address.
pub async fn send_test(service: &Service, actor: &Actor, request: &TextRequest) -> Outcome<String> {
    let key = request.key;
    if !WRITABLE.contains(&key.kind) {
        return Err(Refusal::NotFound);
    }
    let draft = tidied(key, &request.draft);
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let desk = desk(service, actor, &mut tx, request.training).await?;
    check(key, &draft)?;
    let me = actor.user_id.ok_or(Refusal::NotAllowed)?;
    let user = tx.user(actor.organisation_id, me).await;
    let user = user.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let (address, nowhere) = match key.channel {
        Channel::Email => (user.email, "conflict-test-no-email"),
        Channel::Sms => (user.mobile, "conflict-test-no-mobile"),
    };
    let address = address.ok_or_else(|| Refusal::Conflict(nowhere.to_owned()))?;
    let since = now.plus_seconds(-HOUR);
    let sent = tx
        .tests_since(actor.organisation_id, me, since)
        .await
        .or_failure(service)?;
    if sent.len() >= TESTS {
        let oldest = sent[TESTS - 1];
        let wait = oldest.plus_seconds(HOUR).since(now) / 1_000;
        return Err(Refusal::TooMany {
            retry_after: u32::try_from(wait.max(1)).unwrap_or(u32::MAX),
        });
    }
    let about = about(service, actor, &mut tx, &desk, key.language).await?;
    let test = TestMessage {
        key,
        training_id: Some(about.id).filter(|id| !id.0.is_nil()),
        draft,
        // The organisation's own text has none, whichever training it is shown with.
        attachments: request.training.is_some(),
    };
    tx.enqueue_test(service.id(), actor.organisation_id, me, &test, now)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(address)
}
