//! The people of the demonstration: those with a part in its story by name, the others by rote.

use super::names::{CULTURES, spelling};
use convoke_domain::{Channel, Language, UserState, fold};

/// People beside the three accounts.
pub(super) const PEOPLE: usize = 1_200;

/// The twelve groups.
pub(super) const GROUPS: [&str; 12] = [
    "Plant Lyon",
    "Plant Grenoble",
    "Maintenance",
    "Site B",
    "Logistics",
    "Quality",
    "Research",
    "Sales",
    "Customer Service",
    "Head Office",
    "Apprentices",
    "Night Shift",
];

/// Indices into [`crate::people::USER_TYPES`].
pub(super) const COLLABORATOR: usize = 0;
const PROVIDER: usize = 1;
const INTERN: usize = 2;
const CUSTOMER: usize = 3;
const CANDIDATE: usize = 4;

/// A person, before there is a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub mobile: Option<String>,
    pub channel: Channel,
    pub language: Language,
    /// Index into the user types.
    pub user_type: usize,
    pub employee_id: Option<String>,
    /// Indices into [`GROUPS`].
    pub groups: Vec<usize>,
    pub state: UserState,
}

/// How somebody can be reached.
#[derive(Clone, Copy)]
enum Reach {
    /// Both addresses, prefers e-mail.
    Mail,
    /// Both addresses, prefers SMS.
    Sms,
    /// Prefers SMS and has no mobile.
    SmsWithoutMobile,
    /// Only an e-mail, and prefers it.
    MailOnly,
    /// Only a mobile, and prefers it.
    SmsOnly,
    /// Prefers e-mail and has none.
    MailWithoutMail,
}
use Reach::{Mail, MailOnly, MailWithoutMail, Sms, SmsOnly, SmsWithoutMobile};

/// Those with a part in the story, in the order of the trainings that name them; first name, last name, type, groups, reach.
const NAMED: &[(&str, &str, usize, &[usize], Reach)] = &[
    // Fire Safety: to send.
    ("Maya", "Haddad", PROVIDER, &[3], Mail),
    ("Nils", "Andersen", COLLABORATOR, &[0], Sms),
    ("Oksana", "Marchuk", COLLABORATOR, &[0, 2], Mail),
    ("Pedro", "Álvarez", PROVIDER, &[3], SmsWithoutMobile),
    ("Quentin", "Dubois", COLLABORATOR, &[0], MailOnly),
    ("Rania", "Saleh", COLLABORATOR, &[0], Sms),
    // Sent.
    ("Farid", "Benali", COLLABORATOR, &[0], Mail),
    ("Greta", "Lindqvist", COLLABORATOR, &[2], Sms),
    ("Hugo", "Moreau", COLLABORATOR, &[0], Mail),
    ("Ines", "Carvalho", COLLABORATOR, &[0], Mail),
    ("Jonas", "Weber", PROVIDER, &[3], Sms),
    ("Kateryna", "Bondar", COLLABORATOR, &[2], Mail),
    ("Liam", "O’Connor", COLLABORATOR, &[0], Mail),
    // Confirmed.
    ("Amélie", "Laurent", COLLABORATOR, &[0], Mail),
    ("Bruno", "Keller", COLLABORATOR, &[2], Mail),
    ("Chiara", "Rossi", INTERN, &[0, 10], SmsOnly),
    ("Daan", "Visser", COLLABORATOR, &[0], Mail),
    ("Elif", "Yılmaz", COLLABORATOR, &[2], Mail),
    // Declined.
    ("Gökhan", "Öztürk", COLLABORATOR, &[0], Mail),
    // Those who are looked for in the panel.
    ("Sofia", "Novak", COLLABORATOR, &[2], Mail),
    ("Théo", "Girard", INTERN, &[0], Sms),
    ("Uma", "Patel", COLLABORATOR, &[0], Mail),
    ("Viktor", "Horváth", PROVIDER, &[0], Mail),
    ("Wanda", "Kowalska", COLLABORATOR, &[2], Sms),
    ("Yusuf", "Demir", INTERN, &[0], Mail),
    ("Zoé", "Fontaine", COLLABORATOR, &[0], Mail),
    ("Anna", "Müller", COLLABORATOR, &[5], Mail),
    ("Jan", "Mueller", PROVIDER, &[4], Mail),
    ("Seán", "O’Neill", COLLABORATOR, &[6], MailWithoutMail),
    ("Elif", "Öztürk", CUSTOMER, &[8], SmsWithoutMobile),
    // Homonyms, told apart by group and e-mail.
    ("Hugo", "Moreau", INTERN, &[1, 10], Sms),
    ("Ines", "Carvalho", COLLABORATOR, &[7], Mail),
    ("Marie", "Martin", COLLABORATOR, &[0], Mail),
    ("Marie", "Martin", COLLABORATOR, &[4], Sms),
    ("Marie", "Martin", CANDIDATE, &[], MailOnly),
    ("Thomas", "Müller", COLLABORATOR, &[1], Mail),
    ("Thomas", "Müller", PROVIDER, &[2], MailOnly),
];

