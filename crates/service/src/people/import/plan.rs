//! What lines mean for the directory: who is new, who changes, who joins a group. No I/O.
//!
//! A line means the person who has its employee id, its e-mail or its mobile, as the directory and the lines before it have
//! them. A line whose keys belong to two people is refused.

use super::Line;
use convoke_domain::{
    Channel, GroupId, Language, OrganisationId, Role, Timestamp, UserId, UserState, UserTypeId,
};
use convoke_storage::directory::{Label, Membership, NewUser, User};
use std::collections::{HashMap, HashSet};

/// What the database knows of the people that lines may mean.
pub(super) struct Known {
    pub organisation_id: OrganisationId,
    /// The language of new people whose line names none.
    pub language: Language,
    /// Everyone who has one of the lines' keys.
    pub users: Vec<User>,
    /// The groups those are in.
    pub memberships: HashSet<Membership>,
    /// The type of new people whose line names none.
    pub default_type: UserTypeId,
    /// All user types, by [`by_name`].
    pub types: HashMap<String, UserTypeId>,
    /// All groups, by [`by_name`].
    pub groups: HashMap<String, GroupId>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Created,
    Updated,
    Unchanged,
    TwoPeople,
}

/// What is to be written, in this order, and what became of the lines it covers: perhaps not all of them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub updates: Vec<User>,
    pub inserts: Vec<NewUser>,
    pub members: Vec<Membership>,
    pub done: Vec<Done>,
    /// Whom the lines mean, each once: those who stay as they are, too.
    pub everyone: Vec<UserId>,
}

/// Ids by their names in lower case.
pub(super) fn by_name<Id>(labels: Vec<Label<Id>>) -> HashMap<String, Id> {
    let mut map = HashMap::with_capacity(labels.len());
    for label in labels {
        // Of names that differ by case only, the first one counts.
        map.entry(label.name.to_lowercase()).or_insert(label.id);
    }
    map
}

/// What a person is recognised by.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    EmployeeId(String),
    Email(String),
    Mobile(String),
}

