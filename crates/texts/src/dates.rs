//! Dates and times in a training's own time zone and a reader's language.

use crate::t;
use convoke_domain::{Language, Timestamp};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ToSpan, Zoned};

/// The zone of an IANA name; `None` when the database does not know it.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

fn zoned(at: Timestamp, time_zone: &str) -> Zoned {
    let zone = zone(time_zone).unwrap_or(TimeZone::UTC);
    Instant::from_millisecond(at.0)
        .unwrap_or(Instant::UNIX_EPOCH)
        .to_zoned(zone)
}

fn month(language: Language, month: i8) -> String {
    crate::text(language, &format!("month-{month}"), &[])
}

fn full(language: Language, at: &Zoned) -> String {
    t!(
        language,
        "date-full",
        day = at.day().to_string(),
        month = month(language, at.month()),
        year = at.year().to_string()
    )
}

fn clock(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// "9 December 2026".
pub fn date(language: Language, at: Timestamp, time_zone: &str) -> String {
    full(language, &zoned(at, time_zone))
}

/// "2 December 2026, 18:00".
pub fn date_time(language: Language, at: Timestamp, time_zone: &str) -> String {
    let at = zoned(at, time_zone);
    t!(
        language,
        "date-time",
        date = full(language, &at),
        time = clock(&at)
    )
}

/// "today at 09:12", "yesterday at 09:12", "on 9 December 2026 at 09:12".
pub fn moment(language: Language, at: Timestamp, now: Timestamp, time_zone: &str) -> String {
    let at = zoned(at, time_zone);
    let time = clock(&at);
    match (zoned(now, time_zone).date() - at.date()).get_days() {
        0 => t!(language, "moment-today", time = time),
        1 => t!(language, "moment-yesterday", time = time),
        _ => t!(
            language,
            "moment-date",
            date = full(language, &at),
            time = time
        ),
    }
}

/// "08:52".
pub fn time(at: Timestamp, time_zone: &str) -> String {
    clock(&zoned(at, time_zone))
}

/// The day of a moment in a zone, as `date` inputs have it: `2026-12-09`.
pub fn day(at: Timestamp, time_zone: &str) -> String {
    zoned(at, time_zone).date().to_string()
}

/// The days from `start` to `end`, at most `most`; an end at midnight belongs to the day before. They compare as text.
pub fn days(start: Timestamp, end: Timestamp, time_zone: &str, most: usize) -> Vec<String> {
    let first = zoned(start, time_zone).date();
    let last = zoned(Timestamp(end.0 - 1).max(start), time_zone).date();
    first
        .series(1.day())
        .take_while(|day| *day <= last)
        .take(most)
        .map(|day| day.to_string())
        .collect()
}

/// "Wednesday 9 December" of a day as [`day`] gives it; the text itself when it is none.
pub fn day_label(language: Language, day: &str) -> String {
    let Ok(date) = day.parse::<Date>() else {
        return day.to_owned();
    };
    let weekday = format!("weekday-{}", date.weekday().to_monday_one_offset());
    t!(
        language,
        "date-day",
        weekday = crate::text(language, &weekday, &[]),
        day = date.day().to_string(),
        month = month(language, date.month())
    )
}

/// "Wed 9 Dec" of a day as [`day`] gives it, for narrow columns; the text itself when it is none.
pub fn day_short(language: Language, day: &str) -> String {
    let Ok(date) = day.parse::<Date>() else {
        return day.to_owned();
    };
    let weekday = format!("weekday-short-{}", date.weekday().to_monday_one_offset());
    t!(
        language,
        "date-day",
        weekday = crate::text(language, &weekday, &[]),
        day = date.day().to_string(),
        month = crate::text(language, &format!("month-short-{}", date.month()), &[])
    )
}

/// Whether a day as [`day`] gives it is a Saturday or a Sunday.
pub fn is_weekend(day: &str) -> bool {
    day.parse::<Date>()
        .is_ok_and(|date| date.weekday().to_monday_one_offset() > 5)
}

/// The minutes that have passed on the clocks of a zone since midnight.
pub fn minute(at: Timestamp, time_zone: &str) -> u16 {
    let at = zoned(at, time_zone);
    u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs())
}

