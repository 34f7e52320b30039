//! Sending: from the button to the mail server, beside a bare loop that sends the same number of messages with the same library.

use crate::bare::Bare;
use crate::figures::{Figures, median};
use crate::panel::{everyone_of, group_id, training};
use crate::server::Server;
use crate::sink::{Sink, SmtpSink};
use anyhow::{Result, bail, ensure};
use convoke_delivery::{Gateways, MailTarget, Sender, SmsTarget, Worker};
use convoke_domain::selection::{Change, Changes, Filter, PeopleList};
use convoke_domain::view::{
    OrganisationSettings, SendAction, SendOrder, SendOutcome, SendRequest, ValidateRequest,
};
use convoke_domain::{Actor, TrainingId};
use convoke_service::{Service, selection, sending, settings};
use convoke_testkit::{SmtpOptions, SmtpServer};
use std::time::{Duration, Instant};

/// How often a thousand invitations are sent.
const RUNS: usize = 3;

/// Queues and sends invitations by e-mail: a few thousand, and then to everybody of a directory of `people`.
pub async fn measure(
    service: &Service,
    actor: &Actor,
    database: &str,
    program: &str,
    people: usize,
    figures: &mut Figures,
) -> Result<()> {
    at_once(service, actor).await?;
    let sink = Sink::start(Duration::ZERO).await?;
    let mut queueing = Vec::new();
    for run in 0..RUNS {
        let training = some(service, actor, &format!("Send {run}"), "Thousand").await?;
        queueing.push(queue(service, actor, training).await?.0);
        worker(service, &sink.url())?.drain().await?;
    }
    figures.latencies("Plan and queue 1,000 invitations", queueing);

    let server = aiosmtpd().await;
    if people >= 10_000 {
        let training = some(service, actor, "Ten thousand", "Ten thousand").await?;
        let (_, queued) = queue(service, actor, training).await?;
        side_by_side(service, server.port, queued, 5_000, "aiosmtpd", figures).await?;
        if let Some(sink) = SmtpSink::start().await? {
            let training = some(service, actor, "Ten thousand for Postfix", "Ten thousand").await?;
            let (_, queued) = queue(service, actor, training).await?;
            side_by_side(service, sink.port(), queued, 5_000, "smtp-sink", figures).await?;
        }
        let slow = Sink::start(Duration::from_millis(5)).await?;
        let training = some(service, actor, "Ten thousand again", "Ten thousand").await?;
        let (_, queued) = queue(service, actor, training).await?;
        let to = "a server that takes 5 ms for each";
        side_by_side(service, slow.port(), queued, 2_000, to, figures).await?;
    }
    drop(server);

    let training = everybody(service, actor, "Everybody").await?;
    let (took, queued) = queue(service, actor, training).await?;
    figures.value(
        &format!("Plan and queue {people} invitations"),
        took.as_secs_f64(),
        "s",
    );
    let before = sink.taken();
    side_by_side(
        service,
        sink.port(),
        queued,
        10_000,
        "a sink that costs nothing",
        figures,
    )
    .await?;
    let bare = 9 * 10_000;
    ensure!(sink.taken() - before == queued + bare, "not all arrived");
    memory(service, actor, database, program, &sink, people, figures).await
}

/// The worker and the loop, to each of the servers that cost little.
pub async fn worker_alone(service: &Service, actor: &Actor, figures: &mut Figures) -> Result<()> {
    at_once(service, actor).await?;
    let sink = Sink::start(Duration::ZERO).await?;
    let server = aiosmtpd().await;
    let postfix = SmtpSink::start().await?;
    let mut servers = vec![
        (sink.port(), "a sink that costs nothing"),
        (server.port, "aiosmtpd"),
    ];
    servers.extend(postfix.iter().map(|sink| (sink.port(), "smtp-sink")));
    for run in 0..RUNS {
        for (port, to) in &servers {
            let training = everybody(service, actor, &format!("Everybody {run}, {to}")).await?;
            let (_, queued) = queue(service, actor, training).await?;
            side_by_side(service, *port, queued, 5_000, to, figures).await?;
        }
    }
    Ok(())
}

/// A mail server in Python that keeps nothing.
async fn aiosmtpd() -> SmtpServer {
    SmtpServer::start_with(SmtpOptions {
        discard: true,
        ..SmtpOptions::default()
    })
    .await
}

