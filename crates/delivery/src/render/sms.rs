//! Text messages, and what they cost.

use super::{Letter, date_line, one_line};
use convoke_domain::MessageKind;
use convoke_texts::{dates, t};

pub(super) fn text(letter: &Letter<'_>) -> String {
    let organisation = one_line(&letter.training.organisation);
    let title = one_line(&letter.training.title);
    let dates = date_line(letter);
    let language = letter.language;
    let text = match letter.kind {
        MessageKind::Invitation => t!(
            language,
            "sms-invitation",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::Resend => t!(
            language,
            "sms-resend",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::Cancellation => t!(
            language,
            "sms-cancellation",
            organisation = organisation,
            title = title,
            dates = dates
        ),
        MessageKind::Registered => t!(
            language,
            "sms-registered",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::WaitingList => t!(
            language,
            "sms-waiting-list",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::PlaceFreed => t!(
            language,
            "sms-place-freed",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::Reminder => t!(
            language,
            "sms-reminder",
            organisation = organisation,
            title = title,
            dates = dates,
            link = letter.link
        ),
        MessageKind::ReminderStart => t!(
            language,
            "sms-reminder-start",
            organisation = organisation,
            title = title,
            dates = dates,
            time = start_time(letter),
            link = letter.link
        ),
        MessageKind::Change => t!(
            language,
            "sms-change",
            organisation = organisation,
            title = title,
            dates = dates,
            time = start_time(letter),
            link = letter.link
        ),
        MessageKind::EntryCode => t!(
            language,
            "sms-entry-code",
            code = letter.code,
            title = title
        ),
        // Written by `super::account`.
        MessageKind::Account => String::new(),
    };
    plain_signs(&text)
}

/// "09:00", when it begins.
fn start_time(letter: &Letter<'_>) -> String {
    let training = letter.training;
    dates::time(training.starts_at, &training.time_zone)
}

/// Typographic signs would turn a text of one part into one of three: plain ones say the same.
pub(super) fn plain_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '«' | '»' => out.push('"'),
            '\u{2010}'..='\u{2015}' => out.push('-'),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            '…' => out.push_str("..."),
            _ => out.push(c),
        }
    }
    out
}

/// How a text message is coded (3GPP TS 23.038).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Seven bits a character, from an alphabet of 128 with an extension of ten.
    Gsm7,
    /// Sixteen bits a character, for everything else.
    Ucs2,
}

/// What a text message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmsSize {
    /// The coding.
    pub coding: Coding,
    /// Septets (GSM-7) or UTF-16 units (UCS-2).
    pub units: u32,
    /// Number of messages the operator counts.
    pub parts: u32,
}

/// The basic alphabet of 3GPP TS 23.038, section 6.2.1, without the escape.
const GSM7: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension, whose characters take two septets.
const GSM7_EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// Counts a text: 160 septets or 70 units in one part; 153 or 67 in each of several, which begin with a header.
pub fn sms_size(text: &str) -> SmsSize {
    let mut septets = 0;
    for c in text.chars() {
        if GSM7.contains(c) {
            septets += 1;
        } else if GSM7_EXTENDED.contains(c) {
            septets += 2;
        } else {
            let units = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
            return SmsSize {
                coding: Coding::Ucs2,
                units,
                parts: parts(units, 70, 67),
            };
        }
    }
    SmsSize {
        coding: Coding::Gsm7,
        units: septets,
        parts: parts(septets, 160, 153),
    }
}

const fn parts(units: u32, alone: u32, joined: u32) -> u32 {
    if units <= alone {
        1
    } else {
        units.div_ceil(joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_127_signs_and_the_escape() {
        assert_eq!(GSM7.chars().count(), 127);
        assert_eq!(GSM7_EXTENDED.chars().count(), 10);
    }

    #[test]
    fn parts_are_counted_as_operators_do() {
        let size = |text: &str| {
            let size = sms_size(text);
            (size.coding, size.units, size.parts)
        };
        assert_eq!(size(""), (Coding::Gsm7, 0, 1));
        assert_eq!(size(&"a".repeat(160)), (Coding::Gsm7, 160, 1));
        assert_eq!(size(&"a".repeat(161)), (Coding::Gsm7, 161, 2));
        assert_eq!(size(&"a".repeat(306)), (Coding::Gsm7, 306, 2));
        assert_eq!(size(&"a".repeat(307)), (Coding::Gsm7, 307, 3));
        assert_eq!(size("10 €"), (Coding::Gsm7, 5, 1));
        assert_eq!(size("Zoë"), (Coding::Ucs2, 3, 1));
        assert_eq!(size(&"ё".repeat(71)), (Coding::Ucs2, 71, 2));
        assert_eq!(size("😀"), (Coding::Ucs2, 2, 1));
    }

    #[test]
    fn typographic_signs_become_plain() {
        assert_eq!(plain_signs("« l’été » 9–10…"), "\" l'été \" 9-10...");
    }
}
