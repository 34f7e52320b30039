use super::*;
use uuid::Uuid;

const ID: &str = "0199a5f2-7c1e-7a51-8f3a-3f2a8f0e6b11";

fn ours() -> MessageId {
    MessageId(Uuid::parse_str(ID).unwrap())
}

/// The mail, with line ends as they go over the wire and our Message-ID.
fn mail(text: &str) -> Option<ComeBack> {
    read(
        text.trim_start()
            .replace("OURS", &format!("<{ID}@example.org>"))
            .replace('\n', "\r\n")
            .as_bytes(),
    )
}

fn came_back(text: &str, report: Report, detail: &str) {
    let expected = ComeBack {
        message_id: ours(),
        report,
        detail: detail.to_owned(),
    };
    assert_eq!(mail(text), Some(expected), "{text}");
}

fn postfix(action: &str, status: &str, diagnostic: &str) -> String {
    format!(
        r"
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: training@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary=B1

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4B1
Arrival-Date: Sun, 22 Nov 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; anna@acme.test
Original-Recipient: rfc822;anna@acme.test
Action: {action}
Status: {status}
Remote-MTA: dns; mx.acme.test
Diagnostic-Code: {diagnostic}

--B1
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: OURS
From: Training office <training@example.org>
To: Anna <anna@acme.test>
Subject: Invitation
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B2

--B2
Content-Type: text/plain

Dear Anna
--B2--

--B1--
"
    )
}

#[test]
fn postfix_says_it_by_the_standard() {
    let refused = "smtp; 550 5.1.1 <anna@acme.test>: Recipient address\n    rejected: User unknown";
    came_back(
        &postfix("failed", "5.1.1", refused),
        Report::Bounced,
        "550 5.1.1 <anna@acme.test>: Recipient address rejected: User unknown",
    );
    came_back(
        &postfix(
            "delayed",
            "4.4.1",
            "X-Postfix; connect to mx.acme.test: Connection timed out",
        ),
        Report::Delayed,
        "connect to mx.acme.test: Connection timed out",
    );
    // Given up after days: nobody tries again, whatever the status says of later.
    came_back(
        &postfix("failed", "4.4.1", "X-Postfix; timed out"),
        Report::Bounced,
        "timed out",
    );
    came_back(
        &postfix("delivered", "2.0.0", ""),
        Report::Delivered,
        "2.0.0",
    );
    assert_eq!(mail(&postfix("relayed", "2.0.0", "")), None);
}

#[test]
fn exchange_brings_only_the_headers() {
    came_back(
        r"
From: <postmaster@acme.test>
To: <training@example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary=B1
Subject: Undeliverable: Invitation
In-Reply-To: OURS
References: OURS

--B1
Content-Type: multipart/alternative; boundary=B2

--B2
Content-Type: text/plain

Your message to anna@acme.test couldn't be delivered.
--B2
Content-Type: text/html

<p>Your message to anna@acme.test couldn't be delivered.</p>
--B2--

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns;PR0P264.acme.test

Final-Recipient: rfc822;anna@acme.test
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--B1
Content-Type: text/rfc822-headers

Received: from mail.example.org
From: Training office <training@example.org>
Message-ID:
 OURS
Subject: Invitation

--B1--
",
        Report::Bounced,
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    );
}

#[test]
fn only_a_reference_names_the_message() {
    came_back(
        r"
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: training@example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <other@example.org> OURS
In-Reply-To: OURS
X-Failed-Recipients: anna@acme.test
Content-Type: multipart/report; boundary=B1; report-type=delivery-status

--B1
Content-Type: text/plain

** Address not found **

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com

Final-Recipient: rfc822; anna@acme.test
Action: failed
Status: 5.1.1

--B1--
",
        Report::Bounced,
        "5.1.1",
    );
}

#[test]
fn exim_and_qmail_say_it_in_plain_words() {
    came_back(
        r"
Return-path: <>
X-Failed-Recipients: anna@acme.test
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mail.example.org>
To: training@example.org
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  anna@acme.test
    host mx.acme.test [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<anna@acme.test>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <training@example.org>
Message-Id: OURS
Subject: Invitation

Dear Anna, room 551 is on the fifth floor.
",
        Report::Bounced,
        "550 No such user here",
    );
    came_back(
        r"
Return-Path: <>
From: MAILER-DAEMON@mail.example.org
To: training@example.org
Subject: failure notice

Hi. This is the qmail-send program at mail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@acme.test>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <training@example.org>
Message-ID: OURS
Subject: Invitation
",
        Report::Bounced,
        "Sorry, no mailbox here by that name. (#5.1.1)",
    );
}

#[test]
fn other_mails_say_nothing() {
    for other in [
        // An absence.
        r"
From: Anna Müller <anna@acme.test>
To: training@example.org
Auto-Submitted: auto-replied
Subject: Out of office: Invitation
In-Reply-To: OURS
References: OURS

I am away until 1 December. In urgent cases call 550 12.
",
        // An answer by hand, with ours below.
        r"
From: Anna Müller <anna@acme.test>
Subject: Re: Invitation
In-Reply-To: OURS

I come with 5.1.1 friends.

> Message-ID: OURS
",
        // A mail system that only warns.
        r"
From: Mail Delivery System <Mailer-Daemon@mail.example.org>
Subject: Warning: message delayed 24 hours

A message that you sent has not yet been delivered. No action is required on your part.
Message-ID: OURS
",
        // Somebody else's message came back.
        r"
From: MAILER-DAEMON@mail.example.org
Content-Type: multipart/report; report-type=delivery-status; boundary=B1

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; x

Action: failed
Status: 5.1.1

--B1
Content-Type: message/rfc822

Message-ID: <20261122.4711@example.org>

--B1--
",
        // A receipt that somebody has read it (RFC 8098) is not about its way.
        r"
From: anna@acme.test
Content-Type: multipart/report; report-type=disposition-notification; boundary=B1

--B1
Content-Type: message/disposition-notification

Original-Message-ID: OURS
Disposition: manual-action/MDN-sent-manually; displayed

--B1--
",
        "",
        "\n\n\u{0}\u{1}",
    ] {
        assert_eq!(mail(other), None, "{other}");
    }
}

#[test]
fn whatever_comes_is_read_without_panic() {
    let whole = postfix("failed", "5.1.1", "smtp; 550 no");
    let whole = whole.replace("OURS", &format!("<{ID}@example.org>"));
    for end in 0..whole.len() {
        let _ = read(&whole.as_bytes()[..end]);
    }
}

#[test]
fn only_what_we_write_is_our_id() {
    assert_eq!(our_id(&format!(" <{ID}@example.org>")), Some(ours()));
    for other in [
        "<x@example.org>".to_owned(),
        format!("<{}@example.org>", ID.to_uppercase()),
        format!("<{{{ID}}}@example.org>"),
        format!("<{ID}>"),
        String::new(),
    ] {
        assert_eq!(our_id(&other), None, "{other}");
    }
}
