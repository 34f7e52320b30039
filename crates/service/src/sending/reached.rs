//! Whom a button reaches.

use crate::invitations::tab;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{OrganisationSettings, SendAction, SendPlan, SendRequest};
use convoke_domain::{Actor, InvitationState, MessageKind, Refusal, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::invitations::Recipient;
use convoke_storage::trainings::Training;

/// Who was written to less than this long ago is pointed out before *Resend* (specification, section 3).
const RECENT_MS: i64 = 24 * 60 * 60 * 1_000;
/// Who was written to this often is pointed out too.
const OFTEN: i64 = 5;

/// The blocks a button belongs to, and the kind of message it means.
pub(super) const fn block_of(action: SendAction) -> (&'static [InvitationState], MessageKind) {
    use InvitationState as S;
    match action {
        SendAction::Send => (&[S::ToSend], MessageKind::Invitation),
        SendAction::Resend => (&[S::Sent], MessageKind::Resend),
        SendAction::Announce => (&[S::Sent, S::Confirmed, S::Waiting], MessageKind::Change),
    }
}

/// How somebody is written to.
pub(crate) fn route(person: &Recipient) -> Route {
    Route::choose(
        person.channel,
        person.has_email == 1,
        person.has_mobile == 1,
    )
}

/// How soon and how often somebody is asked again.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    now: Timestamp,
    firm_recent: bool,
    firm_often: bool,
}

impl Limits {
    /// Those of an organisation.
    pub(crate) const fn of(settings: &OrganisationSettings, now: Timestamp) -> Self {
        Self {
            now,
            firm_recent: settings.firm_recent,
            firm_often: settings.firm_often,
        }
    }

    fn is_recent(self, person: &Recipient) -> bool {
        let last = person.last_sent_at.map(Timestamp);
        last.is_some_and(|at| self.now.since(at) < RECENT_MS)
    }

    const fn is_often(person: &Recipient) -> bool {
        person.sent_count >= OFTEN
    }

    /// Whether the organisation does not write to this person again, whoever asks for it.
    pub(crate) fn hold_back(self, person: &Recipient) -> bool {
        self.firm_recent && self.is_recent(person) || self.firm_often && Self::is_often(person)
    }

    /// Whether the dialog points this person out.
    fn point_out(self, person: &Recipient) -> bool {
        self.is_recent(person) || Self::is_often(person)
    }
}

/// How many, and the first of them by name.
pub(super) struct Named {
    pub count: u32,
    pub names: Vec<String>,
}

impl Named {
    pub(super) fn of<'a>(people: impl Iterator<Item = &'a Recipient>) -> Self {
        let mut named = Self {
            count: 0,
            names: Vec::new(),
        };
        for person in people {
            named.count += 1;
            if named.names.len() < SendPlan::NAMES {
                named
                    .names
                    .push(full_name(&person.first_name, &person.last_name));
            }
        }
        named
    }
}

/// Whom a request reaches, and whom it leaves out.
pub(super) struct Reached {
    pub training: Training,
    pub settings: OrganisationSettings,
    /// Those who are written to, and those who would be if they could be reached.
    pub people: Vec<Recipient>,
    /// Those who were written to recently or often; they are among the people unless the request spares them.
    pub recent: Named,
    /// Those whom the organisation leaves out for that.
    pub held_back: Named,
    /// Those who want no messages.
    pub opted_out: Named,
}

/// Everyone a request reaches.
pub(super) async fn reached(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    request: &SendRequest,
) -> Outcome<Reached> {
    let training = administered(service, actor, tx, request.training_id).await?;
    let settings = tx
        .organisation_settings(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let (states, kind) = block_of(request.action);
    let (mut found, mut opted_out) = (Vec::new(), Vec::new());
    for state in states {
        let tab = tab(actor, request.training_id);
        let block = tx.recipients(tab, *state, request.only.as_deref()).await;
        let attends = *state == InvitationState::Confirmed;
        let (wanted, unwanted): (Vec<_>, Vec<_>) =
            block.or_failure(service)?.into_iter().partition(|person| {
                !person.opted_out || kind.reaches_whoever_opted_out(attends, false)
            });
        found.extend(wanted);
        opted_out.extend(unwanted);
    }
    match request.action {
        SendAction::Send => {}
        // Nobody is told what they know.
        SendAction::Announce => {
            let is_news = |person: &Recipient| {
                let moved = training.moved_at;
                moved.is_some_and(|moved| person.informed_at < moved)
            };
            found.retain(is_news);
            opted_out.retain(is_news);
        }
        SendAction::Resend => {
            let limits = Limits::of(&settings, service.clock.now());
            let (held_back, rest): (Vec<_>, Vec<_>) = found
                .into_iter()
                .partition(|person| limits.hold_back(person));
            let (recent, mut people): (Vec<_>, Vec<_>) = rest
                .into_iter()
                .partition(|person| limits.point_out(person));
            let named = Named::of(recent.iter());
            if !request.spare_recent {
                people.extend(recent);
            }
            return Ok(Reached {
                training,
                settings,
                people,
                recent: named,
                held_back: Named::of(held_back.iter()),
                opted_out: Named::of(opted_out.iter()),
            });
        }
    }
    Ok(Reached {
        training,
        settings,
        people: found,
        recent: Named::of(std::iter::empty()),
        held_back: Named::of(std::iter::empty()),
        opted_out: Named::of(opted_out.iter()),
    })
}
