//! What follows from the configuration and the DNS. Pure.

use super::{DnsFacts, Found, SenderSetup};
use crate::target::{Encryption, MailTarget, is_loopback};
use convoke_domain::view::{DnsRecord, SenderAspect, SenderFinding, Verdict};

/// All that is to be said about a sender, in the order of [`SenderAspect`].
pub fn judge(setup: &SenderSetup, reply_to: &str, facts: &DnsFacts) -> Vec<SenderFinding> {
    let mut all = Vec::new();
    if setup.is_public() {
        all.push(spf(setup, &facts.domain));
        all.push(dkim(setup, facts.dkim.as_ref()));
        all.push(dmarc(setup, &facts.dmarc));
        all.push(mx(setup, &facts.mx));
    } else {
        all.push(
            finding(SenderAspect::Address, Verdict::Wrong, "address-local")
                .seen([&setup.from.email]),
        );
    }
    all.push(encryption(&setup.mail));
    all.extend(login(setup));
    all.push(replies(setup, reply_to));
    all.push(if setup.hears_of_bounces {
        finding(SenderAspect::Bounces, Verdict::Good, "bounces-read")
    } else {
        finding(SenderAspect::Bounces, Verdict::Better, "bounces-unread")
    });
    all
}

fn finding(aspect: SenderAspect, verdict: Verdict, reason: &str) -> SenderFinding {
    SenderFinding {
        aspect,
        verdict,
        reason: format!("sender-{reason}"),
        seen: Vec::new(),
        publish: None,
    }
}

/// What a finding is made of, piece by piece.
trait With {
    fn seen<T: ToString>(self, seen: impl IntoIterator<Item = T>) -> Self;
    fn publish(self, name: &str, value: &str) -> Self;
}

impl With for SenderFinding {
    fn seen<T: ToString>(mut self, seen: impl IntoIterator<Item = T>) -> Self {
        self.seen = seen.into_iter().map(|text| text.to_string()).collect();
        self
    }

    fn publish(mut self, name: &str, value: &str) -> Self {
        self.publish = Some(DnsRecord {
            name: name.to_owned(),
            kind: "TXT".to_owned(),
            value: value.to_owned(),
        });
        self
    }
}

fn unknown(aspect: SenderAspect, why: &str) -> SenderFinding {
    finding(aspect, Verdict::Unknown, "unknown").seen([why])
}

