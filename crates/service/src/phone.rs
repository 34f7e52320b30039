//! Mobile numbers: as people write them, and in international form (E.164).

use convoke_domain::Language;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, enums::Region};

/// The country whose numbers an organisation writes without a prefix, by its time zone, or else by its language.
pub fn region(time_zone: &str, language: Language) -> Region {
    match time_zone {
        "Europe/Paris" => Region::FR,
        "Europe/Brussels" => Region::BE,
        "Europe/Luxembourg" => Region::LU,
        "Europe/Zurich" => Region::CH,
        "Europe/Berlin" => Region::DE,
        "Europe/Vienna" => Region::AT,
        "Europe/Amsterdam" => Region::NL,
        "Europe/London" => Region::GB,
        "Europe/Dublin" => Region::IE,
        "Europe/Madrid" => Region::ES,
        "Europe/Lisbon" => Region::PT,
        "Europe/Rome" => Region::IT,
        "Europe/Warsaw" => Region::PL,
        "Europe/Prague" => Region::CZ,
        "Europe/Budapest" => Region::HU,
        "Europe/Bucharest" => Region::RO,
        "Europe/Athens" => Region::GR,
        "Europe/Istanbul" => Region::TR,
        "Europe/Copenhagen" => Region::DK,
        "Europe/Stockholm" => Region::SE,
        "Europe/Oslo" => Region::NO,
        "Europe/Helsinki" => Region::FI,
        "Europe/Kyiv" | "Europe/Kiev" => Region::UA,
        "Africa/Casablanca" => Region::MA,
        "Africa/Tunis" => Region::TN,
        "Africa/Algiers" => Region::DZ,
        "Asia/Tokyo" => Region::JP,
        "Asia/Ho_Chi_Minh" => Region::VN,
        "Asia/Kolkata" => Region::IN,
        zone if zone.starts_with("Australia/") => Region::AU,
        zone if zone.starts_with("America/") => Region::US,
        _ => match language {
            Language::En => Region::GB,
            Language::Fr => Region::FR,
        },
    }
}

/// A mobile number in international form; `None` when no message could reach it. Numbers without a prefix are of `region`.
///
/// A number counts when its length is possible in its country and it is not known to be a landline or a service: ranges are
/// opened faster than tables of them, and fictional ones have to work in demonstrations.
pub fn parse_mobile(text: &str, region: Region) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(text, Some(region)).ok()?;
    let reachable = matches!(
        PHONE_NUMBER_UTIL.get_number_type(&number),
        PhoneNumberType::Mobile
            | PhoneNumberType::FixedLineOrMobile
            | PhoneNumberType::PersonalNumber
            | PhoneNumberType::Unknown
    );
    (reachable && PHONE_NUMBER_UTIL.is_possible_number(&number)).then(|| {
        PHONE_NUMBER_UTIL
            .format(&number, PhoneNumberFormat::E164)
            .into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for written in [
            "06 39 98 12 34",
            "06.39.98.12.34",
            "0639981234",
            "+33 6 39 98 12 34",
            "+33 (0)6 39 98 12 34",
            "0033 6 39 98 12 34",
            "\u{202a}+33 6 39 98 12 34\u{202c}",
        ] {
            assert_eq!(
                parse_mobile(written, Region::FR).as_deref(),
                Some("+33639981234"),
                "{written}"
            );
        }
        assert_eq!(
            parse_mobile("+49 171 2345678", Region::FR).as_deref(),
            Some("+491712345678")
        );
        assert_eq!(
            parse_mobile("07400 123456", Region::GB).as_deref(),
            Some("+447400123456")
        );
    }

    #[test]
    fn what_no_message_can_reach() {
        for written in [
            "",
            "-",
            "anna",
            "12",
            "06 39 98",
            "06 39 98 12 34 56 78 90",
            "01 42 68 53 00",
            "0800 123 456",
            "+999 123456789",
        ] {
            assert_eq!(parse_mobile(written, Region::FR), None, "{written}");
        }
    }

    #[test]
    fn the_country_of_an_organisation() {
        assert_eq!(region("Europe/Paris", Language::En), Region::FR);
        assert_eq!(region("UTC", Language::En), Region::GB);
        assert_eq!(region("UTC", Language::Fr), Region::FR);
    }
}
