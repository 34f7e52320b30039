//! A mail server that hangs, hangs up, refuses or speaks nonsense at every step of the conversation: what becomes of the message, and that the next one goes out.

use convoke_delivery::gateway::{
    Failure, Gateway as _, Letterhead, Parcel, SmtpGateway, SmtpTimeouts,
};
use convoke_delivery::render::Rendered;
use convoke_domain::message::Problem;
use convoke_domain::{MessageId, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// When something goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Greeting,
    Hello,
    Encryption,
    Sender,
    Recipient,
    Content,
    /// The content is on its way, and not read.
    Middle,
    /// The content was read.
    Final,
    /// It was answered.
    After,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Hang,
    HangUp,
    Wait(u64),
    Say(&'static str),
}

/// A server with which it goes wrong once, and never again.
async fn server(at: At, does: Does) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let wrong = Arc::new(AtomicBool::new(true));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let wrong = wrong.clone();
            tokio::spawn(async move {
                let _ = converse(stream, at, does, &wrong).await;
            });
        }
    });
    port
}

async fn converse(
    stream: TcpStream,
    at: At,
    does: Does,
    wrong: &AtomicBool,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut next = Some((At::Greeting, "220 here\r\n"));
    let mut line = Vec::new();
    let mut content = false;
    loop {
        if let Some((step, answer)) = next.take() {
            let mut answer = answer.to_owned();
            if step == at && wrong.swap(false, Ordering::Relaxed) {
                match does {
                    Does::Hang => std::future::pending().await,
                    Does::HangUp => return Ok(()),
                    Does::Wait(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
                    Does::Say(words) => answer = format!("{words}\r\n"),
                }
            }
            stream.write_all(answer.as_bytes()).await?;
            content = answer.starts_with("354");
            if content && at == At::Middle && wrong.swap(false, Ordering::Relaxed) {
                return Ok(());
            }
            if step == At::Final && at == At::After && wrong.swap(false, Ordering::Relaxed) {
                return Ok(());
            }
            if answer.starts_with("421") {
                return Ok(());
            }
        }
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        if content {
            next = (line == b".\r\n").then_some((At::Final, "250 2.0.0 Taken\r\n"));
            continue;
        }
        let offers = if at == At::Encryption {
            "250-here\r\n250 STARTTLS\r\n"
        } else {
            "250 here\r\n"
        };
        next = Some(match &line[..4] {
            b"EHLO" => (At::Hello, offers),
            b"STAR" => (At::Encryption, "220 2.0.0 Begin\r\n"),
            b"MAIL" => (At::Sender, "250 2.1.0 Fine\r\n"),
            b"RCPT" => (At::Recipient, "250 2.1.5 Fine\r\n"),
            b"DATA" => (At::Content, "354 Go on\r\n"),
            b"QUIT" => return stream.write_all(b"221 2.0.0 Bye\r\n").await,
            // RSET and whatever else.
            _ => (At::After, "250 2.0.0 Fine\r\n"),
        });
    }
}

fn gateway(port: u16, tls: &str) -> SmtpGateway {
    let target = format!("smtp://127.0.0.1:{port}{tls}").parse().unwrap();
    let from = "Training office <training@example.org>".parse().unwrap();
    SmtpGateway::new(&target, from)
        .unwrap()
        .with_timeouts(SmtpTimeouts {
            connect: Duration::from_millis(900),
            command: Duration::from_millis(900),
            content: Duration::from_millis(900),
        })
}

fn parcel() -> Parcel {
    Parcel {
        id: MessageId(uuid::Uuid::from_u128(7)),
        address: "anna@example.org".to_owned(),
        name: "Anna Müller".to_owned(),
        at: Timestamp(1_793_520_000_000),
        letterhead: Letterhead::default(),
        rendered: Rendered {
            subject: "Invitation".to_owned(),
            text: "Words\n".repeat(2_000),
            html: None,
            calendar: None,
            stop: None,
            enclosed: Vec::new(),
        },
    }
}

/// What becomes of a message.
async fn fate(gateway: &SmtpGateway) -> &'static str {
    let parcel = parcel();
    let handing_over = gateway.hand_over(&parcel);
    let result = tokio::time::timeout(Duration::from_secs(10), handing_over).await;
    match result.expect("it always ends") {
        Ok(_) => "taken",
        Err(Failure::TryAgain(_)) => "again",
        Err(Failure::Unreachable(_)) => "nobody there",
        Err(Failure::Never(Problem::AddressRefused, _)) => "address refused",
        Err(Failure::Never(..)) => "message refused",
        Err(Failure::NoSuchAddress(_)) => "nobody asked",
        Err(Failure::StopChannel(_)) => "stop",
        Err(Failure::Uncertain(_)) => "uncertain",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_server_does_the_message_is_accounted_for_and_the_next_one_goes_out() {
    use At::{After, Content, Final, Greeting, Hello, Middle, Recipient, Sender};
    use Does::{Hang, HangUp, Say, Wait};
    let busy = Say("421 4.3.2 Going down");
    let later = Say("451 4.3.0 Try again later");
    let never = Say("554 5.7.1 Never");
    let table = [
        (Greeting, Hang, "nobody there"),
        (Greeting, HangUp, "nobody there"),
        (Greeting, Wait(500), "taken"),
        (Greeting, busy, "again"),
        (Greeting, later, "again"),
        (Greeting, never, "again"),
        (Greeting, Say("HTTP/1.1 400 Bad Request"), "nobody there"),
        (Hello, Hang, "nobody there"),
        (Hello, HangUp, "nobody there"),
        (Hello, busy, "again"),
        (Hello, later, "again"),
        (Hello, never, "again"),
        (Sender, Hang, "again"),
        (Sender, HangUp, "again"),
        (Sender, Wait(500), "taken"),
        (Sender, busy, "again"),
        (Sender, later, "again"),
        (Sender, never, "stop"),
        (Sender, Say("552 5.3.4 Too big"), "message refused"),
        (Recipient, Hang, "again"),
        (Recipient, HangUp, "again"),
        (Recipient, busy, "again"),
        (Recipient, later, "again"),
        (Recipient, never, "address refused"),
        (Content, Hang, "again"),
        (Content, HangUp, "again"),
        (Content, busy, "again"),
        (Content, later, "again"),
        (Content, never, "message refused"),
        (Middle, HangUp, "uncertain"),
        (Final, Hang, "uncertain"),
        (Final, HangUp, "uncertain"),
        (Final, Wait(500), "taken"),
        (Final, busy, "again"),
        (Final, later, "again"),
        (Final, never, "message refused"),
        (After, HangUp, "taken"),
    ];
    let mut cases = tokio::task::JoinSet::new();
    for (at, does, expected) in table {
        cases.spawn(async move {
            let gateway = gateway(server(at, does).await, "");
            let first = fate(&gateway).await;
            let second = fate(&gateway).await;
            let as_expected = first == expected && second == "taken";
            (!as_expected).then(|| format!("{at:?} {does:?}: {first}, then {second}"))
        });
    }
    let wrong: Vec<String> = cases.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_encryption_never_counts_as_taken_and_nothing_goes_in_the_clear() {
    for does in [
        Does::Hang,
        Does::HangUp,
        // No answer of TLS.
        Does::Wait(0),
        Does::Say("454 4.7.0 Not available"),
        Does::Say("502 5.5.1 Not implemented"),
    ] {
        let port = server(At::Encryption, does).await;
        for tls in ["?tls=required", ""] {
            let fate = fate(&gateway(port, tls)).await;
            assert!(
                ["nobody there", "again", "stop"].contains(&fate),
                "{does:?} {tls}: {fate}"
            );
        }
    }
    // A server that offers none where it is asked for.
    let port = server(At::After, Does::Wait(0)).await;
    assert_eq!(fate(&gateway(port, "?tls=required")).await, "stop");
}

#[tokio::test]
async fn nobody_listens() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    assert_eq!(fate(&gateway(port, "")).await, "nobody there");
}