pub(super) fn keys(
    employee_id: Option<&str>,
    email: Option<&str>,
    mobile: Option<&str>,
) -> Vec<Key> {
    [
        employee_id.map(|id| Key::EmployeeId(id.to_owned())),
        email.map(|email| Key::Email(email.to_lowercase())),
        mobile.map(|mobile| Key::Mobile(mobile.to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn keys_of(user: &User) -> Vec<Key> {
    keys(
        user.employee_id.as_deref(),
        user.email.as_deref(),
        user.mobile.as_deref(),
    )
}

struct Person {
    user: User,
    new: bool,
    changed: bool,
}

/// Decides what lines mean.
pub(super) fn plan(
    lines: &[Line],
    known: Known,
    mut new_id: impl FnMut() -> UserId,
    at: Timestamp,
) -> Plan {
    let Known {
        organisation_id,
        language,
        users,
        mut memberships,
        default_type,
        types,
        groups,
    } = known;
    let mut owners: HashMap<Key, usize> = HashMap::new();
    let mut people: Vec<Person> = Vec::with_capacity(users.len());
    for user in users {
        for key in keys_of(&user) {
            owners.insert(key, people.len());
        }
        people.push(Person {
            user,
            new: false,
            changed: false,
        });
    }
    // Keys that somebody gives up here. Rows are written in no particular order, so nobody may take one in the same go.
    let mut given_up: HashSet<Key> = HashSet::new();
    let mut plan = Plan::default();
    let mut named: HashSet<UserId> = HashSet::new();
    for line in lines {
        let keys = keys(
            line.employee_id.as_deref(),
            line.email.as_deref(),
            line.mobile.as_deref(),
        );
        let mut meant: Vec<usize> = keys.iter().filter_map(|k| owners.get(k).copied()).collect();
        meant.dedup();
        if meant.windows(2).any(|pair| pair[0] != pair[1]) {
            plan.done.push(Done::TwoPeople);
            continue;
        }
        if keys.iter().any(|key| given_up.contains(key)) {
            break;
        }
        let user_type = line
            .user_type
            .as_ref()
            .and_then(|name| types.get(&name.to_lowercase()).copied());
        let (index, mut done) = if let Some(index) = meant.first().copied() {
            let person = &mut people[index];
            let before = person.user.clone();
            apply(&mut person.user, line, user_type);
            let changed = person.user != before;
            person.changed |= changed;
            for old in keys_of(&before) {
                owners.remove(&old);
                given_up.insert(old);
            }
            for key in keys_of(&person.user) {
                given_up.remove(&key);
                owners.insert(key, index);
            }
            (
                index,
                if changed {
                    Done::Updated
                } else {
                    Done::Unchanged
                },
            )
        } else {
            let channel = line.channel.unwrap_or(if line.email.is_some() {
                Channel::Email
            } else {
                Channel::Sms
            });
            for key in keys {
                owners.insert(key, people.len());
            }
            people.push(Person {
                user: User {
                    id: new_id(),
                    organisation_id,
                    last_name: line.last_name.clone(),
                    first_name: line.first_name.clone(),
                    email: line.email.clone(),
                    mobile: line.mobile.clone(),
                    channel,
                    language: line.language.unwrap_or(language),
                    user_type_id: user_type.unwrap_or(default_type),
                    user_type: String::new(),
                    employee_id: line.employee_id.clone(),
                    state: UserState::Created,
                    role: Role::Member,
                },
                new: true,
                changed: false,
            });
            (people.len() - 1, Done::Created)
        };
        for name in &line.groups {
            let Some(group_id) = groups.get(&name.to_lowercase()).copied() else {
                continue;
            };
            let member = Membership {
                group_id,
                user_id: people[index].user.id,
            };
            if memberships.insert(member) {
                plan.members.push(member);
                if done == Done::Unchanged {
                    done = Done::Updated;
                }
            }
        }
        let id = people[index].user.id;
        if named.insert(id) {
            plan.everyone.push(id);
        }
        plan.done.push(done);
    }
    for person in people {
        if person.new {
            plan.inserts.push(new_user(person.user, at));
        } else if person.changed {
            plan.updates.push(person.user);
        }
    }
    plan
}

/// Writes over what is known what a line says.
fn apply(user: &mut User, line: &Line, user_type: Option<UserTypeId>) {
    user.last_name.clone_from(&line.last_name);
    user.first_name.clone_from(&line.first_name);
    for (known, said) in [
        (&mut user.email, &line.email),
        (&mut user.mobile, &line.mobile),
        (&mut user.employee_id, &line.employee_id),
    ] {
        if said.is_some() {
            known.clone_from(said);
        }
    }
    user.channel = line.channel.unwrap_or(user.channel);
    user.language = line.language.unwrap_or(user.language);
    user.user_type_id = user_type.unwrap_or(user.user_type_id);
}

fn new_user(user: User, at: Timestamp) -> NewUser {
    NewUser {
        id: user.id,
        organisation_id: user.organisation_id,
        last_name: user.last_name,
        first_name: user.first_name,
        email: user.email,
        mobile: user.mobile,
        channel: user.channel,
        language: user.language,
        user_type_id: user.user_type_id,
        employee_id: user.employee_id,
        state: user.state,
        role: user.role,
        password_hash: None,
        at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(employee_id: &str, email: &str, mobile: &str) -> Line {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Line {
            number: 1,
            last_name: "Last".into(),
            first_name: "First".into(),
            email: some(email),
            mobile: some(mobile),
            channel: None,
            language: None,
            user_type: None,
            employee_id: some(employee_id),
            groups: Vec::new(),
        }
    }

    fn user(n: u128, employee_id: &str, email: &str, mobile: &str) -> User {
        let line = line(employee_id, email, mobile);
        User {
            id: UserId(Uuid::from_u128(n)),
            organisation_id: OrganisationId(Uuid::nil()),
            last_name: line.last_name,
            first_name: line.first_name,
            email: line.email,
            mobile: line.mobile,
            channel: Channel::Email,
            language: Language::En,
            user_type_id: UserTypeId(Uuid::nil()),
            user_type: "Collaborator".into(),
            employee_id: line.employee_id,
            state: UserState::Active,
            role: Role::Administrator,
        }
    }

    fn planned(users: Vec<User>, lines: &[Line]) -> Plan {
        let known = Known {
            organisation_id: OrganisationId(Uuid::nil()),
            language: Language::Fr,
            users,
            memberships: HashSet::new(),
            default_type: UserTypeId(Uuid::nil()),
            types: HashMap::from([("intern".into(), UserTypeId(Uuid::from_u128(8)))]),
            groups: HashMap::from([("lyon".into(), GroupId(Uuid::from_u128(9)))]),
        };
        let mut next = 1_000;
        let new_id = || {
            next += 1;
            UserId(Uuid::from_u128(next))
        };
        plan(lines, known, new_id, Timestamp(5))
    }

    #[test]
    fn a_new_person_gets_what_the_line_leaves_open() {
        let plan = planned(vec![], &[line("", "a@x.org", "+331"), line("", "", "+332")]);
        assert_eq!(plan.done, [Done::Created, Done::Created]);
        let (first, second) = (&plan.inserts[0], &plan.inserts[1]);
        assert_eq!(
            (first.channel, first.language),
            (Channel::Email, Language::Fr)
        );
        assert_eq!(
            (first.state, first.role),
            (UserState::Created, Role::Member)
        );
        assert_eq!(second.channel, Channel::Sms);
    }

    #[test]
    fn each_key_finds_the_person_and_empty_cells_change_nothing() {
        let known = || vec![user(1, "E1", "a@x.org", "+331")];
        for found in [
            line("E1", "", ""),
            line("", "A@X.ORG", ""),
            line("", "", "+331"),
        ] {
            let named = Line {
                first_name: "Anna".into(),
                ..found.clone()
            };
            let plan = planned(known(), &[named]);
            assert_eq!(plan.done, [Done::Updated], "{found:?}");
            assert_eq!(plan.updates[0].first_name, "Anna");
            assert_eq!(plan.updates[0].employee_id.as_deref(), Some("E1"));
        }
        let plan = planned(known(), &[line("", "", "+331")]);
        assert_eq!(plan.done, [Done::Unchanged]);
        assert!(plan.updates.is_empty());
        let plan = planned(known(), &[line("E1", "new@x.org", "")]);
        assert_eq!(plan.done, [Done::Updated]);
        let updated = &plan.updates[0];
        assert_eq!(updated.email.as_deref(), Some("new@x.org"));
        assert_eq!(updated.mobile.as_deref(), Some("+331"));
        assert_eq!(updated.role, Role::Administrator);
    }

    #[test]
    fn keys_of_two_people_are_refused() {
        let known = vec![
            user(1, "E1", "a@x.org", ""),
            user(2, "E2", "b@x.org", "+332"),
        ];
        let plan = planned(
            known,
            &[
                line("E1", "b@x.org", ""),
                line("E1", "a@x.org", "+332"),
                line("E1", "a@x.org", ""),
            ],
        );
        assert_eq!(
            plan.done,
            [Done::TwoPeople, Done::TwoPeople, Done::Unchanged]
        );
        assert!(plan.updates.is_empty() && plan.inserts.is_empty());
    }

    #[test]
    fn the_later_line_of_the_same_person_updates() {
        let mut second = line("", "A@x.org", "+331");
        second.first_name = "Later".into();
        second.user_type = Some("Intern".into());
        second.groups = vec!["LYON".into(), "Lyon".into()];
        let third = second.clone();
        let plan = planned(vec![], &[line("", "a@x.org", ""), second, third]);
        assert_eq!(plan.done, [Done::Created, Done::Updated, Done::Unchanged]);
        assert_eq!(plan.inserts.len(), 1);
        let person = &plan.inserts[0];
        assert_eq!(person.first_name, "Later");
        assert_eq!(person.mobile.as_deref(), Some("+331"));
        assert_eq!(person.user_type_id, UserTypeId(Uuid::from_u128(8)));
        assert_eq!(plan.members.len(), 1);
    }

    #[test]
    fn an_address_that_changes_hands_waits_for_the_next_go() {
        let known = vec![user(1, "E1", "a@x.org", ""), user(2, "E2", "b@x.org", "")];
        let lines = [
            line("E1", "c@x.org", ""),
            line("E2", "a@x.org", ""),
            line("E3", "d@x.org", ""),
        ];
        let plan = planned(known, &lines);
        assert_eq!(
            plan.done,
            [Done::Updated],
            "the rest comes after it is written"
        );
        assert_eq!(plan.updates.len(), 1);
    }

    #[test]
    fn a_new_group_alone_is_an_update() {
        let mut joins = line("E1", "", "");
        joins.groups = vec!["Lyon".into()];
        let plan = planned(vec![user(1, "E1", "a@x.org", "")], &[joins]);
        assert_eq!(plan.done, [Done::Updated]);
        assert_eq!((plan.updates.len(), plan.members.len()), (0, 1));
    }
}
