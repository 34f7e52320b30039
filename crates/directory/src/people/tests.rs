use super::*;
use convoke_domain::{TrainingId, fold};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Somebody with what is around them.
#[derive(Clone, Debug)]
struct Somebody {
    person: Person,
    groups: Vec<GroupId>,
}

fn group(n: u128) -> GroupId {
    GroupId(Uuid::from_u128(n))
}

fn user_type(n: u128) -> UserTypeId {
    UserTypeId(Uuid::from_u128(n))
}

fn somebody() -> impl Strategy<Value = Somebody> {
    (
        prop::sample::select(vec![
            "Müller",
            "Mueller",
            "Petit",
            "O’Neill",
            "Öztürk",
            "Ng",
            "Mulder",
        ]),
        prop::sample::select(vec!["Anna", "Marc", "Elif", "Zoë"]),
        any::<bool>(),
        0_u128..3,
        prop::collection::btree_set(0_u128..4, 0..3),
    )
        .prop_map(|(last, first, active, kind, groups)| Somebody {
            person: Person {
                id: UserId(Uuid::nil()),
                sort_key: fold::sort_key(last, first),
                search_text: fold::search_text(last, first, Some("x@y.org"), None),
                active,
                user_type: user_type(kind),
            },
            groups: groups.into_iter().map(group).collect(),
        })
}

fn id_of(n: usize) -> UserId {
    UserId(Uuid::from_u128(n as u128 * 7919 % 1009))
}

/// People under the ids of their numbers, in another order than by name.
fn with_ids(people: impl IntoIterator<Item = (usize, Somebody)>) -> BTreeMap<UserId, Somebody> {
    let named = people.into_iter().map(|(n, mut somebody)| {
        somebody.person.id = id_of(n);
        (somebody.person.id, somebody)
    });
    named.collect()
}

fn made(version: i64, people: &BTreeMap<UserId, Somebody>) -> Directory {
    let members = (0..4).map(|n| {
        let members = people
            .iter()
            .filter(|(_, somebody)| somebody.groups.contains(&group(n)));
        (group(n), members.map(|(id, _)| *id).collect())
    });
    Directory::new(
        version,
        people.values().map(|s| s.person.clone()).collect(),
        members,
    )
}

fn typed() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "mull",
        "mueller anna",
        "o",
        "öztürk",
        "xyz",
        "an",
        "mulelr",
        "oztur",
        "petti marc",
    ])
}

proptest! {
    #[test]
    fn it_answers_as_looking_at_everybody(
        people in prop::collection::vec(somebody(), 0..120),
        text in typed(),
        groups in prop::collection::vec((0_u128..5).prop_map(group), 0..3),
        user_types in prop::collection::vec((0_u128..4).prop_map(user_type), 0..2),
        took in prop::option::of(prop::collection::vec(any::<prop::sample::Index>(), 0..60)),
    ) {
        let people = with_ids(people.into_iter().enumerate());
        let directory = made(1, &people);
        let past = Past { took: took.as_ref().map(|_| TrainingId(Uuid::nil())), ..Past::default() };
        let ids: Vec<UserId> = people.keys().copied().collect();
        let took: Option<Vec<UserId>> = took.map(|took| took.iter().filter(|_| !ids.is_empty()).map(|n| *n.get(&ids)).collect());
        let facts: Facts = took.iter().map(|took| (past.clone(), directory.rows(took))).collect();
        let filter = Filter { text: text.to_owned(), groups, user_types, past };
        let mut ordered: Vec<&Somebody> = people.values().collect();
        ordered.sort_by_key(|s| (&s.person.sort_key, s.person.id));
        let query = Query::parse(text);
        let expected: Vec<UserId> = ordered.iter().filter(|s| {
            query.matches(&s.person.search_text)
                && (filter.groups.is_empty() || s.groups.iter().any(|g| filter.groups.contains(g)))
                && (filter.user_types.is_empty() || filter.user_types.contains(&s.person.user_type))
                && took.as_ref().is_none_or(|took| took.contains(&s.person.id))
        }).map(|s| s.person.id).collect();
        let found = directory.matching(&filter, &facts);
        prop_assert_eq!(directory.ids(found.iter()), expected.clone());
        prop_assert_eq!(directory.rows(&expected), found);
        let active = directory.active();
        let search = directory.search(&filter, &facts, active);
        let chosen: Vec<UserId> = expected.iter().copied().filter(|id| people[id].person.active).collect();
        prop_assert_eq!(directory.ids(search.exact.iter()), chosen);
        prop_assert_eq!(search.similar.count_with(&search.exact), 0);
        for (row, somebody) in (0..).zip(&ordered) {
            let same = ordered.iter().filter(|s| s.person.sort_key == somebody.person.sort_key).count();
            prop_assert_eq!(directory.is_homonym(row), same > 1);
        }
    }

    #[test]
    fn updating_is_making_anew(
        before in prop::collection::vec(somebody(), 0..60),
        after in prop::collection::btree_map(0_usize..80, somebody(), 0..30),
        leaving in prop::collection::btree_set(0_usize..80, 0..10),
        text in typed(),
    ) {
        let mut all = with_ids(before.into_iter().enumerate());
        let directory = made(1, &all);
        let changed = with_ids(after.into_iter().filter(|(n, _)| !leaving.contains(n)));
        all.extend(changed.clone());
        let left: Vec<UserId> = leaving.iter().map(|n| id_of(*n)).collect();
        all.retain(|id, _| !left.contains(id));
        let members: Vec<(GroupId, UserId)> = changed.iter().flat_map(|(id, s)| s.groups.iter().map(|g| (*g, *id))).collect();
        let updated = directory.updated(2, changed.into_values().map(|s| s.person).collect(), &left, &members);
        let anew = made(2, &all);
        prop_assert_eq!(updated.version(), 2);
        prop_assert_eq!(&updated.ids, &anew.ids);
        prop_assert_eq!(&updated.rows, &anew.rows);
        prop_assert_eq!(updated.active(), anew.active());
        for n in 0..5 {
            let groups = if n == 4 { Vec::new() } else { vec![group(n)] };
            let filter = Filter { text: text.to_owned(), groups, user_types: vec![user_type(n % 3)], ..Filter::default() };
            let facts = Facts::new();
            let everybody = Bits::all(anew.len());
            prop_assert_eq!(updated.search(&filter, &facts, &everybody), anew.search(&filter, &facts, &everybody));
        }
    }
}