/// Records that begin with a version: the word, and then nothing more of it.
fn of_version<'a>(records: &'a [String], version: &str) -> Vec<&'a str> {
    let is_it = |record: &&str| {
        record
            .get(..version.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(version))
            && !record[version.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    records
        .iter()
        .map(|record| record.trim())
        .filter(is_it)
        .collect()
}

fn spf(setup: &SenderSetup, found: &Found) -> SenderFinding {
    let aspect = SenderAspect::Spf;
    let records = match found {
        Found::Unknown(why) => return unknown(aspect, why),
        Found::Records(records) => of_version(records, "v=spf1"),
    };
    let domain = setup.from.domain();
    let server = match &setup.mail {
        MailTarget::Smtp { host, .. }
            if host.contains('.') && host.parse::<std::net::IpAddr>().is_err() =>
        {
            format!(" a:{host}")
        }
        _ => String::new(),
    };
    match records[..] {
        [] => finding(aspect, Verdict::Wrong, "spf-missing")
            .publish(domain, &format!("v=spf1 mx{server} ~all")),
        [record] => {
            let words: Vec<String> = record.split_whitespace().map(str::to_lowercase).collect();
            let has = |word: &str| words.iter().any(|said| said == word);
            let closed =
                has("-all") || has("~all") || words.iter().any(|w| w.starts_with("redirect="));
            if has("+all") || has("all") {
                finding(aspect, Verdict::Wrong, "spf-everybody")
            } else if closed {
                finding(aspect, Verdict::Good, "spf-good")
            } else {
                finding(aspect, Verdict::Better, "spf-open")
            }
            .seen([record])
        }
        _ => finding(aspect, Verdict::Wrong, "spf-twice").seen(records),
    }
}

/// The value of a tag in a record of `tag=value; …`.
fn tag<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    record
        .split(';')
        .filter_map(|part| part.split_once('='))
        .find(|(tag, _)| tag.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// The kind and the key of a record; white space in it counts for nothing.
fn key(record: &str) -> Option<(String, String)> {
    let key: String = tag(record, "p")?.split_whitespace().collect();
    let kind = tag(record, "k").unwrap_or("rsa").to_lowercase();
    (!key.is_empty()).then_some((kind, key))
}

fn dkim(setup: &SenderSetup, found: Option<&Found>) -> SenderFinding {
    let aspect = SenderAspect::Dkim;
    let (Some(dkim), Some(found)) = (&setup.dkim, found) else {
        return finding(aspect, Verdict::Better, "dkim-off");
    };
    let domain = setup.from.domain();
    let stands_for_it = domain.eq_ignore_ascii_case(dkim.domain())
        || domain
            .to_lowercase()
            .ends_with(&format!(".{}", dkim.domain().to_lowercase()));
    if !stands_for_it {
        return finding(aspect, Verdict::Wrong, "dkim-domain").seen([dkim.domain(), domain]);
    }
    let records = match found {
        Found::Unknown(why) => return unknown(aspect, why),
        Found::Records(records) => records,
    };
    let name = dkim.name();
    if records.is_empty() {
        finding(aspect, Verdict::Wrong, "dkim-missing").publish(&name, dkim.record())
    } else if records
        .iter()
        .any(|record| key(record) == key(dkim.record()))
    {
        finding(aspect, Verdict::Good, "dkim-good").seen([&name])
    } else {
        finding(aspect, Verdict::Wrong, "dkim-other")
            .seen(records)
            .publish(&name, dkim.record())
    }
}

fn dmarc(setup: &SenderSetup, found: &Found) -> SenderFinding {
    let aspect = SenderAspect::Dmarc;
    let records = match found {
        Found::Unknown(why) => return unknown(aspect, why),
        Found::Records(records) => of_version(records, "v=DMARC1"),
    };
    match records[..] {
        [] => finding(aspect, Verdict::Better, "dmarc-missing").publish(
            &format!("_dmarc.{}", setup.from.domain()),
            "v=DMARC1; p=none",
        ),
        [record] => {
            let policy = tag(record, "p").unwrap_or_default().to_lowercase();
            match policy.as_str() {
                "quarantine" | "reject" => finding(aspect, Verdict::Good, "dmarc-good"),
                "none" => finding(aspect, Verdict::Better, "dmarc-none"),
                _ => finding(aspect, Verdict::Wrong, "dmarc-broken"),
            }
            .seen([record])
        }
        _ => finding(aspect, Verdict::Wrong, "dmarc-twice").seen(records),
    }
}

fn mx(setup: &SenderSetup, found: &Found) -> SenderFinding {
    let aspect = SenderAspect::Mx;
    match found {
        Found::Unknown(why) => unknown(aspect, why),
        // One that is only a dot says that no mail is taken (RFC 7505).
        Found::Records(hosts) if hosts.iter().all(|host| host == ".") => {
            finding(aspect, Verdict::Wrong, "mx-missing").seen([setup.from.domain()])
        }
        Found::Records(hosts) => finding(aspect, Verdict::Good, "mx-good").seen(hosts),
    }
}

fn encryption(mail: &MailTarget) -> SenderFinding {
    let aspect = SenderAspect::Encryption;
    match mail {
        MailTarget::Folder(_) => finding(aspect, Verdict::Wrong, "encryption-files"),
        MailTarget::Smtp {
            host, encryption, ..
        } => match encryption {
            Encryption::Always | Encryption::Upgrade => {
                finding(aspect, Verdict::Good, "encryption-good")
            }
            Encryption::Offered | Encryption::Off if is_loopback(host) => {
                finding(aspect, Verdict::Good, "encryption-local")
            }
            Encryption::Offered => finding(aspect, Verdict::Better, "encryption-offered"),
            Encryption::Off => finding(aspect, Verdict::Wrong, "encryption-off"),
        }
        .seen([mail]),
    }
}

fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain)
}

/// Where whoever signs in has an address, whether it is of the sender's domain.
fn login(setup: &SenderSetup) -> Option<SenderFinding> {
    let MailTarget::Smtp {
        credentials: Some(credentials),
        ..
    } = &setup.mail
    else {
        return None;
    };
    let domain = domain_of(&credentials.user)?;
    let aspect = SenderAspect::Login;
    Some(if domain.eq_ignore_ascii_case(setup.from.domain()) {
        finding(aspect, Verdict::Good, "login-same").seen([domain])
    } else {
        finding(aspect, Verdict::Better, "login-other").seen([domain, setup.from.domain()])
    })
}

