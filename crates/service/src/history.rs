//! The history: who did what when. For administrators; a person's part of it, with the messages, is [`story`].

pub mod story;

use crate::called::called;
use crate::export::{Export, FileFormat};
use crate::people::edit::administrator;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::fold::Query;
use convoke_domain::view::{HistoryArea, HistoryFilter, HistoryRow, Range, Window};
use convoke_domain::{Actor, FieldError, HalfDay, Language, Refusal, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::history::{HistoryEntry, Wanted};
use convoke_texts::{dates, t, text};
use serde_json::Value;

/// A day in milliseconds, with an hour to spare for the longest one of a year.
const DAY: i64 = 25 * 3600 * 1000;
/// Where the details of a line say from where somebody acted.
pub(crate) const WHERE: &str = "where";
/// The most lines of a file.
const MOST: u32 = 50_000;

/// Lines of the history, the newest first.
///
/// [`Refusal::Invalid`] at `from` or `until`.
pub async fn list(
    service: &Service,
    actor: &Actor,
    filter: &HistoryFilter,
    range: Range,
) -> Outcome<Window<HistoryRow>> {
    administrator(actor)?;
    let range = range.bounded();
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (rows, total) = found(service, actor, &mut tx, filter, range).await?;
    Ok(Window {
        offset: range.offset,
        rows,
        total,
    })
}

/// The same as a file, the newest lines if there are too many for one.
pub async fn export(
    service: &Service,
    actor: &Actor,
    filter: &HistoryFilter,
    format: FileFormat,
) -> Outcome<Export> {
    administrator(actor)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (rows, _) = found(service, actor, &mut tx, filter, Range::new(0, MOST)).await?;
    drop(tx);
    let name = t!(actor.language, "history-title");
    crate::export::history(service, actor, rows, &name, format).await
}

async fn found(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    filter: &HistoryFilter,
    range: Range,
) -> Outcome<(Vec<HistoryRow>, u32)> {
    let organisation = tx.organisation(actor.organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let zone = &organisation.time_zone;
    let words = Query::parse(&filter.text);
    let from = day("from", &filter.from, zone)?;
    let until = day("until", &filter.until, zone)?;
    let wanted = Wanted {
        organisation_id: actor.organisation_id,
        words: &words,
        events: filter.area.map(HistoryArea::events).unwrap_or_default(),
        from,
        until: until.map(|day| next_day(day, zone)),
    };
    let total = tx.count_history(wanted).await.or_failure(service)?;
    let entries = tx.history(wanted, range).await.or_failure(service)?;
    let rows = entries
        .into_iter()
        .map(|entry| row(actor.language, entry, zone));
    Ok((rows.collect(), total))
}

/// When a day that was typed begins.
fn day(field: &str, typed: &str, zone: &str) -> Outcome<Option<Timestamp>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let begin = dates::from_input(&format!("{typed}T00:00"), zone);
    let wrong = || Refusal::Invalid(vec![FieldError::new(field, "error-day")]);
    begin.map(Some).ok_or_else(wrong)
}

/// When the day after begins.
fn next_day(begin: Timestamp, zone: &str) -> Timestamp {
    let later = Timestamp(begin.0 + DAY);
    let next = dates::day(later, zone);
    dates::from_input(&format!("{next}T00:00"), zone).unwrap_or(later)
}

fn row(language: Language, entry: HistoryEntry, zone: &str) -> HistoryRow {
    let name =
        |first: Option<String>, last: Option<String>| Some(called(language, &first?, &last?));
    let whom = t!(language, "history-a-person");
    HistoryRow {
        from: origin(&entry.details),
        when: dates::date_time(language, entry.at, zone),
        what: sentence(language, &entry.event, &entry.details, &whom),
        who: who(language, entry.actor_name),
        person: entry.user_id.zip(name(entry.first_name, entry.last_name)),
        training: entry.training_id.zip(entry.title),
        message: None,
    }
}

/// Who did something, by the name that is written down; what nobody did was the program.
fn who(language: Language, name: String) -> String {
    if name.is_empty() {
        t!(language, "history-system")
    } else {
        name
    }
}

/// From where somebody acted; empty where that is not known.
fn origin(details: &str) -> String {
    let details: Value = serde_json::from_str(details).unwrap_or_default();
    details[WHERE].as_str().unwrap_or_default().to_owned()
}

/// What an event is called, with its numbers and words; `whom` it concerned if it was one person.
fn sentence(language: Language, event: &str, details: &str, whom: &str) -> String {
    let details: Value = serde_json::from_str(details).unwrap_or_default();
    let number = |name: &str| details[name].as_i64().unwrap_or_default();
    let word = |name: &str| details[name].as_str().unwrap_or_default().to_owned();
    let signed = |sign: &'static str, name: &str| {
        let words = details[name].as_array().into_iter().flatten();
        words
            .filter_map(Value::as_str)
            .map(move |word| format!("{sign} {word}"))
            .collect::<Vec<_>>()
    };
    let groups = [signed("+", "joined"), signed("−", "left")].concat();
    let key = format!("history-{}", event.replace(['.', '_'], "-"));
    let values = [
        ("whom", whom.into()),
        ("name", word("name").into()),
        ("title", word("title").into()),
        ("text", text_name(language, &details).into()),
        ("groups", groups.join(", ").into()),
        ("added", number("added").into()),
        ("removed", number("removed").into()),
        ("created", number("created").into()),
        ("updated", number("updated").into()),
        ("bad", number("bad").into()),
        ("restored", number("restored").into()),
        ("kept", number("kept").into()),
        ("people", number("people").into()),
        ("email", number("email").into()),
        ("sms", number("sms").into()),
        ("withdrawn", number("withdrawn").into()),
        ("gone", number("gone").into()),
        ("at", word("at").into()),
        ("days", number("days").into()),
        ("attendance", word("attendance").into()),
        ("before", word("before").into()),
        ("signed", word("signed").into()),
        ("on", half_day(language, &details).into()),
        ("device", on_device(language, &details).into()),
        ("tablet", word("device").into()),
    ];
    text(language, &key, &values)
}

