//! Numbers as people write them.

use convoke_domain::Language;

/// A number with its thousands apart: "1,203" in English, "1 203" (with a narrow no-break space) in French.
pub fn grouped(number: u32, language: Language) -> String {
    let separator = match language {
        Language::En => ',',
        Language::Fr => '\u{202f}',
    };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0, Language::En), "0");
        assert_eq!(grouped(999, Language::En), "999");
        assert_eq!(grouped(1_203, Language::En), "1,203");
        assert_eq!(grouped(1_000_000, Language::En), "1,000,000");
        assert_eq!(grouped(12_034, Language::Fr), "12\u{202f}034");
    }
}
