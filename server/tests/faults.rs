//! Two servers over one database send many messages while everything goes wrong by chance: the mail server (or the gateway for text messages) refuses,
//! is slow, hangs, drops connections at every step, closes them right after its answer, is killed and starts again; and the servers themselves are
//! killed. Afterwards everyone has exactly one message, or is marked as uncertain and has at most one; nothing is lost, and nothing is left.
//!
//! `cargo xtask bench faults` runs it with 10,000 messages and ten kills; `CONVOKE_FAULTS=messages,kills` says how many, `CONVOKE_FAULTS_SEED` where chance begins.

mod outbox;

use convoke_domain::message::Problem;
use convoke_domain::{Channel, MessageState};
use convoke_storage::Storage;
use convoke_testkit::{Database, Folder, Kannel, SmtpFaults, SmtpOptions, SmtpServer, database};
use outbox::proxy::{Chance, Proxy};
use outbox::{Person, backlog, lines, queue, serve};
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};
use tokio::process::Child;

/// Long for a busy machine: a message that is put off three times comes back after four minutes.
const PATIENCE: Duration = Duration::from_mins(20);
/// Something goes wrong with one message in so many.
const ONE_IN: u32 = 15;
/// One address in so many is refused for good.
const REFUSED: usize = 40;

struct Size {
    messages: usize,
    kills: usize,
    seed: u64,
}

impl Size {
    /// What the environment asks for, or these.
    fn or(messages: usize, kills: usize) -> Self {
        let asked = std::env::var("CONVOKE_FAULTS").ok();
        let mut numbers = asked.iter().flat_map(|text| text.split(',')).map(|number| {
            number
                .trim()
                .parse()
                .expect("CONVOKE_FAULTS=messages,kills")
        });
        let seed = std::env::var("CONVOKE_FAULTS_SEED").ok();
        Self {
            messages: numbers.next().unwrap_or(messages),
            kills: numbers.next().unwrap_or(kills),
            seed: seed.map_or(1, |seed| seed.parse().expect("a number")),
        }
    }
}

/// What can be killed and starts again.
trait Restarts {
    async fn restart(&mut self, after: Duration);
}

impl Restarts for SmtpServer {
    async fn restart(&mut self, after: Duration) {
        Self::restart(self, after).await;
    }
}

impl Restarts for Kannel {
    async fn restart(&mut self, after: Duration) {
        Self::restart(self, after).await;
    }
}

