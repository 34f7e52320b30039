//! The sender is looked up at a name server on this machine.

use convoke_delivery::deliverability::{Found, look_up};
use convoke_delivery::{Dkim, SenderSetup};
use convoke_domain::view::{SenderAspect, Verdict};
use convoke_testkit::DnsServer;
use std::time::{Duration, Instant};

const RSA: &str = include_str!("keys/rsa.pkcs8.pem");

fn setup(dns: std::net::SocketAddr) -> SenderSetup {
    SenderSetup {
        from: "Office <training@mail.example.org>".parse().unwrap(),
        mail: "smtps://mail.example.org".parse().unwrap(),
        dkim: Some(Dkim::new("march", "example.org", RSA).unwrap()),
        hears_of_bounces: true,
        dns: Some(dns),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_found_and_judged() {
    let dns = DnsServer::start().await;
    let setup = setup(dns.address);
    let nothing = Found::Records(Vec::new());
    let facts = look_up(&setup).await;
    assert_eq!(facts.domain, nothing);
    assert_eq!(facts.dkim, Some(nothing.clone()));
    assert_eq!((facts.dmarc, facts.mx), (nothing.clone(), nothing));
    let publish: Vec<_> = setup
        .findings("")
        .await
        .into_iter()
        .filter_map(|finding| finding.publish)
        .collect();
    assert_eq!(publish.len(), 3);

    // Whoever publishes what it says is told so at once; a key is longer than one string of a record.
    assert!(publish.iter().any(|record| record.value.len() > 255));
    for record in publish {
        dns.txt(&record.name, &record.value);
    }
    dns.mx("mail.example.org", "mx.example.org");
    for finding in setup.findings("").await {
        let expected = match finding.aspect {
            SenderAspect::Dmarc => Verdict::Better,
            _ => Verdict::Good,
        };
        assert_eq!(finding.verdict, expected, "{finding:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_of_the_domain_above_holds() {
    let dns = DnsServer::start().await;
    dns.txt("_dmarc.example.org", "v=DMARC1; p=reject");
    dns.txt("mail.example.org", "v=spf1 -all");
    dns.mx("mail.example.org", ".");
    let found = setup(dns.address).findings("").await;
    let of = |aspect| found.iter().find(|f| f.aspect == aspect).unwrap();
    assert_eq!(of(SenderAspect::Dmarc).verdict, Verdict::Good);
    assert_eq!(of(SenderAspect::Spf).verdict, Verdict::Good);
    assert_eq!(of(SenderAspect::Mx).verdict, Verdict::Wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_so_and_soon() {
    let silent = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let begun = Instant::now();
    let found = setup(silent.local_addr().unwrap()).findings("").await;
    assert!(begun.elapsed() < Duration::from_secs(15));
    let unknown = found.iter().filter(|f| f.verdict == Verdict::Unknown);
    assert_eq!(unknown.count(), 4, "{found:?}");
    assert!(found.iter().all(|finding| finding.publish.is_none()));
}
