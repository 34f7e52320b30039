//! What a text message costs: how it is coded, and into how many parts it is cut.

use serde::{Deserialize, Serialize};

/// How a text message is coded (3GPP TS 23.038).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Coding {
    /// Seven bits a character, from an alphabet of 128 with an extension of ten.
    Gsm7,
    /// Sixteen bits a character, for everything else.
    Ucs2,
}

/// What a text message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsSize {
    /// The coding.
    pub coding: Coding,
    /// Septets (GSM-7) or UTF-16 units (UCS-2).
    pub units: u32,
    /// Number of messages the operator counts.
    pub parts: u32,
    /// Units that are left in the last part.
    pub left: u32,
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
            return size(Coding::Ucs2, units, 70, 67);
        }
    }
    size(Coding::Gsm7, septets, 160, 153)
}

const fn size(coding: Coding, units: u32, alone: u32, joined: u32) -> SmsSize {
    let (parts, room) = if units <= alone {
        (1, alone)
    } else {
        let parts = units.div_ceil(joined);
        (parts, parts.saturating_mul(joined))
    };
    SmsSize {
        coding,
        units,
        parts,
        left: room.saturating_sub(units),
    }
}

/// The characters for which a text is coded in sixteen bits, each once, in their order, at most `most`.
pub fn costly_signs(text: &str, most: usize) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars() {
        if found.len() == most {
            break;
        }
        if !GSM7.contains(c) && !GSM7_EXTENDED.contains(c) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// What a text message takes, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsCost {
    /// The count.
    pub size: SmsSize,
    /// The first few characters for which it is coded in sixteen bits; none when it is not.
    pub costly: Vec<char>,
}

impl SmsCost {
    /// The cost of a text as it goes out.
    pub fn of(text: &str) -> Self {
        Self {
            size: sms_size(text),
            costly: costly_signs(text, 5),
        }
    }
}

/// Typographic signs would turn a text of one part into one of three: plain ones say the same.
pub fn plain_signs(text: &str) -> String {
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
            (size.coding, size.units, size.parts, size.left)
        };
        assert_eq!(size(""), (Coding::Gsm7, 0, 1, 160));
        assert_eq!(size(&"a".repeat(160)), (Coding::Gsm7, 160, 1, 0));
        assert_eq!(size(&"a".repeat(161)), (Coding::Gsm7, 161, 2, 145));
        assert_eq!(size(&"a".repeat(306)), (Coding::Gsm7, 306, 2, 0));
        assert_eq!(size(&"a".repeat(307)), (Coding::Gsm7, 307, 3, 152));
        assert_eq!(size("10 €"), (Coding::Gsm7, 5, 1, 155));
        assert_eq!(size("Zoë"), (Coding::Ucs2, 3, 1, 67));
        assert_eq!(size(&"ё".repeat(71)), (Coding::Ucs2, 71, 2, 63));
        assert_eq!(size("😀"), (Coding::Ucs2, 2, 1, 68));
    }

    #[test]
    fn what_makes_it_dear_is_named_once() {
        assert_eq!(costly_signs("Vous êtes prêt, Zoë ? 10 €", 5), ['ê', 'ë']);
        assert_eq!(costly_signs("êëî", 2), ['ê', 'ë']);
        assert!(costly_signs("Plain, {even} €", 5).is_empty());
    }

    #[test]
    fn typographic_signs_become_plain() {
        assert_eq!(plain_signs("« l’été » 9–10…"), "\" l'été \" 9-10...");
    }
}