/// Sends everything, with kills and restarts on the way. Gives how often the other end was started again.
async fn send(
    storage: &Storage,
    size: &Size,
    other: &mut impl Restarts,
    start: impl Fn() -> Child,
) -> usize {
    let mut chance = Chance::new(size.seed);
    // At so many messages that are done with.
    let mut moments = |count: usize| {
        let mut moments: Vec<usize> = (0..count)
            .map(|_| size.messages / 20 + chance.below(size.messages * 17 / 20))
            .collect();
        moments.sort_unstable_by(|a, b| b.cmp(a));
        moments
    };
    let (mut kills, mut restarts) = (moments(size.kills), moments(size.kills));
    let mut servers = [start(), start()];
    let (begun, mut restarted, mut quiet_since) = (Instant::now(), 0, Instant::now());
    let mut last = u64::MAX;
    loop {
        let waiting = backlog(storage).await;
        if waiting == 0 {
            return restarted;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{waiting} messages are left after {PATIENCE:?}"
        );
        if waiting != last {
            (last, quiet_since) = (waiting, Instant::now());
        }
        let done = size.messages - usize::try_from(waiting).unwrap();
        if kills.last().is_some_and(|moment| done >= *moment) {
            kills.pop();
            let server = &mut servers[chance.below(2)];
            // SIGKILL: nothing can be tidied up.
            server.kill().await.expect("it was running");
            tokio::time::sleep(Duration::from_millis(chance.below(700) as u64)).await;
            *server = start();
        }
        // Those that hang are set free by a server that starts again.
        let stuck = quiet_since.elapsed() > Duration::from_secs(12);
        if stuck || restarts.last().is_some_and(|moment| done >= *moment) {
            if !stuck {
                restarts.pop();
            }
            restarted += 1;
            quiet_since = Instant::now();
            let after = Duration::from_millis(200 + chance.below(1_500) as u64);
            other.restart(after).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Compares rows with what arrived, and says in numbers what happened.
async fn compare(
    storage: &Storage,
    people: &[Person],
    received: &HashMap<String, usize>,
    refused: impl Fn(usize) -> bool,
) -> String {
    let lines = lines(storage).await;
    assert_eq!(lines.len(), people.len(), "one row for each");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut attempts: BTreeMap<i64, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (n, line) in &lines {
        let got = received.get(&people[*n].address).copied().unwrap_or(0);
        *attempts.entry(line.attempts).or_default() += 1;
        let (what, right) = match (line.state, line.problem) {
            (MessageState::Sent, None) => ("sent", got == 1 && !refused(*n)),
            (MessageState::Failed, Some(Problem::AddressRefused)) => {
                ("refused", got == 0 && refused(*n))
            }
            (MessageState::Uncertain, Some(Problem::Uncertain)) if got == 0 => {
                ("uncertain, not arrived", true)
            }
            (MessageState::Uncertain, Some(Problem::Uncertain)) => ("uncertain, arrived", got == 1),
            _ => ("else", false),
        };
        *counts.entry(what).or_default() += 1;
        if !right {
            wrong.push(format!(
                "{}: {} {:?}, {got} arrived",
                people[*n].address, line.state, line.problem
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    format!("{counts:?}; attempts {attempts:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_one_mail_or_is_uncertain() {
    let size = Size::or(300, 3);
    let refused = |n: usize| n % REFUSED == 7;
    let database = database(Database::Postgres).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let people: Vec<Person> = (0..size.messages)
        .map(|n| Person {
            channel: Channel::Email,
            address: if refused(n) {
                format!("refuse-{n}@example.org")
            } else {
                format!("person{n}@example.org")
            },
        })
        .collect();
    queue(&storage, &people).await;
    let mut smtp = SmtpServer::start_with(SmtpOptions {
        faults: Some(SmtpFaults {
            seed: size.seed,
            one_in: ONE_IN,
        }),
        ..SmtpOptions::default()
    })
    .await;
    let folder = Folder::new("sms");
    let (url, address) = (database.url.clone(), smtp.url());
    let begun = Instant::now();
    let restarted = send(&storage, &size, &mut smtp, || {
        serve(&url, Some(&address), None, &folder)
    })
    .await;
    let took = begun.elapsed();
    let mut received: HashMap<String, usize> = HashMap::new();
    for to in smtp.messages().into_iter().flat_map(|mail| mail.to) {
        *received.entry(to).or_default() += 1;
    }
    let figures = compare(&storage, &people, &received, refused).await;
    println!(
        "E-mail, seed {}: {} messages, two servers killed {} times, the mail server {restarted} times, {:.0} s.\n{figures}\nFaults: {:?}",
        size.seed,
        size.messages,
        size.kills,
        took.as_secs_f64(),
        smtp.faults()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_one_text_message_or_is_uncertain() {
    let size = Size::or(200, 2);
    let database = database(Database::Postgres).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let people: Vec<Person> = (0..size.messages)
        .map(|n| Person {
            channel: Channel::Sms,
            address: format!("+336{n:08}"),
        })
        .collect();
    queue(&storage, &people).await;
    let mut kannel = Kannel::start().await;
    let proxy = Proxy::start(kannel.port(), size.seed, ONE_IN as usize).await;
    let address = kannel
        .url()
        .replace(&format!(":{}", kannel.port()), &format!(":{}", proxy.port));
    let folder = Folder::new("mail");
    let url = database.url.clone();
    let begun = Instant::now();
    let restarted = send(&storage, &size, &mut kannel, || {
        serve(&url, None, Some(&address), &folder)
    })
    .await;
    let took = begun.elapsed();
    // What the gateway has taken reaches the operator a little later.
    let mut arrived = 0;
    loop {
        tokio::time::sleep(Duration::from_secs(3)).await;
        let now = kannel.received().len();
        if now == arrived {
            break;
        }
        arrived = now;
    }
    let mut received: HashMap<String, usize> = HashMap::new();
    for sms in kannel.received() {
        *received.entry(sms.number).or_default() += 1;
    }
    let figures = compare(&storage, &people, &received, |_| false).await;
    println!(
        "SMS, seed {}: {} messages, two servers killed {} times, the gateway {restarted} times, {:.0} s.\n{figures}\nFaults: {:?}",
        size.seed,
        size.messages,
        size.kills,
        took.as_secs_f64(),
        proxy.faults()
    );
}
