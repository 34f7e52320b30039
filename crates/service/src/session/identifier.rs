//! What somebody types to name themselves, and whom it may mean.

use crate::phone;
use convoke_domain::OrganisationId;
use convoke_storage::directory::Organisation;
use rlibphonenumber::enums::Region;
use std::collections::{BTreeMap, BTreeSet};

/// What was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identifier {
    /// The e-mails in lower case, or mobiles in international form, that it may be. All that is done with it depends on
    /// them alone, never on whether anybody has one of them.
    pub(super) addresses: BTreeMap<String, Among>,
    /// What attempts are counted under: every spelling of a number counts as the same.
    pub(super) keys: BTreeSet<String>,
}

/// The organisations among whose users an address is looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// All: the address is the same everywhere.
    All,
    /// Those in whose country a number is written so.
    These(Vec<OrganisationId>),
}

impl Among {
    pub(super) fn has(&self, organisation_id: OrganisationId) -> bool {
        match self {
            Self::All => true,
            Self::These(organisations) => organisations.contains(&organisation_id),
        }
    }
}

impl Identifier {
    pub(super) fn of(typed: &str, organisations: &[Organisation]) -> Self {
        let typed = typed.trim();
        let mut addresses = BTreeMap::new();
        if typed.contains('@') {
            addresses.insert(typed.to_lowercase(), Among::All);
        } else if let Some(number) = international(typed) {
            addresses.extend(stored(&number).map(|number| (number, Among::All)));
        } else {
            for organisation in organisations {
                let region = phone::region(&organisation.time_zone, organisation.language);
                let Some(number) = phone::parse_mobile(typed, region) else {
                    continue;
                };
                let among = addresses
                    .entry(number)
                    .or_insert_with(|| Among::These(Vec::new()));
                if let Among::These(organisations) = among {
                    organisations.push(organisation.id);
                }
            }
        }
        let mut keys: BTreeSet<String> = addresses.keys().cloned().collect();
        if keys.is_empty() {
            keys.insert(typed.to_lowercase());
        }
        Self { addresses, keys }
    }
}

/// The number with `+`, if it is written in international form.
fn international(typed: &str) -> Option<String> {
    if typed.starts_with('+') {
        return Some(typed.to_owned());
    }
    // The prefix differs between countries; 00 is the one that is understood everywhere here.
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    Some(format!("+{}", digits.strip_prefix("00")?))
}

/// A number in international form as it is stored.
fn stored(number: &str) -> Option<String> {
    phone::parse_mobile(number, Region::FR).or_else(|| {
        // What no table knows can stand in the directory all the same.
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        (digits.len() >= 6).then(|| format!("+{digits}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;
    use convoke_domain::{Language, Timestamp};

    fn organisation(n: u8, time_zone: &str) -> Organisation {
        Organisation {
            id: OrganisationId(uuid_v7(i64::from(n), [n; 10])),
            name: time_zone.to_owned(),
            time_zone: time_zone.to_owned(),
            language: Language::En,
            created_at: Timestamp(0),
        }
    }

    fn addresses(typed: &str, organisations: &[Organisation]) -> Vec<String> {
        Identifier::of(typed, organisations)
            .addresses
            .into_keys()
            .collect()
    }

    #[test]
    fn an_email_or_a_number_however_it_is_written() {
        let paris = [organisation(1, "Europe/Paris")];
        assert_eq!(addresses(" Admin@Demo.test ", &paris), ["admin@demo.test"]);
        for typed in [
            "+33 6 39 98 12 34",
            "0033639981234",
            "+33-(6)-39.98.12.34",
            "+33 (0)6 39 98 12 34",
            "06 39 98 12 34",
            "06.39.98.12.34",
            "0639981234",
        ] {
            assert_eq!(addresses(typed, &paris), ["+33639981234"], "{typed}");
            let keys = Identifier::of(typed, &paris).keys;
            assert_eq!(Vec::from_iter(keys), ["+33639981234"], "{typed}");
        }
        for typed in ["", "Anna", "+1", "0", "01 42 68 53 00"] {
            let identifier = Identifier::of(typed, &paris);
            assert!(identifier.addresses.is_empty(), "{typed}");
            assert_eq!(Vec::from_iter(identifier.keys), [typed.to_lowercase()]);
        }
    }

    #[test]
    fn a_national_number_is_of_the_organisations_of_its_country() {
        let all = [
            organisation(1, "Europe/Paris"),
            organisation(2, "Europe/Zurich"),
            organisation(3, "Europe/Paris"),
        ];
        let identifier = Identifier::of("076 123 45 67", &all);
        let expected = BTreeMap::from([
            (
                "+33761234567".to_owned(),
                Among::These(vec![all[0].id, all[2].id]),
            ),
            ("+41761234567".to_owned(), Among::These(vec![all[1].id])),
        ]);
        assert_eq!(identifier.addresses, expected);
        let identifier = Identifier::of("+41 76 123 45 67", &all);
        assert_eq!(
            identifier.addresses,
            BTreeMap::from([("+41761234567".to_owned(), Among::All)])
        );
        assert!(addresses("076 123 45 67", &[]).is_empty());
    }
}
