//! Sending: from the button to the mail server.

use crate::figures::{Figures, median};
use crate::panel::{everyone_of, group_id, training};
use crate::sink::Sink;
use anyhow::{Result, bail};
use convoke_delivery::{Gateways, MailTarget, Sender, SmsTarget, Worker};
use convoke_domain::Actor;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{SendAction, SendOrder, SendOutcome, SendRequest};
use convoke_service::{Service, selection, sending};
use std::time::Instant;

/// How often a thousand invitations are sent.
const RUNS: usize = 3;

/// Sends 1,000 invitations by e-mail, several times.
pub async fn measure(service: &Service, actor: &Actor, figures: &mut Figures) -> Result<()> {
    let sink = Sink::start().await?;
    let from: Sender = "Convoke <convoke@bench.test>".parse()?;
    let mail: MailTarget = sink.url().parse()?;
    let sms: SmsTarget = "file:/nowhere".parse()?;
    let worker = Worker::new(
        service.storage.clone(),
        service.clock.clone(),
        service.random.clone(),
        service.outbox_bell.clone(),
        Gateways::open(&mail, &sms, &from)?,
        &service.base_url,
        from,
    );
    let (mut queueing, mut rates) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let training = training(service, actor, &format!("Send {run}")).await?;
        let (version, choices) =
            selection::open(service, actor, PeopleList::Participants(training)).await?;
        let group = group_id(&choices, "Thousand")?;
        selection::validate(service, actor, &everyone_of(training, version, group)).await?;
        let request = SendRequest {
            training_id: training,
            action: SendAction::Send,
            only: None,
            spare_recent: false,
        };
        let start = Instant::now();
        let plan = sending::send_plan(service, actor, &request).await?;
        let order = SendOrder {
            request,
            fingerprint: plan.fingerprint,
            at: None,
        };
        let outcome = sending::send(service, actor, &order).await?;
        queueing.push(start.elapsed());
        let SendOutcome::Queued(1_000) = outcome else {
            bail!("{outcome:?}");
        };
        let before = sink.taken();
        let start = Instant::now();
        worker.drain().await?;
        let seconds = start.elapsed().as_secs_f64();
        anyhow::ensure!(sink.taken() - before == 1_000, "{} arrived", sink.taken());
        rates.push(1_000.0 / seconds);
    }
    figures.latencies("Plan and queue 1,000 invitations", queueing);
    figures.value(
        "Send 1,000 e-mails to a local sink",
        median(rates),
        "per second",
    );
    Ok(())
}
