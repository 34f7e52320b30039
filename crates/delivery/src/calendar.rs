//! The calendar entry (RFC 5545) of an invitation.
//!
//! Times are in UTC: no `VTIMEZONE` has to be understood, and every calendar shows its owner's local time.
//! The method is `PUBLISH`, not `REQUEST`: an entry to be added, without the calendar's own answer buttons. Answers to a `REQUEST` go by mail to the
//! organiser, where nobody would read them, and calendars distrust one whose organiser they don't know; the answer is given by the link.

use crate::render::{Letter, one_line};
use convoke_domain::{MessageKind, Timestamp, TrainingId, UserId};
use convoke_texts::t;
use jiff::tz::TimeZone;

/// A calendar entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Stays the same for one person and training; see [`uid`].
    pub uid: String,
    /// Grows when the training moves, and once more when it is cancelled.
    pub sequence: i64,
    /// When this text was made.
    pub made_at: Timestamp,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// Title.
    pub summary: String,
    /// Place, perhaps empty.
    pub location: String,
    /// Plain text, perhaps empty.
    pub description: String,
    /// Name and address of who sends it (RFC 5546 asks for one).
    pub organiser: Option<(String, String)>,
    /// Whether it takes the entry out again.
    pub cancelled: bool,
}

/// A calendar file as an e-mail carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// `PUBLISH` or `CANCEL`, which the content type repeats.
    pub method: &'static str,
    /// The file.
    pub text: String,
}

/// The identity of the entry: the same for one person and training, whatever is sent.
pub fn uid(training: TrainingId, person: UserId) -> String {
    format!("{training}.{person}@convoke")
}

/// The text of a `.ics` file.
pub fn event(event: &CalendarEvent) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Convoke//Convoke//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("METHOD:{}", method(event.cancelled)),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escape(&event.uid)),
        format!("SEQUENCE:{}", event.sequence),
        format!("DTSTAMP:{}", utc(event.made_at)),
        format!("DTSTART:{}", utc(event.starts_at)),
        format!("DTEND:{}", utc(event.ends_at)),
        format!("SUMMARY:{}", escape(&event.summary)),
    ];
    if !event.location.is_empty() {
        lines.push(format!("LOCATION:{}", escape(&event.location)));
    }
    if !event.description.is_empty() {
        lines.push(format!("DESCRIPTION:{}", escape(&event.description)));
    }
    if let Some((name, address)) = &event.organiser {
        lines.push(format!("ORGANIZER;CN={}:mailto:{address}", quoted(name)));
    }
    let status = if event.cancelled {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    lines.push(format!("STATUS:{status}"));
    lines.push("TRANSP:OPAQUE".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines.push("END:VCALENDAR".to_owned());
    let mut out = String::new();
    for line in lines {
        fold(&line, &mut out);
    }
    out
}

/// The entry that goes with a letter.
pub(crate) fn attached(letter: &Letter<'_>) -> Attached {
    let training = letter.training;
    let cancelled = letter.kind == MessageKind::Cancellation;
    let description = if cancelled {
        String::new()
    } else {
        let answer = t!(letter.language, "calendar-answer", link = letter.link);
        format!("{}\n\n{answer}", training.description.trim())
            .trim()
            .to_owned()
    };
    let text = event(&CalendarEvent {
        uid: uid(training.id, letter.person.id),
        sequence: training.calendar_sequence + i64::from(cancelled),
        made_at: letter.now,
        starts_at: training.starts_at,
        ends_at: training.ends_at,
        summary: one_line(&training.title),
        location: one_line(&training.place),
        description,
        organiser: letter
            .from
            .map(|address| (one_line(&training.organisation), address.to_owned())),
        cancelled,
    });
    Attached {
        method: method(cancelled),
        text,
    }
}

const fn method(cancelled: bool) -> &'static str {
    if cancelled { "CANCEL" } else { "PUBLISH" }
}

/// `20261209T080000Z`.
fn utc(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Section 3.3.11: backslash, semicolon, comma and line break.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A parameter's value in quotes, which cannot hold quotes or control characters (section 3.2).
fn quoted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c == '"' { '\'' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    format!("\"{clean}\"")
}

/// Section 3.1: lines of at most 75 octets, broken between characters, each next one beginning with a space.
fn fold(line: &str, out: &mut String) {
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> CalendarEvent {
        CalendarEvent {
            uid: "1.2@convoke".into(),
            sequence: 3,
            made_at: Timestamp(1_793_000_000_000),
            starts_at: Timestamp(1_796_803_200_000),
            ends_at: Timestamp(1_796_918_400_000),
            summary: "First aid; basics, part 1".into(),
            location: String::new(),
            description:
                "Line one\nback\\slash\n\nhttps://convoke.example.org/answer/0123456789abcdef"
                    .into(),
            organiser: Some(("Étude \"Nord\"".into(), "training@example.org".into())),
            cancelled: false,
        }
    }

    fn unfold(text: &str) -> Vec<String> {
        text.replace("\r\n ", "")
            .lines()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_entry_says_what_when_and_which_version() {
        let lines = unfold(&event(&sample()));
        for expected in [
            "METHOD:PUBLISH",
            "UID:1.2@convoke",
            "SEQUENCE:3",
            "DTSTART:20261209T080000Z",
            "DTEND:20261210T160000Z",
            "SUMMARY:First aid\\; basics\\, part 1",
            "ORGANIZER;CN=\"Étude 'Nord'\":mailto:training@example.org",
            "STATUS:CONFIRMED",
        ] {
            assert!(
                lines.iter().any(|l| l == expected),
                "{expected} in {lines:#?}"
            );
        }
        assert!(
            lines
                .iter()
                .any(|l| l.starts_with("DESCRIPTION:Line one\\nback\\\\slash\\n\\nhttps://")),
            "{lines:#?}"
        );
    }

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let mut long = sample();
        long.summary = "é".repeat(200);
        let text = event(&long);
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        assert!(
            !text.replace("\r\n", "").contains('\n'),
            "every line ends with CR LF"
        );
        assert!(unfold(&text).contains(&format!("SUMMARY:{}", "é".repeat(200))));
    }

    #[test]
    fn a_cancelled_entry_cancels() {
        let text = event(&CalendarEvent {
            cancelled: true,
            ..sample()
        });
        assert!(text.contains("METHOD:CANCEL\r\n") && text.contains("STATUS:CANCELLED\r\n"));
    }

    #[test]
    fn nothing_typed_begins_a_line_of_its_own() {
        let text = event(&CalendarEvent {
            summary: "A\r\nATTACH:http://evil.example".into(),
            ..sample()
        });
        assert!(!text.contains("\r\nATTACH"), "{text}");
    }
}