/// What is queued goes out at once, not after the moment in which it can be undone.
async fn at_once(service: &Service, actor: &Actor) -> Result<()> {
    let now = OrganisationSettings {
        name: "Bench".to_owned(),
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    Ok(settings::save(service, actor, &now).await?)
}

/// The rates of the bare loop and of the worker, which finds so many queued: the loop before and after the worker, so that a machine that becomes slower does
/// not decide.
async fn side_by_side(
    service: &Service,
    port: u16,
    queued: usize,
    bare: usize,
    to: &str,
    figures: &mut Figures,
) -> Result<()> {
    let bare = Bare::new(port, bare)?;
    let (mut ready, mut writing, mut one) = (Vec::new(), Vec::new(), Vec::new());
    ready.push(bare.send_ready().await?);
    writing.push(bare.write_and_send().await?);
    one.push(bare.one_by_one().await?);
    let worker = worker(service, &format!("smtp://127.0.0.1:{port}"))?;
    let start = Instant::now();
    let taken = worker.drain().await?;
    let rate = rate(queued, start.elapsed());
    ensure!(taken == queued, "{taken} of {queued} were taken up");
    for _ in 0..2 {
        ready.push(bare.send_ready().await?);
        writing.push(bare.write_and_send().await?);
        one.push(bare.one_by_one().await?);
    }
    let (ready, writing, one) = (median(ready), median(writing), median(one));
    for (what, value, unit) in [
        ("A bare loop sends ready messages", ready, "per second"),
        ("A bare loop writes and sends them", writing, "per second"),
        (
            "A loop over one connection writes and sends them",
            one,
            "per second",
        ),
        ("The worker", rate, "per second"),
        (
            "The worker, of the loop that sends",
            100.0 * rate / ready,
            "%",
        ),
        (
            "The worker, of the loop that writes and sends",
            100.0 * rate / writing,
            "%",
        ),
        (
            "The worker, of the loop over one connection",
            100.0 * rate / one,
            "%",
        ),
    ] {
        figures.value(&format!("To {to}: {what}"), value, unit);
    }
    Ok(())
}

fn worker(service: &Service, mail: &str) -> Result<Worker> {
    let from: Sender = "Convoke <convoke@bench.test>".parse()?;
    let mail: MailTarget = mail.parse()?;
    let sms: SmsTarget = "file:/nowhere".parse()?;
    Ok(Worker::new(
        service.storage.clone(),
        service.clock.clone(),
        service.random.clone(),
        service.outbox_bell.clone(),
        Gateways::open(&mail, &sms, &from)?,
        &service.base_url,
        from,
    ))
}

/// A training with a group in *Invitations to send*.
async fn some(service: &Service, actor: &Actor, title: &str, group: &str) -> Result<TrainingId> {
    let training = training(service, actor, title).await?;
    let (version, choices) =
        selection::open(service, actor, PeopleList::Participants(training)).await?;
    let group = group_id(&choices, group)?;
    selection::validate(service, actor, &everyone_of(training, version, group)).await?;
    Ok(training)
}

/// How much memory the real server takes while it sends to everybody, and how fast it is.
async fn memory(
    service: &Service,
    actor: &Actor,
    database: &str,
    program: &str,
    sink: &Sink,
    people: usize,
    figures: &mut Figures,
) -> Result<()> {
    let training = everybody(service, actor, "Everybody again").await?;
    let server = Server::start(database, program, &[("CONVOKE_MAIL_URL", sink.url())]).await?;
    // It reads the directory at the start.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let at_rest = server.peak_memory()?;
    let before = sink.taken();
    let (_, queued) = queue(service, actor, training).await?;
    let start = Instant::now();
    while sink.taken() - before < queued {
        ensure!(
            start.elapsed() < Duration::from_mins(20),
            "the server is stuck"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    figures.value(
        "The server sends them",
        rate(queued, start.elapsed()),
        "per second",
    );
    let peak = server.peak_memory()?;
    figures.value("Most memory of the server, at rest", at_rest, "MB");
    figures.value(
        &format!("Most memory of the server, {people} messages later"),
        peak,
        "MB",
    );
    Ok(())
}

/// A training with the whole directory in *Invitations to send*.
async fn everybody(service: &Service, actor: &Actor, title: &str) -> Result<TrainingId> {
    let training = training(service, actor, title).await?;
    let list = PeopleList::Participants(training);
    let (version, _) = selection::open(service, actor, list).await?;
    let mut changes = Changes::new(version);
    changes.push(Change::AddAll(Filter::default()));
    let request = ValidateRequest {
        list,
        changes,
        tell_removed: false,
    };
    selection::validate(service, actor, &request).await?;
    Ok(training)
}

/// Presses *Send*; how long that took, and how many were queued.
async fn queue(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Result<(Duration, usize)> {
    let request = SendRequest {
        training_id,
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
    let took = start.elapsed();
    match outcome {
        SendOutcome::Queued(queued) => Ok((took, queued as usize)),
        SendOutcome::Changed(_) => bail!("{outcome:?}"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundred thousand")]
fn rate(messages: usize, time: Duration) -> f64 {
    messages as f64 / time.as_secs_f64()
}