fn replies(setup: &SenderSetup, reply_to: &str) -> SenderFinding {
    let aspect = SenderAspect::ReplyTo;
    match domain_of(reply_to) {
        None => finding(aspect, Verdict::Good, "reply-sender").seen([&setup.from.email]),
        Some(domain) if domain.eq_ignore_ascii_case(setup.from.domain()) => {
            finding(aspect, Verdict::Good, "reply-same").seen([reply_to])
        }
        Some(_) => finding(aspect, Verdict::Better, "reply-other").seen([reply_to]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dkim;

    const KEY: &str = include_str!("../../tests/keys/ed25519.pem");

    fn setup(mail: &str) -> SenderSetup {
        SenderSetup {
            from: "Office <training@example.org>".parse().unwrap(),
            mail: mail.parse().unwrap(),
            dkim: Some(Dkim::new("march", "example.org", KEY).unwrap()),
            hears_of_bounces: true,
            dns: None,
        }
    }

    fn records(records: &[&str]) -> Found {
        Found::Records(records.iter().map(ToString::to_string).collect())
    }

    fn good(setup: &SenderSetup) -> DnsFacts {
        DnsFacts {
            domain: records(&["something=else", "v=spf1 mx -all"]),
            dkim: setup.dkim.as_ref().map(|dkim| records(&[dkim.record()])),
            dmarc: records(&["v=DMARC1; p=reject"]),
            mx: records(&["mail.example.org."]),
        }
    }

    fn of(all: &[SenderFinding], aspect: SenderAspect) -> (Verdict, &str) {
        let found = all.iter().find(|finding| finding.aspect == aspect).unwrap();
        (found.verdict, &found.reason)
    }

    #[test]
    fn as_it_should_be() {
        let setup = setup("smtps://training%40example.org:secret@mail.example.org");
        let all = judge(&setup, "", &good(&setup));
        let aspects: Vec<_> = all.iter().map(|finding| finding.aspect).collect();
        assert_eq!(aspects, SenderAspect::ALL[1..]);
        assert!(all.iter().all(|f| f.verdict == Verdict::Good), "{all:?}");
        assert!(!format!("{all:?}").contains("secret"));
    }

    #[test]
    fn every_record_may_be_missing_doubled_or_another() {
        let setup = setup("smtp://mail.example.org");
        let fine = good(&setup);
        let spf = |said: &[&str]| {
            let facts = DnsFacts {
                domain: records(said),
                ..fine.clone()
            };
            let all = judge(&setup, "", &facts);
            let (verdict, reason) = of(&all, SenderAspect::Spf);
            (verdict, reason.to_owned(), all[0].publish.clone())
        };
        let (verdict, reason, publish) = spf(&["v=spf10 -all"]);
        assert_eq!((verdict, &*reason), (Verdict::Wrong, "sender-spf-missing"));
        let publish = publish.unwrap();
        assert_eq!(publish.name, "example.org");
        assert_eq!(publish.value, "v=spf1 mx a:mail.example.org ~all");
        for (said, expected) in [
            (&["v=spf1 -all", "V=SPF1 mx ~all"][..], "spf-twice"),
            (&["v=spf1 +all"], "spf-everybody"),
            (&["v=spf1 include:x.example ?all"], "spf-open"),
            (&["v=spf1 redirect=x.example"], "spf-good"),
            (&["v=spf1 include:x.example ~ALL"], "spf-good"),
        ] {
            assert_eq!(spf(said).1, format!("sender-{expected}"), "{said:?}");
        }
        for (said, expected) in [
            (&[][..], "dmarc-missing"),
            (
                &["v=DMARC1; p=none; rua=mailto:x@example.org"],
                "dmarc-none",
            ),
            (&["v=DMARC1; p = Quarantine"], "dmarc-good"),
            (&["v=DMARC1"], "dmarc-broken"),
            (&["v=DMARC1; p=none", "v=DMARC1; p=reject"], "dmarc-twice"),
        ] {
            let facts = DnsFacts {
                dmarc: records(said),
                ..fine.clone()
            };
            let all = judge(&setup, "", &facts);
            assert_eq!(
                of(&all, SenderAspect::Dmarc).1,
                format!("sender-{expected}")
            );
        }
        for said in [&[][..], &["."]] {
            let facts = DnsFacts {
                mx: records(said),
                ..fine.clone()
            };
            let all = judge(&setup, "", &facts);
            assert_eq!(
                of(&all, SenderAspect::Mx),
                (Verdict::Wrong, "sender-mx-missing")
            );
        }
    }

    #[test]
    fn the_published_key_is_compared_with_the_one_that_signs() {
        let mut setup = setup("smtp://mail.example.org");
        let ours = setup.dkim.as_ref().unwrap().record().to_owned();
        let with_spaces = ours.replace("p=", "p= ").replace("; ", " ;\t");
        for (said, expected) in [
            (&[][..], "dkim-missing"),
            (&[&*with_spaces], "dkim-good"),
            (&["v=DKIM1; k=ed25519; p=AAAA"], "dkim-other"),
            (&["v=DKIM1; k=ed25519; p="], "dkim-other"),
        ] {
            let facts = DnsFacts {
                dkim: Some(records(said)),
                ..good(&setup)
            };
            let all = judge(&setup, "", &facts);
            let found = &all[1];
            assert_eq!(found.reason, format!("sender-{expected}"), "{said:?}");
            if found.verdict != Verdict::Good {
                let publish = found.publish.as_ref().unwrap();
                assert_eq!(publish.name, "march._domainkey.example.org");
                assert_eq!(publish.value, ours);
            }
        }
        setup.from = "training@mail.example.org".parse().unwrap();
        let all = judge(&setup, "", &good(&setup));
        assert_eq!(
            of(&all, SenderAspect::Dkim).0,
            Verdict::Good,
            "a part of it"
        );
        setup.from = "training@badexample.org".parse().unwrap();
        let all = judge(&setup, "", &good(&setup));
        assert_eq!(of(&all, SenderAspect::Dkim).1, "sender-dkim-domain");
        setup.dkim = None;
        let all = judge(&setup, "", &good(&setup));
        assert_eq!(
            of(&all, SenderAspect::Dkim),
            (Verdict::Better, "sender-dkim-off")
        );
    }

    #[test]
    fn where_nobody_answers_it_says_so() {
        let setup = setup("smtp://mail.example.org");
        let nobody = || Found::Unknown("no answer in time".to_owned());
        let facts = DnsFacts {
            domain: nobody(),
            dkim: Some(nobody()),
            dmarc: nobody(),
            mx: nobody(),
        };
        let all = judge(&setup, "", &facts);
        for finding in &all[..4] {
            assert_eq!(finding.verdict, Verdict::Unknown);
            assert_eq!(finding.seen, ["no answer in time"]);
            assert_eq!(finding.publish, None);
        }
    }

    #[test]
    fn the_configuration_is_judged_too() {
        let reasons = |setup: &SenderSetup, reply_to: &str| {
            let all = judge(setup, reply_to, &good(setup));
            let reasons = all.into_iter().map(|finding| finding.reason);
            reasons.collect::<Vec<_>>()
        };
        let has = |all: &[String], reason: &str| all.contains(&format!("sender-{reason}"));
        for (mail, expected) in [
            ("file:/tmp/x", "encryption-files"),
            ("smtp://127.0.0.1:25", "encryption-local"),
            ("smtp://mail.example.org", "encryption-offered"),
            ("smtp://mail.example.org?tls=off", "encryption-off"),
            ("smtp://u:p@mail.example.org", "encryption-good"),
            (
                "smtps://a%40other.example:p@mail.example.org",
                "login-other",
            ),
        ] {
            let all = reasons(&setup(mail), "");
            assert!(has(&all, expected), "{mail}: {all:?}");
        }
        let mut setup = setup("smtp://127.0.0.1");
        assert!(has(&reasons(&setup, "a@EXAMPLE.org"), "reply-same"));
        assert!(has(&reasons(&setup, "a@gmail.example"), "reply-other"));
        setup.hears_of_bounces = false;
        assert!(has(&reasons(&setup, ""), "bounces-unread"));
        setup.from = "convoke@localhost".parse().unwrap();
        let all = reasons(&setup, "");
        assert_eq!(all[0], "sender-address-local");
        assert!(!all.iter().any(|reason| reason.contains("spf")));
    }
}
