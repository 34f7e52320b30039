//! Sending, and the worker's part of it.

use super::World;
use convoke_domain::view::{SendAction, SendOrder, SendOutcome, SendPlan, SendRequest};
use convoke_domain::{Channel, InvitationId, MessageKind};
use convoke_service::sending;
use convoke_storage::outbox::{MessageFacts, Outcome, Recorded};

/// What a button asks for.
pub fn request(world: &World, action: SendAction) -> SendRequest {
    SendRequest {
        training_id: world.training,
        action,
        only: None,
        spare_recent: false,
    }
}

/// Pressing the button under a plan; at a time, if one is given.
pub fn order(request: &SendRequest, plan: &SendPlan, at: Option<&str>) -> SendOrder {
    SendOrder {
        request: request.clone(),
        fingerprint: plan.fingerprint.clone(),
        at: at.map(str::to_owned),
    }
}

/// Presses a button, after its dialog; how many messages were queued.
pub async fn press(world: &World, request: &SendRequest) -> u32 {
    let plan = sending::send_plan(&world.service, &world.admin, request)
        .await
        .unwrap();
    match sending::send(&world.service, &world.admin, &order(request, &plan, None))
        .await
        .unwrap()
    {
        SendOutcome::Queued(n) => n,
        SendOutcome::Changed(plan) => panic!("changed: {plan:?}"),
    }
}

/// Hands over everything that is queued, as a worker would. What went out: kind, channel, invitation.
pub async fn deliver(
    world: &World,
    outcome: &Outcome,
) -> Vec<(MessageKind, Channel, InvitationId)> {
    let now = world.service.clock.now();
    let until = now.plus_seconds(60);
    let mut tx = world.service.storage.begin().await.unwrap();
    let due = tx.due(Channel::ALL, now, 1_000).await.unwrap();
    let leased: Vec<_> = due.iter().map(MessageFacts::leased).collect();
    let ids: Vec<_> = leased.iter().map(|l| l.id).collect();
    assert_eq!(
        tx.mark_sending("test", &ids, now, until)
            .await
            .unwrap()
            .len(),
        ids.len()
    );
    let went_out = leased
        .iter()
        .map(|l| (l.kind, l.channel, l.invitation_id))
        .collect();
    let results: Vec<Recorded> = leased
        .into_iter()
        .map(|leased| Recorded {
            leased,
            address: Some("someone".into()),
            subject: Some("subject".into()),
            body: Some("body".into()),
            outcome: outcome.clone(),
        })
        .collect();
    tx.record("test", now, &results).await.unwrap();
    tx.commit().await.unwrap();
    went_out
}

/// The server took it.
pub fn accepted() -> Outcome {
    Outcome::Sent {
        provider_id: "id".into(),
    }
}
