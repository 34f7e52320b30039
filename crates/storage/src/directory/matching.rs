//! The condition behind every search for people: the filters of a list and the scope of its reader, as SQL.
//!
//! What a text matches is decided by [`convoke_domain::fold::Query`]; here it becomes a condition over `search_text` that both
//! databases answer alike, because folded text is letters and digits only and is compared byte by byte.

use crate::Dialect;
use crate::macros::ids;
use convoke_domain::GroupId;
use convoke_domain::fold::Query;
use convoke_domain::selection::Filter;
use uuid::Uuid;

/// A value to bind in a statement that is put together at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bind {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// One id.
    Uuid(Uuid),
    /// A list of ids, as made by [`crate::macros::ids`] for [`Dialect::in_ids`].
    Ids(String),
}

/// Binds a list of [`Bind`] onto a query of either driver, in order: `bind_all!(sqlx::query(…), &binds)`.
macro_rules! bind_all {
    ($query:expr, $binds:expr) => {{
        let mut query = $query;
        for bind in $binds {
            query = match bind {
                $crate::directory::Bind::Text(text) | $crate::directory::Bind::Ids(text) => {
                    query.bind(text.clone())
                }
                $crate::directory::Bind::Int(number) => query.bind(*number),
                $crate::directory::Bind::Uuid(id) => query.bind(*id),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

/// A condition over a row of `users`, with the values it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UserMatch {
    /// The condition, fit to stand in a `WHERE` beside others joined by `AND`; `1=1` when everyone matches.
    pub sql: String,
    /// The values of `$first_bind`, `$first_bind + 1`, …
    pub binds: Vec<Bind>,
}

/// The condition that a user (the row named `alias`) matches `filter` and is a member of a group of `scope`.
/// Neither the organisation nor the state is part of it; an empty scope matches nobody.
pub(crate) fn match_users(
    dialect: Dialect,
    filter: &Filter,
    scope: Option<&[GroupId]>,
    alias: &str,
    first_bind: usize,
) -> UserMatch {
    let mut conditions = Vec::new();
    let mut binds = Vec::new();
    let mut bind = |value: Bind| {
        binds.push(value);
        first_bind + binds.len() - 1
    };
    // The selective conditions first: SQLite evaluates what is left in this order.
    for groups in [
        (!filter.groups.is_empty()).then_some(&filter.groups[..]),
        scope,
    ]
    .into_iter()
    .flatten()
    {
        let n = bind(Bind::Ids(ids(groups)));
        conditions.push(format!(
            "{alias}.id IN (SELECT user_id FROM group_members WHERE {})",
            dialect.in_ids("group_id", n)
        ));
    }
    if !filter.user_types.is_empty() {
        let n = bind(Bind::Ids(ids(&filter.user_types)));
        conditions.push(dialect.in_ids(&format!("{alias}.user_type_id"), n));
    }
    for forms in Query::parse(&filter.text).words {
        let alternatives: Vec<String> = forms
            .into_iter()
            .map(|form| match dialect {
                // `LIKE` in SQLite folds case letter by letter and refuses long patterns.
                Dialect::Sqlite => {
                    let n = bind(Bind::Text(form));
                    format!("instr({alias}.search_text, ${n}) > 0")
                }
                Dialect::Postgres => {
                    let n = bind(Bind::Text(format!("%{form}%")));
                    format!("{alias}.search_text LIKE ${n}")
                }
            })
            .collect();
        conditions.push(format!("({})", alternatives.join(" OR ")));
    }
    let sql = if conditions.is_empty() {
        "1=1".to_owned()
    } else {
        conditions.join(" AND ")
    };
    UserMatch { sql, binds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_matches_everyone() {
        let all = match_users(Dialect::Sqlite, &Filter::default(), None, "u", 3);
        assert_eq!(all.sql, "1=1");
        assert!(all.binds.is_empty());
    }

    #[test]
    fn binds_are_numbered_in_the_order_they_are_given() {
        let group = GroupId(Uuid::from_u128(1));
        let filter = Filter {
            text: "Müller anna".to_owned(),
            groups: vec![group],
            ..Filter::default()
        };
        let found = match_users(Dialect::Postgres, &filter, Some(&[]), "u", 2);
        let numbers: Vec<usize> = found
            .sql
            .match_indices('$')
            .map(|(at, _)| {
                let digits: String = found.sql[at + 1..]
                    .chars()
                    .take_while(char::is_ascii_digit)
                    .collect();
                digits.parse().unwrap()
            })
            .collect();
        assert_eq!(numbers, (2..2 + found.binds.len()).collect::<Vec<_>>());
        assert_eq!(found.binds[1], Bind::Ids("[]".to_owned()), "an empty scope");
        assert_eq!(found.binds[2], Bind::Text("%muller%".to_owned()));
        assert_eq!(found.binds[3], Bind::Text("%mueller%".to_owned()));
    }
}