#[test]
fn what_is_not_known_is_behind_nobody() {
    let person = Person {
        id: UserId(Uuid::nil()),
        sort_key: "ng".to_owned(),
        search_text: "ng".to_owned(),
        active: true,
        user_type: user_type(0),
    };
    let directory = Directory::new(1, vec![person], []);
    let took = Past {
        took: Some(TrainingId(Uuid::nil())),
        ..Past::default()
    };
    let filter = Filter {
        past: took,
        ..Filter::default()
    };
    assert_eq!(directory.matching(&filter, &Facts::new()).count(), 0);
}

#[test]
fn one_error_in_a_long_word_is_forgiven() {
    let people = [("Müller", "Anna"), ("Petit", "Marc"), ("Muller", "Jo")];
    let people = (1..).zip(people).map(|(n, (last, first))| Person {
        id: UserId(Uuid::from_u128(n)),
        sort_key: fold::sort_key(last, first),
        search_text: fold::search_text(last, first, None, None),
        active: true,
        user_type: user_type(0),
    });
    let directory = Directory::new(1, people.collect(), []);
    let search = |text: &str| {
        let filter = Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        let found = directory.search(&filter, &Facts::new(), directory.active());
        (found.exact.count(), found.similar.count())
    };
    assert_eq!(search("muller"), (2, 0));
    assert_eq!(search("mulelr"), (0, 2));
    assert_eq!(search("mullr"), (0, 2));
    assert_eq!(search("mullerr anna"), (0, 1));
    assert_eq!(search("petti"), (0, 1));
    assert_eq!(search("anan"), (0, 0), "too short to forgive");
    assert_eq!(search("muller1"), (0, 0), "numbers are not typed wrong");
    assert_eq!(search("pxtxt"), (0, 0));
}

#[test]
fn where_many_match_as_typed_errors_are_not_looked_for() {
    let people = (1..)
        .zip(["Muller"; FEW as usize].into_iter().chain(["Muler"]))
        .map(|(n, last)| Person {
            id: UserId(Uuid::from_u128(n)),
            sort_key: fold::sort_key(last, ""),
            search_text: fold::search_text(last, "", None, None),
            active: true,
            user_type: user_type(0),
        });
    let mut people: Vec<Person> = people.collect();
    let filter = Filter {
        text: "muller".to_owned(),
        ..Filter::default()
    };
    let similar = |people: &[Person]| {
        let directory = Directory::new(1, people.to_vec(), []);
        directory
            .search(&filter, &Facts::new(), directory.active())
            .similar
            .count()
    };
    assert_eq!(similar(&people), 0);
    people.remove(0);
    assert_eq!(similar(&people), 1);
}
