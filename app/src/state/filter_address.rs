//! The filters of a list of people in the address of its page, so that it can be linked, reloaded and gone back to.

use convoke_domain::selection::{Filter, Past};
use std::fmt::Display;
use std::str::FromStr;

/// The query of an address: `search=anna&groups=…`; empty when nothing is filtered. `escape` is the browser's.
pub fn written(filter: &Filter, escape: impl Fn(&str) -> String) -> String {
    let past = &filter.past;
    let parts = [
        ("search", escape(filter.text.trim())),
        ("groups", list(&filter.groups)),
        ("types", list(&filter.user_types)),
        (
            "not-invited-since",
            escape(past.not_invited_since.as_deref().unwrap_or_default()),
        ),
        ("took", list(past.took.as_slice())),
        ("same-as", list(past.same_as.as_slice())),
        ("came-with", list(past.came_with.as_slice())),
        (
            "no-messages",
            if past.opted_out { "1" } else { "" }.to_owned(),
        ),
    ];
    let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = parts
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parts.join("&")
}

fn list<Id: Display>(ids: &[Id]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

/// The filters that a query names; what is not an id or a day is passed over. `get` gives the value of a name.
pub fn read(get: impl Fn(&str) -> Option<String>) -> Filter {
    let get = |name: &str| get(name).filter(|value| !value.is_empty());
    Filter {
        text: get("search").unwrap_or_default(),
        groups: ids(get("groups")),
        user_types: ids(get("types")),
        past: Past {
            not_invited_since: get("not-invited-since").filter(|day| is_day(day)),
            took: ids(get("took")).pop(),
            same_as: ids(get("same-as")).pop(),
            came_with: ids(get("came-with")).pop(),
            opted_out: get("no-messages").is_some_and(|value| value == "1"),
        },
    }
}

fn ids<Id: FromStr>(value: Option<String>) -> Vec<Id> {
    let value = value.unwrap_or_default();
    value.split(',').filter_map(|id| id.parse().ok()).collect()
}

/// Whether it looks as a browser writes a day: `2026-01-31`.
fn is_day(text: &str) -> bool {
    let shape = |(n, c): (usize, char)| match n {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    text.len() == 10 && text.chars().enumerate().all(shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;
    use std::collections::HashMap;

    fn query(address: &str) -> Filter {
        let pairs = address.split('&').filter_map(|part| part.split_once('='));
        let pairs: HashMap<&str, String> = pairs
            .map(|(name, value)| (name, value.replace('+', " ")))
            .collect();
        read(|name| pairs.get(name).cloned())
    }

    #[test]
    fn what_is_written_is_read() {
        let id = |n: i64| uuid_v7(n, [7; 10]);
        let filters = [
            Filter::default(),
            Filter {
                text: "müller anna".to_owned(),
                ..Filter::default()
            },
            Filter {
                groups: vec![id(1).into(), id(2).into()],
                user_types: vec![id(3).into()],
                past: Past {
                    not_invited_since: Some("2026-01-31".to_owned()),
                    took: Some(id(4).into()),
                    same_as: Some(id(5).into()),
                    came_with: Some(id(6).into()),
                    opted_out: true,
                },
                ..Filter::default()
            },
        ];
        for filter in filters {
            let address = written(&filter, |text| text.replace(' ', "+"));
            assert_eq!(query(&address), filter, "{address}");
        }
        assert_eq!(written(&Filter::default(), str::to_owned), "");
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        let filter = query("groups=x,,0&types=&not-invited-since=yesterday&took=1&same-as=%00");
        assert_eq!(filter, Filter::default());
        assert!(query("not-invited-since=2026-01-3x").is_empty());
    }
}
