//! How many messages a second: not a check but a measurement, run by hand:
//! `cargo test --release -p convoke-delivery --test throughput -- --ignored --nocapture`.

mod world;

use convoke_domain::{Channel, MessageKind};
use convoke_testkit::{Database, Folder};
use rstest::rstest;
use std::time::Instant;
use world::sink::Sink;
use world::{World, by_mail};

const MESSAGES: usize = 2_000;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn messages_per_second(#[case] kind: Database) {
    let world = World::new(kind).await;
    let emails: Vec<String> = (0..MESSAGES).map(|n| format!("p{n}@example.org")).collect();
    let people: Vec<_> = emails.iter().map(|email| by_mail(email)).collect();
    let ids = world.choose_all(&people).await;
    let recipients: Vec<_> = ids.iter().map(|id| (*id, Channel::Email)).collect();
    let smtp = Sink::start(usize::MAX).await;
    let (mail, sms) = (Folder::new("mail"), Folder::new("sms"));
    let sms = format!("file:{}", sms.path().display());
    let begun = Instant::now();
    world.press(MessageKind::Invitation, &recipients).await;
    println!("{kind:?}: {MESSAGES} queued in {:?}", begun.elapsed());

    let begun = Instant::now();
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();
    report(kind, "SMTP", begun);
    assert_eq!(smtp.count(), MESSAGES);

    world.press(MessageKind::Resend, &recipients).await;
    let begun = Instant::now();
    let mail = format!("file:{}", mail.path().display());
    let worker = world.worker(world.gateways(&mail, &sms));
    worker.drain().await.unwrap();
    report(kind, "files", begun);
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a few thousand messages are exact"
)]
fn report(kind: Database, through: &str, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    let rate = MESSAGES as f64 / seconds;
    println!("{kind:?}: {MESSAGES} by {through} in {seconds:.1} s, {rate:.0} a second");
}
