//! What is asked of Twilio's Messages API, word for word, by an HTTP server that takes one request.

use convoke_delivery::gateway::{Failure, Gateways, Letterhead, Parcel};
use convoke_delivery::render::Rendered;
use convoke_delivery::{ReportAddress, SmsTarget};
use convoke_domain::{MessageId, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn parcel() -> Parcel {
    Parcel {
        id: MessageId(uuid::Uuid::from_u128(7)),
        address: "+33612345678".into(),
        name: "Anna".into(),
        at: Timestamp(0),
        letterhead: Letterhead::default(),
        rendered: Rendered {
            subject: String::new(),
            text: "Hello & welcome".into(),
            html: None,
            calendar: None,
            stop: None,
            enclosed: Vec::new(),
        },
    }
}

/// Takes one request, answers it (or hangs up), and gives what was asked.
async fn once(listener: TcpListener, answer: Option<&str>) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut asked = Vec::new();
    while !String::from_utf8_lossy(&asked).contains("Body=") {
        let mut bytes = [0; 4096];
        let n = stream.read(&mut bytes).await.unwrap();
        assert!(n > 0, "the request breaks off");
        asked.extend_from_slice(&bytes[..n]);
    }
    if let Some(answer) = answer {
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
    String::from_utf8(asked).unwrap()
}

async fn hand_over(answer: Option<&str>) -> (String, Result<String, Failure>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sms = format!("twilio://AC1:secret@127.0.0.1:{port}?from=%2B15005550006");
    let gateways = Gateways::open(
        &"file:/nowhere".parse().unwrap(),
        &sms.parse().unwrap(),
        &"a@example.org".parse().unwrap(),
    )
    .unwrap();
    let parcel = parcel();
    let (asked, result) = tokio::join!(once(listener, answer), gateways.sms.hand_over(&parcel));
    (asked, result.map(|receipt| receipt.provider_id))
}

#[tokio::test]
async fn the_request_is_what_twilio_asks_for() {
    let body = r#"{"sid":"SM123","status":"queued"}"#;
    let answer = format!(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let (asked, result) = hand_over(Some(&answer)).await;
    assert_eq!(result, Ok("SM123".to_owned()));
    assert!(
        asked.starts_with("POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\n"),
        "{asked}"
    );
    // AC1:secret
    assert!(
        asked.to_ascii_lowercase().contains("authorization: basic ")
            && asked.contains("QUMxOnNlY3JldA=="),
        "{asked}"
    );
    assert!(
        asked.ends_with("To=%2B33612345678&From=%2B15005550006&Body=Hello+%26+welcome"),
        "{asked}"
    );
}

#[tokio::test]
async fn an_answer_that_never_comes_is_uncertain() {
    let (_, result) = hand_over(None).await;
    assert!(matches!(result, Err(Failure::Uncertain(_))), "{result:?}");
}

#[tokio::test]
async fn nobody_at_home_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let sms = format!("twilio://AC1:secret@127.0.0.1:{port}?from=%2B15005550006");
    let gateways = Gateways::open(
        &"file:/nowhere".parse().unwrap(),
        &sms.parse().unwrap(),
        &"a@example.org".parse().unwrap(),
    )
    .unwrap();
    let result = gateways.sms.hand_over(&parcel()).await;
    let Err(Failure::Unreachable(said)) = result else {
        panic!("{result:?}");
    };
    assert!(!said.contains("secret"), "{said}");
}

#[tokio::test]
async fn twilio_is_told_where_to_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sms: SmsTarget = format!("twilio://AC1:secret@127.0.0.1:{port}?from=%2B15005550006")
        .parse()
        .unwrap();
    let gateways = Gateways::reporting(
        &"file:/nowhere".parse().unwrap(),
        &sms,
        &"a@example.org".parse().unwrap(),
        None,
        ReportAddress::new("https://convoke.example.org", "key", &sms),
    )
    .unwrap();
    let parcel = parcel();
    let answer = "HTTP/1.1 201 Created\r\nContent-Length: 13\r\n\r\n{\"sid\":\"SM1\"}";
    let (asked, result) = tokio::join!(
        once(listener, Some(answer)),
        gateways.sms.hand_over(&parcel)
    );
    assert!(result.is_ok(), "{result:?}");
    assert!(
        asked.ends_with(
            "&StatusCallback=https%3A%2F%2Fconvoke.example.org%2Fhooks%2Fsms%2Ftwilio%2F00000000-0000-0000-0000-000000000007"
        ),
        "{asked}"
    );
}
