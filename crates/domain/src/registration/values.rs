//! Numbers and days, as people type them into a form.

use std::cmp::Ordering;

/// A decimal number as it was typed, without zeros that say nothing: compared digit by digit, nothing is rounded.
#[derive(PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    whole: String,
    part: String,
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.part.cmp(&other.part));
        match (self.negative, other.negative) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number with a point or a comma.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if text.len() > 30 || whole.len() + part.len() == 0 || !plain(whole) || !plain(part) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let part = part.trim_end_matches('0').to_owned();
    let is_zero = whole.is_empty() && part.is_empty();
    Some(Decimal {
        negative: text.starts_with('-') && !is_zero,
        whole,
        part,
    })
}

/// Whether it is a day of the calendar, as `2026-12-31`.
pub(super) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (
        year.parse::<u32>(),
        month.parse::<u32>(),
        day.parse::<u32>(),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=length).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_they_are() {
        let in_order = [
            "-10",
            "-2,5",
            "-2.25",
            "-0.0",
            "0.09",
            ".1",
            "2",
            "2.5",
            "010",
            "1000000000000000000001",
        ];
        for pair in in_order.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert!(number("1.50") == number("+1,5") && number("-0") == number("0"));
        for bad in [
            "",
            "-",
            ".",
            "1.2.3",
            "1,2.3",
            "1e3",
            "٣",
            "--1",
            "1-",
            "NaN",
            &"1".repeat(31),
        ] {
            assert!(number(bad).is_none(), "{bad}");
        }
    }
}