/// A moment on the clocks of a zone: year, month, day, hour, minute.
pub fn fields(at: Timestamp, time_zone: &str) -> (i16, i8, i8, i8, i8) {
    let at = zoned(at, time_zone);
    (at.year(), at.month(), at.day(), at.hour(), at.minute())
}

/// "9–10 December 2026", "30 November – 2 December 2026", or one date.
pub fn date_range(language: Language, start: Timestamp, end: Timestamp, time_zone: &str) -> String {
    let (start, end) = (zoned(start, time_zone), zoned(end, time_zone));
    if start.date() == end.date() {
        full(language, &start)
    } else if start.year() != end.year() {
        t!(
            language,
            "date-range-years",
            first = full(language, &start),
            last = full(language, &end)
        )
    } else if start.month() != end.month() {
        t!(
            language,
            "date-range-months",
            first_day = start.day().to_string(),
            first_month = month(language, start.month()),
            last_day = end.day().to_string(),
            last_month = month(language, end.month()),
            year = end.year().to_string(),
        )
    } else {
        t!(
            language,
            "date-range-days",
            first = start.day().to_string(),
            last = end.day().to_string(),
            month = month(language, start.month()),
            year = start.year().to_string(),
        )
    }
}

/// "09:00–17:00", with ", 2 days" when the number of days taught is known.
pub fn time_range(
    language: Language,
    start: Timestamp,
    end: Timestamp,
    time_zone: &str,
    days_taught: Option<u32>,
) -> String {
    let times = format!(
        "{}–{}",
        clock(&zoned(start, time_zone)),
        clock(&zoned(end, time_zone))
    );
    match days_taught {
        Some(days) => format!("{times}, {}", t!(language, "days-taught", count = days)),
        None => times,
    }
}

/// "just now", "5 min ago", "3 h ago", "yesterday", "2 days ago"; the date when it is more than two weeks ago.
pub fn ago(language: Language, at: Timestamp, now: Timestamp, time_zone: &str) -> String {
    let minutes = now.since(at).max(0) / 60_000;
    let days = (zoned(now, time_zone).date() - zoned(at, time_zone).date()).get_days();
    match (minutes, days) {
        (0, _) => t!(language, "ago-now"),
        (1..60, _) => t!(language, "ago-minutes", count = minutes),
        (_, ..=0) => t!(language, "ago-hours", count = minutes / 60),
        (_, 1) => t!(language, "ago-yesterday"),
        (_, 2..=14) => t!(language, "ago-days", count = days),
        _ => date(language, at, time_zone),
    }
}

/// The value of a `datetime-local` input: `2026-12-09T09:00`.
pub fn to_input(at: Timestamp, time_zone: &str) -> String {
    let at = zoned(at, time_zone);
    format!(
        "{:04}-{:02}-{:02}T{}",
        at.year(),
        at.month(),
        at.day(),
        clock(&at)
    )
}

/// The moment that a `datetime-local` input names in a zone; a time that the clocks skip moves forward. `None` when it is not a date.
pub fn from_input(text: &str, time_zone: &str) -> Option<Timestamp> {
    let local: DateTime = text.trim().parse().ok()?;
    let at = local.to_zoned(zone(time_zone)?).ok()?;
    Some(Timestamp(at.timestamp().as_millisecond()))
}