/// On which half-day something was: " (Wednesday 9 December, morning)"; empty for what is about none. Older lines know the day alone.
fn half_day(language: Language, details: &Value) -> String {
    let Some(day) = details["day"].as_str() else {
        return String::new();
    };
    let half = details["half"].as_str().and_then(|half| half.parse().ok());
    let label = match half {
        Some(half) => {
            let day = day.to_owned();
            crate::attendance::label(language, &HalfDay { day, half })
        }
        None => dates::day_label(language, day),
    };
    format!(" ({label})")
}

/// On which device something was done: " on device K7P", perhaps without network; empty where no device is known.
fn on_device(language: Language, details: &Value) -> String {
    let Some(name) = details["device"].as_str() else {
        return String::new();
    };
    let words = if details["offline"].as_bool() == Some(true) {
        t!(language, "history-on-device-offline", name = name)
    } else {
        t!(language, "history-on-device", name = name)
    };
    format!(" {words}")
}

/// Which message text a line is about: "Invitation, SMS, FR"; empty for others.
fn text_name(language: Language, details: &Value) -> String {
    let word = |name: &str| details[name].as_str();
    let (Some(kind), Some(channel), Some(tongue)) =
        (word("kind"), word("channel"), word("language"))
    else {
        return String::new();
    };
    let key = |area: &str, word: &str| format!("{area}-{}", word.replace('_', "-"));
    format!(
        "{}, {}, {}",
        text(language, &key("messages-kind", kind), &[]),
        text(language, &key("text-channel", channel), &[]),
        tongue.to_uppercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Every event that the sources name, wherever it is written.
    fn events(folder: &Path, found: &mut Vec<String>) {
        let areas = convoke_domain::view::HistoryArea::ALL.iter();
        let begins: Vec<&str> = areas.flat_map(|area| area.events()).copied().collect();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                events(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let words = source.split('"').skip(1);
                found.extend(
                    words
                        .filter(|word| {
                            begins
                                .iter()
                                .any(|begin| word.len() > begin.len() && word.starts_with(begin))
                        })
                        .filter(|word| {
                            word.bytes()
                                .all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.')
                        })
                        .map(str::to_owned),
                );
            }
        }
    }

    #[test]
    fn every_event_has_a_sentence() {
        let mut found = Vec::new();
        events(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        found.sort();
        found.dedup();
        found.retain(|event| event != "training.ics");
        assert!(found.len() > 35, "{found:?}");
        for event in found {
            for language in Language::ALL {
                let sentence = sentence(*language, &event, "{}", "Anna");
                assert!(
                    !sentence.contains("history-") && !sentence.contains('$'),
                    "{event} has no sentence in {language}: {sentence}"
                );
            }
        }
    }

    #[test]
    fn a_sentence_has_its_numbers() {
        let sentence = sentence(
            Language::En,
            "selection.validated",
            r#"{"added": 3, "removed": 1}"#,
            "",
        );
        assert!(
            sentence.contains('3') && sentence.contains('1'),
            "{sentence}"
        );
    }

    #[test]
    fn a_sentence_names_the_device() {
        let said = |details: &str| sentence(Language::En, "space.entered", details, "");
        assert_eq!(said("{}"), "entered the training space");
        assert_eq!(
            said(r#"{"device": "K7P"}"#),
            "entered the training space on device K7P"
        );
        let arrived = r#"{"device": "K7P", "offline": true, "signed": "drawn"}"#;
        assert_eq!(
            sentence(Language::En, "presence.arrived", arrived, ""),
            "said to be here on device K7P, without network and signed"
        );
    }

    #[test]
    fn the_day_that_is_longest_has_its_last_hour() {
        let begin = day("until", "2026-10-25", "Europe/Paris").unwrap().unwrap();
        let next = next_day(begin, "Europe/Paris");
        assert_eq!(next.since(begin), 25 * 3600 * 1000);
    }
}