/// All people; the same ones every time.
pub(super) fn people() -> Vec<Person> {
    let mut dice = Dice(0x00C0_FFEE);
    let mut addresses = std::collections::HashSet::new();
    let mut people = Vec::with_capacity(PEOPLE);
    for n in 0..PEOPLE {
        let (first, last, user_type, groups, reach) = match NAMED.get(n) {
            Some((first, last, user_type, groups, reach)) => {
                (*first, *last, *user_type, groups.to_vec(), *reach)
            }
            None => by_rote(&mut dice),
        };
        let (first_name, first_latin) = spelling(first);
        let (last_name, last_latin) = spelling(last);
        let local = format!("{}.{}", fold::plain(first_latin), fold::plain(last_latin));
        let mut email = format!("{local}@example.org");
        for next in 2.. {
            if addresses.insert(email.clone()) {
                break;
            }
            email = format!("{local}{next}@example.org");
        }
        // Reserved for fiction: 06 39 98 00 00 to 06 39 98 99 99 (ARCEP, decision 2018-0881).
        let mobile = format!("+3363998{n:04}");
        let employed = matches!(user_type, COLLABORATOR | INTERN);
        people.push(Person {
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: (!matches!(reach, SmsOnly | MailWithoutMail)).then_some(email),
            mobile: (!matches!(reach, MailOnly | SmsWithoutMobile)).then_some(mobile),
            channel: match reach {
                Mail | MailOnly | MailWithoutMail => Channel::Email,
                Sms | SmsOnly | SmsWithoutMobile => Channel::Sms,
            },
            language: if dice.below(100) < 60 {
                Language::Fr
            } else {
                Language::En
            },
            user_type,
            employee_id: employed.then(|| format!("E-{:05}", 10_000 + 7 * n)),
            groups,
            state: match dice.below(100) {
                _ if n < NAMED.len() => UserState::Created,
                0 => UserState::Inactive,
                1..=70 => UserState::Created,
                71..=80 => UserState::Invited,
                _ => UserState::Active,
            },
        });
    }
    people
}

fn by_rote(dice: &mut Dice) -> (&'static str, &'static str, usize, Vec<usize>, Reach) {
    let mut at = dice.below(100);
    let culture = CULTURES
        .iter()
        .find(|culture| {
            let here = at < culture.weight;
            at = at.saturating_sub(culture.weight);
            here
        })
        .unwrap_or(&CULTURES[0]);
    let first = dice.one_of(culture.first);
    let last = dice.one_of(culture.last);
    let user_type = match dice.below(100) {
        0..=69 => COLLABORATOR,
        70..=81 => PROVIDER,
        82..=89 => INTERN,
        90..=95 => CUSTOMER,
        _ => CANDIDATE,
    };
    let mut groups = Vec::new();
    if user_type != CANDIDATE || dice.below(2) == 0 {
        // Few in the first groups are left to the named; the others fill up.
        groups.push(dice.index(GROUPS.len()));
    }
    if dice.below(100) < 25 {
        let second = dice.index(GROUPS.len());
        if !groups.contains(&second) {
            groups.push(second);
        }
    }
    let reach = match dice.below(100) {
        0..=66 => Mail,
        67..=86 => Sms,
        87..=92 => MailOnly,
        93..=95 => SmsWithoutMobile,
        96..=98 => SmsOnly,
        _ => MailWithoutMail,
    };
    (first, last, user_type, groups, reach)
}

/// Numbers that look thrown and are always the same (the generator of Numerical Recipes).
pub(super) struct Dice(pub u32);

impl Dice {
    /// A number below `sides`.
    pub(super) fn below(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // The low bits of this generator repeat soon.
        let thrown = (u64::from(self.0 >> 8) * u64::from(sides)) >> 24;
        u32::try_from(thrown).unwrap_or(0)
    }

    /// An index into something of `length`.
    fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.index(all.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn everybody_is_different_and_can_be_reached() {
        let people = people();
        assert_eq!(people.len(), PEOPLE);
        assert_eq!(people, super::people(), "the same every time");
        let emails: Vec<_> = people.iter().filter_map(|p| p.email.clone()).collect();
        let mobiles: Vec<_> = people.iter().filter_map(|p| p.mobile.clone()).collect();
        assert_eq!(emails.iter().collect::<HashSet<_>>().len(), emails.len());
        assert_eq!(mobiles.iter().collect::<HashSet<_>>().len(), mobiles.len());
        for person in &people {
            assert!(
                person.email.is_some() || person.mobile.is_some(),
                "{person:?}"
            );
            if let Some(email) = &person.email {
                assert_eq!(
                    convoke_domain::person::parse_email(email).as_ref(),
                    Some(email)
                );
            }
            if let Some(mobile) = &person.mobile {
                let parsed = crate::phone::parse_mobile(
                    mobile,
                    crate::phone::region("Europe/Paris", Language::Fr),
                );
                assert_eq!(parsed.as_ref(), Some(mobile));
            }
        }
    }

    #[test]
    fn there_is_something_of_everything() {
        let people = people();
        let some = |what: &str, found: usize| assert!(found >= 5, "{what}: {found}");
        some(
            "fallbacks",
            people
                .iter()
                .filter(|p| match p.channel {
                    Channel::Email => p.email.is_none(),
                    Channel::Sms => p.mobile.is_none(),
                })
                .count(),
        );
        for (group, name) in GROUPS.iter().enumerate() {
            some(
                name,
                people.iter().filter(|p| p.groups.contains(&group)).count(),
            );
        }
        for user_type in 0..5 {
            some(
                "a type",
                people.iter().filter(|p| p.user_type == user_type).count(),
            );
        }
        for state in [UserState::Inactive, UserState::Invited, UserState::Active] {
            some(
                "a state",
                people.iter().filter(|p| p.state == state).count(),
            );
        }
        for letter in [
            '’', '\'', '-', 'ı', 'İ', 'ü', 'ß', 'ł', 'م', 'כ', 'Π', 'Ш', '山', 'ễ',
        ] {
            let found = people
                .iter()
                .filter(|p| p.first_name.contains(letter) || p.last_name.contains(letter));
            assert!(found.count() > 0, "{letter}");
        }
    }
}