/// The day so many days before a moment, at this hour of the zone; an hour that the clocks skip moves forward.
pub fn days_before(at: Timestamp, time_zone: &str, days: u32, hour: i8) -> Timestamp {
    let at = zoned(at, time_zone);
    let day = at.date().saturating_sub(i64::from(days).days());
    let morning = day.at(hour, 0, 0, 0).to_zoned(at.time_zone().clone());
    Timestamp(morning.unwrap_or(at).timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    const PARIS: &str = "Europe/Paris";

    fn at(text: &str) -> Timestamp {
        from_input(text, PARIS).unwrap()
    }

    #[test]
    fn days_before_a_moment_begin_at_their_own_hour() {
        let start = at("2026-11-02T14:30");
        assert_eq!(days_before(start, PARIS, 3, 9), at("2026-10-30T09:00"));
        // The clocks went back in between.
        assert_eq!(days_before(start, PARIS, 10, 9), at("2026-10-23T09:00"));
        assert_eq!(
            days_before(at("2026-03-01T00:00"), PARIS, 1, 9),
            at("2026-02-28T09:00")
        );
    }

    #[test]
    fn inputs_go_there_and_back_in_the_zone() {
        assert_eq!(at("2026-12-09T09:00").0, 1_796_803_200_000);
        assert_eq!(to_input(at("2026-07-09T09:00"), PARIS), "2026-07-09T09:00");
        assert_eq!(
            to_input(at("2026-03-29T02:30"), PARIS),
            "2026-03-29T03:30",
            "skipped by summer time"
        );
        assert_eq!(from_input("tomorrow", PARIS), None);
        assert_eq!(from_input("2026-02-30T09:00", PARIS), None);
    }

    #[test]
    fn ranges_in_both_languages() {
        let range = |l, a, b| date_range(l, at(a), at(b), PARIS);
        assert_eq!(
            range(Language::En, "2026-12-09T09:00", "2026-12-10T17:00"),
            "9–10 December 2026"
        );
        assert_eq!(
            range(Language::Fr, "2026-12-09T09:00", "2026-12-09T17:00"),
            "9 décembre 2026"
        );
        assert_eq!(
            range(Language::En, "2026-11-30T09:00", "2026-12-02T17:00"),
            "30 November – 2 December 2026"
        );
        assert_eq!(
            range(Language::En, "2026-12-31T09:00", "2027-01-02T17:00"),
            "31 December 2026 – 2 January 2027"
        );
        assert_eq!(
            time_range(
                Language::En,
                at("2026-12-09T09:00"),
                at("2026-12-10T17:00"),
                PARIS,
                Some(2)
            ),
            "09:00–17:00, 2 days"
        );
        assert_eq!(
            date_time(Language::Fr, at("2026-12-02T18:00"), PARIS),
            "2 décembre 2026, 18:00"
        );
    }

    #[test]
    fn how_long_ago() {
        let now = at("2026-12-09T09:00");
        let ago = |t| ago(Language::En, at(t), now, PARIS);
        assert_eq!(ago("2026-12-09T08:59"), "1 min ago");
        assert_eq!(ago("2026-12-09T06:00"), "3 h ago");
        assert_eq!(ago("2026-12-08T23:00"), "yesterday");
        assert_eq!(ago("2026-12-07T23:00"), "2 days ago");
        assert_eq!(ago("2026-10-07T23:00"), "7 October 2026");
        assert_eq!(ago("2026-12-09T09:00"), "just now");
    }

    #[test]
    fn days_of_a_training() {
        let days = |start, end| days(at(start), at(end), PARIS, 10);
        assert_eq!(
            days("2026-12-31T09:00", "2027-01-02T17:00"),
            ["2026-12-31", "2027-01-01", "2027-01-02"]
        );
        assert_eq!(days("2026-12-09T09:00", "2026-12-10T00:00"), ["2026-12-09"]);
        assert_eq!(days("2026-12-01T09:00", "2027-12-10T00:00").len(), 10);
        assert_eq!(day(Timestamp(1_796_859_000_000), PARIS), "2026-12-10");
        assert_eq!(day(Timestamp(1_796_859_000_000), "UTC"), "2026-12-09");
        assert_eq!(
            day_label(Language::En, "2026-12-09"),
            "Wednesday 9 December"
        );
        assert_eq!(day_label(Language::Fr, "2026-12-09"), "mercredi 9 décembre");
    }

    #[test]
    fn moments_near_now() {
        let now = at("2026-12-09T10:00");
        let moment = |t| moment(Language::En, at(t), now, PARIS);
        assert_eq!(moment("2026-12-09T09:12"), "today at 09:12");
        assert_eq!(moment("2026-12-08T23:12"), "yesterday at 23:12");
        assert_eq!(moment("2026-11-30T09:12"), "on 30 November 2026 at 09:12");
    }
}
